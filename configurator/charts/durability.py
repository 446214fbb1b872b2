"""How long the design and its shelf twin go before they need a repair."""

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme

ALIKE_YEARS = 1  # nearer than that, two lives are the same
EVEN_CHANCE = 1 / 2
NEARLY_NONE = 1 / 200  # of the pieces: nothing more to see on a curve
LIKELY = "as likely as not "
ON_TOP = " on the surface"


@chart(id="survival", title="How long it lasts before a repair", page="compare", order=1, group="lasts")
def survival_curves(evaluation: Any) -> go.Figure:
    """The share of such pieces that have needed no repair by each year, design and twin; dots at even chances."""
    traces: list[dict[str, object]] = []
    for side, look in theme.SIDES.items():
        found = getattr(evaluation, side).durability
        years, middle = found.survival.years, found.first_repair_years.mid
        said = f"{look.name}<br>after %{{x}} years, %{{y:.0%}} have needed no repair"
        traces.append(theme.curve(look, years, found.survival.p_intact, said))
        if middle < years[-1]:
            when = wording.years_range(found.first_repair_years, years[-1])
            said = f"{look.name}<br>first repair after {when}, in eight of ten cases<br>most often: {found.weakest}"
            name = f"{look.name}: first repair at even chances"
            traces.append(theme.marks(look, [middle], [EVEN_CHANCE], said, name=name, showlegend=False))
    layout = {
        "height": 340,
        "hovermode": "closest",
        "xaxis": {"title": "years of wear", "range": [0, _last_year(evaluation)], "nticks": 6},
        "yaxis": {"title": "no repair yet", "range": [0, 1.02], "tickformat": ".0%", "nticks": 6},
    }
    return go.Figure(traces, layout)


def _last_year(evaluation: Any) -> int:
    """Where both curves have come down, to the next five years; else the end of what is worked out."""
    curves = [getattr(evaluation, side).durability.survival for side in theme.SIDES]
    standing = [year for one in curves for year, p in zip(one.years, one.p_intact, strict=True) if p > NEARLY_NONE]
    return min(5 * math.ceil((max(standing) + 1) / 5), curves[0].years[-1])


def verdict(evaluation: Any) -> str:
    """Which lasts longer, what gives first, what would help most, and what is not counted."""
    custom, twin = evaluation.custom.durability, evaluation.twin.durability
    horizon = custom.survival.years[-1]
    mine, theirs = (_by(found.first_repair_years.mid, horizon) for found in (custom, twin))
    gap = custom.mean_years_intact - twin.mean_years_intact
    if abs(gap) < ALIKE_YEARS:
        compared = "Both last about alike"
    else:
        compared = "Your design lasts longer" if gap > 0 else "The off-the-shelf piece lasts longer"
    compared += f": the first repair of yours comes {mine}"
    compared += (
        f", the off-the-shelf piece's {theirs.removeprefix(LIKELY)}"
        if theirs != mine
        else ", and so does the off-the-shelf piece's"
    )
    return f"{compared}; what most often gives first is {custom.weakest}. {custom.advice} {_besides(custom)}"


def _by(value: float, horizon: int) -> str:
    if value >= horizon:
        return f"more likely than not after the first {horizon} years"
    return f"{LIKELY}by year {max(1, round(value))}"


def _besides(found: Any) -> str:
    """What the first repair leaves out."""
    layer = found.renewal
    if layer is None:
        return "Advised care, such as a polish, comes besides."
    name, when = layer.part.removesuffix(ON_TOP), wording.years(layer.first_years.mid)
    return f"Advised care, such as a polish, and renewing {name}, first after about {when}, come besides."


def alt(evaluation: Any) -> str:
    """Both curves at every tenth year."""
    said = []
    for side, look in theme.SIDES.items():
        found = getattr(evaluation, side).durability
        shares = [f"{wording.percent(p)} after {year}" for year, p in _decades(found.survival)]
        when = wording.years_range(found.first_repair_years, found.survival.years[-1])
        said.append(f"{look.name}, needed no repair: {', '.join(shares)} years; first repair {when}.")
    return " ".join(said)


def _decades(survival: Any) -> list[tuple[int, float]]:
    return [(year, p) for year, p in zip(survival.years, survival.p_intact, strict=True) if year and year % 10 == 0]


def table(evaluation: Any) -> pd.DataFrame:
    """Both curves year by year, and each hazard on its own as if there were no other."""
    rows = []
    for side, look in theme.SIDES.items():
        found = getattr(evaluation, side).durability
        curves = [("all repairs", found.survival.p_intact)]
        curves += [(component.part, component.p_intact) for component in found.components]
        for part, shares in curves:
            rows += [(look.name, part, year, share) for year, share in zip(found.survival.years, shares, strict=True)]
    return pd.DataFrame(rows, columns=["piece", "part", "year", "p_intact"]).round(4)
