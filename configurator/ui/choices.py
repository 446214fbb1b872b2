"""The picker component: swatches, cards, months and fonts (the browser's side is viewer/js/choices.js)."""

from collections.abc import Callable, Sequence

import streamlit as st

from configurator.ui import scripts, server

_component = st.components.v2.component("keepsake_choices", js=scripts.loader(scripts.VIEWER, "mountChoices"))


def choose(
    kind: str,
    value: str | None,
    on_pick: Callable[[str], object],
    *,
    label: str,
    view: str | None = None,
    role: str | None = None,
    only: Sequence[str] | None = None,
    months: bool = False,
    flat: bool = False,
    quiet: bool = False,
    text: str | None = None,
) -> None:
    """Shows one kind of choice from the catalogue and calls `on_pick(id)` before the next run.

    `view` names the live view that is recoloured at the tap, `role` whose colour it is; `only` keeps some ids.
    """
    key = f"choose.{kind}.{role or ''}"

    def picked() -> None:
        choice = st.session_state[key].picked
        if isinstance(choice, str):
            on_pick(choice)

    data = {"kind": kind, "value": value, "label": label, "catalogue": server.catalogue_url()}
    extra = {"view": view, "role": role, "only": only, "months": months, "flat": flat, "quiet": quiet, "text": text}
    _component(key=key, data=data | {k: v for k, v in extra.items() if v}, on_picked_change=picked)
