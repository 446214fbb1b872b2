"""How each number is made, and how it holds up."""

from configurator.ui.methods_room import show_methods

show_methods()
