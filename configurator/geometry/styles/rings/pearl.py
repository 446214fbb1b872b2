"""A pearl, or a bead, on a cup: no prongs and no rim, a post glued into it."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.pearls import pearl_cup
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Pearl"
HELP = "A pearl, whole and round, on a small cup: it is drilled half way and glued to a post."
ROLES = (
    Role(
        name="center",
        label="Pearl",
        width_mm=(4.0, 12.0),
        usual_width_mm=7.0,
        cuts=("sphere",),
        usual_cut="sphere",
        usual_gem="pearl",
    ),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.0)
    thickness_mm: float = fields.thickness(1.6)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.1)


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A tapered band with a cup on top."""
    band = fields.band_of(options, inner_diameter_mm)
    return Ring(band, (Standing(pearl_cup(stones["center"], band.top_width_mm)),))
