"""The shop's own metal prices: what may be taken up, the files it is kept in, and a feed that may bring it."""

from configurator.prices.book import State, accept, as_delivered, earlier, history
from configurator.prices.proposals import BY_FEED, BY_HAND, Change, Given, Proposal, RefusedPrices, propose
from configurator.prices.uploads import MOST_BYTES, read_upload

__all__ = [
    "BY_FEED",
    "BY_HAND",
    "MOST_BYTES",
    "Change",
    "Given",
    "Proposal",
    "RefusedPrices",
    "State",
    "accept",
    "as_delivered",
    "earlier",
    "history",
    "propose",
    "read_upload",
]
