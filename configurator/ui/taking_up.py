"""What staff ask to change, step by step: proposed and looked at, then accepted or left; what is refused is said."""

from collections.abc import Callable

import streamlit as st

from configurator import prices
from configurator.prices import FigureProposal, Proposal, RefusedPrices
from configurator.ui import facts, settings

PROPOSAL, DONE = "prices.proposal", "prices.done"
_REFUSED = "prices.refused"
_TABLES = "prices.tables"  # counts up, so that a table or a file box starts anew


def said(how: str) -> None:
    """Why the last step of this kind was refused, below where it was asked for."""
    asked, reasons = st.session_state.get(_REFUSED, ("", ()))
    if asked == how:
        st.session_state.pop(_REFUSED)
        lines = "".join(f"<li>{facts.escape(reason)}</li>" for reason in reasons)
        st.html(
            f'<div class="ks-note" role="alert"><b>Nothing was changed.</b><ul class="ks-findings">{lines}</ul></div>'
        )


def propose(step: Callable[[], Proposal | FigureProposal], how: str, place: str = "") -> None:
    """Keeps what a step proposes; a refusal is said at `place`, by default where steps of this kind are asked for."""
    try:
        st.session_state[PROPOSAL] = (step(), how)
    except RefusedPrices as error:
        st.session_state[_REFUSED] = (place or how, error.reasons)


def accept(proposal: Proposal | FigureProposal, how: str) -> None:
    """Takes a proposal up; from now on everybody has it."""
    try:
        prices.accept(proposal, how, settings.now())
    except RefusedPrices as error:
        st.session_state[_REFUSED] = (how, error.reasons)
    else:
        st.session_state[DONE] = "The new prices are in use, in every session."
    leave()


def leave() -> None:
    """Forgets the proposal, and what was typed."""
    st.session_state.pop(PROPOSAL, None)
    st.session_state[_TABLES] = number() + 1


def number() -> int:
    """Part of the key of a table or a file box, another after each step."""
    return st.session_state.get(_TABLES, 0)
