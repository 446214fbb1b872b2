"""Who may import whom: the table of the house, enforced on the parsed imports of every file."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A name may import the names in its row, and itself. What is not in a row is not allowed.
FACTS = {"units"}
CHOICES = {"reference", "design", "measures"}
ROOMS: dict[str, set[str]] = {
    "units": set(),
    "links": set(),
    "display": FACTS,
    "exchange": {"display"},
    "reference": FACTS,
    "design": FACTS | {"links"},  # not the reference: a saved design must open even when its metal is no longer sold
    "scenario": {"design"},  # for its way of saying what is wrong with a field
    "measures": FACTS,
    "geometry": FACTS | CHOICES,
    "models": FACTS | CHOICES | {"wording"},  # never geometry: models take measurements, not meshes
    "prices": FACTS | {"reference"},  # the shop's own: taken up, kept as files, fetched
    "wording": FACTS | CHOICES | {"models", "display"},  # puts the models' ranges into words, for their sentences too
    "presets": FACTS | CHOICES | {"geometry"},
}
ROOMS["evaluate"] = ROOMS["models"] | {"models", "geometry", "presets", "scenario"}
ROOMS["explore"] = ROOMS["sensitivity"] = ROOMS["whys"] = ROOMS["shelf_rules"] = ROOMS["evaluate"] | {"evaluate"}
ROOMS["validation"] = ROOMS["explore"] | {"explore"}
ROOMS["charts"] = ROOMS["public_json"] = ROOMS["explore"] | {"explore", "sensitivity", "whys", "display"}
ROOMS["export"] = ROOMS["storage"] = ROOMS["charts"] | {"charts", "public_json"}
CORE = ROOMS["export"] | {
    "shelf_rules",
    "export",
    "storage",
    "prices",
    "exchange",
    "validation",
}  # what lives without Streamlit
ROOMS["ui"] = CORE
ROOMS["bench"] = CORE
ROOMS["__main__"] = CORE | {"bench"}
ROOMS["pages"] = ROOMS["app"] = CORE | {"ui"}

# Libraries that only some rooms may touch.
LIBRARIES: dict[str, set[str]] = {
    "streamlit": {"ui", "pages", "app"},
    "plotly": {"charts"},
    "manifold3d": {"geometry"},
    "pyvista": {"ui"},
    "stpyvista": {"ui"},
    "starlette": {"ui"},
    "sqlalchemy": {"storage"},
    "playwright": {"bench"},
}
ONE_MODULE_ONLY = {"pyvista", "stpyvista"}  # one module of ui owns both, so that their failure costs one page


def module_name(path: Path) -> str:
    """`configurator/geometry/band.py` is `configurator.geometry.band`; a package is named without `__init__`."""
    parts = [*path.parts[:-1], path.stem]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The name the table knows a module by."""
    head, _, rest = module.partition(".")
    return rest.split(".")[0] if head == "configurator" else head


def imports_of(source: str, path: Path) -> Iterator[tuple[int, str]]:
    """Every (line, module) that a source imports, however deep in the file; `from a import b` yields `a` and `a.b`."""
    module = module_name(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            climbed = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            origin = ".".join([*climbed, *([node.module] if node.module else [])])
            yield node.lineno, origin
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield node.lineno, name


def broken_rules(files: dict[Path, str]) -> list[str]:
    """What a set of sources (path from the root -> text) does that the table does not allow."""
    complaints = []
    owners: dict[str, set[Path]] = {library: set() for library in ONE_MODULE_ONLY}
    for path, source in files.items():
        here = room_of(module_name(path))
        if not here:  # configurator/__init__.py itself
            here = "units"
        if here not in ROOMS:
            complaints.append(f"{path}: {here} has no place in the table of tests/rules/test_imports.py")
            continue
        for line, name in imports_of(source, path):
            top, _, rest = name.partition(".")
            there = room_of(name)
            if top in LIBRARIES and here not in LIBRARIES[top]:
                complaints.append(f"{path}:{line}: only {', '.join(sorted(LIBRARIES[top]))} may import {top}")
            if top in ONE_MODULE_ONLY:
                owners[top].add(path)
            ours = (top == "configurator" and rest and there in ROOMS) or top in ("pages", "app")
            if ours and there != here and there not in ROOMS[here]:
                complaints.append(f"{path}:{line}: {here} may not import {there}")
    together = set().union(*owners.values())
    if len(together) > 1:
        complaints.append(f"pyvista and stpyvista have more than one owner: {', '.join(map(str, sorted(together)))}")
    return sorted(set(complaints))


def circles(files: dict[Path, str]) -> list[str]:
    """Chains of modules that import each other when they load (imports for type checking apart)."""
    names = {module_name(path): path for path in files}
    arrows: dict[str, set[str]] = {}
    for path, source in files.items():
        here = module_name(path)
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                node.body = [ast.Pass()]
        targets = [name for _, name in imports_of(ast.unparse(tree), path) if name in names]
        # `from package import module` means the module; the package alone is meant only when nothing below it is named.
        arrows[here] = {name for name in targets if not any(other.startswith(name + ".") for other in targets)} - {here}
    found: list[str] = []
    done: set[str] = set()

    def walk(module: str, trail: list[str]) -> None:
        if module in trail:
            found.append(" -> ".join([*trail[trail.index(module) :], module]))
            return
        if module in done:
            return
        for target in sorted(arrows[module]):
            walk(target, [*trail, module])
        done.add(module)

    for module in sorted(arrows):
        walk(module, [])
    return found


def house() -> dict[Path, str]:
    """Every source of the product."""
    paths = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "configurator").rglob("*.py")]
    return {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for path in paths
        if path.exists() and "node_modules" not in path.parts
    }


def test_every_import_is_allowed_by_the_table() -> None:
    assert broken_rules(house()) == []


def test_nothing_imports_in_a_circle() -> None:
    assert circles(house()) == []


def test_the_core_loads_without_streamlit() -> None:
    loads = "import sys, configurator.__main__, configurator.evaluate, configurator.charts; "
    asks = "print([m for m in ('streamlit', 'pyvista', 'stpyvista') if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", loads + asks], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout.strip() == "[]", answer.stderr


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("configurator/models/pricing.py", "from configurator.geometry import build", "models may not import geometry"),
        ("configurator/models/pricing.py", "from configurator import geometry", "models may not import geometry"),
        ("configurator/geometry/band.py", "import configurator.models.pricing", "geometry may not import models"),
        ("configurator/geometry/band.py", "from configurator import wording", "geometry may not import wording"),
        (
            "configurator/design.py",
            "def f():\n    from configurator.reference import load",
            "design may not import ref",
        ),
        ("configurator/units.py", "from configurator import design", "units may not import design"),
        ("configurator/export/glb.py", "from configurator import storage", "export may not import storage"),
        ("configurator/evaluate.py", "import streamlit as st", "only app, pages, ui may import streamlit"),
        ("configurator/__main__.py", "from configurator.ui import state", "__main__ may not import ui"),
        ("configurator/ui/form.py", "from plotly import graph_objects", "only charts may import plotly"),
        ("configurator/export/stl.py", "import manifold3d", "only geometry may import manifold3d"),
        ("configurator/charts/price.py", "import pyvista as pv", "only ui may import pyvista"),
        ("configurator/models/x.py", "from ..geometry import band", "models may not import geometry"),
        ("configurator/models/x.py", "import importlib\nimportlib.import_module('streamlit')", "may import streamlit"),
        ("configurator/charts/x.py", "import app", "charts may not import app"),
        ("configurator/cupboard.py", "", "cupboard has no place in the table"),
    ],
)
def test_the_checker_sees_a_forbidden_import(path: str, source: str, complaint: str) -> None:
    found = broken_rules({Path(path): source})
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "configurator/models/pricing.py",
            "from configurator import units\nimport configurator.models.twin",
        ),
        ("configurator/geometry/styles/rings/halo.py", "import manifold3d\nfrom configurator.geometry import band"),
        ("configurator/evaluate.py", "from configurator import geometry\nfrom configurator.models import pricing"),
        ("configurator/ui/bench_room.py", "import pyvista\nimport stpyvista\nimport streamlit"),
        ("pages/design.py", "from configurator.ui import design_room"),
        ("configurator/charts/x.py", "import plotly.graph_objects as go\nimport numpy as np"),
    ],
)
def test_the_checker_lets_honest_imports_pass(path: str, source: str) -> None:
    assert broken_rules({Path(path): source}) == []


def test_the_checker_wants_one_owner_of_pyvista() -> None:
    two = {Path("configurator/ui/a.py"): "import pyvista", Path("configurator/ui/b.py"): "import stpyvista"}
    assert "more than one owner" in broken_rules(two)[0]


def test_the_checker_sees_a_circle() -> None:
    ring = {
        Path("configurator/geometry/__init__.py"): "from configurator.geometry import band",
        Path("configurator/geometry/band.py"): "from configurator.geometry.head import a",
        Path("configurator/geometry/head.py"): "def f():\n    from configurator.geometry import band",
    }
    assert circles(ring) == ["configurator.geometry.band -> configurator.geometry.head -> configurator.geometry.band"]


def test_the_checker_sees_a_part_that_imports_its_own_package() -> None:
    ring = {
        Path("configurator/geometry/__init__.py"): "from configurator.geometry.band import hoop",
        Path("configurator/geometry/band.py"): "from configurator.geometry import build",
    }
    assert circles(ring) == ["configurator.geometry -> configurator.geometry.band -> configurator.geometry"]


def test_imports_for_type_checking_make_no_circle() -> None:
    pair = {
        Path("configurator/geometry/a.py"): (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from configurator.geometry.b import B"
        ),
        Path("configurator/geometry/b.py"): "from configurator.geometry.a import A",
    }
    assert circles(pair) == []
