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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from hashlib import blake2b
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Samples = NDArray[np.floating]  # (count,) float64; float32 where years of draws are worked with

DRAWS = 10_000  # P10 and P90 of a total then move by less than 1 % of its range from seed to seed
SEED = 20261122
RANGE_LOW, RANGE_HIGH = 0.10, 0.90  # what "low" and "high" of a computed figure mean
KEYS_KEPT = 256  # 80 kB each
BINS = 1_024  # so many that one holds few draws, so few that counting them takes no time
ALIKE = 1e-30  # samples that lie nearer together are one
CHANCES_KEPT = 16


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


@dataclass(eq=False, slots=True)
class Asked:
    """The keys that draws were asked for, in order; it equals itself alone, so that no cache hides any."""

    keys: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draws:
    """`count` draws for any key, the same for the same seed on every machine.

    `pinned` holds one key at one chance of its own distribution while all others are drawn; `asked` notes every key.
    """

    seed: int = SEED
    count: int = DRAWS
    pinned: tuple[str, float] | None = None
    asked: Asked | None = None

    def ranks(self, key: str) -> NDArray[np.intp]:
        """(count,) the numbers from 0 to count - 1 in an order of the key's own, read-only."""
        return _ranks(self.seed, self.count, key)

    def chance(self, key: str) -> Samples:
        """(count,) float64 in 0..1, stratified: the middle of each of `count` equal slices once, read-only."""
        return self._sorted(key, _chances(self.count))

    def normal(self, key: str) -> Samples:
        """(count,) draws of a standard normal under a key of its own, for scatter that a fit has measured."""
        return self._sorted(key, _normals(self.count))

    def of(self, key: str, given: Range) -> Samples:
        """(count,) draws of a range, in its unit; `key` names what is uncertain (usually the row's id)."""
        below, above = _triangles(self.count)
        return self._sorted(key, given.low + (given.mid - given.low) * below + (given.high - given.mid) * above)

    def place(self, key: str) -> int | None:
        """Which of a key's values, in order, it is pinned at; None when it is drawn. Notes that it was asked for."""
        if self.asked is not None:
            self.asked.keys[key] = None
        if self.pinned is None or self.pinned[0] != key:
            return None
        return int(self.pinned[1] * self.count)

    def mid(self, key: str, mid: float, drawn: Samples) -> float:
        """What a key stands at where a formula is worked at every row's mid: `mid`, or what it is pinned at."""
        return mid if self.place(key) is None else float(drawn[0])

    def _sorted(self, key: str, ordered: Samples) -> Samples:
        """A column of the distribution's values from the least to the greatest, in the key's order."""
        place = self.place(key)
        drawn = ordered.take(self.ranks(key)) if place is None else np.full(self.count, ordered[place])
        drawn.setflags(write=False)
        return drawn

    def row(self, row: TabledRow) -> Samples:
        """(count,) draws of a table row under its own id."""
        return self.of(row.id, Range.of(row))


USUAL_DRAWS = Draws()  # shared by every model, so that what they have in common cancels


def summary(samples: Samples, mid: float | None = None) -> Range:
    """P10, P50 and P90 of draws; `mid` replaces P50 where a total has to equal its lines to the cent."""
    low, median, high = quantiles(samples, (RANGE_LOW, 1 / 2, RANGE_HIGH)).tolist()
    middle = median if mid is None else mid
    return Range(min(low, middle), middle, max(high, middle))


def quantiles(samples: Samples, chances: Sequence[float]) -> NDArray[np.float64]:
    """(…, k) linear quantiles of (…, n) finite samples: those of `np.quantile`, in a fifth of its time.

    An evaluation asks for hundreds. Samples are counted into bins, and only the bins that hold a quantile are sorted.
    """
    ranks, way = _between(samples.shape[-1], tuple(chances))
    rows = samples.reshape(-1, samples.shape[-1])
    ends = zip(rows.min(axis=1).tolist(), rows.max(axis=1).tolist(), strict=True)
    found = np.array([_ranked(row, *both, ranks) for row, both in zip(rows, ends, strict=True)], dtype=np.float64)
    below, above = found[:, : way.size], found[:, way.size :]
    return (below + way * (above - below)).reshape(*samples.shape[:-1], way.size)


@lru_cache(maxsize=CHANCES_KEPT)
def _between(count: int, chances: tuple[float, ...]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """(2k,) the ranks below each quantile, then those above, and (k,) how far on the way it lies."""
    places = (count - 1) * np.array(chances)
    ranks = np.floor(places).astype(np.intp)
    return np.concatenate((ranks, np.minimum(ranks + 1, count - 1))), places - ranks


def _ranked(row: Samples, least: float, most: float, ranks: NDArray[np.intp]) -> Samples:
    """The values of (n,) samples between `least` and `most` at some ranks, 0 the least."""
    if most - least < ALIKE:
        return np.full(ranks.size, least)
    bins = ((row - least) * ((BINS - 1) / (most - least))).astype(np.int16)
    counts = np.bincount(bins, minlength=BINS)
    holding = counts.cumsum().searchsorted(ranks, side="right")
    members = np.sort(row[reduce(np.logical_or, [bins == bin for bin in set(holding.tolist())])])
    counts[holding] = 0  # what is left are the samples that are not among them
    return np.asarray(members[ranks - counts.cumsum()[holding]])


def propagate(formula: Callable[..., Samples], draws: Draws, /, **inputs: Range) -> Range:
    """The range of a formula of independent inputs, each drawn under its own name."""
    return summary(formula(**{name: draws.of(name, given) for name, given in inputs.items()}))


@lru_cache(maxsize=KEYS_KEPT)
def _ranks(seed: int, count: int, key: str) -> NDArray[np.intp]:
    digest = blake2b(f"{seed}/{key}".encode(), digest_size=16).digest()
    generator = np.random.Generator(np.random.SFC64(int.from_bytes(digest, "big")))
    # Two random bytes for each are put in order by counting, in half the time of a shuffle. Of equal ones the earlier
    # comes first, which moves it by one place of ten thousand.
    ranks = np.argsort(generator.integers(1 << 16, size=count, dtype=np.uint16), kind="stable")
    ranks.setflags(write=False)
    return ranks


@lru_cache(maxsize=2)
def _chances(count: int) -> Samples:
    return (np.arange(count) + 1 / 2) / count


@lru_cache(maxsize=2)
def _normals(count: int) -> Samples:
    return np.asarray(ndtri(_chances(count)))


@lru_cache(maxsize=2)
def _triangles(count: int) -> tuple[Samples, Samples]:
    """How far from low to mid, and from mid to high, each draw of a range lies, in order."""
    chances = _chances(count)
    return np.sqrt(2 * np.minimum(chances, 1 / 2)), 1 - np.sqrt(2 * np.minimum(1 - chances, 1 / 2))
