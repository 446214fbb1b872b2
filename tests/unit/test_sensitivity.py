"""Tornadoes: true on a formula whose answer is known, and sensible on a ring."""

import itertools

import pytest

from configurator import presets
from configurator.models.ranges import Draws, Range, summary
from configurator.scenario import Scenario
from configurator.sensitivity import HEADLINES, MOST, sensitivity, swings

SHARES = {"a": 5.0, "b": -3.0, "c": 1.0}  # coefficients of a sum of inputs that are alike


def linear(draws: Draws) -> dict[str, float]:
    total = sum(share * draws.of(key, Range(8, 10, 12)) for key, share in SHARES.items())
    luck = draws.of("luck/x", Range(8, 10, 12))
    return {"total": summary(total + luck).mid, "other": summary(draws.of("d", Range(0, 1, 3))).mid}


def test_the_swings_of_a_sum_are_its_coefficients_and_their_squares_its_shares_of_variance() -> None:
    usual, found = swings(linear, lambda key: (key, ()))
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
    multiple = inputs["price"]["overhead_and_margin_custom_multiple"]
    assert multiple.low < found["price"].mid < multiple.high
    assert inputs["owning"]["overhead_and_margin_custom_multiple"].high > found["owning"].mid  # paid once, owned long
    assert "metal_prices" in inputs["resale"]
    assert "metal_prices" not in inputs["price"]
    assert all(bar.label != bar.input and bar.sources for one in found.values() for bar in one.swings)


def test_each_finished_design_has_a_name_for_everything_that_moves_it() -> None:
    for preset in presets.presets()[9::11]:
        assert all(one.swings for one in sensitivity(preset.design, route="mass") if one.mid)
