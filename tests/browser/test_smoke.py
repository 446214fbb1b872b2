"""The whole app in a real browser: the ring is there, answers to picks, keeps its camera and leaves nothing behind."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page

from configurator import evaluate
from configurator.bench.browser import SCREENS, open_choices, settle
from configurator.design import Design


def share_changed(before: NDArray[np.int16], after: NDArray[np.int16]) -> float:
    """The share of a picture's pixels that look different to the eye."""
    assert before.shape == after.shape
    return float((np.abs(before - after).max(axis=2) > 24).mean())


@pytest.mark.parametrize("screen", SCREENS)
def test_the_front_page_shows_a_ring(visit: Callable, screen: str) -> None:
    seen = visit(screen)
    seen.wait_for_ring()
    picture = seen.picture()
    assert picture.max() - picture.min() > 100
    assert seen.errors == []
    assert seen.elsewhere == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["/", "/compare", "/sources"])
def test_no_page_breaks_or_is_wider_than_the_screen(visit: Callable, screen: str, path: str) -> None:
    seen = visit(screen, path)
    seen.page.get_by_test_id("stMain").wait_for()
    seen.page.wait_for_timeout(1500)
    seen.settle()
    assert seen.page.get_by_test_id("stException").count() == 0
    assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert seen.errors == []
    assert seen.elsewhere == []


def test_a_metal_pick_recolours_the_ring(visit: Callable) -> None:
    seen = visit("tablet")
    seen.wait_for_ring()
    seen.pick("metals", "18k_yellow")
    yellow = seen.picture()
    seen.pick("metals", "pt950_ir")
    assert share_changed(yellow, seen.picture()) > 0.01
    assert seen.errors == []


def test_a_pick_reaches_the_address_and_a_reload_brings_it_back(visit: Callable) -> None:
    seen = visit("tablet")
    seen.wait_for_ring()
    seen.pick("metals", "pt950_ir")
    before = seen.picture()
    seen.page.reload()
    seen.wait_for_ring()
    assert share_changed(before, seen.picture()) < 0.01
    open_choices(seen.page, "metals")
    chosen = seen.page.locator("[data-kind=metals] [aria-checked=true]")
    assert chosen.get_attribute("data-id") == "pt950_ir"


def test_the_camera_stays_where_it_was_put(visit: Callable) -> None:
    seen = visit("desktop")
    seen.wait_for_ring()
    seen.pick("metals", "18k_yellow")
    first = seen.picture()
    box = seen.page.locator("canvas:visible").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 160, y + 30, steps=6)
    seen.page.mouse.up()
    seen.page.wait_for_timeout(800)
    seen.settle()
    turned = seen.picture()
    assert share_changed(first, turned) > 0.01
    seen.pick("metals", "pt950_ir")
    seen.pick("metals", "18k_yellow")
    assert share_changed(turned, seen.picture()) < 0.01


def test_page_changes_leave_one_context_behind(visit: Callable) -> None:
    seen = visit("desktop")
    seen.wait_for_ring()
    for title in ["Compare", "Sources", "Design"] * 2:
        seen.page.get_by_role("link", name=title, exact=True).first.click()
        seen.page.wait_for_timeout(500)
        seen.settle()
    assert seen.page.evaluate("keepsakeBench.live()") == 1
    assert seen.errors == []


@pytest.mark.parametrize(("piece", "style"), [("pendant", "solitaire"), ("earrings", "stud"), ("bracelet", "bangle")])
def test_other_pieces_are_shown_and_seen_from_their_own_sides(visit: Callable, piece: str, style: str) -> None:
    link = evaluate.complete(Design(piece=piece, style=style)).to_link()
    seen = visit("tablet", f"/?d={link}")
    seen.wait_for_ring()
    picture = seen.picture()
    assert picture.max() - picture.min() > 100
    views = seen.page.locator(".looks button")
    assert views.count() >= 3
    views.last.click()
    seen.settle()
    assert share_changed(picture, seen.picture()) > 0.02
    assert seen.errors == []
    assert seen.elsewhere == []


@pytest.mark.parametrize("style", ["ring/solitaire", "bracelet/tennis", "pendant/disc"])
def test_compare_shows_both_pieces_as_large_after_the_design_page_as_at_once(visit: Callable, style: str) -> None:
    piece, _, style = style.partition("/")
    link = evaluate.complete(Design(piece=piece, style=style)).to_link()

    def away(page: Page) -> dict[str, float]:
        page.wait_for_function(
            "['custom', 'twin'].every(side => window.__keepsake?.views()['compare.' + side]?.state === 'ready')"
        )
        settle(page)
        views = page.evaluate("__keepsake.views()")
        return {
            side: float(np.linalg.norm(np.subtract(views[side]["camera"], views[side]["target"])))
            for side in ("compare.custom", "compare.twin")
        }

    at_once = away(visit("phone", f"/compare?d={link}").page)
    seen = visit("phone", f"/?d={link}")
    seen.wait_for_ring()
    seen.page.get_by_text("Compare with off the shelf", exact=True).click()
    assert away(seen.page) == pytest.approx(at_once, rel=0.02)
