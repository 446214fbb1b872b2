"""Round stones side by side, each a gem of its own: a birthstone for each of the family."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.hung_stones import in_a_row
from configurator.geometry.plates import end_ring_x_mm
from configurator.geometry.prongs import prong_head
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain

LABEL = "Birthstone row"
HELP = "A birthstone for each of the family, side by side."

PRONGS = 4
ROLES = fields.numbered_stones()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(OnAChain):
    """What a client may choose."""

    stones: Literal[2, 3, 4, 5, 6, 7] = fields.stone_count(4)
    direction: fields.Direction = fields.direction("horizontal")
    prong_weight: fields.ProngWeight = fields.prong_weight()
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """A row of baskets on a slim bar, under a bail or between two rings."""
    wire_mm, upright = hanging.wire_mm(), options.direction == "vertical"
    row = [stones[role.name] for role in ROLES[: options.stones]]
    heads = [prong_head(stone, PRONGS, fields.prong_diameter_mm(options.prong_weight, stone.width_mm)) for stone in row]
    mounting, length_mm = in_a_row(heads, upright, options.bail, wire_mm)
    if upright:
        return hanging.hang(options, [mounting])
    return hanging.hang(options, [mounting], hanging.both_ends(end_ring_x_mm(length_mm, wire_mm)))
