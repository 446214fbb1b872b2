"""Conversions, one function each; no other file converts.

Inside Keepsake lengths are millimetres, masses grams, money US dollars, angles degrees and times years.
"""

import math

GRAMS_PER_CARAT = 0.2  # the metric carat, by definition
GRAMS_PER_TROY_OUNCE = 31.1034768  # by definition
GRAMS_PER_PENNYWEIGHT = GRAMS_PER_TROY_OUNCE / 20
MM_PER_INCH = 25.4  # by definition
MM3_PER_CM3 = 1000.0

# Ring sizes (sources ringsizely, liquisearch_ring_size and checkringsize; the tests hold every row of ring_sizes.csv
# against them). US and Canada measure the inner diameter, the British letters and Indian sizes the circumference.
US_SIZE_ZERO_INCH = 0.458
US_SIZE_STEP_INCH = 0.032
UK_SIZE_A_MM = 37.8
UK_SIZE_STEP_MM = 1.25
UK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
JP_SIZE_ONE_MM = 13.0
JP_SIZES_PER_MM = 3
IN_SIZE_ZERO_MM = 40.0


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


def troy_ounces(mass_in_g: float) -> float:
    """Grams to troy ounces, the market's unit."""
    return mass_in_g / GRAMS_PER_TROY_OUNCE


def inches(length_mm: float) -> float:
    """Millimetres to inches."""
    return length_mm / MM_PER_INCH


def circumference_mm(diameter_mm: float) -> float:
    """Inner circumference of a ring; its whole number is the ISO 8653 (EU) size."""
    return math.pi * diameter_mm


def diameter_mm(inner_circumference_mm: float) -> float:
    """Inner diameter of a ring from its ISO 8653 size."""
    return inner_circumference_mm / math.pi


def us_ring_size(inner_diameter_mm: float) -> float:
    """US and Canadian ring size, not rounded."""
    return (inches(inner_diameter_mm) - US_SIZE_ZERO_INCH) / US_SIZE_STEP_INCH


def us_ring_diameter_mm(us_size: float) -> float:
    """Inner diameter of a US or Canadian ring size."""
    return (US_SIZE_ZERO_INCH + US_SIZE_STEP_INCH * us_size) * MM_PER_INCH


def eu_ring_size(inner_diameter_mm: float) -> int:
    """ISO 8653 ring size: the inner circumference in whole millimetres."""
    return round(circumference_mm(inner_diameter_mm))


def uk_ring_size(inner_diameter_mm: float) -> str:
    """British and Australian ring size, to the nearest half letter: N½; Z+1.5 beyond Z½."""
    halves = round((circumference_mm(inner_diameter_mm) - UK_SIZE_A_MM) / UK_SIZE_STEP_MM * 2)
    letter, half = divmod(max(halves, 0), 2)
    beyond = letter - (len(UK_LETTERS) - 1)
    if beyond > 0:
        return f"Z+{beyond}" + (".5" if half else "")
    return UK_LETTERS[letter] + ("½" if half else "")


def jp_ring_size(inner_diameter_mm: float) -> int:
    """Japanese ring size, to the nearest whole one; below 1 there is none."""
    return round((inner_diameter_mm - JP_SIZE_ONE_MM) * JP_SIZES_PER_MM) + 1


def in_ring_size(inner_diameter_mm: float) -> int:
    """Indian ring size, to the nearest whole one; below 1 there is none."""
    return round(circumference_mm(inner_diameter_mm) - IN_SIZE_ZERO_MM)
