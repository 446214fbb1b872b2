"""Every chart is one function from an evaluation to a plotly figure, marked with `@chart`; no Streamlit here.

A module in this folder is found by being here. Beside its figures it may give `verdict(evaluation) -> str`, one plain
sentence computed from the same numbers, and `table(evaluation) -> DataFrame`, the numbers to take home.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

if TYPE_CHECKING:
    import pandas as pd

Draw = Callable[[Any], go.Figure]


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure, where it belongs, and the sentence and table that go with it."""

    id: str
    title: str  # the page writes it as a heading; the figure has none
    page: str
    order: int  # on its page
    draw: Draw
    verdict: Callable[[Any], str] | None
    table: Callable[[Any], "pd.DataFrame"] | None


_DRAWN: list[tuple[str, str, str, int, Draw]] = []


def chart(id: str, title: str, page: str, order: int) -> Callable[[Draw], Draw]:
    """Registers a figure; the function itself stays an ordinary function."""

    def mark(draw: Draw) -> Draw:
        _DRAWN.append((id, title, page, order, draw))
        return draw

    return mark


_MODULES = {name: import_module(name) for name in (f"{__name__}.{found.name}" for found in iter_modules(__path__))}

CHARTS: dict[str, Chart] = {
    id: Chart(
        id=id,
        title=title,
        page=page,
        order=order,
        draw=draw,
        verdict=getattr(_MODULES[draw.__module__], "verdict", None),
        table=getattr(_MODULES[draw.__module__], "table", None),
    )
    for id, title, page, order, draw in _DRAWN
}


def on_page(page: str) -> tuple[Chart, ...]:
    """The charts of a page, in their order there."""
    return tuple(sorted((c for c in CHARTS.values() if c.page == page), key=lambda c: c.order))
