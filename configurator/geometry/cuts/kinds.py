"""The cuts we make: which construction each uses, and where it stands within the trade's usual proportions."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from configurator import reference
from configurator.design import InvalidDesign
from configurator.geometry.cuts.outlines import (
    TRILLION_BASE,
    Curve,
    boat,
    drop,
    ellipse,
    heart_outline,
    pillow,
    trefoil_outline,
)
from configurator.geometry.cuts.radiant import radiant_corners
from configurator.geometry.cuts.step import asscher_corners, emerald_corners, square_corners
from configurator.reference import Form

Family = Literal[
    "brilliant", "trillion", "heart", "princess", "radiant", "step", "baguette", "rose", "cabochon", "sphere"
]

_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Proportions:
    """A cut's usual proportions, as fractions of the width."""

    table: float
    crown: float
    girdle: float
    pavilion: float

    @property
    def depth(self) -> float:
        """Table to culet."""
        return self.crown + self.girdle + self.pavilion


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One cut. `table_at`, `crown_at`, `girdle_at` say where in the trade's range we cut it: 0 low, 1 high.

    `ratio` is the length to width that the construction serves, wider than what the trade calls usual. The outline is
    a `curve`, or has straight sides between `corners` (then `curve` is None). `tips` are pointed corners in half widths
    and half lengths. `claws` are outline parameters in degrees of good places for so many claws; empty where corners
    decide. The last three are the brilliants' minor facets (see `brilliant`).
    """

    family: Family = "brilliant"
    ratio: tuple[float, float]
    curve: Callable[[float, float], Curve] | None = None
    corners: Callable[[float, float], NDArray[np.float64]] = square_corners
    tips: tuple[tuple[float, float], ...] = ()
    claws: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    table_at: float = _MIDDLE
    crown_at: float = _MIDDLE
    girdle_at: float = _MIDDLE
    star: float = 0.52
    lower_half: float = 0.77
    break_at: tuple[float, float] | None = None


# A round's two free numbers. The pavilion angle is where every cutter aims, light leaks a degree to either side; the
# girdle was then tuned on one half of 53,648 real diamonds and gives a median error of 0.83 % in weight on the other.
_ROUND_PAVILION_DEG = 40.8
_ROUND_GIRDLE = 0.0303
_IDEAL_TABLE = 2.5 / 12  # 55.5 %: the middle of what is called Ideal, within what is sold

_FLAT_GIRDLE = 0.03  # of a stone with a flat base: what a claw or a bezel closes on (taste)

_CABOCHON_GIRDLE, _CABOCHON_BEVEL = (
    0.025,
    0.020,
)  # of the width: thin, and a small back bevel that does not chip (taste)

_SQUARE_TIPS = ((1, -1), (1, 1), (-1, 1), (-1, -1))
_SQUARE_CLAWS = {4: (45.0, 135.0, 225.0, 315.0)}
_EIGHT_CLAWS = (22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5)
_EIGHTHS = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)
_ROUND_CLAWS = _SQUARE_CLAWS | {
    3: (30.0, 150.0, 270.0),
    6: (0.0, 60.0, 120.0, 180.0, 240.0, 300.0),
    8: _EIGHT_CLAWS,
}
_OVAL_CLAWS = _SQUARE_CLAWS | {6: (0.0, 58.0, 122.0, 180.0, 238.0, 302.0), 8: _EIGHT_CLAWS}

# Fancy shapes are cut for weight: their girdles stand near the thick end of the range and their tables wide. That
# brings our stones to the trade's weight factors (tests/unit/test_stone_weights.py).
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "round_brilliant": Kind(
            ratio=(1.0, 1.06),
            curve=ellipse,
            claws=_ROUND_CLAWS,
            table_at=_IDEAL_TABLE,
        ),
        "oval": Kind(
            ratio=(1.0, 2.0),
            curve=ellipse,
            claws=_OVAL_CLAWS,
            table_at=0.7,
            crown_at=0.65,
            girdle_at=0.85,
        ),
        "cushion": Kind(
            ratio=(1.0, 1.6),
            curve=pillow,
            claws=_SQUARE_CLAWS | {6: (0.0, 45.0, 135.0, 180.0, 225.0, 315.0), 8: _EIGHTHS},
            girdle_at=0.85,
            lower_half=0.50,
            break_at=(0.60, 0.76),
        ),
        "princess": Kind(family="princess", ratio=(1.0, 1.3), tips=_SQUARE_TIPS),
        "emerald": Kind(family="step", ratio=(1.0, 2.5), corners=emerald_corners, table_at=0.35, girdle_at=0.35),
        "asscher": Kind(family="step", ratio=(1.0, 1.15), corners=asscher_corners, girdle_at=0.9),
        "radiant": Kind(family="radiant", ratio=(1.0, 1.5), corners=radiant_corners),
        "baguette": Kind(family="baguette", ratio=(1.2, 4.0), tips=_SQUARE_TIPS, girdle_at=0.2),
        "pear": Kind(
            ratio=(1.2, 2.2),
            curve=drop,
            tips=((0, 1),),
            claws={4: (90.0, 0.0, 180.0, 270.0), 6: (90.0, 25.0, 155.0, 200.0, 270.0, 340.0), 8: _EIGHTHS},
            table_at=0.8,
            girdle_at=0.85,
        ),
        "marquise": Kind(
            ratio=(1.4, 3.0),
            curve=boat,
            tips=((0, 1), (0, -1)),
            claws={
                4: (90.0, 270.0, 0.0, 180.0),
                6: (90.0, 270.0, 25.0, 155.0, 205.0, 335.0),
                8: (90.0, 270.0, 0.0, 42.0, 138.0, 180.0, 222.0, 318.0),
            },
            table_at=0.75,
            girdle_at=0.85,
        ),
        "trillion": Kind(
            family="trillion",
            ratio=(1.0, 1.25),
            curve=trefoil_outline,
            tips=((0, 1), (-1, TRILLION_BASE), (1, TRILLION_BASE)),
            claws={
                4: (90.0, 180.0, 0.0, 270.0),
                6: (90.0, 180.0, 0.0, 45.0, 135.0, 270.0),
                8: (90.0, 180.0, 0.0, 32.0, 58.0, 122.0, 148.0, 270.0),
            },
            table_at=0.8,
            girdle_at=0.85,
        ),
        "heart": Kind(
            family="heart",
            ratio=(1.0, 1.2),
            curve=heart_outline,
            tips=((0, -1),),
            star=0.6,
            lower_half=0.70,
            claws={
                4: (270.0, 90.0, 25.0, 155.0),
                6: (270.0, 90.0, 30.0, 150.0, 330.0, 210.0),
                8: (270.0, 90.0, 15.0, 52.0, 128.0, 165.0, 222.0, 318.0),
            },
            table_at=0.8,
            girdle_at=0.85,
        ),
        "rose_cut": Kind(
            family="rose",
            ratio=(1.0, 1.5),
            curve=ellipse,
            claws=_ROUND_CLAWS,
        ),
        "round_cabochon": Kind(
            family="cabochon",
            ratio=(1.0, 1.06),
            curve=ellipse,
            claws=_ROUND_CLAWS,
        ),
        "oval_cabochon": Kind(
            family="cabochon",
            ratio=(1.0, 2.0),
            curve=ellipse,
            claws=_OVAL_CLAWS,
        ),
        "sphere": Kind(
            family="sphere",
            ratio=(1.0, 1.0),
            curve=ellipse,
            claws=_ROUND_CLAWS,
        ),
    }
)


def kind_of(cut: str, length_mm: float, width_mm: float) -> Kind:
    """The kind of a cut. Raises `InvalidDesign` when it is unknown or cannot have this length and width."""
    kind = KINDS.get(cut)
    if kind is None:
        raise InvalidDesign(f"The cut {cut!r} is not one we make; it can be {', '.join(KINDS)}.")
    if not width_mm > 0 or not math.isfinite(length_mm):
        raise InvalidDesign(f"A stone of {length_mm:g} × {width_mm:g} mm cannot be cut; both must be above 0.")
    low, high = kind.ratio
    ratio = length_mm / width_mm
    slack = 0.001 / width_mm * (1 + ratio)  # sizes are rounded to a thousandth of a millimetre
    if not low - slack <= ratio <= high + slack:
        words = f"{low:g} to {high:g} times as long as wide"
        name = spoken(cut)
        raise InvalidDesign(
            f"{name.capitalize()} stone of {length_mm:g} × {width_mm:g} mm is {ratio:.2f} times as long as wide; "
            f"{name} can be {words}, which at this width is {low * width_mm:.2f} to {high * width_mm:.2f} mm long."
        )
    return kind


def form_of(cut: str) -> Form:
    """How light meets a cut: on facets, on a dome over a flat base, or on a sphere."""
    family = KINDS[cut].family
    return family if family in ("cabochon", "sphere") else "faceted"


def spoken(cut: str) -> str:
    """A cut's name as it stands in a sentence: an oval, a round brilliant."""
    return with_article(cut.replace("_", " "))


def with_article(name: str) -> str:
    """A name in lower case with its article."""
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


@cache
def usual_proportions(cut: str) -> Proportions:
    """Where we cut it: inside the trade's ranges of the reference's cuts."""
    kind, row = KINDS[cut], reference.load().cuts[cut]
    depth = _within(row.depth_pct_low, row.depth_pct_high, _MIDDLE) / 100
    if kind.family == "rose":  # no pavilion, and the table of cuts gives no girdle
        return Proportions(0.0, depth - _FLAT_GIRDLE, _FLAT_GIRDLE, 0.0)
    if kind.family == "cabochon":
        dome = depth - _CABOCHON_GIRDLE - _CABOCHON_BEVEL
        return Proportions(0.0, dome, _CABOCHON_GIRDLE, _CABOCHON_BEVEL)
    if kind.family == "sphere":
        return Proportions(0.0, depth / 2, 0.0, depth / 2)
    table = _within(row.table_pct_low, row.table_pct_high, kind.table_at) / 100
    if cut == "round_brilliant":
        crown_angle = _within(row.crown_angle_deg_low, row.crown_angle_deg_high, kind.crown_at)
        return Proportions(table, _round_crown(table, crown_angle), _ROUND_GIRDLE, _rise(0.5, _ROUND_PAVILION_DEG))
    crown = _within(row.crown_height_pct_low, row.crown_height_pct_high, kind.crown_at) / 100
    girdle = _within(row.girdle_pct_low, row.girdle_pct_high, kind.girdle_at) / 100
    return Proportions(table, crown, girdle, depth - crown - girdle)


def _within(low: float | None, high: float | None, share: float) -> float:
    # Only cuts without a table leave these out.
    assert low is not None
    assert high is not None
    return low + share * (high - low)


def _round_crown(table: float, angle_deg: float) -> float:
    return _rise((1 - table) / 2, angle_deg)


def _rise(run: float, angle_deg: float) -> float:
    return run * math.tan(math.radians(angle_deg))
