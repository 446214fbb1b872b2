"""What sales tax is usual where a piece is bought."""

from configurator.models.ranges import Range
from configurator.reference import Reference


def usual_tax_pct(reference: Reference, country: str) -> Range:
    """The sales tax on jewelry in a country, in percent of the price before it; one figure where all of it has one.

    `country` is a row of `countries.csv`. Raises `KeyError`.
    """
    row = reference.countries[country]
    return Range(row.tax_low_pct, row.tax_pct, row.tax_high_pct)
