"""What a full and a half eternity ring share: their options, and how these become rows of stones."""

from configurator.design import Stone
from configurator.geometry.checks import limit
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.rows import Kind, StoneRows, stone_rows
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

ROLES = (Role(name="band", label="Stones", width_mm=(1.0, 3.5), usual_width_mm=2.0, cuts=("round_brilliant",)),)
_SETTINGS: dict[Kind, str] = {
    "pave": "Pavé",
    "channel": "Channel",
    "shared_prong": "Shared prongs",
    "bezel": "Bezels",
}


class Options(fields.Choices):
    """What a client may choose."""

    setting: Kind = fields.choice(
        "Setting", "shared_prong", _SETTINGS, "Prongs and pavé show most stone; a channel or bezels guard it best."
    )
    width_mm: float = fields.mm(
        "Width", 2.2, 1.5, 5.0, "At least this wide; stones that need more make it wider. Wide pavé takes more rows."
    )
    thickness_mm: float = fields.mm(
        "Thickness under the stones", 1.6, 1.4, 3.0, "At least this thick; deep stones make it thicker."
    )


def build_eternity(options: Options, inner_diameter_mm: float, stone: Stone, arc_deg: float) -> Ring:
    """A band with stones along `arc_deg` of it."""
    rows = rows_along(options.setting, stone, inner_diameter_mm, options.width_mm, options.thickness_mm, arc_deg)
    return Ring(rows.band, (Standing(rows),))


def rows_along(
    setting: Kind, stone: Stone, inner_diameter_mm: float, width_mm: float, thickness_mm: float, arc_deg: float
) -> StoneRows:
    """Rows of small stones along a band or a hoop, by the workshop's usual measures."""
    burnished = limit("bezel_wall", "mid") + limit("polish_allowance", "low")
    return stone_rows(
        setting,
        stone,
        inner_diameter_mm=inner_diameter_mm,
        width_mm=width_mm,
        thickness_mm=thickness_mm,
        arc_deg=arc_deg,
        spacing_mm=limit("melee_spacing", "mid"),
        post_mm=limit("bead_diameter", "mid")
        if setting == "pave"
        else fields.prong_diameter_mm("classic", stone.width_mm),
        wall_mm=limit("channel_wall", "mid") if setting == "channel" else round(burnished, 3),
        under_mm=limit("metal_under_seat", "low"),
    )
