"""One stone framed by small ones, on a post."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.checks import limit
from configurator.geometry.ear_fittings import Back
from configurator.geometry.halos import halo_head
from configurator.geometry.styles import ear_choices, fields
from configurator.geometry.styles.fields import Role

LABEL = "Halo stud"
HELP = "A frame of small stones makes the centre look half a carat larger."
ROLES = (
    Role(name="center", label="Centre stone", width_mm=(3.0, 8.0), usual_width_mm=4.5),
    Role(name="halo", label="Halo", width_mm=(1.0, 1.6), usual_width_mm=1.2, cuts=("round_brilliant",)),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}

_BITE = 0.0  # small stones have fine prongs, and a bite as deep as a ring's would leave them too thin


class Options(fields.Choices):
    """What a client may choose."""

    prongs: Literal[4, 6] = fields.prongs(4)
    prong_weight: fields.FirmProngs = fields.firm_prongs()
    back: Back = ear_choices.back()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """A framed basket on its base and post, twice, with a back each."""
    center = stones["center"]
    head = halo_head(
        center,
        stones["halo"],
        options.prongs,
        fields.prong_diameter_mm(options.prong_weight, center.width_mm),
        spacing_mm=limit("melee_spacing", "mid"),
        bead_diameter_mm=limit("bead_diameter", "mid"),
        bite=_BITE,
    )
    return ear_choices.studs(head, options.back)
