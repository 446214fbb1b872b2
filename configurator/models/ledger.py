"""What a quote is added up from: figures that carry their mid and all their draws through the same formula.

A figure is (1 + count,) float64: element 0 is the formula at every row's mid, the rest are the draws. So a line shows
the very number that its formula in words gives, and its range comes from the same arithmetic.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from configurator.models.ranges import Draws, Range, TabledRow
from configurator.reference import Reference

Figure = NDArray[np.float64]
Kind = Literal["metal", "stones", "labour", "design", "certificate", "overhead", "tax"]

PERCENT = 1 / 100  # rows in percent, as a share


class Sourced(Protocol):
    """Anything that says where it is from."""

    @property
    def sources(self) -> tuple[str, ...]: ...


class Row(TabledRow, Sourced, Protocol):
    """A table row that can stand behind a cost."""

    @property
    def as_of(self) -> str | None: ...


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Cost:
    """One thing that has to be paid for; `usd` is a figure, `formula` its arithmetic in words at the mids."""

    item: str
    label: str
    kind: Kind
    usd: Figure
    formula: str
    as_of: str
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Bill:
    """All costs of a piece as its seller sees them, and the same sum as the client is shown it."""

    costs: tuple[Cost, ...]
    shown: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where figures come from: the tables and the draws."""

    reference: Reference
    draws: Draws

    def of(self, row: Row) -> Figure:
        """The figure of a row, in its unit."""
        given = Range.of(row)
        drawn = self.draws.of(row.id, given)
        return np.concatenate(((self.draws.mid(row.id, given.mid, drawn),), drawn))

    def share(self, row: Row) -> Figure:
        """The figure of a row in percent, as a share."""
        return self.of(row) * PERCENT

    def assumed(self, id: str) -> Figure:
        """The figure of a row of the assumptions."""
        return self.of(self.reference.assumptions[id])

    def scatter(self, key: str, sd_log: float) -> Figure:
        """A factor about 1 that scatters log-normally, for what a fit leaves open; 1 at mid."""
        drawn = self.draws.normal(key)
        return np.exp(sd_log * np.concatenate(((self.draws.mid(key, 0, drawn),), drawn)))


def added(costs: Iterable[Cost]) -> Figure:
    """The sum of costs, at mid and at every draw."""
    return np.sum([cost.usd for cost in costs], axis=0)


def newest(*rows: Row) -> str:
    """The newest date among rows, for a line that rests on several; empty when none is dated."""
    return max((row.as_of or "" for row in rows), default="")


def sources_of(*rows: Sourced) -> tuple[str, ...]:
    """The sources of several rows, each once, in order."""
    return tuple(dict.fromkeys(source for row in rows for source in row.sources))
