"""One stone under a bail, framed by a ring of small diamonds."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.checks import limit
from configurator.geometry.halos import halo_head
from configurator.geometry.hung_stones import hung_stone
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Halo"
HELP = "A frame of small stones makes the centre look half a carat larger."
ROLES = (
    Role(name="center", label="Centre stone", width_mm=(4.5, 10.0), usual_width_mm=6.0),
    Role(name="halo", label="Halo", width_mm=(1.0, 2.0), usual_width_mm=1.3, cuts=("round_brilliant",)),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}

PRONGS = 4  # as many as a small centre inside a frame has room for


class Options(OnAChain):
    """What a client may choose."""

    rows: fields.HaloRows = fields.halo_rows()
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The framed basket under its bail."""
    center = stones["center"]
    head = halo_head(
        center,
        stones["halo"],
        PRONGS,
        fields.prong_diameter_mm("classic", center.width_mm),  # half of it goes to the seat: fine ones leave slivers
        spacing_mm=limit("melee_spacing", "mid"),
        bead_diameter_mm=limit("bead_diameter", "mid"),
        rings=fields.HALO_RINGS[options.rows],
    )
    return hanging.hang(options, [hung_stone(head, options.bail, hanging.wire_mm())])
