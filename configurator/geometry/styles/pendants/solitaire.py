"""One stone under a bail, in prongs or in a bezel."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bezels import bezel_head
from configurator.geometry.hung_stones import hung_stone
from configurator.geometry.prongs import prong_head
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Solitaire"
HELP = "One stone that hangs free and catches the light."
ROLES = (Role(name="center", label="Stone", width_mm=(3.0, 12.0), usual_width_mm=6.5),)
ROLES_BY_NAME = {role.name: role for role in ROLES}

Holding = Literal["prongs", "bezel"]
_HOLDING: dict[Holding, str] = {"prongs": "Prongs", "bezel": "Bezel"}


class Options(OnAChain):
    """What a client may choose."""

    setting: Holding = fields.choice(
        "Setting", "prongs", _HOLDING, "Prongs show the most of a stone; a bezel is a smooth rim all round."
    )
    prongs: Literal[4, 6] = fields.only_with(fields.prongs(4), setting="prongs")
    prong_weight: fields.FirmProngs = fields.only_with(fields.firm_prongs(), setting="prongs")
    bezel_wall_mm: float = fields.only_with(fields.bezel_wall(0.4), setting="bezel")
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The stone in its setting, under its bail."""
    stone = stones["center"]
    head = (
        bezel_head(stone, options.bezel_wall_mm)
        if options.setting == "bezel"
        else prong_head(stone, options.prongs, fields.prong_diameter_mm(options.prong_weight, stone.width_mm))
    )
    return hanging.hang(options, [hung_stone(head, options.bail, hanging.wire_mm())])
