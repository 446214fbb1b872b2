"""A design among its neighbours: one choice away each, all of them makeable, and who beats whom."""

from functools import cache

import pytest

from configurator import charts, evaluate, explore, presets
from configurator.explore import Neighbour, Neighbourhood
from configurator.scenario import Scenario

DESIGNS = {preset.id: preset.design for preset in presets.presets()}
CHART = charts.CHARTS["neighbours"]


@cache
def around(preset: str) -> Neighbourhood:
    return explore.neighbourhood(DESIGNS[preset])


def made_up(words: str, price: float, years: float, kept: float) -> Neighbour:
    return Neighbour("metal", words, DESIGNS["01_first_light"], price, years, kept)


@pytest.mark.parametrize("preset", ["01_first_light", "25_kept_close", "30_first_pair"])
def test_a_neighbour_differs_in_the_choice_it_says_and_keeps_the_rest(preset: str) -> None:
    found = around(preset)
    start = evaluate.complete(DESIGNS[preset])
    assert found.design.design == start
    fields = {"metal": {"metal"}, "stone": {"stones"}, "grown": {"stones"}, "size": {"stones"}, "width": {"options"}}
    for other in found.others:
        differs = {name for name in type(start).model_fields if getattr(other.design, name) != getattr(start, name)}
        if other.kind == "setting":
            assert differs <= {"style", "options"}
        else:
            assert differs == fields[other.kind], other.words


def test_a_solitaire_is_tried_in_every_metal_with_other_gems_sizes_and_settings() -> None:
    found = around("01_first_light")
    by_kind = {
        kind: {o.words for o in found.others if o.kind == kind}
        for kind in ("metal", "stone", "grown", "size", "setting")
    }
    assert {"Platinum 950 (ruthenium)", "14k rose gold"} <= by_kind["metal"]
    assert {"Diamond, laboratory-grown", "Moissanite"} <= by_kind["grown"]
    assert "Ruby" in by_kind["stone"]
    assert len(by_kind["size"]) == 2
    assert "Bezel" in by_kind["setting"]
    assert not any("pearl" in words.lower() for words in by_kind["stone"]), "what is cut otherwise is no neighbour"


def test_a_neighbour_has_the_figures_of_its_own_evaluation() -> None:
    other = around("01_first_light").others[0]
    side = evaluate.evaluate(other.design).custom
    best = next(c for c in side.resale.channels if c.id == side.resale.best)
    assert other.price_usd == side.quote.total_usd.mid
    assert other.years_intact == side.durability.mean_years_intact
    assert other.kept_usd == best.mid[explore.KEPT_YEAR]


def test_to_beat_is_to_be_no_worse_in_any_figure_and_clearly_better_in_one() -> None:
    here = made_up("here", 1_000, 20, 300)
    assert made_up("cheaper", 900, 20, 300).beats(here)
    assert made_up("longer", 1_000, 25, 300).beats(here)
    assert not here.beats(here)
    assert not made_up("a hair cheaper", 990, 20, 300).beats(here)
    assert not made_up("cheaper, keeps less", 500, 20, 200).beats(here)
    assert not made_up("longer, dearer", 1_100, 30, 300).beats(here)


def test_nothing_that_is_beaten_beats_back() -> None:
    found = around("30_first_pair")
    assert found.better, "else this test sees nothing"
    for other in found.better:
        assert other.beats(found.design)
        assert not found.design.beats(other)
    prices = [other.price_usd for other in found.better]
    assert prices == sorted(prices)


def test_the_scenario_reaches_the_neighbours() -> None:
    worn = explore.neighbourhood(DESIGNS["06_plain_word"], Scenario(wearer="manual"))
    assert worn.design.years_intact < around("06_plain_word").design.years_intact


@pytest.mark.parametrize("preset", ["01_first_light", "30_first_pair", "06_plain_word"])
def test_the_chart_shows_every_neighbour_in_both_panels_and_the_sentence_counts_them(preset: str) -> None:
    found = around(preset)
    figure = CHART.draw(found)
    for axis, figure_of in (("y", "years_intact"), ("y2", "kept_usd")):
        drawn = [(x, y) for trace in figure.data if trace.yaxis == axis for x, y in zip(trace.x, trace.y, strict=True)]
        wanted = [(o.price_usd, getattr(o, figure_of)) for o in (found.design, *found.others)]
        assert sorted(drawn) == sorted(wanted)
    assert CHART.verdict
    assert CHART.alt
    assert CHART.table
    said = CHART.verdict(found)
    assert f"{len(found.others)} designs" in said
    assert said.startswith("None" if not found.better else str(len(found.better)))
    table = CHART.table(found)
    assert (table.better_in_all == "yes").sum() == len(found.better)
    assert len(table) == len(found.others) + 1
    assert all(other.words in CHART.alt(found) for other in found.better)


@pytest.mark.parametrize("preset", ["01_first_light", "25_kept_close", "30_first_pair"])
def test_what_is_worth_a_look_holds_the_first_in_each_figure_once(preset: str) -> None:
    found = around(preset)
    few = found.worth_a_look
    first = found.better[: explore.MOST_BETTER]
    assert few[: len(first)] == first
    assert len(few) == len(set(map(id, few))) <= explore.MOST_BETTER + 3
    assert min(one.price_usd for one in few) == min(one.price_usd for one in found.others)
    assert max(one.years_intact for one in few) == max(one.years_intact for one in found.others)
    assert max(one.kept_usd for one in few) == max(one.kept_usd for one in found.others)
