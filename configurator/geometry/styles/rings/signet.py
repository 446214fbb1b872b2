"""A signet ring: a flat table that flows over the shoulders into the band."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.band import Band
from configurator.geometry.rings import Ring
from configurator.geometry.signet import TABLE_LABELS, SignetBand, Table
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Signet"
HELP = "A flat table for a crest or initials, and shoulders that flow into the band."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(fields.Choices):
    """What a client may choose."""

    table: Table = fields.choice("Table", "oval", TABLE_LABELS, "The outline of the flat top.")
    table_mm: float = fields.mm("Table length", 12.0, 8.0, 16.0, "Along the finger; 12 mm is classic.", 0.5)
    rise_mm: float = fields.mm("Table rise", 0.8, 0.3, 2.0, "How far the table stands above the band.")
    width_mm: float = fields.mm("Width", 3.0, 2.0, 6.0, "Of the band, at the back of the finger.")
    thickness_mm: float = fields.thickness(1.6)


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """The body alone."""
    band = SignetBand(
        plain=Band(
            inner_diameter_mm=inner_diameter_mm,
            width_mm=options.width_mm,
            thickness_mm=options.thickness_mm,
            profile="d_shape",
        ),
        table=options.table,
        table_mm=options.table_mm,
        rise_mm=options.rise_mm,
    )
    return Ring(band, faces=(("front", band.table_face()),))
