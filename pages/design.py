"""The design on screen, its choices and its numbers."""

from configurator.ui.design_room import show_design

show_design()
