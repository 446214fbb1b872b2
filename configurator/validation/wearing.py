"""Does metal wear away, and do parts give out, as has been seen?"""

from configurator import evaluate, reference
from configurator.design import Design
from configurator.evaluate import Side
from configurator.models.durability import Durability
from configurator.models.ranges import Range
from configurator.validation.pieces import solitaire
from configurator.validation.report import Case, Check, banded, unexplained

MODEL = "wear and upkeep"
MG_PER_G = 1_000
FIRST_YEARS = 16.1  # the label of the row


def wear_and_upkeep() -> Check:
    """The two rings that were weighed over years, and how often the bench sees pieces back."""
    rows, labour = reference.load().wear, reference.load().labour
    start_g, years = (Range.of(rows[f"wear_14k_band_{name}"]).mid for name in ("start_mass", "years"))
    eighteen = _band("18k_yellow", 19.76).durability.metal_loss_mg_per_year
    fourteen = _band("14k_yellow", 19.0).durability.metal_loss_mg_per_year
    head, clasp = labour["head_replace_interval"], labour["clasp_replace_interval"]
    ring, pendant = _ring(), _pendant()
    cases: tuple[Case, ...] = (
        banded(
            "18k band 4 mm wide, weighed every week for a year",
            "mg a year",
            Range.of(rows["wear_18k_yellow_mg_year"]).mid,
            eighteen,
            MODEL,
            built_on=True,
        ),
        banded(
            "14k band worn for 45.6 years",
            "% lost",
            Range.of(rows["wear_14k_band_total"]).mid,
            share_lost(fourteen, years, start_g),
            MODEL,
            why="Its width is not given; we take 4 mm.",
            built_on=True,
        ),
        banded(
            "The same band, its first 16.1 years",
            "% lost",
            Range.of(rows["wear_14k_band_first_16_years"]).mid,
            share_lost(fourteen, FIRST_YEARS, start_g),
            MODEL,
            why="Its width is not given; we take 4 mm.",
            built_on=True,
        ),
        banded(
            "Prongs of a daily ring, years until they are re-tipped",
            "years",
            Range.of(labour["prong_retip_interval"]).mid,
            _years(ring, "prong_tips"),
            MODEL,
            built_on=True,
        ),
        banded(
            "A pendant's clasp, years until it is replaced",
            "years",
            Range.of(clasp).mid,
            _years(pendant, "clasp"),
            MODEL,
            built_on=True,
        ),
        banded(
            "A head of four to six prongs, years until it is replaced",
            "years",
            Range.of(head).mid,
            _years(ring, "prong_tips").times(2),
            MODEL,
            why="The model re-tips and does not replace heads; we take the second re-tipping as the end of a head.",
        ),
    )
    return Check(
        id="wear",
        title="Wear and upkeep",
        question="Do real rings lose what we say, and do they come back to the bench when we say?",
        compared="Two wedding rings that were weighed while they were worn, in our geometry and with a daily wearer; "
        "and the intervals that repairers publish, against the year in which the model's own part first gives out.",
        bars=(unexplained(cases),),
        cases=cases,
        left_out=(
            "How often stones are lost, chains torn and backs lost: nobody has published a measured rate that we could "
            "find. Those figures are our estimates and are marked so.",
            "Plating: the lives of rhodium and of gold layers are rows of the tables and come out as they went in.",
            "Two of four white-gold prongs broken in under three years: one owner's story, without sizes.",
        ),
        about=("durability",),
    )


def share_lost(loss_mg: Range, years: float, start_g: float) -> Range:
    """What a yearly loss takes of a ring over the years, in percent."""
    return loss_mg.times(100 * years / MG_PER_G / start_g)


def _band(metal: str, inner_mm: float) -> Side:
    options = {"width_mm": 4.0, "thickness_mm": 1.5, "profile": "court"}
    raw = {"piece": "ring", "style": "plain_band", "metal": metal, "inner_diameter_mm": inner_mm, "options": options}
    return evaluate.evaluate(Design.from_dict(raw)).custom


def _ring() -> Durability:
    return evaluate.evaluate(Design.from_dict(solitaire(prongs=4))).custom.durability


def _pendant() -> Durability:
    return evaluate.evaluate(Design.from_dict({"piece": "pendant", "style": "solitaire"})).custom.durability


def _years(life: Durability, part: str) -> Range:
    return next(found.first_years for found in life.components if found.id.startswith(part))
