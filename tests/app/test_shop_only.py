"""What a shop adds for itself reaches no client: not on a page, not in a chart, a table, a why or the public JSON."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from configurator import charts, evaluate, presets, public_json, reference, sensitivity, whys
from configurator.ui import methods_room

PAGES = ("pages/design.py", "pages/compare.py", "pages/sources.py", "pages/methods.py", "pages/prices.py")
FORBIDDEN = ("margin and overhead", "overhead and margin", "price over metal and labour", "at cost, less", "maker cost")
DESIGNS = [preset.design for preset in presets.presets()[::17]]


def secrets() -> Iterator[str]:
    """Everything by which a row of the shop's alone can be known, and the words that were shown once."""
    yield from FORBIDDEN
    for id in reference.SHOP_ONLY:
        row = reference.load().assumptions[id]
        yield id
        yield row.label.lower()
        yield reference.spelled(row.low, row.mid, row.high)


def told(text: str) -> list[str]:
    return [secret for secret in secrets() if secret in text.lower()]


def sent(app: AppTest) -> str:
    """All that a page sends: its words, its tables, its charts."""
    frames = [one.value for one in app.dataframe]
    words = [str(one.proto) for one in app.main if hasattr(one, "proto")]
    return "\n".join([*words, *(frame.to_csv() for frame in frames), *(str(one.proto) for one in app.get("html"))])


def test_there_is_something_to_keep() -> None:
    assert reference.SHOP_ONLY
    assert told(f"x {reference.load().assumptions['overhead_and_margin_custom_multiple'].label} y")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_sends_it(app: AppTest, visit: Any, page: str) -> None:
    found = sent(visit(app, page))
    assert len(found) > 500
    assert not told(found)


def test_the_sources_page_finds_other_rows_but_not_this(app: AppTest, visit: Any) -> None:
    sources = visit(app, "pages/sources.py")
    assert "An hour at the bench" in sources.dataframe[0].value.to_csv()
    assert not told("\n".join(one.value.to_csv() for one in sources.dataframe))


def test_no_method_lists_it_among_the_figures_that_it_reads() -> None:
    rows = tuple(f"assumptions/{id}" for id in reference.SHOP_ONLY)
    assert methods_room.inputs((*rows, "assumptions/casting_loss_pct"))
    assert not methods_room.inputs(rows)


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.style)
def test_no_chart_table_why_or_json_tells_it(design: Any) -> None:
    both = evaluate.evaluate(design)
    said = [json.dumps(public_json.evaluation(both)), str(whys.whys(both)), str(whys.whys(both, "twin"))]
    for chart in charts.CHARTS.values():
        shown = {"tornado": sensitivity.sensitivity(design), "compare": (both,)}.get(chart.page, ())
        for one in shown:
            table = chart.table(one)
            assert isinstance(table, pd.DataFrame)
            said += [table.to_csv(), chart.verdict(one), chart.alt(one)]
    assert len(said) > len(charts.CHARTS)
    assert not told("\n".join(said))
