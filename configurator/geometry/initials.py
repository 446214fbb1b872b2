"""Letters as pendants: the outlines of real lettering, thick enough to cast, with soft edges.

A letter hangs as it would from a hand: by a bail above its middle where it has metal there; where it rises in two
arms (H, U, V …) by a ring on each; otherwise by the top nearest to its middle, turned as far as it would swing.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry import glyphs, lettering
from configurator.geometry.bails import BITE, EYE_MM, Bail, bail_drop_mm, build_end_ring, end_ring_reach_mm
from configurator.geometry.bodies import Parts
from configurator.geometry.checks import limit
from configurator.geometry.curves import middle_of, top_of
from configurator.geometry.plates import hung, soft_plate, softened_section, top_mm

Floats = NDArray[np.float64]
Initial = Literal[
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
    "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z",
]  # fmt: skip
LETTERS: tuple[Initial, ...] = get_args(Initial)  # as options spell them; they are cut as capitals
Face = Literal["sans", "serif", "script"]
FACE_LABELS: dict[Face, str] = {name: lettering.fonts()[name].label for name in ("serif", "sans", "script")}

_CHORD_EM, _CHORD_MM = 2.0**-9, 0.002
_NEAR_TOP = 0.12  # of the height: what may be hung by
_ABOVE_MIDDLE = 0.04  # of the height: a bail this near to the middle hangs straight enough
_PROBES = 80  # places across a letter to look for its upper edge
_HOLD_MM = 0.35  # half of what a bail or a ring needs below it
_GROW_MM, _GROWS = 0.1, 9
_CORE = 0.3  # no wall of a letter is thinner than twice this share of a stroke
_SWINGS = {False: 1, True: 6}  # of a pendant, and of a small charm, whose ring is large beside it
_COUNTER_MM = 0.45  # the least radius of inner corners; smaller counters fill


@dataclass(frozen=True, eq=False, slots=True)
class Letter:
    """An outline that hangs straight, and where it is held: (x, z) of its upper edge, once or at two arms."""

    section: manifold3d.CrossSection
    held: tuple[tuple[float, float], ...]

    @property
    def counters(self) -> int:
        """How many openings the letter itself has."""
        return self.section.num_contour() - 1


def build_initial(
    fine: bool,
    letter: str,
    face: Face,
    height_mm: float,
    thickness_mm: float,
    stroke_mm: float,
    bail: Bail,
    wire_mm: float,
    eye_mm: float = EYE_MM,
    by_one: bool = False,
) -> Parts:
    """The letter with its bail, or with a ring on each arm."""
    hanging = hanging_letter(letter, face, height_mm, stroke_mm, bail, wire_mm, eye_mm, by_one)
    if len(hanging.held) == 1:
        return hung(fine, hanging.section, thickness_mm, bail, wire_mm, hanging.held[0][0], eye_mm)
    rings = [build_end_ring(fine, x, wire_mm).translate((0, 0, z)) for x, _, z in letter_eyes(hanging, wire_mm)]
    plate = soft_plate(fine, hanging.section.translate((0, _rings_drop_mm(hanging, wire_mm))), thickness_mm)
    return plate, *rings


def stroke_mm() -> float:
    """The thinnest stroke of a letter that is cast: the workshop's least section, and what polishing takes off it."""
    return round(limit("any_cast_section", "mid") + 2 * limit("polish_allowance", "mid"), 3)


def letter_eyes(letter: Letter, wire_mm: float) -> tuple[tuple[float, float, float], ...]:
    """Where a letter hangs: the origin, or the middles of its two rings, the higher of them at z = 0."""
    if len(letter.held) == 1:
        return ((0.0, 0.0, 0.0),)
    up = end_ring_reach_mm(wire_mm) + _rings_drop_mm(letter, wire_mm)
    return tuple((x, 0.0, z + up) for x, z in letter.held)


def _rings_drop_mm(letter: Letter, wire_mm: float) -> float:
    return -end_ring_reach_mm(wire_mm) - max(z for _, z in letter.held)


@lru_cache(maxsize=64)
def hanging_letter(
    letter: str,
    face: Face,
    height_mm: float,
    stroke_mm: float,
    bail: Bail,
    wire_mm: float,
    eye_mm: float = EYE_MM,
    by_one: bool = False,
) -> Letter:
    """A letter, its strokes at least `stroke_mm` wide, as it hangs; its middle at x = 0. A charm hangs `by_one` eye."""
    section = _cut_out(letter, face, height_mm, stroke_mm)
    middle = middle_of(section.to_polygons())
    section = section.translate((-middle[0], -middle[1]))
    tops = _tops(section, height_mm)
    left, right = tops[tops[:, 0] < 0], tops[tops[:, 0] > 0]
    nearest = tops[np.argmin(np.abs(tops[:, 0]))]
    if abs(nearest[0]) <= _ABOVE_MIDDLE * height_mm:
        return Letter(section, ((float(nearest[0]), float(nearest[1])),))
    if len(left) and len(right) and not by_one:
        arms = [_arm(left), _arm(right)]
        return Letter(section, ((arms[0][0], arms[0][1]), (arms[1][0], arms[1][1])))
    # It swings until its middle lies below the chain; that moves what it hangs by a little, and so on.
    turned = section.translate((-nearest[0], -nearest[1]))
    for _ in range(_SWINGS[by_one]):
        top, (x, z) = top_mm(turned, 0.0), middle_of(turned.to_polygons())
        drop_mm = top - z + bail_drop_mm(bail, wire_mm, eye_mm) - BITE * wire_mm
        turned = turned.translate((0, -top)).rotate(math.degrees(math.atan2(-x, drop_mm)))
    return Letter(turned, ((0.0, top_mm(turned, 0.0)),))


def _cut_out(letter: str, face: Face, height_mm: float, stroke_mm: float) -> manifold3d.CrossSection:
    """The letter at its height, grown until its strokes are wide enough, its corners softened."""
    file = lettering.fonts()[face].file
    glyph = glyphs.shape(letter.upper(), file, False).glyphs[0][0]
    ink = manifold3d.CrossSection(list(glyphs.outline(file, glyph, _CHORD_EM)), manifold3d.FillRule.NonZero)
    _, low, _, high = ink.bounds()
    stroke = glyphs.stroke_em(file, glyph, _CHORD_EM) / (high - low)
    # Grown by g on every side the whole is height_mm high and a stroke (height_mm - 2 g) * stroke + 2 g wide.
    least = max(0.0, (stroke_mm - stroke * height_mm) / (2 - 2 * stroke))
    # Hairlines may be thinner than most of a letter, and some letters are two strokes that nearly meet: grow on.
    for grow in least + _GROW_MM * np.arange(_GROWS):
        scale = (height_mm - 2 * grow) / (high - low)
        grown = ink.scale((scale, scale)).offset(grow, manifold3d.JoinType.Round, circular_segments=32)
        section = softened_section(grown, False, _COUNTER_MM).simplify(_CHORD_MM)
        core = section.offset(-_CORE * stroke_mm, manifold3d.JoinType.Round)
        whole = len(section.decompose()) == len(core.decompose()) == 1
        if whole and core.num_contour() == section.num_contour():
            break
    return section


def _tops(section: manifold3d.CrossSection, height_mm: float) -> Floats:
    """Places (n, 2) of the upper edge that lie high enough, and wide enough, to hang by; at least the highest."""
    x_low, _, x_high, high = section.bounds()
    x = np.linspace(x_low + 1e-3, x_high - 1e-3, _PROBES)
    loops = section.to_polygons()
    z = np.array([max(top_of(loop, float(at)) for loop in loops) for at in x])
    beside = np.minimum(np.interp(x - _HOLD_MM, x, z, left=-np.inf), np.interp(x + _HOLD_MM, x, z, right=-np.inf))
    fit = np.minimum(z, beside) > high - _NEAR_TOP * height_mm
    if not fit.any():
        fit = z == z.max()
    return np.column_stack([x, z])[fit]


def _arm(tops: Floats) -> tuple[float, float]:
    """The middle of the highest of these places."""
    highest = tops[tops[:, 1] > tops[:, 1].max() - 0.1]
    return float(highest[len(highest) // 2, 0]), float(highest[len(highest) // 2, 1])
