"""The charts of a whole life, on real evaluations: what is drawn is what the models found, and the words agree."""

import re
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from configurator import charts, evaluate, presets, wording
from configurator.charts import calendar, channels, footprint, heirloom
from configurator.models.durability import Maintenance
from configurator.models.ranges import Range
from configurator.models.resale import break_even
from configurator.scenario import Scenario

SHOWN = (
    "01_first_light",
    "07_cathedral_light",
    "13_seed_beads",
    "25_kept_close",
    "32_evening_drops",
    "42_line_of_light",
)
DESIGNS = {preset.id: preset.design for preset in presets.presets()}
OURS = ("break_even", "calendar", "channels", "footprint", "heirloom")
HALF = 0.5


@cache
def found_for(preset: str, wearer: Any = "daily") -> evaluate.Evaluation:
    return evaluate.evaluate(DESIGNS[preset], Scenario(wearer=wearer))


def swapped(both: evaluate.Evaluation) -> Any:
    return SimpleNamespace(scenario=both.scenario, custom=both.twin, twin=both.custom)


@pytest.mark.parametrize("preset", SHOWN)
@pytest.mark.parametrize("id", sorted(charts.CHARTS.keys() - {"neighbours", "tornado"}))
def test_every_chart_has_a_sentence_words_for_those_who_cannot_see_and_a_table(id: str, preset: str) -> None:
    chart, both = charts.CHARTS[id], found_for(preset)
    assert chart.page == "compare"
    assert chart.group in charts.groups("compare")
    figure = chart.draw(both)
    assert figure.data
    assert figure.layout.title.text is None
    assert chart.verdict
    assert chart.table
    assert len(chart.table(both))
    spoken = [chart.verdict(both)] + ([chart.alt(both)] if chart.alt else [])
    for said in spoken:
        assert said.endswith(".")
        assert not re.search(r"nan|inf\b|None(?! of)|\[", said)


@pytest.mark.parametrize("id", OURS)
def test_the_words_of_a_chart_hold_its_numbers(id: str) -> None:
    chart = charts.CHARTS[id]
    assert chart.alt
    assert len(re.findall(r"\d", chart.alt(found_for("01_first_light")))) > 10


@pytest.mark.parametrize("preset", SHOWN)
def test_the_break_even_curve_is_the_models(preset: str) -> None:
    both = found_for(preset)
    even = break_even(both.custom.resale, both.twin.resale)
    curve = charts.CHARTS["break_even"].draw(both).data[0]
    assert tuple(curve.y) == even.probability_by_year
    assert len(curve.y) == 31


def test_a_chance_that_never_leaves_one_end_is_said_and_not_drawn() -> None:
    chart, both = charts.CHARTS["break_even"], found_for("01_first_light")
    assert chart.verdict
    assert chart.worth_drawing
    assert max(break_even(both.custom.resale, both.twin.resale).probability_by_year) < 0.01
    for found, said in ((both, "Yours stays dearer"), (swapped(both), "Yours is cheaper")):
        assert chart.verdict(found).startswith(said)
        assert not chart.worth_drawing(found)


@pytest.mark.parametrize("preset", SHOWN)
def test_the_break_even_sentence_tells_how_the_chance_moves(preset: str) -> None:
    chart, both = charts.CHARTS["break_even"], found_for(preset)
    shares = break_even(both.custom.resale, both.twin.resale).probability_by_year
    assert chart.verdict
    assert chart.worth_drawing
    drawn = max(shares) >= 0.01 and min(shares) <= 0.99
    assert chart.worth_drawing(both) == drawn
    for year in (1, 10, 30) if drawn else ():
        assert f"{wording.percent(shares[year])} if it is sold in year {year}" in chart.verdict(both)


@pytest.mark.parametrize("preset", SHOWN)
@pytest.mark.parametrize("id", [chart.id for chart in charts.on_page("compare")])
def test_the_other_piece_has_one_name_in_every_sentence(id: str, preset: str) -> None:
    chart, both = charts.CHARTS[id], found_for(preset)
    labels = [note.text for note in chart.draw(both).layout.annotations]
    traces = [f"{trace.name} {trace.hovertemplate}" for trace in chart.draw(both).data]
    said = " ".join(
        map(str, filter(None, [told(both) for told in (chart.verdict, chart.alt) if told] + labels + traces))
    )
    assert not re.search(r"\btwins?\b|(?<!-)\bshelf piece", said, re.IGNORECASE), said


@pytest.mark.parametrize("preset", SHOWN)
def test_the_channels_are_drawn_as_found_and_the_best_first(preset: str) -> None:
    both = found_for(preset)
    figure = charts.CHARTS["channels"].draw(both)
    for trace, side in zip(figure.data, (both.custom, both.twin), strict=True):
        drawn = {
            (round(mid - less, 6), round(mid, 6), round(mid + more, 6))
            for mid, less, more in zip(trace.x, trace.error_x.arrayminus, trace.error_x.array, strict=True)
        }
        year = channels.TOLD_YEAR
        assert drawn == {
            (round(c.low[year], 6), round(c.mid[year], 6), round(c.high[year], 6)) for c in side.resale.channels
        }
    money = [name not in channels.CREDITS for name in channels._rows(both)]
    paid = [usd for usd, is_money in zip(figure.data[0].x, money, strict=True) if is_money]
    assert paid == sorted(paid, reverse=True)
    assert money == sorted(money, reverse=True), "credit is no money and stands last"


def test_the_chosen_way_of_selling_is_the_one_that_is_drawn() -> None:
    auction = evaluate.evaluate(DESIGNS["01_first_light"], Scenario(channel="auction"))
    channel = next(c for c in auction.custom.resale.channels if c.id == "auction")
    drawn = next(t for t in charts.CHARTS["resale"].draw(auction).data if t.name.startswith("Your design: auction"))
    assert tuple(drawn.y) == channel.mid


def job(first: float, every: float, **more: Any) -> Maintenance:
    kept: dict[str, Any] = {"routine": False, "by_chance": False, "sources": ()} | more
    return Maintenance("Polish", first, Range.exactly(every), Range.exactly(40), **kept)


def test_visits_come_at_the_first_year_and_then_every_so_often() -> None:
    assert calendar.visits(job(5, 10)) == (5, 15, 25)
    assert calendar.visits(job(10, 10)) == (10, 20, 30)
    assert calendar.visits(job(31, 10)) == ()
    assert calendar.visits(job(5, 10, by_chance=True)) == (), "a mishap keeps no calendar"


def strip(figure: charts.Figure, name: str) -> list[float]:
    """The years of a piece's visits: ticks of care, and marks of what wear brings."""
    return [year for trace in figure.data if trace.name == name for year in trace.x if year is not None]


@pytest.mark.parametrize("preset", SHOWN)
def test_every_visit_within_thirty_years_is_on_the_strip_of_its_piece(preset: str) -> None:
    both = found_for(preset)
    figure = charts.CHARTS["calendar"].draw(both)
    for name, side in (("Your design", both.custom), ("Off the shelf", both.twin)):
        wanted = sorted(round(year, 2) for task in side.durability.maintenance for year in calendar.visits(task))
        assert sorted(strip(figure, name)) == wanted


def test_harder_wear_brings_more_visits_to_the_strip() -> None:
    counts = [
        len(strip(charts.CHARTS["calendar"].draw(found_for("01_first_light", wearer)), "Your design"))
        for wearer in ("occasional", "daily", "manual")
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_the_calendar_table_holds_every_job_even_those_far_off() -> None:
    both = found_for("01_first_light")
    tasks = [task for side in (both.custom, both.twin) for task in side.durability.maintenance]
    assert list(calendar.table(both).job) == [task.item for task in tasks]
    assert any(task.first_year > calendar.HORIZON_YEARS for task in tasks)


@pytest.mark.parametrize("preset", SHOWN)
def test_an_unknown_footprint_is_named_and_never_drawn_as_a_number(preset: str) -> None:
    both = found_for(preset)
    figure = charts.CHARTS["footprint"].draw(both)
    words = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
    for trace, side in zip(figure.data, (both.custom, both.twin), strict=True):
        known = [line.kgco2e for line in side.footprint.lines if line.kgco2e is not None]
        assert list(trace.x) == [kg.mid for kg in known]
        assert list(trace.error_x.array) == [kg.high - kg.mid for kg in known]
        for item in side.footprint.unknown:
            assert any(text.startswith(item) and "unknown, which is not zero" in text for text in words)
            assert item in footprint.alt(both)
    if both.custom.footprint.unknown:
        assert "that is not zero" in footprint.verdict(both)
        assert "unknown" in set(footprint.table(both).mid_kgco2e)


def test_some_piece_has_a_stone_that_nobody_has_measured() -> None:
    assert found_for("07_cathedral_light").custom.footprint.unknown, "else the test above has nothing to see"


def test_the_footprint_sentence_names_the_lighter_one() -> None:
    both = found_for("07_cathedral_light")
    assert both.custom.footprint.kgco2e.mid < both.twin.footprint.kgco2e.mid
    assert footprint.verdict(both).startswith("Yours took less")
    assert footprint.verdict(swapped(both)).startswith("The off-the-shelf piece took less")


@pytest.mark.parametrize("preset", ["30_first_pair", "42_line_of_light"])
def test_a_laboratory_grown_figure_is_said_with_the_electricity_it_took(preset: str) -> None:
    both = found_for(preset)
    power = both.custom.footprint.electricity
    sourcing = next(score for score in both.scorecard if score.id == "sourcing")
    for said in (footprint.verdict(both), footprint.alt(both), sourcing.reason):
        assert power in said
    grown = footprint.table(both).query("material.str.contains('laboratory')")
    assert list(grown.by_the_growers_electricity.str.contains("renewable electricity")) == [True, True]


def test_less_is_not_claimed_where_the_growers_electricity_may_turn_it() -> None:
    said = footprint.verdict(found_for("30_first_pair"))
    assert said.startswith("Yours took less, almost surely if both were grown on the same electricity")
    assert footprint.verdict(found_for("42_line_of_light")).startswith("Both took about alike, yours 22–2,200 kg")


def test_one_growers_unknown_electricity_decides_nothing() -> None:
    natural = found_for("01_first_light")
    (stone,) = natural.custom.design.stones
    grown = natural.custom.design.model_copy(
        update={"stones": (stone.model_copy(update={"gem": "diamond_lab"}),), "metal_sourcing": "mined"}
    )
    said = footprint.verdict(replace(natural, twin=evaluate.evaluate(grown).custom))
    assert said.startswith("Which of the two took less depends on the grower's electricity: yours 130–170 kg")


def test_small_amounts_are_not_given_digits_they_do_not_have() -> None:
    assert footprint.kilograms(Range(0.001, 0.004, 0.01)) == "under 0.1 kg"
    assert footprint.kilograms(Range(128, 163.6, 163.6)) == "130–160 kg"


@pytest.mark.parametrize("preset", SHOWN)
def test_a_life_runs_from_the_first_talk_to_the_next_generation(preset: str) -> None:
    both = found_for(preset)
    told = heirloom.events(both)
    assert told[0].when == "Today"
    assert "handed on" in told[-1].what
    assert [event.year for event in told] == sorted(event.year for event in told)
    handed = next(event for event in told if event.what == "it is yours")
    assert handed.when == f"After {wording.weeks_range(both.custom.schedule.working_days)}"
    best = next(c for c in both.custom.resale.channels if c.id == both.custom.resale.best)
    for year in heirloom.TOLD_YEARS:
        event = next(event for event in told if event.kind == "value" and event.when == f"Year {year}")
        assert wording.money(best.mid[year]) in event.what


def test_metal_wears_away_by_its_yearly_loss() -> None:
    side = found_for("01_first_light").custom
    grams = side.durability.metal_loss_mg_per_year.mid * 30 / 1000
    assert heirloom.metal_left(side) == pytest.approx(1 - grams / side.mass_g)
    worn = replace(side.durability, metal_loss_mg_per_year=Range.exactly(1e9))
    assert heirloom.metal_left(replace(side, durability=worn)) == 0
