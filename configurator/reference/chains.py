"""The row types of chains and clasps: how wide they are usually sold, and how well they last."""

from dataclasses import dataclass
from typing import Annotated, Literal

from configurator.reference.columns import Column, Part, choice, quantity
from configurator.reference.facts import Confidence, RowId, SomeWords, SourceIds, Words


def _width(name: str, part: Part) -> Column:
    return quantity(name, "mm", at_least=0.3, at_most=20, part=part, trust="width_confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A kind of chain: the widths over all that it is sold in, and how it stands up to wear next to other kinds."""

    id: RowId
    label: Words
    width_low_mm: Annotated[float, _width("Width over all", "low")]
    width_mm: Annotated[float, _width("Width over all", "mid")]
    width_high_mm: Annotated[float, _width("Width over all", "high")]
    strength: Annotated[Literal["strong", "fair", "delicate"], choice()]
    strength_note: Words
    note: SomeWords
    width_confidence: Confidence
    sources: SourceIds
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Clasp:
    """A clasp of one kind and grade, and the chains it suits; how long it lasts is in the assumptions."""

    id: RowId
    label: Words
    kind: Annotated[Literal["spring_ring", "lobster", "box", "toggle"], choice()]
    grade: Annotated[Literal["light", "standard", "heavy"], choice()]
    chain_width_low_mm: Annotated[float, _width("Suits chains of width", "low")]
    chain_width_high_mm: Annotated[float, _width("Suits chains of width", "high")]
    note: SomeWords
    width_confidence: Confidence
    sources: SourceIds
    confidence: Confidence
