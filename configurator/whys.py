"""The "why" of every headline figure: its formula in words, and the inputs it is worked out from with their sources.

Nothing is assumed here: a why lays open what the models have done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from configurator import reference, wording
from configurator.evaluate import Evaluation, Side
from configurator.measures import StoneMeasure, stones_named
from configurator.models.metal_prices import precious
from configurator.models.ownership import CARE_WORTH, ITEM_LIMIT, counted
from configurator.models.price_paths import HORIZON_YEARS, Outlook
from configurator.models.pricing import Line
from configurator.models.ranges import USUAL_DRAWS, Range, summary
from configurator.models.resale import DRAWS_KEPT, UPGRADE, Channel, break_even
from configurator.models.resale_routes import DRIFT, INFLATION, ROUTES, Route, StoneValue, stone_values
from configurator.models.scorecard import RESALE_YEAR
from configurator.reference import Fact, Metal, Reference, SpotPrice
from configurator.scenario import Scenario

SideName = Literal["custom", "twin"]

USD, YEARS, KG, DAYS, MARKS, GRAMS = "USD", "years", "kg CO2e", "working days", "of 10", "g"
PERCENT = "%"
TOLD_YEARS = (1, RESALE_YEAR, HORIZON_YEARS)
NAMES: dict[SideName, str] = {"custom": "Your design", "twin": "Off the shelf"}
MELEE_LIMIT = "melee_limit"  # of assumptions.csv
SOLD = "sold_"  # begins the figure of one way of selling
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

    figure: str  # "price", "metal_weight", "first_repair", "resale", "sold_auction", "score_cost" …
    words: str
    inputs: tuple[Input, ...]


def whys(found: Evaluation, side: SideName = "custom") -> tuple[Why, ...]:
    """A why for each headline figure of one side, for every other way of selling it, and for each dimension."""
    one, tables = (found.custom if side == "custom" else found.twin), reference.load()
    chosen, *others = _sales(one, found.scenario, tables)
    return (
        _price(one),
        _metal_weight(one, tables),
        _first_repair(one, tables),
        chosen,
        _owning(one, found.scenario, tables),
        _wearing(one, tables),
        _even(found, side),
        _footprint(one),
        _lead_time(one, tables),
        *others,
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
    density = Range(metal.density_low_g_cm3, metal.density_g_cm3, metal.density_high_g_cm3)
    return Why(
        figure="metal_weight",
        words="The volume of the metal, measured on the solid model, times the published density of the alloy.",
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


def _sales(side: Side, scenario: Scenario, tables: Reference) -> Iterator[Why]:
    """The way of selling that is counted with, then every other that is open to the piece."""
    commercial = side.quote.commercial
    values = stone_values(side.design, side.measures, tables, USUAL_DRAWS, commercial=commercial)
    stones = list(zip(side.measures.stones, values, strict=True))
    routes, chosen = {route.id: route for route in ROUTES}, side.resale.chosen
    for channel in (chosen, *(other for other in side.resale.channels if other is not chosen)):
        route = routes[channel.id]
        yield Why(
            figure="resale" if channel is chosen else f"{SOLD}{route.id}",
            words=_sold_in_words(side, route, tables),
            inputs=tuple(_of_sale(side, route, stones, scenario, tables)),
        )


def _sold_in_words(side: Side, route: Route, tables: Reference) -> str:
    by = f"Sold by: {wording.lowered(route.label)}."
    if route.is_credit:
        return (
            f"{by} {UPGRADE} The mount is counted as sold to a local buyer, and the credit loses what inflation takes."
        )
    paid = "The pure metal left after wear, at the market price of that year, times the share that is paid for it"
    if side.measures.stones and route.stones:
        paid += "; and the stones at their retail price of that year times theirs"
        if not route.as_a_piece:
            small = Range.of(tables.assumptions[MELEE_LIMIT]).mid
            paid += f", but nothing for stones under about {wording.carats(small)}"
    elif side.measures.stones:
        paid += "; nothing for the stones"
    words = [by, f"{paid}."]
    if route.as_a_piece:
        both = " and an inscription take" if side.design.inscriptions else " take"
        words.append(f"Signs of wear{both} something off.")
    if route.costs:
        words.append("What the sale itself costs comes off at the end.")
    return " ".join((*words, "The work of making is not paid for."))


def _of_sale(
    side: Side,
    route: Route,
    stones: Iterable[tuple[StoneMeasure, StoneValue]],
    scenario: Scenario,
    tables: Reference,
) -> Iterator[Input]:
    """What multiplies out to one sale in `RESALE_YEAR`: the metal, each role of stones, what comes off."""

    def row(id: str) -> Input:
        return _of_row(tables.resale.get(id) or tables.assumptions[id])

    metal = tables.metals[side.design.metal]
    found = [*_of_metal(side, metal, tables), row(DRIFTS[scenario.metal_outlook]), row(route.metal[metal.kind])]
    for measured, value in stones:
        shares = route.stones.get(value.kind, ())
        if shares:
            found.append(_of_stones(side, measured, value))
            found.append(row(INFLATION if route.is_credit else DRIFT[value.kind]))
            found += map(row, shares)
            found += [] if route.as_a_piece else [row(MELEE_LIMIT)]
    if route.as_a_piece:
        intact = Range.exactly(side.durability.survival.p_intact[RESALE_YEAR] * 100)
        found.append(_input(f"Such pieces that need no repair until year {RESALE_YEAR}", intact, PERCENT))
        found.append(row("worn_at_resale"))
        found += [row("inscription_resale_penalty_pct")] if side.design.inscriptions else []
    found += [row(route.costs)] if route.costs else []
    yield from dict.fromkeys(found)  # roles of one kind share their rows


def _of_metal(side: Side, metal: Metal, tables: Reference) -> Iterator[Input]:
    yield _input("Metal in it when new", Range.exactly(side.mass_g), GRAMS)
    yield _input("What wear rubs off it", side.durability.metal_loss_mg_per_year, "mg/year")
    for element, share in precious(metal).items():
        pure = Range.exactly(share * 100)
        yield _input(f"{element.capitalize()} in {metal.label}, by weight", pure, PERCENT, sources=metal.sources)
        yield _of_spot(tables.latest_spot(element))


def _of_stones(side: Side, measured: StoneMeasure, value: StoneValue) -> Input:
    name = stones_named(measured.role, measured.count, side.measures.piece)
    line = next(line for line in side.quote.lines if line.item == f"stones_{measured.role}")
    label = f"{name[:1].upper()}{name[1:]}: what shops ask today"
    return _input(label, summary(value.today_usd), USD, line.as_of, line.sources)


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


def _wearing(side: Side, tables: Reference) -> Why:
    by_day = side.resale.cost_per_wear_by_year
    told = [
        f"{wording.money_small(by_day.mid[by_day.years.index(year)])} if it is sold after {wording.years(year)}"
        for year in TOLD_YEARS
    ]
    words = (
        "What owning it has cost by the day it is sold, which has a row of its own, over the days it has been worn by "
        f"then: {wording.listed(told)}."
    )
    days = _of_row(tables.assumptions[f"days_worn_{side.durability.wearer}"])
    return Why(figure="cost_per_wear", words=words, inputs=(*_owned(side.resale.ownership_by_year), days))


def _owned(by_year: Channel, label: str = "Cost of owning") -> Iterator[Input]:
    for year in TOLD_YEARS:
        at = by_year.years.index(year)
        usd = Range(by_year.low[at], by_year.mid[at], by_year.high[at])
        yield _input(f"{label}, if sold after {wording.years(year)}", usd, USD)


def _even(found: Evaluation, side: SideName) -> Why:
    """Both pieces go in, so that either side's row holds the other's cost as well."""
    sides: dict[SideName, Side] = {"custom": found.custom, "twin": found.twin}
    one, other = sides[side], next(sides[name] for name in sides if name != side)
    chances = break_even(one.resale, other.resale).probability_by_year
    told = {wording.years(year): wording.chance(chances[year]) for year in TOLD_YEARS}
    said = wording.listed([f"{chance} if sold after {years}" for years, chance in told.items()])
    if len(set(told.values())) == 1:
        said = (
            f"{wording.chance(chances[-1])}, whether it is sold after {', '.join(list(told)[:-1])} or {list(told)[-1]}"
        )
    words = (
        f"The costs of owning either piece are drawn for {DRAWS_KEPT:,} futures, both in the same ones: the same metal "
        "prices, the same stones' prices, the same wearer. The chance is the share of them in which this piece has "
        f"cost no more than the other: {said}."
    )
    costs = (
        given
        for name in sides
        for given in _owned(sides[name].resale.ownership_by_year, f"{NAMES[name]}: cost of owning")
    )
    return Why(figure="break_even", words=words, inputs=tuple(costs))


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
    words = (
        "The stages one after the other, from the first talk to the finished piece; a late stage costs more days than "
        "an early one saves."
    )
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
        marks = zip(NAMES.values(), (score.design, score.twin), strict=True)
        yield Why(
            figure=f"score_{score.id}",
            words=f"{SCORES[score.id]} {score.reason}",
            inputs=tuple(_input(name, Range.exactly(mark), MARKS) for name, mark in marks),
        )


def _of_row(row: Fact) -> Input:
    return _input(row.label, Range.of(row), row.unit, row.as_of or "", row.sources)


def _input(label: str, given: Range, unit: str, as_of: str = "", sources: Iterable[str] = ()) -> Input:
    return Input(label, given.low, given.mid, given.high, unit, as_of, tuple(sources))
