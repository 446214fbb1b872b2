"""How a chain lies: round a neck with a pendant in front, round a wrist.

The piece's frame is the same as everywhere: z up, its front faces -y, mm.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ellipe

Floats = NDArray[np.float64]

# Taste and bodies.
_NECK_MM = 120.0  # across the ring that a chain makes where the neck meets the shoulders
_LEAST_MM = 300.0
_NECK_SHARE = 0.92  # of the whole length at most: a choker hangs to a soft point too
_BELLY = 1.6  # how gently the sides curve: their radius exceeds the neck's by so many times the drop
_OVAL = 1.22  # a wrist's breadth over its height
_SAMPLES = 1440


@dataclass(frozen=True, eq=False, slots=True)
class Drape:
    """A closed line that starts at the clasp: `points` (n, 3) at `at_mm` (n,) along it, `faces` (n, 3) unit vectors to
    the side that is seen."""

    points: Floats
    faces: Floats
    at_mm: Floats
    length_mm: float

    def frames(self, begin_mm: Floats, end_mm: Floats) -> Floats:
        """Transforms (k, 4, 4) of things that span from place to place on the line: x along it, z to the seen side."""
        begin, end = self._read(self.points, begin_mm), self._read(self.points, end_mm)
        run = _unit(end - begin)
        face = self._read(self.faces, (begin_mm + end_mm) / 2)
        face = _unit(face - run * np.einsum("ki,ki->k", run, face)[:, None])
        made = np.tile(np.eye(4), (len(run), 1, 1))
        made[:, :3, 0], made[:, :3, 1], made[:, :3, 2] = run, np.cross(face, run), face
        made[:, :3, 3] = (begin + end) / 2
        return made

    def _read(self, values: Floats, at_mm: Floats) -> Floats:
        columns = [np.interp(at_mm, self.at_mm, column, period=self.length_mm) for column in values.T]
        return np.column_stack(columns)


@lru_cache(maxsize=32)
def necklace(length_mm: float, bend_mm: float = 4.0) -> Drape:
    """A chain as it hangs with a pendant: in the xz-plane, faces to -y, the clasp on top, the pendant's bail at the
    origin, which is the lowest point and the middle of the length. Left and right are alike.

    A ring round the neck, two sides that curve gently and a bend of radius `bend_mm` in the pendant's bail: arcs that
    run into each other. Raises `ValueError` for a length that goes round no neck.
    """
    if length_mm < _LEAST_MM:
        raise ValueError(f"a necklace is at least {_LEAST_MM:g} mm long")
    neck = min(_NECK_MM / 2, _NECK_SHARE * length_mm / (2 * math.pi))
    drop = brentq(
        lambda d: sum(_necklace_arcs(neck, bend_mm, d)[2]) - length_mm / 2, 1.001 * (neck - bend_mm), length_mm
    )
    centres, radii, lengths = _necklace_arcs(neck, bend_mm, drop)
    ends = np.cumsum([0.0, *lengths])
    ends *= length_mm / 2 / ends[-1]
    at = length_mm / 2 * np.arange(_SAMPLES // 2 + 1) / (_SAMPLES // 2)
    which = np.clip(np.searchsorted(ends, at, side="right") - 1, 0, 2)
    bearing = np.cumsum([0.0, *(length / radius for length, radius in zip(lengths, radii, strict=True))])
    angle = bearing[which] + (at - ends[which]) / radii[which]
    half = centres[which] + radii[which][:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    half[:, 1] -= half[-1, 1]
    other = half[-2:0:-1] * [-1, 1]
    flat = np.vstack([half, other])
    points = np.column_stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]])
    faces = np.broadcast_to([0.0, -1.0, 0.0], points.shape)
    return _drape(points, faces, length_mm)


@lru_cache(maxsize=32)
def bracelet(length_mm: float, hangs: bool = False) -> Drape:
    """A chain closed round a wrist: an oval in the xz-plane about the origin, the wrist along y, as a ring lies round a
    finger. The clasp is at the bottom (-z), the middle of the length on top; faces look outwards. One that `hangs` has
    its clasp on top and its faces to the front (-y), as a necklace has."""
    flatness = 1 - 1 / _OVAL**2
    wide = length_mm / (4 * ellipe(flatness))
    step = np.linspace(0, 2 * math.pi, 8 * _SAMPLES + 1)
    dense = np.column_stack([wide * np.sin(step), -wide / _OVAL * np.cos(step)])
    far = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(dense, axis=0), axis=1))])
    at = length_mm * np.arange(_SAMPLES) / _SAMPLES
    angle = np.interp(at, far * length_mm / far[-1], step)
    flat = np.column_stack([wide * np.sin(angle), -wide / _OVAL * np.cos(angle)])
    out = _unit(np.column_stack([np.sin(angle) / _OVAL, -np.cos(angle)]))
    nothing = np.zeros(_SAMPLES)
    points = np.column_stack([flat[:, 0], nothing, flat[:, 1]])
    if hangs:
        return _drape(-points, np.broadcast_to([0.0, -1.0, 0.0], points.shape), length_mm)
    return _drape(points, np.column_stack([out[:, 0], nothing, out[:, 1]]), length_mm)


def _drape(points: Floats, faces: Floats, length_mm: float) -> Drape:
    """A line through points that lie evenly along it."""
    made = Drape(points, faces, length_mm * np.arange(len(points)) / len(points), length_mm)
    for array in (made.points, made.faces, made.at_mm):
        array.flags.writeable = False
    return made


def _necklace_arcs(neck: float, bend: float, drop: float) -> tuple[Floats, Floats, tuple[float, float, float]]:
    """The right half's three arcs: centres (3, 2) from the neck's, radii (3,) and lengths, down from the top.

    The side's arc touches the neck's ring and the bend from outside, so all three centres make a triangle.
    """
    side = neck + _BELLY * drop
    to_neck, to_bend = side - neck, side - bend
    at_neck = math.acos((to_neck**2 + drop**2 - to_bend**2) / (2 * to_neck * drop))
    at_bend = math.acos((to_bend**2 + drop**2 - to_neck**2) / (2 * to_bend * drop))
    # The side's centre lies to the left: the neck's arc ends opposite to it.
    centres = np.array([[0.0, 0.0], [-to_neck * math.sin(at_neck), -to_neck * math.cos(at_neck)], [0.0, -drop]])
    lengths = at_neck * neck, (math.pi - at_bend - at_neck) * side, at_bend * bend
    return centres, np.array([neck, side, bend]), lengths


def _unit(vectors: Floats) -> Floats:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
