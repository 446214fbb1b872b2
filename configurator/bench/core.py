"""Figures that need no browser: geometry, casting and evaluation on one core, and the size of the viewer's bundle."""

import contextlib
import gc
import gzip
import math
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import get_args
from unittest.mock import patch

from configurator import evaluate, geometry, reference
from configurator.bench.figures import Figure
from configurator.design import Design, Stone
from configurator.geometry.styles import eternities
from configurator.models import ranges
from configurator.scenario import Scenario, Wearer

BUNDLE = Path(__file__).parents[2] / "assets" / "viewer" / "keepsake.js"
REPEATS = 15
CAST_REPEATS = 5

Tell = Callable[[str], None]


def sample(**fields: object) -> Design:
    """The ring the bars are set for: six prongs, a round brilliant, twenty characters inside."""
    return evaluate.complete(
        Design.from_dict(
            {
                "piece": "ring",
                "style": "solitaire",
                "options": {"prongs": 6},
                "stones": [{"role": "center", "length_mm": 6.5, "width_mm": 6.5}],
                "inscriptions": [{"text": "Forever yours, 2026!"}],
            }
            | fields
        )
    )


def measure(tell: Tell) -> Iterator[Figure]:
    """Yields the figures one by one, as they are measured."""
    with one_core():
        reference.load()
        _all_of(sample())  # the process has imported and warmed everything, as a server has
        tell("the preview's geometry")
        yield _cold_preview()
        yield _one_option()
        yield _new_text()
        yield _metal_change()
        yield _growth()
        tell("the casting")
        yield _cast()
        tell("the evaluation")
        yield _evaluation()
        yield _numbers()
    yield _bundle()


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Keeps this process on one core, where the system allows it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def forget(*packages: str) -> None:
    """Empties every function cache of some packages of ours, so that the next call does all of its work."""
    for name, module in list(sys.modules.items()):
        if not any(name == package or name.startswith(package + ".") for package in packages):
            continue
        for value in list(vars(module).values()):
            made_here = getattr(getattr(value, "__wrapped__", None), "__module__", None) == name
            if made_here and hasattr(value, "cache_clear"):
                value.cache_clear()


def milliseconds(work: Callable[[int], object], repeats: int, before: Callable[[], object] = gc.collect) -> list[float]:
    """How long `work(i)` takes for i = 0 … repeats - 1, `before` running untimed ahead of each."""
    found = []
    for number in range(repeats):
        before()
        start = perf_counter()
        work(number)
        found.append((perf_counter() - start) * 1000)
    return found


def _timed(name: str, what: str, bar_ms: float, times: list[float], how: str) -> Figure:
    return Figure(id=name, what=what, unit="ms", value=median(times), best=min(times), bar=bar_ms, how=how)


def _cold_preview() -> Figure:
    design = sample()
    # A server that has run for a minute has its fonts open; so that nothing else is warm, another ring opens them here.
    other = evaluate.complete(
        Design.from_dict(
            {
                "piece": "ring",
                "style": "plain_band",
                "options": {"profile": "flat", "width_mm": 5.0},
                "inscriptions": [{"text": "Q", "height_mm": 2.0}],
            }
        )
    )

    def forget_the_ring() -> None:
        forget("configurator.geometry")
        geometry.build(other).drawn()
        gc.collect()

    times = milliseconds(lambda _: geometry.build(design).drawn(), REPEATS, forget_the_ring)
    weighed = milliseconds(lambda _: _all_of(design), REPEATS, forget_the_ring)
    how = (
        "nothing of this ring in any cache, not a letter of it; the font is open; "
        f"weighed and checked as well: {median(weighed):.1f} ms"
    )
    return _timed("preview_cold", "Preview geometry, cold", 40, times, how)


def _drawing(designs: list[Design]) -> list[float]:
    return milliseconds(lambda i: geometry.build(designs[i]).drawn(), REPEATS)


def _all_of(design: Design) -> None:
    piece = geometry.build(design)
    piece.drawn()
    piece.measured()


def _one_option() -> Figure:
    # Values that no repeat has used before, so that nothing of the changed part is in a cache.
    changes: dict[str, Callable[[int], Design]] = {
        "band width": lambda i: sample(options={"prongs": 6, "width_mm": 2.11 + i / 50}),
        "band thickness": lambda i: sample(options={"prongs": 6, "thickness_mm": 1.71 + i / 50}),
        "finger size": lambda i: sample(inner_diameter_mm=16.03 + i / 10),
        "stone": lambda i: sample(stones=[{"role": "center", "length_mm": 6.03 + i / 50, "width_mm": 6.03 + i / 50}]),
    }
    slowest, times = "", [0.0]
    for what, change in changes.items():
        forget("configurator.geometry")
        geometry.build(sample()).drawn()
        designs = [change(i) for i in range(REPEATS)]
        found = _drawing(designs)
        if median(found) > median(times):
            slowest, times = what, found
    how = f"the slowest of {', '.join(changes)}: {slowest}"
    return _timed("preview_option", "Preview geometry, one option changed", 25, times, how)


def _new_text() -> Figure:
    designs = [sample(inscriptions=[{"text": f"Forever yours, {1951 + i}!"}]) for i in range(REPEATS)]
    geometry.build(sample()).drawn()
    times = _drawing(designs)
    return _timed("preview_text", "Preview geometry, text changed", 25, times, "twenty characters, new ones each time")


def _metal_change() -> Figure:
    evaluate.shape(sample())
    with patch.object(geometry, "build", wraps=geometry.build) as build:
        for metal, gem in (("18k_rose", "ruby"), ("pt950_ir", "emerald"), ("sterling", "moissanite")):
            stone = {"role": "center", "gem": gem, "length_mm": 6.5, "width_mm": 6.5}
            evaluate.shape(sample(metal=metal, stones=[stone]))
    return Figure(
        id="builds_for_colour",
        what="Shapes built for a change of metal or stone colour",
        unit="",
        value=build.call_count,
        bar=0,
        how="three changes of both",
    )


def _growth() -> Figure:
    """How the cost of pavé grows with its stones: the power of their number, from one stone to two hundred."""
    stone = Stone(role="band", length_mm=1.0, width_mm=1.0)

    def pave(width_mm: float, arc_deg: float) -> tuple[int, list[float]]:
        options = eternities.Options(setting="pave", width_mm=width_mm)

        def whole(_: int) -> int:
            ring = eternities.build_eternity(options, 17.32, stone, arc_deg)
            ring.parts(())
            ring.stones()
            return ring.measure("eternity", ()).stones[0].count

        return whole(0), milliseconds(whole, REPEATS, lambda: forget("configurator.geometry"))

    (few, short), (many, long) = pave(2.0, 10.0), pave(5.0, 360.0)
    return Figure(
        id="growth_melee",
        what="Growth of the preview's cost with melee, as a power of their number",
        unit="",
        value=math.log(median(long) / median(short)) / math.log(many / few),
        bar=1,
        how=f"pavé drawn and weighed, cold: {few} stone {median(short):.1f} ms, {many} stones {median(long):.1f} ms; "
        "1 would be linear",
    )


def _cast() -> Figure:
    design = sample()
    times = milliseconds(lambda _: geometry.cast(design), CAST_REPEATS, lambda: forget("configurator.geometry"))
    return _timed(
        "cast", "Export-grade union with all checks", 1000, times, "every cache of the geometry emptied first"
    )


def _evaluation() -> Figure:
    design = sample()
    caches = ("configurator.geometry", "configurator.models", "configurator.evaluate")
    times = milliseconds(lambda _: evaluate.evaluate(design), REPEATS, lambda: forget(*caches))
    how = "both shapes built as well; only the reference tables are in memory"
    return _timed("evaluation", "Evaluation of design and twin, uncached", 120, times, how)


def _numbers() -> Figure:
    design = sample()
    evaluate.evaluate(design)
    wearers: tuple[Wearer, ...] = get_args(Wearer)
    for wearer in wearers:
        evaluate.evaluate(design, Scenario(wearer=wearer))

    def scenario(number: int) -> Scenario:
        # Rates that no repeat has used before, as a client's slider has not.
        return Scenario(wearer=wearers[number % len(wearers)], discount_rate_pct=1 + number / REPEATS)

    def forget_the_numbers() -> None:
        evaluate.parts_of.cache_clear()
        gc.collect()

    times = milliseconds(lambda i: evaluate.evaluate(design, scenario(i)), REPEATS, forget_the_numbers)
    how = f"no figure in memory, but shapes and draws; {ranges.DRAWS:,} draws of every uncertain row"
    return _timed("numbers", "Full evaluation of design and twin, 10,000 draws, after geometry", 60, times, how)


def _bundle() -> Figure:
    what = "Viewer bundle, gzipped"
    if not BUNDLE.exists():
        return Figure(id="bundle", what=what, unit="kB", value=None, bar=350, how="assets/viewer has not been built")
    return Figure(id="bundle", what=what, unit="kB", value=len(gzip.compress(BUNDLE.read_bytes())) / 1000, bar=350)
