"""A solitaire between cathedral shoulders: arches that rise from the band to the head."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.cathedral import CathedralHead
from configurator.geometry.prongs import prong_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Cathedral"
HELP = "A solitaire whose shoulders rise to the stone in two arches."
ROLES = (Role(name="center", label="Centre stone", width_mm=(4.0, 12.0), usual_width_mm=6.5),)
ROLES_BY_NAME = {role.name: role for role in ROLES}

Rise = Literal["low", "classic", "high"]
_RISES: dict[Rise, float] = {"low": 0.5, "classic": 0.6, "high": 0.7}  # where the arches meet, of the head's height


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.2)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.15)
    rise: Rise = fields.choice(
        "Shoulder rise", "classic", {rise: rise.title() for rise in _RISES}, "How high the arches meet the head."
    )
    prongs: fields.ProngCount = fields.prongs(4)
    claws: fields.Claws = fields.claws()
    prong_weight: fields.ProngWeight = fields.prong_weight()


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A tapered band with a basket of prongs between two arches."""
    band = fields.band_of(options, inner_diameter_mm)
    center = stones["center"]
    diameter = fields.claw_diameter_mm(options.claws, options.prong_weight, center.width_mm)
    paired = options.claws == "double"
    head = prong_head(center, options.prongs, diameter, gallery_at=_RISES[options.rise], paired=paired)
    return Ring(band, (Standing(CathedralHead(head=head, band=band)),))
