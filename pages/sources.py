"""Every number with its source."""

from configurator.ui.sources_room import show_sources

show_sources()
