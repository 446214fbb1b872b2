"""Chains as a jeweller names them: one link or two, cut once and laid many times along a line.

Every link is drawn for a gauge of 1 mm, the thickness of its wire (of a box chain's strip, of a snake chain's wall),
and scaled: widths grow with the gauge, weights per length with its square. In a link's own frame the chain runs along x
and z is the face that is seen. Chains come from their makers' machines: weighed and drawn, never cast with the piece.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, get_args

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.drapes import Drape
from configurator.geometry.piece import Mesh, frozen_mesh
from configurator.geometry.solids import (
    Surface,
    build_mesh,
    build_solid,
    circle_factor,
    closed_run,
    enclosed,
)

Floats = NDArray[np.float64]
ChainName = Literal["cable", "curb", "figaro", "box", "rope", "snake"]
CHAINS: tuple[ChainName, ...] = get_args(ChainName)

_CROSSWISE = math.pi / 2

# Shapes, in gauges.
_SLACK = 0.02  # links touch, but are not forced into each other
_CABLE = 1.55, 2.45  # width and length of the eye
_CURB = 1.75, 2.75
_CURB_TWIST_DEG = 45.0  # each end; two neighbours' wires cross at twice that
_CURB_FACE = 0.62  # half its height once it is rolled flat
_FIGARO = 2.0, (2.95, 7.2)  # three short links and a long one
_FIGARO_PATTERN = 0, 0, 0, 1
_BOX_OUTER = 5.6
_BOX_LENGTH = 4.5
_BOX_STRIP = 3.2
_BOX_BEND = 0.7  # radius of the strip's middle at its four bends
_BOX_EDGE = 0.2  # of the strip, rounded
_ROPE_RING = 2.8293  # radius of a ring's middle line
_ROPE_STEP, _ROPE_TURN, _ROPE_OUT, _ROPE_TILTS = 0.6599, 2.5289, 1.6884, (-0.5007, -0.7236)
_SNAKE_RADIUS = 4.2
_SNAKE_CONE_DEG = 34.0
_SNAKE_LENGTH = 3.0  # of a cone's wall
_SNAKE_WAVE = 1.0

_ROUND = {False: 6, True: 32}
_ALONG = {False: 20, True: 128}
_ROPE_ROUND = {False: 5, True: 32}  # a rope has three times as many links as other chains, and far thinner ones
_ROPE_ALONG = {False: 16, True: 128}
_CREASE_DEG = 50.0
_CALIPER_LINKS = 32


@dataclass(frozen=True, eq=False, slots=True)
class ChainKind:
    """A chain of one kind and gauge.

    Its units (one, or short and long) follow each other as `pattern` says; unit k needs `room_mm[k]` of the length and
    lies turned by `roll_rad` against the one before. `volume_mm3` and `area_mm2` are of each unit.
    """

    kind: ChainName
    gauge_mm: float
    pattern: tuple[int, ...]
    room_mm: tuple[float, ...]
    roll_rad: float
    width_mm: float
    height_mm: float
    volume_mm3: tuple[float, ...]
    area_mm2: tuple[float, ...]

    @property
    def pitch_mm(self) -> float:
        """From link to link when the chain is taut; the mean of a pattern."""
        return self._mean(self.room_mm)

    @property
    def volume_mm3_per_mm(self) -> float:
        """Metal in each millimetre of taut chain."""
        return self._mean(self.volume_mm3) / self.pitch_mm

    @property
    def area_mm2_per_mm(self) -> float:
        """Surface of each millimetre of taut chain, inside of links too: what a plating bath wets."""
        return self._mean(self.area_mm2) / self.pitch_mm

    @property
    def unit_meshes(self) -> tuple[Mesh, ...]:
        """The units as the preview draws them, one mesh for all their places."""
        return tuple(_unit_mesh(self.kind, number, self.gauge_mm) for number in range(len(self.room_mm)))

    def unit_solids(self) -> tuple[manifold3d.Manifold, ...]:
        """The units, fine, for files."""
        scale = (self.gauge_mm,) * 3
        return tuple(build_solid(surface).scale(scale) for surface in _units(self.kind, True).surfaces)

    def placements(self, drape: Drape, length_mm: float, start_mm: float = 0.0) -> tuple[Floats, ...]:
        """Where the units lie (count, 4, 4), for each unit, when `length_mm` of chain follows a line.

        As many links as fill the length; the last fraction of one is taken up as slack by all. Links set crosswise are
        an odd number: both ends then lie flat, as clasps expect.
        """
        repeat = self.pitch_mm * len(self.pattern)
        unit = np.resize(self.pattern, math.ceil(length_mm / repeat + 2) * len(self.pattern))
        room = np.asarray(self.room_mm)[unit]
        end = np.cumsum(room)
        count = int(np.searchsorted(end, length_mm * (1 - 1e-9))) + 1
        if self.roll_rad == _CROSSWISE:
            count += 1 - count % 2
        unit, room, end = unit[:count], room[:count], end[:count]
        slack = length_mm / end[-1]
        frames = drape.frames(start_mm + slack * (end - room), start_mm + slack * end)
        turn = self.roll_rad * np.arange(count)
        c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
        across, face = frames[:, :3, 1].copy(), frames[:, :3, 2].copy()
        frames[:, :3, 1], frames[:, :3, 2] = c * across + s * face, c * face - s * across
        return tuple(frames[unit == number] for number in range(len(self.room_mm)))

    def _mean(self, of_units: Sequence[float]) -> float:
        return sum(of_units[number] for number in self.pattern) / len(self.pattern)


@lru_cache(maxsize=64)
def chain(kind: ChainName, gauge_mm: float) -> ChainKind:
    """A chain by its name and the gauge of its wire. Raises `ValueError` for a gauge that is not positive."""
    if not gauge_mm > 0:
        raise ValueError("a chain's gauge is more than 0 mm")
    units = _units(kind, True)
    return ChainKind(
        kind=kind,
        gauge_mm=gauge_mm,
        pattern=units.pattern,
        room_mm=tuple(room * gauge_mm for room in units.room),
        roll_rad=units.roll_rad,
        width_mm=units.width * gauge_mm,
        height_mm=units.height * gauge_mm,
        volume_mm3=tuple(volume * gauge_mm**3 for volume, _, _ in units.held),
        area_mm2=tuple(area * gauge_mm**2 for _, area, _ in units.held),
    )


def chain_of_width(kind: ChainName, width_mm: float) -> ChainKind:
    """A chain as shops name it, by its width over all."""
    return chain(kind, width_mm / _units(kind, True).width)


@dataclass(frozen=True, eq=False)
class _Units:
    """What a kind consists of, in gauges."""

    surfaces: tuple[Surface, ...]
    room: tuple[float, ...]
    pattern: tuple[int, ...] = (0,)
    roll_rad: float = 0.0

    @cached_property
    def width(self) -> float:
        """Over all, across the face."""
        return self._extent(0)

    @cached_property
    def height(self) -> float:
        """Over all, from the skin to the face."""
        return self._extent(1)

    @cached_property
    def held(self) -> tuple[tuple[float, float, float], ...]:
        """What `enclosed` finds of each surface."""
        return tuple(enclosed(surface, np.zeros(surface.points.shape[1], bool)) for surface in self.surfaces)

    def _extent(self, axis: int) -> float:
        """Over all along y (0) or z (1), as a caliper finds it on a piece of chain."""
        flat = np.concatenate([surface.points[..., 1:].reshape(-1, 2) for surface in self.surfaces])
        turn = self.roll_rad * np.arange(_CALIPER_LINKS)
        ways = np.stack([np.cos(turn), np.sin(turn)] if axis == 0 else [-np.sin(turn), np.cos(turn)])
        return 2 * float(np.abs(flat @ ways).max())


@lru_cache(maxsize=16)
def _units(kind: ChainName, fine: bool) -> _Units:
    match kind:
        case "cable":
            width, length = _CABLE
            return _Units((_wire_link(width, length, fine),), (length - _SLACK,), roll_rad=_CROSSWISE)
        case "curb":
            width, length = _CURB
            return _Units((_curb_link(width, length, length, fine),), (length - _SLACK,))
        case "figaro":
            width, lengths = _FIGARO
            surfaces = tuple(_curb_link(width, length, lengths[0], fine) for length in lengths)
            return _Units(surfaces, tuple(length - _SLACK for length in lengths), _FIGARO_PATTERN)
        case "box":
            room = (_BOX_LENGTH - 2 - _SLACK,)
            return _Units((_box_link(fine),), room, roll_rad=_CROSSWISE)
        case "rope":
            return _Units((_rope_ring(fine),), (_ROPE_STEP,), roll_rad=_ROPE_TURN)
        case "snake":
            return _Units((_snake_cone(fine),), (1.06 / math.sin(math.radians(_SNAKE_CONE_DEG)),))


@lru_cache(maxsize=64)
def _unit_mesh(kind: ChainName, number: int, gauge_mm: float) -> Mesh:
    mesh = build_mesh(_units(kind, False).surfaces[number], _CREASE_DEG)
    return frozen_mesh(mesh.vertices_mm * np.float32(gauge_mm), mesh.normals, mesh.faces)


def _wire_link(width: float, length: float, fine: bool, twist_deg: float = 0.0, gather: float = 1.0) -> Surface:
    """An oval of round wire round an eye of this width and length.

    Its ends are twisted by so much to either side; `gather` above 1 keeps the twist away from its middle.
    """
    half_width, half_length = (width + 1) / 2, (length + 1) / 2
    flank = half_length - half_width  # straight, between two half circles
    at = np.arange(_ALONG[fine]) / _ALONG[fine] * (2 * math.pi * half_width + 4 * flank)
    bends = np.array([0.0, math.pi / 2, math.pi / 2, 3 * math.pi / 2, 3 * math.pi / 2, 2 * math.pi])
    ends = np.array([0, math.pi / 2 * half_width, 2 * flank, math.pi * half_width, 2 * flank, math.pi / 2 * half_width])
    step = np.interp(at, np.cumsum(ends), bends)
    shift = np.interp(at, np.cumsum(ends), [flank, flank, -flank, -flank, flank, flank])
    x, out = half_width * np.cos(step) + shift, half_width * np.sin(step)
    turn = math.radians(twist_deg) * np.sign(x) * np.abs(x / half_length) ** gather
    path = np.column_stack([x, out * np.cos(turn), out * np.sin(turn)])
    upright = np.column_stack([np.zeros(len(step)), -np.sin(turn), np.cos(turn)])
    return _swept(path, upright, _circle(_ROUND[fine]), True)


def _curb_link(width: float, length: float, short: float, fine: bool) -> Surface:
    """A twisted link after the rolling mill: what stands high is pressed down, so a row of them lies flat.

    However long a link, its ends are those of the `short` ones, which they meet.
    """
    link = _wire_link(width, length, fine, _CURB_TWIST_DEG, (length + 1) / (short + 1))
    points = link.points.copy()
    z = points[..., 2]
    points[..., 2] = z / (1 + np.abs(z / _CURB_FACE) ** 4) ** 0.25
    return closed_run(points, round=True)


def _box_link(fine: bool) -> Surface:
    """A strip bent to a square: long side along the chain, the strip's breadth across the face."""
    per_bend = 12 if fine else 3
    corner = np.array([_BOX_LENGTH - 1, _BOX_OUTER - 1]) / 2 - _BOX_BEND
    angle = (np.arange(4)[:, None] + np.linspace(0, 1, per_bend)[None]) * math.pi / 2
    signs = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])[:, None]
    flat = (signs * corner + _BOX_BEND * np.stack([np.cos(angle), np.sin(angle)], axis=-1)).reshape(-1, 2)
    path = np.column_stack([flat, np.zeros(len(flat))])
    edge = np.linspace(0, 1, 6 if fine else 2)
    bend = (np.arange(4)[:, None] + edge[None]) * math.pi / 2
    half = np.array([_BOX_STRIP, 1.0]) / 2 - _BOX_EDGE
    section = (signs * half + _BOX_EDGE * np.stack([np.cos(bend), np.sin(bend)], axis=-1)).reshape(-1, 2)
    return _swept(path, np.broadcast_to([0.0, 0.0, 1.0], path.shape), section, False)


def _rope_ring(fine: bool) -> Surface:
    """A round ring that leans out of the rope: the next goes through it, on the other side, and the third."""
    lean, swing = _ROPE_TILTS
    normal = np.array([math.cos(lean) * math.cos(swing), math.cos(lean) * math.sin(swing), math.sin(lean)])
    first = np.cross(normal, [0.0, 1.0, 0.0])
    first /= np.linalg.norm(first)
    step = 2 * math.pi * np.arange(_ROPE_ALONG[fine]) / _ROPE_ALONG[fine]
    path = _ROPE_RING * (np.cos(step)[:, None] * first + np.sin(step)[:, None] * np.cross(normal, first))
    path[:, 1] += _ROPE_OUT
    return _swept(path, np.broadcast_to(normal, path.shape), _circle(_ROPE_ROUND[fine]), True)


def _snake_cone(fine: bool) -> Surface:
    """A short cone of sheet whose narrow end sits in the wide end of the next; its rim waves, as the plates' do."""
    half, fan = (_SNAKE_LENGTH - 1) / 2, (12 if fine else 3)
    angle = np.linspace(-math.pi / 2, math.pi / 2, fan)
    cap = np.column_stack([half + 0.5 * np.cos(angle), 0.5 * np.sin(angle)])
    flat = np.vstack([cap, -cap])
    lean = math.radians(_SNAKE_CONE_DEG)
    x = flat[:, 0] * math.cos(lean) + flat[:, 1] * math.sin(lean)
    out = flat[:, 1] * math.cos(lean) - flat[:, 0] * math.sin(lean)
    out = out - out.max() + _SNAKE_RADIUS
    turns = _ALONG[fine]
    step = 2 * math.pi * np.arange(turns) / turns
    wave = _SNAKE_WAVE * np.cos(2 * step)
    wide = out * circle_factor(turns)
    points = np.stack([x[None] + wave[:, None], wide * np.cos(step)[:, None], wide * np.sin(step)[:, None]], axis=-1)
    return closed_run(points, round=True)


def _circle(segments: int) -> Floats:
    step = 2 * math.pi * np.arange(segments) / segments
    return circle_factor(segments) / 2 * np.column_stack([np.cos(step), np.sin(step)])


def _swept(path: Floats, across: Floats, section: Floats, round: bool) -> Surface:
    """A closed wire: `section` (m, 2) carried along `path` (n, 3), its first axis along `across` (n, 3)."""
    run = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    run /= np.linalg.norm(run, axis=1, keepdims=True)
    side = across - run * np.einsum("ni,ni->n", run, across)[:, None]
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    depth = np.cross(run, side)
    points = path[:, None] + section[None, :, :1] * side[:, None] + section[None, :, 1:] * depth[:, None]
    return closed_run(points, round)
