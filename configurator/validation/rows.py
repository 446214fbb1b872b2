"""Which rows each model reads: recorded while it works on every preset, never kept by hand."""

import types
from collections.abc import Iterator, Mapping
from typing import Any, cast

from configurator import evaluate, presets, reference
from configurator.design import Design
from configurator.models import durability, footprint, pricing, resale, schedule, scorecard, twin
from configurator.models.life import Wearer
from configurator.reference import Reference

WEARERS: tuple[Wearer, ...] = ("occasional", "daily", "manual")
ROUTES: tuple[pricing.Route, ...] = ("custom", "mass")


class _Watched:
    """The tables, noting every row that somebody asks for as `table/id`; looks like a `Reference` from outside."""

    def __init__(self, tables: Reference) -> None:
        self._tables, self.read = tables, set[str]()

    def __getattr__(self, name: str) -> Any:
        content = getattr(self._tables, name)
        if callable(content):  # a method has to ask us, not the tables
            return types.MethodType(getattr(Reference, name), self)
        if isinstance(content, Mapping):
            return _WatchedTable(name, content, self.read)
        if isinstance(content, tuple):
            self.read.update(f"{name}/{row.id}" for row in content)
        return content


class _WatchedTable(Mapping[str, Any]):
    """One table of a watched reference."""

    def __init__(self, name: str, rows: Mapping[str, Any], read: set[str]) -> None:
        self._name, self._rows, self._read = name, rows, read

    def __getitem__(self, id: str) -> Any:
        found = self._rows[id]
        self._read.add(f"{self._name}/{id}")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def rows_read() -> tuple[dict[str, tuple[str, ...]], int]:
    """Model -> the rows it read over many designs, and how many those were."""
    watched = {name: _Watched(reference.load()) for name in MODELS}
    designs = list(_designs())
    for design in designs:
        _work(design, {name: cast(Reference, tables) for name, tables in watched.items()})
    return {name: tuple(sorted(tables.read)) for name, tables in watched.items()}, len(designs)


MODELS = {
    module.__name__.rpartition(".")[2]: module
    for module in (pricing, twin, durability, resale, footprint, schedule, scorecard)
}


def _designs() -> Iterator[Design]:
    """Every preset as it is; then its shape in other metals and gems, until each has been worn once."""
    finished = [preset.design for preset in presets.presets()]
    yield from finished
    tables = reference.load()
    for number, metal in enumerate(evaluate.sold_metals(tables)):
        yield finished[number % len(finished)].model_copy(update={"metal": metal.id})
    stoned = next(design for design in finished if len(design.stones) == 1)
    for gem in tables.gems.values():
        if gem.form == "faceted":
            stone = stoned.stones[0].model_copy(update={"gem": gem.id, "colour": None, "clarity": None})
            yield stoned.model_copy(update={"stones": (stone,)})


def _work(design: Design, tables: Mapping[str, Reference]) -> None:
    """Every model on one design and on its twin."""
    twin.twin(design, tables["twin"])
    measures = evaluate.shape(evaluate.complete(design)).measures
    for route in ROUTES:
        quote = pricing.price(design, measures, tables["pricing"], route, hallmark=True)
        schedule.schedule(design, measures, tables["schedule"], route, hallmark=True)
        for wearer in WEARERS:
            life = durability.wear(design, measures, tables["durability"], wearer=wearer)
        resale.resell(design, measures, quote, life, tables["resale"])
    footprint.footprint(design, measures, tables["footprint"])
    both = evaluate.evaluate(design)
    scorecard.scorecard(both.custom, both.twin, tables["scorecard"])
