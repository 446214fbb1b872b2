"""The piece as Wavefront OBJ in millimetres, z up, for CAD and render programs; its materials are in the MTL beside it.

To cast: one object for each alloy. To show: every part and every stone an object, with its normals.
"""

import numpy as np
from numpy.typing import NDArray

from configurator.export.order import Order
from configurator.export.paints import metal_paint

SUFFIX = "obj"
LABEL = "Mesh for CAD and render programs (mm), with its MTL"
PURPOSES = ("presentation", "casting")
BESIDE = "mtl"


def write(order: Order) -> bytes:
    """The text. Raises `InvalidDesign` when it is to be cast and a check says that it cannot be."""
    text = _Objects(order.file_name(BESIDE))
    if order.purpose == "casting":
        for said in order.remarks():
            text.lines.insert(0, f"# {said}")
        for body in order.bodies():
            text.add(body.alloy, order.metal(body.alloy).id, body.vertices_mm, body.faces)
        return text.encoded()
    for name, part in order.parts():
        mesh = part.whole
        text.add(name, metal_paint(order, part).name, mesh.vertices_mm, mesh.faces, mesh.normals)
    for stones in order.piece.stones:
        mesh, gem = stones.mesh, order.gem(stones.role).id
        for number, place in enumerate(stones.placements, start=1):
            turn, at = place[:3, :3], place[:3, 3]
            text.add(f"{stones.role} {number}", gem, mesh.vertices_mm @ turn.T + at, mesh.faces, mesh.normals @ turn.T)
    return text.encoded()


class _Objects:
    """The lines of the file; corners are counted through all objects, from 1."""

    def __init__(self, materials: str) -> None:
        self.lines = [f"mtllib {materials}"]
        self._corners = 0
        self._normals = 0

    def add(
        self,
        name: str,
        material: str,
        vertices: NDArray[np.floating],
        faces: NDArray[np.uint32],
        normals: NDArray[np.float32] | None = None,
    ) -> None:
        self.lines += [f"o {word(name)}", f"usemtl {word(material)}"]
        self.lines += _rows("v %.9g %.9g %.9g", vertices)
        corners = faces.astype(np.int64) + 1 + self._corners
        self._corners += len(vertices)
        if normals is None:
            self.lines += _rows("f %d %d %d", corners)
            return
        self.lines += _rows("vn %.4f %.4f %.4f", normals)
        facing = faces.astype(np.int64) + 1 + self._normals
        self._normals += len(normals)
        both = np.stack([corners, facing], axis=2).reshape(-1, 6)
        self.lines += _rows("f %d//%d %d//%d %d//%d", both)

    def encoded(self) -> bytes:
        return "\n".join([*self.lines, ""]).encode("ascii")


def word(name: str) -> str:
    """A name that readers do not break at its spaces."""
    return name.replace(" ", "_")


def _rows(pattern: str, table: NDArray[np.generic]) -> list[str]:
    # One format for the whole table is ten times quicker than one for each row.
    return ["\n".join([pattern] * len(table)) % tuple(table.ravel().tolist())] if len(table) else []
