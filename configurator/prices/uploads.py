"""A table that somebody uploads: hostile until read, then rows to be proposed.

Tables with semicolons, as spreadsheets in much of Europe write them, may have decimal commas.
"""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from configurator.prices import spelling
from configurator.prices.figures import GivenFigure
from configurator.prices.proposals import Given, RefusedPrices
from configurator.reference import OwnFigure, SpotPrice
from configurator.reference.columns import columns

MOST_BYTES = 200_000
NEEDED = ("element", "date", "usd_per_troy_ounce")
FIGURES_NEEDED = ("id", "low", "mid", "high", "unit", "date")


@dataclass(frozen=True, slots=True)
class _Line:
    where: str
    cells: dict[str, str]
    decimal_comma: bool


def read_upload(data: bytes) -> tuple[Given, ...]:
    """The prices of a CSV file in the form of `series/spot.csv`; all columns but `NEEDED` may be left out.

    Its ids, sources and confidence are not taken over: what staff upload is the shop's own. Raises `RefusedPrices`.
    """
    lines = _lines(data, NEEDED, frozenset(columns(SpotPrice)), "Prices are in US dollars per troy ounce.")
    return tuple(
        Given(
            where=line.where,
            element=line.cells["element"],
            date=line.cells["date"],
            usd_per_troy_ounce=spelling.decimal(line.cells["usd_per_troy_ounce"], decimal_comma=line.decimal_comma),
            note=line.cells.get("note", ""),
            kind=line.cells.get("kind", "").strip() or "spot",
        )
        for line in lines
    )


def read_figures(data: bytes) -> tuple[GivenFigure, ...]:
    """The shop's own figures in a CSV file, with the columns of `OwnFigure`. Raises `RefusedPrices`."""
    lines = _lines(data, FIGURES_NEEDED, frozenset(columns(OwnFigure)), "A note may follow.")
    return tuple(
        GivenFigure(where=line.where, decimal_comma=line.decimal_comma, **line.cells)  # the header was checked
        for line in lines
    )


def _lines(data: bytes, needed: Sequence[str], known: Collection[str], more: str) -> list[_Line]:
    """The lines of a table below its header. Raises `RefusedPrices`."""
    if not data.strip():
        raise RefusedPrices("The file is empty.")
    if len(data) > MOST_BYTES:
        raise RefusedPrices(f"The file is larger than {MOST_BYTES // 1000} kB: that is no price table.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedPrices("The file is not UTF-8 text. Save it as CSV, UTF-8.") from None
    if "\0" in text:
        raise RefusedPrices("The file is not text. Save it as CSV, UTF-8.")
    first = text.lstrip().partition("\n")[0]
    semicolons = first.count(";") > first.count(",")
    lines = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=";" if semicolons else ",")
    found = []
    try:
        header = [name.strip().lower() for name in next(lines)]
        _check_header(header, needed, known, more)
        for cells in lines:
            if any(cell.strip() for cell in cells):
                found.append(_Line(f"Line {lines.line_num}", _cells(lines.line_num, header, cells), semicolons))
    except csv.Error as error:
        raise RefusedPrices(f"Line {lines.line_num}: this is not CSV ({error}).") from None
    return found


def _check_header(header: list[str], needed: Sequence[str], known: Collection[str], more: str) -> None:
    if missing := [name for name in needed if name not in header]:
        raise RefusedPrices(f"The column {missing[0]} is missing; the first line should be {','.join(needed)}. {more}")
    if unknown := [name for name in header if name not in known]:
        raise RefusedPrices(f"The column {spelling.echoed(unknown[0])} is not one of a price table's.")
    if len(set(header)) != len(header):
        raise RefusedPrices("A column stands twice in the first line.")


def _cells(line: int, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise RefusedPrices(f"Line {line}: there are {len(cells)} cells where the first line has {len(header)}.")
    return dict(zip(header, cells, strict=True))
