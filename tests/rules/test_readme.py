"""What the README says that a machine can check."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = README.partition("## A map of the house")[2].partition("\n## ")[0]
DEPENDENCIES = README.partition("## Dependencies")[2].partition("\n## ")[0]


@pytest.mark.parametrize("path", re.findall(r"^\| `([^`]+)`", MAP, re.MULTILINE))
def test_the_map_names_what_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make ([a-z-]+)", README))))
def test_every_make_target_it_names_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^(?:[a-z -]*\b)?{target}\b[a-z -]*:", makefile, re.MULTILINE)


@pytest.mark.parametrize("command", re.findall(r"-m configurator ([a-z]+)", README))
def test_every_command_it_names_exists(command: str) -> None:
    assert f'"{command}"' in (ROOT / "configurator" / "__main__.py").read_text(encoding="utf-8")


def test_every_runtime_dependency_is_explained() -> None:
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("Pulled in by those")[0]
    for package in re.findall(r"^([a-z0-9-]+)==", pinned, re.MULTILINE):
        assert re.search(rf"^\|[^|]*\b{package}\b[^|]*\|", DEPENDENCIES, re.MULTILINE), package


def test_its_picture_is_there_and_its_table_is_measured() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()
    assert "| preview" in README.partition("## Speed")[2].partition("\n## ")[0].lower()
