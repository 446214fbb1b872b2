"""Draws over thirty years: how market prices may wander, and figures known only by their P10, P50 and P90.

Money over the years is worked out at a few years, close together at first, and read off straight between them: prices
wander as the root of time does, so that nothing happens late that a straight line would miss.
"""

from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from configurator.models.ledger import PERCENT
from configurator.models.ranges import RANGE_HIGH, Draws, Range, Samples
from configurator.reference import Reference

Outlook = Literal["flat", "past", "falling"]
Paths = NDArray[np.floating]  # (11, count) float32: a dollar to the cent up to a hundred thousand

HORIZON_YEARS = 30
YEARS = tuple(range(HORIZON_YEARS + 1))
YEARS_DRAWN = (0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30)
COLUMN = np.array(YEARS_DRAWN, dtype=np.float32)[:, None]  # (11, 1), to set beside draws
MONTHS_PER_YEAR = 12
METAL_PRICES = "metal_prices"  # the key of the paths
FEWEST_YEARS = 10  # of yearly averages that show where a price has drifted
PATHS_KEPT = 4  # 440 kB each


@lru_cache(maxsize=PATHS_KEPT)
def price_moves(reference: Reference, element: str, draws: Draws) -> Paths:
    """(11, count) factors on today's price: a bootstrap of monthly log-returns with their mean taken out, read-only.

    A year is twelve months drawn with replacement; every year of the paths is a shuffle of the same `count` years. All
    elements share the drawn months, so that they move together as they did. Palladium has no monthly series; the
    returns of platinum stand in.
    """
    returns = _log_returns(reference, element)
    if returns.size == 0:
        returns = _log_returns(reference, "platinum")
    pool = returns[_months(draws, returns.size)].sum(axis=0)
    pool = (pool - pool.mean()).astype(np.float32)
    wandered = np.zeros_like(pool)
    at_drawn = [wandered]
    for year in YEARS[1:]:
        wandered = wandered + pool.take(draws.ranks(f"year/{year}"))
        if year in YEARS_DRAWN:
            at_drawn.append(wandered)
    moves = np.exp(at_drawn)
    place = draws.place(METAL_PRICES)
    if place is not None:  # held along the same chance in every year
        moves = np.repeat(np.sort(moves, axis=1)[:, place, None], draws.count, axis=1)
    moves.setflags(write=False)
    return moves


def drift(reference: Reference, element: str, outlook: Outlook, draws: Draws) -> Samples:
    """(count,) the factor on a metal's price from one year to the next, in today's money.

    "past" is what its yearly averages since the year 2000 show, less inflation. (The monthly series speaks of two and a
    half years of a boom: carried on for thirty, a ring would be worth a town.) Palladium borrows platinum's.
    """
    rows = reference.assumptions
    if outlook != "past":
        row = rows["metal_drift_real_pct" if outlook == "flat" else "metal_drift_falling_pct"]
        return 1 + draws.row(row) * PERCENT
    return past_factor(reference, element) / (1 + draws.row(rows["inflation_since_2000_pct"]) * PERCENT)


def past_factor(reference: Reference, element: str) -> float:
    """The factor from one year to the next between the first and the last yearly average, in the money of each."""
    averages = [price for price in reference.spot[element] if price.kind == "annual_average"]
    if len(averages) < FEWEST_YEARS:
        return past_factor(reference, "platinum")
    first, last = averages[0], averages[-1]
    return float((last.usd_per_troy_ounce / first.usd_per_troy_ounce) ** (1 / (int(last.date) - int(first.date))))


def _log_returns(reference: Reference, element: str) -> NDArray[np.float64]:
    prices = [price.usd_per_troy_ounce for price in reference.monthly_spot(element)]
    return np.diff(np.log(prices)) if prices else np.empty(0)


@lru_cache(maxsize=2)
def _months(draws: Draws, available: int) -> NDArray[np.intp]:
    """(12, count) months of a year, each month of the series as often as any other."""
    months = range(MONTHS_PER_YEAR)
    return np.array([draws.ranks(f"month/{month}") * available // draws.count for month in months])


def redrawn(draws: Draws, key: str, given: Range) -> Samples:
    """(count,) draws of a positive figure that another model summed up as P10, P50 and P90.

    Log-normal on each side of the median, so that the draws have those very percentiles. (The triangles of `Draws.of`
    would take P10 and P90 for the ends, and lose a third of the spread.)
    """
    score = (draws.normal(key) / ndtri(RANGE_HIGH)).astype(np.float32)
    low, mid, high = (max(end, float(np.finfo(np.float32).tiny)) for end in (given.low, given.mid, given.high))
    return np.exp(score * np.where(score < 0, np.float32(np.log(mid / low)), np.float32(np.log(high / mid)))) * mid


def every_year(drawn: NDArray[np.floating]) -> NDArray[np.floating]:
    """(31, …) what was worked out at the drawn years (11, …), straight between them."""
    weights = np.array([np.interp(YEARS, YEARS_DRAWN, one) for one in np.eye(len(YEARS_DRAWN))]).T
    return np.asarray(weights.astype(drawn.dtype) @ drawn)
