"""Schedules: stages that add up, and the published totals."""

import itertools
import math
from datetime import date, timedelta

import pytest

from configurator import reference
from configurator.models.ranges import Range
from configurator.models.schedule import WORKING_DAYS_PER_WEEK, schedule, working_days_of
from tests.sample_rings import measures, ring, stone, stone_measure

TABLES = reference.load()
SOLITAIRE = measures(stone_measure())


def test_the_whole_is_longer_than_its_stages_at_mid_and_shorter_than_their_worst() -> None:
    found = schedule(ring(stone()), SOLITAIRE, TABLES)
    assert sum(stage.working_days.mid for stage in found.stages) < found.working_days.mid
    assert found.working_days.high < sum(stage.working_days.high for stage in found.stages)
    assert found.working_days.low < found.working_days.mid < found.working_days.high


def test_a_custom_ring_takes_as_long_as_is_published() -> None:
    published = Range.of(TABLES.retail["custom_lead_total"]).times(WORKING_DAYS_PER_WEEK)
    found = schedule(ring(stone()), SOLITAIRE, TABLES).working_days
    assert published.low <= found.low
    assert found.high <= published.high


def test_a_plain_band_skips_model_and_setting() -> None:
    plain = schedule(ring(style="plain_band"), measures(style="plain_band"), TABLES)
    rows = ["custom_lead_consultation", "custom_lead_casting", "custom_lead_finishing"]
    assert [stage.id for stage in plain.stages] == rows
    assert plain.stages[1].label == "Making the band"


def test_the_client_decides_at_named_points() -> None:
    decisions = [stage.decision for stage in schedule(ring(stone()), SOLITAIRE, TABLES).stages if stage.decision]
    assert len(decisions) == 3


def test_a_hallmark_adds_its_weeks() -> None:
    plain, marked = (schedule(ring(stone()), SOLITAIRE, TABLES, hallmark=mark).working_days for mark in (False, True))
    assert marked.mid == pytest.approx(plain.mid + 2 * WORKING_DAYS_PER_WEEK, abs=2)


def test_the_shelf_is_quicker() -> None:
    shelf = schedule(ring(stone()), SOLITAIRE, TABLES, "mass").working_days
    assert shelf.high < schedule(ring(stone()), SOLITAIRE, TABLES).working_days.low
    assert shelf.low < 10


def test_what_is_in_stock_is_there_at_once_and_what_is_ordered_in_is_a_case_of_its_own() -> None:
    """A plain band of three weeks was said to beat the shop counter, whose two cases were averaged to eleven days."""
    shelf = schedule(ring(style="plain_band"), measures(style="plain_band"), TABLES, "mass")
    assert shelf.working_days.low == shelf.working_days.mid == 0
    (ordered,) = shelf.stages
    assert ordered.done_after.low > 2 * WORKING_DAYS_PER_WEEK
    row = TABLES.assumptions["in_stock_pct"]
    assert row.mid is not None
    assert shelf.in_stock == pytest.approx(row.mid / 100, abs=0.03)
    assert shelf.spoken == "at once if it is in stock (about 6 in 10), else 3–4 weeks"
    assert schedule(ring(), measures(), TABLES).in_stock is None


def test_the_chance_to_be_in_time_off_the_shelf_is_at_least_that_of_finding_it_in_stock() -> None:
    found = schedule(ring(stone()), SOLITAIRE, TABLES, "mass", start=date(2026, 11, 23), occasion=date(2026, 11, 25))
    assert found.dated is not None
    assert found.dated.wanted is not None
    assert found.dated.wanted.chance == pytest.approx(found.in_stock)


def test_the_same_seed_gives_the_same_dates() -> None:
    assert schedule(ring(stone()), SOLITAIRE, TABLES) == schedule(ring(stone()), SOLITAIRE, TABLES)


BEGIN = date(2026, 11, 23)  # a Monday; Thanksgiving is the Thursday after


def dated(**given):
    found = schedule(ring(stone()), SOLITAIRE, TABLES, **({"start": BEGIN} | given)).dated
    assert found is not None
    return found


def test_without_a_day_to_begin_there_are_no_dates() -> None:
    assert schedule(ring(stone()), SOLITAIRE, TABLES).dated is None


def test_nobody_works_on_weekends_and_public_holidays() -> None:
    found = dated()
    closed = {when for when, _ in found.closed}
    assert date(2026, 11, 26) in closed
    for day in (*found.ready, *(d for stage in found.stages for d in (stage.begins, stage.ends))):
        assert day.weekday() < 5
        assert day not in closed


def test_dates_are_the_working_days_counted_off_on_a_calendar() -> None:
    found, days = dated(), schedule(ring(stone()), SOLITAIRE, TABLES).working_days
    for day, wanted in zip(found.ready, (days.low, days.mid, days.high), strict=True):
        closed = {when for when, _ in found.closed}
        between = [BEGIN + timedelta(days=n) for n in range((day - BEGIN).days)]
        assert sum(d.weekday() < 5 and d not in closed for d in between) == math.ceil(wanted)


def test_every_stage_begins_where_the_one_before_has_ended() -> None:
    stages = dated().stages
    assert stages[0].begins == BEGIN
    assert all(a.ends == b.begins for a, b in itertools.pairwise(stages))
    assert all(stage.ends <= stage.ends_at_worst for stage in stages)


def test_a_later_occasion_is_met_more_surely() -> None:
    chances = [dated(occasion=BEGIN + timedelta(weeks=weeks)).wanted.chance for weeks in range(2, 16)]
    assert chances == sorted(chances)
    assert chances[0] == 0
    assert chances[-1] == 1


@pytest.mark.parametrize("weekday", range(7))
def test_begun_on_the_latest_safe_day_it_is_in_time_nine_times_in_ten(weekday: int) -> None:
    occasion = date(2027, 5, 3) + timedelta(days=weekday)
    latest = dated(occasion=occasion).wanted.latest_safe_start
    assert dated(start=latest, occasion=occasion).wanted.chance >= 0.9
    assert dated(start=latest, occasion=occasion).ready[-1] <= occasion
    assert dated(start=latest + timedelta(days=4), occasion=occasion).wanted.chance < 0.9


def test_another_country_keeps_other_holidays() -> None:
    assert date(2026, 11, 26) not in {when for when, _ in dated(country="gb").closed}
    assert date(2026, 12, 28) in {when for when, _ in dated(country="gb").closed}  # Boxing Day, moved from a Saturday


def test_the_twins_date_stands_beside_it() -> None:
    shelf = schedule(ring(stone()), SOLITAIRE, TABLES, "mass", start=BEGIN, occasion=date(2027, 1, 4)).dated
    assert shelf is not None
    assert shelf.ready[-1] < dated().ready[0]
    assert shelf.wanted.chance == 1


def test_every_country_on_sale_has_a_calendar() -> None:
    for country in TABLES.countries:
        assert working_days_of(country, 2026)[1], country
