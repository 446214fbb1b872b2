"""Every headline figure says how it is made and from what; the inputs make the figure."""

import math
from typing import get_args

import pytest

from configurator import presets, reference, wording
from configurator.evaluate import Evaluation, Side, evaluate
from configurator.measures import stones_named
from configurator.models.resale_routes import DRIFT, INFLATION, ROUTES, Route, kind_of
from configurator.scenario import Scenario
from configurator.whys import SideName, Why, whys

SIDES: tuple[SideName, ...] = get_args(SideName)
TABLES = reference.load()
FOUND = {preset.id: evaluate(preset.design) for preset in presets.presets()[::5]}


def of(found: Evaluation, side: SideName = "custom") -> dict[str, Why]:
    return {why.figure: why for why in whys(found, side)}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("id", FOUND)
def test_each_figure_has_words_and_inputs_whose_sources_exist(id: str, side: SideName) -> None:
    found = of(FOUND[id], side)
    kept = getattr(FOUND[id], side).resale
    assert list(found) == [
        *("price", "metal_weight", "first_repair", "resale", "owning", "cost_per_wear", "break_even", "kgco2e"),
        "lead_time",
        *(f"sold_{channel.id}" for channel in kept.channels if channel is not kept.chosen),
        *(f"score_{score.id}" for score in FOUND[id].scorecard),
    ]
    for why in found.values():
        assert why.words.endswith(".")
        assert why.inputs
        for one in why.inputs:
            assert one.label
            assert one.unit
            assert one.low <= one.mid <= one.high
            assert set(one.sources) <= TABLES.sources.keys()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("id", FOUND)
def test_the_inputs_make_the_figure(id: str, side: SideName) -> None:
    one, found = getattr(FOUND[id], side), of(FOUND[id], side)
    cents = sum(round(line.mid * 100) for line in found["price"].inputs)
    assert cents == round(one.quote.total_usd.mid * 100)
    volume, density = (given.mid for given in found["metal_weight"].inputs)
    assert volume * density / 1000 == pytest.approx(one.mass_g)
    assert all(given.sources for given in (*found["price"].inputs, *found["kgco2e"].inputs))
    stages = [given for given in found["lead_time"].inputs if given.unit == "working days"]
    days = sum(given.low for given in stages), sum(given.high for given in stages)
    assert days[0] <= one.schedule.stages[-1].done_after.mid <= days[1]
    assert (one.schedule.in_stock is None) == (len(stages) == len(found["lead_time"].inputs))


def sold_usd(side: Side, route: Route, why: Why, year: int) -> tuple[float, set[str]]:
    """What a piece brings in a year by nothing but the middles of a why's inputs, and the labels that this took."""
    given = {one.label: one for one in why.inputs}
    used: set[str] = set()

    def mid(label: str) -> float:
        used.add(label)
        return given[label].mid / (100 if given[label].unit.startswith("%") else 1)

    def row(id: str) -> float:
        return mid((TABLES.resale.get(id) or TABLES.assumptions[id]).label)

    metal = TABLES.metals[side.design.metal]
    pure = {"gold": metal.au_permille, "silver": metal.ag_permille}
    pure |= {"platinum": metal.pt_permille, "palladium": metal.pd_permille}
    left_g = mid("Metal in it when new") - year * mid("What wear rubs off it") / 1000
    usd = sum(
        left_g * mid(f"{name.capitalize()} in {metal.label}, by weight") * mid(f"Market price of {name}") / 31.1035
        for name, permille in pure.items()
        if permille
    )
    usd *= (1 + row("metal_drift_real_pct")) ** year * row(route.metal[metal.kind])
    for stone in side.stones:
        gem = TABLES.gems[stone.gem]
        if shares := route.stones.get(kind_of(gem), ()):
            name = stones_named(stone.role, stone.count, side.design.piece)
            moved = 1 / (1 + row(INFLATION)) if route.is_credit else 1 + row(DRIFT[kind_of(gem)])
            worth = mid(f"{name.capitalize()}: what shops ask today") * moved**year
            paid = math.prod(row(share) for share in shares)
            usd += worth * paid * (route.as_a_piece or stone.weight_ct >= row("melee_limit"))
    if route.as_a_piece:
        intact = mid(f"Such pieces that need no repair until year {year}")
        usd *= 1 - (1 - intact) * (1 - row("worn_at_resale"))
        usd *= 1 - (row("inscription_resale_penalty_pct") if side.design.inscriptions else 0)
    return usd * (1 - (row(route.costs) if route.costs else 0)), used


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("id", FOUND)
def test_the_inputs_of_each_way_of_selling_make_what_it_brings_and_there_are_no_others(id: str, side: SideName) -> None:
    one, found = getattr(FOUND[id], side), of(FOUND[id], side)
    routes = {route.id: route for route in ROUTES}
    for channel in one.resale.channels:
        why = found["resale" if channel is one.resale.chosen else f"sold_{channel.id}"]
        usd, used = sold_usd(one, routes[channel.id], why, year=10)
        assert channel.mid[10] == pytest.approx(usd, rel=0.1), channel.id  # the median of a product is about that
        assert used == {given.label for given in why.inputs}
        ours = {given.label.partition(" until")[0] for given in why.inputs if not given.sources}
        assert ours <= {"Metal in it when new", "What wear rubs off it", "Such pieces that need no repair"}
        assert channel.channel.lower() in why.words.lower()
        assert ("nothing for the stones" in why.words) == bool(one.stones and not routes[channel.id].stones)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("id", FOUND)
def test_a_day_of_wear_is_what_owning_has_cost_over_the_days_it_was_worn(id: str, side: SideName) -> None:
    one, why = getattr(FOUND[id], side).resale, of(FOUND[id], side)["cost_per_wear"]
    *costs, days = why.inputs
    assert (days.label, days.unit) == (TABLES.assumptions["days_worn_daily"].label, "days/year")
    for year, cost in zip((1, 10, 30), costs, strict=True):
        a_day = one.cost_per_wear_by_year.mid[year - 1]
        assert cost.low / days.high / year < a_day < cost.high / days.low / year
        assert a_day == pytest.approx(cost.mid / days.mid / year, rel=0.15)  # the days are skewed
        assert wording.money_small(a_day) in why.words
    assert costs[-1].mid == one.ownership_cost_usd.mid


@pytest.mark.parametrize("id", FOUND)
def test_the_chance_of_being_no_dearer_is_counted_over_the_same_futures_of_both(id: str) -> None:
    found = FOUND[id]
    yours, theirs = (getattr(found, side).resale.internal_ownership_draws_usd for side in SIDES)
    for side, ahead in (("custom", yours <= theirs), ("twin", theirs <= yours)):
        why = of(found, side)["break_even"]
        told = {year: wording.chance(ahead[year].mean()) for year in (1, 10, 30)}
        for year, chance in told.items():
            assert f"{chance} if sold after {wording.years(year)}" in why.words or set(told.values()) == {chance}
        assert len(set(told.values())) > 1 or f"{told[30]}, whether it is sold after 1 year, 10 years or" in why.words
        assert why.inputs == of(found)["break_even"].inputs  # either row shows what both have cost
        for costs, name in zip((why.inputs[:3], why.inputs[3:]), SIDES, strict=True):
            by_year = getattr(found, name).resale.ownership_by_year
            assert [one.mid for one in costs] == [by_year.mid[year] for year in (1, 10, 30)]


def test_a_chance_is_never_said_to_be_certain() -> None:
    said = [wording.chance(share) for share in (0, 0.004, 0.344, 0.996, 1)]
    assert said == ["under 1 %", "under 1 %", "34 %", "over 99 %", "over 99 %"]


def test_the_weight_shows_what_is_published_of_the_alloys_density() -> None:
    alloy = TABLES.metals["14k_yellow"]
    _, density = of(evaluate(presets.opening()))["metal_weight"].inputs
    assert (density.low, density.mid, density.high) == (
        alloy.density_low_g_cm3,
        alloy.density_g_cm3,
        alloy.density_high_g_cm3,
    )


def test_the_scenario_is_in_the_words() -> None:
    asked = Scenario(channel="scrap", discount_rate_pct=3, metal_outlook="falling")
    found = of(evaluate(presets.opening(), asked))
    assert "scrap counter" in found["resale"].words
    assert "3 % a year" in found["owning"].words
    labels = [given.label for given in found["resale"].inputs]
    assert TABLES.assumptions["metal_drift_falling_pct"].label in labels
    assert not any("signs of wear" in label for label in labels)  # the scrap counter does not look at it
