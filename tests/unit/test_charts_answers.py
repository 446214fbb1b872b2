"""The charts of the schedule and of the ten dimensions: what is drawn is what the models found."""

from datetime import date
from typing import Any

import pytest

from configurator import charts, evaluate, wording
from configurator.design import Design
from configurator.scenario import Scenario

BEGIN = date(2026, 11, 23)
DESIGNS = [
    Design(piece="ring", style="solitaire"),
    Design(piece="ring", style="plain_band"),
    Design(piece="pendant", style="disc"),
]
SCENARIOS = [
    Scenario(),
    Scenario(start=BEGIN),
    Scenario(start=BEGIN, occasion=date(2027, 1, 14)),
    Scenario(start=BEGIN, occasion=date(2026, 12, 1), weights={"cost": 3, "time": 0}),
]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: f"{design.piece}/{design.style}")
@pytest.mark.parametrize("id", ["schedule", "scorecard"])
def test_every_piece_and_scenario_can_be_drawn_said_and_listed(id: str, design: Design, scenario: Scenario) -> None:
    found, chart = evaluate.evaluate(design, scenario), charts.CHARTS[id]
    assert chart.draw(found).data
    assert chart.verdict(found).endswith(".")
    assert "None" not in chart.verdict(found) + chart.alt(found)
    assert len(chart.table(found)) >= 4


def spans(found: Any) -> list[tuple[Any, Any]]:
    """Where the bar of each stage begins and where its pale end ends."""
    bars = [trace.x for trace in charts.CHARTS["schedule"].draw(found).data if trace.mode == "lines"]
    pairs = zip(bars[::2], bars[1::2], strict=True)
    return [span for solid, pale in pairs for span in zip(solid[::3], pale[1::3], strict=True)]


def test_bars_stand_on_the_dates_of_the_schedule() -> None:
    found = evaluate.evaluate(DESIGNS[0], SCENARIOS[2])
    days = [*found.custom.schedule.dated.stages, *found.twin.schedule.dated.stages]
    assert spans(found) == [(stage.begins, stage.ends_at_worst) for stage in days]


def test_without_a_day_to_begin_bars_count_working_days() -> None:
    found = evaluate.evaluate(DESIGNS[0])
    last = spans(found)[len(found.custom.schedule.stages) - 1]
    assert last[1] == found.custom.schedule.working_days.high


def test_every_decision_of_the_client_has_a_mark() -> None:
    found = evaluate.evaluate(DESIGNS[0])
    marks = next(trace for trace in charts.CHARTS["schedule"].draw(found).data if trace.name == "You decide")
    assert list(marks.customdata) == [stage.decision for stage in found.custom.schedule.stages if stage.decision]


def test_too_late_is_said_and_what_to_do() -> None:
    said = charts.CHARTS["schedule"].verdict(evaluate.evaluate(DESIGNS[0], SCENARIOS[3]))
    assert "almost surely too late" in said
    assert "choose a simpler piece" in said


def test_the_safe_day_to_begin_is_named() -> None:
    found = evaluate.evaluate(DESIGNS[0], Scenario(start=BEGIN, occasion=date(2027, 5, 1)))
    safe = wording.day(found.custom.schedule.dated.wanted.latest_safe_start)
    assert f"begin by {safe}" in charts.CHARTS["schedule"].verdict(found)


def test_both_marks_of_every_dimension_stand_on_its_line() -> None:
    found = evaluate.evaluate(DESIGNS[0])
    marks = {trace.name: trace.x for trace in charts.CHARTS["scorecard"].draw(found).data if trace.mode == "markers"}
    assert list(marks["Your design"]) == [score.design for score in found.scorecard]
    assert list(marks["Off the shelf"]) == [score.twin for score in found.scorecard]


def test_the_shelf_is_said_to_win_where_it_does() -> None:
    found = evaluate.evaluate(DESIGNS[0])
    theirs = charts.CHARTS["scorecard"].verdict(found).partition("the off-the-shelf piece in ")[2].partition(".")[0]
    for score in found.scorecard:
        assert (score.dimension.partition(":")[0].lower() in theirs) == (score.twin - score.design >= 0.5)


def test_what_counts_nothing_is_not_listed() -> None:
    ids = [score.id for score in evaluate.evaluate(DESIGNS[0]).scorecard]
    only_cost = Scenario(weights=dict.fromkeys(ids, 0.0) | {"cost": 1.0})
    said = charts.CHARTS["scorecard"].verdict(evaluate.evaluate(DESIGNS[0], only_cost))
    assert said.startswith(
        "Yours does better in none of those that count; the off-the-shelf piece in cost. Taken together"
    )


def test_what_counts_more_is_written_on_its_line() -> None:
    figure = charts.CHARTS["scorecard"].draw(evaluate.evaluate(DESIGNS[0], SCENARIOS[3]))
    said = [note.text for note in figure.layout.annotations]
    assert any("Cost" in text and "counts 3 times" in text for text in said)
    assert any("Time" in text and "counts nothing" in text for text in said)


def test_the_twins_two_cases_are_told_apart() -> None:
    found, chart = evaluate.evaluate(DESIGNS[1], SCENARIOS[1]), charts.CHARTS["schedule"]
    assert "off the shelf at once if it is in stock (about 6 in 10), else as likely as not by" in chart.verdict(found)
    said = [note.text for note in chart.draw(found).layout.annotations]
    assert "<b>Off the shelf</b>: if ordered in (about 4 in 10)" in said
    undated = evaluate.evaluate(DESIGNS[1])
    assert "at once if it is in stock" in chart.verdict(undated)
    time = next(score for score in undated.scorecard if score.id == "time")
    assert time.twin > time.design, "what is as likely as not in the shop is quicker than what is made"
