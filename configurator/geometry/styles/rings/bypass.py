"""A bypass ring: the ends of the band pass each other and hold a stone between them."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.band import Profile
from configurator.geometry.bezels import bezel_head, silhouette
from configurator.geometry.bypass import BypassBand, half_width_mm
from configurator.geometry.cuts.kinds import form_of
from configurator.geometry.gems import SEATED
from configurator.geometry.rings import Ring, Standing
from configurator.geometry.styles import fields
from configurator.geometry.styles.fields import Role

LABEL = "Bypass"
HELP = "The ends of the band sweep past each other, a stone between them."
# The ends hold the cup of a bezel: a flat base's is too shallow for them, a trillion's has no sides where they come.
_CUTS = tuple(cut for cut in SEATED if form_of(cut) == "faceted" and cut not in ("rose_cut", "trillion"))
ROLES = (Role(name="center", label="Centre stone", width_mm=(3.0, 9.0), usual_width_mm=5.0, cuts=_CUTS),)
ROLES_BY_NAME = {role.name: role for role in ROLES}

_TURN_DEG = 90.0  # a long stone lies with the sweep
_GAP_MM = -0.45  # no metal lies under the stone: its point may reach below the line of the band
_GRIP = 0.6  # how deep an end runs into the rim, of the rim
_BESIDE, _MOST_BESIDE_MM = 0.85, 1.6  # which height of an end lies beside the girdle: of its thickness, at most


class Options(fields.Choices):
    """What a client may choose."""

    width_mm: float = fields.width(2.2, 1.5, 5.0)
    thickness_mm: float = fields.thickness(1.8)
    profile: Profile = fields.profile("d_shape")
    bezel_wall_mm: float = fields.bezel_wall(0.5)


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """An open hoop and a cup that both its ends are joined to."""
    head = bezel_head(stones["center"], options.bezel_wall_mm, _GAP_MM)
    beside_mm = min(_BESIDE * options.thickness_mm, _MOST_BESIDE_MM)
    # As near as both ends come before they touch the rim, and then a little nearer.
    rim_mm, at_mm = silhouette(head)
    end_mm = half_width_mm(options.profile, options.width_mm, options.thickness_mm, at_mm + beside_mm)
    touching_mm = float((rim_mm + end_mm).max())
    band = BypassBand(
        plain=fields.band_of(options, inner_diameter_mm),
        apart_mm=round(touching_mm - _GRIP * options.bezel_wall_mm, 4),
        lift_mm=round(head.height_mm + options.thickness_mm - beside_mm, 4),
    )
    return Ring(band, (Standing(head, turn_deg=_TURN_DEG),))
