"""A softly rounded heart under a bail."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.mountings import Mounting
from configurator.geometry.plates import build_heart, heart, hung_faces
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Heart"
HELP = "A softly rounded heart, smooth to the touch, with room for words."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(OnAChain):
    """What a client may choose."""

    width_mm: float = fields.mm("Size", 16.0, 10.0, 30.0, "As wide as it is high; 16 mm suits most chains.", 0.5)
    thickness_mm: float = fields.plate_thickness(1.4)
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The heart, its bail in the cleft."""
    sizes = (options.width_mm, options.thickness_mm, options.bail, hanging.wire_mm())
    mounting = Mounting(Shape(build_heart, sizes, hanging.BACK), "plate", openings=1)
    return hanging.hang(options, [mounting], faces=hung_faces(heart(options.width_mm, True), *sizes[1:]))
