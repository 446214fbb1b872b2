"""Every chart is one function from an evaluation to a plotly figure, marked with `@chart`; no Streamlit here.

A module in this folder is found by being here. Beside its figure it may give `verdict(evaluation) -> str`, one plain
sentence computed from the same numbers, `alt(evaluation) -> str`, the figure in words for who cannot see it, and
`table(evaluation) -> DataFrame`, the numbers to take home; and `worth_drawing(evaluation) -> bool`, false where the
sentence says all that there is to see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeAlias

import plotly.graph_objects as go

if TYPE_CHECKING:
    import pandas as pd

Figure: TypeAlias = go.Figure
Draw = Callable[[Any], Figure]

# The questions of the Compare page, each answered by a few charts that are drawn together.
GROUPS = {
    "overall": "All in all",
    "cost": "What it costs",
    "lasts": "How it lasts",
    "keeps": "What it keeps",
    "took": "What it took",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure, where it belongs, and the sentence and table that go with it."""

    id: str
    title: str  # the page writes it as a heading; the figure has none
    page: str
    group: str  # of GROUPS
    order: int  # on its page
    draw: Draw
    verdict: Callable[[Any], str] | None
    alt: Callable[[Any], str] | None
    table: Callable[[Any], "pd.DataFrame"] | None
    worth_drawing: Callable[[Any], bool] | None  # where its sentence may say all that there is to see


_DRAWN: list[tuple[str, str, str, str, int, Draw]] = []


def chart(id: str, title: str, page: str, order: int, group: str = "overall") -> Callable[[Draw], Draw]:
    """Registers a figure; the function itself stays an ordinary function."""

    def mark(draw: Draw) -> Draw:
        _DRAWN.append((id, title, page, group, order, draw))
        return draw

    return mark


_MODULES = {name: import_module(name) for name in (f"{__name__}.{found.name}" for found in iter_modules(__path__))}

CHARTS: dict[str, Chart] = {
    id: Chart(
        id=id,
        title=title,
        page=page,
        group=group,
        order=order,
        draw=draw,
        verdict=getattr(_MODULES[draw.__module__], "verdict", None),
        alt=getattr(_MODULES[draw.__module__], "alt", None),
        table=getattr(_MODULES[draw.__module__], "table", None),
        worth_drawing=getattr(_MODULES[draw.__module__], "worth_drawing", None),
    )
    for id, title, page, group, order, draw in _DRAWN
}


def on_page(page: str, group: str | None = None) -> tuple[Chart, ...]:
    """The charts of a page, or of one group there, in their order."""
    found = (c for c in CHARTS.values() if c.page == page and group in (None, c.group))
    return tuple(sorted(found, key=lambda c: c.order))


def groups(page: str) -> dict[str, str]:
    """Id -> question of each group that has charts on a page."""
    return {id: question for id, question in GROUPS.items() if on_page(page, id)}
