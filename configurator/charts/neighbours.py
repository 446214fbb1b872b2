"""The design among those one choice away: price against wear, and against what a sale would bring."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.explore import KEPT_YEAR, Neighbour
from configurator.models.durability import HORIZON_YEARS

KINDS = {  # the choice that differs: its name, colour and mark
    "metal": ("Another metal", theme.METAL, "circle"),
    "stone": ("Another stone", theme.STONES, "diamond"),
    "size": ("Another stone size", theme.MAKING, "triangle-up"),
    "width": ("Another width", theme.OTHER, "square"),
    "setting": ("Another setting", theme.CREATIVE, "x"),
}
TOLD = 3  # neighbours named in the sentence
PANELS = (
    ("y", f"average years to the first repair, at most {HORIZON_YEARS}"),
    ("y2", f"what a sale brings after {KEPT_YEAR} years"),
)


@chart(id="neighbours", title="One choice away", page="neighbours", order=1)
def neighbours(found: Any) -> go.Figure:
    """Two panels over one price axis: left and up is better; the design large, what beats it ringed."""
    figure = go.Figure()
    better = found.better
    for panel, (axis, _) in enumerate(PANELS):
        for kind, (label, colour, symbol) in KINDS.items():
            some = [other for other in found.others if other.kind == kind]
            if some:
                figure.add_scatter(
                    x=[other.price_usd for other in some],
                    y=[_heights(other)[panel] for other in some],
                    yaxis=axis,
                    name=label,
                    legendgroup=kind,
                    showlegend=panel == 0,
                    mode="markers",
                    marker={
                        "color": colour,
                        "symbol": symbol,
                        "size": 9,
                        "opacity": 1,
                        "line": {
                            "color": theme.DESIGN,
                            "width": [3 if other in better else 0 for other in some],
                        },
                    },
                    customdata=[_in_words(other) for other in some],
                    hovertemplate="%{customdata}<extra></extra>",
                )
        figure.add_scatter(
            x=[found.design.price_usd],
            y=[_heights(found.design)[panel]],
            yaxis=axis,
            name="Your design",
            legendgroup="design",
            showlegend=panel == 0,
            mode="markers",
            marker={"color": theme.DESIGN, "symbol": "star", "size": 18},
            customdata=[_in_words(found.design)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    figure.update_layout(
        height=560,
        xaxis={"title": "price", "tickprefix": "$", "tickformat": ",.0f", "nticks": 6, "anchor": "y2"},
        yaxis={"domain": [0.55, 1], "title": PANELS[0][1], "rangemode": "tozero", "nticks": 6},
        yaxis2={
            "domain": [0, 0.45],
            "title": PANELS[1][1],
            "rangemode": "tozero",
            "nticks": 6,
            "tickprefix": "$",
            "tickformat": ",.0f",
            "fixedrange": True,
        },
    )
    return figure


def _heights(neighbour: Neighbour) -> tuple[float, float]:
    return neighbour.years_intact, neighbour.kept_usd


def _in_words(neighbour: Neighbour) -> str:
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
    beaten = "; ".join(_in_words(other) for other in found.better) or "no design"
    return f"{_in_words(found.design)}. Better in every figure: {beaten}. Compared: {wording.listed(kinds) or 'none'}."


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
