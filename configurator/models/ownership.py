"""What owning a piece costs: purchase, insurance and upkeep, less what a sale brings back, in today's money.

Owners leave out what does not pay, so the same rule holds for either piece (`counted`): insurance only above what a
household policy covers for one item, care only where a year of it is a small share of the price, and no repair dearer
than the piece, which would be bought anew.
"""

from dataclasses import dataclass

import numpy as np

from configurator import wording
from configurator.models.durability import Durability, Maintenance
from configurator.models.ledger import PERCENT
from configurator.models.price_paths import COLUMN, YEARS, YEARS_DRAWN, Paths, every_year, redrawn
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, Draws, Range, Samples, quantiles, summary
from configurator.reference import Reference

ITEM_LIMIT = "homeowner_item_limit"  # of wear.csv
CARE_WORTH = "care_worth_pct"  # of assumptions.csv


@dataclass(frozen=True, slots=True)
class Ownership:
    """Purchase, insurance and upkeep less what a sale brings back, discounted, over `years`; P10, P50 and P90."""

    years: int
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class OwnershipParts:
    """Where the thirty years' money goes, at the median of each part (medians do not add up exactly)."""

    purchase_usd: Range
    insurance_usd: Range
    upkeep_usd: Range
    exit_usd: Range


def own(
    price: Samples, exit_usd: Paths, durability: Durability, reference: Reference, draws: Draws, *, rate_pct: float
) -> tuple[OwnershipParts, Paths]:
    """The parts over thirty years, and the (11, count) cost of owning until each year that is drawn.

    Money of later years counts for `rate_pct` percent a year less.
    """
    kept = 1 / (1 + rate_pct * PERCENT)  # of the worth of money, from one year to the next
    so_far = np.cumsum([kept**year if year else 0 for year in YEARS], dtype=np.float32)[list(YEARS_DRAWN)][:, None]
    insured = price > draws.row(reference.wear[ITEM_LIMIT])
    insurance = so_far * (price * _drawn(insured * draws.row(reference.wear["insurance_premium"]) * PERCENT))
    most_for_care = price * _drawn(draws.row(reference.assumptions[CARE_WORTH]) * PERCENT)
    upkeep = _upkeep(durability, draws, so_far, kept, price, most_for_care)
    back = exit_usd * np.float32(kept) ** COLUMN
    parts = OwnershipParts(summary(price), summary(insurance[-1]), summary(upkeep[-1]), summary(back[-1]))
    return parts, price + insurance + upkeep - back


def usd_per_wear(owned: Paths, days_a_year: Samples) -> list[tuple[float, ...]]:
    """P10, P50 and P90 of the cost of owning until each year from the first on, for each day that it was worn."""
    by_days = quantiles(owned / _drawn(days_a_year), (RANGE_LOW, 1 / 2, RANGE_HIGH))
    each = every_year(by_days)[1:] / np.array(YEARS)[1:, None]
    return [tuple(end.tolist()) for end in each.T]


def is_insured(price_usd: float, reference: Reference) -> bool:
    """Whether a piece of that price is insured apart, at the middle of the rule."""
    return price_usd > Range.of(reference.wear[ITEM_LIMIT]).mid


def is_cared_for(task: Maintenance, price_usd: float, reference: Reference) -> bool:
    """Whether an owner pays for a line of the calendar, at the middle of the rule; a repair is always done."""
    mean_usd = (task.cost_usd.low + 2 * task.cost_usd.mid + task.cost_usd.high) / 4  # of what is drawn
    worth = Range.of(reference.assumptions[CARE_WORTH]).mid * PERCENT
    return not task.routine or mean_usd / task.every_years.mid <= worth * price_usd


def counted(reference: Reference) -> str:
    """The rule in a sentence."""
    limit, worth = Range.of(reference.wear[ITEM_LIMIT]), Range.of(reference.assumptions[CARE_WORTH])
    return (
        f"Counted for both alike: insurance above what household policies cover for one item "
        f"({wording.money_range(limit)}), care where a year of it costs less than about {worth.mid:g} % of the price "
        "(our estimate), and no repair dearer than the piece."
    )


def _upkeep(
    durability: Durability, draws: Draws, so_far: Paths, kept: float, price: Samples, most_for_care: Samples
) -> Paths:
    """(11, count) what the bench has charged: limits strike every so often, mishaps at their yearly rate."""
    yearly: Samples = np.zeros(draws.count, dtype=np.float32)
    limits: Paths = np.zeros((len(YEARS_DRAWN), draws.count), dtype=np.float32)
    for task in durability.maintenance:
        every = redrawn(draws, f"every/{task.item}", task.every_years)
        cost = _drawn(np.minimum(draws.of(f"cost/{task.item}", task.cost_usd), price))
        if task.routine:
            cost = cost * (cost <= most_for_care * every)
        if task.by_chance:
            yearly += cost / every
        else:
            limits += cost * _worth_of_visits(np.floor(COLUMN / every), every, kept)
    return so_far * yearly + limits


def _worth_of_visits(visits: Paths, every: Samples, kept: float) -> Paths:
    """What so many visits, one `every` so many years, count for today: a geometric series."""
    if kept == 1:
        return visits
    step = np.float32(kept) ** every
    return np.asarray(step * (1 - step**visits) / (1 - step))


def _drawn(samples: Samples) -> Samples:
    return samples.astype(np.float32)
