"""Stacked bars of money, the design's above its twin's: each with its total and range, the range below the bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from configurator import wording
from configurator.charts import theme
from configurator.models.ranges import Range

BAR, ROW_PX = 0.46, 96  # a bar's share of its row
LABEL_PX = 31
WHISKER_DROP = 0.33  # rows below the middle of the bar, so that it strikes no words through
ROOM = 1.03  # of the longest bar with its whisker


@dataclass(frozen=True, slots=True)
class Part:
    """One colour of the stacks: USD for each row, negative to the left of zero, and what is said of each."""

    label: str
    colour: str
    usd: Sequence[float]
    said: Sequence[str]


def stacked(totals: Mapping[str, Range], words: Mapping[str, str], parts: Sequence[Part], net: str) -> go.Figure:
    """`totals` and `words` (what stands above the bar) by the name of the row; `net` is what a total is called."""
    names, rows = list(totals), list(range(len(totals)))
    bars = [
        {
            "type": "bar",
            "y": rows,
            "x": part.usd,
            "width": BAR,
            "name": part.label,
            "orientation": "h",
            "marker": {"color": part.colour},
            "text": [wording.money(abs(usd)) for usd in part.usd],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "textfont": {"color": theme.ink_on(part.colour)},
            "customdata": [f"{name}<br>{part.label}: {said}" for name, said in zip(names, part.said, strict=True)],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for part in parts
    ]
    whiskers = {
        "type": "scatter",
        "y": [row + WHISKER_DROP for row in rows],
        "x": [total.mid for total in totals.values()],
        "error_x": theme.whisker(list(totals.values()), theme.WHISKER, 2, 6),
        "name": net,
        "mode": "markers",
        "showlegend": False,  # the words above the bar give it
        "marker": {"symbol": "diamond", "size": 9, "color": theme.WHISKER},
        "customdata": [f"{name}: {net.lower()} {wording.money_range(total)}" for name, total in totals.items()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    least = min(0.0, *(sum(min(part.usd[row], 0) for part in parts) for row in rows))
    most = max([*(total.high for total in totals.values()), *(sum(max(p.usd[row], 0) for p in parts) for row in rows)])
    layout = {
        "barmode": "relative",
        "height": ROW_PX * len(rows) + 110,
        "uniformtext": {"mode": "hide", "minsize": theme.SMALL_PX},  # what does not fit its part is left to the table
        "annotations": [theme.row_label(words[name], row, LABEL_PX) for row, name in zip(rows, names, strict=True)],
        "xaxis": {"range": [ROOM * least - 0.01 * most, ROOM * most], "nticks": 5, **theme.DOLLARS},
        "yaxis": theme.rows(-0.72, len(rows) - 0.45),
    }
    return go.Figure([*bars, whiskers], layout)
