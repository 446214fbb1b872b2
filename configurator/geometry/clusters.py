"""Clusters: a round stone in the middle of a flower of round petals, all held by prongs that they share.

Between every two petals a fork of two wires rises from a small ring on the band: its inner wire holds the centre and
both petals, its outer wire both petals. Two rails tie the forks together; the gallery below is open.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import InvalidDesign, Stone
from configurator.geometry import gems
from configurator.geometry.curves import splines
from configurator.geometry.gems import CutStone, Sizes
from configurator.geometry.piece import Mesh
from configurator.geometry.prongs import wire_ring
from configurator.geometry.settings import Head, Held, seat, stone_and_shaft
from configurator.geometry.solids import Surface, area_from, build_round_meshes, build_solid, joined, tubes

Floats = NDArray[np.float64]

FEWEST_PETALS, MOST_PETALS = 6, 14

# Taste, in mm or in shares of what is named.
_TILT = math.radians(13.0)  # of the petals, outwards
_STEP_MM = 0.12  # from the centre's girdle down to the nearest place of a petal's
_COVER_MM = 0.16  # how far a prong reaches over each stone
_OUTSIDE_MM = 0.1  # how much farther from two petals an outer prong stands than the place between them
_RISE = 0.2  # where a prong's round end begins above the girdle, of the crown
_UNDER_MM = 0.35  # from the centre's culet down to the band
_UNDER_PETALS_MM = 1.15  # and from the petals'
_BASE = 0.34  # the base ring's radius over the flower's
_BASE_WIRE = 1.1  # of that ring, over an outer prong's
_RAIL_WIRE = 0.8  # of the rails, over an outer prong's
_RAIL_CLEAR_MM = 0.06  # between a rail and the stones
_FOOT = 0.9  # a wire's radius at its foot, over its end's

_CIRCLE = 96  # points of a rail's line
# Rows along a wire, points round it, rings of its ends; rows along a rail, points round it: preview, measure, fine.
_PREVIEW, _MEASURE, _FINE = (16, 12, 5, 64, 10), (12, 6, 1, 40, 6), (30, 20, 7, 144, 18)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterHead(Head):
    """A flower of `petals` stones round one; `ring_mm` is the radius on which their middles lie.

    `prong_mm` is the least diameter of the inner prongs, `outer_prong_mm` that of the outer ones. The band falls away
    from its top, `band_radius_mm` from the middle of the finger: there the base ring is sunk into it.
    """

    role: str
    sizes: Sizes
    petal_role: str
    petal_sizes: Sizes
    petals: int
    ring_mm: float
    prong_mm: float
    outer_prong_mm: float
    band_radius_mm: float

    @property
    def stone(self) -> CutStone:
        return gems.cut_stone(*self.sizes)

    @property
    def petal(self) -> CutStone:
        return gems.cut_stone(*self.petal_sizes)

    @property
    def petal_mm(self) -> float:
        return self.petal_sizes.width_mm

    @property
    def drop_mm(self) -> float:
        """From the centre's girdle down to the middles of the petals'."""
        return _STEP_MM + self.petal_mm / 2 * math.sin(_TILT)

    @property
    def height_mm(self) -> float:
        petals_mm = self.drop_mm - self.petal.culet_z_mm * math.cos(_TILT) + _UNDER_PETALS_MM
        return round(max(_UNDER_MM - self.stone.culet_z_mm, petals_mm), 4)

    @property
    def width_mm(self) -> float:
        return 2 * self.ring_mm + self.petal_mm

    @property
    def culet_mm(self) -> float:
        return self.height_mm + self.stone.culet_z_mm

    @property
    def most_handles(self) -> int:
        # A window between every two forks, inside and outside; under the base ring; where rails pass wires.
        return 3 * self.petals + 4

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        """The open head; the coarse one is the base ring, all that touches the band: one fork says the rest."""
        return _solid(self) if fine else _rough_base(self)

    def cutter(self) -> manifold3d.Manifold:
        own = seat(self.sizes)
        one = seat(self.petal_sizes)
        around = [one.transform(place[:3]) for place in petal_places(self)]
        return manifold3d.Manifold.batch_boolean([own, *around], manifold3d.OpType.Add)

    def space(self) -> manifold3d.Manifold:
        return manifold3d.Manifold()  # nothing of the coarse solid is near the stones

    def unmeasured(self) -> tuple[float, float]:
        return _above_base(self)

    def held(self) -> tuple[Held, ...]:
        plan = _plan(self)
        centre = Held(
            role=self.role,
            stone=self.stone,
            placements=np.eye(4)[None],
            setting="prong",
            prongs=self.petals,
            prong_diameter_mm=round(2 * plan.inner_mm, 3),
            bare_tips=0,
        )
        petals = Held(
            role=self.petal_role,
            stone=self.petal,
            placements=petal_places(self),
            setting="prong",
            prongs=2,  # four round each petal, each shared with a neighbour
            prong_diameter_mm=round(2 * plan.outer_mm, 3),
            bare_tips=0,
        )
        return centre, petals


@lru_cache(maxsize=64)
def petal_places(head: ClusterHead) -> Floats:
    """Where the petals sit, (petals, 4, 4): tilted outwards, the first towards +y."""
    s, c = math.sin(_TILT), math.cos(_TILT)
    tilted = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    found = np.tile(np.eye(4), (head.petals, 1, 1))
    for at, turn in enumerate(_turns(head, 0.0)):
        found[at, :3, :3] = turn @ tilted
        found[at, :3, 3] = turn @ [head.ring_mm, 0, -head.drop_mm]
    return found


@dataclass(frozen=True, eq=False, slots=True)
class _Plan:
    """One fork, in its own upright plane: rows (from the axis_mm, z_mm) along both wires; and the level rings."""

    inner: Floats  # (c, 2) control points
    outer: Floats
    inner_mm: float  # radii of the wires
    outer_mm: float
    rings: tuple[tuple[float, float, float], ...]  # radius, height, radius of the wire


@lru_cache(maxsize=64)
def _plan(head: ClusterHead) -> _Plan:
    stone = head.stone
    between, (tip, outer_mm) = _between(head), _outside(head)
    reach = between - head.sizes.width_mm / 2  # from the middle of the gap to all three stones
    inner_mm = max(head.prong_mm / 2, reach + _COVER_MM)
    base = _BASE * head.width_mm / 2
    low = math.sqrt(head.band_radius_mm**2 - base**2) - head.band_radius_mm - head.height_mm
    inner_top = stone.girdle_half_mm + _RISE * stone.crown_height_mm
    inner = np.array(
        [
            [base, low],
            [base + 0.1 * (between - base), 0.72 * low],
            [between - 0.12 * (between - base), 0.4 * low],
            [between, 0.15 * low],
            [between, inner_top],
        ]
    )
    lean = np.array([math.sin(_TILT), math.cos(_TILT)])
    outer = np.array(
        [
            [base, low],
            [base + 0.36 * (tip[0] - base), low + 0.16 * (tip[1] - low)],
            [base + 0.78 * (tip[0] - base), low + 0.38 * (tip[1] - low)],
            tip - 0.32 * (tip[1] - low) * lean,
            tip,
        ]
    )
    wire = _RAIL_WIRE * outer_mm
    rings = [(base, low, _BASE_WIRE * outer_mm)]
    for line in (inner, outer):
        rings.append((*_rail(head, line, wire), wire))
    return _Plan(inner, outer, inner_mm, outer_mm, tuple(rings))


def _rail(head: ClusterHead, control: Floats, wire_mm: float) -> tuple[float, float]:
    """Where a rail as high as it may crosses a fork's wire: radius and height, clear of all stones."""
    line = splines(np.insert(control, 1, 0.0, axis=1)[None], 80)[0][0]
    below = line[line[:, 2] < -head.drop_mm]
    clear = np.full(len(below), np.inf)
    inwards = np.linalg.inv(petal_places(head)[0])
    turn = _turns(head, 0.0)[0]
    for stone, to in ((head.stone, np.eye(4)), (head.petal, inwards)):
        places = below @ turn.T @ to[:3, :3].T + to[:3, 3]
        clear = np.minimum(clear, (places @ stone.bounds[:, :3].T - stone.bounds[:, 3]).max(axis=1))
    free = np.flatnonzero(clear >= wire_mm + _RAIL_CLEAR_MM)
    at = below[free[-1]]
    return float(at[0]), float(at[2])


def _between(head: ClusterHead) -> float:
    """How far from the axis the middle of the gap between the centre and two petals lies: equally far from all three.

    It lies on the petals' plane, where a circle is foreshortened by the tilt.
    """
    half, more = math.pi / head.petals, (head.petal_mm - head.sizes.width_mm) / 2
    a, s = math.cos(half) / math.cos(_TILT), math.sin(half)
    b = head.ring_mm / math.cos(_TILT)
    p, q, r = a * a + s * s - 1, a * b + more, b * b - more * more
    return r / (q + math.sqrt(q * q - p * r))


def _outside(head: ClusterHead) -> tuple[Floats, float]:
    """Where the round end of an outer prong begins, (from the axis_mm, z_mm), and the radius of the prong."""
    half, petal = math.pi / head.petals, head.petal
    up = petal.girdle_half_mm + _RISE * petal.crown_height_mm
    a, s = math.cos(half) / math.cos(_TILT), math.sin(half)
    b = head.ring_mm / math.cos(_TILT) + up * math.tan(_TILT)
    radius = max(head.outer_prong_mm / 2, b * s / math.hypot(a, s) + _OUTSIDE_MM - head.petal_mm / 2 + _COVER_MM)
    far = head.petal_mm / 2 + radius - _COVER_MM  # from the middles of both petals
    out = (a * b + math.sqrt((a * b) ** 2 - (a * a + s * s) * (b * b - far * far))) / (a * a + s * s)
    z = -head.drop_mm + (up - (out * math.cos(half) - head.ring_mm) * math.sin(_TILT)) / math.cos(_TILT)
    return np.array([out, z]), radius


def _turns(head: ClusterHead, shift: float) -> Floats:
    """Rotations about the axis that bring +x to each petal, or, shifted by a half, to each fork: (petals, 3, 3)."""
    angle = math.pi / 2 + 2 * np.pi * (np.arange(head.petals) + shift) / head.petals
    found = np.tile(np.eye(3), (head.petals, 1, 1))
    found[:, 0, 0] = found[:, 1, 1] = np.cos(angle)
    found[:, 1, 0] = np.sin(angle)
    found[:, 0, 1] = -found[:, 1, 0]
    return found


def _wires(head: ClusterHead, forks: range, detail: tuple[int, int, int, int, int]) -> list[Surface]:
    rows, segments, caps, _, _ = detail
    plan, turns = _plan(head), _turns(head, 0.5)[forks]
    sideways = turns @ [0.0, 1.0, 0.0]
    found = []
    for control, radius in ((plan.inner, plan.inner_mm), (plan.outer, plan.outer_mm)):
        upright = np.insert(control, 1, 0.0, axis=1)
        paths, _ = splines(np.einsum("kij,cj->kci", turns, upright), rows)
        radii = radius * np.interp(np.linspace(0, 1, rows), [0, 0.5], [_FOOT * plan.outer_mm / radius, 1])
        found += tubes(paths, radii, sideways, segments, caps)
    return found


def _rings(head: ClusterHead, detail: tuple[int, int, int, int, int]) -> list[Surface]:
    turn = 2 * np.pi * np.arange(_CIRCLE) / _CIRCLE
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    return [wire_ring(radius * circle, z, wire, *detail[3:]) for radius, z, wire in _plan(head).rings]


@lru_cache(maxsize=64)
def _mesh(head: ClusterHead) -> Mesh:
    return joined(
        [build_round_meshes(_wires(head, range(head.petals), _PREVIEW)), build_round_meshes(_rings(head, _PREVIEW))]
    )


@lru_cache(maxsize=16)
def _solid(head: ClusterHead) -> manifold3d.Manifold:
    surfaces = [*_wires(head, range(head.petals), _FINE), *_rings(head, _FINE)]
    return manifold3d.Manifold.batch_boolean([build_solid(one) for one in surfaces], manifold3d.OpType.Add)


@lru_cache(maxsize=64)
def _rough_base(head: ClusterHead) -> manifold3d.Manifold:
    return build_solid(_rings(head, _MEASURE)[0])


@lru_cache(maxsize=64)
def _above_base(head: ClusterHead) -> tuple[float, float]:
    """What forks and rails add to the base ring, seats cut, (mm³, mm²): one fork between two petals, many times."""
    metal = [build_solid(one) for one in (*_wires(head, range(1), _MEASURE), *_rings(head, _MEASURE))]
    beside = petal_places(head)[:2]
    shafts = [stone_and_shaft(head.stone), *(stone_and_shaft(head.petal).transform(place[:3]) for place in beside)]
    far, half = 2 * head.width_mm, math.pi / head.petals
    corners = [(0.0, 0.0), *((far * math.cos(side), far * math.sin(side)) for side in (-half, half))]
    wedge = manifold3d.CrossSection([corners]).extrude(far).translate((0, 0, -far / 2))
    wedge = wedge.transform(np.column_stack([_turns(head, 0.5)[0], np.zeros(3)])).as_original()
    fork = (
        manifold3d.Manifold.batch_boolean(
            [manifold3d.Manifold.batch_boolean(metal, manifold3d.OpType.Add), *shafts], manifold3d.OpType.Subtract
        )
        ^ wedge
    )
    base = _rough_base(head)
    area = fork.surface_area() - area_from(wedge, fork)
    return head.petals * fork.volume() - base.volume(), head.petals * area - base.surface_area()


def cluster_head(
    stone: Stone, petal: Stone, band_radius_mm: float, prong_mm: float, outer_prong_mm: float, spacing_mm: float
) -> ClusterHead:
    """The flower of two sizes of stones, with as many petals as close it, `spacing_mm` or a little more apart.

    Raises `InvalidDesign` when too few or too many petals would fit.
    """
    count, ring_mm = flower(stone.width_mm, petal.width_mm, spacing_mm)
    return ClusterHead(
        role=stone.role,
        sizes=gems.sizes_of(stone),
        petal_role=petal.role,
        petal_sizes=gems.sizes_of(petal),
        petals=count,
        ring_mm=ring_mm,
        prong_mm=prong_mm,
        outer_prong_mm=outer_prong_mm,
        band_radius_mm=band_radius_mm,
    )


def flower(stone_mm: float, petal_mm: float, spacing_mm: float) -> tuple[int, float]:
    """How many petals there are, and the radius of the ring of their middles.

    As many as fit close round the centre; or one more, when moving all a little out leaves less of a gap.
    Raises `InvalidDesign` when they would be too few or too many.
    """
    pitch = petal_mm + spacing_mm
    close = (stone_mm + petal_mm * math.cos(_TILT)) / 2 + spacing_mm
    fit = math.floor(math.pi / math.asin(min(pitch / (2 * close), 1.0)) + 1e-9)
    beside = 2 * close * math.sin(math.pi / fit) - pitch
    out = pitch / (2 * math.sin(math.pi / (fit + 1))) - close
    count, ring_mm = (fit, close) if beside < out else (fit + 1, close + out)
    if not FEWEST_PETALS <= count <= MOST_PETALS:
        other = "larger" if count > MOST_PETALS else "smaller"
        raise InvalidDesign(
            f"Round a centre of {stone_mm:g} mm there would be {count} petals of {petal_mm:g} mm: choose {other} "
            f"petals, so that there are {FEWEST_PETALS} to {MOST_PETALS}."
        )
    return count, round(ring_mm, 4)
