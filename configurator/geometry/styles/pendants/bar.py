"""A slim bar to engrave: upright under a bail, or level between the two ends of its chain."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.mountings import Mounting
from configurator.geometry.plates import (
    build_level_bar,
    build_plate,
    end_ring_x_mm,
    hung_faces,
    level_faces,
    plate_outline,
)
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Bar"
HELP = "A slim bar with room for a name or a date."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(OnAChain):
    """What a client may choose."""

    direction: fields.Direction = fields.direction("horizontal")
    length_mm: float = fields.mm("Length", 32.0, 15.0, 45.0, "30 mm holds about twelve letters.", 0.5)
    width_mm: float = fields.mm("Width", 4.5, 3.0, 10.0, "From 4 mm on a name is easy to read.")
    thickness_mm: float = fields.plate_thickness(1.5)
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The bar, under a bail or between two rings."""
    wire_mm = hanging.wire_mm()
    if options.direction == "horizontal":
        level = (options.length_mm, options.width_mm, options.thickness_mm, wire_mm)
        body = Shape(build_level_bar, level, hanging.BACK)
        eyes = hanging.both_ends(end_ring_x_mm(options.length_mm, wire_mm))
        return hanging.hang(options, [Mounting(body, "plate", openings=2)], eyes, faces=level_faces(*level[:3]))
    upright = ("rectangle", options.width_mm, options.length_mm, options.thickness_mm, options.bail, wire_mm)
    mounting = Mounting(Shape(build_plate, upright, hanging.BACK), "plate", openings=1)
    flat = plate_outline("rectangle", options.width_mm, options.length_mm, True)
    return hanging.hang(options, [mounting], faces=hung_faces(flat, *upright[3:]))
