"""Princess cuts: a square with sharp corners and chevrons, which fan from the corners to the middle of each side."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan

CHEVRONS = 4
# Where the chevrons meet on the line from the middle of a side to the culet, as (share of the way in, share of the
# height). They bulge beyond the straight line, the first row most: that is what makes a princess heavy (taste, tuned
# to the trade's weight factor).
_MEETS = ((0.14, 0.24), (0.34, 0.50), (0.57, 0.72), (0.79, 0.875))
_STAR = (0.46, 0.66)  # where the crown's facets meet: share of the way from girdle to table, share of the height
_MIDDLE_RISE = 0.10  # the girdle rises by this share of its half thickness towards the middle of a side


def princess(
    length_mm: float, width_mm: float, *, table: float, crown_mm: float, girdle_mm: float, pavilion_mm: float
) -> Facets:
    """A princess of four chevrons: 21 facets above, 36 below."""
    top = girdle_mm / 2
    quarter = np.array([[0, -1], [1, 0]], float)  # a quarter turn; the rows below are for the +x side
    corner = np.array([1.0, -1.0])
    way, rise = _STAR
    inset = 1 - table
    side = [
        [*corner * table, top + crown_mm],
        [*corner, top],
        [*corner, -top],
        [1 - inset * way, 0, top + crown_mm * rise],
        [1, 0, top * (1 + _MIDDLE_RISE)],
        *[[1 - w, 0, -top - pavilion_mm * h] for w, h in _MEETS],
    ]
    block = np.array(side)
    turned = []
    turn = np.eye(2)
    for _ in range(4):
        turned.append(np.column_stack([block[:, :2] @ turn, block[:, 2]]))
        turn = turn @ quarter.T
    vertices = np.vstack([*turned, [[0, 0, -top - pavilion_mm]]])
    vertices[:, 0] *= width_mm / 2
    vertices[:, 1] *= length_mm / 2
    faces, owner, polished = _topology()
    return Facets(vertices, faces, owner, polished)


@lru_cache(maxsize=1)
def _topology() -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    size = 5 + CHEVRONS
    culet = 4 * size
    polygons: list[tuple[int, ...]] = [tuple(i * size for i in range(4))]
    girdle: list[tuple[int, ...]] = []
    for i in range(4):
        table, upper, lower, star, rise, *meets = range(i * size, (i + 1) * size)
        table2, upper2, lower2 = ((i + 1) % 4 * size + k for k in range(3))
        polygons += [
            (table, star, table2),
            (table, upper, star),
            (table2, star, upper2),
            (star, upper, rise),
            (star, rise, upper2),
            (lower, meets[0], lower2),
        ]
        for a, b in zip(meets, [*meets[1:], culet], strict=True):
            polygons += [(lower, b, a), (lower2, a, b)]
        girdle.append((upper, lower, lower2, upper2, rise))
    whole: Polygons = (*polygons, *girdle)
    faces, owner = fan(whole)
    return faces, owner, len(polygons)
