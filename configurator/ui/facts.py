"""The headline numbers under the piece, each with its shelf twin beside it."""

from collections.abc import Iterable
from html import escape
from itertools import repeat

import streamlit as st

from configurator import reference, wording
from configurator.charts.durability import ON_TOP
from configurator.design import Design
from configurator.evaluate import Side, evaluate
from configurator.geometry.piece import Finding
from configurator.models.durability import HORIZON_YEARS
from configurator.models.pricing import Quote
from configurator.ui import settings, state

_GRAVITY = ("stop", "warning", "note")
_GRAVE_SHOWN = 2  # under the piece; the rest stands under Details

__all__ = ["escape", "findings", "headline", "markdown", "one_side", "price_changes", "refusal"]


def headline(design: Design) -> None:
    """Price, weight and first repair of a complete design, and a small "off the shelf" under each."""
    found = evaluate(design, state.scenario())
    shelf = (f'<dd class="twin">off the shelf: {escape(big)}</dd>' for _, big, _ in _facts(found.twin))
    grave = [f'<div class="ks-note">{_said(f)}</div>' for f in found.custom.findings if f.severity != "note"]
    st.html(_listed(found.custom, shelf) + _dates(found.custom) + "".join(grave[:_GRAVE_SHOWN]))


def one_side(side: Side) -> None:
    """Price, weight and first repair of one piece, without a comparison."""
    st.html(_listed(side, repeat("")) + _dates(side))


def _listed(side: Side, below: Iterable[str]) -> str:
    rows = (
        f'<div><dt>{escape(name)}</dt><dd class="big">{escape(big)}</dd><dd>{escape(spread)}</dd>{under}</div>'
        for (name, big, spread), under in zip(_facts(side), below, strict=False)
    )
    return f'<dl class="ks-facts">{"".join(rows)}</dl>'


def _dates(side: Side) -> str:
    """Of when the metal price and the exchange rate are, in one small line; says so when they are old."""
    today, rules = settings.today(), reference.load().workshop
    notes = (
        wording.metal_price_note(side.quote.metal_prices, today, rules["price_age"].mid or 0),
        wording.rate_note(today),
    )
    return f'<p class="ks-dates">{escape(" ".join(filter(None, notes)))}</p>'


def _facts(side: Side) -> list[tuple[str, str, str]]:
    """(name, figure, range or more) of each headline number."""
    price = side.quote.total_usd
    return [
        ("Price, estimate", wording.money(price.mid), f"{wording.money_range(price)}, {side.quote.tax}"),
        (wording.weight_label(side.measures), wording.grams(side.mass_g), _carats(side)),
        ("First repair", *first_repair(side)),
    ]


def first_repair(side: Side) -> tuple[str, str]:
    """When it is as likely as not, and the range with what it leaves out: advised care, or a layer to be renewed."""
    found = side.durability
    years, layer = found.first_repair_years, found.renewal
    span = f"{HORIZON_YEARS}+ years" if years.mid >= HORIZON_YEARS else wording.years(years.mid)
    besides = ", care apart"
    if layer is not None:
        besides = f"; {layer.part.removesuffix(ON_TOP)} renewed after {wording.years(layer.first_years.mid)}"
    return span, f"{wording.years_range(years, HORIZON_YEARS)}{besides}"


def _carats(side: Side) -> str:
    total = sum(stone.weight_ct * stone.count for stone in side.stones)
    return f"stones {total:.2f} ct" if total else "no stones"


def refusal() -> None:
    """Why the last change or link was not taken, if it was not."""
    sentence = state.refusal()
    if sentence:
        st.html(f'<div class="ks-note" role="alert"><b>Kept as it was.</b> {escape(sentence)}</div>')


def findings(design: Design) -> None:
    """What the maker would say about this design, gravest first."""
    found = sorted(
        evaluate(design, state.scenario()).custom.findings, key=lambda finding: _GRAVITY.index(finding.severity)
    )
    if found:
        rows = (f"<li>{_said(f)}</li>" for f in found)
        st.html(f'<h4 class="ks-heading">What the maker would say</h4><ul class="ks-findings">{"".join(rows)}</ul>')


def price_changes(quote: Quote) -> None:
    """What can still change the price of the client's piece, and whether it can go back once it is made."""
    rows = (f"<li>{escape(str(said))}</li>" for said in quote.changes)
    st.html(
        f'<h4 class="ks-heading">What can still change your price</h4><ul class="ks-findings">{"".join(rows)}</ul>'
        f'<p class="ks-small">{escape(quote.returnable)}</p>'
    )


def _said(finding: Finding) -> str:
    return f"<b>{escape(finding.message)}</b> {escape(finding.fix)}"


def markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in text)
