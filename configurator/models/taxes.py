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


def left_out(reference: Reference, country: str) -> str:
    """The sentence of a quote that holds no sales tax."""
    usual, label = usual_tax_pct(reference, country), reference.countries[country].label
    if usual.high == 0:
        return f"Nothing for sales tax: there is none in {label}."
    span = f"{usual.low:g} to {usual.high:g}" if usual.low < usual.high else f"{usual.mid:g}"
    return f"Sales tax, which is not included: {span} % in {label}."
