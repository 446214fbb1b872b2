"""The price of a piece made for one client by a small workshop.

Metal is bought through the caster, stones at retail asking price (which holds the dealer's share), bench work at a
small shop's rates. The making also pays for the workshop: its rent, tools, guarantee and service.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from configurator import units
from configurator.design import Design, Stone
from configurator.measures import Measures, StoneMeasure
from configurator.models import bench, bought_parts, metal_prices, stone_prices
from configurator.models.ledger import PERCENT, Bill, Cost, Figure, Ledger, Row, added, newest, sources_of
from configurator.models.ranges import Range

AS_TABLED_PCT = 100.0
MOST_OF_STONE = 1 / 2  # a report is never counted as more than this of the stone's asking price


def bill(design: Design, measures: Measures, ledger: Ledger, hallmark: bool, labour_pct: float) -> Bill:
    """The maker's own costs, and the same money as a client sees it; bench work at `labour_pct` of the tables."""
    labour, rows = ledger.reference.labour, ledger.reference.assumptions
    metal = (_metal(design, measures, ledger), *bought_parts.costs(design, measures, ledger))
    stones = [
        cost
        for stone, measured in stone_prices.set_stones(design, measures)
        for cost in _stones(stone, measured, ledger)
    ]
    work = [
        Cost(
            item=job.item,
            label=job.label,
            kind="labour",
            usd=job.usd * (labour_pct * PERCENT),
            formula=job.words if labour_pct == AS_TABLED_PCT else f"{job.words}, at {labour_pct:g} % of usual rates",
            as_of=newest(*job.rows),
            sources=sources_of(*job.rows),
        )
        for job in bench.work(design, measures, ledger)
    ]
    stamped, drawn = [], []
    if hallmark:
        row = labour["uk_hallmark"]
        stamped.append(_row_cost(ledger, row, "hallmark", "Hallmark", "1 piece at the assay office"))
    if bench.is_modelled(design, measures):  # a plain band is chosen from a tray, not designed
        words = "1 design, drawn and printed"
        drawn = [
            _row_cost(ledger, labour["design_consultation"], "consultation", "Consultation", "1 project"),
            _row_cost(ledger, labour["cad_model_at_cost"], "model", "Model in CAD and its print", words),
        ]
    multiple = rows["overhead_and_margin_custom_multiple"]
    base = added((*metal, *work, *stamped, *drawn))
    service = (ledger.of(multiple) - 1) * base
    margin = Cost(
        item="overhead_and_margin",
        label="Overhead and margin",
        kind="overhead",
        usd=service,
        formula=f"{Range.of(multiple).mid:g} times metal, bench and design at cost, less those costs",
        as_of=newest(multiple),
        sources=sources_of(multiple),
    )
    return Bill(
        costs=(*metal, *stones, *work, *stamped, *drawn, margin),
        shown=(*metal, *stones, _making(work, service), *stamped, *drawn),
    )


def _metal(design: Design, measures: Measures, ledger: Ledger) -> Cost:
    metal = ledger.reference.metals[design.metal]
    loss = ledger.reference.assumptions["casting_loss_pct"]
    caster = ledger.reference.labour["casting_metal_markup"]
    mass_g = units.mass_g(measures.cast_volume_mm3, metal.density_g_cm3)
    factors = (1 + ledger.share(loss), 1 + ledger.share(caster))
    return Cost(
        item="metal",
        label=metal.label,
        kind="metal",
        usd=mass_g * metal_prices.content_usd_per_g(ledger, metal) * factors[0] * factors[1],
        formula=f"{mass_g:.2f} g × {metal_prices.content_in_words(ledger, metal)} × {factors[0][0]:.2f} for loss"
        f" × {factors[1][0]:.2f} for alloying and the caster",
        as_of=metal_prices.as_of(ledger, metal),
        sources=sources_of(*metal_prices.spot_rows(ledger, metal), loss, caster),
    )


def _stones(stone: Stone, measured: StoneMeasure, ledger: Ledger) -> Iterator[Cost]:
    rows = ledger.reference.assumptions
    priced = stone_prices.price_stones(ledger, stone, measured, commercial=False)
    report = rows["certificate_usd"]
    from_ct = Range.of(rows["grading_report_from_ct"]).mid
    if priced.gem.id != "diamond" or priced.weight_ct < from_ct:
        yield priced.as_cost(priced.usd, "")
        return
    fee = np.minimum(ledger.of(report) * measured.count, priced.usd * MOST_OF_STONE)
    yield priced.as_cost(priced.usd - fee, ", less its grading report, which is listed apart")
    yield Cost(
        item=f"report_{measured.role}",
        label="Grading report",
        kind="certificate",
        usd=fee,
        formula=f"{measured.count} × {Range.of(report).mid:g} USD, part of the stone's asking price",
        as_of=newest(report),
        sources=sources_of(report, rows["grading_report_from_ct"]),
    )


def _row_cost(ledger: Ledger, row: Row, item: str, label: str, words: str) -> Cost:
    return Cost(
        item=item,
        label=label,
        kind="certificate" if item == "hallmark" else "design",
        usd=ledger.of(row),
        formula=words,
        as_of=newest(row),
        sources=sources_of(row),
    )


def _making(work: Sequence[Cost], service: Figure) -> Cost:
    """All of the maker's work in one line, as a client is shown it: its parts in words, none with its own price."""
    jobs = "; ".join(f"{cost.label.lower()} ({cost.formula})" for cost in work)
    return Cost(
        item="making",
        label="Making",
        kind="labour",
        usd=added(work) + service,
        formula="; ".join(filter(None, (jobs, "the workshop's rent, tools, guarantee and service included"))),
        as_of=max((cost.as_of for cost in work), default=""),
        sources=sources_of(*work),
    )
