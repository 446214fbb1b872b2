"""The live view of a design: what the viewer component needs, as ids and addresses."""

from configurator import geometry
from configurator.design import Design
from configurator.ui import server
from configurator.ui.viewer import viewer


def live_view(design: Design, view: str, *, height_px: int | None = None, label: str | None = None) -> None:
    """Shows a complete design in the live viewer called `view`."""
    viewer(
        view=view,
        scene=server.scene_url(design),
        materials=server.materials_url(),
        still=server.still_url(design),
        metal=design.metal,
        accent=design.accent_metal,
        finish=design.finish,
        gems={stone.role: stone.gem for stone in design.stones},
        label=label or f"{geometry.STYLES[design.piece][design.style].LABEL}, live view",
        height_px=height_px,
    )
