"""Text to a cross-section in millimetres: the styles of lettering, and one line of text set in one of them.

How high a line is: `height_mm` spans from the top of the tall letters (H, d, l) to the bottom of the deep ones
(g, p, y) of the chosen style, so two styles at one height take the same room on a band. In a style without deep letters
(Capitals) it is the height of the capitals. Accents on capitals, a long Q or a swash may stand out of it; the height
that `Line` reports is the ink's.

A letter the chosen style lacks comes from the first of its stand-ins (fonts.csv) that has it, at its own line height.
"""

import csv
import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d as mf
import numpy as np

from configurator.design import Drawing, Inscription, InvalidDesign
from configurator.geometry import glyphs, monograms, reading_order
from configurator.geometry.glyphs import FONTS_DIR

SWELL_MM = 0.005  # outlines grow by this: hairlines that merely touch would cut edges that four faces share
_SIMPLIFY_MM = 0.002  # then corners closer than this go; together 0 of 150 random lines failed (without: 3)
_CHORD_MM = 0.004  # how far a chord may leave a letter's curve; a laser spot is several times wider
_ROUGH_MM = 0.01  # the strokes of an emblem are measured on outlines so rough: the time goes with the square of points
_LEAST_INK = 10.0  # squares of a drawing's grid
_WORLD = "world"  # its line is the measure for symbols, which have neither tall nor deep letters


@dataclass(frozen=True, slots=True)
class Font:
    """A style of lettering: one row of assets/fonts/fonts.csv. Files are paths below `FONTS_DIR`."""

    id: str
    label: str
    family: str
    offered: bool  # False: only stands in for letters that the offered styles lack
    file: str
    web_file: str | None
    licence: str
    licence_file: str
    stand_ins: tuple[str, ...]
    scripts: tuple[str, ...]
    note: str


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One set line of text. `section` is the ink in mm, centred on the origin, reading along +x with +y up."""

    section: mf.CrossSection
    characters: int  # letters, digits and signs to cut; spaces and accents apart
    length_mm: float
    height_mm: float  # of the ink
    area_mm2: float
    thinnest_stroke_mm: float
    stand_ins: tuple[tuple[str, Font], ...]  # letters that came from another font


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    font_id: str
    level: int


@lru_cache(maxsize=1)
def fonts() -> dict[str, Font]:
    """Every style of lettering by id, those offered first, in the order to show them."""
    with (FONTS_DIR / "fonts.csv").open(encoding="utf-8", newline="") as table:
        rows = [
            Font(
                id=row["id"],
                label=row["label"],
                family=row["family"],
                offered=row["offered"] == "yes",
                file=row["file"],
                web_file=row["web_file"] or None,
                licence=row["licence"],
                licence_file=row["licence_file"],
                stand_ins=tuple(row["stand_ins"].split()),
                scripts=tuple(row["scripts"].split()),
                note=row["note"],
            )
            for row in csv.DictReader(table)
        ]
    return {font.id: font for font in sorted(rows, key=lambda font: not font.offered)}


def offered_fonts() -> tuple[Font, ...]:
    """The styles a client picks from."""
    return tuple(font for font in fonts().values() if font.offered)


@lru_cache(maxsize=256)
def set_line(text: str, font_id: str, height_mm: float) -> Line:
    """Sets one line of text at true scale.

    Raises `InvalidDesign` when the style is unknown, when no font here has a letter, or when nothing would be cut.
    """
    if font_id not in fonts() or not fonts()[font_id].offered:
        labels = ", ".join(f"{font.label} ({font.id})" for font in offered_fonts())
        raise InvalidDesign(f"There is no lettering called “{font_id}”; choose one of {labels}.")
    runs = _itemise(text, font_id)
    pen_mm, thinnest_mm = 0.0, math.inf
    contours = []
    for run in (runs[i] for i in reading_order.visual_order([run.level for run in runs])):
        file, em_mm = fonts()[run.font_id].file, _em_mm(run.font_id, height_mm)
        chord_em = 2.0 ** math.floor(math.log2(_CHORD_MM / em_mm))  # a power of two: similar sizes share their glyphs
        shaped = glyphs.shape(run.text, file, run.level % 2 == 1)
        for glyph, x_em, y_em in shaped.glyphs:
            outline = glyphs.outline(file, glyph, chord_em)
            contours += [contour * em_mm + (pen_mm + x_em * em_mm, y_em * em_mm) for contour in outline]
            if outline:
                thinnest_mm = min(thinnest_mm, glyphs.stroke_em(file, glyph, chord_em) * em_mm)
        pen_mm += shaped.advance_em * em_mm
    if not contours:
        raise InvalidDesign("The inscription has no letters that could be cut; type at least one.")
    section, length, height = _clean(mf.CrossSection(contours, mf.FillRule.NonZero))
    return Line(
        section=section,
        characters=sum(1 for c in text if not c.isspace() and not glyphs.is_attached(c)),
        length_mm=length,
        height_mm=height,
        area_mm2=section.area(),
        thinnest_stroke_mm=min(thinnest_mm, height_mm) + 2 * SWELL_MM,
        stand_ins=tuple((run.text.strip(), fonts()[run.font_id]) for run in runs if run.font_id != font_id),
    )


@lru_cache(maxsize=64)
def set_drawing(drawing: Drawing, height_mm: float) -> Line:
    """Sets a drawing as high as a line. Raises `InvalidDesign` when its outlines hold no ink."""
    flat = mf.CrossSection([np.array(one, dtype=float).reshape(-1, 2) for one in drawing], mf.FillRule.EvenOdd)
    if flat.area() < _LEAST_INK:
        raise InvalidDesign("The drawing has no ink that could be cut; take a clearer picture of it.")
    _, y_low, _, y_high = flat.bounds()
    scale = height_mm / (y_high - y_low)
    drawn = flat.scale((scale, scale))
    section, length, height = _clean(drawn)
    return Line(
        section=section,
        characters=len(section.decompose()),
        length_mm=length,
        height_mm=height,
        area_mm2=section.area(),
        thinnest_stroke_mm=min(glyphs.stroke(drawn), height_mm) + 2 * SWELL_MM,
        stand_ins=(),
    )


@lru_cache(maxsize=64)
def set_monogram(text: str, font_id: str, height_mm: float, ringed: bool) -> Line:
    """Sets initials as one emblem, as capitals where a script has them. Raises `InvalidDesign` as `set_line` does."""
    capitals = text.upper() if len(text.upper()) == len(text) else text
    letters = [set_line(capitals[start:end], font_id, height_mm) for start, end in _clusters(capitals)]
    if reading_order.levels(capitals)[0] % 2:
        letters.reverse()
    drawn = monograms.emblem([letter.section for letter in letters], height_mm, ringed)
    section, length, height = _clean(drawn)
    return Line(
        section=section,
        characters=len(letters),
        length_mm=length,
        height_mm=height,
        area_mm2=section.area(),
        thinnest_stroke_mm=min(glyphs.stroke(drawn.simplify(_ROUGH_MM)), height_mm) + 2 * SWELL_MM,
        stand_ins=tuple(one for letter in letters for one in letter.stand_ins),
    )


def set_inscription(inscription: Inscription) -> Line:
    """Sets a line of text, a monogram or a drawing at true scale. Raises `InvalidDesign`."""
    if inscription.drawing is not None:
        return set_drawing(inscription.drawing, inscription.height_mm)
    if inscription.arrangement != "line":
        ringed = inscription.arrangement == "ringed_monogram"
        return set_monogram(inscription.text, inscription.font, inscription.height_mm, ringed)
    return set_line(inscription.text, inscription.font, inscription.height_mm)


def _clean(ink: mf.CrossSection) -> tuple[mf.CrossSection, float, float]:
    """Ink that booleans can take, centred on the origin, and its length and height."""
    section = ink.offset(SWELL_MM, mf.JoinType.Miter).simplify(_SIMPLIFY_MM)
    x_low, y_low, x_high, y_high = section.bounds()
    return section.translate((-(x_low + x_high) / 2, -(y_low + y_high) / 2)), x_high - x_low, y_high - y_low


def _em_mm(font_id: str, height_mm: float) -> float:
    line_em = glyphs.face(fonts()[font_id].file).line_em or glyphs.face(fonts()[_WORLD].file).line_em
    assert line_em is not None, "the world font has tall and deep letters"
    return height_mm / line_em


def _itemise(text: str, font_id: str) -> list[_Run]:
    """Splits text into runs of one font and one direction; a letter and its accents stay together."""
    candidates = (font_id, *fonts()[font_id].stand_ins)
    level_of = reading_order.levels(text)
    runs: list[_Run] = []
    missing: list[str] = []
    for start, end in _clusters(text):
        cluster, level = text[start:end], level_of[start]
        order = (runs[-1].font_id, *candidates) if runs and cluster.isspace() else candidates
        chosen = next((id_ for id_ in order if glyphs.face(fonts()[id_].file).has(cluster)), None)
        if chosen is None:
            missing.append(cluster)
        elif runs and (runs[-1].font_id, runs[-1].level) == (chosen, level):
            runs[-1] = _Run(runs[-1].text + cluster, chosen, level)
        else:
            runs.append(_Run(cluster, chosen, level))
    if missing:
        named = ", ".join(f"“{c}”" for c in dict.fromkeys(missing))
        scripts = sorted({script for font in fonts().values() for script in font.scripts} - {"Symbols"})
        raise InvalidDesign(
            f"None of our lettering has {named}. We engrave {', '.join(scripts[:-1])} and {scripts[-1]} letters, "
            "digits, and signs such as ♥ ∞ ★ & –; leave it out, or write it in those."
        )
    return runs


def _clusters(text: str) -> list[tuple[int, int]]:
    starts = [i for i, c in enumerate(text) if i == 0 or not glyphs.is_attached(c)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
