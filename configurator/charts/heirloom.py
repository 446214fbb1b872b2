"""One line of a life: from the first talk to the day the piece is handed on, as far as the models see."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import reference, units, wording
from configurator.charts import chart, theme
from configurator.charts.calendar import due, visits
from configurator.charts.resale import channel_of
from configurator.models.ownership import is_cared_for, is_insured
from configurator.models.price_paths import HORIZON_YEARS
from configurator.models.ranges import Range
from configurator.models.schedule import WORKING_DAYS_PER_WEEK

WEEKS_PER_YEAR = 52
MG_PER_G = 1_000
TOLD_YEARS = (10, HORIZON_YEARS)
ROW_PX, LINE_PX, MARK_PX = 52, 3, 15
# What an event is about: colour, mark, and the word that says so without colour.
KINDS = {
    "making": ("Making", theme.CREATIVE, "circle"),
    "care": ("Care", theme.STONES, "square"),
    "repair": ("Wear", theme.TWIN, "diamond"),
    "paper": ("Papers", theme.OTHER, "hexagon"),
    "value": ("Value", theme.DESIGN, "star"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One mark on the line; `year` orders it, `when` says it."""

    year: float
    kind: str
    when: str
    what: str


def events(evaluation: Any) -> tuple[Event, ...]:
    """All of them, in the order of their years."""
    found = [
        *_making(evaluation.custom),
        *_service(evaluation.custom),
        *_papers(evaluation.custom),
        *_worth(evaluation),
    ]
    return tuple(sorted(found, key=lambda event: event.year))


def _making(side: Any) -> Iterator[Event]:
    paid = wording.money(side.quote.total_usd.mid)
    yield Event(-1, "making", "Today", f"the first talk, and the order for about {paid}")
    days = 0.0
    for stage in side.schedule.stages:
        days += stage.working_days.mid
        if stage.id == "custom_lead_approval":
            week = max(1, round(days / WORKING_DAYS_PER_WEEK))
            yield Event(week / WEEKS_PER_YEAR - 1, "making", f"About week {week}", "you approve the model")
    yield Event(0, "making", f"After {wording.weeks_range(side.schedule.working_days)}", "it is yours")


def _service(side: Any) -> Iterator[Event]:
    horizon = side.durability.survival.years[-1]
    for task in side.durability.maintenance:
        if not is_cared_for(task, side.quote.total_usd.mid, reference.load()):
            continue
        cost = wording.money_range(task.cost_usd)
        what = f"{wording.lowered(task.item)}, {cost}"
        if task.routine:
            yield Event(task.first_year, "care", f"Every {wording.years_range(task.every_years)}", f"{what} each time")
        elif task.by_chance and due(task, side.durability):
            often = f"By chance, once in {wording.years(task.every_years.mid)} or so"
            yield Event(min(task.every_years.mid, HORIZON_YEARS), "repair", often, what)
        elif due(task, side.durability):
            times = len(visits(task))
            when = f"Year {wording.years_range(_first(task), horizon).removesuffix(' years')}"
            again = "" if times <= 1 else f", {times} times by year {HORIZON_YEARS}"
            yield Event(task.first_year, "repair", when, f"{what}{again}")


def _first(task: Any) -> Range:
    """The range of the first time: as wide, for its middle, as the range between two times."""
    return task.every_years.times(task.first_year / task.every_years.mid)


def _papers(side: Any) -> Iterator[Event]:
    """Appraisals for the insurer, of a piece that is worth insuring apart."""
    rows = reference.load().labour
    if not is_insured(side.quote.total_usd.mid, reference.load()):
        return
    every, cost = (Range.of(rows[f"insurance_appraisal{part}"]) for part in ("_interval", ""))
    what = f"a new appraisal for the insurer, {wording.money_range(cost)}, our estimate"
    yield Event(every.mid, "paper", f"Every {wording.years_range(every)}", what)


def _worth(evaluation: Any) -> Iterator[Event]:
    side, channel = evaluation.custom, channel_of(evaluation, "custom")
    how = wording.lowered(channel.channel)
    for year in TOLD_YEARS:
        usd = Range(channel.low[year], channel.mid[year], channel.high[year])
        said = f"{how} would bring {wording.money(usd.mid)} ({wording.money_range(usd)})"
        yield Event(year, "value", f"Year {year}", said)
    left = wording.percent(metal_left(side))
    intact = wording.percent(side.durability.survival.p_intact[HORIZON_YEARS])
    what = f"handed on: {left} of its metal is left; {intact} of such pieces never needed a repair"
    yield Event(HORIZON_YEARS + 1, "value", "A generation on", what)


def metal_left(side: Any) -> float:
    """The share of the metal that thirty years of wear leave, at the median."""
    metal = reference.load().metals[side.design.metal]
    new_g = units.mass_g(side.measures.metal_volume_mm3, metal.density_g_cm3)
    lost_g = side.durability.metal_loss_mg_per_year.mid * HORIZON_YEARS / MG_PER_G
    return max(0.0, 1 - lost_g / new_g)


@chart(id="heirloom", title="From the first talk to the next generation", page="compare", order=3, group="keeps")
def one_life(evaluation: Any) -> go.Figure:
    """A line from top to bottom with a mark for each event: when in bold, then what, both from the models."""
    found = [(event, theme.lines(event.what)) for event in events(evaluation)]
    rooms = [(1 + len(what)) / 2 for _, what in found]  # in rows of two lines
    places = [end - room / 2 for end, room in zip(accumulate(rooms), rooms, strict=True)]
    line = {
        "type": "scatter",
        "x": [0, 0],
        "y": [places[0], places[-1]],
        "name": "The line",
        "mode": "lines",
        "line": {"color": theme.WHISKER, "width": LINE_PX},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    marks = [
        {
            "type": "scatter",
            "x": [0] * len(rows),
            "y": rows,
            "name": label,
            "mode": "markers",
            "marker": {"color": colour, "symbol": symbol, "size": MARK_PX},
            "hoverinfo": "skip",
        }
        for kind, (label, colour, symbol) in KINDS.items()
        if (rows := [place for place, (event, _) in zip(places, found, strict=True) if event.kind == kind])
    ]
    labels = [
        {
            "name": theme.ROW_LABEL,
            "x": 0,
            "y": place,
            "text": "<br>".join([f"<b>{event.when}</b>", *what]),
            "showarrow": False,
            "align": "left",
            "xanchor": "left",
            "xshift": 18,
        }
        for place, (event, what) in zip(places, found, strict=True)
    ]
    layout = {
        "height": round(ROW_PX * places[-1]) + 50,
        "annotations": labels,
        "xaxis": {"range": [-0.04, 1], "visible": False},
        "yaxis": {"range": [places[-1] + 0.8, places[0] - 0.6], "visible": False},
    }
    return go.Figure([line, *marks], layout)


def verdict(evaluation: Any) -> str:
    """What is left to hand on."""
    side, channel = evaluation.custom, channel_of(evaluation, "custom")
    usd = wording.money(channel.mid[HORIZON_YEARS])
    share = wording.percent(channel.mid[HORIZON_YEARS] / side.quote.total_usd.mid)
    return (
        f"After {HORIZON_YEARS} years about {wording.percent(metal_left(side))} of its metal is still there and it "
        f"would bring about {usd} in today's money, {share} of its price; what it means to you is not in that figure."
    )


def alt(evaluation: Any) -> str:
    """The events, one after the other."""
    return " ".join(f"{event.when}: {event.what}." for event in events(evaluation))


def table(evaluation: Any) -> pd.DataFrame:
    """The events as they are drawn."""
    return pd.DataFrame(
        [(e.when, KINDS[e.kind][0], e.what) for e in events(evaluation)], columns=["when", "kind", "what"]
    )
