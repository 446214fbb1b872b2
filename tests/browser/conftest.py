"""The real app and a real Chromium, started once; every test gets fresh pages on the screens we promise."""

import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from configurator.bench.browser import (
    CHROMIUM_FLAGS,
    LONG_MS,
    RECORDER,
    SCREENS,
    Server,
    find_chromium,
    open_choices,
    serve,
    settle,
    wait_for_picture,
)

# On a deep link Streamlit looks for its server at every level of the path, and the browser logs each miss.
STREAMLIT_PROBES = re.compile(r"/[^?]+/_stcore/(health|host-config)")


@dataclass(frozen=True)
class Visit:
    """One open page, what its console complained of, and every address it asked outside the app."""

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def wait_for_ring(self) -> None:
        """Waits until the live view shows a ring and has come to rest."""
        wait_for_picture(self.page)
        settle(self.page)

    def settle(self) -> None:
        """Waits until nothing is drawn any more and the server is idle."""
        settle(self.page)

    def picture(self) -> NDArray[np.int16]:
        """What the live view shows now, (height, width, 3)."""
        png = self.page.locator("canvas:visible").first.screenshot()
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)

    def pick(self, kind: str, choice: str) -> None:
        """Turns to a kind of choice, taps one and waits for the picture to come to rest."""
        open_choices(self.page, kind)
        self.page.locator(f"[data-kind={kind}] [data-id='{choice}']").first.click()
        self.page.wait_for_timeout(300)
        self.settle()


@pytest.fixture(scope="session")
def app() -> Iterator[Server]:
    """The real app, served on a free port of this machine."""
    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium with software GL that talks to nobody but the app."""
    path = find_chromium()
    if path is None:
        message = "no Chromium here; `make browser` installs one"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, app: Server) -> Iterator[Callable[..., Visit]]:
    """Opens pages: `visit("tablet", "/compare")`; they are closed after the test."""
    opened = []

    def open_page(screen: str = "desktop", path: str = "/") -> Visit:
        context = chromium.new_context(**SCREENS[screen])
        opened.append(context)
        context.add_init_script(path=RECORDER)
        page = context.new_page()
        page.set_default_timeout(LONG_MS)
        found = Visit(page)

        def complained(message: ConsoleMessage) -> None:
            url = message.location.get("url", "")
            if message.type == "error" and not STREAMLIT_PROBES.fullmatch(url.removeprefix(app.url)):
                found.errors.append(f"{message.text} ({url})")

        def asked(request: Request) -> None:
            if not request.url.startswith((app.url, "data:", "blob:")):
                found.elsewhere.append(request.url)

        page.on("console", complained)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.on("request", asked)
        page.goto(app.url + path)
        return found

    yield open_page
    for context in opened:
        context.close()
