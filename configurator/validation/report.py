"""What a validation finds: checks with their bars and cases, and the whole as JSON for the app to show."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from configurator.models.ranges import Range

SAVED = Path(__file__).parents[2] / "assets" / "validation.json"

Sense = Literal["at most", "at least", "exactly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure of a check and what it has to be."""

    label: str
    measured: float
    sense: Sense
    limit: float
    unit: str = ""

    @property
    def held(self) -> bool:
        """Whether the figure is where it has to be."""
        if self.sense == "exactly":
            return self.measured == self.limit
        return self.measured <= self.limit if self.sense == "at most" else self.measured >= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing of the world beside what we say of it.

    `documented` and the band `low`, `mid`, `high` are in one unit; where we give one number the three are equal.
    `model` names the model whose range is on trial (empty: no range is), and `built_on` says that the same figure went
    into that model, so that being inside proves little. `floor` says that the documented number is only the least it
    was, as a starting price is: it should not lie above the band, and proves nothing by lying below.
    `why` explains a case outside, and may explain one inside.
    """

    label: str
    unit: str
    documented: float
    low: float
    mid: float
    high: float
    inside: bool
    why: str = ""
    model: str = ""
    built_on: bool = False
    floor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How often which value came up: `edges` is one longer than `counts`."""

    title: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question to the world, and the answer."""

    id: str
    title: str
    question: str
    compared: str  # what with what, and how
    bars: tuple[Bar, ...]
    cases: tuple[Case, ...] = ()
    left_out: tuple[str, ...] = ()  # what could not be compared, and why
    histogram: Histogram | None = None
    about: tuple[str, ...] = ()  # the models it tries, as modules of configurator.models

    @property
    def held(self) -> bool:
        """Whether every bar is held."""
        return all(bar.held for bar in self.bars)

    @property
    def misses(self) -> tuple[Case, ...]:
        """The cases outside."""
        return tuple(case for case in self.cases if not case.inside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every check, when and with which tables; `rows` are what each model read, as `table/id`."""

    date: str
    reference_version: str
    checks: tuple[Check, ...]
    rows: dict[str, tuple[str, ...]]
    designs: int  # evaluated to find the rows


_JSON = TypeAdapter(Report)


def save(report: Report, path: Path = SAVED) -> None:
    """Writes a report as JSON."""
    path.write_bytes(_JSON.dump_json(report, indent=1) + b"\n")


@cache
def saved(path: Path = SAVED) -> Report:
    """The report that was made last. Raises `OSError` and pydantic's `ValidationError`."""
    return _JSON.validate_json(path.read_bytes())


def within(label: str, unit: str, documented: float, ours: float, share: float, why: str = "") -> Case:
    """A number of ours that may differ from the documented one by a share of it."""
    inside = abs(ours - documented) <= share * abs(documented)
    return Case(
        label=label,
        unit=unit,
        documented=_short(documented),
        low=_short(ours),
        mid=_short(ours),
        high=_short(ours),
        inside=inside,
        why="" if inside else why,
    )


def banded(
    label: str,
    unit: str,
    documented: float,
    ours: Range,
    model: str,
    *,
    why: str = "",
    built_on: bool = False,
    floor: bool = False,
) -> Case:
    """A documented number that should lie between our P10 and P90; one that is only a floor, not above P90."""
    return Case(
        label=label,
        unit=unit,
        documented=_short(documented),
        low=_short(ours.low),
        mid=_short(ours.mid),
        high=_short(ours.high),
        inside=(floor or ours.low <= documented) and documented <= ours.high,
        why=why,
        model=model,
        built_on=built_on,
        floor=floor,
    )


def _short(value: float) -> float:
    """Four significant figures: the file is read by people."""
    return round(value, 3 - math.floor(math.log10(abs(value)))) if value else 0.0


def unexplained(cases: tuple[Case, ...]) -> Bar:
    """The bar of a check whose cases may miss as long as the page says why."""
    found = sum(not case.inside and not case.why for case in cases)
    return Bar(label="cases outside without a reason", measured=found, sense="exactly", limit=0)
