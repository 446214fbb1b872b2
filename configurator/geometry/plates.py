"""Flat plates that hang from a bail: the bodies of pendants.

The piece hangs from the origin, where the chain runs through the bail's eye along x; the plate lies in the plane y = 0.
"""

import math

import manifold3d
import numpy as np

from configurator.geometry.solids import circle_factor

_ROUND = {False: 64, True: 160}  # segments round a plate: preview, fine
_EYE = {False: (12, 32), True: (24, 72)}  # round the wire of a bail, round its eye
_EDGE_POINTS = {False: 4, True: 8}  # over each rounded edge
_BITE = 0.7  # how far a bail's wire sinks into what it holds, of the wire
_REST = 0.45  # where the middle of the chain rests in the eye, of its radius above the middle


def build_disc(
    fine: bool, diameter_mm: float, thickness_mm: float, edge_mm: float, eye_mm: float, wire_mm: float
) -> manifold3d.Manifold:
    """A round plate with rounded edges under a bail; `eye_mm` is the inner diameter of its eye."""
    segments = _ROUND[fine]
    radius, half = diameter_mm / 2 * circle_factor(segments), thickness_mm / 2
    turn = np.linspace(0, math.pi / 2, _EDGE_POINTS[fine])
    arc = edge_mm * np.column_stack([np.sin(turn) - 1, np.cos(turn) - 1]) + [radius, half]
    section = np.vstack([[0, half], arc, (arc * [1, -1])[::-1], [0, -half]])[::-1]
    disc = manifold3d.Manifold.revolve(manifold3d.CrossSection([section]), segments).rotate((90, 0, 0))
    drop = eye_drop_mm(eye_mm, wire_mm)
    return disc.translate((0, 0, -drop - diameter_mm / 2)) + build_bail(fine, eye_mm, wire_mm)


def build_bail(fine: bool, eye_mm: float, wire_mm: float) -> manifold3d.Manifold:
    """The eye that a chain runs through: a ring of round wire across the plate."""
    wire, way = _EYE[fine]
    section = manifold3d.CrossSection.circle(wire_mm / 2 * circle_factor(wire), wire)
    middle = (eye_mm + wire_mm) / 2
    eye = manifold3d.Manifold.revolve(section.translate((middle, 0)), way).rotate((0, 90, 0))
    return eye.translate((0, 0, -_REST * eye_mm / 2))


def eye_drop_mm(eye_mm: float, wire_mm: float) -> float:
    """From the chain down to the highest point of what hangs in the bail."""
    return _REST * eye_mm / 2 + eye_mm / 2 + (1 - _BITE) * wire_mm
