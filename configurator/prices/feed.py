"""An optional feed of metal prices: an interface of one method, one public API behind it, and when to ask it.

A feed is asked away from every visitor, at most once for each day's prices; what it says goes through the same door as
prices by hand and is kept as a price file, which is both its cache and what is used while it is silent.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from configurator.prices import book
from configurator.prices.proposals import BY_FEED, Given, RefusedPrices, propose
from configurator.reference import SpotPrice, load, shop_prices


class FeedFailed(Exception):
    """Why a feed has no prices, in a sentence."""


class PriceFeed(Protocol):
    """Where prices of the day may come from."""

    def fetch(self) -> tuple[Given, ...]:
        """The prices of the day of the metals it knows. Raises `FeedFailed`; never waits for long."""


class _GoldApiPrice(BaseModel):
    """The answer of `GET /price/{symbol}`, as far as it is read; the API gives more."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False)

    symbol: str
    currency: str
    price: float = Field(gt=0)  # for a troy ounce
    updatedAt: AwareDatetime = Field(strict=False)  # noqa: N815 - the API's own name


class _NoRedirect(HTTPRedirectHandler):
    """An answer that sends us elsewhere is no answer."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldApi:
    """gold-api.com, which needs no key: `GET https://api.gold-api.com/price/XAU` answers with JSON such as
    `{"currency": "USD", "currencySymbol": "$", "exchangeRate": 1, "name": "Gold", "price": 4165.200195,
    "symbol": "XAU", "updatedAt": "2026-07-03T16:08:54Z", "updatedAtReadable": "a few seconds ago"}`
    (its own description for programs, gold-api.com/llms.txt, read 2026-11-22). Prices are per troy ounce.
    """

    address: str = "https://api.gold-api.com"
    silence_s: float = 5  # without a byte
    answer_s: float = 10  # for one whole answer
    most_bytes: int = 20_000

    def fetch(self) -> tuple[Given, ...]:
        """Gold, silver, platinum and palladium. Raises `FeedFailed`."""
        return tuple(self._price(element, symbol) for element, symbol in _SYMBOLS.items())

    def _price(self, element: str, symbol: str) -> Given:
        said = self._ask(f"{self.address}/price/{symbol}")
        try:
            found = _GoldApiPrice.model_validate(json.loads(said))
        except (ValueError, RecursionError, ValidationError):
            raise FeedFailed(f"The price feed's answer for {element} is not what it should be.") from None
        if (found.symbol, found.currency) != (symbol, "USD"):
            raise FeedFailed(f"The price feed answered for another metal or currency when asked for {element}.")
        return Given(
            where=f"The feed's {element}",
            element=element,
            date=found.updatedAt.astimezone().date().isoformat(),
            usd_per_troy_ounce=repr(found.price),
        )

    def _ask(self, address: str) -> bytes:
        asked = Request(address, headers={"Accept": "application/json", "User-Agent": "Keepsake"})
        until = time.monotonic() + self.answer_s
        found = bytearray()
        try:
            with build_opener(_NoRedirect).open(asked, timeout=self.silence_s) as answer:
                while piece := answer.read1(self.most_bytes):
                    found += piece
                    if len(found) > self.most_bytes:
                        raise FeedFailed("The price feed's answer is too long.")
                    if time.monotonic() > until:
                        raise FeedFailed("The price feed takes too long.")
        except (URLError, HTTPException, OSError) as error:
            raise FeedFailed(f"The price feed does not answer: {getattr(error, 'reason', None) or error}.") from None
        return bytes(found)


_SYMBOLS: Mapping[str, str] = {"gold": "XAU", "silver": "XAG", "platinum": "XPT", "palladium": "XPD"}
FEEDS: Mapping[str, PriceFeed] = {"gold-api": GoldApi()}


def is_due(now: datetime) -> bool:
    """Whether any price that a feed knows is of another day than today."""
    tables, today = load(), now.date().isoformat()
    return any(tables.latest_spot(element).date != today for element in _SYMBOLS)


def refresh(feed: PriceFeed, now: datetime) -> str:
    """Asks a feed and takes up what stands the checks, metal by metal; says in words what came of it.

    What it does not bring, or brings and is refused, stays as it was. A price of this day by hand stays too.
    """
    try:
        fetched = feed.fetch()
    except FeedFailed as error:
        return f"{error} The last good prices stay."
    tables = load()
    good: list[Given] = []
    refused: list[str] = []
    for given in fetched:
        if _stands(tables.latest_spot(given.element), given, now):
            continue
        try:
            propose([given], now.date(), BY_FEED)
        except RefusedPrices as error:
            refused += error.reasons
        else:
            good.append(given)
    try:
        if good:
            book.accept(propose(good, now.date(), BY_FEED), "feed", now)
    except RefusedPrices as error:
        return f"{error} The last good prices stay."
    return " ".join((_taken_up(good), *refused))


def _stands(in_use: SpotPrice, given: Given, now: datetime) -> bool:
    """Whether the price in use is the feed's already, or was given by hand today."""
    by_hand = in_use.sources == (shop_prices.SHOP.id,) and in_use.date == now.date().isoformat()
    return by_hand or (in_use.date, repr(in_use.usd_per_troy_ounce)) == (given.date, given.usd_per_troy_ounce)


def _taken_up(prices: Sequence[Given]) -> str:
    if not prices:
        return "The price feed brought nothing new."
    return f"The price feed brought {', '.join(given.element for given in prices)}."
