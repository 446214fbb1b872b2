"""The history of what the shop has set: one file for each state, written whole or not at all, never changed after."""

import csv
import dataclasses
import io
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from configurator.prices import figures, proposals
from configurator.prices.figures import FigureProposal
from configurator.prices.proposals import Proposal, RefusedPrices
from configurator.reference import (
    BadTable,
    Kept,
    OwnFigure,
    PriceFile,
    SpotPrice,
    delivered,
    in_use,
    load,
    own_figures,
    shop_prices,
)
from configurator.reference.shop_prices import FIGURES, PRICES

_STAMP = "%Y%m%dT%H%M%S%fZ"
_one_at_a_time = threading.Lock()
HOW = {"table": "edited here", "upload": "uploaded", "feed": "from the price feed", "back": "gone back to"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of the history, of metal prices or of figures; `version` is what quotes made with it name, empty when
    it cannot be read."""

    name: str
    taken_up: datetime
    how: str
    rows: tuple[SpotPrice, ...] | tuple[OwnFigure, ...]
    version: str
    problem: str


def accept(proposal: Proposal | FigureProposal, how: str, now: datetime) -> None:
    """Takes up a proposal; `how` is a key of `HOW`. From now on every evaluation uses it, in every session.

    Raises `RefusedPrices` when something has changed since it was made, or the folder cannot be written.
    """
    kind, row_type = (PRICES, SpotPrice) if isinstance(proposal, Proposal) else (FIGURES, OwnFigure)
    name = f"{kind}-{now.astimezone(UTC):{_STAMP}}-{how}.csv"
    with _one_at_a_time:
        if load().version != proposal.version:
            raise RefusedPrices("The prices have been changed by somebody else meanwhile. Look at them again.")
        place = shop_prices.folder()
        if any(path.name >= name for path in shop_prices.files(place, kind)):
            raise RefusedPrices("There is a newer price file already: is the clock of this machine right?")
        try:
            _write(place / name, _written(row_type, proposal.rows))
        except OSError as error:
            raise RefusedPrices(f"The price file cannot be written: {error.strerror or error}.") from None


def history() -> tuple[State, ...]:
    """Every state that was ever taken up, the newest first; those that cannot be read say why."""
    place = shop_prices.folder()
    paths = [*shop_prices.files(place, PRICES), *shop_prices.files(place, FIGURES)]
    prices: PriceFile | None = None
    own: Kept[OwnFigure] | None = None
    states = []
    for path in sorted(paths, key=lambda path: path.name.split("-")[1:]):
        rows: tuple[SpotPrice, ...] | tuple[OwnFigure, ...] = ()
        version = problem = ""
        try:
            if path.name.startswith(PRICES):
                prices = _prices(path)
                rows = prices.rows
            else:
                own = own_figures.read(path)
                rows = own.rows
        except (BadTable, OSError) as error:
            problem = str(error)
        else:
            version = in_use(delivered(), prices, own).version
        states.append(_state(path.name, rows, version, problem))
    return tuple(reversed(states))


def earlier(name: str) -> Proposal | FigureProposal:
    """What going back to a state of the history would change. Raises `RefusedPrices`."""
    place = shop_prices.folder()
    known = {path.name: path for kind in (PRICES, FIGURES) for path in shop_prices.files(place, kind)}
    if name not in known:
        raise RefusedPrices("That state is no longer in the history.")
    try:
        if name.startswith(PRICES):
            return proposals.from_file(_prices(known[name]))
        return figures.back_to(own_figures.read(known[name]).rows)
    except BadTable as error:
        raise RefusedPrices(f"That state cannot be read: {error}") from None


def as_delivered() -> Proposal:
    """What going back to the metal prices that came with Keepsake would change. Raises `RefusedPrices`."""
    return proposals.as_delivered()


def _prices(path: Path) -> PriceFile:
    return shop_prices.read(path, frozenset(delivered().sources))


def _state(name: str, rows: tuple[SpotPrice, ...] | tuple[OwnFigure, ...], version: str, problem: str) -> State:
    _, stamp, how = name.removesuffix(".csv").split("-")
    when = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    return State(name=name, taken_up=when, how=HOW.get(how, how), rows=rows, version=version, problem=problem)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    # A folder's own time ticks in milliseconds; two changes in one tick must not look like one to `newest`.
    now_ns = time.time_ns()
    os.utime(path.parent, ns=(now_ns, now_ns))


def _written(row_type: type[SpotPrice] | type[OwnFigure], rows: Iterable[SpotPrice | OwnFigure]) -> str:
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    names = [field.name for field in dataclasses.fields(row_type)]
    lines.writerow(names)
    for row in rows:
        cells = [getattr(row, name) for name in names]
        lines.writerow([";".join(cell) if isinstance(cell, tuple) else cell for cell in cells])
    return out.getvalue()
