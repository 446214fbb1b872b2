"""The form of the assumptions in a real browser: fingers, keyboard and what a refused answer leaves behind."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

FINGER_PX = 44
SETTLED_MS = 1500  # the answer is brought into view


def opened(page: Page, question: str) -> Page:
    page.locator(".st-key-answered .main-svg").first.wait_for()
    page.locator(".st-key-questions label", has_text=question).evaluate("label => label.click()")
    page.get_by_text("What we assume about its life", exact=True).click()
    page.locator(".st-key-assumptions [data-field]").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    return page


def control(page: Page, field: str) -> Locator:
    return page.locator(f"[data-field={field}] :is(input, select)").first


def assumed(page: Page) -> dict[str, str]:
    """What the address says is assumed."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items() if name != "d"}


def becomes(page: Page, wanted: dict[str, str]) -> None:
    for _ in range(40):
        if assumed(page) == wanted:
            return
        page.wait_for_timeout(100)
    assert assumed(page) == wanted


def test_every_control_is_as_large_as_a_finger_and_none_is_cut_off(visit: Callable) -> None:
    page = opened(visit("phone", "/compare").page, "Why these figures")
    boxes = page.locator(".st-key-assumptions :is(.pills span, select, [type=number], [type=date], [type=range])")
    assert boxes.count() >= 12
    for box in (boxes.nth(number).bounding_box() for number in range(boxes.count())):
        assert box
        assert box["height"] >= FINGER_PX
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]


def dragged(page: Page, field: str) -> str:
    """Holds a slider and moves it far; where it was let go."""
    slider = control(page, field)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.24, y)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(box["x"] + box["width"] * (0.24 + 0.02 * step), y)
        page.wait_for_timeout(15)
    page.mouse.up()
    return slider.input_value()


def shown(page: Page) -> list[str]:
    """What every chart is said to show, in sight or not, and the figures of both pieces."""
    charts = page.locator(".st-key-answered .keepsake-plot").all()
    return [
        *(chart.get_attribute("aria-label") or "" for chart in charts),
        *page.locator(".ks-facts").all_inner_texts(),
    ]


def test_a_slider_ends_where_it_was_let_go_and_leaves_no_chart_behind(visit: Callable) -> None:
    page = opened(visit("tablet", "/compare").page, "What it costs")
    before, value = shown(page), dragged(page, "labour_pct")
    assert float(value) > 150
    becomes(page, {"labour_pct": f"{float(value):g}"})
    page.wait_for_timeout(SETTLED_MS)
    assert control(page, "labour_pct").input_value() == value, "no late answer moves it back"
    moved = shown(page)
    page.reload()
    opened(page, "What it costs")
    assert len(moved) > len(page.locator(".ks-facts").all())
    assert before != moved == shown(page)


def test_what_is_answered_while_another_answer_is_under_way_is_not_lost(visit: Callable) -> None:
    page = opened(visit("tablet", "/compare").page, "What it costs")
    page.evaluate(
        """() => {
            const slider = document.querySelector('[data-field=labour_pct] input');
            for (const value of [120, 140, 160]) {
                slider.value = value;
                slider.dispatchEvent(new Event('input', { bubbles: true }));
            }
            document.querySelector('[data-field=wearer] [value=manual]').click();
            document.querySelector('[data-field=metal_outlook] [value=falling]').click();
        }"""
    )
    becomes(page, {"labour_pct": "160", "wearer": "manual", "metal_outlook": "falling"})


def test_a_typed_day_is_taken_when_it_is_finished_and_not_before(visit: Callable) -> None:
    page = opened(visit("tablet", "/compare").page, "What it took")
    day = control(page, "occasion")
    day.focus()
    page.keyboard.type("06152028")
    page.wait_for_timeout(800)
    assert assumed(page) == {}, "two digits of a year are a year, too"
    page.keyboard.press("Enter")
    becomes(page, {"occasion": "2028-06-15"})
    page.locator("h1").first.click()
    day.focus()
    page.keyboard.type("0701")
    page.locator("h1").first.click()
    becomes(page, {"occasion": "2028-07-01"})


@pytest.mark.parametrize(("typed", "kept"), [("400", "8.5"), ("-1", "8.5")])
def test_a_refused_answer_says_why_and_shows_the_last_good_one(visit: Callable, typed: str, kept: str) -> None:
    page = opened(visit("tablet", "/compare").page, "What it costs")
    box = control(page, "tax_pct")
    box.fill("8.5")
    box.press("Enter")
    becomes(page, {"tax_pct": "8.5"})
    box.fill(typed)
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Kept as it was.")
    expect(box).to_have_value(kept)
    expect(box).to_be_visible()
    assert assumed(page) == {"tax_pct": "8.5"}


def test_the_keyboard_goes_through_the_questions(visit: Callable) -> None:
    page: Page = visit("tablet", "/compare").page
    page.locator(".st-key-answered .main-svg").first.wait_for()
    page.locator(".st-key-questions :checked").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Where the money goes").wait_for()
    assert page.locator(".st-key-questions :checked").evaluate("radio => radio === document.activeElement")
