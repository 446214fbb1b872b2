"""What the shop sets itself: what may be taken up, the files it is kept in, and a feed that may bring metal prices."""

from configurator.prices.book import State, accept, as_delivered, earlier, history
from configurator.prices.figures import FigureProposal, GivenFigure, back_to, own_in_use, propose_figures
from configurator.prices.proposals import BY_FEED, BY_HAND, Change, Given, Proposal, RefusedPrices, propose
from configurator.prices.uploads import MOST_BYTES, read_figures, read_upload

__all__ = [
    "BY_FEED",
    "BY_HAND",
    "MOST_BYTES",
    "Change",
    "FigureProposal",
    "Given",
    "GivenFigure",
    "Proposal",
    "RefusedPrices",
    "State",
    "accept",
    "as_delivered",
    "back_to",
    "earlier",
    "history",
    "own_in_use",
    "propose",
    "propose_figures",
    "read_figures",
    "read_upload",
]
