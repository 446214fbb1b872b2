"""What thirty years of owning cost: purchase, insurance and upkeep, less what a sale brings back."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import reference, wording
from configurator.charts import chart, theme
from configurator.charts.stacks import Part, stacked
from configurator.models.ownership import counted
from configurator.models.ranges import Range
from configurator.models.resale import break_even

NAMES = {side: look.name for side, look in theme.SIDES.items()}
PARTS = {
    "purchase_usd": ("Purchase", theme.CREATIVE, 1),
    "insurance_usd": ("Insurance", theme.STONES, 1),
    "upkeep_usd": ("Upkeep", theme.MAKING, 1),
    "exit_usd": ("Back by a sale", theme.METAL, -1),
}


@chart(id="ownership", title="What owning it costs over thirty years", page="compare", order=2, group="cost")
def ownership_by_part(evaluation: Any) -> go.Figure:
    """Stacked bars of the parts at their medians, what a sale brings back to the left of zero, and the net cost."""
    sides = {name: getattr(evaluation, side).resale for side, name in NAMES.items()}
    parts = []
    for part, (label, colour, sign) in PARTS.items():
        ranges = [_part(found, part) for found in sides.values()]
        said = [f"{wording.money(usd.mid)} ({wording.money_range(usd)})" for usd in ranges]
        parts.append(Part(label, colour, [sign * usd.mid for usd in ranges], said))
    totals = {name: _net(found) for name, found in sides.items()}
    words = {
        name: f"{name}: <b>{wording.money(usd.mid)}</b> after all ({wording.money_range(usd)})"
        for name, usd in totals.items()
    }
    return stacked(totals, words, parts, "Net cost, eight of ten cases")


def verdict(evaluation: Any) -> str:
    """The net cost a year of both, whether the dearer purchase is ever made good, and what is counted."""
    return f"{_compared(evaluation)} {counted(reference.load())}"


def _compared(evaluation: Any) -> str:
    custom, twin = evaluation.custom.resale, evaluation.twin.resale
    years = custom.ownership_cost_usd.years
    mine, theirs = (found.ownership_per_year_usd.mid for found in (custom, twin))
    said = (
        f"Over {years} years owning yours costs about {wording.money(mine)} a year and the off-the-shelf piece about "
        f"{wording.money(theirs)}, insurance and upkeep included"
    )
    even = break_even(custom, twin)
    if even.years is None:
        chance = _chance(even.probability)
        return f"{said}; within {years} years yours does not become the cheaper one to own ({chance} that it does)."
    if even.years == 0:
        return f"{said}; yours is the cheaper one to own from the start."
    return f"{said}; yours becomes the cheaper one to own after about {wording.years(even.years)}."


def _chance(probability: float) -> str:
    return "a chance under 1 %" if probability < 1 / 100 else f"a chance of {wording.percent(probability)}"


def alt(evaluation: Any) -> str:
    """Both bars, part by part, and the net cost of each."""
    said = []
    for side, name in NAMES.items():
        found = getattr(evaluation, side).resale
        parts = [f"{label.lower()} {wording.money(_part(found, part).mid)}" for part, (label, _, _) in PARTS.items()]
        total, years = _net(found), found.ownership_cost_usd.years
        net = f"net {wording.money(total.mid)} ({wording.money_range(total)})"
        said.append(f"{name} over {years} years: {', '.join(parts)}; {net}.")
    return " ".join(said)


def _net(found: Any) -> Range:
    total = found.ownership_cost_usd
    return Range(total.low, total.mid, total.high)


def _part(found: Any, part: str) -> Range:
    usd: Range = getattr(found.ownership_parts, part)
    return usd


def table(evaluation: Any) -> pd.DataFrame:
    """The parts with their ranges, then the net cost if sold in each year."""
    rows = []
    for side, name in NAMES.items():
        found = getattr(evaluation, side).resale
        for part, (label, _, _) in PARTS.items():
            usd = _part(found, part)
            rows.append((name, label, found.ownership_cost_usd.years, usd.low, usd.mid, usd.high))
        owned = found.ownership_by_year
        for year, low, mid, high in zip(owned.years, owned.low, owned.mid, owned.high, strict=True):
            rows.append((name, "Net cost if sold then", year, low, mid, high))
    return pd.DataFrame(rows, columns=["piece", "part", "year", "low_usd", "mid_usd", "high_usd"]).round(2)
