"""An open oval that slips on from the side."""

from collections.abc import Mapping

from configurator.design import Place, Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.band import Profile
from configurator.geometry.bangles import OVAL, OvalSide, build_cuff, cuff_length_mm
from configurator.geometry.bodies import Shape
from configurator.geometry.mountings import Copies, Mounting
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Cuff"
HELP = "An open oval with round ends that slips on from the side of the wrist."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}

_ON_THE_SKIN = 0.45
_LEAST_END_MM = 3.0


class Options(fields.Choices):
    """What a client may choose."""

    inside_mm: float = fields.wrist(60.0, 50.0)
    gap_mm: float = fields.mm("Gap", 28.0, 22.0, 36.0, "The wrist slips in sideways; about 28 mm suits most.", 0.5)
    width_mm: float = fields.mm("Width", 12.0, 4.0, 40.0, "At its widest, on top of the wrist.", 0.5)
    taper: float = fields.share("Taper", 0.35, 0.0, 0.6, "How much the cuff narrows towards its ends.")
    thickness_mm: float = fields.mm(
        "Thickness", 1.8, 1.4, 3.0, "Thin enough to spring open a little, thick enough to keep its form."
    )
    profile: Profile = fields.profile("d_shape")


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The strip, bent; words stand in its middle, on top of the wrist."""
    end_mm = max(options.width_mm * (1 - options.taper), _LEAST_END_MM)
    sizes = (options.inside_mm, OVAL, options.gap_mm, options.width_mm, end_mm, options.thickness_mm, options.profile)
    cuff = Shape(build_cuff, sizes, _ON_THE_SKIN)
    faces: tuple[tuple[Place, OvalSide], ...] = (("inside", _side(options, end_mm, False)),)
    if options.profile != "knife_edge":
        faces += (("outside", _side(options, end_mm, True)),)
    return Assembly("bracelet", "standing", (Copies(Mounting(cuff, "cuff")),), faces=faces)


def _side(options: Options, end_mm: float, outside: bool) -> OvalSide:
    return OvalSide(
        inside_mm=options.inside_mm,
        oval=OVAL,
        width_mm=options.width_mm,
        thickness_mm=options.thickness_mm,
        profile=options.profile,
        outside=outside,
        part="cuff",
        length_mm=cuff_length_mm(options.inside_mm, options.gap_mm, end_mm),
        narrow=end_mm / options.width_mm,
    )
