"""Ranges: what low, mid and high mean, and draws that are the same everywhere."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from configurator.models.ranges import Draws, Range, propagate, quantiles, summary


def test_mid_is_the_median_and_nothing_lies_outside() -> None:
    given = Range(1, 5, 35)
    drawn = Draws().of("hallmark", given)
    assert given.low <= drawn.min()
    assert drawn.max() <= given.high
    assert np.median(drawn) == pytest.approx(given.mid, rel=0.01)


def test_each_half_is_a_triangle() -> None:
    drawn = Draws(count=100_000).of("x", Range(0, 6, 18))
    below, above = drawn[drawn < 6], drawn[drawn > 6]
    assert below.mean() == pytest.approx(4, rel=0.01)  # a triangle's mean is two thirds of the way to its peak
    assert above.mean() == pytest.approx(10, rel=0.01)


def test_the_same_key_draws_the_same_and_another_key_another() -> None:
    assert np.array_equal(Draws(3).chance("gold"), Draws(3).chance("gold"))
    assert abs(np.corrcoef(Draws(3).chance("gold"), Draws(3).chance("labour"))[0, 1]) < 0.08
    assert not np.array_equal(Draws(3).chance("gold"), Draws(4).chance("gold"))


def test_draws_do_not_change_from_machine_to_machine() -> None:
    assert Draws(1, 4).chance("gold").tolist() == pytest.approx(Draws(1, 4).chance("gold").tolist())
    assert sorted(int(u * 4) for u in Draws(1, 4).chance("gold")) == [0, 1, 2, 3]


def test_draws_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Draws().chance("gold")[0] = 0


def test_a_row_with_gaps_still_has_a_range() -> None:
    def of(low: float | None, mid: float | None, high: float | None) -> Range:
        return Range.of(SimpleNamespace(low=low, mid=mid, high=high))

    assert of(2, None, 3) == Range(2, 2.5, 3)
    assert of(None, 4, None) == Range.exactly(4)
    assert of(None, 4, 9) == Range(4, 4, 9)
    with pytest.raises(ValueError, match="no range"):
        of(None, None, None)


@pytest.mark.parametrize("bad", [(2, 1, 3), (1, 2, 1.5), (float("nan"), 1, 2), (0, 1, float("inf"))])
def test_what_is_out_of_order_is_not_a_range(bad: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="not a range"):
        Range(*bad)


def test_a_sum_is_narrower_than_its_worst_cases() -> None:
    parts = {"a": Range(0, 1, 2), "b": Range(0, 1, 2)}
    total = propagate(lambda a, b: a + b, Draws(), **parts)
    alone = propagate(lambda a: a, Draws(), a=parts["a"])
    assert 2 * alone.low < total.low < total.mid < total.high < 2 * alone.high


def test_a_summary_can_be_told_its_mid() -> None:
    found = summary(np.array([1.0, 2.0, 3.0]), mid=5)
    assert (found.mid, found.high) == (5, 5)
    assert all(a <= b for a, b in itertools.pairwise((found.low, found.mid, found.high)))


def test_quantiles_are_those_of_numpy() -> None:
    random = np.random.default_rng(5)
    for drawn in (
        random.random((4, 10_000), dtype=np.float32),
        np.exp(3 * random.standard_normal((2, 999))),  # a long tail
        random.integers(0, 3, (2, 3, 501)).astype(float),  # many alike
        np.minimum(random.exponential(30, 10_001), 50),  # many at the end
        np.full((2, 7), 4.5),
        np.array([3.0]),
    ):
        chances = (0, 0.1, 0.5, 0.9, 1)
        expected = np.moveaxis(np.quantile(drawn.astype(np.float64), chances, axis=-1), 0, -1)
        np.testing.assert_allclose(quantiles(drawn, chances), expected, rtol=1e-12)


def test_every_draw_is_drawn_once() -> None:
    assert sorted(Draws(5).ranks("gold")) == list(range(10_000))


def test_many_keys_are_drawn_apart() -> None:
    chances = np.array([Draws().chance(f"row_{number}") for number in range(40)])
    between = np.corrcoef(chances)[np.triu_indices(40, 1)]
    assert np.abs(between).max() < 5 / np.sqrt(10_000)  # five standard deviations of 780 that are independent
    assert between.std() == pytest.approx(1 / np.sqrt(10_000), rel=0.2)
