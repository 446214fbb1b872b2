"""Reads every table once, checks what one table says of another, and hands out one frozen `Reference`: as delivered."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from configurator.reference import shop_prices
from configurator.reference.alloys import Element, Metal, SpotPrice
from configurator.reference.chains import Chain, Clasp
from configurator.reference.cuts import Cut, DiamondSize, StoneSize
from configurator.reference.diamonds import DiamondFit, DiamondTerm, diamond_fit
from configurator.reference.facts import NOTE, Fact, Source, TwinRule
from configurator.reference.gemstones import GROWN, TWO_COLOURED, Birthstone, Gem
from configurator.reference.pieces import Certification, Country, RealPiece, RingSize
from configurator.reference.tables import BadTable, check_ids, read_rows

HOME = Path(__file__).parent
VERSION_CHARACTERS = 12

ROW_TYPES: Mapping[str, type] = {
    "tables/sources.csv": Source,
    "tables/elements.csv": Element,
    "tables/metals.csv": Metal,
    "tables/gems.csv": Gem,
    "tables/cuts.csv": Cut,
    "tables/chains.csv": Chain,
    "tables/clasps.csv": Clasp,
    "tables/birthstones.csv": Birthstone,
    "tables/ring_sizes.csv": RingSize,
    "tables/cuts_carat_mm.csv": StoneSize,
    "tables/diamond_sizes.csv": DiamondSize,
    "tables/diamond_fit.csv": DiamondTerm,
    "tables/real_pieces.csv": RealPiece,
    "tables/certifications.csv": Certification,
    "tables/countries.csv": Country,
    "tables/labour.csv": Fact,
    "tables/retail.csv": Fact,
    "tables/resale.csv": Fact,
    "tables/wear.csv": Fact,
    "tables/footprint.csv": Fact,
    "tables/stones.csv": Fact,
    "tables/assumptions.csv": Fact,
    "tables/workshop.csv": Fact,
    "tables/twin_rules.csv": TwinRule,
    "series/spot.csv": SpotPrice,
}


_TABLES_BY_ID = (
    "sources",
    "elements",
    "metals",
    "gems",
    "cuts",
    "chains",
    "clasps",
    "real_pieces",
    "certifications",
    "countries",
    "labour",
    "retail",
    "resale",
    "wear",
    "footprint",
    "assumptions",
    "workshop",
    "twin_rules",
)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Row = TypeVar("_Row", bound=_Identified)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Reference:
    """Every number that came from outside, by table and id. Read-only; two loads of the same files share `version`."""

    sources: Mapping[str, Source]
    elements: Mapping[str, Element]
    metals: Mapping[str, Metal]
    gems: Mapping[str, Gem]
    cuts: Mapping[str, Cut]
    chains: Mapping[str, Chain]
    clasps: Mapping[str, Clasp]
    birthstones: tuple[Birthstone, ...]
    ring_sizes: tuple[RingSize, ...]
    stone_sizes: tuple[StoneSize, ...]
    diamond_sizes: tuple[DiamondSize, ...]
    diamond_terms: tuple[DiamondTerm, ...]
    diamond_fit: DiamondFit  # model E: with steps at the traded weights
    diamond_fit_smooth: DiamondFit  # model D: without them; how gems.csv was scaled over the weights
    real_pieces: Mapping[str, RealPiece]
    certifications: Mapping[str, Certification]
    countries: Mapping[str, Country]
    labour: Mapping[str, Fact]
    retail: Mapping[str, Fact]
    resale: Mapping[str, Fact]
    wear: Mapping[str, Fact]
    footprint: Mapping[str, Fact]
    stones: Mapping[str, Fact]
    assumptions: Mapping[str, Fact]
    workshop: Mapping[str, Fact]
    twin_rules: Mapping[str, TwinRule]
    spot: Mapping[str, tuple[SpotPrice, ...]]  # metal -> prices, oldest first
    version: str

    def latest_spot(self, element: str) -> SpotPrice:
        """The newest price of a metal; for a monthly average the month is its date. Raises `KeyError`."""
        return self.spot[element][-1]

    def latest_usd_per_g(self, element: str) -> float:
        """The newest price of a metal per gram, pure. Raises `KeyError`."""
        return self.latest_spot(element).usd_per_g

    def monthly_spot(self, element: str) -> tuple[SpotPrice, ...]:
        """The monthly averages of a metal, oldest first, for price paths; empty where there are none."""
        return tuple(price for price in self.spot[element] if price.kind == "monthly_average")


@cache
def delivered(folder: Path = HOME) -> Reference:
    """The tables as they came, read and checked once. Raises `BadTable`."""
    read: dict[str, list[tuple[int, Any]]] = {
        name: read_rows(folder / name, row_type) for name, row_type in ROW_TYPES.items()
    }
    _check(folder, read)
    tables = {name.partition("/")[2].removesuffix(".csv"): [row for _, row in rows] for name, rows in read.items()}
    terms, stones = tables["diamond_fit"], _by_id(tables["stones"])
    by_id = {name: _by_id(tables[name]) for name in _TABLES_BY_ID}
    return Reference(
        **by_id,
        birthstones=tuple(tables["birthstones"]),
        ring_sizes=tuple(tables["ring_sizes"]),
        stone_sizes=tuple(tables["cuts_carat_mm"]),
        diamond_sizes=tuple(tables["diamond_sizes"]),
        diamond_terms=tuple(terms),
        diamond_fit=diamond_fit(terms, "e", stones),
        diamond_fit_smooth=diamond_fit(terms, "d", stones),
        stones=stones,
        spot=by_element(tables["spot"]),
        version=_version(folder),
    )


def _check(folder: Path, read: Mapping[str, list[tuple[int, Any]]]) -> None:
    """What one table says of another, and what a row type alone cannot say."""

    def known(name: str) -> set[str]:
        return {row.id for _, row in read[f"tables/{name}.csv"]}

    sources, gems = known("sources"), known("gems")
    for name, rows in read.items():
        if name != "tables/sources.csv":
            check_ids(folder / name, rows, "sources", sources, "source of sources.csv")
        if ROW_TYPES[name] in (Fact, TwinRule):
            _check_facts(folder / name, rows)
    check_ids(folder / "tables/gems.csv", read["tables/gems.csv"], "price_sources", sources, "source of sources.csv")
    check_ids(folder / "tables/birthstones.csv", read["tables/birthstones.csv"], "gem_ids", gems, "gem of gems.csv")
    check_ids(folder / "tables/cuts_carat_mm.csv", read["tables/cuts_carat_mm.csv"], "cut", known("cuts"), "cut")
    _check_gems(read["tables/gems.csv"], gems)
    metals = read["tables/metals.csv"]
    check_ids(folder / "tables/metals.csv", metals, "other_permille", known("elements"), "element of elements.csv")
    for line, metal in metals:
        if metal.hv_as_cast is None and metal.hv_annealed is None:
            raise BadTable("metals.csv", line, "one of hv_as_cast and hv_annealed is needed")
        if (total := sum(metal.permille.values())) > 1000.5:  # half a permille of rounding
            raise BadTable("metals.csv", line, f"the composition adds up to {total:g} permille")


def _check_gems(rows: Iterable[tuple[int, Any]], known: set[str]) -> None:
    for line, gem in rows:
        grown = gem.id + GROWN
        if not gem.is_lab_grown and (gem.lab_grown_available == "yes") != (grown in known):
            raise BadTable("gems.csv", line, f"lab_grown_available is yes exactly where there is a row {grown}")
        if gem.natural_id is not None and gem.natural_id not in known:
            raise BadTable("gems.csv", line, f"{gem.id} is grown, yet there is no row {gem.natural_id}")
        if gem.effect in TWO_COLOURED and gem.body_hex_second is None:
            raise BadTable("gems.csv", line, f"a {gem.effect} stone needs body_hex_second")


def _check_facts(path: Path, rows: Iterable[tuple[int, Any]]) -> None:
    for line, fact in rows:
        numbers = [value for value in (fact.low, fact.mid, fact.high) if value is not None]
        if fact.unit == NOTE and numbers:
            raise BadTable(path.name, line, "the unit is note, yet there is a number")
        if fact.unit == NOTE and not fact.note and not getattr(fact, "to", ""):
            raise BadTable(path.name, line, "the unit is note, yet the note is empty")
        if fact.unit != NOTE and not numbers:
            raise BadTable(path.name, line, "low, mid and high are all empty; words alone have the unit note")


def _by_id(rows: Iterable[_Row]) -> Mapping[str, _Row]:
    return MappingProxyType({row.id: row for row in rows})


def by_element(prices: Iterable[SpotPrice]) -> Mapping[str, tuple[SpotPrice, ...]]:
    """Metal -> its prices, oldest first."""
    found: dict[str, list[SpotPrice]] = {}
    for price in prices:
        found.setdefault(price.element, []).append(price)
    return MappingProxyType({key: shop_prices.merged(rows, ()) for key, rows in found.items()})


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in sorted(ROW_TYPES):
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()[:VERSION_CHARACTERS]
