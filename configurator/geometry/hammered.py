"""A band whose outside was struck with a hammer: shallow round dimples side by side, as real relief.

The dimples are paraboloids in a jittered honeycomb; where two meet a soft ridge is left. They fade out towards the
edges, so that the sides of the band stay smooth.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from configurator.geometry.band import Band, Profile, profile_outline
from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh
from configurator.geometry.solids import Surface, build_mesh, build_solid, circle_factor, closed_run, enclosed

Floats = NDArray[np.float64]

# Taste.
DEPTH_MM = 0.1  # of a dimple; a planishing hammer leaves about as much
_APART_MM = 1.5  # from dimple to dimple
_WIDE = 0.72  # radius of a dimple, of that
_JITTER = 0.16
_FADE_MM = 0.35  # from the edge of the band
_SEED = 11

_STEP_MM = {False: 0.24, True: 0.12}  # of the sweep, round the band and across it
_CREASE_DEG = 60.0
_ARCH_POINTS = 161
_NARROW_MM = 3.0  # on narrower bands a dimple has few places across: they are measured finely


@dataclass(frozen=True, slots=True, kw_only=True)
class HammeredBand:
    """A band that was `plain` before the hammer, and still is where it stands highest."""

    plain: Band

    @property
    def top_radius_mm(self) -> float:
        return self.plain.top_radius_mm

    def lettered(self, outside: bool) -> Band:
        """Letters are cut from the level that was there before the hammer."""
        return self.plain

    def keepout_deg(self, outside: bool) -> float:
        return 0.0

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self) -> manifold3d.Manifold:
        return _solid(self)

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        return self.plain.sector(half_angle_deg)

    def size(self) -> BodySize:
        return _size(self)


@lru_cache(maxsize=16)
def _mesh(hoop: HammeredBand) -> Mesh:
    return build_mesh(_surface(hoop, False)[0], _CREASE_DEG)


@lru_cache(maxsize=8)
def _solid(hoop: HammeredBand) -> manifold3d.Manifold:
    return build_solid(_surface(hoop, True)[0])


@lru_cache(maxsize=32)
def _size(hoop: HammeredBand) -> BodySize:
    """The smooth band's exact measures, less what the hammer moved as the sweep shows it."""
    fine = hoop.plain.width_mm < _NARROW_MM
    struck, inside = _surface(hoop, fine)
    smooth, _ = _surface(hoop, fine, depth_mm=0.0)
    plain = hoop.plain.size()
    (volume, area, _), (whole, all_of_it, _) = enclosed(struck, inside), enclosed(smooth, inside)
    return BodySize(plain.volume_mm3 + volume - whole, plain.surface_mm2 + area - all_of_it, plain.inside_mm2)


def _surface(hoop: HammeredBand, fine: bool, depth_mm: float = DEPTH_MM) -> tuple[Surface, NDArray[np.bool_]]:
    """The swept surface, and which of its columns face the finger."""
    band, step = hoop.plain, _STEP_MM[fine]
    section, struck = _section(band, step)
    rows = math.ceil(2 * math.pi * band.top_radius_mm / step)
    angle = 2 * np.pi * np.arange(rows) / rows
    # How far along the struck side each of its points lies.
    side = section[struck]
    across = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(side, axis=0), axis=1))])
    along = angle * band.top_radius_mm
    depth = np.zeros((rows, len(section)))
    depth[:, struck] = depth_mm * _struck(along, across, 2 * math.pi * band.top_radius_mm)
    out = np.zeros_like(section)
    run = np.gradient(side, axis=0)
    out[struck] = np.column_stack([run[:, 1], -run[:, 0]]) / np.linalg.norm(run, axis=1)[:, None]
    moved = section[None] - depth[..., None] * out[None]
    radius = (band.inner_radius_mm + moved[..., 1]) * circle_factor(rows)
    s, c = np.sin(angle)[:, None], np.cos(angle)[:, None]
    points = np.stack([radius * s, moved[..., 0], radius * c], axis=-1)
    return closed_run(points), ~struck


def _section(band: Band, step_mm: float) -> tuple[Floats, NDArray[np.bool_]]:
    """The profile with an evenly divided outer side, (m, 2), and which points belong to that side."""
    plain = profile_outline(band.profile, band.width_mm, band.thickness_mm, band.comfort, _ARCH_POINTS)
    high = plain[:, 1] > band.thickness_mm * _SIDE[band.profile]
    first = int(np.argmax(high))  # the outline runs from the inner edge at -v round by +v
    outer, inner = plain[high], plain[~high]
    far = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(outer, axis=0), axis=1))])
    at = np.linspace(0, far[-1], max(9, math.ceil(far[-1] / step_mm)))
    even = np.column_stack([np.interp(at, far, outer[:, 0]), np.interp(at, far, outer[:, 1])])
    section = np.vstack([plain[:first], even, inner[first:]])
    struck = np.zeros(len(section), bool)
    struck[first : first + len(even)] = True
    return section, struck


_SIDE: dict[Profile, float] = {"flat": 0.9, "d_shape": 0.3, "court": 0.56}  # where the struck side begins


def _struck(along_mm: Floats, across_mm: Floats, round_mm: float) -> Floats:
    """How deep each place lies, (rows, columns), from 0 to 1."""
    lines = max(1, round(across_mm[-1] / (_APART_MM * math.sqrt(3) / 2)))
    each = round(round_mm / _APART_MM)
    dice = np.random.default_rng(_SEED)
    line, number = np.divmod(np.arange(lines * each), each)
    jitter = _JITTER * _APART_MM * dice.uniform(-1, 1, (2, lines * each))
    u = (number + (line % 2) / 2) * round_mm / each + jitter[0]
    v = (line + 1 / 2) * across_mm[-1] / lines + jitter[1]
    seeds = np.concatenate([np.column_stack([u + turn * round_mm, v]) for turn in (-1, 0, 1)])  # the band is round
    places = np.stack(np.meshgrid(along_mm, across_mm, indexing="ij"), axis=-1)
    near, _ = cKDTree(seeds).query(places.reshape(-1, 2))
    dimple = np.maximum(1 - (near.reshape(places.shape[:2]) / (_WIDE * _APART_MM)) ** 2, 0)
    edge = np.minimum(across_mm, across_mm[-1] - across_mm) / _FADE_MM
    found: Floats = dimple * np.clip(edge, 0, 1)[None] ** 2
    return found
