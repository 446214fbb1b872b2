"""Stones: from a cut and its size in mm to a solid, its facet planes, and the seat that holds it.

A stone's own frame has the middle of its girdle at z = 0, the table up (+z), its length along y and its width along x;
the origin is the middle of its outline. A pear's point looks towards +y, and its culet lies below the round end.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import InvalidDesign, Stone
from configurator.geometry.cuts import domes
from configurator.geometry.cuts.brilliant import MAINS, brilliant
from configurator.geometry.cuts.facets import Facets
from configurator.geometry.cuts.heart import heart
from configurator.geometry.cuts.kinds import KINDS, Kind, Proportions, form_of, kind_of, spoken, usual_proportions
from configurator.geometry.cuts.outlines import TRILLION_MIDDLE, ellipse, heart_with_bend, trefoil
from configurator.geometry.cuts.princess import princess
from configurator.geometry.cuts.radiant import radiant
from configurator.geometry.cuts.rose import rose
from configurator.geometry.cuts.step import BAGUETTE, EMERALD, step_cut
from configurator.geometry.piece import Dome, Mesh
from configurator.geometry.solids import HULL_NUDGE_MM, circle_factor, convex_solid

Floats = NDArray[np.float64]

PREVIEW_STEPS = 2  # girdle faces per half facet: 32 in all; 16 show a polygon, and the viewer traces every plane
FINE_STEPS = 16  # for weights: 256 girdle faces, 0.01 % short of the true curve
CUTS: tuple[str, ...] = tuple(KINDS)
SEATED = tuple(cut for cut in CUTS if form_of(cut) != "sphere")  # have a girdle that prongs and rims close over
THINNEST_GIRDLE = 0.010  # of the width: thinner, a girdle is a knife edge, which chips (grading: "very thin")
# A crown this low or high (of the width) is no longer the cut; a depth that asks for more goes to the pavilion.
_CROWN_LIMITS = (0.06, 0.24)
_HEART_CULET = 0.02  # how far a heart's culet lies from the middle towards the cleft, of the length (taste)
_DEPTH_LIMITS = (0.35, 1.0)  # of the width: outside, the stone is a plate or a spike
# What a chosen crown may leave for the pavilion, of the usual one: flatter, light falls through; steeper, it leaks.
_PAVILION_LIMITS = (0.8, 1.3)
BEND_MM = 1.3  # metal round a stone passes a heart's cleft in a bend of at least this radius
_ON_PLANE_MM = 1e-6  # nearer than this is on it
_OUTLINE_POINTS = 512
_LONG = 1.25  # times as long as wide: of eight claws two stand on each longer side
_SEAT_SEGMENTS, _PREVIEW_SEGMENTS = 64, 16 * PREVIEW_STEPS


class Sizes(NamedTuple):
    """All that the shape of a stone depends on, as `cut_stone` takes it; None is what is usual for the cut."""

    cut: str
    length_mm: float
    width_mm: float
    depth_mm: float | None = None
    table_pct: float | None = None
    crown_height_pct: float | None = None


def sizes_of(stone: Stone) -> Sizes:
    """The sizes of a stone as the client chose it."""
    return Sizes(stone.cut, stone.length_mm, stone.width_mm, stone.depth_mm, stone.table_pct, stone.crown_height_pct)


@dataclass(frozen=True, eq=False, slots=True)
class CutStone:
    """A stone of one cut and size; every array is read-only.

    `volume_mm3` is of the fine solid; `planes` (k, 4) float64 rows (n, d) with n·x <= d, `vertices` (n, 3) float64 and
    `faces` (m, 3) uint32 are the preview solid, whose girdle is a polygon (0.07 % less volume on a round).
    `planes[:facet_count]` are crown and pavilion (0 is the table, or a flat base), the rest the girdle.
    `bounds` are the planes that the whole stone lies behind: all of them, but for those in a heart's cleft. A smooth
    stone has a `dome`, its true surface: its volume is that one's, and its planes lie within it.
    """

    cut: str
    length_mm: float
    width_mm: float
    depth_mm: float
    volume_mm3: float
    table_z_mm: float
    culet_z_mm: float  # negative
    culet_y_mm: float  # 0 where the outline is symmetrical
    crown_height_mm: float
    girdle_half_mm: float  # half the girdle's thickness, where it is thickest
    facet_count: int
    planes: Floats
    bounds: Floats
    vertices: Floats
    faces: NDArray[np.uint32]
    mesh: Mesh
    dome: Dome | None = None


@dataclass(frozen=True, slots=True)
class ClawSite:
    """Where a claw may hold a stone: a point of the girdle outline and the direction away from the stone (unit)."""

    x_mm: float
    y_mm: float
    outward_x: float
    outward_y: float
    at_tip: bool  # a pointed corner: wants a V-shaped claw


def cut_stone(
    cut: str,
    length_mm: float,
    width_mm: float,
    depth_mm: float | None = None,
    table_pct: float | None = None,
    crown_height_pct: float | None = None,
) -> CutStone:
    """A stone of a cut and size; equal sizes (to 0.001) give the same object. How they go together: `proportions`.

    Raises `InvalidDesign` when the cut is unknown or its sizes do not belong together.
    """
    given = (None if size is None else round(float(size), 3) for size in (depth_mm, table_pct, crown_height_pct))
    return _cut_stone(Sizes(cut, round(float(length_mm), 3), round(float(width_mm), 3), *given))


@lru_cache(maxsize=256)
def _cut_stone(sizes: Sizes) -> CutStone:
    cut, length_mm, width_mm = sizes[:3]
    kind = kind_of(cut, length_mm, width_mm)
    share = proportions(sizes)
    dome = None
    if form_of(cut) == "faceted":
        preview = _facets(kind, cut, length_mm, width_mm, share, PREVIEW_STEPS)
        fine = preview if kind.curve is None else _facets(kind, cut, length_mm, width_mm, share, FINE_STEPS)
        volume = fine.volume_mm3()
    elif kind.family == "sphere":
        preview, dome, volume = domes.sphere(width_mm)
    else:
        preview, dome, volume = domes.cabochon(
            length_mm,
            width_mm,
            dome_mm=share.crown * width_mm,
            girdle_mm=share.girdle * width_mm,
            bevel_mm=share.pavilion * width_mm,
        )
    z = preview.vertices[:, 2]
    planes = preview.planes()
    rim = preview.vertices[np.unique(preview.faces[preview.facet_of_face >= preview.polished]), 2]
    girdle = float(np.abs(rim).max(initial=0.0))
    table_z, lowest = float(z.max()), int(z.argmin())
    faces = preview.faces.astype(np.uint32)
    return CutStone(
        cut=cut,
        length_mm=length_mm,
        width_mm=width_mm,
        depth_mm=table_z - float(z[lowest]),
        volume_mm3=volume,
        table_z_mm=table_z,
        culet_z_mm=float(z[lowest]),
        culet_y_mm=_culet_y(cut, length_mm, width_mm),
        crown_height_mm=table_z - girdle,
        girdle_half_mm=girdle,
        facet_count=preview.polished,
        planes=_read_only(planes),
        bounds=_read_only(planes if dome else planes[_behind(planes, preview.vertices)]),
        vertices=_read_only(preview.vertices),
        faces=_read_only(faces),
        mesh=_mesh(preview, planes, dome, volume),
        dome=dome,
    )


def lobes(stone: CutStone, points: Floats) -> tuple[Floats, ...]:
    """Points (n, 3) of a stone by its convex parts: a heart is two, which share the middle line."""
    if KINDS[stone.cut].family != "heart":
        return (points,)
    return points[points[:, 0] > -_ON_PLANE_MM], points[points[:, 0] < _ON_PLANE_MM]


def stone_solid(stone: CutStone) -> manifold3d.Manifold:
    """The stone as a solid for booleans and overlap checks, in its own frame."""
    return manifold3d.Manifold(manifold3d.Mesh64(stone.vertices.copy(), stone.faces.astype(np.uint64)))


def seat_cutter(
    stone: CutStone,
    clearance_mm: float,
    open_to_mm: float | None = None,
    segments: int = _SEAT_SEGMENTS,
    chord_mm: float = 0.0,
) -> manifold3d.Manifold:
    """What to take out of metal so that the stone can be lowered in from above: the stone grown by `clearance_mm`.

    Below the girdle it follows the whole envelope of the stone, never just a cone (a cone cuts into the halves); above,
    it is an upright shaft up to `open_to_mm` (None: half a width above the table). A round seat of fewer `segments`
    takes out as much, to measure with; `chord_mm` is how far its lathe's profile may then leave the true one.
    """
    top = stone.table_z_mm + stone.width_mm / 2 if open_to_mm is None else open_to_mm
    if stone.cut == "round_brilliant":
        return _turned_seat(stone, clearance_mm, top, segments, chord_mm)
    below = stone.vertices[stone.vertices[:, 2] <= stone.girdle_half_mm * (1 + 1e-9)]
    # The true outline, not the preview's polygon: on a large oval the two are 0.05 mm apart.
    around = outline(stone.cut, stone.length_mm, stone.width_mm, _SEAT_SEGMENTS)
    rim = np.column_stack([around, np.full(len(around), stone.girdle_half_mm)])
    # A little polyhedron round every vertex holds a ball of the clearance; the hull may nudge its points.
    ball = (clearance_mm + 2 * HULL_NUDGE_MM) * _BALL
    parts = []
    for low, edge in zip(lobes(stone, np.vstack([below, rim, rim * [1, 1, -1]])), lobes(stone, rim), strict=True):
        grown = (low[:, None, :] + ball[None]).reshape(-1, 3)
        shaft = (edge[:, None, :] + ball[None]).reshape(-1, 3)
        shaft[:, 2] = top
        parts.append(convex_solid(np.vstack([grown, shaft])))
    return parts[0] if len(parts) == 1 else manifold3d.Manifold.batch_boolean(parts, manifold3d.OpType.Add)


def seat_growth(stone: CutStone) -> float:
    """By how much a seat's lengths across exceed those of the stone's preview, whose polygon lies inside its curve."""
    areas = [
        manifold3d.CrossSection([outline(stone.cut, stone.length_mm, stone.width_mm, n)]).area()
        for n in (_SEAT_SEGMENTS, _PREVIEW_SEGMENTS)
    ]
    return math.sqrt(areas[0] / areas[1])


def seat_reach(directions: Floats) -> Floats:
    """How far a seat lies outside its stone's facets that face in unit directions (n, 3), in clearances."""
    return (directions @ _BALL.T).max(axis=1)


def outline(cut: str, length_mm: float, width_mm: float, n: int = 64) -> Floats:
    """The girdle seen from above: (n, 2), closed, counter-clockwise, first point near +x; corners always included.

    Rounded cuts are sampled evenly in the parameter of their curve (n a multiple of 4 meets every tip), straight sides
    evenly along each side.
    """
    kind = kind_of(cut, length_mm, width_mm)
    if kind.curve is not None:
        return kind.curve(length_mm, width_mm)(2 * np.pi * np.arange(n) / n)[0]
    corners = kind.corners(length_mm, width_mm)
    lengths = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    ends = np.round(np.cumsum(lengths) / lengths.sum() * (n - len(corners))).astype(int)
    counts = 1 + np.diff(ends, prepend=0)
    return np.vstack(
        [
            a + (b - a) * (np.arange(count) / count)[:, None]
            for a, b, count in zip(corners, np.roll(corners, -1, axis=0), counts, strict=True)
        ]
    )


def bridged_outline(cut: str, length_mm: float, width_mm: float, n: int, bend_mm: float) -> Floats:
    """The same for metal to follow: into a heart's cleft only as far as a bend of `bend_mm` goes."""
    ring = outline(cut, length_mm, width_mm, n)
    if KINDS[cut].family == "heart":
        return heart_with_bend(ring, length_mm, width_mm, bend_mm)
    return ring


def radius_at(cut: str, length_mm: float, width_mm: float, angle_deg: float) -> float:
    """Distance in mm from the middle to the girdle in a direction (0° is +x, 90° is +y)."""
    ring = outline(cut, length_mm, width_mm, _OUTLINE_POINTS)
    direction = np.array([math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))])
    after = np.roll(ring, -1, axis=0)
    across = direction[0] * ring[:, 1] - direction[1] * ring[:, 0]
    across_after = np.roll(across, -1)
    k = int(np.argmax((across <= 0) & (across_after > 0) & ((ring + after) @ direction > 0)))
    share = across[k] / (across[k] - across_after[k])
    return float((ring[k] + share * (after[k] - ring[k])) @ direction)


def tips(cut: str, length_mm: float, width_mm: float) -> Floats:
    """Pointed corners, which chip unless metal covers them: (k, 2) in mm; k = 0 for cuts without."""
    kind = kind_of(cut, length_mm, width_mm)
    return np.array(kind.tips, float).reshape(-1, 2) * [width_mm / 2, length_mm / 2]


def claw_sites(cut: str, length_mm: float, width_mm: float, count: int) -> tuple[ClawSite, ...]:
    """Good places for `count` (4, 6 or 8) claws: every tip is covered first, cut corners next, the rest spread evenly.

    A round stone can have three. A princess of six claws has its four corners and the middle of its two longer sides;
    of eight, the middle of all its sides. A long stone of eight has two on each of its longer sides instead.
    """
    kind = kind_of(cut, length_mm, width_mm)
    pointed = tips(cut, length_mm, width_mm)
    if kind.curve is not None:
        point, tangent = kind.curve(length_mm, width_mm)(np.radians(np.array(kind.claws[count], float)))
        outward = np.column_stack([tangent[:, 1], -tangent[:, 0]])
    else:
        corners = kind.corners(length_mm, width_mm)
        cut_off = not kind.tips
        point = ((corners + np.roll(corners, -1, axis=0)) / 2)[::2] if cut_off else corners
        outward = np.sign(point)
        if count > len(point):
            beside, beyond = np.array([width_mm / 2, 0]), np.array([0, length_mm / 2])
            if count == 6:
                more, facing = [beside, -beside], [[1, 0], [-1, 0]]
            elif length_mm < _LONG * width_mm:
                more, facing = [beside, -beside, beyond, -beyond], [[1, 0], [-1, 0], [0, 1], [0, -1]]
            else:
                third = beyond / 3
                more = [beside + third, beside - third, -beside + third, -beside - third]
                facing = [[1, 0], [1, 0], [-1, 0], [-1, 0]]
            point, outward = np.vstack([point, *more]), np.vstack([outward, facing])
    outward = outward / np.linalg.norm(outward, axis=1, keepdims=True)
    sites = [
        ClawSite(
            float(p[0]), float(p[1]), float(o[0]), float(o[1]),
            bool(len(pointed) and np.linalg.norm(pointed - p, axis=1).min() < 1e-6),
        )
        for p, o in zip(point, outward, strict=True)
    ]  # fmt: skip
    return tuple(sorted(sites, key=lambda site: math.atan2(site.y_mm, site.x_mm) % (2 * math.pi)))


def proportions(sizes: Sizes) -> Proportions:
    """How a stone's width and depth are divided.

    A given depth is kept: a round keeps its pavilion angle and the crown takes the difference, as in real stones; other
    cuts share it between crown and pavilion. A given crown is kept too, and the pavilion fills the rest. Of a round
    whose depth is left out the pavilion stays, and a wider table makes the crown lower: its angle stays.

    Raises `InvalidDesign` when they do not go together.
    """
    cut, _, width_mm, depth_mm, table_pct, crown_pct = sizes
    usual = usual_proportions(cut)
    if not usual.table and (table_pct, crown_pct) != (None, None):
        raise InvalidDesign(f"{spoken(cut).capitalize()} has no table: leave its table and its crown height out.")
    table = usual.table if table_pct is None else table_pct / 100
    depth = usual.depth if depth_mm is None else depth_mm / width_mm
    low, high = (1.0, 1.0) if form_of(cut) == "sphere" else _DEPTH_LIMITS
    if not low <= depth <= high:
        raise InvalidDesign(
            f"{spoken(cut).capitalize()} stone {width_mm:g} mm wide cannot be {depth_mm:g} mm deep; "
            f"it can be {f'{low * width_mm:.2f} to ' if low < high else ''}{high * width_mm:.2f} mm."
        )
    if crown_pct is not None:
        crown = crown_pct / 100
    elif cut != "round_brilliant":
        crown = usual.crown * (depth - usual.girdle) / (usual.crown + usual.pavilion)
    elif depth_mm is None:
        crown = usual.crown * (1 - table) / (1 - usual.table)
    else:
        crown = float(np.clip(depth - usual.girdle - usual.pavilion, *_CROWN_LIMITS))
    if cut == "round_brilliant" and depth_mm is None:
        depth = crown + usual.girdle + usual.pavilion
    pavilion = depth - usual.girdle - crown
    if crown_pct is not None:
        low, high = (limit * usual.pavilion for limit in _PAVILION_LIMITS)
        if not low <= pavilion <= high:
            low_mm, high_mm = ((crown + usual.girdle + most) * width_mm for most in (low, high))
            raise InvalidDesign(
                f"{spoken(cut).capitalize()} {width_mm:g} mm wide and {depth * width_mm:.2f} mm deep cannot have a "
                f"crown of {crown_pct:g} %: its pavilion would be too {'flat' if pavilion < low else 'steep'}. "
                f"With that crown it can be {low_mm:.2f} to {high_mm:.2f} mm deep."
            )
    return Proportions(table, crown, usual.girdle, pavilion)


def _facets(kind: Kind, cut: str, length_mm: float, width_mm: float, share: Proportions, steps: int) -> Facets:
    girdle = {"girdle_mm": share.girdle * width_mm}
    over_and_under = {"crown_mm": share.crown * width_mm, "pavilion_mm": share.pavilion * width_mm}
    heights = girdle | {"table": share.table} | over_and_under
    thinnest = {"thinnest_girdle_mm": THINNEST_GIRDLE * width_mm}
    minor = {"star": kind.star, "lower_half": kind.lower_half}
    culet_y_mm = _culet_y(cut, length_mm, width_mm)
    curved = kind.curve or ellipse
    match kind.family:
        case "brilliant" | "trillion":
            three = kind.family == "trillion"
            return brilliant(
                (trefoil if three else curved)(length_mm, width_mm),
                culet_mm=(0.0, culet_y_mm),
                steps=steps,
                mains=6 if three else MAINS,
                break_at=kind.break_at,
                **heights,
                **thinnest,
                **minor,
            )
        case "heart":
            return heart(length_mm, width_mm, culet_y_mm=culet_y_mm, steps=steps, **heights, **thinnest, **minor)
        case "rose":
            return rose(curved(length_mm, width_mm), dome_mm=share.crown * width_mm, steps=steps, **girdle, **thinnest)
        case "princess":
            return princess(length_mm, width_mm, **heights)
        case "radiant":
            return radiant(length_mm, width_mm, **heights)
        case _:
            steps_of = BAGUETTE if kind.family == "baguette" else EMERALD
            return step_cut(kind.corners(length_mm, width_mm), steps_of, **heights)


def _culet_y(cut: str, length_mm: float, width_mm: float) -> float:
    match cut:
        case "pear":
            return -(length_mm - width_mm) / 2
        case "trillion":
            return TRILLION_MIDDLE * length_mm / 2
        case "heart":
            return _HEART_CULET * length_mm
        case _:
            return 0.0


def _behind(planes: Floats, vertices: Floats) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (vertices @ planes[:, :3].T - planes[:, 3]).max(axis=0) < _ON_PLANE_MM
    return found


def _mesh(facets: Facets, planes: Floats, dome: Dome | None, volume_mm3: float) -> Mesh:
    """Flat facets, or a smooth dome, a hair larger than its polyhedron so that it holds what the true stone does."""
    corners = facets.vertices[facets.faces].reshape(-1, 3)
    normal = np.repeat(planes[facets.facet_of_face, :3], 3, axis=0)
    if dome is not None:
        normal = dome.normals(corners, normal)
        corners = corners * np.cbrt(volume_mm3 / facets.volume_mm3())
    return Mesh(
        vertices_mm=_read_only(corners.astype(np.float32)),
        normals=_read_only(normal.astype(np.float32)),
        faces=_read_only(np.arange(3 * len(facets.faces), dtype=np.uint32).reshape(-1, 3)),
    )


def _turned_seat(
    stone: CutStone, clearance_mm: float, top_mm: float, segments: int, chord_mm: float
) -> manifold3d.Manifold:
    """A seat on a lathe: the hull of (r, z) over all vertices below the crown, grown, then turned."""
    r = np.hypot(stone.vertices[:, 0], stone.vertices[:, 1])
    z = stone.vertices[:, 2]
    below = z <= stone.girdle_half_mm * (1 + 1e-9)
    section = np.column_stack([r[below], z[below]])
    mirrored = np.vstack([section, section * [-1, 1]])
    hull = manifold3d.CrossSection.hull_points(mirrored)
    # Round joins lie inside the true offset, and so does the turned polygon inside its circle: allow for both.
    slack = 1 / math.cos(math.pi / _SEAT_SEGMENTS)
    grown = hull.offset(clearance_mm * slack, manifold3d.JoinType.Round, circular_segments=_SEAT_SEGMENTS)
    grown = grown.scale((slack, 1))
    _, bottom, reach, _ = grown.bounds()
    shaft = manifold3d.CrossSection([[(-reach, 0), (reach, 0), (reach, top_mm), (-reach, top_mm)]])
    right = manifold3d.CrossSection([[(0, bottom), (reach, bottom), (reach, top_mm), (0, top_mm)]])
    same = circle_factor(segments) / circle_factor(_SEAT_SEGMENTS)
    profile = (grown + shaft) ^ right
    if chord_mm:
        profile = profile.simplify(chord_mm)
    return manifold3d.Manifold.revolve(profile, segments).scale((same, same, 1))


def _ball() -> Floats:
    """Twenty-six directions, long enough that their hull holds the unit ball."""
    grid = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) != (0, 0, 0)])
    points = grid / np.linalg.norm(grid, axis=1, keepdims=True)
    hull = manifold3d.Manifold.hull_points(points).to_mesh64()
    corner = np.asarray(hull.vert_properties)[:, :3][np.asarray(hull.tri_verts)]
    normal = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    inside = np.abs(np.einsum("ij,ij->i", normal, corner[:, 0])) / np.linalg.norm(normal, axis=1)
    return points / inside.min()


_BALL = _ball()


def _read_only(array: Any) -> Any:
    array.flags.writeable = False
    return array
