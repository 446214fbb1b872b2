"""The charts of wear and value: what is drawn is what the models found, and the sentence fits the numbers."""

import re
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import plotly.graph_objects as go
import pytest

from configurator import charts, evaluate, presets, reference, wording
from configurator.charts import calendar, heirloom
from configurator.design import Design
from configurator.models.durability import wear
from configurator.models.pricing import price
from configurator.models.ranges import Range
from configurator.models.resale import resell
from configurator.scenario import Scenario
from configurator.ui import facts
from tests import measured_pieces as pieces

TABLES = reference.load()
OURS = ("survival", "resale", "ownership")
DESIGNS = {one.id: one.design for one in presets.presets()}


@cache
def preset(id: str) -> evaluate.Evaluation:
    return evaluate.evaluate(DESIGNS[id])


def side(piece: tuple, route: Any) -> Any:
    design, shape = piece
    quote, life = price(design, shape, TABLES, route), wear(design, shape, TABLES)
    return SimpleNamespace(
        design=design, quote=quote, durability=life, resale=resell(design, shape, quote, life, TABLES)
    )


def evaluation(custom: tuple, twin: tuple) -> Any:
    return SimpleNamespace(scenario=Scenario(), custom=side(custom, "custom"), twin=side(twin, "mass"))


def slighter(piece: tuple) -> tuple:
    """The same ring with prongs and a band of less metal."""
    design, shape = piece
    held = tuple(replace(stone, prong_diameter_mm=0.8) for stone in shape.stones)
    return design, replace(shape, stones=held, band=replace(shape.band, thickness_mm=1.5))


SIX_OR_FOUR = evaluation(pieces.solitaire(text="Toujours"), slighter(pieces.solitaire(prongs=4)))


def line(figure: go.Figure, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("id", OURS)
def test_each_chart_is_on_the_compare_page_with_a_sentence_and_a_table(id: str) -> None:
    found = charts.CHARTS[id]
    assert found.page == "compare"
    assert found.title
    assert found.verdict is not None
    assert found.table is not None
    assert found in charts.on_page("compare")


@pytest.mark.parametrize("id", OURS)
@pytest.mark.parametrize("name", pieces.EVERY_PIECE)
def test_every_piece_can_be_drawn_said_and_listed(id: str, name: str) -> None:
    found, both = charts.CHARTS[id], evaluation(pieces.EVERY_PIECE[name], pieces.EVERY_PIECE[name])
    figure = found.draw(both)
    assert figure.data
    said = found.verdict(both)
    assert said.endswith(".")
    assert not re.search(r"nan|inf\b|None|\[", said)
    table = found.table(both)
    assert len(table)
    assert not table.isna().any().any()


def test_the_survival_curves_are_the_models() -> None:
    figure = charts.CHARTS["survival"].draw(SIX_OR_FOUR)
    for name, one in (("Your design", SIX_OR_FOUR.custom), ("Off the shelf", SIX_OR_FOUR.twin)):
        assert tuple(line(figure, name).y) == one.durability.survival.p_intact
        marker = line(figure, f"{name}: first repair at even chances")
        assert tuple(marker.x) == (one.durability.first_repair_years.mid,)


def test_the_marker_stands_on_its_curve() -> None:
    found = SIX_OR_FOUR.custom.durability
    year = found.first_repair_years.mid
    before, after = found.survival.p_intact[int(year)], found.survival.p_intact[int(year) + 1]
    assert after <= 0.5 <= before


def test_a_piece_that_outlives_the_horizon_has_no_marker() -> None:
    both = evaluation(pieces.plain_band(), pieces.plain_band())
    assert [trace.mode for trace in charts.CHARTS["survival"].draw(both).data] == ["lines", "lines"]
    assert "more likely than not after the first 50 years" in charts.CHARTS["survival"].verdict(both)


def test_the_survival_verdict_names_the_longer_lived() -> None:
    verdict = charts.CHARTS["survival"].verdict
    assert verdict(SIX_OR_FOUR).startswith("Your design lasts longer")
    swapped = SimpleNamespace(custom=SIX_OR_FOUR.twin, twin=SIX_OR_FOUR.custom)
    assert verdict(swapped).startswith("The off-the-shelf piece lasts longer")
    alike = SimpleNamespace(custom=SIX_OR_FOUR.custom, twin=SIX_OR_FOUR.custom)
    assert verdict(alike).startswith("Both last about alike")
    assert SIX_OR_FOUR.custom.durability.advice in verdict(SIX_OR_FOUR)


def test_the_resale_chart_shows_the_best_channel_and_the_price_paid() -> None:
    figure = charts.CHARTS["resale"].draw(SIX_OR_FOUR)
    bands = [trace for trace in figure.data if trace.name == "Shaded: eight of ten cases"]
    assert [band.showlegend for band in bands] == [True, False], "the legend says once what is shaded"
    sides = (("Your design", SIX_OR_FOUR.custom), ("Off the shelf", SIX_OR_FOUR.twin))
    for band, (name, one) in zip(bands, sides, strict=True):
        best = next(channel for channel in one.resale.channels if channel.id == one.resale.best)
        drawn = line(figure, f"{name}: {best.channel[0].lower()}{best.channel[1:]}")
        assert tuple(drawn.y) == best.mid
        assert tuple(line(figure, f"{name}: price paid").y) == (one.quote.total_usd.mid,)
        assert tuple(band.y) == (*best.high, *reversed(best.low))
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.range[1] > SIX_OR_FOUR.custom.quote.total_usd.mid


def test_the_resale_verdict_names_who_keeps_more_of_the_price_and_the_truth_about_labour() -> None:
    verdict = charts.CHARTS["resale"].verdict
    lab = evaluation(pieces.solitaire(gem="diamond_lab"), pieces.solitaire(gem="diamond_lab"))
    assert verdict(lab).startswith("The off-the-shelf piece keeps more of its price")
    assert "design labour" in verdict(lab)
    swapped = SimpleNamespace(scenario=Scenario(), custom=lab.twin, twin=lab.custom)
    assert verdict(swapped).startswith("Your design keeps more of its price")
    assert verdict(SimpleNamespace(scenario=Scenario(), custom=lab.twin, twin=lab.twin)).startswith(
        "Neither keeps more"
    )


def test_the_ownership_bars_are_the_parts() -> None:
    figure = charts.CHARTS["ownership"].draw(SIX_OR_FOUR)
    parts = [one.resale.ownership_parts for one in (SIX_OR_FOUR.custom, SIX_OR_FOUR.twin)]
    assert tuple(line(figure, "Purchase").x) == tuple(part.purchase_usd.mid for part in parts)
    assert tuple(line(figure, "Back by a sale").x) == tuple(-part.exit_usd.mid for part in parts)
    net = tuple(one.resale.ownership_cost_usd.mid for one in (SIX_OR_FOUR.custom, SIX_OR_FOUR.twin))
    assert tuple(line(figure, "Net cost, eight of ten cases").x) == net


def test_the_ownership_verdict_follows_the_break_even() -> None:
    verdict = charts.CHARTS["ownership"].verdict
    lab = evaluation(pieces.solitaire(gem="diamond_lab"), pieces.solitaire(gem="diamond_lab"))
    assert "does not become the cheaper one to own" in verdict(lab)
    assert "from the start" in verdict(SimpleNamespace(custom=lab.twin, twin=lab.custom))
    draws = lab.twin.resale.internal_ownership_draws_usd.copy()
    draws[:12] += 1e6
    later = replace(lab.twin.resale, internal_ownership_draws_usd=draws)
    twin = SimpleNamespace(resale=lab.twin.resale)
    assert "after about 12 years" in verdict(SimpleNamespace(custom=SimpleNamespace(resale=later), twin=twin))


def test_the_tables_hold_the_models_numbers() -> None:
    survival = charts.CHARTS["survival"].table(SIX_OR_FOUR)
    whole = survival[(survival.piece == "Your design") & (survival.part == "all repairs")]
    shares = SIX_OR_FOUR.custom.durability.survival.p_intact
    assert list(whole.p_intact) == [round(share, 4) for share in shares]  # to a hundredth of a percent
    resale = charts.CHARTS["resale"].table(SIX_OR_FOUR)
    assert len(resale) == 2 * 31 * len(SIX_OR_FOUR.custom.resale.channels)
    assert (resale.low_usd <= resale.mid_usd).all()
    owned = charts.CHARTS["ownership"].table(SIX_OR_FOUR)
    last = owned[(owned.piece == "Your design") & (owned.part == "Net cost if sold then") & (owned.year == 30)]
    cost = SIX_OR_FOUR.custom.resale.ownership_cost_usd
    assert Range(*last[["low_usd", "mid_usd", "high_usd"]].to_numpy()[0]) == Range(
        round(cost.low, 2), round(cost.mid, 2), round(cost.high, 2)
    )


@pytest.mark.parametrize("preset", ["01_first_light", "42_line_of_light", "06_plain_word"])
def test_the_axis_of_survival_ends_where_both_curves_have_come_down(preset: str) -> None:
    design = next(one.design for one in presets.presets() if one.id == preset)
    both = evaluate.evaluate(design)
    end = charts.CHARTS["survival"].draw(both).layout.xaxis.range[1]
    left = [side.durability.survival.p_intact for side in (both.custom, both.twin)]
    assert all(p <= 0.005 for curve in left for p in curve[end:]) or end == 50
    assert end < 50 or any(curve[45] > 0.005 for curve in left)
    assert preset != "42_line_of_light" or end <= 10


def test_the_headline_the_sentence_and_the_dot_speak_of_one_year() -> None:
    """The headline counted a new layer of rhodium and the chart did not, so that the other piece won."""
    for id in ("42_line_of_light", "30_first_pair", "01_first_light"):
        both = preset(id)
        figure, said = charts.CHARTS["survival"].draw(both), charts.CHARTS["survival"].verdict(both)
        for name, side in (("Your design", both.custom), ("Off the shelf", both.twin)):
            (dot,) = line(figure, f"{name}: first repair at even chances").x
            assert facts.first_repair(side)[0] == wording.years(dot)
            assert f"by year {max(1, round(dot))}" in said


def test_upkeep_that_is_no_repair_is_named_beside_it() -> None:
    plated, plain = preset("30_first_pair").twin, preset("30_first_pair").custom
    assert "; the rhodium renewed after" in facts.first_repair(plated)[1]
    assert "care apart" in facts.first_repair(plain)[1]
    swapped = SimpleNamespace(custom=plated, twin=plain)
    assert "renewing the rhodium, first after about" in charts.CHARTS["survival"].verdict(swapped)


@pytest.mark.parametrize("id", ["30_first_pair", "06_plain_word", "42_line_of_light", "01_first_light"])
def test_what_most_often_gives_first_has_its_job_and_cost_in_the_calendar(id: str) -> None:
    both = preset(id)
    listed = {job.item: job for job in calendar.jobs(both)}
    for name, side in (("custom", both.custom), ("twin", both.twin)):
        task = listed[side.durability.weakest_job].sides[name]
        assert task is not None
        assert task.cost_usd.mid > 0
    job = both.custom.durability.weakest_job
    assert f"{job[:1].lower()}{job[1:]}" in charts.CHARTS["calendar"].verdict(both)
    assert any(job[1:] in event.what for event in heirloom.events(both))


@pytest.mark.parametrize("wearer", ["daily", "occasional"])
def test_the_cost_of_a_day_says_how_many_days_a_year_has(wearer: Any) -> None:
    both = evaluate.evaluate(DESIGNS["01_first_light"], Scenario(wearer=wearer))
    days = TABLES.assumptions[f"days_worn_{wearer}"].mid
    chart = charts.CHARTS["cost_per_wear"]
    assert f"counted as {days:.0f} days of wear" in chart.verdict(both)
    assert f"counted as {days:.0f} days of wear" in chart.alt(both)


def test_thirty_years_say_what_they_count_and_a_cheap_piece_is_not_insured() -> None:
    both = evaluate.evaluate(Design(piece="pendant", style="disc", metal="sterling"))
    assert "insurance above what household policies cover" in charts.CHARTS["ownership"].verdict(both)
    assert both.twin.resale.ownership_parts.insurance_usd == Range(0, 0, 0)
    assert not any("appraisal" in event.what for event in heirloom.events(both))
    cared = [job.item for job in calendar.jobs(both) if job.any.routine and job.sides["twin"] is not None]
    assert cared == []
    assert any("appraisal" in event.what for event in heirloom.events(preset("01_first_light")))
