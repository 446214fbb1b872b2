"""Currency and units on screen, and the Prices page: closed without a code, and nothing changed until accepted."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from configurator import exchange, reference
from configurator.display import Display
from configurator.ui import settings, shown_in
from tests.app.shown import html

Visit = Callable[[AppTest, str], AppTest]
CODE = "open sesame"
PAGE = "pages/prices.py"
HEADER = "element,date,usd_per_troy_ounce\n"


@pytest.fixture(autouse=True)
def here(shop_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the test's own, and the day of the tests' prices."""
    noon, seconds = datetime(2026, 11, 22, 12, 0).astimezone(), itertools.count()
    monkeypatch.setattr(settings, "now", lambda: noon + timedelta(seconds=next(seconds)))


@pytest.fixture
def staff(app: AppTest, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The Prices page after the right code."""
    monkeypatch.setenv("KEEPSAKE_STAFF_CODE", CODE)
    visit(app, PAGE)
    return enter(app, CODE)


def enter(app: AppTest, code: str) -> AppTest:
    app.text_input(key="prices.code").set_value(code)
    next(button for button in app.button if button.label == "Change prices").click().run()
    assert not app.exception
    return app


def offer(app: AppTest, table: str) -> AppTest:
    app.file_uploader[0].upload("prices.csv", table.encode(), "text/csv").run()
    app.button(key="prices.see_file").click().run()
    assert not app.exception
    return app


def test_an_old_metal_price_is_flagged_under_the_piece(app: AppTest) -> None:
    assert "Gold price of June 2026, 145 days old: ask for today&#x27;s." in html(app)


def test_amounts_and_weights_follow_the_switch_and_the_rate_has_its_date(app: AppTest, visit: Visit) -> None:
    assert "$" in html(app)
    app.session_state["shown_in"] = Display(rate=exchange.rate("EUR"), weight_unit="dwt", length_unit="in")
    for page in ("pages/design.py", "pages/compare.py"):
        visit(app, page)
        shown = html(app)
        assert "€" in shown
        assert "dwt" in shown
        assert "European Central Bank" in shown


def test_the_switch_changes_what_is_shown(app: AppTest) -> None:
    app.selectbox(key="shown.currency").set_value("GBP").run()
    assert not app.exception
    assert "£" in html(app)


def test_a_currency_without_a_rate_says_so_and_dollars_stay(app: AppTest) -> None:
    app.selectbox(key="shown.currency").set_value("AED").run()
    assert not app.exception
    assert app.session_state["shown_in"].rate.currency == "USD"
    assert "no exchange rate for AED" in app.session_state[shown_in.NO_RATE]
    assert "$" in html(app)


@pytest.mark.parametrize("code", ["", "short"])
def test_without_a_proper_code_prices_are_shown_and_cannot_be_changed(
    app: AppTest, visit: Visit, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setenv("KEEPSAKE_STAFF_CODE", code)
    visit(app, PAGE)
    assert "KEEPSAKE_STAFF_CODE" in html(app)
    assert set(app.dataframe[0].value["Metal"]) == {"Gold", "Silver", "Platinum", "Palladium", "Rhodium"}
    assert not app.button
    assert not app.file_uploader


def test_a_wrong_code_opens_nothing(app: AppTest, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEPSAKE_STAFF_CODE", CODE)
    visit(app, PAGE)
    enter(app, CODE.upper())
    assert "not the staff code" in html(app)
    assert not app.file_uploader


def test_an_upload_is_shown_accepted_kept_and_taken_back(staff: AppTest) -> None:
    delivered = reference.load().version
    offer(staff, HEADER + "gold,2026-11-21,4105.5\n")
    [change] = staff.dataframe[1].value.to_dict("records")
    assert (change["Metal"], change["Now"], change["New"]) == ("Gold", 4228, 4105.5)
    assert reference.load().version == delivered, "nothing is changed yet"
    staff.button(key="prices.accept").click().run()
    assert "in use" in staff.success[0].value
    assert reference.load().latest_spot("gold").usd_per_troy_ounce == 4105.5
    assert list(staff.dataframe[-1].value["Version"]) == [reference.load().version]
    staff.button(key="prices.see_delivered").click().run()
    staff.button(key="prices.accept").click().run()
    assert not staff.exception
    assert reference.load().latest_spot("gold").usd_per_troy_ounce == 4228
    assert len(staff.dataframe[-1].value) == 2


def test_a_figure_of_the_shops_own_is_found_shown_accepted_and_taken_back(staff: AppTest) -> None:
    delivered = reference.load().version
    table = "id,low,mid,high,unit,date,note\nset_bead,4,9,20,USD/stone,2026-11-20,our setter\n"
    staff.file_uploader[1].upload("figures.csv", table.encode(), "text/csv").run()
    staff.button(key="figures.see_file").click().run()
    [change] = staff.dataframe[1].value.to_dict("records")
    assert (change["Now"], change["New"], change["Unit"]) == ("7 (3 to 15)", "9 (4 to 20)", "USD/stone")
    staff.button(key="prices.accept").click().run()
    assert reference.load().labour["set_bead"].mid == 9
    assert "set_bead 9 (4 to 20) (2026-11-20)" in staff.dataframe[-1].value["Prices"][0]
    staff.text_input(key="figures.search").set_value("bead").run()
    assert not staff.exception
    staff.button(key="figures.see_delivered").click().run()
    staff.button(key="prices.accept").click().run()
    assert not staff.exception
    assert reference.load().version == delivered
    options = staff.selectbox(key="prices.earlier").options
    assert len(set(options)) == len(options) == 2, "the states can be told apart"


def test_a_bad_figure_is_refused_below_the_table(staff: AppTest) -> None:
    table = "id,low,mid,high,unit,date,note\nset_bead,4,-9,20,USD/stone,2026-11-20,\n"
    staff.file_uploader[1].upload("figures.csv", table.encode(), "text/csv").run()
    staff.button(key="figures.see_file").click().run()
    assert "which is less than nothing" in html(staff)
    assert not staff.exception


def test_a_search_that_finds_nothing_says_so(staff: AppTest) -> None:
    staff.text_input(key="figures.search").set_value("xyzzy").run()
    assert any("No figure has all of these words" in one.value for one in staff.caption)
    assert not staff.exception


def test_a_change_can_be_left(staff: AppTest) -> None:
    version = reference.load().version
    offer(staff, HEADER + "gold,2026-11-21,4105.5\n")
    staff.button(key="prices.leave").click().run()
    assert not staff.exception
    assert reference.load().version == version


def test_a_bad_upload_is_refused_below_its_button(staff: AppTest) -> None:
    version = reference.load().version
    offer(staff, HEADER + "gold,2026-11-21,-5\n<b>gold</b>,2026-11-21,4100\n")
    assert "Nothing was changed." in html(staff)
    assert "Line 2" in html(staff)
    assert "&lt;b&gt;" in html(staff), "what was uploaded is shown as text"
    assert reference.load().version == version


def test_a_new_price_is_under_the_piece_at_once(staff: AppTest, visit: Visit) -> None:
    other = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=60).run()
    offer(staff, HEADER + "gold,2026-11-21,4105.5\nsilver,2026-11-21,65\nplatinum,2026-11-21,1700\n")
    staff.button(key="prices.accept").click().run()
    other.run()
    assert "Gold price of 21 November 2026." in html(other)
    assert "days old" not in html(other)
