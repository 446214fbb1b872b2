"""A plotly figure as a component of our own: a change repaints the figure where it stands."""

import hashlib
from functools import cache
from pathlib import Path

import streamlit as st

from configurator.charts import Figure, theme

SCRIPT = Path(__file__).with_suffix(".js")
ADDRESS, LIBRARY_ADDRESS = "keepsake/plot.js", "keepsake/plotly.js"


@cache
def _url(address: str, file: Path) -> str:
    return f"{address}?v={hashlib.blake2b(file.read_bytes(), digest_size=5).hexdigest()}"


# Two lines: Streamlit takes a single one for the path of a file.
_LOADER = f"""const m=import(new URL("{_url(ADDRESS, SCRIPT)}",document.baseURI))
export default async c=>(await m).mountPlot(c)"""

# What an arrow key has reached stands beside the plot, where only a screen reader finds it.
_HTML = '<div class="keepsake-plot" role="img" tabindex="0"></div><p class="keepsake-plot-said" role="status"></p>'

_component = st.components.v2.component("keepsake_plot", html=_HTML, js=_LOADER, isolate_styles=False)


def plot(figure: Figure, *, key: str, alt: str) -> None:
    """Shows a figure in the reader's light or dark; a later call with the same `key` changes it where it stands.

    `alt` says in words what is drawn. The figure must have a height.
    """
    _component(
        key=key,
        data={
            "figure": figure.to_json(validate=False),
            "template": theme.template_json(st.context.theme.type or "light"),
            "library": _url(LIBRARY_ADDRESS, theme.SCRIPT),
            "config": theme.CONFIG,
            "alt": alt,
        },
    )
