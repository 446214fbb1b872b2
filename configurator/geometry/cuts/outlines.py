"""Girdle outlines seen from above: closed curves with a point and a tangent at every parameter.

An outline is a function of angles t in radians, (n,), that returns points (n, 2) and tangents (n, 2), counter-
clockwise, width along x, length along y, centred on its bounding box. The parameter is chosen so that equal steps of t
suit equal numbers of facets; it is not the polar angle.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Curve = Callable[[Floats], tuple[Floats, Floats]]

# A cushion is a superellipse: 2 would be an ellipse, 4 nearly a square. Between the two lies the pillow (taste).
CUSHION_EXPONENT = 3.0


def ellipse(length_mm: float, width_mm: float) -> Curve:
    """Round and oval."""
    a, b = width_mm / 2, length_mm / 2

    def at(t: Floats) -> tuple[Floats, Floats]:
        c, s = np.cos(t), np.sin(t)
        return np.column_stack([a * c, b * s]), np.column_stack([-a * s, b * c])

    return at


def pillow(length_mm: float, width_mm: float) -> Curve:
    """Cushion: |x/a|^n + |y/b|^n = 1."""
    a, b, n = width_mm / 2, length_mm / 2, CUSHION_EXPONENT

    def at(t: Floats) -> tuple[Floats, Floats]:
        c, s = np.cos(t), np.sin(t)
        k = (np.abs(c) ** n + np.abs(s) ** n) ** (-1 / n)
        x, y = k * c, k * s
        tangent = np.column_stack([-a * np.sign(y) * np.abs(y) ** (n - 1), b * np.sign(x) * np.abs(x) ** (n - 1)])
        return np.column_stack([a * x, b * y]), tangent

    return at


def boat(length_mm: float, width_mm: float) -> Curve:
    """Marquise: two circular arcs that meet in points at t = 90° and 270°."""
    return _arcs(length_mm / 2, length_mm / 2, width_mm / 2, 0.0)


def drop(length_mm: float, width_mm: float) -> Curve:
    """Pear: a half circle (t = 180° … 360°) and two arcs that meet in the point at t = 90°.

    The middle of the half circle lies `(length - width) / 2` below the middle of the box.
    """
    return _arcs(length_mm - width_mm / 2, width_mm / 2, width_mm / 2, -(length_mm - width_mm) / 2)


def _arcs(up_mm: float, down_mm: float, half_width_mm: float, shift_mm: float) -> Curve:
    """Mirror-image arcs through (half width, 0) with a vertical tangent there, up to (0, up) and down to (0, -down)."""

    def at(t: Floats) -> tuple[Floats, Floats]:
        c, s = np.cos(t), np.sin(t)
        side = np.where(c >= 0, 1.0, -1.0)
        share = np.abs(np.arcsin(np.clip(s, -1, 1))) / (np.pi / 2)  # 0 at the widest place, 1 at the end
        end = np.where(s >= 0, up_mm, down_mm)
        radius = (half_width_mm**2 + end**2) / (2 * half_width_mm)
        turn = share * np.arcsin(np.minimum(end / radius, 1.0))
        sign = np.where(s >= 0, 1.0, -1.0)
        x = side * (radius * np.cos(turn) - (radius - half_width_mm))
        y = sign * radius * np.sin(turn)
        tangent = np.column_stack([-sign * np.sin(turn), side * np.cos(turn)])
        tip = np.abs(c) < 1e-9
        x = np.where(tip, 0.0, x)
        tangent[tip] = np.column_stack([-sign[tip], np.zeros(tip.sum())])
        return np.column_stack([x, y + shift_mm]), tangent

    return at
