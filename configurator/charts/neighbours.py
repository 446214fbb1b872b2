"""The design among those one choice away: price against wear, and against what a sale would bring."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.explore import KEPT_YEAR, Neighbour
from configurator.models.durability import HORIZON_YEARS

KINDS = {  # the choice that differs: its name, colour and mark
    "metal": ("Another metal", theme.METAL, "circle"),
    "stone": ("Another natural stone", theme.STONES, "diamond"),
    "grown": ("A laboratory-grown stone", theme.TWIN, "hexagon"),
    "size": ("Another stone size", theme.MAKING, "triangle-up"),
    "width": ("Another width", theme.OTHER, "square"),
    "setting": ("Another setting", theme.CREATIVE, "x"),
}
TOLD = 3  # neighbours named in the sentence
PANELS = (  # axis, what stands on it, and its name
    ("y", "years_intact", f"average years to the first repair, at most {HORIZON_YEARS}"),
    ("y2", "kept_usd", f"what a sale brings after {KEPT_YEAR} years"),
)


@chart(id="neighbours", title="One choice away", page="neighbours", order=1)
def neighbours(found: Any) -> go.Figure:
    """Two panels over one price axis: left and up is better; the design large, what beats it ringed."""
    groups = []
    for kind, (label, colour, symbol) in KINDS.items():
        if some := [other for other in found.others if other.kind == kind]:
            rings = {"color": theme.DESIGN, "width": [3 if other.beats(found.design) else 0 for other in some]}
            marker = {"color": colour, "symbol": symbol, "size": 9, "opacity": 1, "line": rings}
            groups.append((some, _group(kind, label, some, marker)))
    star = {"color": theme.DESIGN, "symbol": "star", "size": 18}
    groups.append(([found.design], _group("design", "Your design", [found.design], star)))
    traces = [
        group | {"y": [getattr(one, height) for one in some], "yaxis": axis, "showlegend": axis == "y"}
        for axis, height, _ in PANELS
        for some, group in groups
    ]
    (_, _, upper), (_, _, lower) = PANELS
    scale = {"rangemode": "tozero", "nticks": 6}
    layout = {
        "height": 560,
        "xaxis": {"title": "price", "nticks": 6, "anchor": "y2", **theme.DOLLARS},
        "yaxis": {"domain": [0.55, 1], "title": upper, **scale},
        "yaxis2": {"domain": [0, 0.45], "title": lower, "fixedrange": True, **scale, **theme.DOLLARS},
    }
    return go.Figure(traces, layout)


def _group(id: str, label: str, some: Sequence[Neighbour], marker: dict[str, object]) -> dict[str, object]:
    """What the marks of one kind are in either panel."""
    return {
        "type": "scatter",
        "x": [one.price_usd for one in some],
        "name": label,
        "legendgroup": id,
        "mode": "markers",
        "marker": marker,
        "customdata": [in_words(one) for one in some],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def in_words(neighbour: Neighbour) -> str:
    """What it is and the three figures."""
    return (
        f"{neighbour.words}: {wording.money(neighbour.price_usd)}, on average {neighbour.years_intact:.0f} years to "
        f"the first repair, brings {wording.money(neighbour.kept_usd)}"
    )


def verdict(found: Any) -> str:
    """How many neighbours are better in every figure, and which."""
    total, better = len(found.others), found.better
    if not better:
        return f"None of the {total} designs one choice away is better in price, wear and resale at once."
    named = wording.listed([_named(other) for other in better[:TOLD]])
    are = "is" if len(better) == 1 else "are"
    more = f" and {len(better) - TOLD} more" if len(better) > TOLD else ""
    return (
        f"{len(better)} of the {total} designs one choice away {are} better in figures: no dearer, worn as long and "
        f"keeping as much, and clearly better in one of these: {named}{more}. Beauty is not in the figures."
    )


def _named(other: Neighbour) -> str:
    return f"{other.words} ({wording.money(other.price_usd)}, {other.years_intact:.0f} years)"


def alt(found: Any) -> str:
    """The design, then what beats it, then how many others there are of each kind."""
    kinds = [
        f"{count} with {label.lower()}"
        for kind, (label, _, _) in KINDS.items()
        if (count := sum(other.kind == kind for other in found.others))
    ]
    beaten = "; ".join(in_words(other) for other in found.better) or "no design"
    return f"{in_words(found.design)}. Better in every figure: {beaten}. Compared: {wording.listed(kinds) or 'none'}."


def table(found: Any) -> pd.DataFrame:
    """The design and every neighbour, those that beat it first."""
    better = found.better
    rows = [found.design, *better, *(other for other in found.others if other not in better)]
    return pd.DataFrame(
        [
            {
                "design": one.words,
                "differs_in": one.kind or "nothing",
                "price_usd": round(one.price_usd, 2),
                "years_without_repair": round(one.years_intact, 1),
                f"kept_after_{KEPT_YEAR}_years_usd": round(one.kept_usd, 2),
                "better_in_all": "yes" if one in better else "no",
            }
            for one in rows
        ]
    )
