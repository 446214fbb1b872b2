"""The piece as binary glTF 2.0, for augmented reality, web pages and any 3D program: metres, Y up.

Metal is glTF's own metallic material in the alloy's colour; a stone is glass by the Khronos extensions (transmission,
index of refraction, volume with the colour it absorbs, dispersion). Stones of one role share one mesh and are placed by
nodes, which every viewer understands.
"""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.export.looks import GemLook, gem_look
from configurator.export.order import Order
from configurator.export.paints import OPAQUE_ROUGHNESS, MetalPaint, metal_paint
from configurator.geometry.piece import Mesh, StoneSet

SUFFIX = "glb"
LABEL = "3D model for augmented reality and the web"
PURPOSES = ("presentation",)

_METRES_PER_MM = 1e-3
_TO_Y_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])  # ours has the finger along y and z up

_FLOAT, _SHORT, _INT = 5126, 5123, 5125  # glTF's component types
_VERTICES, _INDICES = 34962, 34963  # and what a buffer view is for
_SHORT_LIMIT = 2**16 - 1  # the largest index is reserved

# Fraunhofer's lines, µm: gemmology quotes dispersion from B to G; glTF wants Abbe's number, from F and C at d.
_B, _G, _F, _C = 0.6867, 0.4308, 0.4861, 0.6563
_ABBE_SCALE = 20.0  # KHR_materials_dispersion stores 20 / Abbe's number


def write(order: Order) -> bytes:
    """The model: metal parts as the preview draws them, and every stone."""
    scene = _Scene()
    for name, part in order.parts():
        mesh = scene.mesh(part.mesh, _metal(metal_paint(order, part)))
        if part.placements is None:
            scene.add(name, mesh)
            continue
        for number, placement in enumerate(part.placements, start=1):
            scene.add(f"{name} link {number}", mesh, placement)
    for stones in order.piece.stones:
        look, gem = gem_look(order.gem(stones.role)), order.gem(stones.role)
        cut = scene.mesh(stones.mesh, _gem(look, gem.id, stones))
        for number, placement in enumerate(stones.placements, start=1):
            scene.add(f"{stones.role} {number}", cut, placement)
    return scene.packed(order.design.style)


def _metal(paint: MetalPaint) -> dict[str, Any]:
    return {
        "name": paint.name,
        "pbrMetallicRoughness": {
            "baseColorFactor": [*_rounded(np.array(paint.colour)), 1.0],
            "metallicFactor": 1.0,
            "roughnessFactor": paint.roughness,
        },
    }


def _gem(look: GemLook, name: str, stones: StoneSet) -> dict[str, Any]:
    if look.opaque:
        surface = {
            "baseColorFactor": [*_rounded(np.array(look.body)), 1.0],
            "metallicFactor": 0.0,
            "roughnessFactor": OPAQUE_ROUGHNESS,
        }
        extensions: dict[str, Any] = {"KHR_materials_ior": {"ior": look.refractive_index}}
        return {"name": name, "pbrMetallicRoughness": surface, "extensions": extensions}
    depth_mm = float(np.ptp(stones.mesh.vertices_mm[:, 2]))
    volume: dict[str, Any] = {"thicknessFactor": depth_mm * _METRES_PER_MM}
    absorption = np.array(look.absorption_per_mm)
    if absorption.max() > 0:
        reach_mm = 1 / absorption.max()
        volume["attenuationDistance"] = reach_mm * _METRES_PER_MM
        volume["attenuationColor"] = _rounded(np.exp(-absorption * reach_mm))
    return {
        "name": name,
        "pbrMetallicRoughness": {"baseColorFactor": [1.0] * 4, "metallicFactor": 0.0, "roughnessFactor": 0.0},
        "extensions": {
            "KHR_materials_transmission": {"transmissionFactor": 1.0},
            "KHR_materials_ior": {"ior": look.refractive_index},
            "KHR_materials_volume": volume,
            "KHR_materials_dispersion": {"dispersion": _dispersion(look)},
        },
    }


def _dispersion(look: GemLook) -> float:
    """glTF's measure of fire from gemmology's, by Cauchy's law between the lines."""
    slope = look.dispersion / (_G**-2 - _B**-2)
    return _ABBE_SCALE * slope * (_F**-2 - _C**-2) / (look.refractive_index - 1)


class _Scene:
    """The JSON of a glTF file and the arrays behind it."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._end = 0
        self._views: list[dict[str, Any]] = []
        self._accessors: list[dict[str, Any]] = []
        self._materials: list[dict[str, Any]] = []
        self._meshes: list[dict[str, Any]] = []
        self._nodes: list[dict[str, Any]] = []

    def mesh(self, mesh: Mesh, material: dict[str, Any]) -> int:
        """Adds a mesh in its material; returns its number."""
        positions = (mesh.vertices_mm.astype(np.float64) @ _TO_Y_UP.T * _METRES_PER_MM).astype("<f4")
        normals = mesh.normals.astype(np.float64) @ _TO_Y_UP.T
        normals = (normals / np.linalg.norm(normals, axis=1, keepdims=True)).astype("<f4")
        short = len(positions) <= _SHORT_LIMIT
        faces = mesh.faces.astype("<u2" if short else "<u4")
        bounds = {"min": positions.min(axis=0).tolist(), "max": positions.max(axis=0).tolist()}
        primitive = {
            "attributes": {
                "POSITION": self._array(positions, len(positions), "VEC3", _FLOAT, _VERTICES, **bounds),
                "NORMAL": self._array(normals, len(normals), "VEC3", _FLOAT, _VERTICES),
            },
            "indices": self._array(faces, faces.size, "SCALAR", _SHORT if short else _INT, _INDICES),
            "material": len(self._materials),
        }
        self._materials.append(material)
        self._meshes.append({"name": material["name"], "primitives": [primitive]})
        return len(self._meshes) - 1

    def add(self, name: str, mesh: int, placement: NDArray[np.float32] | None = None) -> None:
        """Places a mesh in the scene, by a rigid transform (4, 4) of the ring's frame in mm."""
        node: dict[str, Any] = {"name": name, "mesh": mesh}
        if placement is not None:
            matrix = np.eye(4)
            matrix[:3, :3] = _TO_Y_UP @ placement[:3, :3] @ _TO_Y_UP.T
            matrix[:3, 3] = _TO_Y_UP @ placement[:3, 3] * _METRES_PER_MM
            node["matrix"] = [round(float(x), 9) for x in matrix.T.ravel()]  # column by column
        self._nodes.append(node)

    def packed(self, name: str) -> bytes:
        """The file."""
        used = sorted({extension for material in self._materials for extension in material.get("extensions", {})})
        tree: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": "Keepsake"},
            "scene": 0,
            "scenes": [{"name": name, "nodes": list(range(len(self._nodes)))}],
            "nodes": self._nodes,
            "meshes": self._meshes,
            "materials": self._materials,
            "accessors": self._accessors,
            "bufferViews": self._views,
            "buffers": [{"byteLength": self._end}],
        }
        if used:
            tree["extensionsUsed"] = used
        text = json.dumps(tree, separators=(",", ":"), allow_nan=False).encode()
        text += b" " * (-len(text) % 4)
        body = _chunk(b"JSON", text) + _chunk(b"BIN\0", b"".join(self._chunks))
        return b"glTF" + (2).to_bytes(4, "little") + (12 + len(body)).to_bytes(4, "little") + body

    def _array(
        self, array: NDArray[Any], count: int, kind: str, component: int, target: int, **bounds: list[float]
    ) -> int:
        raw = np.ascontiguousarray(array).tobytes()
        self._views.append({"buffer": 0, "byteOffset": self._end, "byteLength": len(raw), "target": target})
        view = len(self._views) - 1
        self._accessors.append({"bufferView": view, "componentType": component, "count": count, "type": kind, **bounds})
        self._chunks.append(raw + b"\0" * (-len(raw) % 4))
        self._end += len(self._chunks[-1])
        return len(self._accessors) - 1


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "little") + kind + data


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [round(float(x), 6) for x in values]
