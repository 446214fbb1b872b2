"""Clasps, closed, with the jump rings that join them to the chain: spring ring, lobster, box, toggle, in three grades.

A clasp's own frame: the chain runs along x through the origin, z is the face that is seen. Like chains they are bought
in: weighed and drawn, never cast with the piece. Springs and catches inside are left out: they weigh next to nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from configurator.geometry.curves import splines
from configurator.geometry.piece import Mesh
from configurator.geometry.solids import (
    Surface,
    build_mesh,
    build_solid,
    circle_factor,
    closed_run,
    joined,
    moved,
    open_run,
    tubes,
)

Floats = NDArray[np.float64]
ClaspName = Literal["spring_ring", "lobster", "box", "toggle"]
Grade = Literal["light", "standard", "heavy"]
CLASPS: tuple[ClaspName, ...] = get_args(ClaspName)
GRADES: tuple[Grade, ...] = get_args(Grade)

# Sizes in mm for a chain of no width, and what each millimetre of its width adds.
_SIZE_MM: dict[ClaspName, tuple[float, float]] = {
    "spring_ring": (4.4, 0.9),
    "lobster": (7.0, 1.9),
    "box": (5.5, 1.4),
    "toggle": (7.0, 1.8),
}
_METAL: dict[Grade, float] = {"light": 0.82, "standard": 1.0, "heavy": 1.2}  # thickness of everything, as a share
_JUMP_WIRE_MM = 0.1, 0.2  # thin enough for the eye of a link, as the other sizes
_EYE = 0.7  # radius of a soldered eye, in the thickness of the jump ring's wire
_PLAY_MM = 0.06  # between parts that move against each other
_SEGMENTS = {False: 12, True: 24}
_STEPS = {False: 28, True: 72}
_CAP_RINGS = {False: 4, True: 6}

# Shares of a spring ring's width.
_SPRING_TUBE = 0.088
_SPRING_OPEN_DEG = 30.0  # to both sides of the chain
_SPRING_KNOB_DEG = 58.0
# Shares of a lobster's length: the middle lines of its claw, lever and thumb piece, and their radii along the way.
_CLAW = (
    *((-0.38, -0.03), (-0.34, -0.15), (-0.16, -0.215), (0.10, -0.205), (0.33, -0.165), (0.46, -0.06)),
    *((0.46, 0.10), (0.36, 0.165), (0.245, 0.186)),
)
_CLAW_RADII = 0.105, 0.118, 0.108, 0.094, 0.084, 0.076, 0.066, 0.056, 0.045
_LEVER = (-0.38, 0.0), (-0.32, 0.13), (-0.14, 0.195), (0.04, 0.20), (0.175, 0.188)
_LEVER_RADII = 0.105, 0.098, 0.08, 0.06, 0.046
_THUMB = (-0.13, 0.19), (-0.135, 0.23), (-0.15, 0.27), (-0.185, 0.31)
_THUMB_RADII = 0.068, 0.066, 0.062, 0.058
_PIN = 0.112
# Shares of a box clasp's length and width.
_BOX_WIDTH_MM = 1.6, 1.25
_BOX_HEIGHT = 0.5
_BOX_PART = 0.2  # where the lid meets the box, along the length from the middle
_BOX_ROUND = 0.14
_BOX_WALL_MM = 0.32
_TONGUE_MM = 0.3
# Shares of a toggle's ring.
_TOGGLE_TUBE = 0.085
_TOGGLE_BAR = 1.5  # length of the bar over the hole it must not slip through
_TOGGLE_BAR_THICK = 0.85  # over the ring's
_TOGGLE_END = 1.22  # thickness of the bar's ends over its middle


@dataclass(frozen=True, eq=False, slots=True)
class Clasp:
    """A closed clasp with its two jump rings.

    `length_mm` is what it takes of the chain's length, centred on the origin; `metal_mm` the thickness of the part that
    holds: the tongue of a spring ring and a box, the lever of a lobster, the bar of a toggle.
    """

    kind: ClaspName
    grade: Grade
    chain_width_mm: float
    length_mm: float
    metal_mm: float

    @property
    def mesh(self) -> Mesh:
        """As the preview draws it: overlapping parts."""
        return _clasp_mesh(self.kind, self.grade, self.chain_width_mm)

    @property
    def volume_mm3(self) -> float:
        """Metal of the clasp and its jump rings, within 0.5 % of the solid's."""
        return _clasp_size(self.kind, self.grade, self.chain_width_mm)[0]

    @property
    def area_mm2(self) -> float:
        """Surface of the clasp and its jump rings, within 2 % of the solid's."""
        return _clasp_size(self.kind, self.grade, self.chain_width_mm)[1]

    def solid(self) -> manifold3d.Manifold:
        """The clasp and its jump rings, fine; what moves against each other does not touch."""
        return _clasp_solid(self.kind, self.grade, self.chain_width_mm)


@lru_cache(maxsize=64)
def clasp(kind: ClaspName, grade: Grade, chain_width_mm: float) -> Clasp:
    """A clasp to suit a chain of this width. Raises `ValueError` for a width that is not positive."""
    if not chain_width_mm > 0:
        raise ValueError("a chain's width is more than 0 mm")
    made = _made(kind, grade, chain_width_mm, False)
    return Clasp(kind, grade, chain_width_mm, made.end_mm - made.start_mm, made.metal_mm)


@dataclass(frozen=True, eq=False, slots=True)
class _Made:
    """A clasp's surfaces, and where along x its jump rings hold the chain."""

    fixed: tuple[Surface, ...]  # soldered to the left end of the chain
    moving: tuple[Surface, ...]  # comes with the right end
    hollow: tuple[Surface, ...]  # cut out of the fixed part
    start_mm: float
    end_mm: float
    metal_mm: float


@lru_cache(maxsize=64)
def _clasp_mesh(kind: ClaspName, grade: Grade, width_mm: float) -> Mesh:
    made = _made(kind, grade, width_mm, False)
    centred = np.eye(4)
    centred[0, 3] = -(made.start_mm + made.end_mm) / 2
    return moved(joined([build_mesh(surface) for surface in (*made.fixed, *made.moving)]), centred)


@lru_cache(maxsize=64)
def _clasp_solid(kind: ClaspName, grade: Grade, width_mm: float) -> manifold3d.Manifold:
    made = _made(kind, grade, width_mm, True)
    return _whole(made).translate((-(made.start_mm + made.end_mm) / 2, 0, 0))


@lru_cache(maxsize=64)
def _clasp_size(kind: ClaspName, grade: Grade, width_mm: float) -> tuple[float, float]:
    """Volume and surface, of the parts that are drawn: wires of few sides hold as much as round ones."""
    whole = _whole(_made(kind, grade, width_mm, False))
    return float(whole.volume()), float(whole.surface_area())


def _whole(made: _Made) -> manifold3d.Manifold:
    fixed = _union(made.fixed)
    if made.hollow:
        fixed -= _union(made.hollow)
    return fixed + _union(made.moving)


def _union(surfaces: Sequence[Surface]) -> manifold3d.Manifold:
    return manifold3d.Manifold.batch_boolean([build_solid(surface) for surface in surfaces], manifold3d.OpType.Add)


@lru_cache(maxsize=64)
def _made(kind: ClaspName, grade: Grade, width_mm: float, fine: bool) -> _Made:
    base, more = _SIZE_MM[kind]
    size, share = base + more * width_mm, _METAL[grade]
    wire = (_JUMP_WIRE_MM[0] + _JUMP_WIRE_MM[1] * width_mm) * share
    match kind:
        case "spring_ring":
            return _spring_ring(size, share, wire, fine)
        case "lobster":
            return _lobster(size, share, wire, fine)
        case "box":
            return _box(size, _BOX_WIDTH_MM[0] + _BOX_WIDTH_MM[1] * width_mm, share, wire, fine)
        case "toggle":
            return _toggle(size, share, wire, fine)


def _spring_ring(size: float, share: float, wire: float, fine: bool) -> _Made:
    """A tube bent to a ring; a thinner bolt closes its opening, and a knob slides it back."""
    tube = _SPRING_TUBE * size * share
    radius, bolt = size / 2 - tube, 0.66 * tube
    opening, knob = math.radians(_SPRING_OPEN_DEG), math.radians(_SPRING_KNOB_DEG)
    body = _arc(radius, tube, opening, 2 * math.pi - opening, fine)
    tongue = _arc(radius, bolt, -1.3 * opening, 1.3 * opening, fine)
    out = np.array([math.cos(knob), math.sin(knob), 0.0])
    reach = np.array([radius, radius + 1.0 * tube, radius + 1.5 * tube])
    button = _rod(reach[:, None] * out, np.array([0.45, 0.5, 0.62]) * tube, fine)
    eye, start = _soldered_eye(-(radius + tube), wire, fine)
    left, start = _jump_ring(start, -1, wire, wire, fine)
    right, end = _jump_ring(radius - bolt, 1, wire, 2 * bolt, fine)
    return _Made((body, tongue, button, eye, left), (right,), (), start, end, 2 * bolt)


def _lobster(size: float, share: float, wire: float, fine: bool) -> _Made:
    """A claw that tapers to its tip, and a lever with a thumb piece that closes it from the other side."""

    def limb(line: Sequence[tuple[float, float]], radii: Sequence[float]) -> Surface:
        control = size * np.column_stack([np.asarray(line), np.zeros(len(line))])
        count = _STEPS[fine] // 2
        paths, lengths = splines(control[None], count)
        run = np.gradient(paths[0], axis=0)
        run /= np.linalg.norm(run, axis=1)[:, None]
        straight = float(np.einsum("ni,ni->", np.diff(paths[0], axis=0), run[1:] + run[:-1]) / 2)
        along = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(radii)), radii)
        return _rod(paths[0], size * share * math.sqrt(float(lengths[0]) / straight) * along, fine)  # as in a ring

    claw, lever, thumb = limb(_CLAW, _CLAW_RADII), limb(_LEVER, _LEVER_RADII), limb(_THUMB, _THUMB_RADII)
    pivot_at, pivot = size * _CLAW[0][0], size * share * _PIN
    pin = _rod(np.array([[pivot_at, 0, z] for z in (-0.2 * pivot, 0.0, 0.2 * pivot)]), np.full(3, pivot), fine)
    eye, start = _soldered_eye(pivot_at - pivot, wire, fine)
    left, start = _jump_ring(start, -1, wire, wire, fine)
    nose = float(claw.points[..., 0].max())
    thick = 2 * size * share * _CLAW_RADII[5]
    right, end = _jump_ring(nose - thick, 1, wire, thick, fine)
    return _Made((claw, lever, thumb, pin, eye, left), (right,), (), start, end, 2 * size * share * _LEVER_RADII[-2])


def _box(size: float, width: float, share: float, wire: float, fine: bool) -> _Made:
    """A hollow box, and a lid whose folded tongue springs out behind the slot; a thumb piece on top presses it."""
    height, part, wall, sheet = _BOX_HEIGHT * width, _BOX_PART * size, _BOX_WALL_MM * share, _TONGUE_MM * share
    corner = _BOX_ROUND * width
    inner = max(corner - wall, 0.2 * wall)
    body = _block((-size / 2, part), width, height, corner, fine)
    lid = _block((part + _PLAY_MM, size / 2), width, height, corner, fine)
    cavity = _block((-size / 2 + wall, part + wall), width - 2 * wall, height - 2 * wall, inner, fine)
    reach = -size / 2 + wall + 0.1 * size, part + 0.15 * size
    broad = 0.6 * (width - 2 * wall)
    tongue = _block(reach, broad, sheet, 0.3 * sheet, fine)
    # The thumb piece stands clear of the box and grows out of the lid.
    press = _block(
        (part - 0.16 * size, part + 0.16 * size), 0.34 * width, sheet, 0.4 * sheet, fine, height / 2 + 0.55 * sheet
    )
    post = _block((part + 2 * _PLAY_MM, part + 0.16 * size), 0.3 * width, sheet, 0.2 * sheet, fine, height / 2)
    ends = [_soldered_eye(side * size / 2, wire, fine, side) for side in (-1, 1)]
    first, start = _jump_ring(ends[0][1], -1, wire, wire, fine)
    last, end = _jump_ring(ends[1][1], 1, wire, wire, fine)
    return _Made((body, ends[0][0], first), (lid, tongue, press, post, ends[1][0], last), (cavity,), start, end, sheet)


def _toggle(size: float, share: float, wire: float, fine: bool) -> _Made:
    """A ring, and a bar that lies across it: the bar's link goes down through the ring and out below its far side."""
    tube = _TOGGLE_TUBE * size * share
    radius, bar = size / 2 - tube, _TOGGLE_BAR_THICK * tube
    bow = bar + wire / 2 + _PLAY_MM  # radius of the link's ends, one of them round the bar
    at, over = -0.15 * radius, tube + _TOGGLE_END * bar + _PLAY_MM
    # The link must clear the ring's far side, so the bar pulls it to the near side and the ring leans.
    far = radius + tube + bow
    lean = _toggle_lean(radius, tube, bow + wire / 2 + _PLAY_MM, at, over, far)
    turn = np.array([[math.cos(lean), 0, -math.sin(lean)], [0, 1, 0], [math.sin(lean), 0, math.cos(lean)]])
    ring = _turned(_torus((0.0, 0.0, 0.0), radius, tube, fine), turn, radius)
    place = np.array([at + radius, 0.0, over]) @ turn.T - [radius, 0, 0]
    half = _TOGGLE_BAR * (radius - tube)
    along = half * np.linspace(-1, 1, 9)
    thick = bar * (1 + (_TOGGLE_END - 1) * np.abs(np.linspace(-1, 1, 9)) ** 12)
    crossing = _rod(np.column_stack([np.zeros(9), along, np.zeros(9)]) + place, thick, fine)
    link = _oval(place, np.array([far, 0.0, 0.0]), bow, wire / 2, fine)
    eye, start = _soldered_eye(-(radius + tube), wire, fine)
    left, start = _jump_ring(start, -1, wire, wire, fine)
    flat, end = _jump_ring(far + bow - wire / 2, 1, wire, wire, fine, flat=True)
    right, end = _jump_ring(end, 1, wire, wire, fine)
    return _Made((ring, eye, left), (crossing, link, flat, right), (), start, end, 2 * bar)


def _toggle_lean(radius: float, tube: float, clear: float, at: float, over: float, far: float) -> float:
    """By how much the ring leans about its near side, so that the link from the bar to the chain passes below it."""

    def short(lean: float) -> float:
        c, s = math.cos(lean), math.sin(lean)
        bar = np.array([(at + radius) * c - over * s - radius, (at + radius) * s + over * c])
        rim = np.array([2 * radius * c - radius, 2 * radius * s])
        run = np.array([far, 0.0]) - bar
        away = (rim - bar)[1] * run[0] - (rim - bar)[0] * run[1]
        return float(away / np.linalg.norm(run)) - tube - clear

    return brentq(short, 0.0, 1.2)


def _soldered_eye(at: float, wire: float, fine: bool, side: int = -1) -> tuple[Surface, float]:
    """A small ring lying flat against `x = at`, its foot let in a little; and where a jump ring pulls it."""
    eye, tube = _EYE * wire, 0.45 * wire
    centre = at + side * (eye + 0.3 * tube)
    return _torus((centre, 0.0, 0.0), eye + tube, tube, fine), centre + side * eye


def _jump_ring(
    at: float, side: int, wire: float, holds: float, fine: bool, flat: bool = False
) -> tuple[Surface, float]:
    """A ring of wire that is pulled from `x = at` towards `side`, upright or flat; and where it pulls the chain."""
    eye = 0.55 * (holds + 2 * wire)  # a chain's own wire is never twice as thick as its jump ring's
    centre = at + side * (eye - _PLAY_MM / 2)
    ring = _torus((centre, 0.0, 0.0), eye + wire / 2, wire / 2, fine)
    if not flat:
        on_edge = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
        ring = _turned(ring, on_edge, 0.0)
    return ring, centre + side * eye


def _turned(surface: Surface, turn: Floats, pivot: float) -> Surface:
    """A surface turned about the point x = -pivot of its axis."""
    shift = np.array([pivot, 0.0, 0.0])
    return closed_run((surface.points + shift) @ turn.T - shift, round=True)


def _torus(centre: tuple[float, float, float], radius: float, tube: float, fine: bool) -> Surface:
    """A ring of wire lying in the xy-plane."""
    step = 2 * math.pi * np.arange(_STEPS[fine]) / _STEPS[fine]
    out = np.column_stack([np.cos(step), np.sin(step), np.zeros(len(step))])
    return closed_run(_round_sections(radius * out + centre, out, tube, fine), round=True)


def _arc(radius: float, tube: float, start: float, end: float, fine: bool) -> Surface:
    """A piece of a ring of wire in the xy-plane, its ends cut square."""
    step = np.linspace(start, end, _STEPS[fine])
    out = np.column_stack([np.cos(step), np.sin(step), np.zeros(len(step))])
    points = _round_sections(radius * out, out, tube, fine)
    return open_run(points, radius * out[[0, -1]], round=True)


def _oval(start: Floats, end: Floats, bow: float, tube: float, fine: bool) -> Surface:
    """A long link of wire in the xz-plane, its round ends about two points."""
    run = (end - start) / np.linalg.norm(end - start)
    up = np.array([-run[2], 0.0, run[0]])
    half = np.linspace(-math.pi / 2, math.pi / 2, _STEPS[fine] // 2)
    out = np.concatenate([np.outer(np.cos(half), run) + np.outer(np.sin(half), up)] * 2)
    out[len(half) :] *= -1
    middle = np.repeat(np.stack([end, start]), len(half), axis=0)
    return closed_run(_round_sections(middle + bow * out, out, tube, fine), round=True)


def _round_sections(path: Floats, out: Floats, tube: float, fine: bool) -> Floats:
    """Circles about a plane path (n, 3) that runs counter-clockwise, `out` (n, 3) to its outside: (n, m, 3)."""
    segments = _SEGMENTS[fine]
    turn = 2 * math.pi * np.arange(segments) / segments
    plane = np.cross(out[0], out[len(out) // 4])
    side = plane / np.linalg.norm(plane)
    # Chords are shorter than the curve, and sections at their joints lean: a thicker wire makes up for both.
    bend = float(np.linalg.norm(np.cross(out[0], out[1])))
    reach = tube * circle_factor(segments) * circle_factor(2 * math.pi / math.asin(bend))
    return path[:, None] + reach * (np.cos(turn)[:, None] * out[:, None] + np.sin(turn)[:, None] * -side)


def _rod(path: Floats, radii: Floats, fine: bool) -> Surface:
    """A wire with rounded ends whose thickness changes along it; `path` (n, 3), `radii` (n,)."""
    run = path[-1] - path[0]
    sideways = np.array([0.0, 0.0, 1.0]) if abs(run[2]) < 0.5 * np.linalg.norm(run) else np.array([0.0, 1.0, 0.0])
    return tubes(path[None], radii, sideways[None], _SEGMENTS[fine], _CAP_RINGS[fine])[0]


def _block(
    span: tuple[float, float], width: float, height: float, corner: float, fine: bool, middle: float = 0.0
) -> Surface:
    """A box with rounded edges from x to x, as high as `height` about z = `middle`."""
    fan = 10 if fine else 7
    angle = (np.arange(4)[:, None] + np.linspace(0, 1, fan)[None]) * math.pi / 2
    signs = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])[:, None]
    core = np.broadcast_to(signs * (np.array([width, height]) / 2 - corner), (4, fan, 2)).reshape(-1, 2)
    out = np.stack([np.cos(angle), np.sin(angle)], axis=-1).reshape(-1, 2)
    rise = np.linspace(0.2, math.pi / 2, fan)  # not from 0, where the corners of a side would fall together
    x = np.concatenate([span[0] + corner * (1 - np.cos(rise)), span[1] - corner * (1 - np.cos(rise[::-1]))])
    grown = corner * np.concatenate([np.sin(rise), np.sin(rise[::-1])])
    flat = core[None] + grown[:, None, None] * out
    flat[..., 1] += middle
    points = np.concatenate([np.broadcast_to(x[:, None, None], (*flat.shape[:2], 1)), flat], axis=2)
    return open_run(points, np.array([[span[0], 0, middle], [span[1], 0, middle]]))
