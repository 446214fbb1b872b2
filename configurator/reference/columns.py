"""What a column of a table may hold: each declaration reads a cell and says what is wrong with it.

A row type is a frozen dataclass whose fields are the columns, in any order, each `Annotated` with one of the
declarations below. For a number they give its name, unit and plausible range, from which the Sources page is made.
"""

import dataclasses
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Part = Literal["low", "mid", "high"]
Pairs = tuple[tuple[float, float], ...]
Shares = tuple[tuple[str, float], ...]

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_HEX = re.compile(r"#[0-9A-F]{6}")
_DATE = re.compile(r"\d{4}(-Q[1-4]|-\d{2}(-\d{2})?|-\d{4})?")


class BadCell(ValueError):
    """What is wrong with one cell; the reader adds where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a column measures. Columns of one `name` are the low, mid and high of one number.

    `trust` and `origin` name the row's columns that hold its confidence and its sources.
    """

    name: str
    unit: str = ""
    part: Part = "mid"
    trust: str = "confidence"
    origin: str = "sources"


# Every quantity of a row type, with the columns that hold its low, mid and high.
Measured = tuple[tuple[Quantity, Mapping[Part, str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a cell becomes a value; `read` raises `BadCell`. An empty cell of an optional column is `empty`."""

    read: Callable[[str], Any]
    optional: bool = False
    empty: Any = None
    quantity: Quantity | None = None


def identifier() -> Column:
    """The row's own id: lower snake case, unique in its table."""
    return Column(read=_read_id)


def text(*, optional: bool = False) -> Column:
    """Any words; empty only when optional."""
    return Column(read=str, optional=optional, empty="")


def choice(*, optional: bool = False) -> Column:
    """One of the words of the `Literal` that it annotates."""
    return Column(read=_any_choice, optional=optional)


def yes_no() -> Column:
    """A truth, written yes or no."""

    def read(cell: str) -> bool:
        if cell not in ("yes", "no"):
            raise BadCell("should be yes or no")
        return cell == "yes"

    return Column(read=read)


def colour(name: str, *, optional: bool = False) -> Column:
    """An sRGB colour, `#RRGGBB` in capitals."""
    return Column(read=_read_hex, optional=optional, quantity=Quantity(name=name, trust="colour_confidence"))


def size_text(name: str, *, trust: str = "confidence") -> Column:
    """A size that is not a number, such as N½."""
    return Column(read=str, quantity=Quantity(name=name, trust=trust))


def date(*, optional: bool = False) -> Column:
    """2026, 2026-06, 2026-01-02, 2023-Q4 or a span of years, 2015-2026."""

    def read(cell: str) -> str:
        if not _DATE.fullmatch(cell):
            raise BadCell("should be a date such as 2026, 2026-06, 2026-01-02, 2023-Q4 or 2015-2026")
        return cell

    return Column(read=read, optional=optional)


def quantity(
    name: str,
    unit: str,
    *,
    at_least: float = -math.inf,
    at_most: float = math.inf,
    part: Part = "mid",
    optional: bool = False,
    trust: str = "confidence",
    origin: str = "sources",
) -> Column:
    """A number with its name, unit and plausible range, ends included."""

    def read(cell: str) -> float:
        value = _read_number(cell)
        if not at_least <= value <= at_most:
            raise BadCell(f"is not plausible: {name.lower()} lies between {at_least:g} and {at_most:g} {unit}".rstrip())
        return value

    about = Quantity(name=name, unit=unit, part=part, trust=trust, origin=origin)
    return Column(read=read, optional=optional, quantity=about)


def any_number(part: Part) -> Column:
    """A number of a fact row, whose name and unit stand in the row itself; empty when the source gives none."""
    return Column(read=_read_number, optional=True, quantity=Quantity(name="", unit="", part=part))


def whole(
    name: str,
    unit: str,
    *,
    at_least: int,
    at_most: int,
    part: Part = "mid",
    optional: bool = False,
    trust: str = "confidence",
) -> Column:
    """A whole number; otherwise as `quantity`."""

    def read(cell: str) -> int:
        try:
            value = int(cell)
        except ValueError:
            raise BadCell("is not a whole number") from None
        if not at_least <= value <= at_most:
            raise BadCell(f"is not plausible: {name.lower()} lies between {at_least} and {at_most} {unit}".rstrip())
        return value

    return Column(read=read, optional=optional, quantity=Quantity(name=name, unit=unit, part=part, trust=trust))


def ids(*, optional: bool = False) -> Column:
    """Ids of another table, separated by semicolons; empty gives an empty tuple."""
    return Column(read=_read_ids, optional=optional, empty=())


def pairs(name: str, unit: str) -> Column:
    """`at:value` pairs separated by semicolons, such as `1.5:0.0092;2:0.01`; empty gives an empty tuple."""
    return Column(read=_read_pairs, optional=True, empty=(), quantity=Quantity(name=name, unit=unit))


def shares(name: str, unit: str) -> Column:
    """`id:value` pairs separated by semicolons, such as `ir:50`; empty gives an empty tuple."""
    return Column(read=_read_shares, optional=True, empty=(), quantity=Quantity(name=name, unit=unit))


def _read_id(cell: str) -> str:
    if not _ID.fullmatch(cell):
        raise BadCell("is not an id; ids are lower-case letters, digits and single underscores, such as 14k_yellow")
    return cell


def _read_hex(cell: str) -> str:
    if not _HEX.fullmatch(cell):
        raise BadCell("is not a colour such as #F6DFB5")
    return cell


def _read_number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise BadCell("is not a number") from None
    if not math.isfinite(value):
        raise BadCell("is not a finite number")
    return value


def _read_ids(cell: str) -> tuple[str, ...]:
    return tuple(_read_id(part) for part in cell.split(";"))


def _read_pairs(cell: str) -> Pairs:
    return tuple((_read_number(at), _read_number(value)) for at, value in _split_pairs(cell))


def _read_shares(cell: str) -> Shares:
    return tuple((_read_id(name), _read_number(value)) for name, value in _split_pairs(cell))


def _split_pairs(cell: str) -> list[tuple[str, str]]:
    found = []
    for part in cell.split(";"):
        at, colon, value = part.partition(":")
        if not colon:
            raise BadCell("should be pairs such as 1.5:0.0092, separated by semicolons")
        found.append((at, value))
    return found


def _any_choice(cell: str) -> str:
    raise NotImplementedError  # `columns` puts the reader of the annotated Literal here


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise BadCell(f"should be one of {', '.join(allowed)}")
        return cell

    return read


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a Literal, also inside `Literal[...] | None`."""
    return tuple(word for part in get_args(annotation) for word in ((part,) if isinstance(part, str) else _words(part)))


def columns(row_type: Any) -> Mapping[str, Column]:
    """The declared columns of a row type, by name."""
    found = {}
    for declared in dataclasses.fields(row_type):
        annotation, column = get_args(declared.type)
        if column.read is _any_choice:
            column = dataclasses.replace(column, read=_one_of(_words(annotation)))
        found[declared.name] = column
    return found


def quantities(row_type: Any) -> Measured:
    """Every quantity of a row type, with the columns that hold its low, mid and high."""
    found: dict[str, tuple[Quantity, dict[Part, str]]] = {}
    for column_name, column in columns(row_type).items():
        if (about := column.quantity) is not None:
            found.setdefault(about.name, (about, {}))[1][about.part] = column_name
    return tuple(found.values())
