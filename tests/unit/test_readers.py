"""One evaluation, many readers: each reads it in a currency and units of their own, and none of them in another's."""

from collections.abc import Callable, Iterator

import pytest

from configurator import charts, exchange, presets, public_json, wording
from configurator import evaluate as evaluation
from configurator.design import Design, Stone
from configurator.display import USUAL, Display
from configurator.evaluate import Evaluation, evaluate
from configurator.whys import whys

ReadIn = Callable[[Display], None]

EURO = Display(rate=exchange.rate("EUR"), weight_unit="dwt")
FRANC = Display(rate=exchange.rate("CHF"), weight_unit="ozt")
RUBY = (Stone(role="center", gem="ruby", length_mm=6.0, width_mm=6.0),)
DESIGNS = {
    "opening": presets.opening(),
    "ruby": Design(piece="ring", style="solitaire", stones=RUBY),  # its exact stone can change its price
    "necklace": Design(piece="pendant", style="disc"),
}
COMPARED = [chart for chart in charts.on_page("compare") if chart.verdict or chart.alt]


@pytest.fixture(params=DESIGNS)
def found(request: pytest.FixtureRequest) -> Evaluation:
    return evaluate(DESIGNS[request.param])


def sentences(found: Evaluation) -> Iterator[str]:
    """Everything that an evaluation says to a client."""
    yield from (str(score.reason) for score in found.scorecard)
    for side in (found.custom, found.twin):
        yield from map(str, side.quote.changes)
        yield from (side.quote.returnable, *side.resale.notes, side.durability.advice)
    yield from (why.words for side in ("custom", "twin") for why in whys(found, side))
    for chart in COMPARED:
        yield from (says(found) for says in (chart.verdict, chart.alt) if says)


def test_every_sentence_is_in_the_readers_currency_and_weight(found: Evaluation, read_in: ReadIn) -> None:
    dollars = list(sentences(found))
    assert sum("$" in said for said in dollars) > len(COMPARED)  # there is something to carry over
    for reader, weight in ((EURO, " dwt"), (FRANC, " ozt")):
        read_in(reader)
        said = list(sentences(found))
        assert [one for one in said if "$" in one or " g of metal" in one] == []
        for before, after in zip(dollars, said, strict=True):
            assert before.count("$") == after.count(reader.rate.symbol)
            assert (" g of metal" in before) == (f"{weight} of metal" in after)
    read_in(USUAL)
    assert list(sentences(found)) == dollars


def test_the_price_is_the_same_amount_for_every_reader(found: Evaluation, read_in: ReadIn) -> None:
    cost = next(score for score in found.scorecard if score.id == "cost")
    for reader in (EURO, FRANC, USUAL):
        read_in(reader)
        amounts = [wording.money(side.quote.total_usd.mid) for side in (found.custom, found.twin)]
        assert str(cost.reason).startswith(f"{amounts[0]} beside {amounts[1]}: ")
        assert amounts[0].startswith(reader.rate.symbol)


def test_what_the_price_hangs_on_is_said_with_the_amounts_behind_it(read_in: ReadIn) -> None:
    quote = evaluate(DESIGNS["ruby"]).custom.quote
    stone = next(line for line in quote.lines if line.kind == "stones")
    read_in(EURO)
    [said] = [said for said in map(str, quote.changes) if "exact stone" in said]
    assert f"from about {wording.money(stone.low)} to {wording.money(stone.high)}" in said


def test_who_asks_first_leaves_no_trace_in_what_is_kept(found: Evaluation, read_in: ReadIn) -> None:
    usual = public_json.evaluation(found)
    evaluation._evaluate.cache_clear()
    read_in(EURO)
    again = evaluate(found.custom.design)
    read_in(USUAL)
    assert again is not found
    assert public_json.evaluation(again) == usual


def test_the_command_line_and_its_files_stay_in_dollars_and_grams(found: Evaluation) -> None:
    printed = public_json.evaluation(found)
    reasons = {score["id"]: score["reason"] for score in printed["scorecard"]}
    assert reasons["cost"].startswith("$")
    assert " g of metal beside " in reasons["craftsmanship"]
    assert any("moves the metal in this piece by about $" in said for said in printed["price"]["changes"])
