"""A set stone under a bail: its table faces the front, and a peg carries it by its gallery, its rim or its frame."""

from collections.abc import Sequence

import numpy as np

from configurator.geometry import gems
from configurator.geometry.bails import BITE, SMALL_EYE_MM, Bail, bail_drop_mm, build_bail, build_peg
from configurator.geometry.bezels import BezelHead
from configurator.geometry.bodies import Parts, Shape
from configurator.geometry.curves import top_of
from configurator.geometry.gems import Sizes
from configurator.geometry.halos import HaloHead
from configurator.geometry.mountings import Mounting, Placed, Rows, transform
from configurator.geometry.plates import build_level_bar, hung, plate_outline
from configurator.geometry.prongs import ProngHead, gallery_top
from configurator.geometry.rims import foot_ring, stone_outline
from configurator.geometry.settings import SINK_MM, seat
from configurator.geometry.solids import build_solid

# Taste, in mm or in wires of the bail.
_CLEAR_MM = 0.12  # from what holds the stone up to the bail
_BEHIND = 0.5  # the peg stands behind the middle of the bail, so that the stone's weight hangs below it
_BESIDE = 1.4  # half of the width that a bail's foot needs to itself
_APART_MM = 0.2  # between neighbours in a row, prong to prong
BAR_WIDTH_MM, BAR_THICKNESS_MM = 2.2, 1.3  # of the bar behind a row: the feet of its prongs end in it
_BITE_MM = 0.3  # how far the peg sinks into what it carries


def hung_stone(
    setting: ProngHead | BezelHead | HaloHead, bail: Bail, wire_mm: float, eye_mm: float = SMALL_EYE_MM
) -> Mounting:
    """A setting that hangs by a peg from its bail."""
    up, forward = _grip(setting, wire_mm)
    outside = setting.mesh().vertices_mm
    reach = float(outside[np.abs(outside[:, 0]) < _BESIDE * wire_mm, 1].max())
    low = -bail_drop_mm(bail, wire_mm, eye_mm) - _CLEAR_MM - reach
    place = (0.0, round(_BEHIND * wire_mm + forward, 4), round(low, 4))
    head = setting.centre if isinstance(setting, HaloHead) else setting
    rim_mm = setting.wall_mm if isinstance(setting, BezelHead) else None
    body = Shape(
        build_hanger, (bail, wire_mm, eye_mm, round(low + up, 4), *place, head.sizes, rim_mm, setting.height_mm)
    )
    return Mounting(body, "bail", (Placed(setting, facing_front(*place)),), openings=1)


def facing_front(x_mm: float, y_mm: float, z_mm: float) -> Rows:
    """The place of a setting whose stone looks to the front, its length upright."""
    return (1.0, 0.0, 0.0, x_mm), (0.0, 0.0, -1.0, y_mm), (0.0, 1.0, 0.0, z_mm)


def build_hanger(
    fine: bool,
    bail: Bail,
    wire_mm: float,
    eye_mm: float,
    grip_mm: float,
    x_mm: float,
    y_mm: float,
    z_mm: float,
    sizes: Sizes,
    rim_mm: float | None,
    height_mm: float,
) -> Parts:
    """A bail on a peg that reaches down to `grip_mm`, clear of a stone at x, y, z; under a bezel's rim its foot too."""
    high = -bail_drop_mm(bail, wire_mm, eye_mm) + BITE * wire_mm
    peg = build_peg(fine, _BEHIND * wire_mm, grip_mm - _BITE_MM, high, wire_mm)
    there = transform(facing_front(x_mm, y_mm, z_mm))[:3]
    metal = build_bail(fine, bail, wire_mm, eye_mm) + peg - seat(sizes).transform(there)
    if rim_mm is None:
        return (metal,)
    foot = build_solid(foot_ring(gems.cut_stone(*sizes), rim_mm, height_mm + SINK_MM - wire_mm / 4, wire_mm, fine))
    return metal, foot.transform(there)


def beside_mm(head: ProngHead) -> float:
    """Half of the room along a row that a head needs, its share of the gap between neighbours included."""
    return head.half_extent_mm(0.0) + _APART_MM / 2


def build_row_bar(fine: bool, length_mm: float, upright: bool, bail: Bail, wire_mm: float) -> Parts:
    """The bar behind a row of heads: level between two rings, or upright under a bail."""
    if not upright:
        return build_level_bar(fine, length_mm, BAR_WIDTH_MM, BAR_THICKNESS_MM, wire_mm)
    outline = plate_outline("rectangle", BAR_WIDTH_MM, length_mm, fine)
    return hung(fine, outline, BAR_THICKNESS_MM, bail, wire_mm, eye_mm=SMALL_EYE_MM)


def in_a_row(heads: Sequence[ProngHead], upright: bool, bail: Bail, wire_mm: float) -> tuple[Mounting, float]:
    """Heads side by side on a bar, from the left or from the top on, and the length of the bar."""
    room = [beside_mm(head) for head in heads]
    length_mm = round(2 * sum(room), 4)
    body = Shape(build_row_bar, (length_mm, upright, bail, wire_mm))
    start_mm = -length_mm / 2
    if upright:
        start_mm = bail_drop_mm(bail, wire_mm, SMALL_EYE_MM) - BITE * wire_mm
    placed = []
    for head, half in zip(heads, room, strict=True):
        at, y_mm = round(start_mm + half, 4), round(-BAR_THICKNESS_MM / 2 - head.height_mm, 4)
        placed.append(Placed(head, _facing_front_across(y_mm, -at) if upright else facing_front(at, y_mm, 0.0)))
        start_mm += 2 * half
    return Mounting(body, "bar", tuple(placed), openings=1 if upright else 2), length_mm


def _facing_front_across(y_mm: float, z_mm: float) -> Rows:
    """As `facing_front`, the stone's width upright."""
    return (0.0, -1.0, 0.0, 0.0), (0.0, 0.0, -1.0, y_mm), (1.0, 0.0, 0.0, z_mm)


def _grip(setting: ProngHead | BezelHead | HaloHead, wire_mm: float) -> tuple[float, float]:
    """Where the peg meets a setting at x = 0, in the setting's frame: how far up, and at which height z."""
    if isinstance(setting, ProngHead):
        up, z, _ = gallery_top(setting)
        return up, z
    if isinstance(setting, HaloHead):
        centre = setting.centre
        outline = stone_outline(*centre.sizes[:3], False)
        return top_of(outline.points + outline.normals * setting.reach_mm, 0.0), 0.0
    outline = stone_outline(*setting.sizes[:3], False)
    return top_of(outline.points + outline.normals * setting.wall_mm, 0.0), -wire_mm / 2
