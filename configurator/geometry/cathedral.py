"""Cathedral shoulders: two arches that leave the band and rise to the gallery of a prong head."""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.band import Band
from configurator.geometry.curves import splines
from configurator.geometry.piece import Mesh
from configurator.geometry.prongs import ProngHead, gallery
from configurator.geometry.settings import Head, Held
from configurator.geometry.solids import Surface, build_round_meshes, build_solid, joined, open_run

Floats = NDArray[np.float64]

# Taste. An arch's line, round the place where a straight line from the gallery would touch the band: it begins inside
# the band before it, leaves a little after it, and turns up to the gallery.
_BEGIN_DEG, _ALONG_DEG, _LEAVE_DEG = 18.0, 6.0, -5.0
_DEEP = 0.5  # of the band's thickness: where it begins
_SWING = 0.42  # how far before the gallery it turns upwards, of the way from where it leaves
_DIP = 0.5  # how low it still runs there, of its climb
# Its cross-section: half its width over the band's, half its depth over the band's thickness.
_WIDTH, _DEPTH = (0.34, 0.45, 0.42, 0.36), (0.30, 0.42, 0.40, 0.32)
_AT = (0.0, 0.3, 0.65, 1.0)
_LEAST_OVER_RAIL = 1.15  # at the gallery, over the rail's radius
_SQUARE = 2.5  # 2 is an ellipse, more is squarer

# Points along an arch, round it, and over its end.
_PREVIEW, _MEASURE, _FINE = (24, 16, 4), (12, 8, 2), (44, 24, 6)
_EXACT = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class CathedralHead(Head):
    """A prong head between two arches that spring from `band`."""

    head: ProngHead
    band: Band

    @property
    def height_mm(self) -> float:
        return self.head.height_mm

    @property
    def width_mm(self) -> float:
        """The arches' reach, laid along the band."""
        return 2 * (_touch(self) + math.radians(_BEGIN_DEG)) * self.band.top_radius_mm

    @property
    def culet_mm(self) -> float:
        return self.head.culet_mm

    @property
    def most_handles(self) -> int:
        return self.head.most_handles + 2  # a window under each arch

    def mesh(self) -> Mesh:
        return joined([self.head.mesh(), build_round_meshes(arches(self, _PREVIEW))])

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return _solid(self, fine)

    def cutter(self) -> manifold3d.Manifold:
        return self.head.cutter()

    def space(self) -> manifold3d.Manifold:
        return self.head.space()

    def held(self) -> tuple[Held, ...]:
        return self.head.held()


@lru_cache(maxsize=32)
def _solid(setting: CathedralHead, fine: bool) -> manifold3d.Manifold:
    pair = [build_solid(surface) for surface in arches(setting, _FINE if fine else _MEASURE)]
    return manifold3d.Manifold.batch_boolean([setting.head.solid(fine), *pair], manifold3d.OpType.Add)


def arches(setting: CathedralHead, detail: tuple[int, int, int] = _FINE) -> list[Surface]:
    """The right arch and the left, in the head's frame."""
    band, (rows, segments, end) = setting.band, detail
    _, _, rail = gallery(setting.head)
    line = arch_line(setting, rows)
    run = np.gradient(line, axis=0)
    run /= np.linalg.norm(run, axis=1)[:, None]
    up = np.stack([run[:, 2], np.zeros(rows), -run[:, 0]], axis=1)  # away from the finger, lower than its middle too
    share = np.linspace(0, 1, rows)
    least = _LEAST_OVER_RAIL * rail
    width = np.maximum(band.top_width_mm * np.interp(share, _AT, _WIDTH), least * share)
    depth = np.maximum(band.thickness_mm * np.interp(share, _AT, _DEPTH), least * share)
    # A round end inside the rail's wire.
    turn = np.linspace(0, math.pi / 2, end + 1)[1:-1]
    line = np.vstack([line, line[-1] + np.sin(turn)[:, None] * depth[-1] * run[-1]])
    up = np.vstack([up, np.repeat(up[-1:], len(turn), axis=0)])
    width, depth = (np.concatenate([half, half[-1] * np.cos(turn)]) for half in (width, depth))
    tip = line[rows - 1] + depth[rows - 1] * run[-1]
    section = _section(segments)
    points = line[:, None] + (depth[:, None] * section[:, 1])[..., None] * up[:, None]
    points[:, :, 1] += width[:, None] * section[:, 0]
    right = open_run(points, np.stack([line[0], tip]), round=True)
    mirror = points[:, ::-1] * [-1, 1, 1]
    left = open_run(mirror, np.stack([line[0], tip]) * [-1, 1, 1], round=True)
    return [right, left]


@lru_cache(maxsize=8)
def _section(segments: int) -> Floats:
    """A rounded square of half width 1, (segments, 2), clockwise; as large as the curve it stands for."""

    def curve(count: int) -> Floats:
        phi = -2 * np.pi * np.arange(count) / count
        wave = np.column_stack([np.cos(phi), np.sin(phi)])
        return np.sign(wave) * np.abs(wave) ** (2 / _SQUARE)

    def area(polygon: Floats) -> float:
        after = np.roll(polygon, -1, axis=0)
        return float((polygon[:, 1] * after[:, 0] - polygon[:, 0] * after[:, 1]).sum() / 2)

    return curve(segments) * math.sqrt(area(curve(_EXACT)) / area(curve(segments)))


def arch_line(setting: CathedralHead, rows: int) -> Floats:
    """The axis of the right arch, (rows, 3), from inside the band up to the gallery rail."""
    band = setting.band
    x, z, _ = gallery(setting.head)
    middle = -(band.top_radius_mm + setting.height_mm)
    radius = band.inner_radius_mm + _DEEP * band.thickness_mm

    def on_band(after_deg: float) -> list[float]:
        angle = _touch(setting) + math.radians(after_deg)
        return [radius * math.sin(angle), 0.0, middle + radius * math.cos(angle)]

    begin, along, leave = (on_band(angle) for angle in (_BEGIN_DEG, _ALONG_DEG, _LEAVE_DEG))
    swing = [x + _SWING * (leave[0] - x), 0.0, leave[2] + _DIP * (z - leave[2])]
    control = np.array([begin, along, leave, swing, [x, 0.0, z]])
    line = splines(control[None], rows)[0][0]
    # A spline cuts its corners: within the band it keeps its distance from the finger.
    centre = np.array([0.0, 0.0, middle])
    from_finger = line - centre
    return centre + from_finger * np.maximum(radius / np.linalg.norm(from_finger, axis=1), 1)[:, None]


def _touch(setting: CathedralHead) -> float:
    """How far from the top (radians) a straight line from the gallery touches the circle inside the band."""
    band = setting.band
    x, z, _ = gallery(setting.head)
    height = band.top_radius_mm + setting.height_mm + z
    radius = band.inner_radius_mm + _DEEP * band.thickness_mm
    return math.atan2(x, height) + math.acos(min(radius / math.hypot(x, height), 1.0))
