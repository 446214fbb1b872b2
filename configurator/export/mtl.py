"""The materials of an OBJ: Phong's constants for every program, and the physical ones that newer readers know.

Colours are linear, as the tables give them.
"""

from configurator.export.looks import Rgb, gem_look, metal_look
from configurator.export.obj import word
from configurator.export.order import Order
from configurator.export.paints import OPAQUE_ROUGHNESS, metal_paint, opacity

SUFFIX = "mtl"
LABEL = "Materials of the OBJ"
PURPOSES = ("presentation", "casting")

_DIELECTRIC = (0.04, 0.04, 0.04)  # what glass reflects


def write(order: Order) -> bytes:
    """The text: each material that the OBJ of the same order names, once."""
    found: dict[str, list[str]] = {}
    if order.purpose == "casting":
        for body in order.bodies():
            metal = order.metal(body.alloy)
            look = metal_look(metal)
            found[metal.id] = _metal(look.reflectance, look.roughness)
    else:
        for part in order.piece.parts:
            paint = metal_paint(order, part)
            found[paint.name] = _metal(paint.colour, paint.roughness)
        for stones in order.piece.stones:
            gem = order.gem(stones.role)
            gem_seen = gem_look(gem)
            found[gem.id] = [
                *(f"Kd {_numbers(gem_seen.body)}", f"Ks {_numbers(_DIELECTRIC)}", f"Ns {_shine(OPAQUE_ROUGHNESS):.0f}"),
                *(f"Ni {gem_seen.refractive_index:g}", f"d {opacity(gem_seen):.3g}", "illum 7"),
            ]
    lines = [line for name, said in found.items() for line in (f"newmtl {word(name)}", *said, "")]
    return "\n".join(lines).encode("ascii")


def _metal(colour: Rgb, roughness: float) -> list[str]:
    return [
        *(f"Kd {_numbers(colour)}", f"Ks {_numbers(colour)}", f"Ns {_shine(roughness):.0f}", "illum 3"),
        *("Pm 1", f"Pr {roughness:g}"),
    ]


def _shine(roughness: float) -> float:
    """Phong's exponent for a roughness whose square is GGX's alpha."""
    return min(1000.0, 2 / roughness**4 - 2)


def _numbers(colour: Rgb) -> str:
    return " ".join(f"{channel:.4g}" for channel in colour)
