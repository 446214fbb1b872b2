"""A stone behind a full rim of metal: nothing to catch, nothing to lose."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from configurator.design import Stone
from configurator.geometry.band import Band, Profile
from configurator.geometry.bezels import bezel_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Bezel"
HELP = "A smooth rim holds the stone all the way round: the safest setting."
ROLES = (Role(name="center", label="Centre stone", width_mm=(3.0, 12.0), usual_width_mm=6.0),)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(BaseModel):
    """What a client may choose."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    width_mm: float = fields.width(2.4)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("d_shape")
    taper: float = fields.taper(0.0)
    bezel_wall_mm: float = fields.mm(
        "Rim", 0.6, 0.4, 1.2, "A thin rim shows more stone, a thick one wears longer.", 0.05
    )


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A band with a cup on top."""
    band = Band(
        inner_diameter_mm=inner_diameter_mm,
        width_mm=options.width_mm,
        thickness_mm=options.thickness_mm,
        profile=options.profile,
        taper=options.taper,
    )
    return Ring(band, (Standing(bezel_head(stones["center"], options.bezel_wall_mm)),))
