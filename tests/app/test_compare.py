"""The Compare page: every question opens, the assumptions reach the numbers, and what cannot be is refused in words."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from configurator import charts, evaluate, explore, presets, reference, sensitivity, wording
from configurator.charts import scorecard
from configurator.design import Design
from configurator.display import USUAL, Display, Rate
from configurator.models.scorecard import FULL
from configurator.scenario import Scenario
from configurator.shelf_rules import tried
from configurator.ui import compare_room, facts, rules_form, scenario_form, settings, state, why_rows
from configurator.whys import whys
from tests.app.asked import answer, asked, form_of, send
from tests.app.shown import chart_elements, drawn, html

Visit = Callable[[AppTest, str], AppTest]
OPENING = presets.opening()
EURO = Rate(currency="EUR", symbol="€", decimals=2, per_usd=0.5, date="2026-10-30", name="euro")
DESIGN, COMPARE = "pages/design.py", "pages/compare.py"


@pytest.fixture
def compare(app: AppTest, visit: Visit) -> AppTest:
    return visit(app, COMPARE)


def scenario_of(app: AppTest) -> Scenario:
    if "scenario_json" not in app.session_state:
        return Scenario()
    return Scenario.model_validate_json(app.session_state["scenario_json"])


def ask(app: AppTest, question: str) -> AppTest:
    answer(app, compare_room.QUESTION, question)
    assert not app.exception
    return app


@pytest.mark.parametrize("question", compare_room.QUESTIONS)
def test_every_question_can_be_opened(compare: AppTest, question: str) -> None:
    before = html(compare)
    ask(compare, question)
    if question != compare_room.OVERALL:
        assert html(compare) != before


def test_what_moves_a_figure_is_worked_out_when_asked_for_and_again_for_another_scenario(compare: AppTest) -> None:
    ask(compare, compare_room.MOVES)
    assert not drawn(compare)
    compare.button(key="moves.try").click().run()
    assert not compare.exception
    found = sensitivity.sensitivity(OPENING)
    figures = compare.selectbox(key="moves.figure")
    assert figures.options == [one.label for one in found]
    for one in found:
        compare.selectbox(key="moves.figure").set_value(one.figure).run()
        assert not compare.exception
        assert one.swings[0].label in html(compare)
        assert len(drawn(compare)) == 1
    answer(compare, "wearer", "manual")
    assert not drawn(compare), "it was worked out for another wearer"


@pytest.mark.parametrize("side", ["custom", "twin"])
def test_every_figure_has_a_why_that_opens_its_formula_its_inputs_and_their_sources(
    compare: AppTest, side: str
) -> None:
    ask(compare, compare_room.WHY)
    compare.button_group(key="why.side").set_value(side).run()
    found = whys(evaluate.evaluate(OPENING), "custom" if side == "custom" else "twin")
    assert not any("What goes in" in one.value for one in compare.markdown), "rows are made when they are opened"
    for why in found:
        compare.session_state[f"why.{why.figure}"] = True
    compare.run()
    assert not compare.exception
    tables = [one.value for one in compare.markdown if "What goes in" in one.value]
    assert [len(text.splitlines()) - 2 for text in tables] == [len(why.inputs) for why in found]
    assert all(html(compare).count(why_rows.facts.escape(why.words)) >= 1 for why in found)
    assert "](<https://" in tables[0]


@pytest.mark.parametrize("reader", [USUAL, Display(rate=EURO)], ids=["dollars", "euros"])
def test_a_table_of_inputs_holds_every_number_and_links_every_source_that_has_an_address(
    monkeypatch: pytest.MonkeyPatch, reader: Display
) -> None:
    monkeypatch.setattr(wording, "reader", lambda: reader)
    sources = reference.load().sources
    for why in whys(evaluate.evaluate(OPENING)):
        head, _, *lines = why_rows.table(why.inputs, sources).splitlines()
        assert ("EUR" in head) == (reader != USUAL)
        for line, one in zip(lines, why.inputs, strict=True):
            assert line.replace("\\|", "").count(" | ") == head.count(" | ")
            plain = line.replace("\\", "").replace("−", "-")
            assert f"{one.mid:,.2f}" in plain or f"{one.mid:,.4g}" in plain
            assert "| -" not in line.replace("\\", ""), "less than nothing has a minus, not a hyphen"
            assert (f"€{one.mid / 2:,.2f}" in line.replace("\\", "")) == (reader != USUAL and "USD" in one.unit)
            for id in one.sources:
                assert why_rows.facts.markdown(sources[id].title) in line
                assert not sources[id].url or f"(<{sources[id].url}>)" in line


def test_the_design_page_leads_to_the_whys(app: AppTest) -> None:
    app.button(key="why").click().run()
    app.run()
    assert not app.exception
    assert asked(app)[compare_room.QUESTION]["value"] == compare_room.WHY
    assert "The ten marks" in [heading.value for heading in app.subheader]


def test_what_counts_for_the_client_changes_the_sentence_and_can_be_taken_back(compare: AppTest) -> None:
    compare.session_state["weights"] = True
    compare.run()
    usual = evaluate.evaluate(OPENING)
    assert scorecard.verdict(usual) in html(compare)
    assert {score.id for score in usual.scorecard} <= set(asked(compare))
    answer(compare, "cost", "3")
    answer(compare, "meaning", "0")
    assert not compare.exception
    assert scenario_of(compare).weights == {"cost": 3, "meaning": 0}
    weighed = evaluate.evaluate(OPENING, scenario_of(compare))
    assert (weighed.overall.design, weighed.overall.twin) != (usual.overall.design, usual.overall.twin)
    said = f"as you weigh them: {weighed.overall.design:.1f} beside {weighed.overall.twin:.1f} of {FULL:g}"
    assert said in html(compare)
    answer(compare, "meaning", "1")
    assert scenario_of(compare).weights == {"cost": 3}, "what counts as usual is not kept"
    compare.button(key="weights.alike").click().run()
    assert scenario_of(compare) == Scenario()


def test_nothing_can_count_for_nothing_at_all(compare: AppTest) -> None:
    compare.session_state["weights"] = True
    compare.run()
    ids = [score.id for score in evaluate.evaluate(OPENING).scorecard]
    for id in ids:
        answer(compare, id, "0")
        assert not compare.exception
    assert scenario_of(compare).weights == dict.fromkeys(ids[:-1], 0)
    assert "let at least one count" in html(compare)
    assert asked(compare)[ids[-1]]["value"] == "1"


def test_the_rules_of_the_other_piece_are_switches_that_outlive_a_change_of_the_design(
    compare: AppTest, visit: Visit
) -> None:
    assert not [toggle for toggle in compare.toggle if str(toggle.key).startswith("rule.")], "tried when opened"
    compare.session_state["rules"] = True
    compare.run()
    found = tried(OPENING, Scenario())
    shown = [toggle for toggle in compare.toggle if str(toggle.key).startswith("rule.")]
    assert [(str(toggle.key), toggle.value) for toggle in shown] == [(f"rule.{r.change.rule}", r.on) for r in found]
    assert all(rules_form.facts.escape(rules_form.effect(rule)) in html(compare) for rule in found)
    assert compare.button(key="rules.usual").disabled
    compare.toggle(key="rule.keystone_multiple").set_value(False).run()
    assert not compare.exception
    assert scenario_of(compare) == Scenario(rules_off=("keystone_multiple",))
    cheaper = evaluate.evaluate(OPENING, scenario_of(compare)).twin.quote.total_usd.mid
    assert cheaper < evaluate.evaluate(OPENING).twin.quote.total_usd.mid
    assert wording.money(cheaper) in html(compare)
    assert "other rules for the off-the-shelf piece" in html(compare)
    visit(compare, DESIGN)
    compare.selectbox(key="ring_size").select_index(3).run()
    assert compare.session_state["design_json"] != OPENING.to_json()
    visit(compare, COMPARE)
    assert scenario_of(compare) == Scenario(rules_off=("keystone_multiple",))
    compare.session_state["rules"] = True
    compare.run()
    compare.button(key="rules.usual").click().run()
    assert not compare.exception
    assert scenario_of(compare) == Scenario()


def test_the_country_sets_the_tax_of_the_price(compare: AppTest) -> None:
    before = html(compare)
    assert asked(compare)["country"]["choices"] == {one.id: one.label for one in reference.load().countries.values()}
    answer(compare, "country", "gb")
    assert not compare.exception
    assert scenario_of(compare) == Scenario(country="gb")
    priced = evaluate.evaluate(OPENING, Scenario(country="gb")).custom.quote
    assert [line for line in priced.lines if line.kind == "tax" and line.mid > 0]
    assert not [line for line in evaluate.evaluate(OPENING).custom.quote.lines if line.kind == "tax" and line.mid > 0]
    assert wording.money(priced.total_usd.mid) in html(compare)
    assert html(compare) != before
    assert "where it is bought: United Kingdom" in html(compare)


@pytest.mark.parametrize(
    "given",
    [
        None,
        "manual",
        [],
        {"id": "wearer"},
        {"id": "wearer", "value": "<script>alert(1)</script>", "number": "1"},
        {"id": "wearer", "value": ["manual"], "number": {"a": 1}},
        {"id": ["wearer"], "value": "manual"},
        {"id": "weights", "value": {"cost": 3}, "number": "1"},
        {"id": "rules_off", "value": "none", "number": "1"},
        {"id": "labour_pct", "value": None, "number": "1"},
        {"id": "labour_pct", "value": True, "number": "1"},
        {"id": "labour_pct", "value": "120", "number": "1"},
        {"id": "tax_pct", "value": float("nan"), "number": "1"},
        {"id": "country", "value": "zz", "number": "1"},
        {"id": "occasion", "value": "tomorrow", "number": "1"},
    ],
    ids=lambda given: str(given)[:60],
)
def test_what_no_field_of_the_form_could_send_changes_nothing(compare: AppTest, given: object) -> None:
    ask(compare, compare_room.WHY)
    send(compare, form_of(compare, "wearer"), given)
    assert not compare.exception
    assert scenario_of(compare) == Scenario()
    assert "script" not in html(compare)


@pytest.mark.parametrize(
    ("name", "value"), [("tax_pct", 400), ("tax_pct", -1), ("labour_pct", 1e9), ("occasion", "2020-01-01")]
)
def test_an_answer_out_of_bounds_is_refused_in_words_and_the_last_good_one_is_kept(
    compare: AppTest, name: str, value: object
) -> None:
    ask(compare, compare_room.WHY)
    answer(compare, "tax_pct", 8.5)
    answer(compare, name, value)
    assert not compare.exception
    assert scenario_of(compare) == Scenario(tax_pct=8.5)
    assert "Kept as it was." in html(compare)
    assert asked(compare)["tax_pct"]["value"] == 8.5
    answer(compare, "wearer", "manual")
    assert "Kept as it was." not in html(compare)


@pytest.mark.parametrize(
    "seen", [["chart.cost_per_wear"], ["chart.none", 3, None], "chart.ownership", {"a": 1}, None], ids=str
)
def test_whatever_is_said_to_be_in_sight_all_charts_are_shown_in_their_places(compare: AppTest, seen: object) -> None:
    ask(compare, "cost")
    usual = [plot["key"] for plot in drawn(compare)]
    send(compare, form_of(compare, "wearer"), {"id": "labour_pct", "value": 105, "number": "1", "seen": seen})
    assert not compare.exception
    assert scenario_of(compare) == Scenario(labour_pct=105)
    assert [plot["key"] for plot in drawn(compare)] == usual


def test_the_form_tells_which_answer_it_has_heard(compare: AppTest) -> None:
    send(compare, form_of(compare, "wearer"), {"id": "wearer", "value": "manual", "number": "17-4.25"})
    assert json.loads(form_of(compare, "wearer").json)["heard"] == "17-4.25"


def test_with_only_the_day_it_is_wanted_work_begins_today(compare: AppTest) -> None:
    today = settings.today()
    wanted = today + timedelta(days=45)
    ask(compare, "took")
    answer(compare, "occasion", wanted.isoformat())
    assert scenario_of(compare) == Scenario(occasion=wanted), "the day to begin stays open"
    assert asked(compare)["start"]["value"] is None
    assert f"Begun on {wording.day(today)}" in html(compare)
    assert f"For {wording.day(wanted)} it is ready" in html(compare)


def test_a_day_that_cannot_be_planned_for_is_refused_and_one_that_has_passed_is_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(state.st, "session_state", session)
    monkeypatch.setattr(settings, "today", lambda: date(2026, 11, 22))
    for day, sentence in ((date(2026, 11, 22), "not after the day work may begin"), (date(2031, 1, 1), "too far off")):
        assert not state.assume(occasion=day)
        assert sentence in (state.refusal() or "")
        assert state.assumed() == Scenario()
    assert state.assume(occasion=date(2026, 12, 24))
    assert state.scenario().start == date(2026, 11, 22)
    monkeypatch.setattr(settings, "today", lambda: date(2026, 12, 25))
    assert state.scenario() == state.assumed() == Scenario(occasion=date(2026, 12, 24))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"country": "zz"}, "country is “zz”, whose taxes and holidays we do not know"),
        ({"weights": {"beauty": 2.0}}, "beauty is not a dimension"),
        ({"weights": {"cost": -1.0}}, "it can be at least 0"),
        ({"weights": {"cost": 99.0}}, "it can be at most 10"),
    ],
)
def test_what_cannot_be_assumed_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, object], sentence: str
) -> None:
    monkeypatch.setattr(state.st, "session_state", {})
    assert not state.assume(**given)
    assert sentence in (state.refusal() or "")
    assert state.assumed() == Scenario()


def test_the_weights_that_are_offered_can_be_given() -> None:
    for weight in scenario_form.COUNTS:
        assert Scenario(weights={"cost": weight}).weights == {"cost": float(weight)}


def test_charts_and_their_tables_are_in_the_readers_currency(app: AppTest, visit: Visit) -> None:
    app.session_state["shown_in"] = Display(rate=EURO)
    app.session_state["chart.resale.numbers"] = True
    visit(app, "pages/compare.py")
    answer(app, compare_room.QUESTION, "keeps")
    assert not app.exception
    said = " ".join(plot["alt"] for plot in drawn(app))
    assert "€" in said
    assert "$" not in said
    assert {"low_eur", "mid_eur", "high_eur"} <= set(app.dataframe[0].value.columns)


@pytest.mark.parametrize(("sent", "tables"), [(True, 1), (False, 0), (None, 0), ("open", 0), ({"opened": True}, 0)])
def test_the_numbers_behind_a_chart_open_and_close(compare: AppTest, sent: object, tables: int) -> None:
    chart = chart_elements(compare)[0]
    send(compare, chart, sent, "opened")
    assert not compare.exception
    assert len(compare.dataframe) == tables
    assert drawn(compare)[0]["numbers"] == ("open" if tables else "closed")
    send(compare, chart, False, "opened")
    assert not compare.dataframe


@pytest.mark.parametrize("question", [*charts.groups(compare_room.PAGE), compare_room.WHY])
def test_no_question_is_answered_in_dollars_to_who_reads_in_another_currency(compare: AppTest, question: str) -> None:
    compare.session_state["shown_in"] = Display(rate=EURO)
    ask(compare, question)
    said = [block.proto.body for block in compare.get("html") if not block.proto.body.startswith("<style>")]
    said += [words for plot in drawn(compare) for words in (plot["said"], plot["alt"])]
    said += [row.label for row in compare.expander]
    assert "€" in " ".join(said)
    assert [words for words in said if "$" in words] == []


def test_what_can_still_change_the_price_stands_under_it(compare: AppTest) -> None:
    assert "What can still change your price" not in html(compare)
    compare.session_state["shown_in"] = Display(rate=EURO)
    ask(compare, "cost")
    quote, shown = evaluate.evaluate(OPENING).custom.quote, html(compare)
    for said in map(str, (*quote.changes, quote.returnable)):
        assert (facts.escape(said) in shown) == ("$" not in said), "the same sentence, but for its amounts"
    stone = next(line for line in quote.lines if line.kind == "stones")
    ends = [wording.money(usd * EURO.per_usd).replace("$", EURO.symbol) for usd in (stone.low, stone.high)]
    assert f"is offered from about {ends[0]} to {ends[1]}." in shown


def test_a_neighbour_can_be_taken_and_taken_back(compare: AppTest) -> None:
    ask(compare, compare_room.NEAR)
    compare.button(key="neighbours.try").click().run()
    assert not compare.exception
    few = explore.neighbourhood(OPENING).worth_a_look
    said = html(compare)
    for number, other in enumerate(few):
        assert wording.money(other.price_usd) in said
        assert compare.button(key=f"neighbour.take.{number}").label == "Take it"
    compare.button(key="neighbour.take.1").click().run()
    assert not compare.exception
    assert Design.from_json(compare.session_state["design_json"]) == few[1].design
    compare.button(key="neighbours.undo").click().run()
    assert not compare.exception
    assert Design.from_json(compare.session_state["design_json"]) == OPENING
