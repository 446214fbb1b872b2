"""Flat plates with softened edges, standing in the plane y = 0 with their fronts towards -y: the bodies of pendants.

An outline is a `CrossSection` of (x, z), seen from the front. Its corners are first made rounder than the edge is, so
that the edge can be rounded over by moving every point of the outline along its normal: nothing folds.
"""

import itertools
import math
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Place
from configurator.geometry.bails import BITE, EYE_MM, Bail, bail_drop_mm, build_bail, build_end_ring, end_ring_reach_mm
from configurator.geometry.bodies import Parts
from configurator.geometry.curves import middle_of, top_of
from configurator.geometry.faces import Face, plate_faces
from configurator.geometry.solids import circle_factor, manifold

Floats = NDArray[np.float64]
Outline = Literal["rectangle", "dog_tag", "oval", "shield"]

OUTLINE_LABELS: dict[Outline, str] = {
    "rectangle": "Rectangle",
    "dog_tag": "Dog tag",
    "oval": "Oval",
    "shield": "Shield",
}

# Taste, in mm or in shares of what is named.
EDGE_MM = 0.4  # how far an edge is rounded over
_EASE_MM = 0.08, 0.003  # before it the face falls off by a hair, so that the face itself is drawn flat
_EDGE_TRIES, _SLIMMER, _SPARE = 6, 0.75, 1.4
_EDGE_DEPTH = 0.4  # its depth is this share of the thickness at most: a flat rim is left
_CORNER_MM = 0.55  # the least radius of an outline's corners, outwards and inwards: more than an edge
_RECTANGLE_CORNER, _TAG_CORNER = 0.14, 0.4  # of the width
_SHIELD_SIDE = 0.42  # of the length: how far its sides run straight down
_LOBE = 0.285  # radius of a heart's lobes, of its width
_HEART_LEAVES, _HEART_POINT = math.radians(-12), math.radians(45)  # where its sides leave the lobes; half its point
_HEART_PULL = 0.36  # how full its sides are
_HEART_TIP = 0.07  # radius of its tip, of its width
_STAR_NOTCH = 0.52  # how far out the corners between its points lie, of the points
_CLEFT_MM = 1.3  # radius in the cleft: a bail's foot sits in it

_CHORD_MM = {False: 0.005, True: 0.002}  # how far a chord may leave an outline: preview, fine
_EDGE_POINTS = {False: 4, True: 5}  # over each rounded edge
_ROUND = {False: 72, True: 128}  # segments of a full turn


def build_disc(fine: bool, diameter_mm: float, thickness_mm: float, bail: Bail, wire_mm: float) -> Parts:
    """A round plate under a bail."""
    return hung(fine, round_plate(diameter_mm, fine), thickness_mm, bail, wire_mm)


def build_heart(fine: bool, width_mm: float, thickness_mm: float, bail: Bail, wire_mm: float) -> Parts:
    """A heart with a soft tip; the bail sits in its cleft."""
    return hung(fine, heart(width_mm, fine), thickness_mm, bail, wire_mm)


def build_plate(
    fine: bool, outline: Outline, width_mm: float, length_mm: float, thickness_mm: float, bail: Bail, wire_mm: float
) -> Parts:
    """An upright plate to engrave."""
    return hung(fine, plate_outline(outline, width_mm, length_mm, fine), thickness_mm, bail, wire_mm)


def build_level_bar(fine: bool, length_mm: float, width_mm: float, thickness_mm: float, wire_mm: float) -> Parts:
    """A level bar between two rings."""
    bar = soft_plate(fine, _boxed(length_mm, width_mm, _RECTANGLE_CORNER * width_mm, fine), thickness_mm)
    x_mm = end_ring_x_mm(length_mm, wire_mm)
    rings = [build_end_ring(fine, side * x_mm, wire_mm) for side in (-1, 1)]
    return bar, *rings


def end_ring_x_mm(length_mm: float, wire_mm: float) -> float:
    """How far from the middle of a level bar its rings stand."""
    return length_mm / 2 + end_ring_reach_mm(wire_mm)


def hung(
    fine: bool,
    outline: manifold3d.CrossSection,
    thickness_mm: float,
    bail: Bail,
    wire_mm: float,
    x_mm: float = 0.0,
    eye_mm: float = EYE_MM,
) -> Parts:
    """A plate whose outline hangs at `x_mm` by a bail that bites into its upper edge there."""
    top = _hung_mm(outline, bail, wire_mm, x_mm, eye_mm)
    return soft_plate(fine, outline.translate((-x_mm, -top)), thickness_mm), build_bail(fine, bail, wire_mm, eye_mm)


def hung_faces(
    outline: manifold3d.CrossSection, thickness_mm: float, bail: Bail, wire_mm: float
) -> tuple[tuple[Place, Face], ...]:
    """Front and back of what `hung` makes: flat inside the rounded edges, and below the bail's foot."""
    left, _, right, _ = outline.bounds()
    foot = top_mm(outline, 0.0) - wire_mm
    below = manifold3d.CrossSection.square((right - left, 2 * (right - left) + 200.0)).translate((left, 0))
    below = below.translate((0, foot - 2 * (right - left) - 200.0))
    return _faces(outline ^ below, thickness_mm, -_hung_mm(outline, bail, wire_mm))


def level_faces(length_mm: float, width_mm: float, thickness_mm: float) -> tuple[tuple[Place, Face], ...]:
    """Front and back of a level bar."""
    return _faces(_boxed(length_mm, width_mm, _RECTANGLE_CORNER * width_mm, True), thickness_mm, 0.0)


def _faces(outline: manifold3d.CrossSection, thickness_mm: float, lift_mm: float) -> tuple[tuple[Place, Face], ...]:
    flat = outline.offset(-EDGE_MM, manifold3d.JoinType.Round).simplify(_CHORD_MM[False])
    loop = max(flat.to_polygons(), key=len)
    middle = float(middle_of([loop])[1])
    corners = tuple((float(x), float(y - middle)) for x, y in loop)
    return plate_faces(corners, thickness_mm, middle + lift_mm, "plate")


def round_plate(diameter_mm: float, fine: bool) -> manifold3d.CrossSection:
    """The outline of a disc."""
    segments = _ROUND[fine]
    return manifold3d.CrossSection.circle(diameter_mm / 2 * circle_factor(segments), segments)


def _hung_mm(
    outline: manifold3d.CrossSection, bail: Bail, wire_mm: float, x_mm: float = 0.0, eye_mm: float = EYE_MM
) -> float:
    """How far below the chain an outline's own zero hangs."""
    return top_mm(outline, x_mm) + bail_drop_mm(bail, wire_mm, eye_mm) - BITE * wire_mm


def top_mm(outline: manifold3d.CrossSection, x_mm: float) -> float:
    """The height of an outline's upper edge at `x_mm`; minus infinity where it has none."""
    return max(top_of(loop, x_mm) for loop in outline.to_polygons())


def plate_outline(outline: Outline, width_mm: float, length_mm: float, fine: bool) -> manifold3d.CrossSection:
    """An upright outline round the origin."""
    if outline == "rectangle":
        return _boxed(width_mm, length_mm, _RECTANGLE_CORNER * width_mm, fine)
    if outline == "dog_tag":
        return _boxed(width_mm, length_mm, _TAG_CORNER * width_mm, fine)
    if outline == "oval":
        segments = _ROUND[fine]
        factor = circle_factor(segments)
        return manifold3d.CrossSection.circle(factor, segments).scale((width_mm / 2, length_mm / 2))
    # Straight sides down to a shoulder, then two arcs that meet in the tip.
    half, shoulder, tip = width_mm / 2, length_mm * (0.5 - _SHIELD_SIDE), -length_mm / 2
    drop = shoulder - tip
    radius = (half**2 + drop**2) / (2 * half)  # tangent to the sides at the shoulder
    turn = np.linspace(0, math.asin(min(drop / radius, 1.0)), _ROUND[fine] // 4)
    right = np.column_stack([half - radius * (1 - np.cos(turn)), shoulder - radius * np.sin(turn)])
    loop = np.vstack([[half, length_mm / 2], right, (right * [-1, 1])[-2::-1], [-half, length_mm / 2]])[::-1]
    return softened_section(manifold3d.CrossSection([loop]), fine)


def heart(width_mm: float, fine: bool) -> manifold3d.CrossSection:
    """A heart as wide as it is high."""
    lobe = _LOBE * width_mm
    out = width_mm / 2 - lobe
    turn = np.linspace(math.pi, _HEART_LEAVES, _ROUND[fine] // 2)  # of the lobe, from inside the other one over the top
    start = np.array([out, 0]) + lobe * np.array([math.cos(turn[-1]), math.sin(turn[-1])])
    tip = np.array([0, lobe - width_mm])
    reach = _HEART_PULL * float(np.linalg.norm(tip - start))
    down = start + reach * np.array([math.sin(turn[-1]), -math.cos(turn[-1])])
    up = tip + reach * np.array([math.sin(_HEART_POINT), math.cos(_HEART_POINT)])
    s = np.linspace(0, 1, _ROUND[fine] // 4)[1:, None]
    side = (1 - s) ** 3 * start + 3 * (1 - s) ** 2 * s * down + 3 * (1 - s) * s**2 * up + s**3 * tip
    arc = np.column_stack([out + lobe * np.cos(turn), lobe * np.sin(turn)])
    right = manifold3d.CrossSection([np.vstack([arc, side])[::-1]])
    return softened_section(right + right.mirror((1, 0)), fine, _CLEFT_MM, _HEART_TIP * width_mm)


def star(width_mm: float, fine: bool) -> manifold3d.CrossSection:
    """A star of five soft points, one of them up; its points lie on a circle of this width."""
    turn = math.pi * np.arange(10) / 5
    reach = width_mm / 2 * np.where(np.arange(10) % 2, _STAR_NOTCH, 1.0)
    points = np.column_stack([-np.sin(turn), np.cos(turn)]) * reach[:, None]
    return softened_section(manifold3d.CrossSection([points]), fine)


def softened_section(
    section: manifold3d.CrossSection, fine: bool, inwards_mm: float = _CORNER_MM, outwards_mm: float = _CORNER_MM
) -> manifold3d.CrossSection:
    """The outline with the corners that point inwards and outwards rounded: no edge can fold there."""
    segments, join = _ROUND[fine], manifold3d.JoinType.Round
    filled = section.offset(inwards_mm, join, circular_segments=segments)
    filled = filled.offset(-inwards_mm - outwards_mm, join, circular_segments=segments)
    return filled.offset(outwards_mm, join, circular_segments=segments)


def soft_plate(fine: bool, section: manifold3d.CrossSection, thickness_mm: float) -> manifold3d.Manifold:
    """A plate of an outline whose corners are round, its edges rounded over on both sides, less where it is slim."""
    section = section.simplify(_CHORD_MM[fine])
    edge = _edge_mm(section)
    loops = section.to_polygons()
    points, normals = np.vstack(loops), np.vstack([outward(loop) for loop in loops])
    turn = np.linspace(0, math.pi / 2, _EDGE_POINTS[fine])
    depth = min(edge, _EDGE_DEPTH * thickness_mm)
    inset = np.append(edge + _EASE_MM[0], edge * (1 - np.sin(turn)))
    y = np.append(0, _EASE_MM[1] + (depth - _EASE_MM[1]) * (1 - np.cos(turn))) - thickness_mm / 2
    inset, y = np.concatenate([inset, inset[::-1]]), np.concatenate([y, -y[::-1]])
    flat = points - inset[:, None, None] * normals
    vertices = np.concatenate(
        [flat[..., :1], np.broadcast_to(y[:, None, None], (*flat.shape[:2], 1)), flat[..., 1:]], 2
    )
    count, rows = len(points), len(inset)
    starts = np.cumsum([0, *map(len, loops)])
    front = manifold3d.triangulate([flat[0, a:b] for a, b in itertools.pairwise(starts)])
    after = np.concatenate([np.roll(np.arange(a, b), -1) for a, b in itertools.pairwise(starts)])
    row = count * np.arange(rows - 1)[:, None]
    a, b = row + np.arange(count), row + after
    walls = np.concatenate([np.stack([a, a + count, b], axis=-1), np.stack([b, a + count, b + count], axis=-1)])
    faces = np.concatenate([front, walls.reshape(-1, 3), front[:, ::-1] + count * (rows - 1)])
    return manifold(vertices.reshape(-1, 3), faces)


def _edge_mm(section: manifold3d.CrossSection) -> float:
    """How far the edge of an outline can be rounded over before its sides, or two of its counters, meet."""
    edge = EDGE_MM
    for _ in range(_EDGE_TRIES):
        flat = section.offset(-_SPARE * (edge + _EASE_MM[0]), manifold3d.JoinType.Miter)
        if flat.num_contour() == section.num_contour() and len(flat.decompose()) == len(section.decompose()):
            break
        edge *= _SLIMMER
    return edge


def _boxed(width_mm: float, length_mm: float, corner_mm: float, fine: bool) -> manifold3d.CrossSection:
    """A rectangle with rounded corners round the origin."""
    corner = max(corner_mm, _CORNER_MM)
    core = manifold3d.CrossSection.square((width_mm - 2 * corner, length_mm - 2 * corner), center=True)
    return core.offset(corner, manifold3d.JoinType.Round, circular_segments=_ROUND[fine])


def outward(loop: Floats) -> Floats:
    """The unit normals (n, 2) of a closed curve that has its metal on the left."""
    side = np.roll(loop, -1, axis=0) - loop
    side /= np.linalg.norm(side, axis=1)[:, None]
    run = side + np.roll(side, 1, axis=0)
    return np.column_stack([run[:, 1], -run[:, 0]]) / np.linalg.norm(run, axis=1)[:, None]
