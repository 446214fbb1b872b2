"""The optional price feed, asked by a thread of its own: no visitor ever waits for it.

Off unless `KEEPSAKE_PRICE_FEED` names a feed, in the environment or in `.streamlit/secrets.toml`.
"""

import logging
import threading

from configurator.prices import feed
from configurator.ui import settings

SETTING = "KEEPSAKE_PRICE_FEED"
_AGAIN_S = 3600.0  # after an answer or none; a day's prices are asked for until they are there

_log = logging.getLogger(__name__)
_said = {"last": ""}


def start() -> None:
    """Begins to keep the prices fresh, if a feed is set."""
    name = settings.setting(SETTING)
    if not name:
        return
    if name not in feed.FEEDS:
        _say(f"There is no price feed called {name[:40]}; known are {', '.join(feed.FEEDS)}.")
        return
    threading.Thread(target=_keep_fresh, args=(feed.FEEDS[name],), name="price feed", daemon=True).start()


def last_said() -> str:
    """What came of asking the feed the last time; empty when there is none."""
    return _said["last"]


def _keep_fresh(source: feed.PriceFeed) -> None:
    pause = threading.Event()
    while True:
        now = settings.now()
        if feed.is_due(now):
            _say(f"{feed.refresh(source, now)} ({now:%d %B %Y, %H:%M})")
        pause.wait(_AGAIN_S)


def _say(sentence: str) -> None:
    _said["last"] = sentence
    _log.info(sentence)
