"""The dates of the tables as days: a price of a day, or an average over a month, a quarter, a year or several."""

import calendar
from datetime import date

_MONTHS_PER_QUARTER = 3


def first_day(period: str) -> date:
    """The day a period begins. Raises `ValueError` for what is no date, such as 2026-13."""
    return _ends(period)[0]


def last_day(period: str) -> date:
    """The day a period ends: what its age is counted from. Raises `ValueError` as `first_day` does."""
    return _ends(period)[1]


def spoken(period: str) -> str:
    """A period as it is said: `12 June 2026`, `June 2026`; quarters and years stay as they are written."""
    day = first_day(period)
    match period.count("-"):
        case 2:
            return f"{day.day} {day:%B} {day.year}"
        case 1 if "Q" not in period and len(period) < len("2015-2026"):
            return f"{day:%B} {day.year}"
    return period


def _ends(period: str) -> tuple[date, date]:
    year, _, rest = period.partition("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if rest.startswith("Q"):
        last = int(rest[1:]) * _MONTHS_PER_QUARTER
        return date(int(year), last - _MONTHS_PER_QUARTER + 1, 1), _month_end(int(year), last)
    if len(rest) == len(year):
        return date(int(year), 1, 1), date(int(rest), 12, 31)
    if "-" in rest:
        day = date.fromisoformat(period)
        return day, day
    return date(int(year), int(rest), 1), _month_end(int(year), int(rest))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
