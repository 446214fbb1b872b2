"""What owning a piece costs: purchase, insurance and upkeep, less what a sale brings back, in today's money."""

from dataclasses import dataclass

import numpy as np

from configurator.models.durability import Durability
from configurator.models.ledger import PERCENT
from configurator.models.price_paths import YEARS, Paths, redrawn
from configurator.models.ranges import Draws, Range, Samples, summary
from configurator.reference import Reference


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
    price: Samples, exit_usd: Paths, durability: Durability, reference: Reference, draws: Draws
) -> tuple[OwnershipParts, Paths]:
    """The parts over thirty years, and the (31, count) cost of owning until each year."""
    years = np.array(YEARS)[:, None]
    discount = (1 + draws.row(reference.assumptions["discount_rate_real_pct"]) * PERCENT) ** -years
    premium = price * draws.row(reference.wear["insurance_premium"]) * PERCENT
    insurance = np.cumsum(np.where(years > 0, premium * discount, 0), axis=0)
    upkeep = np.cumsum(_upkeep(durability, draws) * discount, axis=0)
    back = exit_usd * discount
    parts = OwnershipParts(summary(price), summary(insurance[-1]), summary(upkeep[-1]), summary(back[-1]))
    return parts, price + insurance + upkeep - back


def _upkeep(durability: Durability, draws: Draws) -> Paths:
    """(31, count) what the bench charges in each year: limits strike every so often, mishaps at their yearly rate."""
    years = np.array(YEARS)[:, None]
    spent = np.zeros((len(YEARS), draws.count))
    for task in durability.maintenance:
        times = years / redrawn(draws, f"every/{task.item}", task.every_years)
        if not task.by_chance:
            times = np.floor(times)
        spent[1:] += np.diff(times, axis=0) * draws.of(f"cost/{task.item}", task.cost_usd)
    return spent
