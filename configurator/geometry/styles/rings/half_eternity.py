"""Equal stones over the upper half, plain metal in the palm: the half eternity ring."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.rings import Ring
from configurator.geometry.styles import eternities
from configurator.geometry.styles.eternities import Options

__all__ = ["HELP", "LABEL", "ROLES", "ROLES_BY_NAME", "Options", "build"]

LABEL = "Half eternity"
HELP = "Equal stones over the upper half; the plain palm side can still be sized."
ROLES = eternities.ROLES
ROLES_BY_NAME = {role.name: role for role in ROLES}


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """As many stones as fit over half the finger, spaced evenly."""
    return eternities.build_eternity(options, inner_diameter_mm, stones["band"], 180.0)
