"""Real pieces as our geometry builds them, where their sellers leave facts out: every value the missing fact may have.

A missing fact is three values, low, mid and high of what is usual, counted 3 : 4 : 3 (Swanson's rule for a P10, a P50
and a P90). All combinations are built, and P10 and P90 of what they weigh is our range.
"""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from configurator import evaluate, reference
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.price_paths import redrawn
from configurator.models.ranges import RANGE_HIGH, RANGE_LOW, Draws, Range, Samples
from configurator.reference import Reference

A_FEW = 3  # stones; more are taken as small ones set between beads
CARAT_MM = 6.47  # a round diamond of 1 ct
SHARES = {1: (1.0,), 2: (0.5, 0.5), 3: (0.3, 0.4, 0.3)}


def made(raw: Mapping[str, Any]) -> tuple[Design, Measures]:
    """A design, complete and measured. Raises `InvalidDesign`."""
    design = evaluate.complete(Design.from_dict(dict(raw)))
    return design, evaluate.shape(design).measures


def solitaire(gem: str = "diamond", mm: float = 6.5, metal: str = "14k_yellow", **options: Any) -> dict[str, Any]:
    """One round stone in prongs; it is what most published cases speak of."""
    stone = {"role": "center", "gem": gem, "cut": "round_brilliant", "length_mm": mm, "width_mm": mm}
    return {"piece": "ring", "style": "solitaire", "metal": metal, "options": options, "stones": [stone]}


def as_listed(measures: Measures, metal_mm3: float, count: int, mm: float) -> Measures:
    """A ring of one stone with the metal and the stones of a listing instead of those drawn: `count` rounds of `mm`."""
    stone = measures.stones[0]
    listed = replace(
        stone,
        count=count,
        length_mm=mm,
        width_mm=mm,
        depth_mm=stone.depth_mm * mm / stone.width_mm,
        volume_mm3=stone.volume_mm3 * (mm / stone.width_mm) ** 3,
        setting="prong" if count <= A_FEW else "bead",
    )
    return replace(measures, metal_volume_mm3=metal_mm3, stones=(listed,))


def over_missing(figure: Callable[..., float | Range | Samples], **missing: tuple[Any, ...]) -> Range:
    """P10, P50 and P90 of a figure over every combination of the one, two or three values each missing fact may have.

    A figure may have a range or draws of its own, which are then mixed.
    """
    results, weights = [], []
    for values in itertools.product(*missing.values()):
        share = np.prod([SHARES[len(all)][all.index(one)] for one, all in zip(values, missing.values(), strict=True)])
        drawn = _drawn(figure(**dict(zip(missing, values, strict=True))))
        results.append(drawn)
        weights.append(np.full(drawn.size, share / drawn.size))
    order = np.argsort(result := np.concatenate(results))
    weight = np.concatenate(weights)[order]
    # Each result stands at the middle of its own share of the chance.
    low, mid, high = np.interp((RANGE_LOW, 1 / 2, RANGE_HIGH), np.cumsum(weight) - weight / 2, result[order])
    return Range(float(low), float(mid), float(high))


def _drawn(found: float | Range | Samples) -> Samples:
    if isinstance(found, Range):
        return redrawn(Draws(), "missing", found)
    return np.atleast_1d(np.asarray(found, dtype=float))


def at_prices_of(year: str) -> Reference:
    """The tables with metals at their mean price of a year, where one is known, for cases of that year."""
    tables = reference.load()
    then = {}
    for element, prices in tables.spot.items():
        mean = tuple(row for row in prices if row.date == year and row.kind == "annual_average")
        then[element] = (*(row for row in prices if row not in mean), *mean)  # the last is taken as the newest
    return replace(tables, spot=then)
