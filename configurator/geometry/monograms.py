"""Monograms: two or three initials grown together into one emblem, as engravers draw them.

Of three the middle one is the largest; two stand on a slope. Each letter is pushed into its neighbour until their
strokes join, so that outlines united make one shape; a ring, if there is one, holds it where it reaches farthest.
"""

from collections.abc import Sequence
from functools import reduce

import manifold3d as mf
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Taste, as shares of the emblem's height.
_SIZES = {2: (0.8, 0.8), 3: (0.7, 1.0, 0.7)}  # of the letters, in reading order
_RISES = {2: (0.1, -0.1), 3: (0.0, 0.0, 0.0)}  # of their middles
_BITES = (
    0.06,
    0.04,
    0.02,
    0.01,
)  # how far a letter runs into its neighbour beyond the first touch; hairlines less
_WIDEST_IN_RING = 1.3  # letters in a ring are drawn narrower until the emblem is no wider than this, over its height
_RING = 0.05  # how wide the ring is, of its diameter
_RING_BITE = 0.8  # of the ring's width: how far the emblem reaches into it

_PROBES = 240  # heights at which neighbours are pushed together
_ROUND = 160


def emblem(letters: Sequence[mf.CrossSection], height_mm: float, ringed: bool) -> mf.CrossSection:
    """The outlines of two or three letters, from left to right, as one emblem so high."""
    count = len(letters)
    placed = [
        _standing(letter, size, rise) for letter, size, rise in zip(letters, _SIZES[count], _RISES[count], strict=True)
    ]
    whole = _centred(reduce(_joined, placed))
    if ringed:
        x_low, y_low, x_high, y_high = whole.bounds()
        whole = whole.scale((min(1.0, _WIDEST_IN_RING * (y_high - y_low) / (x_high - x_low)), 1.0))
        reach = float(np.hypot(*np.vstack(whole.to_polygons()).T).max())
        inner = reach / (1 + 2 * _RING * _RING_BITE)
        outer = inner / (1 - 2 * _RING)
        whole = (whole ^ _disc((inner + outer) / 2)) + (_disc(outer) - _disc(inner))
    _, low, _, high = whole.bounds()
    scale = height_mm / (high - low)
    return whole.scale((scale, scale))


def _standing(letter: mf.CrossSection, size: float, rise: float) -> mf.CrossSection:
    """A letter so high, its middle at x = 0 and at the height `rise`."""
    _, low, _, high = letter.bounds()
    scale = size / (high - low)
    return _centred(letter).scale((scale, scale)).translate((0, rise))


def _joined(left: mf.CrossSection, right: mf.CrossSection) -> mf.CrossSection:
    """The right one pushed into the left one."""
    _, low, _, high = (left + right).bounds()
    heights = low + (high - low) * (np.arange(_PROBES) + 0.5) / _PROBES
    room = _reach(right.mirror((1, 0)), heights) + _reach(left, heights)  # that of the left edge is mirrored
    parts = len(left.decompose()) + len(right.decompose())
    for bite in _BITES:
        both = left + right.translate((float(room.max()) - bite, 0))
        if len(both.decompose()) < parts:
            break
    return both


def _reach(section: mf.CrossSection, heights: Floats) -> Floats:
    """How far to the right ink reaches at some heights; minus infinity where there is none."""
    loops = section.to_polygons()
    a, b = np.vstack(loops), np.vstack([np.roll(loop, -1, axis=0) for loop in loops])
    y = heights[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    found: Floats = np.where((a[:, 1] <= y) != (b[:, 1] <= y), x, -np.inf).max(axis=1)
    return found


def _centred(section: mf.CrossSection) -> mf.CrossSection:
    x_low, y_low, x_high, y_high = section.bounds()
    return section.translate((-(x_low + x_high) / 2, -(y_low + y_high) / 2))


def _disc(radius: float) -> mf.CrossSection:
    return mf.CrossSection.circle(radius, _ROUND)
