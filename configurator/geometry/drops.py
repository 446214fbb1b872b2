"""Drop earrings: what is worn in the ear, a hook or a ball on a post, and what swings from it.

Both are cast apart and hang in each other by two eyes at right angles that do not touch: the upper one's middle is the
origin, its ring seen edge on from the front; the lower one shows its round.
"""

import math
from collections.abc import Sequence

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.bezels import BezelHead
from configurator.geometry.bodies import Shape
from configurator.geometry.curves import splines
from configurator.geometry.ear_fittings import PLATE_MM, base_of, build_button, build_pin, facing, turned
from configurator.geometry.mountings import Placed
from configurator.geometry.prongs import ProngHead, gallery_top
from configurator.geometry.solids import build_solid, circle_factor, tubes

Floats = NDArray[np.float64]

# Taste and fit, in mm.
BALL_MM = 4.2
EYE_WIRE_MM = 0.7
_EYE_MM = 1.5  # inside
_APART_MM = 0.12  # between the eyes
_BEHIND_GIRDLE_MM = 0.15  # where a bar meets a bezel
_BITE = 0.7  # how far it reaches into the wall of a bezel, or into the wire of a gallery rail
_BAR_END_MM = 0.42  # half a bar's thickness where it ends
_PIN_IN_MM = 0.15  # how far the flare of a post sinks into the back of its ball
_EYE_BITE = 0.35  # how far an eye sinks into what it hangs on, of its wire
_HOOK = (
    (0.0, 0.9),
    (-0.9, 3.4),
    (-1.4, 7.6),
    (0.4, 11.8),
    (6.4, 12.0),
    (7.8, 6.6),
    (7.2, 0.4),
    (6.2, -3.4),
    (7.6, -6.2),
)

_PATH = {False: 36, True: 72}
_WIRE = {False: 12, True: 20}
_ROUND = {False: 24, True: 48}  # round an eye
_CAP = {False: 4, True: 6}
_BALL = {False: 17, True: 33}


def build_hook(fine: bool, wire_mm: float) -> manifold3d.Manifold:
    """A bent wire over the ear, open at the back, with its eye at the front."""
    return _wire(fine, _HOOK, np.full(_PATH[fine], wire_mm / 2)) + _eye(fine)


def build_ball(fine: bool, wire_mm: float, post_mm: float) -> manifold3d.Manifold:
    """A ball on a post with an eye below it; `post_mm` is how far the post stands out behind the ball."""
    count, radius = _BALL[fine], BALL_MM / 2
    turn = np.linspace(-math.pi / 2, math.pi / 2, count)
    outline = np.column_stack([np.cos(turn), np.sin(turn)]) * radius * circle_factor(2 * (count - 1))
    outline[[0, -1], 0] = 0.0
    pin = build_pin(fine, wire_mm, PLATE_MM + post_mm).translate((0, radius - PLATE_MM - _PIN_IN_MM, 0))
    return (turned(outline, fine) + pin).translate((0, 0, ball_up_mm())) + _eye(fine)


def ball_up_mm() -> float:
    """From the middle of the upper eye to the middle of the ball."""
    return BALL_MM / 2 + _EYE_MM / 2 + (1 - _EYE_BITE) * EYE_WIRE_MM


def ball_back_mm() -> float:
    """Where the ear begins behind the ball."""
    return BALL_MM / 2 - _PIN_IN_MM


def swinging(head: ProngHead | BezelHead, bar_mm: float) -> tuple[Shape, Placed]:
    """What swings: a bar of a length with the plate that closes the head behind, and the head on it."""
    behind, reach = _hold(head)
    end = _ring_z_mm() - (_EYE_MM + EYE_WIRE_MM) / 2 - bar_mm
    base_y, stone_z = head.height_mm - behind, end - reach
    return Shape(build_bar, (*base_of(head), base_y, stone_z, end)), facing(head, y_mm=base_y, z_mm=stone_z)


def build_bar(
    fine: bool, half_width_mm: float, half_height_mm: float, base_y_mm: float, stone_z_mm: float, end_z_mm: float
) -> manifold3d.Manifold:
    """An eye with a bar down to `end_z_mm`, and the plate of a head; the head joins both."""
    plate = build_button(fine, half_width_mm, half_height_mm).translate((0, base_y_mm, stone_z_mm))
    eye = _eye(fine).rotate((0, 0, 90)).translate((0, 0, _ring_z_mm()))
    top = _ring_z_mm() - (_EYE_MM + EYE_WIRE_MM) / 2
    line = [(0.0, top + (end_z_mm + _BAR_END_MM - top) * share) for share in (0, 1 / 3, 2 / 3, 1)]
    radii = np.linspace(EYE_WIRE_MM / 2, _BAR_END_MM, _PATH[fine])
    return manifold3d.Manifold.batch_boolean([plate, eye, _wire(fine, line, radii)], manifold3d.OpType.Add)


def _hold(head: ProngHead | BezelHead) -> tuple[float, float]:
    """Where a bar ends on a head: how far behind the girdle, and how far above the stone's middle."""
    if isinstance(head, BezelHead):
        return _BEHIND_GIRDLE_MM, head.sizes.length_mm / 2 + (1 - _BITE) * head.wall_mm
    reach, z, radius = gallery_top(head)
    return -z, reach + (1 - _BITE) * radius


def _ring_z_mm() -> float:
    """The middle of the lower eye: its top hangs just clear of the bottom of the upper one."""
    return -(_EYE_MM + EYE_WIRE_MM) + EYE_WIRE_MM + _APART_MM


def _eye(fine: bool) -> manifold3d.Manifold:
    """A ring of round wire about the x axis."""
    wire = _WIRE[fine]
    section = manifold3d.CrossSection.circle(EYE_WIRE_MM / 2 * circle_factor(wire), wire)
    middle = (_EYE_MM + EYE_WIRE_MM) / 2
    return manifold3d.Manifold.revolve(section.translate((middle, 0)), _ROUND[fine]).rotate((0, 90, 0))


def _wire(fine: bool, line: Sequence[tuple[float, float]], radii: Floats) -> manifold3d.Manifold:
    """Round wire along control points (y, z) in the plane x = 0."""
    control = np.array([[(0.0, y, z) for y, z in line]])
    path, _ = splines(control, len(radii))
    across = np.array([[1.0, 0.0, 0.0]])
    return build_solid(tubes(path, radii, across, _WIRE[fine], _CAP[fine])[0])
