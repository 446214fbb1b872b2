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


# A trillion's sides bulge by this share of the outer radius of its corners: between a plain triangle (0) and the curve
# of constant width (0.232). Taste, and weight.
_TRILLION_BULGE = 0.17
# Where its two lower corners lie, and the middle between all three, in half lengths from the middle of its box.
TRILLION_MIDDLE = (_TRILLION_BULGE - 0.5) / (_TRILLION_BULGE + 1.5)
TRILLION_BASE = (_TRILLION_BULGE - 1.5) / (_TRILLION_BULGE + 1.5)


def trefoil(length_mm: float, width_mm: float) -> Curve:
    """Trillion: three arcs that meet in corners at t = 0° (the top), 120° and 240°, stretched to the length."""
    bulge = _TRILLION_BULGE
    chord = np.sqrt(3.0)
    radius = (chord**2 / 4 + bulge**2) / (2 * bulge)
    spread = 2 * np.arcsin(chord / 2 / radius)  # of each arc
    up, down = 1.0, 0.5 + bulge
    scale = np.array([width_mm / chord, length_mm / (up + down)])
    shift = np.array([0.0, (down - up) / 2])

    def at(t: Floats) -> tuple[Floats, Floats]:
        # Each third from a corner to the next is an arc about a point beyond the middle, on the other side.
        share = np.mod(t / (2 * np.pi / 3), 3)
        share = np.where(np.abs(share - np.rint(share)) < 1e-9, np.rint(share) % 3, share)
        third = np.floor(share)
        facing = np.pi / 2 + (third + 0.5) * 2 * np.pi / 3
        angle = facing + (share - third - 0.5) * spread
        point = (0.5 + bulge - radius) * np.column_stack([np.cos(facing), np.sin(facing)])
        point = point + radius * np.column_stack([np.cos(angle), np.sin(angle)])
        corner = share == third
        turn = np.where(corner, np.pi / 2 + third * 2 * np.pi / 3, angle)
        tangent = np.column_stack([-np.sin(turn), np.cos(turn)])
        return (point + shift) * scale, tangent * scale

    return at


def trefoil_outline(length_mm: float, width_mm: float) -> Curve:
    """The same with its corners at t = 90° (the top), 180° and 0°: where every outline is sampled."""
    thirds = trefoil(length_mm, width_mm)

    def at(t: Floats) -> tuple[Floats, Floats]:
        quarter = np.mod(t / (np.pi / 2) + 3, 4)  # from the top corner on
        return thirds(np.interp(quarter, [0, 1, 3, 4], [0, 1, 2, 3]) * (2 * np.pi / 3))

    return at


# A heart's lobes are circles of this radius, of the width; the two sides meet at the tip at twice this angle (taste).
_LOBE = 0.27
_HEART_TIP_DEG = 48.5


def heart_lobe(length_mm: float, width_mm: float) -> Curve:
    """The right half of a heart, from the tip (t = 270°) round to the cleft (t = 90°), closed to the left by a curve
    that keeps it convex: what lies there is not part of the stone."""
    side, theta, cleft, tip = _heart_parts(length_mm, width_mm)
    radius = _LOBE * width_mm
    middle = np.array([width_mm / 2 - radius, length_mm / 2 - radius])
    way = np.array([-np.sin(theta), np.cos(theta)])
    back = np.array([cleft[0] + way[0] / way[1] * (tip[1] - cleft[1]), tip[1]])

    def at(t: Floats) -> tuple[Floats, Floats]:
        quarter = np.mod(t / (np.pi / 2) + 1e-12, 4)
        angle = np.interp(quarter, [0, 0.5, 1], [0, np.pi / 2, theta])  # the lobe's top at t = 45°
        round_ = np.column_stack([np.cos(angle), np.sin(angle)])
        lobe = middle + radius * round_, np.column_stack([-round_[:, 1], round_[:, 0]])
        rising = _bend(tip, side, np.array([width_mm / 2, middle[1]]), np.clip(quarter - 3, 0, 1))
        closing = _bend(cleft, back, tip, np.clip((quarter - 1) / 2, 0, 1))
        part = np.select([quarter <= 1 + 1e-9, quarter < 3 - 1e-9], [0, 1], 2)[:, None]
        points = np.select([part == 0, part == 1], [lobe[0], closing[0]], rising[0])
        tangents = np.select([part == 0, part == 1], [lobe[1], closing[1]], rising[1])
        tangents[np.abs(quarter - 3) < 1e-9] = 1.0, 0.0
        points[np.abs(quarter - 3) < 1e-9] = tip
        points[np.abs(quarter - 1) < 1e-9] = cleft
        return points, tangents

    return at


def heart_outline(length_mm: float, width_mm: float) -> Curve:
    """A heart: its tip at t = 270°, its cleft at t = 90°."""
    lobe = heart_lobe(length_mm, width_mm)

    def at(t: Floats) -> tuple[Floats, Floats]:
        left = np.cos(t) < -1e-9
        points, tangents = lobe(np.where(left, np.pi - t, t))
        points[left, 0] *= -1
        tangents[left, 1] *= -1
        tangents[np.abs(np.cos(t)) < 1e-9, 1] = 0.0
        tangents[(np.abs(np.cos(t)) < 1e-9) & (np.sin(t) > 0)] = -1.0, 0.0
        return points, tangents

    return at


def heart_with_bend(ring: Floats, length_mm: float, width_mm: float, bend_mm: float) -> Floats:
    """Points (n, 2) of a heart's outline with the cleft filled by a circle of `bend_mm` that touches both lobes."""
    radius = _LOBE * width_mm
    across, up = width_mm / 2 - radius, length_mm / 2 - radius
    middle = up + np.sqrt((radius + bend_mm) ** 2 - across**2)
    within = (np.abs(ring[:, 0]) < across * bend_mm / (radius + bend_mm)) & (ring[:, 1] > up)
    # Evenly from one lobe to the other, but not right at either: points close together would spoil an offset.
    reach = np.arcsin(across / (radius + bend_mm))
    angle = np.linspace(reach, -reach, int(within.sum()) + 2)[1:-1]
    found = ring.copy()
    found[within] = np.column_stack([bend_mm * np.sin(angle), middle - bend_mm * np.cos(angle)])
    return found


def _heart_parts(length_mm: float, width_mm: float) -> tuple[Floats, float, Floats, Floats]:
    """Control point of the side, the angle of the lobe's circle at the cleft, cleft and tip."""
    radius = _LOBE * width_mm
    across = width_mm / 2 - radius
    theta = float(np.arccos(-across / radius))
    cleft = np.array([0.0, length_mm / 2 - radius + radius * np.sin(theta)])
    tip = np.array([0.0, -length_mm / 2])
    side = np.array([width_mm / 2, tip[1] + width_mm / 2 / np.tan(np.radians(_HEART_TIP_DEG))])
    return side, theta, cleft, tip


def _bend(start: Floats, control: Floats, end: Floats, share: Floats) -> tuple[Floats, Floats]:
    """A parabola from `start` to `end` whose tangents there meet in `control`."""
    s = share[:, None]
    point = (1 - s) ** 2 * start + 2 * s * (1 - s) * control + s**2 * end
    return point, 2 * (1 - s) * (control - start) + 2 * s * (end - control)
