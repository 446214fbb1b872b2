"""What is assumed about the piece's life, one widget for each field of the scenario that a client can judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

import streamlit as st
from pydantic.fields import FieldInfo

from configurator import charts, reference
from configurator.models import taxes
from configurator.models.resale_routes import ROUTES
from configurator.models.scorecard import Score
from configurator.scenario import Scenario
from configurator.ui import facts, settings, state
from configurator.ui.form import bounds

ELSEWHERE = {"weights", "rules_off", "rules_on"}  # they stand with the ten dimensions, and at the foot
MOST_PILLS = 3  # more choices than that are a list to open
PRICED = frozenset({"overall", "cost", "lasts", "keeps"})  # what follows from the price, dear care included
COUNTS = {0.0: "Not at all", 1.0: "As usual", 2.0: "Double", 3.0: "Triple"}


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
    with st.expander("What we assume about its life", icon=":material/tune:"):
        asked = asked_for(question)
        with st.container(key="assumptions"):
            for name in asked:
                with st.container(gap="xxsmall"):
                    _widget(name, Scenario.model_fields[name], getattr(now, name))
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
    opened = st.expander("What counts for you", icon=":material/balance:", key="weights", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(key="weigh"):
        for first in range(0, len(scores), 2):
            for column, score in zip(st.columns(2, gap="medium"), scores[first : first + 2], strict=False):
                with column:
                    _weight(score, weights.get(score.id, 1.0))
        st.button(
            "All alike again",
            icon=":material/restart_alt:",
            on_click=_count_alike,
            disabled=not weights,
            key="weights.alike",
        )


def _count_alike() -> None:
    state.assume(weights={})


def _weight(score: Score, value: float) -> None:
    key = f"weight.{score.id}"

    def changed() -> None:
        weights = state.assumed().weights | {score.id: st.session_state[key]}
        state.assume(weights={id: weight for id, weight in weights.items() if weight != 1})

    st.session_state[key] = value
    st.segmented_control(
        score.dimension,
        list(COUNTS),
        key=key,
        format_func=lambda weight: COUNTS[weight],
        on_change=changed,
        width="stretch",
        required=True,
    )


def words_of(name: str) -> Words:
    """A field's words; one that has none of its own is asked for by its name and described by the model."""
    description = Scenario.model_fields[name].description or ""
    usual = Words(name.replace("_", " ").capitalize(), f"{description[:1].upper()}{description[1:]}.")
    return WORDS.get(name, usual)


def said(name: str, scenario: Scenario) -> str:
    """A field and its value in words."""
    words, value = words_of(name), getattr(scenario, name)
    shown = words.choices.get(str(value), f"{value:%-d %B %Y}" if isinstance(value, date) else f"{value} {words.unit}")
    lowered = value in words.choices and not words.proper
    return f"{words.title[:1].lower()}{words.title[1:]}: {shown.lower() if lowered else shown.strip()}"


def _widget(name: str, about: FieldInfo, value: Any) -> None:
    words, key = words_of(name), f"scenario.{name}"

    def changed() -> None:
        chosen = st.session_state[key]
        # A pill tapped again is let go: the choice stays. An emptied box is a choice: the usual.
        if chosen is not None or about.default is None:
            state.assume(**{name: chosen})

    st.session_state[key] = value  # the scenario is the truth; the widget follows it
    _KINDS[kind(name)](words, about, key, changed)
    # What an empty box means depends on the place.
    does = taxes.left_empty(reference.load(), state.assumed().country) if name == "tax_pct" else words.does
    st.html(f'<p class="ks-small">{facts.escape(does)}</p>')


def kind(name: str) -> str:
    """Which widget asks for a field, by its type."""
    about = Scenario.model_fields[name]
    if words_of(name).choices:
        return "choice"
    if date in get_args(about.annotation):
        return "date"
    return "slider" if about.annotation is float else "number"


def _choice(words: Words, about: FieldInfo, key: str, changed: Callable[[], None]) -> None:
    def named(choice: str) -> str:
        return words.choices[choice]

    if len(words.choices) > MOST_PILLS:
        st.selectbox(words.title, list(words.choices), key=key, format_func=named, on_change=changed)
    else:
        st.pills(words.title, list(words.choices), key=key, format_func=named, on_change=changed, wrap=True)


def _slider(words: Words, about: FieldInfo, key: str, changed: Callable[[], None]) -> None:
    low, high = bounds(about)
    shown = f"%g {words.unit.replace('%', '%%')}"
    st.slider(words.title, float(low), float(high), key=key, step=words.step, format=shown, on_change=changed)


def _number(words: Words, about: FieldInfo, key: str, changed: Callable[[], None]) -> None:
    low, high = bounds(about)
    label = f"{words.title} ({words.unit})" if words.unit else words.title
    st.number_input(
        label,
        float(low),
        float(high),
        key=key,
        step=words.step,
        value=None,
        placeholder="as on labels",
        on_change=changed,
    )


def _date(words: Words, about: FieldInfo, key: str, changed: Callable[[], None]) -> None:
    # A day chosen yesterday may be gone today.
    earliest = min(settings.today(), st.session_state[key] or date.max)
    st.date_input(words.title, value=None, min_value=earliest, key=key, format="YYYY-MM-DD", on_change=changed)


_KINDS: Mapping[str, Callable[[Words, FieldInfo, str, Callable[[], None]], None]] = {
    "choice": _choice,
    "slider": _slider,
    "number": _number,
    "date": _date,
}
