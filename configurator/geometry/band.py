"""The band of a ring: its profile, its sweep round the finger, and its exact measures.

A profile lies in the plane across the band: v runs along the finger (y), u outwards from the finger hole.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh
from configurator.geometry.solids import Surface, build_mesh, build_solid, circle_factor, closed_run, open_run

Floats = NDArray[np.float64]
Profile = Literal["flat", "d_shape", "court", "knife_edge"]

PROFILE_LABELS = {"flat": "Flat", "d_shape": "D-shape", "court": "Court", "knife_edge": "Knife edge"}

PREVIEW_SEGMENTS = 128  # round the ring: a chord leaves a 20 mm circle by 3 µm
FINE_SEGMENTS = 224
_SECTOR_SEGMENTS, _SECTOR_ARCH_POINTS = 80, 11  # rough, but within 0.01 mm of the round
_LARGEST_SECTOR_DEG = 170.0
_MEASURE_SEGMENTS = 24  # the taper is a short cosine series: summed exactly by far fewer
_ARCH_POINTS = {False: 17, True: 33}  # over the outside of a domed profile: preview, fine
_INNER_POINTS = 9  # across a comfort fit
_FILLET_POINTS = 5
_EXACT_POINTS = 160

# Taste, as shares of the band's thickness or in mm.
_EDGE_BREAK_MM = 0.03  # a flat band's edges are broken just enough not to cut: 0.05 % of the smallest band
_SOFT_EDGE_MM = 0.22
COMFORT_RISE = 0.12  # how far a comfort fit lifts from the finger at its edges
_COMFORT_SPAN = 2.0  # mm: on a wide band only its edges curve away
_SIDE_HEIGHT = {"d_shape": 0.26, "court": 0.52}  # where the dome springs from the side
_SHOULDER = 0.46  # a knife edge's side
_RIDGE_MM = 0.09  # a knife edge is blunt enough to wear


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A hoop round the finger. `taper` is the share of its width that it loses towards the top."""

    inner_diameter_mm: float
    width_mm: float
    thickness_mm: float
    profile: Profile
    comfort: bool = False
    taper: float = 0.0

    @property
    def inner_radius_mm(self) -> float:
        return self.inner_diameter_mm / 2

    @property
    def top_radius_mm(self) -> float:
        """Where the outside of the band lies at the top."""
        return self.inner_radius_mm + self.thickness_mm

    @property
    def top_width_mm(self) -> float:
        """The width under the head, where a tapered band is narrowest."""
        return self.width_mm * (1 - self.taper)

    def width_share(self, angle: Floats) -> Floats:
        """Width at an angle (radians from the top) over the full width at the palm."""
        return 1 - self.taper * ((1 + np.cos(angle)) / 2) ** 2

    @property
    def plain(self) -> "Band":
        return self

    def lettered(self, outside: bool) -> "Band":
        """What lettering stands on."""
        return self

    def keepout_deg(self, outside: bool) -> float:
        """A band can be lettered all the way round."""
        return 0.0

    def mesh(self) -> Mesh:
        return band_mesh(self)

    def solid(self) -> manifold3d.Manifold:
        return band_solid(self)

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        return band_sector(self, half_angle_deg)

    def size(self) -> BodySize:
        return band_size(self)

    def recess(self, outside: bool) -> Callable[[Floats, Floats], Floats] | None:
        """How far the surface lies below its highest line; None where it is a plain cylinder."""
        return None if self.profile == "flat" and not self.comfort else recess_of(self, outside)


def profile_outline(
    kind: Profile, width_mm: float, thickness_mm: float, comfort: bool = False, arch_points: int = _ARCH_POINTS[False]
) -> Floats:
    """The cross-section, (m, 2) rows (v, u) in mm, counter-clockwise from the inner edge at -v; u = 0 is the finger."""
    h, t = width_mm / 2, thickness_mm
    soft = min(_SOFT_EDGE_MM, t / 6, h / 4)
    inner = _inner_edge(h, t, comfort or kind == "court")
    if kind == "flat":
        edge = min(_EDGE_BREAK_MM, t / 8)
        corners = [*_with_ends(inner, edge, soft if comfort else edge), (h, t, edge), (-h, t, edge)]
    elif kind == "knife_edge":
        ridge = min(_RIDGE_MM, h / 8)
        corners = [*_with_ends(inner, soft, soft), (h, _SHOULDER * t, soft), (0.0, t, ridge), (-h, _SHOULDER * t, soft)]
    else:
        spring = _SIDE_HEIGHT[kind] * t
        turn = np.linspace(0, math.pi, arch_points)
        arch = np.column_stack([h * np.cos(turn), spring + (t - spring) * np.sin(turn)])
        corners = [*_with_ends(inner, soft, soft), *((v, u, 0.0) for v, u in arch)]
    return _filleted(np.array(corners))


def ridge_mm(thickness_mm: float) -> float:
    """How high the ridge of a knife edge rises above the band's sides."""
    return (1 - _SHOULDER) * thickness_mm


def band_surface(band: Band, segments: int = PREVIEW_SEGMENTS, fine: bool = False) -> Surface:
    """The band as a swept surface round the y axis, its top at +z; volumes of its polygon equal the round's."""
    section = profile_outline(band.profile, band.width_mm, band.thickness_mm, band.comfort, _ARCH_POINTS[fine])
    angle = 2 * np.pi * np.arange(segments) / segments
    return closed_run(_swept(band, section, angle, circle_factor(segments)))


@lru_cache(maxsize=64)
def band_mesh(band: Band) -> Mesh:
    """The band as the preview draws it."""
    return build_mesh(band_surface(band))


@lru_cache(maxsize=16)
def band_solid(band: Band) -> manifold3d.Manifold:
    """The band as a solid, finely enough to cast."""
    return build_solid(band_surface(band, FINE_SEGMENTS, True))


@lru_cache(maxsize=64)
def band_sector(band: Band, half_angle_deg: float) -> manifold3d.Manifold:
    """The top of the band as a closed solid, to see how much of a head lies within it."""
    section = profile_outline(band.profile, band.width_mm, band.thickness_mm, band.comfort, _SECTOR_ARCH_POINTS)
    half = math.radians(min(half_angle_deg, _LARGEST_SECTOR_DEG))
    angle = np.linspace(-half, half, max(5, math.ceil(half / math.pi * _SECTOR_SEGMENTS) + 1))
    points = _swept(band, section, angle, 1.0)
    return build_solid(open_run(points, points[[0, -1]].mean(axis=1))).as_original()  # its faces can be told apart


@lru_cache(maxsize=64)
def band_size(band: Band) -> BodySize:
    """Exact volume by Pappus: area of the profile times the way of its centre, integrated over the taper."""
    section = profile_outline(band.profile, band.width_mm, band.thickness_mm, band.comfort, _EXACT_POINTS)
    after = np.roll(section, -1, axis=0)
    cross = section[:, 0] * after[:, 1] - after[:, 0] * section[:, 1]
    area = cross.sum() / 2
    moment = (cross * (section[:, 1] + after[:, 1])).sum() / 6
    angle = 2 * np.pi * np.arange(_MEASURE_SEGMENTS) / _MEASURE_SEGMENTS
    share = band.width_share(angle)
    # Sides of the profile, stretched by the taper, times the way each goes round.
    v, u = (after - section).T
    way = 2 * math.pi * (band.inner_radius_mm + (section[:, 1] + after[:, 1]) / 2)
    each = (np.hypot(share[:, None] * v, u) * way).mean(axis=0)
    inside = each[on_the_finger(section, after, band.thickness_mm)].sum()
    volume = 2 * math.pi * (band.inner_radius_mm * area + moment) * float(share.mean())
    return BodySize(volume_mm3=float(volume), surface_mm2=float(each.sum()), inside_mm2=float(inside))


def recess_of(band: Band, outside: bool) -> Callable[[Floats, Floats], Floats]:
    """How far the surface lies below its highest line, (y_mm, angle_deg) -> mm; for lettering that follows it."""
    side = profile_side(band.profile, band.width_mm, band.thickness_mm, band.comfort, outside)

    def recess(y_mm: Floats, angle_deg: Floats) -> Floats:
        return np.interp(y_mm / band.width_share(np.radians(angle_deg)), *side)

    return recess


@lru_cache(maxsize=64)
def profile_side(
    kind: Profile, width_mm: float, thickness_mm: float, comfort: bool, outside: bool
) -> tuple[Floats, Floats]:
    """The inner or the outer side of a profile: places across it, and how far it lies below its highest line there."""
    section = profile_outline(kind, width_mm, thickness_mm, comfort, _EXACT_POINTS // 4)
    low, high = int(np.argmin(section[:, 0])), int(np.argmax(section[:, 0]))
    if outside:
        v, u = np.roll(section, -high, axis=0)[: (low - high) % len(section) + 1][::-1].T
        return v, thickness_mm - u
    v, u = np.roll(section, -low, axis=0)[: (high - low) % len(section) + 1].T
    return v, u


def _swept(band: Band, section: Floats, angle: Floats, factor: float) -> Floats:
    radius = (band.inner_radius_mm + section[:, 1]) * factor
    share = band.width_share(angle)
    s, c = np.sin(angle)[:, None], np.cos(angle)[:, None]
    return np.stack([radius * s, share[:, None] * section[:, 0], radius * c], axis=-1)


def _inner_edge(h: float, t: float, comfort: bool) -> list[tuple[float, float]]:
    if not comfort:
        return [(-h, 0.0), (h, 0.0)]
    rise, span = COMFORT_RISE * t, max(_COMFORT_SPAN, h / 2)
    v = np.linspace(-h, h, _INNER_POINTS)
    beyond = np.maximum(np.abs(v) - (h - span), 0) / span if h > span else np.abs(v) / h
    return [(float(a), float(b)) for a, b in zip(v, rise * beyond**2, strict=True)]


def _with_ends(inner: list[tuple[float, float]], radius: float, end_radius: float) -> list[tuple[float, float, float]]:
    ends = max(radius, end_radius)
    return [(v, u, ends if k in (0, len(inner) - 1) else 0.0) for k, (v, u) in enumerate(inner)]


def _filleted(corners: Floats) -> Floats:
    """Rounds the corners of a polygon: `corners` (k, 3) rows (v, u, radius); radius 0 keeps the corner."""
    found: list[Floats] = []
    for k, (v, u, radius) in enumerate(corners):
        here = np.array([v, u])
        if radius == 0:
            found.append(here[None])
            continue
        to_last, to_next = corners[k - 1, :2] - here, corners[(k + 1) % len(corners), :2] - here
        last_mm, next_mm = float(np.hypot(*to_last)), float(np.hypot(*to_next))
        to_last, to_next = to_last / last_mm, to_next / next_mm
        half = math.acos(float(np.clip(to_last @ to_next, -1, 1))) / 2
        reach = min(radius / math.tan(half), last_mm / 2, next_mm / 2)
        # A quadratic curve would do for the eye; a true arc keeps volumes in closed form.
        round_mm = reach * math.tan(half)
        centre = here + (to_last + to_next) / np.linalg.norm(to_last + to_next) * round_mm / math.sin(half)
        start = here + to_last * reach - centre
        begin = math.atan2(start[1], start[0])
        turn = begin + (math.pi - 2 * half) * np.linspace(0, 1, _FILLET_POINTS)
        found.append(centre + round_mm * np.column_stack([np.cos(turn), np.sin(turn)]))
    return np.vstack(found)


def on_the_finger(section: Floats, after: Floats, thickness_mm: float) -> NDArray[np.bool_]:
    """Sides of the profile that face the finger: they run towards +v in the inner half."""
    middle = (section[:, 1] + after[:, 1]) / 2
    run = after - section
    return (run[:, 0] > np.abs(run[:, 1])) & (middle < thickness_mm / 2)
