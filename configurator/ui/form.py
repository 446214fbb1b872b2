"""Widgets made from a style's declared options: the field's title, help, unit, bounds and labels decide everything."""

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st
from pydantic.fields import FieldInfo

from configurator import geometry
from configurator.design import Design
from configurator.ui import state


def options_form(design: Design) -> None:
    """One widget for each option of the design's style, its own before those it shares (a chain's); a change goes
    through `state.change`."""
    options = geometry.STYLES[design.piece][design.style].Options
    chosen = options.model_validate(design.options)
    own_first = sorted(options.model_fields.items(), key=lambda item: item[0] not in options.__annotations__)
    for name, field in own_first:
        wanted = _extra(field).get("only_with")
        if wanted and all(design.options[other] != value for other, value in wanted.items()):
            continue  # it would change nothing
        _widget(name, field, design.options[name], chosen.labels(name), f"option.{design.style}.{name}")


def _widget(name: str, field: FieldInfo, value: Any, labels: Mapping[str, str], key: str) -> None:
    extra = _extra(field)
    unit = extra.get("unit")
    label = f"{field.title} ({unit})" if unit else str(field.title)

    def changed() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            state.change(lambda design: state.edited(design, options={**design.options, name: chosen}))

    st.session_state[key] = value  # the design is the truth; the widget follows it (undo, a refused change, a link)
    choices = get_args(field.annotation)
    if field.annotation is bool:
        st.toggle(label, key=key, on_change=changed, help=field.description)
    elif choices:
        st.pills(
            label,
            choices,
            key=key,
            on_change=changed,
            format_func=lambda choice: labels.get(str(choice), str(choice)),
            help=field.description,
        )
    else:
        low, high = bounds(field)
        whole = field.annotation is int
        step = float(extra.get("step", 0.1))
        st.slider(
            label,
            int(low) if whole else float(low),
            int(high) if whole else float(high),
            key=key,
            step=1 if whole else step,
            format="%d" if whole or step >= 1 else "%.2f" if step < 0.1 else "%.1f",
            on_change=changed,
            help=field.description,
        )


def _extra(field: FieldInfo) -> dict[str, Any]:
    return field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}


def bounds(field: FieldInfo) -> tuple[float, float]:
    """The declared limits of a numeric option."""
    limits = {name: getattr(rule, name) for rule in field.metadata for name in ("ge", "le") if hasattr(rule, name)}
    return limits["ge"], limits["le"]
