"""The design beside its shelf twin."""

from configurator.ui.compare_room import show_compare

show_compare()
