"""Photographs of a piece without a graphics card: rays by numpy and embree, paths inside stones followed exactly.

The look is the viewer's (ui/viewer): the same tent of lights, Fresnel metal that mirrors itself, stones traced facet by
facet with their own dispersion and absorption, Khronos' neutral tone curve. Pictures are the same for equal arguments;
nothing is kept between calls but the light tables, so any number of threads may render.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from configurator.export.brilliance import stone_light
from configurator.export.looks import GemLook, MetalLook, linear_rgb
from configurator.export.stage import Camera, Stage, frame
from configurator.export.studio import smoothstep
from configurator.export.surfaces import metal_light, opaque_light
from configurator.geometry.piece import Part, Piece, Pose, StoneSet

Floats = NDArray[np.float32]
View = Literal["three_quarter", "top", "above", "front", "side", "back"]

PAPER = "#f3f1ee"
RAYS_AT_ONCE = 32_768  # bounds memory to some tens of MB whatever the size of the picture, and keeps arrays in cache
_EXPOSURE = 1.10
_BLOOM = 0.085
_BLOOM_FROM = 1.6
_SHADOW_FADE = 0.14  # of the picture's side: where a shadow has faded out towards the edge
_SHADOW = 0.55  # of the light that falls on the ground, at full cover


def render_still(
    piece: Piece,
    metal: MetalLook,
    gems: Mapping[str, GemLook],
    width_px: int = 960,
    height_px: int = 720,
    samples: int = 9,
    view: View = "three_quarter",
    background: str | None = PAPER,
    accent: MetalLook | None = None,
    format: Literal["PNG", "WEBP"] = "PNG",
) -> bytes:
    """A picture of a piece as the bytes of a file.

    `gems` has a look for every role of stones; `accent` is the second alloy, None for the same. `samples` per pixel is
    made a square number. `background` is a `#RRGGBB` colour, None for a transparent picture (with its shadow).
    Raises `KeyError` for a role without a look.
    """
    return photograph(
        piece.parts,
        piece.stones,
        metal,
        gems,
        width_px,
        height_px,
        samples,
        view,
        background,
        accent,
        format,
        piece.pose,
    )


def photograph(
    parts: Sequence[Part],
    stones: Sequence[StoneSet],
    metal: MetalLook,
    gems: Mapping[str, GemLook],
    width_px: int,
    height_px: int,
    samples: int,
    view: View,
    background: str | None,
    accent: MetalLook | None = None,
    format: Literal["PNG", "WEBP"] = "PNG",
    pose: Pose = "standing",
) -> bytes:
    """A picture of any parts and stones; see `render_still`. Raises `ValueError` when there are neither."""
    stage = Stage(parts, stones, metal, accent or metal, gems, pose)
    camera = frame(stage.outline_mm, view, width_px, height_px, pose)
    light, cover = _expose(stage, camera, max(1, round(samples**0.5)))
    # The ground is far below, and its shadow only a smudge; or there is none.
    no_ground = view in ("top", "above") or pose == "hanging"
    shadow = np.zeros_like(cover) if no_ground else _shadow(stage, camera)
    return _print(_develop(light, cover, shadow, background), format)


def _expose(stage: Stage, camera: Camera, side: int) -> tuple[Floats, Floats]:
    """Light (h, w, 3), premultiplied, and how much of each pixel the piece covers (h, w)."""
    height, width = camera.height_px, camera.width_px
    light = np.zeros((height * width, 3), np.float32)
    cover = np.zeros(height * width, np.float32)
    touched = np.flatnonzero(_touched(stage, camera))
    if not len(touched):
        return light.reshape(height, width, 3), cover.reshape(height, width)
    dice = np.random.default_rng(len(touched))
    step = max(1, RAYS_AT_ONCE // side**2)
    for start in range(0, len(touched), step):
        pixels = touched[start : start + step]
        cell = np.arange(side**2)
        dx = (cell % side + dice.random((len(pixels), side**2), np.float32)) / side
        dy = (cell // side + dice.random((len(pixels), side**2), np.float32)) / side
        x = (pixels % width)[:, None] + dx
        y = (pixels // width)[:, None] + dy
        ways = camera.ways(x.ravel().astype(np.float32), y.ravel().astype(np.float32))
        seen, hit = _look(stage, camera.eye_mm, ways, dice)
        light[pixels] = seen.reshape(len(pixels), -1, 3).mean(axis=1)
        cover[pixels] = hit.reshape(len(pixels), -1).mean(axis=1)
    return light.reshape(height, width, 3), cover.reshape(height, width)


def _touched(stage: Stage, camera: Camera) -> NDArray[np.bool_]:
    """Pixels that the piece may cover: those it hits in the middle, and their neighbours."""
    height, width = camera.height_px, camera.width_px
    hit = np.zeros((height, width), bool)
    for rows in _bands(height, width):
        y, x = np.mgrid[rows, 0:width].astype(np.float32)
        ways = camera.ways(x.ravel() + np.float32(0.5), y.ravel() + np.float32(0.5))
        hit[rows] = (stage.hit(camera.eye_mm, ways).triangle >= 0).reshape(-1, width)
    grown = hit.copy()
    for axis in (0, 1):
        for way in (1, -1):
            grown |= np.roll(hit, way, axis)
    wide = grown.copy()
    for axis in (0, 1):
        for way in (1, -1):
            wide |= np.roll(grown, way, axis)
    flat: NDArray[np.bool_] = wide.ravel()
    return flat


def _bands(height: int, width: int) -> Iterator[slice]:
    rows = max(1, RAYS_AT_ONCE // width)
    for start in range(0, height, rows):
        yield slice(start, min(height, start + rows))


def _look(stage: Stage, eye: Floats, ways: Floats, dice: np.random.Generator) -> tuple[Floats, NDArray[np.bool_]]:
    """Light along rays from the eye, and which of them meet the piece."""
    hit = stage.hit(eye, ways)
    light = np.zeros((len(ways), 3), np.float32)
    met = hit.triangle >= 0
    owner = np.where(met, stage.owner[hit.triangle], -1)
    for number, part in enumerate(stage.metals):
        rays = np.flatnonzero(owner == number)
        if len(rays):
            light[rays] = metal_light(stage, part, hit.take(rays), ways[rays], eye, dice)
    for number, stone in enumerate(stage.stones, start=len(stage.metals)):
        rays = np.flatnonzero(owner == number)
        if len(rays):
            at = eye + ways[rays] * hit.way_mm[rays, None]
            if stone.look.opaque:
                light[rays] = opaque_light(stage, stone, hit.triangle[rays], at, ways[rays])
            else:
                light[rays] = stone_light(stage, stone, hit.triangle[rays], at, ways[rays], eye)
    return light, met


def _shadow(stage: Stage, camera: Camera) -> Floats:
    """How much of the sky the piece hides from the ground in each pixel (h, w), 0 … 1."""
    height, width = camera.height_px, camera.width_px
    out = np.zeros(height * width, np.float32)
    patch = stage.ground_shadow()
    for rows in _bands(height, width):
        y, x = np.mgrid[rows, 0:width].astype(np.float32)
        ways = camera.ways(x.ravel() + np.float32(0.5), y.ravel() + np.float32(0.5))
        down = ways[:, 2] < -1e-3
        reach = np.where(down, (stage.floor_mm - camera.eye_mm[2]) / np.where(down, ways[:, 2], 1), 0)
        at = camera.eye_mm + ways * reach[:, None]
        out[rows.start * width : rows.stop * width] = np.where(down, patch(at[:, :2]), 0)
    # A shadow that reached the edge would draw the picture's frame on the page.
    fade = [smoothstep(0, _SHADOW_FADE, _from_edge(size)) for size in (height, width)]
    return np.asarray(out.reshape(height, width) * fade[0][:, None] * fade[1], dtype=np.float32)


def _from_edge(size: int) -> Floats:
    """Distance of each pixel of a row from its nearer end, as a share of the row."""
    at = (np.arange(size, dtype=np.float32) + np.float32(0.5)) / np.float32(size)
    return np.minimum(at, 1 - at)


def _develop(light: Floats, cover: Floats, shadow: Floats, background: str | None) -> NDArray[np.uint8]:
    """From light to a picture: bloom, tone, ground."""
    bloom = _BLOOM * _glow(light)
    solid = cover[..., None]
    piece = _encoded(_neutral(_EXPOSURE * light / np.maximum(solid, 1e-3) + bloom))
    height, width = cover.shape
    if background is None:
        alpha = cover + (1 - cover) * _SHADOW * shadow
        ink = piece * solid / np.maximum(alpha[..., None], 1e-4)
        picture = np.concatenate([ink, alpha[..., None]], axis=2)
    else:
        page = _encoded(np.array(linear_rgb(background), np.float32))
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        scale = np.float32(min(width, height) / 2)
        far = np.hypot((x - width / 2) / scale, (y - height * 0.47) / scale)
        pool = (1 - smoothstep(0.0, 1.5, far))[..., None]
        ground = (page + 0.5 * pool * (1 - page)) * (1 - _SHADOW * shadow[..., None])
        picture = (ground + 0.5 * bloom) * (1 - solid) + piece * solid
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def _glow(light: Floats) -> Floats:
    """What the lens spreads of lights too bright for the picture: a blur of the excess, in two widths."""
    excess = np.clip(light - _BLOOM_FROM, 0, 8)
    spread = max(1, round(light.shape[1] / 300))
    near = _blur(excess, spread)
    return (near + _blur(near, 3 * spread)) * np.float32(1.5)


def _blur(image: Floats, radius: int) -> Floats:
    """Two box blurs each way, near enough a bell."""
    for _ in range(2):
        for axis in (0, 1):
            pad = [(radius + 1, radius) if a == axis else (0, 0) for a in range(3)]
            total = np.cumsum(np.pad(image, pad), axis=axis, dtype=np.float64)
            ahead = np.take(total, range(2 * radius + 1, total.shape[axis]), axis=axis)
            behind = np.take(total, range(total.shape[axis] - 2 * radius - 1), axis=axis)
            image = ((ahead - behind) / (2 * radius + 1)).astype(np.float32)
    return image


def _neutral(colour: Floats) -> Floats:
    """Khronos PBR Neutral: colours below the shoulder are left as they are, so an alloy keeps its hue."""
    shoulder, fade = 0.76, 0.15
    low = colour.min(axis=-1, keepdims=True)
    colour = colour - np.where(low < 0.08, low - 6.25 * low * low, 0.04)
    peak = colour.max(axis=-1, keepdims=True)
    room = 1 - shoulder
    squeezed = 1 - room * room / np.maximum(peak + room - shoulder, 1e-6)
    bright = colour * squeezed / np.maximum(peak, 1e-6)
    bright = squeezed + (bright - squeezed) / (fade * (peak - squeezed) + 1)
    return np.clip(np.where(peak < shoulder, colour, bright), 0, 1).astype(np.float32)


def _encoded(linear: Floats) -> Floats:
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055)


def _print(picture: NDArray[np.uint8], format: str) -> bytes:
    out = io.BytesIO()
    options = {"optimize": True} if format == "PNG" else {"quality": 88, "method": 5}
    Image.fromarray(picture).save(out, format, **options)
    return out.getvalue()
