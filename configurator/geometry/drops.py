"""Drop earrings: what is worn in the ear, a hook or a ball on a post, and what swings from it.

Both are cast apart and hang in each other by two eyes at right angles that do not touch: the upper one's middle is the
origin, its ring seen edge on from the front; the lower one shows its round.
"""

import math

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.curves import splines
from configurator.geometry.ear_fittings import PLATE_MM, Head, base_of, build_button, build_pin, facing, turned
from configurator.geometry.mountings import Placed
from configurator.geometry.prongs import ProngHead
from configurator.geometry.solids import build_solid, circle_factor, tubes

Floats = NDArray[np.float64]

# Taste and fit, in mm.
BALL_MM = 4.4
EYE_WIRE_MM = 0.8
_EYE_MM = 1.7  # inside
_APART_MM = 0.12  # between the eyes
_BACK_OF_GIRDLE_MM = 0.4  # where a bar meets a bezel
_BITE = 0.55  # how far it reaches into the wall
_CLEAR_OF_STONE_MM = 1.0  # a bar bends round behind a stone in prongs this far beyond its girdle
_BAR_FOOT = 1.15  # the thickness of a bar where it ends, of the wire's
_EYE_BITE = 0.35  # how far an eye sinks into what it hangs on, of its wire
_HOOK = ((0.0, 0.9), (-0.9, 3.4), (-1.5, 8.6), (0.6, 13.4), (6.6, 13.6), (8.2, 8.2), (7.6, 1.0), (6.4, -3.4), (8.0, -6.6))

_PATH = {False: 36, True: 72}
_BAR_PATH = {False: 16, True: 32}
_WIRE = {False: 10, True: 20}
_ROUND = {False: 24, True: 48}  # round an eye
_CAP = {False: 4, True: 6}
_BALL = {False: 17, True: 33}


def build_hook(fine: bool, wire_mm: float) -> manifold3d.Manifold:
    """A bent wire over the ear, open at the back, with its eye at the front."""
    path = np.array([[(0.0, y, z) for y, z in _HOOK]])
    return _wire(fine, path, np.full(_PATH[fine], wire_mm / 2), _PATH[fine]) + _eye(fine, wire_mm)


def build_ball(fine: bool, wire_mm: float, post_mm: float) -> manifold3d.Manifold:
    """A ball on a post with an eye below it; `post_mm` is how far the post stands out behind the ball."""
    count, radius = _BALL[fine], BALL_MM / 2
    turn = np.linspace(-math.pi / 2, math.pi / 2, count)
    outline = np.column_stack([np.cos(turn), np.sin(turn)]) * radius * circle_factor(2 * (count - 1))
    outline[[0, -1], 0] = 0.0
    pin = build_pin(fine, wire_mm, PLATE_MM + post_mm).translate((0, radius - PLATE_MM - _PIN_IN_MM, 0))
    return (turned(outline, fine) + pin).translate((0, 0, ball_up_mm())) + _eye(fine, EYE_WIRE_MM)


_PIN_IN_MM = 0.15  # how far the flare of a post sinks into the back of its ball


def ball_up_mm() -> float:
    """From the middle of the upper eye to the middle of the ball."""
    return BALL_MM / 2 + _EYE_MM / 2 + (1 - _EYE_BITE) * EYE_WIRE_MM


def ball_back_mm() -> float:
    """Where the ear begins behind the ball."""
    return BALL_MM / 2 - _PIN_IN_MM


def hung(head: Head, bar_mm: float) -> Placed:
    """A head under a bar of a length, its stone's length hanging down."""
    return facing(head, y_mm=_base_y_mm(head), z_mm=_stone_z_mm(head, bar_mm))


def build_drop(fine: bool, head: Head, bar_mm: float) -> manifold3d.Manifold:
    """What swings but for the head: its eye, the bar, and the plate that closes the head behind."""
    half_width, half_height = base_of(head)
    stone_z, base_y = _stone_z_mm(head, bar_mm), _base_y_mm(head)
    plate = build_button(fine, half_width, half_height).translate((0, base_y, stone_z))
    top, wire = _ring_z_mm() - (_EYE_MM + EYE_WIRE_MM) / 2, EYE_WIRE_MM / 2
    eye = _eye(fine, EYE_WIRE_MM).rotate((0, 0, 90)).translate((0, 0, _ring_z_mm()))
    low = stone_z + _half_length_mm(head)
    if isinstance(head, ProngHead):
        bend, foot = low + _CLEAR_OF_STONE_MM, (base_y + PLATE_MM / 2, stone_z + 0.4 * half_height)
        way = np.array([base_y - 0.0, bend - foot[1]])
        line = [(0.0, top), (0.0, (top + bend) / 2), (0.0, bend), (0.18 * way[0], bend - 0.1 * way[1]), foot]
    else:
        low -= _BITE * _wall_mm(head)
        line = [(0.0, top), (0.0, (2 * top + low) / 3), (0.0, (top + 2 * low) / 3), (0.0, low)]
    path = np.array([[(0.0, y, z) for y, z in line]])
    radii = wire * np.linspace(1.0, _BAR_FOOT, _BAR_PATH[fine])
    return manifold3d.Manifold.batch_boolean(
        [plate, eye, _wire(fine, path, radii, _BAR_PATH[fine])], manifold3d.OpType.Add
    )
