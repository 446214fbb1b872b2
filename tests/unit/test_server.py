"""What the app serves beside Streamlit's pages: who waits for whom."""

import threading
import time

from configurator import evaluate, presets
from configurator.ui import server

LONG_S = 5.0


def test_nobody_waits_for_a_shape_that_was_not_expected() -> None:
    start = time.monotonic()
    server.wait_for_fetch("never announced", LONG_S)
    assert time.monotonic() - start < LONG_S / 2


def test_a_wait_ends_when_it_must_though_the_browser_never_asks() -> None:
    server.expect_fetch("never fetched")
    start = time.monotonic()
    server.wait_for_fetch("never fetched", 0.05)
    assert 0.04 < time.monotonic() - start < LONG_S
    assert "never fetched" not in server._expected


def test_a_wait_ends_once_the_shape_has_been_sent() -> None:
    link = server.scene_link(evaluate.complete(presets.opening()))
    server.expect_fetch(link)
    waiting = threading.Thread(target=server.wait_for_fetch, args=(link, 10 * LONG_S))
    waiting.start()
    answer = server._serve_scene(_Request(link))  # type: ignore[arg-type]
    assert answer.background is not None
    answer.background.func()  # what the web server does after the last byte
    waiting.join(LONG_S)
    assert not waiting.is_alive()


def test_expected_shapes_are_forgotten_in_the_end() -> None:
    for number in range(200):
        server.expect_fetch(f"shape {number}")
    assert len(server._expected) <= 24


class _Request:
    def __init__(self, link: str) -> None:
        self.path_params = {"link": link}
