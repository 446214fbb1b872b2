"""What the shop has set itself: dated CSV files in a folder outside the package, the newest valid one in use.

A file is one whole state: `prices-…` of the metal prices, in the form of `series/spot.csv`, `figures-…` of the shop's
own figures (`own_figures.py`). Files are added and never changed, so the folder is the history. What cannot be read is
passed over with a word in the log; it never stops the app.
"""

import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import platformdirs

from configurator.reference import periods
from configurator.reference.alloys import SpotPrice
from configurator.reference.facts import Source
from configurator.reference.tables import BadTable, check_ids, read_rows

FOLDER_SETTING = "KEEPSAKE_PRICES"
SHOP = Source(id="shop_prices", kind="trade", title="The shop's own price table", url="", accessed=None)
FEED = Source(
    id="gold_api", kind="data", title="Gold API: prices of precious metals", url="https://gold-api.com", accessed=None
)
SOURCES = {source.id: source for source in (SHOP, FEED)}
PRICES, FIGURES = "prices", "figures"  # what a file's name begins with
_NAME = re.compile(r"(prices|figures)-\d{8}T\d{12}Z-[a-z]+\.csv")  # when it was taken up, to the microsecond, and how

_log = logging.getLogger(__name__)


class Dated(Protocol):
    """A row of what the shop has set."""

    @property
    def date(self) -> str: ...


_Row = TypeVar("_Row", bound=Dated)


@dataclass(frozen=True, eq=False, slots=True)
class Kept(Generic[_Row]):
    """One state that the shop has set; by the `digest` of its bytes it is known again."""

    name: str
    rows: tuple[_Row, ...]
    digest: str


PriceFile = Kept[SpotPrice]


def folder() -> Path:
    """Where the files are; it need not exist yet."""
    return Path(_folder())


def files(place: Path, kind: str) -> list[Path]:
    """The files of a kind in a folder, oldest first; empty when there is no such folder."""
    try:
        return sorted(path for path in place.iterdir() if _NAME.fullmatch(path.name) and path.name.startswith(kind))
    except OSError:
        return []


def newest(known: frozenset[str]) -> PriceFile | None:
    """The newest price file that can be read; its rows may name the sources of `known` and our own two."""
    return newest_of(PRICES, _reader(known))


def newest_of(kind: str, reader: Callable[[Path], Kept[_Row]]) -> Kept[_Row] | None:
    """The newest file of a kind that `reader` can read.

    One question to the file system a call, so that what is taken up by one process is seen by all at once.
    """
    place = _folder()
    try:
        changed = os.stat(place).st_mtime_ns
    except OSError:
        return None
    return _newest(place, changed, kind, reader)


def read(path: Path, known: frozenset[str]) -> PriceFile:
    """One file. Raises `BadTable`."""
    lines = read_rows(path, SpotPrice)
    check_ids(path, lines, "sources", known | SOURCES.keys(), "source")
    return kept(path, lines)


def kept(path: Path, lines: Sequence[tuple[int, _Row]]) -> Kept[_Row]:
    """The state that a file holds, by its rows and the line of each. Raises `BadTable` for a day that is none."""
    for line, row in lines:
        try:
            periods.last_day(row.date)
        except ValueError:
            raise BadTable(path.name, line, f"date is {row.date}, which is no day of the calendar") from None
    return Kept(path.name, tuple(row for _, row in lines), hashlib.sha256(path.read_bytes()).hexdigest())


def merged(delivered: Iterable[SpotPrice], own: Iterable[SpotPrice]) -> tuple[SpotPrice, ...]:
    """The prices of one metal, oldest first; the shop's own stand for those delivered under the same id."""
    rows = {row.id: row for row in delivered} | {row.id: row for row in own}
    # Text order is date order, and puts "2026" (a mean over part of the year) before every month of it.
    return tuple(sorted(rows.values(), key=lambda row: row.date))


def _folder() -> str:
    return os.environ.get(FOLDER_SETTING) or _usual_folder()


@cache
def _usual_folder() -> str:
    return str(platformdirs.user_data_path("keepsake", appauthor=False) / "prices")


@cache
def _reader(known: frozenset[str]) -> Callable[[Path], PriceFile]:
    return lambda path: read(path, known)


@lru_cache(maxsize=8)
def _newest(place: str, changed: int, kind: str, reader: Callable[[Path], Kept[_Row]]) -> Kept[_Row] | None:
    for path in reversed(files(Path(place), kind)):
        try:
            return _kept(path, path.stat().st_mtime_ns, reader)
        except (BadTable, OSError) as error:
            _log.warning("A file of the shop's is passed over: %s", error)
    return None


@lru_cache(maxsize=8)
def _kept(path: Path, changed: int, reader: Callable[[Path], Kept[_Row]]) -> Kept[_Row]:
    """The same object for the same file, so that nothing is evaluated anew when a file beside it comes."""
    return reader(path)
