"""The ways of selling a piece, and what each pays for metal and for stones.

Metal is paid at a share of melt, stones at a share of their retail price that differs by an order of magnitude between
natural diamond, coloured stones and lab-grown diamond. Design and labour are paid by none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from configurator import units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.ledger import PERCENT, Ledger
from configurator.models.price_paths import COLUMN, Paths
from configurator.models.ranges import Draws, Range, Samples
from configurator.models.stone_prices import set_stones, stone_retail_usd
from configurator.reference import Gem, Metal, Reference


@dataclass(frozen=True, slots=True)
class Route:
    """How one way of selling treats metal and stones: ids of rows, by kind of metal and of stone."""

    id: str
    label: str
    metal: Mapping[str, str]  # assumption or resale row in % of melt or x melt
    stones: Mapping[str, tuple[str, ...]]  # rows multiplied together, each a share
    as_a_piece: bool  # sold to be worn: wear and a personal inscription count
    costs: str | None = None  # row in % of the sale
    is_credit: bool = False  # no money: what was paid counts towards a dearer piece, where the seller offers that


PRECIOUS = ("gold", "silver", "platinum", "palladium")
LOCAL_METAL = {
    "gold": "gold_scrap_local_buyer",
    "silver": "silver_scrap_local_buyer",
    "platinum": "platinum_scrap_local_buyer",
    "palladium": "platinum_scrap_local_buyer",
}
EVERYWHERE = {  # stones that bring the same share wherever they are bought
    "lab_diamond": ("lab_diamond_all_channels",),
    "moissanite": ("moissanite_any",),
    "cz": ("cz_any",),
    "lab_coloured": ("lab_coloured_any",),
}
ROUTES = (
    Route(
        "scrap",
        "Scrap counter or pawn shop (metal only)",
        LOCAL_METAL | {"gold": "gold_scrap_pawn_shop"},
        {},
        as_a_piece=False,
    ),
    Route(
        "local_buyer",
        "Local jeweller or buyer",
        LOCAL_METAL,
        {
            "natural_diamond": ("wholesale_over_retail_diamond", "diamond_loose_trade_buyer"),
            "coloured": ("coloured_stone_trade_buyer",),
        }
        | EVERYWHERE,
        as_a_piece=False,
    ),
    Route(
        "consignment",
        "Consignment, after commission",
        dict.fromkeys(PRECIOUS, "metal_private_sale"),
        {
            "natural_diamond": ("diamond_ring_consignment", "consignment_sold_over_asked"),
            "coloured": ("coloured_stone_private_sale",),
        }
        | EVERYWHERE,
        as_a_piece=True,
        costs="consignment_commission",
    ),
    Route(
        "private_sale",
        "Private sale",
        dict.fromkeys(PRECIOUS, "metal_private_sale"),
        {
            "natural_diamond": ("diamond_private_sale",),
            "coloured": ("coloured_stone_private_sale",),
        }
        | EVERYWHERE,
        as_a_piece=True,
    ),
    Route(
        "auction",
        "Auction, after costs",
        dict.fromkeys(PRECIOUS, "metal_auction"),
        {
            "natural_diamond": ("diamond_stone_auction",),
            "coloured": ("coloured_stone_auction",),
        }
        | EVERYWHERE,
        as_a_piece=True,
        costs="auction_costs",
    ),
    Route(
        "upgrade",
        "Upgrade credit, where the seller offers it",
        # The mount stays with its owner, who can take it to the local buyer.
        LOCAL_METAL,
        {"natural_diamond": ("upgrade_credit",)},
        as_a_piece=False,
        is_credit=True,
    ),
)
INFLATION = "inflation_since_2000_pct"  # what a credit of so many dollars loses

DRIFT = {
    "natural_diamond": "diamond_drift_real_pct",
    "lab_diamond": "diamond_lab_drift_real_pct",
    "moissanite": "diamond_lab_drift_real_pct",
    "cz": "diamond_lab_drift_real_pct",
    "coloured": "real_change_coloured",
    "lab_coloured": "real_change_coloured",
}


@dataclass(frozen=True, eq=False, slots=True)
class StoneValue:
    """The stones of one role and what all of them are asked for in retail: today, and from each year to the next."""

    kind: str  # "natural_diamond", "lab_diamond", "moissanite", "cz", "coloured", "lab_coloured"
    weight_ct: float  # of each
    today_usd: Samples  # (count,) float32
    drift: Samples  # (count,) float32, a factor

    def over_years_usd(self) -> Paths:
        """(11, count) at the years that are drawn."""
        return np.asarray(self.today_usd * self.drift**COLUMN)


def stone_values(
    design: Design, measures: Measures, reference: Reference, draws: Draws, *, commercial: bool
) -> tuple[StoneValue, ...]:
    """What the piece's stones cost at retail, the base that recovery shares are quoted on; see `price_stones`."""
    ledger, found = Ledger(reference, draws), []
    for stone, measured in set_stones(design, measures):
        gem = reference.gems[stone.gem]
        each_usd = stone_retail_usd(stone, measured, ledger, commercial=commercial)[1:]
        weight_ct = units.weight_ct(measured.volume_mm3, gem.specific_gravity)
        kind, today_usd = kind_of(gem), (each_usd * measured.count).astype(np.float32)
        drift = (1 + draws.row(reference.assumptions[DRIFT[kind]]) * PERCENT).astype(np.float32)
        found.append(StoneValue(kind, weight_ct, today_usd, drift))
    return tuple(found)


def goes_by_price(metal: Metal) -> bool:
    """Whether a used piece brings a share of what was paid for it: steel, titanium, tungsten, which nobody melts."""
    return metal.kind not in PRECIOUS


def kind_of(gem: Gem) -> str:
    """What a buyer takes a gem for: a key of `Route.stones` and of `DRIFT`."""
    own = {"diamond": "natural_diamond", "diamond_lab": "lab_diamond", "moissanite": "moissanite", "cz": "cz"}
    return own.get(gem.id, "lab_coloured" if gem.is_lab_grown else "coloured")


def open_routes(stones: Sequence[StoneValue], reference: Reference) -> tuple[Route, ...]:
    """The ways that a piece with such stones can be sold: credit is given for natural diamonds above melee only."""
    least_ct = Range.of(reference.assumptions["melee_limit"]).mid
    credited = any(stone.kind == "natural_diamond" and stone.weight_ct >= least_ct for stone in stones)
    return tuple(route for route in ROUTES if credited or not route.is_credit)


def route_value_usd(
    route: Route,
    metal: Metal,
    melt: Paths,
    stones: Iterable[tuple[StoneValue, Paths]],
    price: Samples,
    piece: Paths,
    reference: Reference,
    draws: Draws,
) -> Paths:
    """(11, count) what one way of selling brings; `stones` with what they are asked for over the years."""
    if not goes_by_price(metal):
        value = melt * _share(route.metal[metal.kind], reference, draws)
    elif route.stones:
        value = np.broadcast_to(price * _share("base_metal_any", reference, draws), melt.shape)
    else:
        value = np.zeros_like(melt)
    least_ct = draws.row(reference.assumptions["melee_limit"])
    for stone, asked_usd in stones:
        rows = route.stones.get(stone.kind, ())
        if rows:
            share = np.prod([_share(row, reference, draws) for row in rows], axis=0)
            counted = route.as_a_piece or stone.weight_ct >= least_ct  # a buyer who breaks up pays nothing for melee
            if route.is_credit:  # the dollars of the day it was bought, in today's money
                asked_usd = stone.today_usd / (1 + _share(INFLATION, reference, draws)) ** COLUMN
            value = value + asked_usd * (share * counted)
    if route.as_a_piece:
        value = value * piece
    if route.costs is not None:
        value = value * (1 - _share(route.costs, reference, draws))
    return value


def _share(row_id: str, reference: Reference, draws: Draws) -> Samples:
    """(count,) a row of resale or assumptions as a share, whether it is written in percent or as a ratio."""
    row = reference.resale.get(row_id) or reference.assumptions[row_id]
    drawn = draws.row(row).astype(np.float32)
    return drawn * PERCENT if row.unit.startswith("%") else drawn
