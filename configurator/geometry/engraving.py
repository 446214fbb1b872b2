"""Ink on metal, whatever the surface: the thin picture of a cut line, the solid of its strokes, lines in a stack.

A surface bends the flat ink: `on_surface` takes places along the line, up its letters and out of the metal to places
of the piece.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import manifold3d as mf
import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription, InvalidDesign, Place
from configurator.geometry.bodies import creased
from configurator.geometry.lettering import Line, set_inscription
from configurator.geometry.mountings import Lettering
from configurator.geometry.piece import Finding, Mesh, frozen_mesh
from configurator.measures import InscriptionMeasure

Floats = NDArray[np.float64]

_CLEAR_MM = 0.12  # how far strokes run on past the surface: a boolean must not end in a face that both solids share
_SKIN_MM = 1e-3  # what lies nearer to a surface than this lies on it
_LIFT_MM = 0.012  # of the preview's decal above the metal: more than a chord of the band's own mesh hides
_DECAL_EDGE_MM = 0.3  # longest edge of a bent decal, so that flat triangles follow a round band within the lift
_DECAL_TILT_DEG = 50.0  # how far the decal's edges lean in, so that strokes shade like grooves
_STROKE_EDGE_MM = 0.6  # longest edge of bent strokes, so that flat triangles follow the round
_BEHIND: dict[Place, Place] = {"inside": "outside", "outside": "inside", "front": "back", "back": "front"}
_LEADING = 0.3  # between two lines in a stack, of the smaller one's height


class Side(Protocol):
    """A surface that takes lettering: the inside of a band, the face of a plate."""

    def letter(self, inscriptions: Sequence[Inscription], behind_mm: float) -> tuple[Lettering, ...]:
        """Lays lines one under the other; `behind_mm` of the metal is cut away from its other side.

        Raises `InvalidDesign` when a letter is in no font or the lines do not fit; the sentence says the largest size
        that does. What can be engraved but not cast comes as findings.
        """
        ...


@dataclass(frozen=True, eq=False, slots=True)
class LaidLine(ABC):
    """One line of lettering on a surface, cut into it or raised on it."""

    inscription: Inscription
    line: Line
    findings: tuple[Finding, ...]

    @property
    @abstractmethod
    def bends(self) -> bool:
        """Whether the surface is round."""

    @property
    @abstractmethod
    def casting(self) -> int:
        """Which of the piece's castings the surface is of."""

    @property
    @abstractmethod
    def removed_mm3(self) -> float:
        """The metal cut away; negative when metal is added."""

    @abstractmethod
    def on_surface(self, along_mm: Floats, up_mm: Floats, out_mm: Floats) -> Floats:
        """Points (n, 3) of the piece from places on the line: along it, up its letters, out of the metal."""

    @abstractmethod
    def covers(self, places_mm: Floats) -> NDArray[np.bool_]:
        """Which of some places (n, 3) may be walls of the strokes."""

    @property
    def deepest_mm(self) -> float:
        """How far under the surface walls of the strokes are found; those of raised ones stand clear of it."""
        return -_SKIN_MM if self.inscription.raised else self.inscription.depth_mm + _SKIN_MM

    def measure(self) -> InscriptionMeasure:
        """What the models need to know."""
        return InscriptionMeasure(
            place=self.inscription.place,
            characters=self.line.characters,
            length_mm=self.line.length_mm,
            height_mm=self.line.height_mm,
            depth_mm=self.inscription.depth_mm,
            removed_mm3=self.removed_mm3,
            thinnest_stroke_mm=self.line.thinnest_stroke_mm,
            raised=self.inscription.raised,
            drawn=self.inscription.drawing is not None,
        )

    def preview_mesh(self) -> Mesh:
        """What the preview draws: a decal where the ink is cut, the strokes themselves where it is raised."""
        return creased(self.strokes()) if self.inscription.raised else self._decal()

    def strokes(self) -> mf.Manifold:
        """The ink as a solid, `depth_mm` into the metal or out of it: to subtract, or to add when raised."""
        depth = self.inscription.depth_mm
        low = -_CLEAR_MM if self.inscription.raised else -depth
        block = self.line.section.extrude(depth + _CLEAR_MM)
        if self.bends:
            block = block.refine_to_length(_STROKE_EDGE_MM)
        return block.warp_batch(lambda points: self.on_surface(points[:, 0], points[:, 1], points[:, 2] + low))

    def _decal(self) -> Mesh:
        """The ink just above the metal, its normals leaning inwards along every outline."""
        loops = self.line.section.to_polygons()
        flat = np.vstack(loops)
        lean = np.vstack([_inward(loop) for loop in loops])
        faces = np.asarray(mf.triangulate(loops), dtype=np.int64)
        if self.bends:
            attributes, faces = _split_long_edges(np.hstack([flat, lean]), faces, _DECAL_EDGE_MM)
            flat, lean = attributes[:, :2], attributes[:, 2:]
        height = np.full(len(flat), _LIFT_MM)
        vertices = self.on_surface(flat[:, 0], flat[:, 1], height)
        # The surface's own axes at each vertex, by differences: along the line, up the letters, out of the metal.
        step = _LIFT_MM
        along = self.on_surface(flat[:, 0] + step, flat[:, 1], height) - vertices
        up = self.on_surface(flat[:, 0], flat[:, 1] + step, height) - vertices
        along /= np.linalg.norm(along, axis=1)[:, None]
        up /= np.linalg.norm(up, axis=1)[:, None]
        tilt = math.tan(math.radians(_DECAL_TILT_DEG))
        normals = np.cross(along, up) + tilt * (lean[:, :1] * along + lean[:, 1:] * up)
        normals /= np.linalg.norm(normals, axis=1)[:, None]
        return frozen_mesh(vertices, normals, faces)


@dataclass(frozen=True, eq=False, slots=True)
class Stack:
    """Lines one under the other, centred on the origin; `up_mm` is where the middle of each stands."""

    lines: tuple[Line, ...]
    up_mm: tuple[float, ...]
    length_mm: float
    height_mm: float


def stacked(inscriptions: Sequence[Inscription]) -> Stack:
    """Sets lines and stacks them, the first on top. Raises `InvalidDesign` when one cannot be set."""
    lines = tuple(set_inscription(one) for one in inscriptions)
    gaps = [_LEADING * min(a.height_mm, b.height_mm) for a, b in pairwise(inscriptions)]
    height = sum(line.height_mm for line in lines) + sum(gaps)
    top, up = height / 2, []
    for line, gap in zip(lines, (*gaps, 0.0), strict=True):
        up.append(top - line.height_mm / 2)
        top -= line.height_mm + gap
    return Stack(lines, tuple(up), max(line.length_mm for line in lines), height)


def resized(inscriptions: Sequence[Inscription], sizes_mm: Sequence[float]) -> list[Inscription]:
    """The same lines at other sizes."""
    return [one.model_copy(update={"height_mm": size}) for one, size in zip(inscriptions, sizes_mm, strict=True)]


def laid_in_order(
    inscriptions: Sequence[Inscription],
    places: Sequence[Place],
    letter: Callable[[Place, tuple[Inscription, ...], float], Sequence[Lettering]],
) -> tuple[Lettering, ...]:
    """All lines of a piece, those of one place together as a `Side` lays them, in the order they came in.

    Raises `InvalidDesign` for a place that the piece does not have, and what `letter` raises.
    """
    if not places and inscriptions:
        raise InvalidDesign(f"There is no room for words on this piece; leave “{inscriptions[0].text}” out.")
    laid: dict[int, Lettering] = {}
    for place in dict.fromkeys(one.place for one in inscriptions):
        if place not in places:
            known = " or ".join([", ".join(places[:-1]), places[-1]] if places[1:] else places)
            raise InvalidDesign(f"This piece can be engraved {known}; this line is for its {place}.")
        numbers = [number for number, one in enumerate(inscriptions) if one.place == place]
        behind = [one.depth_mm for one in inscriptions if one.place == _BEHIND[place] and not one.raised]
        lines = letter(place, tuple(inscriptions[number] for number in numbers), max(behind, default=0.0))
        laid |= dict(zip(numbers, lines, strict=True))
    return tuple(laid[number] for number in range(len(inscriptions)))


def _inward(loop: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit directions into the ink at the corners of one outline, (n, 2); the ink lies to the left of an outline."""
    side = np.roll(loop, -1, axis=0) - loop
    left = np.column_stack([-side[:, 1], side[:, 0]]) / np.maximum(np.hypot(*side.T), 1e-12)[:, None]
    middle = left + np.roll(left, 1, axis=0)
    length = np.hypot(*middle.T)[:, None]
    return np.where(length > 1e-6, middle / np.maximum(length, 1e-6), left)


def _split_long_edges(
    vertices: NDArray[np.float64], faces: NDArray[np.int64], longest_mm: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Halves every edge longer than `longest_mm` until none is left; neighbours stay joined.

    The first two columns of `vertices` (n, k) are the position, the others go along with it.
    """
    while True:
        edges = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
        long = np.hypot(*(vertices[edges[:, 0], :2] - vertices[edges[:, 1], :2]).T) > longest_mm
        if not long.any():
            return vertices, faces
        keys = edges[:, 0] * len(vertices) + edges[:, 1]
        split, where = np.unique(keys[long], return_inverse=True)
        middle = np.full(len(edges), -1, dtype=np.int64)
        middle[long] = len(vertices) + where
        ends = np.column_stack([split // len(vertices), split % len(vertices)])
        vertices = np.vstack([vertices, vertices[ends].mean(axis=1)])
        faces = _split_faces(faces, middle.reshape(-1, 3))


def _split_faces(faces: NDArray[np.int64], middle: NDArray[np.int64]) -> NDArray[np.int64]:
    """Replaces each triangle by the one to four that its split edges make; `middle` (m, 3) is -1 where unsplit."""
    parts = [faces[(middle < 0).all(axis=1)]]
    for turn in range(3):  # the same pattern in its three positions
        a, b, c = np.roll(faces, -turn, axis=1).T
        ab, bc, ca = np.roll(middle, -turn, axis=1).T
        one = (ab >= 0) & (bc < 0) & (ca < 0)
        two = (ab >= 0) & (bc >= 0) & (ca < 0)
        parts += [np.column_stack(t)[one] for t in ((a, ab, c), (ab, b, c))]
        parts += [np.column_stack(t)[two] for t in ((ab, b, bc), (a, ab, bc), (a, bc, c))]
        if turn == 0:
            every = (middle >= 0).all(axis=1)
            parts += [np.column_stack(t)[every] for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))]
    return np.vstack(parts)
