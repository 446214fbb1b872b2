"""Pearls and cabochons: what they weigh, what may be cut so, what holds them, and what the browser is sent of them."""

import json
from typing import Any

import manifold3d
import numpy as np
import pytest

from configurator import evaluate, geometry, reference, units
from configurator.design import Design, InvalidDesign, Stone
from configurator.geometry import gems
from configurator.geometry.casting import fold_mm2, wall_mm
from configurator.geometry.pearls import GLUE_MM, PearlCup, drilled, hole_mm, pearl_cup
from configurator.geometry.solids import arrays
from configurator.ui.viewer.scene import pack_scene

TABLES = reference.load()
SIZES_MM = (5, 6, 7, 8, 9, 10)
PEARLS_MM = [4.0, 7.0, 12.0]


def cup_of(diameter_mm: float) -> PearlCup:
    stone = Stone(role="center", gem="pearl", cut="sphere", length_mm=diameter_mm, width_mm=diameter_mm)
    return pearl_cup(stone, 2.0)


def ring(style: str, gem: str, cut: str, width_mm: float = 7.0) -> Design:
    length_mm = round(width_mm * TABLES.cuts[cut].length_to_width_default, 2)
    stone = {"role": "center", "gem": gem, "cut": cut, "length_mm": length_mm, "width_mm": width_mm}
    return evaluate.complete(Design.from_dict({"piece": "ring", "style": style, "stones": [stone]}))


def test_pearls_weigh_what_the_trade_sells_to_a_momme() -> None:
    gravity = TABLES.gems["pearl"].specific_gravity
    ours = [units.weight_ct(gems.cut_stone("sphere", mm, mm).volume_mm3, gravity) for mm in SIZES_MM]
    trade = [TABLES.stones[f"pearl_weight_{mm}mm"].mid for mm in SIZES_MM]
    # Sold by half millimetres: a size holds pearls up to the next one, which are 18 % heavier at 9 mm, 33 % at 5 mm.
    for mm, own, sold in zip(SIZES_MM, ours, trade, strict=True):
        assert sold is not None
        assert own <= sold * 1.01
        assert sold < own * ((mm + 0.5) / mm) ** 3


@pytest.mark.parametrize("diameter_mm", PEARLS_MM)
@pytest.mark.parametrize("fine", [False, True])
def test_a_cup_is_one_whole_body_that_does_not_fold(diameter_mm: float, fine: bool) -> None:
    solid = cup_of(diameter_mm).solid(fine)
    assert solid.status() == manifold3d.Error.NoError
    assert (len(solid.decompose()), solid.genus()) == (1, 0)
    assert solid.volume() > 0
    assert fold_mm2(solid) < 1e-6


@pytest.mark.parametrize("diameter_mm", PEARLS_MM)
def test_a_drilled_pearl_goes_on_its_post_and_touches_nothing(diameter_mm: float) -> None:
    cup = cup_of(diameter_mm)
    pearl = manifold3d.Manifold.sphere(diameter_mm / 2, 256) - drilled(cup)
    metal = cup.solid(True)
    assert metal.min_gap(pearl, 1.0) > 0.02
    for lift_mm in (0.0, 0.3, 2.0, 20.0):
        assert (metal ^ pearl.translate((0, 0, lift_mm))).volume() == pytest.approx(0, abs=1e-9)
    assert (metal - cup.cutter()).volume() == pytest.approx(metal.volume(), rel=1e-9), "nothing is left to cut"
    # It would fall through without the dish: the glue lies between two surfaces that are near each other.
    lowered = pearl.translate((0, 0, -2 * GLUE_MM))
    assert (metal ^ lowered).volume() > 0


@pytest.mark.parametrize("diameter_mm", PEARLS_MM)
def test_the_post_is_as_the_workshop_has_it_and_walls_can_be_cast(diameter_mm: float) -> None:
    cup = cup_of(diameter_mm)
    wide_mm, deep_mm = hole_mm(diameter_mm)
    low, high = TABLES.workshop["pearl_post_diameter"].low, TABLES.workshop["pearl_post_diameter"].high
    assert low is not None
    assert high is not None
    assert low <= cup.post_mm <= high
    assert 0.4 * diameter_mm <= deep_mm <= 0.6 * diameter_mm, "drilled half way, never through"
    assert wide_mm > cup.post_mm
    at = -diameter_mm / 2 + cup.depth_mm / 2
    assert cup.solid(True).slice(at).area() == pytest.approx(np.pi / 4 * cup.post_mm**2, rel=0.01)
    _, thickness = wall_mm(*arrays(cup.solid(True)))
    assert np.quantile(thickness, 0.02) > 0.4


def test_measured_and_cast_cups_weigh_the_same() -> None:
    for diameter_mm in PEARLS_MM:
        cup = cup_of(diameter_mm)
        coarse, fine = cup.solid(False) - cup.space(), cup.solid(True) - cup.cutter()
        foot = manifold3d.Manifold.cube((9, 9, 9), center=True).translate((0, 0, -cup.height_mm - 4.5))
        assert (coarse - foot).volume() == pytest.approx((fine - foot).volume(), rel=0.02)


@pytest.mark.parametrize("width_mm", [4.0, 7.0, 10.0])
@pytest.mark.parametrize("profile", ["court", "flat", "knife_edge"])
def test_a_pearl_ring_casts_and_is_measured_right(width_mm: float, profile: str) -> None:
    stone = {"role": "center", "gem": "pearl", "cut": "sphere", "length_mm": width_mm, "width_mm": width_mm}
    raw = {"piece": "ring", "style": "pearl", "stones": [stone], "options": {"profile": profile}}
    design = geometry.complete(Design.from_dict(raw))
    casting, measures = geometry.cast(design), geometry.build(design).measures
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert casting.genus == 1
    assert measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
    assert measures.stones[0].setting == "post"


@pytest.mark.parametrize("style", ["bezel", "solitaire", "halo", "cathedral"])
@pytest.mark.parametrize("cut", ["round_cabochon", "oval_cabochon"])
@pytest.mark.parametrize("end", [0, 1])
def test_a_cabochon_casts_in_the_smallest_and_the_largest_size(style: str, cut: str, end: int) -> None:
    design = ring(style, "moonstone", cut, geometry.STYLES["ring"][style].ROLES_BY_NAME["center"].width_mm[end])
    casting = geometry.cast(design)
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert geometry.build(design).measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)


def test_a_pearl_is_only_ever_a_sphere() -> None:
    with pytest.raises(InvalidDesign) as refused:
        ring("solitaire", "pearl", "round_brilliant")
    said = str(refused.value)
    assert said == (
        "The centre stone is a pearl, and a pearl is always a sphere: choose the style Pearl, or choose another stone."
    )
    assert ring("pearl", "pearl", "sphere").stones[0].gem == "pearl"
    assert ring("pearl", "turquoise", "sphere").stones[0].gem == "turquoise", "a bead"


@pytest.mark.parametrize("gem", [gem.id for gem in TABLES.gems.values() if gem.form != "sphere"])
def test_any_other_gem_may_be_a_cabochon_or_have_facets(gem: str) -> None:
    for cut in ("oval_cabochon", "oval"):
        assert ring("bezel", gem, cut).stones[0].cut == cut


def test_the_usual_form_of_well_known_gems() -> None:
    usual = {
        gem: TABLES.gems[gem].form for gem in ("diamond", "ruby", "moonstone", "opal", "turquoise", "onyx", "pearl")
    }
    assert usual == {
        "diamond": "faceted",
        "ruby": "faceted",
        "moonstone": "cabochon",
        "opal": "cabochon",
        "turquoise": "cabochon",
        "onyx": "cabochon",
        "pearl": "sphere",
    }


@pytest.mark.parametrize("birthstone", TABLES.birthstones, ids=lambda row: row.id)
def test_every_birthstone_can_be_set_in_a_ring_in_its_usual_form(birthstone: reference.Birthstone) -> None:
    for gem in birthstone.gem_ids:
        form = TABLES.gems[gem].form
        cuts = {
            (name, cut)
            for name, style in geometry.STYLES["ring"].items()
            for role in style.ROLES
            if role.name == "center"
            for cut in role.cuts
            if geometry.form_of(cut) == form
        }
        assert cuts, f"no ring holds {gem} as {form}"
        style, cut = min(cuts)
        assert ring(style, gem, cut).stones[0].gem == gem


def sent(design: Design) -> dict[str, Any]:
    packed = pack_scene(geometry.build(design))
    header = json.loads(packed[8 : 8 + int.from_bytes(packed[4:8], "little")])
    return dict(header["stones"][0])


def test_a_browser_is_sent_the_true_surface_of_a_smooth_stone() -> None:
    cabochon, pearl = sent(ring("bezel", "opal", "oval_cabochon", 6.0)), sent(ring("pearl", "pearl", "sphere", 7.0))
    stone = gems.cut_stone("oval_cabochon", 7.8, 6.0)
    assert cabochon["dome"] == pytest.approx(
        [3.0, 3.9, stone.crown_height_mm, stone.girdle_half_mm, stone.culet_z_mm, 0], abs=6e-4
    )
    assert pearl["dome"] == pytest.approx([3.5, 3.5, 3.5, 0, -3.5, 1], abs=6e-4)
    assert (cabochon["planes"], pearl["planes"]) == (2, 1), "what is curved, and a flat base"
    assert sent(ring("bezel", "opal", "oval"))["dome"] is None
    assert cabochon["triangles"] == len(stone.faces), "every triangle is drawn"
