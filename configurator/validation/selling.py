"""Does a piece bring what such pieces have brought?"""

from typing import Any

from configurator import evaluate, reference
from configurator.design import Design
from configurator.evaluate import Side
from configurator.models.durability import wear
from configurator.models.metal_prices import precious
from configurator.models.pricing import price
from configurator.models.ranges import Range
from configurator.models.resale import resell
from configurator.reference import Reference
from configurator.units import GRAMS_PER_CARAT, MM3_PER_CM3
from configurator.validation.pieces import CARAT_MM, as_listed, at_prices_of, made, over_missing, solitaire
from configurator.validation.report import Case, Check, banded, unexplained

MODEL = "resale"
# Each gem's row of starts at one house, and whether the recovery share of coloured stones was set from it.
AUCTIONED = {
    "emerald": True,
    "ruby": True,
    "sapphire_blue": False,
    "sapphire_pink": False,
    "sapphire_padparadscha": False,
    "alexandrite": False,
    "tourmaline_paraiba": False,
    "garnet_demantoid": False,
    "diamond": True,
}
ROWS = {"tourmaline_paraiba": "paraiba", "garnet_demantoid": "demantoid"}
START_LOT = "A starting price, at the gold price of 2023; how many stones there are is not given: 0.1 to 0.4 ct each."
OFFERED = "The writer guessed its weight and split the offer into 130 for the mount and 81 for 0.65 ct of small stones."
OFFER_2016_USD, CLUSTER_CT = 211, 0.65  # note of designer_ring_trade_offer_2016
SMALL_STONES = (
    "A buyer's own account of 2010. Our local buyer pays for the metal and little or nothing for stones under a tenth "
    "of a carat, as another source says of most buyers: the two disagree."
)
AT_THE_EDGE = (
    "The middle of the published 40 to 50 lies at the very edge of our range: ours takes off for wear and for making, "
    "which the buyer of a used ring does not pay for."
)
SCARCE = "A few lots of a stone whose price a carat spans two orders of magnitude with its quality."
START = "Starting prices; what the lots went for is not known and may be more. Side diamonds are counted in."


def resale_cases() -> Check:
    """Published shares of the price that came back, and what rings with stones started at in a saleroom."""
    tables = reference.load()
    rows = tables.resale
    natural = _shelf(solitaire())
    tennis = _shelf(
        {
            "piece": "bracelet",
            "style": "tennis",
            "stones": [{"role": "band", "gem": "diamond", "cut": "round_brilliant", "length_mm": 2.5, "width_mm": 2.5}],
        }
    )

    costs_pct = Range.of(rows["auction_costs"]).mid
    then = at_prices_of("2023")
    cases = (
        _share("diamond_ring_all_channels", natural, "private_sale", built_on=True),
        _share("diamond_ring_private_sale", natural, "private_sale", why=AT_THE_EDGE, built_on=True),
        _share("diamond_ring_pawn_shop", natural, "local_buyer"),
        _share("tennis_bracelet_5000_trade", tennis, "local_buyer", why=SMALL_STONES),
        *(_started(gem, built_on) for gem, built_on in AUCTIONED.items()),
        *(
            _lot(id, "auction", then, why=START_LOT, costs_pct=costs_pct, each_ct=(0.1, 0.2, 0.4))
            for id in ("tennis_type_bracelet_diamond_13_25_ct", "bangle_diamond_10_00_ct")
        ),
        _lot(
            "carelle_whirl_cluster",
            "local_buyer",
            at_prices_of("2016"),
            why=OFFERED,
            total_ct=CLUSTER_CT,
            each_ct=(0.03, 0.05, 0.1),
            offered=OFFER_2016_USD,
        ),
    )
    return Check(
        id="resale",
        title="What comes back at resale",
        question="Would a piece bring what published cases say?",
        compared="Shares of the price paid that trade sources report for diamond rings and bracelets, against the same "
        "channel of the model for a shop-counter piece on its first day; and what rings with one main stone started at "
        "in a saleroom, a carat and without their metal, against the model's auction before the house's costs. A start "
        "is a floor: it should not lie above our range, and is not counted when the ranges are judged.",
        bars=(unexplained(cases),),
        cases=cases,
        left_out=(
            "Shares of melt that scrap buyers pay: rows of the tables that come out as they went in.",
            "Signed and branded pieces: the model prices unsigned ones, and says nothing of a name.",
            "What is said of laboratory-grown diamonds alone: the row is what the model reads.",
            "Black opal and star ruby: not among our gems.",
            "How far prices of diamonds fell from 2018 to 2025: a fall of a few years, which nobody should draw on for "
            "thirty. The yearly changes we assume are milder, are our estimates, and can be changed.",
            "Rows that are our own estimates or derivations prove nothing and are not counted.",
        ),
        about=("resale",),
    )


def _shelf(raw: dict[str, Any]) -> Side:
    """The shop-counter piece that stands beside a design."""
    return evaluate.evaluate(Design.from_dict(raw)).twin


def _share(row_id: str, side: Side, channel: str, *, why: str = "", built_on: bool = False) -> Case:
    """A published share of the price, beside what a channel brings at once."""
    row = reference.load().resale[row_id]
    one = next(found for found in side.resale.channels if found.id == channel)
    paid = side.quote.total_usd.mid
    ours = Range(*(100 * end[0] / paid for end in (one.low, one.mid, one.high)))
    return banded(row.label, "% of price", Range.of(row).mid, ours, MODEL, why=why, built_on=built_on)


def _lot(
    id: str,
    channel: str,
    then: Reference,
    *,
    why: str,
    each_ct: tuple[float, float, float],
    total_ct: float | None = None,
    costs_pct: float = 0,
    offered: float | None = None,
) -> Case:
    """A listed piece with small diamonds, at the metal prices of its year; how many stones there are is not given."""
    row = then.real_pieces[id]
    whole_ct = total_ct or row.main_stone_ct or 0
    design, drawn = made(solitaire(metal="18k_white_pd" if "white" in row.metal_text else "18k_yellow"))
    metal_g = (row.metal_mass_g or 0) - whole_ct * GRAMS_PER_CARAT
    metal_mm3 = metal_g / then.metals[design.metal].density_g_cm3 * MM3_PER_CM3

    def brings(stone_ct: float) -> Range:
        count = round(whole_ct / stone_ct)
        listed = as_listed(drawn, metal_mm3, count, CARAT_MM * (whole_ct / count) ** (1 / 3))
        quote = price(design, listed, then, "mass")
        sold = resell(design, listed, quote, wear(design, listed, then), then)
        one = next(found for found in sold.channels if found.id == channel)
        return Range(one.low[0], one.mid[0], one.high[0]).times(1 / (1 - costs_pct / 100))

    stated, label = offered or row.list_price or 0, row.label.split(", 0.65")[0]
    ours = over_missing(brings, stone_ct=each_ct)
    return banded(label, "USD", stated, ours, MODEL, why=why, floor=offered is None)


def _started(gem_id: str, built_on: bool) -> Case:
    """An 18k ring with one such stone at auction, its melt taken off, a carat."""
    tables = reference.load()
    name = "diamond_1ct" if gem_id == "diamond" else ROWS.get(gem_id, gem_id)
    row = tables.resale[f"{name}_ring_auction_start"]
    side = evaluate.evaluate(Design.from_dict(solitaire(gem_id, metal="18k_yellow"))).custom
    metal = tables.metals[side.design.metal]
    melt = side.mass_g * sum(share * tables.latest_usd_per_g(element) for element, share in precious(metal).items())
    auction = next(channel for channel in side.resale.channels if channel.id == "auction")
    kept = 1 - Range.of(tables.resale["auction_costs"]).mid / 100
    weight_ct = sum(stone.weight_ct * stone.count for stone in side.stones)
    per_ct = Range(*((end[0] / kept - melt) / weight_ct for end in (auction.low, auction.mid, auction.high)))
    stated = Range.of(row)
    few = "3 lots" in row.note or "5 lots" in row.note or "10 lots" in row.note
    why = f"{START} {SCARCE if few else ''}".strip()
    label = row.label.split(", auction")[0]
    return banded(label, "USD a carat", stated.mid, per_ct, MODEL, why=why, built_on=built_on, floor=True)
