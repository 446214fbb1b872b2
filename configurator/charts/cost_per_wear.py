"""What each day of wearing has cost so far: the cost of owning until a year, over the days it was worn until then."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import reference, wording
from configurator.charts import chart, theme
from configurator.models.ranges import Range
from configurator.models.resale import Channel

TOLD_YEARS = (1, 10, 30)
TICKS_USD = [step * 10.0**power for power in range(-3, 5) for step in (1, 2, 5)]  # of a scale of ratios


def by_year(evaluation: Any) -> dict[str, Channel]:
    """P10, P50 and P90 of the cost of a day's wear of each piece, by its name in an evaluation."""
    return {side: getattr(evaluation, side).resale.cost_per_wear_by_year for side in theme.SIDES}


@chart(id="cost_per_wear", title="What each day of wearing it costs", page="compare", order=4, group="cost")
def cost_per_wear(evaluation: Any) -> go.Figure:
    """Both pieces, P10 to P90 about P50; on a scale of ratios, because the first years are many times the last."""
    traces: list[dict[str, object]] = []
    found = by_year(evaluation)
    for side, look in theme.SIDES.items():
        cost = found[side]
        hover = f"{look.name}, sold after %{{x}} years: %{{customdata}}"
        said = [_said(cost, year) for year in cost.years]
        traces.append(theme.band(look, cost.years, cost.low, cost.high))
        traces.append(theme.curve(look, cost.years, cost.mid, hover, customdata=said))
    # What brings back more than it has cost lies under zero, where there are no ratios.
    ratios = min(min(cost.low) for cost in found.values()) > 0
    scale = {"type": "log", "tickvals": TICKS_USD, "ticktext": [*map(_tick, TICKS_USD)]}
    layout = {
        "height": 340,
        "xaxis": {"title": "years worn", "range": [0, found["custom"].years[-1]], "dtick": 5},
        "yaxis": {"title": "for each day it is worn", **(scale if ratios else {"tickprefix": "$", "nticks": 6})},
    }
    return go.Figure(traces, layout)


def _tick(usd: float) -> str:
    return f"${usd:,.0f}" if usd >= 1 else f"${usd:.2f}" if usd >= 1 / 100 else f"${usd:.3f}"


def _said(cost: Channel, year: int) -> str:
    low, mid, high = (end[cost.years.index(year)] for end in (cost.low, cost.mid, cost.high))
    return f"{wording.money_small(mid)} a day worn ({wording.money_small(low)} to {wording.money_small(high)})"


def verdict(evaluation: Any) -> str:
    """What a day costs if it is sold soon and if it is kept, beside the twin."""
    first, *_, last = TOLD_YEARS
    mids = {
        side: [cost.mid[cost.years.index(year)] for year in (first, last)] for side, cost in by_year(evaluation).items()
    }
    soon, late = map(wording.money_small, mids["custom"])
    twin_soon, twin_late = map(wording.money_small, mids["twin"])
    return (
        f"Sold after a year, each day you wore yours has cost about {soon}; kept for {last} years, {late}. "
        f"Off the shelf it is {twin_soon} and {twin_late}. {_days(evaluation)}"
    )


def _days(evaluation: Any) -> str:
    """What a year of wear is counted as."""
    days = Range.of(reference.load().assumptions[f"days_worn_{evaluation.scenario.wearer}"])
    return (
        f"A year is counted as {days.mid:.0f} days of wear ({days.low:.0f}{wording.DASH}{days.high:.0f}, our estimate)."
    )


def alt(evaluation: Any) -> str:
    """Both bands in a few years."""
    found = by_year(evaluation)
    said = [
        f"{look.name}: "
        + "; ".join(f"after {wording.years(year)} {_said(found[side], year)}" for year in TOLD_YEARS)
        + "."
        for side, look in theme.SIDES.items()
    ]
    return f"{' '.join(said)} {_days(evaluation)}"


def table(evaluation: Any) -> pd.DataFrame:
    """Both pieces, year by year, P10, P50 and P90 for each day worn."""
    found = by_year(evaluation)
    rows = [
        (look.name, *told)
        for side, look in theme.SIDES.items()
        for told in zip(found[side].years, found[side].low, found[side].mid, found[side].high, strict=True)
    ]
    return pd.DataFrame(rows, columns=["piece", "year", "low_usd", "mid_usd", "high_usd"]).round(4)
