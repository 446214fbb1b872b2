"""The one call a screen needs: a design in, everything known about it and its shelf twin out."""

import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from pydantic import ValidationError

from configurator import geometry, reference, units, wording
from configurator.design import Design, InvalidDesign, Stone
from configurator.geometry.piece import Finding, Piece
from configurator.measures import Measures
from configurator.models import durability, footprint, pricing, resale, schedule, scorecard
from configurator.models.made_to_order import AS_TABLED_PCT
from configurator.models.ranges import USUAL_DRAWS, Draws, Range
from configurator.models.resale_routes import StoneValue, goes_by_price, stone_values
from configurator.models.twin import Change, Twin, twin
from configurator.reference import Metal, Reference
from configurator.scenario import InvalidScenario, Outlook, Scenario, Wearer

SHAPES_KEPT = 16  # a shape is about 1 MB of arrays
EVALUATIONS_KEPT = 64
PIECES_KEPT = 12  # with half a megabyte of draws each
PARTS_KEPT = 4  # of each kind for a piece
_LIGHTER_PARTS = (
    "stock_chain_length",
    "light_chain",
    "light_clasp",
    "friction_backs",
    "thin_plate",
    "light_bangle",
    "light_band_width",
)
_STONE_STEPS = ("stock_carat_step_below_1ct", "stock_carat_step_from_1ct", "stock_stone_mm_step")
_LEFT_OUT: tuple[tuple[str, ...], ...] = ((), _STONE_STEPS, (*_STONE_STEPS, *_LIGHTER_PARTS))  # until it can be made


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoneWeight:
    """The stones of one role with their weight, which needs the gem as well as the shape."""

    role: str
    gem: str
    cut: str
    count: int
    length_mm: float
    width_mm: float
    depth_mm: float
    weight_ct: float  # of each


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Everything known about one piece."""

    design: Design
    measures: Measures
    mass_g: float
    stones: tuple[StoneWeight, ...]
    quote: pricing.Quote
    durability: durability.Durability
    resale: resale.Resale
    footprint: footprint.Footprint
    schedule: schedule.Schedule
    findings: tuple[Finding, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The client's piece, its shelf twin through the same code, and the ten dimensions between them."""

    scenario: Scenario
    custom: Side
    twin: Side
    twin_changes: tuple[Change, ...]
    overall: scorecard.Overall
    scorecard: tuple[scorecard.Score, ...]
    reference_version: str


def complete(design: Design) -> Design:
    """The design with every default filled in, and every id known to this shop.

    Raises `InvalidDesign` naming the id that is not sold and the nearest that is.
    """
    tables = reference.load()
    metals = {metal.id: metal for metal in sold_metals(tables)}
    _known("metal", design.metal, metals)
    if design.accent_metal:
        _known("accent_metal", design.accent_metal, metals)
    for stone in design.stones:
        _known(f"the {stone.role} stone's gem", stone.gem, tables.gems)
    return geometry.complete(design)


def sold_metals(tables: Reference) -> list[Metal]:
    """The metals that a cast piece with set stones can be made of, in the order of the table."""
    return [m for m in tables.metals.values() if m.castable and not m.surface_only and m.kind != "other"]


def bare(design: Design) -> Design:
    """A complete design without what its shape does not depend on: metals, finish, gems and grades."""
    usual = Stone.model_fields
    stones = [
        stone.model_copy(update={"gem": usual["gem"].default, "colour": None, "clarity": None})
        for stone in design.stones
    ]
    fields = Design.model_fields
    update = {name: fields[name].default for name in ("metal", "accent_metal", "finish", "metal_sourcing")}
    return design.model_copy(update={"stones": tuple(stones), **update})


def shape(design: Design) -> Piece:
    """The piece of a complete design, built once for all its metals and gems. Raises `InvalidDesign`."""
    return _shape(bare(design).to_json())


@lru_cache(maxsize=SHAPES_KEPT)
def _shape(bare_json: str) -> Piece:
    return geometry.build(Design.from_json(bare_json))


def restyled(design: Design, style: str, earlier: Sequence[Stone] = (), piece: str | None = None) -> Design:
    """The design in another style, of another kind of `piece` if given, keeping every choice the new style has.

    `earlier` are stones the client chose before, for roles that this design lacks. Words whose place the new style
    lacks move to its first place when none of them can stay, and are left out otherwise. Raises `InvalidDesign`.
    """
    piece = piece or design.piece
    new = geometry.STYLES[piece].get(style)
    if new is None:
        raise InvalidDesign(f"{style} is not a style of {piece}; {_nearest(style, geometry.STYLES[piece])}")
    kept = {name: value for name, value in design.options.items() if name in new.Options.model_fields}
    roles = {role.name for role in new.ROLES}
    chosen = {stone.role: stone for stone in (*earlier, *design.stones)}
    stones = tuple(stone for role, stone in chosen.items() if role in roles)
    moved: dict[str, Any] = {"piece": piece, "style": style}
    if piece != design.piece:
        moved["inner_diameter_mm"] = None
    plain = geometry.complete(design.model_copy(update=moved | {"options": {}, "stones": (), "inscriptions": ()}))
    places = geometry.places(plain)
    placed = tuple(line for line in design.inscriptions if line.place in places)
    if not placed and places:
        moved_to = {"place": places[0], "arrangement": "line"}  # there may be no flat face for a monogram
        placed = tuple(line.model_copy(update=moved_to) for line in design.inscriptions)
    # A value inside the old style's bounds may be outside the new one's, and a stone of no use to it.
    for lines in (placed, ()):
        for options, kept_stones in ((kept, stones), ({}, stones), (kept, ())):
            try:
                update = {"options": options, "stones": kept_stones, "inscriptions": lines}
                found = geometry.complete(design.model_copy(update=moved | update))
                shape(found)
                return found
            except (InvalidDesign, ValidationError):
                continue
    return plain


def evaluate(design: Design, scenario: Scenario | None = None) -> Evaluation:
    """Evaluates a design and its shelf twin.

    Raises `InvalidDesign` when the design cannot be made, `InvalidScenario` when its scenario names what is unknown.
    """
    scenario = scenario or Scenario()
    check(scenario)
    return _evaluate(complete(design).to_json(), scenario.model_dump_json(), reference.load())


def check(scenario: Scenario) -> None:
    """Raises `InvalidScenario` in words when it names what is unknown here, or when no dimension counts."""
    if scenario.channel not in resale.CHANNELS:
        known = wording.listed(resale.CHANNELS)
        raise InvalidScenario(f"channel is “{scenario.channel}”, which is no way of selling that we know: {known}.")
    tables = reference.load()
    if scenario.country not in tables.countries:
        known = wording.listed(list(tables.countries))
        raise InvalidScenario(f"country is “{scenario.country}”, whose taxes and holidays we do not know: {known}.")
    strange = next((id for id in (*scenario.rules_off, *scenario.rules_on) if id not in tables.twin_rules), None)
    if strange is not None:
        (close,) = difflib.get_close_matches(strange, list(tables.twin_rules), n=1, cutoff=0)
        raise InvalidScenario(
            f"“{strange}” is no rule that makes the off-the-shelf piece; the nearest is {close}, and "
            "`python -m configurator options` lists all."
        )
    try:
        scorecard.check_weights(scenario.weights)
    except ValueError as error:
        raise InvalidScenario(str(error)) from None


def alone(design: Design, scenario: Scenario | None = None) -> Side:
    """A design without its twin, uncached: for trying many. Raises `InvalidDesign` when it cannot be made."""
    return one_side(complete(design), "custom", scenario or Scenario(), reference.load())


@lru_cache(maxsize=EVALUATIONS_KEPT)
def _evaluate(design_json: str, scenario_json: str, tables: Reference) -> Evaluation:
    """Kept for each state of the tables, so that a price the shop takes up is in the next evaluation.

    Kept for every reader too: a sentence with an amount is a `wording.Sentence`, which follows whoever reads it.
    """
    scenario = Scenario.model_validate_json(scenario_json)
    shelf = _shelf(design_json, scenario.rules_off, scenario.rules_on, tables)
    custom_side = parts_of(design_json, "custom", tables).side(scenario)
    twin_side = parts_of(shelf.design.to_json(), "mass", tables).side(scenario)
    scores = scorecard.scorecard(custom_side, twin_side, tables)
    return Evaluation(
        scenario=scenario,
        custom=custom_side,
        twin=twin_side,
        twin_changes=shelf.changes,
        scorecard=scores,
        overall=scorecard.overall(scores, scenario.weights),
        reference_version=tables.version,
    )


def off_the_shelf(design: Design, scenario: Scenario, tables: Reference) -> Twin:
    """The twin of a complete design by the scenario's rules."""
    return _shelf(design.to_json(), scenario.rules_off, scenario.rules_on, tables)


@lru_cache(maxsize=PIECES_KEPT)
def _shelf(design_json: str, off: tuple[str, ...], on: tuple[str, ...], tables: Reference) -> Twin:
    """The twin as its style can make it: stock stones, then lighter parts, that do not fit stay as the client chose."""
    design = Design.from_json(design_json)
    for left_out in _LEFT_OUT:
        found = twin(design, tables, rules_off=(*off, *left_out), rules_on=set(on).difference(left_out), made=_offered)
        found = dataclasses.replace(found, design=complete(found.design))
        try:
            shape(found.design)
            break
        except InvalidDesign:
            continue
    return found


def _offered(design: Design) -> bool:
    """Whether every choice is one that the style has."""
    try:
        complete(design)
    except InvalidDesign:
        return False
    return True


def one_side(
    design: Design, route: pricing.Route, scenario: Scenario, tables: Reference, draws: Draws = USUAL_DRAWS
) -> Side:
    """Everything about one complete design as it is made or bought by a route; nothing is kept."""
    return Parts(design, route, tables, draws).side(scenario)


@lru_cache(maxsize=PIECES_KEPT)
def parts_of(design_json: str, route: pricing.Route, tables: Reference) -> "Parts":
    """What is known about a complete design, kept from one scenario to the next."""
    return Parts(Design.from_json(design_json), route, tables, USUAL_DRAWS)


class Parts:
    """What is known about one complete design as it is made or bought by a route, worked out part by part.

    A part is handed those fields of the scenario that it depends on, and cannot see the others; the last few of each
    kind are kept, so that a change of the scenario works out what it touches and nothing else.
    """

    def __init__(self, design: Design, route: pricing.Route, tables: Reference, draws: Draws) -> None:
        self._design, self._route, self._tables, self._draws = design, route, tables, draws
        self._piece = shape(design)
        self._measures = self._piece.measures
        self._quote = lru_cache(maxsize=PARTS_KEPT)(self._price)
        self._durability = lru_cache(maxsize=PARTS_KEPT)(self._wear)
        self._stones = lru_cache(maxsize=1)(self._value)
        self._sales = lru_cache(maxsize=1)(self._sell)  # holds draws of many years
        self._resale = lru_cache(maxsize=PARTS_KEPT)(self._own)
        self._schedule = lru_cache(maxsize=PARTS_KEPT)(self._plan)

    def side(self, scenario: Scenario) -> Side:
        """All parts under one scenario."""
        design, measures, tables = self._design, self._measures, self._tables
        custom = self._route == "custom"
        terms = (scenario.labour_pct, ()) if custom else (AS_TABLED_PCT, scenario.rules_off)
        bought = (scenario.country, scenario.tax_pct, *terms)
        dates = (scenario.start, scenario.occasion, scenario.country) if scenario.start else ()
        return Side(
            design=design,
            measures=measures,
            mass_g=units.mass_g(measures.metal_volume_mm3, tables.metals[design.metal].density_g_cm3),
            stones=_weights(design, measures, tables),
            quote=self._quote(*bought),
            durability=self._durability(scenario.wearer),
            resale=self._resale(
                *bought, scenario.wearer, scenario.metal_outlook, scenario.channel, scenario.discount_rate_pct
            ),
            footprint=self._footprint,
            schedule=self._schedule(*dates),
            findings=(*self._piece.findings, *geometry.metal_findings(design, measures)),
        )

    @cached_property
    def _footprint(self) -> footprint.Footprint:
        return footprint.footprint(self._design, self._measures, self._tables, self._draws)

    def _value(self, commercial: bool) -> tuple[StoneValue, ...]:
        return stone_values(self._design, self._measures, self._tables, self._draws, commercial=commercial)

    def _price(
        self, country: str, tax_pct: float | None, labour_pct: float, rules_off: tuple[str, ...]
    ) -> pricing.Quote:
        return pricing.price(
            self._design,
            self._measures,
            self._tables,
            self._route,
            draws=self._draws,
            rules_off=rules_off,
            labour_pct=labour_pct,
            country=country,
            tax_pct=tax_pct,
        )

    def _wear(self, wearer: Wearer) -> durability.Durability:
        return durability.wear(self._design, self._measures, self._tables, wearer=wearer, draws=self._draws)

    def _sell(
        self, wearer: Wearer, outlook: Outlook, channel: str, commercial: bool, paid: Range | None
    ) -> resale.Sales:
        return resale.sales(
            self._design,
            self._measures,
            self._stones(commercial),
            paid,
            self._durability(wearer),
            self._tables,
            outlook=outlook,
            channel=channel,
            draws=self._draws,
        )

    def _own(
        self,
        country: str,
        tax_pct: float | None,
        labour_pct: float,
        rules_off: tuple[str, ...],
        wearer: Wearer,
        outlook: Outlook,
        channel: str,
        rate_pct: float,
    ) -> resale.Resale:
        quote = self._quote(country, tax_pct, labour_pct, rules_off)
        paid = quote.total_usd
        by_price = goes_by_price(self._tables.metals[self._design.metal])
        sales = self._sales(wearer, outlook, channel, quote.commercial, paid if by_price else None)
        return resale.owned(sales, paid, self._durability(wearer), self._tables, rate_pct=rate_pct, draws=self._draws)

    def _plan(self, start: date | None = None, occasion: date | None = None, country: str = "us") -> schedule.Schedule:
        return schedule.schedule(
            self._design,
            self._measures,
            self._tables,
            self._route,
            draws=self._draws,
            start=start,
            occasion=occasion,
            country=country,
        )


def _weights(design: Design, measures: Measures, tables: Reference) -> tuple[StoneWeight, ...]:
    found = []
    for stone, measured in ((design.stone(m.role), m) for m in measures.stones):
        assert stone is not None  # geometry measures only the design's own roles
        weight = units.weight_ct(measured.volume_mm3, tables.gems[stone.gem].specific_gravity)
        found.append(
            StoneWeight(
                role=stone.role,
                gem=stone.gem,
                cut=stone.cut,
                count=measured.count,
                length_mm=measured.length_mm,
                width_mm=measured.width_mm,
                depth_mm=measured.depth_mm,
                weight_ct=weight,
            )
        )
    return tuple(found)


def _known(field: str, given: str, sold: Mapping[str, Any]) -> None:
    if given not in sold:
        raise InvalidDesign(
            f"{field[0].upper()}{field[1:]} is “{given}”, which is not sold here; {_nearest(given, sold)}"
        )


def _nearest(given: str, known: Any) -> str:
    close = difflib.get_close_matches(given, list(known), n=3, cutoff=0.5) or list(known)[:3]
    return f"try {', '.join(close)}."
