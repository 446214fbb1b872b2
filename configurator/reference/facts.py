"""The row types that every table leans on: sources, facts with low, mid and high, and the off-the-shelf rules.

`None` means that the source gives no number; nothing is filled in here. Every row names its sources (ids of
`sources.csv`) and how far we trust it; the source `estimate` is our own estimate and is shown as one.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from configurator.reference.columns import any_number, choice, date, identifier, ids, text, yes_no

RowId = Annotated[str, identifier()]
Words = Annotated[str, text()]
SomeWords = Annotated[str, text(optional=True)]
SourceIds = Annotated[tuple[str, ...], ids()]
Confidence = Annotated[Literal["high", "medium", "low"], choice()]

NOTE = "note"  # the unit of a fact that is words, not a number
ESTIMATE = "estimate"  # the source of what nobody measured or published
# What a shop adds for its own costs and profit. Whatever a client can see leaves these rows out: list, line and bar.
SHOP_ONLY = frozenset({"overhead_and_margin_custom_multiple"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number comes from. `accessed` is the day it was read, where that was recorded."""

    id: RowId
    kind: Annotated[Literal["paper", "standard", "trade", "retail", "press", "data", "estimate", "computed"], choice()]
    title: Words
    url: SomeWords
    accessed: Annotated[str | None, date(optional=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number of the world or one assumption: low, mid and high, any of them unknown, or words (unit `note`)."""

    id: RowId
    label: Words
    low: Annotated[float | None, any_number("low")]
    mid: Annotated[float | None, any_number("mid")]
    high: Annotated[float | None, any_number("high")]
    unit: Words
    as_of: Annotated[str | None, date(optional=True)]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence

    @property
    def is_estimate(self) -> bool:
        """Whether it rests, wholly or in part, on our own estimate, and must be shown as one."""
        return ESTIMATE in self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinRule:
    """One rule that turns a design into its shelf twin: a `Fact` plus what it `changes`, `to` what, and whether it is
    `on` unless somebody turns it off. `changes` is a field of the design (or of the price model); `metal:18k_white_pd`
    is that one value of a field."""

    id: RowId
    label: Words
    changes: Words
    to: SomeWords
    low: Annotated[float | None, any_number("low")]
    mid: Annotated[float | None, any_number("mid")]
    high: Annotated[float | None, any_number("high")]
    unit: Words
    on: Annotated[bool, yes_no()]
    as_of: Annotated[str | None, date(optional=True)]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence
