"""The live view of a design: what the viewer component needs, as ids and addresses."""

import streamlit as st

from configurator import geometry
from configurator.design import Design
from configurator.ui import server
from configurator.ui.viewer import viewer

_SEEN = "shapes_seen"  # the browser keeps what it has fetched
_PICTURE_FIRST_S = 0.15


def live_view(design: Design, view: str, *, height_px: int | None = None, label: str | None = None) -> str:
    """Shows a complete design in the live viewer called `view`; returns what names its shape, for `picture_first`."""
    link = server.scene_link(design)
    seen = st.session_state.setdefault(_SEEN, set())
    if link not in seen and seen:  # a first picture takes longer than anything would wait for it
        server.expect_fetch(link)
    seen.add(link)
    viewer(
        view=view,
        scene=server.scene_url(link),
        materials=server.materials_url(),
        still=server.still_url(design),
        metal=design.metal,
        accent=design.accent_metal,
        finish=design.finish,
        gems={stone.role: stone.gem for stone in design.stones},
        label=label or f"{geometry.STYLES[design.piece][design.style].LABEL}, live view",
        height_px=height_px,
    )
    return link


def picture_first(link: str) -> None:
    """Waits a moment until the browser has fetched a new shape, so that the numbers do not hold up the picture."""
    server.wait_for_fetch(link, _PICTURE_FIRST_S)
