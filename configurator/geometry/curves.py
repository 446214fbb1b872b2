"""Plane outlines with their corners marked or rounded, and smooth curves in space."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TINY = 1e-12
_ROUND_SEGMENTS = 64  # of a full turn, where a corner is rounded


@dataclass(frozen=True, eq=False, slots=True)
class Outline:
    """A closed curve, counter-clockwise, convex but for gentle bends: `points` and unit outward `normals`, (n, 2).

    At a corner the point is repeated while the normal turns, so that an offset rounds the corner off.
    """

    points: Floats
    normals: Floats


def outline_of(polygon: Floats, corner_deg: float, fan: int) -> Outline:
    """An `Outline` from a sampled curve; a turn sharper than `corner_deg` is a corner and gets `fan` normals."""
    side = np.roll(polygon, -1, axis=0) - polygon
    after = np.column_stack([side[:, 1], -side[:, 0]]) / np.maximum(np.linalg.norm(side, axis=1), _TINY)[:, None]
    before = np.roll(after, 1, axis=0)
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turn = np.arctan2(cross, np.einsum("ni,ni->n", before, after))
    sharp = turn > math.radians(corner_deg)
    # Away from corners: the middle of both sides' normals. Next to one, the smooth side alone would be as good.
    middle = before + after
    start = np.arctan2(middle[:, 1], middle[:, 0])
    repeat = np.where(sharp, fan, 1)
    which = np.repeat(np.arange(len(polygon)), repeat)
    step = np.arange(len(which)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    share = np.where(sharp[which], step / max(fan - 1, 1) - 1 / 2, 0.0)
    angle = start[which] + share * turn[which]
    return Outline(polygon[which], np.column_stack([np.cos(angle), np.sin(angle)]))


def softened(polygon: Floats, radius_mm: float, samples: int) -> Floats:
    """The curve with its corners rounded to at least `radius_mm`, resampled evenly; starts near +x."""
    section = manifold3d.CrossSection([polygon], manifold3d.FillRule.Positive)
    opened = section.offset(-radius_mm, manifold3d.JoinType.Miter).offset(
        radius_mm, manifold3d.JoinType.Round, circular_segments=_ROUND_SEGMENTS
    )
    return resampled(max(opened.to_polygons(), key=len), samples)


def resampled(polygon: Floats, samples: int, bends: bool = False) -> Floats:
    """A closed curve at `samples` points evenly spaced along it, starting on the +x axis.

    With `bends` half of the points are shared out by the length and half by how far the curve turns.
    """
    start = int(np.argmin(np.abs(np.arctan2(polygon[:, 1], polygon[:, 0]))))
    ring = np.roll(polygon, -start, axis=0)
    side, last = np.roll(ring, -1, axis=0) - ring, ring - np.roll(ring, 1, axis=0)
    way = np.linalg.norm(side, axis=1)
    if bends:
        turn = np.abs(np.arctan2(last[:, 0] * side[:, 1] - last[:, 1] * side[:, 0], np.einsum("ni,ni->n", last, side)))
        way = way / way.sum() + (turn + np.roll(turn, -1)) / (2 * turn.sum())
    way = np.concatenate([[0.0], np.cumsum(way)])
    ring = np.vstack([ring, ring[:1]])
    at = way[-1] * np.arange(samples) / samples
    return np.column_stack([np.interp(at, way, ring[:, k]) for k in range(2)])


def top_of(loop: Floats, x_mm: float) -> float:
    """The highest place of a closed curve (n, 2) at `x_mm`; minus infinity where it does not pass."""
    after = np.roll(loop, -1, axis=0)
    crossed = (loop[:, 0] <= x_mm) != (after[:, 0] <= x_mm)
    a, b = loop[crossed], after[crossed]
    height = a[:, 1] + (x_mm - a[:, 0]) / (b[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    return float(height.max(initial=-math.inf))


def middle_of(loops: Sequence[Floats]) -> Floats:
    """The centre (2,) of the area that closed curves (n, 2) enclose; holes run clockwise."""
    area, moment = 0.0, np.zeros(2)
    for loop in loops:
        after = np.roll(loop, -1, axis=0)
        cross = loop[:, 0] * after[:, 1] - after[:, 0] * loop[:, 1]
        area += float(cross.sum()) / 2
        moment += ((loop + after) * cross[:, None]).sum(axis=0) / 6
    found: Floats = moment / area
    return found


def splines(control: Floats, samples: int) -> tuple[Floats, Floats]:
    """Clamped uniform cubic B-splines through the first and last of `control` (k, c, 3).

    Evenly spaced points (k, n, 3), and the true lengths (k,) of the curves.
    """
    basis = _spline_basis(control.shape[1], 4 * samples)
    dense = np.einsum("sc,kci->ksi", basis, control)
    step = np.linalg.norm(np.diff(dense, axis=1), axis=2)
    length = np.concatenate([np.zeros((len(control), 1)), np.cumsum(step, axis=1)], axis=1)
    # The place of every wanted length between two dense samples, for all curves at once.
    at = length[:, -1:] * np.linspace(0, 1, samples)
    after = np.clip((length[:, None, :] < at[:, :, None]).sum(axis=2), 1, dense.shape[1] - 1)
    row = np.arange(len(control))[:, None]
    begin = length[row, after - 1]
    share = (at - begin) / np.maximum(length[row, after] - begin, _TINY)
    return dense[row, after - 1] + share[..., None] * (dense[row, after] - dense[row, after - 1]), length[:, -1]


@lru_cache(maxsize=16)
def _spline_basis(count: int, samples: int) -> Floats:
    knots = np.concatenate([np.zeros(3), np.linspace(0, 1, count - 2), np.ones(3)])
    at = np.minimum(np.linspace(0, 1, samples), 1 - 1e-12)[:, None]
    basis = ((at >= knots[None, :-1]) & (at < knots[None, 1:])).astype(float)
    for degree in range(1, 4):
        left, right = knots[degree:-1] - knots[: -degree - 1], knots[degree + 1 :] - knots[1:-degree]
        grow = np.where(left > 0, (at - knots[None, : -degree - 1]) / np.where(left > 0, left, 1), 0)
        fall = np.where(right > 0, (knots[None, degree + 1 :] - at) / np.where(right > 0, right, 1), 0)
        basis = grow * basis[:, :-1] + fall * basis[:, 1:]
    basis[-1] = 0
    basis[-1, -1] = 1
    return basis
