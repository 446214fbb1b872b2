"""A body as a pure function of millimetres: the one way to make a pendant's plate, a bangle or an earring's drop.

`Shape(build_disc, (16.0, 1.2))` is hashable, and is built once for the preview and once finely to cast.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh, frozen_mesh
from configurator.geometry.solids import CREASE_DEG, arrays, joined

Floats = NDArray[np.float64]

_NORMAL_BITS = 10  # normals this alike, in each direction, are one
_TINY = float(np.finfo(float).tiny)

Number = float | int | str | bool | None
Parts = tuple[manifold3d.Manifold, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """`build(fine, *sizes)` gives the solid, or its parts, which are united to cast and drawn as they overlap.

    `skin_share` of its surface lies on the skin (the back of a pendant). Where the preview needs less than the casting,
    `draw(*sizes)` gives its mesh.
    """

    build: Callable[..., manifold3d.Manifold | Parts]
    sizes: tuple[Number | tuple[Number, ...], ...]
    skin_share: float = 0.0
    draw: Callable[..., Mesh] | None = None

    def mesh(self) -> Mesh:
        """The body as the preview draws it."""
        return _mesh(self)

    def solid(self) -> manifold3d.Manifold:
        """The solid, finely enough to cast."""
        return _built(self, True)

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        """All of it, roughly."""
        return _rough(self)

    def size(self) -> BodySize:
        """Measured on the fine solid."""
        return _size(self)


@lru_cache(maxsize=64)
def _parts(shape: Shape, fine: bool) -> Parts:
    built = shape.build(fine, *shape.sizes)
    return built if isinstance(built, tuple) else (built,)


@lru_cache(maxsize=64)
def _built(shape: Shape, fine: bool) -> manifold3d.Manifold:
    return manifold3d.Manifold.batch_boolean(_parts(shape, fine), manifold3d.OpType.Add)


@lru_cache(maxsize=64)
def _rough(shape: Shape) -> manifold3d.Manifold:
    return _built(shape, False).as_original()


@lru_cache(maxsize=64)
def _mesh(shape: Shape) -> Mesh:
    return shape.draw(*shape.sizes) if shape.draw else joined([creased(part) for part in _parts(shape, False)])


@lru_cache(maxsize=64)
def _size(shape: Shape) -> BodySize:
    solid = _built(shape, True)
    area = solid.surface_area()
    return BodySize(solid.volume(), area, shape.skin_share * area)


def creased(solid: manifold3d.Manifold, crease_deg: float = CREASE_DEG) -> Mesh:
    """Any solid as a mesh to draw: smooth, but for edges sharper than `crease_deg`.

    A corner's normal is the mean of the faces round it that lie on its own side of the creases, by area.
    """
    vertices, faces = arrays(solid)
    corners = vertices[faces]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(cross, axis=1, keepdims=True)
    face = cross / np.maximum(length, _TINY)
    at, owner = faces.ravel(), np.repeat(np.arange(len(faces)), 3)
    round_it = np.zeros_like(vertices)
    for axis in range(3):
        round_it[:, axis] = np.bincount(at, weights=cross[owner, axis], minlength=len(vertices))
    round_it /= np.maximum(np.linalg.norm(round_it, axis=1, keepdims=True), _TINY)
    placed = round_it[at]
    # No two faces lie across a crease where all of them lean from their mean by half of one at most.
    leans = np.einsum("ij,ij->i", face[owner], placed) < math.cos(math.radians(crease_deg / 2))
    edged = np.zeros(len(vertices), bool)
    edged[at[leans]] = True
    corner = np.flatnonzero(edged[at])
    placed[corner] = _beside_creases(at[corner], face[owner[corner]], cross[owner[corner]], crease_deg)
    # Vertex and rounded normal in one number, of which numpy finds the different ones far faster than of rows.
    steps = np.rint((placed + 1) * 2**_NORMAL_BITS).astype(np.int64)
    key = at.astype(np.int64)
    for axis in range(3):
        key = (key << (_NORMAL_BITS + 2)) | steps[:, axis]
    _, first, index = np.unique(key, return_index=True, return_inverse=True)
    return frozen_mesh(vertices[at[first]], placed[first], index.reshape(-1, 3))


def _beside_creases(at: NDArray[np.integer], face: Floats, cross: Floats, crease_deg: float) -> Floats:
    """Normals (n, 3) of corners at vertices `at` (n,), whose faces have these normals and cross products (n, 3)."""
    order = np.argsort(at, kind="stable")  # the corners of one vertex side by side
    vertex, face, cross = at[order], face[order], cross[order]
    begins = np.flatnonzero(np.append(True, vertex[1:] != vertex[:-1])[: len(vertex)])
    count = np.diff(np.append(begins, len(vertex)))
    start, count = np.repeat(begins, count), np.repeat(count, count)  # of each corner's vertex
    own = np.repeat(np.arange(len(order)), count)
    other = start[own] + np.arange(len(own)) - np.repeat(np.cumsum(count) - count, count)
    near = np.einsum("ij,ij->i", face[own], face[other]) > math.cos(math.radians(crease_deg))
    normals = np.zeros((len(order), 3))
    for axis in range(3):
        normals[:, axis] = np.bincount(own[near], weights=cross[other[near], axis], minlength=len(order))
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), _TINY)
    placed = np.empty_like(normals)
    placed[order] = normals
    return placed
