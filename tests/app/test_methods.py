"""The Methods page: its headline is as hard on us as the checks are, and a change of prices is told in plain words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from configurator import prices, reference, validation
from configurator.ui import methods_room
from configurator.validation.calibration import LEAST_INSIDE_PCT
from tests.app.shown import html

PAGE = "pages/methods.py"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("shop_folder")


def test_the_headline_tells_the_share_inside_our_ranges_first(app: AppTest, visit: Any) -> None:
    said = html(visit(app, PAGE))
    ranged = [case for check in validation.saved().checks for case in check.cases if case.model and not case.floor]
    inside = sum(case.inside for case in ranged)
    first = said.index(f"{inside} of {len(ranged)} ({inside / len(ranged):.0%})")
    assert first < said.index("agree") < said.index("checks held")


def test_a_check_with_too_few_figures_inside_our_ranges_is_not_called_held() -> None:
    shares = {}
    for check in validation.saved().checks:
        ranged = [case for case in check.cases if case.model]
        if ranged:
            shares[check.id] = 100 * sum(case.inside for case in ranged) / len(ranged)
            assert ("held" in methods_room.verdict(check)) == (check.held and shares[check.id] >= LEAST_INSIDE_PCT)
    assert min(shares.values()) < LEAST_INSIDE_PCT <= max(shares.values()), "the rule has something to tell apart"


def test_prices_of_the_shops_own_are_told_in_words_and_going_back_takes_the_words_away(
    app: AppTest, visit: Any
) -> None:
    stale = validation.saved().reference_version != reference.delivered().version
    before = html(visit(app, PAGE))
    assert ("renewed since then" in before) == stale
    table = b"id,low,mid,high,unit,date,note\nset_bead,4,9,20,USD/stone,2026-11-20,\n"
    prices.accept(prices.propose_figures(prices.read_figures(table), NOW.date()), "upload", NOW)
    during = html(visit(app, PAGE))
    assert reference.load().version not in during, "no reader knows what to make of a hash"
    assert "since then" in during
    prices.accept(prices.back_to(()), "back", NOW.replace(hour=13))
    assert html(visit(app, PAGE)) == before
