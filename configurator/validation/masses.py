"""Do our pieces weigh what real pieces weigh? Those that were sold, as far as their sellers described them."""

from collections.abc import Callable
from typing import Any

from configurator import evaluate, reference, units
from configurator.design import Design
from configurator.geometry import chains
from configurator.models.ranges import Range
from configurator.reference import RealPiece
from configurator.validation.pieces import CARAT_MM, made, over_missing, solitaire
from configurator.validation.report import Case, Check, banded, unexplained

MODEL = "weight"
KARATS = ("14k_yellow", "18k_yellow")  # what that catalogue sells, where it gives no karat
FINGERS_MM = (15.7, 16.92, 18.14)  # women's: US 5, 6½, 8
MENS_MM = (18.14, 19.76, 21.39)  # US 8, 10, 12
LEFT_OUT = (
    "Twelve branded pieces of an auction: their widths and thicknesses are not given, and each has shapes of its own.",
    "Gloria and Filigree: openwork, which no style of ours is.",
    "Vilina (23 stones) and Derek (a tapered band with a stone let in): too little is said of their shape.",
    "A tennis bracelet of 57 g and a bangle of 46 g: neither the number of stones nor any size is given.",
    "Rings with an alexandrite and a padparadscha: the shape is not given, and side stones weigh too.",
    "The Carelle ring: its weight is the writer's own guess.",
)
CHAINS = {
    "solid_miami_cuban_5_mm_22_in": "curb",
    "figaro_4_mm_24_in": "figaro",
    "solid_rope_3_mm_20_in": "rope",
    "cable_0_9_mm_wire_40_cm": "cable",
}
ABOUT_CHAINS = {
    "solid_rope_3_mm_20_in": "The figure is a calculator page's own estimate; ours is a tight rope of solid wire, and "
    "loosely made ones weigh less.",
    "solid_miami_cuban_5_mm_22_in": "Another seller gives 45 to 55 g for the same chain.",
}


def real_masses() -> Check:
    """Rings and chains that were really sold, built from what is known of them."""
    tables = reference.load()
    rows = tables.real_pieces
    shank = _three(Range.of(tables.retail["mass_shank_at_bottom"]))
    depth = _three(Range.of(tables.retail["mass_court_band_depth"]))
    good_width, good_thickness = (
        _three(Range.of(tables.wear[f"good_solitaire_{side}"])) for side in ("width", "thickness")
    )
    cases = (
        _ring(
            rows["donald_wedding_ring_men_flat_band"],
            "Everything is given but the karat: 22.5 mm outside, 1.95 mm thick.",
            lambda row, metal: _band(metal, 22.5 - 2 * 1.95, row.band_width_mm, 1.95, "flat"),
            metal=KARATS,
        ),
        _ring(
            rows["marry_me_solitaire"],
            "Karat, finger and thickness are not given.",
            lambda row, metal, inner, thick: _stone_ring(metal, inner, row.band_width_mm, thick, round_mm(row)),
            metal=KARATS,
            inner=FINGERS_MM,
            thick=shank,
        ),
        _ring(
            rows["knife_edge_0_20ct"],
            "Karat, width and thickness are not given; the finger follows from 19.3 mm over all.",
            lambda row, metal, width, thick: _stone_ring(
                metal, 19.3 - 2 * thick, width, thick, round_mm(row), profile="knife_edge"
            ),
            metal=KARATS,
            width=shank,
            thick=shank,
        ),
        _ring(
            rows["siddhiksha_3_stone"],
            "Karat, width and thickness are not given; three stones are taken as alike.",
            lambda row, metal, width, thick: _three_stones(row, metal, 19.5 - 2 * thick, width, thick),
            metal=KARATS,
            width=shank,
            thick=shank,
        ),
        _ring(
            rows["ring_diamond_1_07_ct"],
            "Width, thickness and finger are not given; the stone's own weight is taken off.",
            lambda row, width, thick, inner: _stone_ring(
                "18k_yellow", inner, width, thick, CARAT_MM * (row.main_stone_ct or 1) ** (1 / 3)
            ),
            width=good_width,
            thick=good_thickness,
            inner=FINGERS_MM,
        ),
        *(
            _ring(
                rows[id],
                "Width, thickness and finger are not given; the stone's own weight is taken off.",
                lambda row, width, thick, inner: _stone_ring(
                    "pt900_ir", inner, width, thick, CARAT_MM * (row.main_stone_ct or 1) ** (1 / 3)
                ),
                width=good_width,
                thick=good_thickness,
                inner=FINGERS_MM,
            )
            for id in ("solitaire_type_ring_diamond_1_00_ct", "ring_diamond_1_01_ct")
        ),
        _gauge(rows["standard_gauge_4mm_band"], depth),
        *(_chain(rows[id], kind) for id, kind in CHAINS.items()),
    )
    return Check(
        id="real_masses",
        title="Weights of pieces that were sold",
        question="Would our file for a ring in a catalogue weigh what the ring weighs?",
        compared="Each piece is built from what its seller says. What he leaves out (karat, finger, thickness) takes "
        "every usual value, and the weights of all those pieces are our range.",
        bars=(unexplained(cases),),
        cases=cases,
        left_out=LEFT_OUT,
        about=("pricing",),
    )


def round_mm(row: RealPiece) -> float:
    """The diameter of a ring's one stone, or of each of its equal stones, from their weight."""
    weight_ct = (row.stone_mass_g or 0) / units.GRAMS_PER_CARAT / (row.stone_count or 1)
    return CARAT_MM * weight_ct ** (1 / 3)


def _three(given: Range) -> tuple[float, float, float]:
    return given.low, given.mid, given.high


def _ring(row: RealPiece, about: str, weigh: Callable[..., float], why: str = "", **missing: tuple[Any, ...]) -> Case:
    ours = over_missing(lambda **facts: weigh(row, **facts), **missing)
    stones_g = (row.main_stone_ct or 0) * units.GRAMS_PER_CARAT  # listings with a main stone give the gross weight
    return banded(row.label, "g", (row.metal_mass_g or 0) - stones_g, ours, MODEL, why=f"{about} {why}".strip())


def _grams(raw: dict[str, Any]) -> float:
    design, measures = made(raw)
    return units.mass_g(measures.metal_volume_mm3, reference.load().metals[design.metal].density_g_cm3)


def _band(metal: str, inner: float, width: float | None, thick: float, profile: str) -> float:
    options = {"width_mm": width, "thickness_mm": thick, "profile": profile}
    raw = {"piece": "ring", "style": "plain_band", "metal": metal, "inner_diameter_mm": inner, "options": options}
    return _grams(raw)


def _stone_ring(
    metal: str, inner: float, width: float | None, thick: float, mm: float, profile: str = "court"
) -> float:
    options: dict[str, Any] = {"width_mm": width, "thickness_mm": thick, "profile": profile, "prongs": 4}
    return _grams(solitaire(mm=round(mm, 2), metal=metal, **options) | {"inner_diameter_mm": inner})


def _three_stones(row: RealPiece, metal: str, inner: float, width: float, thick: float) -> float:
    mm = round(round_mm(row), 2)
    stones = [
        {"role": role, "gem": "diamond", "cut": "round_brilliant", "length_mm": mm, "width_mm": mm}
        for role in ("center", "side")
    ]
    options = {"width_mm": width, "thickness_mm": thick, "prong_weight": "fine"}
    return _grams(
        {
            "piece": "ring",
            "style": "three_stone",
            "metal": metal,
            "inner_diameter_mm": inner,
            "options": options,
            "stones": stones,
        }
    )


def _gauge(row: RealPiece, depths: tuple[float, float, float]) -> Case:
    def volume(inner: float, thick: float) -> float:
        options = {"width_mm": row.band_width_mm, "thickness_mm": thick, "profile": "court"}
        raw = {"piece": "ring", "style": "plain_band", "inner_diameter_mm": inner, "options": options}
        return made(raw)[1].metal_volume_mm3

    about = "Finger and thickness are not given: light, medium and heavy court bands on men's fingers."
    ours = over_missing(volume, inner=MENS_MM, thick=depths)
    return banded("Standard gauge band, 4 mm wide", "mm³", row.metal_volume_mm3 or 0, ours, MODEL, why=about)


def _chain(row: RealPiece, kind: Any) -> Case:
    """A chain by its links."""
    tables = reference.load()
    metal = tables.metals["sterling" if "silver" in row.metal_text else "14k_yellow"]

    def weight(share: float) -> float:
        given = row.wire_mm or row.band_width_mm or 0
        link = chains.chain(kind, given * share) if row.wire_mm else chains.chain_of_width(kind, given * share)
        return units.mass_g(link.volume_mm3_per_mm * (row.length_mm or 0), metal.density_g_cm3)

    about = "The shape of the links is not given: we let the width be a tenth off either way, which is our estimate."
    return banded(
        row.label[0].upper() + row.label[1:],
        "g",
        row.metal_mass_g or 0,
        over_missing(weight, share=(0.9, 1.0, 1.1)),
        MODEL,
        why=f"{about} {ABOUT_CHAINS.get(row.id, '')}".strip(),
    )


def shelf_masses() -> Check:
    """The off-the-shelf piece's weight against rings that shops sell."""
    tables = reference.load()
    stated = Range.of(tables.retail["mass_solitaire_metal_mass"])
    band_8 = Range.of(tables.retail["mass_gold_band_8mm_mass"])

    width = _three(Range.of(tables.wear["good_solitaire_width"]))

    def twin_of_solitaire(metal: str, inner: float, width: float, mm: float) -> float:
        raw = solitaire(mm=mm, metal=metal, width_mm=width) | {"inner_diameter_mm": inner}
        return evaluate.evaluate(Design.from_dict(raw)).twin.mass_g

    def twin_of_band(metal: str, inner: float) -> float:
        options = {"width_mm": 8.0, "thickness_mm": 1.8, "profile": "court"}
        raw = {"piece": "ring", "style": "plain_band", "metal": metal, "inner_diameter_mm": inner, "options": options}
        return evaluate.evaluate(Design.from_dict(raw)).twin.mass_g

    cases = (
        banded(
            "Women's solitaires of one catalogue, middle of twelve",
            "g",
            stated.mid,
            over_missing(twin_of_solitaire, metal=KARATS, inner=FINGERS_MM, width=width, mm=(4.1, 6.5)),
            "off-the-shelf piece",
            why=f"Karat, finger, width and stone are not given. The twelve weigh {stated.low:g} to {stated.high:g} g.",
        ),
        banded(
            "8 mm gold band, thin import",
            "g",
            band_8.mid,
            over_missing(twin_of_band, metal=("10k_yellow", "14k_yellow"), inner=MENS_MM),
            "off-the-shelf piece",
            why="Our twin is never thinner than a caster casts. Such imports have walls of 0.6 to 0.9 mm; we would "
            "rather say so than set your ring beside one that no workshop could repair.",
        ),
    )
    return Check(
        id="shelf_masses",
        title="Weights at the shop counter",
        question="Is the off-the-shelf piece beside yours as heavy as what shops sell?",
        compared="What our rules turn a usual ring into, against published weights of such rings.",
        bars=(unexplained(cases),),
        cases=cases,
        about=("twin",),
    )
