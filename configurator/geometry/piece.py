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
BASE = -0.99  # a triangle that faces further down than this belongs to a smooth stone's flat base


@dataclass(frozen=True, eq=False, slots=True)
class Mesh:
    """A triangle mesh; `vertices_mm` (n, 3) float32, `normals` (n, 3) float32, `faces` (m, 3) uint32."""

    vertices_mm: NDArray[np.float32]
    normals: NDArray[np.float32]
    faces: NDArray[np.uint32]


def frozen_mesh(vertices: NDArray[np.floating], normals: NDArray[np.floating], faces: NDArray[np.integer]) -> Mesh:
    """A read-only `Mesh` of the types that it promises."""
    made = Mesh(vertices.astype(np.float32), normals.astype(np.float32), faces.astype(np.uint32))
    for array in (made.vertices_mm, made.normals, made.faces):
        array.flags.writeable = False
    return made


def repeated(mesh: Mesh, placements: NDArray[np.floating]) -> Mesh:
    """One mesh at many places, `placements` (k, 4, 4), as one mesh."""
    turn, shift = placements[:, :3, :3], placements[:, :3, 3]
    vertices = np.einsum("kij,nj->kni", turn, mesh.vertices_mm) + shift[:, None]
    normals = np.einsum("kij,nj->kni", turn, mesh.normals)
    starts = len(mesh.vertices_mm) * np.arange(len(placements))
    faces = mesh.faces[None].astype(np.int64) + starts[:, None, None]
    return frozen_mesh(vertices.reshape(-1, 3), normals.reshape(-1, 3), faces.reshape(-1, 3))


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """One metal part as the preview draws it; parts may overlap (the castable solid is `cast`)."""

    name: str  # "band", "head", "inscription": also the name a finding uses
    alloy: Alloy
    mesh: Mesh
    finished: bool = True  # takes the hand finish; settings, lettering and bought parts are left as they come
    framed: bool = True  # whether the picture makes room for all of it; a necklace's chain runs out of it
    placements: NDArray[np.float32] | None = None  # (k, 4, 4), where the mesh stands many times: links of a chain

    @property
    def whole(self) -> Mesh:
        """All of it as one mesh."""
        return self.mesh if self.placements is None else repeated(self.mesh, self.placements)


@dataclass(frozen=True, slots=True)
class Dome:
    """The true surface of a stone without facets: an ellipsoid about (0, 0, `centre_z_mm`) of its own frame.

    A `whole` one is a pearl or a bead. Of any other only the half above its centre is there; below, the girdle stands
    upright down to a flat base at `base_z_mm`.
    """

    half_axes_mm: tuple[float, float, float]
    centre_z_mm: float
    base_z_mm: float
    whole: bool

    def normals(self, points: NDArray[np.floating], facing: NDArray[np.floating]) -> NDArray[np.float64]:
        """Unit normals (n, 3) at points (n, 3) of triangles that face in the directions `facing` (n, 3)."""
        axes = np.array(self.half_axes_mm)
        away = points - np.array([0.0, 0.0, self.centre_z_mm])
        if not self.whole:
            away = away * [1, 1, 0] + np.maximum(away, 0) * [0, 0, 1]
        found = away / axes**2
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found if self.whole else np.where(facing[:, 2:] < BASE, facing, found)


@dataclass(frozen=True, eq=False, slots=True)
class StoneSet:
    """All stones of one role: one convex solid (a heart: two), placed many times.

    `planes` (k, 4) float32 are the facets in the stone's own frame, in mm: the solid is where n·x <= d.
    `placements` (count, 4, 4) float32 are rigid transforms into the ring's frame. A stone with a `dome` is smooth: its
    planes and its mesh are only near it.
    """

    role: str
    cut: str
    mesh: Mesh
    planes: NDArray[np.float32]
    placements: NDArray[np.float32]
    dome: Dome | None = None


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
