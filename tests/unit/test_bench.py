"""The bench says what it measured, and measures what it says."""

import os
import sys
import types
from functools import lru_cache

from configurator import bench
from configurator.bench.core import forget, milliseconds, one_core
from configurator.bench.figures import Figure


def figure(value: float | None, bar: float | None = 40) -> Figure:
    return Figure(id="x", what="Preview geometry", unit="ms", value=value, bar=bar, how="said why")


def test_a_value_on_the_bar_is_within_it() -> None:
    assert figure(40.0).verdict == "within"
    assert figure(40.1).verdict == "OVER"


def test_what_was_not_measured_is_not_called_a_success() -> None:
    assert figure(None).verdict == "not measured"
    assert figure(12.0, None).verdict == ""


def test_the_table_shows_value_bar_and_reason_in_columns() -> None:
    lines = bench.table([figure(31.44), figure(None)]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "31.4 ms" in lines[2]
    assert "≤ 40 ms" in lines[2]
    assert "said why" in lines[3]


def test_forgetting_empties_the_caches_of_the_named_package_only() -> None:
    calls = []
    modules = {}
    for name in ("forgotten.part", "kept.part"):
        module = types.ModuleType(name)
        source = f"def work(): calls.append({name!r})\n"
        exec(source, vars(module) | {"calls": calls}, vars(module))
        module.work.__module__ = name
        module.work = lru_cache(module.work)
        modules[name] = module
    modules["kept.part"].borrowed = modules["forgotten.part"].work
    sys.modules.update(modules)
    try:
        for module in modules.values():
            module.work()
        forget("forgotten")
        for module in modules.values():
            module.work()
    finally:
        for name in modules:
            del sys.modules[name]
    assert calls == ["forgotten.part", "kept.part", "forgotten.part"]


def test_what_happens_before_a_repeat_is_not_timed() -> None:
    seen = []
    times = milliseconds(lambda i: seen.append(i), 3, lambda: seen.append("before"))
    assert seen == ["before", 0, "before", 1, "before", 2]
    assert len(times) == 3


def test_the_process_gets_its_cores_back() -> None:
    if not hasattr(os, "sched_getaffinity"):
        return
    before = os.sched_getaffinity(0)
    with one_core():
        assert len(os.sched_getaffinity(0)) == 1
    assert os.sched_getaffinity(0) == before
