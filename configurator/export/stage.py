"""What a photograph is taken of: the piece as triangles that rays can hit, the ground under it, and the camera."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import NDArray

from configurator.export.looks import GemLook, MetalLook
from configurator.export.studio import Studio, studio
from configurator.geometry.piece import LETTERING, Dome, Mesh, Part, Pose, StoneSet

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

FOV_DEG = 26.0  # a portrait lens: a ring looks like a ring, not like a tunnel
_MARGIN = 1.09
# Directions from the piece to the eye; the same as the viewer's.
_FROM = {
    "three_quarter": (0.52, -0.95, 0.60),
    "top": (0.001, -0.16, 1.0),
    "above": (0.0, -0.001, 1.0),
    "front": (0.0, -1.0, 0.10),
    "side": (1.0, -0.06, 0.16),
    "back": (-0.24, 1.0, 0.10),
}
_POSED: dict[tuple[Pose, str], tuple[float, float, float]] = {
    ("hanging", "three_quarter"): (0.38, -1.0, 0.16),
    ("hanging", "front"): (0.0, -1.0, 0.02),
    ("lying", "three_quarter"): (0.30, -0.92, 0.80),
}
_GROUND_TEXELS = 64
_GROUND_RAYS = 96
_GROUND_BLURS = 6
_GROUND_REACH = 1.25  # how far the ground's shadow map goes beyond the piece, in sizes of the piece


@dataclass(frozen=True, eq=False, slots=True)
class Metal:
    """One part of metal; `first` is its first triangle of the stage."""

    look: MetalLook
    recessed: bool  # the floor of engraved letters


@dataclass(frozen=True, eq=False, slots=True)
class Stone:
    """One placed stone: its look, its planes (k, 4) or the smooth surface it has instead, and where it stands."""

    look: GemLook
    planes: Floats
    half_size_mm: Floats
    turn: Floats  # (3, 3), from the stone's frame to the ring's
    at_mm: Floats
    dome: Dome | None


@dataclass(frozen=True, eq=False, slots=True)
class Hits:
    """Where rays meet triangles: `triangle` (n,) is -1 for a miss; `way_mm` the distance; `u`, `v` barycentric."""

    triangle: Ints
    way_mm: Floats
    u: Floats
    v: Floats

    def take(self, rays: NDArray[Any]) -> "Hits":
        """Some of the hits."""
        return Hits(self.triangle[rays], self.way_mm[rays], self.u[rays], self.v[rays])


@dataclass(frozen=True, eq=False, slots=True)
class Patch:
    """The ground's shadow: `cover` (n, n) over a square from `low_mm`, `texel_mm` apart."""

    cover: Floats
    low_mm: Floats
    texel_mm: float

    def __call__(self, at_mm: Floats) -> Floats:
        """Shadow at points (n, 2) of the ground, smooth between texels, 0 outside."""
        size = self.cover.shape[0]
        p = (at_mm - self.low_mm) / self.texel_mm - 0.5
        inside = ((p > 0) & (p < size - 1)).all(axis=1)
        p = np.clip(p, 0, size - 1.001)
        i, j = p[:, 1].astype(np.int32), p[:, 0].astype(np.int32)
        fy, fx = p[:, 1] - i, p[:, 0] - j
        top = self.cover[i, j] * (1 - fx) + self.cover[i, j + 1] * fx
        bottom = self.cover[i + 1, j] * (1 - fx) + self.cover[i + 1, j + 1] * fx
        return np.where(inside, top * (1 - fy) + bottom * fy, 0).astype(np.float32)


class Stage:
    """A piece ready to be looked at.

    `owner` (triangles,) numbers the metals first, then the placed stones. `normals` (triangles, 3, 3) are the drawn
    normals at corners, `facing` (triangles, 3) the true ones.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        stones: Sequence[StoneSet],
        main: MetalLook,
        accent: MetalLook,
        gems: Mapping[str, GemLook],
        pose: Pose = "standing",
    ) -> None:
        self.studio: Studio = studio()
        self.metals = [
            Metal(accent if part.alloy == "accent" else main, part.name.startswith(LETTERING)) for part in parts
        ]
        self.stones: list[Stone] = []
        corners, normals, owner = [], [], []
        for number, part in enumerate(parts):
            drawn = part.whole
            corners.append(drawn.vertices_mm[drawn.faces])
            normals.append(drawn.normals[drawn.faces])
            owner.append(np.full(len(drawn.faces), number, np.int32))
        metal_triangles = sum(len(c) for c in corners)
        for alike in stones:
            for stone in _placed(alike, gems[alike.role]):
                turned, at = _moved(alike.mesh, stone)
                corners.append(at)
                normals.append(turned)
                owner.append(np.full(len(at), len(self.metals) + len(self.stones), np.int32))
                self.stones.append(stone)
        if not corners:
            raise ValueError("there is nothing to photograph: the piece has no metal and no stones")
        self.corners = np.ascontiguousarray(np.concatenate(corners), np.float32)
        self.normals = np.ascontiguousarray(np.concatenate(normals), np.float32)
        self.owner = np.concatenate(owner)
        self.facing = _facing(self.corners)
        self._all = _scene(self.corners)
        self._metal = _scene(self.corners[:metal_triangles]) if metal_triangles else None
        unframed = [number for number, part in enumerate(parts) if not part.framed]
        self.outline_mm: Floats = self.corners[~np.isin(self.owner, unframed)].reshape(-1, 3)
        self.pose = pose
        self.floor_mm = float(self.outline_mm[:, 2].min()) - 0.02

    def hit(self, origin: Floats, ways: Floats) -> Hits:
        """What rays meet first, metal or stone; `origin` is (3,) or (n, 3)."""
        return _cast(self._all, origin, ways)

    def hit_metal(self, origin: Floats, ways: Floats) -> Hits:
        """What metal rays meet first; stones are looked through."""
        if self._metal is None:
            none = np.full(len(ways), -1, np.int32)
            zero = np.zeros(len(ways), np.float32)
            return Hits(none, zero, zero, zero)
        return _cast(self._metal, origin, ways)

    def normal_at(self, hits: Hits) -> Floats:
        """Drawn (smoothed) normals at hits, unit."""
        n = self.normals[hits.triangle]
        mixed = n[:, 0] * (1 - hits.u - hits.v)[:, None] + n[:, 1] * hits.u[:, None] + n[:, 2] * hits.v[:, None]
        return unit(mixed)

    def ground_shadow(self) -> Patch:
        """The shadow that the piece throws on the ground under a wide sky."""
        low, high = self.outline_mm[:, :2].min(axis=0), self.outline_mm[:, :2].max(axis=0)
        size = float(max(high - low)) * (1 + 2 * _GROUND_REACH)
        corner = ((low + high) / 2 - size / 2).astype(np.float32)
        texel = size / _GROUND_TEXELS
        line = (np.arange(_GROUND_TEXELS, dtype=np.float32) + 0.5) * texel
        x, y = np.meshgrid(corner[0] + line, corner[1] + line)
        points = np.column_stack([x.ravel(), y.ravel(), np.full(x.size, self.floor_mm)]).astype(np.float32)
        # The same cosine-weighted sunflower of directions everywhere: smooth, and bands are blurred away.
        k = np.arange(_GROUND_RAYS) + 0.5
        r, turn = np.sqrt(k / _GROUND_RAYS), k * np.pi * (3 - np.sqrt(5))
        sky = np.column_stack([r * np.cos(turn), r * np.sin(turn), np.sqrt(1 - r * r)]).astype(np.float32)
        cover = np.zeros(len(points), np.float32)
        for way in sky:
            cover += self.hit(points, np.broadcast_to(way, points.shape)).triangle >= 0
        image: Floats = (cover / np.float32(_GROUND_RAYS)).reshape(_GROUND_TEXELS, _GROUND_TEXELS)
        for _ in range(_GROUND_BLURS):
            padded = np.pad(image, 1)
            near = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
            image = (near + 2 * image).astype(np.float32) / np.float32(6)
        return Patch(image, corner, texel)


@dataclass(frozen=True, eq=False, slots=True)
class Camera:
    """A pinhole camera."""

    eye_mm: Floats
    forward: Floats
    right: Floats
    up: Floats
    width_px: int
    height_px: int

    def ways(self, x: Floats, y: Floats) -> Floats:
        """Unit directions (n, 3) through points of the picture, in pixels from its upper left corner."""
        k = np.float32(2 * np.tan(np.radians(FOV_DEG / 2)) / self.height_px)
        across = (x - self.width_px / 2) * k
        down = (y - self.height_px / 2) * k
        return unit(self.forward + across[:, None] * self.right - down[:, None] * self.up)


def frame(outline_mm: Floats, view: str, width_px: int, height_px: int, pose: Pose = "standing") -> Camera:
    """A camera that looks from a named side and has all points in the picture."""
    back = unit(np.array(_POSED.get((pose, view), _FROM[view]), np.float32))
    right = unit(np.cross([0, 0, 1], back).astype(np.float32))
    up = np.cross(back, right).astype(np.float32)
    half_tan = np.tan(np.radians(FOV_DEG / 2))
    slopes = np.array([half_tan * width_px / height_px, half_tan]) / _MARGIN
    axes = np.stack([right, up])
    seen = outline_mm.astype(np.float64) @ np.column_stack([right, up, back])
    middle = (seen.min(axis=0) + seen.max(axis=0)) / 2
    distance = 0.0
    # Both the place to stand and the place to look at depend on perspective; a few rounds settle it.
    for _ in range(4):
        off, depth = seen[:, :2] - middle[:2], seen[:, 2] - middle[2]
        distance = float(np.max(np.abs(off) / slopes + depth[:, None]))
        projected = off / (distance - depth)[:, None]
        middle[:2] += (projected.min(axis=0) + projected.max(axis=0)) / 2 * distance
    target = middle[0] * axes[0] + middle[1] * axes[1] + middle[2] * back
    return Camera((target + distance * back).astype(np.float32), -back, right, up, width_px, height_px)


def unit(vectors: NDArray[Any]) -> Floats:
    """Vectors of length 1, along the last axis."""
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def _placed(stones: StoneSet, look: GemLook) -> list[Stone]:
    half = np.ptp(stones.mesh.vertices_mm, axis=0) / 2
    return [
        Stone(
            look,
            np.ascontiguousarray(stones.planes, np.float32),
            half,
            place[:3, :3].copy(),
            place[:3, 3].copy(),
            stones.dome,
        )
        for place in stones.placements
    ]


def _moved(mesh: Mesh, stone: Stone) -> tuple[Floats, Floats]:
    corners = mesh.vertices_mm[mesh.faces] @ stone.turn.T + stone.at_mm
    return mesh.normals[mesh.faces] @ stone.turn.T, corners


def _facing(corners: Floats) -> Floats:
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return (normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-20)).astype(np.float32)


def _scene(corners: Floats) -> Any:
    scene = EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(corners, np.float32))
    return scene


def _cast(scene: Any, origin: Floats, ways: Floats) -> Hits:
    starts = np.ascontiguousarray(np.broadcast_to(origin, ways.shape), np.float32)
    found = scene.run(starts, np.ascontiguousarray(ways, np.float32), output=1)
    return Hits(found["primID"], found["tfar"], found["u"], found["v"])
