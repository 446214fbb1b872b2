"""Numbers as words: what a client reads first is rounded to two significant figures, with its range.

The precise figure is one tap deeper (`money_exact`). Pure text; the pages, the charts and the exports all use it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from configurator import units
from configurator.display import Display, WeightUnit
from configurator.measures import Measures
from configurator.models.ranges import Range
from configurator.reference import SpotPrice, periods

SIGNIFICANT = 2  # figures shown first; more would claim a precision that the ranges deny
MONTHS_PER_YEAR = 12
WORKING_DAYS_PER_WEEK = 5
ALIKE = 0.05  # amounts nearer than this share of the larger are "about the same"
DASH = "–"
_WEIGHTS: Mapping[WeightUnit, Callable[[float], float]] = {
    "g": float,
    "dwt": units.pennyweight,
    "ozt": units.troy_ounces,
}
PLURAL = ("earrings",)  # pieces that are spoken of as several

# Who reads: asked each time that an amount is put into words. It is US dollars, grams and millimetres, unless a program
# whose readers differ says whom to ask (`ui/shown_in.py`).
reader: Callable[[], Display] = Display


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is kept for many readers: its amounts are put into words each time it is read, by `str()`.

    `words` makes the sentence of what is `given`; two sentences are equal when they say the same of the same.
    """

    words: Callable[..., str]
    given: tuple[Any, ...]

    def __str__(self) -> str:
        return self.words(*self.given)


def rounded(value: float, figures: int = SIGNIFICANT) -> float:
    """`value` to that many significant figures: 3417 -> 3400."""
    if value == 0:
        return 0.0
    return round(value, figures - 1 - math.floor(math.log10(abs(value))))


def money(usd: float, figures: int = SIGNIFICANT) -> str:
    """The amount as it is first shown: `$3,400`, `CHF 3,000`; whole dollars (or whatever it is) at the least."""
    display = reader()
    shown = round(rounded(abs(display.amount(usd)), figures))
    return f"{'−' if usd < 0 and shown else ''}{display.rate.symbol}{shown:,}"


def money_range(usd: Range) -> str:
    """Low to high as first shown: `$3,200–3,900`, or one amount when both round alike."""
    low, high = money(usd.low), money(usd.high)
    return low if low == high else f"{low}{DASH}{high.replace(reader().rate.symbol, '', 1)}"


def money_exact(usd: float) -> str:
    """To the cent, one tap deeper: `$3,412.50`."""
    display = reader()
    return f"{'−' if usd < 0 else ''}{display.rate.symbol}{abs(display.amount(usd)):,.{display.rate.decimals}f}"


def money_small(usd: float) -> str:
    """`$12`, `$1.80`, `$0.091`: two figures, whatever the size."""
    display = reader()
    shown = rounded(abs(display.amount(usd)))
    decimals = 0 if shown >= 10 else 2 if shown >= 1 / 10 else 3
    return f"{'−' if usd < 0 else ''}{display.rate.symbol}{shown:,.{decimals}f}"


def money_difference(usd: float, beside: float) -> str:
    """How one amount stands to another: `about $1,900 more`, `about $300 less`, or `about the same`."""
    if abs(usd - beside) <= ALIKE * max(abs(usd), abs(beside)):
        return "about the same"
    return f"about {money(abs(usd - beside))} {'more' if usd > beside else 'less'}"


def rate_note(today: date) -> str:
    """Where a converted amount is from: one sentence with rate, source, date and age; empty in US dollars."""
    rate = reader().rate
    if not rate.date:
        return ""
    old = (today - periods.last_day(rate.date)).days
    return (
        f"Worked out in US dollars; 1 USD is {rate.per_usd:.4g} {rate.currency} (European Central Bank, "
        f"{periods.spoken(rate.date)}, {_counted(old, 'day')} old)."
    )


def metal_price_note(prices: Sequence[SpotPrice], today: date, flagged_days: float) -> str:
    """The date of the metal price behind a quote, and what to ask for when it is old; empty without a market metal.

    `prices` begin with the metal that weighs most in the quote, which is named first; the oldest of the others follows
    where it is old, and older: `Gold price of 12 June 2026, 163 days old; palladium of 2 January 2026, 324 days old:
    ask for today's.`
    """
    if not prices:
        return ""
    ages = [(today - periods.last_day(price.date)).days for price in prices]
    oldest = ages.index(max(ages))
    told = [0, oldest] if ages[oldest] > max(flagged_days, ages[0]) else [0]
    parts = []
    for place in told:
        price, old = prices[place], ages[place]
        name = f"{price.element} price" if place == 0 else price.element
        age = f", {_counted(old, 'day')} old" if old > flagged_days else ""
        parts.append(f"{name} of {periods.spoken(price.date)}{age}")
    said = "; ".join(parts)
    asked = ": ask for today's" if ages[oldest] > flagged_days else ""
    return f"{said[0].upper()}{said[1:]}{asked}."


def years(value: float, horizon: float = math.inf) -> str:
    """A span of years: `8 months`, `1 year`, `12 years`, `more than 50 years` from the horizon on."""
    if value >= horizon:
        return f"more than {horizon:.0f} years"
    months = round(value * MONTHS_PER_YEAR)
    if months < MONTHS_PER_YEAR:
        return _counted(max(1, months), "month")
    return _counted(round(value), "year")


def years_range(span: Range, horizon: float = math.inf) -> str:
    """`8–14 years`; the horizon reads as `8 to more than 50 years`."""
    low, high = years(span.low, horizon), years(span.high, horizon)
    if low == high:
        return low
    (low_count, _, low_unit), (high_count, _, high_unit) = low.partition(" "), high.partition(" ")
    if high_count.isdigit() and low_unit.rstrip("s") == high_unit.rstrip("s"):
        return f"{low_count}{DASH}{high}"
    if high.startswith("more") and low_unit == "years":
        return f"{low_count} to {high}"
    return f"{low} to {high}"


def weeks_range(working_days: Range) -> str:
    """A duration in working days as weeks, each end to the nearest whole one: `4–8 weeks`."""
    low, high = (round(days / WORKING_DAYS_PER_WEEK) for days in (working_days.low, working_days.high))
    if high == 0:
        return "within days"
    if low == 0:
        return f"up to {_counted(high, 'week')}"
    return _counted(high, "week") if low == high else f"{low}{DASH}{high} weeks"


def day(when: date) -> str:
    """`14 February 2027`."""
    return f"{when.day} {when:%B %Y}"


def grams(mass_g: float) -> str:
    """`3.1 g`, `2.0 dwt`, `0.1 ozt`; under one of the unit, two figures."""
    unit = reader().weight_unit
    mass = _WEIGHTS[unit](mass_g)
    return f"{rounded(mass):g} {unit}" if mass < 1 else f"{mass:.1f} {unit}"


def millimetres(length_mm: float, decimals: int = 1) -> str:
    """`17.3 mm`; in inches two more decimals: `0.681 in`."""
    if reader().length_unit == "in":
        return f"{units.inches(length_mm):.{decimals + 2}f} in"
    return f"{length_mm:.{decimals}f} mm"


def sizes(lengths_mm: Sequence[float]) -> str:
    """Several lengths with their unit once: `8.0 × 6.0 × 3.7 mm`."""
    unit = f" {reader().length_unit}"
    return " × ".join(millimetres(length).removesuffix(unit) for length in lengths_mm) + unit


def weight_label(measures: Measures) -> str:
    """What a weight speaks of, where a client could take it for less: `Metal weight, with chain`."""
    if measures.piece in PLURAL:
        return "Metal weight, the pair"
    chained = any(fitting.kind == "chain" and fitting.volume_mm3 for fitting in measures.fittings)
    return "Metal weight, with chain" if chained and measures.piece == "pendant" else "Metal weight"


def carats(weight_ct: float) -> str:
    """`0.75 ct`; under a tenth of a carat, two figures."""
    return f"{rounded(weight_ct):g} ct" if weight_ct < 1 / 10 else f"{weight_ct:.2f} ct"


def percent(share: float) -> str:
    """`34 %` of a share of 0.34."""
    return f"{share * 100:.0f} %"


def chance(share: float) -> str:
    """A probability that was counted over draws: `34 %`, `under 1 %`, `over 99 %`; none is certain."""
    rare = 1 / 100
    return "under 1 %" if share < rare else "over 99 %" if share > 1 - rare else percent(share)


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def lowered(said: str) -> str:
    """A label as it stands within a sentence: `Finding the stones` -> `finding the stones`."""
    return f"{said[:1].lower()}{said[1:]}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
