"""What a piece brings, against documented cases and against common sense; what owning it costs."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from configurator import reference, units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.durability import wear
from configurator.models.ownership import own
from configurator.models.price_paths import (
    HORIZON_YEARS,
    YEARS,
    YEARS_DRAWN,
    every_year,
    past_factor,
    price_moves,
    redrawn,
)
from configurator.models.pricing import price
from configurator.models.ranges import Draws, Range, summary
from configurator.models.resale import NOTHING_RECOVERED, UPGRADE, Channel, Resale, break_even, resell
from configurator.models.resale_routes import stone_values
from tests import measured_pieces as pieces

TABLES = reference.load()
DRAWS = Draws(count=1_000)


def resale_of(piece: tuple[Design, Measures], route: str = "custom", **options: Any) -> Resale:
    design, shape = piece
    return resell(design, shape, price(design, shape, TABLES, route), wear(design, shape, TABLES), TABLES, **options)


def channel(found: Resale, id: str) -> Channel:
    return next(one for one in found.channels if one.id == id)


def price_of(piece: tuple[Design, Measures], route: str = "custom") -> float:
    return price(*piece, TABLES, route).total_usd.mid


def at_once(piece: tuple[Design, Measures], id: str, route: str = "custom") -> Range:
    """What a channel brings in the first week, as a share of the price paid."""
    paid = price_of(piece, route)
    one = channel(resale_of(piece, route), id)
    return Range(one.low[0] / paid, one.mid[0] / paid, one.high[0] / paid)


def overlap(ours: Range, theirs: Range) -> bool:
    return ours.low <= theirs.high and theirs.low <= ours.high


def row(id: str) -> Range:
    return Range.of(TABLES.resale[id])


# --- documented cases -------------------------------------------------------------------------------------------------


def test_scrap_of_a_plain_band_is_the_tables_share_of_melt() -> None:
    design, shape = pieces.plain_band()
    metal = TABLES.metals[design.metal]
    melt = units.mass_g(shape.metal_volume_mm3, metal.density_g_cm3) * (
        metal.au_permille / 1000 * TABLES.latest_usd_per_g("gold")
        + metal.ag_permille / 1000 * TABLES.latest_usd_per_g("silver")
    )
    found = resale_of((design, shape))
    assert channel(found, "scrap").mid[0] == pytest.approx(melt * row("gold_scrap_pawn_shop").mid / 100, rel=0.01)
    assert channel(found, "local_buyer").mid[0] == pytest.approx(
        melt * row("gold_scrap_local_buyer").mid / 100, rel=0.01
    )


@pytest.mark.parametrize(
    ("case", "piece", "id", "route"),
    [
        ("diamond_ring_all_channels", pieces.solitaire(), "private_sale", "mass"),
        ("diamond_ring_private_sale", pieces.solitaire(), "private_sale", "mass"),
        ("diamond_ring_pawn_shop", pieces.solitaire(), "local_buyer", "mass"),
        ("lab_diamond_all_channels", pieces.solitaire(gem="diamond_lab"), "private_sale", "custom"),
        ("custom_unsigned_auction", pieces.solitaire(), "private_sale", "custom"),
    ],
)
def test_documented_shares_of_retail_meet_the_model(case: str, piece: tuple, id: str, route: str) -> None:
    stated = row(case)
    ours = at_once(piece, id, route)
    assert overlap(ours, Range(stated.low / 100, stated.mid / 100, stated.high / 100))


def test_a_mass_gold_band_falls_at_the_counter_as_the_table_derives() -> None:
    fall = row("first_day_fall_mass_gold")
    left = Range(1 + fall.low / 100, 1 + fall.mid / 100, 1 + fall.high / 100)
    assert overlap(at_once(pieces.plain_band(), "local_buyer", "mass"), left)


@pytest.mark.parametrize("gem", ["emerald", "ruby", "sapphire_blue"])
def test_auction_starts_of_coloured_rings_meet_the_model(gem: str) -> None:
    # The case is what a lot starts at, net of melt, per carat of the main stone, before the house's costs.
    piece = pieces.solitaire("18k_yellow", gem)
    weight_ct = units.weight_ct(piece[1].stones[0].volume_mm3, TABLES.gems[gem].specific_gravity)
    melt_usd = _auction_metal_usd(piece)
    kept = 1 - row("auction_costs").mid / 100
    ours = channel(resale_of(piece), "auction")
    per_ct = Range(*((end[0] / kept - melt_usd) / weight_ct for end in (ours.low, ours.mid, ours.high)))
    assert overlap(per_ct, row(f"{gem}_ring_auction_start"))  # the row is quartiles


def _auction_metal_usd(piece: tuple[Design, Measures]) -> float:
    design, shape = piece
    metal = TABLES.metals[design.metal]
    grams = units.mass_g(shape.metal_volume_mm3, metal.density_g_cm3)
    shares = {"gold": metal.au_permille, "silver": metal.ag_permille}
    return grams * sum(permille / 1000 * TABLES.latest_usd_per_g(element) for element, permille in shares.items())


def test_the_designer_ring_of_small_stones_brought_what_its_metal_brings() -> None:
    # USD 211 was offered for a ring of 5,500 with 0.65 ct in small stones, which buyers who break up pay nothing for.
    design, shape = pieces.halo("18k_yellow")
    small = replace(shape, stones=shape.stones[1:])
    only_halo = design.model_copy(update={"stones": design.stones[1:]})
    found = channel(resale_of((only_halo, small)), "local_buyer")
    melt = _auction_metal_usd((only_halo, small))
    assert found.mid[0] == pytest.approx(melt * row("gold_scrap_local_buyer").mid / 100, rel=0.01)


def test_ordinary_diamond_rings_start_lower_at_auction_than_we_say_they_end() -> None:
    # Five rings of 1 ct started at 84-165 USD net of melt. The model speaks of what the seller gets at the end.
    ours = channel(resale_of(pieces.solitaire("18k_yellow")), "auction")
    assert ours.mid[0] > row("diamond_1ct_ring_auction_start").high
    assert "start prices" in " ".join(resale_of(pieces.solitaire()).notes)


# --- which way things go ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["local_buyer", "private_sale"])
def test_a_lab_grown_diamond_keeps_a_smaller_share_than_a_natural_one(id: str) -> None:
    natural, lab = (at_once(pieces.solitaire(gem=gem), id).mid for gem in ("diamond", "diamond_lab"))
    assert lab < natural / 1.5


def test_the_value_of_a_lab_grown_solitaire_falls_with_the_years() -> None:
    found = channel(resale_of(pieces.solitaire(gem="diamond_lab")), "private_sale")
    assert found.mid[30] < found.mid[10] < found.mid[0]


def test_an_inscription_lowers_what_a_private_buyer_pays_but_not_the_melt() -> None:
    plain, told = (resale_of(pieces.solitaire(text=text)) for text in ("", "Toujours"))
    assert channel(told, "private_sale").mid[0] < channel(plain, "private_sale").mid[0]
    assert channel(told, "scrap").mid == channel(plain, "scrap").mid


def test_scrap_pays_least_for_a_piece_with_a_stone() -> None:
    found = resale_of(pieces.solitaire())
    assert min(found.channels, key=lambda one: one.mid[0]).id == "scrap"


def test_the_price_paid_for_making_comes_back_in_no_channel() -> None:
    design, shape = pieces.solitaire()
    quote = price(design, shape, TABLES)
    dearer = replace(quote, total_usd=quote.total_usd.times(2))
    life = wear(design, shape, TABLES)
    cheap, dear = (resell(design, shape, one, life, TABLES) for one in (quote, dearer))
    assert [one.mid for one in cheap.channels] == [one.mid for one in dear.channels]
    assert cheap.notes[0] == NOTHING_RECOVERED


def test_titanium_has_no_scrap_value() -> None:
    found = resale_of(pieces.plain_band("ti_gr5"))
    assert set(channel(found, "scrap").high) == {0.0}
    assert channel(found, "private_sale").mid[0] < 0.2 * price_of(pieces.plain_band("ti_gr5"))


def test_more_metal_brings_more() -> None:
    design, shape = pieces.plain_band()
    heavy = replace(shape, metal_volume_mm3=2 * shape.metal_volume_mm3)
    light, more = (channel(resale_of((design, one)), "scrap").mid[0] for one in (shape, heavy))
    assert more == pytest.approx(2 * light, rel=1e-6)


# --- what comes out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["custom", "mass"])
@pytest.mark.parametrize("name", pieces.EVERY_PIECE)
def test_the_result_is_whole(name: str, route: str) -> None:
    found = resale_of(pieces.EVERY_PIECE[name], route)
    for one in found.channels:
        assert one.years == YEARS == tuple(range(HORIZON_YEARS + 1))
        for low, mid, high in zip(one.low, one.mid, one.high, strict=True):
            assert 0 <= low <= mid <= high < 1.5 * price_of(pieces.EVERY_PIECE[name], route)
    cost = found.ownership_cost_usd
    assert cost.years == HORIZON_YEARS
    assert cost.low < cost.mid < cost.high
    assert found.best in {one.id for one in found.channels}
    assert found.ownership_per_year_usd.mid == pytest.approx(cost.mid / HORIZON_YEARS)


def test_the_same_seed_gives_the_same_values() -> None:
    piece = pieces.solitaire()
    assert resale_of(piece).channels == resale_of(piece).channels
    assert resale_of(piece, draws=Draws(1)).channels != resale_of(piece).channels
    other, usual = (
        channel(found, "private_sale").mid[0] for found in (resale_of(piece, draws=Draws(1)), resale_of(piece))
    )
    assert other == pytest.approx(usual, rel=0.05)


def test_price_paths_have_no_drift_and_widen() -> None:
    moves = price_moves(TABLES, "gold", DRAWS)
    assert np.array_equal(moves[0], np.ones(1_000))
    widths = [np.quantile(np.log(year), 0.9) - np.quantile(np.log(year), 0.1) for year in moves]
    assert widths == sorted(widths)
    monthly = np.diff(np.log([one.usd_per_troy_ounce for one in TABLES.monthly_spot("gold")]))
    spread = monthly.std() * np.sqrt(12 * 30)
    assert abs(np.median(np.log(moves[-1]))) < 4 * 1.25 * spread / np.sqrt(1_000)
    assert np.log(moves[-1]).std() == pytest.approx(spread, rel=0.1)


def test_metals_move_together_as_they_did() -> None:
    returns = {e: np.diff(np.log([p.usd_per_troy_ounce for p in TABLES.monthly_spot(e)])) for e in ("gold", "silver")}
    seen = np.corrcoef(returns["gold"], returns["silver"])[0, 1]
    paths = [np.log(price_moves(TABLES, element, DRAWS)[-1]) for element in ("gold", "silver")]
    assert np.corrcoef(*paths)[0, 1] == pytest.approx(seen, abs=0.1)


def test_palladium_borrows_the_moves_of_platinum() -> None:
    assert np.array_equal(price_moves(TABLES, "palladium", DRAWS), price_moves(TABLES, "platinum", DRAWS))


def test_redrawn_figures_keep_their_percentiles() -> None:
    given = Range(70, 100, 180)
    found = summary(redrawn(DRAWS, "x", given))
    assert (found.low, found.mid, found.high) == pytest.approx((70, 100, 180), rel=0.01)
    assert set(redrawn(DRAWS, "x", Range(5, 5, 5))) == {5.0}


def test_years_between_the_drawn_ones_lie_straight_between_them() -> None:
    drawn = np.array([[3 * year + 1, -year] for year in YEARS_DRAWN], dtype=np.float64)
    np.testing.assert_allclose(every_year(drawn), [[3 * year + 1, -year] for year in YEARS])


# --- thirty years -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_pct", [0, 2, 15])
def test_ownership_adds_up_when_nothing_is_uncertain(rate_pct: float) -> None:
    design, shape = pieces.plain_band()
    life = replace(wear(design, shape, TABLES), maintenance=())
    paid, back = np.full(1_000, 5_000.0), np.full((len(YEARS_DRAWN), 1_000), 300.0)
    premiums = DRAWS.row(TABLES.wear["insurance_premium"]) / 100 * 5_000
    parts, owned = own(paid, back, life, TABLES, DRAWS, rate_pct=rate_pct)
    kept = 1 / (1 + rate_pct / 100)
    for place, until in enumerate(YEARS_DRAWN):
        expected = 5_000 + premiums * sum(kept**year for year in range(1, until + 1)) - 300 * kept**until
        np.testing.assert_allclose(owned[place], expected, rtol=1e-6)
    assert parts.upkeep_usd == Range(0, 0, 0)


@pytest.mark.parametrize("rate_pct", [0, 3])
def test_upkeep_comes_as_often_as_the_calendar_says(rate_pct: float) -> None:
    design, shape = pieces.plain_band()
    usual = wear(design, shape, TABLES)
    task = replace(usual.maintenance[0], every_years=Range(7, 7, 7), cost_usd=Range(50, 50, 50), by_chance=False)
    paid = np.full(1_000, 900.0)  # too little to be insured, and enough to be cared for
    back, life = np.zeros((len(YEARS_DRAWN), 1_000)), replace(usual, maintenance=(task,))
    parts, owned = own(paid, back, life, TABLES, DRAWS, rate_pct=rate_pct)
    visits = sum(50 * (1 + rate_pct / 100) ** -year for year in (7, 14, 21, 28))
    np.testing.assert_allclose(owned[-1] - 900, visits, rtol=1e-4)
    assert parts.upkeep_usd.mid > 0


def test_a_cheap_piece_is_not_insured_or_cared_for_beyond_its_worth() -> None:
    """A silver disc of 100 dollars was said to cost 1,500 in thirty years: insured, and polished every other year."""
    design, shape = pieces.plain_band()
    usual = wear(design, shape, TABLES)
    back, paid = np.zeros((len(YEARS_DRAWN), 1_000)), np.full(1_000, 100.0)
    polish = next(task for task in usual.maintenance if "polish" in task.item)
    parts, _ = own(paid, back, replace(usual, maintenance=(polish,)), TABLES, DRAWS, rate_pct=0)
    assert parts.insurance_usd == Range(0, 0, 0)
    assert parts.upkeep_usd.mid == 0
    rebuilt = replace(polish, routine=False, every_years=Range(15, 15, 15), cost_usd=Range(400, 400, 400))
    parts, _ = own(paid, back, replace(usual, maintenance=(rebuilt,)), TABLES, DRAWS, rate_pct=0)
    assert parts.upkeep_usd.mid == pytest.approx(200)
    dear = np.full(1_000, 4_000.0)
    parts, _ = own(dear, back, replace(usual, maintenance=(polish,)), TABLES, DRAWS, rate_pct=0)
    assert parts.insurance_usd.low > 0 < parts.upkeep_usd.low


def test_a_cheaper_piece_of_the_same_kind_costs_less_to_own() -> None:
    piece = pieces.solitaire(gem="diamond_lab")
    custom, mass = resale_of(piece), resale_of(piece, "mass")
    found = break_even(custom, mass)
    assert price_of(piece) > price_of(piece, "mass")
    assert found.years is None
    assert found.probability < 1 / 2
    other_way = break_even(mass, custom)
    assert other_way.years == 0
    assert all(0 <= share <= 1 for share in other_way.probability_by_year)


def test_a_piece_breaks_even_with_itself_at_once() -> None:
    found = resale_of(pieces.solitaire())
    assert break_even(found, found).years == 0
    assert break_even(found, found).probability == 1


# --- what the scenario assumes ----------------------------------------------------------------------------------------


def test_each_day_it_is_worn_costs_what_owning_it_costs_over_those_days() -> None:
    days = TABLES.assumptions["days_worn_daily"]
    sure = replace(TABLES, assumptions={**TABLES.assumptions, days.id: replace(days, low=300, mid=300, high=300)})
    design, shape = pieces.solitaire()
    found = resell(design, shape, price(design, shape, sure), wear(design, shape, sure), sure)
    each, owned = found.cost_per_wear_by_year, found.ownership_by_year
    assert each.years == YEARS[1:]
    for end in ("low", "mid", "high"):
        so_far = [usd / (300 * year) for usd, year in zip(getattr(owned, end), YEARS, strict=True) if year]
        np.testing.assert_allclose(getattr(each, end), so_far, rtol=1e-5)


def test_a_piece_worn_on_few_days_costs_more_each_day() -> None:
    design, shape = pieces.solitaire()
    quote = price(design, shape, TABLES)
    seldom, daily = (
        resell(design, shape, quote, wear(design, shape, TABLES, wearer=wearer), TABLES).cost_per_wear_by_year.mid
        for wearer in ("occasional", "daily")
    )
    assert all(few > 2 * many for few, many in zip(seldom, daily, strict=True))


def test_the_outlook_moves_the_metal_by_its_own_drift() -> None:
    piece = pieces.plain_band("24k")
    flat, past, falling = (
        channel(resale_of(piece, outlook=outlook), "scrap") for outlook in ("flat", "past", "falling")
    )
    assert flat.mid[0] == past.mid[0] == falling.mid[0]
    inflation = Range.of(TABLES.assumptions["inflation_since_2000_pct"]).mid / 100
    fall = Range.of(TABLES.assumptions["metal_drift_falling_pct"]).mid / 100
    assert past.mid[30] / flat.mid[30] == pytest.approx((past_factor(TABLES, "gold") / (1 + inflation)) ** 30, rel=0.02)
    assert falling.mid[30] / flat.mid[30] == pytest.approx((1 + fall) ** 30, rel=0.1)  # the drift is drawn: skewed


def test_the_past_is_what_the_yearly_averages_say() -> None:
    first, last = (
        next(p for p in TABLES.spot["gold"] if p.id == f"gold_{year}_annual_average") for year in (2000, 2025)
    )
    assert first.usd_per_troy_ounce * past_factor(TABLES, "gold") ** 25 == pytest.approx(last.usd_per_troy_ounce)
    assert past_factor(TABLES, "palladium") == past_factor(TABLES, "platinum")


def test_ownership_and_break_even_go_by_the_channel_that_was_asked_for() -> None:
    piece = pieces.solitaire()
    best, scrap = resale_of(piece), resale_of(piece, channel="scrap")
    assert best.chosen.id == best.best != "scrap"
    assert (scrap.chosen.id, scrap.best) == ("scrap", best.best)
    assert scrap.channels == best.channels
    less_back = best.ownership_parts.exit_usd.mid - scrap.ownership_parts.exit_usd.mid
    assert less_back > 0
    assert scrap.ownership_cost_usd.mid - best.ownership_cost_usd.mid == pytest.approx(less_back, rel=0.2)
    assert scrap.share_of_price.mid == pytest.approx(at_once(piece, "scrap").mid, rel=0.05)


def test_money_that_counts_for_less_later_lowers_what_is_paid_later() -> None:
    sooner, later = (resale_of(pieces.solitaire(), rate_pct=rate).ownership_parts for rate in (0, 4))
    for part in ("insurance_usd", "upkeep_usd", "exit_usd"):
        assert getattr(later, part).mid < getattr(sooner, part).mid
    assert later.purchase_usd == sooner.purchase_usd


# --- consignment, and credit towards a dearer piece -------------------------------------------------------------------


def test_of_a_consigned_band_the_owner_keeps_what_the_commission_leaves() -> None:
    found = resale_of(pieces.plain_band())
    kept = 1 - row("consignment_commission").mid / 100
    assert channel(found, "consignment").mid == pytest.approx(
        tuple(kept * usd for usd in channel(found, "private_sale").mid), rel=1e-4
    )


def test_a_consigned_diamond_brings_its_asking_price_less_haggling_and_commission() -> None:
    assumed = TABLES.assumptions
    sold = row("diamond_ring_consignment").mid / 100 * Range.of(assumed["consignment_sold_over_asked"]).mid
    kept = 1 - row("consignment_commission").mid / 100
    ring = pieces.solitaire()
    found = resale_of(ring, draws=DRAWS)
    stone = float(np.median(stone_values(*ring, TABLES, DRAWS, commercial=False)[0].today_usd))
    melt = channel(found, "scrap").mid[0] / (row("gold_scrap_pawn_shop").mid / 100)
    metal = melt * Range.of(assumed["metal_private_sale"]).mid
    assert channel(found, "consignment").mid[0] == pytest.approx(kept * (sold * stone + metal), rel=0.03)


@pytest.mark.parametrize("route", ["custom", "mass"])
def test_upgrade_credit_is_the_price_of_the_stone_and_never_the_best_way_of_selling(route: str) -> None:
    ring = pieces.solitaire()
    found = resale_of(ring, route, draws=DRAWS)
    stone = stone_values(*ring, TABLES, DRAWS, commercial=False)[0].today_usd
    credit = channel(found, "upgrade")
    assert float(np.median(stone)) < credit.mid[0] < price_of(ring, route)
    assert credit.mid[0] > max(one.mid[0] for one in found.channels if one.id != "upgrade")
    assert found.best != "upgrade"
    assert found.chosen.id == found.best
    assert UPGRADE in found.notes
    years, lost = 30, 1 + Range.of(TABLES.assumptions["inflation_since_2000_pct"]).mid / 100
    assert credit.mid[years] < credit.mid[0] / lost**years * 1.3, "so many dollars lose with inflation"
    asked = resale_of(ring, route, channel="upgrade")
    assert asked.chosen.id == "upgrade"
    assert asked.ownership_cost_usd.mid < found.ownership_cost_usd.mid


@pytest.mark.parametrize(
    "piece", [pieces.plain_band(), pieces.solitaire(gem="diamond_lab"), pieces.solitaire(gem="sapphire_blue")]
)
def test_where_no_seller_gives_credit_the_best_way_of_selling_is_taken(piece: tuple[Design, Measures]) -> None:
    found = resale_of(piece, channel="upgrade")
    assert "upgrade" not in {one.id for one in found.channels}
    assert UPGRADE not in found.notes
    assert found.chosen.id == found.best
    assert found.ownership_cost_usd == resale_of(piece).ownership_cost_usd
