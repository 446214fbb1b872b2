"""The tables against what is known otherwise: formulas, mixtures, definitions, and each other."""

import math
import re
import shutil
from pathlib import Path

import pytest

from configurator import reference, units
from configurator.reference import BadTable, Gem, Metal, RingSize, delivered
from configurator.reference.catalogue import HOME

TABLES = reference.load()
PERMILLE_OF_ROUNDING = 1  # compositions are published in whole numbers
MIXED = [metal for metal in TABLES.metals.values() if abs(sum(metal.permille.values()) - 1000) <= PERMILLE_OF_ROUNDING]
MIXTURE_ERROR = 0.04


def ideal_density_g_cm3(metal: Metal) -> float:
    """Density if every element kept its own volume."""
    parts = metal.permille
    return sum(parts.values()) / sum(share / TABLES.elements[name].density_g_cm3 for name, share in parts.items())


@pytest.mark.parametrize("metal", MIXED, ids=lambda metal: metal.id)
def test_an_alloy_is_as_dense_as_the_mixture_of_its_elements(metal: Metal) -> None:
    assert metal.density_g_cm3 == pytest.approx(ideal_density_g_cm3(metal), rel=MIXTURE_ERROR)


def test_only_compounds_steels_and_pure_platings_have_no_complete_composition() -> None:
    incomplete = {metal.id for metal in TABLES.metals.values()} - {metal.id for metal in MIXED}
    assert incomplete == {"wc_ni", "ss316l", "rhodium_plate"}


def test_the_metal_that_names_an_alloy_is_its_largest_precious_part() -> None:
    for metal in TABLES.metals.values():
        if metal.kind != "other":
            precious = {"gold": "au", "silver": "ag", "platinum": "pt", "palladium": "pd"}[metal.kind]
            assert metal.permille[precious] >= 375, metal.id


def test_a_karat_is_a_twenty_fourth_part_of_gold() -> None:
    golds = [metal for metal in TABLES.metals.values() if metal.kind == "gold"]
    assert len(golds) >= 15
    for metal in golds:
        karat = int(metal.karat_text.removesuffix("k"))
        assert metal.au_permille == pytest.approx(karat / 24 * 1000, abs=7), metal.id  # 590 is sold as 14k


def test_a_nickel_alloy_says_so() -> None:
    assert all(metal.nickel for metal in TABLES.metals.values() if metal.ni_permille)


def test_pure_gold_reflects_red_more_than_blue_and_silver_nearly_everything() -> None:
    red, green, blue = TABLES.metals["24k"].reflectance
    assert red > green > blue
    assert min(TABLES.metals["fine_silver"].reflectance) > 0.9


@pytest.mark.parametrize("row", TABLES.ring_sizes, ids=lambda row: row.id)
def test_every_ring_size_follows_its_formula(row: RingSize) -> None:
    assert row.inner_diameter_mm == pytest.approx(units.us_ring_diameter_mm(row.us_size), abs=0.0006)
    assert units.us_ring_size(row.inner_diameter_mm) == pytest.approx(row.us_size, abs=0.001)
    assert row.inner_circumference_mm == pytest.approx(units.circumference_mm(row.inner_diameter_mm), abs=0.006)
    assert row.eu_size == units.eu_ring_size(row.inner_diameter_mm)
    assert row.ch_it_es_nl_size == pytest.approx(row.inner_circumference_mm - units.IN_SIZE_ZERO_MM, abs=0.06)
    assert row.uk_size == units.uk_ring_size(row.inner_diameter_mm)
    if row.jp_size is not None and row.jp_diameter_mm is not None:
        assert row.jp_size == row.cn_size == units.jp_ring_size(row.inner_diameter_mm)
        assert units.jp_ring_size(row.jp_diameter_mm) == row.jp_size
    if row.in_size is not None:
        assert row.in_size == units.in_ring_size(row.inner_diameter_mm)


def test_us_7_is_n_and_a_half_in_britain_and_not_n() -> None:
    seven = next(row for row in TABLES.ring_sizes if row.us_size == 7)
    assert seven.uk_size == "N½"
    assert (seven.eu_size, seven.jp_size) == (54, 14)


def test_ring_sizes_rise_by_half_sizes_without_a_gap() -> None:
    sizes = [row.us_size for row in TABLES.ring_sizes]
    assert sizes == [1 + step / 2 for step in range(len(sizes))]
    assert sizes[-1] == 16


def test_every_month_has_a_birthstone_in_every_list_and_every_birthstone_a_gem() -> None:
    lists = {row.list for row in TABLES.birthstones}
    assert lists == {"modern_us", "original_1912", "uk_1937", "traditional", "zodiac"}
    for name in lists:
        assert {row.month for row in TABLES.birthstones if row.list == name} == set(range(1, 13))
    assert [row.id for row in TABLES.birthstones if not set(row.gem_ids) & set(TABLES.gems)] == []


@pytest.mark.parametrize(
    ("stone", "gems"),
    [
        ("rock crystal", ("rock_crystal",)),
        ("jacinth", ("zircon_red", "garnet_hessonite")),
        ("sardius", ("carnelian", "sard")),
        ("chrysolite", ("peridot",)),
        ("agate", ("agate",)),
        ("beryl", ("aquamarine", "morganite", "emerald")),
    ],
)
def test_an_old_name_leads_to_what_the_trade_calls_it_now(stone: str, gems: tuple[str, ...]) -> None:
    assert {row.gem_ids for row in TABLES.birthstones if row.stone == stone} == {gems}


def test_corundum_bends_the_ordinary_ray_more() -> None:
    for gem in TABLES.gems.values():
        if gem.species == "corundum":
            assert gem.ri_o_or_low - gem.ri_e_or_high == pytest.approx(gem.birefringence, abs=0.0005)


def test_doubly_refracting_gems_say_how_much() -> None:
    ranges = {"cz", "opal", "opal_lab", "pearl", "moonstone"}  # their two indices are a range, as their notes say
    for gem in TABLES.gems.values():
        if gem.id not in ranges:
            # Tourmaline's mean indices (1.62, 1.64) and its birefringence (0.018) come from different samples.
            assert abs(gem.ri_o_or_low - gem.ri_e_or_high) == pytest.approx(gem.birefringence, abs=0.0025), gem.id


def test_stones_that_change_colour_or_are_of_two_colours_have_both() -> None:
    two = {gem.natural_id or gem.id for gem in TABLES.gems.values() if gem.body_hex_second}
    patterned = {"agate", "sardonyx", "bloodstone", "jasper", "lapis"}
    assert two == {"alexandrite", "ametrine"} | patterned
    assert {gem.id for gem in TABLES.gems.values() if gem.effect in ("banded", "spotted", "flecked")} == patterned


def test_a_fine_stone_costs_at_least_what_a_commercial_one_does_and_a_carat_grows_dearer_with_size() -> None:
    for gem in TABLES.gems.values():
        prices = gem.price_usd_per_ct
        assert len(prices) in (0, 5), gem.id
        assert all(fine >= commercial for _, commercial, fine in prices), gem.id
        if gem.id != "moissanite":  # made in any size; small ones cost more work a carat
            for column in (1, 2):
                steps = [row[column] for row in prices]
                assert steps == sorted(steps), gem.id
    assert [gem.id for gem in TABLES.gems.values() if not gem.price_usd_per_ct] == ["pearl"]


def test_what_is_grown_in_a_laboratory_is_marked() -> None:
    grown = {
        f"{gem.id}_lab" for gem in TABLES.gems.values() if gem.lab_grown_available == "yes" and not gem.is_lab_grown
    }
    assert {"diamond_lab", "sapphire_blue_lab", "ruby_lab", "emerald_lab", "alexandrite_lab", "opal_lab"} <= grown
    assert {gem.id for gem in TABLES.gems.values() if gem.is_lab_grown} == grown | {"moissanite", "cz"}


GROWN = [gem for gem in TABLES.gems.values() if gem.natural_id]


@pytest.mark.parametrize("grown", GROWN, ids=lambda gem: gem.id)
def test_a_grown_gem_is_the_natural_mineral_under_a_name_that_says_so(grown: Gem) -> None:
    natural = TABLES.gems[grown.natural_id or ""]
    assert grown.label == f"{natural.label}, laboratory-grown"
    assert (grown.species, grown.optics, grown.effect) == (natural.species, natural.optics, natural.effect)
    assert grown.specific_gravity == pytest.approx(natural.specific_gravity, rel=0.02)
    assert grown.refractive_index == pytest.approx(natural.refractive_index, rel=0.03)  # opal is a wide range


@pytest.mark.parametrize("grown", [gem for gem in GROWN if gem.id != "diamond_lab"], ids=lambda gem: gem.id)
def test_a_grown_gem_without_prices_of_its_own_costs_the_tables_share_of_the_natural_one(grown: Gem) -> None:
    natural = TABLES.gems[grown.natural_id or ""]
    low, high = natural.lab_price_ratio_low, natural.lab_price_ratio_high
    assert low is not None
    assert high is not None
    for (carat, cheap, fine), (_, natural_cheap, natural_fine) in zip(
        grown.price_usd_per_ct, natural.price_usd_per_ct, strict=True
    ):
        assert cheap == pytest.approx(max(natural_cheap * low, 0.5), rel=0.01), carat  # half a dollar is the least
        assert fine == pytest.approx(natural_fine * high, rel=0.01), carat
        assert fine < natural_fine
    assert grown.price_confidence == "low"


def test_a_grown_gem_without_a_row_and_a_row_without_its_natural_gem_are_refused(tmp_path: Path) -> None:
    shutil.copytree(HOME, tmp_path / "copy", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    table = tmp_path / "copy" / "tables" / "gems.csv"
    whole = table.read_text(encoding="utf-8")
    for lost in ("ruby_lab", "ruby"):
        table.write_text("".join(r for r in whole.splitlines(True) if not r.startswith(f"{lost},")), encoding="utf-8")
        with pytest.raises(BadTable, match="ruby"):
            delivered.__wrapped__(tmp_path / "copy")


def test_light_passes_straight_through_most_gems_but_not_through_these() -> None:
    opaque = {gem.id for gem in TABLES.gems.values() if not gem.transparent}
    chalcedonies = {gem.id for gem in TABLES.gems.values() if gem.species.startswith("chalcedony")}
    assert chalcedonies >= {"chalcedony", "carnelian", "sard", "chrysoprase", "agate", "jasper", "bloodstone", "onyx"}
    assert opaque == {"pearl", "turquoise", "lapis", "opal", "opal_lab", "moonstone"} | chalcedonies
    lit = {gem.id for gem in TABLES.gems.values() if gem.effect == "translucent"}
    assert lit == {"chalcedony", "carnelian", "sard", "chrysoprase"}


def test_the_weight_factor_of_a_cut_is_that_of_any_gem_times_the_gravity_of_diamond() -> None:
    diamond = TABLES.gems["diamond"].specific_gravity
    for cut in TABLES.cuts.values():
        if cut.weight_factor_ct_per_mm3 is not None:
            assert cut.volume_factor_ct_per_mm3 is not None
            assert cut.volume_factor_ct_per_mm3 * diamond == pytest.approx(cut.weight_factor_ct_per_mm3, rel=0.001)


def test_a_published_weight_factor_is_close_to_that_of_real_stones() -> None:
    measured = TABLES.stones["diamond_weight_factor"]
    published = TABLES.cuts["round_brilliant"].weight_factor_ct_per_mm3
    assert measured.low is not None
    assert measured.high is not None
    assert published is not None
    assert measured.low < published < measured.high


def test_the_latest_price_of_each_metal_is_the_newest() -> None:
    assert {name: TABLES.latest_spot(name).date for name in TABLES.spot} == {
        "gold": "2026-06",
        "silver": "2026-06",
        "platinum": "2026-06",
        "palladium": "2026-01-02",
        "rhodium": "2022-04-13",
    }
    assert TABLES.latest_usd_per_g("gold") == pytest.approx(4228 / 31.1034768)


def test_monthly_prices_run_without_a_gap() -> None:
    for metal in ("gold", "silver", "platinum"):
        months = [tuple(map(int, price.date.split("-"))) for price in TABLES.monthly_spot(metal)]
        assert len(months) >= 30
        counted = [year * 12 + month for year, month in months]
        assert counted == list(range(counted[0], counted[0] + len(counted)))


def test_an_annual_price_is_the_mean_of_its_months() -> None:
    for metal in ("gold", "silver", "platinum"):
        for year in ("2024", "2025"):
            months = [p.usd_per_troy_ounce for p in TABLES.monthly_spot(metal) if p.date.startswith(year)]
            given = next(p for p in TABLES.spot[metal] if p.date == year and p.kind == "annual_average")
            assert given.usd_per_troy_ounce == pytest.approx(math.fsum(months) / 12, abs=0.006)


@pytest.mark.parametrize("fit", [TABLES.diamond_fit, TABLES.diamond_fit_smooth], ids=["steps", "smooth"])
def test_the_diamond_fit_knows_every_grade_and_orders_them(fit: reference.DiamondFit) -> None:
    colours = [fit.colour[grade] for grade in "DEFGHIJ"]
    clarities = [fit.clarity[grade] for grade in ("IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1")]
    cuts = [fit.cut[grade] for grade in ("Ideal", "Premium", "Very Good", "Good", "Fair")]
    for grades in (colours, clarities, cuts):
        assert grades == sorted(grades, reverse=True)
    assert fit.colour["G"] == fit.clarity["VS2"] == fit.cut["Ideal"] == 0
    assert len(fit.ln_carat) == 4
    assert 1 < fit.smearing_factor < 1.02
    assert fit.as_of == "2008"


def test_the_stepped_diamond_fit_jumps_at_the_traded_weights() -> None:
    assert [carat for carat, _ in TABLES.diamond_fit.steps] == [0.3, 0.4, 0.5, 0.7, 0.9, 1.0, 1.2, 1.5, 2.0, 3.0]
    assert TABLES.diamond_fit_smooth.steps == ()


def test_the_weighed_wedding_band_lost_what_its_two_masses_say() -> None:
    start, end, years, share, rate = (
        TABLES.wear[f"wear_14k_band_{name}"].mid for name in ("start_mass", "end_mass", "years", "total", "mg_year")
    )
    assert None not in (start, end, years, share, rate)
    assert (start - end) / start * 100 == pytest.approx(share, abs=0.05)
    assert (start - end) * 1000 / years == pytest.approx(rate, abs=0.05)


def test_the_diamond_anchor_is_the_price_row_over_the_fit() -> None:
    """What the note of diamond_rebase_2008 says, worked again."""
    fit, rebase = TABLES.diamond_fit, TABLES.assumptions["diamond_rebase_2008"]
    at_one_carat = fit.intercept + sum(shift for carat, shift in fit.steps if carat <= 1) + fit.cut["Very Good"]
    fine = math.exp(at_one_carat + (fit.colour["G"] + fit.colour["H"] + fit.clarity["VS1"] + fit.clarity["VS2"]) / 2)
    plain = math.exp(at_one_carat + (fit.colour["I"] + fit.colour["J"] + fit.clarity["SI1"] + fit.clarity["SI2"]) / 2)
    anchors = next(row for row in TABLES.gems["diamond"].price_usd_per_ct if row[0] == 1)
    assert rebase.low == pytest.approx(anchors[1] / plain, abs=0.006)
    assert rebase.high == pytest.approx(anchors[2] / fine, abs=0.006)


def test_every_pair_of_sizes_of_a_real_diamond_gives_its_weight() -> None:
    factor = TABLES.stones["diamond_weight_factor"]
    for size in TABLES.diamond_sizes:
        weight = factor.mid * size.diameter_mm**2 * size.depth_mm  # type: ignore[operator]
        assert weight == pytest.approx(size.carat, rel=0.03), size.id


def test_a_twin_rule_that_maps_a_metal_maps_it_to_one_we_know() -> None:
    for rule in TABLES.twin_rules.values():
        if match := re.fullmatch(r"metal:(\w+)", rule.changes):
            assert match[1] in TABLES.metals, rule.id
            assert rule.to in TABLES.metals, rule.id


def test_every_real_piece_has_something_to_check() -> None:
    for piece in TABLES.real_pieces.values():
        assert any((piece.metal_mass_g, piece.metal_volume_mm3, piece.top_height_or_thickness_mm)), piece.id
        assert (piece.list_price is None) == (piece.currency is None), piece.id
