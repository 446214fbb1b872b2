"""A plotly figure with its words as a component of our own: a change repaints the figure where it stands.

Heading, sentence and button are in it, as each element of Streamlit's is put together again at every run, while the
charts that a change repaints are waiting.
"""

import streamlit as st

from configurator.charts import Figure, theme
from configurator.ui import scripts

# What an arrow key has reached stands beside the plot, where only a screen reader finds it.
_HTML = """
<h3 class="ks-title"></h3><p class="ks-verdict"></p>
<div class="keepsake-plot" role="img" tabindex="0"></div><p class="keepsake-plot-said" role="status"></p>
<button class="keepsake-numbers" type="button">The numbers behind it</button>
"""

_component = st.components.v2.component(
    "keepsake_plot", html=_HTML, js=scripts.loader(scripts.PLOT, "mountPlot"), isolate_styles=False
)


def plot(
    figure: Figure | None, *, key: str, alt: str, title: str = "", said: str = "", offers_numbers: bool = False
) -> bool:
    """Shows a figure in the reader's light or dark; a later call with the same `key` changes it where it stands.

    `alt` says in words what is drawn; `title` and the sentence `said` stand above it, alone if there is no figure. The
    figure must have a height. Returns whether the reader has opened the numbers behind it, where they are offered.
    """
    opened = f"{key}.numbers"
    is_open = offers_numbers and bool(st.session_state.get(opened))

    def toggled() -> None:
        st.session_state[opened] = st.session_state[key].opened is True

    _component(
        key=key,
        data={
            "figure": figure.to_json(validate=False) if figure is not None else None,
            "template": theme.template_json(st.context.theme.type or "light"),
            "library": scripts.url(scripts.PLOTLY),
            "config": theme.CONFIG,
            "alt": alt,
            "title": title,
            "said": said,
            "numbers": ("open" if is_open else "closed") if offers_numbers else None,
            "key": key,
        },
        on_opened_change=toggled,
    )
    return is_open
