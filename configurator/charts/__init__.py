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
    draw: Draw
    verdict: Callable[[Any], str] | None
    table: Callable[[Any], "pd.DataFrame"] | None


_DRAWN: list[tuple[str, str, str, Draw]] = []


def chart(id: str, title: str, page: str) -> Callable[[Draw], Draw]:
    """Registers a figure; the function itself stays an ordinary function."""

    def mark(draw: Draw) -> Draw:
        _DRAWN.append((id, title, page, draw))
        return draw

    return mark


_MODULES = {name: import_module(name) for name in (f"{__name__}.{found.name}" for found in iter_modules(__path__))}

CHARTS: dict[str, Chart] = {
    id: Chart(
        id=id,
        title=title,
        page=page,
        draw=draw,
        verdict=getattr(_MODULES[draw.__module__], "verdict", None),
        table=getattr(_MODULES[draw.__module__], "table", None),
    )
    for id, title, page, draw in _DRAWN
}


def on_page(page: str) -> tuple[Chart, ...]:
    """The charts of a page, in the order of their modules and of the functions in them."""
    return tuple(found for found in CHARTS.values() if found.page == page)
