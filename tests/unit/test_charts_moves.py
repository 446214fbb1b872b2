"""The cost of a day's wear and the tornado: what is drawn is what the models found, and the words agree."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from configurator import charts, evaluate, presets, reference, sensitivity
from configurator.charts import cost_per_wear, theme, tornado
from configurator.scenario import Scenario
from configurator.sensitivity import Swing, Tornado

WEAR, MOVES = charts.CHARTS["cost_per_wear"], charts.CHARTS["tornado"]
DESIGNS = [preset.design for preset in presets.presets()[::9]]


@pytest.mark.parametrize("wearer", ["occasional", "manual"])
@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.style)
def test_the_curves_and_bands_of_a_days_wear_are_the_models(design: Any, wearer: Any) -> None:
    both = evaluate.evaluate(design, Scenario(wearer=wearer))
    figure = WEAR.draw(both)
    for name, (band, curve) in zip(theme.SIDES, (figure.data[:2], figure.data[2:]), strict=True):
        cost = getattr(both, name).resale.cost_per_wear_by_year
        assert (tuple(curve.x), tuple(curve.y)) == (cost.years, cost.mid)
        assert tuple(band.y) == (*cost.high, *reversed(cost.low))
    table = cost_per_wear.table(both)
    assert list(table.mid_usd[:30]) == pytest.approx(both.custom.resale.cost_per_wear_by_year.mid, abs=1e-4)
    assert len(table) == 60


def test_what_is_worn_now_and_then_costs_more_each_time() -> None:
    often, seldom = (evaluate.evaluate(DESIGNS[0], Scenario(wearer=wearer)) for wearer in ("daily", "occasional"))
    for year in (0, 29):
        costs = [both.custom.resale.cost_per_wear_by_year.mid[year] for both in (often, seldom)]
        assert costs[0] < costs[1]


def test_the_sentence_of_a_days_wear_holds_the_first_and_the_last_year_of_both() -> None:
    years = tuple(range(1, 31))

    def side(first: float, last: float) -> Any:
        mid = (first, *(5.0,) * 28, last)
        cost = SimpleNamespace(years=years, low=tuple(m / 2 for m in mid), mid=mid, high=tuple(m * 2 for m in mid))
        return SimpleNamespace(resale=SimpleNamespace(cost_per_wear_by_year=cost))

    both = SimpleNamespace(scenario=Scenario(), custom=side(12.83, 0.912), twin=side(1234, 0.0634))
    said = cost_per_wear.verdict(both)
    assert "about $13; kept for 30 years, $0.91. Off the shelf it is $1,200 and $0.063." in said
    assert "after 1 year $13 a day worn ($6.40 to $26)" in cost_per_wear.alt(both)
    assert WEAR.draw(both).layout.yaxis.type == "log"
    both.custom.resale.cost_per_wear_by_year.low = (-1.0,) * 30
    figure = WEAR.draw(both)
    assert figure.layout.yaxis.type is None, "there are no ratios under zero"
    assert figure.layout.yaxis.tickvals is None


@pytest.fixture(scope="module")
def found() -> tuple[Tornado, ...]:
    return sensitivity.sensitivity(presets.opening())


def test_the_bars_go_from_the_middle_to_both_ends_the_strongest_on_top(found: tuple[Tornado, ...]) -> None:
    for one in found:
        figure = MOVES.draw(one)
        low, high = figure.data
        assert low.base == high.base == one.mid
        for bars, ends in ((low, [s.low for s in one.swings]), (high, [s.high for s in one.swings])):
            assert [one.mid + length for length in bars.x] == pytest.approx(ends)
            assert list(bars.y) == sorted(set(bars.y))
        bottom, top = figure.layout.yaxis.range
        assert bottom > max(low.y) >= min(low.y) > top, "the first row stands highest"
        said = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
        assert said == [swing.label for swing in one.swings]


def test_the_words_name_what_moves_a_figure_and_the_table_its_sources(found: tuple[Tornado, ...]) -> None:
    titles = {source.title for source in reference.load().sources.values()}
    for one in found:
        assert one.swings[0].label in tornado.verdict(one)
        assert tornado.verdict(one).endswith(".")
        assert all(swing.label in tornado.alt(one) for swing in one.swings)
        table = tornado.table(one)
        usd = "_usd" if one.unit == "USD" else ""  # what a reader of another currency has carried over
        assert list(table[f"at_its_low_end{usd}"]) == [round(swing.low, 2) for swing in one.swings]
        assert list(table[f"at_its_high_end{usd}"]) == [round(swing.high, 2) for swing in one.swings]
        assert usd or set(table.unit) == {one.unit}
        assert all(any(title in said for title in titles) for said in table.source)


def test_a_figure_that_one_thing_moves_or_nothing_says_so() -> None:
    swing = Swing(input="a", label="Rent", low=90.0, high=120.0, sources=("estimate",))
    one = Tornado(figure="price", label="Price", unit="USD", mid=100.0, swings=(swing,))
    assert tornado.verdict(one) == "What moves the price most is “Rent”: $90–120 by that alone; nothing else moves it."
    years = replace(one, figure="first_repair", label="First repair", unit="years", swings=(replace(swing, low=130),))
    assert "“Rent”: more than 50 years by that alone" in tornado.verdict(years), "nobody has measured further"
    soon = replace(years, mid=48.0, swings=(replace(swing, low=50.0, high=44.2),))
    assert "“Rent”: 44 to more than 50 years" in tornado.verdict(soon), "the smaller end first"
    assert "Rent: more than 50 years at its low end, 44.2 years at its high" in tornado.alt(soon)
    assert MOVES.draw(soon).layout.xaxis.title.text == "first repair, years (counted up to 50)"
    sooner = replace(soon, mid=8.0, swings=(replace(swing, low=9.0, high=7.0),))
    assert "“Rent”: 7–9 years" in tornado.verdict(sooner)
    assert MOVES.draw(sooner).layout.xaxis.title.text == "first repair, years"
    none = replace(one, swings=())
    assert tornado.verdict(none) == "Nothing that is uncertain moves the price by as much as 1 in 1,000."
    assert MOVES.worth_drawing
    assert [MOVES.worth_drawing(each) for each in (one, none)] == [True, False]
    assert MOVES.draw(none)
    assert len(tornado.table(none)) == 0
