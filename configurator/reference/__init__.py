"""Every number that came from outside: `load()` gives the tables as frozen rows, `numbers()` lists them one by one."""

from configurator.reference import own_figures, periods, shop_prices
from configurator.reference.alloys import Element, Metal, SpotPrice
from configurator.reference.catalogue import Reference, delivered
from configurator.reference.chains import Chain, Clasp
from configurator.reference.current import in_use, load
from configurator.reference.cuts import Cut, DiamondSize, StoneSize
from configurator.reference.diamonds import DiamondFit, DiamondTerm
from configurator.reference.facts import ESTIMATE, NOTE, SHOP_ONLY, Fact, Source, TwinRule
from configurator.reference.gemstones import GROWN, Birthstone, Effect, Form, Gem
from configurator.reference.listing import Number, numbers, spelled
from configurator.reference.own_figures import OwnFigure, Settable, settable
from configurator.reference.pieces import Certification, Country, RealPiece, RingSize
from configurator.reference.shop_prices import Kept, PriceFile
from configurator.reference.tables import BadTable

__all__ = [
    "ESTIMATE",
    "GROWN",
    "NOTE",
    "SHOP_ONLY",
    "BadTable",
    "Birthstone",
    "Certification",
    "Chain",
    "Clasp",
    "Country",
    "Cut",
    "DiamondFit",
    "DiamondSize",
    "DiamondTerm",
    "Effect",
    "Element",
    "Fact",
    "Form",
    "Gem",
    "Kept",
    "Metal",
    "Number",
    "OwnFigure",
    "PriceFile",
    "RealPiece",
    "Reference",
    "RingSize",
    "Settable",
    "Source",
    "SpotPrice",
    "StoneSize",
    "TwinRule",
    "delivered",
    "in_use",
    "load",
    "numbers",
    "own_figures",
    "periods",
    "settable",
    "shop_prices",
    "spelled",
]
