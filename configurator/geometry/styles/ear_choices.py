"""What styles of earrings share: their options, and how a pair of studs or hoops is put together."""

from typing import Any

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bezels import BezelHead, bezel_head
from configurator.geometry.bodies import Shape
from configurator.geometry.checks import limit
from configurator.geometry.ear_fittings import (
    BACKS,
    PLATE_MM,
    Back,
    Head,
    base_of,
    build_post,
    cast_in,
    ear_backs,
    facing,
    pair,
    post_measure,
)
from configurator.geometry.hoops import PIN_MM, Closing, build_click, build_click_post, build_endless
from configurator.geometry.mountings import Copies, Mounting, Placed
from configurator.geometry.prongs import ProngHead, prong_head
from configurator.geometry.styles import fields

_THREE_PRONGS = ("round_brilliant", "rose_cut")
_TURN_DEG = 58.0  # hoops hang so that both their front and their round are seen
_SEEN = 0.65  # of a hoop's diameter: as wide as it then looks, with a little room


def hoop_diameter(default: float) -> Any:
    """The outside of a hoop."""
    return fields.mm("Diameter", default, 13.0, 50.0, "13 mm hugs the ear, 20 mm hangs below it.", 0.5)


def setting(default: str) -> Any:
    """How a single stone is held."""
    labels = {"prong": "Prongs", "bezel": "Bezel"}
    return fields.choice("Setting", default, labels, "Prongs let in the most light; a bezel has nothing to catch.")


def back() -> Any:
    """What holds a post behind the ear."""
    return fields.choice(
        "Backs", "butterfly", BACKS, "Butterflies slide on; screws and locking backs cannot slip off by themselves."
    )


def single_head(
    setting: str, stone: Stone, prongs: int, weight: fields.FirmProngs, bezel_wall_mm: float
) -> ProngHead | BezelHead:
    """One stone in prongs or a bezel; three prongs hold round stones only, others get four then."""
    if setting == "bezel":
        return bezel_head(stone, bezel_wall_mm)
    count = 4 if prongs == 3 and stone.cut not in _THREE_PRONGS else prongs
    return prong_head(stone, count, fields.prong_diameter_mm(weight, stone.width_mm))


def studs(head: Head, back: Back) -> Assembly:
    """A pair of heads on posts with their backs."""
    wire_mm = limit("ear_post_wire", "mid")
    half_width, half_height = base_of(head)
    post = Shape(build_post, (half_width, half_height, wire_mm, PLATE_MM + limit("ear_post_length", "mid")))
    stand = Mounting(post, "post", (facing(head),))
    rows = pair(head.width_mm)
    return Assembly(
        "earrings",
        "hanging",
        (Copies(stand, rows),),
        bought=(ear_backs(back, wire_mm, rows, PLATE_MM),),
        fittings=(post_measure(),),
    )


def hoops(closing: Closing, sizes: tuple[float, float, float, str], placed: tuple[Placed, ...] = ()) -> Assembly:
    """A pair of hoops: `sizes` are the diameter inside, the width, the thickness and the profile."""
    inside_mm, _, thickness_mm, _ = sizes
    wire_mm = limit("ear_post_wire", "high")
    rows = pair(_SEEN * (inside_mm + 2 * thickness_mm), _TURN_DEG)
    if closing == "wire":
        endless = Mounting(Shape(build_endless, (*sizes, wire_mm)), "hoop", placed)
        return Assembly("earrings", "hanging", (Copies(endless, rows),), fittings=(cast_in("post", wire_mm),))
    hoop = Mounting(Shape(build_click, (*sizes, wire_mm)), "hoop", placed, openings=1)
    post = Mounting(Shape(build_click_post, (*sizes, wire_mm)), "post", openings=1)
    return Assembly(
        "earrings",
        "hanging",
        (Copies(hoop, rows), Copies(post, rows)),
        fittings=(cast_in("post", wire_mm), cast_in("hinge", PIN_MM)),
    )
