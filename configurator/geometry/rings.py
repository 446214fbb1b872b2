"""A ring put together: a hoop and what stands on it, at angles from its top."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription, InvalidDesign, Place
from configurator.geometry import inscription, lettering, mountings
from configurator.geometry.band import Band
from configurator.geometry.engraving import laid_in_order
from configurator.geometry.faces import Face
from configurator.geometry.mountings import Body, Copies, Mounting, Placed, Rows, Setting, reach_deg, rows_of
from configurator.geometry.piece import Part, Pose, StoneSet
from configurator.measures import BandMeasure, Measures

Floats = NDArray[np.float64]

_OUTSIDE_KEEPOUT_MM = 1.0  # between a head and lettering on the outside


class Hoop(Body, Protocol):
    """What goes round the finger: a plain band, or a body of its own. The palm side is its slimmest."""

    @property
    def plain(self) -> Band: ...  # what it is at the palm
    @property
    def top_radius_mm(self) -> float: ...  # where settings stand
    def lettered(self, outside: bool) -> Band: ...  # what lettering stands on
    def keepout_deg(self, outside: bool) -> float: ...  # arc round the top without room for lettering


@dataclass(frozen=True, slots=True)
class Standing:
    """A setting on the band, `angle_deg` from the top; `turn_deg` turns it about its own upright."""

    setting: Setting
    angle_deg: float = 0.0
    turn_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Ring:
    """All a style of ring decides."""

    band: Hoop
    standing: tuple[Standing, ...] = ()
    faces: tuple[tuple[Place, Face], ...] = ()  # flat places for words beside the band's own

    @property
    def piece(self) -> str:
        return "ring"

    @property
    def pose(self) -> Pose:
        return "standing"

    @property
    def bore_mm(self) -> tuple[float, float] | None:
        return self.band.plain.inner_radius_mm, self.band.plain.top_width_mm / 2

    @property
    def places(self) -> tuple[Place, ...]:
        return ("inside", "outside", *(place for place, _ in self.faces))

    @property
    def mounting(self) -> Mounting:
        """The ring as the one casting that it is."""
        return _mounting(self)

    @property
    def cast(self) -> tuple[Copies, ...]:
        return (Copies(self.mounting),)

    def letter(self, inscriptions: Sequence[Inscription]) -> tuple[mountings.Lettering, ...]:
        """Lays the lettering. Raises `InvalidDesign` when a line does not fit."""
        faces = dict(self.faces)

        def letter(place: Place, lines: tuple[Inscription, ...], behind_mm: float) -> tuple[mountings.Lettering, ...]:
            if place in faces:
                return faces[place].letter(lines, behind_mm)
            outside = place == "outside"
            return _on_band(lines, self.band, outside, _keepout_deg(self, outside), behind_mm)

        return laid_in_order(inscriptions, self.places, letter)

    def parts(self, lines: Sequence[mountings.Lettering]) -> tuple[Part, ...]:
        return mountings.parts_of(self.mounting, lines)

    def stones(self) -> tuple[StoneSet, ...]:
        return mountings.stones_of(self.cast)

    def measure(self, style: str, lines: Sequence[mountings.Lettering]) -> Measures:
        """Everything the models need: the band in closed form, heads from their solids, overlaps counted once."""
        plain = self.band.plain
        size, engraved = mountings.metal_size(self.mounting), tuple(line.measure() for line in lines)
        return Measures(
            piece=self.piece,
            style=style,
            metal_volume_mm3=size.volume_mm3 - sum(line.removed_mm3 for line in engraved),
            surface_mm2=size.surface_mm2,
            worn_surface_mm2=size.worn_mm2,
            band=BandMeasure(
                inner_diameter_mm=plain.inner_diameter_mm,
                width_mm=plain.top_width_mm,
                thickness_mm=plain.thickness_mm,
                profile=plain.profile,
            ),
            stones=mountings.stone_measures(self.cast),
            inscriptions=engraved,
        )


@lru_cache(maxsize=64)
def _mounting(ring: Ring) -> Mounting:
    placed = tuple(Placed(standing.setting, _place(ring.band, standing)) for standing in ring.standing)
    return Mounting(ring.band, "band", placed, openings=1)


def _place(band: Hoop, standing: Standing) -> Rows:
    """From a setting's frame to the ring's."""
    a, t = math.radians(standing.angle_deg), math.radians(standing.turn_deg)
    radius = band.top_radius_mm + standing.setting.height_mm
    lean = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    turn = np.array([[math.cos(t), -math.sin(t), 0], [math.sin(t), math.cos(t), 0], [0, 0, 1]])
    found = np.eye(4)
    found[:3, :3] = lean @ turn
    found[:3, 3] = radius * math.sin(a), 0, radius * math.cos(a)
    return rows_of(found)


@lru_cache(maxsize=64)
def _on_band(
    lines: tuple[Inscription, ...], band: Hoop, outside: bool, keepout_deg: float, behind_mm: float
) -> tuple[inscription.BandLettering, ...]:
    ground = band.lettered(outside)
    if outside and ground.profile == "knife_edge":
        raise InvalidDesign(
            "A knife edge has no flat outside to engrave; engrave the inside, or choose another profile."
        )
    radius = ground.top_radius_mm if outside else ground.inner_radius_mm
    long_mm = max(lettering.set_inscription(line).length_mm for line in lines)
    # Slimmest in the middle of the line, or, when tapered, at the end that comes nearest to the top.
    end = math.pi - min(long_mm / 2 / radius, math.pi)
    side = inscription.BandSide(
        inner_radius_mm=ground.inner_radius_mm,
        width_mm=ground.width_mm * float(ground.width_share(np.array([math.pi, end])).min()),
        thickness_mm=ground.thickness_mm,
        outside=outside,
        recess_mm=ground.recess(outside),
        keepout_deg=keepout_deg,
    )
    return side.letter(lines, behind_mm)


def _keepout_deg(ring: Ring, outside: bool) -> float:
    own = ring.band.keepout_deg(outside)
    if not outside or not ring.standing:
        return own
    return max(own, 2 * reach_deg(ring.mounting.placed, _OUTSIDE_KEEPOUT_MM))
