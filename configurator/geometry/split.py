"""A split band: plain at the back of the finger, it parts in two strands that run to both sides of the head.

A bridge under the head joins them again: there the setting stands.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from configurator.geometry.band import Band, profile_outline
from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh
from configurator.geometry.solids import (
    Surface,
    arrays,
    build_mesh,
    build_solid,
    circle_factor,
    joined,
    manifold,
)

Floats = NDArray[np.float64]

# Taste.
_FORK_DEG = 66.0  # from the top: where the band parts (see `_STRAND_STEPS`)
_SHAPED_DEG = 24.0  # over so much each strand takes on its own round
_STRAND = 0.62  # a strand's width over the band's
_GAP = 0.60  # between the strands at the top, of the band's width
_SPREAD_POWER = 1.8  # 1: they part at one slope up to the top; more: they run side by side there
_BRIDGE_FLOOR = 0.3  # of the thickness: how far the bridge stays away from the finger
_BRIDGE_TOP = 0.97

# How finely it goes round, even, and points over a dome.
_PREVIEW, _MEASURE, _ROUGH, _FINE = (4, 13), (2, 33), (2, 9), (10, 33)
_STRAND_STEPS, _PALM_STEPS = 11, 19  # of equal angle along the strands and round the palm, times that fineness
_BRIDGE_ROWS = 9
_WELD_MM = 1e-6  # ends that should meet lie nearer than this, corners of a section farther apart
_TINY_MM = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitBand:
    """A band that is open at both shoulders; its bridge reaches `bridge_mm` to both sides of the top."""

    plain: Band
    bridge_mm: float

    @property
    def top_radius_mm(self) -> float:
        """Where the outside of the strands lies at the top."""
        return self.plain.top_radius_mm

    def lettered(self, outside: bool) -> Band:
        return self.plain

    def keepout_deg(self, outside: bool) -> float:
        """Lettering stands where the band is whole."""
        return 2 * _FORK_DEG

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self) -> manifold3d.Manifold:
        return _solid(self, _FINE)

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        return _whole(self)

    def size(self) -> BodySize:
        return _size(self)


@lru_cache(maxsize=64)
def _mesh(band: SplitBand) -> Mesh:
    """Four runs, whose ends lie within each other."""
    return joined([build_mesh(_closed(run)) for run in _runs(band, _PREVIEW)])


@lru_cache(maxsize=64)
def _whole(band: SplitBand) -> manifold3d.Manifold:
    return _solid(band, _ROUGH).as_original()


@lru_cache(maxsize=64)
def _size(band: SplitBand) -> BodySize:
    solid = _solid(band, _MEASURE)
    vertices, faces = arrays(solid)
    corners = vertices[faces]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]) / 2
    area, middle = np.linalg.norm(across, axis=1), corners.mean(axis=1)
    radius = np.hypot(middle[:, 0], middle[:, 2])
    inwards = -(across[:, 0] * middle[:, 0] + across[:, 2] * middle[:, 2]) / radius
    skin = (inwards > math.sqrt(1 / 2) * area) & (radius < band.plain.inner_radius_mm + band.plain.thickness_mm / 2)
    return BodySize(solid.volume(), solid.surface_area(), float(area[skin].sum()))


def _solid(band: SplitBand, detail: tuple[int, int]) -> manifold3d.Manifold:
    *hoop, bridge = _runs(band, detail)
    return _welded(hoop) + build_solid(_closed(bridge))


def _closed(run: Floats) -> Surface:
    """A run closed at both ends, where all run round the finger."""
    along = np.gradient(run, axis=0)
    for end in (0, -1):
        along[end] = np.column_stack([run[end, :, 2], np.zeros(run.shape[1]), -run[end, :, 0]])
    return Surface(run, along, run[[0, -1]].mean(axis=1))


def _runs(band: SplitBand, detail: tuple[int, int]) -> list[Floats]:
    """The palm, both strands, which meet it point by point, and the bridge: runs of sections (n, m, 3)."""
    fineness, arch = detail
    strand_rows, palm_rows = fineness * _STRAND_STEPS + 1, fineness * _PALM_STEPS + 1
    width_mm, thickness_mm, profile = band.plain.width_mm, band.plain.thickness_mm, band.plain.profile
    radius, fork = band.plain.inner_radius_mm, math.radians(_FORK_DEG)
    whole = _half(profile_outline(profile, width_mm, thickness_mm, False, arch))
    count = len(whole)
    # Where it parts, each half is closed by a flat seam; beyond, that seam grows into the strand's inner side.
    seam = whole[-1] + np.linspace(0, 1, count)[1:-1, None] * (whole[0] - whole[-1])
    parted = np.vstack([whole, seam])
    right = _half(profile_outline(profile, _STRAND * width_mm, thickness_mm, False, arch))
    strand = np.vstack([right, right[-2:0:-1] * [-1, 1]])

    angle = np.linspace(-fork, fork, strand_rows)
    away = fork - np.abs(angle)  # from the fork
    shaped = np.clip(away / math.radians(_SHAPED_DEG), 0, 1)
    shaped = shaped**2 * (3 - 2 * shaped)
    gap_mm = _GAP * width_mm * (1 - (1 - away / fork) ** _SPREAD_POWER)
    aside = (_STRAND * width_mm + gap_mm) / 2
    own = strand[None] + np.stack([aside, np.zeros_like(aside)], axis=1)[:, None, :]
    sections = (1 - shaped)[:, None, None] * parted[None] + shaped[:, None, None] * own
    strands = [sections, sections[:, ::-1] * [-1, 1]]

    back = np.linspace(fork, 2 * math.pi - fork, palm_rows)
    plain = np.broadcast_to(np.vstack([whole, whole[-2:0:-1] * [-1, 1]]), (palm_rows, 2 * count - 2, 2))
    factor = circle_factor(fineness * (_STRAND_STEPS + _PALM_STEPS))
    runs = [_round(plain, back, radius, factor), *(_round(points, angle, radius, factor) for points in strands)]

    reach = math.atan2(band.bridge_mm, radius + thickness_mm)
    half = float(aside[strand_rows // 2])
    floor, top = radius + _BRIDGE_FLOOR * thickness_mm, radius + _BRIDGE_TOP * thickness_mm
    section = np.array([[-half, floor], [half, floor], [half, top], [-half, top]])
    over = np.linspace(-reach, reach, _BRIDGE_ROWS)
    return [*runs, _round(np.broadcast_to(section, (_BRIDGE_ROWS, 4, 2)), over, 0.0, 1.0)]


def _half(section: Floats) -> Floats:
    """The right half of a profile, from the middle of its inside round to the middle of its outside."""
    right = section[section[:, 0] > _TINY_MM]
    after = np.roll(section, -1, axis=0)
    crossing = np.flatnonzero((section[:, 0] <= _TINY_MM) != (after[:, 0] <= _TINY_MM))
    a, b = section[crossing], after[crossing]
    u = a[:, 1] - a[:, 0] * (b[:, 1] - a[:, 1]) / (b[:, 0] - a[:, 0])
    start = int(np.flatnonzero((section[:, 0] > _TINY_MM) & (np.roll(section, 1, axis=0)[:, 0] <= _TINY_MM))[0])
    ordered = np.roll(section, -start, axis=0)[: len(right)]
    return np.vstack([[0.0, u.min()], ordered, [0.0, u.max()]])


def _round(sections: Floats, angle: Floats, radius_mm: float, factor: float) -> Floats:
    """Sections (n, m, 2) of rows (v, u) at angles (n,) from the top, as points (n, m, 3)."""
    r = (radius_mm + sections[..., 1]) * factor
    return np.stack([r * np.sin(angle)[:, None], sections[..., 0], r * np.cos(angle)[:, None]], axis=-1)


def _welded(grids: list[Floats]) -> manifold3d.Manifold:
    """Open runs of closed sections (n, m, 3) whose ends meet point by point, as one solid."""
    vertices, faces, start = [], [], 0
    for grid in grids:
        n, m = grid.shape[:2]
        a = start + (np.arange(n - 1)[:, None] * m + np.arange(m)).ravel()
        b = start + (np.arange(n - 1)[:, None] * m + np.roll(np.arange(m), -1)).ravel()
        faces += [np.column_stack([a, b, b + m]), np.column_stack([a, b + m, a + m])]
        vertices.append(grid.reshape(-1, 3))
        start += n * m
    every = np.vstack(vertices)
    # Ends meet to within rounding, which a grid of decimals would tear apart where a coordinate lies between two steps.
    pairs = cKDTree(every).query_pairs(_WELD_MM, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), pairs.T), shape=(len(every), len(every)))
    count, group = connected_components(links, directed=False)
    joined_at = np.zeros((count, 3))
    joined_at[group] = every
    return manifold(joined_at, group[np.vstack(faces)])
