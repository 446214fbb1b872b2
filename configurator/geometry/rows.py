"""Rows of equal round stones along a band: pavé, channel, shared prongs, bezels; all the way round or half.

Everything repeats from stone to stone, so one period is measured and multiplied, and one bead, prong or cup is meshed
and placed many times. The setting's frame is that of the stone at the top: its girdle at z = 0, the finger along y.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.band import FINE_SEGMENTS, PREVIEW_SEGMENTS, Band, band_sector
from configurator.geometry.gems import CutStone, Sizes
from configurator.geometry.piece import Mesh, repeated
from configurator.geometry.settings import SINK_MM, Head, Held, drilled_seat
from configurator.geometry.solids import (
    Surface,
    area_from,
    build_mesh,
    build_solid,
    circle_factor,
    closed_run,
    joined,
    open_run,
)
from configurator.measures import Setting as Hold

Floats = NDArray[np.float64]
Kind = Literal["pave", "channel", "shared_prong", "bezel"]

_HOLDS: dict[Kind, Hold] = {"pave": "bead", "channel": "channel", "shared_prong": "prong", "bezel": "bezel"}

# Taste, in shares of a stone's diameter or in mm.
_RAISED = {"pave": 0.0, "channel": 0.22, "shared_prong": 0.24, "bezel": 0.16}  # girdles above the band
_EDGE_MM = 0.22  # metal beside the outer stones of a pavé, at least
_COVER_MM = {"pave": 0.05, "shared_prong": 0.12}  # how far beads and prongs reach over the girdle
_APART = 0.6  # a pair of prongs stands at least this many of their diameters from the middle
_LEDGE_MM = 0.12  # how far the walls of a channel reach over the girdle
_LIP_MM = 0.12  # and the rim of a bezel
_BESIDE_RIM_MM = 0.1  # of the band, beside both sides of a bezel together
_OVER_CROWN = {"pave": 0.20, "channel": 0.45, "shared_prong": 0.35, "bezel": 0.45}  # metal's height, of the crown's
_DOME = {"pave": 0.55, "shared_prong": 0.85}  # the height of a round end, of its radius
_ROOT_MM = 0.3  # of a wall in the band
_INSET_MM = 0.004  # a wall's root keeps just within the band
_WALL_ROUND_MM = 0.2  # of its outer edge
_SHARED_WALL = 0.5  # neighbouring rims share this much of their wall
_SHOULDER_DEG = 24.0  # in which the metal beyond a half channel runs out

_ROUND = {False: 10, True: 16}
_CUP_ROUND = {False: 32, True: 64}
_DOME_ROWS = 4
_SHAFT_MM = 1.0  # the way in above a table


@dataclass(frozen=True, slots=True, kw_only=True)
class StoneRows(Head):
    """Stones along a band from `-arc_deg / 2` to `arc_deg / 2`; `spacing_mm` is the least metal from girdle to girdle.

    `post_mm` is the least diameter of beads or prongs, `rim_mm` the wall of a bezel.
    """

    role: str
    kind: Kind
    band: Band
    sizes: Sizes
    arc_deg: float
    spacing_mm: float
    post_mm: float
    rim_mm: float

    @property
    def stone(self) -> CutStone:
        return gems.cut_stone(*self.sizes)

    @property
    def stone_mm(self) -> float:
        return self.sizes.width_mm

    @property
    def height_mm(self) -> float:
        return girdle_height_mm(self.kind, self.stone, self.band.top_radius_mm)

    @property
    def width_mm(self) -> float:
        return math.radians(self.arc_deg) * self.radius_mm

    @property
    def wall_mm(self) -> float | None:
        return self.rim_mm if self.kind == "bezel" else None

    @property
    def culet_mm(self) -> float:
        return self.height_mm + self.stone.culet_z_mm

    @property
    def most_handles(self) -> int:
        return len(stone_places(self))  # the hole below each stone

    @property
    def radius_mm(self) -> float:
        """Of the girdles, from the middle of the finger."""
        return self.band.top_radius_mm + self.height_mm

    @property
    def closed(self) -> bool:
        return self.arc_deg == 360

    def mesh(self) -> Mesh:
        return rows_mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        """Beads, prongs, rims or walls; the coarse solid is empty, because one period says it all (`unmeasured`)."""
        if not fine:
            return manifold3d.Manifold()
        posts = [] if self.kind == "channel" else [_units(self, _unit_places(self), True)]
        return manifold3d.Manifold.batch_boolean(
            [*posts, *(build_solid(wall) for wall in _walls(self, True))], manifold3d.OpType.Add
        )

    def cutter(self) -> manifold3d.Manifold:
        return _solids_at(_seat(self, True), stone_places(self))

    def space(self) -> manifold3d.Manifold:
        return manifold3d.Manifold()

    def unmeasured(self) -> tuple[float, float]:
        return rows_change(self)

    def held(self) -> tuple[Held, ...]:
        posts = self.kind in _COVER_MM
        return (
            Held(
                role=self.role,
                stone=self.stone,
                placements=stone_places(self),
                setting=_HOLDS[self.kind],
                prongs=2 if posts else 0,  # four round each stone, each shared with a neighbour
                prong_diameter_mm=round(2 * _plan(self).post_radius_mm, 3) if posts else 0.0,
                bare_tips=0,
            ),
        )


def girdle_height_mm(kind: Kind, stone: CutStone, top_radius_mm: float) -> float:
    """How high girdles stand above the band; in a pavé their tops are flush with it where it curves away from them."""
    if kind == "pave":
        return round(-stone.girdle_half_mm - stone.width_mm**2 / (8 * top_radius_mm), 4)
    return round(_RAISED[kind] * stone.width_mm, 4)


def least_band_mm(kind: Kind, stone_mm: float, post_mm: float, wall_mm: float) -> float:
    """The width of band that one row of stones needs; `wall_mm` of a channel or a bezel."""
    if kind == "pave":
        return stone_mm + 2 * _EDGE_MM
    if kind == "channel":
        return stone_mm - 2 * _LEDGE_MM + 2 * wall_mm
    if kind == "bezel":
        return stone_mm + 2 * wall_mm + _BESIDE_RIM_MM
    return max(2 * (_APART + 0.5) * post_mm, 0.8 * stone_mm)


@dataclass(frozen=True, eq=False, slots=True)
class _Plan:
    """Where everything is: rows at `across_mm`, every other one shifted by half a step; posts between neighbours."""

    count: int  # of stones in the first row
    step: float  # radians
    across_mm: Floats  # (rows,)
    post_across_mm: float  # of both posts, from the middle of their row
    post_radius_mm: float


@lru_cache(maxsize=64)
def _plan(rows: StoneRows) -> _Plan:
    pitch = rows.stone_mm + _gap_mm(rows)
    arc = math.radians(rows.arc_deg)
    count = math.floor(arc / (2 * math.asin(pitch / (2 * rows.radius_mm))))
    step = arc / count
    half = rows.radius_mm * math.sin(step / 2)  # half the way from a stone to the next
    radius = rows.stone_mm / 2
    if rows.kind == "pave":
        # Rows lie in each other's gaps, and a bead in every triangle, as far from all three stones.
        apart = math.sqrt(pitch**2 - (2 * rows.radius_mm * math.sin(step / 4)) ** 2)
        out = (apart**2 - half**2) / (2 * apart)
        fit = 1 + math.floor((rows.band.width_mm - rows.stone_mm - 2 * _EDGE_MM) / apart + 1e-6)
        across = apart * np.linspace(-(fit - 1) / 2, (fit - 1) / 2, fit)
    else:
        reach = radius + rows.post_mm / 2 - _COVER_MM["shared_prong"]
        out = max(math.sqrt(max(reach**2 - half**2, 0.0)), _APART * rows.post_mm)
        across = np.zeros(1)
    least = math.hypot(half, out) - radius + _COVER_MM.get(rows.kind, 0.0)
    return _Plan(count, step, across, out, max(rows.post_mm / 2, least))


def _gap_mm(rows: StoneRows) -> float:
    return (2 - _SHARED_WALL) * rows.rim_mm if rows.kind == "bezel" else rows.spacing_mm


@lru_cache(maxsize=64)
def stone_places(rows: StoneRows) -> Floats:
    """Where the stones sit, (count, 4, 4) in the setting's frame."""
    plan = _plan(rows)
    return np.concatenate([_on_band(rows, _angles(rows, k), across) for k, across in enumerate(plan.across_mm)])


def _angles(rows: StoneRows, row: int) -> Floats:
    """Angles from the top of the stones of one row, (n,); in half a ring, rows between two others are one shorter."""
    plan, shifted = _plan(rows), row % 2
    if rows.closed:
        return plan.step * np.linspace(shifted / 2, plan.count + shifted / 2, plan.count, endpoint=False)
    end = (plan.count - shifted - 1) / 2
    return plan.step * np.linspace(-end, end, plan.count - shifted)


@lru_cache(maxsize=64)
def _unit_places(rows: StoneRows) -> Floats:
    """Where the beads or prongs stand, two between every two neighbours; rims stand where the stones are."""
    if rows.kind == "bezel":
        return stone_places(rows)
    plan = _plan(rows)
    found = []
    for row, across in enumerate(plan.across_mm):
        after = _angles(rows, row) + plan.step / 2
        between = after if rows.closed else np.concatenate([after[:1] - plan.step, after])
        found += [_on_band(rows, between, across + side * plan.post_across_mm) for side in (-1, 1)]
    return np.concatenate(found)


def _on_band(rows: StoneRows, angles: Floats, across_mm: float) -> Floats:
    """Upright on the band at some angles and one place across it, (n, 4, 4) in the setting's frame."""
    s, c = np.sin(angles), np.cos(angles)
    found = np.tile(np.eye(4), (len(angles), 1, 1))
    found[:, 0, 0], found[:, 0, 2], found[:, 2, 0], found[:, 2, 2] = c, s, -s, c
    found[:, 0, 3], found[:, 1, 3], found[:, 2, 3] = rows.radius_mm * s, across_mm, rows.radius_mm * (c - 1)
    return found


@lru_cache(maxsize=64)
def rows_mesh(rows: StoneRows) -> Mesh:
    """What the preview draws over the band: one bead, prong or rim many times, or two walls."""
    if rows.kind == "channel":
        return joined([build_mesh(wall) for wall in _walls(rows, False)])
    return repeated(build_mesh(_unit(rows, True, False)), _unit_places(rows))


@lru_cache(maxsize=64)
def rows_change(rows: StoneRows) -> tuple[float, float]:
    """What seats and settings add to the plain band, (mm³, mm²): one period, as often as it repeats, and both ends."""
    plan = _plan(rows)
    half = plan.step / 2
    sector = _in_frame(rows, band_sector(rows.band, math.degrees(2.4 * half))).as_original()
    near = [(row, angle) for row in range(len(plan.across_mm)) for angle in ((-half, half) if row % 2 else (0.0,))]
    seat = _seat(rows, False)
    seats = _solids_at(seat, np.concatenate([_on_band(rows, np.array([a]), plan.across_mm[row]) for row, a in near]))
    metal = manifold3d.Manifold.batch_boolean([sector, *_near_units(rows)], manifold3d.OpType.Add)
    wedge = _wedge(rows, -half, half)
    period = (metal - seats) ^ wedge
    bare = sector ^ wedge
    volume = plan.count * (period.volume() - bare.volume())
    area = plan.count * (_open_area(period, wedge) - _open_area(bare, wedge))
    if not rows.closed:
        more_mm3, more_mm2 = _ends_change(rows, seats)
        volume, area = volume + more_mm3, area + more_mm2
        if len(plan.across_mm) > 1:  # the period counts one stone more in every row between two others
            volume += len(plan.across_mm) // 2 * (seat ^ sector).volume()
    return volume, area


@lru_cache(maxsize=32)
def _seat(rows: StoneRows, fine: bool) -> manifold3d.Manifold:
    """The seat of one stone with its hole through to the finger."""
    stone = rows.stone
    through = rows.radius_mm + stone.culet_z_mm - rows.band.inner_radius_mm + _SHAFT_MM
    return drilled_seat(stone, stone.table_z_mm + _SHAFT_MM, through, fine)


def _solids_at(solid: manifold3d.Manifold, placements: Floats, apart: bool = True) -> manifold3d.Manifold:
    """One solid at many places; when none meets another they are only listed together, which costs nothing."""
    solid.status()  # made once, before it is copied
    many = [solid.transform(at[:3]) for at in placements]
    return (
        manifold3d.Manifold.compose(many) if apart else manifold3d.Manifold.batch_boolean(many, manifold3d.OpType.Add)
    )


def _in_frame(rows: StoneRows, solid: manifold3d.Manifold) -> manifold3d.Manifold:
    """From the ring's frame to the setting's."""
    return solid.translate((0, 0, -rows.radius_mm))


def _wedge(rows: StoneRows, start: float, end: float) -> manifold3d.Manifold:
    """Everything between two angles from the top, less than half a turn apart."""
    far = 4 * rows.radius_mm
    a, b = (np.array([math.sin(at), math.cos(at)]) * far for at in (start, end))
    section = manifold3d.CrossSection([[(0.0, 0.0), tuple(b), tuple(a + b), tuple(a)]])
    upright = section.extrude(far).rotate((90, 0, 0)).translate((0, far / 2, 0))
    return _in_frame(rows, upright).as_original()


def _open_area(solid: manifold3d.Manifold, wedge: manifold3d.Manifold) -> float:
    """The surface of what was cut out by a wedge, without the cuts."""
    return float(solid.surface_area()) - area_from(wedge, solid)


def _near_units(rows: StoneRows) -> list[manifold3d.Manifold]:
    """The metal of the setting that lies in the period round the top."""
    plan = _plan(rows)
    if rows.kind == "channel":
        return [build_solid(_wall(rows, side, -plan.step, plan.step, False)) for side in (-1, 1)]
    if rows.kind == "bezel":
        return [_units(rows, _on_band(rows, plan.step * np.linspace(-1, 1, 3), 0.0), False)]
    beside = {0: np.array([-plan.step / 2, plan.step / 2]), 1: np.zeros(1)}
    places = [
        _on_band(rows, beside[row % 2], across + side * plan.post_across_mm)
        for row, across in enumerate(plan.across_mm)
        for side in (-1, 1)
    ]
    return [_units(rows, np.concatenate(places), False)]


def _units(rows: StoneRows, placements: Floats, fine: bool) -> manifold3d.Manifold:
    return _solids_at(build_solid(_unit(rows, False, fine)), placements, apart=rows.kind != "bezel")


def _ends_change(rows: StoneRows, seats: manifold3d.Manifold) -> tuple[float, float]:
    """What stands beyond the last stones of half a ring: half a pair of posts, a part of a rim, or a shoulder."""
    half = _plan(rows).step / 2
    if rows.kind == "channel":
        metal = build_solid(_shoulder(rows, half, 1, False))
    elif rows.kind == "bezel":
        metal = build_solid(_unit(rows, False, False))
    else:
        metal = manifold3d.Manifold.batch_boolean(_near_units(rows), manifold3d.OpType.Add)
    reach_deg = math.degrees(3 * half) + (_SHOULDER_DEG if rows.kind == "channel" else 0.0)
    sector = _in_frame(rows, band_sector(rows.band, reach_deg)).as_original()
    beyond = _wedge(rows, half, math.pi / 2)
    ends = (metal - sector - seats) ^ beyond
    return 2 * ends.volume(), 2 * (_open_area(ends, beyond) - 2 * area_from(sector, ends))


def _unit(rows: StoneRows, worn: bool, fine: bool) -> Surface:
    """What repeats, at its own place on the band: a rim, or a bead or prong with its root in the band."""
    stone = rows.stone
    shoulder = stone.girdle_half_mm + _OVER_CROWN[rows.kind] * stone.crown_height_mm
    if rows.kind == "bezel":
        return _rim(rows, shoulder, worn, fine)
    radius = _plan(rows).post_radius_mm
    root = 2 * radius if rows.kind == "pave" else SINK_MM
    rise = np.linspace(0, math.pi / 2, _DOME_ROWS + 1)[:-1]
    dome = _DOME[rows.kind] * radius
    z = np.concatenate([[-rows.height_mm - root], shoulder + dome * np.sin(rise)])
    return _turned(radius * np.concatenate([[1.0], np.cos(rise)]), z, shoulder + dome, _ROUND[fine])


def _rim(rows: StoneRows, shoulder_mm: float, worn: bool, fine: bool) -> Surface:
    """A straight cup: worn with its lip laid on the crown, open as a solid drum that the seat is cut out of."""
    outer, foot = rows.stone_mm / 2 + rows.rim_mm, -rows.height_mm - SINK_MM
    turn = np.linspace(0, math.pi / 2, _DOME_ROWS + 1)
    if not worn:
        top = shoulder_mm + _LIP_MM
        bevel = 0.35 * rows.rim_mm
        radii = np.concatenate([[outer], outer - bevel * (1 - np.cos(turn))])
        return _turned(radii, np.concatenate([[foot], top - bevel * (1 - np.sin(turn))]), top, _CUP_ROUND[fine])
    edge, segments = 0.5 * rows.rim_mm, _CUP_ROUND[fine]
    inner = rows.stone_mm / 2 - _LIP_MM
    over = np.column_stack([outer - edge * (1 - np.sin(turn[::-1])), shoulder_mm - edge * (1 - np.cos(turn[::-1]))])
    section = np.vstack([[[inner, 0.0], [inner, shoulder_mm]], over, [[outer, foot], [inner, foot]]])
    around = -2 * np.pi * np.arange(segments) / segments
    points = np.stack(
        [
            section[None, :, 0] * np.cos(around)[:, None],
            -section[None, :, 0] * np.sin(around)[:, None],
            np.broadcast_to(section[:, 1], (segments, len(section))),
        ],
        axis=-1,
    )
    return closed_run(points)


def _turned(radii: Floats, z: Floats, top_mm: float, segments: int) -> Surface:
    """A solid on a lathe, from its flat foot up to a point on its axis."""
    around = 2 * np.pi * np.arange(segments) / segments
    ring = np.column_stack([np.cos(around), np.sin(around)]) * circle_factor(segments)
    height = np.broadcast_to(z[:, None, None], (len(z), segments, 1))
    points = np.concatenate([radii[:, None, None] * ring[None], height], axis=2)
    return open_run(points, np.array([[0, 0, z[0]], [0, 0, top_mm]]))


def _walls(rows: StoneRows, fine: bool) -> list[Surface]:
    """The walls of a channel; in half a ring with shoulders that close it and run out into the band."""
    if rows.kind != "channel":
        return []
    end = math.radians(rows.arc_deg) / 2
    walls = [_wall(rows, side, -end, end, fine) for side in (-1, 1)]
    return walls if rows.closed else [*walls, *(_shoulder(rows, end, side, fine) for side in (-1, 1))]


def _wall_top_mm(rows: StoneRows) -> float:
    stone = rows.stone
    return rows.height_mm + stone.girdle_half_mm + _OVER_CROWN[rows.kind] * stone.crown_height_mm


def _wall(rows: StoneRows, side: int, start: float, end: float, fine: bool) -> Surface:
    """One wall of a channel between two angles; over a whole turn it closes."""
    outer, inner = rows.band.width_mm / 2, rows.stone_mm / 2 - _LEDGE_MM
    section = _block(inner, outer, _wall_top_mm(rows))
    if side < 0:
        section = (section * [-1, 1])[::-1]
    turn = end - start
    segments = FINE_SEGMENTS if fine else PREVIEW_SEGMENTS
    if turn > 2 * math.pi - 1e-9:
        angles = np.linspace(0, turn, segments, endpoint=False)
        return closed_run(_hoop(rows, section[None], angles, circle_factor(segments)))
    past = 0.1 / rows.radius_mm  # into the shoulder
    angles = np.linspace(start - past, end + past, max(5, math.ceil(segments * turn / (2 * math.pi)) + 1))
    return _flat_ended(_hoop(rows, section[None], angles, 1.0))


def _shoulder(rows: StoneRows, start: float, side: int, fine: bool) -> Surface:
    """The metal that closes one end of a channel and runs out into the band."""
    half = rows.band.width_mm / 2
    share = np.linspace(0, 1, 17 if fine else 11)
    low = -_ROOT_MM / 2
    tops = low + (_wall_top_mm(rows) - low) * np.cos(share * math.pi / 2) ** 2
    right = np.stack([_block(0.0, half, top) for top in tops])
    mirrored = (right * [-1, 1])[:, ::-1]
    sections = np.concatenate([right[:, 1:-1], mirrored[:, 1:-1]], axis=1)
    angles = start - 0.02 / rows.radius_mm + share * math.radians(_SHOULDER_DEG)
    if side < 0:
        angles, sections = -angles[::-1], sections[::-1]
    return _flat_ended(_hoop(rows, sections, angles, 1.0))


def _flat_ended(points: Floats) -> Surface:
    """A surface that is cut off square at both ends, and shaded so."""
    return Surface(points, np.gradient(points, axis=0), points[[0, -1]].mean(axis=1))


def _block(inner_mm: float, outer_mm: float, top_mm: float) -> Floats:
    """The section of a wall, rows (across_mm, above the band_mm), counter-clockwise from its inner foot."""
    edge = min(_WALL_ROUND_MM, max(top_mm, _INSET_MM) / 2)
    turn = np.linspace(0, math.pi / 2, 5)
    corner = np.column_stack([outer_mm - edge * (1 - np.cos(turn)), top_mm - edge * (1 - np.sin(turn))])
    flush = outer_mm - _INSET_MM
    corner[:, 0] -= _INSET_MM
    return np.vstack([[[inner_mm, -_ROOT_MM], [flush, -_ROOT_MM]], corner, [[inner_mm, top_mm]]])


def _hoop(rows: StoneRows, sections: Floats, angles: Floats, factor: float) -> Floats:
    """Sections (1 or n, m, 2) at angles (n,) from the top, (n, m, 3) in the setting's frame."""
    radius = (rows.band.top_radius_mm + sections[..., 1]) * factor
    s, c = np.sin(angles)[:, None], np.cos(angles)[:, None]
    across = np.broadcast_to(sections[..., 0], (len(angles), sections.shape[1]))
    return np.stack([radius * s, across, radius * c - rows.radius_mm], axis=-1)


def stone_rows(
    kind: Kind,
    stone: Stone,
    *,
    inner_diameter_mm: float,
    width_mm: float,
    thickness_mm: float,
    arc_deg: float,
    spacing_mm: float,
    post_mm: float,
    wall_mm: float,
    under_mm: float,
) -> StoneRows:
    """Rows of a stone on a flat band, which is made as wide and thick as the stones need.

    `wall_mm` is of a channel or a bezel, `under_mm` the least metal between culets and the finger.
    Raises `InvalidDesign` when the stone cannot be cut so.
    """
    sizes = gems.sizes_of(stone)
    cut = gems.cut_stone(*sizes)
    sunk = -girdle_height_mm(kind, cut, inner_diameter_mm / 2 + thickness_mm) - cut.culet_z_mm
    least = least_band_mm(kind, stone.width_mm, post_mm, wall_mm)
    return StoneRows(
        role=stone.role,
        kind=kind,
        band=Band(
            inner_diameter_mm=inner_diameter_mm,
            width_mm=max(width_mm, math.ceil(100 * least) / 100),
            thickness_mm=max(thickness_mm, math.ceil(100 * (sunk + under_mm)) / 100),
            profile="flat",
        ),
        sizes=sizes,
        arc_deg=arc_deg,
        spacing_mm=spacing_mm,
        post_mm=post_mm,
        rim_mm=wall_mm,
    )
