"""An upright plate with room for several lines: a rectangle, a dog tag, an oval or a shield."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.mountings import Mounting
from configurator.geometry.plates import OUTLINE_LABELS, Outline, build_plate, hung_faces, plate_outline
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Engraved plate"
HELP = "An upright plate with room for several lines, front and back."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(OnAChain):
    """What a client may choose."""

    outline: Outline = fields.choice("Outline", "rectangle", OUTLINE_LABELS, "The shape of the plate.")
    width_mm: float = fields.mm("Width", 14.0, 8.0, 22.0, "12 to 16 mm suits every day.", 0.5)
    length_mm: float = fields.mm("Length", 24.0, 22.0, 50.0, "From top to bottom, without the bail.", 0.5)
    thickness_mm: float = fields.plate_thickness(1.4)
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The plate under its bail."""
    sizes = (
        options.outline, options.width_mm, options.length_mm, options.thickness_mm, options.bail, hanging.wire_mm()
    )  # fmt: skip
    mounting = Mounting(Shape(build_plate, sizes, hanging.BACK), "plate", openings=1)
    flat = plate_outline(options.outline, options.width_mm, options.length_mm, True)
    return hanging.hang(options, [mounting], faces=hung_faces(flat, *sizes[3:]))
