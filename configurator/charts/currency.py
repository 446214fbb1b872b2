"""A chart and its table in the reader's currency: drawn in US dollars, then carried over, axis by axis."""

from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from configurator.display import DOLLAR, Rate

if TYPE_CHECKING:
    import pandas as pd

_USD = "_usd"
_ERRORS = ("array", "arrayminus")


def in_currency(figure: go.Figure, rate: Rate) -> go.Figure:
    """The same figure with every axis of US dollars, and all that stands on it, in another currency."""
    if rate == DOLLAR:
        return figure
    for name in ("x", "y"):
        for axis in figure.select_xaxes() if name == "x" else figure.select_yaxes():
            if not of_money(axis):
                continue
            if axis.ticktext:  # round figures, and as round in any other currency
                axis.ticktext = [text.replace(DOLLAR.symbol, rate.symbol) for text in axis.ticktext]
            else:
                axis.tickprefix = rate.symbol
            axis.range = _times(axis.range, rate)
            _carry_over(figure, name, axis.plotly_name.replace("axis", ""), rate)
    return figure


def of_money(axis: Any) -> bool:
    """Whether an axis counts US dollars."""
    return DOLLAR.symbol in (axis.tickprefix or "") + "".join(axis.ticktext or ())


def _carry_over(figure: go.Figure, name: str, reference: str, rate: Rate) -> None:
    for trace in figure.data:
        if getattr(trace, f"{name}axis") in (reference, None if reference == name else reference):
            trace[name] = _times(trace[name], rate)
            if getattr(trace, "base", None) is not None:  # bars that do not stand on zero
                trace.base = _times(trace.base, rate)
            error = trace[f"error_{name}"]
            error.update({end: _times(error[end], rate) for end in _ERRORS if error[end] is not None})
        if trace.hovertemplate:
            trace.hovertemplate = trace.hovertemplate.replace(f"{DOLLAR.symbol}%{{{name}", f"{rate.symbol}%{{{name}")
    for shape in figure.layout.shapes:
        if shape[f"{name}ref"] in (reference, None):
            ends = {f"{name}{end}": _times(shape[f"{name}{end}"], rate) for end in (0, 1)}
            shape.update(ends)
    for note in figure.layout.annotations:
        if note[f"{name}ref"] in (reference, None):
            note.update({name: _times(note[name], rate)})


def _times(usd: Any, rate: Rate) -> Any:
    """Amounts, one or many, in the currency; what is no number stays."""
    if isinstance(usd, int | float):
        return usd * rate.per_usd
    if usd is None or isinstance(usd, str):
        return usd
    return [None if one is None else one * rate.per_usd for one in np.asarray(usd, dtype=object).tolist()]


def table_in_currency(table: "pd.DataFrame", rate: Rate) -> "pd.DataFrame":
    """The same table with every column of US dollars in another currency, and named for it."""
    if rate == DOLLAR:
        return table
    columns = [name for name in table.columns if name.endswith(_USD)]
    converted = table.assign(**{name: (table[name] * rate.per_usd).round(rate.decimals) for name in columns})
    return converted.rename(columns={n: f"{n.removesuffix(_USD)}_{rate.currency.lower()}" for n in columns})
