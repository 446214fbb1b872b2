"""Equal stones all round the wrist, each in a small basket that is hinged to the next."""

from collections.abc import Mapping
from typing import Literal

from configurator.design import Stone
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bezels import BezelHead, bezel_head
from configurator.geometry.bought_chains import BoughtClasp, Run
from configurator.geometry.clasps import ClaspName, Grade
from configurator.geometry.links import row_of_links
from configurator.geometry.prongs import ProngHead, prong_head
from configurator.geometry.styles import chained, fields
from configurator.geometry.styles.fields import Role
from configurator.measures import FittingMeasure

LABEL = "Tennis"
HELP = "A supple row of equal stones all round the wrist."
ROLES = (Role(name="band", label="Stones", width_mm=(1.7, 4.0), usual_width_mm=2.5, cuts=("round_brilliant",)),)
ROLES_BY_NAME = {role.name: role for role in ROLES}

_PRONGS = 4
_CULET_MM = -0.3  # of a bezel, which stands with its foot round the block of its link
_CLASP_FOR = 0.5  # the clasp is one for a chain so much as wide as the stones


class Options(fields.Choices):
    """What a client may choose."""

    length_mm: float = chained.wrist_length(178.0, 150.0, 210.0)
    setting: Literal["prong", "bezel"] = fields.choice(
        "Setting",
        "prong",
        {"prong": "Prongs", "bezel": "Bezel"},
        "Prongs let in the most light; a bezel has nothing to catch.",
    )
    prong_weight: fields.ProngWeight = fields.only_with(fields.prong_weight("fine"), setting="prong")
    bezel_wall_mm: float = fields.only_with(fields.bezel_wall(0.4, 0.5), setting="bezel")
    clasp: ClaspName = fields.choice("Clasp", "box", chained.CLASP_LABELS, chained.CLASP_HELP)
    clasp_grade: Grade = fields.choice("Clasp grade", "standard", chained.GRADE_LABELS, chained.GRADE_HELP)


def build(options: Options, inner_diameter_mm: None, stones: Mapping[str, Stone]) -> Assembly:
    """As many links as the length takes, and a clasp."""
    stone = stones["band"]
    head = _head(options, stone)
    run = Run(
        worn="wrist",
        width_mm=round(_CLASP_FOR * stone.width_mm, 3),
        length_mm=options.length_mm,
        clasp=options.clasp,
        grade=options.clasp_grade,
    )
    row = row_of_links(head, run)
    joints = FittingMeasure(
        kind="hinge", variety="", grade="", count=row.count, gauge_mm=row.pin_mm, length_mm=0, volume_mm3=0
    )
    return Assembly("bracelet", "standing", row.cast, (BoughtClasp(row.run),), (joints,))


def _head(options: Options, stone: Stone) -> ProngHead | BezelHead:
    if options.setting == "bezel":
        return bezel_head(stone, options.bezel_wall_mm, _CULET_MM)
    diameter_mm = fields.prong_diameter_mm(options.prong_weight, stone.width_mm)
    return prong_head(stone, _PRONGS, diameter_mm, railed=False)
