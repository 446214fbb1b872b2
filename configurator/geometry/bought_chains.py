"""The chain that a piece hangs on, or that is the bracelet, with its clasp: bought finished, laid where it is worn."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from configurator import reference
from configurator.geometry.chains import ChainKind, ChainName, chain_of_width
from configurator.geometry.clasps import Clasp, ClaspName, Grade, clasp
from configurator.geometry.drapes import Drape, bracelet, necklace
from configurator.geometry.mountings import BodySize
from configurator.geometry.piece import Part
from configurator.geometry.solids import moved
from configurator.measures import FittingMeasure

Floats = NDArray[np.float64]
Worn = Literal["neck", "wrist"]
Weight = Literal["fine", "classic", "bold"]

_BEND = 2.2  # radius of the bend in a pendant's bail, in widths of the chain
_LEAST_BEND_MM = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a clasp closes to a loop of `length_mm` all the way round: a chain `width_mm` wide, or links that need a
    clasp as large as such a chain does. `gap_mm` at the front is taken by a piece that both ends are linked to. One
    that `hangs` from a wrist has its clasp on top."""

    worn: Worn
    width_mm: float
    length_mm: float
    clasp: ClaspName
    grade: Grade
    gap_mm: float = 0.0
    hangs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRun(Run):
    """A chain from end to end of its clasp."""

    kind: ChainName


@dataclass(frozen=True, slots=True)
class BoughtChain:
    """The links of a run."""

    run: ChainRun

    @property
    def part(self) -> str:
        return "chain"

    def parts(self) -> tuple[Part, ...]:
        """A part for each shape of link, at all its places."""
        kind, framed = _kind(self.run), self.run.worn == "wrist"
        return tuple(
            Part(self.part, "main", mesh, finished=False, framed=framed, placements=places)
            for mesh, places in zip(kind.unit_meshes, _links(self.run), strict=True)
        )

    def size(self) -> BodySize:
        """Link by link."""
        kind, counts = _kind(self.run), [len(places) for places in _links(self.run)]
        volume = sum(n * each for n, each in zip(counts, kind.volume_mm3, strict=True))
        area = sum(n * each for n, each in zip(counts, kind.area_mm2, strict=True))
        return BodySize(volume, area, area / 2)

    def measure(self) -> FittingMeasure:
        return FittingMeasure(
            kind="chain",
            variety=self.run.kind,
            grade="",
            count=1,
            gauge_mm=_kind(self.run).gauge_mm,
            length_mm=self.run.length_mm,
            volume_mm3=self.size().volume_mm3,
        )


@dataclass(frozen=True, slots=True)
class BoughtClasp:
    """The clasp of a run, with its jump rings."""

    run: Run

    @property
    def part(self) -> str:
        return "clasp"

    def parts(self) -> tuple[Part, ...]:
        half = np.array([clasp_of(self.run).length_mm / 2])
        place = _drape(self.run).frames(-half, half)[0]
        place[:3, 3] += _shift(self.run)
        mesh = moved(clasp_of(self.run).mesh, place)
        return (Part(self.part, "main", mesh, finished=False, framed=self.run.worn == "wrist"),)

    def size(self) -> BodySize:
        """Of the fine solid; half of it lies on the skin."""
        area = clasp_of(self.run).area_mm2
        return BodySize(clasp_of(self.run).volume_mm3, area, area / 2)

    def measure(self) -> FittingMeasure:
        return FittingMeasure(
            kind="clasp",
            variety=self.run.clasp,
            grade=self.run.grade,
            count=1,
            gauge_mm=clasp_of(self.run).metal_mm,
            length_mm=0.0,
            volume_mm3=self.size().volume_mm3,
        )


def width_mm(kind: ChainName, weight: Weight, worn: Worn) -> float:
    """How wide a chain is when it is fine, classic or bold; a wrist wears the wider half of what is sold."""
    row = reference.load().chains[kind]
    low, high = (row.width_low_mm, row.width_mm) if worn == "neck" else (row.width_mm, row.width_high_mm)
    return {"fine": low, "classic": math.sqrt(low * high), "bold": high}[weight]


def _kind(run: ChainRun) -> ChainKind:
    return chain_of_width(run.kind, run.width_mm)


def clasp_of(run: Run) -> Clasp:
    """The clasp that closes a run."""
    return clasp(run.clasp, run.grade, run.width_mm)


def _drape(run: Run) -> Drape:
    if run.worn == "wrist":
        return bracelet(run.length_mm, run.hangs)
    return necklace(run.length_mm, max(_LEAST_BEND_MM, _BEND * run.width_mm))


def _half_gap_mm(run: Run) -> float:
    """Along the line from its middle to where the piece between its ends begins."""
    if not run.gap_mm:
        return 0.0
    drape = _drape(run)
    right = slice(0, len(drape.points) // 2 + 1)  # from the clasp to the middle, coming in
    x, at = np.abs(drape.points[right, 0]), drape.at_mm[right]
    near = int(np.argmax(x))
    return run.length_mm / 2 - float(np.interp(run.gap_mm / 2, x[near:][::-1], at[near:][::-1]))


def _shift(run: Run) -> Floats:
    """Lowers or lifts the chain so that its ends meet the piece's eyes on the height of the origin."""
    if not run.gap_mm:
        return np.zeros(3)
    drape = _drape(run)
    at = run.length_mm / 2 - _half_gap_mm(run)
    return np.array([0.0, 0.0, -float(np.interp(at, drape.at_mm, drape.points[:, 2]))])


@lru_cache(maxsize=32)
def _links(run: ChainRun) -> tuple[NDArray[np.float32], ...]:
    kind, drape, half_clasp = _kind(run), _drape(run), clasp_of(run).length_mm / 2
    half_gap = _half_gap_mm(run)
    if half_gap:
        long = run.length_mm / 2 - half_gap - half_clasp
        sides = [kind.placements(drape, long, start) for start in (half_clasp, run.length_mm / 2 + half_gap)]
        laid = tuple(np.concatenate(both) for both in zip(*sides, strict=True))
    else:
        laid = kind.placements(drape, run.length_mm - 2 * half_clasp, half_clasp)
    for places in laid:
        places[:, :3, 3] += _shift(run)
    found = tuple(places.astype(np.float32) for places in laid)
    for places in found:
        places.flags.writeable = False
    return found
