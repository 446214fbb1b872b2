"""Bringing an answer into view that stands below the fold, when its question is asked."""

import streamlit as st

from configurator.ui import scripts

_component = st.components.v2.component(
    "keepsake_into_view", js=scripts.loader(scripts.INTO_VIEW, "bringIntoView"), isolate_styles=False
)


def bring_into_view(bar: str, answer: str, times: int) -> None:
    """Scrolls to `answer` if it is out of sight and `times`, how often it was asked for, has grown.

    `bar` and `answer` are CSS selectors; the chosen one of the bar's questions is brought into view, too.
    """
    _component(key="into_view", data={"bar": bar, "answer": answer, "times": times})
