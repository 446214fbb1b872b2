"""Asking a question of the Compare page brings its answer into view, and moves nothing that is in sight already."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

HEADER_PX = 60
SETTLED_MS = 1500  # a smooth scroll takes a second


def bar(page: Page) -> dict[str, float]:
    found = page.locator(".st-key-questions").bounding_box()
    assert found
    return dict(found)


def scrolled(page: Page) -> float:
    return float(page.get_by_test_id("stMain").evaluate("main => main.scrollTop"))


def ask(page: Page, question: str, heading: str) -> None:
    # By the keyboard's way: Playwright would scroll by itself to where it clicks.
    page.locator(".st-key-questions label", has_text=question).evaluate("label => label.click()")
    page.get_by_role("heading", name=heading).wait_for()
    page.wait_for_timeout(SETTLED_MS)


@pytest.mark.parametrize("screen", ["tablet", "phone"])
def test_a_question_goes_to_the_top_with_its_answer_under_it_and_stays_there(visit: Callable, screen: str) -> None:
    page: Page = visit(screen, "/compare").page
    page.locator(".st-key-answered .main-svg").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    assert scrolled(page) == 0, "a page opens at its top"
    ask(page, "How it lasts", "How long it lasts before a repair")
    assert bar(page)["y"] == pytest.approx(HEADER_PX, abs=2)
    answer = page.locator(".st-key-answer").bounding_box()
    assert answer
    assert HEADER_PX < answer["y"] < page.viewport_size["height"] / 3
    before = scrolled(page)
    ask(page, "What it keeps", "What it would bring if you sold it")
    assert scrolled(page) == before, "the answer was in sight"
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollTop + 900)")
    page.wait_for_timeout(300)
    assert bar(page)["y"] == pytest.approx(HEADER_PX, abs=2), "the questions stay in sight"
    ask(page, "How it lasts", "How long it lasts before a repair")
    assert scrolled(page) == pytest.approx(before, abs=2), "the next answer is read from its beginning"


def test_on_a_telephone_the_questions_are_one_row_and_the_chosen_one_is_in_sight(visit: Callable) -> None:
    page: Page = visit("phone", "/compare").page
    page.locator(".st-key-answered .main-svg").first.wait_for()
    assert bar(page)["height"] < 80
    ask(page, "Why these figures", "The ten marks")
    chosen = page.locator(".st-key-questions label:has(:checked)").bounding_box()
    assert chosen
    assert chosen["x"] >= 0
    assert chosen["x"] + chosen["width"] <= page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_why_these_figures_lands_at_the_rows(visit: Callable) -> None:
    page: Page = visit("phone").page
    page.locator(".st-key-why button").click()
    page.get_by_role("heading", name="The ten marks").wait_for()
    page.wait_for_timeout(2 * SETTLED_MS)
    rows = page.locator(".st-key-whys").bounding_box()
    assert rows
    assert rows["y"] < page.viewport_size["height"] / 2
