"""Numbers as words."""

import pytest

from configurator import wording
from configurator.models.ranges import Range


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
