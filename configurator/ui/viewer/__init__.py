"""The live preview as a Streamlit component: a few hundred bytes of ids and addresses go in, pixels come out.

The drawing is one ES module (js/, built into assets/viewer/keepsake.js) that the browser fetches once. Inline code of a
component is sent again with every change, so only a loader of two lines is inline. It runs from a blob: address,
which is why it resolves the module against the page.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

BUNDLE = Path(__file__).parents[3] / "assets" / "viewer" / "keepsake.js"


@cache
def _bundle_version() -> str:
    return hashlib.blake2b(BUNDLE.read_bytes(), digest_size=5).hexdigest()


def bundle_url() -> str:
    """Where the browser fetches the viewer's module, relative to the page."""
    return f"keepsake/assets/viewer/keepsake.js?v={_bundle_version()}"


def loader(export: str) -> str:
    """Inline JavaScript that hands the component over to one export of the bundle."""
    address = f'new URL("{bundle_url()}",document.baseURI)'
    # Two lines: Streamlit takes a single one for the path of a file.
    return f"const m=import({address})\nexport default async c=>(await m).{export}(c)"


# Room is kept before the module arrives, so that the page does not jump. A page sets the height by the CSS property.
_CSS = ".keepsake-viewer { height: var(--keepsake-viewer-height, min(62vh, 600px)); min-height: 260px; }"

_component = st.components.v2.component(
    "keepsake_viewer", html='<div class="keepsake-viewer"></div>', css=_CSS, js=loader("mountViewer")
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
