"""The chance that the design has become the cheaper one to own, year by year."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.price_paths import HORIZON_YEARS, YEARS
from configurator.models.resale import break_even

EVEN_CHANCE = 1 / 2
NEARLY_NONE = 1 / 100  # of futures: a chance under it is not worth a curve
TOLD_YEARS = (1, 10, HORIZON_YEARS)


@chart(id="break_even", title="When yours becomes the cheaper one to own", page="compare", order=3, group="cost")
def chance_by_year(evaluation: Any) -> go.Figure:
    """The share of drawn futures in which owning the design has cost no more than owning the twin, and even chances."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    look, shares = theme.SIDES["custom"], found.probability_by_year
    ground = {"fill": "tozeroy", "fillcolor": theme.faint(look.colour), "showlegend": False}
    said = "if sold in year %{x}: %{y:.0%} of futures"
    traces = [theme.curve(look, YEARS, shares, said, name="Chance that yours has cost no more", **ground)]
    if (year := found.years) is not None:
        said = f"from year {year} more likely than not"
        traces.append(theme.marks(look, [year], [shares[year]], said, name="Even chances reached", showlegend=False))
    place = {"x": 1, "xref": "x domain", "xanchor": "right", "y": EVEN_CHANCE, "yanchor": "bottom"}
    layout = {
        "height": 260,
        "shapes": [theme.rule("y", EVEN_CHANCE, "dot")],
        "annotations": [{"text": "even chances", "showarrow": False, **place}],
        "xaxis": {"title": "years owned, then sold", "range": [0, HORIZON_YEARS], "dtick": 5},
        "yaxis": {"range": [0, 1.02], "tickformat": ".0%", "nticks": 5},
    }
    return go.Figure(traces, layout)


def verdict(evaluation: Any) -> str:
    """How the chance grows or falls over the years; where it hardly ever leaves one end, only that."""
    shares = break_even(evaluation.custom.resale, evaluation.twin.resale).probability_by_year
    beside = "to own than the off-the-shelf piece, whenever it is sold"
    if max(shares) < NEARLY_NONE:
        return f"Yours stays dearer {beside}: in no year is the chance of the contrary 1 in 100."
    if min(shares) > 1 - NEARLY_NONE:
        return f"Yours is cheaper {beside}: in no year is the chance of the contrary 1 in 100."
    told = [f"{wording.percent(shares[year])} if it is sold in year {year}" for year in TOLD_YEARS]
    return f"The chance that yours has cost less to own than the off-the-shelf piece: {wording.listed(told)}."


def worth_drawing(evaluation: Any) -> bool:
    """Whether the curve is anything but a line along the bottom or the top."""
    shares = break_even(evaluation.custom.resale, evaluation.twin.resale).probability_by_year
    return max(shares) >= NEARLY_NONE and min(shares) <= 1 - NEARLY_NONE


def alt(evaluation: Any) -> str:
    """The chance at every fifth year."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    said = [f"{wording.percent(found.probability_by_year[year])} in year {year}" for year in YEARS if year % 5 == 0]
    return f"The chance that owning yours has cost no more than owning the off-the-shelf piece: {', '.join(said)}."


def table(evaluation: Any) -> pd.DataFrame:
    """The chance of every year."""
    found = break_even(evaluation.custom.resale, evaluation.twin.resale)
    return pd.DataFrame({"year": YEARS, "p_yours_has_cost_no_more": found.probability_by_year}).round(4)
