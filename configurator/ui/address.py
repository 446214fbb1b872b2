"""The address of a page: the design, and what is assumed and how it is shown where that is not the usual.

A reload, a dropped connection or a shared link brings all of it back. Anyone may have written an address: what cannot
be used is refused in a sentence, and what is on screen stays.
"""

from collections.abc import Mapping
from typing import Any, get_origin
from urllib.parse import urlencode

import streamlit as st

from configurator.design import Design
from configurator.scenario import Scenario
from configurator.ui import shown_in, state

DESIGN = "d"
_OURS = (DESIGN, *Scenario.model_fields, *shown_in.FIELDS)
_SEEN = "addresses_seen"
_SEEN_KEPT = 200
_NEXT, _COUNTS = "~", "-"  # weights=cost-3~meaning-0: marks that need no escape in an address


def follow() -> None:
    """Takes up what the address says, if it is news: a shared link, or a session that was lost."""
    given = {name: text for name, text in st.query_params.to_dict().items() if name in _OURS}
    token = given.pop(DESIGN, "")
    refused = []
    if _is_news(token):
        state.change(lambda _: Design.from_link(token))
        refused.append(state.refusal())
    if _is_news(urlencode(given)):
        shown = {name: given.pop(name) for name in shown_in.FIELDS if name in given}
        state.assume_only(_read(given))
        refused += [state.refusal(), shown_in.show(shown)]
    if any(refused):
        state.refuse(" ".join(filter(None, refused)))


def write() -> None:
    """Puts what is on screen into the address; what is usual stays out, so that addresses stay short."""
    token, said = state.current().to_link(), _written(state.assumed()) | shown_in.said()
    now = st.query_params.to_dict()
    wanted = {DESIGN: token} | said | {name: text for name, text in now.items() if name not in _OURS}
    if now != wanted:
        st.query_params.from_dict(wanted)  # at once: every change of the address is a message of its own
    for text in (token, urlencode(said)):
        _is_news(text)


def _is_news(text: str) -> bool:
    """Whether an address says something that this session has neither read nor written; complains once of a broken one.

    A quick second tap still carries the address from before the first.
    """
    seen = st.session_state.setdefault(_SEEN, [])
    if not text or text in seen:
        return False
    seen.append(text)
    del seen[:-_SEEN_KEPT]
    return True


def _written(scenario: Scenario) -> dict[str, str]:
    return {name: _text(value) for name, value in scenario.model_dump(mode="json", exclude_defaults=True).items()}


def _text(value: Any) -> str:
    match value:
        case dict():
            return _NEXT.join(f"{id}{_COUNTS}{_text(one)}" for id, one in value.items())
        case list():
            return _NEXT.join(map(_text, value))
        case float():
            return f"{value:g}"
    return str(value)


def _read(given: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a scenario as `_written` wrote them, unchecked."""
    return {name: _value(text, get_origin(Scenario.model_fields[name].annotation)) for name, text in given.items()}


def _value(text: str, kind: Any) -> Any:
    if kind is dict:
        return {id: value for id, _, value in (pair.partition(_COUNTS) for pair in text.split(_NEXT))}
    return text.split(_NEXT) if kind is tuple else text
