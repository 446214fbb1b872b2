"""Hidden halos: a stone in prongs, and under its girdle a collar of small stones that face outwards.

From above only the stone is seen; from the side a row of light runs round the basket, between the prongs.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.gems import CutStone, Sizes
from configurator.geometry.halos import BEAD_OUT, bead
from configurator.geometry.piece import Mesh, repeated
from configurator.geometry.prongs import PAIR_APART, ProngHead, prong_head_mesh, prong_head_solid
from configurator.geometry.rims import stone_outline
from configurator.geometry.settings import Head, Held, drilled_seat
from configurator.geometry.solids import Surface, build_mesh, build_solid, follow, joined

Floats = NDArray[np.float64]

CUTS = ("round_brilliant", "oval", "cushion")  # round enough to carry the collar, and deep enough below the girdle

# Taste, in mm.
_BELOW_MM = 0.30  # from the lower edge of the girdle down to the collar
_OUT_MM = 0.10  # how far the collar stands out beyond the girdle, less than the prongs
_RIM_MM = 0.18  # of metal above and below the small stones
_BEHIND_MM = 0.15  # and behind their culets
_LIP_MM = 0.16  # the collar's upper edge, inwards from the girdle: it passes outside the pavilion
_SLOPE_MM = 0.50  # over so much height it grows to its full thickness
_OVER_BAND_MM = 0.75  # from the collar down to the band
_EDGE_MM = 0.10  # of its rounded edges
_BESIDE_PRONG_MM = 0.05
_LINE_POINTS = 720
_ROUND = {False: 4, True: 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenHalo(Head):
    """`head` with small stones round it; `spacing_mm` and `bead_diameter_mm` are the workshop's."""

    head: ProngHead
    role: str
    melee_sizes: Sizes
    spacing_mm: float
    bead_diameter_mm: float

    @property
    def melee(self) -> CutStone:
        return gems.cut_stone(*self.melee_sizes)

    @property
    def melee_mm(self) -> float:
        return self.melee_sizes.width_mm

    @property
    def culet_mm(self) -> float:
        return self.head.culet_mm

    @property
    def height_mm(self) -> float:
        return self.head.height_mm

    @property
    def width_mm(self) -> float:
        return self.head.width_mm

    @property
    def most_handles(self) -> int:
        # As the prongs alone; the hole behind each small stone; a slit at both sides of each prong, above and below.
        return self.head.most_handles + len(melee_places(self)) + 4 * len(self.head.sites)

    @property
    def top_mm(self) -> float:
        """How far the collar's upper edge lies below the middle of the girdle."""
        return collar_top_mm(self.head.stone)

    @property
    def tall_mm(self) -> float:
        """The collar's height."""
        return collar_tall_mm(self.melee_mm)

    @property
    def deep_mm(self) -> float:
        """How far inside the girdle the collar reaches."""
        return self.melee.girdle_half_mm - self.melee.culet_z_mm + _BEHIND_MM - _OUT_MM

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return _solid(self, fine)

    def cutter(self) -> manifold3d.Manifold:
        seat = _seat(self)
        around = [seat.transform(place[:3]) for place in melee_places(self)]
        return manifold3d.Manifold.batch_boolean([self.head.cutter(), *around], manifold3d.OpType.Add)

    def space(self) -> manifold3d.Manifold:
        return self.head.space()

    def unmeasured(self) -> tuple[float, float]:
        volume_mm3, area_mm2 = _cell_change(self)
        count = len(melee_places(self))
        return count * volume_mm3, count * area_mm2

    def held(self) -> tuple[Held, ...]:
        melee = Held(
            role=self.role,
            stone=self.melee,
            placements=melee_places(self),
            setting="bead",
            prongs=2,  # four beads round each stone, most shared with a neighbour
            prong_diameter_mm=self.bead_diameter_mm,
            bare_tips=0,
        )
        return (*self.head.held(), melee)


def side_mm(melee_mm: float, prong_mm: float, paired: bool) -> float:
    """How much of the girdle from one place for prongs to the next one small stone needs."""
    return melee_mm + 2 * _BESIDE_PRONG_MM + prong_mm * (1 + PAIR_APART * paired)


def collar_top_mm(stone: CutStone) -> float:
    """How far below the middle of a stone's girdle its collar begins."""
    return stone.girdle_half_mm + _BELOW_MM


def collar_tall_mm(melee_mm: float) -> float:
    """The height of a collar for small stones of this size."""
    return melee_mm + 2 * _RIM_MM


@lru_cache(maxsize=64)
def melee_places(halo: HiddenHalo) -> Floats:
    """Where the small stones sit, (count, 4, 4): tables outwards, as many between every two prongs as fit."""
    return _on_collar(halo, [at for arc in _arcs(halo) for at in arc], 0.0)


@lru_cache(maxsize=64)
def _bead_places(halo: HiddenHalo) -> Floats:
    """Above and below the middle between neighbours, and beside the first and the last stone between two prongs."""
    pitch, out = halo.melee_mm + halo.spacing_mm, BEAD_OUT * halo.melee_mm
    at = [way for arc in _arcs(halo) if len(arc) for way in (*(arc - pitch / 2), arc[-1] + pitch / 2)]
    return np.concatenate([_on_collar(halo, at, up) for up in (-out, out)])


@lru_cache(maxsize=64)
def _line(halo: HiddenHalo) -> tuple[Floats, Floats, Floats]:
    """The girdle, grown to the collar's face: points (n, 2), unit normals (n, 2), and the way along it (n,)."""
    head = halo.head
    outline = stone_outline(*head.sizes[:3], True)
    points = outline.points + (_OUT_MM - halo.melee.girdle_half_mm) * outline.normals
    points, normals = np.vstack([points, points[:1]]), np.vstack([outline.normals, outline.normals[:1]])
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    return points, normals, way


@lru_cache(maxsize=64)
def _arcs(halo: HiddenHalo) -> tuple[Floats, ...]:
    """Between every two prongs, the ways along the line to the stones that fit."""
    points, _, way = _line(halo)
    sites = np.array([(site.x_mm, site.y_mm) for site in halo.head.sites])
    nearest = np.linalg.norm(points[None, :-1] - sites[:, None], axis=2).argmin(axis=1)
    at = np.sort(way[nearest])
    pitch = halo.melee_mm + halo.spacing_mm
    aside = (halo.head.prong_diameter_mm + halo.melee_mm) / 2 + _BESIDE_PRONG_MM
    found = []
    for start, end in zip(at, np.append(at[1:], at[0] + way[-1]), strict=True):
        count = max(math.floor((end - start - 2 * aside) / pitch + 1e-9) + 1, 0)
        found.append((start + end) / 2 + pitch * (np.arange(count) - (count - 1) / 2))
    return tuple(found)


def _on_collar(halo: HiddenHalo, ways: list[float], up_mm: float) -> Floats:
    """Upright out of the collar's face at ways along the line, `up_mm` above its middle: (n, 4, 4)."""
    points, normals, way = _line(halo)
    at = np.array(ways) % way[-1]
    found = np.tile(np.eye(4), (len(at), 1, 1))
    outward = np.column_stack([np.interp(at, way, normals[:, k]) for k in range(2)])
    outward /= np.linalg.norm(outward, axis=1)[:, None]
    found[:, :3, 0] = np.column_stack([-outward[:, 1], outward[:, 0], np.zeros(len(at))])
    found[:, :3, 1] = [0, 0, 1]
    found[:, :3, 2] = np.column_stack([outward, np.zeros(len(at))])
    found[:, :2, 3] = np.column_stack([np.interp(at, way, points[:, k]) for k in range(2)])
    found[:, 2, 3] = up_mm - halo.top_mm - halo.tall_mm / 2
    return found


@lru_cache(maxsize=64)
def _mesh(halo: HiddenHalo) -> Mesh:
    one = build_mesh(_bead(halo, False))
    return joined([prong_head_mesh(halo.head), build_mesh(_collar(halo, False)), repeated(one, _bead_places(halo))])


@lru_cache(maxsize=16)
def _solid(halo: HiddenHalo, fine: bool) -> manifold3d.Manifold:
    solids = [prong_head_solid(halo.head, fine), build_solid(_collar(halo, fine))]
    if fine:
        one = build_solid(_bead(halo, True))
        solids += [one.transform(place[:3]) for place in _bead_places(halo)]
    return manifold3d.Manifold.batch_boolean(solids, manifold3d.OpType.Add)


@lru_cache(maxsize=64)
def _seat(halo: HiddenHalo) -> manifold3d.Manifold:
    """Seat of one small stone, drilled through the collar, and no farther than just behind it."""
    melee = halo.melee
    return drilled_seat(melee, melee.table_z_mm + melee.width_mm, 2 * _BEHIND_MM)


@lru_cache(maxsize=64)
def _cell_change(halo: HiddenHalo) -> tuple[float, float]:
    """What one seat and its share of beads add to the collar, (mm³, mm²): measured on a straight piece of it."""
    pitch, melee = halo.melee_mm + halo.spacing_mm, halo.melee
    count = len(melee_places(halo))
    thick = _OUT_MM + halo.deep_mm
    bar = manifold3d.Manifold.cube((2 * pitch, halo.tall_mm, thick), center=True)
    bar = bar.translate((0, 0, melee.girdle_half_mm - thick / 2))
    one, out = build_solid(_bead(halo, False)), BEAD_OUT * halo.melee_mm
    beads = [one.translate((side * pitch / 2, up, 0)) for side in (-1, 1) for up in (-out, out)]
    seat = _seat(halo)
    plain, beaded = bar - seat, manifold3d.Manifold.batch_boolean([bar, *beads], manifold3d.OpType.Add) - seat
    share = len(_bead_places(halo)) / (4 * max(count, 1))  # of the four beads, for each stone
    volume = plain.volume() - bar.volume() + share * (beaded.volume() - plain.volume())
    area = plain.surface_area() - bar.surface_area() + share * (beaded.surface_area() - plain.surface_area())
    return volume, area


def _bead(halo: HiddenHalo, fine: bool) -> Surface:
    return bead(halo.bead_diameter_mm, halo.melee.girdle_half_mm, fine)


def _collar(halo: HiddenHalo, fine: bool) -> Surface:
    """A wall round the stone, down the outside and up the inside, where it keeps outside the pavilion."""
    head, half = halo.head, halo.head.width_mm / 2
    top, bottom = -halo.top_mm, -halo.top_mm - halo.tall_mm
    turn = np.linspace(0, math.pi / 2, _ROUND[fine])
    edge = np.column_stack([_OUT_MM - _EDGE_MM * (1 - np.sin(turn)), top - _EDGE_MM * (1 - np.cos(turn))])
    low = np.column_stack([_OUT_MM - _EDGE_MM * (1 - np.cos(turn)), bottom + _EDGE_MM * (1 - np.sin(turn))])
    outer = np.vstack([edge, low])
    inner = np.array([[halo.deep_mm, bottom], [halo.deep_mm, top - _SLOPE_MM], [_LIP_MM, top]])
    section = np.vstack(
        [
            np.column_stack([np.ones(len(outer)), outer]),
            np.column_stack([1 - inner[:, 0] / half, np.zeros(len(inner)), inner[:, 1]]),
        ]
    )
    return follow(stone_outline(*head.sizes[:3], fine), section)


def hidden_halo(head: ProngHead, melee: Stone, spacing_mm: float, bead_diameter_mm: float) -> HiddenHalo:
    """A head with a hidden halo, lifted until the collar clears the band."""
    height = max(head.height_mm, collar_top_mm(head.stone) + collar_tall_mm(melee.width_mm) + _OVER_BAND_MM)
    return HiddenHalo(
        head=replace(head, height_mm=round(height, 4), railed=False),
        role=melee.role,
        melee_sizes=gems.sizes_of(melee),
        spacing_mm=spacing_mm,
        bead_diameter_mm=bead_diameter_mm,
    )
