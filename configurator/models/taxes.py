"""The sales tax of a quote: what shop labels hold in a country is held by our prices there too.

Where labels leave it out (the United States, Canada) a quote leaves it out as well, and says so.
"""

from dataclasses import dataclass

from configurator.models.ranges import Range
from configurator.reference import Reference

SET_BY_HAND = ("estimate",)


@dataclass(frozen=True, slots=True)
class Tax:
    """What a quote adds, in percent of the lines before it."""

    pct: float
    sources: tuple[str, ...]


def usual_tax_pct(reference: Reference, country: str) -> Range:
    """The sales tax on jewelry in a country, in percent of the price before it; one figure where all of it has one.

    `country` is a row of `countries.csv`. Raises `KeyError`.
    """
    row = reference.countries[country]
    return Range(row.tax_low_pct, row.tax_pct, row.tax_high_pct)


def due(reference: Reference, country: str, tax_pct: float | None) -> Tax:
    """What a quote adds: `tax_pct` if somebody has set it, else what shop labels hold in a country.

    Raises `KeyError` for a country that is no row of `countries.csv`.
    """
    if tax_pct is not None:
        return Tax(tax_pct, SET_BY_HAND)
    row = reference.countries[country]
    return Tax(row.tax_pct if row.tax_in_price else 0, row.sources)


def in_short(reference: Reference, country: str, tax_pct: float | None) -> str:
    """What stands beside a price: `before sales tax`, `20 % VAT inside`, `no sales tax there`."""
    row, added = reference.countries[country], due(reference, country, tax_pct)
    if added.pct > 0:
        return f"{added.pct:g} % {row.tax_name} inside"
    return f"before {row.tax_name}" if row.tax_high_pct > 0 else f"no {row.tax_name} there"


def left_out(reference: Reference, country: str) -> str:
    """The sentence of a quote that holds no sales tax."""
    row, where = reference.countries[country], _place(reference, country)
    if row.tax_high_pct == 0:
        return f"Nothing for {row.tax_name}: there is none in {where}."
    return f"{row.tax_name[:1].upper()}{row.tax_name[1:]}, which is not included: {_usual(reference, country)}."


def left_empty(reference: Reference, country: str) -> str:
    """What an empty box for the sales tax means where the piece is bought, and what is usual there."""
    row, where = reference.countries[country], _place(reference, country)
    if row.tax_in_price:
        return f"Left empty: {_usual(reference, country)}, as on shop labels there."
    return f"Left empty: no {row.tax_name}, as on shop labels in {where}. To add it: {_usual(reference, country)}."


def _usual(reference: Reference, country: str) -> str:
    usual, name = usual_tax_pct(reference, country), reference.countries[country].tax_name
    where = _place(reference, country)
    if usual.low == usual.high:
        return f"{usual.mid:g} % {name} in {where}"
    return f"{usual.low:g} to {usual.high:g} % in {where}, usually about {usual.mid:g} %"


def _place(reference: Reference, country: str) -> str:
    label = reference.countries[country].label
    return f"the {label}" if label.startswith(("United", "Netherlands")) else label
