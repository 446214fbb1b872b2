"""One measured thing beside the bar it has to clear."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` and `bar` are in `unit`; a bar is the most that is allowed. No value: `how` says why it is missing."""

    id: str
    what: str
    unit: str
    value: float | None
    bar: float | None = None
    how: str = ""
    best: float | None = None  # the quickest of the repeats: what the machine can do when left alone

    @property
    def verdict(self) -> str:
        """In the words of the table."""
        if self.value is None:
            return "not measured"
        if self.bar is None:
            return ""
        return "within" if self.value <= self.bar else "OVER"

    def shown(self) -> str:
        """The value with its unit, and the best repeat where that says something."""
        if self.value is None:
            return ""
        best = "" if self.best is None else f" (best {_number(self.best)})"
        return f"{_number(self.value)} {self.unit}{best}".strip()

    def bar_shown(self) -> str:
        """The bar with its unit."""
        return "" if self.bar is None else f"≤ {_number(self.bar)} {self.unit}".strip()


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
