"""The design on screen: one JSON text in the session, mirrored in the address bar (`address.py`), changed only here.

Beside it the scenario, what is assumed about its life: one JSON text too.

A change that cannot be made is refused with its sentence and the design stays as it was: a wrong tap loses nothing.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError

from configurator import evaluate, presets
from configurator.design import Design, InvalidDesign, in_words
from configurator.scenario import InvalidScenario, Scenario, read
from configurator.ui import settings

_DESIGN, _PAST, _REFUSAL = "design_json", "design_past", "design_refusal"
_SCENARIO = "scenario_json"
_UNDO_STEPS = 60


def current() -> Design:
    """The design on screen; the first visit opens the link's design, or the opening preset."""
    if _DESIGN not in st.session_state:
        _keep(presets.opening())
    return Design.from_json(st.session_state[_DESIGN])


def change(step: Callable[[Design], Design]) -> bool:
    """Applies one change if the result can be made; otherwise keeps the design and remembers why not."""
    before = current()
    st.session_state.pop(_REFUSAL, None)
    try:
        after = evaluate.complete(step(before))
        evaluate.shape(after)
    except InvalidDesign as error:
        refuse(str(error))
        return False
    if after != before:
        st.session_state.setdefault(_PAST, []).append(before.to_json())
        del st.session_state[_PAST][:-_UNDO_STEPS]
        _keep(after)
    return True


def update(**fields: Any) -> bool:
    """Changes top-level fields of the design."""
    return change(lambda design: edited(design, **fields))


def take(design: Design) -> bool:
    """Puts another design in the place of the one on screen."""
    return change(lambda _: design)


def edited(design: Design, **fields: Any) -> Design:
    """The design with some fields replaced, validated again. Raises `InvalidDesign`."""
    return Design.from_dict(design.model_dump(mode="json") | fields)


def undo() -> None:
    """Takes back the last change."""
    if st.session_state.get(_PAST):
        st.session_state.pop(_REFUSAL, None)
        st.session_state[_DESIGN] = st.session_state[_PAST].pop()


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state.get(_PAST))


def refusal() -> str | None:
    """Why the last change was not made, in words for the client."""
    return st.session_state.get(_REFUSAL)


def refuse(sentence: str) -> None:
    """Remembers why something was not done."""
    st.session_state[_REFUSAL] = sentence


def assumed() -> Scenario:
    """What the visitor has said about the life of the piece; the usual case until then."""
    kept = st.session_state.get(_SCENARIO)
    return Scenario.model_validate_json(kept) if kept else Scenario()


def scenario() -> Scenario:
    """What the numbers are worked out for: what is assumed; if only the day it is wanted is known, begun today."""
    return _begun_in_time(assumed())


def _begun_in_time(said: Scenario) -> Scenario:
    try:
        return _begun(said)
    except ValidationError:  # that day has passed since
        return said


def _begun(said: Scenario) -> Scenario:
    """With today as the start if only the occasion is set. Raises `ValidationError` when that is too late."""
    if said.occasion is None or said.start is not None:
        return said
    return Scenario.model_validate(said.model_dump() | {"start": settings.today()})


def assume(**fields: Any) -> bool:
    """Changes fields of the scenario; what cannot be assumed is refused with its sentence, and all stays as it was."""

    def changed() -> Scenario:
        after = Scenario.model_validate(assumed().model_dump() | fields)
        _begun(after)
        return after

    return _assume(changed)


def assume_only(fields: Mapping[str, Any]) -> bool:
    """Like `assume`, from the usual case; a day that has passed since it was written down is taken as it is."""
    return _assume(lambda: read(fields))


def _assume(made: Callable[[], Scenario]) -> bool:
    st.session_state.pop(_REFUSAL, None)
    try:
        after = made()
        evaluate.check(after)
    except ValidationError as error:
        refuse(in_words(error))
        return False
    except InvalidScenario as error:
        refuse(str(error))
        return False
    st.session_state[_SCENARIO] = after.model_dump_json()
    return True


def assume_the_usual() -> None:
    """Back to the scenario of a visitor who changed nothing."""
    st.session_state.pop(_REFUSAL, None)
    st.session_state.pop(_SCENARIO, None)


def _keep(design: Design) -> None:
    st.session_state[_DESIGN] = design.to_json()
