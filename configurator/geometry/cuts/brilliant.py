"""Brilliants on any rounded outline, built by meet points: kites, stars, halves and mains come out planar.

Every crown main (kite) holds the girdle's tangent line at its own girdle point and the parallel line through its
table corner; stars and halves then share the points where neighbouring mains meet. The pavilion does the same towards
the culet. Nothing is fitted, so no facet is lost and no face is bent.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan, girdle_quads
from configurator.geometry.cuts.outlines import Curve

Floats = NDArray[np.float64]

_LEAST_STAR = 0.04  # beside a tip a star would not come down at all: it then falls by this share of the crown
MAINS = 8  # the standard brilliant: 1 table, 8 kites, 8 stars, 16 halves above; 8 mains, 16 halves below


def brilliant(
    curve: Curve,
    *,
    culet_mm: tuple[float, float],
    table: float,
    crown_mm: float,
    girdle_mm: float,
    pavilion_mm: float,
    thinnest_girdle_mm: float,
    star: float,
    lower_half: float,
    steps: int,
    break_at: tuple[float, float] | None = None,
    mains: int = MAINS,
) -> Facets:
    """A 57-facet brilliant with a pointed culet, or 65 facets with a broken pavilion; 43 facets with six `mains`.

    `break_at` (share of the way in, share of the depth) breaks every pavilion main in two, steep above and flat below,
    as modified cushions are cut: it keeps weight.

    `girdle_mm` is its thickness at the mains, where it is thickest; `table`, `star` and `lower_half` are fractions as
    grading reports give them. `steps` girdle faces per half facet. Total depth is crown + girdle + pavilion and is
    kept: where bulging sides would leave the girdle thinner than `thinnest_girdle_mm`, crown and pavilion are made
    lower in proportion and the girdle thicker.
    """
    n, ring = mains, 2 * steps
    culet = np.array(culet_mm)
    corner_t = 2 * np.pi * np.arange(n) / n
    girdle, tangent = curve(corner_t)
    edge = curve(2 * np.pi * np.arange(n * ring) / (n * ring))[0].reshape(n, ring, 2)
    half = edge[:, steps]
    table_corner = culet + table * (girdle - culet)
    nxt = np.roll(np.arange(n), -1)

    outer = _meet(girdle, tangent, girdle[nxt], tangent[nxt])
    inner = _meet(table_corner, tangent, table_corner[nxt], tangent[nxt])
    # Star length and lower-half length are measured in plan along the line from the culet to the half-way point.
    table_edge = (table_corner + table_corner[nxt]) / 2
    r_edge, r_inner, r_outer, r_half = (np.linalg.norm(p - culet, axis=1) for p in (table_edge, inner, outer, half))
    up = np.maximum(((r_edge + star * (r_half - r_edge)) - r_inner) / (r_outer - r_inner), _LEAST_STAR)
    low = (1 - lower_half) * r_half / r_outer
    star_xy = inner + up[:, None] * (outer - inner)
    low_xy = culet + low[:, None] * (outer - culet)
    break_way, break_fall = break_at or (1.0, 1.0)
    steep = break_fall / break_way  # of the mains beside the girdle; 1: straight down to the culet
    broken = culet + (1 - break_way) * (outer - culet)

    # How far the halves have climbed (0 at the chord between girdle point and half-way point) where the outline
    # bulges beyond that chord, per mm of crown and of pavilion: the girdle's scallops.
    crown_rise = (1 - up)[:, None] * _beyond_chord(edge, girdle, half, girdle[nxt], star_xy, steps)
    pavilion_rise = steep * (1 - low)[:, None] * _beyond_chord(edge, girdle, half, girdle[nxt], low_xy, steps)
    scallop = float(np.max(-(crown_rise * crown_mm + pavilion_rise * pavilion_mm), initial=0.0))
    depth = crown_mm + girdle_mm + pavilion_mm
    if girdle_mm < thinnest_girdle_mm + scallop:
        squeeze = (depth - thinnest_girdle_mm) / (crown_mm + pavilion_mm + scallop)
        crown_mm, pavilion_mm = crown_mm * squeeze, pavilion_mm * squeeze
        girdle_mm = depth - crown_mm - pavilion_mm
    top = girdle_mm / 2

    def level(points: Floats, z: Floats | float) -> Floats:
        return np.column_stack([points, np.broadcast_to(z, len(points))])

    rim = edge.reshape(-1, 2)
    vertices = np.vstack(
        [
            level(table_corner, top + crown_mm),
            level(star_xy, top + (1 - up) * crown_mm),
            level(low_xy, -top - steep * (1 - low) * pavilion_mm),
            [[*culet, -top - pavilion_mm]],
            level(rim, top + crown_mm * crown_rise.ravel()),
            level(rim, -top - pavilion_mm * pavilion_rise.ravel()),
            *([level(broken, -top - break_fall * pavilion_mm)] if break_at else []),
        ]
    )
    faces, facet_of_face, polished = _topology(mains, steps, break_at is not None)
    return Facets(vertices, faces, facet_of_face, polished)


def _meet(p: Floats, d: Floats, q: Floats, e: Floats) -> Floats:
    """Where the lines p + s d and q + s e cross, row by row."""
    return p + (_cross(q - p, e) / _cross(d, e))[:, None] * d


def _cross(a: Floats, b: Floats) -> Floats:
    return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]


def _beyond_chord(edge: Floats, start: Floats, middle: Floats, end: Floats, apex: Floats, steps: int) -> Floats:
    """Signed distance of rim points from the chord of their half facet, in units of the apex's distance: (n, ring)."""
    out = np.empty(edge.shape[:2])
    for a, b, part in ((start, middle, slice(0, steps)), (middle, end, slice(steps, None))):
        chord = (b - a)[:, None, :]
        out[:, part] = _cross(chord, edge[:, part] - a[:, None]) / _cross(chord, (apex - a)[:, None])
    out[:, 0] = out[:, steps] = 0.0  # these lie on the chord; rounding must not lift them
    return np.minimum(out, 0.0)


@lru_cache(maxsize=8)
def _topology(n: int, steps: int, broken: bool) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    ring = 2 * steps
    total = n * ring
    table, star, low, culet, upper = 0, n, 2 * n, 3 * n, 3 * n + 1
    lower = upper + total
    corner = lower + total

    def rim(base: int, i: int, first: int, last: int) -> tuple[int, ...]:
        way = 1 if last > first else -1
        return tuple(base + (i * ring + k) % total for k in range(first, last + way, way))

    polygons: list[tuple[int, ...]] = [tuple(range(table, table + n))]
    for i in range(n):
        before, after = (i - 1) % n, (i + 1) % n
        polygons += [
            (table + i, star + before, upper + i * ring, star + i),
            (table + i, star + i, table + after),
            (star + i, *rim(upper, i, 0, steps)),
            (star + i, *rim(upper, i, steps, ring)),
            *(
                [
                    (corner + before, corner + i, low + i, lower + i * ring, low + before),
                    (culet, corner + i, corner + before),
                ]
                if broken
                else [(culet, low + i, lower + i * ring, low + before)]
            ),
            (low + i, *rim(lower, i, steps, 0)),
            (low + i, *rim(lower, i, ring, steps)),
        ]
    polished = len(polygons)
    whole: Polygons = (*polygons, *girdle_quads(total, upper, lower))
    faces, owner = fan(whole)
    return faces, owner, polished
