"""A price table that somebody uploads: hostile until read, then rows to be proposed."""

import csv
import io

from configurator.prices.proposals import Given, RefusedPrices
from configurator.reference import SpotPrice
from configurator.reference.columns import columns

MOST_BYTES = 200_000
NEEDED = ("element", "date", "usd_per_troy_ounce")
_KNOWN = frozenset(columns(SpotPrice))
_ECHO_CHARACTERS = 30


def read_upload(data: bytes) -> tuple[Given, ...]:
    """The prices of a CSV file in the form of `series/spot.csv`; all columns but `NEEDED` may be left out.

    Its ids, sources and confidence are not taken over: what staff upload is the shop's own. Raises `RefusedPrices`.
    """
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
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(lines)]
        _check_header(header)
        return tuple(_row(lines.line_num, header, cells) for cells in lines if any(cell.strip() for cell in cells))
    except csv.Error as error:
        raise RefusedPrices(f"Line {lines.line_num}: this is not CSV ({error}).") from None


def _check_header(header: list[str]) -> None:
    if missing := [name for name in NEEDED if name not in header]:
        raise RefusedPrices(
            f"The column {missing[0]} is missing; the first line should be {','.join(NEEDED)}. "
            "Prices are in US dollars per troy ounce."
        )
    if unknown := [name for name in header if name not in _KNOWN]:
        raise RefusedPrices(f"The column “{unknown[0][:_ECHO_CHARACTERS]}” is not one of a price table's.")
    if len(set(header)) != len(header):
        raise RefusedPrices("A column stands twice in the first line.")


def _row(line: int, header: list[str], cells: list[str]) -> Given:
    if len(cells) != len(header):
        raise RefusedPrices(f"Line {line}: there are {len(cells)} cells where the first line has {len(header)}.")
    found = dict(zip(header, cells, strict=True))
    return Given(
        where=f"Line {line}",
        **{name: found[name] for name in NEEDED},
        note=found.get("note", ""),
        kind=found.get("kind", "").strip() or "spot",
    )
