"""Solid bracelets: a bangle that slips over the hand, and a cuff that is open below.

The wrist runs along y as a finger does through a ring; the widest way of an oval lies along x. The size inside is that
of the round as long round: an oval of the same size passes the same hand.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.special import ellipe

from configurator.geometry.band import Profile, profile_outline, profile_side
from configurator.geometry.inscription import RoundSide
from configurator.geometry.solids import build_solid, closed_run, manifold

Floats = NDArray[np.float64]

OVAL = 0.82  # taste: the short way inside over the long way

_ROUND = {False: 112, True: 256}  # sections of a whole turn
_ARCH = {False: 13, True: 33}
_ENDS = {False: 9, True: 17}  # sections over a rounded end
_TABLE = 2048  # of the way round an oval
_MEET_MM = 1e-7


def build_oval(
    fine: bool, inside_mm: float, oval: float, width_mm: float, thickness_mm: float, profile: Profile
) -> manifold3d.Manifold:
    """A closed oval hoop, `oval` its short way inside over its long way."""
    section = profile_outline(profile, width_mm, thickness_mm, False, _ARCH[fine])
    count = _ROUND[fine]
    way = math.pi * inside_mm * np.arange(count) / count
    return build_solid(closed_run(_bent(np.broadcast_to(section, (count, *section.shape)), way, inside_mm, oval)))


def build_cuff(
    fine: bool,
    inside_mm: float,
    oval: float,
    gap_mm: float,
    width_mm: float,
    end_width_mm: float,
    thickness_mm: float,
    profile: Profile,
) -> manifold3d.Manifold:
    """An open oval, its gap below: as wide as given at the top, narrower towards its round ends.

    A strip is laid out flat and bent: each end is half of its own section turned about the upright, so that the edge
    runs round it unchanged.
    """
    section = _with_middle(profile_outline(profile, width_mm, thickness_mm, False, _ARCH[fine]))
    length, narrow = cuff_length_mm(inside_mm, gap_mm, end_width_mm), end_width_mm / width_mm
    count = math.ceil(_ROUND[fine] * length / (math.pi * inside_mm)) + 1
    share = np.linspace(-1, 1, count)
    width = _width_share(share, narrow)
    straight = np.broadcast_to(section, (count, *section.shape)) * np.column_stack([width, np.ones(count)])[:, None]
    along = np.broadcast_to((length / 2 * share)[:, None], straight.shape[:2])
    turn = np.linspace(0, math.pi / 2, _ENDS[fine])[1:]
    end = section * [narrow, 1]
    across = end[None, :, 0] * np.cos(turn)[:, None]
    past = np.abs(end[None, :, 0]) * np.sin(turn)[:, None]
    round_end = np.stack([across, np.broadcast_to(end[:, 1], across.shape)], axis=-1)
    sections = np.concatenate([round_end[::-1], straight, round_end])
    ways = np.concatenate([-length / 2 - past[::-1], along, length / 2 + past])
    return _zipped(_bent(sections, ways, inside_mm, oval))


def cuff_length_mm(inside_mm: float, gap_mm: float, end_width_mm: float) -> float:
    """How long a cuff is along its inside, without its round ends."""
    return math.pi * inside_mm - gap_mm - end_width_mm


def _width_share(share: Floats, narrow: float) -> Floats:
    """The width of a cuff over that in its middle, at -1 to 1 of its length; `narrow` at both ends."""
    found: Floats = narrow + (1 - narrow) * np.cos(share * math.pi / 2) ** 2
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OvalSide(RoundSide):
    """The inside or the outside of an oval, all round (`length_mm` None) or of a cuff so long along its inside.

    `narrow` is the width at a cuff's ends over that in its middle. Lines stand in the middle of the top, or inside an
    oval that is closed, where a ring has them, below.
    """

    inside_mm: float
    oval: float
    profile: Profile
    length_mm: float | None = None
    narrow: float = 1.0

    @property
    def arc_mm(self) -> float:
        half = (math.pi * self.inside_mm if self.length_mm is None else self.length_mm) / 2
        way, _, turn = _table(self.inside_mm, self.oval)
        return 2 * (half + self._height_mm * float(np.interp(half, way, turn)))

    def width_under(self, long_mm: float) -> float:
        ends = self._ways(np.array([-long_mm / 2, long_mm / 2]))
        return self.width_mm * float(self._share(ends).min())

    def bend(self, long_mm: float) -> float:
        way, _, turn = _table(self.inside_mm, self.oval)
        return float(abs(np.diff(np.interp(self._ways(np.array([-long_mm / 2, long_mm / 2])), way, turn))[0]) / long_mm)

    def depth_mm(self, places_mm: Floats) -> Floats:
        way, _, turn = _table(self.inside_mm, self.oval)
        inner = _bent(np.zeros((len(way), 1, 2)), way, self.inside_mm, self.oval)[:, 0]
        x, y, z = places_mm.T
        _, near = cKDTree(inner[:, [0, 2]]).query(np.column_stack([x, z]))
        away = (x - inner[near, 0]) * np.sin(turn[near]) + (z - inner[near, 2]) * np.cos(turn[near])
        return (self._height_mm - away if self.outside else away) - self._recess_mm(y, way[near])

    def at(self, along_mm: Floats, across_mm: Floats, out_mm: Floats) -> Floats:
        way = self._ways(along_mm)
        above = self._height_mm + self._sense * (out_mm - self._recess_mm(across_mm, way))
        return _bent(np.stack([across_mm, above], axis=-1)[:, None], way, self.inside_mm, self.oval)[:, 0]

    @property
    def _height_mm(self) -> float:
        """Of the surface's highest line above the inside."""
        return self.thickness_mm if self.outside else 0.0

    @property
    def _sense(self) -> float:
        return 1.0 if self.outside else -1.0  # seen from within, the way from the top runs against the reading

    def _ways(self, along_mm: Floats) -> Floats:
        """Ways along the inside under places of a line, which is longer or shorter where it stands."""
        way, _, turn = _table(self.inside_mm, self.oval)
        middle = math.pi * self.inside_mm / 2 if self.length_mm is None and not self.outside else 0.0
        return np.interp(middle + self._sense * along_mm, way + self._height_mm * turn, way)

    def _share(self, way_mm: Floats) -> Floats:
        if self.length_mm is None:
            return np.ones(way_mm.shape)
        return _width_share(np.clip(2 * way_mm / self.length_mm, -1, 1), self.narrow)

    def _recess_mm(self, across_mm: Floats, way_mm: Floats) -> Floats:
        side = profile_side(self.profile, self.width_mm, self.thickness_mm, False, self.outside)
        return np.interp(across_mm / self._share(way_mm), *side)


@lru_cache(maxsize=64)
def half_axes_mm(inside_mm: float, oval: float) -> tuple[float, float]:
    """Half the long way (x) and half the short way (z) inside an oval that is as long round as a circle."""
    long = math.pi * inside_mm / (4 * float(ellipe(1 - oval**2)))
    return long, oval * long


def _bent(sections: Floats, way_mm: Floats, inside_mm: float, oval: float) -> Floats:
    """Sections (n, m, 2), rows (across_mm, above the inside_mm), at ways (n,) or (n, m) from the top, as (n, m, 3)."""
    way = way_mm if way_mm.ndim == 2 else np.broadcast_to(way_mm[:, None], sections.shape[:2])
    a, b = half_axes_mm(inside_mm, oval)
    ways, angles, _ = _table(inside_mm, oval)
    angle = np.interp(way, ways, angles)
    s, c = np.sin(angle), np.cos(angle)
    out = np.stack([b * s, a * c], axis=-1)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    flat = np.stack([a * s, b * c], axis=-1) + sections[..., 1:] * out
    return np.stack([flat[..., 0], sections[..., 0], flat[..., 1]], axis=-1)


@lru_cache(maxsize=32)
def _table(inside_mm: float, oval: float) -> tuple[Floats, Floats, Floats]:
    """Ways from the top along the inside of an oval, the ellipse's angle there, and how far the outward has turned."""
    a, b = half_axes_mm(inside_mm, oval)
    table = np.linspace(-2 * math.pi, 2 * math.pi, 2 * _TABLE + 1)
    step = np.hypot(a * np.cos((table[1:] + table[:-1]) / 2), b * np.sin((table[1:] + table[:-1]) / 2))
    lengths = np.concatenate([[0.0], np.cumsum(step)]) * (table[1] - table[0])
    turn = np.unwrap(np.arctan2(b * np.sin(table), a * np.cos(table)))
    return lengths - lengths[_TABLE], table, turn - turn[_TABLE]


def _with_middle(section: Floats) -> Floats:
    """The section with a point wherever it crosses its middle line: there a turned end has its axis."""
    after = np.roll(section, -1, axis=0)
    crossing = section[:, 0] * after[:, 0] < -_MEET_MM
    share = section[:, 0] / np.where(crossing, section[:, 0] - after[:, 0], 1.0)
    middle = np.column_stack([np.zeros(len(section)), section[:, 1] + share * (after[:, 1] - section[:, 1])])
    pairs = np.stack([section, middle], axis=1).reshape(-1, 2)
    found = pairs[np.column_stack([np.ones(len(section), bool), crossing]).ravel()]
    found[np.abs(found[:, 0]) < _MEET_MM, 0] = 0.0
    return found


def _zipped(points: Floats) -> manifold3d.Manifold:
    """A run of sections (n, m, 3) whose first and last fold shut on themselves: points that meet become one."""
    n, m = points.shape[:2]
    _, first, index = np.unique(
        np.rint(points.reshape(-1, 3) / _MEET_MM).astype(np.int64), axis=0, return_index=True, return_inverse=True
    )
    grid = index.reshape(n, m)
    a, b = grid[:-1], np.roll(grid, -1, axis=1)[:-1]
    c, d = np.roll(grid, -1, axis=1)[1:], grid[1:]
    faces = np.concatenate([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)]).reshape(-1, 3)
    whole = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    return manifold(points.reshape(-1, 3)[first], faces[whole])
