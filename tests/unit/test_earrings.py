"""Earrings: a pair is one design of two, its parts swing without touching, and its backs are bought."""

import math
from typing import Any

import manifold3d
import pytest

from configurator import geometry
from configurator.design import Design
from configurator.geometry import ear_fittings, hoops
from configurator.geometry.assemblies import Assembly
from configurator.geometry.ear_fittings import BACKS, EarBacks
from configurator.geometry.jewel import Jewel
from configurator.geometry.mountings import HERE, cast_solid

SEARCH_MM = 2.0


def completed(style: str, stone: dict[str, Any] | None = None, **options: Any) -> Design:
    stones = [{"role": "center", **stone}] if stone else []
    raw = {"piece": "earrings", "style": style, "options": options, "stones": stones}
    return geometry.complete(Design.from_dict(raw))


def jewel_of(style: str, stone: dict[str, Any] | None = None, **options: Any) -> Jewel:
    design = completed(style, stone, **options)
    module = geometry.STYLES["earrings"][style]
    return module.build(
        module.Options.model_validate(design.options), None, {stone.role: stone for stone in design.stones}
    )


def solids_of_one(jewel: Jewel) -> list[manifold3d.Manifold]:
    return [cast_solid(copies.mounting, ()) for copies in jewel.cast]


@pytest.mark.parametrize("style", geometry.STYLES["earrings"])
def test_a_pair_is_two_of_everything(style: str) -> None:
    design = completed(style)
    measures, casting = geometry.build(design).measures, geometry.cast(design)
    one = solids_of_one(jewel_of(style))
    assert measures.castings == 2 * len(one)
    assert casting.volume_mm3 == pytest.approx(2 * sum(solid.volume() for solid in one), rel=1e-9)
    assert all(stone.count % 2 == 0 for stone in measures.stones)
    assert {fitting.count for fitting in measures.fittings} == {2}
    assert [finding for finding in casting.findings if finding.severity != "note"] == []


STUDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("stud", {"cut": "round_brilliant", "length_mm": 5.0, "width_mm": 5.0}, {"prongs": 3}),
    ("stud", {"cut": "round_brilliant", "length_mm": 6.5, "width_mm": 6.5}, {"prongs": 6}),
    ("stud", {"cut": "princess", "length_mm": 5.0, "width_mm": 5.0}, {}),
    ("stud", {"cut": "oval", "length_mm": 7.0, "width_mm": 5.0}, {"setting": "bezel"}),
    ("halo_stud", {"cut": "cushion", "length_mm": 5.0, "width_mm": 5.0}, {}),
    ("drop", {"cut": "round_brilliant", "length_mm": 6.0, "width_mm": 6.0}, {"setting": "prong", "top": "ball"}),
    ("drop", {"cut": "pear", "length_mm": 8.0, "width_mm": 5.5}, {}),
]


@pytest.mark.parametrize(("style", "stone", "options"), STUDS)
def test_a_pair_weighs_what_its_fine_castings_do(style: str, stone: dict[str, Any], options: dict[str, Any]) -> None:
    design = completed(style, stone, **options)
    measures, casting = geometry.build(design).measures, geometry.cast(design)
    bought_mm3 = sum(fitting.volume_mm3 for fitting in measures.fittings)
    assert measures.metal_volume_mm3 - bought_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)


def test_only_round_stones_have_three_prongs() -> None:
    rounded = completed("stud", {"cut": "round_brilliant", "length_mm": 5.0, "width_mm": 5.0}, prongs=3)
    oval = completed("stud", {"cut": "oval", "length_mm": 7.0, "width_mm": 5.0}, prongs=3)
    assert [geometry.build(design).measures.stones[0].prongs_per_stone for design in (rounded, oval)] == [3, 4]


@pytest.mark.parametrize(("diameter_mm", "tube_mm"), [(16.0, 2.0), (30.0, 3.0), (50.0, 2.4)])
def test_an_endless_hoop_is_a_piece_of_a_torus_and_a_wire(diameter_mm: float, tube_mm: float) -> None:
    inside_mm, wire_mm = diameter_mm - 2 * tube_mm, 0.9
    ring, r = (diameter_mm - tube_mm) / 2, tube_mm / 2
    half = math.radians(hoops.opening_deg(inside_mm, tube_mm, "wire"))
    torus = 2 * math.pi**2 * ring * r**2
    wire = math.pi * (wire_mm / 2) ** 2 * ring * 2 * half
    solid = hoops.build_endless(True, inside_mm, tube_mm, tube_mm, "round", wire_mm)
    # The rounded ends and the socket take a little away.
    assert solid.volume() == pytest.approx(torus * (1 - half / math.pi) + wire, rel=0.015)
    assert solid.volume() < torus * (1 - half / math.pi) + wire
    assert solid.genus() == 0


@pytest.mark.parametrize("profile", hoops.PROFILES)
@pytest.mark.parametrize("diameter_mm", [13.0, 20.0, 50.0])
def test_the_post_of_a_click_hoop_turns_free_on_its_pin(profile: str, diameter_mm: float) -> None:
    hoop, post = solids_of_one(jewel_of("hoop", diameter_mm=diameter_mm, profile=profile))
    assert (hoop.genus(), post.genus()) == (1, 1)  # the pin across its slot, and the eye round it
    assert 0.05 < hoop.min_gap(post, SEARCH_MM) < 0.15


@pytest.mark.parametrize("top", ["hook", "ball"])
@pytest.mark.parametrize("setting", ["prong", "bezel"])
def test_a_drop_hangs_in_its_top_without_touching_it(top: str, setting: str) -> None:
    drop, hook = solids_of_one(jewel_of("drop", top=top, setting=setting))
    assert 0.05 < drop.min_gap(hook, SEARCH_MM) < 0.2
    # Linked: the lower eye reaches up into the upper one, whose wire reaches down into the lower.
    assert drop.bounding_box()[5] > hook.bounding_box()[2] + 1.0


@pytest.mark.parametrize("variety", BACKS)
def test_a_back_slides_on_its_post_and_is_not_cast(variety: Any) -> None:
    jewel = jewel_of("stud", back=variety)
    assert isinstance(jewel, Assembly)
    (backs,) = jewel.bought
    assert isinstance(backs, EarBacks)
    assert backs.measure().variety == variety
    one = EarBacks(variety, backs.wire_mm, (HERE,))
    assert backs.size().volume_mm3 == pytest.approx(2 * one.size().volume_mm3)
    # As heavy as backs are sold: a tenth of a gram to half a gram of 18k gold each.
    assert 6.0 < one.size().volume_mm3 < 33.0
    post = ear_fittings.build_pin(True, backs.wire_mm, 12.0)
    vertices = one.parts()[0].mesh.vertices_mm
    assert vertices[:, 1].min() == pytest.approx(0.0, abs=1e-6)
    assert vertices[:, 1].max() < post.bounding_box()[4]
