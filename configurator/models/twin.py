"""The off-the-shelf piece: the comparable mass-produced piece, as a real design derived by the rules of twin_rules.csv.

Only what a shop counter does differently is changed, and never beyond what the workshop's own minima allow. The rules
are rows: each can be switched off (or, where it is off by default, on) by the scenario, to see what it changes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from configurator.design import USUAL_PROPORTIONS, Design, Stone
from configurator.measures import stones_named
from configurator.models.ranges import Range
from configurator.models.stone_prices import ROUND, USUAL_CLARITY, USUAL_COLOUR
from configurator.reference import Cut, Reference, TwinRule

COLOURS = ("D", "E", "F", "G", "H", "I", "J")  # best first, as Stone allows them
CLARITIES = ("IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1")
NO_CHAIN = "none"
CLASP_GRADES = ("heavy", "standard", "light")
CHAIN_WEIGHTS = ("bold", "classic", "fine")
BACKS = ("locking", "screw", "butterfly")
SOLD_BY_CARAT = ("diamond", "diamond_lab")
GRADED = "diamond"  # laboratory-grown stones are sold at good grades on every counter
SAME_SIZE_MM = 0.02  # a twentieth of half a US size: no ring gauge tells them apart
SAME_WEIGHT = 0.005  # of the weight: a stone this near to a stock weight is that stock weight


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the design and its twin, or between how the two are priced, in a client's words."""

    rule: str  # id in twin_rules.csv
    part: Literal["design", "price"]
    what: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """A design that a shop could have in its window, and what was changed to get there."""

    design: Design
    changes: tuple[Change, ...]


Applied = tuple[Design, str] | None  # the changed design and what changed, or nothing to change
Rule = Callable[[Design, TwinRule, Reference], Applied]


def twin(
    design: Design,
    reference: Reference,
    rules_off: Collection[str] = (),
    rules_on: Collection[str] = (),
    made: Callable[[Design], bool] = lambda design: True,
) -> Twin:
    """The off-the-shelf piece of a complete design; the twin of a twin is itself.

    `rules_off` and `rules_on` are ids of rules that differ from the table's own on and off. A rule whose result is not
    `made` (it is beyond what the style offers) changes nothing.
    """
    changes = []
    for rule in active(reference, rules_off, rules_on):
        apply = _RULES.get(rule.changes.partition(":")[0])
        if apply is None:
            if _prices(rule, design):
                changes.append(Change(rule.id, "price", _in_words(rule), rule.sources))
        elif (applied := apply(design, rule, reference)) is not None and made(applied[0]):
            design, what = applied
            changes.append(Change(rule.id, "design", what, rule.sources))
    return Twin(design, tuple(changes))


def active(
    reference: Reference, rules_off: Collection[str] = (), rules_on: Collection[str] = ()
) -> tuple[TwinRule, ...]:
    """The rules that apply, in the order of the table."""
    rules = reference.twin_rules.values()
    return tuple(rule for rule in rules if (rule.on and rule.id not in rules_off) or rule.id in rules_on)


def _prices(rule: TwinRule, design: Design) -> bool:
    """Whether a rule of the price model has anything to do here."""
    if rule.changes == "coloured_grade":
        return any(stone.gem not in SOLD_BY_CARAT for stone in design.stones)
    return rule.changes in ("price", "labour")


def _in_words(rule: TwinRule) -> str:
    ends = [end for end in (rule.low, rule.high) if end is not None] or [rule.mid or 0]
    if rule.unit == "note" or rule.changes == "coloured_grade" or ends == [0]:
        return f"{rule.label}."
    unit = {"x": " times", "ratio": " times"}.get(rule.unit, f" {rule.unit}")
    return f"{rule.label}: {' to '.join(f'{end:g}' for end in ends)}{unit}."


def _size(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    if design.inner_diameter_mm is None or not rule.mid:
        return None
    given = design.inner_diameter_mm
    stocked = [row for row in reference.ring_sizes if row.us_size % rule.mid == 0]
    size = min(stocked, key=lambda row: abs(row.inner_diameter_mm - given))
    if abs(size.inner_diameter_mm - given) < SAME_SIZE_MM:
        return None
    what = f"Stock size: US {size.us_size:g} ({size.inner_diameter_mm:.2f} mm inside) instead of {given:.2f} mm."
    return design.model_copy(update={"inner_diameter_mm": round(size.inner_diameter_mm, 3)}), what


def _thickness(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    if design.piece != "ring":
        return None
    least = reference.workshop[f"band_thickness_{reference.metals[design.metal].kind}"].low
    return _slimmer(design, "thickness_mm", max(rule.mid or 0, least or 0), "A lighter band", "thick")


def _width(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    if design.piece != "ring":
        return None
    least = reference.workshop["band_width"].low
    return _slimmer(design, "width_mm", max(rule.mid or 0, least or 0), "A lighter band", "wide")


def _thinner(pieces: Collection[str], words: str) -> Rule:
    """A rule that casts these pieces thinner, never under the workshop's least."""

    def apply(design: Design, rule: TwinRule, reference: Reference) -> Applied:
        if design.piece not in pieces:
            return None
        least = Range.of(reference.workshop["any_cast_section"]).mid
        return _slimmer(design, "thickness_mm", max(rule.mid or 0, least), words, "thick")

    return apply


def _has_chain(design: Design) -> bool:
    """Whether there is a chain to change; a style with a choice of chains may offer none."""
    return design.options.get("chain", True) not in (False, NO_CHAIN)


def _slimmer(design: Design, option: str, target_mm: float, what: str, word: str) -> Applied:
    given = design.options.get(option)
    if not isinstance(given, int | float) or isinstance(given, bool) or given <= target_mm:
        return None
    return _with_option(design, option, target_mm), f"{what}: {target_mm:g} mm {word} instead of {given:g} mm."


def _chain_length(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    given = design.options.get("chain_length_mm")
    if not isinstance(given, int | float) or isinstance(given, bool) or not rule.mid or not _has_chain(design):
        return None
    stock_mm = round(given / rule.mid) * rule.mid
    if stock_mm == given or not stock_mm:
        return None
    return _with_option(design, "chain_length_mm", stock_mm), f"A stock chain: {stock_mm:g} mm instead of {given:g} mm."


def _lesser(option: str, scale: tuple[str, ...], words: str) -> Rule:
    """A rule that gives an option the plainer choice, where the client has a better one; `scale` is best first."""

    def apply(design: Design, rule: TwinRule, reference: Reference) -> Applied:
        given = design.options.get(option)
        if given not in scale or scale.index(str(given)) >= scale.index(rule.to) or not _has_chain(design):
            return None
        return _with_option(design, option, rule.to), words.format(rule.to, given)

    return apply


def _prongs(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    given = design.options.get("prongs")
    if not isinstance(given, int) or given <= int(rule.to):
        return None
    return _with_option(design, "prongs", int(rule.to)), f"A standard head: {rule.to} prongs instead of {given}."


def _stone_size(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    def stock(stone: Stone) -> Stone:
        if (stone.gem in SOLD_BY_CARAT) != (rule.unit == "ct") or not rule.mid:
            return stone
        size = _stock_weight if rule.unit == "ct" else _calibrated
        return size(stone, rule, rule.mid, reference)

    return _with_stones(design, stock, lambda before, after: f"{_size_words(after)} instead of {_size_words(before)}")


def _calibrated(stone: Stone, rule: TwinRule, step_mm: float, reference: Reference) -> Stone:
    """The nearest calibrated length and width; small stones come in tenths of a millimetre on every counter."""
    if stone.length_mm <= (reference.workshop["prong_small_stone_up_to"].mid or 0):
        return stone
    return _resized(stone, *(round(mm / step_mm) * step_mm for mm in (stone.length_mm, stone.width_mm)))


def _stock_weight(stone: Stone, rule: TwinRule, step_ct: float, reference: Reference) -> Stone:
    """The nearest stock weight by the trade's formulas, in the same outline; melee stays as it is."""
    weight_ct = nominal_weight_ct(stone, reference)
    stock_ct = round(weight_ct / step_ct) * step_ct
    if (weight_ct >= 1) != rule.id.endswith("from_1ct") or not stock_ct or abs(stock_ct / weight_ct - 1) < SAME_WEIGHT:
        return stone
    scale = (stock_ct / weight_ct) ** (1 / 3)
    return _resized(stone, stone.length_mm * scale, stone.width_mm * scale)


def _resized(stone: Stone, length_mm: float, width_mm: float) -> Stone:
    sizes = {"length_mm": round(length_mm, 3), "width_mm": round(width_mm, 3)}
    if all(getattr(stone, name) == mm for name, mm in sizes.items()):
        return stone
    return stone.model_copy(update=sizes | USUAL_PROPORTIONS)


def _usual_proportions(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    def usual(stone: Stone) -> Stone:
        chosen = any(getattr(stone, name) is not None for name in USUAL_PROPORTIONS)
        return stone.model_copy(update=USUAL_PROPORTIONS) if chosen else stone

    return _with_stones(design, usual, lambda *_: "cut to the usual proportions")


def nominal_weight_ct(stone: Stone, reference: Reference) -> float:
    """What the trade takes a diamond of this outline to weigh, at its cut's usual depth."""
    if stone.cut == ROUND:
        return (stone.length_mm / (reference.stones["diamond_diameter_factor"].mid or 1)) ** 3
    cut = reference.cuts[stone.cut]
    depth_mm = stone.width_mm * cut.depth_pct / 100
    return (
        stone.length_mm * stone.width_mm * depth_mm * _weight_factor(cut, stone.length_mm / stone.width_mm, reference)
    )


def _weight_factor(cut: Cut, ratio: float, reference: Reference) -> float:
    if cut.factor_by_ratio:
        ratios, factors = zip(*cut.factor_by_ratio, strict=True)
        return float(np.interp(ratio, ratios, factors))
    given = [f for f in (cut.weight_factor_ct_per_mm3, cut.weight_factor_high_ct_per_mm3) if f is not None]
    if given:
        return sum(given) / len(given)
    # Cuts that the trade knows for coloured stones only: theirs is per unit of specific gravity.
    coloured = [f for f in (cut.coloured_factor_ct_per_mm3, cut.coloured_factor_high_ct_per_mm3) if f is not None]
    return reference.gems["diamond"].specific_gravity * sum(coloured) / len(coloured)


def _colour(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    return _graded(design, "colour", USUAL_COLOUR, rule.to, COLOURS)


def _clarity(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    return _graded(design, "clarity", USUAL_CLARITY, rule.to, CLARITIES)


def _graded(design: Design, field: str, usual: str, to: str, scale: tuple[str, ...]) -> Applied:
    """The commercial grade, for natural diamonds that are better than it; a lesser choice stays."""

    def commercial(stone: Stone) -> Stone:
        given = getattr(stone, field) or usual
        if stone.gem != GRADED or scale.index(given) >= scale.index(to):
            return stone
        return stone.model_copy(update={field: to})

    return _with_stones(
        design, commercial, lambda before, _: f"{field} {to} instead of {getattr(before, field) or usual}"
    )


def _plain(field: str, words: str) -> Rule:
    """A rule that gives a field of the design one plain value, the rule's `to` or nothing."""

    def apply(design: Design, rule: TwinRule, reference: Reference) -> Applied:
        default: Any = () if field == "inscriptions" else None
        value = rule.to or default
        if getattr(design, field) == value:
            return None
        return design.model_copy(update={field: value}), words

    return apply


def _metal(design: Design, rule: TwinRule, reference: Reference) -> Applied:
    if design.metal != rule.changes.partition(":")[2]:
        return None
    after, before = reference.metals[rule.to].label, reference.metals[design.metal].label
    return design.model_copy(update={"metal": rule.to}), f"{after} instead of {before}."


_RULES: Mapping[str, Rule] = {
    "inner_diameter_mm": _size,
    "thickness_mm": _thickness,
    "width_mm": _width,
    "plate_thickness_mm": _thinner(("pendant", "earrings"), "A lighter casting"),
    "bangle_thickness_mm": _thinner(("bracelet",), "A lighter casting"),
    "chain_weight": _lesser("chain_weight", CHAIN_WEIGHTS, "A {} chain instead of a {} one."),
    "chain_length_mm": _chain_length,
    "clasp_grade": _lesser("clasp_grade", CLASP_GRADES, "A {} clasp instead of a {} one."),
    "back": _lesser("back", BACKS, "Friction backs ({}) instead of {} backs."),
    "prongs": _prongs,
    "stone_size": _stone_size,
    "stone_proportions": _usual_proportions,
    "colour": _colour,
    "clarity": _clarity,
    "finish": _plain("finish", "A machine-polished finish."),
    "accent_metal": _plain("accent_metal", "One metal throughout."),
    "inscriptions": _plain("inscriptions", "No free inscription; at most initials or a date after the sale."),
    "metal_sourcing": _plain("metal_sourcing", "Metal of undeclared origin, counted as mined."),
    "metal": _metal,
}


def _with_option(design: Design, option: str, value: float | str) -> Design:
    return design.model_copy(update={"options": {**design.options, option: value}})


def _with_stones(design: Design, change: Callable[[Stone], Stone], words: Callable[[Stone, Stone], str]) -> Applied:
    """Every role of stones changed; the words name the roles that differ."""
    after = tuple(change(stone) for stone in design.stones)
    said = [
        f"{stones_named(new.role, piece=design.piece)}: {words(old, new)}"
        for old, new in zip(design.stones, after, strict=True)
        if new is not old
    ]
    if not said:
        return None
    what = "; ".join(said)
    return design.model_copy(update={"stones": after}), f"{what[0].upper()}{what[1:]}."


def _size_words(stone: Stone) -> str:
    if stone.length_mm == stone.width_mm:
        return f"{stone.length_mm:.2f} mm"
    return f"{stone.length_mm:.2f} × {stone.width_mm:.2f} mm"
