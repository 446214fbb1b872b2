"""What a piece would bring over thirty years, by channel, and what owning it costs after all.

Two things are recovered: the metal, at a share of melt, and the stones, at a share of their retail price that differs
by an order of magnitude between natural diamond, coloured stones and lab-grown diamond. The work of making is not: no
study shows unsigned design labour being recovered at resale. Everything is in today's money. Metal prices wander by a
seeded bootstrap of their own monthly log-returns, with the mean taken out: by default they neither rise nor fall.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from configurator import units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.durability import Durability
from configurator.models.ledger import PERCENT
from configurator.models.metal_prices import precious
from configurator.models.ownership import Ownership, OwnershipParts, own
from configurator.models.price_paths import HORIZON_YEARS, YEARS, Paths, price_moves, redrawn
from configurator.models.pricing import Quote
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, SEED, Draws, Range, summary
from configurator.models.resale_routes import ROUTES, StoneValue, route_value_usd, stone_values
from configurator.reference import Metal, Reference

DRAWS = 1_000  # P10 and P90 move by about 2 % of the range from seed to seed
DRAWS_KEPT = 250  # of them, carried along to compare two pieces path by path
MG_PER_G = 1_000

NOTHING_RECOVERED = (
    "No study shows unsigned design labour being recovered at resale; what is recovered is metal and stones."
)


@dataclass(frozen=True, slots=True)
class Channel:
    """What one way of selling would bring, year by year; P10, P50 and P90 in today's US dollars."""

    id: str
    channel: str
    years: tuple[int, ...]
    low: tuple[float, ...]
    mid: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Resale:
    """What `resell` found."""

    channels: tuple[Channel, ...]
    best: str  # id of the channel that brings most at the median over the years
    best_share_of_price: Range  # what it brings at once, over the price paid
    ownership_cost_usd: Ownership
    ownership_per_year_usd: Range
    ownership_parts: OwnershipParts
    ownership_by_year: Channel  # cost of owning so far, if sold in that year
    notes: tuple[str, ...]
    internal_ownership_draws_usd: NDArray[np.float32]  # (31, 250): for `break_even`, not for people


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When owning the first piece has become no dearer than owning the second; None: not within thirty years."""

    years: int | None
    probability: float  # that it has by year 30
    probability_by_year: tuple[float, ...]


def resell(
    design: Design,
    measures: Measures,
    quote: Quote,
    durability: Durability,
    reference: Reference,
    *,
    seed: int = SEED,
) -> Resale:
    """Values by channel and the cost of owning; `quote` and `durability` are those of the same complete design."""
    draws = Draws(seed, DRAWS)
    metal = reference.metals[design.metal]
    melt = _melt_usd(metal, measures, durability, reference, draws)
    stones = stone_values(design, measures, quote, reference, draws)
    price = redrawn(draws, "price_paid", quote.total_usd)
    tired = 1 - np.array(durability.survival.p_intact[: HORIZON_YEARS + 1])[:, None]  # share with a repair due
    piece = 1 - tired * (1 - draws.row(reference.assumptions["worn_at_resale"]))
    if measures.inscriptions:
        piece = piece * (1 - draws.row(reference.assumptions["inscription_resale_penalty_pct"]) * PERCENT)
    values = {route.id: route_value_usd(route, metal, melt, stones, price, piece, reference, draws) for route in ROUTES}
    channels = tuple(_channel(route.id, route.label, values[route.id]) for route in ROUTES)
    best = max(channels, key=lambda channel: sum(channel.mid)).id
    parts, owned = own(price, values[best], durability, reference, draws)
    whole = summary(owned[-1])
    return Resale(
        channels=channels,
        best=best,
        best_share_of_price=summary(values[best][0] / np.maximum(price, np.finfo(float).tiny)),
        ownership_cost_usd=Ownership(HORIZON_YEARS, whole.low, whole.mid, whole.high),
        ownership_per_year_usd=whole.times(1 / HORIZON_YEARS),
        ownership_parts=parts,
        ownership_by_year=_channel("ownership", "Cost of owning so far", owned),
        notes=_notes(stones, measures, reference),
        internal_ownership_draws_usd=np.ascontiguousarray(owned[:, :DRAWS_KEPT], dtype=np.float32),
    )


def break_even(custom: Resale, twin: Resale) -> BreakEven:
    """Compares two pieces draw by draw: the same metal prices, the same years. Both need the same seed."""
    ahead = custom.internal_ownership_draws_usd <= twin.internal_ownership_draws_usd
    by_year = ahead.mean(axis=1)
    likely = np.flatnonzero(by_year >= 1 / 2)
    return BreakEven(int(likely[0]) if likely.size else None, float(by_year[-1]), tuple(by_year.tolist()))


def _melt_usd(metal: Metal, measures: Measures, durability: Durability, reference: Reference, draws: Draws) -> Paths:
    """(31, count) value of the pure metals in the piece at market price, less what wear has rubbed off."""
    new_g = units.mass_g(measures.metal_volume_mm3, metal.density_g_cm3)
    lost_g = redrawn(draws, "metal_loss", durability.metal_loss_mg_per_year) / MG_PER_G * np.array(YEARS)[:, None]
    left_g = np.maximum(new_g - lost_g, 0)
    drift = 1 + draws.row(reference.assumptions["metal_drift_real_pct"]) * PERCENT
    usd_per_g: Paths | float = 0.0
    for element, share in precious(metal).items():
        usd_per_g = usd_per_g + share * reference.latest_usd_per_g(element) * price_moves(reference, element, draws)
    return left_g * usd_per_g * drift ** np.array(YEARS)[:, None]


def _channel(id: str, label: str, values: Paths) -> Channel:
    low, mid, high = np.quantile(values, (RANGE_LOW, 1 / 2, RANGE_HIGH), axis=1)
    return Channel(id, label, YEARS, tuple(low.tolist()), tuple(mid.tolist()), tuple(high.tolist()))


def _notes(stones: Iterable[StoneValue], measures: Measures, reference: Reference) -> tuple[str, ...]:
    notes = [NOTHING_RECOVERED]
    kinds = {stone.kind for stone in stones}
    if "lab_diamond" in kinds:
        notes.append(
            "Lab-grown diamonds bring little at resale, many dealers do not buy them, and their prices are falling."
        )
    if "lab_coloured" in kinds:
        notes.append("Laboratory-grown coloured stones bring little at resale, and many dealers do not buy them.")
    if "natural_diamond" in kinds:
        figures = (
            "for ordinary diamond rings are"
            if measures.piece == "ring"
            else "for diamonds come from another kind of piece and are"
        )
        notes.append(f"Auction figures {figures} start prices of 2023; hammer prices may be higher.")
    if measures.inscriptions:
        notes.append("A personal inscription lowers what a private buyer pays; at melt it makes no difference.")
    over = reference.resale["appraisal_over_market"]
    notes.append(
        f"An insurance appraisal is no resale value: appraisals run {over.low:g} to {over.high:g} times the market."
    )
    return tuple(notes)
