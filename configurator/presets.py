"""Finished designs to start from: one JSON file each in assets/presets, with a name and a story."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from configurator import geometry
from configurator.design import Design

FOLDER = Path(__file__).parents[1] / "assets" / "presets"


@dataclass(frozen=True, slots=True)
class Preset:
    """A finished design; `id` is the file's name, and the order of the files is the order on screen."""

    id: str
    name: str
    story: str
    design: Design


@cache
def presets() -> tuple[Preset, ...]:
    """Every preset, complete and ready to show. Raises `InvalidDesign` when a file is wrong (a test opens them all)."""
    found = []
    for file in sorted(FOLDER.glob("*.json")):
        raw = json.loads(file.read_text(encoding="utf-8"))
        found.append(Preset(file.stem, raw["name"], raw["story"], geometry.complete(Design.from_dict(raw["design"]))))
    return tuple(found)


def opening() -> Design:
    """The design a first visit opens on."""
    return presets()[0].design
