"""Rose cuts: a flat base and a dome of triangles under a point. The whole stone is crown."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan, girdle_quads
from configurator.geometry.cuts.outlines import Curve

Floats = NDArray[np.float64]

PETALS = 6  # the full rose: six triangles round the point, six standing on their tips, twelve at the girdle
_RING = (0.64, 0.70)  # where the petals end: share of the way out, share of the height (taste; makes the weight)


def rose(curve: Curve, *, dome_mm: float, girdle_mm: float, thinnest_girdle_mm: float, steps: int) -> Facets:
    """A rose of 24 facets and its base (facet 0); `steps` girdle faces per facet that meets the girdle.

    Height is dome + girdle and is kept: where the outline bulges beyond a facet's chord the facet reaches lower, so the
    girdle is made thick enough there and the dome lower.
    """
    n, total = PETALS, 2 * PETALS * steps
    out, up = _RING
    ring = out * curve(2 * np.pi * np.arange(n) / n)[0]
    rim = curve(2 * np.pi * np.arange(total) / total)[0]
    at, between = rim[:: 2 * steps], rim[steps :: 2 * steps]
    # How far each girdle facet has climbed at the rim (0 on its chord), per mm of dome.
    climbed = np.zeros((n, 2, steps))
    parts = rim.reshape(n, 2, steps, 2)
    for half, (start, end, apex) in enumerate(
        ((at, between, ring), (between, np.roll(at, -1, axis=0), np.roll(ring, -1, axis=0)))
    ):
        chord = end - start
        climbed[:, half] = up * (
            _cross(chord[:, None], parts[:, half] - start[:, None]) / _cross(chord, apex - start)[:, None]
        )
    climbed[:, :, 0] = 0.0  # these lie on the chord; rounding must not lift them
    fall = -float(climbed.min())
    height = dome_mm + girdle_mm
    if girdle_mm < thinnest_girdle_mm + fall * dome_mm:
        dome_mm = (height - thinnest_girdle_mm) / (1 + fall)
        girdle_mm = height - dome_mm
    top = girdle_mm / 2
    vertices = np.vstack(
        [
            [[0.0, 0.0, top + dome_mm]],
            np.column_stack([ring, np.full(n, top + up * dome_mm)]),
            np.column_stack([rim, top + dome_mm * climbed.ravel()]),
            np.column_stack([rim, np.full(total, -top)]),
        ]
    )
    faces, owner, polished = _topology(steps)
    return Facets(vertices, faces, owner, polished)


def _cross(a: Floats, b: Floats) -> Floats:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


@lru_cache(maxsize=4)
def _topology(steps: int) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    n, total = PETALS, 2 * PETALS * steps
    apex, ring, upper = 0, 1, 1 + n
    lower = upper + total
    polygons: list[tuple[int, ...]] = [tuple(lower + k for k in reversed(range(total)))]
    for i in range(n):
        after = (i + 1) % n
        first, middle = 2 * i * steps, (2 * i + 1) * steps
        polygons += [
            (apex, ring + i, ring + after),
            (ring + i, upper + middle, ring + after),
            (ring + i, *(upper + first + k for k in range(steps + 1))),
            (ring + after, *(upper + (middle + k) % total for k in range(steps + 1))),
        ]
    whole: Polygons = (*polygons, *girdle_quads(total, upper, lower))
    faces, owner = fan(whole)
    return faces, owner, len(polygons)
