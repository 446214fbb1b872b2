"""Reads one CSV table into frozen rows, checking every cell against what the row type declares.

Whatever a table breaks is a `BadTable` that says where and why, so a row can be mended without reading this file.
"""

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from configurator.reference.columns import BadCell, Column, Part, columns, quantities

_Row = TypeVar("_Row")
_ORDER: dict[Part, int] = {"low": 0, "mid": 1, "high": 2}


class BadTable(ValueError):
    """A reference table that cannot be used: `file`, `line` (1 is the header) and `reason`, in one sentence."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}.")
        self.file, self.line, self.reason = file, line, reason


def read_rows(path: Path, row_type: type[_Row], *, may_be_empty: bool = False) -> list[tuple[int, _Row]]:
    """Every row of a table with the line it stands on.

    Raises `BadTable`: no such file, a column missing or unknown, a required cell empty, a cell that is not what the
    column holds, low/mid/high out of order, an id used twice.
    """
    declared = columns(row_type)
    ranges = [
        [parts[part] for part in sorted(parts, key=_ORDER.__getitem__)]
        for _, parts in quantities(row_type)
        if len(parts) > 1
    ]
    try:
        raw = path.read_text(encoding="utf-8")
    except OSError:
        raise BadTable(path.name, 1, "the table is missing") from None
    except UnicodeDecodeError:
        raise BadTable(path.name, 1, "the table is not UTF-8 text") from None
    lines = csv.reader(io.StringIO(raw, newline=""), strict=True)
    found: list[tuple[int, _Row]] = []
    seen: dict[str, int] = {}
    try:
        header = next(lines, [])
        _check_header(path.name, header, declared)
        readers = [(name, declared[name]) for name in header]
        for cells in lines:
            line = lines.line_num
            if len(cells) != len(header):
                raise BadTable(path.name, line, f"the row has {len(cells)} cells where the header has {len(header)}")
            row = row_type(**_read_cells(path.name, line, readers, cells))
            for names in ranges:
                given = [value for value in (getattr(row, name) for name in names) if value is not None]
                if given != sorted(given):
                    raise BadTable(path.name, line, f"{', '.join(names)} should not fall: {_shown(given)}")
            key = getattr(row, "id", None)
            if key is not None:
                if key in seen:
                    raise BadTable(path.name, line, f"the id {key} is already used on line {seen[key]}")
                seen[key] = line
            found.append((line, row))
    except csv.Error as error:
        raise BadTable(path.name, lines.line_num, f"this is not CSV: {error}") from None
    if not found and not may_be_empty:
        raise BadTable(path.name, 1, "the table has no rows")
    return found


def check_ids(path: Path, rows: Collection[tuple[int, Any]], column: str, known: Collection[str], what: str) -> None:
    """Raises `BadTable` at the first row whose ids in `column` (one or several) are not all known."""
    for line, row in rows:
        value = getattr(row, column)
        for one in (value,) if isinstance(value, str) else value:
            key = one[0] if isinstance(one, tuple) else one
            if key not in known:
                raise BadTable(path.name, line, f"{column} names {key}, which is no {what}")


def _check_header(file: str, header: list[str], declared: Mapping[str, Column]) -> None:
    if missing := [name for name in declared if name not in header]:
        raise BadTable(file, 1, f"the column {missing[0]} is missing")
    if unknown := [name for name in header if name not in declared]:
        raise BadTable(file, 1, f"the column {unknown[0] or '(no name)'} is not one of this table's")
    if len(set(header)) != len(header):
        raise BadTable(file, 1, "a column stands twice in the header")


def _read_cells(file: str, line: int, readers: list[tuple[str, Column]], cells: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for (name, column), cell in zip(readers, cells, strict=True):
        cell = cell.strip()
        if not cell and not column.optional:
            raise BadTable(file, line, f"{name} is empty")
        try:
            values[name] = column.read(cell) if cell else column.empty
        except BadCell as error:
            raise BadTable(file, line, f"{name} is {cell!r}, which {error}") from None
    return values


def _shown(values: list[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)
