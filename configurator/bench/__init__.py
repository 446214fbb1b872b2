"""What the README promises, measured on this machine: speed, memory, bytes, and what a browser shows.

The figures of the core need only the package. Those of the screen start the real app and a Chromium; where there is
none (or no playwright) they are left out, and the table says why. Times on a shared machine scatter: each is the median
of several, the ratios compare two things measured in turn in the same run.
"""

import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from configurator.bench.figures import Figure

COLUMNS = ("what", "measured", "bar", "verdict", "how")


def run(as_json: bool = False) -> int:
    """Measures everything and prints one table (or one JSON object) on stdout; progress goes to stderr. Returns 0."""
    from configurator.bench import core, screen  # here, so that the browser tests load no geometry of their own

    machine = describe_machine()
    figures = [*core.measure(_tell), *screen.measure(_tell)]
    if as_json:
        json.dump({"machine": machine, "figures": [_row(figure) for figure in figures]}, sys.stdout, indent=2)
        print()
    else:
        print(", ".join(f"{name}: {value}" for name, value in machine.items()))
        print(table(figures))
    return 0


def run_grid(designs: int) -> int:
    """Tries designs over all that can be picked; see `bench.grid`. Returns 1 when one is neither sound nor refused."""
    from configurator.bench import grid

    return grid.run(designs)


def describe_machine() -> dict[str, Any]:
    """The machine a figure belongs to."""
    return {
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": _system(),
    }


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table, as the README shows them."""
    rows = [COLUMNS, tuple("-" * len(name) for name in COLUMNS)]
    rows += [(f.what, f.shown(), f.bar_shown(), f.verdict, f.how) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _row(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"verdict": figure.verdict}


def _tell(what: str) -> None:
    print(f"measuring {what} ...", file=sys.stderr, flush=True)


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform()
