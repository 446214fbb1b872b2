"""Lettering on a flat or gently domed face: a signet's table, both sides of a pendant or a locket, those of a bar.

A face says where it lies and what room it has; lines stand on it one under the other, centred on its origin.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import manifold3d as mf
import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription, Place
from configurator.geometry import inscription_rules
from configurator.geometry.engraving import LaidLine, Stack, stacked
from configurator.geometry.mountings import Rows, transform

Floats = NDArray[np.float64]
Outline = tuple[tuple[float, float], ...]

# How far the surface falls away behind the plane of its frame, mm, at places (x, y): two arrays in, one out. Hashable.
Fall = Callable[[Floats, Floats], Floats]

_HAIR_MM2 = 1e-6  # less ink than this over the edge is rounding
_MITRE = 2.0


@dataclass(frozen=True, slots=True)
class Face:
    """A flat face of a piece. Hashable.

    `rows` place its frame: the origin in the middle of the room for words, x along a line, y up the letters, z out of
    the metal. `outline` is the polygon (x, y) that ink keeps its margin from; `part` is its name in a sentence. On a
    domed face, ink keeps its true size as it is seen from straight ahead, and is as deep everywhere along z.
    """

    rows: Rows
    outline: Outline
    thickness_mm: float  # of the metal behind it
    part: str
    fall_mm: Fall | None = None  # of a dome; None: a plane
    hollow: bool = False  # a shell, whose walls are as thick as they are
    casting: int = 0  # which of the piece's castings it is of

    def letter(self, inscriptions: Sequence[Inscription], behind_mm: float = 0.0) -> tuple["FlatLettering", ...]:
        """Lays lines one under the other; see `engraving.Side`."""
        return _laid(self, tuple(inscriptions), behind_mm)


@dataclass(frozen=True, eq=False, slots=True)
class FlatLettering(LaidLine):
    """One line of lettering, laid on a face."""

    face: Face
    up_mm: float  # where the middle of the line stands in the face's frame

    @property
    def bends(self) -> bool:
        return self.face.fall_mm is not None

    @property
    def casting(self) -> int:
        return self.face.casting

    @property
    def removed_mm3(self) -> float:
        """The ink's area times its depth, exactly so on a dome too: both are measured along one direction."""
        volume = self.line.area_mm2 * self.inscription.depth_mm
        return -volume if self.inscription.raised else volume

    def covers(self, places_mm: Floats) -> NDArray[np.bool_]:
        """Which of some places (n, 3) lie round the ink, as deep as it is cut or as high as it stands."""
        rotation, origin = np.split(transform(self.face.rows)[:3], [3], axis=1)
        x, y, z = ((places_mm - origin.T) @ rotation).T
        beside = np.maximum(np.abs(x) - self.line.length_mm / 2, np.abs(y - self.up_mm) - self.line.height_mm / 2)
        if self.face.fall_mm is not None:
            z = z + self.face.fall_mm(x, y)
        return (-z < self.deepest_mm) & (beside < inscription_rules.margin_mm())

    def on_surface(self, along_mm: Floats, up_mm: Floats, out_mm: Floats) -> Floats:
        """Points (n, 3) of the piece from places on the line."""
        place, up_mm = transform(self.face.rows), up_mm + self.up_mm
        if self.face.fall_mm is not None:
            out_mm = out_mm - self.face.fall_mm(along_mm, up_mm)
        return np.column_stack([along_mm, up_mm, out_mm]) @ place[:3, :3].T + place[:3, 3]


def plate_faces(outline: Outline, thickness_mm: float, middle_z_mm: float, part: str) -> tuple[tuple[Place, Face], ...]:
    """Front and back of a plate that hangs in the plane y = 0.

    `outline` (x, y) is what the wearer's friend sees, from the middle of the room for words at height `middle_z_mm`.
    """
    half = thickness_mm / 2
    front: Rows = ((1.0, 0.0, 0.0, 0.0), (0.0, 0.0, -1.0, -half), (0.0, 1.0, 0.0, middle_z_mm))
    back: Rows = ((-1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, half), (0.0, 1.0, 0.0, middle_z_mm))
    turned = tuple((-x, y) for x, y in reversed(outline))
    return ("front", Face(front, outline, thickness_mm, part)), ("back", Face(back, turned, thickness_mm, part))


def round_outline(radius_mm: float, points: int = 96) -> Outline:
    """A circle as an outline."""
    turn = 2 * np.pi * np.arange(points) / points
    return tuple((float(x), float(y)) for x, y in radius_mm * np.column_stack([np.cos(turn), np.sin(turn)]))


@lru_cache(maxsize=64)
def _laid(face: Face, inscriptions: tuple[Inscription, ...], behind_mm: float) -> tuple[FlatLettering, ...]:
    stack = stacked(inscriptions)
    if not _fits(face, stack):
        subject = f"“{inscriptions[0].text}” is" if len(inscriptions) == 1 else f"These {len(inscriptions)} lines are"
        inscription_rules.refuse_together(
            inscriptions,
            f"{subject} {stack.length_mm:.1f} mm long and {stack.height_mm:.1f} mm high, too large for the {face.part}",
            lambda smaller: _fits(face, stacked(smaller)),
        )
    found = []
    for one, line, up_mm in zip(inscriptions, stack.lines, stack.up_mm, strict=True):
        edge_mm = _apart_mm(line.section.translate((0, up_mm)), face.outline)
        metal_mm = face.thickness_mm - (0.0 if face.hollow else behind_mm)
        findings = inscription_rules.findings(one, line, face.part, metal_mm, edge_mm, face.hollow)
        found.append(FlatLettering(one, line, findings, face, up_mm))
    return tuple(found)


def _fits(face: Face, stack: Stack) -> bool:
    room = _room(face.outline)
    ink = [line.section.translate((0, up)) for line, up in zip(stack.lines, stack.up_mm, strict=True)]
    return all((one - room).area() < _HAIR_MM2 for one in ink)


@lru_cache(maxsize=64)
def _room(outline: Outline) -> mf.CrossSection:
    section = mf.CrossSection([np.array(outline)])
    return section.offset(-inscription_rules.margin_mm(), mf.JoinType.Miter, _MITRE)


def _apart_mm(ink: mf.CrossSection, outline: Outline) -> float:
    """From the ink's corners to the nearest side of the outline."""
    corners, start = np.vstack(ink.to_polygons()), np.array(outline)
    side = np.roll(start, -1, axis=0) - start
    to_corner = corners[:, None] - start
    along = np.clip(np.einsum("ijk,jk->ij", to_corner, side) / np.einsum("jk,jk->j", side, side), 0, 1)
    return float(np.linalg.norm(to_corner - along[..., None] * side, axis=2).min())
