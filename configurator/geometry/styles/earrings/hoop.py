"""A plain hoop."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.hoops import CLOSINGS, PROFILES, Closing, HoopProfile
from configurator.geometry.styles import ear_choices, fields
from configurator.geometry.styles.fields import Role

LABEL = "Hoop"
HELP = "A smooth ring of metal through the ear, from a small hug to a wide circle."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    diameter_mm: float = ear_choices.hoop_diameter(20.0)
    profile: HoopProfile = fields.choice("Profile", "round", PROFILES, "Round is a tube; the others have an edge.")
    width_mm: float = fields.mm("Width", 2.2, 2.0, 6.0, "As seen from the front.")
    thickness_mm: float = fields.mm("Thickness", 2.2, 2.0, 4.0, "As seen from the side; solid metal, so it weighs.")
    closing: Closing = fields.choice(
        "Closing", "click", CLOSINGS, "A hinged post clicks shut; an endless wire springs into the hoop."
    )


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The hoop and, when it is hinged, its post; twice."""
    inside_mm = options.diameter_mm - 2 * options.thickness_mm
    sizes = (inside_mm, options.width_mm, options.thickness_mm, options.profile)
    return ear_choices.hoops(options.closing, sizes)
