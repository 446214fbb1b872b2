"""The visits to the bench over thirty years: a strip for each job, the design's above its shelf twin's."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import reference, wording
from configurator.charts import chart, theme
from configurator.models.durability import Durability, Maintenance
from configurator.models.ownership import is_cared_for
from configurator.models.price_paths import HORIZON_YEARS
from configurator.models.ranges import Range

OFTEN = 1 / 4  # the chance within thirty years from which a mishap is listed
ROW_PX, LABEL_PX, LANE = 80, 22, 0.15
LINE_ROOM = 0.25  # rows, for each further line of a label
TICK_PX, VISIT_PX, CHANCE_PX = 9, 12, 8


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the calendar with what it is for either piece; None: that piece does not need it."""

    item: str
    sides: dict[str, Maintenance | None]

    @property
    def by_chance(self) -> bool:
        return self.any.by_chance

    @property
    def any(self) -> Maintenance:
        """Of the design if it needs the job, else of the twin."""
        return next(task for task in self.sides.values() if task is not None)


def visits(task: Maintenance) -> tuple[float, ...]:
    """The years of the visits within thirty years at the middle of the ranges; a mishap keeps no calendar."""
    if task.by_chance:
        return ()
    count = max(0, int((HORIZON_YEARS - task.first_year) / task.every_years.mid) + 1)
    found = (task.first_year + number * task.every_years.mid for number in range(count))
    return tuple(year for year in found if year <= HORIZON_YEARS)


def due(task: Maintenance, found: Durability) -> bool:
    """Whether it belongs on a strip of thirty years: a visit, a likely mishap, or what most often comes first."""
    return bool(visits(task)) or task.item == found.weakest_job or (task.by_chance and _chance(task) >= OFTEN)


def jobs(evaluation: Any) -> list[Job]:
    """What falls due within thirty years for either piece: care first, then by the year it first does."""
    lives = {side: getattr(evaluation, side).durability for side in theme.SIDES}
    sides = {side: {task.item: task for task in _counted(getattr(evaluation, side))} for side in theme.SIDES}
    items = dict.fromkeys(item for found in sides.values() for item in found)
    found = [Job(item, {side: tasks.get(item) for side, tasks in sides.items()}) for item in items]
    listed = [job for job in found if any(task and due(task, lives[side]) for side, task in job.sides.items())]
    return sorted(listed, key=lambda job: (not job.any.routine, job.any.first_year))


def _counted(side: Any) -> list[Maintenance]:
    """The lines of a piece's calendar without care that would cost too much beside its price."""
    tables, paid = reference.load(), side.quote.total_usd.mid
    return [task for task in side.durability.maintenance if is_cared_for(task, paid, tables)]


@chart(id="calendar", title="Visits to the bench in thirty years", page="compare", order=2, group="lasts")
def service_calendar(evaluation: Any) -> go.Figure:
    """Ticks for advised care, marks for jobs that wear brings, a pale bar for mishaps that keep no calendar."""
    rows = jobs(evaluation)
    words = [_label(job) for job in rows]
    places = list(accumulate(1 + LINE_ROOM * (len(said) - 1) for said in words))
    traces: list[dict[str, object]] = []
    for lane, (side, look) in zip((-LANE, LANE), theme.SIDES.items(), strict=True):
        placed = [(place + lane, task) for place, job in zip(places, rows, strict=True) if (task := job.sides[side])]
        traces += [_by_chance(look, placed), _visits(look, placed)]
    labels = [theme.row_label("<br>".join(said), at, LABEL_PX) for at, said in zip(places, words, strict=True)]
    last = places[-1] if places else 1.0
    layout = {
        "barmode": "overlay",
        "height": round(ROW_PX * last) + 70,
        "annotations": labels,
        "xaxis": {"title": "years of wear", "range": [-0.3, HORIZON_YEARS + 0.3], "dtick": 5},
        "yaxis": theme.rows(0.2, last + 0.4),
    }
    return go.Figure(traces, layout)


def _label(job: Job) -> list[str]:
    """The job, what it costs, and how often a mishap comes; the twin's figure too where it differs."""
    custom, twin = job.sides.values()
    costs = [wording.money_range(task.cost_usd) for task in (custom, twin) if task is not None]
    only = "" if custom and twin else f", {'yours' if custom else 'off the shelf'} only"
    cost = costs[0] if len(set(costs)) == 1 else f"{costs[0]} (off the shelf {costs[1]})"
    said = theme.lines(f"{job.item}, {cost}{only}")
    if not job.by_chance:
        later = [task for task in (custom, twin) if task is not None and not visits(task)]
        return said if len(later) < 2 - bool(only) else [*said, f"not before about year {later[0].first_year:.0f}"]
    often = [wording.years(task.every_years.mid) for task in (custom, twin) if task is not None]
    beside = f" (off the shelf {often[1]})" if len(set(often)) > 1 else ""
    return [*said, f"· by chance, about once in {often[0]}{beside}"]


def _chance(task: Maintenance) -> float:
    """That a mishap comes at least once in the time that is drawn: how strongly its bar shows."""
    return 1 - math.exp(-HORIZON_YEARS / task.every_years.mid)


def _visits(look: theme.Look, placed: Iterable[tuple[float, Maintenance]]) -> dict[str, object]:
    """A tick for each visit of advised care, a mark for each that wear brings."""
    marks = [(round(year, 2), row, task) for row, task in placed for year in visits(task)]
    tasks = [task for *_, task in marks]
    # The first mark is nowhere: it is the legend's, of a piece without a visit too.
    return theme.marks(
        look,
        [None, *(year for year, *_ in marks)],
        [None, *(row for _, row, _ in marks)],
        f"{look.name}, about year %{{x:.0f}}<br>%{{customdata}}",
        marker={
            "symbol": [look.symbol, *("line-ns" if task.routine else look.symbol for task in tasks)],
            "size": [VISIT_PX, *(TICK_PX if task.routine else VISIT_PX for task in tasks)],
            "line": {"color": look.colour, "width": 2},
            "opacity": 1,  # marks of several sizes would be pale
        },
        customdata=["", *(f"{task.item}, {wording.money_range(task.cost_usd)}" for task in tasks)],
    )


def _by_chance(look: theme.Look, placed: Iterable[tuple[float, Maintenance]]) -> dict[str, object]:
    """A bar over all the years for each mishap that keeps no calendar, the paler the rarer."""
    bars = [(row, task) for row, task in placed if task.by_chance]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row for row, _ in bars],
        "x": [HORIZON_YEARS] * len(bars),
        "width": CHANCE_PX / ROW_PX,
        "marker": {"color": [theme.faint(look.colour, _chance(task)) for _, task in bars], "line": {"width": 0}},
        "name": f"{look.name}, by chance",
        "customdata": [f"{look.name}: {_often(task)}" for _, task in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }


def _often(task: Maintenance) -> str:
    return f"by chance, about once in {wording.years(task.every_years.mid)}"


def verdict(evaluation: Any) -> str:
    """What thirty years at the bench cost, and the repair that most often comes first."""
    spent = {side: getattr(evaluation, side).resale.ownership_parts.upkeep_usd for side in theme.SIDES}
    said = (
        f"Over {HORIZON_YEARS} years reckon with about {wording.money(spent['custom'].mid)} at the bench for yours "
        f"({wording.money_range(spent['custom'])}) and {wording.money(spent['twin'].mid)} for the off-the-shelf piece"
    )
    found = evaluation.custom.durability
    first = next((task for task in found.maintenance if task.item == found.weakest_job), None)
    if first is None:
        return f"{said}; beyond care, no repair is foreseen for yours."
    job, cost = wording.lowered(first.item), wording.money_range(first.cost_usd)
    when = _often(first) if first.by_chance else f"around year {max(1, round(first.first_year))}"
    return f"{said}; the repair that most often comes first is to {job}, {when}, {cost}."


def alt(evaluation: Any) -> str:
    """Every job: when, how often and what it costs, for each piece."""
    said = []
    for side, look in theme.SIDES.items():
        tasks = [job.sides[side] for job in jobs(evaluation)]
        said.append(f"{look.name}: {'; '.join(_in_words(task) for task in tasks if task) or 'nothing due'}.")
    return " ".join(said)


def _in_words(task: Maintenance) -> str:
    often = _often(task) if task.by_chance else _regular(task)
    return f"{task.item}, {often}, {wording.money_range(task.cost_usd)}"


def _regular(task: Maintenance) -> str:
    if not visits(task):
        return f"not within {HORIZON_YEARS} years"
    return f"first after {wording.years(task.first_year)}, then every {wording.years_range(task.every_years)}"


def table(evaluation: Any) -> pd.DataFrame:
    """Every job of both pieces, those beyond thirty years too."""
    rows = [
        (look.name, task.item, _kind(task), task.first_year, *_ends(task.every_years), *_ends(task.cost_usd))
        for side, look in theme.SIDES.items()
        for task in getattr(evaluation, side).durability.maintenance
    ]
    columns = ["piece", "job", "kind", "first_year", "every_years_low", "every_years_mid", "every_years_high"]
    return pd.DataFrame(rows, columns=[*columns, "low_usd", "mid_usd", "high_usd"]).round(2)


def _kind(task: Maintenance) -> str:
    if task.routine:
        return "advised care"
    return "by chance" if task.by_chance else "by wear"


def _ends(span: Range) -> tuple[float, float, float]:
    return span.low, span.mid, span.high
