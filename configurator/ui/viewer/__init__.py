"""The live preview as a Streamlit component: a few hundred bytes of ids and addresses go in, pixels come out.

The drawing is one ES module (js/, built into assets/viewer/keepsake.js) that the browser fetches once (`scripts.py`).
"""

from collections.abc import Mapping

import streamlit as st

from configurator.ui import scripts

# Room is kept before the module arrives, so that the page does not jump. A page sets the height by the CSS property.
_CSS = ".keepsake-viewer { height: var(--keepsake-viewer-height, min(62vh, 600px)); min-height: 260px; }"

_component = st.components.v2.component(
    "keepsake_viewer",
    html='<div class="keepsake-viewer"></div>',
    css=_CSS,
    js=scripts.loader(scripts.VIEWER, "mountViewer"),
)


def viewer(
    *,
    view: str,
    scene: str,
    materials: str,
    still: str,
    metal: str,
    accent: str | None = None,
    finish: str = "polished",
    gems: Mapping[str, str] | None = None,
    label: str,
    look: str | None = None,
    look_number: int = 0,
    height_px: int | None = None,
) -> None:
    """Shows one piece; a later call with the same `view` changes it and keeps the camera.

    `scene`, `materials` and `still` are addresses relative to the page. `gems` names the gem of each role of stones.
    `label` says in words what is shown. `look` ("three_quarter", "top", "front", "side", "inside") turns the camera
    whenever `look_number` changes. Without `height_px` the CSS property --keepsake-viewer-height decides.
    """
    data: dict[str, object] = {
        "view": view,
        "scene": scene,
        "materials": materials,
        "still": still,
        "metal": metal,
        "finish": finish,
        "gems": dict(gems or {}),
        "label": label,
    }
    if accent:
        data["accent"] = accent
    if look:
        data |= {"look": look, "look_n": look_number}
    if height_px:
        data["height"] = height_px
    _component(key=f"viewer.{view}", data=data)
