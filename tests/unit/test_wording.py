"""Numbers as words."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator import reference, units, wording
from configurator.display import Display, Rate
from configurator.models.ranges import Range
from configurator.reference import SpotPrice

ReadIn = Callable[[Display], None]


@pytest.mark.parametrize(
    ("usd", "said"),
    [
        (0, "$0"),
        (7.4, "$7"),
        (0.2, "$0"),
        (87.2, "$87"),
        (149, "$150"),
        (3_417, "$3,400"),
        (12_345, "$12,000"),
        (-320, "−$320"),
    ],
)
def test_money_is_first_shown_to_two_figures(usd: float, said: str) -> None:
    assert wording.money(usd) == said


@pytest.mark.parametrize(
    ("usd", "said"),
    [((3_160, 3_400, 3_910), "$3,200–3,900"), ((995, 1_000, 1_004), "$1,000"), ((95, 100, 120), "$95–120")],
)
def test_a_range_of_money_shows_its_ends(usd: tuple[float, float, float], said: str) -> None:
    assert wording.money_range(Range(*usd)) == said


def test_money_to_the_cent_is_one_tap_deeper() -> None:
    assert wording.money_exact(3412.5) == "$3,412.50"
    assert wording.money_exact(-0.5) == "−$0.50"


@pytest.mark.parametrize(
    ("usd", "beside", "said"),
    [(3_000, 1_100, "about $1,900 more"), (700, 1_000, "about $300 less"), (1_000, 1_040, "about the same")],
)
def test_a_difference_says_its_direction(usd: float, beside: float, said: str) -> None:
    assert wording.money_difference(usd, beside) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.1, "1 month"), (0.7, "8 months"), (0.99, "1 year"), (1.2, "1 year"), (12.4, "12 years")]
)
def test_years(value: float, said: str) -> None:
    assert wording.years(value) == said


def test_years_stop_at_the_horizon() -> None:
    assert wording.years(50, horizon=50) == "more than 50 years"
    assert wording.years_range(Range(8, 20, 50), horizon=50) == "8 to more than 50 years"
    assert wording.years_range(Range(8, 10, 14)) == "8–14 years"
    assert wording.years_range(Range(0.5, 1, 3)) == "6 months to 3 years"
    assert wording.years_range(Range(0.5, 0.6, 0.75)) == "6–9 months"
    assert wording.years_range(Range(1, 1, 2)) == "1–2 years"


def test_durations_weights_and_shares() -> None:
    assert wording.weeks_range(Range(20, 30, 40)) == "4–8 weeks"
    assert wording.weeks_range(Range(0, 1, 2)) == "within days"
    assert wording.weeks_range(Range(0, 12, 20)) == "up to 4 weeks"
    assert wording.weeks_range(Range(4, 5, 6)) == "1 week"
    assert wording.grams(3.08) == "3.1 g"
    assert wording.grams(0.456) == "0.46 g"
    assert wording.carats(0.754) == "0.75 ct"
    assert wording.carats(0.0123) == "0.012 ct"
    assert wording.percent(0.336) == "34 %"


# --- currencies and units ---------------------------------------------------------------------------------------------

EURO = Rate(currency="EUR", symbol="€", decimals=2, per_usd=0.9, date="2026-10-30", name="euros")
YEN = Rate(currency="JPY", symbol="¥", decimals=0, per_usd=157.0, date="2026-10-30", name="Japanese yen")
FRANC = Rate(currency="CHF", symbol="CHF\u00a0", decimals=2, per_usd=0.8, date="2026-10-30", name="Swiss francs")
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("rate", "said", "spread", "exact"),
    [
        (EURO, "€3,100", "€2,900–3,500", "€3,071.25"),
        (YEN, "¥540,000", "¥500,000–610,000", "¥535,762"),
        (FRANC, "CHF\u00a02,700", "CHF\u00a02,600–3,100", "CHF\u00a02,730.00"),
    ],
)
def test_money_is_rounded_in_the_readers_own_currency(
    read_in: ReadIn, rate: Rate, said: str, spread: str, exact: str
) -> None:
    read_in(Display(rate=rate))
    assert wording.money(3_412.5) == said
    assert wording.money_range(Range(3_200, 3_412.5, 3_900)) == spread
    assert wording.money_exact(3_412.5) == exact


def test_less_money_keeps_its_sign_in_any_currency(read_in: ReadIn) -> None:
    read_in(Display(rate=FRANC))
    assert wording.money(-320) == "−CHF\u00a0260"
    read_in(Display(rate=EURO))
    assert wording.money_difference(3_000, 1_000) == "about €1,800 more"


def test_a_sentence_is_put_into_words_for_whoever_reads_it(read_in: ReadIn) -> None:
    kept = wording.Sentence(wording.money_difference, (3_000, 1_000))
    assert str(kept) == "about $2,000 more"
    for rate, said in ((EURO, "about €1,800 more"), (FRANC, "about CHF\u00a01,600 more")):
        read_in(Display(rate=rate))
        assert f"{kept}" == said
    assert kept == wording.Sentence(wording.money_difference, (3_000, 1_000))
    assert kept != wording.Sentence(wording.money_difference, (3_000, 2_000))


def test_a_converted_amount_says_its_rate_and_date(read_in: ReadIn) -> None:
    assert wording.rate_note(TODAY) == ""
    read_in(Display(rate=EURO))
    assert wording.rate_note(TODAY) == (
        "Worked out in US dollars; 1 USD is 0.9 EUR (European Central Bank, 30 October 2026, 23 days old)."
    )


def test_weights_and_lengths_follow_the_exact_definitions(read_in: ReadIn) -> None:
    ounce_g, inch_mm = 31.1034768, 25.4
    assert wording.millimetres(17.3) == "17.3 mm"
    assert wording.sizes((8, 6, 3.7)) == "8.0 × 6.0 × 3.7 mm"
    read_in(Display(weight_unit="ozt", length_unit="in"))
    assert wording.grams(ounce_g * 5) == "5.0 ozt"
    assert wording.grams(ounce_g / 10) == "0.1 ozt"
    assert wording.millimetres(inch_mm) == "1.000 in"
    assert wording.sizes((25.4, 12.7)) == "1.000 × 0.500 in"
    read_in(Display(weight_unit="dwt"))
    assert wording.grams(ounce_g) == "20.0 dwt"


@given(st.floats(1e-3, 1e4))
def test_a_weight_and_a_length_come_back_from_any_unit(value: float) -> None:
    assert units.pennyweight(value) * 1.55517384 == pytest.approx(value, rel=1e-12)
    assert units.troy_ounces(value) * 31.1034768 == pytest.approx(value, rel=1e-12)
    assert units.pennyweight(value) == pytest.approx(units.troy_ounces(value) * 20, rel=1e-12)
    assert units.inches(value) * 25.4 == pytest.approx(value, rel=1e-12)


# --- how old a price is -----------------------------------------------------------------------------------------------


def price(element: str, day: str) -> SpotPrice:
    newest = reference.delivered().latest_spot("gold")
    return dataclasses.replace(newest, element=element, date=day)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-22", "Gold price of 22 November 2026."),
        ("2026-10-23", "Gold price of 23 October 2026."),  # 30 days
        ("2026-10-22", "Gold price of 22 October 2026, 31 days old: ask for today's."),
        ("2026-06-12", "Gold price of 12 June 2026, 163 days old: ask for today's."),
        ("2026-06", "Gold price of June 2026, 145 days old: ask for today's."),  # from the last day of June
        ("2026-11", "Gold price of November 2026."),
        ("2025-Q4", "Gold price of 2025-Q4, 326 days old: ask for today's."),
        ("2025", "Gold price of 2025, 326 days old: ask for today's."),
    ],
)
def test_an_old_metal_price_is_flagged(day: str, said: str) -> None:
    assert wording.metal_price_note([price("gold", day)], TODAY, 30) == said


def test_of_several_metals_the_one_that_weighs_most_is_named_first_and_then_the_oldest() -> None:
    both = [price("gold", "2026-11-22"), price("palladium", "2026-01-02")]
    said = "Gold price of 22 November 2026; palladium of 2 January 2026, 324 days old: ask for today's."
    assert wording.metal_price_note(both, TODAY, 30) == said
    old = [price("gold", "2026-06"), price("silver", "2026-06"), price("palladium", "2026-01-02")]
    said = "Gold price of June 2026, 145 days old; palladium of 2 January 2026, 324 days old: ask for today's."
    assert wording.metal_price_note(old, TODAY, 30) == said
    alike = [price("gold", "2026-06"), price("silver", "2026-06")]
    assert wording.metal_price_note(alike, TODAY, 30) == "Gold price of June 2026, 145 days old: ask for today's."
    assert wording.metal_price_note([], TODAY, 30) == ""
