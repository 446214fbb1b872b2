"""What a style makes of its options, whatever the piece: the one answer that the rest of geometry works with."""

from collections.abc import Sequence
from typing import Protocol

from configurator.design import Inscription, Place
from configurator.geometry.mountings import Copies, Lettering
from configurator.geometry.piece import Part, Pose, StoneSet
from configurator.measures import Measures


class Jewel(Protocol):
    """A `rings.Ring` or an `assemblies.Assembly`."""

    @property
    def piece(self) -> str: ...
    @property
    def pose(self) -> Pose: ...
    @property
    def bore_mm(self) -> tuple[float, float] | None: ...  # a ring's inner radius and half the width of its band
    @property
    def places(self) -> tuple[Place, ...]: ...  # where lettering may stand
    @property
    def cast(self) -> tuple[Copies, ...]: ...
    def letter(self, inscriptions: Sequence[Inscription]) -> tuple[Lettering, ...]: ...  # raises InvalidDesign
    def parts(self, lines: Sequence[Lettering]) -> tuple[Part, ...]: ...
    def stones(self) -> tuple[StoneSet, ...]: ...
    def measure(self, style: str, lines: Sequence[Lettering]) -> Measures: ...
