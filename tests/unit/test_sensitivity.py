"""Tornadoes: true on a formula whose answer is known, and sensible on a ring."""

import itertools
import math
import re
from dataclasses import replace

import numpy as np
import pytest

from configurator import presets, reference
from configurator.design import Design
from configurator.evaluate import alone, complete
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, Draws, Range, summary
from configurator.models.schedule import schedule
from configurator.scenario import Scenario
from configurator.sensitivity import COUNT, DENSITY, HEADLINES, MAKING, MOST, Named, Tornado, sensitivity, swings

BAND = next(preset.design for preset in presets.presets() if not preset.design.stones)
SHARES = {"a": 5.0, "b": -3.0, "c": 1.0}  # coefficients of a sum of inputs that are alike


def tornado(design: Design, figure: str) -> Tornado:
    return next(one for one in sensitivity(design) if one.figure == figure)


def linear(draws: Draws) -> dict[str, float]:
    total = sum(share * draws.of(key, Range(8, 10, 12)) for key, share in SHARES.items())
    luck = draws.of("luck/x", Range(8, 10, 12))
    return {"total": summary(total + luck).mid, "other": summary(draws.of("d", Range(0, 1, 3))).mid}


def test_the_swings_of_a_sum_are_its_coefficients_and_their_squares_its_shares_of_variance() -> None:
    usual, found = swings(linear, lambda key: Named(key, key, ()))
    assert usual["total"] == pytest.approx(40, rel=0.02)
    bars = {bar.input: bar for bar in found["total"]}
    assert list(bars) == ["a", "b", "c"]  # the strongest first; luck is no input, and d does not matter here
    assert [bar.input for bar in found["other"]] == ["d"]
    assert bars["a"].low < usual["total"] < bars["a"].high
    assert bars["b"].high < usual["total"] < bars["b"].low  # a negative coefficient turns its bar round
    squares = {key: bar.size**2 for key, bar in bars.items()}
    for key, share in SHARES.items():
        assert squares[key] / sum(squares.values()) == pytest.approx(share**2 / 35, abs=0.01)


def test_a_ring_has_a_tornado_for_every_headline() -> None:
    found = {one.figure: one for one in sensitivity(presets.opening(), Scenario())}
    assert list(found) == list(HEADLINES)
    for one in found.values():
        assert 0 < len(one.swings) <= MOST
        assert all(first.size >= second.size for first, second in itertools.pairwise(one.swings))
    inputs = {name: {bar.input: bar for bar in one.swings} for name, one in found.items()}
    multiple = inputs["price"][MAKING]
    assert multiple.low < found["price"].mid < multiple.high
    assert inputs["owning"][MAKING].high > found["owning"].mid  # paid once, owned long
    assert "metal_prices" in inputs["resale"]
    assert "metal_prices" not in inputs["price"]
    assert all(bar.label != bar.input and bar.sources for one in found.values() for bar in one.swings)


def test_the_weight_moves_with_what_is_published_of_the_alloys_density_and_with_nothing_else() -> None:
    design = complete(presets.opening())
    alloy, volume_mm3 = reference.load().metals[design.metal], alone(design).measures.metal_volume_mm3
    weight = tornado(design, "metal_weight")
    (bar,) = weight.swings
    assert (bar.input, bar.sources) == (DENSITY, alloy.sources)
    # P10 and P90 of two triangles back to back: the square root of a fifth of the way in from either end.
    inwards = math.sqrt(0.2)
    low = alloy.density_low_g_cm3 + inwards * (alloy.density_g_cm3 - alloy.density_low_g_cm3)
    high = alloy.density_high_g_cm3 - inwards * (alloy.density_high_g_cm3 - alloy.density_g_cm3)
    for held, g_cm3 in ((bar.low, low), (weight.mid, alloy.density_g_cm3), (bar.high, high)):
        assert held == pytest.approx(volume_mm3 / 1000 * g_cm3, rel=1e-3)


def test_denser_metal_makes_a_plain_band_dearer_and_worth_more() -> None:
    for figure in ("price", "resale", "kgco2e"):
        bar = next(bar for bar in tornado(BAND, figure).swings if bar.input == DENSITY)
        assert bar.low < tornado(BAND, figure).mid < bar.high


def test_an_alloy_whose_density_is_known_exactly_has_a_weight_that_nothing_moves() -> None:
    assert not tornado(BAND.model_copy(update={"metal": "24k"}), "metal_weight").swings


def test_the_time_moves_with_each_stage_as_when_that_stage_is_held() -> None:
    design = complete(presets.opening())
    time, tables, draws = tornado(design, "lead_time"), reference.load(), Draws(count=COUNT)
    measures = alone(design).measures
    planned = schedule(design, measures, tables, draws=draws)
    assert time.mid == planned.working_days.mid
    stages = {stage.id: stage.label for stage in planned.stages}
    assert len(time.swings) == min(len(stages), MOST)
    for bar in time.swings:
        assert bar.label == stages[bar.input]
        row = tables.retail[bar.input]
        assert bar.sources == row.sources
        for held, chance in ((bar.low, RANGE_LOW), (bar.high, RANGE_HIGH)):
            weeks = float(np.quantile(draws.row(row), chance))
            fixed = replace(tables, retail={**tables.retail, row.id: replace(row, low=weeks, mid=weeks, high=weeks)})
            assert held == pytest.approx(schedule(design, measures, fixed, draws=draws).working_days.mid, rel=1e-3)


def test_each_finished_design_has_a_name_for_everything_that_moves_it() -> None:
    for preset in presets.presets()[9::11]:
        assert all(one.swings for one in sensitivity(preset.design, route="mass") if one.mid)


def test_inputs_that_a_client_meets_as_one_make_one_bar_whose_square_is_theirs_added_up() -> None:
    apart = {bar.input: bar for bar in swings(linear, lambda key: Named(key, key, ()))[1]["total"]}
    (bar,) = swings(linear, lambda key: Named("all", "All of it", ()))[1]["total"]
    assert bar.size**2 == pytest.approx(sum(one.size**2 for one in apart.values()), rel=0.02)
    assert bar.low < bar.high


def test_no_bar_speaks_of_what_the_shop_adds_for_itself() -> None:
    labels = {reference.load().assumptions[id].label for id in reference.SHOP_ONLY}
    for preset in presets.presets()[4::13]:
        bars = [bar for one in sensitivity(preset.design) for bar in one.swings]
        assert MAKING in {bar.input for bar in bars}
        assert not {bar.input for bar in bars} & reference.SHOP_ONLY
        assert not {bar.label for bar in bars} & labels


def test_every_bar_is_named_in_a_clients_words() -> None:
    tables = reference.load()
    ids = {id for table in (tables.assumptions, tables.labour, tables.wear, tables.resale) for id in table}
    jargon = re.compile(r"usual interval|annual|\bfit\b|melee|at cost|markup|[a-z]_[a-z]", re.IGNORECASE)
    for preset in presets.presets()[2::16]:
        for bar in (bar for one in sensitivity(preset.design) for bar in one.swings):
            assert bar.label[0].isupper()
            assert not jargon.search(bar.label), bar.label
            assert bar.label not in ids
