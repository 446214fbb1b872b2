"""Schedules: stages that add up, and the published totals."""

import pytest

from configurator import reference
from configurator.models.ranges import Range
from configurator.models.schedule import WORKING_DAYS_PER_WEEK, schedule
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


def test_the_same_seed_gives_the_same_dates() -> None:
    assert schedule(ring(stone()), SOLITAIRE, TABLES) == schedule(ring(stone()), SOLITAIRE, TABLES)
