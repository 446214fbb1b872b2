"""What geometry hands out: arrays to draw, solids to cast, and the measurements both agree on.

Coordinates in mm, +z up, the front towards -y. A ring's finger runs along y, its head is on top, the origin is the
centre of the finger hole. A pendant hangs from the origin, where its chain runs through the bail. A stone's own frame
has its girdle plane at z = 0, the table up (+z) and its length along y.
All arrays are read-only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from configurator.measures import Measures

Alloy = Literal["main", "accent"]
LETTERING = "inscription"  # the name of the part that is shaded as an engraved floor
RELIEF = "relief"  # raised letters: metal like the rest
Pose = Literal["standing", "hanging", "lying"]  # how a piece is shown: a ring on its palm side, a pendant in the air


@dataclass(frozen=True, eq=False, slots=True)
class Mesh:
    """A triangle mesh; `vertices_mm` (n, 3) float32, `normals` (n, 3) float32, `faces` (m, 3) uint32."""

    vertices_mm: NDArray[np.float32]
    normals: NDArray[np.float32]
    faces: NDArray[np.uint32]


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """One metal part as the preview draws it; parts may overlap (the castable solid is `cast`)."""

    name: str  # "band", "head", "inscription": also the name a finding uses
    alloy: Alloy
    mesh: Mesh
    framed: bool = True  # whether the picture makes room for all of it; a necklace's chain runs out of it


@dataclass(frozen=True, eq=False, slots=True)
class StoneSet:
    """All stones of one role: one faceted convex solid, placed many times.

    `planes` (k, 4) float32 are the facets in the stone's own frame, in mm: the solid is where n·x <= d.
    `placements` (count, 4, 4) float32 are rigid transforms into the ring's frame.
    """

    role: str
    cut: str
    mesh: Mesh
    planes: NDArray[np.float32]
    placements: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the maker would object to, and what to do about it; the text is for the client."""

    severity: Literal["note", "warning", "stop"]  # stop: cannot be made as it is
    part: str
    message: str
    fix: str


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A design as the preview and the models need it.

    The picture needs no measures, the models need no picture, and each takes as long as the other: both are made when
    first asked for, and kept.
    """

    bore_mm: tuple[float, float] | None  # a ring's inner radius and half the width of its band, for the viewer
    pose: Pose
    drawn: Callable[[], tuple[tuple[Part, ...], tuple[StoneSet, ...]]]
    measured: Callable[[], tuple[Measures, tuple[Finding, ...]]]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The metal, to draw."""
        return self.drawn()[0]

    @property
    def stones(self) -> tuple[StoneSet, ...]:
        """The stones, to draw."""
        return self.drawn()[1]

    @property
    def measures(self) -> Measures:
        """Everything the models need to know."""
        return self.measured()[0]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the maker would object to, whatever the metal."""
        return self.measured()[1]


@dataclass(frozen=True, eq=False, slots=True)
class Body:
    """The metal of one alloy, closed; `vertices_mm` (n, 3) float64, `faces` (m, 3) uint32."""

    alloy: Alloy
    vertices_mm: NDArray[np.float64]
    faces: NDArray[np.uint32]
    volume_mm3: float


@dataclass(frozen=True, eq=False, slots=True)
class Casting:
    """The piece as one watertight solid with every castability check run; for export, never for a pick.

    `vertices_mm` (n, 3) float64, `faces` (m, 3) uint32 of the united solid, seats and lettering cut. `bodies` are the
    same metal as it is cast: one body for each alloy, which together fill the united solid.
    """

    vertices_mm: NDArray[np.float64]
    faces: NDArray[np.uint32]
    volume_mm3: float
    surface_mm2: float
    genus: int
    findings: tuple[Finding, ...]
    bodies: tuple[Body, ...]
