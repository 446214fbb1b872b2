"""What an export gets to write from: one design, its shape, the tables that give its materials, and what it is for."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from configurator.design import Design, InvalidDesign
from configurator.geometry.piece import Alloy, Body, Casting, Finding, Part, Piece
from configurator.reference import Gem, Metal, Reference

# casting: stones out, seats cut, prongs upright. presentation: as worn, stones in.
Purpose = Literal["casting", "presentation"]


@dataclass(frozen=True, eq=False, slots=True)
class Solid:
    """Closed metal at the size it is printed: `vertices_mm` (n, 3) float32, `faces` (m, 3) uint32."""

    alloy: Alloy
    vertices_mm: NDArray[np.float32]
    faces: NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A complete design with its piece; `casting` is there when that is the purpose.

    `enlarged_percent` makes a casting that much longer every way, for the metal's shrinkage. `override` writes one that
    a check says cannot be cast; the file says so.
    """

    design: Design
    piece: Piece
    tables: Reference
    casting: Casting | None = None
    enlarged_percent: float = 0.0
    override: bool = False
    purpose_in_name: bool = False

    @property
    def purpose(self) -> Purpose:
        """What the files are for."""
        return "presentation" if self.casting is None else "casting"

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Why it cannot be cast as it is; empty when it can, and when it is only to be shown."""
        found = self.casting.findings if self.casting else ()
        return tuple(finding for finding in found if finding.severity == "stop")

    @property
    def name(self) -> str:
        """What its files are called: whoever finds one on a shop's disk has to see what it is."""
        words = [self.design.piece, self.design.style]
        if self.purpose_in_name:
            words.append(self.purpose)
        if self.casting and self.enlarged_percent:
            words.append(f"plus-{self.enlarged_percent:g}-percent")
        if self.stops:
            words.append("cannot-be-cast")
        return "-".join(words)

    def file_name(self, suffix: str) -> str:
        """The name of one of its files."""
        return f"{self.name}.{suffix}"

    def metal(self, alloy: str = "main") -> Metal:
        """The alloy of a part: "main", or "accent" where the design has one."""
        accent = self.design.accent_metal
        return self.tables.metals[accent if alloy == "accent" and accent else self.design.metal]

    def gem(self, role: str) -> Gem:
        """The species of the stones of one role."""
        stone = self.design.stone(role)
        assert stone is not None, "a complete design names the stones of every role its piece has"
        return self.tables.gems[stone.gem]

    def parts(self) -> tuple[tuple[str, Part], ...]:
        """What is drawn, under names that are all different: two charms are "charm" and "charm 2"."""
        met: Counter[str] = Counter()
        found = []
        for part in self.piece.parts:
            if len(part.mesh.faces):
                met[part.name] += 1
                found.append((part.name if met[part.name] == 1 else f"{part.name} {met[part.name]}", part))
        return tuple(found)

    def bodies(self) -> tuple[Solid, ...]:
        """The metal to cast, one body for each alloy, enlarged, in numbers that single precision tells apart.

        Raises `InvalidDesign` with what stands against casting it, unless the maker overrides that.
        """
        return tuple(self._to_size(body) for body in self._castable().bodies)

    def united(self) -> Solid:
        """All the metal to cast as one solid, whatever its alloys; otherwise like `bodies`."""
        whole = self._castable()
        return self._to_size(Body("main", whole.vertices_mm, whole.faces, whole.volume_mm3))

    def _castable(self) -> Casting:
        assert self.casting is not None, "this format needs the casting"
        if self.stops and not self.override:
            reasons = " ".join(f"{finding.message} {finding.fix}" for finding in self.stops)
            raise InvalidDesign(f"This piece cannot be cast as it is. {reasons}")
        return self.casting

    def _to_size(self, body: Body) -> Solid:
        scale = 1 + self.enlarged_percent / 100
        vertices, faces = _told_apart(body.vertices_mm * scale, body.faces)
        return Solid(body.alloy, vertices, faces)

    def remarks(self) -> list[str]:
        """What a casting's file says about itself, a sentence each: for the caster, and in plain ASCII."""
        alloys = " and ".join(self.metal(body.alloy).id for body in self._castable().bodies)
        said = [f"Keepsake {self.design.piece} {self.design.style} to cast in {alloys}, millimetres."]
        if self.enlarged_percent:
            said.append(f"Already {self.enlarged_percent:g} % larger every way, for shrinkage.")
        if self.stops:
            said.append("CANNOT BE CAST AS IT IS, exported by override.")
        return said


def _told_apart(
    vertices: NDArray[np.float64], faces: NDArray[np.uint32]
) -> tuple[NDArray[np.float32], NDArray[np.uint32]]:
    """The same solid in single precision: where an edge has no length left its ends are one, and its triangles gone.

    Slicers complain about triangles without area. Ends that only touch stay apart: joined, they would pinch the solid.
    """
    single = vertices.astype(np.float32)
    edges = faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    gone = edges[(single[edges[:, 0]] == single[edges[:, 1]]).all(axis=1)]
    links = coo_array((np.ones(len(gone)), (gone[:, 0], gone[:, 1])), shape=(len(single), len(single)))
    count, group = connected_components(links, directed=False)
    kept = np.zeros((count, 3), np.float32)
    kept[group] = single
    joined = group.astype(np.uint32)[faces]
    whole = (joined[:, 0] != joined[:, 1]) & (joined[:, 1] != joined[:, 2]) & (joined[:, 2] != joined[:, 0])
    return kept, joined[whole]
