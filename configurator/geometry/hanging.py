"""Where every style of pendant ends: castings that hang, by a bail or by rings at both ends, as one piece."""

from collections.abc import Sequence
from typing import Literal, Protocol

from configurator.design import Place
from configurator.geometry.assemblies import Assembly
from configurator.geometry.bought_chains import BoughtChain, BoughtClasp, ChainRun, Weight, width_mm
from configurator.geometry.chains import ChainName
from configurator.geometry.checks import limit
from configurator.geometry.clasps import ClaspName, Grade
from configurator.geometry.faces import Face
from configurator.geometry.mountings import Copies, Mounting
from configurator.measures import FittingMeasure

Point = tuple[float, float, float]

ORIGIN: Point = (0.0, 0.0, 0.0)
BACK = 0.45  # of a plate's surface: what lies on the skin


class Chained(Protocol):
    """The choices of a chain."""

    @property
    def chain(self) -> Literal["none"] | ChainName: ...
    @property
    def chain_weight(self) -> Weight: ...
    @property
    def chain_length_mm(self) -> float: ...
    @property
    def clasp(self) -> ClaspName: ...
    @property
    def clasp_grade(self) -> Grade: ...


def wire_mm() -> float:
    """The wire of bails and end rings: the workshop's."""
    return limit("bail_wire", "mid")


def both_ends(x_mm: float) -> tuple[Point, Point]:
    """Two rings, left and right."""
    return (-x_mm, 0.0, 0.0), (x_mm, 0.0, 0.0)


def hang(
    chosen: Chained,
    mountings: Sequence[Mounting],
    eyes: Sequence[Point] = (ORIGIN,),
    fittings: tuple[FittingMeasure, ...] = (),
    faces: tuple[tuple[Place, Face], ...] = (),
) -> Assembly:
    """The piece that hangs by its `eyes`: one that the chain runs through, or two that its ends are linked to.
    `faces` take words."""
    bail = FittingMeasure(
        kind="bail", variety="", grade="", count=len(eyes), gauge_mm=wire_mm(), length_mm=0, volume_mm3=0
    )
    cast, wears = tuple(Copies(mounting) for mounting in mountings), (bail, *fittings)
    if chosen.chain == "none":
        return Assembly("pendant", "hanging", cast, fittings=wears, faces=faces)
    run = ChainRun(
        worn="neck",
        kind=chosen.chain,
        width_mm=width_mm(chosen.chain, chosen.chain_weight, "neck"),
        length_mm=chosen.chain_length_mm,
        clasp=chosen.clasp,
        grade=chosen.clasp_grade,
        gap_mm=max(x for x, _, _ in eyes) - min(x for x, _, _ in eyes),
    )
    return Assembly("pendant", "hanging", cast, (BoughtChain(run), BoughtClasp(run)), wears, faces)
