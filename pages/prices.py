"""The shop's own metal prices, for its staff."""

from configurator.ui.prices_room import show_prices

show_prices()
