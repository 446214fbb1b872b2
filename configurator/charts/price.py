"""What the design and its shelf twin cost, and where the money goes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme
from configurator.charts.stacks import Part, stacked

# What a client tells apart; the shop's share stands with the making on both sides, so that the two are alike.
GROUPS: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "metal": ("Metal", theme.METAL, frozenset({"metal"})),
    "stones": ("Stones", theme.STONES, frozenset({"stones", "certificate"})),
    "making": ("Making and shop", theme.MAKING, frozenset({"labour", "overhead"})),
    "design": ("Design and model", theme.CREATIVE, frozenset({"design"})),
    "tax": ("Tax", theme.OTHER, frozenset({"tax"})),
}
NAMES = {side: look.name for side, look in theme.SIDES.items()}


def by_group(quote: Any) -> dict[str, float]:
    """Group id -> USD at mid of a quote's lines, every group present, adding up to the total."""
    return {
        group: round(sum(line.mid for line in quote.lines if line.kind in kinds), 2)
        for group, (_, _, kinds) in GROUPS.items()
    }


@chart(id="cost_by_line", title="Where the money goes", page="compare", order=1, group="cost")
def cost_by_line(evaluation: Any) -> go.Figure:
    """Two stacked bars, design above twin, with the total and its range on each."""
    quotes = {name: getattr(evaluation, side).quote for side, name in NAMES.items()}
    amounts = {name: by_group(quote) for name, quote in quotes.items()}
    parts = []
    for group, (label, colour, _) in GROUPS.items():
        usd = [amounts[name][group] for name in quotes]
        if any(usd):
            shares = [value / quote.total_usd.mid for value, quote in zip(usd, quotes.values(), strict=True)]
            said = [f"{wording.money(v)}, {wording.percent(s)} of it" for v, s in zip(usd, shares, strict=True)]
            parts.append(Part(label, colour, usd, said))
    totals = {name: quote.total_usd for name, quote in quotes.items()}
    words = {
        name: f"{name}: <b>{wording.money(usd.mid)}</b> ({wording.money_range(usd)})" for name, usd in totals.items()
    }
    return stacked(totals, words, parts, "Eight of ten cases")


def verdict(evaluation: Any) -> str:
    """Which costs more, by how much, and what most of the difference is; says so when the twin is the cheaper one."""
    custom, twin = evaluation.custom.quote, evaluation.twin.quote
    gap = custom.total_usd.mid - twin.total_usd.mid
    if abs(gap) <= wording.ALIKE * max(custom.total_usd.mid, twin.total_usd.mid):
        return (
            f"Both cost about {wording.money(custom.total_usd.mid)}, {custom.tax}: the price does not decide this one."
        )
    mine, theirs = by_group(custom), by_group(twin)
    sign = 1 if gap > 0 else -1
    differences = {group: sign * (mine[group] - theirs[group]) for group in GROUPS}
    most = max(differences, key=lambda group: differences[group])
    share = differences[most]
    piece = evaluation.custom.design.piece
    cost = "cost" if gap > 0 and piece in wording.PLURAL else "costs"
    dearer, cheaper = (
        (f"custom {piece}", "off-the-shelf piece") if gap > 0 else ("off-the-shelf piece", f"custom {piece}")
    )
    what = GROUPS[most][0].lower()
    amount = wording.money(share)
    if share <= abs(gap):
        because = f"{amount} of that is {what}"
    else:
        because = f"the difference in {what} alone is {amount}, and the rest makes up for part of it"
    return f"The {dearer} {cost} about {wording.money(abs(gap))} more than the {cheaper}, {custom.tax}; {because}."


def alt(evaluation: Any) -> str:
    """Both bars, part by part."""
    return " ".join(_in_words(name, getattr(evaluation, side).quote) for side, name in NAMES.items())


def _in_words(name: str, quote: Any) -> str:
    parts = [f"{GROUPS[group][0].lower()} {wording.money(usd)}" for group, usd in by_group(quote).items() if usd]
    total = quote.total_usd
    paid = f"{wording.money(total.mid)} ({wording.money_range(total)}), {quote.tax}"
    return f"{name}: {paid}, of it {wording.listed(parts)}."


def table(evaluation: Any) -> pd.DataFrame:
    """Every line of both quotes, to the cent, with range, date, source and arithmetic."""
    rows = [
        {
            "piece": name,
            "line": line.label,
            "kind": line.kind,
            "low_usd": line.low,
            "mid_usd": line.mid,
            "high_usd": line.high,
            "as_of": line.as_of,
            "formula": line.formula,
            "source": line.source,
        }
        for name, quote in ((NAMES["custom"], evaluation.custom.quote), (NAMES["twin"], evaluation.twin.quote))
        for line in quote.lines
    ]
    return pd.DataFrame(rows)
