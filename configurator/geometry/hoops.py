"""Hoop earrings: an arc of metal that a thin post closes at the top, where the ear is.

A hoop lies in the plane y = 0 about the y axis like a ring, the ear at its top (+z), its front at -x; angles run from
the top, positive towards the back. Two ways to close it: the wire of an endless hoop springs into the hollow front
end; the post of a click hoop turns on a pin in a forked knuckle at the back, and is cast by itself.
"""

import math
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.band import Profile, profile_outline
from configurator.geometry.mountings import Placed, rows_of
from configurator.geometry.rows import StoneRows
from configurator.geometry.solids import Surface, build_solid, circle_factor, tubes

Floats = NDArray[np.float64]
HoopProfile = Literal["round", "flat", "d_shape", "knife_edge"]
Closing = Literal["click", "wire"]

PROFILES: dict[HoopProfile, str] = {"round": "Round", "flat": "Square", "d_shape": "Domed", "knife_edge": "Knife edge"}
CLOSINGS: dict[Closing, str] = {"click": "Hinged post", "wire": "Endless wire"}

# Taste and fit, in mm.
_EAR_MM, _WIRE_EAR_MM = 6.4, 8.0  # the opening, from end to end
_WIDEST_OPENING = 0.62  # of the hoop's middle diameter
_SOCKET_MM = 1.5  # how far the post reaches into the front end
_CLEAR_MM = 0.1  # round everything that moves
_ROOT_MM = 0.9  # of the wire in the back end
PIN_MM = 0.7
_EYE_WALL_MM = 0.42
_IN_EYE_MM = 0.35  # how far the round end of the wire reaches into the wall of its eye
_CHEEKS_MM = 0.9  # both cheeks of the knuckle, at least
_KNUCKLE_ROUND_MM = 0.15
_NOSE = 0.3  # an end is rounded over this share of the thickness
_STONE_MARGIN_MM = 0.5  # between the socket and the first stone's room

_ARC = {False: 80, True: 128}  # segments of a whole turn
_SECTION = {False: 20, True: 28}
_ARCH = {False: 9, True: 17}
_NOSE_ROWS = {False: 4, True: 6}
_WIRE = {False: 12, True: 18}
_BARREL = {False: 24, True: 36}


def opening_deg(inside_mm: float, thickness_mm: float, closing: Closing) -> float:
    """Half the angle of the opening at the top."""
    radius = (inside_mm + thickness_mm) / 2
    chord = min(_EAR_MM if closing == "click" else _WIRE_EAR_MM, _WIDEST_OPENING * 2 * radius)
    return math.degrees(math.asin(chord / 2 / radius))


def stones_arc_deg(inside_mm: float, thickness_mm: float, beyond_deg: float) -> tuple[float, float]:
    """The middle and the length of an arc for stones: from the socket of a click hoop down to its lowest point."""
    past = math.degrees((_SOCKET_MM + _STONE_MARGIN_MM) / (inside_mm / 2)) + beyond_deg
    start = opening_deg(inside_mm, thickness_mm, "click") + past
    return -(180.0 + start) / 2, 180.0 - start


def on_hoop(rows: StoneRows, middle_deg: float) -> Placed:
    """Rows of stones with their middle at an angle from the top."""
    a = math.radians(middle_deg)
    found = np.eye(4)
    s, c = math.sin(a), math.cos(a)
    found[0, 0], found[0, 2], found[2, 0], found[2, 2] = c, s, -s, c
    found[0, 3], found[2, 3] = rows.radius_mm * s, rows.radius_mm * c
    return Placed(rows, rows_of(found))


def build_endless(
    fine: bool, inside_mm: float, width_mm: float, thickness_mm: float, profile: HoopProfile, wire_mm: float
) -> manifold3d.Manifold:
    """A hoop whose own wire runs on from the back end and springs into the front end."""
    half = opening_deg(inside_mm, thickness_mm, "wire")
    middle = _middle_mm(inside_mm, width_mm, thickness_mm, profile)
    root, tip = math.degrees(_ROOT_MM / middle), math.degrees((_SOCKET_MM - 2 * _CLEAR_MM) / middle)
    wire = _wire(fine, middle, wire_mm / 2, half + root, -half - tip)
    hoop = _arc(fine, inside_mm, width_mm, thickness_mm, profile, half)
    return (hoop - _socket(fine, inside_mm, width_mm, thickness_mm, profile, half, wire_mm)) + wire


def build_click(
    fine: bool, inside_mm: float, width_mm: float, thickness_mm: float, profile: HoopProfile, wire_mm: float
) -> manifold3d.Manifold:
    """A hoop with a socket in its front end and a forked knuckle with its pin at the back."""
    half = opening_deg(inside_mm, thickness_mm, "click")
    pin_at = _pin_at(inside_mm, width_mm, thickness_mm, profile, half)
    slot_mm = wire_mm + 2 * _CLEAR_MM
    knuckle = _barrel(fine, _eye_mm() + _CLEAR_MM / 2, max(width_mm, slot_mm + _CHEEKS_MM), 0.0, _KNUCKLE_ROUND_MM)
    # What is left in the middle of the slot is the pin.
    slot = _barrel(fine, _eye_mm() + _CLEAR_MM, slot_mm, PIN_MM / 2, 0.0)
    metal = _arc(fine, inside_mm, width_mm, thickness_mm, profile, half) + knuckle.translate(pin_at)
    socket = _socket(fine, inside_mm, width_mm, thickness_mm, profile, half, wire_mm)
    return manifold3d.Manifold.batch_boolean([metal, slot.translate(pin_at), socket], manifold3d.OpType.Subtract)


def build_click_post(
    fine: bool, inside_mm: float, width_mm: float, thickness_mm: float, profile: HoopProfile, wire_mm: float
) -> manifold3d.Manifold:
    """The post of a click hoop: an eye round the pin, and the wire from there into the socket."""
    half = opening_deg(inside_mm, thickness_mm, "click")
    middle = _middle_mm(inside_mm, width_mm, thickness_mm, profile)
    pin_at = _pin_at(inside_mm, width_mm, thickness_mm, profile, half)
    tip = math.degrees((_SOCKET_MM - 2 * _CLEAR_MM) / middle)
    start = half - math.degrees((_eye_mm() + wire_mm / 2 - _IN_EYE_MM) / middle)
    wire = _wire(fine, middle, wire_mm / 2, start, -half - tip)
    eye = _barrel(fine, _eye_mm(), wire_mm, PIN_MM / 2 + _CLEAR_MM, _KNUCKLE_ROUND_MM)
    return wire + eye.translate(pin_at)


def _eye_mm() -> float:
    return PIN_MM / 2 + _CLEAR_MM + _EYE_WALL_MM


def _pin_at(
    inside_mm: float, width_mm: float, thickness_mm: float, profile: HoopProfile, half_deg: float
) -> tuple[float, float, float]:
    middle, angle = _middle_mm(inside_mm, width_mm, thickness_mm, profile), math.radians(half_deg)
    return middle * math.sin(angle), 0.0, middle * math.cos(angle)


def _section(fine: bool, width_mm: float, thickness_mm: float, profile: HoopProfile) -> Floats:
    """Rows (across_mm, above the inside_mm), counter-clockwise."""
    if profile != "round":
        kind: Profile = profile
        return profile_outline(kind, width_mm, thickness_mm, arch_points=_ARCH[fine])
    count = _SECTION[fine]
    turn = 2 * np.pi * np.arange(count) / count
    across, up = np.array([np.cos(turn), np.sin(turn)]) / 2 * circle_factor(count)
    return np.column_stack([across * width_mm, (up + 1 / 2) * thickness_mm])


def _middle_mm(inside_mm: float, width_mm: float, thickness_mm: float, profile: HoopProfile) -> float:
    """The radius at which the section's metal is centred: there the post has most metal round it."""
    section = _section(False, width_mm, thickness_mm, profile)
    after = np.roll(section, -1, axis=0)
    cross = section[:, 0] * after[:, 1] - after[:, 0] * section[:, 1]
    return inside_mm / 2 + float((cross * (section[:, 1] + after[:, 1])).sum() / 3 / cross.sum())


def _socket(
    fine: bool,
    inside_mm: float,
    width_mm: float,
    thickness_mm: float,
    profile: HoopProfile,
    half_deg: float,
    wire_mm: float,
) -> manifold3d.Manifold:
    """The hole in the front end that takes the tip of the wire."""
    middle = _middle_mm(inside_mm, width_mm, thickness_mm, profile)
    depth, before = math.degrees(_SOCKET_MM / middle), math.degrees(_SOCKET_MM / 2 / middle)
    return _wire(fine, middle, wire_mm / 2 + _CLEAR_MM, before - half_deg, -half_deg - depth)


def _arc(
    fine: bool, inside_mm: float, width_mm: float, thickness_mm: float, profile: HoopProfile, half_deg: float
) -> manifold3d.Manifold:
    """The metal with its rounded ends, from the back over the bottom to the front."""
    section = _section(fine, width_mm, thickness_mm, profile)
    middle = _middle_mm(inside_mm, width_mm, thickness_mm, profile)
    centre = np.array([0.0, middle - inside_mm / 2])
    nose = _NOSE * min(width_mm, thickness_mm)
    half, nose_rad = math.radians(half_deg), nose / middle
    count = math.ceil(_ARC[fine] * (1 - half_deg / 180)) + 1
    arc = np.linspace(half + nose_rad, 2 * math.pi - half - nose_rad, count)
    rise = np.linspace(0, math.pi / 2, _NOSE_ROWS[fine] + 1)[1:-1]
    angles = np.concatenate([arc[0] - nose_rad * np.sin(rise[::-1]), arc, arc[-1] + nose_rad * np.sin(rise)])
    # An end keeps most of its size: it is a pillow, not a point.
    shrink = 1 - 0.5 * (1 - np.cos(rise))
    scale = np.concatenate([shrink[::-1], np.ones(count), shrink])
    points = _round(inside_mm, centre + scale[:, None, None] * (section - centre)[None], angles, fine)
    caps = _round(inside_mm, np.broadcast_to(centre, (2, 1, 2)), np.array([half, 2 * math.pi - half]), fine)
    return build_solid(Surface(points, np.gradient(points, axis=0), caps[:, 0]))


def _round(inside_mm: float, sections: Floats, angles: Floats, fine: bool) -> Floats:
    """Sections (n, m, 2) at angles (n,), radians from the top, as points (n, m, 3)."""
    radius = (inside_mm / 2 + sections[..., 1]) * circle_factor(_ARC[fine])
    s, c = np.sin(angles)[:, None], np.cos(angles)[:, None]
    return np.stack([radius * s, sections[..., 0], radius * c], axis=-1)


def _wire(fine: bool, radius_mm: float, wire_radius_mm: float, start_deg: float, end_deg: float) -> manifold3d.Manifold:
    """Round wire along the hoop's middle with round ends, from one angle to another."""
    count = max(7, math.ceil(_ARC[fine] * abs(end_deg - start_deg) / 360) + 1)
    angles = np.radians(np.linspace(start_deg, end_deg, count))
    path = radius_mm * circle_factor(_ARC[fine]) * np.column_stack([np.sin(angles), 0 * angles, np.cos(angles)])
    across = np.array([[0.0, 1.0, 0.0]])
    return build_solid(tubes(path[None], np.full(count, wire_radius_mm), across, _WIRE[fine], _NOSE_ROWS[fine])[0])


def _barrel(fine: bool, radius_mm: float, length_mm: float, bore_mm: float, soft_mm: float) -> manifold3d.Manifold:
    """A tube along y with rounded edges, its middle at the origin; `bore_mm` is its inner radius, 0 for none."""
    count, half = _BARREL[fine], length_mm / 2
    turn = np.linspace(0, math.pi / 2, _NOSE_ROWS[fine] + 1 if soft_mm else 1)
    edge = np.column_stack([radius_mm - soft_mm * (1 - np.cos(turn)), half - soft_mm * (1 - np.sin(turn))])
    outline = np.vstack([[[bore_mm, -half]], (edge * [1, -1])[::-1], edge, [[bore_mm, half]]])
    section = manifold3d.CrossSection([outline * [circle_factor(count), 1]])
    return manifold3d.Manifold.revolve(section, count).rotate((-90, 0, 0))
