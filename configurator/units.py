"""Conversions, one function each; no other file converts.

Inside Keepsake lengths are millimetres, masses grams, money US dollars, angles degrees and times years.
"""

import math

GRAMS_PER_CARAT = 0.2  # the metric carat, by definition
GRAMS_PER_TROY_OUNCE = 31.1034768  # by definition
GRAMS_PER_PENNYWEIGHT = GRAMS_PER_TROY_OUNCE / 20
MM_PER_INCH = 25.4  # by definition
MM3_PER_CM3 = 1000.0


def mass_g(volume_mm3: float, density_g_cm3: float) -> float:
    """Mass of a solid from its volume and density."""
    return volume_mm3 / MM3_PER_CM3 * density_g_cm3


def weight_ct(volume_mm3: float, specific_gravity: float) -> float:
    """Weight of a stone in metric carats; specific gravity is numerically g/cm³."""
    return mass_g(volume_mm3, specific_gravity) / GRAMS_PER_CARAT


def usd_per_g(usd_per_troy_ounce: float) -> float:
    """Price per gram from the market's price per troy ounce."""
    return usd_per_troy_ounce / GRAMS_PER_TROY_OUNCE


def pennyweight(mass_in_g: float) -> float:
    """Grams to pennyweight (dwt), the American bench unit."""
    return mass_in_g / GRAMS_PER_PENNYWEIGHT


def inches(length_mm: float) -> float:
    """Millimetres to inches."""
    return length_mm / MM_PER_INCH


def circumference_mm(diameter_mm: float) -> float:
    """Inner circumference of a ring; its whole number is the ISO 8653 (EU) size."""
    return math.pi * diameter_mm


def diameter_mm(inner_circumference_mm: float) -> float:
    """Inner diameter of a ring from its ISO 8653 size."""
    return inner_circumference_mm / math.pi
