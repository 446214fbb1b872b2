"""Hearts: two mirror-image lobes. Each is half of a convex brilliant whose mains at the cleft and at the tip lie on
the middle line, so that its facets end there and none has to be cut in two."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.brilliant import brilliant
from configurator.geometry.cuts.facets import Facets
from configurator.geometry.cuts.outlines import heart_lobe


def heart(
    length_mm: float,
    width_mm: float,
    *,
    culet_y_mm: float,
    table: float,
    crown_mm: float,
    girdle_mm: float,
    pavilion_mm: float,
    thinnest_girdle_mm: float,
    star: float,
    lower_half: float,
    steps: int,
) -> Facets:
    """A heart of 57 facets, its cleft towards +y; not convex, but each half is. See `brilliant` for the measures."""
    lobe = brilliant(
        heart_lobe(length_mm, width_mm),
        culet_mm=(0.0, culet_y_mm),
        table=table,
        crown_mm=crown_mm,
        girdle_mm=girdle_mm,
        pavilion_mm=pavilion_mm,
        thinnest_girdle_mm=thinnest_girdle_mm,
        star=star,
        lower_half=lower_half,
        steps=steps,
    )
    keep, mirrored, faces, owner, polished = _topology(steps)
    right = lobe.vertices[keep]
    return Facets(np.vstack([right, right[mirrored] * [-1, 1, 1]]), faces, owner, polished)


_MIDDLE = 1e-9  # mm: nearer than this to the middle line is on it


@lru_cache(maxsize=4)
def _topology(steps: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], int]:
    """What to keep of the lobe's vertices, which of those to mirror, and the heart's triangles and their facets.

    Which they are depends on no size, so it is found once, on a heart of 1 mm.
    """
    lobe = brilliant(
        heart_lobe(1.0, 1.0),
        culet_mm=(0.0, 0.0),
        table=0.6,
        crown_mm=0.1,
        girdle_mm=0.1,
        pavilion_mm=0.4,
        thinnest_girdle_mm=0.01,
        star=0.5,
        lower_half=0.75,
        steps=steps,
    )
    x = lobe.vertices[:, 0]
    keep = np.flatnonzero(x > -_MIDDLE)
    place = np.full(len(x), -1)
    place[keep] = np.arange(len(keep))
    mirrored = np.flatnonzero(x[keep] > _MIDDLE)
    twin = np.arange(len(keep))
    twin[mirrored] = len(keep) + np.arange(len(mirrored))
    right, owner = _right_half(lobe, x)
    right = place[right]
    left = twin[right][:, ::-1]
    planes = lobe.planes()
    # Facets at right angles to the mirror are one with their twins: the table, and at the tip a kite and a main.
    shared = np.abs(planes[:, 0]) < _MIDDLE
    facets = np.unique(owner)
    polished = int((facets < lobe.polished).sum())
    crown_and_pavilion, girdle = facets[:polished], facets[polished:]
    number: dict[tuple[int, bool], int] = {}
    for group in (crown_and_pavilion, girdle):
        for facet in group:
            number[facet, False] = len(set(number.values()))
            number[facet, True] = number[facet, False] if shared[facet] else number[facet, False] + 1
    found = np.array([number[facet, False] for facet in owner] + [number[facet, True] for facet in owner])
    faces = np.vstack([right, left])
    order = np.argsort(found, kind="stable")
    count = len({number[facet, side] for facet in crown_and_pavilion for side in (False, True)})
    return keep, mirrored, faces[order], found[order], count


def _right_half(lobe: Facets, x: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Triangles and facets of the right half; facets that lie on both sides are cut along the middle line."""
    faces, owner = [], []
    for facet in range(int(lobe.facet_of_face[-1]) + 1):
        triangles = lobe.faces[lobe.facet_of_face == facet]
        polygon = [triangles[0, 0], triangles[0, 1], *triangles[:, 2]]  # as it was fanned
        kept = [corner for corner in polygon if x[corner] > -_MIDDLE]
        if len(kept) < 3 or all(abs(x[corner]) < _MIDDLE for corner in kept):
            continue
        faces += [(kept[0], kept[i], kept[i + 1]) for i in range(1, len(kept) - 1)]
        owner += [facet] * (len(kept) - 2)
    return np.array(faces, np.intp), np.array(owner, np.intp)
