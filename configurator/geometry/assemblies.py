"""Everything that is not a ring: castings, what is bought beside them (chain, clasp, ear backs), places for words."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np

from configurator.design import Inscription, Place
from configurator.geometry import mountings
from configurator.geometry.engraving import Side, laid_in_order
from configurator.geometry.mountings import BodySize, Copies, Lettering, transform
from configurator.geometry.piece import Part, Pose, StoneSet, repeated
from configurator.measures import FittingMeasure, Measures

_MANY = 5  # copies from which on the viewer draws one mesh at many places


class Bought(Hashable, Protocol):
    """A part that comes finished from a supplier, of the piece's own alloy: never in the casting, always weighed."""

    @property
    def part(self) -> str: ...  # "chain", "clasp", "backs": the name a finding uses
    def parts(self) -> tuple[Part, ...]: ...  # all of it where it is worn, in the piece's frame
    def size(self) -> BodySize: ...
    def measure(self) -> FittingMeasure: ...


@dataclass(frozen=True, slots=True)
class Assembly:
    """All a style of pendant, earrings or bracelet decides.

    `fittings` are cast-in places that wear (a bail, a hinge), for the models. A pendant hangs in the plane y = 0, its
    front towards -y and up along +z, the origin where the chain runs through the bail. `faces` are places for words,
    hashable: flat or domed (`faces.Face`) or round (`inscription.RoundSide`); each knows which casting it is of.
    """

    piece: Literal["pendant", "earrings", "bracelet"]
    pose: Pose
    cast: tuple[Copies, ...]
    bought: tuple[Bought, ...] = ()
    fittings: tuple[FittingMeasure, ...] = ()
    faces: tuple[tuple[Place, Side], ...] = ()

    @property
    def bore_mm(self) -> tuple[float, float] | None:
        return None

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for place, _ in self.faces)

    def letter(self, inscriptions: Sequence[Inscription]) -> tuple[Lettering, ...]:
        """Lays the lettering. Raises `InvalidDesign` when there is no room."""
        faces = dict(self.faces)
        return laid_in_order(inscriptions, self.places, lambda place, lines, mm: faces[place].letter(lines, mm))

    def parts(self, lines: Sequence[Lettering]) -> tuple[Part, ...]:
        found = [part for at, copies in enumerate(self.cast) for part in _parts(copies, mountings.lines_on(at, lines))]
        return (*found, *(part for one in self.bought for part in one.parts()))

    def stones(self) -> tuple[StoneSet, ...]:
        return mountings.stones_of(self.cast)

    def measure(self, style: str, lines: Sequence[Lettering]) -> Measures:
        """Everything the models need; bought parts are weighed with the rest."""
        sizes = [(len(copies.rows), mountings.metal_size(copies.mounting)) for copies in self.cast]
        bought = [one.size() for one in self.bought]
        engraved = tuple(line.measure() for line in lines)
        engraved_mm3 = sum(len(self.cast[line.casting].rows) * line.removed_mm3 for line in lines)
        cast_mm3 = sum(n * size.volume_mm3 for n, size in sizes) - engraved_mm3
        return Measures(
            piece=self.piece,
            style=style,
            metal_volume_mm3=cast_mm3 + sum(size.volume_mm3 for size in bought),
            surface_mm2=sum(n * s.surface_mm2 for n, s in sizes) + sum(size.surface_mm2 for size in bought),
            worn_surface_mm2=sum(n * s.worn_mm2 for n, s in sizes)
            + sum(size.surface_mm2 - size.inside_mm2 for size in bought),
            band=None,
            stones=mountings.stone_measures(self.cast),
            inscriptions=engraved,
            castings=sum(n for n, _ in sizes),
            fittings=(*self.fittings, *(one.measure() for one in self.bought)),
        )


def _parts(copies: Copies, lines: tuple[Lettering, ...]) -> tuple[Part, ...]:
    parts = mountings.parts_of(copies.mounting, lines)
    if copies.rows == (mountings.HERE,):
        return parts
    placements = np.stack([transform(rows) for rows in copies.rows]).astype(np.float32)
    if len(copies.rows) < _MANY:
        return tuple(replace(part, mesh=repeated(part.mesh, placements)) for part in parts)
    return tuple(replace(part, placements=placements) for part in parts)
