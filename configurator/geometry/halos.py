"""Halos: a stone in prongs with a frame of small bead-set stones around it."""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.curves import Outline
from configurator.geometry.gems import CutStone, Sizes
from configurator.geometry.piece import Mesh, repeated
from configurator.geometry.prongs import ProngHead, prong_head, prong_head_mesh, prong_head_solid
from configurator.geometry.rims import plate, stone_outline
from configurator.geometry.settings import Head, Held, drilled_seat
from configurator.geometry.solids import (
    Surface,
    build_mesh,
    build_solid,
    circle_factor,
    joined,
    open_run,
)

Floats = NDArray[np.float64]

# Taste: the frame, in shares of a melee stone's diameter or in mm.
USUAL_BITE = -0.15  # prongs of a halo bite deeper into the stone's seat, to leave room for the melee
_INNER_GAP_MM = 0.06  # between the stone and the frame
_PRONG_CLEARANCE_MM = 0.04  # between the prongs and the melee
_LEAST_GAP_MM = 0.25  # between the girdles of the stone and of the melee
_RIM = 0.10  # metal outside the melee
_LEAST_RIM_MM = 0.14
_DROP_MM = 0.20  # how far the melee's girdles lie below the stone's
_FLOOR = 0.16  # metal below the melee's culets
_UNDERCUT = 0.20  # how far the frame draws in towards its underside
_THROUGH_MM = 0.3  # how far the holes below the melee run on under the frame
_ROUND_MM = 0.12  # of the frame's outer edge

BEAD_OUT = 0.42  # beads stand this far to both sides of the middle line
_BEAD_RISE_MM = 0.16  # above the frame
_BEAD_ROUND = {False: 8, True: 12}
_WALK_POINTS = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class HaloHead(Head):
    """A stone in prongs inside a frame of one ring of melee or more.

    `bead_diameter_mm` and `spacing_mm` are the workshop's.
    """

    centre: ProngHead
    role: str
    melee_sizes: Sizes
    spacing_mm: float
    bead_diameter_mm: float
    rings: int = 1

    @property
    def culet_mm(self) -> float:
        return self.centre.culet_mm

    @property
    def most_handles(self) -> int:
        # As the prongs alone, a slit at both sides of each prong, and the hole below each small stone.
        return self.centre.most_handles + 2 * len(self.centre.sites) + 3 * len(melee_places(self))

    @property
    def height_mm(self) -> float:
        return self.centre.height_mm

    @property
    def width_mm(self) -> float:
        return self.centre.width_mm + 2 * self.reach_mm

    @property
    def melee(self) -> CutStone:
        return gems.cut_stone(*self.melee_sizes)

    @property
    def melee_mm(self) -> float:
        return self.melee_sizes.width_mm

    @property
    def gap_mm(self) -> float:
        """Between the girdles of the stone and of the melee: the prongs stand in it."""
        reach = (self.centre.bite + 1) * self.centre.prong_diameter_mm / 2
        return max(reach + _PRONG_CLEARANCE_MM, _LEAST_GAP_MM)

    @property
    def reach_mm(self) -> float:
        """From the stone's girdle to the frame's outer edge."""
        return self.middle_mm(self.rings - 1) + self.melee_mm / 2 + self.rim_mm

    def middle_mm(self, ring: int) -> float:
        """From the stone's girdle to the middles of the melee of one ring, counted from the inside."""
        return self.gap_mm + self.melee_mm / 2 + ring * (self.melee_mm + self.spacing_mm)

    @property
    def rim_mm(self) -> float:
        return max(_LEAST_RIM_MM, _RIM * self.melee_mm)

    def mesh(self) -> Mesh:
        return halo_head_mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return halo_head_solid(self, fine)

    def cutter(self) -> manifold3d.Manifold:
        return manifold3d.Manifold.batch_boolean(
            [self.centre.cutter(), *_placed(melee_cutter(self), self)], manifold3d.OpType.Add
        )

    def space(self) -> manifold3d.Manifold:
        return self.centre.space()

    def unmeasured(self) -> tuple[float, float]:
        volume_mm3, area_mm2 = cell_change(self)
        count = len(melee_places(self))
        return count * volume_mm3, count * area_mm2

    def held(self) -> tuple[Held, ...]:
        places = melee_places(self)
        placements = np.tile(np.eye(4), (len(places), 1, 1))
        placements[:, :2, 3] = places
        placements[:, 2, 3] = -_DROP_MM
        melee = Held(
            role=self.role,
            stone=self.melee,
            placements=placements,
            setting="bead",
            prongs=2,  # four beads round each stone, each shared with a neighbour
            prong_diameter_mm=self.bead_diameter_mm,
            bare_tips=0,
        )
        return (*self.centre.held(), melee)


@lru_cache(maxsize=64)
def melee_places(head: HaloHead) -> Floats:
    """Where the melee sit, (count, 2), ring by ring."""
    return np.vstack([_ring_places(head, ring) for ring in range(head.rings)])


@lru_cache(maxsize=64)
def _ring_places(head: HaloHead, ring: int) -> Floats:
    """The melee of one ring, (count, 2): as many as fit round the stone, evenly apart."""
    line = _middle_line(head, ring)
    pitch = head.melee_mm + head.spacing_mm
    way = _way(line, pitch)
    count = math.floor(way[-1] / pitch)
    while count > 3:
        places = _spread(line, way, count)
        apart = np.linalg.norm(np.roll(places, -1, axis=0) - places, axis=1)
        if apart.min() >= pitch - 1e-9:
            break
        count -= 1
    return places


@lru_cache(maxsize=64)
def halo_head_mesh(head: HaloHead) -> Mesh:
    """The closed head as the preview draws it: the frame without its seats, which the melee hide."""
    frame = build_mesh(_frame(head, False))
    one = build_mesh(_bead(head, False))
    beads = _bead_places(head)
    placements = np.tile(np.eye(4), (len(beads), 1, 1))
    placements[:, :2, 3] = beads
    return joined([prong_head_mesh(head.centre), frame, repeated(one, placements)])


@lru_cache(maxsize=16)
def halo_head_solid(head: HaloHead, fine: bool) -> manifold3d.Manifold:
    """The open head as one solid, its seats not yet cut; the coarse one has no beads (see `cell_change`)."""
    frame = build_solid(_frame(head, fine))
    solids = [prong_head_solid(head.centre, fine), frame]
    if fine:
        one = build_solid(_bead(head, True))
        solids += [one.translate((float(x), float(y), 0.0)) for x, y in _bead_places(head)]
    return manifold3d.Manifold.batch_boolean(solids, manifold3d.OpType.Add)


@lru_cache(maxsize=64)
def melee_cutter(head: HaloHead) -> manifold3d.Manifold:
    """Seat of one melee stone with the hole drilled through below it."""
    melee = head.melee
    # By a margin: never within microns of the underside, and no deeper into a low head's band than a drill would run.
    through = _underside_mm(head) + melee.culet_z_mm + _THROUGH_MM
    return drilled_seat(melee, melee.table_z_mm + _DROP_MM + 1, through)


@lru_cache(maxsize=64)
def cell_change(head: HaloHead) -> tuple[float, float]:
    """What one melee seat and its share of beads add to the frame, (mm³, mm²): measured on one straight piece."""
    places = _ring_places(head, 0)
    pitch = float(np.linalg.norm(np.roll(places, -1, axis=0) - places, axis=1).mean())
    across, z = _section(head, False).T
    middle = head.middle_mm(0)
    section = manifold3d.CrossSection([np.column_stack([across - middle, z + _DROP_MM])[::-1]])
    bar = section.extrude(pitch).rotate((90, 0, 0)).translate((0, pitch / 2, 0))
    one = build_solid(_bead(head, False)).translate((0, 0, _DROP_MM))
    out = BEAD_OUT * head.melee_mm
    beads = [one.translate((x, y, 0)) for x in (-out, out) for y in (-pitch / 2, pitch / 2)]
    cell = manifold3d.Manifold.cube((9 * pitch, pitch, 9 * pitch), center=True)
    cutters = [melee_cutter(head).translate((0, y, 0)) for y in (-pitch, 0, pitch)]
    with_beads = manifold3d.Manifold.batch_boolean([bar, *beads], manifold3d.OpType.Add) ^ cell
    left = manifold3d.Manifold.batch_boolean([with_beads, *cutters], manifold3d.OpType.Subtract)
    # Both ends are cuts, not surface: leave them out on both sides.
    end = left.rotate((-90, 0, 0)).slice(pitch / 2 * (1 - 1e-6)).area()
    before = bar.surface_area() - 2 * section.area()
    return left.volume() - bar.volume(), left.surface_area() - 2 * end - before


def halo_head(
    stone: Stone,
    melee: Stone,
    prongs: int,
    prong_diameter_mm: float,
    spacing_mm: float,
    bead_diameter_mm: float,
    rings: int = 1,
    bite: float = USUAL_BITE,
    paired: bool = False,
) -> HaloHead:
    """The halo for a stone; `bite` as in a prong head. Raises `InvalidDesign` when a stone cannot be cut so."""
    return HaloHead(
        centre=prong_head(stone, prongs, prong_diameter_mm, bite, paired=paired),
        role=melee.role,
        melee_sizes=gems.sizes_of(melee),
        spacing_mm=spacing_mm,
        bead_diameter_mm=bead_diameter_mm,
        rings=rings,
    )


def _placed(solid: manifold3d.Manifold, head: HaloHead) -> list[manifold3d.Manifold]:
    return [solid.translate((float(x), float(y), -_DROP_MM)) for x, y in melee_places(head)]


def _underside_mm(head: HaloHead) -> float:
    """How far the frame's underside lies below the melee's girdles."""
    return -head.melee.culet_z_mm + _FLOOR * head.melee_mm


def _section(head: HaloHead, fine: bool) -> Floats:
    """The frame's cross-section, rows (offset_mm from the stone's girdle, z_mm), down the outside, up the inside."""
    inner, outer = _INNER_GAP_MM, head.reach_mm
    top = -_DROP_MM + head.melee.girdle_half_mm
    bottom = -_DROP_MM - _underside_mm(head)
    draw = _UNDERCUT * head.melee_mm
    turn = np.linspace(0, math.pi / 2, 6 if fine else 4)
    edge = np.column_stack([outer - _ROUND_MM * (1 - np.sin(turn)), top - _ROUND_MM * (1 - np.cos(turn))])
    low = np.column_stack([outer - draw - _ROUND_MM * (1 - np.cos(turn)), bottom + _ROUND_MM * (1 - np.sin(turn))])
    return np.vstack([[[inner, top]], edge, low, [[inner, bottom]]])


def _frame(head: HaloHead, fine: bool) -> Surface:
    return plate(_outline(head, fine), _section(head, fine))


def _outline(head: HaloHead, fine: bool) -> Outline:
    outermost = head.reach_mm
    centre = head.centre
    return stone_outline(*centre.sizes[:3], fine, max(gems.BEND_MM, 1.25 * outermost))


def bead(diameter_mm: float, face_mm: float, fine: bool) -> Surface:
    """One upright bead on the middle of its own axis, with its root in the metal whose face lies at z = `face_mm`."""
    segments, radius = _BEAD_ROUND[fine], diameter_mm / 2
    turn = 2 * np.pi * np.arange(segments) / segments
    ring = np.column_stack([np.cos(turn), np.sin(turn)]) * radius * circle_factor(segments)
    dome = np.linspace(0, math.pi / 2, 4)[:-1]
    scale = np.concatenate([[1.0], np.cos(dome)])
    z = np.concatenate([[face_mm - 2 * radius], face_mm + _BEAD_RISE_MM + radius * 0.6 * np.sin(dome)])
    points = np.concatenate(
        [
            scale[:, None, None] * ring[None],
            np.broadcast_to(z[:, None, None], (len(z), segments, 1)),
        ],
        axis=2,
    )
    caps = np.array([[0, 0, z[0]], [0, 0, face_mm + _BEAD_RISE_MM + radius * 0.6]])
    return open_run(points, caps)


def _bead(head: HaloHead, fine: bool) -> Surface:
    """At its height in the head's frame."""
    return bead(head.bead_diameter_mm, -_DROP_MM + head.melee.girdle_half_mm, fine)


def _bead_places(head: HaloHead) -> Floats:
    """Two beads between every two neighbours of a ring, (2 count, 2)."""
    return np.vstack([_beads_beside(_ring_places(head, ring), BEAD_OUT * head.melee_mm) for ring in range(head.rings)])


def _beads_beside(places: Floats, out: float) -> Floats:
    after = np.roll(places, -1, axis=0)
    run = after - places
    across = np.column_stack([run[:, 1], -run[:, 0]]) / np.linalg.norm(run, axis=1)[:, None]
    middle = (places + after) / 2
    return np.vstack([middle + out * across, middle - out * across])


def _middle_line(head: HaloHead, ring: int) -> Floats:
    """The curve through the middles of a ring of melee, densely sampled, from the +y axis on (a tip, if it has one)."""
    outline = _outline(head, True)
    line = outline.points + outline.normals * head.middle_mm(ring)
    line = np.vstack([line, line[:1]])
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0, way[-1], _WALK_POINTS, endpoint=False)
    even = np.column_stack([np.interp(at, way, line[:, k]) for k in range(2)])
    start = int(np.argmin(np.abs(np.arctan2(even[:, 0], even[:, 1]))))
    return np.roll(even, -start, axis=0)


def _way(line: Floats, pitch_mm: float) -> Floats:
    """The way along the line, (n + 1,), counted in chords of one pitch: in a bend an arc is longer than its chord."""
    step = np.linalg.norm(np.roll(line, -1, axis=0) - line, axis=1)
    half = max(1, round(pitch_mm / 2 / float(step.mean())))
    chord = np.linalg.norm(np.roll(line, -half, axis=0) - np.roll(line, half, axis=0), axis=1)
    share = chord / (2 * half * float(step.mean()))
    return np.concatenate([[0.0], np.cumsum(step * share)])


def _spread(line: Floats, way: Floats, count: int) -> Floats:
    closed = np.vstack([line, line[:1]])
    at = way[-1] * np.arange(count) / count
    return np.column_stack([np.interp(at, way, closed[:, k]) for k in range(2)])
