"""What an export gets to write from: one design, its shape, and the tables that give its materials."""

from dataclasses import dataclass

from configurator.design import Design
from configurator.geometry.piece import Casting, Piece
from configurator.reference import Gem, Metal, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A complete design with its piece; `casting` is there for the formats that say they need it."""

    design: Design
    piece: Piece
    tables: Reference
    casting: Casting | None = None

    def metal(self, alloy: str = "main") -> Metal:
        """The alloy of a part: "main", or "accent" where the design has one."""
        accent = self.design.accent_metal
        return self.tables.metals[accent if alloy == "accent" and accent else self.design.metal]

    def gem(self, role: str) -> Gem:
        """The species of the stones of one role."""
        stone = self.design.stone(role)
        assert stone is not None, "a complete design names the stones of every role its piece has"
        return self.tables.gems[stone.gem]
