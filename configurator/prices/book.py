"""The history of the shop's prices: one file for each state, written whole or not at all, never changed after."""

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

from configurator.prices import proposals
from configurator.prices.proposals import Proposal, RefusedPrices
from configurator.reference import BadTable, PriceFile, SpotPrice, delivered, load, priced, shop_prices

_STAMP = "%Y%m%dT%H%M%S%fZ"
_COLUMNS = [field.name for field in dataclasses.fields(SpotPrice)]
_one_at_a_time = threading.Lock()
HOW = {"table": "edited here", "upload": "uploaded", "feed": "from the price feed", "back": "gone back to"}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of the history; `version` is the one that quotes made with it name, empty when it cannot be read."""

    name: str
    taken_up: datetime
    how: str
    rows: tuple[SpotPrice, ...]
    version: str
    problem: str


def accept(proposal: Proposal, how: str, now: datetime) -> None:
    """Takes up a proposal; `how` is a key of `HOW`. From now on every evaluation uses it, in every session.

    Raises `RefusedPrices` when the prices have changed since it was made, or the folder cannot be written.
    """
    name = f"prices-{now.astimezone(UTC):{_STAMP}}-{how}.csv"
    with _one_at_a_time:
        if load().version != proposal.version:
            raise RefusedPrices("The prices have been changed by somebody else meanwhile. Look at them again.")
        place = shop_prices.folder()
        if any(path.name >= name for path in shop_prices.files(place)):
            raise RefusedPrices("There is a newer price file already: is the clock of this machine right?")
        try:
            _write(place / name, _written(proposal.rows))
        except OSError as error:
            raise RefusedPrices(f"The price file cannot be written: {error.strerror or error}.") from None


def history() -> tuple[State, ...]:
    """Every state that was ever taken up, the newest first; those that cannot be read say why."""
    known = frozenset(delivered().sources)
    return tuple(_state(path.name, known) for path in reversed(shop_prices.files(shop_prices.folder())))


def earlier(name: str) -> Proposal:
    """What going back to a state of the history would change. Raises `RefusedPrices`."""
    try:
        return proposals.from_file(_file(name))
    except BadTable as error:
        raise RefusedPrices(f"That state cannot be read: {error}") from None


def as_delivered() -> Proposal:
    """What going back to the prices that came with Keepsake would change. Raises `RefusedPrices`."""
    return proposals.as_delivered()


def _file(name: str) -> PriceFile:
    known = {path.name: path for path in shop_prices.files(shop_prices.folder())}
    if name not in known:
        raise RefusedPrices("That state is no longer in the history.")
    return shop_prices.read(known[name], frozenset(delivered().sources))


def _state(name: str, known: frozenset[str]) -> State:
    _, stamp, how = name.removesuffix(".csv").split("-")
    rows: tuple[SpotPrice, ...] = ()
    version = problem = ""
    try:
        found = shop_prices.read(shop_prices.folder() / name, known)
    except (BadTable, OSError) as error:
        problem = str(error)
    else:
        rows, version = found.rows, priced(delivered(), found).version
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


def _written(rows: Iterable[SpotPrice]) -> str:
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(_COLUMNS)
    for row in rows:
        cells = [getattr(row, name) for name in _COLUMNS]
        lines.writerow([";".join(cell) if isinstance(cell, tuple) else cell for cell in cells])
    return out.getvalue()
