"""The neighbours of a design, one choice away each, and which of them are better in every figure that we have.

Most share the design's shape (another metal, another gem) and cost a few milliseconds each; another size, width or
setting needs a shape of its own. What is compared is price, wear and what a sale would bring; beauty is not in it.
"""

import dataclasses
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from configurator import evaluate, geometry, reference, wording
from configurator.design import Design, InvalidDesign, Stone
from configurator.evaluate import Side
from configurator.scenario import Scenario

NEIGHBOURHOODS_KEPT = 16
MOST_BETTER = 4  # named among those worth a look
KEPT_YEAR = 10  # late enough for wear to show, early enough to matter to the buyer
STONE_STEP_MM, WIDTH_STEP_MM = 0.5, 0.3  # steps a client would notice
SAME = 0.005  # of the larger: nearer than that, two figures are one
GRADED = ("diamond", "diamond_lab")  # colour and clarity grades belong to these


@dataclasses.dataclass(frozen=True, slots=True)
class Neighbour:
    """A design in the three figures that are compared; `kind` is the choice that differs, empty for the design."""

    kind: str
    words: str
    design: Design
    price_usd: float
    years_intact: float  # of the first fifty, on average
    kept_usd: float  # what the best way of selling brings after KEPT_YEAR years

    def beats(self, other: "Neighbour") -> bool:
        """No dearer, wears as long and keeps as much, and clearly better in one of the three."""
        pairs = ((-self.price_usd, -other.price_usd), (self.years_intact, other.years_intact))
        gains = [_gain(*pair) for pair in (*pairs, (self.kept_usd, other.kept_usd))]
        return min(gains) >= -SAME and max(gains) > wording.ALIKE


@dataclasses.dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A design among its neighbours."""

    design: Neighbour
    others: tuple[Neighbour, ...]

    @property
    def better(self) -> tuple[Neighbour, ...]:
        """The neighbours that beat the design in every figure, cheapest first."""
        return tuple(sorted((n for n in self.others if n.beats(self.design)), key=lambda n: n.price_usd))

    @property
    def worth_a_look(self) -> tuple[Neighbour, ...]:
        """A few of them: the cheapest that beat the design; then the first in price, in wear and in what it keeps."""
        if not self.others:
            return ()
        firsts = (
            min(self.others, key=lambda n: n.price_usd),
            max(self.others, key=lambda n: n.years_intact),
            max(self.others, key=lambda n: n.kept_usd),
        )
        found = [*self.better[:MOST_BETTER], *firsts]
        return tuple(one for number, one in enumerate(found) if one not in found[:number])


def neighbourhood(design: Design, scenario: Scenario | None = None) -> Neighbourhood:
    """Evaluates a design and everything one choice away from it. Raises `InvalidDesign` when it cannot be made."""
    return _neighbourhood(evaluate.complete(design).to_json(), (scenario or Scenario()).model_dump_json())


@lru_cache(maxsize=NEIGHBOURHOODS_KEPT)
def _neighbourhood(design_json: str, scenario_json: str) -> Neighbourhood:
    design, scenario = Design.from_json(design_json), Scenario.model_validate_json(scenario_json)
    found = []
    for kind, words, other in _one_choice_away(design):
        try:
            side = evaluate.alone(other, scenario)
        except InvalidDesign:
            continue  # what cannot be made is no neighbour
        if side.design != design and not any(finding.severity == "stop" for finding in side.findings):
            found.append(_neighbour(kind, words, side))
    return Neighbourhood(_neighbour("", "this design", evaluate.alone(design, scenario)), tuple(found))


def _neighbour(kind: str, words: str, side: Side) -> Neighbour:
    best = next(channel for channel in side.resale.channels if channel.id == side.resale.best)
    return Neighbour(
        kind=kind,
        words=words,
        design=side.design,
        price_usd=side.quote.total_usd.mid,
        years_intact=side.durability.mean_years_intact,
        kept_usd=best.mid[KEPT_YEAR],
    )


def _gain(mine: float, theirs: float) -> float:
    """By how much mine is more, as a share of the larger."""
    return (mine - theirs) / max(abs(mine), abs(theirs), 1e-9)


def _one_choice_away(design: Design) -> Iterator[tuple[str, str, Design]]:
    """(kind, words, design) of each; those that keep the shape first. Not all of them can be made."""
    tables = reference.load()
    for metal in evaluate.sold_metals(tables):
        if metal.id != design.metal:
            yield "metal", metal.label, design.model_copy(update={"metal": metal.id})
    stone = design.stone("center") or next(iter(design.stones), None)
    if stone is not None:
        yield from _other_stones(design, stone)
    width_mm = design.options.get("width_mm")
    if isinstance(width_mm, int | float):
        for step_mm, words in ((-WIDTH_STEP_MM, "narrower"), (WIDTH_STEP_MM, "wider")):
            options = design.options | {"width_mm": round(width_mm + step_mm, 2)}
            yield "width", f"{WIDTH_STEP_MM:g} mm {words}", design.model_copy(update={"options": options})
    yield from _other_settings(design)


def _other_stones(design: Design, stone: Stone) -> Iterator[tuple[str, str, Design]]:
    """The main stone as every gem that is cut like it, then a step smaller and larger."""
    for gem in reference.load().gems.values():
        if gem.id != stone.gem and gem.form == geometry.form_of(stone.cut):
            grades: dict[str, Any] = {} if gem.id in GRADED else {"colour": None, "clarity": None}
            yield "grown" if gem.is_lab_grown else "stone", gem.label, _with_stone(design, stone, gem=gem.id, **grades)
    for step_mm, words in ((-STONE_STEP_MM, "smaller"), (STONE_STEP_MM, "larger")):
        width_mm = round(stone.width_mm + step_mm, 2)
        length_mm = round(stone.length_mm * width_mm / stone.width_mm, 2)
        sized = _with_stone(design, stone, length_mm=length_mm, width_mm=width_mm, depth_mm=None)
        yield "size", f"a stone {STONE_STEP_MM:g} mm {words}", sized


def _other_settings(design: Design) -> Iterator[tuple[str, str, Design]]:
    """The other styles that hold the same stones, and the same words."""
    for id, style in geometry.STYLES[design.piece].items() if design.stones else ():
        if id == design.style:
            continue
        try:
            other = evaluate.restyled(design, id)
        except InvalidDesign:
            continue
        if other.stones == design.stones and other.inscriptions == design.inscriptions:
            yield "setting", style.LABEL, other


def _with_stone(design: Design, stone: Stone, **fields: Any) -> Design:
    stones = tuple(s.model_copy(update=fields) if s is stone else s for s in design.stones)
    return design.model_copy(update={"stones": stones})
