"""Lettering on a ring: does the line fit, what does it take away, how does it look, and the solid that cuts it.

A band calls `lay_out` once a line and gets a `BandLettering`; the preview draws `preview_mesh()`, the casting subtracts
`cutter()`, the measures take `measure()`. A line is centred across the band. Inside, it is centred on the palm and read
by looking into the ring from the front (letters' tops away from the reader); outside, on the top of the ring, or on
the palm when a head stands on top.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import manifold3d as mf
import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription, InvalidDesign
from configurator.geometry import inscription_rules
from configurator.geometry.lettering import Line, set_line
from configurator.geometry.piece import Finding, Mesh
from configurator.measures import InscriptionMeasure

__all__ = ["BandLettering", "Recess", "lay_out", "refuse_overlaps"]

_PALM_DEG = 180.0
_LIFT_MM = 0.012  # of the preview's decal above the metal: more than a chord of the band's own mesh hides
_DECAL_EDGE_MM = 0.3  # longest edge of the decal, so that flat triangles follow a round band within the lift
_DECAL_TILT_DEG = 50.0  # how far the decal's edges lean in, so that strokes shade like grooves
_SKIN_MM = 1e-3  # what lies nearer to a surface than this lies on it
_CLEAR_MM = 0.12  # how far the cutter stands out of the surface: a cut must not end in a face it shares with the metal
_CUTTER_EDGE_MM = 0.6  # longest edge of the cutter, so that flat triangles follow the round

# How much deeper into the metal than the plain cylinder the surface lies, mm, at axial position y_mm and at the angle
# angle_deg from the top of the ring; two arrays of one shape in, one out.
Recess = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, eq=False, slots=True)
class BandLettering:
    """One line of lettering, laid on a band. Lengths are along the engraved surface."""

    inscription: Inscription
    line: Line
    radius_mm: float  # of the plain cylinder that the recess counts from
    outside: bool
    centre_deg: float  # where the middle of the line stands, from the top of the ring
    recess_mm: Recess | None
    findings: tuple[Finding, ...]

    @property
    def removed_mm3(self) -> float:
        """The metal cut away: the ink's area times its depth, a little more where depth widens (inside)."""
        depth = self.inscription.depth_mm
        widening = depth / (2 * self.radius_mm)
        return self.line.area_mm2 * depth * (1 - widening if self.outside else 1 + widening)

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
        )

    def preview_mesh(self) -> Mesh:
        """The ink as a thin decal just above the metal, its normals leaning inwards along every outline."""
        loops = self.line.section.to_polygons()
        flat = np.vstack(loops)
        lean = np.vstack([_inward(loop) for loop in loops])
        faces = np.asarray(mf.triangulate(loops), dtype=np.int64)
        attributes, faces = _split_long_edges(np.hstack([flat, lean]), faces, _DECAL_EDGE_MM)
        flat, lean = attributes[:, :2], attributes[:, 2:]
        height = np.full(len(flat), _LIFT_MM)
        vertices = self._bent(flat[:, 0], flat[:, 1], height)
        # The surface's own axes at each vertex, by differences: along the line, up the letters, out of the metal.
        step = _LIFT_MM
        along = self._bent(flat[:, 0] + step, flat[:, 1], height) - vertices
        up = self._bent(flat[:, 0], flat[:, 1] + step, height) - vertices
        along /= np.linalg.norm(along, axis=1)[:, None]
        up /= np.linalg.norm(up, axis=1)[:, None]
        tilt = math.tan(math.radians(_DECAL_TILT_DEG))
        normals = np.cross(along, up) + tilt * (lean[:, :1] * along + lean[:, 1:] * up)
        normals /= np.linalg.norm(normals, axis=1)[:, None]
        return Mesh(
            _read_only(vertices.astype(np.float32)),
            _read_only(normals.astype(np.float32)),
            _read_only(faces.astype(np.uint32)),
        )

    def cutter(self) -> mf.Manifold:
        """The solid to subtract from the band; its floor lies `depth_mm` below the surface, recess and all."""
        depth = self.inscription.depth_mm
        block = self.line.section.extrude(depth + _CLEAR_MM).refine_to_length(_CUTTER_EDGE_MM)
        return block.warp_batch(lambda points: self._bent(points[:, 0], points[:, 1], points[:, 2] - depth))

    def covers(self, places_mm: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of some places (n, 3) lie as near to the engraved surface as its floor."""
        x, y, z = places_mm.T
        into = np.hypot(x, z) - self.radius_mm
        if self.outside:
            into = -into
        if self.recess_mm is not None:
            into = into - self.recess_mm(y, np.degrees(np.arctan2(x, z)))
        found: NDArray[np.bool_] = into < self.inscription.depth_mm + _SKIN_MM
        return found

    def _bent(
        self, along_mm: NDArray[np.float64], up_mm: NDArray[np.float64], out_mm: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Points (n, 3) of the ring from places on the line: along it, up its letters, out of the metal."""
        sense = 1.0 if self.outside else -1.0  # seen from the bore, the angle from the top runs against the reading
        angle = math.radians(self.centre_deg) + sense * along_mm / self.radius_mm
        if self.recess_mm is not None:
            out_mm = out_mm - self.recess_mm(up_mm, np.degrees(angle))
        radius = self.radius_mm + sense * out_mm
        return np.column_stack([radius * np.sin(angle), up_mm, radius * np.cos(angle)])


def lay_out(
    inscription: Inscription,
    *,
    inner_radius_mm: float,
    band_width_mm: float,
    band_thickness_mm: float,
    recess_mm: Recess | None = None,
    keepout_deg: float = 0.0,
    centre_deg: float | None = None,
) -> BandLettering:
    """Lays one line on a band.

    `band_width_mm` and `band_thickness_mm` are the band's where it is slimmest under the line; `recess_mm` is its
    profile on the engraved side (None: a plain cylinder of the inner, or inner plus thickness, radius); `keepout_deg`
    is the arc round the top that must stay free (under the head); `centre_deg` moves the line round the ring.

    Raises `InvalidDesign` when the place is not on a band, a letter is in no font, or the line does not fit; the
    sentence says the largest size that fits. What can be engraved but not cast comes as `findings`.
    """
    if inscription.place not in ("inside", "outside"):
        raise InvalidDesign(f"A ring can be engraved inside or outside; this line is for its {inscription.place}.")
    outside = inscription.place == "outside"
    radius_mm = inner_radius_mm + (band_thickness_mm if outside else 0.0)
    if centre_deg is None:
        centre_deg = 0.0 if outside and not keepout_deg else _PALM_DEG
    line = set_line(inscription.text, inscription.font, inscription.height_mm)
    off_deg = abs((centre_deg - _PALM_DEG + 180.0) % 360.0 - 180.0) if keepout_deg else 0.0
    arc_mm = math.radians(max(360.0 - keepout_deg - 2 * off_deg, 0.0)) * radius_mm
    inscription_rules.check_fit(inscription, line, arc_mm, band_width_mm)
    findings = inscription_rules.findings(inscription, line, band_width_mm, band_thickness_mm)
    return BandLettering(inscription, line, radius_mm, outside, centre_deg, recess_mm, findings)


def refuse_overlaps(lines: Sequence[BandLettering]) -> None:
    """Raises `InvalidDesign` when two lines on the same side of a band would be cut into each other."""
    for i, line in enumerate(lines):
        for other in lines[:i]:
            apart_deg = abs((line.centre_deg - other.centre_deg + 180.0) % 360.0 - 180.0)
            taken_deg = math.degrees((line.line.length_mm + other.line.length_mm) / (2 * line.radius_mm))
            if line.outside == other.outside and apart_deg <= taken_deg:
                raise InvalidDesign(
                    f"“{other.inscription.text}” and “{line.inscription.text}” would stand in the same place "
                    f"{line.inscription.place}; make them one line, or put one on the other side of the band."
                )


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


def _read_only(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
