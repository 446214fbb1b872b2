"""What the design and its shelf twin cost, and where the money goes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from configurator import wording
from configurator.charts import chart, theme

# What a client tells apart; the shop's share stands with the making on both sides, so that the two are alike.
GROUPS: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "metal": ("Metal", theme.METAL, frozenset({"metal"})),
    "stones": ("Stones", theme.STONES, frozenset({"stones", "certificate"})),
    "making": ("Making and shop", theme.MAKING, frozenset({"labour", "overhead"})),
    "design": ("Design and model", theme.CREATIVE, frozenset({"design"})),
    "tax": ("Tax", theme.OTHER, frozenset({"tax"})),
}
ROOM = 1.03  # of the longest bar with its whisker
BAR_PX, ROW_PX, HEIGHT_PX = 44, 92, 300
SIDES = {"custom": "Your design", "twin": "Off the shelf"}


def by_group(quote: Any) -> dict[str, float]:
    """Group id -> USD at mid of a quote's lines, every group present, adding up to the total."""
    return {
        group: round(sum(line.mid for line in quote.lines if line.kind in kinds), 2)
        for group, (_, _, kinds) in GROUPS.items()
    }


@chart(id="cost_by_line", title="Where the money goes", page="compare", order=1)
def cost_by_line(evaluation: Any) -> go.Figure:
    """Two stacked bars, design above twin, with the total and its range on each."""
    quotes = {"custom": evaluation.custom.quote, "twin": evaluation.twin.quote}
    names = [SIDES[side] for side in quotes]
    amounts = {side: by_group(quote) for side, quote in quotes.items()}
    figure = go.Figure()
    for group, (label, colour, _) in GROUPS.items():
        values = [amounts[side][group] for side in quotes]
        if any(values):
            shares = [value / quotes[side].total_usd.mid for side, value in zip(quotes, values, strict=True)]
            said = [f"{wording.money(v)}, {wording.percent(s)} of it" for v, s in zip(values, shares, strict=True)]
            figure.add_bar(
                y=names,
                x=values,
                name=label,
                orientation="h",
                marker_color=colour,
                customdata=said,
                hovertemplate=f"%{{y}}<br>{label}: %{{customdata}}<extra></extra>",
            )
    totals = [quote.total_usd for quote in quotes.values()]
    figure.add_scatter(
        y=names,
        x=[total.mid for total in totals],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [total.high - total.mid for total in totals],
            "arrayminus": [total.mid - total.low for total in totals],
            "thickness": 2,
            "width": 6,
            "color": theme.WHISKER,
        },
        mode="markers",
        marker={"size": 1, "color": theme.WHISKER},
        customdata=[wording.money_range(total) for total in totals],
        hovertemplate="%{y}<br>in eight of ten cases %{customdata}<extra></extra>",
        showlegend=False,
    )
    for name, total in zip(names, totals, strict=True):
        figure.add_annotation(  # above its bar and from its foot, so that it fits a phone
            x=0,
            y=name,
            text=f"{name}: <b>{wording.money(total.mid)}</b> ({wording.money_range(total)})",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            yshift=BAR_PX / 2 + 8,
        )
    figure.update_layout(template=theme.template(), barmode="stack", height=HEIGHT_PX, bargap=1 - BAR_PX / ROW_PX)
    figure.update_xaxes(
        range=[0, ROOM * max(total.high for total in totals)], tickprefix="$", tickformat=",.0f", nticks=5
    )
    figure.update_yaxes(autorange="reversed", showgrid=False, showticklabels=False)
    return figure


def verdict(evaluation: Any) -> str:
    """Which costs more, by how much, and what most of the difference is; says so when the twin is the cheaper one."""
    custom, twin = evaluation.custom.quote, evaluation.twin.quote
    gap = custom.total_usd.mid - twin.total_usd.mid
    if abs(gap) <= wording.ALIKE * max(custom.total_usd.mid, twin.total_usd.mid):
        return f"Both cost about {wording.money(custom.total_usd.mid)}: the price does not decide this one."
    mine, theirs = by_group(custom), by_group(twin)
    sign = 1 if gap > 0 else -1
    differences = {group: sign * (mine[group] - theirs[group]) for group in GROUPS}
    most = max(differences, key=lambda group: differences[group])
    share = differences[most]
    piece = evaluation.custom.design.piece
    cost = "cost" if gap > 0 and piece in wording.PLURAL else "costs"
    dearer, cheaper = (f"custom {piece}", "shelf twin") if gap > 0 else ("shelf twin", f"custom {piece}")
    what = GROUPS[most][0].lower()
    amount = wording.money(share)
    if share <= abs(gap):
        because = f"{amount} of that is {what}"
    else:
        because = f"the difference in {what} alone is {amount}, and the rest makes up for part of it"
    return f"The {dearer} {cost} about {wording.money(abs(gap))} more than the {cheaper}; {because}."


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
        for name, quote in ((SIDES["custom"], evaluation.custom.quote), (SIDES["twin"], evaluation.twin.quote))
        for line in quote.lines
    ]
    return pd.DataFrame(rows)
