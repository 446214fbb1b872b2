"""One letter, cut from the outlines of real lettering."""

from collections.abc import Mapping

from configurator.design import Stone
from configurator.geometry import hanging
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bails import Bail
from configurator.geometry.bodies import Shape
from configurator.geometry.initials import (
    FACE_LABELS,
    LETTERS,
    Face,
    Initial,
    build_initial,
    hanging_letter,
    letter_eyes,
    stroke_mm,
)
from configurator.geometry.mountings import Mounting
from configurator.geometry.styles import fields
from configurator.geometry.styles.chained import OnAChain
from configurator.geometry.styles.fields import Role

LABEL = "Initial"
HELP = "A single letter, cut out and softly rounded."
ROLES: tuple[Role, ...] = ()
ROLES_BY_NAME = {role.name: role for role in ROLES}


class Options(OnAChain):
    """What a client may choose."""

    letter: Initial = fields.choice(
        "Letter", "a", {letter: letter.upper() for letter in LETTERS}, "Your initial, or theirs."
    )
    lettering: Face = fields.choice("Lettering", "serif", FACE_LABELS, "The hand that the letter is drawn in.")
    height_mm: float = fields.mm("Height", 15.0, 10.0, 30.0, "Of the letter, without what it hangs by.", 0.5)
    thickness_mm: float = fields.plate_thickness(1.6)
    bail: Bail = fields.bail()


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The letter, held above its middle or by both its arms."""
    wire_mm = hanging.wire_mm()
    stroke = stroke_mm()
    letter = hanging_letter(options.letter, options.lettering, options.height_mm, stroke, options.bail, wire_mm)
    sizes = (options.letter, options.lettering, options.height_mm, options.thickness_mm, stroke)
    body = Shape(build_initial, (*sizes, options.bail, wire_mm), hanging.BACK)
    eyes = letter_eyes(letter, wire_mm)
    return hanging.hang(options, [Mounting(body, "plate", openings=letter.counters + len(eyes))], eyes)
