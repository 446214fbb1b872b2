"""One stone in prongs, framed by a ring of small diamonds."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.checks import limit
from configurator.geometry.halos import halo_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Halo"
HELP = "A frame of small stones makes the centre look half a carat larger."
ROLES = (
    Role(name="center", label="Centre stone", width_mm=(3.5, 10.0), usual_width_mm=6.0),
    Role(name="halo", label="Halo", width_mm=(1.0, 2.0), usual_width_mm=1.3, cuts=("round_brilliant",)),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.0)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.1)
    shoulders: fields.Shoulders = fields.shoulders()
    prongs: fields.ProngCount = fields.prongs(4)
    claws: fields.Claws = fields.claws()
    prong_weight: fields.ProngWeight = fields.prong_weight("fine")
    rows: fields.HaloRows = fields.halo_rows()


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A band with a framed basket on top."""
    center = stones["center"]
    head = halo_head(
        center,
        stones["halo"],
        options.prongs,
        fields.claw_diameter_mm(options.claws, options.prong_weight, center.width_mm),
        spacing_mm=limit("melee_spacing", "mid"),
        bead_diameter_mm=limit("bead_diameter", "mid"),
        rings=fields.HALO_RINGS[options.rows],
        paired=options.claws == "double",
    )
    return Ring(fields.shouldered(options, inner_diameter_mm, head.centre), (Standing(head),))
