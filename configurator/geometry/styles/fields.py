"""What a style declares: its roles of stones, and options that the form, the checks and the schema are made from."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from configurator.design import Stone
from configurator.geometry.bails import BAIL_LABELS
from configurator.geometry.band import PROFILE_LABELS, Band
from configurator.geometry.checks import prong_mm
from configurator.geometry.gems import SEATED
from configurator.geometry.jewel import Jewel
from configurator.geometry.prongs import ProngHead, collar_mm
from configurator.geometry.rings import Hoop
from configurator.geometry.split import SplitBand

ProngCount = Literal[4, 6, 8]
Shoulders = Literal["plain", "split"]
Claws = Literal["single", "double"]
ProngWeight = Literal["fine", "classic", "sturdy"]
MOST_STONES = 7  # in a row, each a role of its own
HaloRows = Literal["single", "double"]
HALO_RINGS: dict[HaloRows, int] = {"single": 1, "double": 2}
Direction = Literal["horizontal", "vertical"]
FirmProngs = Literal["classic", "sturdy"]
PRONG_WEIGHTS: dict[str, str] = {"fine": "low", "classic": "mid", "sturdy": "high"}  # columns of the workshop's rule

_BRIDGE_BEYOND_MM = 0.2
_OF_A_PAIR = 0.8  # a claw of a pair over one that stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A place for stones in a style: what may sit there, and what does unless the client chooses."""

    name: str
    label: str
    width_mm: tuple[float, float]
    usual_width_mm: float
    cuts: tuple[str, ...] = SEATED
    usual_cut: str = "round_brilliant"
    usual_gem: str = "diamond"
    used: Callable[[Any], bool] = lambda options: True  # whether these options leave room for it


class Choices(BaseModel):
    """What a client may choose of a style: the base of every style's `Options`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def labels(self, option: str) -> Mapping[str, str]:
        """What the choices of an option are called on screen, beside the other choices made."""
        extra: Any = type(self).model_fields[option].json_schema_extra or {}
        named: Mapping[str, str] = extra.get("labels", {})
        return named


class Style(Protocol):
    """A style's module."""

    LABEL: str
    HELP: str
    ROLES: tuple[Role, ...]
    ROLES_BY_NAME: Mapping[str, Role]
    Options: type[Choices]

    def build(self, options: Any, inner_diameter_mm: float | None, stones: Mapping[str, Stone]) -> Jewel:
        """Says what the piece consists of; only a ring has a finger's diameter. Raises `InvalidDesign`."""
        ...


def mm(title: str, default: float, low: float, high: float, about: str, step: float = 0.1) -> Any:
    """An option in millimetres."""
    return Field(
        default, ge=low, le=high, title=title, description=about, json_schema_extra={"unit": "mm", "step": step}
    )


def share(title: str, default: float, low: float, high: float, about: str) -> Any:
    """An option that is a share of something, from 0 to 1."""
    return Field(default, ge=low, le=high, title=title, description=about, json_schema_extra={"step": 0.05})


def choice(title: str, default: Any, labels: Mapping[Any, str], about: str) -> Any:
    """An option that is one of a few words or numbers."""
    named: Any = {str(key): label for key, label in labels.items()}
    return Field(default, title=title, description=about, json_schema_extra={"labels": named})


def switch(title: str, default: bool, about: str) -> Any:
    """An option that is on or off."""
    return Field(default, title=title, description=about)


def only_with(field: Any, **wanted: str) -> Any:
    """The same option, asked for only while one of the options named holds the value given."""
    field.json_schema_extra["only_with"] = wanted  # in place: pydantic rebuilds a field from what it was made with
    return field


def width(default: float, low: float = 1.5, high: float = 6.0) -> Any:
    """The width of a band."""
    return mm("Width", default, low, high, "A slim band makes the stone look larger; a wide one wears longer.")


def thickness(default: float, low: float = 1.2, high: float = 3.0) -> Any:
    """The thickness of a band."""
    return mm("Thickness", default, low, high, "From 1.5 mm on a band keeps its round for daily wear.")


def wrist(default: float = 64.0, low: float = 54.0) -> Any:
    """The inside of a bangle or a cuff, as wide as the round of the same way round."""
    about = "Across a round one: 60 mm is small, 67 mm is medium for a bangle; an oval is as long round."
    return mm("Size inside", default, low, 76.0, about, 0.5)


def profile(default: str) -> Any:
    """The cross-section of a band."""
    return choice("Profile", default, PROFILE_LABELS, "Court is domed outside and in: the most comfortable.")


def plate_thickness(default: float = 1.2) -> Any:
    """The thickness of a plate that hangs."""
    return mm("Thickness", default, 1.0, 2.5, "From 1.2 mm on a plate keeps flat.")


def bail() -> Any:
    """The bail of a pendant."""
    return choice("Bail", "tapered", BAIL_LABELS, "The loop that the chain runs through.")


def direction(default: Direction) -> Any:
    """Which way a bar or a row hangs."""
    labels = {"horizontal": "Level", "vertical": "Upright"}
    about = "A level one is linked to its chain at both ends, an upright one hangs from a bail."
    return choice("Direction", default, labels, about)


def taper(default: float) -> Any:
    """How much a band narrows towards its head."""
    return share("Taper", default, 0.0, 0.4, "How much the band narrows towards the head.")


def bezel_wall(low: float, default: float = 0.6) -> Any:
    """The rim of a bezel."""
    return mm("Rim", default, low, 1.2, "A thin rim shows more stone, a thick one wears longer.", 0.05)


def band_of(options: Choices, inner_diameter_mm: float) -> Band:
    """The band that a style's options describe: those of `Band`'s own fields that the style offers."""
    given = {name: getattr(options, name) for name in type(options).model_fields if name in Band.__dataclass_fields__}
    return Band(inner_diameter_mm=inner_diameter_mm, **given)


def shoulders() -> Any:
    """Whether the band parts on its way to the head."""
    labels = {"plain": "Plain", "split": "Split"}
    return choice("Shoulders", "plain", labels, "Split: the band parts in two on its way to the stone.")


def shouldered(options: Any, inner_diameter_mm: float, head: ProngHead) -> Hoop:
    """The band that options with shoulders describe; a split one has a bridge for its head's foot."""
    band = band_of(options, inner_diameter_mm)
    if options.shoulders == "plain":
        return band
    return SplitBand(plain=replace(band, taper=0.0), bridge_mm=round(collar_mm(head) + _BRIDGE_BEYOND_MM, 3))


def prongs(default: int) -> Any:
    """How many prongs hold the centre stone."""
    return choice("Prongs", default, {4: "4", 6: "6", 8: "8"}, "More hold more safely, four show more of the stone.")


def claws() -> Any:
    """Whether prongs stand alone or in pairs."""
    labels = {"single": "Single", "double": "Double"}
    return choice("Claws", "single", labels, "Double: a pair of slim claws at each of four corners.")


def halo_rows() -> Any:
    """How many rows of small stones frame a stone."""
    labels = {"single": "Single", "double": "Double"}
    return choice("Rows", "single", labels, "A second row makes the centre look larger still.")


def numbered_stones() -> tuple[Role, ...]:
    """Small round stones side by side, each a gem of its own; the option `stones` says how many."""
    return tuple(
        Role(
            name=f"stone_{number}",
            label=f"Stone {number}",
            width_mm=(2.0, 4.0),
            usual_width_mm=2.8,
            cuts=("round_brilliant",),
            used=functools.partial(_among_the_first, number),
        )
        for number in range(1, MOST_STONES + 1)
    )


def stone_count(default: int) -> Any:
    """How many numbered stones there are."""
    counts = {number: str(number) for number in range(2, MOST_STONES + 1)}
    return choice("Stones", default, counts, "One for each of the family.")


def _among_the_first(number: int, options: Any) -> bool:
    return bool(number <= options.stones)


def prong_weight(default: ProngWeight = "classic") -> Any:
    """How heavy prongs are, of what suits the size of the stone."""
    labels = {"fine": "Fine", "classic": "Classic", "sturdy": "Sturdy"}
    return choice("Prong weight", default, labels, "Fine prongs hide less of the stone, sturdy ones wear longer.")


def firm_prongs() -> Any:
    """How heavy prongs are; fine ones would thin out to nothing at small stones that hang in the open."""
    labels = {"classic": "Classic", "sturdy": "Sturdy"}
    return choice("Prong weight", "classic", labels, "Classic prongs hide less of the stone, sturdy ones last.")


def prong_diameter_mm(weight: ProngWeight, stone_width_mm: float) -> float:
    """The diameter of prongs for a stone: the workshop's rule, straight between its two sizes and on beyond them."""
    return round(prong_mm(stone_width_mm, PRONG_WEIGHTS[weight]), 3)


def claw_diameter_mm(claws: Claws, weight: ProngWeight, stone_width_mm: float) -> float:
    """The same for claws that may stand in pairs: slimmer then, but never below the workshop's least."""
    alone = prong_diameter_mm(weight, stone_width_mm)
    return alone if claws == "single" else max(round(_OF_A_PAIR * alone, 3), prong_diameter_mm("fine", stone_width_mm))
