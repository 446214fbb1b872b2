"""The ten dimensions of "custom or off the shelf?": both pieces on one line each, and why in a few words."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.models.scorecard import FULL, Score

ROW_PX, LABEL_PX, REASON_CHARACTERS = 62, 15, 78
DOT_PX, BETWEEN_PX = {"custom": 13, "twin": 20}, 4  # the twin shows round the design where their marks are alike
ALIKE = 0.5  # marks nearer than that are no difference


@chart(id="scorecard", title="Ten questions, both pieces", page="compare", order=1, group="overall")
def dumbbells(evaluation: Any) -> go.Figure:
    """A line for each dimension from the twin's mark to the design's, 0 to 10."""
    scores: tuple[Score, ...] = evaluation.scorecard
    apart = [(number, score.twin, score.design) for number, score in enumerate(scores)]
    between = theme.strips(apart, theme.WHISKER, BETWEEN_PX, hoverinfo="skip")
    whys = [f"{score.dimension}<br>{_broken(str(score.reason))}" for score in scores]
    marks = [
        theme.marks(
            look,
            [_mark(score, side) for score in scores],
            list(range(len(scores))),
            f"{look.name}: %{{x:.1f}} of {FULL:g}<br>%{{customdata}}",
            {"size": DOT_PX[side]},
            customdata=whys,
        )
        for side, look in reversed(theme.SIDES.items())
    ]
    layout = {
        "height": ROW_PX * len(scores) + 80,
        "legend": {"traceorder": "reversed"},
        "annotations": [
            theme.row_label(f"<b>{score.dimension}</b>{_counts(evaluation, score)}", number, LABEL_PX)
            for number, score in enumerate(scores)
        ],
        "xaxis": {"title": "marks", "range": [-0.3, FULL + 0.3], "nticks": 6},
        "yaxis": theme.rows(-0.9, len(scores) - 0.4),
    }
    return go.Figure([between, *marks], layout)


def _mark(score: Score, side: str) -> float:
    return score.design if side == "custom" else score.twin


def _counts(evaluation: Any, score: Score) -> str:
    weight = evaluation.overall.weights[score.id]
    if weight == 1:
        return ""
    return " · counts nothing here" if weight == 0 else f" · counts {weight:g} times"


def _broken(text: str) -> str:
    """In lines that a hover box can hold."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > REASON_CHARACTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _ahead(evaluation: Any) -> tuple[list[str], list[str]]:
    """Of what counts: what the design does better, and what the twin does."""
    scores = [score for score in evaluation.scorecard if evaluation.overall.weights[score.id]]
    ours = [_short(score) for score in scores if score.design - score.twin >= ALIKE]
    return ours, [_short(score) for score in scores if score.twin - score.design >= ALIKE]


def _short(score: Score) -> str:
    return score.dimension.partition(":")[0].lower()


def verdict(evaluation: Any) -> str:
    """Where each piece does better, and how the marks come out as the client weighs them."""
    ours, theirs = _ahead(evaluation)
    whole = evaluation.overall
    none = "none of the ten" if all(whole.weights.values()) else "none of those that count"
    said = f"Yours does better in {wording.listed(ours) or none}"
    said = f"{said}; the off-the-shelf piece in {wording.listed(theirs) or none}."
    weighed = "as you weigh them" if any(weight != 1 for weight in whole.weights.values()) else "all counting alike"
    return f"{said} Taken together, {weighed}: {whole.design:.1f} beside {whole.twin:.1f} of {FULL:g}."


def alt(evaluation: Any) -> str:
    """Every dimension: both marks and the reason."""
    return " ".join(
        f"{score.dimension}: yours {score.design:g}, off the shelf {score.twin:g}. {score.reason}"
        for score in evaluation.scorecard
    )


def table(evaluation: Any) -> pd.DataFrame:
    """The marks, what each counts, and why."""
    return pd.DataFrame(
        [
            {
                "dimension": score.dimension,
                "your_design": score.design,
                "off_the_shelf": score.twin,
                "counts": evaluation.overall.weights[score.id],
                "why": str(score.reason),
            }
            for score in evaluation.scorecard
        ]
    )
