"""A round plate to engrave: the disc pendant."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.mountings import Mounting
from configurator.geometry.plates import build_disc, hung_faces, round_plate
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Disc"
HELP = "A smooth round plate for a name, a date or initials."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(OnAChain):
    """What a client may choose."""

    diameter_mm: float = fields.mm("Diameter", 16.0, 10.0, 30.0, "16 mm is about the size of a one-cent coin.", 0.5)
    thickness_mm: float = fields.plate_thickness()
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The plate under its bail."""
    sizes = (options.diameter_mm, options.thickness_mm, options.bail, hanging.wire_mm())
    mounting = Mounting(Shape(build_disc, sizes, hanging.BACK), "plate", openings=1)
    faces = hung_faces(round_plate(options.diameter_mm, True), *sizes[1:])
    return hanging.hang(options, [mounting], faces=faces)
