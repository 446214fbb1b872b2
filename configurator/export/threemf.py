"""The casting as 3MF: millimetres, one body for each alloy in its own colour, and words about what it is."""

import ctypes
import uuid

import numpy as np

from configurator.design import InvalidDesign
from configurator.export.order import Order

SUFFIX = "3mf"
LABEL = "Solid for casting and 3D printing, alloys apart (mm)"
PURPOSES = ("casting",)
NEEDS = ("lib3mf", "it comes with requirements.txt, but not on Linux on ARM")


def write(order: Order) -> bytes:
    """The package. Raises `InvalidDesign` when a check says that it cannot be cast."""
    import lib3mf  # has no build for ARM Linux: its absence costs this format only

    library = lib3mf.get_wrapper()
    model = library.CreateModel()
    model.SetUnit(lib3mf.ModelUnit.MilliMeter)
    title, *more = order.remarks()
    words = model.GetMetaDataGroup()
    for name, value in (("Title", title), ("Application", "Keepsake"), ("Description", " ".join([title, *more]))):
        words.AddMetaData("", name, value, "xs:string", True)
    alloys = model.AddBaseMaterialGroup()
    for body in order.bodies():
        metal = order.metal(body.alloy)
        points = np.ascontiguousarray(body.vertices_mm, "<f4").tobytes()
        corners = np.ascontiguousarray(body.faces, "<u4").tobytes()
        solid = model.AddMeshObject()
        solid.SetName(metal.label)
        # Straight from memory: the library's own call would take a Python object for every corner.
        vertices = (lib3mf.Position * len(body.vertices_mm)).from_buffer_copy(points)
        triangles = (lib3mf.Triangle * len(body.faces)).from_buffer_copy(corners)
        library.checkError(
            solid,
            library.lib.lib3mf_meshobject_setgeometry(
                solid._handle,
                ctypes.c_uint64(len(vertices)),
                vertices,
                ctypes.c_uint64(len(triangles)),
                triangles,
            ),
        )
        if not solid.IsManifoldAndOriented():
            raise InvalidDesign("This piece does not make a closed 3MF body; change the last choice slightly.")
        colour = library.RGBAToColor(*bytes.fromhex(metal.hex.lstrip("#")), 255)
        solid.SetObjectLevelProperty(alloys.GetResourceID(), alloys.AddMaterial(metal.label, colour))
        placed = model.AddBuildItem(solid, library.GetIdentityTransform())
        placed.SetPartNumber(metal.id)
        # Random marks would make every file of the same piece another file.
        solid.SetUUID(_mark(points, corners))
        placed.SetUUID(_mark(points, corners, b"placed"))
    model.SetBuildUUID(_mark(title.encode()))
    writer = model.QueryWriter("3mf")
    writer.SetStrictModeActive(True)
    return bytes(writer.WriteToBuffer())


def _mark(*parts: bytes) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, b"".join(parts).hex()))
