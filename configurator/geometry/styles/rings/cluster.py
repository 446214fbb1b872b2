"""A flower of round petals about a round centre, each petal held by prongs that it shares with its neighbours."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.checks import limit
from configurator.geometry.clusters import cluster_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Cluster"
HELP = "A flower: a ring of petals about a coloured centre."
ROLES = (
    Role(
        name="center",
        label="Centre stone",
        width_mm=(3.5, 8.0),
        usual_width_mm=5.0,
        cuts=("round_brilliant",),
        usual_gem="sapphire_blue",
    ),
    Role(name="petal", label="Petals", width_mm=(1.8, 4.0), usual_width_mm=2.9, cuts=("round_brilliant",)),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.2)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.1)
    prong_weight: fields.ProngWeight = fields.prong_weight()


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A tapered band with a flower on top."""
    band, center, petal = fields.band_of(options, inner_diameter_mm), stones["center"], stones["petal"]
    head = cluster_head(
        center,
        petal,
        band.top_radius_mm,
        fields.prong_diameter_mm(options.prong_weight, center.width_mm),
        fields.prong_diameter_mm(options.prong_weight, petal.width_mm),
        spacing_mm=limit("melee_spacing", "mid"),
    )
    return Ring(band, (Standing(head),))
