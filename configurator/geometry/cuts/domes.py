"""Stones without facets: cabochons, half an ellipsoid on a flat base, and spheres. Their volumes are closed forms.

What is drawn and cut with is a polyhedron inscribed in the true surface, whose facets are plane: rings of an ellipsoid
at equal turns are a sphere's, stretched.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.cuts.facets import Facets, Polygons, fan, girdle_quads
from configurator.geometry.piece import Dome

Floats = NDArray[np.float64]

AROUND = 48  # faces round the girdle
_RINGS = 12  # from the girdle to the top
_BEVEL_RUN = 1.0  # how far a cabochon's back bevel runs in, of its height: 45 degrees


def cabochon(
    length_mm: float, width_mm: float, *, dome_mm: float, girdle_mm: float, bevel_mm: float
) -> tuple[Facets, Dome, float]:
    """A dome over an upright girdle and a bevelled flat base (facet 0); with its true surface and volume in mm³."""
    base = 1 - 2 * _BEVEL_RUN * bevel_mm / width_mm
    half = girdle_mm / 2
    dome = Dome((width_mm / 2, length_mm / 2, dome_mm), half, -half - bevel_mm, whole=False)
    flat, height = _rings(dome)
    rim = flat[-1]
    vertices = np.vstack(
        [
            [[0.0, 0.0, half + dome_mm]],
            *(np.column_stack([ring, np.full(AROUND, z)]) for ring, z in zip(flat, height, strict=True)),
            np.column_stack([rim, np.full(AROUND, -half)]),
            np.column_stack([base * rim, np.full(AROUND, -half - bevel_mm)]),
        ]
    )
    faces, owner, polished = _cabochon_topology()
    area = math.pi / 4 * length_mm * width_mm
    volume = area * (2 / 3 * dome_mm + girdle_mm + bevel_mm * (1 + base + base * base) / 3)
    return Facets(vertices, faces, owner, polished), dome, volume


def sphere(diameter_mm: float) -> tuple[Facets, Dome, float]:
    """A pearl or a bead, with its true surface and volume in mm³."""
    r = diameter_mm / 2
    dome = Dome((r, r, r), 0.0, -r, whole=True)
    flat, height = _rings(dome)
    upper = [np.column_stack([ring, np.full(AROUND, z)]) for ring, z in zip(flat, height, strict=True)]
    lower = [ring * [1, 1, -1] for ring in reversed(upper[:-1])]
    vertices = np.vstack([[[0.0, 0.0, r]], *upper, *lower, [[0.0, 0.0, -r]]])
    faces, owner, polished = _sphere_topology()
    return Facets(vertices, faces, owner, polished), dome, math.pi / 6 * diameter_mm**3


def _rings(dome: Dome) -> tuple[list[Floats], Floats]:
    """Level rings (AROUND, 2) from near the top down to the girdle, and their heights."""
    a, b, c = dome.half_axes_mm
    turn = 2 * np.pi * np.arange(AROUND) / AROUND
    way = np.pi / 2 * np.arange(1, _RINGS + 1) / _RINGS
    around = np.column_stack([a * np.cos(turn), b * np.sin(turn)])
    height = dome.centre_z_mm + c * np.cos(way)
    height[-1] = dome.centre_z_mm
    return [np.sin(w) * around for w in way], height


@lru_cache(maxsize=1)
def _cabochon_topology() -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    top, girdle = 1 + AROUND * (_RINGS - 1), 1 + AROUND * _RINGS
    base = girdle + AROUND
    polygons: Polygons = (
        tuple(base + k for k in reversed(range(AROUND))),
        *_from_top(_RINGS),
        *girdle_quads(AROUND, girdle, base),
    )
    faces, owner = fan((*polygons, *girdle_quads(AROUND, top, girdle)))
    return faces, owner, len(polygons)


@lru_cache(maxsize=1)
def _sphere_topology() -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    rings = 2 * _RINGS - 1
    last, nadir = 1 + AROUND * (rings - 1), 1 + AROUND * rings
    polygons: Polygons = (
        *_from_top(rings),
        *((last + k, nadir, last + (k + 1) % AROUND) for k in range(AROUND)),
    )
    faces, owner = fan(polygons)
    return faces, owner, len(polygons)


def _from_top(rings: int) -> Polygons:
    """The triangles round the top, and the faces between one ring and the next."""
    caps = tuple((0, 1 + k, 1 + (k + 1) % AROUND) for k in range(AROUND))
    between = (girdle_quads(AROUND, 1 + AROUND * k, 1 + AROUND * (k + 1)) for k in range(rings - 1))
    return (*caps, *(quad for ring in between for quad in ring))
