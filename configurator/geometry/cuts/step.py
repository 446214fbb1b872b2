"""Step cuts: straight sides and rows of parallel facets, flatter towards the table and the keel."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan, girdle_quads

Floats = NDArray[np.float64]
Rows = tuple[tuple[float, float], ...]

# How much a cut corner takes off each side, of the width: large on a square stone, small on a long one. Taste, inside
# what the trade's weight factors by ratio leave open.
_CORNER_SQUARE, _CORNER_LONG, _LONG_RATIO = 0.28, 0.17, 1.6
_ASSCHER_CORNER = 0.22  # the regular octagon's would be 0.293


@dataclass(frozen=True, slots=True)
class Steps:
    """Rows of facets from the girdle, as (share of the way in, share of the height); each is flatter than the last.

    `keel` is its length over what gives all sides of the pavilion one slope.
    """

    crown: Rows
    pavilion: Rows
    keel: float


EMERALD = Steps(
    crown=((0.0, 0.0), (0.30, 0.42), (0.62, 0.75), (1.0, 1.0)),
    pavilion=((0.0, 0.0), (0.30, 0.40), (0.64, 0.73), (1.0, 1.0)),
    keel=1.0,
)
# A longer keel would come through a setting that tapers towards the band.
BAGUETTE = Steps(
    crown=((0.0, 0.0), (0.45, 0.55), (1.0, 1.0)), pavilion=((0.0, 0.0), (0.44, 0.54), (1.0, 1.0)), keel=0.65
)


def emerald_corners(length_mm: float, width_mm: float) -> Floats:
    """The eight corners of the outline, counter-clockwise from the right end of a cut corner: (8, 2)."""
    squareness = max(0.0, (_LONG_RATIO - length_mm / width_mm) / (_LONG_RATIO - 1))
    corner = _CORNER_LONG + (_CORNER_SQUARE - _CORNER_LONG) * min(squareness, 1.0)
    return octagon_corners(length_mm, width_mm, corner)


def asscher_corners(length_mm: float, width_mm: float) -> Floats:
    """As an emerald's, with the largest cut corners."""
    return octagon_corners(length_mm, width_mm, _ASSCHER_CORNER)


def octagon_corners(length_mm: float, width_mm: float, corner: float) -> Floats:
    """A rectangle whose corners are cut at 45°, by `corner` of the width off each side: (8, 2)."""
    long, short, cut = length_mm / 2, width_mm / 2, corner * width_mm
    quarter = np.array([[short, long - cut], [short - cut, long]])
    half = np.vstack([quarter, quarter[::-1] * [-1, 1]])
    return np.vstack([half, -half])


def square_corners(length_mm: float, width_mm: float) -> Floats:
    """A rectangle with sharp corners, counter-clockwise from the upper right: (4, 2)."""
    return np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * [width_mm / 2, length_mm / 2]


def step_cut(
    corners: Floats, steps: Steps, *, table: float, crown_mm: float, girdle_mm: float, pavilion_mm: float
) -> Facets:
    """A step cut on `corners` (n, 2), the first half of them on the far (+y) side; it meets in a keel, or a point when
    square."""
    count = len(corners)
    width_mm, length_mm = np.ptp(corners, axis=0)
    along = np.roll(corners, -1, axis=0) - corners
    normal = np.column_stack([along[:, 1], -along[:, 0]]) / np.linalg.norm(along, axis=1)[:, None]
    side = np.einsum("ij,ij->i", normal, corners)
    keel_mm = steps.keel * (length_mm - width_mm) / 2
    keel_side = keel_mm * np.abs(normal[:, 1])
    table_inset = (1 - table) / 2 * width_mm
    top = girdle_mm / 2
    rings = [
        np.column_stack([_polygon(normal, side - table_inset * way), np.full(count, top + crown_mm * rise)])
        for way, rise in reversed(steps.crown)
    ]
    rings += [
        np.column_stack([_polygon(normal, side + (keel_side - side) * way), np.full(count, -top - pavilion_mm * fall)])
        for way, fall in steps.pavilion[:-1]
    ]
    vertices = np.vstack([*rings, [[0, -keel_mm, -top - pavilion_mm], [0, keel_mm, -top - pavilion_mm]]])
    square = bool(keel_mm == 0.0)
    faces, owner, polished = _topology(count, len(steps.crown) - 1, len(steps.pavilion) - 1, square)
    return Facets(vertices[:-1] if square else vertices, faces, owner, polished)


def _polygon(normal: Floats, distance: Floats) -> Floats:
    """Corners of the polygon with sides at these distances; corner k lies between side k - 1 and side k."""
    before, d0 = np.roll(normal, 1, axis=0), np.roll(distance, 1)
    turn = before[:, 0] * normal[:, 1] - before[:, 1] * normal[:, 0]
    x = (d0 * normal[:, 1] - distance * before[:, 1]) / turn
    y = (before[:, 0] * distance - normal[:, 0] * d0) / turn
    return np.column_stack([x, y])


@lru_cache(maxsize=8)
def _topology(
    count: int, crown_rows: int, pavilion_rows: int, square: bool
) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    polygons: list[tuple[int, ...]] = [tuple(range(count))]
    girdle_top, last = crown_rows * count, (crown_rows + pavilion_rows) * count
    for ring in range(0, last, count):  # from one ring to the next lower one, without the girdle
        if ring != girdle_top:
            polygons += girdle_quads(count, ring, ring + count)
    back = last + count
    front = back if square else back + 1
    # Which end of the keel each corner of the last ring falls to.
    end = [front if k < count // 2 else back for k in range(count)]
    for k in range(count):
        after = (k + 1) % count
        tail = (end[k],) if end[k] == end[after] else (end[k], end[after])
        polygons.append((last + k, *tail, last + after))
    polished = len(polygons)
    whole: Polygons = (*polygons, *girdle_quads(count, girdle_top, girdle_top + count))
    faces, owner = fan(whole)
    return faces, owner, polished
