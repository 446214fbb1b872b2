"""What each way of selling would bring after ten years, for the design and its shelf twin."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.ranges import Range

TOLD_YEAR = 10
ROW_PX, LABEL_PX, LANE = 98, 22, 0.15  # a row holds its label and two lanes
BAR_PX = 8


@chart(id="channels", title="Where you sell it matters", page="compare", order=2, group="keeps")
def channels_after_years(evaluation: Any) -> go.Figure:
    """One row a way of selling, most paying first: P10 to P90 as a bar and the median as a mark, design above twin."""
    rows = _rows(evaluation)
    traces = []
    for lane, (side, look) in zip((-LANE, LANE), theme.SIDES.items(), strict=True):
        found = [sides[side] for sides in rows.values()]
        traces.append(
            theme.marks(
                look,
                [usd.mid for usd in found],
                [row + lane for row in range(len(rows))],
                f"{look.name}: %{{customdata}}",
                error_x=theme.whisker(found, theme.faint(look.colour, 0.45), BAR_PX),
                customdata=[_said(usd) for usd in found],
            )
        )
    labels = [
        f"{name}: {wording.money(sides['custom'].mid)}, twin {wording.money(sides['twin'].mid)}"
        for name, sides in rows.items()
    ]
    most = max(usd.high for sides in rows.values() for usd in sides.values())
    layout = {
        "height": ROW_PX * len(rows) + 70,
        "annotations": [
            theme.row_label("<br>".join(theme.lines(said)), number, LABEL_PX) for number, said in enumerate(labels)
        ],
        "xaxis": {"range": [0, 1.04 * most], "nticks": 5, **theme.DOLLARS},
        "yaxis": theme.rows(-0.8, len(rows) - 0.6),
    }
    return go.Figure(traces, layout)


def _rows(evaluation: Any) -> dict[str, dict[str, Range]]:
    """Way of selling -> side -> USD after ten years, what pays the design's owner most first."""
    sides = {side: {c.channel: c for c in getattr(evaluation, side).resale.channels} for side in theme.SIDES}
    names = sorted(sides["custom"], key=lambda name: -sides["custom"][name].mid[TOLD_YEAR])
    return {
        name: {
            side: Range(found[name].low[TOLD_YEAR], found[name].mid[TOLD_YEAR], found[name].high[TOLD_YEAR])
            for side, found in sides.items()
        }
        for name in names
    }


def _said(usd: Range) -> str:
    return f"{wording.money(usd.mid)} ({wording.money_range(usd)})"


def verdict(evaluation: Any) -> str:
    """How far apart the best and the worst way are."""
    rows = _rows(evaluation)
    (best, most), *_, (worst, least) = rows.items()
    times = most["custom"].mid / max(least["custom"].mid, 1)
    apart = f", {times:.0f} times as much" if times >= 2 else ""
    return (
        f"After {TOLD_YEAR} years {best[:1].lower()}{best[1:]} brings about {wording.money(most['custom'].mid)} for "
        f"yours and the {worst[:1].lower()}{worst[1:]} about {wording.money(least['custom'].mid)}{apart}. "
        "The bars are eight of ten cases; nobody can promise a buyer."
    )


def alt(evaluation: Any) -> str:
    """Every row: design, then twin."""
    said = [
        f"{name}: yours {_said(usd['custom'])}, twin {_said(usd['twin'])}" for name, usd in _rows(evaluation).items()
    ]
    return f"After {TOLD_YEAR} years, {'; '.join(said)}."


def table(evaluation: Any) -> pd.DataFrame:
    """The rows as they are drawn."""
    rows = [
        (name, look.name, TOLD_YEAR, sides[side].low, sides[side].mid, sides[side].high)
        for name, sides in _rows(evaluation).items()
        for side, look in theme.SIDES.items()
    ]
    return pd.DataFrame(rows, columns=["channel", "piece", "year", "low_usd", "mid_usd", "high_usd"]).round(2)
