"""A round plate to engrave: the disc pendant."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bodies import Shape
from configurator.geometry.faces import plate_faces, round_outline
from configurator.geometry.mountings import Copies, Mounting
from configurator.geometry.plates import build_disc, eye_drop_mm
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role
from configurator.measures import FittingMeasure

LABEL = "Disc"
HELP = "A smooth round plate for a name, a date or initials."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}

_EYE_MM, _WIRE_MM, _EDGE_MM = 3.0, 1.1, 0.3
_ON_THE_SKIN = 0.45  # the back


class Options(fields.Choices):
    """What a client may choose."""

    diameter_mm: float = fields.mm("Diameter", 16.0, 10.0, 30.0, "16 mm is about the size of a one-cent coin.", 0.5)
    thickness_mm: float = fields.mm("Thickness", 1.2, 0.9, 2.5, "From 1.2 mm on a plate keeps flat.")


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The plate under its bail."""
    disc = Shape(build_disc, (options.diameter_mm, options.thickness_mm, _EDGE_MM, _EYE_MM, _WIRE_MM), _ON_THE_SKIN)
    bail = FittingMeasure(kind="bail", variety="", grade="", count=1, gauge_mm=_WIRE_MM, length_mm=0, volume_mm3=0)
    middle_mm = -eye_drop_mm(_EYE_MM, _WIRE_MM) - options.diameter_mm / 2
    outline = round_outline(options.diameter_mm / 2 - _WIRE_MM)  # the bail's foot reaches as far over the edge
    faces = plate_faces(outline, options.thickness_mm, middle_mm, "plate")
    cast = (Copies(Mounting(disc, "plate", openings=1)),)
    return Assembly("pendant", "hanging", cast, fittings=(bail,), faces=faces)
