"""Do our prices and dates meet those that were published?"""

from typing import Any

import numpy as np

from configurator import evaluate, reference
from configurator.design import Design
from configurator.evaluate import Side
from configurator.models import shop_counter, stone_prices
from configurator.models.ledger import Figure, Ledger, added
from configurator.models.ranges import Draws, Range, Samples, summary
from configurator.models.schedule import WORKING_DAYS_PER_WEEK
from configurator.reference import RealPiece
from configurator.units import MM3_PER_CM3
from configurator.validation.masses import KARATS, round_mm
from configurator.validation.pieces import as_listed, at_prices_of, made, over_missing, solitaire
from configurator.validation.report import Case, Check, banded, unexplained

CUSTOM, COUNTER, DATES = "price, custom", "price, shop counter", "time"
# Prices without tax in US dollars, as the notes of diamond_rebase_2008 and diamond_rebase_size_exponent work them out.
ANCHORS = (
    (0.5, "G", "VS2", 709 * 1.27 / 1.2),
    (1.0, "G", "VS2", 6_634 * 0.67 / 1.1),
    (2.5, "H", "SI1", 39_102 * 0.67 / 1.1),
)
DRAWN_MM = 3.4
CATALOGUE_YEAR = "2019"
GRADES = (("I", "SI2"), ("G", "VS2"), ("E", "VVS2"))  # what shops sell, from the off-the-shelf piece's up
ABOUT_CATALOGUE = "Karat and grades are not given, and the prices are undated."
SMALL_DIAMONDS = (
    "This seller asks two to three times what our tables make of many small diamonds; published prices of small stones "
    "are few, and ours may be too low."
)
ABOUT_RING = {
    "derek_wedding_band_men": "Just outside: its one stone seems a better one than the plain band's.",
    "siddhiksha_3_stone": SMALL_DIAMONDS,
    "vilina_engagement": SMALL_DIAMONDS,
    "gloria_engagement": SMALL_DIAMONDS,
    "filigree_engagement": f"{SMALL_DIAMONDS} Its openwork also takes more work than we count.",
}
THREE_QUARTERS_MM = 5.87  # a round of 0.75 ct


def price_cases() -> Check:
    """Published prices against ours."""
    rows = reference.load().retail

    def three_quarters(grades: tuple[str, str]) -> Range:
        raw = solitaire(mm=THREE_QUARTERS_MM)
        raw["stones"][0] |= {"colour": grades[0], "clarity": grades[1]}
        return _side(raw, "custom").quote.total_usd

    cases = (
        banded(
            "Custom 14k solitaire with a diamond of 0.75 ct",
            "USD",
            Range.of(rows["custom_solitaire_14k_price"]).mid,
            over_missing(three_quarters, grades=GRADES),
            CUSTOM,
            why="A jeweller's guide of 2026. The grades of its diamond are not given.",
        ),
        *(_anchor(*anchor) for anchor in ANCHORS),
        _tennis(),
        *_catalogue(),
    )
    return Check(
        id="prices",
        title="Published prices",
        question="Are our quotes where the market is?",
        compared="Whole pieces and single diamonds whose price is published, against our range for the same thing. An "
        "Indian catalogue of 2019 gives prices in rupees; there every ring's price is set against that of the heaviest "
        "plain band of the same catalogue, so that no exchange rate is needed, with gold at its price of that year.",
        bars=(unexplained(cases),),
        cases=cases,
        left_out=(
            "The Indian catalogue led to one mend: how far diamond prices have moved since 2008 is known from half a "
            "carat up, and is no longer carried on to lighter stones.",
            "Prices of brands: a name is priced, not a piece.",
            "The share of stone and metal in a custom price (70 to 80 %): one figure without a range of ours to try.",
            "Gold chains: the published prices went into the model and come out as they went in.",
        ),
        about=("pricing",),
    )


def _side(raw: dict[str, Any], route: str) -> Side:
    found = evaluate.evaluate(Design.from_dict(dict(raw)))
    return found.custom if route == "custom" else found.twin


def _anchor(weight_ct: float, colour: str, clarity: str, usd: float) -> Case:
    ledger = Ledger(reference.load(), Draws())
    found = stone_prices.diamond_usd(ledger, weight_ct, "round_brilliant", colour, clarity)
    label = f"Round diamond, {weight_ct:g} ct {colour} {clarity}, asked in 2024"
    return banded(label, "USD", usd, summary(found[1:], float(found[0])), CUSTOM, built_on=True)


def _tennis() -> Case:
    """A jeweller's account of where 5,000 dollars for a tennis bracelet go."""
    rows = reference.load().retail
    stone = {"role": "band", "gem": "diamond", "cut": "round_brilliant", "length_mm": 2.3, "width_mm": 2.3}
    side = _side({"piece": "bracelet", "style": "tennis", "stones": [stone]}, "mass")
    shop = next(line for line in side.quote.internal_lines if line.kind == "overhead")
    cost = side.quote.total_usd.mid - shop.mid
    ours = Range(*((cost + end) / cost for end in (shop.low, shop.mid, shop.high)))
    stated = 5_000 / Range.of(rows["mass_tennis_5000_cost_to_retailer"]).mid
    about = f"A bracelet that costs a shop 2,400 dollars; ours costs it {cost:,.0f}."
    return banded("Tennis bracelet, price over the shop's cost", "times", stated, ours, COUNTER, why=about)


def _catalogue() -> list[Case]:
    """Rings of one catalogue beside its plainest, heaviest band, draw by draw, at the gold price of their year."""
    ledger = Ledger(at_prices_of(CATALOGUE_YEAR), Draws())
    rings = [row for row in ledger.reference.real_pieces.values() if row.kind == "ring"]
    beside = ledger.reference.real_pieces["donald_wedding_ring_men_flat_band"]
    cases = []
    for row in rings:
        if row is beside:
            continue

        def ratio(metal: str, grades: tuple[str, str], row: RealPiece = row) -> Samples:
            own, band = (_at_the_counter(one, metal, grades, ledger) for one in (row, beside))
            return (own / band)[1:]

        stated = (row.sale_price or 0) / (beside.sale_price or 1)
        stones = "one diamond" if row.stone_count == 1 else f"{row.stone_count:g} diamonds"
        facts = f"{row.metal_mass_g:g} g of gold and {stones}, {row.stone_mass_g:g} g."
        about = " ".join((facts, ABOUT_CATALOGUE, ABOUT_RING.get(row.id, ""))).strip()
        label = f"{row.label}, beside the plain band"
        ours = over_missing(ratio, metal=KARATS, grades=GRADES)
        cases.append(banded(label, "times", stated, ours, COUNTER, why=about))
    return cases


def _at_the_counter(row: RealPiece, metal: str, grades: tuple[str, str], ledger: Ledger) -> Figure:
    """The shop's price of a ring of known weight and stones: as listed, not as drawn."""
    design, drawn = made(solitaire(mm=DRAWN_MM, metal=metal, prongs=4))
    graded = design.stones[0].model_copy(update={"colour": grades[0], "clarity": grades[1]})
    metal_mm3 = (row.metal_mass_g or 0) / ledger.reference.metals[metal].density_g_cm3 * MM3_PER_CM3
    listed = as_listed(drawn, metal_mm3, int(row.stone_count or 1), round_mm(row))
    bill = shop_counter.bill(design.model_copy(update={"stones": (graded,)}), listed, ledger, ())
    return added(bill.costs)


def lead_times() -> Check:
    """Published lead times against ours."""
    tables = reference.load()
    rows = tables.retail
    custom = _side(solitaire(), "custom").schedule
    bench = [f"custom_lead_{stage}" for stage in ("casting", "setting", "finishing")]
    at_bench = summary(np.sum([Draws().row(rows[id]) for id in bench], axis=0))
    weeks = 1 / WORKING_DAYS_PER_WEEK
    cases = (
        banded(
            "A custom ring, first meeting to delivery",
            "weeks",
            Range.of(rows["custom_lead_total"]).mid,
            custom.working_days.times(weeks),
            DATES,
        ),
        banded(
            "Casting to finish at a custom house",
            "weeks",
            Range.of(rows["custom_lead_casting_to_finish"]).mid,
            at_bench,
            DATES,
        ),
        banded(
            "Rings of one online catalogue",
            "weeks",
            (tables.real_pieces["marry_me_solitaire"].lead_time_days or 0) / 7,
            _side(solitaire(), "mass").schedule.working_days.times(weeks),
            DATES,
            built_on=True,
        ),
    )
    return Check(
        id="lead_times",
        title="Time to make",
        question="Is a piece ready when we say?",
        compared="Published lead times against the schedule of a ring with one stone, hallmarking left out.",
        bars=(unexplained(cases),),
        cases=cases,
        about=("schedule",),
    )
