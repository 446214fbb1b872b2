"""Numbers, days and notes as people write them: read where there is one way to read them, else refused with a hint."""

import re
from datetime import date

from configurator.reference import periods
from configurator.reference.columns import BadCell, quantity

_CURRENCY = re.compile(r"[$€£¥]|\b(usd|eur|gbp|chf|cad|aud)\b", re.IGNORECASE)
_ECHO_CHARACTERS = 30
MOST_NOTE_CHARACTERS = 120
_PLAIN = quantity("a number", "")
HINT = "write a plain number such as 4100.50, without a currency sign or commas"


def number(cell: str, *, decimal_comma: bool = False) -> float:
    """The number in a cell; with `decimal_comma` a single comma is the decimal sign, as in a table of semicolons.

    Raises `BadCell`, which ends a sentence that has begun with the cell.
    """
    plain = decimal(cell, decimal_comma=decimal_comma)
    if _CURRENCY.search(plain) or "," in plain or " " in plain:
        raise BadCell(f"is not a number: {HINT}")
    try:
        return float(_PLAIN.read(plain))
    except BadCell as error:
        hint = f": {HINT}" if "not a number" in str(error) else ""
        raise BadCell(f"{error}{hint}") from None


def decimal(cell: str, *, decimal_comma: bool) -> str:
    """The cell with its decimal comma as a point, where it has exactly one and no point."""
    cell = cell.strip()
    return cell.replace(",", ".") if decimal_comma and cell.count(",") == 1 and "." not in cell else cell


def day(cell: str, today: date) -> date:
    """The day in a cell, up to today. Raises `BadCell` with a sentence."""
    try:
        given = date.fromisoformat(cell.strip())
    except ValueError:
        raise BadCell(f"the date is {echoed(cell)}; give a day such as {today}") from None
    if given > today:
        raise BadCell(f"{periods.spoken(str(given))} is in the future; today is {periods.spoken(str(today))}")
    return given


def note(cell: str) -> str:
    """A remark of one line. Raises `BadCell` with a sentence."""
    if len(cell) > MOST_NOTE_CHARACTERS or not cell.isprintable():
        raise BadCell(f"the note should be one line of up to {MOST_NOTE_CHARACTERS} characters")
    return cell.strip()


def echoed(cell: str) -> str:
    """What was given, short enough for a sentence."""
    return f"“{cell.strip()[:_ECHO_CHARACTERS]}”"
