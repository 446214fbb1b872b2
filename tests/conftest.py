"""What all layers share: hypothesis's settings, and the marker of everything that drives a browser."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from configurator import wording
from configurator.display import Display
from configurator.reference import shop_prices

TESTS = Path(__file__).parent

# The tests' prices are the delivered ones, whatever a shop keeps on this machine.
os.environ[shop_prices.FOLDER_SETTING] = os.path.join(tempfile.mkdtemp(prefix="keepsake-"), "prices")

# Solids take milliseconds on a quiet machine and ten times that on a busy one, so no example has a deadline.
settings.register_profile("keepsake", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("keepsake"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "keepsake")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if TESTS / "browser" in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def read_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Display], None]:
    """Chooses the currency and the units that are read in from here on, until the test ends."""
    return lambda display: monkeypatch.setattr(wording, "reader", lambda: display)


@pytest.fixture
def shop_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for what the shop sets, which does not exist yet."""
    folder = tmp_path / "new" / "prices"
    monkeypatch.setenv(shop_prices.FOLDER_SETTING, str(folder))
    return folder
