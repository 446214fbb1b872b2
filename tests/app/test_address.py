"""The address: a reload or a shared link brings everything back, and whatever stands in it breaks nothing."""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from configurator import evaluate, presets
from configurator.design import Design
from configurator.display import USUAL, Display
from configurator.scenario import Scenario
from configurator.ui import address, settings
from tests.app.asked import answer
from tests.app.shown import html

APP = Path(__file__).parents[2] / "app.py"
OTHER = evaluate.complete(Design(piece="ring", style="halo"))
SAID = {
    "wearer": "manual",
    "country": "gb",
    "tax_pct": "7.5",
    "labour_pct": "140",
    "occasion": (settings.today() + timedelta(days=90)).isoformat(),
    "weights": "cost-3~meaning-0.5",
    "currency": "GBP",
    "weight_unit": "dwt",
    "length_unit": "in",
}


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def scenario_of(app: AppTest) -> Scenario:
    if "scenario_json" not in app.session_state:
        return Scenario()
    return Scenario.model_validate_json(app.session_state["scenario_json"])


def shown_of(app: AppTest) -> Display:
    shown = "shown_in" in app.session_state and app.session_state["shown_in"]
    return shown or USUAL


def address_of(app: AppTest) -> dict[str, str]:
    return {name: text if isinstance(text, str) else text[-1] for name, text in app.query_params.items()}


def test_what_is_usual_stays_out_of_the_address() -> None:
    assert address_of(opened()) == {"d": presets.opening().to_link()}


def test_an_address_brings_back_everything_and_is_written_as_it_was_read() -> None:
    given = {"d": OTHER.to_link()} | SAID
    app = opened(**given)
    assert Design.from_json(app.session_state["design_json"]) == OTHER
    assert scenario_of(app) == Scenario(
        wearer="manual",
        country="gb",
        tax_pct=7.5,
        labour_pct=140,
        occasion=date.fromisoformat(SAID["occasion"]),
        weights={"cost": 3, "meaning": 0.5},
    )
    shown = app.session_state["shown_in"]
    assert (shown.rate.currency, shown.weight_unit, shown.length_unit) == ("GBP", "dwt", "in")
    assert "£" in html(app)
    assert "Kept as it was" not in html(app)
    app.run()
    assert address_of(app) == given


EXAMPLES = {
    "wearer": "manual",
    "country": "de",
    "tax_pct": 0.0,
    "metal_outlook": "falling",
    "channel": "private",
    "discount_rate_pct": 3.5,
    "labour_pct": 85.0,
    "start": "2026-12-01",
    "occasion": "2027-02-14",
    "weights": {"cost": 0.5, "meaning": 3.0},
    "rules_off": ("setting", "width"),
    "rules_on": ("engraving",),
}


@pytest.mark.parametrize("name", Scenario.model_fields)
def test_every_field_of_a_scenario_can_be_written_into_an_address_and_read_again(name: str) -> None:
    scenario = Scenario.model_validate({name: EXAMPLES[name]})
    assert scenario != Scenario()
    written = address._written(scenario)
    assert list(written) == [name]
    assert quote(written[name], safe="") == written[name], "an address needs no escapes"
    assert Scenario.model_validate(address._read(written)) == scenario


def test_what_a_client_changes_reaches_the_address_comes_back_and_leaves_it_again(app: AppTest) -> None:
    app.selectbox(key="shown.currency").set_value("GBP").run()
    app.switch_page("pages/compare.py").run()
    answer(app, "wearer", "manual")
    assert not app.exception
    assert address_of(app) == {"d": presets.opening().to_link(), "currency": "GBP", "wearer": "manual"}
    again = opened(**address_of(app))
    assert scenario_of(again) == Scenario(wearer="manual")
    assert again.session_state["shown_in"].rate.currency == "GBP"
    app.button(key="scenario.usual").click().run()
    assert address_of(app) == {"d": presets.opening().to_link(), "currency": "GBP"}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("wearer", "<b>always</b>", "wearer is"),
        ("country", "zz", "country is"),
        ("country", "../../etc", "two small letters"),
        ("tax_pct", "nan", "tax_pct"),
        ("tax_pct", "1e9", "at most 40"),
        ("labour_pct", "", "labour_pct"),
        ("channel", "hidden", "channel"),
        ("discount_rate_pct", "two", "discount_rate_pct"),
        ("start", "tomorrow", "start"),
        ("weights", "cost", "weights"),
        ("weights", "cost-99", "at most 10"),
        ("weights", "beauty-2", "beauty is not a dimension"),
        ("weights", "~".join(f"cost_{'x' * n}-1" for n in range(12)), "weights"),
        ("currency", "<script>", "currency is"),
        ("currency", "BGN", "currency is"),
        ("currency", "AED", "no exchange rate for AED"),
        ("weight_unit", "kg", "g, dwt, ozt"),
        ("length_unit", "mm\0", "length_unit is"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_the_usual_case_kept(
    name: str, text: str, sentence: str
) -> None:
    app = opened(d=OTHER.to_link(), **{name: text})
    said = next(block for block in html(app).split("\n") if "Kept as it was" in block)
    assert sentence in said
    assert len(said) < 500
    assert "<script>" not in said
    assert "<b>always" not in said
    assert Design.from_json(app.session_state["design_json"]) == OTHER
    assert scenario_of(app) == Scenario()
    assert shown_of(app) == USUAL
    app.run()
    assert address_of(app) == {"d": OTHER.to_link()}


def test_one_broken_part_does_not_take_the_others_along() -> None:
    app = opened(d="broken", wearer="manual", currency="XXX")
    assert Design.from_json(app.session_state["design_json"]) == presets.opening()
    assert scenario_of(app) == Scenario(wearer="manual")
    said = next(block for block in html(app).split("\n") if "Kept as it was" in block)
    assert "currency is" in said
    assert "link" in said


def test_a_link_with_a_day_that_has_passed_still_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = settings.today() - timedelta(days=5)
    app = opened(occasion=passed.isoformat(), wearer="manual")
    assert scenario_of(app) == Scenario(occasion=passed, wearer="manual")
    assert "Kept as it was" not in html(app)
    app.switch_page("pages/compare.py").run()
    assert not app.exception


def test_start_over_leaves_nothing_to_the_next_client() -> None:
    app = opened(**SAID)
    app.button(key="restart").click().run()
    assert not app.exception
    assert scenario_of(app) == Scenario()
    assert address_of(app) == {"d": presets.opening().to_link()}
    assert "£" not in html(app)


def test_other_words_of_an_address_are_left_alone() -> None:
    app = opened(utm_source="letter", wearer="manual")
    app.run()
    assert address_of(app) == {"d": presets.opening().to_link(), "wearer": "manual", "utm_source": "letter"}
