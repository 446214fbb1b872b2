"""The shop's own figures for rows of the tables: labour, parts, gems, sales tax, what the shop adds.

A file is one whole state, one row for each figure that the shop has set; every other row stays as it was delivered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from configurator.reference import periods
from configurator.reference.catalogue import Reference
from configurator.reference.columns import any_number, date
from configurator.reference.facts import SHOP_ONLY, Fact, RowId, SomeWords, Source, Words
from configurator.reference.gemstones import Gem
from configurator.reference.pieces import Country
from configurator.reference.shop_prices import Kept, kept
from configurator.reference.tables import read_rows

GEM, TAX = "gem_", "tax_"  # before the id of a gem and of a country
GEM_UNIT, TAX_UNIT = "USD/ct", "%"
# Besides every row of labour.csv in dollars or in percent of the metal, and of assumptions.csv in dollars.
ALSO = SHOP_ONLY | {
    "casting_loss_pct",
    "diamond_rebase_2008",
    "making_factor_chain",
    "making_factor_clasp",
    "making_factor_fitting",
}
THE_TWINS = "mass_"  # figures of other shops, which are not for this one to set
FITTED = "diamond"  # priced by a fit: diamond_rebase_2008 moves it


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigure:
    """What the shop has set for one row; a mid that the row does not have is None."""

    id: RowId
    low: Annotated[float | None, any_number("low")]
    mid: Annotated[float | None, any_number("mid")]
    high: Annotated[float | None, any_number("high")]
    unit: Words
    date: Annotated[str, date()]
    note: SomeWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Settable:
    """One figure that a shop may set, as it stands in some tables; `as_of` is empty where none is known."""

    id: str
    label: str
    low: float | None
    mid: float | None
    high: float | None
    unit: str
    as_of: str

    @property
    def has_mid(self) -> bool:
        """A gem has two ends only: commercial and fine."""
        return not self.id.startswith(GEM)


def settable(tables: Reference) -> Mapping[str, Settable]:
    """Every figure that a shop may set, by id."""
    return {one.id: one for one in (*_facts(tables), *_gems(tables.gems.values()), *_taxes(tables.countries.values()))}


def _facts(tables: Reference) -> Iterator[Settable]:
    labour = [row for row in tables.labour.values() if row.unit.startswith(("USD", "% of metal"))]
    assumed = [row for row in tables.assumptions.values() if row.unit.startswith("USD") or row.id in ALSO]
    for row in (*labour, *assumed):
        if not row.id.startswith(THE_TWINS):
            ends = (row.low, row.mid, row.high)
            yield _settable(row.id, row.label, ends, row.unit, row.as_of)


def _gems(gems: Iterable[Gem]) -> Iterator[Settable]:
    for gem in gems:
        low, high = gem.commercial_usd_per_ct_at_1ct, gem.fine_usd_per_ct_at_1ct
        if low is not None and high is not None and gem.id != FITTED:
            label = f"{gem.label}, 1 ct: from commercial to fine"
            yield _settable(f"{GEM}{gem.id}", label, (low, None, high), GEM_UNIT, gem.price_as_of)


def _taxes(countries: Iterable[Country]) -> Iterator[Settable]:
    for country in countries:
        ends = (country.tax_low_pct, country.tax_pct, country.tax_high_pct)
        yield _settable(f"{TAX}{country.id}", f"Sales tax, {country.label}", ends, TAX_UNIT, None)


def _settable(
    id: str, label: str, ends: tuple[float | None, float | None, float | None], unit: str, as_of: str | None
) -> Settable:
    low, mid, high = ends
    return Settable(id=id, label=label, low=low, mid=mid, high=high, unit=unit, as_of=as_of or "")


def figured(tables: Reference, own: Iterable[OwnFigure]) -> Reference:
    """The tables with the shop's own figures in their rows, each with a source that names the shop and the day.

    The version is left as it is. A row that no table has any more is passed over.
    """
    labour, assumptions = dict(tables.labour), dict(tables.assumptions)
    gems, countries, sources = dict(tables.gems), dict(tables.countries), dict(tables.sources)
    for one in own:
        source = _source(one.date)
        sources[source.id] = source
        gem, country = one.id.removeprefix(GEM), one.id.removeprefix(TAX)
        for facts in (labour, assumptions):
            if one.id in facts:
                facts[one.id] = _fact(facts[one.id], one, source)
        if one.id.startswith(GEM) and gem in gems:
            gems[gem] = _gem(gems[gem], one, source)
        if one.id.startswith(TAX) and country in countries:
            countries[country] = _country(countries[country], one, source)
    return replace(
        tables,
        labour=MappingProxyType(labour),
        assumptions=MappingProxyType(assumptions),
        gems=MappingProxyType(gems),
        countries=MappingProxyType(countries),
        sources=MappingProxyType(sources),
    )


def _source(day: str) -> Source:
    return Source(
        id=f"shop_own_{day.replace('-', '_')}",
        kind="trade",
        title=f"The shop's own, {periods.spoken(day)}",
        url="",
        accessed=None,
    )


def _fact(row: Fact, own: OwnFigure, source: Source) -> Fact:
    return replace(
        row,
        low=own.low,
        mid=own.mid,
        high=own.high,
        as_of=own.date,
        note=own.note,
        sources=(source.id,),
        confidence="medium",
    )


def _gem(gem: Gem, own: OwnFigure, source: Source) -> Gem:
    """All weights move as one carat does; the shop gives both ends there."""
    scaled: dict[str, Any] = {}
    for name, end in (("commercial", own.low), ("fine", own.high)):
        at_1ct = getattr(gem, f"{name}_usd_per_ct_at_1ct")
        for weight in ("0_25", "0_5", "1", "2", "3"):
            column = f"{name}_usd_per_ct_at_{weight}ct"
            value = getattr(gem, column)
            scaled[column] = None if value is None or end is None else value / at_1ct * end
    return replace(
        gem,
        **scaled,
        price_as_of=own.date,
        price_note=own.note,
        price_sources=(source.id,),
        price_confidence="medium",
    )


def _country(country: Country, own: OwnFigure, source: Source) -> Country:
    mid = country.tax_pct if own.mid is None else own.mid
    return replace(
        country,
        tax_low_pct=mid if own.low is None else own.low,
        tax_pct=mid,
        tax_high_pct=mid if own.high is None else own.high,
        note=own.note,
        sources=(source.id,),
        confidence="medium",
    )


def read(path: Path) -> Kept[OwnFigure]:
    """One file; without rows everything is as it was delivered. Raises `BadTable`."""
    return kept(path, read_rows(path, OwnFigure, may_be_empty=True))
