"""Bezels: a stone behind a full rim of metal, or between two rims at its sides that leave its ends open."""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.bodies import creased
from configurator.geometry.piece import Mesh
from configurator.geometry.rims import bezel_cup
from configurator.geometry.settings import SINK_MM, Held, SingleHead
from configurator.geometry.solids import build_mesh, build_solid

USUAL_GAP_MM = 0.05  # from the culet down to the band: a bezel sits low
_LEAST_CUP = 0.28  # the girdle's height over the width, where the stone has little or no pavilion

# Of a half bezel: how wide it is open at the ends, of the stone's width, how far that opening leans outwards as it
# rises, and how deep its round bottom reaches, of the cup's height.
_OPEN, _OPEN_LEAN, _OPEN_DEPTH = 0.56, 0.30, 0.42
_NARROW = 0.1  # an opening in the middle of the stone, where there is no metal, over its outer end
_GIRDLE_POINTS = 512
_OPEN_ROUND = {False: 20, True: 48}


@dataclass(frozen=True, slots=True, kw_only=True)
class BezelHead(SingleHead):
    """A stone behind a rim of metal; a `half` bezel is open at both ends of the stone."""

    rim_mm: float
    half: bool = False

    @property
    def wall_mm(self) -> float:
        return self.rim_mm

    @property
    def open_mm(self) -> float:
        """Half the width of a half bezel's openings at the girdle."""
        return _OPEN * self.width_mm / 2

    @property
    def most_handles(self) -> int:
        return 4  # the cup is open below, to both sides of the band, or at the four corners of a square one

    def mesh(self) -> Mesh:
        return bezel_head_mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return bezel_head_solid(self, fine)

    def space(self) -> manifold3d.Manifold:
        return self.cutter()  # a rim is thin: the stone's true outline matters

    def held(self) -> tuple[Held, ...]:
        return (
            Held(
                role=self.role,
                stone=self.stone,
                placements=np.eye(4)[None],
                setting="channel" if self.half else "bezel",  # two walls hold it
                prongs=0,
                prong_diameter_mm=0.0,
                bare_tips=0,
            ),
        )


@lru_cache(maxsize=64)
def bezel_head_mesh(head: BezelHead) -> Mesh:
    """The closed bezel as the preview draws it."""
    cup = bezel_cup(head.stone, head.wall_mm, head.height_mm, SINK_MM, worn=True, fine=False)
    return creased(build_solid(cup) - _openings(head, False)) if head.half else build_mesh(cup)


@lru_cache(maxsize=32)
def bezel_head_solid(head: BezelHead, fine: bool) -> manifold3d.Manifold:
    """The open bezel, its seat not yet cut."""
    cup = build_solid(bezel_cup(head.stone, head.wall_mm, head.height_mm, SINK_MM, worn=False, fine=fine))
    return cup - _openings(head, fine) if head.half else cup


def _openings(head: BezelHead, fine: bool) -> manifold3d.Manifold:
    """What leaves the ends of a half bezel open: a U at each, round below, which widens outwards and upwards.

    All its sides point at the stone's middle, so that the rims end square.
    """
    turn = np.linspace(-math.pi, 0, _OPEN_ROUND[fine])
    bottom = np.column_stack([head.open_mm * np.cos(turn), _OPEN_DEPTH * head.height_mm * np.sin(turn)])
    rise = head.width_mm
    out = head.open_mm + _OPEN_LEAN * rise
    section = np.vstack([bottom, [[out, rise], [-out, rise]]])
    girdle = gems.outline(*head.sizes[:3], _GIRDLE_POINTS)
    wedges = []
    for side in (1, -1):
        end = girdle[girdle[:, 1] * side > 0]
        at_mm = side * float(end[np.argmin(np.abs(end[:, 0] - head.open_mm)), 1])
        length = 2 * at_mm
        wide = manifold3d.CrossSection([section * length / at_mm])
        wedge = wide.extrude(length, scale_top=(_NARROW, _NARROW)).translate((0, 0, -length))
        wedges.append(wedge.rotate((90, 0, 0)) if side > 0 else wedge.rotate((90, 0, 180)))
    return wedges[0] + wedges[1]


def silhouette(head: BezelHead) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The open bezel seen along the stone's length: half widths and heights of its rows, both (m,)."""
    points = bezel_cup(head.stone, head.wall_mm, head.height_mm, SINK_MM, worn=False, fine=False).points
    return points[:, :, 0].max(axis=0), points[0, :, 2]


def bezel_head(stone: Stone, wall_mm: float, gap_mm: float = USUAL_GAP_MM, half: bool = False) -> BezelHead:
    """The bezel for a stone, its culet `gap_mm` above the band (negative: below it).

    Raises `InvalidDesign` when the stone cannot be cut so.
    """
    sizes = gems.sizes_of(stone)
    cut = gems.cut_stone(*sizes)
    return BezelHead(
        role=stone.role,
        sizes=sizes,
        rim_mm=wall_mm,
        # Lower by as much as the gap is less than usual, cup or no cup.
        height_mm=round(max(gap_mm - cut.culet_z_mm, _LEAST_CUP * cut.width_mm + gap_mm - USUAL_GAP_MM), 4),
        half=half,
    )
