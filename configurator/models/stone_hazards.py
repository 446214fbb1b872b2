"""What can happen to stones and to what holds them: tips worn, a stone lost, a chip, a dulled polish."""

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from configurator.measures import StoneMeasure, stones_named
from configurator.models.ledger import PERCENT, Sourced
from configurator.models.life import PARTS_KEPT, Hazard, Life, cost_usd, relative_wear, worn_out, yield_mpa
from configurator.models.ranges import Range, Samples
from configurator.reference import Gem, Metal, Reference

SHARED = 2  # prongs that geometry counts for each stone of a row in which neighbours share them


@lru_cache(maxsize=PARTS_KEPT)
def of_stones(stone: StoneMeasure, gem_id: str | None, metal_id: str, life: Life) -> tuple[Hazard, ...]:
    """Every hazard of the stones of one role."""
    gem = life.reference.gems[gem_id] if gem_id else None
    return tuple(_stone_hazards(stone, gem, life.reference.metals[metal_id], life))


def _stone_hazards(stone: StoneMeasure, gem: Gem | None, metal: Metal, life: Life) -> Iterator[Hazard]:
    if stone.setting == "prong" and stone.prongs_per_stone:
        yield _prong_tips(stone, metal, life)
    yield _stone_lost(stone, metal, life)
    if gem is not None:
        yield _stone_chipped(stone, gem, life)
        yield _stone_dulled(stone, gem, life)


def _prong_tips(stone: StoneMeasure, metal: Metal, life: Life) -> Hazard:
    """Tips worn until they no longer hold; paced by the bench's re-tip interval for an ordinary gold head."""
    labour = life.reference.labour
    share = life.assumed("prong_service_share")
    to_lose = np.maximum(stone.prong_diameter_mm - share * _usual_prong_mm(stone.width_mm, life), 0)
    ordinary_mm = _usual_prong_mm(_ordinary_stone_mm(life), life)
    pace = life.row(labour["prong_retip_interval"]) / (ordinary_mm * (1 - share))
    rate = life.row(relative_wear(metal, life.reference)) * life.assumed("thinning_spread") * life.wear()
    rebuilt = min(stone.prongs_per_stone * stone.count, Range.of(life.reference.assumptions["retip_at_a_visit"]).mid)
    return worn_out(
        f"prong_tips_{stone.role}",
        f"the prong tips of {_named(stone, life)}",
        f"Re-tip the prongs of {_named(stone, life)}",
        to_lose * pace / rate,
        cost_usd(life, "prong_retip").times(rebuilt),
        labour["prong_retip_interval"],
        labour["prong_retip"],
    )


def _ordinary_stone_mm(life: Life) -> float:
    return Range.of(life.reference.assumptions["ordinary_stone"]).mid


def _usual_prong_mm(stone_mm: float, life: Life) -> float:
    """The prong the workshop would usually put on a stone of this width: straight between its two rules, and on."""
    workshop = life.reference.workshop
    small_mm, large_mm = Range.of(workshop["prong_small_stone_up_to"]).mid, _ordinary_stone_mm(life)
    small, large = (Range.of(workshop[row]).mid for row in ("prong_diameter_small_stone", "prong_diameter_at_6_5mm"))
    return small + (large - small) * max(stone_mm - small_mm, 0) / (large_mm - small_mm)


def _stone_lost(stone: StoneMeasure, metal: Metal, life: Life) -> Hazard:
    wear, rows = life.reference.wear, life.reference.assumptions
    base = wear["stone_loss_pave_per_stone"] if stone.setting == "bead" else wear["stone_loss_prong"]
    rate = life.row(base) * PERCENT * life.wear() * stone.count
    if stone.setting != "bead":  # the row of pavé speaks of small stones; that of prongs of one of about a carat
        size = stone.width_mm / _ordinary_stone_mm(life)
        rate = rate * size ** life.assumed("stone_loss_size_exponent")
    if stone.setting in ("bezel", "channel"):
        rate = rate * life.row(wear[f"stone_loss_{stone.setting}_ratio"])
    elif stone.setting == "prong":
        spare_pairs = (_holding(stone) - Range.of(rows["ordinary_prongs"]).mid) / 2
        rate = rate * life.assumed("two_more_prongs") ** spare_pairs
        rate = rate * _prong_load(stone, metal, life) ** life.assumed("exposure_exponent")
    repair = "typical_repair" if stone.role == "center" else "accent_stone_replace"
    return life.mishap(
        f"stone_lost_{stone.role}",
        f"the hold on {_named(stone, life)}",
        f"Tighten or reset {_named(stone, life)}",
        rate,
        cost_usd(life, repair),
        base,
        rows["exposure_exponent"],
        rows["stone_loss_size_exponent"],
        life.reference.labour[repair],
    )


def _holding(stone: StoneMeasure) -> int:
    """The tips that hold one stone: in a row of shared prongs its own two and two of its neighbours'."""
    shared = stone.count > 1 and stone.prongs_per_stone == SHARED
    return 2 * SHARED if shared else stone.prongs_per_stone


def _lever_mm(stone: StoneMeasure) -> float:
    """Where a knock lands above the band: halfway up the stone from its girdle."""
    return max(stone.girdle_height_mm, 0) + stone.depth_mm / 2


def _prong_load(stone: StoneMeasure, metal: Metal, life: Life) -> Samples:
    """(count,) stress at a prong's foot for the same knock, over that of the ordinary head of 14k gold."""
    rows, metals = life.reference.assumptions, life.reference.metals
    lever = _lever_mm(stone) / Range.of(rows["ordinary_lever"]).mid
    slimness = _usual_prong_mm(_ordinary_stone_mm(life), life) / stone.prong_diameter_mm
    stiffness = slimness**3  # a round wire's section modulus
    return lever * stiffness * yield_mpa(metals["14k_yellow"], life) / yield_mpa(metal, life)


def _stone_chipped(stone: StoneMeasure, gem: Gem, life: Life) -> Hazard:
    rows = life.reference.assumptions
    base = rows[f"chip_{gem.toughness.split()[0].lower()}"]
    face_mm2 = _ordinary_stone_mm(life) ** 2
    rate = life.row(base) * PERCENT * life.wear() * stone.count * stone.length_mm * stone.width_mm / face_mm2
    if gem.cleavage.lower().startswith("perfect"):
        rate = rate * life.assumed("chip_perfect_cleavage")
    if stone.setting == "bezel":
        rate = rate * life.assumed("chip_bezel")
    rate = rate * (1 + stone.bare_tips * life.assumed("chip_bare_tip"))
    rate = rate * (_lever_mm(stone) / Range.of(rows["ordinary_lever"]).mid) ** life.assumed("exposure_exponent")
    return life.mishap(
        f"stone_chipped_{stone.role}",
        f"the edges of {_named(stone, life)}",
        f"Repolish or replace {_named(stone, life)} after a chip (bench work only)",
        rate,
        cost_usd(life, "typical_repair"),
        base,
        life.reference.labour["typical_repair"],
    )


def _stone_dulled(stone: StoneMeasure, gem: Gem, life: Life) -> Hazard:
    """Facet edges rounded by dust, which is mostly quartz (Mohs 7)."""
    rows = life.reference.assumptions
    own = rows.get(f"dulled_{gem.id}")
    given, row = (Range.of(own), own) if own else _by_mohs(gem.mohs, life.reference)
    return worn_out(
        f"stone_dulled_{stone.role}",
        f"the polish of {_named(stone, life)}",
        f"Repolish {_named(stone, life)}",
        life.draws.of("stone_dulled", given).astype(np.float32) / life.wear(),
        cost_usd(life, "typical_repair"),
        row,
        life.reference.labour["typical_repair"],
    )


def _by_mohs(mohs: float, reference: Reference) -> tuple[Range, Sourced]:
    """Years to visible dulling between the rows of whole Mohs numbers, straight on a log scale."""
    prefix = "dulled_mohs_"
    steps = sorted(int(row.removeprefix(prefix)) for row in reference.assumptions if row.startswith(prefix))
    table = [reference.assumptions[f"{prefix}{step}"] for step in steps]
    ends = zip(*((math.log(r.low), math.log(r.mid), math.log(r.high)) for r in map(Range.of, table)), strict=True)
    low, mid, high = (math.exp(np.interp(mohs, steps, end)) for end in ends)
    return Range(low, mid, high), table[0]


def _named(stone: StoneMeasure, life: Life) -> str:
    return f"the {stones_named(stone.role, stone.count, life.piece)}"
