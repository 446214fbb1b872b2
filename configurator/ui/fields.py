"""The fields of a form as one component of our own, each of them the browser's own control.

A form of Streamlit's widgets is put together again at every run, two to four milliseconds a widget, while the charts
that its answers change are waiting. Here only what differs is touched, and the controls are those the device offers.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

import streamlit as st

from configurator.ui import scripts

_component = st.components.v2.component(
    "keepsake_fields", js=scripts.loader(scripts.FIELDS, "mountFields"), isolate_styles=False
)


_SEEN = "fields.seen"
Kind = Literal["pills", "list", "slider", "number", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that is asked for; numbers are in `unit`, days are ISO 8601, an emptied number or day is None."""

    id: str
    kind: Kind
    title: str
    value: str | float | None
    does: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)  # of pills and lists: value -> in the client's words
    low: float | str | None = None
    high: float | None = None
    step: float | None = None
    unit: str = ""
    empty: str = ""  # what stands in an empty box


def fields(asked: Sequence[Field], on_answer: Callable[[str, Any], object], *, key: str, label: str) -> None:
    """Shows the fields and calls `on_answer(id, value)` before the next run with each answer.

    The value is of the field's kind; whether it is within bounds is for `on_answer` to say. A slider answers while it
    moves, as fast as the page follows.
    """
    heard = f"{key}.heard"
    by_id = {one.id: one for one in asked}

    def answered() -> None:
        answer = st.session_state[key].answer
        if not isinstance(answer, dict):
            return
        # The browser shows what it has sent until it learns that this was heard.
        st.session_state[heard] = answer.get("number")
        st.session_state[_SEEN] = answer.get("seen")
        one = by_id.get(str(answer.get("id")))
        if one and _is_of(one, answer.get("value")):
            on_answer(one.id, answer["value"])

    _component(
        key=key,
        data={"fields": [asdict(one) for one in asked], "label": label, "heard": st.session_state.get(heard)},
        on_answer_change=answered,
    )


def in_sight(key: str) -> bool:
    """Whether the chart with this key was on the reader's screen when a field was last answered."""
    seen = st.session_state.get(_SEEN)
    return isinstance(seen, list) and key in seen


def _is_of(one: Field, value: object) -> bool:
    """Whether a value could have come from a control of this kind."""
    if one.kind in ("pills", "list"):
        return isinstance(value, str) and value in one.choices
    if value is None:
        return one.kind != "slider"
    if one.kind == "date":
        return isinstance(value, str) and _is_day(value)
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
