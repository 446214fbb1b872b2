"""One look for every chart: transparent ground, quiet grid, colours that survive colour blindness and dark mode."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import plotly
import plotly.graph_objects as go
import plotly.io

from configurator.models.ranges import Range

# Teal against bronze stays apart in the three common kinds of colour blindness, and in grey. What stands in one stack
# is as far apart again; tests/unit/test_charts_theme.py computes how far.
DESIGN = "#2F6F6A"
TWIN = "#B5793A"
METAL = "#CF9A33"
STONES = "#6FA6D1"
MAKING = "#5B7350"
CREATIVE = "#83507A"
OTHER = "#B3ACA2"
STACKED = (METAL, STONES, MAKING, CREATIVE, OTHER)

INK = {"light": "#24211d", "dark": "#efebe3"}
GRID = {"light": "rgba(36,33,29,0.12)", "dark": "rgba(239,235,227,0.16)"}
WHISKER = "#8a837a"  # a grey that shows on light and on dark
FAMILY = "Inter, sans-serif"
SIZE_PX = 14  # readable at arm's length on a tablet
SMALL_PX = 13
LINE_PX, MARK_PX = 3, 11
BAND_OPACITY = 0.18
MOST_LETTERS = 44  # of SIZE_PX in a line of words on a telephone's chart
DOLLARS = {"tickprefix": "$", "tickformat": ",.0f"}  # of an axis

plotly.io.templates.default = None  # no look of plotly's own: the page sends the reader's

SCRIPT = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"  # what draws a figure in the browser
# For that script: nothing on the chart but the chart, and a page that still scrolls under a finger.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "typesetMath": False}


@dataclass(frozen=True, slots=True)
class Look:
    """How one of the two pieces is named and drawn, on every chart: never by colour alone."""

    name: str
    colour: str
    dash: str
    symbol: str


SIDES = {  # by their names in an evaluation
    "custom": Look("Your design", DESIGN, "solid", "circle"),
    "twin": Look("Off the shelf", TWIN, "dash", "diamond"),
}


@cache
def template(mode: str = "light") -> go.layout.Template:
    """The plotly template of a mode, "light" or "dark"."""
    ink, grid = INK[mode], GRID[mode]
    axis = {"gridcolor": grid, "zerolinecolor": grid, "linecolor": grid, "ticks": "", "automargin": True}
    axis |= {"ticklabeloverflow": "allow", "ticklabelstandoff": 6, "title": {"font": {"size": SMALL_PX}}}
    return go.layout.Template(
        layout={
            "font": {"family": FAMILY, "size": SIZE_PX, "color": ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [DESIGN, TWIN, *STACKED],
            "margin": {"l": 8, "r": 22, "t": 8, "b": 8},
            "xaxis": axis | {"fixedrange": True},
            "yaxis": axis | {"fixedrange": True},
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
            "hoverlabel": {"font": {"family": FAMILY, "size": SIZE_PX}},
            "bargap": 0.35,
            "dragmode": False,
            "separators": ".,",
        }
    )


@cache
def template_json(mode: str) -> str:
    """The template of a mode as plotly's script takes it: sent beside a figure, it need not be validated with each."""
    return str(template(mode).to_json())


def faint(colour: str, opacity: float = BAND_OPACITY) -> str:
    """A colour of this file as the ground of a band."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def ink_on(colour: str) -> str:
    """Black or white for words on a colour, whichever stands out more."""
    bright = luminance(colour)
    dark = luminance(INK["light"])
    return "#ffffff" if (1 + 0.05) / (bright + 0.05) > (bright + 0.05) / (dark + 0.05) else INK["light"]


def luminance(colour: str) -> float:
    """Relative luminance of a `#rrggbb`, 0..1, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def whisker(ranges: Sequence[Range], colour: str, thick_px: float, end_px: float = 0) -> dict[str, object]:
    """Error bars from low to high about mids; thick and without ends, they are bars of their own."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [given.high - given.mid for given in ranges],
        "arrayminus": [given.mid - given.low for given in ranges],
        "thickness": thick_px,
        "width": end_px,
        "color": colour,
    }


def lines(text: str) -> list[str]:
    """The text in lines that fit a telephone; a chart cannot break them by itself."""
    return textwrap.wrap(text, MOST_LETTERS)


def curve(look: Look, x: Sequence[Any], y: Sequence[Any], hover: str, **more: object) -> dict[str, object]:
    """The line of one piece, and what is said over it."""
    line = {"color": look.colour, "dash": look.dash, "width": LINE_PX}
    drawn = {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": look.name, "line": line}
    return {**drawn, "hovertemplate": f"{hover}<extra></extra>", **more}


def marks(
    look: Look, x: Sequence[Any], y: Sequence[Any], hover: str, marker: Mapping[str, Any] | None = None, **more: object
) -> dict[str, object]:
    """The marks of one piece, and what is said over each; `marker` tells how they are unlike its marks elsewhere."""
    marker = {"color": look.colour, "symbol": look.symbol, "size": MARK_PX, **(marker or {})}
    drawn = {"type": "scatter", "mode": "markers", "x": x, "y": y, "name": look.name, "marker": marker}
    return {**drawn, "hovertemplate": f"{hover}<extra></extra>", **more}


def strips(spans: Sequence[tuple[Any, Any, Any]], colour: str, thick_px: float, **more: object) -> dict[str, object]:
    """A strip for each (row, start, end): one trace, broken between them, as one for each takes many times as long."""
    x = [end for _, start, stop in spans for end in (start, stop, None)]
    y = [at for row, _, _ in spans for at in (row, row, None)]
    line = {"color": colour, "width": thick_px}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "showlegend": False, **more}


def rule(axis: str, at: float, dash: str = "solid") -> dict[str, object]:
    """A shape: the line from edge to edge on which "x" or "y" is `at`."""
    across = "y" if axis == "x" else "x"
    ends = {f"{axis}0": at, f"{axis}1": at, f"{axis}ref": axis}
    ends |= {f"{across}0": 0, f"{across}1": 1, f"{across}ref": f"{across} domain"}
    return {"type": "line", "line": {"color": WHISKER, "width": 2, "dash": dash}, **ends}


def rows(first: float, last: float) -> dict[str, object]:
    """The axis of rows that stand one under the other: what they are is written over each."""
    return {"range": [last, first], "showgrid": False, "showticklabels": False, "zeroline": False}


def row_label(text: str, row: float | str, lift_px: float, **more: object) -> dict[str, object]:
    """An annotation above a row and from its foot: words that fit a telephone, where labels beside it would not."""
    place = {"x": 0, "y": row, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": lift_px}
    return {"text": text, "showarrow": False, "align": "left", **place, **more}


def band(look: Look, x: Sequence[float], low: Sequence[float], high: Sequence[float]) -> dict[str, object]:
    """The ground between P10 and P90 of one piece, behind its line."""
    return {
        "type": "scatter",
        "x": [*x, *reversed(x)],
        "y": [*high, *reversed(low)],
        "fill": "toself",
        "fillcolor": faint(look.colour),
        "line": {"width": 0},
        "name": f"{look.name}: eight of ten cases",
        "hoverinfo": "skip",
        "showlegend": False,
    }
