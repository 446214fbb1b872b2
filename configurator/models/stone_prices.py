"""What stones are asked for in retail, from their weight: by the diamond fit, by the gem table, or by the piece.

Retail asking prices hold the seller's own share. The shop counter buys at wholesale; that factor is here too.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from configurator import units
from configurator.design import Design, Stone
from configurator.measures import Measures, StoneMeasure
from configurator.models.ledger import Cost, Figure, Ledger, Row, newest, sources_of
from configurator.models.ranges import Range
from configurator.reference import DiamondFit, Gem

# The grades that the fit is relative to: a clean, near-colourless stone, what most jewellers show first.
USUAL_COLOUR, USUAL_CLARITY = "G", "VS2"
CUT_GRADE = "Very Good"  # the grade at which the factor from the fit's year to today was derived
ROUND = "round_brilliant"

_LAB = "diamond_lab"
_MELEE: Mapping[str, str] = {"diamond": "diamond_melee_usd_per_ct", _LAB: "diamond_lab_melee_usd_per_ct"}
_WHOLESALE: Mapping[str, str] = {
    "diamond": "wholesale_over_retail_diamond",
    _LAB: "wholesale_over_retail_diamond_lab",
}


@dataclass(frozen=True, eq=False, slots=True)
class PricedStones:
    """The stones of one role at their retail asking price: `usd` is a figure for all of them."""

    measured: StoneMeasure
    gem: Gem
    grades: str  # "G VS2", empty where the trade does not grade
    weight_ct: float  # of each
    usd: Figure
    basis: str
    as_of: str
    sources: tuple[str, ...]

    def as_cost(self, usd: Figure, words: str, *rows: Row) -> Cost:
        """The line of these stones at `usd`, which `words` explain beside the asking price."""
        count, each = self.measured.count, self.usd[0] / self.measured.count
        many = f"{count} × " if count > 1 else ""
        by_weight = (
            f"{many}{self.weight_ct:.3g} ct × {each / self.weight_ct:,.0f} USD/ct" if self.gem.price_usd_per_ct else ""
        )
        return Cost(
            item=f"stones_{self.measured.role}",
            label=f"{many}{self.gem.label}, {self.weight_ct:.2g} ct {self.grades}".strip(),
            kind="stones",
            usd=usd,
            formula=f"{by_weight or f'{many}{each:,.0f} USD'} ({self.basis}){words}",
            as_of=max(self.as_of, newest(*rows)),
            sources=tuple(dict.fromkeys((*self.sources, *sources_of(*rows)))),
        )


def price_stones(ledger: Ledger, stone: Stone, measured: StoneMeasure, *, commercial: bool) -> PricedStones:
    """The stones of one role; `commercial` prices what has no grade of its own at the commercial end of its table."""
    gem, rows = ledger.reference.gems[stone.gem], ledger.reference.assumptions
    weight_ct = units.weight_ct(measured.volume_mm3, gem.specific_gravity)
    table: tuple[Row, ...] = ()
    if gem.id == "diamond":
        colour, clarity = stone.colour or USUAL_COLOUR, stone.clarity or USUAL_CLARITY
        each = diamond_usd(ledger, weight_ct, measured.cut, colour, clarity)
        dated = [rows["diamond_rebase_2008"], rows["diamond_rebase_size_exponent"]]
        if weight_ct < Range.of(rows["diamond_fit_from_ct"]).mid:
            dated.append(rows["diamond_melee_usd_per_ct"])
        basis, grades = "asking prices of 53,940 stones, brought to today", f"{colour} {clarity}"
    elif not gem.price_usd_per_ct:
        each, dated = pearl_usd(ledger, measured.width_mm), [rows["pearl_usd"]]
        basis, grades = "by size", ""
    else:
        row = rows["diamond_lab_grade_custom" if gem.id == _LAB else "coloured_grade_custom"]
        fineness = np.zeros(ledger.draws.count + 1) if commercial else ledger.of(row)
        each = gem_usd(ledger, gem, weight_ct, fineness)
        dated = []  # the columns of the gem table bear no date
        if not commercial:
            table, dated = (row,), [row] if gem.id == _LAB else []
        basis = "commercial grade" if commercial else f"{fineness[0]:.0%} of the way from commercial to fine"
        grades = f"{stone.colour or ''} {stone.clarity or ''}".strip() if gem.id == _LAB else ""
    sources = () if gem.id == "diamond" else gem.price_sources
    return PricedStones(
        measured=measured,
        gem=gem,
        grades=grades,
        weight_ct=weight_ct,
        usd=measured.count * each,
        basis=basis,
        as_of=newest(*dated),
        sources=tuple(dict.fromkeys((*sources, *sources_of(*dated, *table)))),
    )


def stone_retail_usd(stone: Stone, measured: StoneMeasure, ledger: Ledger, *, commercial: bool = False) -> Figure:
    """The retail asking price of one stone of a role, for models that ask what it would bring."""
    return price_stones(ledger, stone, measured, commercial=commercial).usd / measured.count


def set_stones(design: Design, measures: Measures) -> Iterator[tuple[Stone, StoneMeasure]]:
    """What the design says of each role of stones, with how it was measured. Raises `KeyError` for a missing role."""
    for measured in measures.stones:
        stone = design.stone(measured.role)
        if stone is None:
            raise KeyError(f"the design has no stones of the role {measured.role}")
        yield stone, measured


def fitted_usd(fit: DiamondFit, weight_ct: float, cut_grade: str, colour: str, clarity: str) -> float:
    """The median asking price of a round diamond, in US dollars of the fit's year, from weight and grades."""
    ln_ct = math.log(weight_ct)
    total = fit.intercept + _grade_log(fit, cut_grade, colour, clarity, ln_ct)
    total += sum(coefficient * ln_ct**power for power, coefficient in enumerate(fit.ln_carat, start=1))
    total += sum(shift for from_ct, shift in fit.steps if weight_ct >= from_ct)
    return math.exp(total)


def diamond_usd(ledger: Ledger, weight_ct: float, cut: str, colour: str, clarity: str) -> Figure:
    """Today's retail asking price of one natural diamond.

    Within the weights the fit knows: the fit, brought to today. Below: the price a carat runs straight on log axes to
    the parcel price of melee, and stays there. Above: a single power of the weight.
    """
    fit, rows = ledger.reference.diamond_fit, ledger.reference.assumptions
    smallest = Range.of(rows["diamond_fit_from_ct"]).mid
    largest = Range.of(rows["diamond_fit_up_to_ct"]).mid
    within = min(max(weight_ct, smallest), largest)
    known_ct = max(within, Range.of(rows["diamond_rebase_from_ct"]).mid)  # no price of today says more of lighter ones
    today = ledger.assumed("diamond_rebase_2008") * known_ct ** ledger.assumed("diamond_rebase_size_exponent")
    usd = today * fitted_usd(fit, within, CUT_GRADE, colour, clarity)
    if cut != ROUND:
        usd = usd * ledger.assumed("diamond_fancy_shape_ratio")
    if weight_ct < smallest:
        grades = math.exp(_grade_log(fit, CUT_GRADE, colour, clarity, math.log(smallest)))
        usd = weight_ct * _towards_melee(ledger, "diamond", weight_ct, smallest, usd / smallest, grades)
    if weight_ct > largest:
        usd = usd * (weight_ct / largest) ** ledger.assumed("diamond_large_exponent")
    return usd * ledger.scatter("diamond_fit_scatter", fit.residual_sd_log)


def gem_usd(ledger: Ledger, gem: Gem, weight_ct: float, fineness: Figure) -> Figure:
    """The retail price of one stone of the gem table; `fineness` is 0 at the commercial column and 1 at the fine one.

    Between the table's weights, and above them, straight on log axes; below them the price a carat stays (laboratory
    diamonds run on to their melee price).
    """
    knots = np.log(np.array(gem.price_usd_per_ct))
    log_ct = math.log(weight_ct)
    per_ct = [_straight(log_ct, knots[:, 0], knots[:, column]) for column in (1, 2)]
    usd_per_ct = np.exp(per_ct[0] * (1 - fineness) + per_ct[1] * fineness)
    lightest = gem.price_usd_per_ct[0][0]
    if gem.id in _MELEE and weight_ct < lightest:
        usd_per_ct = _towards_melee(ledger, gem.id, weight_ct, lightest, usd_per_ct, 1)
    return weight_ct * usd_per_ct


def pearl_usd(ledger: Ledger, diameter_mm: float) -> Figure:
    """The retail price of one cultured pearl."""
    at = Range.of(ledger.reference.assumptions["pearl_priced_at_mm"]).mid
    return ledger.assumed("pearl_usd") * (diameter_mm / at) ** ledger.assumed("pearl_size_exponent")


def wholesale_row(ledger: Ledger, gem: Gem) -> Row:
    """The row that says what a shop pays for such a stone, over its retail price."""
    return ledger.reference.assumptions[_WHOLESALE.get(gem.id, "wholesale_over_retail_coloured")]


def _grade_log(fit: DiamondFit, cut_grade: str, colour: str, clarity: str, ln_ct: float) -> float:
    steady = fit.cut[cut_grade] + fit.colour[colour] + fit.clarity[clarity]
    return steady + ln_ct * (fit.colour_by_ln_carat[colour] + fit.clarity_by_ln_carat[clarity])


def _towards_melee(
    ledger: Ledger, gem_id: str, weight_ct: float, lightest_ct: float, usd_per_ct: Figure, grades: float
) -> Figure:
    """The price a carat between `usd_per_ct` at the lightest stone sold singly and the parcel price of melee."""
    melee = ledger.assumed(_MELEE[gem_id]) * grades
    melee_ct = ledger.assumed("diamond_melee_at_ct")
    way = np.minimum(np.log(lightest_ct / weight_ct) / np.log(lightest_ct / melee_ct), 1)
    return usd_per_ct ** (1 - way) * melee**way


def _straight(at: float, knots: Figure, values: Figure) -> float:
    """Piecewise straight through the knots; level below the first, along the last piece beyond the last."""
    if at <= knots[-1]:
        return float(np.interp(at, knots, values))
    return float(values[-1] + (at - knots[-1]) * (values[-1] - values[-2]) / (knots[-1] - knots[-2]))
