"""The bench work a design asks for, counted: casting, cleaning, setting, lettering, finish, plating."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from configurator.design import Design
from configurator.measures import Fitting, InscriptionMeasure, Measures, StoneMeasure, stones_named
from configurator.models import bought_parts
from configurator.models.ledger import Figure, Ledger, Row
from configurator.models.ranges import Range

# Inside and on a back, letters are shallow and small: laser work. Where they are seen, a hand engraver cuts them.
ENGRAVED_BY = {"inside": "laser", "back": "laser", "outside": "hand", "front": "hand"}
SMOOTH_BANDS = ("plain_band", "stacking_band")
STIFF_PARTS = 2  # a hinged bangle has a hinge and a catch; more joints are those of links
FITTED_BY: Mapping[Fitting, str] = {
    "chain": "hang_chain",
    "clasp": "attach_clasp",
    "jump_ring": "solder_jump_ring",
    "bail": "solder_jump_ring",
    "hinge": "fit_hinge",
    "post": "fit_post",
    "hook": "fit_post",
}
ALWAYS_FITTED = ("jump_ring", "hinge")  # work even where it is part of a casting
HOTTER = ("platinum", "palladium")  # cast in a furnace of their own, at another price


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """One kind of work: `usd` is a figure for all of it, `words` says how often what is done."""

    item: str
    label: str
    usd: Figure
    words: str
    rows: tuple[Row, ...]


def work(design: Design, measures: Measures, ledger: Ledger) -> tuple[Work, ...]:
    """Every job from metal to a finished piece, at a small workshop's rates, design and modelling apart."""
    return tuple(_work(design, measures, ledger))


def _work(design: Design, measures: Measures, ledger: Ledger) -> Iterator[Work]:
    tables = ledger.reference
    metal, labour, rows = tables.metals[design.metal], tables.labour, tables.assumptions
    shaped, over_ring = _shaping(design, measures, ledger), _over_ring(measures, ledger)
    cleaning = (labour["pre_polish"], labour["final_polish"])
    finish = {"satin": "satin_or_brushed_usd", "brushed": "satin_or_brushed_usd", "hammered": "hammered_usd"}
    finished = (*cleaning, rows[finish[design.finish]]) if design.finish in finish else cleaning
    if measures.castings:
        yield Work(
            "making",
            "Making and finishing",
            shaped.usd + over_ring.usd * sum(ledger.of(row) for row in finished),
            f"{shaped.words}, cleaning{over_ring.words}, {design.finish} finish",
            (*shaped.rows, *finished, *over_ring.rows),
        )
    yield from _assembly(measures, ledger)
    for stone in measures.stones:
        yield _setting(stone, measures.piece, ledger)
    for number, inscription in enumerate(measures.inscriptions, start=1):
        yield _lettering(number, inscription, ledger)
    if metal.rhodium_plated == "yes":
        yield Work(
            "rhodium", "Rhodium plating", ledger.of(labour["rhodium_plate"]), "1 job", (labour["rhodium_plate"],)
        )
    if metal.plating == "gold":
        yield Work(
            "gilding", "Gold plating", ledger.of(labour["replate_vermeil"]), "1 job", (labour["replate_vermeil"],)
        )


def _lettering(number: int, inscription: InscriptionMeasure, ledger: Ledger) -> Work:
    """A line of lettering by its characters, with a least charge; a drawing as the job that it is."""
    labour, by, item = ledger.reference.labour, ENGRAVED_BY[inscription.place], f"engraving_{number}"
    if inscription.drawn:
        done = labour["raised_lettering_minimum" if inscription.raised else f"{by}_engraving_drawing"]
        rows, words = (labour["trace_drawing"], done), "raised" if inscription.raised else f"cut by {by}"
        label = f"Drawing, {inscription.place}"
        return Work(item, label, ledger.of(rows[0]) + ledger.of(done), f"1 drawing traced and {words}", rows)
    kind = "raised_lettering" if inscription.raised else f"{by}_engraving"
    each, least = labour[f"{kind}_per_character"], labour[f"{kind}_minimum"]
    words = "raised" if inscription.raised else f"by {by}"
    return Work(
        item,
        f"{'Raised lettering' if inscription.raised else 'Engraving'}, {inscription.place}",
        np.maximum(inscription.characters * ledger.of(each), ledger.of(least)),
        f"{inscription.characters} characters {words}, with the usual minimum charge",
        (each, least),
    )


def is_modelled(design: Design, measures: Measures) -> bool:
    """Whether a model is drawn and printed to cast from: not for what is bent by hand, nor for a bought chain alone."""
    return measures.castings > 0 and not by_hand(design, measures)


def by_hand(design: Design, measures: Measures) -> bool:
    """Whether a goldsmith makes it from drawn metal, without drawing or casting: a smooth band without stones."""
    return measures.style in SMOOTH_BANDS and design.options.get("profile") != "milgrain" and not design.stones


def _shaping(design: Design, measures: Measures, ledger: Ledger) -> Work:
    labour, rows = ledger.reference.labour, ledger.reference.assumptions
    metal = ledger.reference.metals[design.metal]
    if not metal.castable:
        blank = rows["machined_blank_usd"]
        return Work("", "", ledger.of(blank), "turned from the solid", (blank,))
    if by_hand(design, measures):
        hours, rate = labour["plain_band_by_hand_hours"], rows["bench_rate_usd_per_hour"]
        return Work("", "", ledger.of(hours) * ledger.of(rate), "bent and soldered by a goldsmith", (hours, rate))
    fee = "casting_platinum" if metal.kind in HOTTER else "casting_gold"
    casting = labour["casting_link" if is_line_of_links(measures) else fee]
    words = "cast in one piece" if measures.castings == 1 else f"{measures.castings} castings"
    return Work("", "", measures.castings * ledger.of(casting), words, (casting,))


def _over_ring(measures: Measures, ledger: Ledger) -> Work:
    """How many times the cleaning of a ring this piece asks for: each earring of a pair is cleaned by itself."""
    if measures.piece == "ring":
        return Work("", "", np.ones(1), "", ())
    row = ledger.reference.assumptions[f"polish_over_ring_{measures.piece}"]
    count = measures.castings if measures.piece == "earrings" else 1
    words = f" × {Range.of(row).mid:g}" if count == 1 else f" × {count} × {Range.of(row).mid:g}"
    return Work("", "", count * ledger.of(row), words, (row,))


def is_line_of_links(measures: Measures) -> bool:
    """Whether it is a bracelet of many castings, joined one to the next."""
    return any(fitting.kind == "hinge" and fitting.count > STIFF_PARTS for fitting in measures.fittings)


def is_assembled(measures: Measures) -> bool:
    """Whether parts have to be put together once they are made."""
    parts = (fitting.volume_mm3 > 0 or fitting.kind in ALWAYS_FITTED for fitting in measures.fittings)
    return is_line_of_links(measures) or any(parts)


def _assembly(measures: Measures, ledger: Ledger) -> Iterator[Work]:
    """Fitting what is bought, soldering jump rings, pinning hinges, joining links; each part's price by the piece."""
    labour, linked = ledger.reference.labour, is_line_of_links(measures)
    done: list[tuple[int, str, tuple[Row, ...]]] = []
    if linked:
        done.append((measures.castings, "links joined", (labour["join_link"],)))
    for fitting in measures.fittings:
        bought, job = fitting.volume_mm3 > 0, FITTED_BY.get(fitting.kind)
        fitted = job and (bought or fitting.kind in ALWAYS_FITTED) and not (linked and fitting.kind == "hinge")
        rows = (*([labour[job]] if job and fitted else []), *([bought_parts.each(fitting, ledger)] if bought else []))
        if rows:
            done.append((fitting.count, bought_parts.LABELS[fitting.kind][fitting.count > 1].lower(), rows))
    if done:
        yield Work(
            "assembly",
            "Fitting and assembly",
            np.sum([count * ledger.of(row) for count, _, rows in done for row in rows], axis=0),
            ", ".join(f"{count} {words}" for count, words, _ in done),
            tuple(row for _, _, rows in done for row in rows),
        )


def _setting(stone: StoneMeasure, piece: str, ledger: Ledger) -> Work:
    labour = ledger.reference.labour
    large_from_mm = Range.of(ledger.reference.workshop["prong_small_stone_up_to"]).mid
    large = stone.length_mm > large_from_mm
    rows: tuple[Row, ...]
    if stone.setting == "bezel":
        rows = (labour["set_bezel_center" if large else "set_flush"],)
        each, held = ledger.of(rows[0]), "in a bezel"
    elif stone.setting == "bead":
        rows = (labour["set_bead"],)
        each, held = ledger.of(rows[0]), "between beads"
    elif stone.setting == "post":
        rows = (labour["set_pearl"],)
        each, held = ledger.of(rows[0]), "glued to a post"
    elif stone.setting == "channel":
        rows = (labour["set_bezel_center" if large else "set_channel"],)
        each, held = ledger.of(rows[0]), "in a half bezel" if large else "in a channel"
    else:
        usual = ledger.reference.assumptions["prong_setting_speaks_of"]
        rows = (labour["set_prong_center" if large else "set_prong_side"], usual)
        each = ledger.of(rows[0]) * stone.prongs_per_stone / ledger.of(usual)
        held = f"in {stone.prongs_per_stone} prongs each" if stone.count > 1 else f"in {stone.prongs_per_stone} prongs"
    noun = "stone" if stone.count == 1 else "stones"
    return Work(
        f"setting_{stone.role}",
        f"Setting, {stones_named(stone.role, stone.count, piece)}",
        stone.count * each,
        f"{stone.count} {noun} {held}",
        rows,
    )
