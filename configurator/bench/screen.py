"""Figures of the real app in a real Chromium with software GL: first picture, picks, bytes, memory, contexts."""

import contextlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from configurator import charts
from configurator.bench.browser import (
    CHROMIUM_FLAGS,
    LONG_MS,
    RECORDER,
    SCREENS,
    Server,
    find_chromium,
    open_choices,
    serve,
    settle,
    wait_for_picture,
)
from configurator.bench.core import Tell, sample
from configurator.bench.figures import Figure

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

FIRST_VISITS = 5
CHART_ROUNDS = 7  # changes of the scenario for each question
ROUNDS = 12  # picks of each kind, each followed by one empty rerun
MEMORY_WARM_UP = 40  # picks that fill the caches, whose sizes are bounded
MEMORY_PICKS = 200
PACE_MS = 150  # between picks: quicker than fingers
PAGE_CHANGES = 20
CHARTS_QUIET_MS = 1200  # after a click: charts that are repainted later than this would be missed

ASSUMED = "What we assume about its life"
WEARERS = ("Manual work", "Now and then", "Every day")

METALS = ("18k_rose", "pt950_ir", "18k_yellow", "sterling")  # far apart in colour, so that a change is unmistakable
GEMS = ("ruby", "diamond", "emerald", "amethyst")
CUTS = ("oval", "emerald", "round_brilliant", "princess")

EMPTY_APP = """
import streamlit as st
st.text(f"answer {st.radio('pick', ['one', 'two', 'three'])}")
"""


def measure(tell: Tell) -> Iterator[Figure]:
    """Yields the figures one by one; without a browser, the same figures with the reason."""
    reason = _why_not()
    if reason:
        yield from (
            Figure(id=name, what=what, unit=unit, value=None, bar=bar, how=reason)
            for name, (what, unit, bar) in PROMISES.items()
        )
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        try:
            tell("the first picture")
            yield _first_picture(browser)
            with serve() as app, _empty_app() as empty:
                tell("picks beside empty reruns")
                yield from _picks(browser, app, empty)
                tell("a change of the scenario beside empty reruns")
                yield _charts(browser, app, empty)
                tell("page changes")
                yield _contexts(browser, app)
                tell(f"memory over {MEMORY_PICKS} picks")
                yield _memory(browser, app)
        finally:
            browser.close()


PROMISES: dict[str, tuple[str, str, float | None]] = {
    "first_picture": ("First picture, cold", "s", 2.5),
    "empty_rerun": ("Empty Streamlit rerun, click to text", "ms", None),
    "metal_pick": ("Metal pick to changed pixels / empty rerun", "×", 1.8),
    "stone_pick": ("Stone pick to changed pixels / empty rerun", "×", 1.8),
    "shape_pick": ("Shape pick to changed pixels / empty rerun", "×", 3.0),
    "metal_bytes": ("Over the websocket for a metal change", "kB", 5.0),
    "chart_redraw": ("Scenario change to repainted charts / empty rerun, the slowest question", "×", 2.0),
    "contexts": (f"WebGL contexts after {PAGE_CHANGES} page changes", "", 1.0),
    "memory": (f"Server memory growth over {MEMORY_PICKS} picks", "MB", 20.0),
}


def _figure(name: str, value: float, how: str, best: float | None = None) -> Figure:
    what, unit, bar = PROMISES[name]
    return Figure(id=name, what=what, unit=unit, value=value, bar=bar, how=how, best=best)


def _why_not() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed (make dev)"
    return None if find_chromium() else "no Chromium on this machine (sh .ci/chromium)"


@contextlib.contextmanager
def _empty_app() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="keepsake-empty-") as folder:
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY_APP, encoding="utf-8")
        with serve(script, Path(folder)) as server:
            yield server


@contextlib.contextmanager
def _visit(browser: "Browser", url: str, screen: str = "desktop") -> Iterator["Page"]:
    context = browser.new_context(**SCREENS[screen])
    context.add_init_script(path=RECORDER)
    page = context.new_page()
    page.set_default_timeout(LONG_MS)
    try:
        page.goto(url)
        yield page
    finally:
        context.close()


def _pick(page: "Page", kind: str, choice: str) -> float:
    """Clicks one choice; milliseconds until the picture changed."""
    return _clicked(page, lambda: page.locator(f"[data-kind={kind}] [data-id='{choice}']").first.click())


def _clicked(page: "Page", click: Callable[[], Any]) -> float:
    page.evaluate("keepsakeBench.clicked = keepsakeBench.changed = null")
    click()
    page.wait_for_function("keepsakeBench.changed !== null", polling=25)
    return float(page.evaluate("keepsakeBench.changed - keepsakeBench.clicked"))


def _first_picture(browser: "Browser") -> Figure:
    times = []
    for _ in range(FIRST_VISITS):
        with serve() as app, _visit(browser, app.url) as page:
            times.append(wait_for_picture(page) / 1000)
    how = f"first visit to a server just started, empty browser cache; median of {FIRST_VISITS}"
    return _figure("first_picture", median(times), how, min(times))


@contextlib.contextmanager
def _reruns(browser: "Browser", empty: Server) -> Iterator[Callable[[], float]]:
    """A call that reruns the empty app: milliseconds until its text changed."""
    with _visit(browser, empty.url) as blank:
        answers = itertools.cycle(("two", "three", "one"))
        blank.get_by_text("answer one").wait_for()

        def rerun() -> float:
            radio = blank.get_by_test_id("stRadio").get_by_text(next(answers), exact=True)
            return _clicked(blank, radio.click)

        for _ in range(3):  # the first reruns load code
            rerun()
        yield rerun


def _picks(browser: "Browser", app: Server, empty: Server) -> Iterator[Figure]:
    empties: list[float] = []
    metal: list[float] = []
    traffic: list[int] = []
    with _reruns(browser, empty) as rerun, _visit(browser, "about:blank") as page:

        def open_ring(**fields: object) -> None:
            page.goto("about:blank")  # a change of the query alone would keep the page and its recorder
            page.goto(f"{app.url}/?d={sample(**fields).to_link()}")
            wait_for_picture(page)

        def rounds(kind: str, choices: tuple[str, ...], count: int) -> list[float]:
            found = []
            for choice in itertools.islice(itertools.cycle(choices), count):
                empties.append(rerun())
                found.append(_pick(page, kind, choice))
                settle(page)
            return found

        count = _Traffic(page)
        open_ring()
        open_choices(page, "metals")
        for choice in itertools.islice(itertools.cycle(METALS), ROUNDS):
            count.total = 0
            metal += rounds("metals", (choice,), 1)
            traffic.append(count.total)
        open_choices(page, "gems")
        stone = rounds("gems", GEMS, ROUNDS)
        shape: list[float] = []
        for number in range(ROUNDS // len(CUTS)):
            open_ring(inner_diameter_mm=16.1 + number / 5)  # no cache holds the cuts of this finger size yet
            open_choices(page, "cuts")
            shape += rounds("cuts", CUTS, len(CUTS))

    floor = median(empties)
    yield _figure("empty_rerun", floor, f"median of {len(empties)}, one beside every pick", min(empties))
    for name, times in (("metal_pick", metal), ("stone_pick", stone), ("shape_pick", shape)):
        how = f"median {median(times):.0f} ms of {len(times)}, slowest {max(times):.0f} ms"
        yield _figure(name, median(times) / floor, how)
    how = f"both ways, the numbers under the picture included; at most {max(traffic)} bytes"
    yield _figure("metal_bytes", median(traffic) / 1000, how)


def _charts(browser: "Browser", app: Server, empty: Server) -> Figure:
    found: dict[str, tuple[float, float, float]] = {}  # by question: ratio, milliseconds, and those of charts below
    with _reruns(browser, empty) as rerun, _visit(browser, "about:blank", "tablet") as page:
        for number, question in enumerate(charts.groups("compare").values()):
            open_question(page, app, question, number)
            for change, (field, make) in CHANGES.items():
                times = _redraws(page, make, rerun) if page.locator(f"[data-field={field}]").count() else []
                if times:
                    empties, in_sight, all_of_them = (median(some) for some in zip(*times, strict=True))
                    found[f"{question}, {change}"] = (in_sight / empties, in_sight, all_of_them)
    slowest = max(found, key=lambda question: found[question][0])
    each = "; ".join(
        f"{question} {ratio:.2f} ({ms:.0f} ms, with those below the screen {last:.0f} ms)"
        for question, (ratio, ms, last) in found.items()
    )
    how = (
        "to the last frame that shows a change in a chart in sight, on a tablet scrolled to the first chart that "
        f"changes; medians of {CHART_ROUNDS}: {each}"
    )
    return _figure("chart_redraw", found[slowest][0], how)


def _redraws(
    page: "Page", make: Callable[["Page", int], None], rerun: Callable[[], float]
) -> list[tuple[float, float, float]]:
    """Empty rerun, charts in sight, and all charts, in milliseconds; nothing where no chart depends on the change.

    A chart that the change repaints is in sight.
    """
    if not redrawn(page, make, 0):
        return []
    page.evaluate(
        "document.querySelectorAll('.js-plotly-plot')[Math.min(...keepsakeBench.changedCharts)]"
        ".scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    settle(page)
    rounds = range(1, 1 + CHART_ROUNDS)
    return [(rerun(), *took) for number in rounds if (took := redrawn(page, make, number))]


def open_question(page: "Page", app: Server, question: str, number: int) -> None:
    """Opens the Compare page at one question, with a ring (one for each `number`) that no cache holds yet.

    The assumptions are open and stand at the top of the screen, beside the charts.
    """
    page.goto("about:blank")
    page.goto(f"{app.url}/compare?d={sample(inner_diameter_mm=16.15 + number / 5).to_link()}")
    page.get_by_text(ASSUMED, exact=True).click()
    page.locator(".st-key-questions").get_by_text(question, exact=True).click()
    page.wait_for_timeout(CHARTS_QUIET_MS)
    page.locator(".st-key-answer").evaluate("answer => answer.scrollIntoView()")
    settle(page)


def _step(page: "Page", field: str) -> None:
    """Moves a slider by one step, always on to a value that nothing has been worked out for."""
    page.locator(f"[data-field={field}] input").press("ArrowRight")


def wear(page: "Page", number: int) -> None:
    """Picks another wearer, in turn; a step of a slider before it makes the scenario one that no cache holds."""
    _step(page, "labour_pct")
    page.wait_for_timeout(CHARTS_QUIET_MS)
    page.locator("[data-field=wearer]").get_by_text(WEARERS[number % len(WEARERS)], exact=True).click()


CHANGES: dict[str, tuple[str, Callable[["Page", int], None]]] = {  # how it is called, and the field it needs
    "slider of the bench rates": ("labour_pct", lambda page, _: _step(page, "labour_pct")),
    "slider of the discount rate": ("discount_rate_pct", lambda page, _: _step(page, "discount_rate_pct")),
    "another wearer": ("wearer", wear),
}


def redrawn(page: "Page", make: Callable[["Page", int], None], number: int) -> tuple[float, float] | None:
    """Makes a change; milliseconds until the charts in sight, and until all, showed their last change.

    None when no chart changed; of charts that all stand below the screen, those count.
    """
    page.evaluate("keepsakeBench.clicked = keepsakeBench.redrawn = keepsakeBench.redrawnAll = null")
    make(page, number)
    page.wait_for_timeout(CHARTS_QUIET_MS)
    settle(page)
    clicked, in_sight, last = page.evaluate(
        "(({clicked, redrawn, redrawnAll}) => [clicked, redrawn, redrawnAll])(keepsakeBench)"
    )
    return None if last is None else ((in_sight or last) - clicked, last - clicked)


class _Traffic:
    """Counts the payload bytes of every websocket of a page, both ways."""

    def __init__(self, page: "Page") -> None:
        self.total = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: "WebSocket") -> None:
        socket.on("framereceived", self._add)
        socket.on("framesent", self._add)

    def _add(self, payload: str | bytes) -> None:
        self.total += len(payload.encode() if isinstance(payload, str) else payload)


def _contexts(browser: "Browser", app: Server) -> Figure:
    with _visit(browser, app.url) as page:
        wait_for_picture(page)
        titles = itertools.cycle(["Compare", "Sources", "Design"])
        for title in itertools.islice(titles, PAGE_CHANGES):
            page.get_by_role("link", name=title, exact=True).first.click()
            page.wait_for_timeout(400)
            settle(page)
        page.get_by_role("link", name="Design", exact=True).first.click()
        page.wait_for_timeout(400)
        settle(page)
        live = int(page.evaluate("keepsakeBench.live()"))
        made = int(page.evaluate("keepsakeBench.contexts.length"))
    return _figure("contexts", live, f"alive after collection, back on the Design page; {made} were made in all")


def _memory(browser: "Browser", app: Server) -> Figure:
    with _visit(browser, f"{app.url}/?d={sample().to_link()}") as page:
        wait_for_picture(page)
        made = 0

        def picks(count: int) -> None:
            nonlocal made
            until = made + count
            for kind, choices in itertools.cycle((("metals", METALS), ("gems", GEMS), ("cuts", CUTS))):
                open_choices(page, kind)
                for choice in choices:
                    page.locator(f"[data-kind={kind}] [data-id='{choice}']").first.click()
                    page.wait_for_timeout(PACE_MS)
                    made += 1
                    if made == until:
                        settle(page)
                        return

        picks(MEMORY_WARM_UP)
        before = app.memory_mb()
        picks(MEMORY_PICKS)
        after = app.memory_mb()
    how = f"{before:.0f} to {after:.0f} MB, after {MEMORY_WARM_UP} picks that filled the caches"
    return _figure("memory", after - before, how)
