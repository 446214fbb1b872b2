"""Do our ranges of greenhouse gases hold what has been published?"""

from dataclasses import replace

from configurator import evaluate, reference, units
from configurator.design import Design
from configurator.models.footprint import footprint
from configurator.models.ranges import Range
from configurator.validation.pieces import made, solitaire
from configurator.validation.report import Case, Check, banded, unexplained

MODEL = "footprint"
GROWN = {
    "diamond_lab_average": "average of growers",
    "diamond_lab_china": "Chinese grid",
    "diamond_lab_eu": "European grid",
}


def footprint_cases() -> Check:
    """Published figures for laboratory-grown diamond and for silver."""
    cases = (*(_grown(row, words) for row, words in GROWN.items()), _silver())
    return Check(
        id="footprint",
        title="Footprint",
        question="Do our ranges hold what studies found?",
        compared="The greenhouse gases of a laboratory-grown diamond and of a silver pendant by our model, where the "
        "source of electricity or of silver is not known, against published figures.",
        bars=(unexplained(cases),),
        cases=cases,
        left_out=(
            "Mined gold, platinum and diamond: every figure found went into the model.",
            "Coloured stones: no figure a carat was found, and we give none.",
            "Whole pieces of jewellery: no audited figure for a whole ring was found.",
        ),
        about=("footprint",),
    )


def _grown(row_id: str, words: str) -> Case:
    tables = reference.load()
    row = tables.footprint[row_id]
    design, measures = made(solitaire("diamond_lab"))
    stones_alone = replace(measures, metal_volume_mm3=1e-9)
    found = footprint(design, stones_alone, tables).kgco2e
    weight_ct = units.weight_ct(measures.stones[0].volume_mm3, tables.gems["diamond_lab"].specific_gravity)
    label = f"Laboratory-grown diamond, {words}"
    return banded(label, "kg CO2e a carat", Range.of(row).mid, found.times(1 / weight_ct), MODEL, built_on=True)


def _silver() -> Case:
    row = reference.load().footprint["silver_argentium_935"]
    found = [
        evaluate.evaluate(
            Design.from_dict({"piece": "pendant", "style": "disc", "metal": "sterling", "metal_sourcing": sourcing})
        ).custom
        for sourcing in ("recycled", "mined")
    ]
    ends = [side.footprint.kgco2e.times(1 / side.mass_g) for side in found]
    ours = Range(ends[0].low, (ends[0].mid + ends[1].mid) / 2, ends[1].high)
    about = "How much of it is recycled is not stated: from all recycled to all mined."
    return banded(
        "Argentium silver, an editorial estimate", "kg CO2e a gram", Range.of(row).mid, ours, MODEL, why=about
    )
