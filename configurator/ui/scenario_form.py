"""What is assumed about the piece's life: every field of the scenario that a client can judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

import streamlit as st

from configurator import charts, reference, wording
from configurator.models import taxes
from configurator.models.resale_routes import ROUTES
from configurator.models.scorecard import Score
from configurator.scenario import Scenario
from configurator.ui import facts, settings, state
from configurator.ui.fields import Field, Kind, fields
from configurator.ui.form import bounds

ELSEWHERE = {"weights", "rules_off", "rules_on"}  # they stand with the ten dimensions, and at the foot
MOST_PILLS = 3  # more choices than that are a list to open
PRICED = frozenset({"overall", "cost", "lasts", "keeps"})  # what follows from the price, dear care included
COUNTS = {"0": "Not at all", "1": "As usual", "2": "Double", "3": "Triple"}
TITLE, WEIGHTS_TITLE = "What we assume about its life", "What counts for you"


@dataclass(frozen=True, slots=True)
class Words:
    """How a field is asked for: its name, what it does in one line, and the choices in the client's words."""

    title: str
    does: str
    choices: Mapping[str, str] = field(default_factory=dict)
    step: float = 0.5
    unit: str = ""
    proper: bool = False  # the choices are names
    moves: frozenset[str] = frozenset()  # ids of the groups of charts that it changes


WORDS: Mapping[str, Words] = {
    "wearer": Words(
        "How it is worn",
        "Sets how fast metal, prongs and stones wear.",
        {"occasional": "Now and then", "daily": "Every day", "manual": "Manual work"},
        moves=PRICED,
    ),
    "country": Words(
        "Where it is bought",
        "Sets whether its price holds sales tax, and the days on which nobody works.",
        {country.id: country.label for country in reference.load().countries.values()},
        proper=True,
        moves=PRICED | {"took"},
    ),
    "metal_outlook": Words(
        "Metal prices from here on",
        "Moves what the metal brings one day, in today's money.",
        {"flat": "As today", "past": "As in the past", "falling": "Falling"},
        moves=PRICED - {"lasts"},
    ),
    "channel": Words(
        "How it would be sold",
        "Which of the ways to sell the charts draw.",
        {"best": "What pays best"} | {route.id: route.label for route in ROUTES},
        moves=PRICED - {"lasts"},
    ),
    "discount_rate_pct": Words(
        "What money later is worth less, a year",
        "At 0 %, a dollar in thirty years counts as one today.",
        unit="%",
        moves=frozenset({"cost", "lasts"}),
    ),
    "labour_pct": Words(
        "Bench rates, beside our table's",
        "Makes the work at the bench cheaper or dearer.",
        step=5.0,
        unit="%",
        moves=PRICED,
    ),
    "tax_pct": Words("Sales tax, if you know it", "Left empty, as on shop labels.", unit="%", moves=PRICED),
    "start": Words(
        "Work may begin on",
        "Turns weeks into dates. Left empty, today, once a day is wanted.",
        moves=frozenset({"took"}),
    ),
    "occasion": Words("Wanted by", "Says how likely it is to be ready in time.", moves=frozenset({"took"})),
}


ASKED = tuple(name for name in Scenario.model_fields if name not in ELSEWHERE)


def asked_for(question: str) -> list[str]:
    """The fields that change what a group of charts shows; all of them for what is no group of charts."""
    if question not in charts.GROUPS:
        return list(ASKED)
    return [name for name in ASKED if question in words_of(name).moves]


def scenario_form(question: str) -> None:
    """The fields that a question depends on, what differs from the usual case, and the way back to it."""
    now, usual = state.assumed(), Scenario()
    with st.expander(TITLE, icon=":material/tune:"):
        fields([_field(name, now) for name in asked_for(question)], _answered, key="assumptions", label=TITLE)
        st.button(
            "Back to the usual",
            icon=":material/restart_alt:",
            on_click=state.assume_the_usual,
            disabled=now == usual,
            key="scenario.usual",
        )
    changed = [said(name, now) for name in ASKED if getattr(now, name) != getattr(usual, name)]
    if now.rules_off or now.rules_on:
        changed.append("other rules for the off-the-shelf piece, at the foot of this page")
    if changed:
        st.html(f'<p class="ks-small">Assumed beside the usual: {facts.escape("; ".join(changed))}.</p>')


def weights_form(scores: Sequence[Score]) -> None:
    """How much each of the ten dimensions counts; made when it is opened."""
    weights = state.assumed().weights
    opened = st.expander(WEIGHTS_TITLE, icon=":material/balance:", key="weights", on_change="rerun")
    if not opened.open:
        return
    with opened:
        asked = [
            Field(
                id=score.id,
                kind="pills",
                title=score.dimension,
                value=f"{weights.get(score.id, 1.0):g}",
                choices=COUNTS,
            )
            for score in scores
        ]
        fields(asked, _weighed, key="weigh", label=WEIGHTS_TITLE)
        st.button(
            "All alike again",
            icon=":material/restart_alt:",
            on_click=_count_alike,
            disabled=not weights,
            key="weights.alike",
        )


def _count_alike() -> None:
    state.assume(weights={})


def _weighed(dimension: str, counts: str) -> None:
    weights = state.assumed().weights | {dimension: float(counts)}
    state.assume(weights={id: weight for id, weight in weights.items() if weight != 1})


def words_of(name: str) -> Words:
    """A field's words; one that has none of its own is asked for by its name and described by the model."""
    description = Scenario.model_fields[name].description or ""
    usual = Words(name.replace("_", " ").capitalize(), f"{description[:1].upper()}{description[1:]}.")
    return WORDS.get(name, usual)


def said(name: str, scenario: Scenario) -> str:
    """A field and its value in words."""
    words, value = words_of(name), getattr(scenario, name)
    shown = words.choices.get(str(value), f"{value:%-d %B %Y}" if isinstance(value, date) else f"{value} {words.unit}")
    plain = value in words.choices and not words.proper
    return f"{wording.lowered(words.title)}: {shown.lower() if plain else shown.strip()}"


def _answered(name: str, value: Any) -> None:
    state.assume(**{name: value})


def _field(name: str, now: Scenario) -> Field:
    """How a field of the scenario is asked for, by its type."""
    about, words, value = Scenario.model_fields[name], words_of(name), getattr(now, name)
    asked = {"id": name, "title": words.title, "value": value, "does": words.does, "unit": words.unit}
    if words.choices:
        kind: Kind = "list" if len(words.choices) > MOST_PILLS else "pills"
        return Field(**asked, kind=kind, choices=dict(words.choices))
    if date in get_args(about.annotation):
        # A day chosen yesterday may be gone today.
        asked["value"] = value and value.isoformat()
        return Field(**asked, kind="date", low=min(settings.today(), value or date.max).isoformat())
    low, high = bounds(about)
    if about.annotation is float:
        return Field(**asked, kind="slider", low=low, high=high, step=words.step)
    # What an empty box means depends on the place.
    asked["does"] = taxes.left_empty(reference.load(), now.country)
    return Field(**asked, kind="number", low=low, high=high, step=words.step, empty="as on labels")
