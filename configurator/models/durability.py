"""How long a piece lasts with the life its wearer leads, what upkeep it asks for, and what would help most.

Every hazard draws the year it first strikes; whichever is first decides. All shares are counted over the same seeded
draws, so two designs (or a design and its shelf twin) are compared with the same luck and the same wearer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from configurator import units, wording
from configurator.design import Design
from configurator.measures import Fitting, FittingMeasure, Measures, StoneMeasure
from configurator.models.hazards import body_thickness_mm, hazards
from configurator.models.ledger import sources_of
from configurator.models.life import (
    UM_PER_MM,
    Hazard,
    Life,
    Wearer,
    polish_interval_years,
    thinning_um_per_year,
)
from configurator.models.ranges import USUAL_DRAWS, Draws, Range, Samples, quantiles, summary
from configurator.reference import Reference

HORIZON_YEARS = 50  # further than that nobody has measured; a first repair beyond it is reported as 50
YEARS = tuple(range(HORIZON_YEARS + 1))
SOONEST_YEARS = 1 / 4  # a part too slim from the start is not rebuilt more often than the seasons change
MG_PER_G = 1_000

# What the advice tries, in the client's units: steps a client would notice, and a jeweller would agree to.
THICKER_BAND_MM = 0.4
THICKER_PRONG_MM = 0.2
THICKER_BAIL_MM = 0.3
THICKER_POST_MM = 0.2
THICKER_CHAIN = 4 / 3
HEAVIER = {"light": "standard", "standard": "heavy"}
SAFE_BACK = "locking"
HARDER_GEM = "sapphire_blue"  # the hardest, toughest coloured stone that comes in most colours
LOOKED_AT = {"stone_lost": "settings", "chain": "chain", "clasp": "clasp", "hinge": "hinges", "back": "backs"}
COUNTED = f" (counted up to {HORIZON_YEARS})"  # said of a mean of years to the first repair
WORTH_LISTING = 1 / 20  # of lives in which it happens within the horizon
WORTH_SAYING_YEARS = 1.0  # a change that buys less than a year of fifty is not advice


@dataclass(frozen=True, slots=True)
class Survival:
    """The share of such pieces that have needed no repair by each year."""

    years: tuple[int, ...]
    p_intact: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One hazard's own curve, as if it were the only one."""

    id: str
    part: str
    renewal: bool
    p_intact: tuple[float, ...]  # over Survival.years
    first_years: Range  # capped at the horizon


@dataclass(frozen=True, slots=True)
class Maintenance:
    """One line of the calendar. Where a stone is lost or chipped it is bench work only: the stone is for insurance."""

    item: str
    first_year: float
    every_years: Range  # P10, P50, P90 over wearers
    cost_usd: Range  # low, mid, high of the bench's price
    routine: bool  # advised care; False: when it turns out to be needed
    by_chance: bool  # a mishap at a yearly rate; False: after so many years each time
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Durability:
    """What `wear` found. Years are P10, P50 and P90 over wearers and luck, capped at 50."""

    wearer: Wearer
    first_service_years: Range  # the first repair or renewal of a plating, whichever is earlier; advised care apart
    first_service: str
    first_repair_years: Range  # platings apart: what a client is shown
    survival: Survival
    components: tuple[Component, ...]
    maintenance: tuple[Maintenance, ...]
    weakest: str
    weakest_job: str  # what the bench then does, a line of `maintenance`; empty when nothing is foreseen
    weakest_share: float  # of lives in which that part was the first to need a repair
    mean_years_intact: float  # of the fifty
    metal_loss_mg_per_year: Range
    advice: str

    @property
    def renewal(self) -> Component | None:
        """The layer that has to be renewed, which is upkeep and no repair; None for a metal that has none."""
        return next((component for component in self.components if component.renewal), None)


def wear(
    design: Design, measures: Measures, reference: Reference, *, wearer: Wearer = "daily", draws: Draws = USUAL_DRAWS
) -> Durability:
    """The life of a piece over fifty years; `design` is complete (every stone role present)."""
    life = Life(reference, wearer, draws, measures.piece)
    found = hazards(design, measures, life)
    repairs = [hazard for hazard in found if not hazard.renewal]
    first_repair, first_visit = _first(repairs, draws), _first(found, draws)
    soonest, _ = _first_to_strike(found)
    weakest, share = _first_to_strike(repairs)
    metal = reference.metals[design.metal]
    mg_per_um = units.mass_g(_rubbed_mm2(measures) / UM_PER_MM, metal.density_g_cm3) * MG_PER_G
    return Durability(
        wearer=wearer,
        first_service_years=_capped(first_visit),
        first_service=soonest.job if soonest else "Nothing foreseen",
        first_repair_years=_capped(first_repair),
        survival=Survival(YEARS, _intact(first_repair)),
        components=tuple(
            Component(h.id, h.part, h.renewal, _intact(h.first_years), _capped(h.first_years)) for h in found
        ),
        maintenance=tuple(_calendar(found, life, weakest)),
        weakest=weakest.part if weakest else "nothing that we can foresee",
        weakest_job=weakest.job if weakest else "",
        weakest_share=share,
        mean_years_intact=_mean_years(first_repair),
        metal_loss_mg_per_year=summary(thinning_um_per_year(metal, life) * mg_per_um),
        advice=_advice(design, measures, life, _mean_years(first_repair)),
    )


def _rubbed_mm2(measures: Measures) -> float:
    """The area that the measured thinning speaks of: the outer face of a ring, without the sides of its band.

    Geometry counts face and sides (together about as long as the band is thick, on a rounded section) as worn.
    """
    if measures.band is None:
        return measures.worn_surface_mm2
    return measures.worn_surface_mm2 * measures.band.width_mm / (measures.band.width_mm + measures.band.thickness_mm)


def _intact(first_years: Samples) -> tuple[float, ...]:
    struck = np.bincount(np.minimum(first_years, HORIZON_YEARS).astype(np.intp), minlength=HORIZON_YEARS)
    gone_before = np.cumsum(struck)[:HORIZON_YEARS] / first_years.size
    return (1.0, *(1 - gone_before).tolist())


def _capped(first_years: Samples) -> Range:
    return summary(np.minimum(first_years, HORIZON_YEARS))


def _median(first_years: Samples) -> float:
    return float(quantiles(first_years, (1 / 2,))[0])


def _mean_years(first_years: Samples) -> float:
    return float(np.minimum(first_years, HORIZON_YEARS).mean(dtype=np.float64))


def _first(found: Sequence[Hazard], draws: Draws) -> Samples:
    never = np.full(draws.count, np.inf, dtype=np.float32)
    return np.minimum.reduce([never, *(hazard.first_years for hazard in found)])


def _first_to_strike(found: Sequence[Hazard]) -> tuple[Hazard | None, float]:
    """The hazard that most often comes first, and in what share of all lives it does so within the horizon."""
    if not found:
        return None, 0
    years = np.array([hazard.first_years for hazard in found])
    first = years.argmin(axis=0)[years.min(axis=0) <= HORIZON_YEARS]
    counts = np.bincount(first, minlength=len(found))
    return found[int(counts.argmax())], float(counts.max() / years.shape[1])


def _calendar(found: Sequence[Hazard], life: Life, weakest: Hazard | None) -> Iterator[Maintenance]:
    """Advised care, then every job that some wearers will meet within the horizon, and what most often comes first."""
    labour, rows = life.reference.labour, life.reference.assumptions
    polish = summary(polish_interval_years(life))
    care = [("Professional clean and polish", polish, rows["polish_interval_years"], labour["clean_and_polish"])]
    looked_at = [words for hazard_id, words in LOOKED_AT.items() if any(h.id.startswith(hazard_id) for h in found)]
    if looked_at:
        interval, words = labour["prong_check_interval"], f"Have the {wording.listed(looked_at)} checked"
        care.insert(0, (words, summary(life.row(interval)), interval, labour["prong_check"]))
    for item, every, interval, job in care:
        yield Maintenance(item, every.mid, every, Range.of(job), True, False, sources_of(interval, job))
    for first_year, hazard in sorted(((_median(h.first_years), h) for h in found), key=lambda both: both[0]):
        every = summary(np.maximum(hazard.every_years, SOONEST_YEARS))
        met = float((hazard.first_years <= HORIZON_YEARS).mean())
        if met >= WORTH_LISTING or hazard is weakest:
            yield Maintenance(hazard.job, first_year, every, hazard.cost_usd, False, hazard.by_chance, hazard.sources)


def _advice(design: Design, measures: Measures, life: Life, mean_years: float) -> str:
    tried = []
    for words, other_design, other_measures in _changes(design, measures, life.reference):
        repairs = [hazard for hazard in hazards(other_design, other_measures, life) if not hazard.renewal]
        tried.append((_mean_years(_first(repairs, life.draws)), words))
    best, words = max(tried, default=(mean_years, ""))
    if best - mean_years < WORTH_SAYING_YEARS:
        return "None of the changes we tried would make it last noticeably longer."
    return (
        f"What would help most: {words}. On average the first repair would come after {wording.years(best)}, "
        f"instead of {wording.years(mean_years)}{COUNTED}."
    )


def _changes(design: Design, measures: Measures, reference: Reference) -> Iterator[tuple[str, Design, Measures]]:
    """What a client could do instead, as (words, design, measures): only what keeps the idea of the piece."""
    prongs = [stone for stone in measures.stones if stone.setting == "prong"]
    if prongs:
        words = "a bezel instead of prongs" if sum(stone.count for stone in prongs) == 1 else "bezels instead of prongs"
        yield words, design, _with_stones(measures, prongs, _in_a_bezel)
        yield f"prongs {THICKER_PRONG_MM:g} mm thicker", design, _with_stones(measures, prongs, _thicker)
    four = [stone for stone in prongs if stone.prongs_per_stone == 4 and stone.role == "center"]
    if four:
        yield "six prongs instead of four", design, _with_stones(measures, four, _six)
    if measures.band is not None:
        band = replace(measures.band, thickness_mm=measures.band.thickness_mm + THICKER_BAND_MM)
        yield f"a band {THICKER_BAND_MM:g} mm thicker", design, replace(measures, band=band)
    thick_mm = body_thickness_mm(design)
    if measures.band is None and thick_mm:
        options = design.options | {"thickness_mm": thick_mm + THICKER_BAND_MM}
        noun = "plate" if measures.piece == "pendant" else measures.style
        yield f"a {noun} {THICKER_BAND_MM:g} mm thicker", design.model_copy(update={"options": options}), measures
    yield from _other_fittings(design, measures)
    centre = design.stone("center")
    soft = centre is not None and reference.gems[centre.gem].mohs < reference.gems[HARDER_GEM].mohs
    if centre is not None and soft and reference.gems[centre.gem].form != "sphere":  # nothing stands in for a pearl
        harder = tuple(s.model_copy(update={"gem": HARDER_GEM}) if s is centre else s for s in design.stones)
        words = f"a sapphire instead of the {reference.gems[centre.gem].species}"
        yield words, design.model_copy(update={"stones": harder}), measures


def _other_fittings(design: Design, measures: Measures) -> Iterator[tuple[str, Design, Measures]]:
    """Each fitting in a stronger form; chain and clasp together too, since either alone leaves the other to give."""
    known = {fitting.kind: stronger for fitting in measures.fittings if (stronger := _stronger(fitting)) is not None}
    groups: list[tuple[Fitting, ...]] = [(kind,) for kind in known]
    if {"chain", "clasp"} <= known.keys():
        groups.append(("chain", "clasp"))
    for kinds in groups:
        words = wording.listed([known[kind][0] for kind in kinds])
        yield words, design, _with_fittings(measures, {kind: known[kind][1] for kind in kinds})


def _stronger(fitting: FittingMeasure) -> tuple[str, FittingMeasure] | None:
    if fitting.kind == "chain":
        return "a chain a third thicker", replace(fitting, gauge_mm=fitting.gauge_mm * THICKER_CHAIN)
    if fitting.kind == "clasp" and fitting.grade in HEAVIER:
        return f"a {HEAVIER[fitting.grade]} clasp", replace(fitting, grade=HEAVIER[fitting.grade])
    if fitting.kind == "bail":
        words = f"a bail {THICKER_BAIL_MM:g} mm thicker"
        return words, replace(fitting, gauge_mm=fitting.gauge_mm + THICKER_BAIL_MM)
    if fitting.kind == "post":
        words = f"posts {THICKER_POST_MM:g} mm thicker"
        return words, replace(fitting, gauge_mm=fitting.gauge_mm + THICKER_POST_MM)
    if fitting.kind == "back" and fitting.variety != SAFE_BACK:
        return "locking backs", replace(fitting, variety=SAFE_BACK)
    return None


def _with_fittings(measures: Measures, better: Mapping[Fitting, FittingMeasure]) -> Measures:
    return replace(measures, fittings=tuple(better.get(fitting.kind, fitting) for fitting in measures.fittings))


def _with_stones(
    measures: Measures, chosen: list[StoneMeasure], change: Callable[[StoneMeasure], StoneMeasure]
) -> Measures:
    return replace(measures, stones=tuple(change(s) if s in chosen else s for s in measures.stones))


def _in_a_bezel(stone: StoneMeasure) -> StoneMeasure:
    return replace(stone, setting="bezel", prongs_per_stone=0, prong_diameter_mm=0, bare_tips=0)


def _thicker(stone: StoneMeasure) -> StoneMeasure:
    return replace(stone, prong_diameter_mm=stone.prong_diameter_mm + THICKER_PRONG_MM)


def _six(stone: StoneMeasure) -> StoneMeasure:
    return replace(stone, prongs_per_stone=6)
