"""Can it be made? Workshop rules on measures: cheap enough for every build. Every limit is a row of workshop.csv.

What cannot be is refused by `refuse_impossible`; the rest is a `Finding` that says what would be better.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel
from scipy.spatial import cKDTree

from configurator import reference, units
from configurator.design import InvalidDesign, Stone
from configurator.geometry import clusters, gems, hidden_halos
from configurator.geometry.band import ridge_mm
from configurator.geometry.cuts.kinds import spoken
from configurator.geometry.jewel import Jewel
from configurator.geometry.mountings import Mounting, girdle_places
from configurator.geometry.piece import Finding
from configurator.geometry.rings import Ring
from configurator.measures import ROLE_NAMES, Measures, StoneMeasure

_LONGEST_OVER_A_COLLAR_MM = 11.0  # at 11.7 sturdy prongs left walls too thin to cast
_STEP_MM = 0.1  # sizes are proposed in the steps of the sliders
_NEAR = 1e-3  # mm: what meets a limit to within rounding is fine


_PAIRS = 4  # of claws, when they are double
_LEAST_PAIRED_MM = 4.5  # below it the slits between claws and melee of a halo leave walls too thin to fill
_WIDEST_SIDE = 1.4  # of the centre's width: beyond it the sides take over, and their heads crowd the centre's


def refuse_impossible(options: BaseModel, inner_diameter_mm: float | None, stones: Sequence[Stone]) -> None:
    """Raises `InvalidDesign` for sizes that cannot go together at all; `inner_diameter_mm` is a ring's."""
    if getattr(options, "surface", "") == "hammered" and getattr(options, "profile", "") == "knife_edge":
        raise InvalidDesign("A knife edge has no face to strike: choose another profile, or a smooth outside.")
    band_mm = float(getattr(options, "width_mm", 0.0))
    widths = {stone.role: stone.width_mm for stone in stones}
    most_mm = _WIDEST_SIDE * widths.get("center", np.inf)
    if widths.get("side", 0.0) > most_mm + 1e-6:
        raise InvalidDesign(
            f"Side stones {widths['side']:g} mm wide are too large beside a centre of {widths['center']:g} mm: take "
            f"sides of up to {_down(most_mm):.1f} mm, or a larger centre."
        )
    if "petal" in widths:
        clusters.flower(widths["center"], widths["petal"], limit("melee_spacing", "mid"))
    for stone in stones:
        if stone.role == "center" and getattr(options, "hidden_halo", False):
            _refuse_hidden_halo(stone, widths["halo"], options)
        if stone.role == "center" and getattr(options, "claws", "single") == "double":
            _refuse_pairs(stone, int(getattr(options, "prongs", _PAIRS)))
        if stone.role == "center" and getattr(options, "rim", "full") == "half":
            _refuse_half_bezel(stone)
        if stone.cut == "rose_cut" and "halo" in widths and getattr(options, "shoulders", "plain") == "split":
            raise InvalidDesign("A halo round a rose cut lies too low for a split band: choose plain shoulders.")
    if inner_diameter_mm is None:
        return
    over_band, over_finger = limit("stone_over_band_width", "high"), limit("stone_over_finger", "high")
    for stone in stones:
        if stone.role != "center":
            continue
        if stone.width_mm > over_band * band_mm:
            raise InvalidDesign(
                f"A stone {stone.width_mm:g} mm wide is too large for a band of {band_mm:g} mm: make the band at least "
                f"{_up(stone.width_mm / over_band):.1f} mm wide, or take a stone of up to "
                f"{_down(over_band * band_mm):.1f} mm."
            )
        if stone.length_mm > over_finger * inner_diameter_mm:
            raise InvalidDesign(
                f"A stone {stone.length_mm:g} mm long is too long for a ring of {inner_diameter_mm:g} mm inside; "
                f"it can be up to {_down(over_finger * inner_diameter_mm):.1f} mm."
            )


def _refuse_pairs(stone: Stone, prongs: int) -> None:
    """Raises `InvalidDesign` where claws cannot stand in pairs."""
    if all(site.at_tip for site in gems.claw_sites(stone.cut, stone.length_mm, stone.width_mm, _PAIRS)):
        raise InvalidDesign(f"The sharp corners of {spoken(stone.cut)} are held by V-prongs: choose single claws.")
    if stone.width_mm < _LEAST_PAIRED_MM:
        raise InvalidDesign(f"Double claws would crowd a stone under {_LEAST_PAIRED_MM:g} mm: choose single claws.")
    if prongs != _PAIRS:
        raise InvalidDesign(f"Double claws stand at four corners: choose 4 prongs, not {prongs}, or single claws.")


def _refuse_hidden_halo(stone: Stone, melee_mm: float, options: BaseModel) -> None:
    """Raises `InvalidDesign` for a stone that a collar cannot follow, and where prongs leave no room on it."""
    if stone.cut not in hidden_halos.CUTS:
        raise InvalidDesign(
            "A hidden halo goes round a round, an oval or a cushion: choose one of them, or leave it off."
        )
    if stone.length_mm > _LONGEST_OVER_A_COLLAR_MM:
        raise InvalidDesign(
            f"A hidden halo suits stones up to {_LONGEST_OVER_A_COLLAR_MM:g} mm long: choose a smaller one."
        )
    prongs, paired = int(getattr(options, "prongs", _PAIRS)), getattr(options, "claws", "single") == "double"
    girth_mm = np.pi * (stone.length_mm + stone.width_mm) / 2
    if girth_mm / prongs < hidden_halos.side_mm(melee_mm, prong_mm(stone.width_mm, "high"), paired):
        raise InvalidDesign(
            f"Between {prongs} prongs round {stone.width_mm:g} mm a hidden halo has no room: choose fewer prongs, "
            "smaller stones for it, or a larger centre."
        )


def _refuse_half_bezel(stone: Stone) -> None:
    """Raises `InvalidDesign` for a point at the stone's end, which would lie open, and for too shallow a cup."""
    if (np.abs(gems.tips(stone.cut, stone.length_mm, stone.width_mm)[:, 0]) < _NEAR).any():
        raise InvalidDesign(f"A half bezel would leave the point of {spoken(stone.cut)} bare: choose a full rim.")
    if stone.cut == "rose_cut":
        raise InvalidDesign("A half bezel of a rose cut would be too shallow to cast: choose a full rim.")


def on_measures(jewel: Jewel, measures: Measures) -> tuple[Finding, ...]:
    """What the maker would object to, whatever the metal."""
    found = [*_band_width(jewel), *_solid_section(jewel), *_knife_edge(jewel)] if isinstance(jewel, Ring) else []
    for stone in measures.stones:
        found += [*_prongs(stone), *_beads(stone), *_size(stone, measures)]
    for mounting in (copies.mounting for copies in jewel.cast):
        for placed in mounting.placed:
            found += _wall(placed.setting.wall_mm)
            if isinstance(jewel, Ring):
                found += _culet(jewel, placed.setting.culet_mm)
        found += _spacing(mounting)
    return tuple(found)


def on_metal(kind: str, measures: Measures) -> tuple[Finding, ...]:
    """What the maker would object to in this kind of metal ("gold", "silver", …)."""
    if measures.band is None:
        return ()
    thickness_mm = measures.band.thickness_mm
    rule = f"band_thickness_{kind}"
    least, daily = limit(rule, "low"), limit(rule, "mid")
    if thickness_mm < least - _NEAR:
        message = (
            f"A band {thickness_mm:g} mm thick cannot be cast reliably in {_metal(kind)}; {least:g} mm is the least."
        )
        return (Finding("stop", "band", message, f"Make the band {daily:g} mm thick."),)
    if thickness_mm < daily - _NEAR:
        message = f"Worn every day, a band {thickness_mm:g} mm thick bends out of round in {_metal(kind)}."
        return (Finding("warning", "band", message, f"From {daily:g} mm on it keeps its shape."),)
    return ()


def on_mass(piece: str, kind: str, measures: Measures, density_g_cm3: float) -> tuple[Finding, ...]:
    """What the wearer would object to about the weight of a piece of this kind of metal."""
    mass_g = units.mass_g(measures.metal_volume_mm3, density_g_cm3)
    if piece == "earrings":
        return _earring_mass(mass_g / 2)
    light, heavy, most = (limit(f"{piece}_mass", column) for column in ("low", "mid", "high"))
    if mass_g > heavy:
        message = f"The {piece} is {mass_g:.0f} g of metal: up to {heavy:g} g is usual, and worn with ease."
        fix = "Choose a slimmer or smaller one, or a lighter metal."
        return (Finding("warning" if mass_g > most else "note", piece, message, fix),)
    if kind != "other" and mass_g < light - _NEAR:  # steel and titanium are light, and sturdy
        message = f"The {piece} is only {mass_g:.1f} g of {kind}: under {light:g} g it soon bends or wears through."
        return (Finding("warning", piece, message, "Choose a wider or thicker one."),)
    return ()


def _earring_mass(each_g: float) -> tuple[Finding, ...]:
    comfortable, heavy = limit("earring_mass", "low"), limit("earring_mass", "mid")
    if each_g <= comfortable:
        return ()
    message = f"Each earring is {each_g:.1f} g of metal: up to {comfortable:g} g is worn with ease."
    fix = "Choose a slimmer or smaller one, or a lighter metal."
    return (Finding("warning" if each_g > heavy else "note", "earrings", message, fix),)


def limit(rule: str, column: str) -> float:
    """One number of the workshop's rules; `BadTable` when the table has none."""
    value: float | None = getattr(reference.load().workshop[rule], column)
    if value is None:
        raise reference.BadTable("workshop.csv", 1, f"{rule} needs a value for {column}")
    return float(value)


def _band_width(ring: Ring) -> list[Finding]:
    width_mm = ring.band.plain.top_width_mm
    least, daily = limit("band_width", "low"), limit("band_width", "mid")
    tapered = width_mm < ring.band.plain.width_mm
    where = "at the head" if tapered else "wide"
    fix = "Make the band wider or taper it less." if tapered else f"Make it at least {daily:g} mm wide."
    if width_mm < least - _NEAR:
        message = f"The band is {width_mm:.2f} mm {where}; {least:g} mm is the least that casts well."
        return [Finding("stop", "band", message, fix)]
    if width_mm < daily - _NEAR:
        message = f"The band is {width_mm:.2f} mm {where}: dainty, and soon worn thin; {daily:g} mm suits daily wear."
        return [Finding("warning", "band", message, fix)]
    return []


def _solid_section(ring: Ring) -> list[Finding]:
    section_mm = min(ring.band.plain.width_mm, ring.band.plain.thickness_mm)
    if section_mm < limit("solid_section_hollow_from", "mid"):
        return []
    message = f"A solid section of {section_mm:g} mm is heavy, and can cool with pores inside."
    return [Finding("note", "band", message, "A thinner band casts more safely and costs less.")]


def _knife_edge(ring: Ring) -> list[Finding]:
    band = ring.band.plain
    if band.profile != "knife_edge":
        return []
    high_mm = ridge_mm(band.thickness_mm)
    angle_deg = 2 * np.degrees(np.arctan2(band.top_width_mm / 2, high_mm))
    sharp, sound = limit("edge_angle", "low"), limit("edge_angle", "mid")
    if angle_deg >= sound:
        return []
    wider = _up(2 * high_mm * float(np.tan(np.radians(sound / 2))) * band.width_mm / band.top_width_mm)
    message = f"The knife edge closes to {angle_deg:.0f}°, and bites into the fingers beside it."
    fix = f"Make the band {wider:.1f} mm wide or thinner, or choose another profile."
    return [Finding("warning" if angle_deg < sharp else "note", "band", message, fix)]


def _prongs(stone: StoneMeasure) -> list[Finding]:
    if stone.setting != "prong":
        return []
    least, usual = prong_mm(stone.width_mm, "low"), prong_mm(stone.width_mm, "mid")
    diameter_mm, whose = stone.prong_diameter_mm, ROLE_NAMES[stone.role]
    found = []
    if diameter_mm < least - _NEAR:
        message = f"Prongs of {diameter_mm:.2f} mm are too thin for the {whose}; {least:.2f} mm is the least."
        found.append(Finding("stop", "head", message, "Choose heavier prongs."))
    elif diameter_mm < usual - _NEAR:
        message = f"Fine prongs ({diameter_mm:.2f} mm) on the {whose}: have them looked at once a year."
        found.append(Finding("note", "head", message, f"Classic prongs would be {usual:.2f} mm."))
    if stone.bare_tips:
        message = f"The {whose} has {stone.bare_tips} pointed corner(s) that no prong covers; a knock can chip them."
        found.append(Finding("warning", "head", message, "Choose a bezel, or prongs at the corners."))
    return found


def _beads(stone: StoneMeasure) -> list[Finding]:
    least = limit("bead_diameter", "low")
    if stone.setting != "bead" or stone.prong_diameter_mm >= least - _NEAR:
        return []
    message = f"Beads of {stone.prong_diameter_mm:.2f} mm are too small to hold; {least:g} mm is the least."
    return [Finding("stop", "head", message, "Choose larger stones for the halo.")]


def _size(stone: StoneMeasure, measures: Measures) -> list[Finding]:
    band = measures.band
    if stone.role != "center" or band is None:
        return []
    found = []
    over_band = stone.width_mm / band.width_mm
    if over_band > limit("stone_over_band_width", "mid"):
        message = (
            f"The stone is {over_band:.1f} times as wide as the band under it: it will tip to the side on the finger."
        )
        wider = _up(stone.width_mm / limit("stone_over_band_width", "mid"))
        found.append(Finding("warning", "head", message, f"A band of {wider:.1f} mm at the head would steady it."))
    over_finger = stone.length_mm / band.inner_diameter_mm
    if over_finger > limit("stone_over_finger", "mid"):
        message = f"The stone is {stone.length_mm:g} mm long and covers the whole finger."
        most = _down(limit("stone_over_finger", "mid") * band.inner_diameter_mm)
        found.append(Finding("warning", "head", message, f"Up to {most:.1f} mm stays within it."))
    return found


def _wall(wall_mm: float | None) -> list[Finding]:
    if wall_mm is None:
        return []
    least, sound = limit("bezel_wall", "low"), limit("bezel_wall", "mid")
    lost = limit("polish_allowance", "low")
    left_mm = wall_mm - lost
    if left_mm < least - _NEAR:
        severity, words = "stop", f"{least:g} mm is the least that holds a stone"
    elif left_mm < sound - _NEAR:
        severity, words = "warning", f"{sound:g} mm is sound"
    else:
        return []
    message = f"Burnished and polished, a rim of {wall_mm:g} mm keeps {left_mm:.2f} mm; {words}."
    return [Finding(severity, "head", message, f"Make the rim {_up(sound + lost):.1f} mm.")]  # type: ignore[arg-type]


def _culet(ring: Ring, culet_mm: float) -> list[Finding]:
    above_mm = ring.band.plain.thickness_mm + culet_mm
    least = max(limit("culet_clearance", "low"), limit("metal_under_seat", "low"))
    if above_mm >= least - _NEAR:
        return []
    message = f"The stone's point comes within {above_mm:.2f} mm of the finger; {least:g} mm is the least."
    return [Finding("stop", "head", message, f"Make the band {_up(least - culet_mm):.1f} mm thick.")]


def _spacing(mounting: Mounting) -> list[Finding]:
    places, radii = girdle_places(mounting)
    closest = _closest_mm(places, radii)
    least = limit("melee_spacing", "low")
    if closest >= least - _NEAR:
        return []
    message = f"Two stones come within {closest:.2f} mm of each other; {least:g} mm of metal is the least between them."
    return [Finding("stop", "head", message, "Choose slightly smaller stones.")]


def _closest_mm(places: NDArray[np.float64], radii: NDArray[np.float64]) -> float:
    """The least gap between circles in space; nothing to compare: infinity."""
    if len(places) < 2:
        return float("inf")
    pairs = cKDTree(places).query_pairs(2 * float(radii.max()) + 1, output_type="ndarray")
    if not len(pairs):
        return float("inf")
    apart = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    return float((apart - radii[pairs[:, 0]] - radii[pairs[:, 1]]).min())


def prong_mm(stone_width_mm: float, column: str) -> float:
    """The workshop's prong diameter for a stone: straight between its two sizes, and on beyond the larger."""
    small, large = limit("prong_diameter_small_stone", column), limit("prong_diameter_at_6_5mm", column)
    from_mm = limit("prong_small_stone_up_to", "mid")
    share = max(stone_width_mm - from_mm, 0.0) / (LARGE_STONE_MM - from_mm)
    return small + (large - small) * share


LARGE_STONE_MM = 6.5  # the size that workshop.csv's prong_diameter_at_6_5mm is for


def _metal(kind: str) -> str:
    return "this metal" if kind == "other" else kind


def _up(value_mm: float) -> float:
    return float(np.ceil(value_mm / _STEP_MM - 1 / 1000) * _STEP_MM)


def _down(value_mm: float) -> float:
    return float(np.floor(value_mm / _STEP_MM + 1 / 1000) * _STEP_MM)
