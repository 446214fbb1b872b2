"""What thirty years of owning cost: purchase, insurance and upkeep, less what a sale brings back."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.resale import break_even

SIDES = {"custom": "Your design", "twin": "Off the shelf"}
PARTS = {
    "purchase_usd": ("Purchase", theme.DESIGN, 1),
    "insurance_usd": ("Insurance", theme.STONES, 1),
    "upkeep_usd": ("Upkeep at the bench", theme.MAKING, 1),
    "exit_usd": ("Brought back by a sale", theme.METAL, -1),
}


@chart(id="ownership", title="What owning it costs over thirty years", page="compare", order=4)
def ownership_by_part(evaluation: Any) -> go.Figure:
    """Stacked bars of the parts at their medians, what a sale brings back to the left of zero, and the net cost."""
    figure = go.Figure()
    sides = {name: getattr(evaluation, side).resale for side, name in SIDES.items()}
    for part, (label, colour, sign) in PARTS.items():
        ranges = [getattr(found.ownership_parts, part) for found in sides.values()]
        figure.add_bar(
            y=list(sides),
            x=[sign * usd.mid for usd in ranges],
            name=label,
            orientation="h",
            marker_color=colour,
            customdata=[f"{wording.money(usd.mid)} ({wording.money_range(usd)})" for usd in ranges],
            hovertemplate=f"%{{y}}<br>{label}: %{{customdata}}<extra></extra>",
        )
    totals = [found.ownership_cost_usd for found in sides.values()]
    figure.add_scatter(
        y=list(sides),
        x=[total.mid for total in totals],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [total.high - total.mid for total in totals],
            "arrayminus": [total.mid - total.low for total in totals],
            "thickness": 1.5,
            "width": 6,
            "color": theme.WHISKER,
        },
        name="Net cost",
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": theme.WHISKER},
        customdata=[f"{wording.money(total.low)}{wording.DASH}{wording.money(total.high)}" for total in totals],
        hovertemplate="%{y}<br>net cost, eight of ten cases %{customdata}<extra></extra>",
    )
    figure.update_layout(template=theme.template(), barmode="relative", height=260)
    figure.update_xaxes(tickprefix="$", tickformat=",.0f", nticks=6)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure


def verdict(evaluation: Any) -> str:
    """The net cost a year of both, and whether the dearer purchase is ever made good."""
    custom, twin = evaluation.custom.resale, evaluation.twin.resale
    years = custom.ownership_cost_usd.years
    mine, theirs = (found.ownership_per_year_usd.mid for found in (custom, twin))
    said = (
        f"Over {years} years owning yours costs about {wording.money(mine)} a year and the shelf twin about "
        f"{wording.money(theirs)}, insurance and upkeep included"
    )
    even = break_even(custom, twin)
    if even.years is None:
        chance = _chance(even.probability)
        return f"{said}; within {years} years yours does not become the cheaper one to own ({chance} that it does)."
    if even.years == 0:
        return f"{said}; yours is the cheaper one to own from the start."
    return f"{said}; yours becomes the cheaper one to own after about {wording.years(even.years)}."


def _chance(probability: float) -> str:
    return "a chance under 1 %" if probability < 1 / 100 else f"a chance of {wording.percent(probability)}"


def table(evaluation: Any) -> pd.DataFrame:
    """The parts with their ranges, then the net cost if sold in each year."""
    rows = []
    for side, name in SIDES.items():
        found = getattr(evaluation, side).resale
        for part, (label, _, _) in PARTS.items():
            usd = getattr(found.ownership_parts, part)
            rows.append((name, label, found.ownership_cost_usd.years, usd.low, usd.mid, usd.high))
        owned = found.ownership_by_year
        for year, low, mid, high in zip(owned.years, owned.low, owned.mid, owned.high, strict=True):
            rows.append((name, "Net cost if sold then", year, low, mid, high))
    return pd.DataFrame(rows, columns=["piece", "part", "year", "low_usd", "mid_usd", "high_usd"]).round(2)
