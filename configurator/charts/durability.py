"""How long the design and its shelf twin go before they need a repair."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme

SIDES = {"custom": ("Your design", theme.DESIGN, "solid"), "twin": ("Off the shelf", theme.TWIN, "dash")}
ALIKE_YEARS = 1  # nearer than that, two lives are the same
LINE_PX, MARK_PX = 3, 11
EVEN_CHANCE = 1 / 2


@chart(id="survival", title="How long it lasts before a repair", page="compare", order=2)
def survival_curves(evaluation: Any) -> go.Figure:
    """The share of such pieces that have needed no repair by each year, design and twin; dots at even chances."""
    figure = go.Figure()
    for side, (name, colour, dash) in SIDES.items():
        found = getattr(evaluation, side).durability
        figure.add_scatter(
            x=found.survival.years,
            y=found.survival.p_intact,
            name=name,
            mode="lines",
            line={"color": colour, "dash": dash, "width": LINE_PX},
            hovertemplate=f"{name}<br>after %{{x}} years, %{{y:.0%}} have needed no repair<extra></extra>",
        )
        horizon = found.survival.years[-1]
        if found.first_repair_years.mid < horizon:
            when = wording.years_range(found.first_repair_years, horizon)
            figure.add_scatter(
                x=[found.first_repair_years.mid],
                y=[EVEN_CHANCE],
                name=f"{name}: first repair at even chances",
                mode="markers",
                marker={"color": colour, "size": MARK_PX},
                showlegend=False,
                hovertemplate=f"{name}<br>first repair after {when}, in eight of ten cases<br>"
                f"most often: {found.weakest}<extra></extra>",
            )
    figure.update_layout(template=theme.template(), height=340, hovermode="closest")
    figure.update_xaxes(title="years of wear", range=[0, horizon], nticks=6)
    figure.update_yaxes(title="no repair yet", range=[0, 1.02], tickformat=".0%", nticks=6)
    return figure


def verdict(evaluation: Any) -> str:
    """Which lasts longer, what gives first, and what would help most."""
    custom, twin = evaluation.custom.durability, evaluation.twin.durability
    horizon = custom.survival.years[-1]
    mine, theirs = (_waits(found, horizon) for found in (custom, twin))
    gap = custom.mean_years_intact - twin.mean_years_intact
    if abs(gap) < ALIKE_YEARS:
        compared = f"Both last about alike: {mine}"
    elif gap > 0:
        compared = f"Your design lasts longer: {mine}, the shelf twin {_short(theirs)}"
    else:
        compared = f"The shelf twin lasts longer: yours {_short(mine)}, the twin {_short(theirs)}"
    return f"{compared}; what most often gives first is {custom.weakest}. {custom.advice}"


def _waits(found: Any, horizon: int) -> str:
    return f"the first repair is as likely as not by {_by(found.first_repair_years.mid, horizon)}"


def _by(value: float, horizon: int) -> str:
    return f"year {max(1, round(value))}" if value < horizon else f"some year after the first {horizon}"


def _short(waits: str) -> str:
    return waits.removeprefix("the first repair is as likely as not ")


def table(evaluation: Any) -> pd.DataFrame:
    """Both curves year by year, and each hazard on its own as if there were no other."""
    frames = []
    for side, (name, _, _) in SIDES.items():
        found = getattr(evaluation, side).durability
        curves = [("all repairs", found.survival.p_intact)]
        curves += [(component.part, component.p_intact) for component in found.components]
        for part, shares in curves:
            frames.append(pd.DataFrame({"piece": name, "part": part, "year": found.survival.years, "p_intact": shares}))
    return pd.concat(frames, ignore_index=True).round(4)
