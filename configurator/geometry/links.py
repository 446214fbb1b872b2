"""A row of links: a stone each, hinged to the next, laid round the wrist and closed by a clasp.

A link's frame: the row runs along x through the pins of its hinges, z is the face that is seen. On the right two cheeks
hold a pin; on the left an eye goes round the pin of the link before. Nothing of two links touches, however they turn.
"""

import itertools
import math
from dataclasses import dataclass, replace
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.bezels import BezelHead
from configurator.geometry.bodies import Shape
from configurator.geometry.bought_chains import Run, clasp_of
from configurator.geometry.drapes import bracelet
from configurator.geometry.mountings import Copies, Mounting, Placed, Rows, rows_of
from configurator.geometry.prongs import ProngHead
from configurator.geometry.solids import circle_factor, convex_solid

Floats = NDArray[np.float64]

# Fit and taste, in mm or in shares of what is named.
PLAY_MM = 0.1  # between a link and its neighbour
_APART_MM = 0.2  # between their heads
_PIN, _LEAST_PIN_MM, _MOST_PIN_MM = 0.22, 0.45, 0.8  # of the stone's width
_EYE_WALL = 0.72  # of the pin
_HALF_MM, _HALF = 0.45, 0.16  # half the width of a link: under a stone of no width, and what each millimetre adds
_HEIGHT_MM, _HEIGHT = 0.7, 0.06  # of its body, likewise; the feet of a head end in it
_BESIDE_FEET_MM = 0.05
_CULET_MM = 0.04  # from the block up to the culet
_EYE_SHARE = 0.8  # how much of a link's width its eye takes
_STEP_MM = 0.06  # the block lies this far within the cheeks, and the neck within the eye
_SOFT_MM = 0.2  # of edges
_NECK = 0.6  # of the body's height
_ON_THE_SKIN = 0.3

_ROUND = {False: 20, True: 48}
_EDGE = {False: 3, True: 6}  # points over a quarter of a rounded edge


@dataclass(frozen=True, slots=True)
class Row:
    """Links all round: the castings, how many, the thickness of their pins, and the run, as long as they are."""

    cast: tuple[Copies, ...]
    count: int
    pin_mm: float
    run: Run


def row_of_links(head: ProngHead | BezelHead, run: Run) -> Row:
    """Equal stones side by side, as many as come nearest to the length of the run.

    The first link has a pin on both sides: the clasp's jump rings go round pins.
    """
    plan = _plan(head)
    clasp_mm = clasp_of(run).length_mm - plan.pin_mm
    count = round((run.length_mm - clasp_mm) / plan.pitch_mm)
    length_mm = round(count * plan.pitch_mm + clasp_mm, 4)
    start = clasp_mm / 2 + plan.pitch_mm * np.arange(count, dtype=np.float64)
    places = [rows_of(place) for place in bracelet(length_mm).frames(start, start + plan.pitch_mm)]
    placed = (Placed(head, _across(plan.top_mm + head.height_mm)),)
    first, others = (
        Mounting(Shape(build_link, (*plan.body, pins), _ON_THE_SKIN), "link", placed, 2) for pins in (2, 1)
    )
    cast = Copies(others, tuple(places[1:])), Copies(first, (places[0],))
    return Row(cast, count, plan.pin_mm, replace(run, length_mm=length_mm))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Of a link: from pin to pin, the pin's thickness, half the body's width, and how far it reaches below and above
    the pins: to the plane that the head stands on, and the block under it."""

    pitch_mm: float
    pin_mm: float
    half_mm: float
    low_mm: float
    block_mm: float
    top_mm: float

    @property
    def body(self) -> tuple[float, ...]:
        """What the body is made from."""
        return self.pitch_mm, self.pin_mm, self.half_mm, self.low_mm, self.block_mm


@lru_cache(maxsize=64)
def _plan(head: ProngHead | BezelHead) -> _Plan:
    """Heads stand as close as they can; the eye of a neighbour turns beside the feet of a head, or below them."""
    pin_mm = round(min(max(_PIN * head.width_mm, _LEAST_PIN_MM), _MOST_PIN_MM), 3)
    low_mm = (_HEIGHT_MM + _HEIGHT * head.width_mm) / 2
    y, x, z = head.mesh().vertices_mm.astype(float).T  # turned as `_across` turns it
    x, y, z = np.abs(x), np.abs(y), z + head.height_mm
    pitch_mm = math.ceil(100 * (2 * float(x.max()) + _APART_MM)) / 100
    room = eye_mm(pin_mm) + PLAY_MM
    away = pitch_mm / 2 - x
    near = away < room
    below = np.sqrt(room**2 - away[near] ** 2) - z[near]
    half_mm = max(_HALF_MM + _HALF * head.width_mm, float(y[z < -_lift_mm(head)].max()) + _BESIDE_FEET_MM)
    top_mm = max(low_mm, float(below.max(initial=0.0)))
    block_mm = top_mm - _lift_mm(head)
    return _Plan(pitch_mm, pin_mm, *(round(size, 3) for size in (half_mm, low_mm, block_mm, top_mm)))


def _lift_mm(head: ProngHead | BezelHead) -> float:
    """From the block up to the plane that the head stands on: its culet stays above the block."""
    return max(_CULET_MM - head.culet_mm, 0.0)


def eye_mm(pin_mm: float) -> float:
    """The outer radius of the eye round a pin."""
    return (0.5 + _EYE_WALL) * pin_mm + PLAY_MM


def build_link(
    fine: bool, pitch_mm: float, pin_mm: float, half_mm: float, low_mm: float, block_mm: float, pins: int
) -> manifold3d.Manifold:
    """The body under a head: two `pins`, or one on the right and an eye on the left."""
    eye_half, x = _EYE_SHARE * half_mm / 2, pitch_mm / 2
    end = x - eye_mm(pin_mm) - PLAY_MM  # of the block: a neighbour's eye turns beside it
    parts = [_block(fine, (-end, end), half_mm - _STEP_MM, (_STEP_MM - low_mm, block_mm))]
    parts += _cheeks(fine, (-x if pins == 2 else min(low_mm - end, 0.0), x), eye_half + PLAY_MM, half_mm, low_mm)
    parts += [_pin(fine, pin_mm, eye_half + half_mm).translate((side * x, 0, 0)) for side in (1, -1)[:pins]]
    if pins == 1:
        parts += _eye(fine, -x, -end, pin_mm, eye_half, low_mm)
    return manifold3d.Manifold.batch_boolean(parts, manifold3d.OpType.Add)


def _cheeks(
    fine: bool, along: tuple[float, float], inner: float, outer: float, radius: float
) -> list[manifold3d.Manifold]:
    """Two rails with round ends about x and x, between which pins are held."""
    disc = _disc(fine, radius, outer - inner)
    middle = (outer + inner) / 2
    return [convex_solid(np.vstack([disc + np.array([x, side * middle, 0]) for x in along])) for side in (-1, 1)]


def _eye(fine: bool, x: float, to_x: float, pin_mm: float, eye_half: float, low_mm: float) -> list[manifold3d.Manifold]:
    """A ring about a neighbour's pin, on a neck."""
    inner, outer = pin_mm / 2 + PLAY_MM, eye_mm(pin_mm)
    wall, count = outer - inner, _ROUND[fine]
    soft = 0.4 * wall
    turn = np.linspace(0, math.pi / 2, _EDGE[fine])
    corner = soft * np.column_stack([np.cos(turn), np.sin(turn)])
    quarter = corner + np.array([wall / 2 - soft, eye_half - soft])
    section = np.vstack([quarter, (quarter * [-1, 1])[::-1], -quarter, (quarter * [1, -1])[::-1]])
    ring = manifold3d.CrossSection([section]).translate(((inner + outer) / 2, 0)).scale((circle_factor(count), 1))
    eye = manifold3d.Manifold.revolve(ring, count).rotate((90, 0, 0)).translate((x, 0, 0))
    neck = x + inner + wall / 3, to_x + 2 * _SOFT_MM
    return [eye, _block(fine, neck, eye_half - _STEP_MM, (-_NECK * low_mm, _NECK * low_mm))]


def _pin(fine: bool, diameter_mm: float, length_mm: float) -> manifold3d.Manifold:
    """A round wire along y."""
    count = _ROUND[fine]
    pin = manifold3d.Manifold.cylinder(
        length_mm, diameter_mm / 2 * circle_factor(count), circular_segments=count, center=True
    )
    return pin.rotate((90, 0, 0))


def _disc(fine: bool, radius: float, width: float) -> Floats:
    """Points (n, 3) whose hull is a disc about the y axis with rounded edges."""
    turn = np.linspace(0, math.pi / 2, _EDGE[fine])
    soft = min(_SOFT_MM, 0.45 * width)
    across = radius * circle_factor(_ROUND[fine]) - soft * (1 - np.cos(turn))
    y = width / 2 - soft * (1 - np.sin(turn))
    across, y = np.concatenate([across, across]), np.concatenate([y, -y])
    way = 2 * math.pi * np.arange(_ROUND[fine]) / _ROUND[fine]
    x, z = across[:, None] * np.cos(way), across[:, None] * np.sin(way)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), z], axis=-1).reshape(-1, 3)


def _block(
    fine: bool, along: tuple[float, float], half_width: float, upright: tuple[float, float]
) -> manifold3d.Manifold:
    """A box with rounded edges, from x to x and from z to z."""
    turn = np.linspace(0, math.pi / 2, _EDGE[fine])
    rise, way = (angle.ravel() for angle in np.meshgrid(turn, turn))
    ball = np.column_stack([np.cos(rise) * np.cos(way), np.cos(rise) * np.sin(way), np.sin(rise)])
    middle = np.array([along[0] + along[1], 0, upright[0] + upright[1]]) / 2
    half = np.array([along[1], half_width, upright[1]]) - middle
    soft = min(_SOFT_MM, 0.45 * float(half.min()))
    signs = np.array(list(itertools.product((-1, 1), repeat=3)))
    return convex_solid((middle + signs[:, None] * (half - soft + soft * ball)).reshape(-1, 3))


def _across(up_mm: float) -> Rows:
    """The place of a head whose stone lies with its length along the row."""
    return (0.0, 1.0, 0.0, 0.0), (-1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, up_mm)
