"""Step cuts: an eight-sided outline and rows of parallel facets, flatter towards the table and the keel."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan, girdle_quads

SIDES = 8
# How much a cut corner takes off each side, of the width: large on a square stone (there it is called an Asscher),
# small on a long one. Taste, inside what the trade's weight factors by ratio leave open.
_CORNER_SQUARE, _CORNER_LONG, _LONG_RATIO = 0.28, 0.17, 1.6
# Rows as (share of the way in, share of the height): convex, so each row is flatter than the one nearer the girdle.
_CROWN_ROWS = ((0.0, 0.0), (0.30, 0.42), (0.62, 0.75), (1.0, 1.0))
_PAVILION_ROWS = ((0.0, 0.0), (0.30, 0.40), (0.64, 0.73), (1.0, 1.0))


def step_outline(length_mm: float, width_mm: float) -> NDArray[np.float64]:
    """The eight corners of the outline, counter-clockwise from the lower right: (8, 2)."""
    return _octagon(_sides(length_mm, width_mm))


def step_cut(
    length_mm: float, width_mm: float, *, table: float, crown_mm: float, girdle_mm: float, pavilion_mm: float
) -> Facets:
    """An emerald cut of three rows above and three below that meet in a keel (a point when square)."""
    side = _sides(length_mm, width_mm)
    keel = (length_mm - width_mm) / 2
    keel_side = np.array([0.0, keel * np.sqrt(0.5), keel, keel * np.sqrt(0.5)] * 2)
    table_inset = (1 - table) / 2 * width_mm
    top = girdle_mm / 2
    rings = [
        np.column_stack([_octagon(side - table_inset * way), np.full(SIDES, top + crown_mm * rise)])
        for way, rise in reversed(_CROWN_ROWS)
    ]
    rings += [
        np.column_stack([_octagon(side - (side - keel_side) * way), np.full(SIDES, -top - pavilion_mm * fall)])
        for way, fall in _PAVILION_ROWS[:-1]
    ]
    vertices = np.vstack([*rings, [[0, -keel, -top - pavilion_mm], [0, keel, -top - pavilion_mm]]])
    square = keel == 0.0
    faces, owner, polished = _topology(square)
    return Facets(vertices[:-1] if square else vertices, faces, owner, polished)


def _sides(length_mm: float, width_mm: float) -> NDArray[np.float64]:
    """Distance of each side from the middle, for directions 0°, 45°, … 315°."""
    long, short = length_mm / 2, width_mm / 2
    squareness = max(0.0, (_LONG_RATIO - length_mm / width_mm) / (_LONG_RATIO - 1))
    corner = _CORNER_LONG + (_CORNER_SQUARE - _CORNER_LONG) * min(squareness, 1.0)
    cut = (long + short - corner * width_mm) * np.sqrt(0.5)
    return np.array([short, cut, long, cut] * 2)


def _octagon(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners between neighbouring sides: corner k lies between side k - 1 and side k."""
    angle = np.arange(SIDES) * np.pi / 4
    normal = np.column_stack([np.cos(angle), np.sin(angle)])
    before, here = np.roll(normal, 1, axis=0), normal
    d0, d1 = np.roll(distance, 1), distance
    turn = before[:, 0] * here[:, 1] - before[:, 1] * here[:, 0]
    x = (d0 * here[:, 1] - d1 * before[:, 1]) / turn
    y = (before[:, 0] * d1 - here[:, 0] * d0) / turn
    return np.column_stack([x, y])


@lru_cache(maxsize=2)
def _topology(square: bool) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    polygons: list[tuple[int, ...]] = [tuple(range(SIDES))]
    crown, girdle_top = 0, 3 * SIDES
    for row in (0, 1, 2, 4, 5):  # from one ring to the next lower one; ring 3 to 4 is the girdle
        polygons += list(girdle_quads(SIDES, crown + row * SIDES, crown + (row + 1) * SIDES))
    low, back = 6 * SIDES, 7 * SIDES
    front = back if square else back + 1
    # Which end of the keel each corner of the last ring falls to: corners 1 … 4 are on the far (+y) half.
    end = [front if 1 <= k <= 4 else back for k in range(SIDES)]
    for k in range(SIDES):
        after = (k + 1) % SIDES
        tail = (end[after],) if end[k] == end[after] else (end[after], end[k])
        polygons.append(
            (low + k, *reversed(tail), low + after) if len(tail) == 1 else (low + k, end[k], end[after], low + after)
        )
    polished = len(polygons)
    whole: Polygons = (*polygons, *girdle_quads(SIDES, girdle_top, girdle_top + SIDES))
    faces, owner = fan(whole)
    return faces, owner, polished
