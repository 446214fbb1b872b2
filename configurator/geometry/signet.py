"""A signet: a flat table on top whose outline flows over the shoulders into the band.

One closed run of sections makes the whole body. Away from the head they are the band's own D-shaped profile. Nearer to
it each point of the outer side travels on a curve of its own from the band to a point of the table's outline, so that
the last section of either half is half of that outline and the table lies flat between the two.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.band import Band, profile_outline
from configurator.geometry.curves import softened
from configurator.geometry.faces import Face
from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh
from configurator.geometry.solids import Surface, build_creased_mesh, build_solid, closed_run, enclosed

Floats = NDArray[np.float64]
Table = Literal["oval", "round", "cushion", "shield"]

TABLE_LABELS = {"oval": "Oval", "round": "Round", "cushion": "Cushion", "shield": "Shield"}

# Taste. A table's width round the finger over its length along it.
_ACROSS = {"oval": 0.8, "round": 1.0, "cushion": 0.9, "shield": 0.86}
_CUSHION_POWER = 3.2  # 2 is an ellipse, more is squarer
_SHIELD_SIDES, _SHIELD_POINT = 0.25, 2.2  # where the sides turn in, of half the length; how full they stay
_SHIELD_CORNER_MM = 0.5
_SHOULDER_DEG = 88.0  # from the top down to where the plain band begins
_FALL = 2.1  # how steeply shoulders leave the table: 1 is straight
_UNDER = 0.80  # the head's width on the finger over the table's length
_BULGE = 0.035  # of the head's sides, of half the table's length
_MIDDLE = 0.06  # the strip of the table between both halves, of half its width

# Sampling: preview and fine.
_ARCH = {False: 41, True: 73}
_SHOULDER_ROWS = {False: 26, True: 60}
_PALM_ROWS = {False: 60, True: 116}
_MIDDLE_ROWS, _WALL_ROWS = 3, 3
_OUTLINE_POINTS = 720
_FACE_POINTS = 120  # enough for lettering to keep clear of
_CORNER_POINTS = 10  # the fillets of both inner edges begin a profile
_INSIDE = slice(2, _CORNER_POINTS - 3)  # sides that face the finger: half of either fillet and what lies between


@dataclass(frozen=True, slots=True, kw_only=True)
class SignetBand:
    """A hoop with a flat table `rise_mm` above it; `table_mm` is the table's length along the finger."""

    plain: Band
    table: Table
    table_mm: float
    rise_mm: float

    @property
    def top_radius_mm(self) -> float:
        """The height of the table."""
        return self.plain.top_radius_mm + self.rise_mm

    def lettered(self, outside: bool) -> Band:
        """The head only adds to it."""
        return self.plain

    def keepout_deg(self, outside: bool) -> float:
        """Outside, lettering stands on the plain band."""
        return 2 * _SHOULDER_DEG if outside else 0.0

    def table_face(self) -> Face:
        """The table, read with the fingers pointing up: letters' tops towards the fingertip."""
        rows = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, self.top_radius_mm))
        outline = tuple((float(x), float(y)) for x, y in table_outline(self.table, self.table_mm, _FACE_POINTS))
        return Face(rows, outline, self.plain.thickness_mm + self.rise_mm, "table")

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self) -> manifold3d.Manifold:
        return build_solid(_surface(self, True))

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        return build_solid(_surface(self, False)).as_original()

    def size(self) -> BodySize:
        return _size(self)


@lru_cache(maxsize=32)
def table_outline(table: Table, length_mm: float, points: int = _OUTLINE_POINTS) -> Floats:
    """The edge of a table, (points, 2) rows (x, y), counter-clockwise; a shield's point is at -y."""
    b = length_mm / 2
    a = b * _ACROSS[table]
    turn = 2 * np.pi * np.arange(points) / points
    if table == "shield":
        down = np.linspace(_SHIELD_SIDES, -1, points)
        side = 1 - ((_SHIELD_SIDES - down) / (1 + _SHIELD_SIDES)) ** _SHIELD_POINT
        right = np.column_stack([np.append(1.0, side), np.append(1.0, down)])
        polygon = np.vstack([right[::-1], (right * [-1, 1])[:-1]]) * [a, b]
        return _tip_kept(softened(polygon, _SHIELD_CORNER_MM, points), b)
    power = 2 / (_CUSHION_POWER if table == "cushion" else 2)
    c, s = np.cos(turn), np.sin(turn)
    return np.column_stack([a * np.sign(c) * np.abs(c) ** power, b * np.sign(s) * np.abs(s) ** power])


def _tip_kept(rounded: Floats, half_mm: float) -> Floats:
    """Rounding a shield's corners takes a little off its point: stretched back to its length."""
    low, high = rounded[:, 1].min(), rounded[:, 1].max()
    return (rounded - [0, (low + high) / 2]) * [1, 2 * half_mm / (high - low)]


@lru_cache(maxsize=64)
def _mesh(band: SignetBand) -> Mesh:
    return build_creased_mesh(_surface(band, False))


@lru_cache(maxsize=64)
def _size(band: SignetBand) -> BodySize:
    surface = _surface(band, False)
    inside = np.zeros(surface.points.shape[1], bool)
    inside[_INSIDE] = True
    volume, area, finger = enclosed(surface, inside)
    return BodySize(volume_mm3=volume, surface_mm2=area, inside_mm2=finger)


@lru_cache(maxsize=32)
def _surface(band: SignetBand, fine: bool) -> Surface:
    """All sections from the palm up the left side, across the table and down the right."""
    section = _with_walls(profile_outline("d_shape", band.plain.width_mm, band.plain.thickness_mm, False, _ARCH[fine]))
    half = _right_half(band, section, fine)
    palm = math.radians(180 - _SHOULDER_DEG) * np.arange(1, _PALM_ROWS[fine] + 1) / _PALM_ROWS[fine]
    angle = math.radians(_SHOULDER_DEG) + palm
    s, c = np.sin(angle)[:, None], np.cos(angle)[:, None]
    radius = band.plain.inner_radius_mm + section[:, 1]
    plain = np.stack([radius * s, np.broadcast_to(section[:, 0], (len(angle), len(section))), radius * c], axis=-1)
    right = np.concatenate([half, plain])
    left = right[-2:0:-1] * [-1, 1, 1]  # the palm and the middle of the table are their own mirror images
    return closed_run(np.concatenate([left, right]))


def _with_walls(section: Floats) -> Floats:
    """A D-shaped profile with more points on both sides, where a head's walls rise."""
    inner, arch = section[:_CORNER_POINTS], section[_CORNER_POINTS:]
    share = np.arange(1, _WALL_ROWS + 1)[:, None] / (_WALL_ROWS + 1)
    up = inner[-1] + share * (arch[0] - inner[-1])
    down = arch[-1] + share * (inner[0] - arch[-1])
    return np.vstack([inner, up, arch, down])


def _right_half(band: SignetBand, section: Floats, fine: bool) -> Floats:
    """Sections (n, m, 3) from the middle of the table to the foot of the shoulder."""
    height, end = band.top_radius_mm, math.radians(_SHOULDER_DEG)
    edge = _right_edge(band, len(section) - _CORNER_POINTS - 2 * _WALL_ROWS)
    top, bottom = edge[0], edge[-1]
    # Where each point of a section lies on the head: angle from the top, radius, along the finger.
    angle = np.full(len(section), math.atan2(top[0], height))
    radius = band.plain.inner_radius_mm + section[:, 1]
    along = section[:, 0] + np.sign(section[:, 0]) * (_UNDER * band.table_mm - band.plain.width_mm) / 2
    arch = slice(_CORNER_POINTS + _WALL_ROWS, len(section) - _WALL_ROWS)
    angle[arch] = np.arctan2(edge[:, 0], height)
    radius[arch] = np.hypot(edge[:, 0], height)
    along[arch] = edge[:, 1]
    share = np.arange(1, _WALL_ROWS + 1) / (_WALL_ROWS + 1)
    bulge = _BULGE * band.table_mm / 2 * np.sin(math.pi * share)
    for wall, a, b, sense in (
        (slice(_CORNER_POINTS, arch.start), _CORNER_POINTS - 1, arch.start, 1),
        (slice(arch.stop, len(section)), arch.stop - 1, 0, -1),
    ):
        radius[wall] = radius[a] + share * (radius[b] - radius[a])
        along[wall] = along[a] + share * (along[b] - along[a]) + sense * bulge

    way = np.linspace(0, 1, _SHOULDER_ROWS[fine] + 1)[:, None]
    fall, spread = (1 - way) ** _FALL, (1 - way) ** 2 * (1 + 2 * way)
    turn = angle + (end - angle) * way
    r = band.plain.inner_radius_mm + section[:, 1] + (radius - band.plain.inner_radius_mm - section[:, 1]) * fall
    y = section[:, 0] + (along - section[:, 0]) * spread
    shoulder = np.stack([r * np.sin(turn), y, r * np.cos(turn)], axis=-1)
    return np.concatenate([_middle(band, shoulder[0], arch, top, bottom), shoulder])


def _right_edge(band: SignetBand, count: int) -> Floats:
    """The right half of the table's edge, (count, 2), from +y to -y, without the strip in the middle."""
    outline = table_outline(band.table, band.table_mm)
    from_x = _MIDDLE * outline[:, 0].max()
    start = int(np.argmin(outline[:, 1]))
    ring = np.roll(outline, -start, axis=0)  # from the lowest point up the right side
    right = ring[: int(np.argmax(ring[:, 1] - 1e-6 * np.abs(ring[:, 0]))) + 1]
    right = right[right[:, 0] >= from_x][::-1]
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(right, axis=0), axis=1))])
    at = np.linspace(0, way[-1], count)
    return np.column_stack([np.interp(at, way, right[:, k]) for k in range(2)])


def _middle(band: SignetBand, first: Floats, arch: slice, top: Floats, bottom: Floats) -> Floats:
    """Sections of the strip between both halves, from its middle: the first section drawn in to x = 0."""
    outline = table_outline(band.table, band.table_mm)
    above, below = (outline[np.sign(outline[:, 1]) == sign] for sign in (1, -1))
    above, below = (side[np.argsort(side[:, 0])] for side in (above, below))
    share = np.arange(_MIDDLE_ROWS) / _MIDDLE_ROWS
    rows = np.repeat(first[None], _MIDDLE_ROWS, axis=0)
    angle = math.atan2(top[0], band.top_radius_mm)
    radius = np.hypot(first[:, 0], first[:, 2])
    rows[:, :, 0] = radius * np.sin(angle * share)[:, None]
    rows[:, :, 2] = radius * np.cos(angle * share)[:, None]
    rows[:, arch, 0] = first[arch, 0] * share[:, None]
    rows[:, arch, 2] = band.top_radius_mm
    # In the very middle the table's points stand on a straight line from end to end.
    line = np.linspace(top[1], bottom[1], arch.stop - arch.start)
    rows[:, arch, 1] = line + share[:, None] * (first[arch, 1] - line)
    # The table's ends bow out between the halves, and the walls under them a little less.
    for k, x in enumerate(top[0] * share):
        high, low = np.interp(x, *above.T), np.interp(x, *below.T)
        grow = np.where(rows[k, :, 1] > 0, high / top[1], low / bottom[1])
        rise = (radius - band.plain.inner_radius_mm) / (radius[arch.start] - band.plain.inner_radius_mm)
        rows[k, :, 1] *= 1 + (grow - 1) * np.clip(rise, 0, 1)
    return rows
