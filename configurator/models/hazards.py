"""What can go wrong with a piece, one hazard at a time: when it first happens, how often, and what the bench charges.

Two kinds. A limit is reached by slow thinning or dulling: its first time is a quantity over a rate. A mishap comes by
chance: its rate is drawn, then its first time is exponential. Whichever comes first sends the piece to the bench.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from configurator import units
from configurator.design import Design
from configurator.measures import BandMeasure, Measures
from configurator.models.fitting_hazards import of_fitting
from configurator.models.ledger import PERCENT
from configurator.models.life import (
    PARTS_KEPT,
    UM_PER_MM,
    Hazard,
    Life,
    cost_usd,
    measured_rings,
    polish_interval_years,
    relative_wear,
    thinning_um_per_year,
    worn_out,
    yield_mpa,
)
from configurator.models.ranges import Range
from configurator.models.stone_hazards import of_stones
from configurator.reference import Metal, Reference

BANGLES = ("bangle", "cuff")  # bracelets that are one stiff hoop

# Section modulus of a band's profile over that of the rectangle around it: ellipse 6*pi/32, half ellipse 0.1908/(1/3);
# a knife edge is a triangle (1/4) on a flat of about half the height.
SECTION = {"flat": 1.0, "court": 0.589, "d_shape": 0.572, "knife_edge": 0.4}


def hazards(design: Design, measures: Measures, life: Life) -> list[Hazard]:
    """Every hazard of this piece with this wearer; `design` is complete (a stone for every role measured)."""
    found: list[Hazard] = []
    if measures.band is not None:
        found += _of_band(measures.band, design.metal, life)
    hoop = _bangle_hoop(design, measures, life.reference)
    if hoop is not None:
        found += _of_bangle(hoop, design.metal, measures.style, life)
    if measures.piece == "pendant" and (thick_mm := body_thickness_mm(design)):
        found.append(_plate_bent(thick_mm, design.metal, life))
    hanging_g = _hanging_g(measures, life.reference.metals[design.metal])
    for fitting in measures.fittings:
        found += of_fitting(fitting, design.metal, hanging_g, life)
    for stone in measures.stones:
        chosen = design.stone(stone.role)
        found += of_stones(stone, chosen.gem if chosen else None, design.metal, life)
    return found + list(_plating(life.reference.metals[design.metal], life))


def _bangle_hoop(design: Design, measures: Measures, reference: Reference) -> BandMeasure | None:
    """The hoop of a bangle or a cuff, by its style's own width and thickness; None for any other piece."""
    width_mm, thickness_mm = _option_mm(design, "width_mm"), body_thickness_mm(design)
    if measures.style not in BANGLES or not width_mm or not thickness_mm:
        return None
    inner_mm = Range.of(reference.assumptions["usual_bangle"]).mid
    profile = str(design.options.get("profile", "court"))
    return BandMeasure(inner_diameter_mm=inner_mm, width_mm=width_mm, thickness_mm=thickness_mm, profile=profile)


def body_thickness_mm(design: Design) -> float:
    """How thick the client chose its plate or hoop; 0 where the style has no such choice."""
    return _option_mm(design, "thickness_mm")


def _option_mm(design: Design, option: str) -> float:
    given = design.options.get(option)
    return float(given) if isinstance(given, int | float) else 0.0


def _plate_bent(thick_mm: float, metal_id: str, life: Life) -> Hazard:
    """Bent or dented; a plate resists with the square of its thickness."""
    row, metals = life.reference.assumptions["plate_bent"], life.reference.metals
    part, job, repair = "the pendant, bent or dented", "Flatten and polish the pendant", "typical_repair"
    stiffness = (thick_mm / Range.of(life.reference.assumptions["ordinary_plate"]).mid) ** 2
    strength = stiffness * yield_mpa(metals[metal_id], life) / yield_mpa(metals["14k_yellow"], life)
    rate = life.row(row) * PERCENT * strength ** -life.assumed("bending_exponent") * life.worn()
    return life.mishap("plate_bent", part, job, rate, cost_usd(life, repair), row, life.reference.labour[repair])


def _hanging_g(measures: Measures, metal: Metal) -> float:
    """What the chain of a pendant carries: the casting, without what was bought; 0 for other pieces."""
    if measures.piece != "pendant":
        return 0
    return units.mass_g(measures.cast_volume_mm3, metal.density_g_cm3)


# The advice tries a dozen pieces that differ in one part each; the parts that stay are not worked out again.
@lru_cache(maxsize=PARTS_KEPT)
def _of_band(band: BandMeasure, metal_id: str, life: Life) -> tuple[Hazard, ...]:
    metal = life.reference.metals[metal_id]
    return _band_thin(band, metal, life), _band_bent(band, metal, life)


def _band_thin(band: BandMeasure, metal: Metal, life: Life) -> Hazard:
    """The palm side worn and polished down to the thinnest wall the workshop casts."""
    least = life.reference.workshop[f"band_thickness_{metal.kind}"]
    polish = life.row(life.reference.wear["polish_removal"]) / polish_interval_years(life)
    per_year = thinning_um_per_year(metal, life) * life.assumed("palm_side_wear_multiple") + polish
    to_lose_um = max(band.thickness_mm - Range.of(least).low, 0) * UM_PER_MM
    return worn_out(
        "band_thin",
        "the palm side of the band, worn thin",
        "Re-shank (replace the worn half of the band)",
        to_lose_um / per_year,
        cost_usd(life, "reshank_half"),
        *measured_rings(life.reference),
        relative_wear(metal, life.reference),
        least,
        life.reference.labour["reshank_half"],
    )


def _bending_strength(band_width_mm: float, thickness_mm: float, profile: str, radius_mm: float) -> float:
    """Load across a ring that leaves it oval, over its yield stress: pi * Z / R in mm² (thin ring, two loads)."""
    modulus_mm3 = SECTION.get(profile, min(SECTION.values())) * band_width_mm * thickness_mm**2 / 6
    return math.pi * modulus_mm3 / radius_mm


def _band_bent(band: BandMeasure, metal: Metal, life: Life) -> Hazard:
    """Gripped or leaned on until it stays oval; anchored on a slim 18k shank of the same finger."""
    return _bent(band, metal, band.inner_diameter_mm, "the band, bent out of round", "Round up the band", life)


@lru_cache(maxsize=PARTS_KEPT)
def _of_bangle(hoop: BandMeasure, metal_id: str, style: str, life: Life) -> tuple[Hazard, ...]:
    """Pressed or knocked out of shape: the wider the hoop, the less it takes."""
    finger_mm = Range.of(life.reference.assumptions["slim_shank_finger"]).mid
    part, job = f"the {style}, bent or dented", f"Bend the {style} back into shape"
    return (_bent(hoop, life.reference.metals[metal_id], finger_mm, part, job, life),)


def _bent(band: BandMeasure, metal: Metal, finger_mm: float, part: str, job: str, life: Life) -> Hazard:
    """A hoop that stays bent, anchored on a slim 18k shank round a finger, which the trade calls too thin."""
    rows = life.reference.assumptions
    slim_mm = Range.of(rows["slim_shank_width"]).mid, Range.of(rows["slim_shank_thickness"]).mid
    slim = _bending_strength(*slim_mm, "d_shape", finger_mm / 2) * yield_mpa(life.reference.metals["18k_yellow"], life)
    this = _bending_strength(band.width_mm, band.thickness_mm, band.profile, band.inner_diameter_mm / 2)
    weakness = slim / (this * yield_mpa(metal, life))
    rate = life.assumed("slim_shank_bent") * PERCENT * life.wear() * weakness ** life.assumed("bending_exponent")
    cost, repair = cost_usd(life, "typical_repair"), life.reference.labour["typical_repair"]
    return life.mishap("band_bent", part, job, rate, cost, rows["slim_shank_bent"], repair)


def _plating(metal: Metal, life: Life) -> Iterator[Hazard]:
    """The layer's own life; none for a metal that is the same all through.

    The rhodium row speaks of rings; those of gold layers speak of any piece, so that where it is worn changes nothing.
    """
    layers = {
        "vermeil": ("vermeil_life", "replate_vermeil", "gold layer"),
        "plated_brass": ("gold_plate_life", "replate_vermeil", "gold layer"),
    }
    rhodium = ("rhodium_life", "rhodium_plate", "rhodium") if metal.rhodium_plated == "yes" else None
    layer = layers.get(metal.id, rhodium)
    if layer is None:
        return
    lasts, job, name = layer
    years = life.row(life.reference.wear[lasts]) / (life.wear() if lasts == "rhodium_life" else life.worn())
    used = life.reference.wear[lasts], life.reference.labour[job]
    part = f"the {name} on the surface"
    yield worn_out("plating", part, f"Renew the {name}", years, cost_usd(life, job), *used, renewal=True)
