"""The bench work a design asks for, counted: casting, cleaning, setting, lettering, finish, plating."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from configurator.design import Design
from configurator.measures import ROLE_NAMES, Measures, StoneMeasure
from configurator.models.ledger import Figure, Ledger, Row

# Inside and on a back, letters are shallow and small: laser work. Where they are seen, a hand engraver cuts them.
ENGRAVED_BY = {"inside": "laser", "back": "laser", "outside": "hand", "front": "hand"}
SMOOTH_BANDS = ("plain_band", "stacking_band")
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
    shaped = _shaping(design, measures, ledger)
    cleaning = (labour["pre_polish"], labour["final_polish"])
    finish = {"satin": "satin_or_brushed_usd", "brushed": "satin_or_brushed_usd", "hammered": "hammered_usd"}
    finished = (*cleaning, rows[finish[design.finish]]) if design.finish in finish else cleaning
    yield Work(
        "making",
        "Making and finishing",
        shaped.usd + sum(ledger.of(row) for row in finished),
        f"{shaped.words}, cleaning, {design.finish} finish",
        (*shaped.rows, *finished),
    )
    for stone in measures.stones:
        yield _setting(stone, ledger)
    for number, inscription in enumerate(measures.inscriptions, start=1):
        by = ENGRAVED_BY[inscription.place]
        each, least = labour[f"{by}_engraving_per_character"], labour[f"{by}_engraving_minimum"]
        yield Work(
            f"engraving_{number}",
            f"Engraving, {inscription.place}",
            np.maximum(inscription.characters * ledger.of(each), ledger.of(least)),
            f"{inscription.characters} characters by {by}, with the usual minimum charge",
            (each, least),
        )
    if metal.rhodium_plated == "yes":
        yield Work(
            "rhodium", "Rhodium plating", ledger.of(labour["rhodium_plate"]), "1 job", (labour["rhodium_plate"],)
        )
    if metal.plating == "gold":
        yield Work(
            "gilding", "Gold plating", ledger.of(labour["replate_vermeil"]), "1 job", (labour["replate_vermeil"],)
        )


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
    casting = labour["casting_platinum" if metal.kind in HOTTER else "casting_gold"]
    return Work("", "", ledger.of(casting), "cast in one piece", (casting,))


def _setting(stone: StoneMeasure, ledger: Ledger) -> Work:
    labour = ledger.reference.labour
    large_from_mm = ledger.given(ledger.reference.workshop["prong_small_stone_up_to"]).mid
    large = stone.length_mm > large_from_mm
    rows: tuple[Row, ...]
    if stone.setting == "bezel":
        rows = (labour["set_bezel_center" if large else "set_flush"],)
        each, held = ledger.of(rows[0]), "in a bezel"
    elif stone.setting == "bead":
        rows = (labour["set_bead"],)
        each, held = ledger.of(rows[0]), "between beads"
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
        f"Setting, {ROLE_NAMES[stone.role]}",
        stone.count * each,
        f"{stone.count} {noun} {held}",
        rows,
    )
