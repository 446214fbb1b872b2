"""The way to the finished piece: its stages one under the other, where the client decides, and the twin's own day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.ranges import Range
from configurator.models.schedule import Schedule, Stage, Wanted

ROW_PX, LABEL_PX = 62, 9
BAR_PX = 16
LATE = 0.4  # how faint the part of a bar is that is for bad luck
DECISION = "star-diamond"
SURE, NEARLY_SURE = 0.995, 0.95

When = float | date


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: working days from the start, or dates; `late` is where it ends nine times in ten."""

    side: str
    label: str
    decision: str
    begins: When
    ends: When
    late: When


def rows(evaluation: Any) -> list[Row]:
    """The stages of the design, then those of its shelf twin."""
    return [row for side in theme.SIDES for row in _rows(side, getattr(evaluation, side).schedule)]


def _rows(side: str, found: Schedule) -> list[Row]:
    begins = (0.0, *(stage.done_after.mid for stage in found.stages))
    spans: Sequence[tuple[When, When, When]] = [
        (begin, stage.done_after.mid, stage.done_after.high) for begin, stage in zip(begins, found.stages, strict=False)
    ]
    if found.dated is not None:
        spans = [(stage.begins, stage.ends, stage.ends_at_worst) for stage in found.dated.stages]
    return [
        Row(side, _named(stage, found), stage.decision, *span) for stage, span in zip(found.stages, spans, strict=True)
    ]


def _named(stage: Stage, found: Schedule) -> str:
    """A stage; that of a piece of the shop counter is only gone through by what is not in stock."""
    if found.in_stock is None:
        return stage.label
    return f"if ordered in (about {round((1 - found.in_stock) * 10)} in 10)"


@chart(id="schedule", title="From the first talk to the finished piece", page="compare", order=1, group="took")
def stages(evaluation: Any) -> go.Figure:
    """A bar for each stage as likely as not, paler on to nine times in ten; a mark where the client decides."""
    found, dated = rows(evaluation), evaluation.custom.schedule.dated
    traces: list[dict[str, object]] = []
    for side, look in theme.SIDES.items():
        theirs = [(number, row) for number, row in enumerate(found) if row.side == side]
        sure = [(number, row.begins, row.ends) for number, row in theirs]
        late = [(number, row.ends, row.late) for number, row in theirs]
        said = [words for _, row in theirs for words in [_bar(row)] * 3]  # of either end and the gap behind
        more = {"customdata": said, "hovertemplate": "%{customdata}<extra></extra>", "showlegend": side == "custom"}
        traces.append(theme.strips(sure, look.colour, BAR_PX, name="As likely as not", **more))
        traces.append(theme.strips(late, theme.faint(look.colour, LATE), BAR_PX, name="Nine times in ten", **more))
    decided = [(number, row) for number, row in enumerate(found) if row.decision]
    mark = {"symbol": DECISION, "size": BAR_PX, "color": theme.CREATIVE, "line": {"color": "#ffffff", "width": 1}}
    decisions = {
        "type": "scatter",
        "x": [row.ends for _, row in decided],
        "y": [number for number, _ in decided],
        "name": "You decide",
        "mode": "markers",
        "marker": mark,
        "customdata": [row.decision for _, row in decided],
        "hovertemplate": "You decide %{customdata}<extra></extra>",
        "showlegend": bool(decided),
    }
    labels = [theme.row_label(_label(row), number, LABEL_PX) for number, row in enumerate(found)]
    shapes = []
    if dated is not None and dated.wanted is not None:
        day = dated.wanted.occasion
        line = {"color": theme.WHISKER, "width": 2, "dash": "dot"}
        shapes.append({"type": "line", "x0": day, "x1": day, "y0": -0.8, "y1": len(found) - 0.5, "line": line})
        place = {"x": day, "y": -0.8, "yanchor": "bottom"}
        labels.append({"text": "the day", "showarrow": False, **place})
    days = {"title": "working days from the first talk", "rangemode": "tozero"}
    layout = {
        "height": ROW_PX * len(found) + 90,
        "annotations": labels,
        "shapes": shapes,
        "xaxis": {"nticks": 7, **({} if dated else days)},
        "yaxis": theme.rows(-1.0, len(found) - 0.4),
    }
    return go.Figure([*traces, decisions], layout)


def _label(row: Row) -> str:
    whose = "" if row.side == "custom" else f"<b>{theme.SIDES[row.side].name}</b>: "
    return f"{whose}{row.label}{f' · <b>you decide</b> {row.decision}' if row.decision else ''}"


def _bar(row: Row) -> str:
    return f"{row.label}: {_when(row.ends)} as likely as not, {_when(row.late)} at the latest in nine cases of ten"


def _when(when: When) -> str:
    return wording.day(when) if isinstance(when, date) else f"day {when:.0f}"


def verdict(evaluation: Any) -> str:
    """How long it takes, whether it is in time, when to begin, and the twin's own day."""
    custom, twin = evaluation.custom.schedule, evaluation.twin.schedule
    if custom.dated is None or twin.dated is None:
        return (
            f"From the first talk {wording.weeks_range(custom.working_days)}, in eight cases of ten; "
            f"off the shelf {twin.spoken}. {_decisions(custom)}"
        )
    early, mid, late = (wording.day(when) for when in custom.dated.ready)
    said = f"Begun on {wording.day(custom.dated.start)}, it is as likely as not ready by {mid} ({early} to {late})"
    said = f"{said}; off the shelf {_at_once(twin)} by {wording.day(twin.dated.stages[-1].ends)}."
    if custom.dated.wanted is None or twin.dated.wanted is None:
        return f"{said} {_decisions(custom)}"
    shelf = _chance(twin.dated.wanted.chance)
    return f"{said} {_in_time(custom.dated.wanted, custom.dated.start)} The off-the-shelf piece is there {shelf}."


def _at_once(found: Schedule) -> str:
    """The twin's two cases; what follows is when it is there if it has to be ordered."""
    return f"at once if it is in stock (about {round((found.in_stock or 0) * 10)} in 10), else as likely as not"


def _decisions(found: Schedule) -> str:
    points = sum(bool(stage.decision) for stage in found.stages)
    return f"You decide at {points} points on the way." if points > 1 else "You decide at the first talk."


def _in_time(wanted: Wanted, start: date) -> str:
    said = f"For {wording.day(wanted.occasion)} it is ready {_chance(wanted.chance)}"
    safe = wording.day(wanted.latest_safe_start)
    if wanted.latest_safe_start < start:
        return (
            f"{said}: to be safe, work should have begun by {safe}. "
            "Ask the maker whether it can be hurried, or choose a simpler piece."
        )
    return f"{said}; begin by {safe} to be safe."


def _chance(share: float) -> str:
    if share >= SURE:
        return "almost surely in time"
    if share >= NEARLY_SURE:
        return "in time more than nineteen times in twenty"
    if share < 1 - SURE:
        return "almost surely too late"
    return f"in time in about {share * 100:.0f} of 100 cases"


def alt(evaluation: Any) -> str:
    """Every stage with its day."""
    said = [
        f"{look.name}: " + "; ".join(_in_words(row) for row in rows(evaluation) if row.side == side) + "."
        for side, look in theme.SIDES.items()
    ]
    return f"{' '.join(said)} Off the shelf {evaluation.twin.schedule.spoken}."


def _in_words(row: Row) -> str:
    decides = f", you decide {row.decision}" if row.decision else ""
    return f"{row.label} until {_when(row.ends)}, {_when(row.late)} at the latest in nine cases of ten{decides}"


def table(evaluation: Any) -> pd.DataFrame:
    """Every stage: its own working days, those until it has ended, and the dates if a day to begin is known."""
    lines = []
    for side, look in theme.SIDES.items():
        found = getattr(evaluation, side).schedule
        dates = found.dated.stages if found.dated else [None] * len(found.stages)
        for stage, day in zip(found.stages, dates, strict=True):
            line = {"piece": look.name, "stage": stage.label, "you_decide": stage.decision}
            line |= _days("takes", stage.working_days) | _days("done_after", stage.done_after)
            if day is not None:
                line |= {"begins": day.begins, "ends": day.ends, "ends_at_worst": day.ends_at_worst}
            lines.append(line)
    return pd.DataFrame(lines)


def _days(name: str, span: Range) -> dict[str, float]:
    return {f"{name}_days_{end}": round(getattr(span, end), 1) for end in ("low", "mid", "high")}
