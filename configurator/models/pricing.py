"""What a piece costs and why: made for this client, or bought at a shop counter, through one set of tables.

All that a custom maker does is one line, the making; at the shop counter, whose prices are not ours, what the shop adds
is a line of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from configurator import wording
from configurator.design import Design
from configurator.measures import Measures
from configurator.models import made_to_order, metal_prices, shop_counter, taxes
from configurator.models.ledger import PERCENT, Bill, Cost, Kind, Ledger, added
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, USUAL_DRAWS, Draws, Range, quantiles
from configurator.models.taxes import Tax
from configurator.reference import Reference, SpotPrice, periods

Route = Literal["custom", "mass"]

CENTS = 100  # in a dollar
A_STEP = 1 / 10  # of the metal price, for "what can change this"
WORTH_SAYING = 1 / 20  # of the total: a stone whose own range is wider is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a quote, in US dollars and whole cents; low and high are P10 and P90 of this line alone."""

    item: str
    label: str
    kind: Kind
    low: float
    mid: float
    high: float
    formula: str  # the arithmetic in words, at the mids
    as_of: str  # date of its newest price, empty when none is dated
    source: str  # titles, for reading
    sources: tuple[str, ...]  # ids of sources.csv


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A price with everything behind it.

    The mids of `lines` add up to `total_usd.mid` to the cent, and so do those of `internal_lines`, which show the
    seller's costs and margin and never leave the shop.
    """

    route: Route
    commercial: bool  # whether its coloured stones are priced at commercial grade
    total_usd: Range  # mid: the sum of the lines; low and high: P10 and P90 of the sum, not sums of P10 and P90
    lines: tuple[Line, ...]
    as_of: str  # date of the metal price, or of the newest price of a piece without a market metal
    metal_prices: tuple[SpotPrice, ...]  # the market's, of every precious metal in it, the dearest share first
    changes: tuple[str | wording.Sentence, ...]  # what can still change this price, one sentence each
    returnable: str
    tax: str  # what stands beside the price: `before sales tax`, `20 % VAT inside`
    internal_lines: tuple[Line, ...]


def price(
    design: Design,
    measures: Measures,
    reference: Reference,
    route: Route = "custom",
    *,
    draws: Draws = USUAL_DRAWS,
    rules_off: Collection[str] = (),
    hallmark: bool = False,
    labour_pct: float = made_to_order.AS_TABLED_PCT,
    country: str = "us",
    tax_pct: float | None = None,
) -> Quote:
    """Prices a complete design as made to order ("custom") or as a shop-counter piece ("mass").

    `rules_off` leaves out rules of the shop counter by id; `labour_pct` is what a custom maker's bench costs, of the
    tables' rates; without a `tax_pct` the tax is what shop labels hold in `country`.
    """
    ledger = Ledger(reference, draws)
    if route == "custom":
        bill = made_to_order.bill(design, measures, ledger, hallmark, labour_pct)
    else:
        bill = shop_counter.bill(design, measures, ledger, rules_off)
    tax = tuple(_tax(bill, taxes.due(reference, country, tax_pct), reference.countries[country].tax_name))
    lines = _lines((*bill.shown, *tax), reference)
    total = sum(round(line.mid * CENTS) for line in lines) / CENTS
    summed = added((*bill.costs, *tax))
    low, high = (round(float(end), 2) for end in quantiles(summed[1:], (RANGE_LOW, RANGE_HIGH)))
    return Quote(
        route=route,
        commercial=route == "mass" and shop_counter.commercial(reference, rules_off),
        total_usd=Range(min(low, total), total, max(high, total)),
        lines=lines,
        as_of=next(line.as_of for line in lines if line.kind == "metal") or max(line.as_of for line in lines),
        metal_prices=metal_prices.spot_rows(ledger, reference.metals[design.metal]),
        changes=(
            *_changes(design, route, ledger, lines, total),
            *(() if tax else (taxes.left_out(reference, country),)),
        ),
        returnable=_returnable(reference, route),
        tax=taxes.in_short(reference, country, tax_pct),
        internal_lines=_to_the_cent(_lines((*bill.costs, *tax), reference), total),
    )


def _tax(bill: Bill, tax: Tax, name: str) -> Iterator[Cost]:
    if tax.pct > 0:
        yield Cost(
            item="sales_tax",
            label=f"{name[:1].upper()}{name[1:]}",
            kind="tax",
            usd=added(bill.costs) * tax.pct * PERCENT,
            formula=f"{tax.pct:g} % of the lines above",
            as_of="",
            sources=tax.sources,
        )


def _lines(costs: Sequence[Cost], reference: Reference) -> tuple[Line, ...]:
    figures = np.array([cost.usd for cost in costs])
    lows, highs = quantiles(figures[:, 1:], (RANGE_LOW, RANGE_HIGH)).T
    mids = figures[:, 0]
    ends = np.round([np.minimum(lows, mids), mids, np.maximum(highs, mids)], 2)
    return tuple(
        Line(
            item=cost.item,
            label=cost.label,
            kind=cost.kind,
            low=float(low),
            mid=float(mid),
            high=float(high),
            formula=cost.formula,
            as_of=cost.as_of,
            source="; ".join(reference.sources[id].title for id in cost.sources),
            sources=cost.sources,
        )
        for cost, (low, mid, high) in zip(costs, ends.T, strict=True)
    )


def _to_the_cent(lines: tuple[Line, ...], total: float) -> tuple[Line, ...]:
    """The same lines with the cents that rounding lost or won put on the largest, so that they add up to `total`."""
    off = round(total * CENTS) - sum(round(line.mid * CENTS) for line in lines)
    if not off:
        return lines
    largest = max(lines, key=lambda line: line.mid)
    mid = (round(largest.mid * CENTS) + off) / CENTS
    mended = replace(largest, mid=mid, low=min(largest.low, mid), high=max(largest.high, mid))
    return tuple(mended if line is largest else line for line in lines)


def _changes(
    design: Design, route: Route, ledger: Ledger, lines: Sequence[Line], total: float
) -> Iterator[str | wording.Sentence]:
    metal = ledger.reference.metals[design.metal]
    spots = metal_prices.spot_rows(ledger, metal)
    if spots:
        moved = sum(line.mid for line in lines if line.kind == "metal") * A_STEP
        yield wording.Sentence(_metal_in_words, (spots[0], moved))
    for line in lines:
        if route == "custom" and line.kind == "stones" and line.high - line.low > WORTH_SAYING * total:
            yield wording.Sentence(_stone_in_words, (line.label, line.low, line.high))
    if design.accent_metal:
        yield "The second metal: all of the metal is priced as the first one here."
    if route == "custom":
        yield "Your own changes after you have approved the model."


def _metal_in_words(spot: SpotPrice, moved_usd: float) -> str:
    # An ounce stays in the market's own currency, in which anybody can look its price up.
    return (
        f"The metal price: {spot.element} is taken at {spot.usd_per_troy_ounce:,.0f} USD an ounce "
        f"({periods.spoken(spot.date)}); 10 % up or down moves the metal in this piece by about "
        f"{wording.money(moved_usd)}, and what is charged on it too."
    )


def _stone_in_words(label: str, low_usd: float, high_usd: float) -> str:
    return f"The exact stone: {label} is offered from about {wording.money(low_usd)} to {wording.money(high_usd)}."


def _returnable(reference: Reference, route: Route) -> str:
    window = Range.of(reference.retail["mass_return_window"])
    if route == "custom":
        return "Made for you: usually a final sale, so ask the maker before you order."
    return f"Unworn, it can usually go back to a large chain within {window.mid:.0f} days."
