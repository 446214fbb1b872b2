"""The validation report: what its parts must hold, and that what was saved is what is found today."""

import json
from pathlib import Path

import pytest

from configurator import reference, validation
from configurator.charts.validation import figure
from configurator.models.ranges import Range
from configurator.validation import report
from configurator.validation.calibration import calibration
from configurator.validation.methods import methods, plain
from configurator.validation.pieces import at_prices_of, over_missing
from configurator.validation.report import Bar, Check, banded, unexplained, within
from configurator.validation.rows import MODELS, _Watched

SAVED = validation.saved()
CLOSE = 0.01  # other processors round differently; a changed model moves a case further


@pytest.fixture(scope="module")
def quick() -> dict[str, Check]:
    return {check.id: check for check in validation.quick_checks()}


# --- what was saved ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_saved_report_is_what_is_found_today(quick: dict[str, Check]) -> None:
    """When a model or a table has changed: read what moved, then `make validate` and commit the report."""
    saved = {check.id: check for check in SAVED.checks}
    assert set(quick) <= set(saved)
    for id, found in quick.items():
        then = saved[id]
        assert [case.label for case in found.cases] == [case.label for case in then.cases], id
        assert [case.inside for case in found.cases] == [case.inside for case in then.cases], id
        for now, before in zip(found.cases, then.cases, strict=True):
            ours, theirs = ((case.documented, case.low, case.mid, case.high) for case in (now, before))
            assert ours == pytest.approx(theirs, rel=CLOSE), now.label
        for bar, before_bar in zip(found.bars, then.bars, strict=True):
            assert bar.measured == pytest.approx(before_bar.measured, rel=CLOSE, abs=0.01), bar.label


def test_every_bar_of_the_saved_report_is_held() -> None:
    assert [check.title for check in SAVED.checks if not check.held] == []


def test_every_miss_has_its_reason() -> None:
    assert [case.label for check in SAVED.checks for case in check.misses if not case.why] == []


def test_the_saved_report_holds_the_checks_that_need_all_diamonds() -> None:
    bars = {(check.id, bar.label): bar for check in SAVED.checks for bar in check.bars}
    assert bars["round_weights", "median error"].limit == 1.5
    assert bars["round_weights", "nine of ten within"].limit == 4
    assert bars["diamond_prices", "median error, unseen stones"].limit == 8
    ranges = next(check for check in SAVED.checks if check.id == "calibration")
    assert {(bar.sense, bar.limit) for bar in ranges.bars} == {("at least", 70), ("at most", 95)}


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    report.save(SAVED, path)
    assert report.saved(path) == SAVED
    assert json.loads(path.read_text())["reference_version"] == SAVED.reference_version


def test_every_check_with_figures_has_a_picture() -> None:
    for check in SAVED.checks:
        drawn = figure(check)
        assert (drawn is not None) == bool(check.cases or check.histogram), check.id
        if drawn is not None:
            assert len(drawn.to_json()) < 60_000


# --- its arithmetic ---------------------------------------------------------------------------------------------------


def test_a_case_is_inside_from_p10_to_p90_and_a_floor_below_p90() -> None:
    ours = Range(1, 2, 3)
    inside = {at: banded("x", "", at, ours, "m").inside for at in (0.9, 1, 3, 3.1)}
    assert inside == {0.9: False, 1: True, 3: True, 3.1: False}
    floor = {at: banded("x", "", at, ours, "m", floor=True).inside for at in (0.9, 3, 3.1)}
    assert floor == {0.9: True, 3: True, 3.1: False}
    assert within("x", "", 100, 104, 0.04).inside
    assert not within("x", "", 100, 104.1, 0.04).inside


def test_only_a_miss_without_a_reason_breaks_a_check_of_cases() -> None:
    ours = Range(1, 2, 3)
    assert unexplained((banded("x", "", 9, ours, "m", why="because"),)).held
    assert not unexplained((banded("x", "", 9, ours, "m"),)).held
    assert Bar(label="", measured=2, sense="at least", limit=2).held
    assert not Bar(label="", measured=2.1, sense="at most", limit=2).held


def test_calibration_counts_each_case_once_and_floors_never() -> None:
    ours = Range(1, 2, 3)
    cases = (
        *(banded("in", "", 2, ours, "m") for _ in range(3)),
        banded("out", "", 9, ours, "m", why="far"),
        banded("in, built on", "", 2, ours, "m", built_on=True),
        banded("floor", "", 9, ours, "m", why="far", floor=True),
        within("no range", "", 1, 2, 0.1),
    )
    check = Check(id="a", title="", question="", compared="", bars=(), cases=cases)
    bars = {bar.label: bar for bar in calibration((check,)).bars}
    assert {bar.measured for label, bar in bars.items() if "no model" in label} == {75.0}
    assert {bar.measured for label, bar in bars.items() if "no model" not in label} == {80.0}


def test_a_missing_fact_spreads_a_figure_over_its_values() -> None:
    found = over_missing(lambda a, b: a + b, a=(0.0, 10.0, 20.0), b=(0.0, 1.0))
    assert 0 <= found.low < found.mid < found.high <= 21
    assert found.mid == pytest.approx(10.5)
    assert over_missing(lambda a: a, a=(7.0,)) == Range(7, 7, 7)
    same = over_missing(lambda a: Range(8, 10, 12), a=(1, 2, 3))
    assert (same.low, same.mid, same.high) == pytest.approx((8, 10, 12), rel=0.01)


def test_metals_at_the_prices_of_a_year() -> None:
    then = at_prices_of("2019")
    assert then.latest_spot("gold").date == "2019"
    assert then.monthly_spot("gold") == reference.load().monthly_spot("gold")
    assert then.latest_spot("rhodium") == reference.load().latest_spot("rhodium")


# --- methods ----------------------------------------------------------------------------------------------------------


def test_the_rows_a_model_reads_are_noted_and_are_rows() -> None:
    watched = _Watched(reference.load())
    assert watched.wear["rhodium_life"].mid == 1
    assert watched.latest_usd_per_g("gold") == reference.load().latest_usd_per_g("gold")
    assert "wear/rhodium_life" in watched.read
    for row in {row for rows in SAVED.rows.values() for row in rows}:
        table, _, id = row.partition("/")
        content = getattr(reference.load(), table)
        assert id in content if hasattr(content, "keys") else id in {one.id for one in content}, row
    assert set(SAVED.rows) == set(MODELS)
    assert all(SAVED.rows.values())


def test_every_row_that_moves_a_price_is_among_those_it_read() -> None:
    assert {"assumptions/casting_loss_pct", "labour/casting_metal_markup"} <= set(SAVED.rows["pricing"])
    assert "wear/thinning_18k_um_year" in SAVED.rows["durability"]
    assert "footprint/gold_recycled" in SAVED.rows["footprint"]


def test_a_method_is_told_by_its_docstrings_without_marks_for_programmers() -> None:
    for method in methods():
        texts = [part.text for part in method.parts] + [step.text for part in method.parts for step in part.steps]
        assert all(texts), method.id
        assert not [text for text in texts if "`" in text or "count,)" in text or "Raises" in text]
    assert {method.id for method in methods()} == set(MODELS) | {"ranges"}
    assert plain("(count,) `draws` of a\nrow. Raises `KeyError`.\n\nmore") == "Draws of a row.\n\nMore"
