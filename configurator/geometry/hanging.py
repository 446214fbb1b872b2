"""Where every style of pendant ends: castings that hang, by a bail or by rings at both ends, as one piece."""

from collections.abc import Sequence

from configurator.geometry.assemblies import Assembly
from configurator.geometry.checks import limit
from configurator.geometry.mountings import Copies, Mounting
from configurator.measures import FittingMeasure

Point = tuple[float, float, float]

ORIGIN: Point = (0.0, 0.0, 0.0)
BACK = 0.45  # of a plate's surface: what lies on the skin


def wire_mm() -> float:
    """The wire of bails and end rings: the workshop's."""
    return limit("bail_wire", "mid")


def both_ends(x_mm: float) -> tuple[Point, Point]:
    """Two rings, left and right."""
    return (-x_mm, 0.0, 0.0), (x_mm, 0.0, 0.0)


def hang(
    mountings: Sequence[Mounting], eyes: Sequence[Point] = (ORIGIN,), fittings: tuple[FittingMeasure, ...] = ()
) -> Assembly:
    """The piece that hangs by its `eyes`: one that the chain runs through, or two that its ends are linked to."""
    bail = FittingMeasure(
        kind="bail", variety="", grade="", count=len(eyes), gauge_mm=wire_mm(), length_mm=0, volume_mm3=0
    )
    return Assembly("pendant", "hanging", tuple(Copies(mounting) for mounting in mountings), fittings=(bail, *fittings))
