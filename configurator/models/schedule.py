"""How long a piece takes: stages in working days with their ranges, for a custom piece and for the shop counter.

The stages are the lead-time rows of retail.csv, in weeks; a week has five working days.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from configurator.design import Design
from configurator.measures import Measures
from configurator.models import bench
from configurator.models.pricing import Route
from configurator.models.ranges import Draws, Range, summary
from configurator.reference import Fact, Reference

WORKING_DAYS_PER_WEEK = 5
DRAWS = Draws()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step on the way, in the order they are taken."""

    id: str  # of the lead-time row
    label: str
    working_days: Range
    decision: str  # what the client decides here; empty when nothing
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The stages one after the other; `working_days` is P10, P50 and P90 of all of them together.

    Its mid is more than the mids of the stages add up to: a late stage costs more days than an early one saves.
    """

    working_days: Range
    stages: tuple[Stage, ...]


def schedule(
    design: Design,
    measures: Measures,
    reference: Reference,
    route: Route = "custom",
    *,
    draws: Draws = DRAWS,
    hallmark: bool = False,
) -> Schedule:
    """How many working days from the first talk ("custom") or from the order ("mass") to the piece in hand."""
    rows = tuple(_stages(design, measures, reference, route, hallmark))
    total = np.sum([draws.row(row) for row, _, _ in rows], axis=0) * WORKING_DAYS_PER_WEEK
    stages = tuple(
        Stage(
            id=row.id,
            label=label,
            working_days=Range.of(row).times(WORKING_DAYS_PER_WEEK),
            decision=decision,
            sources=row.sources,
        )
        for row, label, decision in rows
    )
    return Schedule(working_days=summary(total), stages=stages)


def _stages(
    design: Design, measures: Measures, reference: Reference, route: Route, hallmark: bool
) -> Iterator[tuple[Fact, str, str]]:
    """(row, label, what the client decides) of every stage this piece needs."""
    rows = reference.retail
    if route == "mass":
        yield rows["mass_lead_time"], "In stock, or ordered in", ""
        return
    modelled = not bench.by_hand(design, measures)
    yield rows["custom_lead_consultation"], "First talk", "what it should be, and the budget"
    if measures.stones:
        yield rows["custom_lead_stone_sourcing"], "Finding the stones", "which stone, from those laid before you"
    if modelled:
        yield rows["custom_lead_cad"], "Drawing the model", ""
        yield rows["custom_lead_approval"], "Your approval and changes", "the model as it will be made"
        yield rows["custom_lead_print"], "Printing the model", ""
    # No row speaks of a band made by hand; it waits for the bench as a piece waits for the caster.
    yield rows["custom_lead_casting"], "Casting" if modelled else "Making the band", ""
    if measures.stones:
        yield rows["custom_lead_setting"], "Setting the stones", ""
    if bench.is_assembled(measures):
        yield rows["custom_lead_assembly"], "Fitting and assembly", ""
    yield rows["custom_lead_finishing"], "Finishing and last check", ""
    if hallmark:
        yield rows["custom_lead_uk_assay"], "Assay and hallmark", ""
