"""What the client's life and place do to the numbers: a frozen value with a sensible default for every field.

The design says what is made; the scenario says who wears it, where it is bought and what may be assumed. Each default
is the usual case, so that `Scenario()` is what a client sees who changes nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from configurator.design import in_words

MOST_TAX_PCT = 40.0
MOST_WEIGHT = 10.0
MOST_YEARS_AHEAD = 3

Wearer = Literal["occasional", "daily", "manual"]
Outlook = Literal["flat", "past", "falling"]
Place = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Dimension = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]


class InvalidScenario(ValueError):
    """Assumptions that cannot be used. Its text is for the client and says what would work."""


class Scenario(BaseModel):
    """Assumptions of one evaluation; percentages are given as numbers (5 is 5 %)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    wearer: Wearer = "daily"
    country: Place = Field("us", description="where it is bought: ISO 3166 code of a row of countries.csv")
    tax_pct: float | None = Field(None, ge=0, le=MOST_TAX_PCT, description="sales tax; left out: the country's")
    metal_outlook: Outlook = Field("flat", description="drift of metal prices, in today's money")
    channel: Dimension = Field("best", description="how it would be sold one day: best, or the id of a channel")
    discount_rate_pct: float = Field(2.0, ge=0, le=15, description="what money a year later is worth less")
    labour_pct: float = Field(100.0, ge=40, le=300, description="bench rates, of the table's")
    start: date | None = Field(
        None, description="the day work may begin; left out: today if an occasion is given, else no dates"
    )
    occasion: date | None = Field(None, description="the day it is wanted")
    weights: dict[Dimension, Annotated[float, Field(ge=0, le=MOST_WEIGHT)]] = Field(
        default_factory=dict,
        max_length=10,
        description="what each dimension of the scorecard counts; left out: 1",
    )
    rules_off: tuple[RuleId, ...] = Field((), description="rules of twin_rules.csv that are left out")
    rules_on: tuple[RuleId, ...] = Field((), description="rules of twin_rules.csv, usually left out, that count")

    @field_validator("rules_off", "rules_on")
    @classmethod
    def _one_spelling(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(set(rules)))

    @model_validator(mode="after")
    def _on_or_off(self) -> Self:
        both = set(self.rules_off) & set(self.rules_on)
        if both:
            raise ValueError(f"a rule cannot be both left out and applied, as {min(both)} is; give it once")
        return self

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.occasion is None or self.start is None:
            return self
        if self.occasion <= self.start:
            raise ValueError(
                f"the occasion ({self.occasion}) is not after the day work may begin ({self.start}); give a later one"
            )
        if self.occasion.year - self.start.year > MOST_YEARS_AHEAD:
            raise ValueError(
                f"the occasion ({self.occasion}) is too far off; give a day within {MOST_YEARS_AHEAD} years"
            )
        return self


def read(given: Mapping[str, Any]) -> Scenario:
    """A scenario from what a form, a link or a command line gave; what is left out takes its default.

    Raises `InvalidScenario` with one sentence; nothing is put right silently.
    """
    try:
        return Scenario.model_validate(dict(given))
    except ValidationError as error:
        if error.errors()[0]["loc"] == ("country",):
            raise InvalidScenario(f"country is {given['country']!r}; it is two small letters, such as us.") from None
        raise InvalidScenario(in_words(error, "a scenario")) from None
