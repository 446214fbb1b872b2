"""What each way of selling would bring after ten years, for the design and its shelf twin."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.ranges import Range
from configurator.models.resale_routes import ROUTES

TOLD_YEAR = 10
ROW_PX, LABEL_PX, LANE = 98, 22, 0.15  # a row holds its label and two lanes
BAR_PX = 8
SHORT = {"custom": "yours", "twin": "off the shelf"}
CREDITS = {route.label for route in ROUTES if route.is_credit}
CREDITED = " Upgrade credit is no money: it counts only towards a dearer diamond, at a seller who offers it."


@chart(id="channels", title="Where you sell it matters", page="compare", order=2, group="keeps")
def channels_after_years(evaluation: Any) -> go.Figure:
    """One row a way of selling, most paying first: P10 to P90 as a bar and the median as a mark, design above twin."""
    rows = _rows(evaluation)
    traces = []
    for lane, (side, look) in zip((-LANE, LANE), theme.SIDES.items(), strict=True):
        open_to = {number: sides[side] for number, sides in enumerate(rows.values()) if side in sides}
        found = list(open_to.values())
        traces.append(
            theme.marks(
                look,
                [usd.mid for usd in found],
                [number + lane for number in open_to],
                f"{look.name}: %{{customdata}}",
                error_x=theme.whisker(found, theme.faint(look.colour, 0.45), BAR_PX),
                customdata=[_said(usd) for usd in found],
            )
        )
    labels = [
        f"{name}: {'; '.join(f'{SHORT[side]} {wording.money(usd.mid)}' for side, usd in sides.items())}"
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
    """Way of selling -> side that it is open to -> USD after ten years, what pays the owner most first, credit last."""
    rows: dict[str, dict[str, Range]] = {}
    for side in theme.SIDES:
        for one in getattr(evaluation, side).resale.channels:
            usd = Range(one.low[TOLD_YEAR], one.mid[TOLD_YEAR], one.high[TOLD_YEAR])
            rows.setdefault(one.channel, {})[side] = usd
    return dict(sorted(rows.items(), key=lambda row: (row[0] in CREDITS, -next(iter(row[1].values())).mid)))


def _said(usd: Range) -> str:
    return f"{wording.money(usd.mid)} ({wording.money_range(usd)})"


def verdict(evaluation: Any) -> str:
    """How far apart the best and the worst way are, and that a credit is no money."""
    rows = _rows(evaluation)
    credited = [name for name in rows if name in CREDITS]
    (best, most), *_, (worst, least) = ((name, usd) for name, usd in rows.items() if name not in CREDITS)
    times = most["custom"].mid / max(least["custom"].mid, 1)
    apart = f", {times:.0f} times as much" if times >= 2 else ""
    return (
        f"After {TOLD_YEAR} years {wording.lowered(best)} brings about {wording.money(most['custom'].mid)} for "
        f"yours and the {wording.lowered(worst)} about {wording.money(least['custom'].mid)}{apart}. "
        "The bars are eight of ten cases; nobody can promise a buyer."
        f"{CREDITED if credited else ''}"
    )


def alt(evaluation: Any) -> str:
    """Every row: your design, then the off-the-shelf piece."""
    said = [
        f"{name}: {', '.join(f'{SHORT[side]} {_said(usd)}' for side, usd in sides.items())}"
        for name, sides in _rows(evaluation).items()
    ]
    return f"After {TOLD_YEAR} years, {'; '.join(said)}."


def table(evaluation: Any) -> pd.DataFrame:
    """The rows as they are drawn."""
    rows = [
        (name, theme.SIDES[side].name, TOLD_YEAR, usd.low, usd.mid, usd.high)
        for name, sides in _rows(evaluation).items()
        for side, usd in sides.items()
    ]
    return pd.DataFrame(rows, columns=["channel", "piece", "year", "low_usd", "mid_usd", "high_usd"]).round(2)
