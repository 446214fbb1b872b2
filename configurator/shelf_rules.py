"""The rules that make the off-the-shelf piece, each tried the other way: what it does to price and metal.

Worked out when somebody looks: a rule that changes the shape needs a solid of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from configurator import reference, units
from configurator.design import Design
from configurator.evaluate import complete, off_the_shelf, shape
from configurator.models import pricing
from configurator.models.twin import Change, Twin, active
from configurator.reference import Reference, TwinRule
from configurator.scenario import Scenario

KEPT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRule:
    """One rule that has something to change; `usd` and `metal_g` are the off-the-shelf piece with it less without it,
    at the middle of their ranges and with all other rules as they stand."""

    change: Change
    on: bool
    usd: float
    metal_g: float


def tried(design: Design, scenario: Scenario) -> tuple[TriedRule, ...]:
    """Every rule that changes something about the off-the-shelf piece beside a design, in the order of the table.

    Raises `InvalidDesign` when the design cannot be made.
    """
    return _tried(complete(design).to_json(), scenario.model_dump_json(), reference.load())


def switched(scenario: Scenario, rule: TwinRule, on: bool) -> Mapping[str, tuple[str, ...]]:
    """The fields of a scenario that differ once a rule is on or off; the other rules stay as they are."""
    rules_off, rules_on = set(scenario.rules_off) - {rule.id}, set(scenario.rules_on) - {rule.id}
    if on != rule.on:
        (rules_on if on else rules_off).add(rule.id)
    return {"rules_off": tuple(sorted(rules_off)), "rules_on": tuple(sorted(rules_on))}


@lru_cache(maxsize=KEPT)
def _tried(design_json: str, scenario_json: str, tables: Reference) -> tuple[TriedRule, ...]:
    """Kept for each state of the tables, as an evaluation is."""
    design, scenario = Design.from_json(design_json), Scenario.model_validate_json(scenario_json)
    now, found = off_the_shelf(design, scenario, tables), []
    as_now, on_now = _figures(now, scenario, tables), active(tables, scenario.rules_off, scenario.rules_on)
    for rule in tables.twin_rules.values():
        on = rule in on_now
        other_way = scenario.model_copy(update=dict(switched(scenario, rule, not on)))
        other = off_the_shelf(design, other_way, tables)
        change = next((change for change in (now if on else other).changes if change.rule == rule.id), None)
        if change is None:
            continue
        sign = -1 if on else 1
        usd, metal_g = (sign * (b - a) for a, b in zip(as_now, _figures(other, other_way, tables), strict=True))
        if change.part == "design" or usd or not on:
            found.append(TriedRule(change=change, on=on, usd=usd, metal_g=metal_g))
    return tuple(found)


def _figures(shelf: Twin, scenario: Scenario, tables: Reference) -> tuple[float, float]:
    """Price in USD and metal in grams of an off-the-shelf piece."""
    design = shelf.design
    measures = shape(design).measures
    quote = pricing.price(
        design,
        measures,
        tables,
        "mass",
        rules_off=scenario.rules_off,
        country=scenario.country,
        tax_pct=scenario.tax_pct,
    )
    return quote.total_usd.mid, units.mass_g(measures.metal_volume_mm3, tables.metals[design.metal].density_g_cm3)
