"""The chance that the design has become the cheaper one to own, year by year."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.price_paths import HORIZON_YEARS, YEARS
from configurator.models.resale import break_even

EVEN_CHANCE = 1 / 2
LIKELY, UNLIKELY = 0.9, 0.1  # what a sentence may call so


@chart(id="break_even", title="When yours becomes the cheaper one to own", page="compare", order=3, group="cost")
def chance_by_year(evaluation: Any) -> go.Figure:
    """The share of drawn futures in which owning the design has cost no more than owning the twin, and even chances."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    look = theme.SIDES["custom"]
    figure = go.Figure()
    figure.add_scatter(
        x=YEARS,
        y=found.probability_by_year,
        name="Chance that yours has cost no more",
        mode="lines",
        fill="tozeroy",
        fillcolor=theme.faint(look.colour),
        line={"color": look.colour, "width": theme.LINE_PX},
        showlegend=False,
        hovertemplate="if sold in year %{x}: %{y:.0%} of futures<extra></extra>",
    )
    figure.add_hline(
        y=EVEN_CHANCE,
        line={"color": theme.WHISKER, "dash": "dot", "width": 2},
        annotation={"text": "even chances", "xanchor": "right", "yanchor": "bottom"},
    )
    if found.years is not None:
        figure.add_scatter(
            x=[found.years],
            y=[found.probability_by_year[found.years]],
            name="Even chances reached",
            mode="markers",
            marker={"color": look.colour, "size": theme.MARK_PX, "symbol": look.symbol},
            showlegend=False,
            hovertemplate=f"from year {found.years} more likely than not<extra></extra>",
        )
    figure.update_layout(height=260)
    figure.update_xaxes(title="years owned, then sold", range=[0, HORIZON_YEARS], dtick=5)
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", nticks=5)
    return figure


def verdict(evaluation: Any) -> str:
    """Which of the two is the cheaper one to own in the end, and how sure that is."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    chance = found.probability
    if chance <= UNLIKELY:
        said = "The shelf twin stays the cheaper one to own"
    elif chance >= LIKELY:
        said = "Yours ends as the cheaper one to own"
    else:
        said = "Either may end as the cheaper one to own"
    return (
        f"{said}: in {_of_ten(chance)} of the futures we drew, yours has cost less than the twin by year "
        f"{HORIZON_YEARS}, a sale included."
    )


def _of_ten(chance: float) -> str:
    if chance < 1 / 100:
        return "fewer than 1 in 100"
    return "more than 99 in 100" if chance > 99 / 100 else f"{chance * 100:.0f} in 100"


def alt(evaluation: Any) -> str:
    """The chance at every fifth year."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    said = [f"{wording.percent(found.probability_by_year[year])} in year {year}" for year in YEARS if year % 5 == 0]
    return f"The chance that owning yours has cost no more than owning the twin: {', '.join(said)}."


def table(evaluation: Any) -> pd.DataFrame:
    """The chance of every year."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    return pd.DataFrame({"year": YEARS, "p_yours_has_cost_no_more": found.probability_by_year}).round(4)
