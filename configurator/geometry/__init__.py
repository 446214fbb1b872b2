"""Design in, measured and castable solids out: `complete`, `shape_key`, `build`, `cast`, and the tables of what exists.

Nothing here depends on the metal or on the species of a stone: equal `shape_key`s mean equal shapes.
"""

import functools
import importlib
import json
import pkgutil
from collections.abc import Sequence
from typing import cast as typed

from pydantic import BaseModel, ValidationError

from configurator import reference
from configurator.design import Design, InvalidDesign, Place, Stone, in_words
from configurator.geometry import checks, gems
from configurator.geometry.casting import checked_casting
from configurator.geometry.cuts.kinds import Proportions, form_of, spoken, with_article
from configurator.geometry.gems import CUTS
from configurator.geometry.jewel import Jewel
from configurator.geometry.mountings import Lettering
from configurator.geometry.piece import Casting, Finding, Piece
from configurator.geometry.styles import bracelets, earrings, pendants, rings
from configurator.geometry.styles.fields import Role, Style
from configurator.measures import Measures

__all__ = [
    "AS_LONG_AS_WIDE",
    "CUTS",
    "FIRST_STYLES",
    "STYLES",
    "build",
    "cast",
    "complete",
    "form_of",
    "metal_findings",
    "places",
    "proportions",
    "shape_key",
]

USUAL_INNER_DIAMETER_MM = 17.32  # US 7, the size most rings are first made in
_USUAL_COLOUR, _USUAL_CLARITY = "G", "VS2"
AS_LONG_AS_WIDE = ("round_brilliant", "princess", "round_cabochon", "sphere")


def _discovered(package: object) -> dict[str, Style]:
    path, name, first = package.__path__, package.__name__, package.FIRST  # type: ignore[attr-defined]
    modules = sorted((info.name for info in pkgutil.iter_modules(path)), key=lambda module: (module != first, module))
    return {module: typed(Style, importlib.import_module(f"{name}.{module}")) for module in modules}


_PACKAGES = {"ring": rings, "pendant": pendants, "earrings": earrings, "bracelet": bracelets}
STYLES: dict[str, dict[str, Style]] = {piece: _discovered(package) for piece, package in _PACKAGES.items()}
FIRST_STYLES: dict[str, str] = {piece: package.FIRST for piece, package in _PACKAGES.items()}


def complete(design: Design) -> Design:
    """The design with every option and every role of stones filled in; completing twice changes nothing.

    Raises `InvalidDesign` for what this style cannot be, in one sentence that says what would work.
    """
    style = _style(design)
    options = _options(design, style)
    stones = _stones(design, style, options)
    inner_diameter_mm = design.inner_diameter_mm
    if design.piece != "ring":
        if inner_diameter_mm is not None:
            raise InvalidDesign(f"inner_diameter_mm is the size of a finger; leave it out for {_spoken(style)}.")
    elif inner_diameter_mm is None:
        inner_diameter_mm = USUAL_INNER_DIAMETER_MM
    checks.refuse_impossible(options, inner_diameter_mm, stones)
    return Design.from_dict(
        design.model_dump(mode="json")
        | {
            "options": options.model_dump(mode="json"),
            "inner_diameter_mm": inner_diameter_mm,
            "stones": [stone.model_dump(mode="json") for stone in stones],
        }
    )


def shape_key(design: Design) -> str:
    """Text that is equal for equal shapes: everything of a complete design but metals, finish, gems and grades."""
    stones = [[stone.role, *gems.sizes_of(stone)] for stone in sorted(design.stones, key=lambda stone: stone.role)]
    lines = [line.model_dump(mode="json") for line in design.inscriptions]
    shape = [design.piece, design.style, design.options, design.inner_diameter_mm, stones, lines]
    return json.dumps(shape, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def build(design: Design) -> Piece:
    """A complete design, to be drawn and measured when asked. Raises `InvalidDesign` when it cannot be made."""
    jewel = _jewel(design)
    lines = jewel.letter(design.inscriptions)
    return Piece(
        jewel.bore_mm,
        jewel.pose,
        drawn=functools.cache(lambda: (jewel.parts(lines), jewel.stones())),
        measured=functools.cache(lambda: _measured(jewel, design.style, lines)),
    )


def cast(design: Design) -> Casting:
    """One watertight solid of a complete design with every check run. Raises `InvalidDesign`."""
    jewel = _jewel(design)
    lines = jewel.letter(design.inscriptions)
    measures, early = _measured(jewel, design.style, lines)
    findings = (*early, *metal_findings(design, measures))
    return checked_casting(jewel, lines, findings, design.accent_metal not in (None, design.metal))


def places(design: Design) -> tuple[Place, ...]:
    """Where a complete design may be lettered."""
    return _jewel(design).places


def metal_findings(design: Design, measures: Measures) -> tuple[Finding, ...]:
    """What the maker would object to about this shape in this metal."""
    metal = reference.load().metals.get(design.metal)
    if metal is None:
        return ()
    weighed = checks.on_mass(design.piece, metal.kind, measures, metal.density_g_cm3)
    return (*checks.on_metal(metal.kind, measures), *weighed)


def proportions(stone: Stone) -> Proportions:
    """The table, crown, girdle and pavilion of a stone that can be cut, as fractions of its width."""
    return gems.proportions(gems.sizes_of(stone))


def _measured(jewel: Jewel, style: str, lines: Sequence[Lettering]) -> tuple[Measures, tuple[Finding, ...]]:
    measures = jewel.measure(style, lines)
    return measures, (*checks.on_measures(jewel, measures), *(finding for line in lines for finding in line.findings))


def _jewel(design: Design) -> Jewel:
    style = _style(design)
    stones = {stone.role: stone for stone in design.stones}
    return style.build(_options(design, style), design.inner_diameter_mm, stones)


def _style(design: Design) -> Style:
    styles = STYLES.get(design.piece)
    if styles is None:
        raise InvalidDesign(f"piece is “{design.piece}”, which is not made here yet; it can be {', '.join(STYLES)}.")
    style = styles.get(design.style)
    if style is None:
        raise InvalidDesign(f"There is no {design.piece} called “{design.style}”; there are {', '.join(styles)}.")
    return style


def _spoken(style: Style) -> str:
    return with_article(style.LABEL.lower())


def _options(design: Design, style: Style) -> BaseModel:
    try:
        return style.Options.model_validate(design.options)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "extra_forbidden":
            known = ", ".join(style.Options.model_fields)
            raise InvalidDesign(
                f"{_spoken(style).capitalize()} has no option “{first['loc'][0]}”; its options are {known}."
            ) from None
        raise InvalidDesign(in_words(error)) from None


def _stones(design: Design, style: Style, options: BaseModel) -> tuple[Stone, ...]:
    """The stones of every role that these options use; stones of the style's other roles are left out."""
    for stone in design.stones:
        if stone.role not in style.ROLES_BY_NAME:
            roles = ", ".join(style.ROLES_BY_NAME)
            holds = f"its stones are {roles}" if roles else "it carries no stones"
            raise InvalidDesign(f"{_spoken(style).capitalize()} has no “{stone.role}” stones; {holds}.")
    return tuple(_stone(style, role, design.stone(role.name)) for role in style.ROLES if role.used(options))


def _holding_spheres() -> str:
    found = (style for styles in STYLES.values() for style in styles.values())
    return " or ".join(style.LABEL for style in found if any("sphere" in role.cuts for role in style.ROLES))


def _stone(style: Style, role: Role, chosen: Stone | None) -> Stone:
    if chosen is None:
        width_mm = role.usual_width_mm
        length_mm = width_mm * reference.load().cuts[role.usual_cut].length_to_width_default
        chosen = Stone(role=role.name, gem=role.usual_gem, cut=role.usual_cut, length_mm=length_mm, width_mm=width_mm)
    what = f"The {role.label.lower()}"
    gem = reference.load().gems.get(chosen.gem)
    if gem is not None and gem.form == "sphere" and form_of(chosen.cut) != "sphere":
        fits = "give it the cut sphere" if "sphere" in role.cuts else f"choose the style {_holding_spheres()}"
        raise InvalidDesign(f"{what} is a pearl, and a pearl is always a sphere: {fits}, or choose another stone.")
    if chosen.cut not in role.cuts:
        raise InvalidDesign(f"{what} cannot be of cut “{chosen.cut}”; it can be {', '.join(role.cuts)}.")
    low, high = role.width_mm
    if not low <= chosen.width_mm <= high:
        raise InvalidDesign(
            f"{what}: {chosen.width_mm:g} mm wide does not fit; {_spoken(style)} takes {low:g} to {high:g} mm."
        )
    if chosen.cut in AS_LONG_AS_WIDE and chosen.length_mm != chosen.width_mm:
        label = reference.load().cuts[chosen.cut].label.lower()
        raise InvalidDesign(
            f"{what} is a {label} of {chosen.length_mm:g} × {chosen.width_mm:g} mm, but a {label} is as long as wide; "
            f"give {chosen.width_mm:g} mm for both, or choose another cut."
        )
    gems.cut_stone(*gems.sizes_of(chosen))  # its own sentence when impossible
    _refuse_uncommon(what, chosen)
    if gem is None or not gem.graded:
        if chosen.colour or chosen.clarity:
            name = chosen.gem if gem is None else gem.label.lower()
            raise InvalidDesign(f"{what} ({name}) is not graded as diamonds are: leave its colour and clarity out.")
        return chosen
    graded = {"colour": chosen.colour or _USUAL_COLOUR, "clarity": chosen.clarity or _USUAL_CLARITY}
    return chosen.model_copy(update=graded)


def _refuse_uncommon(what: str, stone: Stone) -> None:
    """Refuses a chosen table or crown outside what the trade cuts."""
    row = reference.load().cuts[stone.cut]
    chosen = (
        ("table", stone.table_pct, row.table_pct_low, row.table_pct_high),
        ("crown height", stone.crown_height_pct, row.crown_height_pct_low, row.crown_height_pct_high),
    )
    for name, pct, low, high in chosen:
        if pct is not None and low is not None and high is not None and not low <= pct <= high:
            raise InvalidDesign(
                f"{what} cannot have a {name} of {pct:g} % of its width; {spoken(stone.cut)} is cut with "
                f"{low:g} to {high:g} %."
            )
