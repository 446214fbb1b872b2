"""A bypass: a hoop that is open at the top, its two ends rising past each other on either side of a stone.

It is one open run from tip to tip. At the back of the finger it is a plain band. Near the top both ends swing aside and
lift off the finger; beyond it they grow slimmer towards their tips.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.band import Band, Profile, on_the_finger, profile_outline
from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Mesh
from configurator.geometry.solids import Surface, build_mesh, build_solid, circle_factor, enclosed, open_run

Floats = NDArray[np.float64]

# Taste.
_SWING_DEG = 92.0  # from the top: where an end begins to swing aside and rise
_PAST_DEG = 27.0  # how far it runs on beyond the top
_SLIM_POWER = 1.4
_TIP_WIDTH, _TIP_THICKNESS = 0.36, 0.62  # at its tip, over the band's

# Segments round the finger, points over a dome, rows of a rounded tip.
_PREVIEW, _MEASURE, _FINE = (168, 17, 5), (112, 49, 4), (256, 33, 8)
_ROUGH = (112, 11, 3)  # to see how much of a head lies within it


@dataclass(frozen=True, slots=True, kw_only=True)
class BypassBand:
    """An open hoop; at the top its ends lie `apart_mm` to either side of the middle and `lift_mm` off the finger."""

    plain: Band
    apart_mm: float
    lift_mm: float

    @property
    def top_radius_mm(self) -> float:
        """Where the outside would lie if the ends did not rise."""
        return self.plain.top_radius_mm

    def lettered(self, outside: bool) -> Band:
        return self.plain

    def keepout_deg(self, outside: bool) -> float:
        """Lettering stands where the band is plain."""
        return 2 * _SWING_DEG

    def mesh(self) -> Mesh:
        return _mesh(self)

    def solid(self) -> manifold3d.Manifold:
        return build_solid(_surface(self, _FINE))

    def sector(self, half_angle_deg: float) -> manifold3d.Manifold:
        return _whole(self)

    def size(self) -> BodySize:
        return _size(self)


@lru_cache(maxsize=64)
def _mesh(band: BypassBand) -> Mesh:
    return build_mesh(_surface(band, _PREVIEW))


@lru_cache(maxsize=64)
def _whole(band: BypassBand) -> manifold3d.Manifold:
    return build_solid(_surface(band, _ROUGH)).as_original()


@lru_cache(maxsize=64)
def _size(band: BypassBand) -> BodySize:
    surface = _surface(band, _MEASURE)
    section = profile_outline(band.plain.profile, band.plain.width_mm, band.plain.thickness_mm, False, _MEASURE[1])
    inside = on_the_finger(section, np.roll(section, -1, axis=0), band.plain.thickness_mm)
    volume, area, finger = enclosed(surface, inside)
    return BodySize(volume_mm3=volume, surface_mm2=area, inside_mm2=finger)


@lru_cache(maxsize=64)
def _surface(band: BypassBand, detail: tuple[int, int, int]) -> Surface:
    segments, arch, rows = detail
    section = profile_outline(band.plain.profile, band.plain.width_mm, band.plain.thickness_mm, False, arch)
    past = math.radians(_PAST_DEG)
    round_tip = _TIP_WIDTH * band.plain.width_mm / 2 / (band.top_radius_mm + band.lift_mm)
    turn = np.linspace(math.pi / 2, 0, rows + 1)[1:-1]
    first = -past - round_tip * np.sin(turn)
    between = np.linspace(-past, 2 * math.pi + past, segments)
    angle = np.concatenate([first, between, 2 * math.pi - first[::-1]])
    full = np.concatenate([np.cos(turn), np.ones(segments), np.cos(turn[::-1])])  # 1 but for the rounded tips

    top = np.minimum(angle, 2 * math.pi - angle)  # from the top; negative beyond it
    swing = swung(top)
    aside = np.where(angle < math.pi, 1, -1) * band.apart_mm * swing
    slim = np.clip(-top / past, 0, 1) ** _SLIM_POWER
    radius = band.top_radius_mm + band.lift_mm * swing
    # A section that the run crosses at a slant is wider than the band.
    slant = np.hypot(1, np.gradient(aside, angle) / radius)
    width = (1 - (1 - _TIP_WIDTH) * slim) * slant * full
    thickness = 1 - (1 - _TIP_THICKNESS) * slim
    middle = band.plain.thickness_mm / 2
    lift = band.plain.inner_radius_mm + band.lift_mm * swing
    r = lift[:, None] + thickness[:, None] * (middle + full[:, None] * (section[:, 1] - middle))
    r = r * circle_factor(segments)
    y = aside[:, None] + width[:, None] * section[:, 0]
    s, c = np.sin(angle)[:, None], np.cos(angle)[:, None]
    points = np.stack([r * s, y, r * c], axis=-1)
    # The point that closes a tip lies where its rounding ends.
    end = -past - round_tip
    reach = band.plain.inner_radius_mm + band.lift_mm * float(swung(np.array(end))) + _TIP_THICKNESS * middle
    pole = np.array([reach * math.sin(end), band.apart_mm * float(swung(np.array(end))), reach * math.cos(end)])
    return open_run(points, np.stack([pole, pole * [-1, -1, 1]]))


def half_width_mm(profile: Profile, width_mm: float, thickness_mm: float, height_mm: Floats) -> Floats:
    """How far an end reaches to either side at heights above its inner face; nothing below and above it."""
    section = profile_outline(profile, width_mm, thickness_mm)
    right = section[section[:, 0] >= 0]
    right = right[np.argsort(right[:, 1])]
    return np.interp(height_mm, right[:, 1], right[:, 0], left=-np.inf, right=-np.inf)


def swung(top: Floats) -> Floats:
    """How far an end has swung aside and risen at an angle (radians) before the top, from 0 to 1 at the top."""
    return np.maximum(1 - (top / math.radians(_SWING_DEG)) ** 2, 0) ** 2
