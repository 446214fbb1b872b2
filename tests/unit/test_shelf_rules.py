"""The rules that make the off-the-shelf piece can be switched by the scenario, and what each does is what it says."""

import pytest

from configurator import presets, reference
from configurator.design import Design
from configurator.evaluate import evaluate
from configurator.models.twin import twin
from configurator.scenario import InvalidScenario, Scenario, read
from configurator.shelf_rules import TriedRule, switched, tried

TABLES = reference.load()
DESIGNS = {preset.id: preset.design for preset in presets.presets()}
OPENING = presets.opening()
PRICED = ("price", "labour", "coloured_grade")


def one(found: tuple[TriedRule, ...], rule: str) -> TriedRule:
    return next(tried_one for tried_one in found if tried_one.change.rule == rule)


@pytest.mark.parametrize("preset", ["01_first_light", "06_plain_word", "21_two_lines", "42_line_of_light"])
def test_what_a_rule_is_said_to_do_is_the_difference_between_two_evaluations(preset: str) -> None:
    design, usual = DESIGNS[preset], evaluate(DESIGNS[preset]).twin
    found = tried(design, Scenario())
    assert found
    for rule in found:
        other = evaluate(design, read(switched(Scenario(), TABLES.twin_rules[rule.change.rule], not rule.on))).twin
        sign = -1 if rule.on else 1
        assert rule.usd == pytest.approx(sign * (other.quote.total_usd.mid - usual.quote.total_usd.mid), abs=0.001)
        assert rule.metal_g == pytest.approx(sign * (other.mass_g - usual.mass_g), abs=1e-6)


def test_a_rule_that_is_switched_off_stays_listed_and_can_be_taken_back() -> None:
    before = tried(OPENING, Scenario())
    off = Scenario(**dict(switched(Scenario(), TABLES.twin_rules["commercial_clarity"], False)))
    assert off == Scenario(rules_off=("commercial_clarity",))
    after = tried(OPENING, off)
    assert [rule.change for rule in after] == [rule.change for rule in before]
    assert [rule.change.rule for rule in after if not rule.on] == ["commercial_clarity"]
    assert one(after, "commercial_clarity").usd == pytest.approx(one(before, "commercial_clarity").usd)
    assert Scenario(**dict(switched(off, TABLES.twin_rules["commercial_clarity"], True))) == Scenario()


def test_a_rule_that_is_usually_left_out_can_be_switched_on() -> None:
    gold = OPENING.model_copy(update={"metal": "18k_yellow"})
    rule = one(tried(gold, Scenario()), "lower_fineness_yellow")
    assert (rule.on, rule.usd < 0, rule.metal_g < 0) == (False, True, True)
    scenario = Scenario(**dict(switched(Scenario(), TABLES.twin_rules["lower_fineness_yellow"], True)))
    assert scenario == Scenario(rules_on=("lower_fineness_yellow",))
    assert evaluate(gold, scenario).twin.design.metal == "14k_yellow"


def test_a_switched_rule_changes_the_other_piece_and_not_the_clients() -> None:
    usual, own = evaluate(OPENING), evaluate(OPENING, Scenario(rules_off=("no_free_inscription", "keystone_multiple")))
    assert own.twin.design.inscriptions == own.custom.design.inscriptions
    assert own.twin.quote.total_usd.mid < usual.twin.quote.total_usd.mid
    assert own.custom.quote == usual.custom.quote
    assert {change.rule for change in usual.twin_changes} - {change.rule for change in own.twin_changes} == {
        "no_free_inscription",
        "keystone_multiple",
    }


def test_coloured_stones_are_bought_and_sold_again_at_one_grade() -> None:
    ruby = Design.from_dict(
        {
            "piece": "ring",
            "style": "solitaire",
            "stones": [{"role": "center", "gem": "ruby", "cut": "oval", "length_mm": 8, "width_mm": 6}],
        }
    )
    usual, fine = evaluate(ruby).twin, evaluate(ruby, Scenario(rules_off=("commercial_coloured_grade",))).twin
    assert (usual.quote.commercial, fine.quote.commercial) == (True, False)
    sold = [next(c for c in side.resale.channels if c.id == "private_sale").mid[0] for side in (usual, fine)]
    assert sold[1] > sold[0]


def test_every_rule_of_the_table_has_something_to_change_in_some_design() -> None:
    rules = TABLES.twin_rules.values()
    assert all(rule.on for rule in rules if rule.changes in PRICED), "switching a rule of the price on is not built"
    (stone,) = OPENING.stones
    odd = [
        OPENING.model_copy(update={"metal": metal, "accent_metal": "14k_rose", "inner_diameter_mm": 17.0})
        for metal in ("14k_white_pd", "18k_white_pd", "18k_yellow", "18k_rose")
    ]
    stock = twin(OPENING, TABLES).design
    tall = stock.stones[0].model_copy(update={"table_pct": 62.0})
    odd.append(stock.model_copy(update={"stones": (tall,)}))
    oval = stone.model_copy(update={"gem": "ruby", "cut": "oval", "length_mm": 7.2, "width_mm": 5.3})
    odd.append(OPENING.model_copy(update={"stones": (oval,)}))
    pendant = DESIGNS["21_two_lines"]
    odd.append(pendant.model_copy(update={"options": pendant.options | {"chain_length_mm": 430}}))
    every = {rule.id for rule in rules if not rule.on}
    done = {change.rule for design in (*DESIGNS.values(), *odd) for change in twin(design, TABLES, (), every).changes}
    assert done == set(TABLES.twin_rules)


def test_a_band_that_nobody_designs_has_no_design_fee_to_leave_out() -> None:
    plain = Design(piece="ring", style="plain_band")
    assert "no_design_fee" not in {rule.change.rule for rule in tried(plain, Scenario())}


@pytest.mark.parametrize("preset", sorted(DESIGNS)[::5])
def test_any_rule_can_be_switched_on_any_design(preset: str) -> None:
    for rule in TABLES.twin_rules.values():
        assert evaluate(DESIGNS[preset], read(switched(Scenario(), rule, not rule.on))).twin.mass_g > 0


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidScenario, match=r"“keystone_multiply” is no rule .* the nearest is keystone_multiple"):
        evaluate(OPENING, Scenario(rules_off=("keystone_multiply",)))


def test_a_rule_cannot_be_both() -> None:
    with pytest.raises(InvalidScenario, match=r"^A rule cannot be both left out and applied, as light_band_width is"):
        read({"rules_off": ["light_band_width"], "rules_on": ["light_band_width"]})


def test_the_order_in_which_rules_are_given_makes_no_other_scenario() -> None:
    assert Scenario(rules_off=("b", "a", "b")) == Scenario(rules_off=("a", "b"))
