"""The frame of every page: title, navigation, the look, and the design that follows the visitor from page to page."""

from functools import cache
from pathlib import Path

import streamlit as st

from configurator.ui import address, shown_in

_STYLE = Path(__file__).with_name("style.css")
# A picture of our own: Streamlit fetches icons named by word or emoji from a font host.
_ICON = Path(__file__).parents[2] / "assets" / "images" / "favicon.png"


@cache
def _style() -> str:
    return f"<style>{_STYLE.read_text(encoding='utf-8')}</style>"


def run(pages: dict[str, tuple[str, str]], staff: dict[str, tuple[str, str]]) -> None:
    """Runs the chosen page; `pages` maps a page's file to its title and icon, the first being the front page.

    The pages of `staff` stand in no row of pages; others link to them.
    """
    st.set_page_config(page_title="Keepsake", page_icon=str(_ICON), layout="wide")
    page = st.navigation(
        [
            *(
                st.Page(file, title=title, icon=icon, default=not number)
                for number, (file, (title, icon)) in enumerate(pages.items())
            ),
            *(st.Page(file, title=title, icon=icon, visibility="hidden") for file, (title, icon) in staff.items()),
        ],
        position="top",
    )
    st.html(_style())
    address.follow()
    address.write()
    page.run()
    shown_in.switch()
    # On a phone Streamlit puts its navigation behind a button; style.css shows this row there only.
    with st.container(horizontal=True, key="foot"):
        for file, (title, icon) in pages.items():
            st.page_link(file, label=title, icon=icon)
