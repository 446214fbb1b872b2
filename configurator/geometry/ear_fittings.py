"""What earrings are worn by: posts with their base, hooks, and the backs that are bought; and how a pair is laid out.

An earring's frame: front towards -y, +z up, the ear behind it. A post runs along +y from the plane y = 0, where what it
carries stands.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.geometry.bezels import BezelHead
from configurator.geometry.bodies import creased
from configurator.geometry.checks import limit
from configurator.geometry.halos import HaloHead
from configurator.geometry.mountings import BodySize, Placed, Rows, rows_of, transform
from configurator.geometry.piece import Mesh, Part, repeated
from configurator.geometry.prongs import ProngHead, collar
from configurator.geometry.rims import foot_mm
from configurator.geometry.settings import SINK_MM
from configurator.geometry.solids import circle_factor
from configurator.measures import Fitting, FittingMeasure

Floats = NDArray[np.float64]
Back = Literal["butterfly", "screw", "locking"]
Head = ProngHead | BezelHead | HaloHead

BACKS: dict[Back, str] = {"butterfly": "Butterfly", "screw": "Screw", "locking": "Locking"}

# Taste, in mm.
PLATE_MM = SINK_MM + 0.2  # a base hides the feet of the head that stands on it
_PLATE_ROUND, _PLATE_ROUND_MM = 0.2, 0.28  # of its edge: across, as a share, and deep
_FLARE_MM = 0.55  # where a post runs out into its base
_BESIDE_FEET_MM = 0.12
_GROOVE_MM, _GROOVE_AT_MM = 0.07, 2.2  # that the back snaps into, and its way from the tip
_LOBE_MM = 5.2  # from the base to the back: the ear between them

_ROUND = {False: 24, True: 72}  # segments
_TURN = {False: 6, True: 9}  # points over a quarter of a rounded edge

_BACK_ROUND = 48
_SHEET_MM, _SCROLL_MM = 0.28, 1.0  # a butterfly's metal, and the radius of its scrolls
_STRIP_MM, _PLATE_BACK_MM = 2.8, 2.4  # its width, and the radius of its plate
_FIT_MM = 0.02  # round the post


def pair(width_mm: float, turn_deg: float = 0.0) -> tuple[Rows, Rows]:
    """Where the left and the right stand: side by side along x, each turned about the upright."""
    half, turn = (width_mm + max(3.0, 0.45 * width_mm)) / 2, math.radians(turn_deg)
    c, s = math.cos(turn), math.sin(turn)
    left, right = (((c, -s, 0.0, x), (s, c, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0)) for x in (-half, half))
    return left, right


def facing(head: Head, x_mm: float = 0.0, y_mm: float = 0.0, z_mm: float = 0.0) -> Placed:
    """A head that faces the front, standing on the plane y = `y_mm`; the stone's length runs up."""
    rows = ((1.0, 0.0, 0.0, x_mm), (0.0, 0.0, -1.0, y_mm - head.height_mm), (0.0, 1.0, 0.0, z_mm))
    return Placed(head, rows)


def base_of(head: Head) -> tuple[float, float]:
    """Half the width and half the height of the plate that takes the feet of a head."""
    if isinstance(head, BezelHead):
        across, along = foot_mm(head.stone, head.wall_mm, head.height_mm, SINK_MM)
        return across + _BESIDE_FEET_MM, along + _BESIDE_FEET_MM
    radius = collar(head.centre if isinstance(head, HaloHead) else head)
    return radius, radius


def post_measure(count: int = 2) -> FittingMeasure:
    """The cast-in posts of a pair."""
    return cast_in("post", limit("ear_post_wire", "mid"), count)


def cast_in(kind: Fitting, gauge_mm: float, count: int = 2) -> FittingMeasure:
    """A fitting that is part of the casting."""
    return FittingMeasure(
        kind=kind, variety="", grade="", count=count, gauge_mm=gauge_mm, length_mm=0.0, volume_mm3=0.0
    )


def build_post(
    fine: bool, half_width_mm: float, half_height_mm: float, wire_mm: float, length_mm: float
) -> manifold3d.Manifold:
    """A plate with rounded edges and the post behind it; `length_mm` from the plate's front to the post's tip."""
    return build_button(fine, half_width_mm, half_height_mm) + build_pin(fine, wire_mm, length_mm)


def build_button(fine: bool, half_width_mm: float, half_height_mm: float) -> manifold3d.Manifold:
    """The plate alone: oval, its front at y = 0, rounded at the back."""
    turn = np.linspace(0, math.pi / 2, _TURN[fine])
    across = 1 - _PLATE_ROUND * (1 - np.cos(turn))
    edge = np.column_stack([across, PLATE_MM - _PLATE_ROUND_MM * (1 - np.sin(turn))])
    outline = np.vstack([[[0, 0], [1, 0]], edge, [[0, PLATE_MM]]])
    return turned(outline, fine).scale((half_width_mm, 1, half_height_mm))


def build_pin(fine: bool, wire_mm: float, length_mm: float) -> manifold3d.Manifold:
    """A post along +y from within its base: a flare, a groove for the back, a round tip."""
    radius = wire_mm / 2
    turn = np.linspace(0, math.pi / 2, _TURN[fine])
    flare = np.column_stack([radius + _FLARE_MM * (1 - np.sin(turn)), PLATE_MM - 0.05 + _FLARE_MM * (1 - np.cos(turn))])
    way = np.linspace(-1, 1, 2 * _TURN[fine] - 1)
    groove = np.column_stack([radius - _GROOVE_MM * (1 - way**2), length_mm - _GROOVE_AT_MM + 0.25 * way])
    tip = np.column_stack([radius * np.cos(turn), length_mm - radius + radius * np.sin(turn)])
    side = np.vstack([flare, groove, tip])
    side[-1, 0] = 0.0
    start = [[0, PLATE_MM / 2], [side[0, 0], PLATE_MM / 2]]
    return turned(np.vstack([start, side]), fine)


def turned(outline: Floats, fine: bool, segments: int | None = None) -> manifold3d.Manifold:
    """A solid on a lathe about the y axis: `outline` (n, 2) rows (radius, y), counter-clockwise from the axis."""
    count = segments or _ROUND[fine]
    section = manifold3d.CrossSection([outline * [circle_factor(count), 1]])
    return manifold3d.Manifold.revolve(section, count).rotate((-90, 0, 0))


@dataclass(frozen=True, slots=True)
class EarBacks:
    """Bought backs on the posts of a pair: `places` turn the frame of one post to each of both."""

    variety: Back
    wire_mm: float
    places: tuple[Rows, ...]

    @property
    def part(self) -> str:
        return "backs"

    def parts(self) -> tuple[Part, ...]:
        """Both backs on their posts, an ear's thickness behind the front."""
        placements = np.stack([transform(rows) for rows in self.places])
        both = repeated(_back_mesh(self.variety, self.wire_mm), placements)
        return (Part(self.part, "main", both, finished=False),)

    def size(self) -> BodySize:
        """Of both; the plate lies on the ear."""
        solid, count = _back(self.variety, self.wire_mm), len(self.places)
        plate = math.pi * _PLATE_BACK_MM**2
        return BodySize(count * solid.volume(), count * solid.surface_area(), count * plate)

    def measure(self) -> FittingMeasure:
        return FittingMeasure(
            kind="back",
            variety=self.variety,
            grade="",
            count=len(self.places),
            gauge_mm=self.wire_mm,
            length_mm=0.0,
            volume_mm3=self.size().volume_mm3,
        )


def ear_backs(variety: Back, wire_mm: float, pair_rows: tuple[Rows, ...], y_mm: float, z_mm: float = 0.0) -> EarBacks:
    """Backs for posts that leave a base whose back lies at `y_mm`."""
    shift = np.eye(4)
    shift[:3, 3] = 0.0, y_mm + _LOBE_MM, z_mm
    return EarBacks(variety, wire_mm, tuple(rows_of(transform(rows) @ shift) for rows in pair_rows))


@lru_cache(maxsize=16)
def _back_mesh(variety: Back, wire_mm: float) -> Mesh:
    return creased(_back(variety, wire_mm))


@lru_cache(maxsize=16)
def _back(variety: Back, wire_mm: float) -> manifold3d.Manifold:
    """One back: its post along y, its plate's front at y = 0."""
    bore = manifold3d.Manifold.cylinder(9.0, wire_mm / 2 + _FIT_MM, circular_segments=_BACK_ROUND, center=True)
    build = {"butterfly": _butterfly, "screw": _screw, "locking": _locking}[variety]
    return build(wire_mm) - bore.rotate((90, 0, 0))


def _butterfly(wire_mm: float) -> manifold3d.Manifold:
    """A plate whose two wings are rolled into scrolls that grip the post between them."""
    plate = turned(_washer(_PLATE_BACK_MM, _SHEET_MM, 0.12), True, _BACK_ROUND)
    turn = np.linspace(-0.5 * math.pi, 1.42 * math.pi, 25)
    outer = _SCROLL_MM * np.linspace(1.0, 0.74, len(turn))
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    scroll = np.vstack([outer[:, None] * ring, ((outer - _SHEET_MM)[:, None] * ring)[::-1]])
    scroll += [wire_mm / 2 + 0.93 * _SCROLL_MM, _SHEET_MM * 0.6 + _SCROLL_MM]
    wing = manifold3d.CrossSection([scroll]).extrude(_STRIP_MM).translate((0, 0, -_STRIP_MM / 2))
    return plate + wing + wing.mirror((1, 0, 0))


def _screw(wire_mm: float) -> manifold3d.Manifold:
    """A round nut with a fluted edge."""
    nut = turned(_washer(_PLATE_BACK_MM, 1.3, 0.3), True, 4 * _BACK_ROUND)
    hub = turned(_washer(1.25, 1.9, 0.25), True, _BACK_ROUND)
    turn = 2 * np.pi * np.arange(4 * _BACK_ROUND) / (4 * _BACK_ROUND)
    radius = _PLATE_BACK_MM - 0.07 * (1 - np.cos(24 * turn))
    fluted = manifold3d.CrossSection([np.column_stack([np.cos(turn), np.sin(turn)]) * radius[:, None]])
    return (nut ^ fluted.extrude(4.0).rotate((-90, 0, 0)).translate((0, -1.0, 0))) + hub


def _locking(wire_mm: float) -> manifold3d.Manifold:
    """A plate and a domed cap with a waist between them: pressed together, they let go of the post."""
    dome = np.linspace(0, math.pi / 2, 10)
    cap = np.column_stack([2.0 * np.cos(dome), 2.3 + 0.75 * np.sin(dome)])
    rim = np.array([[_PLATE_BACK_MM - 0.1, 0.0], [_PLATE_BACK_MM, 0.1], [_PLATE_BACK_MM, 0.5]])
    waist = np.array([[1.35, 0.75], [1.2, 0.95], [1.2, 1.55], [1.35, 1.75], [1.85, 1.8], [2.0, 1.95]])
    outline = np.vstack([np.zeros((1, 2)), rim, [[_PLATE_BACK_MM - 0.2, 0.7]], waist, cap])
    outline[-1, 0] = 0.0
    return turned(outline, True, _BACK_ROUND)


def _washer(radius_mm: float, thick_mm: float, soft_mm: float) -> Floats:
    """The half section of a disc with rounded edges, its front at y = 0."""
    turn = np.linspace(0, math.pi / 2, 5)
    front = np.column_stack([radius_mm - soft_mm * (1 - np.sin(turn)), soft_mm * (1 - np.cos(turn))])
    back = np.column_stack([front[::-1, 0], thick_mm - front[::-1, 1]])
    return np.vstack([[[0.0, 0.0]], front, back, [[0.0, thick_mm]]])
