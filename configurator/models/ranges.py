"""A number that is not known exactly, and the seeded draws that carry it through a formula.

Every row of the tables has low, mid and high. We read them as two triangles back to back: nothing lies outside low and
high, values near mid are the likeliest, and half of the chance lies on each side of mid, which is therefore the median.
(The usual single triangle puts more than half beyond mid on skewed rows, and a sum of such rows drifts out of its own
range.) A formula is worked on all draws at once, and P10 and P90 of the result are its range; worst cases are never
multiplied.

Draws belong to a key, usually the id of a table row: the same row gets the same draws wherever it is used. So the
uncertainty that a design shares with its shelf twin (the gold price, the wearer) cancels when the two are compared, and
the same seed always gives the same numbers.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Samples = NDArray[np.float64]

DRAWS = 2_000  # P10 and P90 of a total then move by about 1 % of its range from seed to seed
SEED = 20261122
RANGE_LOW, RANGE_HIGH = 0.10, 0.90  # what "low" and "high" of a computed figure mean
KEYS_KEPT = 1_024  # 16 kB each


class Tabled(Protocol):
    """A row of a fact table, as far as its numbers go; a figure the source did not give is None."""

    @property
    def low(self) -> float | None: ...
    @property
    def mid(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


class TabledRow(Tabled, Protocol):
    """A row that can be drawn: its id is the key."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Range:
    """low <= mid <= high, in whatever unit the field that holds it is named for."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.mid <= self.high):
            raise ValueError(f"not a range: low {self.low}, mid {self.mid}, high {self.high}")

    @classmethod
    def exactly(cls, value: float) -> Self:
        """A figure taken as known."""
        return cls(value, value, value)

    @classmethod
    def of(cls, row: Tabled) -> Self:
        """The range of a table row: a missing mid is halfway, a missing end is taken as mid.

        Raises `ValueError` when the row holds no figure at all.
        """
        given = [value for value in (row.low, row.mid, row.high) if value is not None]
        if not given:
            raise ValueError("a row without any figure has no range")
        low = row.low if row.low is not None else given[0]
        high = row.high if row.high is not None else given[-1]
        return cls(low, row.mid if row.mid is not None else (low + high) / 2, high)

    def times(self, factor: float) -> "Range":
        """Every end multiplied by the same known, non-negative factor."""
        return Range(self.low * factor, self.mid * factor, self.high * factor)

    def at(self, chance: Samples) -> Samples:
        """The quantiles of the two triangles at `chance` (n,) in 0..1."""
        below = self.low + (self.mid - self.low) * np.sqrt(2 * np.minimum(chance, 1 / 2))
        above = (self.high - self.mid) * (1 - np.sqrt(2 * np.minimum(1 - chance, 1 / 2)))
        return below + above


@dataclass(frozen=True, slots=True)
class Draws:
    """`count` draws for any key, the same for the same seed on every machine."""

    seed: int = SEED
    count: int = DRAWS

    def chance(self, key: str) -> Samples:
        """(count,) float64 in 0..1, stratified (one draw in each of `count` equal slices), read-only."""
        return _chance(self.seed, self.count, key)

    def normal(self, key: str) -> Samples:
        """(count,) draws of a standard normal under a key of its own, for scatter that a fit has measured."""
        return ndtri(self.chance(key))

    def of(self, key: str, given: Range) -> Samples:
        """(count,) draws of a range, in its unit; `key` names what is uncertain (usually the row's id)."""
        return given.at(self.chance(key))

    def row(self, row: TabledRow) -> Samples:
        """(count,) draws of a table row under its own id."""
        return self.of(row.id, Range.of(row))


def summary(samples: Samples, mid: float | None = None) -> Range:
    """P10, P50 and P90 of draws; `mid` replaces P50 where a total has to equal its lines to the cent."""
    # numpy's own linear quantiles, without the 0.1 ms that np.quantile takes to set out; an evaluation has a hundred.
    places = (len(samples) - 1) * np.array((RANGE_LOW, 1 / 2, RANGE_HIGH))
    low, median, high = np.interp(places, np.arange(len(samples)), np.sort(samples))
    middle = float(median) if mid is None else mid
    return Range(min(float(low), middle), middle, max(float(high), middle))


def propagate(formula: Callable[..., Samples], draws: Draws, /, **inputs: Range) -> Range:
    """The range of a formula of independent inputs, each drawn under its own name."""
    return summary(formula(**{name: draws.of(name, given) for name, given in inputs.items()}))


@lru_cache(maxsize=KEYS_KEPT)
def _chance(seed: int, count: int, key: str) -> Samples:
    digest = blake2b(f"{seed}/{key}".encode(), digest_size=16).digest()
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    drawn = (generator.permutation(count) + generator.random(count)) / count
    drawn.setflags(write=False)
    return drawn
