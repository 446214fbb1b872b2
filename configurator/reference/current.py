"""The tables in use: as they were delivered, with what the shop has set in place of it."""

import hashlib
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from configurator.reference import own_figures, shop_prices
from configurator.reference.catalogue import HOME, VERSION_CHARACTERS, Reference, by_element, delivered
from configurator.reference.own_figures import OwnFigure
from configurator.reference.shop_prices import FIGURES, Kept, PriceFile

STATES_KEPT = 4


def load(folder: Path = HOME) -> Reference:
    """All tables under `folder` (`tables/` and `series/`) with the shop's own prices and figures; the same object as
    long as nothing changes, and another, of another `version`, at once when the shop takes up others.

    Raises `BadTable` with the file, the line and the reason.
    """
    tables = delivered(folder)
    prices = shop_prices.newest(_known_sources(tables))
    figures = shop_prices.newest_of(FIGURES, own_figures.read)
    return in_use(tables, prices, figures) if prices or figures else tables


@lru_cache(maxsize=STATES_KEPT)
def in_use(tables: Reference, prices: PriceFile | None, figures: Kept[OwnFigure] | None) -> Reference:
    """The delivered tables with a state of the shop's prices and one of its figures; the delivered ones themselves
    where those change nothing."""
    digests = [tables.version]
    if prices and (mine := priced(tables, prices)) is not tables:
        digests.append(prices.digest)
        tables = mine
    if figures and figures.rows:
        digests.append(figures.digest)
        tables = own_figures.figured(tables, figures.rows)
    if len(digests) == 1:
        return tables
    return replace(tables, version=hashlib.sha256(" ".join(digests).encode()).hexdigest()[:VERSION_CHARACTERS])


def priced(tables: Reference, own: PriceFile) -> Reference:
    """The tables with the shop's own metal prices; the very same where those are the prices they have."""
    ours = {source: row for source, row in shop_prices.SOURCES.items() if any(source in p.sources for p in own.rows)}
    mine = by_element(own.rows)
    spot = {element: shop_prices.merged(rows, mine.get(element, ())) for element, rows in tables.spot.items()}
    if spot == tables.spot:
        return tables
    sources = MappingProxyType({**tables.sources, **ours})
    return replace(tables, sources=sources, spot=MappingProxyType(spot))


@cache
def _known_sources(tables: Reference) -> frozenset[str]:
    return frozenset(tables.sources)
