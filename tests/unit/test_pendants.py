"""Pendants: what hangs is whole, hangs straight, and weighs what its outline says."""

import math

import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design
from configurator.geometry.bails import BAIL_LABELS, bail_drop_mm, build_bail
from configurator.geometry.casting import fold_mm2
from configurator.geometry.initials import LETTERS, hanging_letter
from configurator.geometry.lockets import build_back, build_front
from configurator.geometry.plates import EDGE_MM, heart, plate_outline, soft_plate

STROKE_MM, WIRE_MM = 1.2, 1.0


def design_of(style: str, **options: object) -> Design:
    return geometry.complete(Design.from_dict({"piece": "pendant", "style": style, "options": options}))


@pytest.mark.parametrize("kind", BAIL_LABELS)
def test_a_bail_ends_where_it_says_and_leaves_the_chain_room(kind: str) -> None:
    bail = build_bail(True, kind, WIRE_MM)
    low = bail.bounding_box()[2]
    assert low == pytest.approx(-bail_drop_mm(kind, WIRE_MM), abs=0.02)
    assert bail.genus() == 1
    y, z = np.vstack(bail.rotate((0, 90, 0)).slice(0.0).to_polygons()).T
    assert np.hypot(y, z).min() > 0.6  # of a chain 1.2 mm thick along x through the origin


def test_a_plate_holds_what_its_outline_and_edges_make_it_hold() -> None:
    thickness = 2.0
    depth = EDGE_MM  # the edge is a quarter circle on a plate this thick
    area = math.pi * 10 * 7
    around = math.pi * (3 * 17 - math.sqrt((3 * 10 + 7) * (10 + 3 * 7)))  # Ramanujan's ellipse
    plate = soft_plate(True, plate_outline("oval", 14, 20, True), thickness)
    assert plate.volume() == pytest.approx(thickness * area - 2 * (1 - math.pi / 4) * depth**2 * around, rel=0.002)
    assert fold_mm2(plate) < 1e-6


@pytest.mark.parametrize("width_mm", [10, 16, 30])
def test_a_heart_is_as_wide_as_high_and_the_same_on_both_sides(width_mm: float) -> None:
    outline = heart(width_mm, True)
    x_low, z_low, x_high, z_high = outline.bounds()
    assert x_high - x_low == pytest.approx(width_mm, rel=0.01)
    assert z_high - z_low == pytest.approx(width_mm, rel=0.06)  # its tip is rounded off
    assert (outline - outline.mirror((1, 0))).area() < 1e-3 * outline.area()


@pytest.mark.parametrize("face", ["serif", "sans", "script"])
@pytest.mark.parametrize("height_mm", [10.0, 30.0])
def test_every_letter_is_one_piece_as_high_as_asked(face: str, height_mm: float) -> None:
    for name in LETTERS:
        letter = hanging_letter(name, face, height_mm, STROKE_MM, "tapered", WIRE_MM)
        assert len(letter.section.decompose()) == 1, name
        low, high = letter.section.bounds()[1::2]
        assert 0.97 * height_mm < high - low < (1.4 if face == "script" else 1.06) * height_mm, name  # some swing
        if len(letter.held) == 2:
            assert letter.held[0][0] < 0 < letter.held[1][0], name  # its weight hangs between both


@pytest.mark.parametrize(("letter", "counters"), [("a", 1), ("b", 2), ("c", 0), ("o", 1), ("x", 0)])
def test_a_letter_keeps_its_counters(letter: str, counters: int) -> None:
    assert hanging_letter(letter, "sans", 14.0, STROKE_MM, "ring", WIRE_MM).counters == counters


@pytest.mark.parametrize("outline", ["oval", "round", "heart"])
@pytest.mark.parametrize(("width_mm", "depth_mm"), [(14, 5), (14, 9), (28, 5)])
def test_the_halves_of_a_locket_are_hollow_and_clear_of_each_other(
    outline: str, width_mm: float, depth_mm: float
) -> None:
    front = build_front(True, outline, width_mm, depth_mm, "tapered", WIRE_MM)
    back = build_back(True, outline, width_mm, depth_mm, "tapered", WIRE_MM)
    assert front.min_gap(back, 1.0) == pytest.approx(0.15, abs=0.1)
    assert (front.genus(), back.genus()) == (1, 3)  # a knuckle; two knuckles and the bail
    x_low, y_low, z_low, x_high, _, z_high = front.bounding_box()
    box = (x_high - x_low) * (-y_low) * (z_high - z_low)
    assert front.volume() < 0.5 * box


@pytest.mark.parametrize("style", geometry.STYLES["pendant"])
def test_a_pendant_weighs_what_is_cast(style: str) -> None:
    design = design_of(style)
    cast_mm3 = geometry.cast(design).volume_mm3
    assert geometry.build(design).measures.cast_volume_mm3 == pytest.approx(cast_mm3, rel=0.005)


@pytest.mark.parametrize("height_mm", [13.42, 14.0])
def test_a_letter_with_two_counters_is_one_piece_with_two_openings(height_mm: float) -> None:
    options = {"letter": "g", "lettering": "script", "height_mm": height_mm, "chain": "none"}
    casting = geometry.cast(geometry.complete(Design(piece="pendant", style="initial", options=options)))
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert casting.genus == 3
