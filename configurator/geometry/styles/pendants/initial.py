"""One letter, cut from the outlines of real lettering."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.checks import limit
from configurator.geometry.initials import LETTERS, Face, build_initial, hanging_letter, letter_eyes
from configurator.geometry.lettering import fonts
from configurator.geometry.mountings import Mounting
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Initial"
HELP = "A single letter, cut out and softly rounded."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}

_FACES: dict[Face, str] = {name: fonts()[name].label for name in ("serif", "sans", "script")}
Initial = Literal[
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
    "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z",
]  # fmt: skip


class Options(OnAChain):
    """What a client may choose."""

    letter: Initial = fields.choice(
        "Letter", "a", {letter: letter.upper() for letter in LETTERS}, "Your initial, or theirs."
    )
    lettering: Face = fields.choice("Lettering", "serif", _FACES, "The hand that the letter is drawn in.")
    height_mm: float = fields.mm("Height", 15.0, 10.0, 30.0, "Of the letter, without what it hangs by.", 0.5)
    thickness_mm: float = fields.plate_thickness(1.6)
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The letter, held above its middle or by both its arms."""
    wire_mm = hanging.wire_mm()
    stroke_mm = round(limit("any_cast_section", "mid") + 2 * limit("polish_allowance", "mid"), 3)
    letter = hanging_letter(options.letter, options.lettering, options.height_mm, stroke_mm, options.bail, wire_mm)
    sizes = (options.letter, options.lettering, options.height_mm, options.thickness_mm, stroke_mm)
    body = Shape(build_initial, (*sizes, options.bail, wire_mm), hanging.BACK)
    eyes = letter_eyes(letter, wire_mm)
    return hanging.hang(options, [Mounting(body, "plate", openings=letter.counters + len(eyes))], eyes)
