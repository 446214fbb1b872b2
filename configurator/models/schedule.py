"""How long a piece takes: stages in working days with their ranges, for a custom piece and for the shop counter.

The stages are the lead-time rows of retail.csv, in weeks; a week has five working days. With a day to begin, and a day
it is wanted, the same draws become dates over the country's working days: when each stage is likely to end, how
probable it is to be in time, and the latest day to begin and still be in time nine times in ten.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np

from configurator import wording
from configurator.design import Design
from configurator.measures import Measures
from configurator.models import bench
from configurator.models.ledger import PERCENT
from configurator.models.pricing import Route
from configurator.models.ranges import USUAL_DRAWS, Draws, Range, Samples, summary
from configurator.reference import Fact, Reference

WORKING_DAYS_PER_WEEK = 5
CALENDARS_KEPT = 8
_YEARS_AHEAD = 3  # of public holidays, beyond the first year; the longest schedule takes under one


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step on the way, in the order they are taken."""

    id: str  # of the lead-time row
    label: str
    working_days: Range
    done_after: Range  # working days from the start until it has ended, P10, P50 and P90
    decision: str  # what the client decides here; empty when nothing
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStage:
    """When a stage is likely to begin, and by when it has ended: as likely as not, and nine times in ten."""

    id: str  # of its `Stage`
    begins: date
    ends: date
    ends_at_worst: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A schedule on the calendar of a country."""

    start: date
    stages: tuple[DatedStage, ...]
    ready: tuple[date, date, date]  # P10, P50, P90
    closed: tuple[tuple[date, str], ...]  # public holidays before the last of these days on which nobody works
    wanted: "Wanted | None"  # None without an occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The day it is wanted, and what that means."""

    occasion: date
    chance: float  # to be in time, 0..1
    latest_safe_start: date  # in time nine times in ten; may lie before the day work may begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The stages one after the other; `working_days` is P10, P50 and P90 of all of them together.

    Its mid is more than the mids of the stages add up to: a late stage costs more days than an early one saves. A piece
    of the shop counter has one stage, which falls away when it is in stock; `working_days` is of both cases together.
    """

    working_days: Range
    stages: tuple[Stage, ...]
    in_stock: float | None  # the chance that it can be taken home at once; None for what is made to order
    dated: Dated | None

    @property
    def spoken(self) -> str:
        """How long it takes, in words: `6–12 weeks`, or `at once if it is in stock (about 6 in 10), else 3–4 weeks`."""
        if self.in_stock is None:
            return wording.weeks_range(self.working_days)
        tenths, ordered = round(self.in_stock * 10), self.stages[-1].done_after
        return f"at once if it is in stock (about {tenths} in 10), else {wording.weeks_range(ordered)}"


def schedule(
    design: Design,
    measures: Measures,
    reference: Reference,
    route: Route = "custom",
    *,
    draws: Draws = USUAL_DRAWS,
    hallmark: bool = False,
    start: date | None = None,
    occasion: date | None = None,
    country: str = "us",
) -> Schedule:
    """How many working days from the first talk ("custom") or from the order ("mass") to the piece in hand.

    With a `start`, dates as well; `country` is an ISO 3166 code, whose public holidays are kept.
    """
    rows = tuple(_stages(design, measures, reference, route, hallmark))
    done = np.cumsum([draws.row(row) for row, _, _ in rows], axis=0) * WORKING_DAYS_PER_WEEK
    total, in_stock = done[-1], None
    if route == "mass":
        stocked = draws.chance("luck/in_stock") < draws.row(reference.assumptions["in_stock_pct"]) * PERCENT
        total, in_stock = np.where(stocked, 0, total), float(stocked.mean())
    stages = tuple(
        Stage(
            id=row.id,
            label=label,
            working_days=Range.of(row).times(WORKING_DAYS_PER_WEEK),
            done_after=summary(after),
            decision=decision,
            sources=row.sources,
        )
        for (row, label, decision), after in zip(rows, done, strict=True)
    )
    return Schedule(
        working_days=summary(total),
        stages=stages,
        in_stock=in_stock,
        dated=None if start is None else _dated(stages, total, start, occasion, country),
    )


def _dated(stages: tuple[Stage, ...], total: Samples, start: date, occasion: date | None, country: str) -> Dated:
    """`total` (draws,): working days from the start until the piece is ready."""
    calendar, closed = working_days_of(country, min(start, occasion or start).year - 1)

    def day(working_days: float, since: date = start, roll: str = "forward") -> date:
        """Work begins on the first working day; a part of a day takes the day."""
        whole = math.copysign(math.ceil(abs(working_days)), working_days)
        return np.busday_offset(since, int(whole), roll, busdaycal=calendar).item()  # type: ignore[call-overload]

    ends = [stage.done_after for stage in stages]
    begins = [0.0, *(span.mid for span in ends[:-1])]
    whole = summary(total)
    ready = (day(whole.low), day(whole.mid), day(whole.high))
    wanted = None
    if occasion is not None:
        # Working days after the first, the occasion's own included when it is one.
        left = int(np.busday_count(day(0), occasion + timedelta(days=1), busdaycal=calendar)) - 1
        wanted = Wanted(
            occasion=occasion,
            chance=float((np.ceil(total) <= left).mean()),
            latest_safe_start=day(-whole.high, occasion, "backward"),
        )
    return Dated(
        start=start,
        stages=tuple(
            DatedStage(id=stage.id, begins=day(begin), ends=day(end.mid), ends_at_worst=day(end.high))
            for stage, begin, end in zip(stages, begins, ends, strict=True)
        ),
        ready=ready,
        closed=tuple((when, name) for when, name in closed if start <= when <= ready[-1]),
        wanted=wanted,
    )


@lru_cache(maxsize=CALENDARS_KEPT)
def working_days_of(country: str, year: int) -> tuple[np.busdaycalendar, tuple[tuple[date, str], ...]]:
    """The calendar of a country from a year on, and its public holidays in order.

    Raises `NotImplementedError` for a country that the library does not know.
    """
    found = holidays.country_holidays(country.upper(), years=range(year, year + _YEARS_AHEAD + 1))
    closed = tuple(sorted(found.items()))
    return np.busdaycalendar(holidays=[when for when, _ in closed]), closed


def _stages(
    design: Design, measures: Measures, reference: Reference, route: Route, hallmark: bool
) -> Iterator[tuple[Fact, str, str]]:
    """(row, label, what the client decides) of every stage this piece needs."""
    rows = reference.retail
    if route == "mass":
        yield rows["mass_lead_time"], "Ordered in, if it is not in stock", ""
        return
    modelled = bench.is_modelled(design, measures)
    yield rows["custom_lead_consultation"], "First talk", "the idea and the budget"
    if measures.stones:
        yield rows["custom_lead_stone_sourcing"], "Finding the stones", "which stone"
    if modelled:
        yield rows["custom_lead_cad"], "Drawing the model", ""
        yield rows["custom_lead_approval"], "Your approval and changes", "the final model"
        yield rows["custom_lead_print"], "Printing the model", ""
    # No row speaks of a band made by hand; it waits for the bench as a piece waits for the caster.
    if measures.castings:
        yield rows["custom_lead_casting"], "Casting" if modelled else "Making the band", ""
    if measures.stones:
        yield rows["custom_lead_setting"], "Setting the stones", ""
    if bench.is_assembled(measures):
        yield rows["custom_lead_assembly"], "Fitting and assembly", ""
    yield rows["custom_lead_finishing"], "Finishing and last check", ""
    if hallmark:
        yield rows["custom_lead_uk_assay"], "Assay and hallmark", ""
