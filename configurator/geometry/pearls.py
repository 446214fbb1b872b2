"""Pearl cups: a half-drilled pearl, or a bead, sits in a shallow dish and is glued to the post that rises from it."""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.checks import limit
from configurator.geometry.gems import CutStone
from configurator.geometry.piece import Mesh
from configurator.geometry.settings import SINK_MM, Head, Held
from configurator.geometry.solids import Surface, build_mesh, build_solid, circle_factor, open_run

Floats = NDArray[np.float64]

GLUE_MM = 0.05  # between pearl and metal
_SAFE_MM = 0.02  # of that gap: the dish's flat faces stay outside it, however coarse

# Taste, in mm or as shares of what is named.
_WALL_MM = 0.6  # of the dish
_STEM_MM = 0.55  # from the band up to the dish
_FILLET_MM = 0.40  # where the stem opens into the dish
_WAIST = 0.36  # the stem's width over the dish's
_LEAST_WAIST_MM = 1.3
_ON_BAND = 0.85  # of the band's width: wider, a stem would hang over its edges
_EDGE = 0.5  # of the post's radius: its end is rounded

_AROUND = {False: 24, True: 64}  # segments: to measure, and to cast or draw
_ROWS = {False: 5, True: 12}  # along each curve of the profile


@dataclass(frozen=True, slots=True, kw_only=True)
class PearlCup(Head):
    """A sphere on a post. `height_mm` is from the band's outside up to its middle."""

    role: str
    diameter_mm: float
    cup_mm: float  # the dish's width
    stem_mm: float  # the stem's diameter
    post_mm: float  # the post's diameter
    depth_mm: float  # how far the post reaches into the pearl
    height_mm: float

    @property
    def stone(self) -> CutStone:
        return gems.cut_stone("sphere", self.diameter_mm, self.diameter_mm)

    @property
    def width_mm(self) -> float:
        return self.diameter_mm

    @property
    def culet_mm(self) -> float:
        return self.height_mm - self.diameter_mm / 2

    @property
    def most_handles(self) -> int:
        return 0

    def mesh(self) -> Mesh:
        return pearl_cup_mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return pearl_cup_solid(self, fine)

    def cutter(self) -> manifold3d.Manifold:
        return pearl_room(self, True)

    def space(self) -> manifold3d.Manifold:
        return pearl_room(self, False)

    def held(self) -> tuple[Held, ...]:
        return (
            Held(
                role=self.role,
                stone=self.stone,
                placements=np.eye(4)[None],
                setting="post",
                prongs=0,
                prong_diameter_mm=0.0,
                bare_tips=0,
                hole=drilled(self),
            ),
        )


@lru_cache(maxsize=64)
def pearl_cup_mesh(cup: PearlCup) -> Mesh:
    """The cup as the preview draws it."""
    return build_mesh(_turned(cup, True))


@lru_cache(maxsize=32)
def pearl_cup_solid(cup: PearlCup, fine: bool) -> manifold3d.Manifold:
    """The cup with its post, down into the band."""
    return build_solid(_turned(cup, fine))


@lru_cache(maxsize=32)
def drilled(cup: PearlCup) -> manifold3d.Manifold:
    """The hole in the pearl, in the pearl's own frame."""
    r = cup.diameter_mm / 2
    wide, deep = hole_mm(cup.diameter_mm)
    height = deep + r
    hole = manifold3d.Manifold.cylinder(height, wide / 2, circular_segments=_AROUND[True])
    return hole.translate((0, 0, deep - r - height))


def hole_mm(diameter_mm: float) -> tuple[float, float]:
    """How wide and how deep a pearl is drilled for its post, with room for glue."""
    wide, deep = limit("pearl_post_diameter", "mid"), limit("pearl_post_depth", "mid") / 100 * diameter_mm
    return wide + 2 * GLUE_MM, deep + GLUE_MM


@lru_cache(maxsize=32)
def pearl_room(cup: PearlCup, fine: bool) -> manifold3d.Manifold:
    """Where no metal may be: the drilled pearl, and a little round it."""
    ball = manifold3d.Manifold.sphere(cup.diameter_mm / 2 + _SAFE_MM, _AROUND[fine])
    post = manifold3d.Manifold.cylinder(
        cup.diameter_mm, cup.post_mm / 2 + _SAFE_MM, circular_segments=_AROUND[fine]
    ).translate((0, 0, -cup.diameter_mm))
    top = cup.depth_mm + _SAFE_MM - cup.diameter_mm / 2
    return ball - post.translate((0, 0, top))


def pearl_cup(stone: Stone, band_width_mm: float) -> PearlCup:
    """The cup for a sphere, on a band that is `band_width_mm` wide under it."""
    d = stone.width_mm
    wide, deep = hole_mm(d)
    cup_mm = limit("pearl_cup_width", "mid") * d
    return PearlCup(
        role=stone.role,
        diameter_mm=d,
        cup_mm=round(cup_mm, 4),
        stem_mm=round(min(max(_WAIST * cup_mm, _LEAST_WAIST_MM), _ON_BAND * band_width_mm), 4),
        post_mm=round(wide - 2 * GLUE_MM, 4),
        depth_mm=round(deep - GLUE_MM, 4),
        height_mm=round(d / 2 + GLUE_MM + _WALL_MM + _STEM_MM, 4),
    )


def _turned(cup: PearlCup, fine: bool) -> Surface:
    """The profile turned on a lathe."""
    profile = _profile(cup, _ROWS[fine])
    around = _AROUND[fine]
    turn = 2 * np.pi * np.arange(around) / around
    r = profile[1:-1, :1] * circle_factor(around)
    points = np.stack(
        [r * np.cos(turn), r * np.sin(turn), np.broadcast_to(profile[1:-1, 1:], r.shape[:1] + turn.shape)], axis=-1
    )
    caps = np.column_stack([np.zeros((2, 2)), profile[[0, -1], 1]])
    return open_run(points, caps, round=True)


def _profile(cup: PearlCup, rows: int) -> Floats:
    """(r, z) from the foot's middle up the stem, round the dish's rim, down into the dish and up the post."""
    inner = cup.diameter_mm / 2 + GLUE_MM
    outer, waist, post = inner + _WALL_MM, cup.stem_mm / 2, cup.post_mm / 2
    way = np.linspace(0, 1, rows)[:, None]
    rim = math.asin(cup.cup_mm / 2 / outer)  # angles from straight down
    opens = math.asin(min((waist + _FILLET_MM) / outer, math.sin(rim)))
    leaves = _arc(outer, np.array([opens]))[0]
    corner = np.array([waist, leaves[1] - (leaves[0] - waist) * math.tan(opens)])
    below = corner - [0, _FILLET_MM]
    fillet = (1 - way) ** 2 * below + 2 * way * (1 - way) * corner + way**2 * leaves
    half = np.pi * way
    lip = _arc((inner + outer) / 2, np.array([rim])) + _WALL_MM / 2 * (
        np.cos(half) * [math.sin(rim), -math.cos(rim)] + np.sin(half) * [math.cos(rim), math.sin(rim)]
    )
    dish = _arc(inner, (rim + (math.asin(post / inner) - rim) * way)[:, 0])
    top = cup.depth_mm - cup.diameter_mm / 2
    edge = _EDGE * post
    quarter = np.pi / 2 * way
    end = [post - edge, top - edge] + edge * np.hstack([np.cos(quarter), np.sin(quarter)])
    foot = -cup.height_mm - SINK_MM
    return np.vstack(
        [
            [[0, foot], [waist, foot]],
            fillet,
            _arc(outer, (opens + (rim - opens) * way)[1:, 0]),
            lip[1:],
            dish[1:],
            end,
            [[0, top]],
        ]
    )


def _arc(radius: float, angle: Floats) -> Floats:
    """Points (n, 2) of a ball's profile at angles from straight down."""
    return radius * np.column_stack([np.sin(angle), -np.cos(angle)])
