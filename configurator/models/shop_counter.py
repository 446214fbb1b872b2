"""The price of a catalogue piece at a shop counter: made in runs, stones at wholesale, then the shop's multiple.

The rules of the price model are rows of twin_rules.csv, so each can be switched off, on the command line and at the
foot of the Compare page, to see what it does.
"""

from collections.abc import Collection, Sequence

import numpy as np

from configurator import units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models import bench, bought_parts, metal_prices, stone_prices
from configurator.models.ledger import Bill, Cost, Figure, Ledger, Row, added, newest, sources_of
from configurator.models.ranges import Range
from configurator.models.stone_prices import PricedStones
from configurator.reference import Reference

SOLD_BY_WEIGHT = "gold"  # chains; the published prices speak of gold
DEARER_METAL = "silver"  # cheap metal carries the higher multiple of trade catalogues


def bill(design: Design, measures: Measures, ledger: Ledger, rules_off: Collection[str]) -> Bill:
    """The shop's cost of the piece and what it adds; for the client, stones at the asking price as on any other quote.

    So the stones of a custom piece and of its twin are compared on one basis; the rest of the mark-up is the shop's.
    """
    on = _on(ledger.reference, rules_off)
    at_grade = commercial(ledger.reference, rules_off)
    stones = [
        stone_prices.price_stones(ledger, stone, measured, commercial=at_grade)
        for stone, measured in stone_prices.set_stones(design, measures)
    ]
    parts = tuple(bought_parts.costs(design, measures, ledger, _in_runs(ledger, on)))
    metal = (_metal(design, measures, ledger), *parts)
    work = _work(design, measures, ledger, on)
    bought = [_at_wholesale(priced, ledger) for priced in stones]
    at_cost = added((*metal, *bought, *work))
    multiple, used = _multiple(design, at_cost, ledger, on)
    words = f"{multiple[0]:.3g} times {at_cost[0]:,.0f} USD at the shop's cost, less the lines above"
    sold = [_at_the_counter(priced, cost, multiple, ledger) for priced, cost in zip(stones, bought, strict=True)]
    cheaper, chain_rows = _chains_by_weight(design, measures, parts, multiple, ledger)
    if chain_rows:
        words = f"{words}; {cheaper[0]:,.0f} USD less for the chain, which is sold by weight"
        used = (*used, *chain_rows)
    asked = at_cost * multiple - cheaper
    return Bill(
        costs=(*metal, *bought, *work, _shop(asked - at_cost, words, used)),
        shown=(*metal, *sold, *work, _shop(asked - added((*metal, *sold, *work)), words, used)),
    )


def commercial(reference: Reference, rules_off: Collection[str]) -> bool:
    """Whether coloured stones are priced at commercial grade."""
    return "commercial_coloured_grade" in _on(reference, rules_off)


def _on(reference: Reference, rules_off: Collection[str]) -> set[str]:
    return {rule.id for rule in reference.twin_rules.values() if rule.on and rule.id not in rules_off}


def _chains_by_weight(
    design: Design, measures: Measures, parts: Sequence[Cost], multiple: Figure, ledger: Ledger
) -> tuple[Figure, tuple[Row, ...]]:
    """What chains are sold for under the shop's multiple, and the row behind it: gold ones go by the metal in them."""
    metal, row = ledger.reference.metals[design.metal], ledger.reference.retail["mass_chain_over_metal"]
    cheaper = np.zeros_like(multiple)
    for fitting, cost in zip(bought_parts.bought(measures), parts, strict=True):
        if fitting.kind == "chain" and metal.kind == SOLD_BY_WEIGHT:
            mass_g = units.mass_g(fitting.volume_mm3, metal.density_g_cm3)
            by_weight = mass_g * metal_prices.content_usd_per_g(ledger, metal) * ledger.of(row)
            cheaper = cheaper + np.maximum(cost.usd * multiple - by_weight, 0)
    return cheaper, (row,) if cheaper[0] > 0 else ()


def _metal(design: Design, measures: Measures, ledger: Ledger) -> Cost:
    metal, billed = ledger.reference.metals[design.metal], ledger.reference.retail["mass_metal_billed_per_14k_gram"]
    mass_g = units.mass_g(measures.cast_volume_mm3, metal.density_g_cm3)
    return Cost(
        item="metal",
        label=metal.label,
        kind="metal",
        usd=mass_g * metal_prices.content_usd_per_g(ledger, metal) * ledger.of(billed),
        formula=f"{mass_g:.2f} g × {metal_prices.content_in_words(ledger, metal)}"
        f" × {Range.of(billed).mid:g} as billed in trade catalogues",
        as_of=metal_prices.as_of(ledger, metal),
        sources=sources_of(*metal_prices.spot_rows(ledger, metal), billed),
    )


def _at_wholesale(priced: PricedStones, ledger: Ledger) -> Cost:
    row = stone_prices.wholesale_row(ledger, priced.gem)
    return priced.as_cost(priced.usd * ledger.of(row), f", × {Range.of(row).mid:g} at wholesale", row)


def _at_the_counter(priced: PricedStones, bought: Cost, multiple: Figure, ledger: Ledger) -> Cost:
    """The stones at their asking price, or at what the shop's multiple makes of wholesale when that is less."""
    usd = np.minimum(priced.usd, bought.usd * multiple)
    share = usd[0] / priced.usd[0]
    words = "" if share == 1 else f", × {share:.2f} at the counter"
    return priced.as_cost(usd, words, stone_prices.wholesale_row(ledger, priced.gem))


def _in_runs(ledger: Ledger, on: Collection[str]) -> Figure | float:
    """What work costs in a run, of what it costs on one piece."""
    rule = ledger.reference.twin_rules["mass_labour_factor"]
    return ledger.of(rule) if rule.id in on else 1.0


def _work(design: Design, measures: Measures, ledger: Ledger, on: Collection[str]) -> list[Cost]:
    rules, labour = ledger.reference.twin_rules, ledger.reference.labour
    rule = rules["mass_labour_factor"]
    in_runs = _in_runs(ledger, on)
    used = (rule,) if rule.id in on else ()
    words = f", × {Range.of(rule).mid:g} in runs" if used else ""
    costs = [
        Cost(
            item=job.item,
            label=job.label,
            kind="labour",
            usd=job.usd * in_runs,
            formula=f"{job.words}{words}",
            as_of=newest(*job.rows, *used),
            sources=sources_of(*job.rows, *used),
        )
        for job in bench.work(design, measures, ledger)
    ]
    if "no_design_fee" not in on and bench.is_modelled(design, measures):
        rows = (labour["design_consultation"], labour["cad_model_at_cost"])
        costs.append(
            Cost(
                item="design",
                label="Design and model",
                kind="design",
                usd=ledger.of(rows[0]) + ledger.of(rows[1]),
                formula="1 design",
                as_of=newest(*rows),
                sources=sources_of(*rows),
            )
        )
    return costs


def _multiple(design: Design, at_cost: Figure, ledger: Ledger, on: Collection[str]) -> tuple[Figure, tuple[Row, ...]]:
    """Price over the shop's cost, and the rows behind it: the trade's multiple less the usual discount, which falls to
    the multiple of costly diamonds as the piece gets dearer."""
    retail, rules, rows = ledger.reference.retail, ledger.reference.twin_rules, ledger.reference.assumptions
    keystone, discount, costly = rules["keystone_multiple"], rules["chain_discount_pct"], rows["mass_costly_from_usd"]
    if keystone.id not in on:
        return np.ones_like(at_cost), ()
    silver = ledger.reference.metals[design.metal].kind == DEARER_METAL
    full_row: Row = retail["mass_silver_multiple"] if silver else keystone
    discounted = (discount,) if discount.id in on else ()
    full = ledger.of(full_row) * (1 - ledger.share(discount) if discounted else 1)
    lowest_row, full_up_to = retail["mass_costly_diamond_multiple"], rows["mass_full_multiple_up_to_usd"]
    costly_usd = Range.of(costly).mid
    cheapness = np.clip(np.log(costly_usd / at_cost) / np.log(costly_usd / ledger.of(full_up_to)), 0, 1)
    lowest = ledger.of(lowest_row)
    return lowest + (full - lowest) * cheapness, (full_row, *discounted, lowest_row, full_up_to, costly)


def _shop(usd: Figure, words: str, rows: Sequence[Row]) -> Cost:
    return Cost(
        item="shop",
        label="Shop, stock and brand",
        kind="overhead",
        usd=usd,
        formula=words,
        as_of=newest(*rows),
        sources=sources_of(*rows) or ("estimate",),
    )
