"""Every number that came from outside: `load()` gives the tables as frozen rows, `numbers()` lists them one by one."""

from configurator.reference.alloys import Element, Metal, SpotPrice
from configurator.reference.catalogue import Reference, load
from configurator.reference.chains import Chain, Clasp
from configurator.reference.cuts import Cut, DiamondSize, StoneSize
from configurator.reference.diamonds import DiamondFit, DiamondTerm
from configurator.reference.facts import ESTIMATE, NOTE, Fact, Source, TwinRule
from configurator.reference.gemstones import GROWN, Birthstone, Effect, Form, Gem
from configurator.reference.listing import Number, numbers, spelled
from configurator.reference.pieces import Certification, RealPiece, RingSize
from configurator.reference.tables import BadTable

__all__ = [
    "ESTIMATE",
    "GROWN",
    "NOTE",
    "BadTable",
    "Birthstone",
    "Certification",
    "Chain",
    "Clasp",
    "Cut",
    "DiamondFit",
    "DiamondSize",
    "DiamondTerm",
    "Effect",
    "Element",
    "Fact",
    "Form",
    "Gem",
    "Metal",
    "Number",
    "RealPiece",
    "Reference",
    "RingSize",
    "Source",
    "SpotPrice",
    "StoneSize",
    "TwinRule",
    "load",
    "numbers",
    "spelled",
]
