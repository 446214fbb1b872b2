"""Whether lettering fits where it stands, and what the engraver would say about it.

Every limit is a row of workshop.csv. What cannot be is refused with the largest size that would; the rest is a finding.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from configurator import reference
from configurator.design import Inscription, InvalidDesign, Place
from configurator.geometry.engraving import Stack, resized, stacked
from configurator.geometry.lettering import SWELL_MM, Font, Line
from configurator.geometry.piece import LETTERING, Finding

_SIZE_STEP_MM = 0.1  # sizes are proposed in the steps of the slider
_CHORDS = 0.005  # of a size: how much smaller letters may be out of proportion
_DEPTH_STEP_MM = 0.05


class TooLarge(InvalidDesign):
    """Lines that would fit their place at other heights, `sizes_mm`, one for each of the place's lines."""

    def __init__(self, sentence: str, place: Place, sizes_mm: Sequence[float]) -> None:
        super().__init__(sentence)
        self.place = place
        self.sizes_mm = tuple(sizes_mm)


@lru_cache(maxsize=1)
def smallest_height_mm() -> float:
    """The smallest lettering a design can ask for."""
    return float(Inscription.model_json_schema()["properties"]["height_mm"]["minimum"])


def check_fit(
    inscriptions: Sequence[Inscription], stack: Stack, arc_mm: float, width_mm: float, part: str = "band"
) -> None:
    """Raises `InvalidDesign` when lines are longer than the free arc or higher than the `part` is wide, margins kept.

    The sentence says the largest size that fits, or how many letters would at the smallest.
    """
    room_mm, across_mm = max(arc_mm - 2 * margin_mm(), 0.0), width_mm - 2 * margin_mm()

    def fits(stack: Stack) -> bool:
        return stack.length_mm <= room_mm and stack.height_mm <= across_mm

    if len(inscriptions) == 1:
        _check_line(inscriptions[0], stack.lines[0], room_mm, across_mm, width_mm, part)
    elif not fits(stack):
        refuse_together(
            inscriptions,
            f"One under the other, these {len(inscriptions)} lines are {stack.length_mm:.1f} mm long and "
            f"{stack.height_mm:.1f} mm high; the {part} has room for {room_mm:.1f} by {max(across_mm, 0.0):.1f} mm",
            lambda smaller: fits(stacked(smaller)),
        )


def _check_line(
    inscription: Inscription, line: Line, room_mm: float, across_mm: float, width_mm: float, part: str
) -> None:
    margin = margin_mm()
    too_long, too_high = line.length_mm > room_mm, line.height_mm > across_mm
    if not too_long and not too_high:
        return
    size, smallest = inscription.height_mm, smallest_height_mm()
    # Without its fixed swelling the outline grows in proportion to the size of the letters, but for its curves' chords.
    long_per_size = (line.length_mm - 2 * SWELL_MM) / size
    high_per_size = (line.height_mm - 2 * SWELL_MM) / size
    fits_mm = min((room_mm - 2 * SWELL_MM) / long_per_size, (across_mm - 2 * SWELL_MM) / high_per_size)
    fits_mm = _down((1 - _CHORDS) * fits_mm)
    if too_long:
        problem = f"is {line.length_mm:.1f} mm long at {size:g} mm; the {part} has room for {room_mm:.1f} mm"
        otherwise = f"shorten it to about {_letters(line, room_mm / line.length_mm)}"
    else:
        problem = (
            f"is {line.height_mm:.1f} mm high at {size:g} mm; a {part} {round(width_mm, 2):g} mm wide "
            f"has room for {max(across_mm, 0.0):.1f} mm"
        )
        otherwise = f"on a {part} {_up(line.height_mm + 2 * margin):.1f} mm wide"
    if fits_mm >= smallest:
        sentence = f"“{inscription.text}” {problem}. It fits at {fits_mm:.1f} mm, or {otherwise}."
        raise TooLarge(sentence, inscription.place, [fits_mm])
    if high_per_size * smallest + 2 * SWELL_MM > across_mm:
        needed_mm = _up(high_per_size * smallest + 2 * (SWELL_MM + margin))
        advice = f"Even the smallest letters, {smallest:g} mm, need a {part} {needed_mm:.1f} mm wide for these words."
    else:
        share = (room_mm - 2 * SWELL_MM) / (long_per_size * smallest)
        advice = f"Even at the smallest, {smallest:g} mm, there is room for about {_letters(line, share)}: shorten it."
    raise InvalidDesign(f"“{inscription.text}” {problem}. {advice}")


def margin_mm() -> float:
    """What ink keeps clear of every edge."""
    return _number("inscription_edge_margin", "low")


def refuse_together(
    inscriptions: Sequence[Inscription], problem: str, fits: Callable[[Sequence[Inscription]], bool]
) -> None:
    """Raises `InvalidDesign` with the problem and the largest sizes that fit, all smaller by one share."""
    tallest, smallest = max(one.height_mm for one in inscriptions), smallest_height_mm()

    def sizes(steps: int) -> list[float]:
        share = (smallest + steps * _SIZE_STEP_MM) / tallest
        return [max(_down(one.height_mm * share), smallest) for one in inscriptions]

    # Between `fitting`, which does, and `too_large`, which does not.
    fitting, too_large = -1, math.ceil((tallest - smallest) / _SIZE_STEP_MM - 1e-9)
    while too_large - fitting > 1:
        middle = (fitting + too_large) // 2
        if fits(resized(inscriptions, sizes(middle))):
            fitting = middle
        else:
            too_large = middle
    they, them = ("They", "them") if len(inscriptions) > 1 else ("It", "it")
    if fitting < 0:
        raise InvalidDesign(f"{problem}. Even at the smallest size, {smallest:g} mm, there is no room: shorten {them}.")
    named = list(dict.fromkeys(f"{size:.1f}" for size in sizes(fitting)))
    if len(named) > 1:
        named = [f"{size:.1f}" for size in sizes(fitting)]
    in_order = f"{', '.join(named[:-1])} and {named[-1]} mm, from the top down" if named[1:] else f"{named[0]} mm"
    sentence = f"{problem}. {they} fit{'' if they == 'They' else 's'} at {in_order}."
    raise TooLarge(sentence, inscriptions[0].place, sizes(fitting))


def findings(
    inscription: Inscription, line: Line, part: str, thickness_mm: float, edge_mm: float, hollow: bool = False
) -> tuple[Finding, ...]:
    """What the maker would remark on a line that fits: on a `part` so thick, ink that far from its edge; the walls of a
    `hollow` one are as thick as they are."""
    if inscription.raised:
        found = _about_raised_strokes(line)
    else:
        found = [*_about_strokes(line), *_about_depth(inscription.depth_mm, part, thickness_mm, hollow)]
    return (*found, *_about_edges(part, edge_mm), *_about_stand_ins(line))


def _about_raised_strokes(line: Line) -> list[Finding]:
    """Raised letters are cast with the piece: there is no laser to draw what the metal would not fill."""
    cast_mm, least_mm = _number("inscription_stroke_cast", "mid"), _number("melee_spacing", "low")
    if line.thinnest_stroke_mm >= cast_mm:
        return []
    message = (
        f"Raised strokes {line.thinnest_stroke_mm:.2f} mm thin may not fill in casting, and wear off; "
        f"{cast_mm:g} mm is the least that is cast well."
    )
    fix = "Take larger letters or the style Modern, or have them cut instead."
    return [Finding("stop" if line.thinnest_stroke_mm < least_mm else "warning", LETTERING, message, fix)]


def _about_strokes(line: Line) -> list[Finding]:
    cast_mm, laser_mm = _number("inscription_stroke_cast", "mid"), _number("inscription_stroke_laser", "low")
    thinnest_mm = line.thinnest_stroke_mm
    if thinnest_mm >= cast_mm:
        return []
    if thinnest_mm >= laser_mm:
        message = f"The finest strokes are {thinnest_mm:.2f} mm: laser engraving after casting, as for most lettering."
        return [_note(message, f"Strokes from {cast_mm:g} mm on could also be cast or cut by hand.")]
    message = (
        f"The finest hairlines are {thinnest_mm:.2f} mm, finer than a laser's line of {laser_mm:g} mm: "
        "they come out slightly heavier than drawn."
    )
    return [_note(message, "Larger letters, or the style Modern, keep every stroke as drawn.")]


def _about_depth(depth_mm: float, part: str, thickness_mm: float, hollow: bool) -> list[Finding]:
    least_mm, sound_mm = _number("inscription_metal_behind", "low"), _number("inscription_metal_behind", "mid")
    deepest_mm = _number("inscription_depth_laser", "high")
    left_mm = max(round(thickness_mm - depth_mm, 6), 0.0)
    found = []
    if left_mm < sound_mm:
        limit = f"{least_mm:g} mm is the least that holds" if left_mm < least_mm else f"{sound_mm:g} mm is sound"
        thicker = "have the words raised" if hollow else f"make the {part} {_up(depth_mm + sound_mm):.1f} mm thick"
        shallower_mm = _down(thickness_mm - sound_mm, _DEPTH_STEP_MM)
        fix = f"Engrave at most {shallower_mm:.2f} mm deep, or {thicker}." if shallower_mm > 0 else f"{thicker}."
        found.append(
            Finding(
                "stop" if left_mm < least_mm else "warning",
                LETTERING,
                f"Letters {depth_mm:g} mm deep leave {left_mm:.2f} mm of metal behind them; {limit}.",
                fix[0].upper() + fix[1:],
            )
        )
    if depth_mm > deepest_mm:
        message = f"{depth_mm:g} mm is deeper than a laser usually engraves ({deepest_mm:g} mm)."
        found.append(Finding("warning", LETTERING, message, f"Ask for {deepest_mm:g} mm; deeper is slow work by hand."))
    return found


def _about_edges(part: str, edge_mm: float) -> list[Finding]:
    usual_mm = _number("inscription_edge_margin", "mid")
    if edge_mm >= usual_mm:
        return []
    message = f"The letters come within {edge_mm:.2f} mm of the {part}'s edge; {usual_mm:g} mm is usual."
    return [_note(message, f"Slightly smaller letters or a wider {part} wear longer.")]


def _about_stand_ins(line: Line) -> list[Finding]:
    borrowed: dict[Font, list[str]] = {}
    for text, font in line.stand_ins:
        if text and "Symbols" not in font.scripts:
            borrowed.setdefault(font, []).append(f"“{text}”")
    alike = "To have the whole line alike, try the style World or Classic."
    return [
        _note(
            f"{', '.join(texts)} will stand in {font.family}: the chosen style does not have these letters.",
            alike if font.offered else "They look the same in every style.",
        )
        for font, texts in borrowed.items()
    ]


def _note(message: str, fix: str) -> Finding:
    return Finding("note", LETTERING, message, fix)


def _number(fact_id: str, which: str) -> float:
    value: float | None = getattr(reference.load().workshop[fact_id], which)
    if value is None:
        raise reference.BadTable("workshop.csv", 1, f"{fact_id} needs a value for {which}")
    return value


def _letters(line: Line, share: float) -> str:
    count = max(0, min(line.characters - 1, math.floor(line.characters * share)))
    return "1 letter" if count == 1 else f"{count} letters"


def _up(value_mm: float, step_mm: float = _SIZE_STEP_MM) -> float:
    return math.ceil(value_mm / step_mm - 1e-9) * step_mm


def _down(value_mm: float, step_mm: float = _SIZE_STEP_MM) -> float:
    return math.floor(value_mm / step_mm + 1e-9) * step_mm
