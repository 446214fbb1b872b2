"""The family ring: as many stones as the family has heads, each in its own role."""

import numpy as np
import pytest

from configurator import geometry, reference
from configurator.design import Design
from configurator.measures import ROLE_NAMES


def family(count: int, *sizes_mm: float, gems: tuple[str, ...] = ()) -> Design:
    stones = [
        {"role": f"stone_{n}", "length_mm": mm, "width_mm": mm} | ({"gem": gems[n - 1]} if gems else {})
        for n, mm in enumerate(sizes_mm, 1)
    ]
    raw = {"piece": "ring", "style": "family", "options": {"stones": count}, "stones": stones}
    return geometry.complete(Design.from_dict(raw))


@pytest.mark.parametrize("count", range(2, 8))
def test_the_number_of_stones_decides_the_roles(count: int) -> None:
    design = family(count)
    assert [stone.role for stone in design.stones] == [f"stone_{n}" for n in range(1, count + 1)]
    piece = geometry.build(design)
    assert [(stones.role, len(stones.placements)) for stones in piece.stones] == [
        (stone.role, 1) for stone in design.stones
    ]


def test_stones_beyond_the_number_are_not_set() -> None:
    assert [stone.role for stone in family(2, 2.5, 2.6, 2.7, 2.8).stones] == ["stone_1", "stone_2"]


def test_each_stone_may_be_a_gem_of_its_own() -> None:
    gems = ("ruby", "emerald", "amethyst")
    assert all(gem in reference.load().gems for gem in gems)
    design = family(3, 2.8, 2.8, 2.8, gems=gems)
    assert tuple(stone.gem for stone in design.stones) == gems
    assert geometry.shape_key(design) == geometry.shape_key(family(3, 2.8, 2.8, 2.8))


@pytest.mark.parametrize("sizes_mm", [(2.0, 4.0), (2.8,) * 7, (2.0, 2.4, 2.8, 4.0, 2.8, 2.4, 2.0), (4.0,) * 5])
def test_a_family_ring_can_be_cast_and_weighs_what_is_measured(sizes_mm: tuple[float, ...]) -> None:
    design = family(len(sizes_mm), *sizes_mm)
    piece, casting = geometry.build(design), geometry.cast(design)
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert piece.measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
    middles = np.array([stones.placements[0, :3, 3] for stones in piece.stones])
    apart = np.linalg.norm(np.diff(middles, axis=0), axis=1)
    girdles = (np.array(sizes_mm[1:]) + np.array(sizes_mm[:-1])) / 2
    assert (apart - girdles > 0.1).all()
    assert (np.diff(middles[:, 0]) > 0).all(), "in their order, from left to right"


def test_every_role_of_every_style_has_a_name() -> None:
    roles = {role.name for style in geometry.STYLES["ring"].values() for role in style.ROLES}
    assert roles <= set(ROLE_NAMES)
