"""The currency and the units on screen: one small switch at the foot, kept in the session over all pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from configurator import exchange, reference, wording
from configurator.display import USUAL, Display

_SHOWN = "shown_in"  # the switch's values, which outlive its widgets
_CURRENCY, _WEIGHT, _LENGTH = "shown.currency", "shown.weight", "shown.length"
NO_RATE = "shown.no_rate"
_WEIGHTS = {"g": "grams", "dwt": "pennyweight", "ozt": "troy ounces"}
_LENGTHS = {"mm": "millimetres", "in": "inches"}
FIELDS = ("currency", "weight_unit", "length_unit")
_SETTLED: ContextVar[Display | None] = ContextVar("settled", default=None)


def display() -> Display:
    """How the visitor reads figures whom this is for; outside of a visit, as usual."""
    if settled := _SETTLED.get():
        return settled
    visited = get_script_run_ctx(suppress_warning=True) is not None
    return st.session_state.get(_SHOWN, USUAL) if visited else USUAL


# For all visitors at once: who puts an amount into words, in a page, a fragment or a callback, asks the session that
# it is for. Nothing is set for one run, as fragments rerun without the frame of the page and on threads of their own.
wording.reader = display


@contextmanager
def settled() -> Iterator[None]:
    """Within it nobody changes how figures are read, so the session is asked once and not for each amount."""
    token = _SETTLED.set(display())
    try:
        yield
    finally:
        _SETTLED.reset(token)


def said() -> dict[str, str]:
    """What is not shown as usual, by the names of `FIELDS`."""
    return {name: text for name, text in _named(display()).items() if text != _named(USUAL)[name]}


def _named(shown: Display) -> dict[str, str]:
    return dict(zip(FIELDS, (shown.rate.currency, shown.weight_unit, shown.length_unit), strict=True))


def show(wanted: Mapping[str, str]) -> str | None:
    """Shows everything as `wanted` by the names of `FIELDS`, what it leaves out as usual; a sentence if it cannot."""
    chosen: dict[str, Any] = _named(USUAL) | dict(wanted)
    for (name, text), offered in zip(chosen.items(), (_currencies(), _WEIGHTS, _LENGTHS), strict=True):
        if text not in offered:
            return f"{name} is “{text[:20]}”; it can be one of {', '.join(offered)}."
    try:
        rate = exchange.rate(chosen.pop("currency"))
    except exchange.NoRate as error:
        return str(error)
    st.session_state[_SHOWN] = Display(rate=rate, **chosen)
    return None


def _currencies() -> list[str]:
    return ["USD", *sorted({country.currency for country in reference.load().countries.values()} - {"USD"})]


def switch() -> None:
    """The switch, as one quiet button that says what is chosen."""
    chosen = display()
    # Every run writes what is chosen into the widgets, so that a currency without a rate falls back by itself.
    st.session_state[_CURRENCY] = chosen.rate.currency
    st.session_state[_WEIGHT] = chosen.weight_unit
    st.session_state[_LENGTH] = chosen.length_unit
    label = f"{chosen.rate.currency} · {chosen.weight_unit} · {chosen.length_unit}"
    with (
        st.container(horizontal=True, horizontal_alignment="right", key="shown"),
        st.popover(label, icon=":material/currency_exchange:", type="tertiary", help="Currency and units"),
    ):
        st.selectbox("Currency", _currencies(), key=_CURRENCY, on_change=_change)
        _units("Weight", _WEIGHTS, _WEIGHT)
        _units("Length", _LENGTHS, _LENGTH)
        if sentence := st.session_state.get(NO_RATE):
            st.html(f'<div class="ks-note" role="alert">{sentence}</div>')


def _units(label: str, named: Mapping[str, str], key: str) -> None:
    st.segmented_control(
        label, list(named), key=key, format_func=lambda unit: named[unit], on_change=_change, required=True
    )


def _change() -> None:
    st.session_state.pop(NO_RATE, None)
    rate = display().rate
    try:
        rate = exchange.rate(st.session_state[_CURRENCY])
    except exchange.NoRate as error:
        rate = USUAL.rate
        st.session_state[NO_RATE] = str(error)
    st.session_state[_SHOWN] = Display(
        rate=rate, weight_unit=st.session_state[_WEIGHT], length_unit=st.session_state[_LENGTH]
    )
