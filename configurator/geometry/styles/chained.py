"""The choices of a chain and its clasp, round the neck or round the wrist."""

from collections.abc import Mapping
from typing import Any, Literal

from configurator.geometry.bought_chains import Weight, Worn, width_mm
from configurator.geometry.chains import ChainName
from configurator.geometry.clasps import ClaspName, Grade
from configurator.geometry.styles import fields

CHAIN_LABELS: dict[ChainName, str] = {
    "cable": "Cable",
    "curb": "Curb",
    "figaro": "Figaro",
    "box": "Box",
    "rope": "Rope",
    "snake": "Snake",
}
CHAIN_HELP = "Cable is the classic; curb and box lie flat; rope catches most light; snake is smooth, and kinks."
WEIGHT_LABELS: dict[Weight, str] = {"fine": "Fine", "classic": "Classic", "bold": "Bold"}
WEIGHT_HELP = "How wide the chain is, as chains are sold. A heavier one lasts longer and carries more."
CLASP_LABELS: dict[ClaspName, str] = {
    "box": "Box",
    "lobster": "Lobster",
    "spring_ring": "Spring ring",
    "toggle": "Toggle",
}
CLASP_HELP = (
    "A box is the flattest, a lobster the surest; a toggle closes with one hand; a spring ring is the smallest."
)
GRADE_LABELS: dict[Grade, str] = {"light": "Light", "standard": "Standard", "heavy": "Heavy"}
GRADE_HELP = "A heavier clasp has more metal where it wears, and a stronger spring."


class OnAChain(fields.Choices):
    """A pendant's chain."""

    chain: Literal["none", "cable", "curb", "figaro", "box", "rope", "snake"] = fields.choice(
        "Chain", "cable", {"none": "None"} | CHAIN_LABELS, CHAIN_HELP
    )
    chain_weight: Weight = fields.choice("Chain weight", "classic", WEIGHT_LABELS, WEIGHT_HELP)
    chain_length_mm: float = fields.mm(
        "Chain length", 450.0, 380.0, 700.0, "400 mm lies at the collarbone, 450 mm a hand below it.", 10.0
    )
    clasp: Literal["lobster", "spring_ring"] = fields.choice(
        "Clasp",
        "lobster",
        {"lobster": "Lobster", "spring_ring": "Spring ring"},
        "A lobster is easier to open and lasts longer; a spring ring is smaller.",
    )
    clasp_grade: Grade = fields.choice("Clasp grade", "standard", GRADE_LABELS, GRADE_HELP)

    def labels(self, option: str) -> Mapping[str, str]:
        """A chain's weights say what they are in millimetres."""
        if option == "chain_weight" and self.chain != "none":
            return weights_in_mm(self.chain, "neck")
        return super().labels(option)


def weights_in_mm(kind: ChainName, worn: Worn) -> dict[str, str]:
    """The weights of a chain by name and width."""
    return {weight: f"{label}, {width_mm(kind, weight, worn):.1f} mm" for weight, label in WEIGHT_LABELS.items()}


def wrist_length(default: float, low: float, high: float) -> Any:
    """How long a bracelet is, its clasp included."""
    about = "The way round the wrist and about 15 mm more; 178 mm suits many."
    return fields.mm("Length", default, low, high, about, 1.0)
