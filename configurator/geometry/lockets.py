"""Lockets: two domed shells that meet at a seam, a hinge of three knuckles on the left, a thumb lip on the right.

The front shell carries the middle knuckle and the lip, the back shell the outer knuckles and the bail. Each is cast on
its own; the hinge's pin and the snap are fitted at the bench.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Place
from configurator.geometry.bails import BITE, Bail, bail_drop_mm, build_bail, build_peg
from configurator.geometry.bodies import creased
from configurator.geometry.curves import middle_of, resampled
from configurator.geometry.faces import Face, plate_faces
from configurator.geometry.piece import Mesh, frozen_mesh
from configurator.geometry.plates import heart, outward, softened_section, top_mm
from configurator.geometry.solids import build_mesh, build_solid, circle_factor, joined, moved, open_run

Floats = NDArray[np.float64]
LocketOutline = Literal["oval", "round", "heart"]

LOCKET_LABELS: dict[LocketOutline, str] = {"oval": "Oval", "round": "Round", "heart": "Heart"}
PIN_MM = 0.7  # through the hinge

# Taste, in mm or in shares of what is named.
_OVAL = 1.28  # length over width
_WALL_MM, _RIM_MM = 0.8, 1.1  # of the dome, and of the frame at the seam that a picture rests on
_TIP_MM = 0.8  # the least radius that the inside of the frame keeps at a tip
_SEAM_MM = 0.15  # between the shells
_RIM_ROUND_MM = 0.3  # of the shells' edges: together they draw the seam
_FULL = 2.35  # 2 is an ellipsoid; higher fills the dome towards its rim
_KNUCKLE_MM, _KNUCKLE_LONG_MM, _KNUCKLE_GAP_MM = 1.7, 1.7, 0.15  # diameter, length, room between and round them
_HINGE_OUT_MM = 0.45  # the pin runs this far outside the rim
_LEAF_IN_MM, _LEAF_MM = 0.25, 0.35  # each knuckle's leaf reaches into its own rim; its radius there
_LIP_MM = (0.55, 0.5, 1.5)  # half axes of the thumb lip
_PEG_BACK_MM = 0.7  # the bail's peg stands on the back shell's rim, clear of the front one
_WORDS = 0.78  # words keep within this share of the outline, where the dome is not yet steep
_BAIL_CLEAR_MM = 0.4  # from the rim up to the bail

_CHORD_MM = 0.004  # how far a chord may leave the outline
_RIM_POINTS = 128  # of the outline that is drawn
_DOME = {False: 8, True: 12}  # rows up a dome: preview, fine
_ROUND = {False: 14, True: 20}
_BEHIND = np.array([1, -1, 1], np.float32)  # the mirror image


def build_front(
    fine: bool, outline: LocketOutline, width_mm: float, depth_mm: float, bail: Bail, wire_mm: float
) -> manifold3d.Manifold:
    """The front shell with the middle knuckle and the thumb lip."""
    x = width_mm / 2 + _HINGE_OUT_MM
    shell = _shell(outline, width_mm, depth_mm)
    parts = [shell, _lip(fine, width_mm), _knuckle(fine, x, 0)]
    whole = _without(parts, [*_knuckle_room(fine, x, (-1, 1)), *_pin_hole(fine, x, (0,))])
    return whole.translate((0, 0, -_drop_mm(outline, width_mm, bail, wire_mm)))


def build_back(
    fine: bool, outline: LocketOutline, width_mm: float, depth_mm: float, bail: Bail, wire_mm: float
) -> manifold3d.Manifold:
    """The back shell with the outer knuckles and the bail."""
    x = width_mm / 2 + _HINGE_OUT_MM
    shell = _shell(outline, width_mm, depth_mm)
    knuckles = [_knuckle(fine, x, at) for at in (-1, 1)]
    drop = _drop_mm(outline, width_mm, bail, wire_mm)
    hanger = [part.translate((0, 0, drop)).mirror((0, 1, 0)) for part in _hanger(fine, bail, wire_mm)]
    rooms = [*_knuckle_room(fine, x, (0,)), *_pin_hole(fine, x, (-1, 1))]
    return _without([shell, *knuckles, *hanger], rooms).mirror((0, 1, 0)).translate((0, 0, -drop))


def draw_front(outline: LocketOutline, width_mm: float, depth_mm: float, bail: Bail, wire_mm: float) -> Mesh:
    """The front shell of a closed locket: nothing inside, and no room about knuckles that fill it."""
    lip = moved(creased(_lip(False, width_mm)), _raised(-_drop_mm(outline, width_mm, bail, wire_mm)))
    return joined([lip, *_drawn(outline, width_mm, depth_mm, bail, wire_mm, (0,))])


def draw_back(outline: LocketOutline, width_mm: float, depth_mm: float, bail: Bail, wire_mm: float) -> Mesh:
    """The back shell of a closed locket, likewise, and its bail."""
    found = joined(_drawn(outline, width_mm, depth_mm, bail, wire_mm, (-1, 1)))
    behind = frozen_mesh(found.vertices_mm * _BEHIND, found.normals * _BEHIND, found.faces[:, ::-1])
    return joined([behind, *(creased(part) for part in _hanger(False, bail, wire_mm))])


def _drawn(
    outline: LocketOutline, width_mm: float, depth_mm: float, bail: Bail, wire_mm: float, ats: tuple[int, ...]
) -> list[Mesh]:
    """A shell closed at its seam, domed towards -y, and the knuckles on it."""
    drop = _drop_mm(outline, width_mm, bail, wire_mm)
    knuckle = creased(_knuckle(False, width_mm / 2 + _HINGE_OUT_MM, 0))
    shell = moved(_drawn_shell(outline, width_mm, depth_mm), _raised(-drop))
    return [shell, *(moved(knuckle, _raised(_at_mm(at) - drop)) for at in ats)]


@lru_cache(maxsize=64)
def _drawn_shell(outline: LocketOutline, width_mm: float, depth_mm: float) -> Mesh:
    rim = resampled(_section(outline, width_mm).to_polygons()[0], _RIM_POINTS)
    caps = np.array([[0, -depth_mm / 2, 0], [0, -_SEAM_MM / 2, 0]])
    return build_mesh(open_run(_upright(_outside(False, rim, depth_mm)), caps, round=True))


def locket_faces(
    outline: LocketOutline, width_mm: float, depth_mm: float, bail: Bail, wire_mm: float
) -> tuple[tuple[Place, Face], ...]:
    """Both domes, each on its own casting: the front shell's and the back shell's."""
    room = _WORDS * _rim(outline, width_mm)
    middle_mm = float(middle_of([room])[1])
    corners = tuple((float(x), float(y)) for x, y in room - [0, middle_mm])
    both = plate_faces(corners, depth_mm, middle_mm - _drop_mm(outline, width_mm, bail, wire_mm), "locket")
    dome = LocketDome(outline, width_mm, depth_mm, middle_mm)
    return tuple(
        (place, replace(face, thickness_mm=_WALL_MM, fall_mm=dome, hollow=True, casting=at))
        for at, (place, face) in enumerate(both)
    )


@dataclass(frozen=True, slots=True)
class LocketDome:
    """How far a closed locket's front lies behind its apex, at (x, y) from `middle_mm` above the middle of its shells.

    Each triangle of the shell lies between two rows that are the rim made smaller, so that this is its very surface;
    the back is the front's mirror image, and every outline its own.
    """

    outline: LocketOutline
    width_mm: float
    depth_mm: float
    middle_mm: float

    def __call__(self, x_mm: Floats, y_mm: Floats) -> Floats:
        share, rows = self._share(x_mm, y_mm + self.middle_mm), _dome_rows(True, self.depth_mm)
        high = _high_mm(self.depth_mm)
        return high - np.interp(share, [0.0, *(s for s, _ in rows)], [high, *(up for _, up in rows)])

    def _share(self, x_mm: Floats, y_mm: Floats) -> Floats:
        """By how much the rim has to be made smaller to run through a place."""
        rim = _rim(self.outline, self.width_mm)
        angle = np.arctan2(rim[:, 1], rim[:, 0])
        start = int(np.argmin(angle))
        rim, angle = np.roll(rim, -start, axis=0), np.roll(angle, -start)
        first = np.searchsorted(angle, np.arctan2(y_mm, x_mm), side="right") - 1
        a, side = rim[first], rim[(first + 1) % len(rim)] - rim[first]
        return (x_mm * side[:, 1] - y_mm * side[:, 0]) / (a[:, 0] * side[:, 1] - a[:, 1] * side[:, 0])


def _drop_mm(outline: LocketOutline, width_mm: float, bail: Bail, wire_mm: float) -> float:
    """From the chain down to the middle of the shells."""
    return bail_drop_mm(bail, wire_mm) + _BAIL_CLEAR_MM + top_mm(_section(outline, width_mm), 0.0)


def _hanger(fine: bool, bail: Bail, wire_mm: float) -> list[manifold3d.Manifold]:
    """The bail, and the peg from the back shell's rim up to it."""
    foot = -bail_drop_mm(bail, wire_mm)
    peg = build_peg(fine, _PEG_BACK_MM, foot - _BAIL_CLEAR_MM - BITE * _RIM_MM, foot + BITE * wire_mm, wire_mm)
    return [peg, build_bail(fine, bail, wire_mm)]


@lru_cache(maxsize=64)
def _section(outline: LocketOutline, width_mm: float) -> manifold3d.CrossSection:
    if outline == "heart":
        return softened_section(heart(width_mm, False), False, outwards_mm=_RIM_MM + _TIP_MM)  # the frame may not fold
    ratio = _OVAL if outline == "oval" else 1.0
    return manifold3d.CrossSection.circle(circle_factor(180), 180).scale((width_mm / 2, ratio * width_mm / 2))


def _shell(outline: LocketOutline, width_mm: float, depth_mm: float) -> manifold3d.Manifold:
    """One hollow half, domed towards -y: from its apex over the rim to the apex of its inside."""
    rim = _rim(outline, width_mm)
    inner = rim - _RIM_MM * outward(rim)
    high = _high_mm(depth_mm)
    inside = [(s * inner, (high - _WALL_MM) * h) for s, h in _full(True)[::-1]]
    caps = np.array([[0, -_SEAM_MM / 2 - high, 0], [0, -_SEAM_MM / 2 - high + _WALL_MM, 0]])
    return build_solid(open_run(_upright([*_outside(True, rim, depth_mm), *inside]), caps))


def _outside(fine: bool, rim: Floats, depth_mm: float) -> list[tuple[Floats, float]]:
    """A shell's rows (n, 2), each with its height above the plane of the edge, from near the apex to that plane."""
    edge = np.linspace(0, math.pi / 2, 4)[1:]
    dome = [(s * rim, up) for s, up in _dome_rows(fine, depth_mm)]
    round_off = [
        (rim - _RIM_ROUND_MM * (1 - math.cos(a)) * outward(rim), _RIM_ROUND_MM * (1 - math.sin(a))) for a in edge
    ]
    return [*dome, *round_off]


def _upright(rows: list[tuple[Floats, float]]) -> Floats:
    """Such rows as sections (m, n, 3) of the front shell, in the sense that a run wants them."""
    placed = [np.column_stack([flat[:, 0], np.full(len(flat), -_SEAM_MM / 2 - y), flat[:, 1]]) for flat, y in rows]
    return np.stack(placed)[:, ::-1]


def _lip(fine: bool, width_mm: float) -> manifold3d.Manifold:
    lip = manifold3d.Manifold.sphere(1, _ROUND[fine]).scale(_LIP_MM)
    return lip.translate((width_mm / 2, -_SEAM_MM / 2 - _LIP_MM[1], 0))


@lru_cache(maxsize=32)
def _rim(outline: LocketOutline, width_mm: float) -> Floats:
    return _section(outline, width_mm).simplify(_CHORD_MM).to_polygons()[0]


def _high_mm(depth_mm: float) -> float:
    """Of one shell above the seam."""
    return depth_mm / 2 - _SEAM_MM / 2


def _dome_rows(fine: bool, depth_mm: float) -> list[tuple[float, float]]:
    """The outside of a dome, from below its apex to the rim: the share of the rim, and the height above the seam."""
    return [(s, _RIM_ROUND_MM + (_high_mm(depth_mm) - _RIM_ROUND_MM) * h) for s, h in _full(fine)]


def _full(fine: bool) -> list[tuple[float, float]]:
    """A dome as wide and as high as 1, without its apex."""
    turn = np.linspace(0, math.pi / 2, _DOME[fine] + 1)[1:]
    out, up = np.sin(turn) ** (2 / _FULL), np.cos(turn).clip(0) ** (2 / _FULL)
    return list(zip(out.tolist(), up.tolist(), strict=True))


def _knuckle(fine: bool, x_mm: float, at: int) -> manifold3d.Manifold:
    """A knuckle at -1, 0 or 1 along the hinge, with a leaf into the rim of the front shell."""
    barrel = _barrel(fine, _KNUCKLE_MM / 2, _KNUCKLE_LONG_MM).translate((-x_mm, 0, 0))
    leaf = _barrel(fine, _LEAF_MM, _KNUCKLE_LONG_MM)
    leaf = leaf.translate((-x_mm + _HINGE_OUT_MM + _LEAF_IN_MM, -_SEAM_MM / 2 - _LEAF_MM, 0))
    hull = manifold3d.Manifold.batch_hull([barrel, leaf])
    return hull.translate((0, 0, _at_mm(at)))


def _knuckle_room(fine: bool, x_mm: float, ats: tuple[int, ...]) -> list[manifold3d.Manifold]:
    """Room in one rim for the knuckles of the other."""
    radius, long_mm = _KNUCKLE_MM / 2 + _KNUCKLE_GAP_MM, _KNUCKLE_LONG_MM + _KNUCKLE_GAP_MM
    return [_along(_barrel(fine, radius, long_mm), x_mm, at) for at in ats]


def _pin_hole(fine: bool, x_mm: float, ats: tuple[int, ...]) -> list[manifold3d.Manifold]:
    hole = _barrel(fine, PIN_MM / 2, _KNUCKLE_LONG_MM + _KNUCKLE_GAP_MM)
    return [_along(hole, x_mm, at) for at in ats]


def _barrel(fine: bool, radius_mm: float, long_mm: float) -> manifold3d.Manifold:
    segments = _ROUND[fine]
    return manifold3d.Manifold.cylinder(long_mm, radius_mm * circle_factor(segments), -1, segments, True)


def _along(barrel: manifold3d.Manifold, x_mm: float, at: int) -> manifold3d.Manifold:
    return barrel.translate((-x_mm, 0, _at_mm(at)))


def _at_mm(at: int) -> float:
    """How high the middle of a knuckle stands."""
    return at * (_KNUCKLE_LONG_MM + _KNUCKLE_GAP_MM)


def _raised(by_mm: float) -> Floats:
    place = np.eye(4)
    place[2, 3] = by_mm
    return place


def _without(parts: list[manifold3d.Manifold], rooms: list[manifold3d.Manifold]) -> manifold3d.Manifold:
    whole = manifold3d.Manifold.batch_boolean(parts, manifold3d.OpType.Add)
    return manifold3d.Manifold.batch_boolean([whole, *rooms], manifold3d.OpType.Subtract)
