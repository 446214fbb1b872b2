"""A band without stones: the wedding ring."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.hammered import HammeredBand
from configurator.geometry.rings import Ring
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Plain band"
HELP = "Nothing but the metal, its profile and the words inside."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(4.0, 1.5, 12.0)
    thickness_mm: float = fields.thickness(1.8, 1.0, 4.0)
    profile: Profile = fields.profile("court")
    surface: Literal["smooth", "hammered"] = fields.choice(
        "Outside",
        "smooth",
        {"smooth": "Smooth", "hammered": "Struck by hammer"},
        "Real dimples in the metal: each catches its own light, and knocks hardly show.",
    )
    comfort: bool = fields.switch(
        "Comfort fit", False, "Rounds the inside, so that the ring slides on; court always is."
    )


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """The band alone."""
    band = fields.band_of(options, inner_diameter_mm)
    return Ring(HammeredBand(plain=band) if options.surface == "hammered" else band)
