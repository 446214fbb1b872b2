"""One stone on a post: studs for every day."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.ear_fittings import Back
from configurator.geometry.styles import ear_choices, fields
from configurator.geometry.styles.fields import Role

LABEL = "Stud"
HELP = "One stone, close to the ear, on a post."
ROLES = (Role(name="center", label="Stone", width_mm=(3.0, 10.0), usual_width_mm=5.0),)
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    setting: Literal["prong", "bezel"] = ear_choices.setting("prong")
    prongs: Literal[3, 4, 6] = fields.only_with(
        fields.choice(
            "Prongs",
            4,
            {3: "3", 4: "4", 6: "6"},
            "Three hold a round stone only, other cuts get four then; six are the safest.",
        ),
        setting="prong",
    )
    prong_weight: fields.FirmProngs = fields.only_with(fields.firm_prongs(), setting="prong")
    bezel_wall_mm: float = fields.only_with(fields.bezel_wall(0.4), setting="bezel")
    back: Back = ear_choices.back()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """A head on its base and post, twice, with a back each."""
    head = ear_choices.single_head(
        options.setting, stones["center"], options.prongs, options.prong_weight, options.bezel_wall_mm
    )
    return ear_choices.studs(head, options.back)
