"""A hoop with stones along its front."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.hoops import on_hoop, stones_arc_deg
from configurator.geometry.styles import ear_choices, fields
from configurator.geometry.styles.eternities import rows_along
from configurator.geometry.styles.fields import Role

LABEL = "Pavé hoop"
HELP = "Small stones along the front of a hinged hoop, from the ear down to its lowest point."
ROLES = (Role(name="band", label="Stones", width_mm=(1.0, 2.0), usual_width_mm=1.6, cuts=("round_brilliant",)),)
ROLES_BY_NAME = {role.name: role for role in ROLES}

Kind = Literal["pave", "shared_prong", "channel"]
_SETTINGS: dict[Kind, str] = {"pave": "Pavé", "shared_prong": "Shared prongs", "channel": "Channel"}
_SHOULDER_DEG = 25.0  # in which the walls of a channel run out


class Options(fields.Choices):
    """What a client may choose."""

    diameter_mm: float = ear_choices.hoop_diameter(18.0)
    setting: Kind = fields.choice(
        "Setting", "pave", _SETTINGS, "Pavé and shared prongs show most stone; a channel guards it best."
    )
    width_mm: float = fields.mm(
        "Width", 2.2, 2.0, 5.0, "At least this wide; stones that need more make it wider. Wide pavé takes more rows."
    )
    thickness_mm: float = fields.mm("Thickness", 2.0, 2.0, 3.0, "At least this thick; deep stones make it thicker.")


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """A hinged hoop, square in section, with its stones; twice."""
    beyond = _SHOULDER_DEG if options.setting == "channel" else 0.0
    inside_mm = options.diameter_mm - 2 * options.thickness_mm
    middle_deg, arc_deg = stones_arc_deg(inside_mm, options.thickness_mm, beyond)
    rows = rows_along(options.setting, stones["band"], inside_mm, options.width_mm, options.thickness_mm, arc_deg)
    band = rows.band
    sizes = (band.inner_diameter_mm, band.width_mm, band.thickness_mm, "flat")
    return ear_choices.hoops("click", sizes, (on_hoop(rows, middle_deg),))
