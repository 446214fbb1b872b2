"""One stone held up by prongs on a slim band: the engagement ring."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.checks import limit
from configurator.geometry.hidden_halos import hidden_halo
from configurator.geometry.prongs import prong_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Solitaire"
HELP = "One stone, lifted into the light by fine prongs."
ROLES = (
    Role(name="center", label="Centre stone", width_mm=(3.0, 12.0), usual_width_mm=6.5),
    Role(
        name="halo",
        label="Hidden halo",
        width_mm=(1.0, 1.6),
        usual_width_mm=1.1,
        cuts=("round_brilliant",),
        used=lambda options: bool(options.hidden_halo),
    ),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.0)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.15)
    shoulders: fields.Shoulders = fields.shoulders()
    prongs: fields.ProngCount = fields.prongs(6)
    claws: fields.Claws = fields.claws()
    prong_weight: fields.ProngWeight = fields.prong_weight()
    gallery: Literal["rail", "open"] = fields.choice(
        "Gallery", "rail", {"rail": "Rail", "open": "Open"}, "A rail ties the prongs; open lets in light."
    )
    hidden_halo: bool = fields.switch("Hidden halo", False, "Small stones round the basket, seen only from the side.")


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A band with a basket of prongs on top."""
    center = stones["center"]
    diameter = fields.claw_diameter_mm(options.claws, options.prong_weight, center.width_mm)
    paired, railed = options.claws == "double", options.gallery == "rail"
    head = prong_head(center, options.prongs, diameter, paired=paired, railed=railed)
    band = fields.shouldered(options, inner_diameter_mm, head)
    if not options.hidden_halo:
        return Ring(band, (Standing(head),))
    spacing, beads = limit("melee_spacing", "mid"), limit("bead_diameter", "mid")
    return Ring(band, (Standing(hidden_halo(head, stones["halo"], spacing, beads)),))
