"""Greenhouse gases of a piece's metal and stones by the sourcing that was chosen, and how well each claim is evidenced.

Only what has a figure is added up. A coloured stone has none: it is named as unknown, never counted as zero. Workshop
energy, packaging and shipping have no row either and are outside the sum. Grades are about the origin that is claimed:
"documented" by an audited scheme, "declared" by a seller or producer, "unknown" when nobody says.

A range here runs from the lowest to the highest figure that has been published, of a line and of the total alike:
which one holds is a fact that somebody could tell (the mine, the grower's electricity), no luck that evens out in a
sum. Which of two pieces took less is asked draw by draw, what they share with the same luck (`chance_of_less`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from configurator import units, wording
from configurator.design import Design
from configurator.measures import Measures, StoneMeasure, stones_named
from configurator.models.ledger import sources_of
from configurator.models.metal_prices import precious
from configurator.models.ranges import USUAL_DRAWS, Draws, Range, Samples
from configurator.reference import Fact, Gem, Metal, Reference

Evidence = Literal["documented", "declared", "unknown"]

DRAWS_KEPT = 1_000  # carried along to compare two pieces

BASE_METALS = {"ti_gr5": "titanium_primary", "ss316l": "stainless_steel_primary", "wc_ni": "tungsten_carbide_primary"}

ORIGIN: dict[str, tuple[Evidence, str]] = {
    "mined": ("unknown", "Origin not stated: counted as newly mined, at the industry's range."),
    "recycled": (
        "declared",
        "Refined before, on the refiner's word; where it first came from is not known, and it is not shown that less "
        "is mined because of it.",
    ),
    "fairmined": (
        "documented",
        "Audited artisanal mines with a minimum price. The scheme does not measure carbon: the range of industrial "
        "mining stands in, for want of a figure.",
    ),
}


@dataclass(frozen=True, slots=True)
class FootprintLine:
    """One material; `kgco2e`, from the lowest to the highest published, is None when no figure exists: not zero."""

    item: str
    mass_g: float
    kgco2e: Range | None
    evidence: Evidence
    note: str
    sources: tuple[str, ...]
    figure: str = ""  # what its kg per gram or carat is drawn by: the same for every piece and role
    grown: bool = False  # in a laboratory, by electricity
    by_power_kgco2e: tuple[float, float] | None = None  # on renewables and on a coal-heavy grid, where published
    claimed: bool = True  # a material whose origin is talked about; the base metals of an alloy are not


@dataclass(frozen=True, slots=True)
class Footprint:
    """What is known, all lines together, and the names of what is not."""

    kgco2e: Range
    unknown: tuple[str, ...]
    lines: tuple[FootprintLine, ...]
    internal_draws_kg: tuple[float, ...]  # (1000,): for `chance_of_less`, not for people

    @property
    def electricity(self) -> str:
        """What stands beside every figure with a laboratory-grown stone in it; empty without one."""
        return electricity(self.lines)


def electricity(lines: Iterable[FootprintLine]) -> str:
    """What laboratory-grown stones take by the power they were grown with; empty where there are none."""
    grown = [line for line in lines if line.grown]
    if not grown:
        return ""
    published = [line.by_power_kgco2e for line in grown if line.by_power_kgco2e is not None]
    if not published:
        return "the laboratory-grown stones are an estimate for an unknown mix of electricity"
    clean, coal = (f"{wording.rounded(sum(kg)):,g} kg" for kg in zip(*published, strict=True))
    return f"the laboratory-grown stones took about {clean} on renewable electricity, {coal} on a coal-heavy grid"


def footprint(design: Design, measures: Measures, reference: Reference, draws: Draws = USUAL_DRAWS) -> Footprint:
    """Adds up the metal as worn and the stones; `design` is complete."""
    lines = [*_metal_lines(design, measures, reference)]
    for stone in measures.stones:
        chosen = design.stone(stone.role)
        if chosen is not None:
            lines.append(_stone_line(stone, reference.gems[chosen.gem], measures.piece, reference))
    known = [(line, line.kgco2e) for line in lines if line.kgco2e is not None]
    drawn: Samples = np.zeros(draws.count)
    mid = 0.0
    for line, kg in known:
        luck = draws.of(line.figure, kg)
        drawn = drawn + luck
        mid += draws.mid(line.figure, kg.mid, luck)
    low, high = (sum(getattr(kg, end) for _, kg in known) for end in ("low", "high"))
    return Footprint(
        kgco2e=Range(low, min(max(mid, low), high), high),  # the same sums in other orders differ in their last digits
        unknown=tuple(line.item for line in lines if line.kgco2e is None),
        lines=tuple(lines),
        internal_draws_kg=tuple(drawn[:DRAWS_KEPT].tolist()),
    )


def chance_of_less(one: Footprint, other: Footprint) -> float:
    """In what share of draws the first took less than the second; alike counts half. Both need the same seed."""
    mine, theirs = np.array(one.internal_draws_kg), np.array(other.internal_draws_kg)
    alike = np.isclose(mine, theirs)
    return float(np.where(alike, 1 / 2, mine < theirs).mean())


def _metal_lines(design: Design, measures: Measures, reference: Reference) -> Iterator[FootprintLine]:
    metal = reference.metals[design.metal]
    mass_g = units.mass_g(measures.metal_volume_mm3, metal.density_g_cm3)
    shares = precious(metal)
    for element, share in shares.items():
        per_g, rows = _per_gram(element, design.metal_sourcing, reference)
        # Fairmined is a scheme for gold (and the silver that comes with it); other metals are as good as unstated.
        certified = design.metal_sourcing != "fairmined" or element in ("gold", "silver")
        evidence, note = ORIGIN[design.metal_sourcing if certified else "mined"]
        item = f"{element.capitalize()}, {_route(design.metal_sourcing, certified)}"
        found_g = mass_g * share
        yield FootprintLine(
            item,
            found_g,
            per_g.times(found_g),
            evidence,
            note,
            sources_of(*rows),
            figure=f"footprint/{rows[0].id}",
        )
    yield from _base_metal(metal, mass_g * (1 - sum(shares.values())), reference)


def _route(sourcing: str, certified: bool) -> str:
    if sourcing == "fairmined" and certified:
        return "Fairmined"
    return "recycled" if sourcing == "recycled" else "newly mined"


def _per_gram(element: str, sourcing: str, reference: Reference) -> tuple[Range, list[Fact]]:
    rows = reference.footprint
    if sourcing != "recycled":
        return Range.of(rows[f"{element}_mined"]), [rows[f"{element}_mined"]]
    if element != "gold":
        return Range.of(rows[f"{element}_recycled"]), [rows[f"{element}_recycled"]]
    # Recycled gold is jewellery scrap or electronic scrap, nineteen times apart: mid by their shares of the supply.
    jewellery, electronic = rows["gold_recycled"], rows["gold_recycled_electronic"]
    shares = [Range.of(rows[f"gold_supply_share_{kind}"]).mid for kind in ("recycled", "electronic")]
    mids = [Range.of(row).mid for row in (jewellery, electronic)]
    mid = sum(share * value for share, value in zip(shares, mids, strict=True)) / sum(shares)
    return Range(Range.of(jewellery).low, mid, Range.of(electronic).high), [jewellery, electronic]


def _base_metal(metal: Metal, mass_g: float, reference: Reference) -> Iterator[FootprintLine]:
    """Copper, zinc and the like: grams of CO2e, shown so that nothing is left out."""
    if mass_g <= 0:
        return
    if metal.kind == "other" and metal.id not in BASE_METALS and metal.cu_permille <= 0:
        yield FootprintLine(metal.label, mass_g, None, "unknown", "No published figure found.", ())
        return
    row = reference.footprint[BASE_METALS.get(metal.id, "copper_primary")]
    yield FootprintLine(
        metal.label if metal.id in BASE_METALS else "Copper and other alloying metals",
        mass_g,
        Range.of(row).times(mass_g),
        "unknown",
        "Origin not stated; the figure for primary copper stands for all of them."
        if metal.id not in BASE_METALS
        else "Origin not stated: counted as newly made.",
        row.sources,
        claimed=metal.id in BASE_METALS,
        figure=f"footprint/{row.id}",
    )


def _stone_line(stone: StoneMeasure, gem: Gem, piece: str, reference: Reference) -> FootprintLine:
    rows = reference.footprint
    weight_ct = units.weight_ct(stone.volume_mm3, gem.specific_gravity) * stone.count
    mass_g = weight_ct * units.GRAMS_PER_CARAT
    item = f"{gem.label} ({stones_named(stone.role, stone.count, piece)})"
    if gem.id == "diamond":
        mined = rows["diamond_mined"]
        note = "From a study paid for by mining companies. The Kimberley Process covers rough and war, not carbon."
        kg, figure = Range.of(mined).times(weight_ct), f"footprint/{mined.id}"
        return FootprintLine(item, mass_g, kg, "declared", note, mined.sources, figure=figure)
    if gem.id == "diamond_lab":
        published = [row for row in rows.values() if row.id.startswith("diamond_lab_") and row.unit == "kgCO2e/ct"]
        clean, coal = (Range.of(rows[f"diamond_lab_{mix}"]) for mix in ("renewable", "coal"))
        highest = max(Range.of(row).high for row in published)
        # Growers do not say what they run on: from the cleanest to the highest, about the middle of what is published.
        per_ct = Range(clean.low, float(np.median([Range.of(row).mid for row in published])), highest)
        return FootprintLine(
            item,
            mass_g,
            per_ct.times(weight_ct),
            "declared",
            f"Depends on the grower's electricity: about {clean.mid:g} kg a carat on renewables, {coal.mid:g} on a "
            f"coal-heavy grid, up to {highest:g}. Ask for the mix in writing.",
            sources_of(*published),
            figure="footprint/laboratory-grown diamond",
            grown=True,
            by_power_kgco2e=(clean.mid * weight_ct, coal.mid * weight_ct),
        )
    if gem.is_lab_grown:
        grown = rows["lab_coloured_growth" if gem.natural_id else "moissanite_growth"]
        kg, figure = Range.of(grown).times(weight_ct), f"footprint/{grown.id}"
        note = "Grown in a laboratory; an estimate, no published figure found, and none by the grower's electricity."
        return FootprintLine(item, mass_g, kg, "unknown", note, grown.sources, figure=figure, grown=True)
    note = "No published figure per carat for coloured stones: unknown, not zero. Most are mined by hand in small pits."
    return FootprintLine(item, mass_g, None, "unknown", note, rows["coloured_artisanal_share"].sources)
