"""A chart and its table in the reader's currency: drawn in US dollars, then carried over, axis by axis."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from configurator.display import DOLLAR, Rate

if TYPE_CHECKING:
    import pandas as pd

_USD = "_usd"


def in_currency(figure: go.Figure, rate: Rate) -> go.Figure:
    """The same figure with every axis of US dollars, and all that stands on it, in another currency."""
    if rate == DOLLAR:
        return figure
    drawn = figure.to_dict()
    axes = of_money(drawn["layout"])
    for reference, axis in axes.items():
        if "ticktext" in axis:  # round figures, and as round in any other currency
            axis["ticktext"] = [text.replace(DOLLAR.symbol, rate.symbol) for text in axis["ticktext"]]
        else:
            axis["tickprefix"] = rate.symbol
        _carry_over([axis], ("range",), rate)
        name = reference[0]
        traces = [trace for trace in drawn["data"] if trace.get(f"{name}axis", name) == reference]
        _carry_over(traces, (name, "base"), rate)  # bars need not stand on zero
        _carry_over([trace.get(f"error_{name}", {}) for trace in traces], ("array", "arrayminus"), rate)
        for kind, places in (("shapes", (f"{name}0", f"{name}1")), ("annotations", (name,))):
            there = [one for one in drawn["layout"].get(kind, ()) if one.get(f"{name}ref", name) == reference]
            _carry_over(there, places, rate)
        for trace in traces:
            if said := trace.get("hovertemplate"):
                trace["hovertemplate"] = said.replace(f"{DOLLAR.symbol}%{{{name}", f"{rate.symbol}%{{{name}")
    return go.Figure(drawn) if axes else figure


def of_money(layout: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The axes that count US dollars, by what a trace calls them: "x", "y2"."""
    axes = {name.replace("axis", ""): axis for name, axis in layout.items() if name[1:5] == "axis"}
    return {
        name: axis
        for name, axis in axes.items()
        if DOLLAR.symbol in axis.get("tickprefix", "") + "".join(axis.get("ticktext", ()))
    }


def _carry_over(parts: Iterable[dict[str, Any]], keys: Iterable[str], rate: Rate) -> None:
    """Every amount that stands under one of the keys, alone or in a list, in the currency."""
    for part in parts:
        for key in keys:
            if key in part:
                part[key] = _times(part[key], rate)


def _times(usd: Any, rate: Rate) -> Any:
    if isinstance(usd, int | float):
        return usd * rate.per_usd
    return [None if one is None else one * rate.per_usd for one in usd]


def table_in_currency(table: "pd.DataFrame", rate: Rate) -> "pd.DataFrame":
    """The same table with every column of US dollars in another currency, and named for it."""
    if rate == DOLLAR:
        return table
    columns = [name for name in table.columns if name.endswith(_USD)]
    converted = table.assign(**{name: (table[name] * rate.per_usd).round(rate.decimals) for name in columns})
    return converted.rename(columns={n: f"{n.removesuffix(_USD)}_{rate.currency.lower()}" for n in columns})
