"""Metal that follows the outline of a stone: bezel walls, halo plates, and the V-shaped caps over pointed corners.

All are one idea, a cross-section carried round the outline (`solids.follow`): inward by scaling towards the middle,
outward by offsets, so that no outline, however pointed, folds the metal onto itself.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.geometry import gems
from configurator.geometry.curves import Outline, outline_of
from configurator.geometry.gems import CutStone
from configurator.geometry.solids import Surface, circle_factor, follow, mean_squares, open_run

Floats = NDArray[np.float64]

OUTLINE_POINTS = {False: 96, True: 160}
_CORNER_DEG = 24.0  # a sharper turn of a sampled outline is a corner; curves turn less from point to point
_FAN = {False: 7, True: 11}

# Taste, in shares of the stone's width or in mm.
_LIP = 0.035  # how far a bezel's lip reaches over the crown, of the width
_LEAST_LIP_MM = 0.14
_LIP_RISE_MM = 0.10  # its thickness on the crown
_LIP_BEVEL = 0.35  # of an open lip's outer edge, of the wall
_BEARING_MM = 0.30  # the ledge that carries the girdle
_BEND = 3.5  # a wall bends inwards no tighter than this many times its thickness
_CUP_FOOT = 0.44  # the cup's size at the band over its size at the girdle
_FOOT_OVER_MM = 0.1  # a ring along the foot is this much thicker than the wall
_FOOT_ROUND = {False: 12, True: 18}
_CUP_CURVE = 1.3  # 1 is a plain cone; higher stays upright longer below the girdle

_CAP_ARM = 0.22  # how far a V-cap runs along each side of its corner, of the stone's width
_LEAST_CAP_ARM_MM = 0.75
_CAP_THINS = 0.94  # the share of the way to where it would end in nothing
_CAP_RISE = 0.30  # how far it stands above the crown, of its thickness
_CAP_REACH = 0.055  # how far it covers the crown, of the width

# Rows along each arm of a V-cap, points round it, and normals over its corner: to draw, to measure, and to cast.
CAP_PREVIEW, CAP_MEASURE, CAP_FINE = (7, 14, 7), (4, 8, 3), (10, 18, 11)


@lru_cache(maxsize=128)
def stone_outline(cut: str, length_mm: float, width_mm: float, fine: bool, bend_mm: float = gems.BEND_MM) -> Outline:
    """The girdle of a stone with its corners marked; metal up to `bend_mm` thick may follow it round the outside."""
    polygon = gems.bridged_outline(cut, length_mm, width_mm, OUTLINE_POINTS[fine], bend_mm)
    return outline_of(polygon, _CORNER_DEG, _FAN[fine])


def bezel_cup(stone: CutStone, wall_mm: float, height_mm: float, sink_mm: float, worn: bool, fine: bool) -> Surface:
    """A wall all round a stone, tapering to the band `height_mm` below the girdle; worn: its lip laid on the crown."""
    half = stone.width_mm / 2
    lip = max(_LEAST_LIP_MM, _LIP * stone.width_mm)
    bend_mm = max(gems.BEND_MM, _BEND * wall_mm)
    line = stone_outline(stone.cut, stone.length_mm, stone.width_mm, fine, bend_mm)
    # Always of the same places, so that a coarse lip lies as high as a fine one.
    places = stone_outline(stone.cut, stone.length_mm, stone.width_mm, True, bend_mm).points
    on_crown = crown_heights(stone, places * (1 - lip / half))
    rest = float(np.median(on_crown))
    count = 13 if fine else 9
    turn = np.linspace(0, math.pi / 2, count)
    shoulder = stone.girdle_half_mm
    if worn:
        top = rest + _LIP_RISE_MM
        across = -lip + (lip + wall_mm) * np.sin(turn)
        rise = shoulder + (top - shoulder) * np.cos(turn)
    else:
        # The same metal upright: as long as the lip's way over the girdle and onto the crown.
        top = shoulder + lip + rest - shoulder + _LIP_RISE_MM
        across = wall_mm * (1 - _LIP_BEVEL * (1 - np.sin(turn)))
        rise = top - min(_LIP_BEVEL * wall_mm, top / 2) * (1 - np.cos(turn))
    lip_rows = np.column_stack([1 + np.minimum(across, 0) / half, np.maximum(across, 0), rise])
    down = np.linspace(0, 1, count + 1)[1:] if worn else np.linspace(0, 1, count + 1)
    foot = -(height_mm + sink_mm)
    scale = 1 - (1 - _CUP_FOOT) * down**_CUP_CURVE
    outer = np.column_stack([scale, np.full(len(down), wall_mm), foot * down])
    up = down[::-1]
    ledge = _BEARING_MM / half * np.clip(1 - 2.5 * up, 0, 1)
    inner_scale = 1 - (1 - _CUP_FOOT) * up**_CUP_CURVE - ledge
    inner = np.column_stack([inner_scale, np.zeros(len(up)), foot * up])
    inside_lip = np.array([[1 - _BEARING_MM / half, 0.0, shoulder if worn else top]])
    return follow(line, np.vstack([lip_rows, outer, inner, inside_lip]))


def foot_mm(stone: CutStone, wall_mm: float, height_mm: float, sink_mm: float) -> tuple[float, float]:
    """Half the width and half the length of a bezel's cup at its lowest."""
    foot = bezel_cup(stone, wall_mm, height_mm, sink_mm, worn=False, fine=False).points
    lowest = foot[np.isclose(foot[:, :, 2], -(height_mm + sink_mm))]
    return float(np.abs(lowest[:, 0]).max()), float(np.abs(lowest[:, 1]).max())


def plate(outline: Outline, section: Floats) -> Surface:
    """A level frame round a stone from a section of (offset_mm, z_mm), down on the outside and up on the inside."""
    return follow(outline, np.column_stack([np.ones(len(section)), section]))


def foot_ring(stone: CutStone, wall_mm: float, foot_mm: float, wire_mm: float, fine: bool) -> Surface:
    """A round wire along the foot of a bezel that stands on nothing, `foot_mm` below the girdle."""
    line = stone_outline(stone.cut, stone.length_mm, stone.width_mm, fine, max(gems.BEND_MM, _BEND * wall_mm))
    turn = -2 * np.pi * np.arange(_FOOT_ROUND[fine]) / _FOOT_ROUND[fine]
    radius = max(wire_mm, wall_mm + _FOOT_OVER_MM) / 2
    round_it = radius * circle_factor(len(turn)) * np.column_stack([np.cos(turn), np.sin(turn)])
    section = np.column_stack(
        [np.full(len(turn), _CUP_FOOT), (radius + round_it[:, 0]).clip(0), round_it[:, 1] - foot_mm]
    )
    return follow(line, section)


def tip_cap(
    stone: CutStone, tip: Floats, thickness_mm: float, below_mm: float, worn: bool, detail: tuple[int, int, int]
) -> Surface:
    """A V-shaped cap over a pointed corner: a rounded wall along both sides that thins out towards its ends.

    Rougher ones hold as much as the finest.
    """
    rows, segments, corner = detail
    polygon = gems.outline(stone.cut, stone.length_mm, stone.width_mm, 256)
    at = int(np.argmin(np.linalg.norm(polygon - tip, axis=1)))
    arm = max(_LEAST_CAP_ARM_MM, _CAP_ARM * stone.width_mm)
    after, after_run = _walk(np.roll(polygon, -at, axis=0), arm, rows)
    before, before_run = _walk(np.roll(polygon[::-1], at + 1, axis=0), arm, rows)
    before, before_run = before[::-1], -before_run[::-1]
    a, b = _outward(before_run[-1]), _outward(after_run[0])
    turn = math.atan2(a[0] * b[1] - a[1] * b[0], float(a @ b))
    angles = math.atan2(a[1], a[0]) + turn * np.linspace(0, 1, corner)
    fan = np.column_stack([np.cos(angles), np.sin(angles)])
    # Round the corner too: between the first normal and the last, which belong to the straight walls.
    step = turn / (corner - 1)
    fan[1:-1] *= 1 + (step / math.sin(step) - 1) * (corner - 1) / (2 * corner - 4)
    points = np.vstack([before[:-1], np.repeat(tip[None], len(fan), axis=0), after[1:]])
    normals = np.vstack([_outward(before_run[:-1]), fan, _outward(after_run[1:])])
    arm_swell = np.sqrt(1 - (_CAP_THINS * np.linspace(0, 1, rows)) ** 2)
    # It thins out in straight lines from section to section: thicker ones make up for that.
    arm_swell *= math.sqrt((1 - _CAP_THINS**2 / 3) / float(mean_squares(arm_swell).mean()))
    swell = np.concatenate([arm_swell[:0:-1], np.full(corner, arm_swell[0]), arm_swell[1:]])
    reach = _CAP_REACH * stone.width_mm
    crown = float(crown_heights(stone, tip[None] * (1 - 2 * reach / np.linalg.norm(tip)))[0])
    top = crown + _CAP_RISE * thickness_mm if worn else crown + reach + _CAP_RISE * thickness_mm
    inwards = reach if worn else 0.3 * thickness_mm
    phi = -2 * np.pi * np.arange(segments) / segments
    even = circle_factor(segments) / circle_factor(CAP_FINE[1])
    across = (thickness_mm - inwards) / 2 + even * (thickness_mm + inwards) / 2 * np.cos(phi)
    z = (top - below_mm) / 2 + even * (top + below_mm) / 2 * np.sin(phi)
    across = swell[:, None] * across[None, :]
    height = stone.girdle_half_mm + swell[:, None] * (z - stone.girdle_half_mm)[None, :]
    distance = np.linalg.norm(points, axis=1)[:, None]
    flat = points[:, None] * (1 + np.minimum(across, 0) / distance)[..., None]
    flat = flat + normals[:, None] * np.maximum(across, 0)[..., None]
    solid = np.concatenate([flat, height[..., None]], axis=2)
    return open_run(solid, solid[[0, -1]].mean(axis=1))


def crown_heights(stone: CutStone, places: Floats) -> Floats:
    """Height of the stone's upper surface at places (n, 2); just inside the girdle it is the girdle's top."""
    upper = stone.bounds[stone.bounds[:, 2] > 1e-6]
    return np.maximum(((upper[:, 3] - places @ upper[:, :2].T) / upper[:, 2]).min(axis=1), stone.girdle_half_mm)


def _walk(polygon: Floats, length_mm: float, rows: int) -> tuple[Floats, Floats]:
    """Evenly spaced points and unit directions along an open polygon from its first point on."""
    side = np.linalg.norm(np.diff(polygon, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(side)])
    at = np.linspace(0, length_mm, rows)
    points = np.column_stack([np.interp(at, way, polygon[:, k]) for k in range(2)])
    run = np.gradient(points, axis=0)
    return points, run / np.linalg.norm(run, axis=1)[:, None]


def _outward(run: Floats) -> Floats:
    return np.stack([run[..., 1], -run[..., 0]], axis=-1)
