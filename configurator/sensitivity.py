"""Which uncertain input moves a figure most: each is held at its P10, then at its P90, while all others stay drawn.

It takes a second or two, and is worked out only when somebody asks.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from configurator import reference, wording
from configurator.design import Design
from configurator.evaluate import Side, complete, one_side
from configurator.models.price_paths import METAL_PRICES
from configurator.models.pricing import Route
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, SEED, Asked, Draws, Range
from configurator.models.scorecard import RESALE_YEAR
from configurator.reference import SHOP_ONLY, Metal, Reference
from configurator.scenario import Scenario

COUNT = 1_000  # the same draws on both sides of a comparison: what is left of their scatter cancels
MOST = 8  # bars that a person reads
KEPT = 16  # pieces
WORTH_SHOWING = 1 / 1000  # of a figure; less is the scatter of the draws
# Draws that are no input: luck, and what one model hands to the next, which moves with the inputs behind it.
NO_INPUT = ("luck/", "every/", "price_paid", "metal_loss")
DENSITY = "density"  # of the alloy: every recipe of one karat differs a little
MAKING = "making"  # what the bench and the workshop charge: one input, as it is one line of a quote
CHARGED = "cost/"
SPOT = "spot_"

Figures = Callable[[Draws], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Named:
    """An input as a client meets it; keys of draws that share an `input` are one bar."""

    input: str
    label: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What one input does to a figure: its P50 with the input at its P10 and at its P90."""

    input: str
    label: str
    low: float
    high: float
    sources: tuple[str, ...]

    @property
    def size(self) -> float:
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """The inputs that move a figure, the strongest first; at most eight."""

    figure: str
    label: str
    unit: str
    mid: float
    swings: tuple[Swing, ...]


# figure -> its name and unit
HEADLINES = {
    "price": ("Price", "USD"),
    "metal_weight": ("Metal weight", "g"),
    "first_repair": ("First repair", "years"),
    "resale": (f"What it would bring in year {RESALE_YEAR}", "USD"),
    "owning": ("Cost of owning for thirty years", "USD"),
    "kgco2e": ("Greenhouse gases", "kg CO2e"),
    "lead_time": ("How long it takes", "working days"),
}


def sensitivity(design: Design, scenario: Scenario | None = None, route: Route = "custom") -> tuple[Tornado, ...]:
    """A tornado for each headline figure of a piece made or bought by `route`. Raises `InvalidDesign`."""
    return _sensitivity(complete(design).to_json(), (scenario or Scenario()).model_dump_json(), route, reference.load())


@lru_cache(maxsize=KEPT)
def _sensitivity(design_json: str, scenario_json: str, route: Route, tables: Reference) -> tuple[Tornado, ...]:
    """Kept for each state of the tables, as an evaluation is."""
    design, scenario = Design.from_json(design_json), Scenario.model_validate_json(scenario_json)

    def figures(draws: Draws) -> dict[str, float]:
        side = one_side(design, route, scenario, _of_density(tables, design.metal, draws), draws)
        return {
            "price": side.quote.total_usd.mid,
            "metal_weight": side.mass_g,
            "first_repair": side.durability.first_repair_years.mid,
            "resale": side.resale.chosen.mid[RESALE_YEAR],
            "owning": side.resale.ownership_cost_usd.mid,
            "kgco2e": side.footprint.kgco2e.mid,
            "lead_time": side.schedule.working_days.mid,
        }

    usual, found = swings(figures, _named(one_side(design, route, scenario, tables), tables))
    return tuple(
        Tornado(figure=figure, label=label, unit=unit, mid=usual[figure], swings=found[figure])
        for figure, (label, unit) in HEADLINES.items()
    )


def density(metal: Metal) -> Range:
    """What is published of an alloy's density, in g/cm³; the models weigh with the middle."""
    return Range(metal.density_low_g_cm3, metal.density_g_cm3, metal.density_high_g_cm3)


def _of_density(tables: Reference, metal_id: str, draws: Draws) -> Reference:
    """The tables, the alloy as dense as it is held to be: heavier metal costs, wears, brings and emits more."""
    metal = tables.metals[metal_id]
    published = density(metal)
    dense = draws.mid(DENSITY, published.mid, draws.of(DENSITY, published))
    if dense == published.mid:
        return tables  # the very same, which the models' caches know
    return replace(tables, metals={**tables.metals, metal_id: replace(metal, density_g_cm3=dense)})


def swings(
    figures: Figures, named: Callable[[str], Named], seed: int = SEED
) -> tuple[Mapping[str, float], dict[str, tuple[Swing, ...]]]:
    """The figures as they are, and for each the inputs that move it, the strongest first.

    `figures` works them out from draws; `named` says which input a key belongs to that draws are asked for.
    """
    asked = Asked()
    usual = figures(Draws(seed, COUNT, asked=asked))
    found: dict[str, list[Swing]] = {figure: [] for figure in usual}
    for key in asked.keys:
        if key.startswith(NO_INPUT):
            continue
        one = named(key)
        low, high = (figures(Draws(seed, COUNT, pinned=(key, chance))) for chance in (RANGE_LOW, RANGE_HIGH))
        for figure in usual:
            swing = Swing(input=one.input, label=one.label, low=low[figure], high=high[figure], sources=one.sources)
            if swing.size > WORTH_SHOWING * abs(usual[figure]):
                found[figure].append(swing)
    joined = {figure: _joined(bars, usual[figure]) for figure, bars in found.items()}
    strongest = {figure: sorted(bars, key=lambda bar: -bar.size)[:MOST] for figure, bars in joined.items()}
    return usual, {figure: tuple(bars) for figure, bars in strongest.items()}


def _joined(bars: Iterable[Swing], usual: float) -> Iterator[Swing]:
    """One bar for each input. Its keys are independent, so what they move adds up in squares."""
    inputs: dict[str, list[Swing]] = {}
    for bar in bars:
        inputs.setdefault(bar.input, []).append(bar)
    for first, *others in inputs.values():
        if not others:
            yield first
            continue
        every = (first, *others)
        turn = math.copysign(1, sum(bar.high - bar.low for bar in every))
        below, above = (math.hypot(*(getattr(bar, end) - usual for bar in every)) for end in ("low", "high"))
        sources = tuple(dict.fromkeys(source for bar in every for source in bar.sources))
        yield replace(first, low=usual - turn * below, high=usual + turn * above, sources=sources)


def _named(side: Side, tables: Reference) -> Callable[[str], Named]:
    """Names the inputs of a piece: rows of the tables, and what belongs to no single row."""
    diamonds = tuple(dict.fromkeys(source for term in tables.diamond_terms for source in term.sources))
    others = {
        METAL_PRICES: ("How metal prices wander over the years", tables.monthly_spot("gold")[-1].sources),
        "diamond_fit_scatter": ("How diamonds of one weight and grade differ in price", diamonds),
        "stone_dulled": ("How soon the polish of its stones dulls", ("estimate",)),
    }
    metal = tables.metals[side.design.metal]
    others[DENSITY] = (f"How dense {metal.label} is: recipes differ", metal.sources)
    for stage in side.schedule.stages:
        others[stage.id] = (stage.label, stage.sources)
    for element in tables.spot:
        label = f"The price of {element} until the metal is bought"
        others[f"{SPOT}{element}"] = (label, tables.latest_spot(element).sources)
    for task in side.durability.maintenance:
        others[f"{CHARGED}{task.item}"] = (f"What the bench charges: {task.item}", task.sources)
    for line in side.footprint.lines:
        power = ", by the grower's electricity" if line.grown else ""
        others[line.figure] = (f"Greenhouse gases of {wording.lowered(line.item)}{power}", line.sources)
    tabled = (tables.assumptions, tables.labour, tables.retail, tables.resale, tables.wear, tables.twin_rules)
    rows = {id: (row.label, row.sources) for table in tabled for id, row in table.items()}
    known = {key: Named(key, *said) for key, said in (rows | others).items()}
    # A custom maker's rates and what the shop adds to them are one figure to a client, never two.
    priced = (id for id, row in tables.labour.items() if row.unit.startswith(("USD/", "h/")))
    making = {*priced, "bench_rate_usd_per_hour", *SHOP_ONLY}
    known |= {key: Named(MAKING, "What the making costs", known[key].sources) for key in making}
    return lambda key: known[key]
