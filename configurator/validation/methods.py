"""How each model works, in its own words: the docstrings of its modules and functions, and the rows it reads.

Nothing is written here twice: when a docstring or a table changes, the Methods page changes with it.
"""

import ast
import inspect
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from configurator.models import (
    bench,
    bought_parts,
    durability,
    fitting_hazards,
    footprint,
    hazards,
    life,
    made_to_order,
    metal_prices,
    ownership,
    price_paths,
    pricing,
    ranges,
    resale,
    resale_routes,
    schedule,
    scorecard,
    shop_counter,
    stone_hazards,
    stone_prices,
    twin,
)

# What a client calls each model, and the modules it is made of, the one that is called first.
MODELS: dict[str, tuple[str, tuple[types.ModuleType, ...]]] = {
    "ranges": ("Ranges", (ranges,)),
    "pricing": (
        "Price",
        (pricing, made_to_order, shop_counter, metal_prices, stone_prices, bench, bought_parts),
    ),
    "twin": ("The piece off the shelf", (twin,)),
    "durability": ("How long it lasts", (durability, hazards, life, stone_hazards, fitting_hazards)),
    "resale": ("What it brings again, and what owning it costs", (resale, resale_routes, price_paths, ownership)),
    "footprint": ("Footprint", (footprint,)),
    "schedule": ("Time", (schedule,)),
    "scorecard": ("Ten dimensions", (scorecard,)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One public function of a model: its name in words and what it says of itself."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One module of a model."""

    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A model as its own code describes it."""

    id: str
    title: str
    parts: tuple[Part, ...]


@cache
def methods() -> tuple[Method, ...]:
    """Every model, in the order a client meets them."""
    return tuple(Method(id, title, tuple(map(_part, modules))) for id, (title, modules) in MODELS.items())


def _part(module: types.ModuleType) -> Part:
    return Part(plain(inspect.getdoc(module) or ""), tuple(_steps(Path(str(module.__file__)))))


def _steps(path: Path) -> Iterator[Step]:
    """The public functions in the order they are written, which is the order of the work."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield Step(node.name.replace("_", " "), plain(ast.get_docstring(node) or ""))


def plain(docstring: str) -> str:
    """A docstring as a reader sees it: whole paragraphs, without the marks and shapes meant for programmers."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in docstring.split("\n\n"))
    kept = (re.sub(r"\s*Raises [^.]*\.", "", paragraph) for paragraph in paragraphs)
    shapeless = (re.sub(r"\((?:\d+, )*count,?\)\s*", "", paragraph) for paragraph in kept)
    return "\n\n".join(_capital(paragraph.replace("`", "")) for paragraph in shapeless if paragraph)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
