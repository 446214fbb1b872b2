"""Radiants: an emerald's outline, cut as a brilliant: stars above, chevrons below that fan from the cut corners."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan
from configurator.geometry.cuts.step import octagon_corners

Floats = NDArray[np.float64]

_CORNER = 0.15  # what a cut corner takes off each side, of the width (taste)
_SIDES = 8
# Where the crown's facets meet above the middle of a side: share of the way from girdle to table, share of the height.
_STAR = (0.54, 0.695)
# Where the chevrons meet below it, as in a princess: the bulge keeps weight and was tuned to the trade's factor.
_MEETS = ((0.20, 0.384), (0.45, 0.584), (0.766, 0.827))
_BELOW_CORNER = (0.495, 0.499)  # the same below a cut corner, which has one row


def radiant_corners(length_mm: float, width_mm: float) -> Floats:
    """The eight corners of the outline, counter-clockwise from the right end of a cut corner: (8, 2)."""
    return octagon_corners(length_mm, width_mm, _CORNER)


def radiant(
    length_mm: float, width_mm: float, *, table: float, crown_mm: float, girdle_mm: float, pavilion_mm: float
) -> Facets:
    """A radiant of three chevrons: 33 facets above, 40 below."""
    corner = radiant_corners(length_mm, width_mm)
    middle = (corner + np.roll(corner, -1, axis=0)) / 2
    top = girdle_mm / 2
    way, rise = _STAR
    long_sides = middle[1::2]

    def level(points: Floats, z: float) -> Floats:
        return np.column_stack([points, np.full(len(points), z)])

    vertices = np.vstack(
        [
            level(table * corner, top + crown_mm),
            level(middle * (1 - (1 - table) * way), top + crown_mm * rise),
            level(corner, top),
            level(corner, -top),
            *(level(long_sides * (1 - inwards), -top - pavilion_mm * fall) for inwards, fall in _MEETS),
            level(middle[::2] * (1 - _BELOW_CORNER[0]), -top - pavilion_mm * _BELOW_CORNER[1]),
            [[0, 0, -top - pavilion_mm]],
        ]
    )
    faces, owner, polished = _topology()
    return Facets(vertices, faces, owner, polished)


@lru_cache(maxsize=1)
def _topology() -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    n = _SIDES
    table, star, upper, lower, meets = (k * n for k in range(5))
    below_corner = meets + len(_MEETS) * n // 2
    culet = below_corner + n // 2
    polygons: list[tuple[int, ...]] = [tuple(range(n))]
    girdle: list[tuple[int, ...]] = []
    for k in range(n):
        after = (k + 1) % n
        polygons += [
            (table + k, star + k, table + after),
            (table + k, upper + k, star + k),
            (table + after, star + k, upper + after),
            (star + k, upper + k, upper + after),
        ]
        if k % 2 == 0:  # below a cut corner
            inwards = [below_corner + k // 2]
        else:
            inwards = [meets + row * n // 2 + k // 2 for row in range(len(_MEETS))]
        polygons.append((lower + k, inwards[0], lower + after))
        for a, b in zip(inwards, [*inwards[1:], culet], strict=True):
            polygons += [(lower + k, b, a), (lower + after, a, b)]
        girdle.append((upper + k, lower + k, lower + after, upper + after))
    whole: Polygons = (*polygons, *girdle)
    faces, owner = fan(whole)
    return faces, owner, len(polygons)
