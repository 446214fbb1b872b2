"""A body as a pure function of millimetres: the one way to make a pendant's plate, a bangle or an earring's drop.

`Shape(build_disc, (16.0, 1.2))` is hashable, and is built once for the preview and once finely to cast.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np

from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh, frozen_mesh
from configurator.geometry.solids import CREASE_DEG, arrays

_NORMAL_BITS = 10  # normals this alike, in each direction, are one

Number = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Shape:
    """`build(fine, *sizes)` gives the solid; `skin_share` of its surface lies on the skin (the back of a pendant)."""

    build: Callable[..., manifold3d.Manifold]
    sizes: tuple[Number | tuple[Number, ...], ...]
    skin_share: float = 0.0

    def mesh(self) -> Mesh:
        """The solid as the preview draws it."""
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
def _built(shape: Shape, fine: bool) -> manifold3d.Manifold:
    return shape.build(fine, *shape.sizes)


@lru_cache(maxsize=64)
def _rough(shape: Shape) -> manifold3d.Manifold:
    return _built(shape, False).as_original()


@lru_cache(maxsize=64)
def _mesh(shape: Shape) -> Mesh:
    return creased(_built(shape, False))


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
    face = cross / np.maximum(length, np.finfo(float).tiny)
    at = faces.ravel()
    order = np.argsort(at, kind="stable")  # the corners of one vertex side by side
    owner = np.repeat(np.arange(len(faces)), 3)[order]
    start = np.searchsorted(at[order], np.arange(len(vertices) + 1))
    count = np.diff(start)
    # Pairs of corners at one vertex.
    own = np.repeat(np.arange(len(order)), count[at[order]])
    offset = np.arange(len(own)) - np.repeat(np.cumsum(count[at[order]]) - count[at[order]], count[at[order]])
    other = start[at[order]][own] + offset
    near = np.einsum("ij,ij->i", face[owner[own]], face[owner[other]]) > math.cos(math.radians(crease_deg))
    normals = np.zeros((len(order), 3))
    for axis in range(3):
        normals[:, axis] = np.bincount(own[near], weights=cross[owner[other[near]], axis], minlength=len(order))
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), np.finfo(float).tiny)
    placed = np.empty_like(normals)
    placed[order] = normals
    # Vertex and rounded normal in one number, of which numpy finds the different ones far faster than of rows.
    steps = np.rint((placed + 1) * 2**_NORMAL_BITS).astype(np.int64)
    key = at.astype(np.int64)
    for axis in range(3):
        key = (key << (_NORMAL_BITS + 2)) | steps[:, axis]
    _, first, index = np.unique(key, return_index=True, return_inverse=True)
    return frozen_mesh(vertices[at[first]], placed[first], index.reshape(-1, 3))
