"""What would change if some prices were taken up, or in one sentence each why they cannot be.

Prices of staff, of an uploaded file and of a feed go through the same door. Nothing is put right in silence: a price is
taken as it was given, or refused and the last good one stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from configurator.prices import spelling
from configurator.reference import PriceFile, Reference, SpotPrice, delivered, load, periods, shop_prices
from configurator.reference.columns import BadCell, columns
from configurator.units import GRAMS_PER_TROY_OUNCE

MOST_ROWS = 500
KINDS = ("spot", "london_fix")  # prices of a day; averages belong to the delivered series
_GRAMS_PER_KILOGRAM = 1000
_SAID = {"element": "the metal", "kind": "the kind", "usd_per_troy_ounce": "the price"}
_CHECKED = columns(SpotPrice)


class RefusedPrices(ValueError):
    """Prices that are not taken up; `reasons` has a sentence for each thing that is wrong."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who gives prices: the source their rows will name, how far it is trusted, and the rule that limits a jump."""

    source: str
    confidence: Literal["high", "medium", "low"]
    jump: str


BY_HAND = Origin(source=shop_prices.SHOP.id, confidence="medium", jump="price_jump_by_hand")
BY_FEED = Origin(source=shop_prices.FEED.id, confidence="medium", jump="price_jump_from_feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One price as it was given, all in text; `where` says which in a sentence: `Line 3`."""

    where: str
    element: str
    date: str
    usd_per_troy_ounce: str
    note: str = ""
    kind: str = "spot"


@dataclass(frozen=True, slots=True)
class Change:
    """The price of one metal in use now and the one that would be."""

    before: SpotPrice
    after: SpotPrice

    @property
    def share(self) -> float:
        """How much more the metal would cost, as a share: 0.1 is a tenth more."""
        return self.after.usd_per_troy_ounce / self.before.usd_per_troy_ounce - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A whole new state of the shop's prices, not taken up yet, and what it would change."""

    rows: tuple[SpotPrice, ...]
    changes: tuple[Change, ...]
    version: str  # of the tables it was made against


def propose(prices: Sequence[Given], today: date, origin: Origin) -> Proposal:
    """What taking up `prices` would change. They stand for all of the shop's own prices of their metals.

    Raises `RefusedPrices`: none given, an unknown metal, a price that is negative, absurd or in a wrong unit, a date
    that is none, in the future, given twice or older than the price in use.
    """
    tables = load()
    if not prices:
        raise RefusedPrices("There is no price in it.")
    if len(prices) > MOST_ROWS:
        raise RefusedPrices(f"There are {len(prices):,} prices in it; up to {MOST_ROWS} can be taken up at a time.")
    reasons: list[str] = []
    rows: dict[str, SpotPrice] = {}
    for given in prices:
        try:
            row = _read(given, today, origin)
        except BadCell as error:
            reasons.append(f"{given.where}: {error}.")
            continue
        if any(known.element == row.element and known.date == row.date for known in rows.values()):
            reasons.append(f"{given.where}: {row.element} of {periods.spoken(row.date)} is there twice.")
        rows[row.id] = row
    changes = tuple(_changes(tables, rows.values()))
    reasons += [sentence for change in changes if (sentence := _too_old(change) or _too_far(tables, change, origin))]
    if reasons:
        raise RefusedPrices(*reasons)
    changes = tuple(change for change in changes if change.after != change.before)
    if not changes:
        raise RefusedPrices("These are the prices in use: nothing would change.")
    return Proposal(rows=(*_others(tables, rows.values()), *rows.values()), changes=changes, version=tables.version)


def from_file(found: PriceFile) -> Proposal:
    """What going back to an earlier state would change. Raises `RefusedPrices` when that is nothing."""
    return _back(found.rows)


def as_delivered() -> Proposal:
    """What going back to the delivered prices would change. Raises `RefusedPrices` when that is nothing."""
    return _back(tuple(prices[-1] for prices in delivered().spot.values()))


def _back(rows: tuple[SpotPrice, ...]) -> Proposal:
    tables = load()
    then = (
        shop_prices.merged(prices, (row for row in rows if row.element == element))[-1]
        for element, prices in delivered().spot.items()
    )
    both = (Change(tables.latest_spot(price.element), price) for price in then)
    changes = tuple(change for change in both if change.after != change.before)
    if not changes:
        raise RefusedPrices("These are the prices in use: nothing would change.")
    return Proposal(rows=rows, changes=changes, version=tables.version)


def _read(given: Given, today: date, origin: Origin) -> SpotPrice:
    """The price as a row. Raises `BadCell` with a sentence."""
    cells = {name: _cell(name, getattr(given, name)) for name in _SAID}
    if cells["kind"] not in KINDS:
        raise BadCell("averages cannot be taken up, only prices of a day (spot or london_fix)")
    day, note = spelling.day(given.date, today), spelling.note(given.note)
    return SpotPrice(
        id=f"{cells['element']}_{day:%Y_%m_%d}_{cells['kind']}",
        element=cells["element"],
        date=day.isoformat(),
        kind=cells["kind"],
        usd_per_troy_ounce=cells["usd_per_troy_ounce"],
        note=note,
        sources=(origin.source,),
        confidence=origin.confidence,
    )


def _cell(name: str, given: str) -> Any:
    cell = given.strip()
    if not cell:
        raise BadCell(f"{_SAID[name]} is missing")
    try:
        if name == "usd_per_troy_ounce":
            spelling.number(cell)
        return _CHECKED[name].read(cell)
    except BadCell as error:
        raise BadCell(f"{_SAID[name]} is {spelling.echoed(cell)}, which {error}") from None


def _changes(tables: Reference, rows: Iterable[SpotPrice]) -> Iterable[Change]:
    newest: dict[str, SpotPrice] = {}
    for row in sorted(rows, key=lambda row: row.date):
        newest[row.element] = row
    return [Change(tables.latest_spot(element), row) for element, row in newest.items()]


def _others(tables: Reference, rows: Iterable[SpotPrice]) -> Iterable[SpotPrice]:
    """The shop's own prices of the other metals, which stay."""
    given = {row.element for row in rows}
    own = shop_prices.newest(frozenset(delivered().sources))
    return [row for row in own.rows if row.element not in given] if own else []


def _too_old(change: Change) -> str:
    """Why a price would not be the one in use: the delivered series has a newer one. Empty otherwise."""
    price = change.after
    newer = delivered().latest_spot(price.element)
    if price.date >= newer.date:
        return ""
    return (
        f"{price.element.capitalize()} of {periods.spoken(price.date)} is older than the price that came with "
        f"Keepsake ({periods.spoken(newer.date)})."
    )


def _too_far(tables: Reference, change: Change, origin: Origin) -> str:
    """Why a price is too far from the one in use, with a guess at a wrong unit. Empty otherwise."""
    most = 1 + (tables.workshop[origin.jump].mid or 0) / 100
    before, after = change.before.usd_per_troy_ounce, change.after.usd_per_troy_ounce

    def near(price: float) -> bool:
        return before / most <= price <= before * most

    if near(after):
        return ""
    units = {"gram": GRAMS_PER_TROY_OUNCE, "kilogram": GRAMS_PER_TROY_OUNCE / _GRAMS_PER_KILOGRAM}
    unit = next((name for name, ounces in units.items() if near(after * ounces)), None)
    guess = f" It looks like a price per {unit}: give US dollars per troy ounce." if unit else ""
    return (
        f"{change.after.element.capitalize()} at {after:,.2f} USD an ounce is too far from the price in use "
        f"({before:,.2f}, {periods.spoken(change.before.date)}); from {before / most:,.2f} to {before * most:,.2f} "
        f"can be taken up.{guess}"
    )
