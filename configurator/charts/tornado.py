"""What moves a figure: a bar for each uncertain input, from what it is at the input's low end to that at its high."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import reference, wording
from configurator.charts import chart, theme
from configurator.models.durability import COUNTED, HORIZON_YEARS
from configurator.models.ranges import Range
from configurator.sensitivity import WORTH_SHOWING, Swing

ROW_PX, LINE_PX, LABEL_PX, BAR_PX = 56, 18, 11, 16
AROUND_PX = 112  # the legend, in two lines on a telephone, and the axis
MONEY, YEARS = "USD", "years"
FIGURES = 3
WORTH_SAYING = 1 / 50  # of the figure: less rounds to the same words
MOVED = {
    "price": "the price",
    "metal_weight": "its weight",
    "first_repair": "the first repair",
    "resale": "what it would bring",
    "owning": "the cost of owning it",
    "kgco2e": "its greenhouse gases",
    "lead_time": "how long it takes",
}
AMOUNTS = {"tickprefix": "$", "tickformat": ",.2~f"}  # of an axis: they may lie close together
ENDS = {"low": theme.STONES, "high": theme.METAL}  # of the input, not of the figure


@chart(id="tornado", title="What moves it most", page="tornado", order=1)
def tornado(found: Any) -> go.Figure:
    """The strongest on top; each bar goes two ways from the middle, to the low and to the high end of its input."""
    labels = [theme.lines(swing.label) for swing in found.swings]
    # A label of several lines needs the room above its bar; rows are alike, as a wider screen breaks them elsewhere.
    room = 1 + (max(map(len, labels), default=1) - 1) * LINE_PX / ROW_PX
    rows = [room * number for number in range(1, len(labels) + 1)]
    bars = [
        {
            "type": "bar",
            "base": found.mid,
            "x": [getattr(swing, end) - found.mid for swing in found.swings],
            "y": rows,
            "width": BAR_PX / ROW_PX,
            "orientation": "h",
            "name": f"Input at its {end} end",
            "marker": {"color": colour},
            "customdata": [f"{swing.label}<br>{_spoken(found, getattr(swing, end))}" for swing in found.swings],
            "hovertemplate": f"%{{customdata}} with the input at its {end} end<extra></extra>",
        }
        for end, colour in ENDS.items()
    ]
    notes = [theme.row_label("<br>".join(said), row, LABEL_PX) for row, said in zip(rows, labels, strict=True)]
    last = rows[-1] if rows else 1.0
    layout = {
        "barmode": "overlay",
        "height": round(ROW_PX * last) + AROUND_PX,
        "shapes": [theme.rule("x", found.mid)],
        "annotations": notes,
        "xaxis": {"title": _axis(found), "nticks": 5, **(AMOUNTS if found.unit == MONEY else {})},
        "yaxis": theme.rows(0.1, last + 0.4),
    }
    return go.Figure(bars, layout)


def _axis(found: Any) -> str:
    if found.unit == MONEY:
        return wording.lowered(found.label)
    ends = [end for swing in found.swings for end in (swing.low, swing.high)]
    counted = COUNTED if found.unit == YEARS and max(found.mid, *ends) >= HORIZON_YEARS else ""
    return f"{wording.lowered(found.label)}, {found.unit}{counted}"


def _spoken(found: Any, value: float) -> str:
    """A figure more than elsewhere: the ends of a short bar lie close together."""
    if found.unit == MONEY:
        return wording.money(value, figures=FIGURES)
    if found.unit == YEARS and value >= HORIZON_YEARS:
        return wording.years(value, HORIZON_YEARS)
    return f"{wording.rounded(value, FIGURES):,g} {found.unit}"


def _span(found: Any, swing: Swing) -> str:
    """From the smaller amount to the larger, as a client first reads it."""
    low, high = sorted((swing.low, swing.high))
    span = Range(low, min(max(found.mid, low), high), high)
    if found.unit == MONEY:
        return wording.money_range(span)
    if found.unit == YEARS:
        return wording.years_range(span, HORIZON_YEARS)
    return f"{wording.rounded(low):,g}{wording.DASH}{wording.rounded(high):,g} {found.unit}"


def _hardly(found: Any, swing: Swing) -> bool:
    return swing.size < WORTH_SAYING * abs(found.mid)


def verdict(found: Any) -> str:
    """The input that moves the figure most, how far it goes by that alone, and the next."""
    if not found.swings:
        return f"Nothing that is uncertain moves {MOVED[found.figure]} by as much as 1 in {1 / WORTH_SHOWING:,.0f}."
    most, *others = found.swings
    said = f"What moves {MOVED[found.figure]} most is “{most.label}”: {_span(found, most)} by that alone"
    if not others:
        return f"{said}; nothing else moves it."
    if _hardly(found, others[0]):
        return f"{said}; nothing else moves it by as much as {wording.percent(WORTH_SAYING)}."
    return f"{said}. Next comes “{others[0].label}”: {_span(found, others[0])}."


def worth_drawing(found: Any) -> bool:
    """Whether there is a bar to draw."""
    return bool(found.swings)


def alt(found: Any) -> str:
    """Every bar, the strongest first."""
    bars = "; ".join(
        f"{swing.label}: {_spoken(found, swing.low)} at its low end, {_spoken(found, swing.high)} at its high"
        for swing in found.swings
    )
    return f"{found.label}, {_spoken(found, found.mid)} in the middle. {bars or 'Nothing moves it'}."


def table(found: Any) -> pd.DataFrame:
    """Every bar with its ends and the sources of its input; amounts of money say so in their columns' names."""
    sources, usd = reference.load().sources, "_usd" if found.unit == MONEY else ""
    return pd.DataFrame(
        {
            "input": swing.label,
            f"at_its_low_end{usd}": swing.low,
            f"in_the_middle{usd}": found.mid,
            f"at_its_high_end{usd}": swing.high,
            **({} if usd else {"unit": found.unit}),
            "source": "; ".join(sources[id].title for id in swing.sources),
        }
        for swing in found.swings
    ).round(2)
