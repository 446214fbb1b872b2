"""What a piece would bring over thirty years, by channel, and what owning it costs after all.

Two things are recovered: the metal, at a share of melt, and the stones, at a share of their retail price that differs
by an order of magnitude between natural diamond, coloured stones and lab-grown diamond. The work of making is not: no
study shows unsigned design labour being recovered at resale. Everything is in today's money. Metal prices wander by a
seeded bootstrap of their own monthly log-returns, with the mean taken out: by default they neither rise nor fall.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from configurator import units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.durability import Durability
from configurator.models.ledger import PERCENT
from configurator.models.metal_prices import precious
from configurator.models.ownership import Ownership, OwnershipParts, own, usd_per_wear
from configurator.models.price_paths import (
    COLUMN,
    HORIZON_YEARS,
    YEARS,
    YEARS_DRAWN,
    Outlook,
    Paths,
    drift,
    every_year,
    price_moves,
    redrawn,
)
from configurator.models.pricing import Quote
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, USUAL_DRAWS, Draws, Range, quantiles, summary
from configurator.models.resale_routes import (
    ROUTES,
    StoneValue,
    goes_by_price,
    open_routes,
    route_value_usd,
    stone_values,
)
from configurator.reference import Metal, Reference

DRAWS_KEPT = 1_000  # of them, carried along to compare two pieces path by path
MG_PER_G = 1_000
BEST = "best"
CHANNELS = (BEST, *(route.id for route in ROUTES))

NOTHING_RECOVERED = (
    "No study shows unsigned design labour being recovered at resale; what is recovered is metal and stones."
)
UPGRADE = (
    "Upgrade credit is no money: some shops and makers count what was paid for a natural diamond they sold, undamaged "
    "and with its papers, towards a dearer one, often of twice the price or more. Ask yours before you buy."
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
class Sales:
    """What every way of selling would bring over the years, and the one that is taken."""

    channels: tuple[Channel, ...]
    best: str  # id of the channel that brings most money at the median over the years; credit is no money
    asked: str  # "best" or the id of a channel
    notes: tuple[str, ...]
    internal_exit_usd: Paths  # (11, count) by the way that is taken


@dataclass(frozen=True, eq=False, slots=True)
class Resale:
    """What `resell` found."""

    channels: tuple[Channel, ...]
    best: str  # id of the channel that brings most money at the median over the years; credit is no money
    asked: str  # what the scenario sells by: "best" or the id of a channel; ownership is worked with it if it is open
    share_of_price: Range  # what that brings at once, over the price paid
    ownership_cost_usd: Ownership
    ownership_per_year_usd: Range
    ownership_parts: OwnershipParts
    ownership_by_year: Channel  # cost of owning so far, if sold in that year
    cost_per_wear_by_year: Channel  # the same, over the days it has been worn; from the first year on
    notes: tuple[str, ...]
    internal_ownership_draws_usd: NDArray[np.floating]  # (31, 1000): for `break_even`, not for people

    @property
    def chosen(self) -> Channel:
        """The channel that ownership is worked with."""
        return next((channel for channel in self.channels if channel.id == self.asked), self._best)

    @property
    def _best(self) -> Channel:
        return next(channel for channel in self.channels if channel.id == self.best)


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
    outlook: Outlook = "flat",
    channel: str = BEST,
    rate_pct: float = 0,
    draws: Draws = USUAL_DRAWS,
) -> Resale:
    """Values by channel and the cost of owning; `quote` and `durability` are those of the same complete design.

    `outlook` is the drift of metal prices, `channel` how it would be sold ("best" or an id of `CHANNELS`), and money of
    later years counts for `rate_pct` percent a year less.
    """
    stones = stone_values(design, measures, reference, draws, commercial=quote.commercial)
    paid = quote.total_usd
    found = sales(design, measures, stones, paid, durability, reference, outlook=outlook, channel=channel, draws=draws)
    return owned(found, paid, durability, reference, rate_pct=rate_pct, draws=draws)


def sales(
    design: Design,
    measures: Measures,
    stones: Sequence[StoneValue],
    paid: Range | None,
    durability: Durability,
    reference: Reference,
    *,
    outlook: Outlook,
    channel: str,
    draws: Draws,
) -> Sales:
    """Values by channel, whatever money of later years counts for; `paid` may be left out unless `goes_by_price`."""
    metal = reference.metals[design.metal]
    assert paid is not None or not goes_by_price(metal)
    melt = _melt_usd(metal, measures, durability, reference, draws, outlook)
    asked = [(stone, stone.over_years_usd()) for stone in stones]
    price = redrawn(draws, "price_paid", paid or Range.exactly(0))
    intact = np.array(durability.survival.p_intact, dtype=np.float32)[list(YEARS_DRAWN), None]
    tired = 1 - intact  # share with a repair due
    piece = 1 - tired * (1 - draws.row(reference.assumptions["worn_at_resale"]).astype(np.float32))
    if measures.inscriptions:
        penalty = draws.row(reference.assumptions["inscription_resale_penalty_pct"]).astype(np.float32)
        piece = piece * (1 - penalty * PERCENT)
    routes = open_routes(stones, reference)
    values = {route.id: route_value_usd(route, metal, melt, asked, price, piece, reference, draws) for route in routes}
    channels = tuple(_channel(route.id, route.label, values[route.id]) for route in routes)
    credit = {route.id for route in routes if route.is_credit}
    best = max((one for one in channels if one.id not in credit), key=lambda one: sum(one.mid)).id
    notes = _notes(stones, measures, reference, upgraded=bool(credit))
    return Sales(channels, best, channel, notes, values.get(channel, values[best]))


def owned(
    found: Sales, paid: Range, durability: Durability, reference: Reference, *, rate_pct: float, draws: Draws
) -> Resale:
    """The cost of owning a piece that was `paid` for and will be sold."""
    price = redrawn(draws, "price_paid", paid)
    parts, until = own(price, found.internal_exit_usd, durability, reference, draws, rate_pct=rate_pct)
    days_worn = reference.assumptions[f"days_worn_{durability.wearer}"]
    by_year = _channel("ownership", "Cost of owning so far", until)
    whole = Range(by_year.low[-1], by_year.mid[-1], by_year.high[-1])
    return Resale(
        channels=found.channels,
        best=found.best,
        asked=found.asked,
        share_of_price=summary(found.internal_exit_usd[0] / price),
        ownership_cost_usd=Ownership(HORIZON_YEARS, whole.low, whole.mid, whole.high),
        ownership_per_year_usd=whole.times(1 / HORIZON_YEARS),
        ownership_parts=parts,
        ownership_by_year=by_year,
        cost_per_wear_by_year=Channel(
            "cost_per_wear", "Cost of each day it is worn", YEARS[1:], *usd_per_wear(until, draws.row(days_worn))
        ),
        notes=found.notes,
        internal_ownership_draws_usd=every_year(until[:, :DRAWS_KEPT]),
    )


def break_even(custom: Resale, twin: Resale) -> BreakEven:
    """Compares two pieces draw by draw: the same metal prices, the same years. Both need the same seed."""
    ahead = custom.internal_ownership_draws_usd <= twin.internal_ownership_draws_usd
    by_year = ahead.mean(axis=1)
    likely = np.flatnonzero(by_year >= 1 / 2)
    return BreakEven(int(likely[0]) if likely.size else None, float(by_year[-1]), tuple(by_year.tolist()))


def _melt_usd(
    metal: Metal, measures: Measures, durability: Durability, reference: Reference, draws: Draws, outlook: Outlook
) -> Paths:
    """(11, count) value of the pure metals in the piece at market price, less what wear has rubbed off."""
    new_g = units.mass_g(measures.metal_volume_mm3, metal.density_g_cm3)
    lost_g = redrawn(draws, "metal_loss", durability.metal_loss_mg_per_year) / MG_PER_G * COLUMN
    left_g = np.maximum(new_g - lost_g, 0)
    usd_per_g: Paths | float = 0.0
    for element, share in precious(metal).items():
        drifted = drift(reference, element, outlook, draws).astype(np.float32) ** COLUMN
        today_usd = share * reference.latest_usd_per_g(element)
        usd_per_g = usd_per_g + today_usd * price_moves(reference, element, draws) * drifted
    return left_g * usd_per_g


def _channel(id: str, label: str, values: Paths) -> Channel:
    low, mid, high = every_year(quantiles(values, (RANGE_LOW, 1 / 2, RANGE_HIGH))).T
    return Channel(id, label, YEARS, tuple(low.tolist()), tuple(mid.tolist()), tuple(high.tolist()))


def _notes(
    stones: Iterable[StoneValue], measures: Measures, reference: Reference, *, upgraded: bool
) -> tuple[str, ...]:
    notes = [NOTHING_RECOVERED]
    if upgraded:
        notes.append(UPGRADE)
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
