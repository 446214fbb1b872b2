"""What the metal of a piece is worth at the market, element by element."""

import math

import numpy as np

from configurator.models.ledger import Figure, Ledger
from configurator.models.ranges import Range
from configurator.reference import Metal, SpotPrice

PERMILLE = 1 / 1000
_CONTENT = {"gold": "au_permille", "silver": "ag_permille", "platinum": "pt_permille", "palladium": "pd_permille"}


def precious(metal: Metal) -> dict[str, float]:
    """The share of each precious element in an alloy by mass, the largest first."""
    shares = {element: getattr(metal, field) * PERMILLE for element, field in _CONTENT.items()}
    return dict(sorted(((e, s) for e, s in shares.items() if s), key=lambda found: -found[1]))


def spot(ledger: Ledger, element: str) -> Figure:
    """USD per gram of the pure metal on the day it will be bought, about a month after its newest price."""
    return ledger.reference.latest_usd_per_g(element) * ledger.scatter(
        f"spot_{element}", _month_sd_log(ledger, element)
    )


def spot_rows(ledger: Ledger, metal: Metal) -> tuple[SpotPrice, ...]:
    """The newest market price of every precious element in an alloy, the one that weighs most in its price first."""
    shares = precious(metal)
    worth = sorted(shares, key=lambda element: -shares[element] * ledger.reference.latest_usd_per_g(element))
    return tuple(ledger.reference.latest_spot(element) for element in worth)


def as_of(ledger: Ledger, metal: Metal) -> str:
    """The date of the price of the element that weighs most in an alloy's price; empty without any."""
    return next((price.date for price in spot_rows(ledger, metal)), "")


def content_usd_per_g(ledger: Ledger, metal: Metal) -> Figure:
    """The market value of what is precious in one gram of an alloy; a small figure for alloys without any."""
    shares = precious(metal)
    if not shares:
        return ledger.assumed("base_metal_usd_per_g")
    return np.sum([share * spot(ledger, element) for element, share in shares.items()], axis=0)


def content_in_words(ledger: Ledger, metal: Metal) -> str:
    """The same in words, all precious elements: `58.3 % gold × 135.93 USD/g`."""
    shares = precious(metal)
    if not shares:
        return f"{ledger.assumed('base_metal_usd_per_g')[0]:.2f} USD/g"
    terms = [f"{s * 100:g} % {e} × {ledger.reference.latest_usd_per_g(e):.2f} USD/g" for e, s in shares.items()]
    return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"


def _month_sd_log(ledger: Ledger, element: str) -> float:
    """Standard deviation of the log of a month's price change: from the series, or assumed where there is none."""
    series = [price.usd_per_g for price in ledger.reference.monthly_spot(element)]
    if len(series) < 2:
        return math.log1p(Range.of(ledger.reference.assumptions["spot_month_sd_pct"]).mid / 100)
    return float(np.std(np.diff(np.log(series)), ddof=1))
