"""Ten dimensions between a custom piece and its shelf twin, 0 to 10 each, by formulas short enough to argue with.

No dimension is rigged: every formula is applied to both pieces, and some (cost, time, what can be sent back) usually go
to the shelf. A score orders two pieces; it is not a measurement.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from configurator import wording
from configurator.design import Design
from configurator.measures import Measures, stones_named
from configurator.models.durability import COUNTED, HORIZON_YEARS, Durability
from configurator.models.footprint import Footprint
from configurator.models.pricing import Quote
from configurator.models.ranges import Range
from configurator.models.resale import Resale
from configurator.models.schedule import WORKING_DAYS_PER_WEEK, Schedule
from configurator.reference import Reference

FULL = 10.0  # marks
DIMENSIONS = (  # in the order of the question "custom or off the shelf?"
    "uniqueness",
    "craftsmanship",
    "meaning",
    "sourcing",
    "cost",
    "time",
    "freedom",
    "adaptability",
    "resale",
    "buying",
)

# How far from the shelf is "half unique": ten bits are one design in about a thousand.
HALF_UNIQUE_BITS = 10
GEM_OF, CUT_OF = "the gem of the ", "the cut of the "
LETTERS = 26  # one letter of an inscription is one of so many
RESALE_YEAR = 10  # late enough for wear to show, early enough to matter to the buyer
STONES_ALL_ROUND = ("eternity",)  # no plain stretch of band to cut and solder
STIFF_AND_CLOSED = "bangle"
FAMILY_STYLES, USUAL_SPECIES = ("family", "birthstone_row"), "diamond"
EVIDENCE = {"documented": 1.0, "declared": 1 / 2, "unknown": 0.0}


class Maker(Protocol):
    """What a maker objects to; only its severity counts here."""

    @property
    def severity(self) -> str: ...


class Side(Protocol):
    """Everything known about one piece, as `evaluate` puts it together."""

    @property
    def design(self) -> Design: ...
    @property
    def measures(self) -> Measures: ...
    @property
    def mass_g(self) -> float: ...
    @property
    def quote(self) -> Quote: ...
    @property
    def durability(self) -> Durability: ...
    @property
    def resale(self) -> Resale: ...
    @property
    def footprint(self) -> Footprint: ...
    @property
    def schedule(self) -> Schedule: ...
    @property
    def findings(self) -> Sequence[Maker]: ...


@dataclass(frozen=True, slots=True)
class Score:
    """One dimension: marks out of ten for the design and for its twin, and why in one line."""

    id: str
    dimension: str
    design: float
    twin: float
    reason: str | wording.Sentence


@dataclass(frozen=True, slots=True)
class Overall:
    """The mean of all marks as the client weighs them, of the design and of its twin; `weights` by dimension."""

    design: float
    twin: float
    weights: dict[str, float]


def check_weights(weights: Mapping[str, float]) -> None:
    """The client's weights name dimensions, and at least one of these counts. Raises `ValueError` in words if not."""
    strange = next((name for name in weights if name not in DIMENSIONS), None)
    if strange is not None:
        raise ValueError(f"Weights: {strange} is not a dimension; the ten are {', '.join(DIMENSIONS)}.")
    if not any(weights.get(name, 1) for name in DIMENSIONS):
        raise ValueError("Weights: every dimension counts nothing; let at least one count.")


def overall(scores: Sequence[Score], weights: Mapping[str, float]) -> Overall:
    """The weighted mean of the marks; a dimension that is not named counts once. Raises as `check_weights` does."""
    check_weights(weights)
    given = {score.id: float(weights.get(score.id, 1)) for score in scores}
    total = sum(given.values())
    design = sum(given[score.id] * score.design for score in scores) / total
    twin = sum(given[score.id] * score.twin for score in scores) / total
    return Overall(round(design, 1), round(twin, 1), given)


def scorecard(custom: Side, twin: Side, reference: Reference) -> tuple[Score, ...]:
    """All ten, in the order of `DIMENSIONS`."""
    return (
        _uniqueness(custom, twin, reference),
        _craftsmanship(custom, twin),
        _meaning(custom, twin, reference),
        _sourcing(custom, twin),
        _cost(custom, twin),
        _time(custom, twin, reference),
        _freedom(custom, twin),
        _adaptability(custom, twin, reference),
        _resale(custom, twin),
        _buying(custom, twin, reference),
    )


def _score(id: str, dimension: str, design: float, twin: float, reason: str | wording.Sentence) -> Score:
    """From shares in 0..1 to marks."""
    marks = [round(FULL * min(max(share, 0), 1), 1) for share in (design, twin)]
    return Score(id, dimension, marks[0], marks[1], reason)


def _choices(design: Design) -> dict[str, object]:
    """Every single choice in a design, by a plain name."""
    found: dict[str, object] = {
        "the alloy": design.metal,
        "the second metal": design.accent_metal,
        "the finish": design.finish,
        "the origin of the metal": design.metal_sourcing,
        "the inscription": design.inscriptions,
    }
    if design.inner_diameter_mm is not None:
        found["the size in between"] = design.inner_diameter_mm
    found |= {f"the {name.removesuffix('_mm').replace('_', ' ')}": value for name, value in design.options.items()}
    for stone in design.stones:
        named = stones_named(stone.role, piece=design.piece)
        found[f"{GEM_OF}{named}"] = stone.gem
        found[f"{CUT_OF}{named}"] = stone.cut
        found[f"the size of the {named}"] = (stone.length_mm, stone.width_mm)
        found[f"the grade of the {named}"] = (stone.colour, stone.clarity)
    return found


def _beyond_the_shelf(custom: Side, twin: Side) -> list[str]:
    shelf = _choices(twin.design)
    return [name for name, value in _choices(custom.design).items() if shelf.get(name) != value]


def _bits(custom: Side, own: Sequence[str], reference: Reference) -> float:
    """log2 of the number of designs among which this one's departures from the shelf pick one."""
    bits = 0.0
    for name in own:
        if name == "the alloy":
            bits += math.log2(sum(metal.castable for metal in reference.metals.values()))
        elif name.startswith(GEM_OF):
            bits += math.log2(len(reference.gems))
        elif name.startswith(CUT_OF):
            bits += math.log2(len(reference.cuts))
        elif name == "the inscription":
            bits += math.log2(LETTERS) * sum(line.characters for line in custom.measures.inscriptions)
        else:
            bits += 1  # at least one of two
    return bits


def _uniqueness(custom: Side, twin: Side, reference: Reference) -> Score:
    own = _beyond_the_shelf(custom, twin)
    share = 1 - 2 ** (-_bits(custom, own, reference) / HALF_UNIQUE_BITS)
    told = sorted(own, key=lambda name: name != "the inscription")[:3]
    reason = (
        f"The shelf does not offer: {wording.listed(told)}." if own else "Every choice is one the shelf offers too."
    )
    return _score("uniqueness", "Uniqueness", share, 0, reason)


def _craftsmanship(custom: Side, twin: Side) -> Score:
    heavier_g = max(custom.mass_g, twin.mass_g)
    shares = [
        (side.durability.mean_years_intact / HORIZON_YEARS + side.mass_g / heavier_g) / 2 for side in (custom, twin)
    ]
    years = [side.durability.mean_years_intact for side in (custom, twin)]
    reason = wording.Sentence(_lasting_in_words, (*years, custom.mass_g, twin.mass_g))
    return _score("craftsmanship", "Craftsmanship and materials", shares[0], shares[1], reason)


def _lasting_in_words(years: float, twin_years: float, mass_g: float, twin_mass_g: float) -> str:
    return (
        f"On average the first repair comes after {wording.years(years)}, beside {wording.years(twin_years)}{COUNTED}; "
        f"{wording.grams(mass_g)} of metal beside {wording.grams(twin_mass_g)}."
    )


def _meaning(custom: Side, twin: Side, reference: Reference) -> Score:
    birthstones = {gem for row in reference.birthstones for gem in row.gem_ids}

    def signs(side: Side) -> list[str]:
        found = ["an inscription"] if side.design.inscriptions else []
        # Diamond is April's, and the stone of most rings: nobody's birthstone unless it stands among a family's.
        told = side.design.style in FAMILY_STYLES
        chosen = [s.gem for s in side.design.stones if told or reference.gems[s.gem].species != USUAL_SPECIES]
        return found + (["a birthstone"] if birthstones.intersection(chosen) else [])

    own, shelf = signs(custom), signs(twin)
    had, theirs = _sentence(own) if own else "Nothing personal yet", wording.listed(shelf) or "neither"
    reason = f"{had}; the off-the-shelf piece has {theirs}."
    return _score("meaning", "Personal meaning", len(own) / 2, len(shelf) / 2, reason)


def _sourcing(custom: Side, twin: Side) -> Score:
    def share(side: Side) -> float:
        lines = [line for line in side.footprint.lines if line.claimed]
        return sum(EVIDENCE[line.evidence] for line in lines) / max(len(lines), 1)

    claimed = [line for line in custom.footprint.lines if line.claimed]
    told = sum(line.evidence != "unknown" for line in claimed)
    kg = custom.footprint.kgco2e
    unknown = f", and {wording.listed(custom.footprint.unknown)} unknown" if custom.footprint.unknown else ""
    reason = (
        f"{told} of {len(claimed)} materials with an origin somebody vouches for; "
        f"{_kilograms(kg)} CO2e{unknown}, beside {_kilograms(twin.footprint.kgco2e)}."
    )
    if power := custom.footprint.electricity or twin.footprint.electricity:
        reason += f" Of {'yours' if custom.footprint.electricity else 'the off-the-shelf piece'}, {power}."
    return _score("sourcing", "Ethics and sourcing", share(custom), share(twin), reason)


def _cost(custom: Side, twin: Side) -> Score:
    prices = [side.quote.total_usd.mid for side in (custom, twin)]
    cheaper = min(prices)
    reason = wording.Sentence(_prices_in_words, tuple(prices))
    return _score("cost", "Cost", cheaper / prices[0], cheaper / prices[1], reason)


def _prices_in_words(usd: float, twin_usd: float) -> str:
    return f"{wording.money(usd)} beside {wording.money(twin_usd)}: {wording.money_difference(usd, twin_usd)}."


def _time(custom: Side, twin: Side, reference: Reference) -> Score:
    usual_days = Range.of(reference.retail["custom_lead_total"]).mid * WORKING_DAYS_PER_WEEK
    days = [side.schedule.working_days for side in (custom, twin)]
    shares = [1 / (1 + span.mid / usual_days) for span in days]
    reason = f"{_first_up(custom.schedule.spoken)}; the off-the-shelf piece {twin.schedule.spoken}."
    return _score("time", "Time", shares[0], shares[1], reason)


def _freedom(custom: Side, twin: Side) -> Score:
    total, own = len(_choices(custom.design)), _beyond_the_shelf(custom, twin)
    objected = sum(finding.severity != "note" for finding in custom.findings)
    kept = total - len(own)
    reason = f"The off-the-shelf piece comes as you want it in {kept} of {total} choices."
    if objected:
        reason += f" The maker objects to {objected} of yours."
    return _score("freedom", "Freedom to change things", 1 - objected / total, kept / total, reason)


def _adaptability(custom: Side, twin: Side, reference: Reference) -> Score:
    own, shelf = (dict(_undoable(side, reference)) for side in (custom, twin))
    shares = [sum(checks.values()) / len(checks) for checks in (own, shelf)]
    stuck = [name for name, possible in own.items() if not possible]
    if stuck:
        reason = f"Hard to undo later: {wording.listed(stuck)}."
    else:
        reason = f"{_sentence([*_redone(custom.measures), 'finish'])} can be redone."
    return _score("adaptability", "Timelessness: what can be changed later", shares[0], shares[1], reason)


def _redone(measures: Measures) -> Iterator[str]:
    """What this piece has that a later owner can have done again."""
    if measures.band is not None:
        yield "size"
    if any(fitting.kind == "chain" for fitting in measures.fittings):
        yield "chain"
    if measures.stones:
        yield "stones"
    if measures.inscriptions:
        yield "lettering"


def _undoable(side: Side, reference: Reference) -> Iterator[tuple[str, bool]]:
    """What can be changed or renewed later: (what stands in the way, whether it does not)."""
    metal, band = reference.metals[side.design.metal], side.measures.band
    if band is not None:
        yield "sizing the band", metal.resizable == "yes" and side.measures.style not in STONES_ALL_ROUND
    elif side.measures.style == STIFF_AND_CLOSED:
        yield "making the bangle larger or smaller", False
    yield "the surface layer that has to be renewed", metal.plating is None and metal.rhodium_plated != "yes"
    yield "tarnish", not metal.tarnish.lower().startswith("yes")
    yield "stones set between beads", all(stone.setting != "bead" for stone in side.measures.stones)
    behind_mm = Range.of(reference.workshop["inscription_metal_behind"]).mid
    deepest_mm = max((line.depth_mm for line in side.measures.inscriptions), default=0)
    thick_mm = side.design.options.get("thickness_mm") if band is None else band.thickness_mm
    if isinstance(thick_mm, int | float):
        yield "polishing the inscription out", deepest_mm == 0 or thick_mm - deepest_mm >= behind_mm


def _resale(custom: Side, twin: Side) -> Score:
    shares = [_kept_at(side) for side in (custom, twin)]
    channel = "the best channel" if custom.resale.chosen.id == custom.resale.best else "the channel you chose"
    reason = (
        f"After {RESALE_YEAR} years {channel} brings about {wording.percent(shares[0])} of the price, "
        f"beside {wording.percent(shares[1])}; the work of making is not recovered."
    )
    return _score("resale", "Resale and what remains", shares[0], shares[1], reason)


def _kept_at(side: Side) -> float:
    return side.resale.chosen.mid[RESALE_YEAR] / side.quote.total_usd.mid


def _buying(custom: Side, twin: Side, reference: Reference) -> Score:
    own, shelf = (_assurances(side) for side in (custom, twin))
    window = Range.of(reference.retail["mass_return_window"]).mid
    reason = (
        f"You decide at {own['decisions']:.0f} of its steps, but a custom piece is usually final; the off-the-shelf "
        f"piece can be tried on first and sent back within {window:.0f} days."
    )
    shares = [sum(min(value, 1) for value in checks.values()) / len(checks) for checks in (own, shelf)]
    return _score("buying", "Buying it: approvals, papers, returns", shares[0], shares[1], reason)


def _assurances(side: Side) -> dict[str, float]:
    """What protects the buyer; each counts once."""
    made_to_order = side.quote.route == "custom"
    return {
        "decisions": sum(bool(stage.decision) for stage in side.schedule.stages),
        "tried on first": not made_to_order,
        "returns": not made_to_order,
        "papers": any(line.kind == "certificate" for line in side.quote.lines),
    }


def _kilograms(kg: Range) -> str:
    return f"{wording.rounded(kg.low):,g}{wording.DASH}{wording.rounded(kg.high):,g} kg"


def _sentence(names: Sequence[str]) -> str:
    return _first_up(wording.listed(names))


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
