"""Every number of every table as one flat list, for the Sources page, its search and its download."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from configurator.reference.alloys import SpotPrice
from configurator.reference.catalogue import Reference
from configurator.reference.columns import Measured, Quantity, quantities
from configurator.reference.cuts import DiamondSize, StoneSize
from configurator.reference.diamonds import DiamondTerm
from configurator.reference.facts import ESTIMATE, NOTE, SHOP_ONLY, Fact, Source, TwinRule
from configurator.reference.gemstones import Birthstone
from configurator.reference.pieces import RingSize

_DIGITS = 6  # what a page shows; the tables and the models keep every digit
_TABLES = (
    "metals",
    "gems",
    "cuts",
    "chains",
    "clasps",
    "birthstones",
    "ring_sizes",
    "stone_sizes",
    "diamond_sizes",
    "real_pieces",
    "certifications",
    "countries",
    "labour",
    "retail",
    "resale",
    "wear",
    "footprint",
    "stones",
    "assumptions",
    "workshop",
    "twin_rules",
    "spot",
    "diamond_terms",
    "elements",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number as a reader sees it: what it is of, how sure it is, and who says so.

    `low`, `mid` and `high` are as the table has them (None: not given); `text` is their spelling, or the words of a
    fact that has no number. `sources` are whole rows of `sources.csv`.
    """

    table: str
    id: str
    label: str  # what it is a number of: 14k yellow gold
    quantity: str  # which number: Density; empty where the label says it all
    low: float | None
    mid: float | None
    high: float | None
    text: str
    unit: str
    sources: tuple[Source, ...]
    confidence: str
    as_of: str | None
    note: str

    @property
    def is_estimate(self) -> bool:
        """Whether it rests, wholly or in part, on our own estimate, and must be shown as one."""
        return any(source.kind == ESTIMATE for source in self.sources)

    def matches(self, words: str) -> bool:
        """Whether every one of `words` begins a word of the number's text, name, note or sources, in any case."""
        told = " ".join(
            (
                *(self.table, self.id, self.label, self.quantity, self.text, self.unit, self.confidence, self.note),
                *(f"{source.title} {source.url} {source.kind}" for source in self.sources),
            )
        ).lower()
        return all(re.search(rf"(?<![a-z0-9]){re.escape(word)}", told) for word in words.lower().split())


def numbers(reference: Reference) -> list[Number]:
    """Every number that anybody may see, table by table in the order of the rows: all but those of `SHOP_ONLY`."""
    found = (number for table in _TABLES for number in _of_table(reference, table))
    return [number for number in found if number.id not in SHOP_ONLY]


def spelled(low: float | None, mid: float | None, high: float | None) -> str:
    """The numbers of a row in words: `16.3 (12.5 to 27)`, `0.13 to 0.14`, `at least 2`, `1.4`."""
    if mid is not None and low is not None and high is not None:
        return _shown(mid) if low == mid == high else f"{_shown(mid)} ({_shown(low)} to {_shown(high)})"
    if low is not None and high is not None:
        return _shown(low) if low == high else f"{_shown(low)} to {_shown(high)}"
    if mid is not None:
        edge = spelled(low, None, high)
        return f"{_shown(mid)} ({edge})" if edge else _shown(mid)
    if low is not None:
        return f"at least {_shown(low)}"
    return f"at most {_shown(high)}" if high is not None else ""


def _of_table(reference: Reference, table: str) -> Iterator[Number]:
    content = getattr(reference, table)
    if table == "spot":
        rows = [price for prices in content.values() for price in prices]
    else:
        rows = list(content.values() if isinstance(content, Mapping) else content)
    measured = quantities(type(rows[0]))  # a table without rows does not load
    for row in rows:
        if isinstance(row, Fact | TwinRule):
            yield _of_fact(reference, table, row)
        elif isinstance(row, Birthstone):
            yield _of_birthstone(reference, table, row)
        else:
            yield from _of_wide_row(reference, table, row, measured)


def _of_fact(reference: Reference, table: str, fact: Fact | TwinRule) -> Number:
    words = fact.to if isinstance(fact, TwinRule) and fact.to else "in words"
    return Number(
        table=table,
        id=fact.id,
        label=fact.label,
        quantity="",
        low=fact.low,
        mid=fact.mid,
        high=fact.high,
        text=words if fact.unit == NOTE else spelled(fact.low, fact.mid, fact.high),
        unit="" if fact.unit == NOTE else fact.unit,
        sources=_sources(reference, fact.sources),
        confidence=fact.confidence,
        as_of=fact.as_of,
        note=fact.note,
    )


def _of_birthstone(reference: Reference, table: str, row: Birthstone) -> Number:
    adopted = f", adopted {row.adopted_year}" if row.adopted_year else ""
    return Number(
        table=table,
        id=row.id,
        label=f"Month {row.month}, stone {row.rank}",
        quantity=row.list_label,
        low=None,
        mid=None,
        high=None,
        text=row.stone + adopted,
        unit="",
        sources=_sources(reference, row.sources),
        confidence=row.confidence,
        as_of=str(row.adopted_year) if row.adopted_year else None,
        note=row.note,
    )


def _of_wide_row(reference: Reference, table: str, row: Any, measured: Measured) -> Iterator[Number]:
    for about, parts in measured:
        values = {part: getattr(row, column) for part, column in parts.items()}
        only = values.get("mid")
        if isinstance(only, tuple):
            for at, value in only:
                place = at if isinstance(at, str) else _shown(at)
                yield _number(reference, table, row, about, f"{about.name}: {place}", mid=value, text=_shown(value))
        elif isinstance(only, str):
            yield _number(reference, table, row, about, about.name, text=only)
        elif any(value is not None for value in values.values()):
            yield _number(reference, table, row, about, about.name, text=spelled(*_spread(values)), **values)


def _number(
    reference: Reference,
    table: str,
    row: Any,
    about: Quantity,
    quantity: str,
    *,
    text: str,
    low: float | None = None,
    mid: float | None = None,
    high: float | None = None,
) -> Number:
    is_price = about.origin == "price_sources"
    return Number(
        table=table,
        id=row.id,
        label=_label(reference, row),
        quantity=quantity,
        low=low,
        mid=mid,
        high=high,
        text=text,
        unit=_unit(row, about),
        sources=_sources(reference, getattr(row, about.origin)),
        confidence=getattr(row, about.trust),
        as_of=row.date if isinstance(row, SpotPrice) else row.price_as_of if is_price else None,
        note=row.price_note if is_price else getattr(row, "note", ""),
    )


def _label(reference: Reference, row: Any) -> str:
    if isinstance(row, SpotPrice):
        return f"{row.element.capitalize()}, {row.kind.replace('_', ' ')}"
    if isinstance(row, DiamondTerm):
        return f"Diamond price fit {row.model.upper()}: {row.group.replace('_', ' ')} {row.level}".rstrip()
    if isinstance(row, RingSize):
        return f"Ring size US {row.us_size:g}"
    if isinstance(row, StoneSize):
        return f"{reference.cuts[row.cut].label} of {row.carat:g} ct"
    if isinstance(row, DiamondSize):
        return f"Round diamond of {row.carat:g} ct"
    return str(row.label)


def _unit(row: Any, about: Quantity) -> str:
    if isinstance(row, DiamondTerm):
        return row.unit
    return (row.currency or "") if about.unit == "currency" else about.unit


def _spread(values: Mapping[Any, float | None]) -> tuple[float | None, float | None, float | None]:
    return values.get("low"), values.get("mid"), values.get("high")


def _sources(reference: Reference, ids: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(reference.sources[key] for key in ids)


def _shown(value: float) -> str:
    return f"{value:,.{_DIGITS}g}"
