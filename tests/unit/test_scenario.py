"""The scenario reaches every model, and one that cannot be used is refused in one sentence."""

import contextlib
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from configurator import presets, public_json, reference
from configurator.bench import core
from configurator.evaluate import Evaluation, Side, evaluate, one_side
from configurator.models import durability, footprint, pricing, resale, schedule
from configurator.models.ranges import DRAWS, Draws, Range
from configurator.scenario import InvalidScenario, Scenario, read

DESIGN = presets.opening()
USUAL = evaluate(DESIGN)


def given(**fields: Any) -> Evaluation:
    return evaluate(DESIGN, read(fields))


def test_nothing_given_is_the_usual_scenario() -> None:
    assert read({}) == Scenario()
    assert given() is evaluate(DESIGN)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tax_pct": -1}, "tax_pct is -1; it can be at least 0."),
        ({"tax_pct": 41}, "tax_pct is 41; it can be at most 40."),
        ({"tax_pct": "much"}, 'tax_pct is "much"; it has to be a number.'),
        ({"tax_pct": float("nan")}, "tax_pct is nan; it has to be a finite number."),
        ({"labour_pct": 0}, "labour_pct is 0; it can be at least 40."),
        ({"discount_rate_pct": 99}, "discount_rate_pct is 99; it can be at most 15."),
        ({"metal_outlook": "up"}, "metal_outlook is \"up\"; it can be 'flat', 'past' or 'falling'."),
        ({"wearer": "athlete"}, "wearer is \"athlete\"; it can be 'occasional', 'daily' or 'manual'."),
        ({"country": "USA"}, "country is 'USA'; it is two small letters, such as us."),
        ({"occasion": "soon"}, 'occasion is "soon"; it has to be a day such as 2026-12-24.'),
        ({"weights": {"cost": 11}}, "weights.cost is 11; it can be at most 10."),
        ({"weather": "fine"}, "weather is not a field of a scenario; check the spelling or remove it."),
    ],
)
def test_a_bad_scenario_gets_one_sentence(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidScenario) as refused:
        read(fields)
    assert str(refused.value) == words


def test_an_unknown_channel_is_told_the_known_ones() -> None:
    with pytest.raises(
        InvalidScenario, match="best, scrap, local_buyer, consignment, private_sale, auction and upgrade"
    ):
        given(channel="museum")


@pytest.mark.parametrize("side", ["custom", "twin"])
def test_tax_is_its_share_of_everything_else(side: str) -> None:
    taxed, free = getattr(given(tax_pct=20), side).quote, getattr(given(tax_pct=0), side).quote
    assert not any(one.kind == "tax" for one in free.lines)
    assert taxed.total_usd.mid == pytest.approx(1.2 * free.total_usd.mid, abs=0.02)
    assert taxed.total_usd.high == pytest.approx(1.2 * free.total_usd.high, abs=0.02)


def test_dearer_benches_move_the_custom_piece_by_their_share_and_the_shelf_not_at_all() -> None:
    dear = given(labour_pct=150)
    assert dear.twin.quote == USUAL.twin.quote
    for before, after in zip(USUAL.custom.quote.internal_lines, dear.custom.quote.internal_lines, strict=True):
        if before.kind == "labour":
            assert after.mid == pytest.approx(1.5 * before.mid, abs=0.01)
            assert "150 %" in after.formula
        elif before.kind in ("metal", "stones", "design"):
            assert after.mid == pytest.approx(before.mid, abs=0.02)  # a cent of rounding sits on the largest line


def test_every_field_moves_what_it_speaks_of_and_nothing_before_it() -> None:
    price, owning = (lambda one: one.custom.quote), (lambda one: one.custom.resale.ownership_cost_usd)
    for fields in ({"metal_outlook": "past"}, {"channel": "scrap"}, {"discount_rate_pct": 3.0}):
        other = given(**fields)
        assert price(other) == price(USUAL)
        assert owning(other) != owning(USUAL)
    assert given(wearer="manual").custom.durability.mean_years_intact < USUAL.custom.durability.mean_years_intact


def test_the_scenario_is_told_with_the_evaluation() -> None:
    told = public_json.evaluation(given(tax_pct=8.5, channel="auction"))
    assert told["scenario"]["tax_pct"] == 8.5
    assert told["scenario"]["channel"] == told["resale"]["asked"] == "auction"
    assert len(told["resale"]["cost_per_wear_by_year"]["mid"]) == 30


# --- what is kept from one scenario to the next ----------------------------------------------------------------------

MODELS = {
    "price": (pricing, "price"),
    "wear": (durability, "wear"),
    "sales": (resale, "sales"),
    "owned": (resale, "owned"),
    "footprint": (footprint, "footprint"),
    "schedule": (schedule, "schedule"),
}
CHANGES: list[tuple[dict[str, Any], set[str]]] = [
    ({"discount_rate_pct": 3.5}, {"owned"}),
    ({"channel": "auction"}, {"sales", "owned"}),
    ({"metal_outlook": "past"}, {"sales", "owned"}),
    ({"wearer": "manual"}, {"wear", "sales", "owned"}),
    ({"labour_pct": 130}, {"price", "owned"}),
    ({"tax_pct": 12.5}, {"price", "owned"}),
    ({"country": "de"}, {"price", "owned"}),
    ({"start": "2027-01-04", "occasion": "2027-04-01"}, {"schedule"}),
    ({"weights": {"cost": 3}}, set()),
]


def told(side: Side) -> Any:
    return public_json.plain(side), side.resale.internal_ownership_draws_usd.tolist()


def test_whatever_was_asked_before_every_scenario_gets_its_own_numbers() -> None:
    tables, said = reference.load(), dict[str, Any]()
    for fields, _ in (*CHANGES, *reversed(CHANGES)):  # one upon the other, then each alone
        for scenario in (read(said := said | fields), read(fields)):
            found = evaluate(DESIGN, scenario)
            assert told(found.custom) == told(one_side(DESIGN, "custom", scenario, tables))
            assert told(found.twin) == told(one_side(found.twin.design, "mass", scenario, tables))


@pytest.mark.parametrize(("fields", "touched"), CHANGES, ids=lambda given: "+".join(sorted(given)) or "nothing")
def test_a_change_works_out_what_it_touches_and_nothing_else(fields: dict[str, Any], touched: set[str]) -> None:
    core.forget("configurator.evaluate")
    evaluate(DESIGN)
    with contextlib.ExitStack() as stack:
        asked = {
            id: stack.enter_context(patch.object(module, name, wraps=getattr(module, name)))
            for id, (module, name) in MODELS.items()
        }
        given(**fields)
    assert {id for id, model in asked.items() if model.called} == touched


# --- the draws --------------------------------------------------------------------------------------------------------


def figures(side: Side) -> dict[str, Range]:
    kept = side.resale.chosen
    each = side.resale.cost_per_wear_by_year
    owned = side.resale.ownership_cost_usd
    return {
        "price": side.quote.total_usd,
        "first service": side.durability.first_service_years,
        "first repair": side.durability.first_repair_years,
        "value in ten years": Range(kept.low[10], kept.mid[10], kept.high[10]),
        "value in thirty years": Range(kept.low[30], kept.mid[30], kept.high[30]),
        "owning": Range(owned.low, owned.mid, owned.high),
        "each wear": Range(each.low[9], each.mid[9], each.high[9]),
        "kgCO2e": side.footprint.kgco2e,
        "working days": side.schedule.working_days,
    }


def test_ten_thousand_draws_are_enough() -> None:
    tables, scenario, off = reference.load(), Scenario(), []
    for preset in presets.presets()[::6]:
        usual = figures(one_side(preset.design, "custom", scenario, tables))
        many = figures(one_side(preset.design, "custom", scenario, tables, Draws(count=10 * DRAWS)))
        for name, found in usual.items():
            fine = many[name]
            width = fine.high - fine.low
            off += [abs(getattr(found, end) - getattr(fine, end)) / width for end in ("low", "mid", "high")]
    assert np.mean(off) < 0.005
    assert np.quantile(off, 0.9) < 0.012
    assert np.max(off) < 0.05  # P90 of a metal's price thirty years on, which has a long tail


def test_the_same_seed_gives_the_same_evaluation_on_every_run() -> None:
    before = public_json.evaluation(USUAL)
    core.forget("configurator.models", "configurator.evaluate")
    assert public_json.evaluation(evaluate(DESIGN)) == before
