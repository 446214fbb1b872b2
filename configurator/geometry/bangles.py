"""Solid bracelets: a bangle that slips over the hand, and a cuff that is open below.

The wrist runs along y as a finger does through a ring; the widest way of an oval lies along x. The size inside is that
of the round as long round: an oval of the same size passes the same hand.
"""

import math
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.special import ellipe

from configurator.geometry.band import Profile, profile_outline
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
    around = math.pi * inside_mm
    length = around - gap_mm - end_width_mm  # without the ends
    count = math.ceil(_ROUND[fine] * length / around) + 1
    share = np.linspace(-1, 1, count)
    narrow = end_width_mm / width_mm
    width = narrow + (1 - narrow) * np.cos(share * math.pi / 2) ** 2
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


@lru_cache(maxsize=64)
def half_axes_mm(inside_mm: float, oval: float) -> tuple[float, float]:
    """Half the long way (x) and half the short way (z) inside an oval that is as long round as a circle."""
    long = math.pi * inside_mm / (4 * float(ellipe(1 - oval**2)))
    return long, oval * long


def _bent(sections: Floats, way_mm: Floats, inside_mm: float, oval: float) -> Floats:
    """Sections (n, m, 2), rows (across_mm, above the inside_mm), at ways (n,) or (n, m) from the top, as (n, m, 3)."""
    way = way_mm if way_mm.ndim == 2 else np.broadcast_to(way_mm[:, None], sections.shape[:2])
    a, b = half_axes_mm(inside_mm, oval)
    table = np.linspace(-2 * math.pi, 2 * math.pi, 2 * _TABLE + 1)
    step = np.hypot(a * np.cos((table[1:] + table[:-1]) / 2), b * np.sin((table[1:] + table[:-1]) / 2))
    lengths = np.concatenate([[0.0], np.cumsum(step)]) * (table[1] - table[0])
    angle = np.interp(way, lengths - lengths[_TABLE], table)
    s, c = np.sin(angle), np.cos(angle)
    out = np.stack([b * s, a * c], axis=-1)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    flat = np.stack([a * s, b * c], axis=-1) + sections[..., 1:] * out
    return np.stack([flat[..., 0], sections[..., 0], flat[..., 1]], axis=-1)


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
