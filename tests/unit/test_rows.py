"""Eternity rings: rows of stones that close, keep their distance, and weigh what the fine solid weighs."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import cKDTree

from configurator import geometry
from configurator.design import Design
from configurator.geometry.casting import fold_mm2
from configurator.geometry.checks import limit
from configurator.geometry.piece import Casting, Piece, StoneSet
from configurator.geometry.solids import manifold

SETTINGS = ("pave", "channel", "shared_prong", "bezel")
STYLES = ("eternity", "half_eternity")


def design_of(style: str, setting: str, stone_mm: float, inner_mm: float = 17.32, width_mm: float = 2.2) -> Design:
    stone = {"role": "band", "length_mm": stone_mm, "width_mm": stone_mm}
    options = {"setting": setting, "width_mm": width_mm}
    raw = {"piece": "ring", "style": style, "options": options, "inner_diameter_mm": inner_mm, "stones": [stone]}
    return geometry.complete(Design.from_dict(raw))


def made(design: Design) -> tuple[Piece, Casting]:
    return geometry.build(design), geometry.cast(design)


def stones_of(design: Design) -> StoneSet:
    (stones,) = geometry.build(design).stones
    return stones


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("setting", "stone_mm", "inner_mm", "width_mm"),
    [(setting, *shape) for setting in SETTINGS for shape in ((1.0, 13.2, 1.5), (1.7, 17.32, 3.8), (3.5, 21.0, 5.0))],
)
def test_a_row_of_stones_can_be_cast_and_weighs_what_is_measured(
    style: str, setting: str, stone_mm: float, inner_mm: float, width_mm: float
) -> None:
    piece, casting = made(design_of(style, setting, stone_mm, inner_mm, width_mm))
    solid = manifold(casting.vertices_mm.copy(), casting.faces)
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert fold_mm2(solid) < 1e-5
    assert len(solid.decompose()) == 1
    count = piece.measures.stones[0].count
    assert casting.genus == count + 1, "the finger's hole, and one below each stone"
    assert piece.measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
    assert piece.measures.surface_mm2 == pytest.approx(casting.surface_mm2, rel=0.02)


def test_a_pave_of_132_stones_is_one_mesh_of_a_stone_many_times() -> None:
    piece = geometry.build(design_of("eternity", "pave", 1.3, width_mm=4.4))
    (stones,) = piece.stones
    assert len(stones.placements) == piece.measures.stones[0].count == 132
    assert len(stones.mesh.faces) < 300
    across = np.unique(stones.placements[:, 1, 3].round(4))
    assert across == pytest.approx(-across[::-1], abs=1e-4), "three rows about the middle"
    assert len(across) == 3


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_full_eternity_closes_evenly_with_as_many_stones_as_fit(setting: str) -> None:
    places = stones_of(design_of("eternity", setting, 2.0)).placements[:, :3, 3].astype(float)
    angles = np.sort(np.arctan2(places[:, 0], places[:, 2]))
    steps = np.append(np.diff(angles), angles[0] + 2 * math.pi - angles[-1])
    assert steps == pytest.approx(2 * math.pi / len(places), abs=1e-5)
    apart = 2 * np.hypot(places[0, 0], places[0, 2]) * math.sin(steps[0] / 2) - 2.0
    least = 0.75 if setting == "bezel" else limit("melee_spacing", "mid")
    assert apart >= least - 1e-4
    one_more = 2 * np.hypot(places[0, 0], places[0, 2]) * math.sin(math.pi / (len(places) + 1)) - 2.0
    assert one_more < least, "not one more would go in"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("setting", SETTINGS)
def test_no_two_stones_come_nearer_than_the_metal_between_them(style: str, setting: str) -> None:
    for stone_mm, width_mm in ((1.0, 5.0), (1.5, 4.0), (3.0, 2.0)):
        places = stones_of(design_of(style, setting, stone_mm, width_mm=width_mm)).placements[:, :3, 3]
        apart = cKDTree(places).query(places, k=2)[0][:, 1]
        assert apart.min() - stone_mm >= limit("melee_spacing", "mid") - 1e-4


@pytest.mark.parametrize("style", STYLES)
def test_a_larger_finger_takes_more_stones_and_larger_stones_are_fewer(style: str) -> None:
    by_finger = [len(stones_of(design_of(style, "shared_prong", 2.0, mm)).placements) for mm in (14, 16, 18, 20, 22)]
    by_stone = [len(stones_of(design_of(style, "shared_prong", mm)).placements) for mm in (1.2, 1.6, 2.2, 3.0)]
    assert all(a < b for a, b in pairwise(by_finger))
    assert all(a > b for a, b in pairwise(by_stone))


def test_half_an_eternity_keeps_its_stones_in_the_upper_half() -> None:
    for setting in SETTINGS:
        stones = stones_of(design_of("half_eternity", setting, 2.0))
        assert stones.placements[:, 2, 3].min() > 0
        mirrored = np.sort(-stones.placements[:, 0, 3])
        assert np.sort(stones.placements[:, 0, 3]) == pytest.approx(mirrored, abs=1e-4)


def test_a_band_grows_to_hold_its_stones() -> None:
    for setting in SETTINGS:
        band = geometry.build(design_of("eternity", setting, 3.5, width_mm=1.5)).measures.band
        assert band is not None
        assert band.width_mm > (0.75 if setting == "shared_prong" else 1.0) * 3.5


def test_walls_of_a_channel_are_as_thick_as_the_workshop_asks() -> None:
    band = geometry.build(design_of("eternity", "channel", 2.0, width_mm=1.5)).measures.band
    assert band is not None
    assert (band.width_mm - 2.0) / 2 >= limit("channel_wall", "low") - 0.02, "beside the girdle"
