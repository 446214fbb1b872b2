"""Lettering on a band: does it fit, what does it take away, and where does it stand round the finger?

Lines are centred across the band, one under the other. Inside, they are centred on the palm and read by looking into
the ring from the front (letters' tops away from the reader); outside, on the top of the ring, or on the palm when a
head stands on top.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription, InvalidDesign
from configurator.geometry import inscription_rules
from configurator.geometry.engraving import LaidLine, stacked

__all__ = ["BandLettering", "BandSide", "Recess", "RoundSide"]

Floats = NDArray[np.float64]

_PALM_DEG = 180.0

# How much deeper into the metal than the plain cylinder the surface lies, mm, at axial position y_mm and at the angle
# angle_deg from the top of the ring; two arrays of one shape in, one out.
Recess = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSide(ABC):
    """The inside or the outside of metal that goes round a finger or a wrist."""

    width_mm: float
    thickness_mm: float
    outside: bool
    part: str = "band"  # its name in a sentence

    @property
    @abstractmethod
    def arc_mm(self) -> float:
        """How long a line may be before margins."""

    @abstractmethod
    def bend(self, long_mm: float) -> float:
        """How strongly the surface bends under a line so long, 1/mm."""

    @abstractmethod
    def depth_mm(self, places_mm: Floats) -> Floats:
        """How far below the surface some places (n, 3) lie."""

    @abstractmethod
    def at(self, along_mm: Floats, across_mm: Floats, out_mm: Floats) -> Floats:
        """Places (n, 3): along from the middle of the lines, across the metal, out of the surface."""

    def width_under(self, long_mm: float) -> float:
        """The width where it is slimmest under a line so long."""
        return self.width_mm

    def letter(self, inscriptions: Sequence[Inscription], behind_mm: float = 0.0) -> tuple["BandLettering", ...]:
        """Lays lines one under the other; see `engraving.Side`."""
        if not self.outside and any(one.raised for one in inscriptions):
            raise InvalidDesign(f"Raised letters inside a {self.part} would rub the skin; have them cut instead.")
        stack = stacked(inscriptions)
        width_mm = self.width_under(stack.length_mm)
        inscription_rules.check_fit(inscriptions, stack, self.arc_mm, width_mm, self.part)
        laid = []
        for one, line, up_mm in zip(inscriptions, stack.lines, stack.up_mm, strict=True):
            edge_mm = (width_mm - line.height_mm) / 2 - abs(up_mm)
            findings = inscription_rules.findings(one, line, self.part, self.thickness_mm - behind_mm, edge_mm)
            laid.append(BandLettering(one, line, findings, self, up_mm))
        return tuple(laid)


@dataclass(frozen=True, slots=True, kw_only=True)
class BandSide(RoundSide):
    """The inside or the outside of a round band where it is slimmest under its lettering."""

    inner_radius_mm: float
    recess_mm: Recess | None = None  # its profile; None: a plain cylinder of the inner or the outer radius
    keepout_deg: float = 0.0  # the arc round the top that must stay free (under the head)

    @property
    def radius_mm(self) -> float:
        """Of the plain cylinder that the recess counts from."""
        return self.inner_radius_mm + (self.thickness_mm if self.outside else 0.0)

    @property
    def arc_mm(self) -> float:
        """How long a line may be before margins."""
        return math.radians(360.0 - self.keepout_deg) * self.radius_mm

    def bend(self, long_mm: float) -> float:
        return 1 / self.radius_mm

    def depth_mm(self, places_mm: Floats) -> Floats:
        x, y, z = places_mm.T
        into = np.hypot(x, z) - self.radius_mm
        if self.outside:
            into = -into
        return into if self.recess_mm is None else into - self.recess_mm(y, np.degrees(np.arctan2(x, z)))

    def at(self, along_mm: Floats, across_mm: Floats, out_mm: Floats) -> Floats:
        centre_deg = 0.0 if self.outside and not self.keepout_deg else _PALM_DEG
        sense = 1.0 if self.outside else -1.0  # seen from the bore, the angle from the top runs against the reading
        angle = math.radians(centre_deg) + sense * along_mm / self.radius_mm
        if self.recess_mm is not None:
            out_mm = out_mm - self.recess_mm(across_mm, np.degrees(angle))
        radius = self.radius_mm + sense * out_mm
        return np.column_stack([radius * np.sin(angle), across_mm, radius * np.cos(angle)])


@dataclass(frozen=True, eq=False, slots=True)
class BandLettering(LaidLine):
    """One line of lettering, laid on a band. Lengths are along the engraved surface."""

    side: RoundSide
    across_mm: float  # where the middle of the line stands, from the middle of the band

    @property
    def bends(self) -> bool:
        return True

    @property
    def casting(self) -> int:
        return 0

    @property
    def removed_mm3(self) -> float:
        """The ink's area times its depth, a little more where depth widens (inside, or raised outside)."""
        depth = self.inscription.depth_mm
        widening = depth * self.side.bend(self.line.length_mm) / 2
        if self.inscription.raised:
            return -self.line.area_mm2 * depth * (1 + widening)
        return self.line.area_mm2 * depth * (1 - widening if self.side.outside else 1 + widening)

    def covers(self, places_mm: Floats) -> NDArray[np.bool_]:
        """Which of some places (n, 3) lie as near to the lettered surface as its strokes reach."""
        return self.side.depth_mm(places_mm) < self.deepest_mm

    def on_surface(self, along_mm: Floats, up_mm: Floats, out_mm: Floats) -> Floats:
        """Points (n, 3) of the ring from places on the line: along it, up its letters, out of the metal."""
        return self.side.at(along_mm, up_mm + self.across_mm, out_mm)
