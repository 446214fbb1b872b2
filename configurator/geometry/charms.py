"""Charms side by side on the lowest part of a bracelet's chain: small plates, letters, stones, each on a ring round it.

A charm's frame is that of a pendant: the chain runs along x through the origin, the front faces -y.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from configurator.design import Stone
from configurator.geometry.bails import ring_top_mm
from configurator.geometry.bezels import BezelHead, bezel_head
from configurator.geometry.bodies import Parts, Shape
from configurator.geometry.bought_chains import Run
from configurator.geometry.drapes import bracelet
from configurator.geometry.ear_fittings import base_of, build_button
from configurator.geometry.hanging import BACK
from configurator.geometry.hung_stones import build_hanger, hung_stone
from configurator.geometry.initials import Face as Hand
from configurator.geometry.initials import Initial, Letter, build_initial, hanging_letter, stroke_mm
from configurator.geometry.mountings import Copies, Mounting, Rows, rows_of
from configurator.geometry.plates import heart, hung, round_plate, star

Outline = Literal["heart", "disc", "star"]
Kind = Literal["heart", "disc", "star", "stone", "letter"]


@dataclass(frozen=True, slots=True)
class Charm:
    """What hangs at one place of a chain; a letter is an initial in one of the hands."""

    kind: Kind
    letter: Initial = "a"
    hand: Hand = "serif"


# Taste, in mm or in shares of what is named.
_SHARE: dict[Outline, float] = {"heart": 1.0, "disc": 0.92, "star": 1.18}  # of the size: all look equally large
_THICKNESS_MM = 1.2
_LETTER_THICKNESS_MM = 1.4  # it has openings, and less metal round its ring
_RIM_MM = 0.6
_LEAST_EYE_MM, _CHAIN_PLAY_MM = 2.4, 0.8  # of the ring: what it is wider than the chain
_APART_MM = 2.5  # between charms


def charms_on(
    run: Run, hung_at: Sequence[Charm | None], size_mm: float, stone: Stone | None, wire_mm: float
) -> tuple[Copies, ...]:
    """The charms from left to right, the middle one at the middle of the chain; None leaves a place free."""
    eye_mm = round(max(_LEAST_EYE_MM, run.width_mm + _CHAIN_PLAY_MM), 3)
    widest_mm = max(max(_SHARE.values()) * size_mm, 0.0 if stone is None else stone.width_mm + 2 * _RIM_MM)
    widest_mm = max([widest_mm, *(_width_mm(one, size_mm, wire_mm, eye_mm) for one in hung_at if one)])
    step_mm = widest_mm + _APART_MM
    at = run.length_mm / 2 + step_mm * (np.arange(len(hung_at), dtype=np.float64) - (len(hung_at) - 1) / 2)
    upright = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])  # a link's face is a charm's front
    upright[1, 3] = run.width_mm / 2 + _CHAIN_PLAY_MM / 4 - ring_top_mm(eye_mm)  # each ring rests on the chain
    places = bracelet(run.length_mm, run.hangs).frames(at - wire_mm, at + wire_mm) @ upright
    found: dict[Mounting, list[Rows]] = {}
    for one, place in zip(hung_at, places, strict=True):
        if one is not None:
            made = _charm(one, size_mm, stone, wire_mm, eye_mm)
            found.setdefault(made, []).append(rows_of(place))
    return tuple(Copies(mounting, tuple(rows)) for mounting, rows in found.items())


def build_charm(
    fine: bool, outline: Outline, width_mm: float, thickness_mm: float, eye_mm: float, wire_mm: float
) -> Parts:
    """A small plate under a ring."""
    section = {"heart": heart, "disc": round_plate, "star": star}[outline](width_mm, fine)
    return hung(fine, section, thickness_mm, "ring", wire_mm, eye_mm=eye_mm)


def _charm(one: Charm, size_mm: float, stone: Stone | None, wire_mm: float, eye_mm: float) -> Mounting:
    if one.kind == "stone":
        assert stone is not None, "a style asks for the stone wherever a charm is one"
        return _stone_charm(bezel_head(stone, _RIM_MM), wire_mm, eye_mm)
    if one.kind == "letter":
        own = (one.letter, one.hand, size_mm, _LETTER_THICKNESS_MM, stroke_mm(), "ring", wire_mm, eye_mm, True)
        letter = _letter(one, size_mm, wire_mm, eye_mm)
        return Mounting(Shape(build_initial, own, BACK), "charm", openings=letter.counters + 1)
    kind: Outline = one.kind
    sizes = (kind, round(_SHARE[kind] * size_mm, 3), _THICKNESS_MM, eye_mm, wire_mm)
    return Mounting(Shape(build_charm, sizes, BACK), "charm", openings=1)


def _letter(one: Charm, size_mm: float, wire_mm: float, eye_mm: float) -> Letter:
    return hanging_letter(one.letter, one.hand, size_mm, stroke_mm(), "ring", wire_mm, eye_mm, True)


def _width_mm(one: Charm, size_mm: float, wire_mm: float, eye_mm: float) -> float:
    """The room that a letter needs about its ring, however it hangs; other charms are as wide as their size."""
    if one.kind != "letter":
        return 0.0
    letter = _letter(one, size_mm, wire_mm, eye_mm)
    left, _, right, _ = letter.section.bounds()
    return 2 * max(right - letter.held[0][0], letter.held[0][0] - left)


def _stone_charm(head: BezelHead, wire_mm: float, eye_mm: float) -> Mounting:
    """A bezel that hangs by its ring, its back closed by a plate."""
    open_behind = hung_stone(head, "ring", wire_mm, eye_mm)
    body = open_behind.body
    assert isinstance(body, Shape)
    return replace(open_behind, body=Shape(build_backed, (*base_of(head), head.height_mm, *body.sizes), BACK))


def build_backed(fine: bool, half_width_mm: float, half_height_mm: float, height_mm: float, *hanger: Any) -> Parts:
    """What `build_hanger` makes, and the plate behind the stone."""
    x_mm, y_mm, z_mm = hanger[4:7]
    plate = build_button(fine, half_width_mm, half_height_mm).translate((x_mm, y_mm + height_mm, z_mm))
    return *build_hanger(fine, *hanger), plate
