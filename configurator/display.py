"""In what currency and units a client reads: the models stay in US dollars, grams and millimetres."""

from dataclasses import dataclass
from typing import Literal

WeightUnit = Literal["g", "dwt", "ozt"]
LengthUnit = Literal["mm", "in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What a US dollar is in a currency (ISO 4217) on a day; `per_usd` is 1 and `date` empty for the dollar itself."""

    currency: str
    symbol: str  # as it stands before an amount
    decimals: int  # 2 for cents, 0 for yen
    per_usd: float
    date: str
    name: str


DOLLAR = Rate(currency="USD", symbol="$", decimals=2, per_usd=1.0, date="", name="US dollars")


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """How every figure on screen is put into words (`wording.py`)."""

    rate: Rate = DOLLAR
    weight_unit: WeightUnit = "g"
    length_unit: LengthUnit = "mm"

    def amount(self, usd: float) -> float:
        """An amount in the currency of the reader, not rounded."""
        return usd * self.rate.per_usd


USUAL = Display()
