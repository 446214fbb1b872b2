"""A slim band to wear beside others: with an engagement ring, or three at a time."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from configurator.design import Stone
from configurator.geometry.band import PROFILE_LABELS
from configurator.geometry.milgrain import MilgrainBand
from configurator.geometry.rings import Ring
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Stacking band"
HELP = "Slim, to wear beside other rings: plain, or with edges of tiny beads."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}

_LABELS = PROFILE_LABELS | {"milgrain": "Milgrain"}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.mm("Width", 1.8, 1.4, 3.5, "Up to 2 mm, three fit on one finger.")
    thickness_mm: float = fields.thickness(1.6)
    profile: Literal["flat", "d_shape", "court", "knife_edge", "milgrain"] = fields.choice(
        "Profile", "milgrain", _LABELS, "Milgrain frames a flat band with tiny beads; flat sides sit close together."
    )


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """The band alone."""
    band = fields.band_of(options, inner_diameter_mm)
    return Ring(MilgrainBand(plain=replace(band, profile="flat")) if options.profile == "milgrain" else band)
