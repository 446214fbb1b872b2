"""Three stones side by side, the outer two leaning with the finger: yesterday, today, tomorrow."""

import math
from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.band import Band, Profile
from configurator.geometry.prongs import ProngHead, prong_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Three stone"
HELP = "A centre between two companions: yesterday, today and tomorrow."
ROLES = (
    Role(name="center", label="Centre stone", width_mm=(3.0, 9.0), usual_width_mm=6.0),
    Role(name="side", label="Side stones", width_mm=(2.0, 7.0), usual_width_mm=4.0),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}

SIDE_PRONGS = 4
_SIDE_TURN_DEG = {"pear": 90.0}  # a pear beside the centre points away from it
_APART_MM = 0.22  # between neighbours, stone to stone or prong to stone


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.2)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.0)
    prongs: fields.ProngCount = fields.prongs(4)
    claws: fields.Claws = fields.claws()
    prong_weight: fields.ProngWeight = fields.prong_weight()


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A band with three baskets; the outer ones lean until they just clear the middle one."""
    band = fields.band_of(options, inner_diameter_mm)
    middle, outer = stones["center"], stones["side"]
    diameter = fields.claw_diameter_mm(options.claws, options.prong_weight, middle.width_mm)
    center = prong_head(middle, options.prongs, diameter, paired=options.claws == "double")
    side = prong_head(outer, SIDE_PRONGS, fields.prong_diameter_mm(options.prong_weight, outer.width_mm))
    turn_deg = _SIDE_TURN_DEG.get(side.sizes.cut, 0.0)
    lean_deg = _lean_deg(band, center, side, turn_deg)
    # Sites of the left stone mirror those of the right: it is turned half round more.
    return Ring(
        band,
        (Standing(center), Standing(side, lean_deg, -turn_deg), Standing(side, -lean_deg, turn_deg)),
    )


def _lean_deg(band: Band, center: ProngHead, side: ProngHead, turn_deg: float) -> float:
    """The smallest angle at which the inner edge of a side stone is clear of the centre."""
    room = center.half_extent_mm(0.0) + _APART_MM
    reach = side.half_extent_mm(turn_deg)
    radius = band.top_radius_mm + side.height_mm
    # The side's inner edge lies at radius·sin(a) - reach·cos(a) from the middle; solve for it to equal `room`.
    along = math.hypot(radius, reach)
    return round(math.degrees(math.asin(min(room / along, 1.0)) + math.atan2(reach, radius)), 3)
