"""What geometry tells the models: measurements of a piece, never a mesh.

`geometry` writes these, `models` read them, and neither knows the other.
All are plain numbers in the units of their names; none depends on the metal or on the species of a stone.
"""

from dataclasses import dataclass
from typing import Literal

Setting = Literal["prong", "bezel", "bead", "channel", "post"]  # a post is glued into a drilled pearl
Fitting = Literal["chain", "clasp", "jump_ring", "bail", "post", "back", "hook", "hinge"]

ROLE_NAMES = {
    "center": "centre stone",
    "side": "side stones",
    "halo": "halo",
    "petal": "petals",
    "band": "band stones",
    "charm": "charm stone",
    "stone_1": "first stone",
    "stone_2": "second stone",
    "stone_3": "third stone",
    "stone_4": "fourth stone",
    "stone_5": "fifth stone",
    "stone_6": "sixth stone",
    "stone_7": "seventh stone",
}


def stones_named(role: str, count: int = 1, piece: str = "ring") -> str:
    """The stones of a role in plain words: "centre stone", or "centre stones" of a pair; only a ring has a band."""
    name = ROLE_NAMES[role] if piece == "ring" or role != "band" else "stones"
    if count == 1 or name.endswith("s"):
        return name
    return f"{name}s" if name.endswith("stone") else f"{name} stones"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandMeasure:
    """The hoop of a ring, at its slimmest cross-section (the palm side when tapered)."""

    inner_diameter_mm: float
    width_mm: float
    thickness_mm: float
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoneMeasure:
    """One role of stones in a piece; sizes and volume are of each stone, `count` of them."""

    role: str
    cut: str
    count: int
    length_mm: float
    width_mm: float
    depth_mm: float
    volume_mm3: float
    setting: Setting
    prongs_per_stone: int  # claws or beads that hold one stone; 0 in a bezel or a channel
    prong_diameter_mm: float  # 0 in a bezel or a channel
    girdle_height_mm: float  # girdle above the outside of the band: the lever that knocks work on
    bare_tips: int  # pointed corners (princess, pear, marquise) of one stone that no metal covers


@dataclass(frozen=True, slots=True, kw_only=True)
class InscriptionMeasure:
    """One line of lettering as it stands on the metal."""

    place: str
    characters: int
    length_mm: float
    height_mm: float
    depth_mm: float
    removed_mm3: float  # negative when raised
    thinnest_stroke_mm: float
    raised: bool = False  # stands out of the metal, cast with it, instead of being cut into it
    drawn: bool = False  # a client's drawing: `characters` are its separate strokes


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingMeasure:
    """What a piece hangs, closes or is held by: bought finished, or a place of the casting that wears as one."""

    kind: Fitting
    variety: str  # of chains, clasps, ear fittings: the id of their row; "" where there is one kind only
    grade: str  # of a clasp: "light", "standard", "heavy"; "" where there are no grades
    count: int
    gauge_mm: float  # the wire that wears through or breaks
    length_mm: float  # of a chain; 0 for the rest
    volume_mm3: float  # of all of them; 0 for what is part of a casting


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Everything the models need to know about a shape."""

    piece: str
    style: str
    metal_volume_mm3: float  # as worn: overlaps counted once, seats and lettering taken out
    surface_mm2: float  # all of the metal's surface, for plating and polishing
    worn_surface_mm2: float  # the outside that daily life rubs
    band: BandMeasure | None
    stones: tuple[StoneMeasure, ...]
    inscriptions: tuple[InscriptionMeasure, ...]
    castings: int = 1  # how many pieces of metal are cast for it: two for a pair of earrings
    fittings: tuple[FittingMeasure, ...] = ()

    @property
    def cast_volume_mm3(self) -> float:
        """The metal of the castings alone, without what is bought finished."""
        return self.metal_volume_mm3 - sum(fitting.volume_mm3 for fitting in self.fittings)
