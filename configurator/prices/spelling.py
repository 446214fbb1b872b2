"""Numbers as people write them: read where there is one way to read them, else refused with a hint."""

import re

from configurator.reference.columns import BadCell, quantity

_CURRENCY = re.compile(r"[$€£¥]|\b(usd|eur|gbp|chf|cad|aud)\b", re.IGNORECASE)
_ECHO_CHARACTERS = 30
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


def echoed(cell: str) -> str:
    """What was given, short enough for a sentence."""
    return f"“{cell.strip()[:_ECHO_CHARACTERS]}”"
