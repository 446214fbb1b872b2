"""Light's path inside a transparent stone, followed exactly from facet to facet.

The stone is convex, so a ray inside it needs no search: the facet it meets is the plane n·x = d it reaches first. In a
smooth stone it meets the true surface: an ellipsoid, the upright girdle under half of one, or a flat base.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from configurator.export.stage import Stage, Stone, unit
from configurator.geometry.piece import Dome

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Ahead = Callable[[Floats, Floats], tuple[Floats, Floats]]  # places and directions to ways in mm and normals

BOUNCES = 12
MIRRORED_BOUNCES = 4  # for a stone that is only seen in the metal beside it
_FAINT = 0.012  # of the light that entered; what is carried on below this is not worth following
_NEIGHBOURS_FROM = 0.10  # light that matters this much is checked against the metal round the stone
_MIXED = 0.22  # what is still inside after all bounces leaves as a dim average of the room
_HEAD_FROM, _HEAD_TO, _HEAD = 0.950, 0.985, 0.86  # the viewer's head stands in the light and makes the dark arrows
_ONE_THREAD = 250_000  # multiplications; OpenBLAS goes parallel at 2**18
_RAYS_AT_ONCE = 1024  # times three colours times a hundred planes: two buffers that stay in the cache


def stone_light(
    stage: Stage, stone: Stone, triangle: Ints, at_mm: Floats, ways: Floats, eye_mm: Floats, bounces: int = BOUNCES
) -> Floats:
    """Light (n, 3) that comes back along rays of directions `ways` (n, 3) which meet the stone at `at_mm` (n, 3).

    `triangle` (n,) are the stage's triangles they meet; `eye_mm` (3,) is where the viewer's head stands in the light.
    """
    out = np.empty((len(ways), 3), np.float32)
    for start in range(0, len(ways), _RAYS_AT_ONCE):
        part = slice(start, start + _RAYS_AT_ONCE)
        out[part] = _stone_light(stage, stone, triangle[part], at_mm[part], ways[part], eye_mm, bounces)
    return out


def _stone_light(
    stage: Stage, stone: Stone, triangle: Ints, at_mm: Floats, ways: Floats, eye_mm: Floats, bounces: int
) -> Floats:
    inwards = ways @ stone.turn  # into the stone's own frame: the transpose of its turn
    at = (at_mm - stone.at_mm) @ stone.turn
    normal = stage.facing[triangle] @ stone.turn
    if stone.dome is not None:
        normal = stone.dome.normals(at, normal).astype(np.float32)
    to_eye = unit((eye_mm - stone.at_mm) @ stone.turn)
    facing = np.maximum(-(inwards * normal).sum(axis=1), 1e-4)
    mirrored = _fresnel(facing, np.float32(1 / stone.look.refractive_index))
    back = inwards + 2 * facing[:, None] * normal
    light = mirrored[:, None] * np.minimum(_room(stage, stone, back, to_eye), 1.3)

    # Colours part at the first facet: follow red, green and blue as separate rays.
    count = len(ways)
    index = np.repeat(np.array(stone.look.refractive_index_rgb, np.float32), count)
    absorbed = np.repeat(np.array(stone.look.absorption_per_mm, np.float32), count)
    channel = np.repeat(np.arange(3), count)
    normal3, facing3 = np.tile(normal, (3, 1)), np.tile(facing, 3)
    ray = _refract(np.tile(inwards, (3, 1)), normal3, facing3, np.float32(1) / index)
    inside = _follow(stage, stone, np.tile(at, (3, 1)), ray, index, absorbed, channel, to_eye, bounces)
    boost = 1 + 0.35 * min(
        1.0, 4 * max(stone.look.absorption_per_mm)
    )  # the lens opens for a dark stone, as the eye does
    light += boost * (1 - mirrored)[:, None] * inside.reshape(3, count).T
    return np.minimum(light, 16)


def _follow(
    stage: Stage,
    stone: Stone,
    at: Floats,
    ray: Floats,
    index: Floats,
    absorbed: Floats,
    channel: NDArray[np.intp],
    to_eye: Floats,
    bounces: int,
) -> Floats:
    """Light (n,) that reaches the start of each single-coloured ray from all the places where it leaves the stone."""
    ahead = _to_facets(stone, len(at)) if stone.dome is None else _to_dome(stone.dome)
    # A dome shows its setting as a lens does: a colour that missed the metal there would tint it.
    least = _NEIGHBOURS_FROM if stone.dome is None else _FAINT / 2
    light = np.zeros(len(at), np.float32)
    carried = np.ones(len(at), np.float32)
    alive = np.arange(len(at))
    for bounce in range(bounces):
        way, normal = ahead(at, ray)
        at = at + ray * way[:, None]
        carried = carried * np.exp(-absorbed * way)
        facing = (ray * normal).sum(axis=1)
        kept = _fresnel(facing, index)
        share = carried * (1 - kept)
        leaving = np.flatnonzero(share > _FAINT / 2)
        if len(leaving):
            out = _refract(ray[leaving], -normal[leaving], facing[leaving], index[leaving])
            nearby = share[leaving] > least if bounce < 3 else None
            seen = _room(stage, stone, out, to_eye, at[leaving], nearby)
            light[alive[leaving]] += share[leaving] * seen[np.arange(len(leaving)), channel[leaving]]
        carried = carried * kept
        on = carried > _FAINT
        ray = (ray - 2 * facing[:, None] * normal)[on]
        at, carried, alive = at[on], carried[on], alive[on]
        index, absorbed, channel = index[on], absorbed[on], channel[on]
        if not len(alive):
            return light
    light[alive] += carried * _MIXED
    return light


def _to_facets(stone: Stone, most: int) -> Ahead:
    """How far it is to the facet that is met first, for up to `most` rays at a time."""
    normals = np.ascontiguousarray(stone.planes[:, :3].T)
    room_left = np.ascontiguousarray((stone.planes * np.array([-1, -1, -1, 1], np.float32)).T)
    # Reused at every bounce: fresh arrays of this size would cost four times the arithmetic.
    rates, gaps = (np.empty((most, len(stone.planes)), np.float32) for _ in range(2))

    def ahead(at: Floats, ray: Floats) -> tuple[Floats, Floats]:
        # 1 / distance to every plane: the largest is the nearest, and planes behind come out negative.
        rate, gap = rates[: len(at)], gaps[: len(at)]
        _products(ray, normals, rate)
        _products(np.column_stack([at, np.ones(len(at), np.float32)]), room_left, gap)
        np.maximum(gap, 1e-6, out=gap)
        rate /= gap
        facet = rate.argmax(axis=1)
        return 1 / np.maximum(rate[np.arange(len(facet)), facet], 1e-6), stone.planes[facet, :3]

    return ahead


def _to_dome(dome: Dome) -> Ahead:
    """How far it is to the surface of a smooth stone."""
    axes = np.array(dome.half_axes_mm, np.float32)
    centre = np.array([0, 0, dome.centre_z_mm], np.float32)

    def ahead(at: Floats, ray: Floats) -> tuple[Floats, Floats]:
        start, step = (at - centre) / axes, ray / axes
        way = _leaves_ball(start, step)
        if not dome.whole:
            under = at[:, 2] + ray[:, 2] * way < dome.centre_z_mm
            wall = _leaves_ball(start[:, :2], step[:, :2])
            with np.errstate(divide="ignore"):
                base = np.where(ray[:, 2] < 0, (dome.base_z_mm - at[:, 2]) / np.minimum(ray[:, 2], -1e-9), np.inf)
            way = np.where(under | (way <= 0), np.minimum(wall, base), way)
            met_base = under & (base < wall)
        else:
            met_base = np.zeros(len(at), bool)
        way = np.maximum(way, 1e-6).astype(np.float32)
        facing = np.where(met_base[:, None], [0, 0, -1], [0, 0, 1])
        return way, dome.normals(at + ray * way[:, None], facing).astype(np.float32)

    return ahead


def _leaves_ball(start: Floats, step: Floats) -> Floats:
    """Where rays leave the unit ball (or circle) about the origin, in steps; minus infinity where they miss it."""
    a = np.maximum((step * step).sum(axis=1), 1e-12)
    b = (start * step).sum(axis=1)
    inside = b * b - a * ((start * start).sum(axis=1) - 1)
    return np.where(inside >= 0, (np.sqrt(np.maximum(inside, 0)) - b) / a, -np.inf).astype(np.float32)


def _products(rows: Floats, columns: Floats, out: Floats) -> None:
    """`rows @ columns` in strips too small for the linear algebra library to wake its threads for: they only spin."""
    strip = _ONE_THREAD // columns.size
    for start in range(0, len(rows), strip):
        np.matmul(rows[start : start + strip], columns, out=out[start : start + strip])


def _room(
    stage: Stage,
    stone: Stone,
    ways: Floats,
    to_eye: Floats,
    at: Floats | None = None,
    nearby: NDArray[np.bool_] | None = None,
) -> Floats:
    """The room's light (n, 3) from directions in the stone's frame, with the metal round the stone where asked."""
    world = ways @ stone.turn.T
    # Pin lights flash in one facet and then in another; in a smooth stone they would stand like bubbles.
    light = stage.studio.stone(world) if stone.dome is None else stage.studio.metal(world)
    head = np.clip((ways @ to_eye - _HEAD_FROM) / (_HEAD_TO - _HEAD_FROM), 0, 1)
    light = light * (1 - _HEAD * head * head * (3 - 2 * head))[:, None]
    if at is not None and nearby is not None and nearby.any():
        rays = np.flatnonzero(nearby)
        start = at[rays] @ stone.turn.T + stone.at_mm + world[rays] * np.float32(0.004)
        hits = stage.hit_metal(start, world[rays])
        met = np.flatnonzero(hits.triangle >= 0)
        if len(met):
            found = hits.take(met)
            normal = stage.normal_at(found)
            way = world[rays[met]]
            facing = (way * normal).sum(axis=1)
            mirror = stage.studio.metal(unit(way - 2 * facing[:, None] * normal))
            alloy = np.array([metal.look.reflectance for metal in stage.metals], np.float32)[
                stage.owner[found.triangle]
            ]
            # Down in the setting it is darker than the open room: half the light comes from other metal.
            light[rays[met]] = alloy * (0.35 * alloy + 0.65) * np.minimum(mirror, 2.4) * 0.85
    return light


def _fresnel(facing: Floats, ratio: Floats | np.float32) -> Floats:
    """Reflected share of unpolarised light; `ratio` is the index it is in over the index it meets."""
    s2 = ratio * ratio * (1 - facing * facing)
    through = np.sqrt(np.maximum(1 - s2, 0))
    across = ratio * facing
    a = (across - through) / np.maximum(across + through, 1e-9)
    b = (facing - ratio * through) / np.maximum(facing + ratio * through, 1e-9)
    return np.where(s2 >= 1, np.float32(1), np.float32(0.5) * (a * a + b * b)).astype(np.float32)


def _refract(way: Floats, normal: Floats, facing: Floats, ratio: Floats) -> Floats:
    """Bent rays; `normal` points against the way and `facing` is the cosine between them (positive)."""
    through = np.sqrt(np.maximum(1 - ratio * ratio * (1 - facing * facing), 0))
    return (ratio[:, None] * way + (ratio * facing - through)[:, None] * normal).astype(np.float32)
