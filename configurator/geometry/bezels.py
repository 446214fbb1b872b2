"""Bezels: a stone behind a full rim of metal."""

from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.gems import CutStone
from configurator.geometry.piece import Mesh
from configurator.geometry.rims import bezel_cup
from configurator.geometry.settings import SINK_MM, Held, seat
from configurator.geometry.solids import build_mesh, build_solid

USUAL_GAP_MM = 0.05  # from the culet down to the band: a bezel sits low
_LEAST_CUP = 0.28  # the girdle's height over the width, where the stone has little or no pavilion


@dataclass(frozen=True, slots=True, kw_only=True)
class BezelHead:
    """A stone behind a full rim of metal."""

    role: str
    cut: str
    length_mm: float
    width_mm: float
    depth_mm: float | None
    wall_mm: float
    height_mm: float

    @property
    def stone(self) -> CutStone:
        return gems.cut_stone(self.cut, self.length_mm, self.width_mm, self.depth_mm)

    @property
    def part(self) -> str:
        return "head"

    @property
    def culet_mm(self) -> float:
        return self.height_mm + self.stone.culet_z_mm

    @property
    def most_handles(self) -> int:
        return 4  # the cup is open below, to both sides of the band, or at the four corners of a square one

    def mesh(self) -> Mesh:
        return bezel_head_mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return bezel_head_solid(self, fine)

    def cutter(self) -> manifold3d.Manifold:
        return seat(self.cut, self.length_mm, self.width_mm, self.depth_mm)

    def space(self) -> manifold3d.Manifold:
        return self.cutter()  # a rim is thin: the stone's true outline matters

    def unmeasured(self) -> tuple[float, float]:
        return 0.0, 0.0

    def held(self) -> tuple[Held, ...]:
        return (
            Held(
                role=self.role,
                stone=self.stone,
                placements=np.eye(4)[None],
                setting="bezel",
                prongs=0,
                prong_diameter_mm=0.0,
                bare_tips=0,
            ),
        )


@lru_cache(maxsize=64)
def bezel_head_mesh(head: BezelHead) -> Mesh:
    """The closed bezel as the preview draws it."""
    return build_mesh(bezel_cup(head.stone, head.wall_mm, head.height_mm, SINK_MM, worn=True, fine=False))


@lru_cache(maxsize=32)
def bezel_head_solid(head: BezelHead, fine: bool) -> manifold3d.Manifold:
    """The open bezel, its seat not yet cut."""
    return build_solid(bezel_cup(head.stone, head.wall_mm, head.height_mm, SINK_MM, worn=False, fine=fine))


def silhouette(head: BezelHead) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The open bezel seen along the stone's length: half widths and heights of its rows, both (m,)."""
    points = bezel_cup(head.stone, head.wall_mm, head.height_mm, SINK_MM, worn=False, fine=False).points
    return points[:, :, 0].max(axis=0), points[0, :, 2]


def bezel_head(stone: Stone, wall_mm: float, gap_mm: float = USUAL_GAP_MM) -> BezelHead:
    """The bezel for a stone, its culet `gap_mm` above the band (negative: below it).

    Raises `InvalidDesign` when the stone cannot be cut so.
    """
    cut = gems.cut_stone(stone.cut, stone.length_mm, stone.width_mm, stone.depth_mm)
    return BezelHead(
        role=stone.role,
        cut=stone.cut,
        length_mm=stone.length_mm,
        width_mm=stone.width_mm,
        depth_mm=stone.depth_mm,
        wall_mm=wall_mm,
        # Lower by as much as the gap is less than usual, cup or no cup.
        height_mm=round(max(gap_mm - cut.culet_z_mm, _LEAST_CUP * cut.width_mm + gap_mm - USUAL_GAP_MM), 4),
    )
