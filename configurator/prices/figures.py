"""What would change if the shop set figures of its own, or in a sentence each why they cannot be set.

A figure is taken as it was given or refused, and the last good one stays; without any number a row goes back to what
was delivered.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from configurator.prices import spelling
from configurator.prices.proposals import MOST_ROWS, RefusedPrices
from configurator.reference import (
    SHOP_ONLY,
    OwnFigure,
    Reference,
    Settable,
    delivered,
    load,
    own_figures,
    settable,
    shop_prices,
)
from configurator.reference.columns import BadCell

PARTS = ("low", "mid", "high")
_ALL_OF_IT = 100  # percent
NOTHING_CHANGES = "These are the figures in use: nothing would change."


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFigure:
    """One figure as it was given, all in text; `where` says which in a sentence: `Line 3`."""

    where: str
    id: str
    low: str
    mid: str
    high: str
    unit: str
    date: str
    note: str = ""
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure as it is in use and as it would be."""

    before: Settable
    after: Settable


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureProposal:
    """A whole new state of the shop's own figures, not taken up yet, and what it would change."""

    rows: tuple[OwnFigure, ...]
    changes: tuple[FigureChange, ...]
    version: str  # of the tables it was made against


def propose_figures(given: Sequence[GivenFigure], today: date) -> FigureProposal:
    """What setting these figures would change; all others stay as they are.

    Raises `RefusedPrices`: none given, a row that is none of the tables', another unit, a number that is negative,
    absurd beside the delivered one or out of order, a day that is none or in the future, a margin of 0 or 100 %.
    """
    if not given:
        raise RefusedPrices("There is no figure in it.")
    if len(given) > MOST_ROWS:
        raise RefusedPrices(f"There are {len(given):,} figures in it; up to {MOST_ROWS} can be taken up at a time.")
    tables, known = delivered(), settable(delivered())
    rows = {row.id: row for row in own_in_use()}
    reasons, seen = [], set[str]()
    for one in given:
        try:
            id = _known(one.id, known)
            if id in seen:
                raise BadCell(f"{id} is there twice")
            seen.add(id)
            if any(getattr(one, part).strip() for part in PARTS):
                rows[id] = _read(one, known[id], today, tables)
            else:
                rows.pop(id, None)
        except BadCell as error:
            reasons.append(f"{one.where}: {error}.")
    if reasons:
        raise RefusedPrices(*reasons)
    return back_to(rows.values())


def back_to(rows: Iterable[OwnFigure]) -> FigureProposal:
    """What having exactly these figures would change; none: as delivered. Raises `RefusedPrices` if nothing."""
    rows = tuple(rows)
    tables = load()
    before, after = settable(tables), settable(own_figures.figured(delivered(), rows))
    changes = tuple(FigureChange(before[id], one) for id, one in after.items() if before[id] != one)
    if not changes:
        raise RefusedPrices(NOTHING_CHANGES)
    return FigureProposal(rows=rows, changes=changes, version=tables.version)


def own_in_use() -> tuple[OwnFigure, ...]:
    """The shop's own figures as they are; empty where all are as delivered."""
    own = shop_prices.newest_of(shop_prices.FIGURES, own_figures.read)
    return own.rows if own else ()


def _known(id: str, known: Mapping[str, Settable]) -> str:
    id = id.strip()
    if id in known:
        return id
    near = difflib.get_close_matches(id.lower(), list(known), n=1, cutoff=0)
    raise BadCell(
        f"{spelling.echoed(id)} is no figure that can be set; the nearest is {near[0]} ({known[near[0]].label})"
    )


def _read(given: GivenFigure, row: Settable, today: date, tables: Reference) -> OwnFigure:
    """The figure as a row. Raises `BadCell` with a sentence."""
    as_margin = row.id in SHOP_ONLY and given.unit.strip() == "%"
    if not as_margin and given.unit.strip().casefold() != row.unit.casefold():
        raise BadCell(f"the unit is {spelling.echoed(given.unit)}, where {row.label} is in {row.unit}")
    low, mid, high = (_number(given, part) for part in PARTS)
    if as_margin:
        low, mid, high = (None if value is None else _multiple(value) for value in (low, mid, high))
    _check(low, mid, high, row, tables)
    day, note = spelling.day(given.date, today), spelling.note(given.note)
    return OwnFigure(id=row.id, low=low, mid=mid, high=high, unit=row.unit, date=day.isoformat(), note=note)


def _number(given: GivenFigure, part: str) -> float | None:
    cell = getattr(given, part)
    if not cell.strip():
        return None
    try:
        value = spelling.number(cell, decimal_comma=given.decimal_comma)
    except BadCell as error:
        raise BadCell(f"{part} is {spelling.echoed(cell)}, which {error}") from None
    if value < 0:
        raise BadCell(f"{part} is {spelling.echoed(cell)}, which is less than nothing")
    return value


def _multiple(margin_pct: float) -> float:
    """Price over cost, from the margin in percent of the price."""
    if margin_pct >= _ALL_OF_IT:
        raise BadCell(f"a margin of {margin_pct:g} % would leave nothing of the price for metal and work; give less")
    return 1 / (1 - margin_pct / _ALL_OF_IT)


def _check(low: float | None, mid: float | None, high: float | None, row: Settable, tables: Reference) -> None:
    """That the ends are there, in order, and of the size of the delivered ones."""
    if row.has_mid and mid is None:
        raise BadCell("mid is missing")
    if not row.has_mid and (low is None or high is None or mid is not None):
        raise BadCell(f"{row.label} has a low and a high, and no mid")
    ends = [value for value in (low, mid, high) if value is not None]
    if ends != sorted(ends):
        raise BadCell(f"low, mid and high should not fall: {', '.join(f'{value:g}' for value in ends)}")
    if row.id in SHOP_ONLY and ends[0] <= 1:
        raise BadCell(
            "at cost or below, a margin of 0 % or less, nothing is left for rent, tools and wages; "
            "give a multiple above 1"
        )
    if row.unit.startswith("%") and ends[-1] >= _ALL_OF_IT:
        raise BadCell(f"{ends[-1]:g} % is as much as the price itself or more; give less than {_ALL_OF_IT}")
    most = 1 + (tables.workshop["figure_jump_by_hand"].mid or 0) / 100
    usual = [value for value in (row.low, row.mid, row.high) if value]
    given = [value for value in ends if value]
    if usual and given and not (usual[0] / most <= given[0] and given[-1] <= usual[-1] * most):
        raise BadCell(
            f"{row.label} is too far from the delivered figure: from {usual[0] / most:,.4g} to {usual[-1] * most:,.4g} "
            f"{row.unit} can be taken up"
        )
