"""Who wears a piece and how fast metal gives way under them: what every hazard starts from.

Hardness is not used for metal loss: the wear tests of 2021 found that it does not predict it. It is used, as the
stand-in for yield strength, where metal bends.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from configurator.models.ledger import Sourced, sources_of
from configurator.models.ranges import Draws, Range, Samples
from configurator.reference import Fact, Metal, Reference

Wearer = Literal["occasional", "daily", "manual"]

ON_THE_HAND = ("ring", "bracelet")  # what manual work reaches in full

UM_PER_MM = 1_000
ROWS_KEPT = 128  # 40 kB each
PARTS_KEPT = 16  # up to 320 kB each
NEVER = 1e-9  # a year: what comes more rarely does not come


@dataclass(frozen=True, eq=False, slots=True)
class Hazard:
    """One thing that ends in a visit to the bench; times in years, drawn together with those of every other hazard.

    `first_years`, `every_years` (count,) float32; `renewal` is expected upkeep (plating), not a repair.
    """

    id: str
    part: str  # in plain words, for "the weakest part is ..."
    job: str  # what the bench does, for the calendar
    renewal: bool
    by_chance: bool
    first_years: Samples
    every_years: Samples
    cost_usd: Range
    sources: tuple[str, ...]


def worn_out(
    id: str, part: str, job: str, years: Samples, cost_usd: Range, *used: Sourced, renewal: bool = False
) -> Hazard:
    """A limit that slow wear reaches every `years` (count,); `used` are the rows it rests on."""
    return Hazard(
        id=id,
        part=part,
        job=job,
        renewal=renewal,
        by_chance=False,
        first_years=years,
        every_years=years,
        cost_usd=cost_usd,
        sources=sources_of(*used),
    )


@dataclass(frozen=True, slots=True)
class Life:
    """Who wears the piece, and where the numbers and draws come from."""

    reference: Reference
    wearer: Wearer
    draws: Draws
    piece: str = "ring"

    @property
    def wearer_row(self) -> Fact:
        return self.reference.assumptions[f"wear_multiplier_{self.wearer}"]

    def worn(self) -> Samples:
        """(count,) times what an ordinary daily wearer puts this kind of piece through."""
        times = self.row(self.wearer_row)
        if self.wearer == "manual" and self.piece not in ON_THE_HAND:
            return 1 + (times - 1) * self.assumed("manual_work_off_the_hand")
        return times

    def wear(self) -> Samples:
        """(count,) times the knocks and rubbing of a ring worn daily, which is what the measured rates speak of."""
        if self.piece == "ring":
            return self.worn()
        return self.worn() * self.assumed(f"exposure_{self.piece}")

    def wear_of_links(self) -> Samples:
        """(count,) times the wear of the links of a necklace worn daily."""
        if self.piece == "bracelet":
            return self.worn() * self.assumed("bracelet_links_over_necklace")
        return self.worn()

    def row(self, row: Fact) -> Samples:
        """(count,) float32 draws of a row, read-only; kept, as the advice asks for the same rows many times over."""
        return _drawn(self.draws, row)

    def assumed(self, row: str) -> Samples:
        """(count,) draws of a row of the assumptions."""
        return self.row(self.reference.assumptions[row])

    def mishap(self, id: str, part: str, job: str, per_year: Samples, cost_usd: Range, *used: Sourced) -> Hazard:
        """Something that comes by chance at a yearly rate (count,); `used` are the rows it rests on."""
        every = 1 / np.maximum(per_year, NEVER)
        return Hazard(
            id=id,
            part=part,
            job=job,
            renewal=False,
            by_chance=True,
            first_years=-np.log1p(-self.draws.chance(f"luck/{id}").astype(np.float32)) * every,
            every_years=every,
            cost_usd=cost_usd,
            sources=sources_of(*used),
        )


@lru_cache(maxsize=ROWS_KEPT)
def _drawn(draws: Draws, row: Fact) -> Samples:
    drawn = draws.row(row).astype(np.float32)
    drawn.setflags(write=False)
    return drawn


def relative_wear(metal: Metal, reference: Reference) -> Fact:
    """The row that says how fast this metal wears beside yellow gold: its own, else that of its kind."""
    rows = reference.assumptions
    return rows.get(f"wear_ratio_{metal.id}") or rows[f"wear_ratio_{metal.kind}"]


def measured_rings(reference: Reference) -> tuple[Fact, Fact]:
    """The two rings that were weighed while they were worn."""
    return reference.wear["thinning_18k_um_year"], reference.wear["thinning_14k_um_year"]


def thinning_um_per_year(metal: Metal, life: Life) -> Samples:
    """(count,) mean loss from the worn outside of a piece; a ring's, by how much less others are knocked and rubbed.

    Anchored on the two rings that were weighed over years (18k over one, 14k over forty-six); the geometric mean of
    the two stands for yellow gold, the spread between wearers for everything else.
    """
    gold = math.sqrt(math.prod(Range.of(row).mid for row in measured_rings(life.reference)))
    ratio = life.row(relative_wear(metal, life.reference))
    return gold * ratio * life.assumed("thinning_spread") * life.wear()


def yield_mpa(metal: Metal, life: Life) -> Samples:
    """(count,) the stress at which the metal stays bent: the table's, else from its hardness."""
    if metal.yield_mpa is not None:
        return np.full(life.draws.count, metal.yield_mpa, dtype=np.float32)
    return life.assumed("yield_mpa_per_hv") * metal.hardness_hv


def polish_interval_years(life: Life) -> Samples:
    """(count,) years between professional polishes; someone who wears it less has it polished less."""
    return life.assumed("polish_interval_years") / np.minimum(life.worn(), 1)


def cost_usd(life: Life, job: str) -> Range:
    """What the bench charges for a job of the labour table."""
    return Range.of(life.reference.labour[job])
