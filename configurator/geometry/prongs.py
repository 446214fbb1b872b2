"""Prong settings: a basket of round-wire prongs on a small collar, held together by a gallery rail."""

import math
from dataclasses import dataclass, field
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.curves import resampled, softened, splines, top_of
from configurator.geometry.gems import ClawSite, CutStone
from configurator.geometry.piece import Mesh
from configurator.geometry.rims import CAP_FINE, CAP_MEASURE, CAP_PREVIEW, crown_heights, tip_cap
from configurator.geometry.settings import SINK_MM, Held, SingleHead, stone_and_shaft
from configurator.geometry.solids import (
    Surface,
    build_mesh,
    build_round_meshes,
    build_solid,
    circle_factor,
    closed_run,
    joined,
    mean_squares,
    tubes,
)

Floats = NDArray[np.float64]

# Taste: a head's proportions. Lengths are shares of what is named.
_HEAD_GAP_MM = 0.35  # from the culet down to the band
_LEAST_HEAD = 0.30  # the girdle's height over the width, where the stone has little or no pavilion
_COLLAR_FLAT = 0.5  # the collar's width along the finger over its width round it: it has to land on the band
_STEEP_BITE = 1.5  # of a baguette, whose steep ends would take nearly all of a prong below the girdle
USUAL_BITE = 0.5  # a prong's axis stands this share of its radius outside the girdle: the seat takes the rest
_CLEAR = 0.95  # on its way up the prong's axis keeps this many radii away from the pavilion
_LEAST_SWELL, _MOST_SWELL = 1.12, 3.5  # 1 is a straight V; higher swells like a tulip
_COVER = 0.105  # how far a prong reaches over the crown, of the stone's width
_LEAST_COVER_MM, _MOST_COVER_MM = 0.32, 1.0
_LEAST_SINK_MM = 0.05  # of the axis of a thick foot
_ROOT = 0.55  # inside the band the feet draw together, to this share of the collar
_CAPPED_STEP_MM = 0.07  # a third of what a prong under a V-cap rises above the girdle
_TIP_LIFT = 0.62  # the tip's axis lies this share of its radius above the crown: the rest is burnished on
_SHOULDER_RISE, _SHOULDER_BACK = 0.04, 0.35  # where a prong turns over the edge, in radii and in the crown's rise
_START_Z_MM = 0.02
_FOOT, _TIP = 0.86, 0.62  # the wire's radius at both ends over its middle
_TAPER_AT, _TAPER = np.array([0, 0.2, 0.62, 0.86, 1]), np.array([_FOOT, 0.94, 1, 0.92, _TIP])  # and on its way
_COLLAR = 0.145  # half the collar's width over the stone's width
_LEAST_COLLAR_MM = 0.62
_CAP_THICKNESS = 0.44  # a V-cap's wall over a prong's diameter
_CAP_BELOW = 0.42  # how far it reaches below the girdle, of a prong's diameter
_RAIL = 0.74  # a rail's radius over a prong's
_RAIL_CLEAR = 0.1  # a rail's axis keeps this many of its radii away from the pavilion
_RAIL_BEND = 1.6  # a rail turns corners no tighter than this many of its radii
_COLLAR_WIRE = 1.1  # the collar's wire over a rail's
_COLLAR_SHOWN = 0.4  # of its wire, beyond a plate that it stands on
_LEAST_BEND = 1.15  # a wire bent tighter than its own radius would fold into itself
PAIR_APART = 1.36  # the axes of two claws of a pair, in their diameters: a slit that a file goes into
GALLERY_AT = 0.60  # height of the gallery rail, from the collar (0) to the girdle (1)
_PARALLEL = 1e-9
_BESIDE = 0.28  # prongs this near to the middle line (of the width) face a neighbouring stone
_PEAR_LEAN = 0.25  # the collar of a pear stands below its culet, this share of the way

# Segments: preview or measure, and fine.
_WIRE = {False: 14, True: 20}
_PATH = {False: 22, True: 34}
_CAPS = {False: 5, True: 7}
_LINE_POINTS = 96
_GIRDLE_POINTS = 512
_RAIL_RUN = {False: 72, True: 120}
_RAIL_WIRE = {False: 12, True: 18}
_MEASURE_WIRE, _MEASURE_PATH, _MEASURE_CAPS, _MEASURE_RAIL = 6, 12, 1, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ProngHead(SingleHead):
    """A stone in prongs. `height_mm` is from the band's outside up to the girdle.

    `paired`: at each of the places for `prongs` but the pointed corners, which have caps, stand two claws side by side.
    """

    role: str = field(compare=False)  # equal stones of different roles share one shape
    prongs: int
    prong_diameter_mm: float
    bite: float = USUAL_BITE
    gallery_at: float = GALLERY_AT
    paired: bool = False
    railed: bool = True  # a gallery rail half way up; the collar is always there

    @property
    def most_handles(self) -> int:
        # A window between every two prongs, above and below the rail, and under the collar.
        return 3 * len(self.sites)

    def mesh(self) -> Mesh:
        return prong_head_mesh(self)

    def solid(self, fine: bool) -> manifold3d.Manifold:
        return prong_head_solid(self, fine)

    def space(self) -> manifold3d.Manifold:
        return stone_and_shaft(self.stone)

    def held(self) -> tuple[Held, ...]:
        bare = len(gems.tips(*self.sizes[:3])) - sum(site.at_tip for site in self.sites)
        return (
            Held(
                role=self.role,
                stone=self.stone,
                placements=np.eye(4)[None],
                setting="prong",
                prongs=len(self.sites),
                prong_diameter_mm=self.prong_diameter_mm,
                bare_tips=bare,
            ),
        )

    def half_extent_mm(self, turn_deg: float) -> float:
        """How far stone and prongs reach along x when the head is turned: what a neighbour has to clear.

        Prongs well off the middle do not count: a neighbour's curve leaves room for them.
        """
        c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
        girdle = gems.outline(*self.sizes[:3]) @ np.array([[c, s], [-s, c]])
        reach = float(np.abs(girdle[:, 0]).max())
        out = (self.bite + 1) * self.prong_diameter_mm / 2
        for site in self.sites:
            x, y = site.x_mm + out * site.outward_x, site.y_mm + out * site.outward_y
            x, y = c * x - s * y, s * x + c * y
            if abs(y) < _BESIDE * self.width_mm:
                reach = max(reach, abs(x))
        return reach

    @property
    def sites(self) -> tuple[ClawSite, ...]:
        return _sites(self)


def head_height_mm(stone: CutStone) -> float:
    """How high the girdle stands above the band so that the culet clears it, and a flat stone is lifted into light."""
    return max(_HEAD_GAP_MM - stone.culet_z_mm, _LEAST_HEAD * stone.width_mm)


@lru_cache(maxsize=64)
def _sites(head: ProngHead) -> tuple[ClawSite, ...]:
    sites = gems.claw_sites(*head.sizes[:3], head.prongs)
    if not head.paired:
        return sites
    girdle = gems.outline(*head.sizes[:3], _GIRDLE_POINTS)
    apart_mm = PAIR_APART * head.prong_diameter_mm
    return tuple(claw for site in sites for claw in ((site,) if site.at_tip else _pair(site, girdle, apart_mm)))


def _pair(site: ClawSite, girdle: Floats, apart_mm: float) -> tuple[ClawSite, ClawSite]:
    """Two claws on the girdle (n, 2) to both sides of a site, facing the same way."""
    across = girdle @ [-site.outward_y, site.outward_x] - (site.y_mm * site.outward_x - site.x_mm * site.outward_y)
    near = np.flatnonzero(girdle @ [site.outward_x, site.outward_y] > 0)
    near = near[np.argsort(across[near])]
    x, y = (np.interp([-apart_mm / 2, apart_mm / 2], across[near], girdle[near, k]) for k in range(2))
    one, other = (ClawSite(float(x[k]), float(y[k]), site.outward_x, site.outward_y, False) for k in range(2))
    return one, other


@lru_cache(maxsize=64)
def prong_head_mesh(head: ProngHead) -> Mesh:
    """The closed head as the preview draws it: prongs and rails overlap."""
    detail = _Detail.of(fine=False)
    return joined(
        [
            build_round_meshes(_prongs(head, worn=True, detail=detail)),
            build_round_meshes(_rails(head, detail)),
            *(build_mesh(cap) for cap in _caps(head, worn=True, detail=detail)),
        ]
    )


@lru_cache(maxsize=32)
def prong_head_solid(head: ProngHead, fine: bool) -> manifold3d.Manifold:
    """The open head as one solid, its seat not yet cut."""
    detail = _Detail.of(fine=True) if fine else _MEASURE
    return manifold3d.Manifold.batch_boolean(
        [build_solid(surface) for surface in _surfaces(head, worn=False, detail=detail)], manifold3d.OpType.Add
    )


@dataclass(frozen=True, slots=True)
class _Detail:
    wire: int
    path: int
    caps: int
    rail_run: int
    rail_wire: int
    cap: tuple[int, int, int]

    @classmethod
    def of(cls, fine: bool) -> "_Detail":
        cap = CAP_FINE if fine else CAP_PREVIEW
        return cls(_WIRE[fine], _PATH[fine], _CAPS[fine], _RAIL_RUN[fine], _RAIL_WIRE[fine], cap)


_MEASURE = _Detail(_MEASURE_WIRE, _MEASURE_PATH, _MEASURE_CAPS, _MEASURE_RAIL, _MEASURE_WIRE, CAP_MEASURE)


def _surfaces(head: ProngHead, worn: bool, detail: _Detail) -> list[Surface]:
    return [*_prongs(head, worn, detail), *_caps(head, worn, detail), *_rails(head, detail)]


def _caps(head: ProngHead, worn: bool, detail: _Detail) -> list[Surface]:
    return [
        tip_cap(
            head.stone,
            np.array([site.x_mm, site.y_mm]),
            _CAP_THICKNESS * head.prong_diameter_mm,
            _CAP_BELOW * head.prong_diameter_mm,
            worn,
            detail.cap,
        )
        for site in head.sites
        if site.at_tip
    ]


@dataclass(frozen=True, eq=False, slots=True)
class _Plan:
    """Where the prongs run: from the collar's ellipse up to points just outside the girdle."""

    sites: Floats  # (k, 2) on the girdle
    outward: Floats  # (k, 2)
    swell: float
    collar: Floats  # half axes (2,)
    collar_y_mm: float

    def feet(self, towards: Floats) -> Floats:
        """Points of the collar that belong to directions (k, 2)."""
        scaled = (towards - [0, self.collar_y_mm]) / np.linalg.norm(towards - [0, self.collar_y_mm], axis=1)[:, None]
        return scaled * self.collar + [0, self.collar_y_mm]

    def share(self, height: Floats) -> Floats:
        """How far from collar to girdle, outwards, at heights from 0 to 1."""
        return 1 - (1 - height) ** self.swell


@lru_cache(maxsize=64)
def _plan(head: ProngHead) -> _Plan:
    stone, radius = head.stone, head.prong_diameter_mm / 2
    sites = np.array([(site.x_mm, site.y_mm) for site in head.sites])
    outward = np.array([(site.outward_x, site.outward_y) for site in head.sites])
    half = max(_LEAST_COLLAR_MM, _COLLAR * head.width_mm)
    wire = _COLLAR_WIRE * _RAIL * radius
    collar = np.maximum([half, half * _COLLAR_FLAT], _LEAST_BEND * wire)
    middle = stone.culet_y_mm * _PEAR_LEAN
    plan = _Plan(sites, outward, _LEAST_SWELL, collar, middle)
    # The prongs must pass outside the pavilion: swell as much as the fullest place needs.
    height = np.linspace(0.1, 0.88, 9)
    z = -head.height_mm * (1 - height)
    feet = plan.feet(sites)
    top = sites + outward * (head.bite * radius)
    needed = _LEAST_SWELL
    for k in range(len(sites)):
        way = top[k] - feet[k]
        reach = np.linalg.norm(way)
        inside = _stone_reach(stone, feet[[k]], way[None] / reach, z)
        share = np.clip((inside + _CLEAR * radius) / reach, 0, 0.985)
        needed = max(needed, float((np.log1p(-share) / np.log1p(-height)).max()))
    return _Plan(sites, outward, min(needed, _MOST_SWELL), collar, middle)


def _stone_reach(stone: CutStone, start: Floats, direction: Floats, z: Floats | float) -> Floats:
    """How far from `start` (n, 2) the stone reaches in directions (n, 2) at heights z (0 where it is not met at all).

    One place and many heights, or many places and one height.
    """
    n, d = stone.bounds[:, :3], stone.bounds[:, 3]
    along = n[:, :2] @ direction.T
    room = d[:, None] - n[:, :2] @ start.T - n[:, 2:] * z
    with np.errstate(divide="ignore", invalid="ignore"):
        ways = room / along
    leave = np.where(along > _PARALLEL, ways, np.inf).min(axis=0)
    enter = np.where(along < -_PARALLEL, ways, -np.inf).max(axis=0)
    return np.where(leave > np.maximum(enter, 0), leave, 0.0)


def _prongs(head: ProngHead, worn: bool, detail: _Detail) -> list[Surface]:
    plan = _plan(head)
    radius = head.prong_diameter_mm / 2
    count = len(plan.sites)
    feet, top = plan.feet(plan.sites), plan.sites + plan.outward * (head.bite * radius)
    # The round end counts: a thick foot must not come through to the finger.
    sunk = -head.height_mm - max(SINK_MM - _FOOT * radius, _LEAST_SINK_MM)
    # Control points of each prong's axis: foot, up the basket, past the girdle, over the crown.
    heights = np.array([0.06, 0.36, 0.66, 0.9])
    share = plan.share(heights)
    ladder = feet[:, None] + share[None, :, None] * (top - feet)[:, None]
    z = -head.height_mm * (1 - heights)
    below = np.concatenate([ladder, np.broadcast_to(z[None, :, None], (count, 4, 1))], axis=2)
    middle = np.array([0, plan.collar_y_mm])
    root = np.column_stack([feet + (1 - _ROOT) * (middle - feet), np.full(count, sunk)])[:, None]
    crown = _crown_line(head)
    standing = _standing(crown, top)
    # Under a V-cap the prong ends just above the girdle.
    ended = standing * [1, 1, 0] + [0, 0, 1] * (np.arange(4) * _CAPPED_STEP_MM)[:, None]
    pointed = np.array([site.at_tip for site in head.sites])[:, None, None]
    above = np.where(pointed, ended, crown if worn else standing)
    paths, lengths = splines(np.concatenate([root, below, above], axis=1), detail.path)
    # Chords lie on the hollow side of a bend, by a twelfth of its second difference on the mean: nearer to the stone.
    paths[:, 1:-1] -= np.diff(paths, 2, axis=1) / 12
    taper = np.interp(np.linspace(0, 1, detail.path), _TAPER_AT, _TAPER)
    run = np.gradient(paths, axis=1)
    run /= np.linalg.norm(run, axis=2, keepdims=True)
    # As in a rail a thicker wire makes up for chords and for sections that lean, and for the taper between sections.
    straight = np.einsum("kni,kni->n", np.diff(paths, axis=1), run[:, 1:] + run[:, :-1]) / 2
    whole = float(lengths.sum() * np.diff(_TAPER_AT) @ mean_squares(_TAPER))
    radii = radius * taper * math.sqrt(whole / float(straight @ mean_squares(taper)))
    sideways = np.column_stack([-plan.outward[:, 1], plan.outward[:, 0], np.zeros(count)])
    return tubes(paths, radii, sideways, detail.wire, detail.caps)


@lru_cache(maxsize=64)
def _crown_line(head: ProngHead) -> Floats:
    """Control points (k, 4, 3) from the girdle to the tip: up past the girdle, then down to lie on the crown."""
    plan, stone, radius = _plan(head), head.stone, head.prong_diameter_mm / 2
    cover = float(np.clip(_COVER * stone.width_mm, _LEAST_COVER_MM, _MOST_COVER_MM))
    inside = plan.sites - plan.outward * cover
    ground = crown_heights(stone, np.vstack([plan.sites, inside]))
    edge_z, inside_z = ground[: len(inside)], ground[len(inside) :]
    slope = (inside_z - edge_z) / cover
    end_z = inside_z + _TIP_LIFT * _TIP * radius * np.hypot(1, slope)
    shoulder_z = end_z + _SHOULDER_RISE * radius - _SHOULDER_BACK * slope * cover
    out = head.bite * radius
    flat = np.array([out, 0.98 * out, 0.45 * out, -cover])
    z = np.column_stack([np.full(len(inside), _START_Z_MM), 0.55 * end_z, shoulder_z, end_z])
    line = plan.sites[:, None] + plan.outward[:, None] * flat[None, :, None]
    found = np.concatenate([line, z[..., None]], axis=2)
    found.flags.writeable = False
    return found


def _standing(crown: Floats, top: Floats) -> Floats:
    """The same length of prong, upright."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(crown[0], axis=0), axis=1))])
    z = crown[0, 0, 2] + lengths
    flat = np.broadcast_to(top[:, None, :], (len(top), len(z), 2))
    return np.concatenate([flat, np.broadcast_to(z[None, :, None], (len(top), len(z), 1))], axis=2)


def _rails(head: ProngHead, detail: _Detail) -> list[Surface]:
    rough = detail is _MEASURE
    return [
        wire_ring(line, z, radius, detail.rail_run, detail.rail_wire, rough) for line, z, radius in _rail_lines(head)
    ]


@lru_cache(maxsize=64)
def _rail_lines(head: ProngHead) -> tuple[tuple[Floats, float, float], ...]:
    """The collar and any gallery rail: level curves with their height and the radius of their wire."""
    plan = _plan(head)
    radius = _RAIL * head.prong_diameter_mm / 2
    turn = 2 * np.pi * np.arange(_LINE_POINTS) / _LINE_POINTS
    ellipse = np.column_stack([np.cos(turn), np.sin(turn)]) * plan.collar + [0, plan.collar_y_mm]
    girdle = gems.bridged_outline(*head.sizes[:3], _LINE_POINTS, gems.BEND_MM)
    out = head.bite * head.prong_diameter_mm / 2
    grown = girdle * (1 + out / np.linalg.norm(girdle, axis=1))[:, None]
    wire = _COLLAR_WIRE * radius
    found = [(softened(ellipse, 0.98 * _LEAST_BEND * wire, _LINE_POINTS), -head.height_mm, wire)]
    if not head.railed:
        return tuple(found)
    share = float(plan.share(np.array([head.gallery_at]))[0])
    feet, z = plan.feet(girdle), -head.height_mm * (1 - head.gallery_at)
    way = (grown - feet) * share
    reach = np.linalg.norm(way, axis=1)
    # Between prongs that stand far apart a full pavilion would take most of the wire: there it passes outside.
    least = _stone_reach(head.stone, feet, way / reach[:, None], z) + _RAIL_CLEAR * radius
    line = feet + way * (np.maximum(reach, least) / reach)[:, None]
    found.append((softened(line, _RAIL_BEND * radius, _LINE_POINTS), z, radius))
    return tuple(found)


def gallery(head: ProngHead) -> tuple[float, float, float]:
    """Where the gallery rail of a railed head passes beside the stone, at y = 0: x, z, and the radius of its wire."""
    line, z, radius = _rail_lines(head)[-1]
    right = line[line[:, 0] > 0]
    right = right[np.argsort(right[:, 1])]
    return float(np.interp(0.0, right[:, 1], right[:, 0])), z, radius


def gallery_top(head: ProngHead) -> tuple[float, float, float]:
    """Where the gallery rail passes above the stone, at x = 0: y, z, and the radius of its wire."""
    line, z, radius = _rail_lines(head)[-1]
    return top_of(line, 0.0), z, radius


def collar(head: ProngHead) -> float:
    """The radius of a plate that all feet of the head stand on, with its collar in sight round them."""
    wide, (_, _, wire) = _plan(head).collar, _rail_lines(head)[0]
    return float(wide.max()) + _COLLAR_SHOWN * wire


def collar_mm(head: ProngHead) -> float:
    """How far the collar reaches along the band to both sides of the middle."""
    line, _, radius = _rail_lines(head)[0]
    return float(line[:, 0].max()) + radius


def _along(loop: Floats) -> Floats:
    """Unit directions (n, 2) along a closed curve."""
    run = np.roll(loop, -1, axis=0) - np.roll(loop, 1, axis=0)
    found: Floats = run / np.linalg.norm(run, axis=1)[:, None]
    return found


def wire_ring(line: Floats, z: float, radius: float, rows: int, segments: int, rough: bool = False) -> Surface:
    """A round wire along a closed level curve; a rough one, of few sections, has half of them where the curve turns."""
    length = float(np.linalg.norm(np.roll(line, -1, axis=0) - line, axis=1).sum())
    line = resampled(line, rows, rough)
    run = _along(line)
    out = np.column_stack([run[:, 1], -run[:, 0]])
    if rough:  # as in a prong; steps are uneven, and only what points across moves the curve
        bend = np.einsum("ni,ni->n", np.roll(line, -1, axis=0) - 2 * line + np.roll(line, 1, axis=0), out)
        line = line - bend[:, None] / 12 * out
    # Chords are shorter than the curve, and sections at their joints lean: a thicker wire makes up for both.
    side = np.roll(line, -1, axis=0) - line
    straight = float(np.einsum("ni,ni->", side, run + np.roll(run, -1, axis=0)) / 2)
    turn = -2 * np.pi * np.arange(segments) / segments
    r = radius * circle_factor(segments) * math.sqrt(length / straight)
    flat = line[:, None] + r * np.cos(turn)[None, :, None] * out[:, None]
    height = np.broadcast_to(z + r * np.sin(turn)[None, :, None], (*flat.shape[:2], 1))
    return closed_run(np.concatenate([flat, height], axis=2), round=True)


def prong_head(
    stone: Stone,
    prongs: int,
    prong_diameter_mm: float,
    bite: float = USUAL_BITE,
    gallery_at: float = GALLERY_AT,
    paired: bool = False,
    railed: bool = True,
) -> ProngHead:
    """The prong head for a stone. Raises `InvalidDesign` when the stone cannot be cut so."""
    if stone.cut == "baguette":
        bite = max(bite, _STEEP_BITE)
    sizes = gems.sizes_of(stone)
    cut = gems.cut_stone(*sizes)
    return ProngHead(
        role=stone.role,
        sizes=sizes,
        prongs=prongs,
        prong_diameter_mm=prong_diameter_mm,
        height_mm=round(head_height_mm(cut), 4),
        bite=bite,
        gallery_at=gallery_at,
        paired=paired,
        railed=railed,
    )
