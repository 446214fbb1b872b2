"""The habits of the house that no linter knows: thin pages, plain names, honest words, nothing about this machine."""

import ast
import importlib.metadata
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LAYERS = {"unit", "property", "golden", "app", "browser", "rules"}
TEXT = {".py", ".js", ".mjs", ".css", ".md", ".toml", ".txt", ".json", ".csv", ".yml", ".html", ".sh", ".svg", ""}


def tracked() -> list[Path]:
    """What is or would be committed; in a copy without git, every file outside generated folders."""
    try:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        generated = {".venv", ".git", "node_modules", "__pycache__"}
        paths = [p for p in ROOT.rglob("*") if not any(g in generated or g.endswith("_cache") for g in p.parts)]
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def sources(*folders: str, suffix: str = ".py") -> list[Path]:
    """Our own sources under some folders."""
    return [p for p in tracked() if p.suffix == suffix and p.relative_to(ROOT).parts[0] in folders]


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- thin pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", sources("pages"), ids=where)
def test_a_page_stays_thin(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 60
    assert page.stat().st_size <= 3_000


def test_the_front_door_stays_thin() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


# --- names, docstrings, lines -----------------------------------------------------------------------------------------


def test_no_file_is_named_for_nothing() -> None:
    vague = re.compile(r"(^|_)(utils?|helpers?|managers?|base|misc|common)$")
    assert [where(p) for p in sources("configurator", "pages", "tests") if vague.search(p.stem)] == []


def undocumented(source: str) -> list[str]:
    """Public functions and classes at the top level of a module that have no docstring."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


@pytest.mark.parametrize("path", sources("configurator"), ids=where)
def test_what_is_public_says_what_it_does(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert undocumented(source) == []
    assert path.name == "__init__.py" or ast.get_docstring(ast.parse(source)), "a module says what it is about"


def test_the_docstring_rule_sees_what_is_missing() -> None:
    assert undocumented("def a(): pass\ndef _b(): pass\nclass C:\n  'c'\nclass D: pass") == ["a", "D"]


def test_no_line_is_longer_than_a_screen() -> None:
    ours = sources("configurator", "pages", "tests", "app.py") + sources("configurator", suffix=".js")
    too_long = [
        f"{where(path)}:{number}"
        for path in ours
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert too_long == []


def test_every_test_lives_in_a_layer() -> None:
    strays = [
        where(path)
        for path in sources("tests")
        if path.name.startswith("test_") and path.relative_to(ROOT).parts[1] not in LAYERS
    ]
    assert strays == []


# --- nothing about this machine ---------------------------------------------------------------------------------------

# Written in pieces, so that this file does not name what it forbids.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com"]
REGISTRIES += ["deb." + "debian.org", "security." + "debian.org", "archive." + "ubuntu.com"]
MACHINE_PATHS = re.compile(r"(?<![\w.~/-])/(?:work|root|tmp|home|Users)/[\w.]")  # a folder here, not part of an address


def configured_registries() -> set[str]:
    """The hosts that this machine's package clients are set to, whatever they are."""
    names = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "npm_config_registry", "NPM_CONFIG_REGISTRY")
    urls = " ".join(os.environ.get(name, "") for name in names).split()
    return {host for url in urls if (host := urlsplit(url).hostname)}


def machine_traces(text: str) -> list[str]:
    """Registry hosts and folders of somebody's machine that a text names."""
    hosts = [host for host in [*REGISTRIES, *sorted(configured_registries())] if host in text]
    return hosts + MACHINE_PATHS.findall(text)


def test_no_file_names_a_registry_or_a_folder_of_this_machine() -> None:
    found = {}
    for path in tracked():
        if path.suffix in TEXT and (traces := machine_traces(path.read_text(encoding="utf-8", errors="ignore"))):
            found[where(path)] = traces
    assert found == {}


def test_the_machine_rule_sees_paths_but_not_addresses() -> None:
    folder = "/wo" + "rk/main"
    assert machine_traces(f"cd {folder}") == ["/wo" + "rk/m"]
    assert machine_traces(f'"resolved": "https://registry.{REGISTRIES[2]}/three"') == [REGISTRIES[2]]
    assert machine_traces("https://example.org" + folder) == []


# --- what gets installed ----------------------------------------------------------------------------------------------


def pins(name: str) -> dict[str, str]:
    """Package -> exact version of a requirements file; fails on a line that is not an exact pin."""
    found = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if not line:
            continue
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r ").strip())
            continue
        package, equals, version = line.partition("==")
        assert equals, f"{name}: {line} is not pinned to one version"
        version, _, where = version.partition(";")  # some packages are not for every machine
        if not where or Marker(where).evaluate():
            found[str(canonicalize_name(package))] = version.strip()
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_everything_that_gets_installed_is_pinned(name: str) -> None:
    pinned = pins(name)
    missing = set()
    for package in pinned:
        for line in importlib.metadata.distribution(package).requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                missing |= {str(canonicalize_name(needed.name))} - set(pinned)
    assert missing == set()


def test_the_tests_run_on_the_pinned_versions() -> None:
    pinned = pins("requirements-dev.txt")
    assert {package: importlib.metadata.version(package) for package in pinned} == pinned
