"""Does a band weigh what the ring formula says, and do its weight and price follow when it grows wider?"""

import itertools
import math
from typing import Any

from configurator import evaluate, geometry, reference, units
from configurator.design import Design
from configurator.evaluate import Side
from configurator.validation.report import Bar, Case, Check, within

VOLUME_PCT, SLOPE_PCT = 0.1, 0.5
WIDER_MM = 0.5
WIDTHS_MM, THICKNESSES_MM, INNER_MM = (2.0, 4.0, 8.0), (1.2, 1.8, 2.4), (15.7, 17.3, 21.4)
METALS = ("14k_yellow", "sterling", "pt950_ir")


def flat_band() -> Check:
    """Flat bands of several widths, thicknesses and sizes against π (R² - r²) w, and what half a millimetre adds."""
    volumes = [_volume(*sizes) for sizes in itertools.product(WIDTHS_MM, THICKNESSES_MM, INNER_MM)]
    slopes = [slope for metal in METALS for slope in _slopes(metal)]
    return Check(
        id="flat_band",
        title="A flat band",
        question="Does a band weigh what plain arithmetic says?",
        compared="The volume we weigh and price with, against the tube π (R² - r²) w. Then a 4 mm band made "
        f"{WIDER_MM:g} mm wider: what that adds in grams and in dollars, against the tube, the alloy's density and the "
        "day's price of what is in it.",
        bars=(
            Bar(label="largest error of volume", measured=_worst(volumes), sense="at most", limit=VOLUME_PCT, unit="%"),
            Bar(
                label="largest error of what more width adds",
                measured=_worst(slopes),
                sense="at most",
                limit=SLOPE_PCT,
                unit="%",
            ),
        ),
        cases=(*volumes, *slopes),
        about=("pricing",),
    )


def _worst(cases: list[Case]) -> float:
    return round(max(abs(case.mid / case.documented - 1) for case in cases) * 100, 3)


def _band(width: float, thick: float, inner: float, metal: str = "14k_yellow") -> dict[str, Any]:
    options = {"width_mm": width, "thickness_mm": thick, "profile": "flat"}
    return {"piece": "ring", "style": "plain_band", "metal": metal, "inner_diameter_mm": inner, "options": options}


def _tube_mm3(width: float, thick: float, inner: float) -> float:
    return math.pi * ((inner / 2 + thick) ** 2 - (inner / 2) ** 2) * width


def _volume(width: float, thick: float, inner: float) -> Case:
    design = geometry.complete(Design.from_dict(_band(width, thick, inner)))
    ours = evaluate.shape(design).measures.metal_volume_mm3
    label = f"{width:g} mm wide, {thick:g} mm thick, {inner:g} mm inside"
    return within(label, "mm³", _tube_mm3(width, thick, inner), ours, VOLUME_PCT / 100, "its edges are broken")


def _slopes(metal_id: str) -> list[Case]:
    """What half a millimetre adds to the weight and to the line of the metal."""
    tables, sizes = reference.load(), (4.0, 1.8, 17.3)
    metal = tables.metals[metal_id]
    before, after = (_side(_band(width, *sizes[1:], metal_id)) for width in (sizes[0], sizes[0] + WIDER_MM))
    grams = units.mass_g(_tube_mm3(WIDER_MM, *sizes[1:]), metal.density_g_cm3)
    content = sum(
        getattr(metal, f"{symbol}_permille") / 1000 * tables.latest_usd_per_g(element)
        for element, symbol in (("gold", "au"), ("silver", "ag"), ("platinum", "pt"), ("palladium", "pd"))
    )
    loss, caster = tables.assumptions["casting_loss_pct"].mid or 0, tables.labour["casting_metal_markup"].mid or 0
    usd = grams * content * (1 + loss / 100) * (1 + caster / 100)
    lines = [next(line.mid for line in side.quote.lines if line.kind == "metal") for side in (before, after)]
    added = f"{WIDER_MM:g} mm more, {metal.label}"
    return [
        within(f"{added}: weight", "g", grams, after.mass_g - before.mass_g, SLOPE_PCT / 100),
        within(f"{added}: price of the metal", "USD", usd, lines[1] - lines[0], SLOPE_PCT / 100),
    ]


def _side(raw: dict[str, Any]) -> Side:
    return evaluate.evaluate(Design.from_dict(raw)).custom
