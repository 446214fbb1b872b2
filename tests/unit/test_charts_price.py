"""The price chart: its bars are the quotes, and its sentence says who wins."""

from types import SimpleNamespace
from typing import Any

import plotly.graph_objects as go
import pytest

from configurator import charts, reference
from configurator.charts.price import GROUPS, by_group, cost_by_line, table, verdict
from configurator.models.pricing import Line, Quote, price
from configurator.models.ranges import Range
from configurator.models.twin import twin
from tests.sample_rings import measures, ring, stone, stone_measure

TABLES = reference.load()


def evaluation(**grades: str) -> Any:
    design = ring(stone(carat=1, **grades))
    measured = measures(stone_measure(carat=1))
    shelf = twin(design, TABLES).design
    return SimpleNamespace(
        custom=SimpleNamespace(design=design, quote=price(design, measured, TABLES)),
        twin=SimpleNamespace(design=shelf, quote=price(shelf, measured, TABLES, "mass")),
    )


def made_up(**amounts: float) -> Quote:
    """A quote with one line of each given kind."""
    lines = tuple(
        Line(
            item=kind,
            label=kind.title(),
            kind=kind,  # type: ignore[arg-type]
            low=usd,
            mid=usd,
            high=usd,
            formula="by hand",
            as_of="2026",
            source="a test",
            sources=("estimate",),
        )
        for kind, usd in amounts.items()
    )
    total = Range.exactly(sum(amounts.values()))
    return Quote(
        route="custom",
        commercial=False,
        total_usd=total,
        lines=lines,
        as_of="2026",
        metal_prices=(),
        changes=(),
        returnable="",
        tax="before sales tax",
        internal_lines=lines,
    )


def between(custom: Quote, shelf: Quote) -> Any:
    design = ring(stone())
    return SimpleNamespace(
        custom=SimpleNamespace(design=design, quote=custom), twin=SimpleNamespace(design=design, quote=shelf)
    )


def bars(figure: go.Figure) -> list[go.Bar]:
    return [trace for trace in figure.data if isinstance(trace, go.Bar)]


def test_the_chart_is_found_with_its_sentence_and_table() -> None:
    found = charts.CHARTS["cost_by_line"]
    assert found in charts.on_page("compare")
    assert found.draw is cost_by_line
    assert (found.verdict, found.table) == (verdict, table)


def test_the_bars_add_up_to_the_quotes() -> None:
    shown = evaluation()
    totals = [sum(trace.x[side] for trace in bars(cost_by_line(shown))) for side in (0, 1)]
    assert totals == pytest.approx([shown.custom.quote.total_usd.mid, shown.twin.quote.total_usd.mid], abs=0.005)


def test_every_kind_of_line_has_exactly_one_colour() -> None:
    kinds = [kind for _, _, kinds in GROUPS.values() for kind in kinds]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == {"metal", "stones", "labour", "design", "certificate", "overhead", "tax"}


def test_the_whiskers_are_the_ranges_of_the_totals() -> None:
    shown = evaluation()
    whiskers = next(trace for trace in cost_by_line(shown).data if isinstance(trace, go.Scatter))
    for side, quote in enumerate((shown.custom.quote, shown.twin.quote)):
        assert whiskers.x[side] + whiskers.error_x.array[side] == pytest.approx(quote.total_usd.high)
        assert whiskers.x[side] - whiskers.error_x.arrayminus[side] == pytest.approx(quote.total_usd.low)


def test_the_figure_has_no_title() -> None:
    assert cost_by_line(evaluation()).layout.title.text is None


def test_the_sentence_names_the_gap_and_its_main_part() -> None:
    said = verdict(
        between(made_up(metal=300, stones=2_500, labour=400), made_up(metal=300, stones=1_000, overhead=300))
    )
    assert said == (
        "The custom ring costs about $1,600 more than the off-the-shelf piece, before sales tax; "
        "$1,500 of that is stones."
    )


def test_the_sentence_says_when_the_twin_is_dearer() -> None:
    said = verdict(between(made_up(metal=300, labour=200), made_up(metal=300, overhead=900)))
    assert said.startswith(
        "The off-the-shelf piece costs about $700 more than the custom ring, before sales tax; $700 of that"
    )


def test_the_sentence_does_not_split_hairs() -> None:
    assert "does not decide" in verdict(between(made_up(metal=1_000), made_up(metal=1_020)))


def test_a_part_larger_than_the_gap_is_not_said_to_be_of_it() -> None:
    said = verdict(between(made_up(metal=100, stones=2_000), made_up(metal=600, stones=1_000)))
    assert said.endswith("the difference in stones alone is $1,000, and the rest makes up for part of it.")


def test_the_table_holds_every_line_to_the_cent() -> None:
    shown = evaluation()
    found = table(shown)
    assert len(found) == len(shown.custom.quote.lines) + len(shown.twin.quote.lines)
    assert found.loc[found.piece == "Your design", "mid_usd"].sum() == pytest.approx(shown.custom.quote.total_usd.mid)
    assert found.source.all()


def test_groups_are_complete_and_to_the_cent() -> None:
    quote = evaluation().custom.quote
    assert round(sum(by_group(quote).values()), 2) == quote.total_usd.mid
