"""A plotly figure as a component of our own: a change repaints the figure where it stands."""

import streamlit as st

from configurator.charts import Figure, theme
from configurator.ui import scripts

# What an arrow key has reached stands beside the plot, where only a screen reader finds it.
_HTML = '<div class="keepsake-plot" role="img" tabindex="0"></div><p class="keepsake-plot-said" role="status"></p>'

_component = st.components.v2.component(
    "keepsake_plot", html=_HTML, js=scripts.loader(scripts.PLOT, "mountPlot"), isolate_styles=False
)


def plot(figure: Figure, *, key: str, alt: str) -> None:
    """Shows a figure in the reader's light or dark; a later call with the same `key` changes it where it stands.

    `alt` says in words what is drawn. The figure must have a height.
    """
    _component(
        key=key,
        data={
            "figure": figure.to_json(validate=False),
            "template": theme.template_json(st.context.theme.type or "light"),
            "library": scripts.url(scripts.PLOTLY),
            "config": theme.CONFIG,
            "alt": alt,
            "key": key,
        },
    )
