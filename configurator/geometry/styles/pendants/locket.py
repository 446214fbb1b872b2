"""Two domed halves that open on a hinge."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.lockets import (
    LOCKET_LABELS,
    PIN_MM,
    LocketOutline,
    build_back,
    build_front,
    draw_back,
    draw_front,
    locket_faces,
)
from configurator.geometry.mountings import Mounting
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role
from configurator.measures import FittingMeasure

LABEL = "Locket"
HELP = "Two hollow, domed halves on a hinge, with room for a picture inside; words go on both."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}

_ON_THE_SKIN, _INSIDE = 0.4, 0.45  # of a shell's surface: the back's dome, and the hollow that nothing rubs


class Options(OnAChain):
    """What a client may choose."""

    outline: LocketOutline = fields.choice("Outline", "oval", LOCKET_LABELS, "The shape of the closed locket.")
    width_mm: float = fields.mm("Width", 18.0, 14.0, 28.0, "An oval is a little longer than wide.", 0.5)
    depth_mm: float = fields.mm("Depth", 6.0, 5.0, 9.0, "Of the closed locket, from front to back.", 0.5)
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The front and back shells as they close on each other."""
    sizes = (options.outline, options.width_mm, options.depth_mm, options.bail, hanging.wire_mm())
    front = Mounting(Shape(build_front, sizes, _INSIDE, draw_front), "front", openings=1)
    back = Mounting(Shape(build_back, sizes, _INSIDE + _ON_THE_SKIN, draw_back), "back", openings=3)
    hinge = FittingMeasure(kind="hinge", variety="", grade="", count=1, gauge_mm=PIN_MM, length_mm=0, volume_mm3=0)
    return hanging.hang(options, [front, back], fittings=(hinge,), faces=locket_faces(*sizes))
