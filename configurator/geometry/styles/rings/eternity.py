"""Equal stones all the way round: the eternity ring."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry.rings import Ring
from configurator.geometry.styles import eternities
from configurator.geometry.styles.eternities import Options

__all__ = ["HELP", "LABEL", "ROLES", "ROLES_BY_NAME", "Options", "build"]

LABEL = "Eternity"
HELP = "Equal stones all the way round; it cannot be made larger or smaller later."
ROLES = eternities.ROLES
ROLES_BY_NAME = {role.name: role for role in ROLES}


def build(options: Options, inner_diameter_mm: float, stones: Mapping[str, Stone]) -> Ring:
    """As many stones as fit, spaced evenly so that the circle closes."""
    return eternities.build_eternity(options, inner_diameter_mm, stones["band"], 360.0)
