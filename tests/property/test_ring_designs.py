"""A design is completed once, and its shape depends on nothing but its shape."""

import sys
from itertools import product

import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design
from configurator.geometry.piece import Piece

STYLES = list(geometry.STYLES["ring"])


def ring(style: str, **fields: object) -> Design:
    return geometry.complete(Design.from_dict({"piece": "ring", "style": style} | fields))


def same(a: Piece, b: Piece) -> bool:
    arrays = [
        [part.mesh.vertices_mm for part in piece.parts] + [stones.placements for stones in piece.stones]
        for piece in (a, b)
    ]
    return a.measures == b.measures and all(np.array_equal(x, y) for x, y in zip(*arrays, strict=True))


@pytest.mark.parametrize("style", STYLES)
def test_completing_fills_everything_in_and_twice_changes_nothing(style: str) -> None:
    module = geometry.STYLES["ring"][style]
    once = ring(style)
    assert set(once.options) == set(module.Options.model_fields)
    used = [role.name for role in module.ROLES if role.used(module.Options())]
    assert [stone.role for stone in once.stones] == used
    assert once.inner_diameter_mm == 17.32
    for stone in once.stones:
        graded = stone.gem == "diamond"
        assert stone.gem == module.ROLES_BY_NAME[stone.role].usual_gem
        assert (stone.colour, stone.clarity) == (("G", "VS2") if graded else (None, None))
    assert geometry.complete(once) == once
    assert geometry.complete(Design.from_json(once.to_json())) == once


@pytest.mark.parametrize("style", STYLES)
def test_metal_finish_gem_and_grade_do_not_change_the_shape(style: str) -> None:
    plain = ring(style)
    stones = [
        stone.model_dump(mode="json") | {"gem": "ruby", "colour": None, "clarity": None} for stone in plain.stones
    ]
    other = ring(style, metal="pt950_ir", accent_metal="18k_rose", finish="satin", stones=stones)
    assert geometry.shape_key(plain) == geometry.shape_key(other)
    assert same(geometry.build(plain), geometry.build(other))


@pytest.mark.parametrize("style", STYLES)
def test_every_choice_of_shape_changes_the_key(style: str) -> None:
    usual = ring(style)
    keys = {geometry.shape_key(usual)}
    changes: list[dict[str, object]] = [
        {"inner_diameter_mm": 18.0},
        {"options": {"width_mm": 3.3}},
        {"options": {"thickness_mm": 2.2}},
        {"inscriptions": [{"text": "Always"}]},
        {"inscriptions": [{"text": "Always", "height_mm": 1.2}]},
    ]
    keys |= {geometry.shape_key(ring(style, **change)) for change in changes}
    assert len(keys) == 1 + len(changes)


@pytest.mark.parametrize("style", STYLES)
def test_what_was_built_before_changes_nothing(style: str) -> None:
    takes_pear = any("pear" in role.cuts for role in geometry.STYLES["ring"][style].ROLES if role.name == "center")
    pointed = [{"role": "center", "cut": "pear", "length_mm": 9, "width_mm": 6}] if takes_pear else []
    design = ring(style, stones=pointed)
    alone = geometry.cast(design).volume_mm3
    for module in [module for name, module in sys.modules.items() if name.startswith("configurator.geometry")]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    geometry.build(design)
    assert geometry.cast(design).volume_mm3 == pytest.approx(alone, rel=1e-9)


def test_ungraded_gems_stay_ungraded() -> None:
    (stone,) = ring("solitaire", stones=[{"role": "center", "gem": "ruby", "length_mm": 6, "width_mm": 6}]).stones
    assert (stone.colour, stone.clarity) == (None, None)


def test_what_the_preview_shows_is_what_is_measured() -> None:
    for style, prongs in product(["solitaire", "halo"], [4, 6]):
        piece = geometry.build(ring(style, options={"prongs": prongs}, inscriptions=[{"text": "Always"}]))
        assert [part.name for part in piece.parts] == ["band", "head", "inscription"]
        for stones, measured in zip(piece.stones, piece.measures.stones, strict=True):
            assert (stones.role, len(stones.placements)) == (measured.role, measured.count)
        assert piece.measures.stones[0].prongs_per_stone == prongs
        for part in piece.parts:
            assert np.isfinite(part.mesh.normals).all()
            assert part.mesh.faces.max() < len(part.mesh.vertices_mm)


def test_an_inscription_takes_metal_away_and_the_casting_agrees() -> None:
    plain, engraved = ring("plain_band"), ring("plain_band", inscriptions=[{"text": "Forever yours, 2026!"}])
    removed = geometry.build(plain).measures.metal_volume_mm3 - geometry.build(engraved).measures.metal_volume_mm3
    cut = geometry.cast(plain).volume_mm3 - geometry.cast(engraved).volume_mm3
    assert removed > 0.2
    assert cut == pytest.approx(removed, rel=0.03)


def test_stones_stand_where_the_ring_carries_them() -> None:
    piece = geometry.build(ring("three_stone"))
    center, side = piece.stones
    assert center.placements[0][:3, 3] == pytest.approx([0, 0, 8.66 + 1.8 + piece.measures.stones[0].girdle_height_mm])
    left, right = side.placements
    assert left[:3, 3] == pytest.approx(right[:3, 3] * [-1, 1, 1], abs=1e-5)
    for placement in (*center.placements, *side.placements):
        assert placement[:3, :3] @ placement[:3, :3].T == pytest.approx(np.eye(3), abs=1e-6)
        assert np.linalg.det(placement[:3, :3]) == pytest.approx(1, abs=1e-6)
