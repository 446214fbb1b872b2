"""Round stones side by side across the top of a band, each a gem of its own: the family ring."""

import math
from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.band import Band, Profile
from configurator.geometry.prongs import ProngHead, prong_head
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields

LABEL = "Family ring"
HELP = "A birthstone for each of the family, side by side."

PRONGS = 4
_APART_MM = 0.2  # between neighbours, prong to prong

ROLES = fields.numbered_stones()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    stones: Literal[2, 3, 4, 5, 6, 7] = fields.stone_count(4)
    width_mm: float = fields.width(2.4)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("court")
    taper: float = fields.taper(0.0)
    prong_weight: fields.ProngWeight = fields.prong_weight()


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """A band with a fan of baskets; each stone keeps to its own sector, and their gallery rails grow together."""
    band = fields.band_of(options, inner_diameter_mm)
    row = [stones[role.name] for role in ROLES[: options.stones]]
    heads = [prong_head(stone, PRONGS, fields.prong_diameter_mm(options.prong_weight, stone.width_mm)) for stone in row]
    sectors = [_half_sector_deg(band, head) for head in heads]
    at, placed = -sum(sectors), []
    for head, half in zip(heads, sectors, strict=True):
        placed.append(Standing(head, round(at + half, 3)))
        at += 2 * half
    return Ring(band, tuple(placed))


def _half_sector_deg(band: Band, head: ProngHead) -> float:
    """Half the angle that a stone and its prongs need; below its girdle a stone draws in faster than its sector."""
    return math.degrees(math.atan2(head.half_extent_mm(0.0) + _APART_MM / 2, band.top_radius_mm + head.height_mm))
