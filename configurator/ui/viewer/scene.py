"""A piece as the browser fetches it: one small binary, read by js/scene.js.

    bytes 0-3   b"KSC1"
    bytes 4-7   length of the header, little-endian uint32
    then        the header, UTF-8 JSON, padded with spaces so that what follows is aligned to 4 bytes
    then        the arrays; every offset in the header counts from here and is a multiple of 4

The header names each metal part (positions as uint16 steps within the part's own box, octahedral int16 normals,
indices) and each role of stones (facet planes, the facets' triangles, and where the stones sit). A browser draws the
metal from the meshes and traces the stones through their planes, or through the `dome` of a smooth one: half axes of
its ellipsoid, heights of its middle and of its base, and 1 if it is whole. No colour is in here: metals and gems change
without.
"""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.geometry.piece import BASE, Dome, Mesh, Part, Piece, StoneSet

MAGIC = b"KSC1"
MAX_PLANES = 128  # what a phone's shader takes as uniforms and traces in time; js/gem.js has the same number

_POSITION_STEPS = 2**16 - 1
_NORMAL_STEPS = 2**15 - 1
_SHORT_INDEX = 2**16  # more vertices than this need 32-bit indices


def pack_scene(piece: Piece) -> bytes:
    """Packs what the viewer draws; the same piece always gives the same bytes."""
    arrays = _Arrays()
    low, high, radius = _bounds(piece)
    header = {
        "center": _short((low + high) / 2),
        "radius": round(radius, 3),
        "pose": piece.pose,
        "floor": None if piece.pose == "hanging" else round(float(low[2]), 3),
        "reach": round(_reach(piece, (low + high) / 2), 3),
        "bore": piece.bore_mm,
        "parts": [
            {
                "name": part.name,
                "alloy": part.alloy,
                "finish": part.finished,
                **_mesh(part.mesh, arrays),
                **_places(part, arrays),
            }
            for part in piece.parts
            if len(part.mesh.faces)
        ],
        "stones": [_stones(stones, arrays) for stones in piece.stones if len(stones.placements)],
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return b"".join((MAGIC, len(text).to_bytes(4, "little"), text, *arrays.chunks))


class _Arrays:
    """The arrays behind the header, each starting at a multiple of 4 bytes."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self._end = 0

    def add(self, array: NDArray[Any]) -> int:
        """Appends the array; returns its offset."""
        start, raw = self._end, array.tobytes()
        self.chunks.append(raw + b"\0" * (-len(raw) % 4))
        self._end += len(self.chunks[-1])
        return start


def _mesh(mesh: Mesh, arrays: _Arrays) -> dict[str, object]:
    low = mesh.vertices_mm.min(axis=0).astype(np.float64)
    step = np.maximum(mesh.vertices_mm.max(axis=0) - low, 1e-6) / _POSITION_STEPS
    short = len(mesh.vertices_mm) <= _SHORT_INDEX
    return {
        "vertices": len(mesh.vertices_mm),
        "triangles": len(mesh.faces),
        "low": [float(x) for x in low],
        "step": [float(x) for x in step],
        "positions": arrays.add(np.rint((mesh.vertices_mm - low) / step).astype("<u2")),
        "normals": arrays.add(octahedral(mesh.normals)),
        "indices": arrays.add(mesh.faces.astype("<u2" if short else "<u4")),
    }


def _places(part: Part, arrays: _Arrays) -> dict[str, object]:
    if part.placements is None:
        return {}
    return {"count": len(part.placements), "placements": arrays.add(_matrices(part.placements))}


def _matrices(placements: NDArray[np.floating]) -> NDArray[np.float32]:
    """Transforms (k, 4, 4) column by column, as WebGL wants them."""
    return np.ascontiguousarray(placements.transpose(0, 2, 1)).astype("<f4")


def _stones(stones: StoneSet, arrays: _Arrays) -> dict[str, object]:
    planes, corners, facets = _facets(stones)
    kept = _largest_facets(planes, corners, facets)
    renumbered = np.full(len(planes), 0, dtype=np.uint8)
    renumbered[kept] = np.arange(len(kept))
    drawn = np.isin(facets, kept)
    return {
        "role": stones.role,
        "cut": stones.cut,
        "dome": _dome(stones.dome),
        "count": len(stones.placements),
        "planes": len(kept),
        "triangles": int(drawn.sum()),
        "plane_data": arrays.add(np.ascontiguousarray(planes[kept]).astype("<f4")),
        "corners": arrays.add(np.ascontiguousarray(corners[drawn]).astype("<f4")),
        "facets": arrays.add(renumbered[facets[drawn]]),
        "placements": arrays.add(_matrices(stones.placements)),
    }


def _dome(dome: Dome | None) -> list[float] | None:
    if dome is None:
        return None
    return [*_short(np.array([*dome.half_axes_mm, dome.centre_z_mm, dome.base_z_mm])), float(dome.whole)]


def _facets(stones: StoneSet) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.intp]]:
    """The facet planes, triangles (t, 3, 3) mm, and the plane each lies on; slivers are dropped.

    A smooth stone has two: one for all that is curved, whose normal says nothing, and its base.
    """
    corners = stones.mesh.vertices_mm[stones.mesh.faces].astype(np.float64)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1)
    whole = lengths > 1e-9
    corners, normals = corners[whole], normals[whole] / lengths[whole, None]
    if stones.dome is not None:
        on_base = (normals[:, 2] < BASE) & (not stones.dome.whole)
        two = np.array([[0, 0, 1, corners[..., 2].max()], [0, 0, -1, -corners[..., 2].min()]], np.float32)
        return two, corners, on_base.astype(np.intp)
    # Nearest plane by direction and by distance: parallel facets (crown and pavilion of a thin girdle) differ by both.
    planes = stones.planes.astype(np.float64)
    distance = np.einsum("tk,pk->tp", corners.mean(axis=1), planes[:, :3]) - planes[:, 3]
    return stones.planes, corners, (normals @ planes[:, :3].T - np.abs(distance)).argmax(axis=1)


def _largest_facets(
    planes: NDArray[np.float32], corners: NDArray[np.float64], facets: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The planes that bound something, in their own order; the smallest are left out beyond `MAX_PLANES`."""
    areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    by_plane = np.bincount(facets, weights=areas, minlength=len(planes))
    by_size = np.argsort(-by_plane, kind="stable")[:MAX_PLANES]
    return np.sort(by_size[by_plane[by_size] > 0])


def octahedral(normals: NDArray[np.float32]) -> NDArray[np.int16]:
    """Unit vectors (n, 3) folded onto the square of an octahedron, (n, 2) int16; wrong by less than 0.01 degrees."""
    n = normals.astype(np.float64)
    length = np.abs(n).sum(axis=1, keepdims=True)
    n = np.divide(n, length, out=np.tile([0.0, 0.0, 1.0], (len(n), 1)), where=length > 0)
    folded = (1 - np.abs(n[:, 1::-1])) * np.where(n[:, :2] >= 0, 1.0, -1.0)
    square = np.where(n[:, 2:] < 0, folded, n[:, :2])
    return np.rint(square * _NORMAL_STEPS).astype("<i2")


def _bounds(piece: Piece) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Lowest and highest corner of what the picture frames, mm, and the radius of the sphere about its middle."""
    framed = [part.whole for part in piece.parts if part.framed and len(part.mesh.vertices_mm)]
    clouds = [mesh.vertices_mm.astype(np.float64) for mesh in framed]
    for stones in piece.stones:
        own = stones.mesh.vertices_mm.astype(np.float64)
        for placement in stones.placements.astype(np.float64):
            clouds.append(own @ placement[:3, :3].T + placement[:3, 3])
    points = np.concatenate(clouds) if clouds else np.zeros((1, 3))
    low, high = points.min(axis=0), points.max(axis=0)
    radius = float(np.linalg.norm(points - (low + high) / 2, axis=1).max())
    return low, high, max(radius, 1.0)


def _reach(piece: Piece, middle: NDArray[np.float64]) -> float:
    """How far from the middle anything drawn lies: a chain runs out of the picture."""
    farthest = 0.0
    for part in piece.parts:
        own = np.linalg.norm(part.mesh.vertices_mm, axis=1).max(initial=0.0)
        if part.placements is None:
            farthest = max(farthest, np.linalg.norm(part.mesh.vertices_mm - middle, axis=1).max(initial=0.0))
        else:
            farthest = max(farthest, own + np.linalg.norm(part.placements[:, :3, 3] - middle, axis=1).max(initial=0.0))
    return float(farthest)


def _short(point: NDArray[np.float64]) -> list[float]:
    return [round(float(x), 3) for x in point]
