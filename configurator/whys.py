"""The "why" of every headline figure: its formula in words, and the inputs it is worked out from with their sources.

Nothing is computed here: a why lays open what the models have done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from configurator import reference, wording
from configurator.evaluate import Evaluation, Side
from configurator.models.metal_prices import precious
from configurator.models.ownership import CARE_WORTH, ITEM_LIMIT, counted
from configurator.models.price_paths import Outlook
from configurator.models.pricing import Line
from configurator.models.ranges import Range
from configurator.models.resale import UPGRADE
from configurator.models.resale_routes import DRIFT, INFLATION, ROUTES, Route, kind_of
from configurator.reference import Fact, Metal, Reference, SpotPrice
from configurator.scenario import Scenario

USD, YEARS, KG, DAYS, MARKS = "USD", "years", "kg CO2e", "working days", "of 10"
DRIFTS: dict[Outlook, str] = {
    "flat": "metal_drift_real_pct",
    "past": "inflation_since_2000_pct",
    "falling": "metal_drift_falling_pct",
}
SCORES = {
    "uniqueness": "Choices that differ from the shelf, counted in bits; ten bits are half of the marks.",
    "craftsmanship": "Half for the mean years to the first repair, of fifty; half for its metal by the heavier.",
    "meaning": "Half for an inscription, half for a birthstone; diamond counts only among a family's stones.",
    "sourcing": "The share of its materials with an origin that is documented (1), declared (one half) or unknown (0).",
    "cost": "The cheaper price over its own price.",
    "time": "One over one plus its working days over those of a usual custom piece.",
    "freedom": "The share of your choices that it meets, or that the maker has no objection to.",
    "adaptability": "The share of what an owner may want to change later that can be changed.",
    "resale": "What it brings in year 10 over the price paid.",
    "buying": "A quarter each for decisions of yours, trying it on, returns and papers.",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that a figure is made from; `sources` are ids of sources.csv, none for what geometry has measured."""

    label: str
    low: float
    mid: float
    high: float
    unit: str
    as_of: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One figure of one side."""

    figure: str  # "price", "metal_weight", "first_repair", "resale", "owning", "kgco2e", "lead_time", "score_cost" …
    words: str
    inputs: tuple[Input, ...]


def whys(found: Evaluation, side: Literal["custom", "twin"] = "custom") -> tuple[Why, ...]:
    """A why for each headline figure of one side, then for each dimension of the scorecard."""
    one, tables = (found.custom if side == "custom" else found.twin), reference.load()
    return (
        _price(one),
        _metal_weight(one, tables),
        _first_repair(one, tables),
        _resale(one, found.scenario, tables),
        _owning(one, found.scenario, tables),
        _footprint(one),
        _lead_time(one, tables),
        *_scores(found),
    )


def _price(side: Side) -> Why:
    words = (
        "The lines below, added up to the cent. The range is what eight of ten draws of all inputs together give, "
        "which is narrower than the sum of the lines' own ranges."
    )
    return Why(figure="price", words=words, inputs=tuple(map(_of_line, side.quote.lines)))


def _of_line(line: Line) -> Input:
    return Input(f"{line.label}: {line.formula}", line.low, line.mid, line.high, USD, line.as_of, line.sources)


def _metal_weight(side: Side, tables: Reference) -> Why:
    metal, measures = tables.metals[side.design.metal], side.measures
    density = Range.exactly(metal.density_g_cm3)
    return Why(
        figure="metal_weight",
        words="The volume of the metal, measured on the solid model, times the density of the alloy.",
        inputs=(
            _input("Volume of the metal, stones left out", Range.exactly(measures.metal_volume_mm3), "mm³"),
            _input(f"Density of {metal.label}", density, "g/cm³", sources=metal.sources),
        ),
    )


def _first_repair(side: Side, tables: Reference) -> Why:
    lasting, rows = side.durability, tables.assumptions
    words = (
        "Everything that may go wrong is drawn ten thousand times for wearers and luck; the earliest of them is the "
        "first repair. Advised care, and renewing a layer of rhodium or gold, come besides."
    )
    if lasting.weakest_job:
        words += f" Most often it is to {wording.lowered(lasting.weakest_job)}."
    jobs = (task for task in lasting.maintenance if not task.routine)
    return Why(
        figure="first_repair",
        words=words,
        inputs=(
            _of_row(rows[f"wear_multiplier_{lasting.wearer}"]),
            _of_row(rows["thinning_spread"]),
            *(_input(f"{job.item}: every so many years", job.every_years, YEARS, sources=job.sources) for job in jobs),
        ),
    )


def _resale(side: Side, scenario: Scenario, tables: Reference) -> Why:
    channel = side.resale.chosen
    route = next(route for route in ROUTES if route.id == channel.id)
    words = (
        f"Sold by: {wording.lowered(channel.channel)}. "
        "The pure metal left after wear, at the market price of that year, times the share that is paid for it; and"
        " the stones at their retail price of that year times theirs."
    )
    if route.is_credit:
        words = f"{UPGRADE} The mount is counted as sold to a local buyer, and the credit loses what inflation takes."
    elif route.as_a_piece:
        words += " Signs of wear and an inscription take something off. The work of making is not paid for."
    metal = tables.metals[side.design.metal]
    return Why(figure="resale", words=words, inputs=tuple(_of_sale(side, route, metal, scenario, tables)))


def _of_sale(side: Side, route: Route, metal: Metal, scenario: Scenario, tables: Reference) -> Iterator[Input]:
    yield from (_of_spot(tables.latest_spot(element)) for element in precious(metal))
    used: list[str | None] = ["base_metal_any"]
    if precious(metal):
        used = [route.metal.get(metal.kind), DRIFTS[scenario.metal_outlook]]
    for stone in side.design.stones:
        kind = kind_of(tables.gems[stone.gem])
        used += [*route.stones.get(kind, ()), INFLATION if route.is_credit else DRIFT[kind]]
    if route.as_a_piece:
        used.append("worn_at_resale")
        used += ["inscription_resale_penalty_pct"] if side.design.inscriptions else []
    used.append(route.costs)
    for id in dict.fromkeys(id for id in used if id is not None):
        yield _of_row(tables.resale.get(id) or tables.assumptions[id])


def _of_spot(price: SpotPrice) -> Input:
    label, usd = f"Market price of {price.element}", Range.exactly(price.usd_per_troy_ounce)
    return _input(label, usd, "USD/troy oz", price.date, price.sources)


def _owning(side: Side, scenario: Scenario, tables: Reference) -> Why:
    parts = side.resale.ownership_parts
    words = (
        "Price, insurance and upkeep over thirty years, less what a sale then brings back; money of later years counts "
        f"for {scenario.discount_rate_pct:g} % a year less. The parts below are medians and need not add up exactly. "
        f"{counted(tables)}"
    )
    named = (
        ("Purchase", parts.purchase_usd),
        ("Insurance", parts.insurance_usd),
        ("Upkeep at the bench", parts.upkeep_usd),
        ("Brought back by a sale", parts.exit_usd),
    )
    tasks = (
        _input(f"{task.item}: each time", task.cost_usd, USD, sources=task.sources)
        for task in side.durability.maintenance
    )
    summed = (_input(label, usd, USD) for label, usd in named)
    rule = (tables.wear["insurance_premium"], tables.wear[ITEM_LIMIT], tables.assumptions[CARE_WORTH])
    return Why(figure="owning", words=words, inputs=(*summed, *map(_of_row, rule), *tasks))


def _footprint(side: Side) -> Why:
    unknown = side.footprint.unknown
    words = (
        "The mass of each material times what making it gives off, from the lowest to the highest published figure; "
        "the total is the lines added up."
    )
    if side.footprint.electricity:
        words += f" Of it, {side.footprint.electricity}."
    if unknown:
        words += f" Not counted, because nobody has published a figure: {wording.listed(unknown)}."
    known = ((line, line.kgco2e) for line in side.footprint.lines if line.kgco2e is not None)
    return Why(
        figure="kgco2e",
        words=words,
        inputs=tuple(_input(f"{line.item}: {line.note}", kg, KG, sources=line.sources) for line, kg in known),
    )


def _lead_time(side: Side, tables: Reference) -> Why:
    stages = side.schedule.stages
    words = "The stages one after the other; a late stage costs more days than an early one saves."
    return Why(
        figure="lead_time",
        words=words if len(stages) > 1 else "At once if it is in stock, else what shops say of pieces they order in.",
        inputs=(
            *(_input(one.label, one.working_days, DAYS, sources=one.sources) for one in stages),
            *(() if side.schedule.in_stock is None else (_of_row(tables.assumptions["in_stock_pct"]),)),
        ),
    )


def _scores(found: Evaluation) -> Iterator[Why]:
    for score in found.scorecard:
        marks = (("Your design", score.design), ("Off the shelf", score.twin))
        yield Why(
            figure=f"score_{score.id}",
            words=f"{SCORES[score.id]} {score.reason}",
            inputs=tuple(_input(name, Range.exactly(mark), MARKS) for name, mark in marks),
        )


def _of_row(row: Fact) -> Input:
    return _input(row.label, Range.of(row), row.unit, row.as_of or "", row.sources)


def _input(label: str, given: Range, unit: str, as_of: str = "", sources: Iterable[str] = ()) -> Input:
    return Input(label, given.low, given.mid, given.high, unit, as_of, tuple(sources))
