"""What a pendant hangs by: a bail that the chain runs through, rings at both ends, and the pegs that carry them.

The chain runs along x through the origin; a pendant hangs below it, in the plane y = 0, its front towards -y.
"""

import math
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.solids import Surface, build_solid, circle_factor, closed_run

Floats = NDArray[np.float64]
Bail = Literal["tapered", "ring"]

BAIL_LABELS: dict[Bail, str] = {"tapered": "Tapered", "ring": "Ring"}
BITE = 0.6  # how far a bail sinks into what it holds, of its wire

# Taste, in mm or in shares of what is named.
EYE_MM, SMALL_EYE_MM = 3.2, 2.4  # a bail's opening, and over a small piece: a chain's end ring goes through both
_END_EYE_MM = 1.7  # opening of a ring at the end of a bar, for the last link of a chain
_REST = 0.45  # the middle of the chain rests this far above the middle of the eye, of the eye's radius
_HANG = 1.05  # from the eye's middle down to the middle of a tapered bail's foot, of the eye
_FOOT_BEND = 0.8  # of the middle of the strip at the foot, in wires: it may not fold
_STRIP_FOOT, _STRIP_TOP = 1.3, 0.9  # a tapered bail's width at its foot in wires, over the chain in eyes
_SQUARE = 2.6  # 2 is an elliptical strip; higher squares its corners
_WIRE_ROUND, _STRIP_ROUND = {False: 12, True: 14}, {False: 16, True: 16}  # points round a section: preview, fine
_WAY = {False: 32, True: 48}  # sections on the way round
_DENSE = 1440  # points to walk along, and to measure a section by


def build_bail(fine: bool, kind: Bail, wire_mm: float, eye_mm: float = EYE_MM) -> manifold3d.Manifold:
    """The bail round the origin; its lowest point lies `bail_drop_mm` below."""
    if kind == "ring":
        return _ring(fine, eye_mm, wire_mm).rotate((0, 90, 0)).translate((0, 0, -_REST * eye_mm / 2))
    return build_solid(_strip(wire_mm, eye_mm, fine))


def bail_drop_mm(kind: Bail, wire_mm: float, eye_mm: float = EYE_MM) -> float:
    """From the chain down to the bail's lowest point."""
    middle = _REST * eye_mm / 2
    return middle + (eye_mm / 2 + wire_mm if kind == "ring" else _HANG * eye_mm + (_FOOT_BEND + 0.5) * wire_mm)


def ring_top_mm(eye_mm: float) -> float:
    """From the chain's middle up to the inside of a ring."""
    return (1 - _REST) * eye_mm / 2


def build_end_ring(fine: bool, x_mm: float, wire_mm: float) -> manifold3d.Manifold:
    """A ring that faces the front, on the height of the chain's end, for its last link."""
    return _ring(fine, _END_EYE_MM, wire_mm).rotate((90, 0, 0)).translate((x_mm, 0, 0))


def end_ring_reach_mm(wire_mm: float) -> float:
    """From the middle of an end ring to the edge of what holds it."""
    return _END_EYE_MM / 2 + (1 - BITE) * wire_mm


def build_peg(fine: bool, y_mm: float, low_mm: float, high_mm: float, wire_mm: float) -> manifold3d.Manifold:
    """A round upright wire at x = 0 with rounded ends, between two heights."""
    segments, radius = _STRIP_ROUND[fine], wire_mm / 2
    turn = np.linspace(0, math.pi / 2, segments // 4 + 1)
    across, up = radius * np.sin(turn), radius * np.cos(turn)
    lower, upper = [across, low_mm + radius - up], [across[::-1], high_mm - radius + up[::-1]]
    profile = np.hstack([lower, upper]).T * [circle_factor(segments), 1]
    peg = manifold3d.Manifold.revolve(manifold3d.CrossSection([profile]), segments)
    return peg.translate((0, y_mm, 0))


def _ring(fine: bool, eye_mm: float, wire_mm: float) -> manifold3d.Manifold:
    """A ring of round wire round the z axis."""
    wire, way = _WIRE_ROUND[fine], _WAY[fine]
    section = manifold3d.CrossSection.circle(wire_mm / 2 * circle_factor(wire), wire)
    return manifold3d.Manifold.revolve(section.translate(((eye_mm + wire_mm) / 2, 0)), way)


def _strip(wire_mm: float, eye_mm: float, fine: bool) -> Surface:
    """A strip with rounded edges round a drop: wide over the chain, narrow at its foot."""
    line, out = _drop(wire_mm, eye_mm, _WAY[fine])
    height = line[:, 1]
    share = (height - height.min()) / np.ptp(height)
    width = np.interp(share * share * (3 - 2 * share), [0, 1], [_STRIP_FOOT * wire_mm, _STRIP_TOP * eye_mm])
    section = _rounded(_STRIP_ROUND[fine])
    across = width[:, None] * section[:, 0]
    flat = line[:, None] + wire_mm * section[:, 1, None] * out[:, None]
    return closed_run(np.concatenate([across[..., None], flat], axis=2), round=True)


def _drop(wire_mm: float, eye_mm: float, samples: int) -> tuple[Floats, Floats]:
    """The middle of the strip, and the way out of it: (y, z) both, evenly spaced from the foot on."""
    top, foot = (eye_mm + wire_mm) / 2, _FOOT_BEND * wire_mm
    length = _HANG * eye_mm
    lean = math.asin((top - foot) / length)  # of the straight sides: both arcs meet them without a corner
    low = np.linspace(-math.pi / 2, -lean, _DENSE // 8)
    high = np.linspace(-lean, math.pi + lean, _DENSE)
    turn = np.concatenate([low, high, math.pi - low[::-1]])
    small = np.concatenate([np.ones(len(low)), np.zeros(len(high)), np.ones(len(low))])
    out = np.column_stack([np.cos(turn), np.sin(turn)])
    line = np.where(small, foot, top)[:, None] * out - np.column_stack([0 * small, small * length])
    line[:, 1] -= _REST * eye_mm / 2
    way = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = way[-1] * np.arange(samples) / samples
    even = np.column_stack([np.interp(at, way, column) for column in line.T])
    ways = np.column_stack([np.interp(at, way, column) for column in out.T])
    return even, ways / np.linalg.norm(ways, axis=1)[:, None]


def _rounded(count: int) -> Floats:
    """A strip's cross-section of width and height 1, (count, 2), with the area of the true curve."""
    polygons = [_superellipse(points) for points in (count, _DENSE)]
    area = [float(np.sum(p[:, 0] * np.roll(p[:, 1], -1) - p[:, 1] * np.roll(p[:, 0], -1)) / 2) for p in polygons]
    return polygons[0] * math.sqrt(area[1] / area[0])


def _superellipse(count: int) -> Floats:
    turn = 2 * np.pi * np.arange(count) / count
    wave = np.column_stack([np.cos(turn), np.sin(turn)])
    return np.sign(wave) * np.abs(wave) ** (2 / _SQUARE) / 2
