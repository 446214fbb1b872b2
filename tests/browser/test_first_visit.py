"""What only the very first visit after a start can show."""

from playwright.sync_api import Browser

from configurator.bench.browser import LONG_MS, serve


def test_a_deep_link_as_the_first_visit_gets_the_whole_page(chromium: Browser) -> None:
    with serve() as server:
        page = chromium.new_page()
        page.goto(f"{server.url}/compare")
        page.locator(".ks-facts").nth(1).wait_for(timeout=LONG_MS)
        titles = [link.split()[-1] for link in page.get_by_test_id("stTopNavLink").all_inner_texts()]  # after its icon
        assert titles == ["Design", "Compare", "Methods", "Sources"]
        assert page.locator(".ks-facts").count() == 2
        assert page.locator(".ks-facts .big").first.evaluate("e => getComputedStyle(e).fontFamily").startswith('"Corm')
        page.close()
