"""The app as Streamlit's own tester runs it: real pages, no browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture
def app() -> AppTest:
    """The app at its front page."""
    found = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not found.exception
    return found


@pytest.fixture
def visit() -> Callable[[AppTest, str], AppTest]:
    """Goes to a page by its file; the second run is the one that would show a broken page."""

    def go(app: AppTest, page: str) -> AppTest:
        app.switch_page(page).run()
        app.run()
        assert not app.exception, app.exception
        return app

    return go
