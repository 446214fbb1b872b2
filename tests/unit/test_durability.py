"""The wear model against the rings that were weighed, against closed forms, and against common sense."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from configurator import geometry, reference, units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.durability import HORIZON_YEARS, Durability, wear
from configurator.models.hazards import hazards
from configurator.models.life import Life, relative_wear, thinning_um_per_year, yield_mpa
from configurator.models.ranges import Draws, Range, summary
from tests import measured_pieces as pieces

TABLES = reference.load()
DAILY = Life(TABLES, "daily", Draws())


def life_of(piece: tuple, wearer: str = "daily") -> Durability:
    return wear(*piece, TABLES, wearer=wearer)


def with_stones(shape: Measures, **changes: object) -> Measures:
    return replace(shape, stones=tuple(replace(stone, **changes) for stone in shape.stones))


def component(found: Durability, id: str) -> Range:
    return next(part.first_years for part in found.components if part.id == id)


# --- the rings that were weighed --------------------------------------------------------------------------------------


def weighed(metal: str, inner_diameter_mm: float) -> tuple[Design, Measures]:
    """The real geometry of a plain band 4 mm wide."""
    options = {"width_mm": 4.0, "thickness_mm": 1.5, "profile": "court"}
    chosen = Design(piece="ring", style="plain_band", metal=metal, options=options, inner_diameter_mm=inner_diameter_mm)
    whole = geometry.complete(chosen)
    return whole, geometry.build(whole).measures


def test_the_weighed_18k_ring_loses_what_it_lost() -> None:
    # 4 mm wide, US size 10; 6.15 mg in a year.
    stated = Range.of(TABLES.wear["wear_18k_yellow_mg_year"]).mid
    found = life_of(weighed("18k_yellow", 19.76)).metal_loss_mg_per_year
    assert found.low <= stated <= found.high


def test_the_weighed_14k_band_loses_a_tenth_in_its_46_years() -> None:
    rows = TABLES.wear
    start_g, lost_pct = (Range.of(rows[f"wear_14k_band_{what}"]).mid for what in ("start_mass", "total"))
    worn_years = Range.of(rows["wear_14k_band_years"]).mid
    found = life_of(weighed("14k_yellow", 19.0)).metal_loss_mg_per_year
    lost = [mg * worn_years / 1000 / start_g * 100 for mg in (found.low, found.mid, found.high)]
    assert lost[0] <= lost_pct <= lost[2]


def test_only_the_face_of_a_band_is_rubbed_at_the_measured_rate() -> None:
    design, shape = pieces.plain_band()
    face_mm2 = math.pi * (17.3 + 2 * 1.8) * 4
    um = summary(thinning_um_per_year(TABLES.metals["18k_yellow"], DAILY)).mid
    expected_mg = 1000 * units.mass_g(face_mm2 * um / 1000, TABLES.metals["18k_yellow"].density_g_cm3)
    assert wear(design, shape, TABLES).metal_loss_mg_per_year.mid == pytest.approx(expected_mg, rel=0.05)


def test_thinning_is_the_geometric_mean_of_the_two_rings_for_yellow_gold() -> None:
    found = summary(thinning_um_per_year(TABLES.metals["18k_yellow"], DAILY))
    assert found.mid == pytest.approx((1.4 * 2.7) ** 0.5, rel=0.05)


def test_uniform_wear_alone_takes_a_century_for_half_a_millimetre() -> None:
    stated = Range.of(TABLES.wear["years_to_lose_half_mm"])
    found = 500 / thinning_um_per_year(TABLES.metals["18k_yellow"], DAILY)
    assert stated.low <= np.median(found) <= stated.high * 1.1


def test_platinum_loses_less_than_gold_as_in_the_wear_test_though_it_is_softer() -> None:
    platinum, gold = TABLES.metals["pt950_ir"], TABLES.metals["18k_yellow"]
    assert platinum.hardness_hv < gold.hardness_hv
    ratio = np.median(thinning_um_per_year(platinum, DAILY)) / np.median(thinning_um_per_year(gold, DAILY))
    assert 0.33 <= ratio <= 0.5


def test_every_metal_that_can_be_a_body_has_a_wear_rate() -> None:
    for metal in TABLES.metals.values():
        assert Range.of(relative_wear(metal, TABLES)).low > 0


def test_yield_strength_is_the_tables_own_where_there_is_one() -> None:
    assert set(yield_mpa(TABLES.metals["sterling"], DAILY)) == {124.0}
    assert summary(yield_mpa(TABLES.metals["18k_yellow"], DAILY)).mid == pytest.approx(1.8 * 150, rel=0.05)


# --- closed forms -----------------------------------------------------------------------------------------------------


def test_the_band_lasts_its_spare_thickness_over_its_yearly_loss() -> None:
    design, shape = pieces.plain_band()
    assert shape.band is not None
    thin, thick = (
        next(h for h in hazards(design, replace(shape, band=replace(shape.band, thickness_mm=t)), DAILY))
        for t in (1.4, 1.8)
    )
    assert thin.id == thick.id == "band_thin"
    least = Range.of(TABLES.workshop["band_thickness_gold"]).low
    np.testing.assert_allclose(thick.first_years / thin.first_years, (1.8 - least) / (1.4 - least))


def test_a_band_at_the_workshops_minimum_is_worn_out_at_once() -> None:
    design, shape = pieces.plain_band()
    least = Range.of(TABLES.workshop["band_thickness_gold"]).low
    found = wear(design, replace(shape, band=replace(shape.band, thickness_mm=least)), TABLES)
    assert component(found, "band_thin") == Range(0, 0, 0)
    assert found.survival.p_intact[0] == 1
    assert found.survival.p_intact[1] == 0


def test_stones_lost_by_chance_follow_the_yearly_rate_of_the_table() -> None:
    # The ordinary head, four prongs: 1 % a year at mid, so a hundred years between losses at the median.
    design, shape = pieces.solitaire(prongs=4)
    ordinary = with_stones(shape, prong_diameter_mm=0.9, girdle_height_mm=5 - 0.61 * 6.5 / 2)
    found = next(h for h in hazards(design, ordinary, DAILY) if h.id == "stone_lost_center")
    assert np.median(found.every_years) == pytest.approx(100, rel=0.05)


# --- which way things go ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pieces.EVERY_PIECE)
def test_harder_wear_is_harder_on_every_part(name: str) -> None:
    lives = [life_of(pieces.EVERY_PIECE[name], wearer) for wearer in ("occasional", "daily", "manual")]
    for easier, harder in pairwise(lives):
        assert harder.mean_years_intact < easier.mean_years_intact
        assert all(h <= e for h, e in zip(harder.survival.p_intact, easier.survival.p_intact, strict=True))


def test_thicker_prongs_last_longer() -> None:
    design, shape = pieces.solitaire()
    thin, thick = (wear(design, with_stones(shape, prong_diameter_mm=d), TABLES) for d in (0.8, 1.2))
    assert component(thick, "prong_tips_center").mid > component(thin, "prong_tips_center").mid
    assert thick.mean_years_intact > thin.mean_years_intact


def test_six_prongs_keep_a_stone_longer_than_four() -> None:
    assert _lost_every(6) > 1.5 * _lost_every(4)


def _lost_every(prongs: int) -> float:
    found = hazards(*pieces.solitaire(prongs=prongs), DAILY)
    return float(np.median(next(h for h in found if h.id == "stone_lost_center").every_years))


def test_a_bezel_keeps_a_stone_longer_than_prongs() -> None:
    design, shape = pieces.solitaire()
    bezel = with_stones(shape, setting="bezel", prongs_per_stone=0, prong_diameter_mm=0.0)
    assert wear(design, bezel, TABLES).mean_years_intact > wear(design, shape, TABLES).mean_years_intact
    assert not any(part.id.startswith("prong_tips") for part in wear(design, bezel, TABLES).components)


@pytest.mark.parametrize(
    ("better", "worse"), [("sapphire_blue", "tanzanite"), ("amethyst", "opal"), ("diamond", "cz"), ("opal", "pearl")]
)
def test_a_softer_stone_needs_a_repair_sooner(better: str, worse: str) -> None:
    lives = [life_of(pieces.solitaire(gem=gem)).mean_years_intact for gem in (better, worse)]
    assert lives[0] > lives[1]


def test_diamond_dust_resistance_is_not_chip_resistance() -> None:
    # Hardest of all, yet it cleaves: it chips more often than a sapphire does.
    chips = [component(life_of(pieces.solitaire(gem=gem)), "stone_chipped_center").low for gem in ("ruby", "diamond")]
    assert chips[0] >= chips[1]
    assert component(life_of(pieces.solitaire()), "stone_dulled_center") == Range(50, 50, 50)


def test_bare_corners_chip_more() -> None:
    design, shape = pieces.solitaire(gem="emerald")
    lives = (wear(design, with_stones(shape, bare_tips=tips), TABLES) for tips in (0, 4))
    closed, bare = (component(found, "stone_chipped_center") for found in lives)
    assert bare.mid < closed.mid


def test_rhodium_is_renewed_and_is_no_repair() -> None:
    found = life_of(pieces.solitaire("14k_white_ni"))
    assert found.first_service == "Renew the rhodium"
    assert found.first_service_years.mid == pytest.approx(1, abs=0.2)
    assert found.first_repair_years.mid > 3
    gold = life_of(pieces.solitaire("14k_yellow"))
    assert gold.first_service_years == gold.first_repair_years


# --- what comes out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pieces.EVERY_PIECE)
def test_the_result_is_whole(name: str) -> None:
    found = life_of(pieces.EVERY_PIECE[name])
    assert found.survival.years == tuple(range(HORIZON_YEARS + 1))
    curves = [found.survival.p_intact, *(part.p_intact for part in found.components)]
    for curve in curves:
        assert len(curve) == HORIZON_YEARS + 1
        assert curve[0] == 1
        assert all(0 <= later <= earlier <= 1 for earlier, later in pairwise(curve))
    assert found.first_service_years.high <= HORIZON_YEARS
    assert found.weakest
    assert found.advice.endswith(".")
    for task in found.maintenance:
        assert task.every_years.low > 0
        assert task.cost_usd.high > 0
        assert task.sources
        assert set(task.sources) <= set(TABLES.sources)


def test_no_piece_survives_longer_than_its_weakest_part() -> None:
    found = life_of(pieces.three_stone())
    for part in found.components:
        assert all(whole <= own for whole, own in zip(found.survival.p_intact, part.p_intact, strict=True))


def test_the_same_seed_gives_the_same_life_and_another_seed_nearly_so() -> None:
    piece = pieces.solitaire()
    assert life_of(piece) == life_of(piece)
    other = wear(*piece, TABLES, draws=Draws(seed=1))
    assert other.mean_years_intact != life_of(piece).mean_years_intact
    assert other.mean_years_intact == pytest.approx(life_of(piece).mean_years_intact, rel=0.08)


def test_the_calendar_tells_care_from_repairs() -> None:
    jobs = {task.item: task for task in life_of(pieces.solitaire()).maintenance}
    assert jobs["Have the settings checked"].routine
    assert jobs["Professional clean and polish"].routine
    retip = jobs["Re-tip the prongs of the centre stone"]
    assert not retip.routine
    each = Range.of(TABLES.labour["prong_retip"])
    assert retip.cost_usd == each.times(6)
    assert "Have the settings checked" not in {task.item for task in life_of(pieces.plain_band()).maintenance}


def test_the_advice_is_a_change_that_was_tried_and_helps() -> None:
    assert "a bezel instead of prongs" in life_of(pieces.solitaire()).advice
    assert "a sapphire instead of the opal" in life_of(pieces.opal_bezel()).advice
    assert "thicker" in life_of(pieces.plain_band()).advice


def test_a_tungsten_band_needs_no_advice() -> None:
    assert life_of(pieces.plain_band("wc_ni")).advice == (
        "None of the changes we tried would make it last noticeably longer."
    )


def test_loss_scales_with_the_worn_surface() -> None:
    design, shape = pieces.plain_band()
    lives = (wear(design, replace(shape, worn_surface_mm2=area), TABLES) for area in (100, 200))
    once, twice = (found.metal_loss_mg_per_year.mid for found in lives)
    assert twice == pytest.approx(2 * once)
