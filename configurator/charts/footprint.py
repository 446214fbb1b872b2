"""Greenhouse gases by material and origin, how well each origin is evidenced, and what nobody has measured."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.footprint import Footprint, FootprintLine, chance_of_less, electricity
from configurator.models.ranges import Range

ROW_PX, LABEL_PX, HEAD_PX = 62, 10, 12
BAR_PX = 12
SYMBOLS = {"documented": "circle", "declared": "circle-open-dot", "unknown": "circle-open"}
LEAST_KG = 0.1  # smaller amounts are said, not measured out
ENDS = "from the lowest to the highest published figure"
SURE, LIKELY = 0.995, 0.9


def kilograms(kg: Range) -> str:
    """A range of kilograms as it is first shown."""
    if kg.high < LEAST_KG:
        return f"under {LEAST_KG:g} kg"
    low, high = (f"{wording.rounded(value):,g}" for value in (kg.low, kg.high))
    return f"{low} kg" if low == high else f"{low}{wording.DASH}{high} kg"


@chart(id="footprint", title="Greenhouse gases, by what it is made of", page="compare", order=2, group="took")
def footprint_by_source(evaluation: Any) -> go.Figure:
    """A bar for each material of each piece, from the lowest figure published to the highest, as their total is said;
    the mark tells how well its origin is evidenced."""
    traces = []
    row, most = 0.0, 0.0
    labels: list[dict[str, object]] = []
    for side, look in theme.SIDES.items():
        found = getattr(evaluation, side).footprint
        head = "<br>".join(theme.lines(f"{look.name}: {_total(found)}"))
        labels.append(theme.row_label(f"<b>{head}</b>", row, -HEAD_PX))
        lines: list[FootprintLine] = list(found.lines)
        rows = [row + 1 + number for number in range(len(lines))]
        row += len(lines) + 1.2
        measured = [(at, line, line.kgco2e) for at, line in zip(rows, lines, strict=True) if line.kgco2e is not None]
        most = max([most, *(kg.high for _, _, kg in measured)])
        traces.append(
            theme.marks(
                look,
                [kg.mid for _, _, kg in measured],
                [at for at, _, _ in measured],
                "%{customdata}",
                error_x=theme.whisker([kg for _, _, kg in measured], theme.faint(look.colour, 0.45), BAR_PX),
                marker={
                    "size": BAR_PX,
                    "symbol": [SYMBOLS[line.evidence] for _, line, _ in measured],
                    "line": {"color": look.colour, "width": 2},
                },
                customdata=[f"{line.item}: {kilograms(kg)} CO2e, origin {line.evidence}" for _, line, kg in measured],
                showlegend=False,
            )
        )
        for at, line in zip(rows, lines, strict=True):
            amount = "unknown, which is not zero" if line.kgco2e is None else kilograms(line.kgco2e)
            words = theme.lines(f"{line.item}: {amount} · {_evidence(line)}")
            labels.append(theme.row_label("<br>".join(words), at, LABEL_PX))
    layout = {
        "height": round(ROW_PX * row) + 40,
        "annotations": labels,
        "xaxis": {"title": f"kg CO2e, {ENDS}", "range": [-0.01 * most, 1.04 * most], "nticks": 5},
        "yaxis": theme.rows(-0.5, row - 0.7),
    }
    return go.Figure(traces, layout)


def _evidence(line: FootprintLine) -> str:
    return f"origin {line.evidence}" if line.claimed or line.evidence != "unknown" else "origin not stated"


def _total(found: Any) -> str:
    unknown = f", and {wording.listed(found.unknown)} unknown" if found.unknown else ""
    return f"{kilograms(found.kgco2e)} in all{unknown}"


def verdict(evaluation: Any) -> str:
    """Which of the two took less and how sure that is, what most of yours is, and what is not known."""
    mine, theirs = evaluation.custom.footprint, evaluation.twin.footprint
    said = f"{_compared(mine, theirs)}, {ENDS}"
    known = [line for line in mine.lines if line.kgco2e is not None]
    if known:
        largest = max(known, key=lambda line: line.kgco2e.mid)
        said += f"; most of yours is {wording.lowered(largest.item)}"
    if mine.electricity and mine.electricity == theirs.electricity:
        said += f". In either, {mine.electricity}"
    else:
        for where, found in (("In yours", mine), ("In the off-the-shelf piece", theirs)):
            said += f". {where}, {found.electricity}" if found.electricity else ""
    if mine.unknown:
        said += f". For {wording.listed(mine.unknown)} no figure exists, and that is not zero"
    return f"{said}."


def _compared(mine: Footprint, theirs: Footprint) -> str:
    """Both ranges, and draw by draw which is less: what is unknown of both is drawn alike for both."""
    first, second = mine.kgco2e.mid, theirs.kgco2e.mid
    amounts = [kilograms(found.kgco2e) for found in (mine, theirs)]
    chance = chance_of_less(mine, theirs)
    if abs(first - second) <= wording.ALIKE * max(first, second):
        if amounts[0] == amounts[1]:
            return f"Both took about alike, {amounts[0]} of CO2e as far as it is known"
        known = f"yours {amounts[0]} of CO2e as far as it is known, the off-the-shelf piece {amounts[1]}"
        return f"Both took about alike, {known}"
    overlap = mine.kgco2e.low < theirs.kgco2e.high and theirs.kgco2e.low < mine.kgco2e.high
    if overlap and bool(mine.electricity) != bool(theirs.electricity):
        return (
            f"Which of the two took less depends on the grower's electricity: yours {amounts[0]} of CO2e as far as it "
            f"is known, the off-the-shelf piece {amounts[1]}"
        )
    if max(chance, 1 - chance) < LIKELY:
        return (
            f"Which of the two took less is not known: yours {amounts[0]} of CO2e, the off-the-shelf piece "
            f"{amounts[1]}, and yours less in {wording.percent(chance)} of cases"
        )
    less, more = ("Yours", "the off-the-shelf piece") if chance > 1 / 2 else ("The off-the-shelf piece", "yours")
    if chance < 1 / 2:
        amounts.reverse()
    chance = max(chance, 1 - chance)
    sure = "almost surely" if chance >= SURE else f"in {wording.percent(chance)} of cases"
    shared = ""
    if mine.electricity and theirs.electricity:
        shared = " if both were grown on the same electricity"
    elif overlap:
        shared = ", with what is unknown of both drawn alike"
    return f"{less} took less, {sure}{shared}: {amounts[0]} of CO2e as far as it is known, {more} {amounts[1]}"


def alt(evaluation: Any) -> str:
    """Both totals and every line."""
    said = []
    for side, look in theme.SIDES.items():
        found = getattr(evaluation, side).footprint
        lines = [
            f"{line.item} {'unknown' if line.kgco2e is None else kilograms(line.kgco2e)}, {_evidence(line)}"
            for line in found.lines
        ]
        power = f" Of that, {found.electricity}." if found.electricity else ""
        said.append(f"{look.name}, {_total(found)}: {'; '.join(lines)}.{power}")
    return f"Amounts run {ENDS}. {' '.join(said)}"


def table(evaluation: Any) -> pd.DataFrame:
    """Every line with its evidence and what that means; an amount nobody has measured is said to be unknown."""
    rows = [
        {
            "piece": look.name,
            "material": line.item,
            "mass_g": round(line.mass_g, 3),
            **{f"{end}_kgco2e": _amount(line.kgco2e, end) for end in ("low", "mid", "high")},
            "by_the_growers_electricity": electricity([line]),
            "evidence": line.evidence,
            "note": line.note,
        }
        for side, look in theme.SIDES.items()
        for line in getattr(evaluation, side).footprint.lines
    ]
    return pd.DataFrame(rows)


def _amount(kg: Range | None, end: str) -> str:
    return "unknown" if kg is None else f"{getattr(kg, end):.3g}"
