"""Charts in a real browser: repainted where they stand, beside the assumptions, and readable without a pointer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

ASSUMED = "What we assume about its life"
ROOM_PX = 24  # more than that and something would stand between the two


@pytest.fixture
def compare(visit: Callable) -> Page:
    """The Compare page on a tablet, its assumptions open, with the charts of how long the pieces last."""
    page: Page = visit("tablet", "/compare").page
    page.get_by_text(ASSUMED, exact=True).click()
    page.locator(".st-key-questions").get_by_text("How it lasts", exact=True).click()
    page.get_by_role("heading", name="How long it lasts before a repair").wait_for()
    drawn(page).first.locator(".main-svg").first.wait_for()
    return page


def drawn(page: Page) -> Locator:
    return page.locator(".st-key-answered .keepsake-plot")


def curve(page: Page) -> str:
    return str(drawn(page).first.locator("path.js-line").first.get_attribute("d"))


def test_a_change_of_what_is_assumed_repaints_the_chart_that_is_there(compare: Page) -> None:
    before = curve(compare)
    drawn(compare).first.evaluate("plot => { plot.marked = true }")
    compare.get_by_text("Manual work", exact=True).click()
    compare.wait_for_function(
        "before => document.querySelector('.st-key-answered path.js-line').getAttribute('d') !== before", arg=before
    )
    assert drawn(compare).first.evaluate("plot => plot.marked"), "it was taken down and built anew"


def test_open_assumptions_stand_beside_the_charts_which_fit_the_room_that_is_left(compare: Page) -> None:
    form, chart = compare.locator(".st-key-assumed").bounding_box(), drawn(compare).first.bounding_box()
    assert form
    assert chart
    assert form["x"] + form["width"] + ROOM_PX >= chart["x"] > form["x"] + form["width"]
    compare.get_by_text(ASSUMED, exact=True).click()
    width = "([...document.querySelectorAll('.st-key-answered .keepsake-plot')][0]).clientWidth"
    compare.wait_for_function(f"narrow => {width} > narrow + 200", arg=chart["width"])
    compare.wait_for_function(f"() => document.querySelector('.st-key-answered .main-svg').clientWidth === {width}")


def test_arrow_keys_go_from_point_to_point_and_say_it(compare: Page) -> None:
    chart, said = drawn(compare).first, compare.locator(".st-key-answered .keepsake-plot-said").first
    assert (chart.get_attribute("aria-label") or "").startswith("How long it lasts before a repair. ")
    chart.focus()
    heard = [""]
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        compare.keyboard.press(key)
        expect(said).not_to_have_text(heard[-1])
        heard.append(said.text_content() or "")
    assert heard[1] == heard[3] != heard[2]
    assert all(heard[1:])
    compare.keyboard.press("Escape")
    assert said.text_content() == ""
    assert chart.locator(".hovertext").count() == 0
    place = compare.locator(".st-key-chart-calendar")  # whose legend has a mark that is nowhere: it is passed over
    chart, said = place.locator(".keepsake-plot"), place.locator(".keepsake-plot-said")
    chart.locator(".main-svg").first.wait_for()
    chart.focus()
    heard = [""]
    for _ in range(4):
        compare.keyboard.press("ArrowRight")
        expect(said).not_to_have_text(heard[-1])
        heard.append(said.text_content() or "")
    assert all(heard[1:]), heard


@pytest.mark.parametrize(("screen", "most_lines"), [("phone", 2), ("tablet", 1)])
def test_words_above_a_row_end_inside_the_chart_and_use_the_width_there_is(
    visit: Callable, screen: str, most_lines: int
) -> None:
    page: Page = visit(screen, "/compare").page
    page.locator(".st-key-questions label", has_text="What it took").evaluate("label => label.click()")
    chart = page.locator(".st-key-chart-schedule .keepsake-plot")
    chart.locator(".annotation").first.wait_for()
    lines = chart.evaluate(
        """plot => {
            const { right } = plot.getBoundingClientRect();
            return [...plot.querySelectorAll('.annotation')].map((one) => {
                const box = one.getBoundingClientRect();
                return [one.textContent, box.right <= right, one.querySelectorAll('tspan.line').length || 1];
            });
        }"""
    )
    assert any("you decide" in words for words, _, _ in lines)
    assert all(inside for _, inside, _ in lines), lines
    assert max(count for _, _, count in lines) == most_lines


def test_the_numbers_behind_a_chart_are_opened_and_closed_by_a_finger_or_a_key(compare: Page) -> None:
    button = compare.get_by_role("button", name="The numbers behind it: How long it lasts before a repair")
    table = compare.locator(".st-key-answered").get_by_test_id("stDataFrame")
    button.tap()
    table.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    with compare.expect_download() as file:
        compare.get_by_test_id("stDownloadButton").get_by_role("button").click()
    assert file.value.suggested_filename == "keepsake-survival.csv"
    button.focus()
    compare.keyboard.press("Enter")
    expect(table).to_have_count(0)
    assert button.get_attribute("aria-expanded") == "false"
