"""What all settings share: the stones they hold, the seats they are cut, and how deep they stand in the band.

A setting is described in the stone's own frame (girdle at z = 0, table up) by a few millimetres; everything else is a
pure function of them. Two states: worn (closed over the crown, what a client sees) and open (metal upright, as it is
cast, so that the setter can lower the stone in and close it; the same metal).
"""

from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry import gems
from configurator.geometry.gems import CutStone, Sizes
from configurator.geometry.solids import circle_factor, convex_solid
from configurator.measures import Setting as Hold

Floats = NDArray[np.float64]

SEAT_CLEARANCE_MM = 0.03  # between stone and metal, so that the stone drops in
DRILL = 0.20  # radius of the hole below a small stone, which lets light and water through, of the stone's diameter
_SEAT_ROUND, _DRILL_ROUND = {False: 20, True: 32}, {False: 8, True: 16}  # segments: to measure, and to cut
_SEAT_CHORD_MM = 0.003  # of a seat to measure
_LEVEL, _MEETS_MM, _SINGULAR = 1e-6, 1e-6, 1e-3
SINK_MM = 0.6  # feet reach this far into the band, which is at least twice as thick


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Held:
    """Stones that one setting holds: `placements` (count, 4, 4) in the setting's own frame.

    `hole` is what is drilled out of each, in its own frame: a pearl's weight is given before drilling.
    """

    role: str
    stone: CutStone
    placements: Floats
    setting: Hold
    prongs: int  # for each stone
    prong_diameter_mm: float
    bare_tips: int  # of each stone
    hole: manifold3d.Manifold | None = None


class Head:
    """What most settings are: a part called head, without a rim, whose coarse solid lacks nothing."""

    __slots__ = ()

    @property
    def part(self) -> str:
        return "head"

    @property
    def wall_mm(self) -> float | None:
        return None

    def unmeasured(self) -> tuple[float, float]:
        return 0.0, 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleHead(Head):
    """A head for one stone, whose girdle stands `height_mm` above the band."""

    role: str
    sizes: Sizes
    height_mm: float

    @property
    def stone(self) -> CutStone:
        return gems.cut_stone(*self.sizes)

    @property
    def width_mm(self) -> float:
        return self.sizes.width_mm

    @property
    def culet_mm(self) -> float:
        return self.height_mm + self.stone.culet_z_mm

    def cutter(self) -> manifold3d.Manifold:
        return seat(self.sizes)


@lru_cache(maxsize=64)
def seat(sizes: Sizes) -> manifold3d.Manifold:
    """What a stone takes out of its setting, open to the top."""
    return gems.seat_cutter(gems.cut_stone(*sizes), SEAT_CLEARANCE_MM)


def drilled_seat(stone: CutStone, open_to_mm: float, through_mm: float, fine: bool = True) -> manifold3d.Manifold:
    """The seat of one small stone with a hole drilled on from its culet, `through_mm` further down."""
    cutter = gems.seat_cutter(stone, SEAT_CLEARANCE_MM, open_to_mm, _SEAT_ROUND[fine])
    radius = DRILL * stone.width_mm * circle_factor(_DRILL_ROUND[fine]) / circle_factor(_DRILL_ROUND[True])
    drill = manifold3d.Manifold.cylinder(through_mm + stone.depth_mm / 2, radius, circular_segments=_DRILL_ROUND[fine])
    return cutter + drill.translate((0, 0, stone.culet_z_mm - through_mm))


@lru_cache(maxsize=64)
def stone_and_shaft(stone: CutStone) -> manifold3d.Manifold:
    """A stone with the way it is lowered in from above: a light stand-in for its seat, for measures."""
    if stone.cut == "round_brilliant":
        return gems.seat_cutter(stone, SEAT_CLEARANCE_MM, segments=_SEAT_ROUND[False], chord_mm=_SEAT_CHORD_MM)
    lowest = stone.vertices[stone.vertices[:, 2] <= stone.girdle_half_mm * (1 + 1e-9)]
    upper = lowest[:, 2] >= -stone.girdle_half_mm * (1 + 1e-9)
    wider = gems.seat_growth(stone)
    lowest = lowest * [wider, wider, 1] + SEAT_CLEARANCE_MM * _outwards(stone, lowest)
    around = lowest[upper, :2]
    heights = -stone.girdle_half_mm, stone.table_z_mm + stone.width_mm / 2  # the girdle is not everywhere as thick
    shaft = [np.column_stack([around, np.full(len(around), z)]) for z in heights]
    parts = [convex_solid(part) for part in gems.lobes(stone, np.vstack([lowest, *shaft]))]
    return parts[0] if len(parts) == 1 else manifold3d.Manifold.batch_boolean(parts, manifold3d.OpType.Add)


def _outwards(stone: CutStone, places: Floats) -> Floats:
    """How corners (n, 3) of a stone move when its girdle and all facets below it move out to those of its seat."""
    facets = stone.planes[stone.planes[:, 2] < _LEVEL]
    normals, reach = facets[:, :3], gems.seat_reach(facets[:, :3])
    meets = (np.abs(places @ normals.T - facets[:, 3]) < _MEETS_MM).astype(float)
    square = np.einsum("nf,fi,fj->nij", meets, normals, normals)
    across = meets @ (reach[:, None] * normals)
    return np.einsum("nij,nj->ni", np.linalg.pinv(square, rcond=_SINGULAR, hermitian=True), across)
