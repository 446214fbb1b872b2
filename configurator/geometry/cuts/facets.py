"""A faceted convex solid as arrays: what every family of cuts hands to `gems`."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Polygons = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Facets:
    """A stone in its own frame (mm).

    `vertices` (n, 3) float64; `faces` (m, 3) intp triangles, counter-clockwise from outside; `facet_of_face` (m,) the
    facet each triangle belongs to. Facets 0 … `polished` - 1 are crown and pavilion (0 is the table), the rest girdle.
    """

    vertices: NDArray[np.float64]
    faces: NDArray[np.intp]
    facet_of_face: NDArray[np.intp]
    polished: int

    def planes(self) -> NDArray[np.float64]:
        """The facets as (k, 4) rows (n, d): the solid is where n·x <= d.

        Normals are summed over a facet's triangles, so a sliver beside a large triangle cannot spoil one.
        """
        a, b, c = (self.vertices[self.faces[:, i]] for i in range(3))
        normal = np.zeros((int(self.facet_of_face[-1]) + 1, 3))
        np.add.at(normal, self.facet_of_face, np.cross(b - a, c - a))
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        distance = np.full(len(normal), -np.inf)
        reach = (
            np.einsum(
                "ij,ij->i",
                normal[self.facet_of_face][:, None, :].repeat(3, 1).reshape(-1, 3),
                self.vertices[self.faces].reshape(-1, 3),
            )
            .reshape(-1, 3)
            .max(axis=1)
        )
        np.maximum.at(distance, self.facet_of_face, reach)
        return np.column_stack([normal, distance])

    def volume_mm3(self) -> float:
        """Signed volume by the divergence theorem."""
        a, b, c = (self.vertices[self.faces[:, i]] for i in range(3))
        return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6.0)


def fan(polygons: Polygons) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Triangles of convex polygons, and the polygon each came from."""
    faces = [(p[0], p[i], p[i + 1]) for p in polygons for i in range(1, len(p) - 1)]
    owner = [k for k, p in enumerate(polygons) for _ in range(len(p) - 2)]
    return np.array(faces, np.intp), np.array(owner, np.intp)


@lru_cache(maxsize=64)
def _zipped(steps: int, first: int, second: int) -> Polygons:
    return tuple((first + k, second + k, second + (k + 1) % steps, first + (k + 1) % steps) for k in range(steps))


def girdle_quads(steps: int, top: int, bottom: int) -> Polygons:
    """The upright faces between two rings of `steps` vertices, which begin at `top` and `bottom`."""
    return _zipped(steps, top, bottom)
