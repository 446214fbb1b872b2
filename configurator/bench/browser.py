"""Starting the real app and a real browser, for the bench and the browser tests. Needs playwright (dev packages)."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Software WebGL, and none of the connections that Chromium opens of its own accord.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--js-flags=--expose-gc",  # lets a test ask what is really left in memory
)
# The screens we promise, as Playwright's context options.
SCREENS: dict[str, dict[str, Any]] = {
    "tablet": {"viewport": {"width": 1180, "height": 820}, "has_touch": True},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
RECORDER = Path(__file__).with_name("recorder.js")  # an init script: watches what a page draws
QUIET_S = 0.6  # nothing was drawn for this long: the picture has settled
LONG_MS = 30_000
# Which tabs of the Design page lead to a kind of choice.
TABS = {"styles": ("Piece",), "metals": ("Metal",), "gems": ("Stones", "Gem"), "cuts": ("Stones", "Cut")}
START_S = 60.0  # a first start on a busy machine compiles every module


@dataclass(frozen=True, slots=True)
class Server:
    """A running Streamlit."""

    url: str
    pid: int
    log: Path

    def memory_mb(self) -> float:
        """Resident memory of the server process."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
        return int(kilobytes) / 1024


def find_chromium() -> str | None:
    """The system's Chromium or Chrome, else the one Playwright installed, else None."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@contextlib.contextmanager
def serve(script: Path = ROOT / "app.py", folder: Path = ROOT) -> Iterator[Server]:
    """Runs a Streamlit script on a free port of this machine, and ends it with everything it started.

    Raises RuntimeError with the end of the server's log when it does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="keepsake-") as scratch:
        log = Path(scratch) / "server.log"
        port = _free_port()
        settings = {
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        command += [part for name, value in settings.items() for part in (f"--{name}", str(value))]
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True
            )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_healthy(url, process, log)
            yield Server(url, process.pid, log)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_for_picture(page: "Page") -> float:
    """Milliseconds from the navigation to the first ring on the canvas; the page must run the recorder."""
    page.wait_for_function("keepsakeBench.firstPicture !== null")
    return float(page.evaluate("keepsakeBench.firstPicture"))


def settle(page: "Page") -> None:
    """Waits until nothing is being drawn any more and no script is running on the server."""
    draws, since, deadline = -1, time.monotonic(), time.monotonic() + LONG_MS / 1000
    while time.monotonic() < deadline:
        busy = page.locator("[data-testid=stStatusWidget]").count()
        now = int(page.evaluate("keepsakeBench.draws"))
        if busy or now != draws:
            draws, since = now, time.monotonic()
        elif time.monotonic() - since > QUIET_S:
            return
        page.wait_for_timeout(50)


def open_choices(page: "Page", kind: str) -> None:
    """Turns the Design page to one kind of choice."""
    for tab in TABS[kind]:
        page.get_by_test_id("stButtonGroup").get_by_text(tab, exact=True).first.click()
        page.wait_for_timeout(300)
        settle(page)
    page.locator(f"[data-kind={kind}] [data-id]").first.wait_for()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:  # not listening yet, or not ready (a URLError is one too)
            time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"The app did not start:\n{tail}")
