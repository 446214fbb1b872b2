"""Light off surfaces: metal, which mirrors the room and itself, and stones that light does not pass through."""

import numpy as np
from numpy.typing import NDArray

from configurator.export.brilliance import MIRRORED_BOUNCES, stone_light
from configurator.export.looks import GemLook
from configurator.export.stage import Hits, Metal, Stage, Stone, unit
from configurator.export.studio import smoothstep

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_MIRRORINGS = 3
_OFF_MM = 0.004  # a mirrored ray starts this far off the surface, along its true normal
_BRIGHTEST = 2.4  # one sample; highlights' edges then come out smooth
_HAMMER_MM = 1.15
_HAMMER_DEPTH = 0.32
_BANDS_PER_MM = 2.6
_BANDS_ROUND = np.array([-1.1, 0.5, -0.6], np.float32)  # of the stone's half size: where the layers grew from
_SPOTS_PER_MM = 1.1
_FLECKS_PER_MM = 2.9
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def metal_light(
    stage: Stage, part: Metal, hits: Hits, ways: Floats, eye_mm: Floats, dice: np.random.Generator
) -> Floats:
    """Light (n, 3) along rays from the eye that meet one part of metal."""
    alloy = np.array(part.look.reflectance, np.float32)
    corner = stage.corners[hits.triangle]
    at = corner[:, 0] * (1 - hits.u - hits.v)[:, None] + corner[:, 1] * hits.u[:, None] + corner[:, 2] * hits.v[:, None]
    true = stage.facing[hits.triangle]
    true = true * np.where((true * ways).sum(axis=1) > 0, -1, 1)[:, None]
    normal = _towards_eye(stage.normal_at(hits), true, ways)
    if part.recessed:
        # An engraved floor is matt and in shadow: the alloy twice deep, lit by what falls in from above.
        fall = stage.studio.fall(normal)
        return alloy * alloy * (np.float32(0.035) + np.float32(0.085) * fall)
    room = stage.studio.metal
    match part.look.finish:
        case "satin":
            room = stage.studio.satin
        case "brushed":
            # Fine lines round the band scatter light across them only.
            scatter = (dice.random(len(ways), np.float32) - 0.5) * np.float32(0.62)
            line = _hash(np.floor(at[:, 1] * 26)) - np.float32(0.5)
            tilt = np.zeros_like(normal)
            tilt[:, 1] = (scatter + 0.2 * line) * _outside(normal, at)
            normal = _towards_eye(unit(normal + tilt), true, ways)
        case "hammered":
            normal = _towards_eye(_hammered(normal, at), true, ways)

    facing = -(ways * normal).sum(axis=1)
    carried = _schlick(alloy, facing)
    ray = ways + 2 * facing[:, None] * normal
    # Smoothed normals can send a mirrored ray into the surface; mirror it out again at the true one.
    under = np.minimum((ray * true).sum(axis=1), 0)
    ray = unit(ray - 2 * under[:, None] * true)
    start = at + true * np.float32(_OFF_MM)
    light = np.zeros((len(ways), 3), np.float32)
    alive = np.arange(len(ways))
    for _ in range(_MIRRORINGS):
        found = stage.hit(start, ray)
        back = stage.facing[found.triangle]
        cosine = (back * ray).sum(axis=1)
        # From behind: the ray began inside an overlapping part; let it go.
        met = (found.triangle >= 0) & (cosine < 0)
        owner = stage.owner[found.triangle]
        metal = met & (owner < len(stage.metals))
        open_sky = ~met
        light[alive[open_sky]] += carried[open_sky] * _warmed(room(ray[open_sky]), alloy)
        for number in np.unique(owner[met & ~metal]):
            rays = np.flatnonzero(met & (owner == number))
            at = start[rays] + ray[rays] * found.way_mm[rays, None]
            seen = _stone_in_mirror(stage, int(number), found.triangle[rays], at, ray[rays], eye_mm)
            light[alive[rays]] += carried[rays] * seen
        if not metal.any():
            return _soft_clip(light)
        on = np.flatnonzero(metal)
        hit, ray, true = found.take(on), ray[on], back[on]
        start = start[on] + ray * hit.way_mm[:, None] + true * np.float32(_OFF_MM)
        normal = _towards_eye(stage.normal_at(hit), true, ray)
        facing = -(ray * normal).sum(axis=1)
        other = np.array([m.look.reflectance for m in stage.metals], np.float32)[owner[on]]
        carried, alive = carried[on] * _schlick(other, facing), alive[on]
        ray = ray + 2 * facing[:, None] * normal
        ray = unit(ray - 2 * np.minimum((ray * true).sum(axis=1), 0)[:, None] * true)
    # Mirrors in mirrors: a dim average of the room.
    light[alive] += carried * np.float32(0.25) * stage.studio.fall(ray)
    return _soft_clip(light)


def opaque_light(stage: Stage, stone: Stone, triangle: Ints, at_mm: Floats, ways: Floats) -> Floats:
    """Light (n, 3) off turquoise, lapis, agate, and off the ones with a glow of their own.

    They are usually domes, so where one is not, its facets only tint the shading.
    """
    look = stone.look
    at = (at_mm - stone.at_mm) @ stone.turn
    facet = stage.facing[triangle] @ stone.turn
    if stone.dome is None:
        dome = unit(at / (stone.half_size_mm * stone.half_size_mm))
        share = np.float32(0.65 if look.effect is None else 0.92)
        normal = unit(facet + (dome - facet) * share)
    else:
        normal = stone.dome.normals(at, facet).astype(np.float32)
    to_eye = -ways @ stone.turn
    facing = np.maximum((normal * to_eye).sum(axis=1), 0.02)[:, None]
    body = _body(look, at, stone.half_size_mm)
    fall = stage.studio.fall(normal @ stone.turn.T)
    mirror = unit(2 * facing * normal - to_eye) @ stone.turn.T
    light = body * (np.float32(0.15) + np.float32(0.62) * fall)
    if look.effect == "pearl":
        # Nacre: a wide silver sheen, rose and green by turns towards the edge.
        orient = 1 + (_hue(0.9 + 0.55 * facing) - 1) * np.float32(0.16)
        light = body * orient * (np.float32(0.30) + np.float32(0.52) * fall)
        light = light + np.float32(0.10) * stage.studio.satin(mirror)
    elif look.effect == "opal":
        bent = 0.8 * np.sin(at[:, [1, 2, 0]] * 2.1 + 1) + 0.45 * np.sin(at[:, [2, 0, 1]] * 4.7)
        cell = np.floor(at * 1.9 + bent)
        grain = _hash3(cell)[:, None]
        swing = np.abs(np.sin(6 * ((cell + 3) * to_eye).sum(axis=1, keepdims=True) + 9 * _hash3(cell + 5)[:, None]))
        flash = grain**2 * np.clip((swing - 0.2) / 0.7, 0, 1)
        light = light * 0.8 + 0.55 * flash * _hue(_hash3(cell + 2)[:, None] + 0.6 * facing)
    elif look.effect == "moonstone":
        # Milky, with a blue sheen that floats where the dome faces the light.
        behind = stage.studio.fall(-normal @ stone.turn.T)
        glow = np.maximum((normal * unit(to_eye + np.array([0.15, -0.1, 0.55]))).sum(axis=1, keepdims=True), 0) ** 4
        light = light * 0.5 + body * behind * 0.2 + np.array([0.08, 0.2, 0.46]) * glow
    elif look.effect == "translucent":
        # Light from behind comes through too, palest at the edge, where there is least stone in its way.
        behind = stage.studio.fall(-normal @ stone.turn.T)
        light = body ** (0.55 + 0.6 * facing) * (np.float32(0.12) + np.float32(0.5) * fall + np.float32(0.3) * behind)
    at_once = (look.refractive_index - 1) ** 2 / (look.refractive_index + 1) ** 2
    gloss = at_once + (1 - at_once) * (1 - facing) ** 5
    return _soft_clip((light + gloss * stage.studio.metal(mirror)).astype(np.float32))


def _body(look: GemLook, at: NDArray[np.floating], half_size_mm: Floats) -> Floats:
    """Colour (n, 3) of the stone itself at points (n, 3) of its own frame: one, or two in bands or spots."""
    body = np.array(look.body, np.float32)
    if look.effect == "banded":
        share = _bands(at, half_size_mm)
    elif look.effect == "spotted":
        share = np.maximum(_spots(at * _SPOTS_PER_MM), _spots(at * _FLECKS_PER_MM))
    elif look.effect == "flecked":
        share = _spots(at * _FLECKS_PER_MM)
    else:
        return body
    return (body + (np.array(look.second, np.float32) - body) * share[:, None]).astype(np.float32)


def _bands(at: NDArray[np.floating], half_size_mm: Floats) -> NDArray[np.floating]:
    """Layers round a point beside the stone, dark and light by turns, each of its own depth."""
    away = at - half_size_mm * _BANDS_ROUND + 0.07 * np.sin(at[:, [1, 2, 0]] * 1.9)
    layer, way = np.divmod(np.sqrt((away * away).sum(axis=1)) * _BANDS_PER_MM, 1)
    this, following = (0.35 * (n % 2) + 0.65 * _hash(n + 7) for n in (layer, layer + 1))
    return this + (following - this) * smoothstep(0.75, 1, way)


def _spots(at: NDArray[np.floating]) -> NDArray[np.floating]:
    """Scattered specks in places (n, 3) counted in cells: at most one in a cell, in many none."""
    place = at + 0.5 * np.sin(at[:, [1, 2, 0]] * 1.3)
    cell = np.floor(place)
    middle = 0.5 + 0.5 * (np.column_stack([_hash3(cell + n) for n in (11, 23, 37)]) - 0.5)
    away = np.sqrt(((place - cell - middle) ** 2).sum(axis=1))
    reach = 0.5 * np.maximum(_hash3(cell + 5) - 0.4, 0)
    return smoothstep(0, 0.08, (reach - away).astype(np.float32))


def _towards_eye(normal: Floats, true: Floats, ways: Floats) -> Floats:
    """Bends normals that were smoothed over an edge back until the surface can be seen.

    Otherwise the mirror shows what is behind the surface: a dotted bright fringe.
    """
    normal = normal * np.where((normal * true).sum(axis=1) < 0, -1, 1)[:, None]
    facing = -(ways * normal).sum(axis=1)
    short = np.maximum(0.05 - facing, 0)
    return unit(normal - ways * short[:, None])


def _schlick(alloy: Floats, facing: Floats) -> Floats:
    return alloy + (1 - alloy) * (np.clip(1 - facing, 0, 1) ** 5)[:, None]


def _stone_in_mirror(stage: Stage, number: int, triangle: Ints, at_mm: Floats, ways: Floats, eye_mm: Floats) -> Floats:
    stone = stage.stones[number - len(stage.metals)]
    if stone.look.opaque:
        return opaque_light(stage, stone, triangle, at_mm, ways)
    seen = stone_light(stage, stone, triangle, at_mm, ways, eye_mm, MIRRORED_BOUNCES)
    return np.minimum(seen, _BRIGHTEST)


def _warmed(seen: Floats, alloy: Floats) -> Floats:
    """Where a mirror shows no lamp it shows, as often as not, other metal just out of sight: gold's shadows are brown.

    The viewer, which cannot trace its own reflections, leans on this more.
    """
    lit = smoothstep(0.15, 1.1, seen @ _LUMA)[:, None]
    return seen * (alloy + (1 - alloy) * (np.float32(0.4) + np.float32(0.6) * lit))


def _soft_clip(light: Floats) -> Floats:
    peak = light.max(axis=1, keepdims=True)
    return (light / np.maximum(1, peak / _BRIGHTEST)).astype(np.float32)


def _hammered(normal: Floats, at: Floats) -> Floats:
    """Hand-hammered: shallow bowls about a millimetre wide, laid out round the band so that they close up."""
    radius = float(np.hypot(at[:, 0], at[:, 2]).mean())
    cells = max(1.0, np.floor(2 * np.pi * radius / _HAMMER_MM))
    place = np.column_stack([np.arctan2(at[:, 0], at[:, 2]) / (2 * np.pi) * cells, at[:, 1] / 1.05])
    cell = np.floor(place)
    best = np.full(len(at), 9.0)
    nearest = np.zeros((len(at), 2))
    for x in (-1, 0, 1):
        for y in (-1, 0, 1):
            there = cell + np.array([x, y])
            seed = np.column_stack([there[:, 0] % cells, there[:, 1]])
            middle = there + 0.2 + 0.6 * np.column_stack([_hash(seed @ [127.1, 311.7]), _hash(seed @ [269.5, 183.3])])
            away = place - middle
            distance = (away * away).sum(axis=1)
            nearer = distance < best
            best = np.where(nearer, distance, best)
            nearest[nearer] = away[nearer]
    around = unit(np.column_stack([at[:, 2], np.zeros(len(at)), -at[:, 0]]))
    tilt = around * nearest[:, :1]
    tilt[:, 1] += nearest[:, 1]
    tilt = tilt - normal * (tilt * normal).sum(axis=1, keepdims=True)
    return unit(normal + _HAMMER_DEPTH * _outside(normal, at)[:, None] * tilt)


def _outside(normal: Floats, at: Floats) -> Floats:
    """1 outside a ring, 0 in its bore, which stays polished: it is worn against the skin."""
    radial = unit(np.column_stack([at[:, 0], np.zeros(len(at)), at[:, 2]]))
    return 1 - smoothstep(0.35, 0.75, -(normal * radial).sum(axis=1))


def _hash(x: NDArray[np.floating]) -> Floats:
    return (np.sin(x * 91.3458) * 47453.5453 % 1).astype(np.float32)


def _hash3(p: NDArray[np.floating]) -> Floats:
    return (np.sin(p @ np.array([12.9898, 78.233, 37.719])) * 43758.5453 % 1).astype(np.float32)


def _hue(turn: NDArray[np.floating]) -> NDArray[np.floating]:
    return 0.5 + 0.5 * np.cos(2 * np.pi * (turn + np.array([0.0, 0.33, 0.67])))
