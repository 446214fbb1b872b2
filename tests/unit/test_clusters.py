"""The cluster: a closed flower of stones, each held by all the prongs that reach over it."""

import math

import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, InvalidDesign, Stone
from configurator.geometry import gems
from configurator.geometry.clusters import FEWEST_PETALS, MOST_PETALS, ClusterHead, cluster_head, petal_places

SIZES_MM = ((5.0, 2.9), (5.5, 2.3), (3.5, 3.6), (6.0, 4.0), (8.0, 2.2), (7.0, 2.0))
SPACING_MM = 0.15


def flower(stone_mm: float, petal_mm: float) -> ClusterHead:
    stones = [Stone(role=role, length_mm=mm, width_mm=mm) for role, mm in (("center", stone_mm), ("petal", petal_mm))]
    return cluster_head(*stones, band_radius_mm=10.0, prong_mm=0.8, outer_prong_mm=0.7, spacing_mm=SPACING_MM)


@pytest.mark.parametrize("sizes_mm", SIZES_MM)
def test_petals_close_the_ring_round_the_centre(sizes_mm: tuple[float, float]) -> None:
    stone_mm, petal_mm = sizes_mm
    head = flower(*sizes_mm)
    places = petal_places(head)[:, :3, 3]
    apart = np.linalg.norm(np.roll(places, -1, axis=0) - places, axis=1) - petal_mm
    assert FEWEST_PETALS <= len(places) <= MOST_PETALS
    assert np.ptp(apart) == pytest.approx(0, abs=1e-9), "evenly"
    assert SPACING_MM - 1e-3 < apart[0] < SPACING_MM + 0.3
    inner = places - petal_mm / 2 * petal_places(head)[:, :3, 0]
    beside = np.hypot(inner[:, 0], inner[:, 1]) - stone_mm / 2
    assert (beside > SPACING_MM - 1e-3).all()
    assert (beside < SPACING_MM + 0.35).all()
    # One petal more would not fit so near; moved out to fit, all would stand farther away than they are.
    pitch = petal_mm + SPACING_MM
    assert pitch / (2 * math.sin(math.pi / (len(places) + 1))) > head.ring_mm


@pytest.mark.parametrize("sizes_mm", SIZES_MM)
def test_petals_lie_lower_than_the_centre_and_lean_outwards(sizes_mm: tuple[float, float]) -> None:
    head = flower(*sizes_mm)
    places = petal_places(head)
    inner = places[:, :3, 3] - sizes_mm[1] / 2 * places[:, :3, 0]
    assert (inner[:, 2] < -0.05).all(), "even the nearest place of the girdle"
    assert (np.einsum("ni,ni->n", places[:, :2, 2], places[:, :2, 3]) > 0).all()
    assert (places[:, 2, 2] > 0.9).all()


@pytest.mark.parametrize("sizes_mm", SIZES_MM)
def test_every_prong_reaches_over_all_its_neighbours_and_nothing_else_is_cut(sizes_mm: tuple[float, float]) -> None:
    head = flower(*sizes_mm)
    bites = (head.solid(True) ^ head.cutter()).decompose()
    # An inner prong lets in the centre and two petals, an outer one two petals.
    assert len(bites) == (3 + 2) * head.petals
    held, stones = head.held(), []
    for one in held:
        stones += [gems.stone_solid(one.stone).transform(place[:3]) for place in one.placements]
    assert all(sum((bite ^ stone).volume() > 1e-4 for stone in stones) == 1 for bite in bites), "over the stone itself"
    assert all(prongs.prong_diameter_mm >= 0.7 for prongs in held)


@pytest.mark.parametrize("sizes_mm", SIZES_MM)
def test_stones_are_lowered_in_along_their_own_uprights(sizes_mm: tuple[float, float]) -> None:
    head = flower(*sizes_mm)
    metal = head.solid(True) - head.cutter()
    for held in head.held():
        for place in held.placements[:2]:
            for lift_mm in (0.0, 0.5):
                where = place.copy()
                where[:3, 3] += lift_mm * place[:3, 2]
                assert (metal ^ gems.stone_solid(held.stone).transform(where[:3])).volume() == pytest.approx(
                    0, abs=1e-6
                )


@pytest.mark.parametrize(("stone_mm", "petal_mm", "word"), [(8.0, 1.8, "larger"), (3.5, 4.6, "smaller")])
def test_too_many_or_too_few_petals_are_refused(stone_mm: float, petal_mm: float, word: str) -> None:
    with pytest.raises(InvalidDesign, match=f"choose {word} petals"):
        flower(stone_mm, petal_mm)


@pytest.mark.parametrize("sizes_mm", SIZES_MM)
def test_a_cluster_ring_can_be_cast_and_weighs_what_is_measured(sizes_mm: tuple[float, float]) -> None:
    stones = [
        {"role": role, "length_mm": mm, "width_mm": mm} for role, mm in zip(("center", "petal"), sizes_mm, strict=True)
    ]
    design = geometry.complete(Design.from_dict({"piece": "ring", "style": "cluster", "stones": stones}))
    piece, casting = geometry.build(design), geometry.cast(design)
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert piece.measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
    centre, petals = piece.measures.stones
    # Windows between forks, as many inside as outside, and the finger's hole; where the base ring crosses the band.
    assert 2 * petals.count + 1 <= casting.genus <= 2 * petals.count + 5
    assert centre.prongs_per_stone == petals.count
