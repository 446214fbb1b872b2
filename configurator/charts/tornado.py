"""What moves a figure: a bar for each uncertain input, from what it is at the input's low end to that at its high."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import reference, wording
from configurator.charts import chart, theme
from configurator.models.ranges import Range
from configurator.sensitivity import Swing

ROW_PX, LINE_PX, LABEL_PX, BAR_PX = 56, 18, 11, 16
MONEY, YEARS = "USD", "years"
FIGURES = 3
WORTH_SAYING = 1 / 50  # of the figure: less rounds to the same words
MOVED = {
    "price": "the price",
    "first_repair": "the first repair",
    "resale": "what it would bring",
    "owning": "the cost of owning it",
    "kgco2e": "its greenhouse gases",
}
ENDS = {"low": theme.STONES, "high": theme.METAL}  # of the input, not of the figure


@chart(id="tornado", title="What moves it most", page="tornado", order=1)
def tornado(found: Any) -> go.Figure:
    """The strongest on top; each bar goes two ways from the middle, to the low and to the high end of its input."""
    figure = go.Figure()
    labels = [theme.lines(swing.label) for swing in found.swings]
    rows: list[float] = []
    for said in labels:  # a label of several lines needs the room above its bar
        rows.append((rows[-1] if rows else 0) + 1 + (len(said) - 1) * LINE_PX / ROW_PX)
    for end, colour in ENDS.items():
        ends = [getattr(swing, end) for swing in found.swings]
        said_of = [f"{swing.label}<br>{_spoken(found, at)}" for swing, at in zip(found.swings, ends, strict=True)]
        figure.add_bar(
            base=found.mid,
            x=[value - found.mid for value in ends],
            y=rows,
            width=BAR_PX / ROW_PX,
            orientation="h",
            name=f"Input at its {end} end",
            marker={"color": colour},
            customdata=said_of,
            hovertemplate=f"%{{customdata}} with the input at its {end} end<extra></extra>",
        )
    for row, said in zip(rows, labels, strict=True):
        figure.add_annotation(theme.row_label("<br>".join(said), row, LABEL_PX))
    last = rows[-1] if rows else 1.0
    figure.add_vline(x=found.mid, line={"color": theme.WHISKER, "width": 2})
    figure.update_layout(barmode="overlay", height=round(ROW_PX * last) + 90)
    prefix = {"tickprefix": "$", "tickformat": ",.2~f"} if found.unit == MONEY else {}
    figure.update_xaxes(title=_axis(found), nticks=5, **prefix)
    figure.update_yaxes(range=[last + 0.4, 0.1], showgrid=False, showticklabels=False, zeroline=False)
    return figure


def _axis(found: Any) -> str:
    return _lowered(found.label) if found.unit == MONEY else f"{_lowered(found.label)}, {found.unit}"


def _spoken(found: Any, value: float) -> str:
    """A figure more than elsewhere: the ends of a short bar lie close together."""
    if found.unit == MONEY:
        return wording.money(value, figures=FIGURES)
    return f"{wording.rounded(value, FIGURES):,g} {found.unit}"


def _span(found: Any, swing: Swing) -> str:
    """From the smaller amount to the larger, as a client first reads it."""
    low, high = sorted((swing.low, swing.high))
    span = Range(low, min(max(found.mid, low), high), high)
    if found.unit == MONEY:
        return wording.money_range(span)
    if found.unit == YEARS:
        return wording.years_range(span)
    return f"{wording.rounded(low):,g}{wording.DASH}{wording.rounded(high):,g} {found.unit}"


def _hardly(found: Any, swing: Swing) -> bool:
    return swing.size < WORTH_SAYING * abs(found.mid)


def _lowered(said: str) -> str:
    return f"{said[:1].lower()}{said[1:]}"


def verdict(found: Any) -> str:
    """The input that moves the figure most, how far it goes by that alone, and the next."""
    if not found.swings:
        return f"Nothing that is uncertain moves this figure: {_lowered(found.label)}."
    most, *others = found.swings
    said = f"What moves {MOVED[found.figure]} most is “{most.label}”: {_span(found, most)} by that alone"
    if not others:
        return f"{said}; nothing else moves it."
    if _hardly(found, others[0]):
        return f"{said}; nothing else moves it by as much as {wording.percent(WORTH_SAYING)}."
    return f"{said}. Next comes “{others[0].label}”: {_span(found, others[0])}."


def alt(found: Any) -> str:
    """Every bar, the strongest first."""
    bars = "; ".join(
        f"{swing.label}: {_spoken(found, swing.low)} at its low end, {_spoken(found, swing.high)} at its high"
        for swing in found.swings
    )
    return f"{found.label}, {_spoken(found, found.mid)} in the middle. {bars or 'Nothing moves it'}."


def table(found: Any) -> pd.DataFrame:
    """Every bar with its ends and the sources of its input."""
    sources = reference.load().sources
    return pd.DataFrame(
        {
            "input": swing.label,
            "at_its_low_end": swing.low,
            "in_the_middle": found.mid,
            "at_its_high_end": swing.high,
            "unit": found.unit,
            "source": "; ".join(sources[id].title for id in swing.sources),
        }
        for swing in found.swings
    ).round(2)
