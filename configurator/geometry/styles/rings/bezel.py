"""A stone behind a full rim of metal: nothing to catch, nothing to lose."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.bezels import bezel_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Bezel"
HELP = "A smooth rim holds the stone all the way round: the safest setting."
ROLES = (Role(name="center", label="Centre stone", width_mm=(3.0, 12.0), usual_width_mm=6.0),)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.4)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("d_shape")
    taper: float = fields.taper(0.0)
    rim: Literal["full", "half"] = fields.choice(
        "Rim all round", "full", {"full": "Full", "half": "Half"}, "A half bezel leaves both ends of the stone open."
    )
    bezel_wall_mm: float = fields.bezel_wall(0.4)


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A band with a cup on top."""
    band = fields.band_of(options, inner_diameter_mm)
    head = bezel_head(stones["center"], options.bezel_wall_mm, half=options.rim == "half")
    return Ring(band, (Standing(head),))
