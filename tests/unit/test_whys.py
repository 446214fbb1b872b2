"""Every headline figure says how it is made and from what; the inputs make the figure."""

from typing import Literal, get_args

import pytest

from configurator import presets, reference
from configurator.evaluate import Evaluation, evaluate
from configurator.scenario import Scenario
from configurator.whys import Why, whys

SideName = Literal["custom", "twin"]
SIDES: tuple[SideName, ...] = get_args(SideName)
TABLES = reference.load()
FOUND = {preset.id: evaluate(preset.design) for preset in presets.presets()[::5]}


def of(found: Evaluation, side: SideName = "custom") -> dict[str, Why]:
    return {why.figure: why for why in whys(found, side)}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("id", FOUND)
def test_each_figure_has_words_and_inputs_whose_sources_exist(id: str, side: SideName) -> None:
    found = of(FOUND[id], side)
    expected = {"price", "metal_weight", "first_repair", "resale", "owning", "kgco2e", "lead_time"}
    assert found.keys() == expected | {f"score_{score.id}" for score in FOUND[id].scorecard}
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
    assert all(given.sources for given in (*found["price"].inputs, *found["resale"].inputs, *found["kgco2e"].inputs))
    stages = [given for given in found["lead_time"].inputs if given.unit == "working days"]
    days = sum(given.low for given in stages), sum(given.high for given in stages)
    assert days[0] <= one.schedule.stages[-1].done_after.mid <= days[1]
    assert (one.schedule.in_stock is None) == (len(stages) == len(found["lead_time"].inputs))


def test_the_scenario_is_in_the_words() -> None:
    asked = Scenario(channel="scrap", discount_rate_pct=3, metal_outlook="falling")
    found = of(evaluate(presets.opening(), asked))
    assert "scrap counter" in found["resale"].words
    assert "3 % a year" in found["owning"].words
    labels = [given.label for given in found["resale"].inputs]
    assert TABLES.assumptions["metal_drift_falling_pct"].label in labels
    assert not any("wear" in label for label in labels)  # the scrap counter does not look at it
