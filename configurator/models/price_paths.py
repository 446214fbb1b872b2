"""Draws over thirty years: how market prices may wander, and figures known only by their P10, P50 and P90."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from configurator.models.ranges import RANGE_HIGH, Draws, Range, Samples
from configurator.reference import Reference

Paths = NDArray[np.float64]  # (31, count)

HORIZON_YEARS = 30
YEARS = tuple(range(HORIZON_YEARS + 1))
MONTHS_PER_YEAR = 12
PATHS_KEPT = 8  # 250 kB each


@lru_cache(maxsize=PATHS_KEPT)
def price_moves(reference: Reference, element: str, draws: Draws) -> Paths:
    """(31, count) factors on today's price: a bootstrap of monthly log-returns with their mean taken out, read-only.

    All elements share the drawn months, so that they move together as they did. Palladium has no monthly series; the
    returns of platinum stand in.
    """
    returns = _log_returns(reference, element)
    if returns.size == 0:
        returns = _log_returns(reference, "platinum")
    months = _months(draws, returns.size)
    yearly = (returns - returns.mean())[months].sum(axis=1)
    moves = np.vstack((np.ones(draws.count), np.exp(np.cumsum(yearly, axis=0))))
    moves.setflags(write=False)
    return moves


def _log_returns(reference: Reference, element: str) -> NDArray[np.float64]:
    prices = [price.usd_per_troy_ounce for price in reference.monthly_spot(element)]
    return np.diff(np.log(prices)) if prices else np.empty(0)


@lru_cache(maxsize=4)
def _months(draws: Draws, available: int) -> NDArray[np.int64]:
    """(30, 12, count) months drawn with replacement."""
    generator = np.random.Generator(np.random.PCG64(draws.seed))
    return generator.integers(available, size=(HORIZON_YEARS, MONTHS_PER_YEAR, draws.count))


def redrawn(draws: Draws, key: str, given: Range) -> Samples:
    """(count,) draws of a positive figure that another model summed up as P10, P50 and P90.

    Log-normal on each side of the median, so that the draws have those very percentiles. (The triangles of `Draws.of`
    would take P10 and P90 for the ends, and lose a third of the spread.)
    """
    score = draws.normal(key)
    low, mid, high = (max(end, np.finfo(float).tiny) for end in (given.low, given.mid, given.high))
    steps = np.where(score < 0, np.log(mid / low), np.log(high / mid))
    return np.asarray(mid * np.exp(score / ndtri(RANGE_HIGH) * steps))
