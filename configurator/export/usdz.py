"""The piece as USDZ, which iPhones and iPads show on a table or a hand without an app: centimetres, Y up, no textures.

Centimetres because some readers take them for granted whatever the file says. Surfaces are USD's preview surface, which
cannot bend light: a stone shows its tint, its gloss and its facets.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.export.looks import GemLook, gem_look
from configurator.export.order import Order
from configurator.export.paints import OPAQUE_ROUGHNESS, MetalPaint, metal_paint, opacity
from configurator.geometry.piece import Mesh

SUFFIX = "usdz"
LABEL = "3D model for Apple Quick Look"
PURPOSES = ("presentation",)
NEEDS = ("usd-core", "add it with: .venv/bin/python -m pip install -r requirements-usdz.txt")

_DATED = time.mktime((2000, 1, 1, 0, 0, 0, 0, 1, -1))
_CM_PER_MM = 0.1
_METRES_PER_CM = 0.01
_TO_Y_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])  # ours has the finger along y and z up


def write(order: Order) -> bytes:
    """The package: metal parts as the preview draws them, and every stone."""
    from pxr import UsdUtils  # large and optional: loaded by those who write this format

    scene = _Scene(order.design.style)
    for name, part in order.parts():
        scene.add(name.replace(" ", "_"), part.whole, scene.metal(metal_paint(order, part)))
    for stones in order.piece.stones:
        gem = order.gem(stones.role)
        material = scene.gem(gem.id, gem_look(gem))
        for number, placement in enumerate(stones.placements, start=1):
            scene.add(f"{stones.role}_{number}", stones.mesh, material, placement)
    with tempfile.TemporaryDirectory() as folder:
        layer, package = Path(folder, order.file_name("usdc")), Path(folder, order.file_name(SUFFIX))
        scene.stage.GetRootLayer().Export(str(layer))
        os.utime(layer, (_DATED, _DATED))  # it goes into the package: the same piece makes the same file
        if not UsdUtils.CreateNewARKitUsdzPackage(str(layer), str(package)):
            raise OSError(0, "USD could not write its package", str(package))
        return package.read_bytes()


class _Scene:
    """A USD stage with one model on it."""

    def __init__(self, name: str) -> None:
        from pxr import Gf, Kind, Sdf, Usd, UsdGeom, UsdShade, Vt

        self._gf, self._sdf, self._geom, self._shade, self._vt = Gf, Sdf, UsdGeom, UsdShade, Vt
        self.stage = Usd.Stage.CreateInMemory()
        UsdGeom.SetStageUpAxis(self.stage, UsdGeom.Tokens.y)
        UsdGeom.SetStageMetersPerUnit(self.stage, _METRES_PER_CM)
        self._root = f"/{name}"
        model = UsdGeom.Xform.Define(self.stage, self._root)
        Usd.ModelAPI(model).SetKind(Kind.Tokens.component)
        self.stage.SetDefaultPrim(model.GetPrim())
        UsdGeom.Scope.Define(self.stage, f"{self._root}/materials")

    def add(self, name: str, mesh: Mesh, material: Any, placement: NDArray[np.float32] | None = None) -> None:
        """Places a mesh in its material, by a rigid transform (4, 4) of the ring's frame in mm."""
        points = np.ascontiguousarray(mesh.vertices_mm.astype(np.float64) @ _TO_Y_UP.T * _CM_PER_MM, np.float32)
        normals = mesh.normals.astype(np.float64) @ _TO_Y_UP.T
        normals = np.ascontiguousarray(normals / np.linalg.norm(normals, axis=1, keepdims=True), np.float32)
        drawn = self._geom.Mesh.Define(self.stage, f"{self._root}/{name}")
        drawn.CreatePointsAttr(self._vt.Vec3fArray.FromNumpy(points))
        drawn.CreateNormalsAttr(self._vt.Vec3fArray.FromNumpy(normals))
        drawn.SetNormalsInterpolation(self._geom.Tokens.vertex)
        drawn.CreateFaceVertexCountsAttr(self._vt.IntArray.FromNumpy(np.full(len(mesh.faces), 3, np.int32)))
        drawn.CreateFaceVertexIndicesAttr(self._vt.IntArray.FromNumpy(mesh.faces.astype(np.int32).ravel()))
        drawn.CreateSubdivisionSchemeAttr(self._geom.Tokens.none)  # else it is a cage to be smoothed
        drawn.CreateExtentAttr(self._vt.Vec3fArray.FromNumpy(np.stack([points.min(axis=0), points.max(axis=0)])))
        self._shade.MaterialBindingAPI.Apply(drawn.GetPrim()).Bind(material)
        if placement is not None:
            rows = np.eye(4)  # USD's vectors are rows
            rows[:3, :3] = (_TO_Y_UP @ placement[:3, :3] @ _TO_Y_UP.T).T
            rows[3, :3] = _TO_Y_UP @ placement[:3, 3] * _CM_PER_MM
            drawn.AddTransformOp().Set(self._gf.Matrix4d(rows.tolist()))

    def metal(self, paint: MetalPaint) -> Any:
        """The material of a metal part."""
        return self._material(paint.name, paint.colour, metallic=1.0, roughness=paint.roughness)

    def gem(self, name: str, look: GemLook) -> Any:
        """The material of a stone."""
        roughness = OPAQUE_ROUGHNESS if look.opaque else 0.0
        ior = look.refractive_index
        return self._material(name, look.body, metallic=0.0, roughness=roughness, ior=ior, opacity=opacity(look))

    def _material(self, name: str, colour: tuple[float, float, float], **inputs: float) -> Any:
        types, path = self._sdf.ValueTypeNames, f"{self._root}/materials/{_identifier(name)}"
        material = self._shade.Material.Define(self.stage, path)
        surface = self._shade.Shader.Define(self.stage, f"{path}/surface")
        surface.CreateIdAttr("UsdPreviewSurface")
        surface.CreateInput("diffuseColor", types.Color3f).Set(self._gf.Vec3f(*colour))
        for key, value in inputs.items():
            surface.CreateInput(key, types.Float).Set(value)
        material.CreateSurfaceOutput().ConnectToSource(surface.ConnectableAPI(), "surface")
        return material


def _identifier(name: str) -> str:
    """A name that USD takes: no spaces, and a letter first (alloys begin with their karat)."""
    return f"material_{name.replace(' ', '_')}"
