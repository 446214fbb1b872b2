"""The plain surfaces that other people's viewers know, for every format that shows the piece: no textures.

Colours are linear sRGB.
"""

from dataclasses import dataclass

from configurator.export.looks import GemLook, Rgb, metal_look
from configurator.export.order import Order
from configurator.geometry.piece import Part

# Taste: an engraved floor is matte and in its own shadow, which a plain viewer does not compute.
_LETTERING, _LETTERING_SHADE, _LETTERING_ROUGHNESS = "inscription", 0.25, 0.85
OPAQUE_ROUGHNESS = 0.15  # pearl, onyx, turquoise: polished, not mirrors
# Taste: a viewer that cannot bend light shows a stone by its tint and its glossy facets. More tint, less seen through.
_CLEAR_OPACITY, _TINTED_OPACITY = 0.35, 0.75


@dataclass(frozen=True, slots=True)
class MetalPaint:
    """A metal part's surface: its reflectance, and a roughness whose square is GGX's alpha."""

    name: str
    colour: Rgb
    roughness: float


def metal_paint(order: Order, part: Part) -> MetalPaint:
    """The surface of one metal part of a piece."""
    metal = order.metal(part.alloy)
    look = metal_look(metal, order.design.finish if part.finished else "polished")
    name = f"{metal.id} {part.name}"
    if part.name != _LETTERING:
        return MetalPaint(name, look.reflectance, look.roughness)
    red, green, blue = (channel**2 * _LETTERING_SHADE for channel in look.reflectance)
    return MetalPaint(name, (red, green, blue), _LETTERING_ROUGHNESS)


def opacity(look: GemLook) -> float:
    """How solid a stone looks to a viewer that cannot bend light."""
    if look.opaque:
        return 1.0
    tint = max(look.body) - min(look.body)
    return _CLEAR_OPACITY + (_TINTED_OPACITY - _CLEAR_OPACITY) * min(1.0, tint)
