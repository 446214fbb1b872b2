"""A stone that swings below the ear."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bodies import Shape
from configurator.geometry.checks import limit
from configurator.geometry.drops import EYE_WIRE_MM, ball_back_mm, ball_up_mm, build_ball, build_hook, swinging
from configurator.geometry.ear_fittings import Back, cast_in, ear_backs, pair, post_measure
from configurator.geometry.mountings import Copies, Mounting
from configurator.geometry.styles import ear_choices, fields
from configurator.geometry.styles.fields import Role

LABEL = "Drop"
HELP = "A stone that swings below the ear and catches the light with every move."
ROLES = (Role(name="center", label="Stone", width_mm=(3.0, 10.0), usual_width_mm=5.5, usual_cut="pear"),)
ROLES_BY_NAME = {role.name: role for role in ROLES}

Top = Literal["hook", "ball"]
_TOPS: dict[Top, str] = {"hook": "Hook", "ball": "Ball on a post"}
_APART = 1.7  # a pair hangs as far apart as if its stones were this many times as wide


class Options(fields.Choices):
    """What a client may choose."""

    top: Top = fields.choice("Top", "hook", _TOPS, "A hook is light and needs no back; a ball sits on the ear.")
    bar_mm: float = fields.mm("Bar", 6.0, 1.0, 30.0, "How far the stone hangs below the ear.", 0.5)
    setting: Literal["prong", "bezel"] = ear_choices.setting("bezel")
    prongs: Literal[4, 6] = fields.only_with(fields.prongs(4), setting="prong")
    prong_weight: fields.FirmProngs = fields.only_with(fields.firm_prongs(), setting="prong")
    bezel_wall_mm: float = fields.only_with(fields.bezel_wall(0.4), setting="bezel")
    back: Back = ear_choices.back()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """A top and a drop that hang in each other, twice; a post has its back."""
    head = ear_choices.single_head(
        options.setting, stones["center"], options.prongs, options.prong_weight, options.bezel_wall_mm
    )
    bar, placed = swinging(head, options.bar_mm)
    rows = pair(_APART * head.width_mm)
    drop = Copies(Mounting(bar, "drop", (placed,), openings=1), rows)
    wire_mm = limit("ear_post_wire", "mid")
    eyes = cast_in("jump_ring", EYE_WIRE_MM)
    if options.top == "hook":
        hook = Mounting(Shape(build_hook, (wire_mm,)), "hook", openings=1)
        return Assembly("earrings", "hanging", (drop, Copies(hook, rows)), fittings=(cast_in("hook", wire_mm), eyes))
    ball = Mounting(Shape(build_ball, (wire_mm, limit("ear_post_length", "mid"))), "post", openings=1)
    return Assembly(
        "earrings",
        "hanging",
        (drop, Copies(ball, rows)),
        bought=(ear_backs(options.back, wire_mm, rows, ball_back_mm(), ball_up_mm()),),
        fittings=(post_measure(), eyes),
    )
