"""One font file at a time: which letters it has, how HarfBuzz sets them, and the outline and stroke of each glyph.

Everything is in em, the font's own unit of size, and cached: a glyph is drawn once for all the inscriptions it is in.
`file` is a path below `FONTS_DIR`.
"""

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import manifold3d as mf
import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

FONTS_DIR = Path(__file__).resolve().parents[2] / "assets" / "fonts"

_STROKE_SHARE = 0.05  # a stroke is as thin as the thinnest twentieth of its outline: tapering tips do not count
_OPPOSITE = -0.7  # cosine between two sides of one stroke (they face away from each other within 45 degrees)
_LINE_LETTERS = "Hdlgpy" + "לקן" + "لج"  # tall and deep letters of the scripts whose fonts have them
_JOINERS = "\u200c\u200d"

Contours = tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Face:
    """A font ready for use; `line_em` is its height from tall to deep letters, None when it has neither (symbols)."""

    font: hb.Font
    upem: int
    letters: frozenset[str]
    line_em: float | None

    def has(self, cluster: str) -> bool:
        """Whether every character can be drawn, whole or from its parts."""
        return all(
            c in self.letters
            or is_invisible(c)
            or all(part in self.letters for part in unicodedata.normalize("NFD", c))
            for c in cluster
        )


@dataclass(frozen=True, slots=True)
class Shaped:
    """Text set in one font: number and origin of each glyph from left to right, and the advance of the whole."""

    glyphs: tuple[tuple[int, float, float], ...]
    advance_em: float


def is_attached(c: str) -> bool:
    """Whether a character belongs to the letter before it: accents, vowel signs, joiners, variation selectors."""
    return unicodedata.category(c).startswith("M") or c in _JOINERS


def is_invisible(c: str) -> bool:
    """Whether a character only steers its neighbours: joiners, and the selectors between pictures of one sign."""
    return c in _JOINERS or 0xFE00 <= ord(c) <= 0xFE0F


@lru_cache(maxsize=32)
def face(file: str) -> Face:
    """Opens a font."""
    opened = hb.Face(hb.Blob.from_file_path(FONTS_DIR / file))
    font = hb.Font(opened)
    letters = frozenset(map(chr, opened.unicodes))
    extents = [font.get_glyph_extents(font.get_nominal_glyph(ord(c))) for c in _LINE_LETTERS if c in letters]
    line_em = None
    if extents:
        bottom = min(e.y_bearing + e.height for e in extents)
        line_em = (max(e.y_bearing for e in extents) - bottom) / opened.upem
    return Face(font, opened.upem, letters, line_em)


@lru_cache(maxsize=1024)
def shape(text: str, file: str, rtl: bool) -> Shaped:
    """Sets text in one font and one direction: ligatures, joins, conjuncts, kerning, accents."""
    opened = face(file)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(opened.font, buffer)
    pen, glyphs = 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append((info.codepoint, (pen + position.x_offset) / opened.upem, position.y_offset / opened.upem))
        pen += position.x_advance
    return Shaped(tuple(glyphs), pen / opened.upem)


@lru_cache(maxsize=4096)
def outline(file: str, glyph: int, chord_em: float) -> Contours:
    """The closed contours of a glyph, each (n, 2), curves flattened so that no chord leaves them by `chord_em`."""
    opened = face(file)
    contours: list[NDArray[np.float64]] = []
    points: list[tuple[float, float]] = []
    chord = chord_em * opened.upem

    def move(x: float, y: float, _: object) -> None:
        points[:] = [(x, y)]

    def line(x: float, y: float, _: object) -> None:
        points.append((x, y))

    def quadratic(x1: float, y1: float, x2: float, y2: float, _: object) -> None:
        points.extend(_flattened([points[-1], (x1, y1), (x2, y2)], chord))

    def cubic(x1: float, y1: float, x2: float, y2: float, x3: float, y3: float, _: object) -> None:
        points.extend(_flattened([points[-1], (x1, y1), (x2, y2), (x3, y3)], chord))

    def close(_: object) -> None:
        if points[0] == points[-1]:
            points.pop()
        if len(points) > 2:
            contours.append(np.array(points) / opened.upem)

    draw = hb.DrawFuncs()
    draw.set_move_to_func(move)
    draw.set_line_to_func(line)
    draw.set_quadratic_to_func(quadratic)
    draw.set_cubic_to_func(cubic)
    draw.set_close_path_func(close)
    opened.font.draw_glyph(glyph, draw)
    return tuple(contours)


def _flattened(control: list[tuple[float, float]], chord: float) -> list[tuple[float, float]]:
    """Points on a Bézier curve after its start; plain floats, as most curves of a letter are two pieces."""
    degree = len(control) - 1
    if degree == 2:  # most curves of most fonts, so written out
        (x0, y0), (x1, y1), (x2, y2) = control
        pieces = max(1, math.ceil(math.sqrt(math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2) / (4 * chord))))
        return [(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in _bernstein(2, pieces)]
    bend = max(
        math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1])
        for a, b, c in zip(control, control[1:], control[2:], strict=False)
    )
    pieces = max(1, math.ceil(math.sqrt(degree * (degree - 1) / 8 * bend / chord)))  # from the second derivative
    return [
        (
            sum(weight * x for weight, (x, _) in zip(weights, control, strict=True)),
            sum(weight * y for weight, (_, y) in zip(weights, control, strict=True)),
        )
        for weights in _bernstein(degree, pieces)
    ]


@lru_cache(maxsize=256)
def _bernstein(degree: int, pieces: int) -> tuple[tuple[float, ...], ...]:
    """How much each control point weighs at the end of each piece."""
    return tuple(
        tuple(math.comb(degree, k) * (i / pieces) ** k * (1 - i / pieces) ** (degree - k) for k in range(degree + 1))
        for i in range(1, pieces + 1)
    )


@lru_cache(maxsize=4096)
def stroke_em(file: str, glyph: int, chord_em: float) -> float:
    """How thin the strokes of a glyph get: across the ink from each side to the side opposite.

    The width that `_STROKE_SHARE` of the outline's length stays under; infinite when no two sides are opposite.
    """
    return stroke(mf.CrossSection(list(outline(file, glyph, chord_em)), mf.FillRule.NonZero).simplify(chord_em / 2))


def stroke(section: mf.CrossSection) -> float:
    """How thin the strokes of any ink get; see `stroke_em`."""
    loops = [loop.astype(np.float32) for loop in section.to_polygons()]
    if not loops:
        return math.inf
    start = np.vstack(loops)
    side = np.vstack([np.roll(loop, -1, axis=0) for loop in loops]) - start
    length = np.hypot(*side.T)
    inward = np.column_stack([-side[:, 1], side[:, 0]]) / length[:, None]  # outlines run with the ink on the left
    middle = start + side / 2
    # From the middle of side i inward to side j: middle_i + t * inward_i = start_j + s * side_j. Every pair at once is
    # quicker than picking out the opposite ones: a letter has less than a hundred sides.
    square = np.column_stack([side[:, 1], -side[:, 0]])  # a @ square.T is the cross product of a with each side
    turned = np.column_stack([-inward[:, 1], inward[:, 0]])  # turned @ b.T is that of each inward with b, negated
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = inward @ square.T
        t = (np.einsum("jk,jk->j", start, square) - middle @ square.T) / turn
        s = (np.einsum("ik,ik->i", middle, turned)[:, None] - turned @ start.T) / turn
    hits = (inward @ inward.T < _OPPOSITE) & (t > 0) & (s >= 0) & (s <= 1)
    across = np.where(hits, t, np.float32(np.inf)).min(axis=1)
    order = np.argsort(across)
    reached = np.cumsum(np.where(np.isfinite(across), length, 0)[order])
    if reached[-1] == 0:
        return math.inf
    return float(across[order][np.searchsorted(reached, _STROKE_SHARE * reached[-1])])
