"""A check of the Methods page as a picture: what is documented beside our range, or how far we are off how often.

These take a check of `configurator.validation`, not an evaluation, so they are plain functions and not marked.
"""

import textwrap
from typing import Any

import numpy as np
import plotly.graph_objects as go

from configurator.charts import theme

MOST_ROWS = 24  # more cases than that are shown as how many are off by how much
LABEL_CHARACTERS = 30
ROW_PX, EDGE_PX, BARS_PX = 46, 90, 300
LINE_PX, MARK_PX = 5, 11
BINS = 24


def figure(check: Any) -> go.Figure | None:
    """The picture of a check; None where a sentence says all there is."""
    if check.histogram is not None:
        edges = np.array(check.histogram.edges)
        return _bars((edges[:-1] + edges[1:]) / 2, check.histogram.counts, check.histogram.title)
    if not check.cases:
        return None
    if len(check.cases) <= MOST_ROWS:
        return _ranges(check.cases)
    off = [100 * (case.mid / case.documented - 1) for case in check.cases]
    counts, edges = np.histogram(off, BINS)
    return _bars((edges[:-1] + edges[1:]) / 2, counts, "ours over the documented one, %")


def alt_text(check: Any) -> str:
    """What the picture shows, in one sentence."""
    inside = sum(case.inside for case in check.cases)
    return (
        f"{check.title}: {inside} of {len(check.cases)} documented figures lie within ours."
        if check.cases
        else f"{check.title}: how often we are off by how much."
    )


def _bars(at: Any, counts: Any, title: str) -> go.Figure:
    said = "about %{x:.2g} %: %{y}<extra></extra>"
    bars = {"type": "bar", "x": at, "y": counts, "marker": {"color": theme.DESIGN}, "hovertemplate": said}
    layout = {
        "height": BARS_PX,
        "bargap": 0.08,
        "showlegend": False,
        "xaxis": {"title": title},
        "yaxis": {"title": "how many", "nticks": 5},
    }
    return go.Figure([bars], layout)


def _ranges(cases: Any) -> go.Figure:
    """Every case as our range over the documented figure, which is the line at 1; the scale is by ratios."""
    traces: list[dict[str, object]] = []
    labels = ["<br>".join(textwrap.wrap(case.label, LABEL_CHARACTERS)) for case in cases]
    for inside, name, colour, symbol in (
        (True, "holds it", theme.DESIGN, "circle"),
        (False, "misses it", theme.TWIN, "diamond-open"),
    ):
        chosen = [(label, case) for label, case in zip(labels, cases, strict=True) if case.inside is inside]
        ends = [(label, case.low / case.documented, case.high / case.documented) for label, case in chosen]
        traces.append(theme.strips(ends, colour, LINE_PX, hoverinfo="skip"))
        traces.append(
            {
                "type": "scatter",
                "x": [case.mid / case.documented for _, case in chosen],
                "y": [label for label, _ in chosen],
                "mode": "markers",
                "name": f"our range {name}",
                "marker": {"color": colour, "size": MARK_PX, "symbol": symbol, "line": {"width": 2, "color": colour}},
                "customdata": [(c.documented, c.low, c.high, c.unit) for _, c in chosen],
                "hovertemplate": "documented %{customdata[0]:,.4g} %{customdata[3]}<br>ours %{customdata[1]:,.4g} to "
                "%{customdata[2]:,.4g}<extra></extra>",
            }
        )
    ticks = [0.2, 0.35, 0.5, 0.7, 1, 1.4, 2, 3, 5]
    layout = {
        "height": EDGE_PX + ROW_PX * len(cases),
        "shapes": [theme.rule("x", 1, "dot")],
        "xaxis": {"type": "log", "title": "ours ÷ documented", "tickvals": ticks, "ticktext": ticks},
        "yaxis": {"categoryorder": "array", "categoryarray": labels[::-1]},
    }
    return go.Figure(traces, layout)
