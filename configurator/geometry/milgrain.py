"""A flat band whose face is framed by two rows of small beads: a milgrain edge, as real relief.

The beads are paraboloids. The preview lays them on the band; the casting has them in the surface of its one sweep, so
that no union is needed; the measures add their closed form.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.band import Band, profile_outline
from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh, frozen_mesh
from configurator.geometry.solids import build_solid, circle_factor, closed_run, joined

Floats = NDArray[np.float64]

# Taste.
BEAD_MM = 0.42  # across; a wheel for rings leaves beads of about this size
RELIEF_MM = 0.2  # how far they stand above the face
_EDGE_MM = 0.05  # from the side of the band to the foot of a bead

_BEAD_ROWS, _BEAD_COLUMNS = 6, 7  # of the sweep, over one bead
_DOME_RINGS, _DOME_SEGMENTS = 3, 8  # of a bead in the preview


@dataclass(frozen=True, slots=True, kw_only=True)
class MilgrainBand:
    """A flat hoop with beaded edges; `plain` is as thick as it is to the tops of the beads."""

    plain: Band

    @property
    def top_radius_mm(self) -> float:
        return self.plain.top_radius_mm

    @property
    def face(self) -> Band:
        """The band that the beads stand on."""
        return replace(self.plain, thickness_mm=self.plain.thickness_mm - RELIEF_MM)

    @property
    def beads(self) -> int:
        """How many stand in each of the two rows, side by side."""
        return round(2 * math.pi * self.face.top_radius_mm / BEAD_MM)

    @property
    def row_mm(self) -> float:
        """From the middle of the band to the middle of a row."""
        return self.plain.width_mm / 2 - _EDGE_MM - BEAD_MM / 2

    def lettered(self, outside: bool) -> Band:
        """Outside, lettering stands on the face between the rows."""
        return replace(self.face, width_mm=2 * self.row_mm - BEAD_MM) if outside else self.plain

    def keepout_deg(self, outside: bool) -> float:
        return 0.0

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self) -> manifold3d.Manifold:
        return _solid(self)

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        return self.face.sector(half_angle_deg)

    def size(self) -> BodySize:
        """The face's, and of each bead the volume and the area that it adds."""
        face, count = self.face.size(), 2 * self.beads
        r, h = BEAD_MM / 2, RELIEF_MM
        dome_mm2 = math.pi * r / (6 * h * h) * ((r * r + 4 * h * h) ** 1.5 - r**3)
        return BodySize(
            volume_mm3=face.volume_mm3 + count * math.pi * r * r * h / 2,
            surface_mm2=face.surface_mm2 + count * (dome_mm2 - math.pi * r * r),
            inside_mm2=face.inside_mm2,
        )


@lru_cache(maxsize=64)
def _mesh(band: MilgrainBand) -> Mesh:
    return joined([band.face.mesh(), _domes(band)])


def _domes(band: MilgrainBand) -> Mesh:
    """All beads as one mesh: a dome with analytic normals, set down many times."""
    share = np.arange(1, _DOME_RINGS + 1) / _DOME_RINGS
    turn = 2 * np.pi * np.arange(_DOME_SEGMENTS) / _DOME_SEGMENTS
    flat = np.vstack([[[0.0, 0.0]], *(s * np.column_stack([np.cos(turn), np.sin(turn)]) for s in share)])
    r, slope = BEAD_MM / 2, 2 * RELIEF_MM / BEAD_MM * 2
    along, across = r * flat.T
    out = RELIEF_MM * (1 - np.einsum("ij,ij->i", flat, flat))
    normal = np.column_stack([slope * flat, np.ones(len(flat))])
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    k = np.arange(_DOME_SEGMENTS)
    after = (k + 1) % _DOME_SEGMENTS
    faces = [np.column_stack([np.zeros_like(k), 1 + k, 1 + after])]
    for ring in range(_DOME_RINGS - 1):
        a, b = 1 + ring * _DOME_SEGMENTS, 1 + (ring + 1) * _DOME_SEGMENTS
        faces += [np.column_stack([a + k, b + k, b + after]), np.column_stack([a + k, b + after, a + after])]
    one = np.vstack(faces)

    angle = np.tile(2 * np.pi * (np.arange(band.beads) + 0.5) / band.beads, 2)
    row = np.repeat([-band.row_mm, band.row_mm], band.beads)
    s, c, zero = np.sin(angle), np.cos(angle), np.zeros(len(angle))
    ahead, upright = np.stack([c, zero, -s], axis=1), np.stack([s, zero, c], axis=1)
    local = along[None, :, None] * ahead[:, None] + (band.face.top_radius_mm + out)[None, :, None] * upright[:, None]
    local[:, :, 1] += row[:, None] + across[None, :]
    turned = normal[None, :, :1] * ahead[:, None] + normal[None, :, 2:] * upright[:, None]
    turned[:, :, 1] += normal[None, :, 1]
    every = one[None] + (len(flat) * np.arange(len(angle)))[:, None, None]
    return frozen_mesh(local.reshape(-1, 3), turned.reshape(-1, 3), every.reshape(-1, 3))


@lru_cache(maxsize=16)
def _solid(band: MilgrainBand) -> manifold3d.Manifold:
    section, lift = _section(band)
    count = band.beads * _BEAD_ROWS
    at = np.arange(count)
    angle = 2 * np.pi * at / count
    way = 2 * (at % _BEAD_ROWS) / _BEAD_ROWS - 1  # along a bead, from -1 to 1
    rise = RELIEF_MM * np.maximum(1 - lift[None, :] ** 2 - way[:, None] ** 2, 0)
    radius = (band.plain.inner_radius_mm + section[None, :, 1] + rise) * circle_factor(count)
    s, c = np.sin(angle)[:, None], np.cos(angle)[:, None]
    return build_solid(closed_run(np.stack([radius * s, np.broadcast_to(section[:, 0], radius.shape), radius * c], -1)))


def _section(band: MilgrainBand) -> tuple[Floats, Floats]:
    """The face's profile with columns for the beads, (m, 2), and how far across a bead each lies (1: beside it)."""
    plain = profile_outline("flat", band.face.width_mm, band.face.thickness_mm)
    half = len(plain) // 4  # points of each corner; the outer side runs from the third to the last
    way = np.linspace(1, -1, _BEAD_COLUMNS)
    rows = np.concatenate([band.row_mm + BEAD_MM / 2 * way, -band.row_mm + BEAD_MM / 2 * way])
    across = np.column_stack([rows, np.full(len(rows), band.face.thickness_mm)])
    section = np.vstack([plain[: 3 * half], across, plain[3 * half :]])
    beside = np.ones(3 * half)
    return section, np.concatenate([beside, way, way, beside[:half]])
