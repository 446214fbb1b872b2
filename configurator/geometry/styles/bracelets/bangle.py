"""A closed hoop that slips over the hand."""

from collections.abc import Callable, Mapping
from typing import Literal

from configurator.design import Place, Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.band import Band, Profile
from configurator.geometry.bangles import OVAL, OvalSide, build_oval
from configurator.geometry.bodies import Shape
from configurator.geometry.inscription import BandSide, RoundSide
from configurator.geometry.mountings import Body, Copies, Mounting
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Bangle"
HELP = "A closed hoop that slips over the hand and moves with the arm."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}

_ON_THE_SKIN = 0.35


class Options(fields.Choices):
    """What a client may choose."""

    inside_mm: float = fields.wrist()
    form: Literal["round", "oval"] = fields.choice(
        "Form", "round", {"round": "Round", "oval": "Oval"}, "An oval keeps its place on the wrist; a round one turns."
    )
    width_mm: float = fields.mm(
        "Width", 4.0, 2.0, 14.0, "Slim ones are worn several at a time; a wide one stands alone.", 0.5
    )
    thickness_mm: float = fields.mm("Thickness", 2.2, 1.4, 4.0, "Under 2 mm a bangle bends when it is leaned on.")
    profile: Profile = fields.profile("d_shape")


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The hoop alone; it takes words as a ring does."""
    band = fields.band_of(options, options.inside_mm)
    body: Body = band
    side: Callable[[Band, bool], RoundSide] = _round_side
    if options.form == "oval":
        sizes = (options.inside_mm, OVAL, options.width_mm, options.thickness_mm, options.profile)
        body, side = Shape(build_oval, sizes, _ON_THE_SKIN), _oval_side
    faces: tuple[tuple[Place, RoundSide], ...] = (("inside", side(band, False)),)
    if options.profile != "knife_edge":
        faces += (("outside", side(band, True)),)
    return Assembly("bracelet", "standing", (Copies(Mounting(body, "bangle", openings=1)),), faces=faces)


def _oval_side(band: Band, outside: bool) -> OvalSide:
    return OvalSide(
        inside_mm=band.inner_diameter_mm,
        oval=OVAL,
        width_mm=band.width_mm,
        thickness_mm=band.thickness_mm,
        profile=band.profile,
        outside=outside,
        part="bangle",
    )


def _round_side(band: Band, outside: bool) -> BandSide:
    return BandSide(
        inner_radius_mm=band.inner_radius_mm,
        width_mm=band.width_mm,
        thickness_mm=band.thickness_mm,
        outside=outside,
        part="bangle",
        recess_mm=band.recess(outside),
    )
