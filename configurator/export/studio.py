"""The photographer's light tent that stills are taken in, as tables of light by direction.

The same room as the browser's viewer (ui/viewer/js/shaders/studio.glsl), so that a still and the live picture agree:
metal lives on long gradients broken by dark flags, stones on small bright lights before a dark tent. Up is +z and the
camera usually looks from -y. Light is linear, 1 is paper white.
"""

import threading
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

TEXELS = 1024  # side of an octahedral map: 0.2° a texel, a tenth of the smallest pin light
SOFT_TEXELS = 64  # for what satin mirrors and what falls on matt surfaces
_SMOOTH_TEXELS = 512  # once they are blurred

_WARM, _COOL = (1.0, 0.975, 0.94), (0.94, 0.97, 1.0)
_UP = (0.0, 0.0, 1.0)
_PAPER = 0.9  # luminance of the ground under the piece
_METAL_POWER = 0.40  # metal keeps its hue only in lights that do not burn out; stones need stronger ones
_PINS = 36
_SATIN_SPREAD = 0.55  # tangent of the half angle that satin scatters into
_FALL_SPREAD = 1.6  # and a matt surface
_BAKING = threading.Lock()


@dataclass(frozen=True, eq=False, slots=True)
class Room:
    """Light by direction; `texels` (side, side, 3) float32 is an octahedral map."""

    texels: Floats

    def __call__(self, direction: Floats) -> Floats:
        """Light (n, 3) from unit directions (n, 3); the nearest texel, since samples within a pixel smooth it."""
        side = self.texels.shape[0]
        column, row = _octahedral(direction)
        i = np.minimum((row * side).astype(np.int32), side - 1)
        j = np.minimum((column * side).astype(np.int32), side - 1)
        return self.texels.reshape(-1, 3).take(i * side + j, axis=0)


@dataclass(frozen=True, eq=False, slots=True)
class Studio:
    """The rooms one still needs: as polished metal mirrors it, as stones see it, as satin mirrors it, as matt does."""

    metal: Room
    stone: Room
    satin: Room
    fall: Room


def studio() -> Studio:
    """The tent, baked once for the process (about a second) and shared; safe to call from many threads."""
    with _BAKING:
        return _studio()


@lru_cache(maxsize=1)
def _studio() -> Studio:
    directions = _directions(TEXELS)
    metal = _light(directions, sparkle=False)
    stone = _light(directions, sparkle=True)
    _add_pins(stone, directions)
    coarse = metal.reshape(SOFT_TEXELS, TEXELS // SOFT_TEXELS, SOFT_TEXELS, TEXELS // SOFT_TEXELS, 3).mean((1, 3))
    return Studio(
        metal=_room(metal, TEXELS),
        stone=_room(stone, TEXELS),
        satin=_blurred(coarse, _SATIN_SPREAD),
        fall=_blurred(coarse, _FALL_SPREAD),
    )


def _room(light: Floats, side: int) -> Room:
    texels = light.reshape(side, side, 3)
    texels.flags.writeable = False
    return Room(texels)


def _octahedral(direction: Floats) -> tuple[Floats, Floats]:
    x, y, z = direction[:, 0], direction[:, 1], direction[:, 2]
    size = np.abs(x) + np.abs(y) + np.abs(z)
    u, v = x / size, y / size
    below = z < 0
    folded_u = np.where(below, (1 - np.abs(v)) * np.copysign(1, u), u)
    folded_v = np.where(below, (1 - np.abs(u)) * np.copysign(1, v), v)
    return folded_u * 0.5 + 0.5, folded_v * 0.5 + 0.5


def _directions(side: int) -> Floats:
    axis = ((np.arange(side) + 0.5) / side * 2 - 1).astype(np.float32)
    u, v = np.meshgrid(axis, axis)
    z = 1 - np.abs(u) - np.abs(v)
    below = z < 0
    x = np.where(below, (1 - np.abs(v)) * np.copysign(1, u), u)
    y = np.where(below, (1 - np.abs(u)) * np.copysign(1, v), v)
    way = np.stack([x, y, z], -1).reshape(-1, 3)
    return (way / np.linalg.norm(way, axis=1, keepdims=True)).astype(np.float32)


def smoothstep(low: float, high: float, x: Floats) -> Floats:
    """The usual soft step from 0 at `low` to 1 at `high`, which may be the smaller."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _panel(
    d: Floats,
    centre: tuple[float, float, float],
    up: tuple[float, float, float],
    across: float,
    along: float,
    soft: float,
) -> tuple[Floats, Floats]:
    """One rectangular light or flag: 1 inside with soft edges, and -1 … 1 along it for gradients."""
    c = np.array(centre, np.float32) / np.float32(np.linalg.norm(centre))
    side = np.cross(up, c)
    side = (side / np.linalg.norm(side)).astype(np.float32)
    top = np.cross(c, side).astype(np.float32)
    ahead = d @ c
    facing = ahead >= 0.02
    safe = np.where(facing, ahead, 1)
    x, y = np.divide(d @ side, safe, dtype=np.float32), np.divide(d @ top, safe, dtype=np.float32)
    edge = np.multiply(smoothstep(soft, -soft, np.abs(x) - across), smoothstep(soft, -soft, np.abs(y) - along))
    return np.where(facing, edge, 0).astype(np.float32), np.clip(y / along, -1, 1).astype(np.float32)


def _light(d: Floats, *, sparkle: bool) -> Floats:
    """The tent without its pin lights. Every number here is taste: a set, lit until gold looked like gold."""
    z = d[:, 2]
    power = 1.0 if sparkle else _METAL_POWER
    floor = 0.16 + (0.92 - 0.16) * _PAPER
    sweep = smoothstep(-1.0, -0.10, z)
    ground = floor * (0.30 + 0.65 * sweep * sweep) * (1 - 0.22 * d[:, 0] - 0.12 * d[:, 1])
    light = np.repeat(ground[:, None], 3, axis=1)

    def blend(colour: tuple[float, float, float], share: Floats) -> None:
        light[:] += (np.array(colour, np.float32) - light) * share[:, None]

    def add(colour: tuple[float, float, float], strength: Floats) -> None:
        light[:] += np.array(colour, np.float32) * strength[:, None]

    white = (1.0, 1.0, 1.0)
    blend((0.060, 0.062, 0.068), smoothstep(-0.10, 0.08, z))
    blend((0.22, 0.225, 0.24), smoothstep(0.25, 1.0, z))
    key, along = _panel(d, (0.14, -0.30, 1.0), (0.0, 1.0, 0.0), 0.66, 0.40, 0.09)
    add(_WARM, power * key * (4.4 + 2.2 * along))
    strip, along = _panel(d, (-1.0, -0.42, 0.42), _UP, 0.24, 0.85, 0.06)
    add(_COOL, power * strip * (3.6 + 1.8 * along))
    fill, along = _panel(d, (0.95, -0.52, 0.34), _UP, 0.60, 0.58, 0.16)
    add(_WARM, power * fill * (1.7 + 1.5 * along))
    add(white, power * 3.0 * _panel(d, (0.30, 1.0, 0.40), _UP, 0.90, 0.20, 0.06)[0])
    add(white, power * 2.4 * _panel(d, (-0.42, 0.90, 0.85), _UP, 0.14, 0.50, 0.05)[0])
    add(_WARM, power * 1.1 * _panel(d, (0.05, -1.0, -0.10), _UP, 0.42, 0.10, 0.08)[0])
    if not sparkle:
        # A hot line inside the key light and the strip: polish shows as a crisp core in a soft glow.
        add(white, 1.6 * _panel(d, (0.10, -0.34, 1.0), (0.0, 1.0, 0.0), 0.60, 0.05, 0.03)[0])
        add(white, 1.4 * _panel(d, (-1.0, -0.46, 0.42), _UP, 0.05, 0.80, 0.03)[0])
    light *= (1 - 0.86 * _panel(d, (-0.56, -0.80, 0.24), _UP, 0.10, 0.95, 0.05)[0])[:, None]
    light *= (1 - 0.78 * _panel(d, (0.24, -1.0, 0.24), _UP, 0.12, 0.55, 0.05)[0])[:, None]
    if sparkle:
        np.minimum(light, 2.4, out=light)
        light *= (0.36 + 0.72 * smoothstep(0.35, 2.1, light[:, 1]))[:, None]
    return light


def _add_pins(light: Floats, d: Floats) -> None:
    """Pin lights on a spiral over the upper room: each one is a flash of fire in some facet."""
    golden_angle = np.pi * (3 - np.sqrt(5))
    for i in range(_PINS):
        height = 0.1 + 0.88 * (i + 0.5) / _PINS
        turn = i * golden_angle + 0.7 * _scatter(i)
        flat = np.sqrt(1 - height * height)
        centre = np.array([flat * np.cos(turn), flat * np.sin(turn), height], np.float32)
        size = 0.018 + 0.018 * _scatter(i + 9)
        warmth = _scatter(i + 3)
        colour = np.array([0.92 + 0.08 * warmth, 0.97, 1 - 0.10 * warmth], np.float32) * (22 + 38 * _scatter(i + 5))
        facing = d @ centre
        near = np.flatnonzero(facing > 1 - size * size)
        light[near] += smoothstep(1 - size * size, 1 - 0.28 * size * size, facing[near])[:, None] * colour


def _scatter(seed: float) -> float:
    return float(np.sin(seed * 127.1 + 3.7) * 43758.5453 % 1)


def _blurred(coarse: Floats, spread: float) -> Room:
    """The room as a rough surface shows it: every direction averages a cone of the coarse room."""
    way = _directions(SOFT_TEXELS)
    light = coarse.reshape(-1, 3)
    out = np.empty_like(light)
    for start in range(0, len(way), 512):
        cosine = np.clip(way[start : start + 512] @ way.T, 1e-3, 1)
        tangent = np.sqrt(1 - np.minimum(cosine * cosine, 1)) / cosine
        weight = np.exp(-((tangent / spread) ** 2)).astype(np.float32)
        out[start : start + 512] = weight @ light / weight.sum(axis=1, keepdims=True)
    return _room(_finer(out.reshape(SOFT_TEXELS, SOFT_TEXELS, 3)), _SMOOTH_TEXELS)


def _finer(texels: Floats) -> Floats:
    """The same light without steps between texels: a pearl would show them."""
    at = np.clip((np.arange(_SMOOTH_TEXELS) + 0.5) * SOFT_TEXELS / _SMOOTH_TEXELS - 0.5, 0, SOFT_TEXELS - 1)
    low = np.minimum(at.astype(np.int32), SOFT_TEXELS - 2)
    way = (at - low).astype(np.float32)[:, None, None]
    rows = texels[low] * (1 - way) + texels[low + 1] * way
    columns = rows.transpose(1, 0, 2)
    return (columns[low] * (1 - way) + columns[low + 1] * way).transpose(1, 0, 2)
