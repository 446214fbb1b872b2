"""A chain round the wrist that charms hang from."""

from collections.abc import Mapping
from typing import Any, Literal

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bought_chains import BoughtChain, BoughtClasp, ChainRun, Weight, width_mm
from configurator.geometry.chains import ChainName
from configurator.geometry.charms import Charm, charms_on
from configurator.geometry.checks import limit
from configurator.geometry.clasps import ClaspName, Grade
from configurator.geometry.initials import FACE_LABELS, LETTERS, Initial
from configurator.geometry.styles import chained, fields
from configurator.geometry.styles.fields import Role
from configurator.measures import FittingMeasure

LABEL = "Charm chain"
HELP = "A chain round the wrist with up to three charms: shapes, stones, initials."

Hung = Literal["none", "heart", "disc", "star", "stone", "letter"]
_CHARMS = {"none": "None", "heart": "Heart", "disc": "Disc", "star": "Star", "stone": "Stone", "letter": "Letter"}
_ABOUT = "A stone hangs in a rim of metal; a letter is chosen below."
_HANDS = {name: FACE_LABELS[name] for name in FACE_LABELS if name != "script"}  # too fine a hand for so small a letter
_LETTERS = {letter: letter.upper() for letter in LETTERS}


def _with_a_stone(options: Any) -> bool:
    return "stone" in (options.charm_left, options.charm, options.charm_right)


ROLES = (
    Role(
        name="charm",
        label="Charm stone",
        width_mm=(3.0, 10.0),
        usual_width_mm=5.0,
        usual_gem="sapphire_blue",
        used=_with_a_stone,
    ),
)
ROLES_BY_NAME = {role.name: role for role in ROLES}


def _letter(title: str, default: str, charm: str) -> Any:
    return fields.only_with(fields.choice(title, default, _LETTERS, "Of the letter charm."), **{charm: "letter"})


class Options(fields.Choices):
    """What a client may choose."""

    charm_left: Hung = fields.choice("Left charm", "stone", _CHARMS, _ABOUT)
    charm: Hung = fields.choice("Middle charm", "heart", _CHARMS, _ABOUT)
    charm_right: Hung = fields.choice("Right charm", "star", _CHARMS, _ABOUT)
    letter_left: Initial = _letter("Left letter", "a", "charm_left")
    letter: Initial = _letter("Middle letter", "b", "charm")
    letter_right: Initial = _letter("Right letter", "c", "charm_right")
    lettering: Literal["serif", "sans"] = fields.only_with(
        fields.choice("Lettering", "serif", _HANDS, "The hand of all letters."),
        charm_left="letter",
        charm="letter",
        charm_right="letter",
    )
    charm_mm: float = fields.mm("Charm size", 10.0, 8.0, 14.0, "Across a heart; 10 mm is about a fingernail.", 0.5)
    chain: ChainName = fields.choice("Chain", "cable", chained.CHAIN_LABELS, chained.CHAIN_HELP)
    chain_weight: Weight = fields.choice("Chain weight", "classic", chained.WEIGHT_LABELS, chained.WEIGHT_HELP)
    length_mm: float = chained.wrist_length(180.0, 150.0, 220.0)
    clasp: ClaspName = fields.choice("Clasp", "lobster", chained.CLASP_LABELS, chained.CLASP_HELP)
    clasp_grade: Grade = fields.choice("Clasp grade", "standard", chained.GRADE_LABELS, chained.GRADE_HELP)

    def labels(self, option: str) -> Mapping[str, str]:
        """The chain's weights say what they are in millimetres."""
        return chained.weights_in_mm(self.chain, "wrist") if option == "chain_weight" else super().labels(option)


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """The chain as it hangs from a wrist, its clasp on top and its charms below."""
    run = ChainRun(
        worn="wrist",
        kind=options.chain,
        width_mm=width_mm(options.chain, options.chain_weight, "wrist"),
        length_mm=options.length_mm,
        clasp=options.clasp,
        grade=options.clasp_grade,
        hangs=True,
    )
    wire_mm = limit("bail_wire", "low")
    chosen = (
        (options.charm_left, options.letter_left),
        (options.charm, options.letter),
        (options.charm_right, options.letter_right),
    )
    charms = [None if kind == "none" else Charm(kind, letter, options.lettering) for kind, letter in chosen]
    cast = charms_on(run, charms, options.charm_mm, stones.get("charm"), wire_mm)
    count = sum(charm is not None for charm in charms)
    rings = FittingMeasure(
        kind="jump_ring",
        variety="",
        grade="",
        count=count,
        gauge_mm=wire_mm,
        length_mm=0,
        volume_mm3=0,
    )
    return Assembly("bracelet", "hanging", cast, (BoughtChain(run), BoughtClasp(run)), (rings,) if count else ())
