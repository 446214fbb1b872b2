"""Charts in the reader's currency: every amount is carried over, and nothing else."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from configurator import charts, evaluate
from configurator.charts.currency import in_currency, of_money, table_in_currency
from configurator.design import Design
from configurator.display import DOLLAR, Display, Rate

ReadIn = Callable[[Display], None]

HALF = Rate(currency="EUR", symbol="€", decimals=2, per_usd=0.5, date="2026-10-30", name="euro")
READER = Display(rate=HALF)
FOUND = evaluate.evaluate(Design(piece="ring", style="solitaire"))
COMPARED = charts.on_page("compare")


@pytest.mark.parametrize("chart", COMPARED, ids=lambda chart: chart.id)
def test_a_chart_of_money_is_carried_over_whole_and_any_other_not_at_all(chart: charts.Chart) -> None:
    dollars, euros = chart.draw(FOUND), in_currency(chart.draw(FOUND), HALF)
    money = of_money(dollars.to_dict()["layout"])
    assert not of_money(euros.to_dict()["layout"])
    for before, after in zip(dollars.data, euros.data, strict=True):
        for name in ("x", "y"):
            factor = HALF.per_usd if (before[f"{name}axis"] or name) in money else 1
            if before[name] is None or not np.issubdtype(np.asarray(before[name]).dtype, np.number):
                continue
            assert np.allclose(np.asarray(after[name], float), factor * np.asarray(before[name], float), equal_nan=True)
            if before[f"error_{name}"].array is not None:
                ends = [np.asarray(side[f"error_{name}"].array, float) for side in (before, after)]
                assert np.allclose(ends[1], factor * ends[0])


@pytest.mark.parametrize("chart", COMPARED, ids=lambda chart: chart.id)
def test_what_is_written_on_a_chart_is_in_the_readers_currency(chart: charts.Chart, read_in: ReadIn) -> None:
    read_in(READER)
    figure = in_currency(chart.draw(FOUND), HALF)
    assert "$" not in figure.to_json().replace("$schema", "")


def test_a_table_names_its_currency_and_leaves_the_rest_alone() -> None:
    table = pd.DataFrame({"year": [1, 2], "low_usd": [10.0, 20.0]})
    assert table_in_currency(table, DOLLAR) is table
    assert table_in_currency(table, HALF).to_dict("list") == {"year": [1, 2], "low_eur": [5.0, 10.0]}
