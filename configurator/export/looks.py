"""How materials meet light: the few numbers a renderer needs, computed from the reference rows.

The browser's viewer and the server's stills both paint from these, so that a picture and the live ring agree.
Colours are linear (not gamma-coded) sRGB triples, lengths millimetres.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configurator.design import Finish

if TYPE_CHECKING:
    from configurator.reference import Effect, Gem, Metal

Rgb = tuple[float, float, float]

# Taste, not fact: how blurred a finish reflects (GGX roughness; alpha is its square).
_ROUGHNESS: dict[Finish, float] = {"polished": 0.10, "satin": 0.46, "brushed": 0.34, "hammered": 0.12}

# Light that leaves a stone's crown has crossed it about twice; in the one-carat stones that dealers photograph (6.5 mm
# across, 4 mm deep) that is this far, so the table's body colour is what this path transmits.
_TYPICAL_PATH_MM = 9.0
# Part of a face-up stone is dark by contrast (windows, the viewer's own head), not by absorption. The grey share of
# the body colour is therefore mostly geometry, which the tracer draws itself; only this part of it is absorbed.
_GREY_SHARE = 0.5
_DARKEST = 0.004  # linear; a channel of 00 in a hex colour would otherwise absorb without end

# Dispersion is quoted from Fraunhofer's B to his G line. Cauchy's n = a + b / wavelength^2, anchored at the sodium line
# (where the table's index is measured), puts red (B, 686.7 nm), green (550 nm) and blue (G, 430.8 nm) here.
_LINES_UM = (0.6867, 0.5500, 0.4308)
_SODIUM_UM = 0.5893


@dataclass(frozen=True, slots=True, kw_only=True)
class MetalLook:
    """A metal surface: reflectance at normal incidence and what the finish does to it."""

    reflectance: Rgb
    roughness: float
    finish: Finish


@dataclass(frozen=True, slots=True, kw_only=True)
class GemLook:
    """A stone: how it bends, splits and absorbs light; an opaque one only reflects, and shows its body colour.

    `effect` names what the surface shows beside one colour: a glow, or bands and spots of the colour `second`.
    """

    refractive_index: float
    dispersion: float
    refractive_index_rgb: Rgb
    absorption_per_mm: Rgb
    body: Rgb
    opaque: bool
    effect: "Effect | None" = None
    second: Rgb | None = None


def metal_look(metal: "Metal", finish: Finish = "polished") -> MetalLook:
    """The look of an alloy in one finish."""
    red, green, blue = metal.reflectance
    return MetalLook(reflectance=(red, green, blue), roughness=_ROUGHNESS[finish], finish=finish)


def gem_look(gem: "Gem") -> GemLook:
    """The look of a species of stone."""
    return stone_look(
        body_hex=gem.body_hex,
        refractive_index=gem.refractive_index,
        dispersion=gem.dispersion or 0.0,
        opaque=not gem.transparent,
        effect=gem.effect,
        second_hex=gem.body_hex_second,
    )


def stone_look(
    *,
    body_hex: str,
    refractive_index: float,
    dispersion: float,
    opaque: bool,
    effect: "Effect | None" = None,
    second_hex: str | None = None,
) -> GemLook:
    """The look of a stone from its physical constants and its face-up colours `#RRGGBB`."""
    body = linear_rgb(body_hex)
    depths = [-math.log(max(channel, _DARKEST)) for channel in body]
    grey = (1.0 - _GREY_SHARE) * min(depths)
    red, green, blue = ((depth - grey) / _TYPICAL_PATH_MM for depth in depths)
    return GemLook(
        refractive_index=refractive_index,
        dispersion=dispersion,
        refractive_index_rgb=_spread(refractive_index, dispersion),
        absorption_per_mm=(red, green, blue),
        body=body,
        opaque=opaque,
        effect=effect,
        second=None if second_hex is None else linear_rgb(second_hex),
    )


def linear_rgb(colour: str) -> Rgb:
    """Linear-light channels of a `#RRGGBB` colour (text after the seventh character is ignored)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _linear(coded: float) -> float:
    return coded / 12.92 if coded <= 0.04045 else ((coded + 0.055) / 1.055) ** 2.4  # IEC 61966-2-1


def _spread(refractive_index: float, dispersion: float) -> Rgb:
    slope = dispersion / (_LINES_UM[2] ** -2 - _LINES_UM[0] ** -2)
    red, green, blue = (refractive_index + slope * (line**-2 - _SODIUM_UM**-2) for line in _LINES_UM)
    return red, green, blue
