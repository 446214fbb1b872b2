"""Pieces as geometry would measure them, built by hand, so that the models are tested without a solid in sight."""

from dataclasses import replace

from configurator.design import Design, Inscription, Stone
from configurator.measures import BandMeasure, FittingMeasure, InscriptionMeasure, Measures, StoneMeasure

# Of a round brilliant and its length cubed, near enough: 6.5 mm then weighs the usual carat.
ROUND_VOLUME, ROUND_DEPTH = 0.212, 0.61


def stones(role: str, mm: float, count: int = 1, **changes: object) -> StoneMeasure:
    """Round stones of one role, prong-set unless changed."""
    usual = StoneMeasure(
        role=role,
        cut="round_brilliant",
        count=count,
        length_mm=mm,
        width_mm=mm,
        depth_mm=ROUND_DEPTH * mm,
        volume_mm3=ROUND_VOLUME * mm**3,
        setting="prong",
        prongs_per_stone=4,
        prong_diameter_mm=1.0,
        girdle_height_mm=3.0,
        bare_tips=0,
    )
    return replace(usual, **changes)


def measured(
    style: str,
    *held: StoneMeasure,
    volume_mm3: float = 220,
    worn_mm2: float = 190,
    width_mm: float = 2.0,
    thickness_mm: float = 1.8,
    profile: str = "court",
    characters: int = 0,
) -> Measures:
    """A ring of US size 7 with these stones."""
    line = InscriptionMeasure(
        place="inside",
        characters=characters,
        length_mm=1.2 * characters,
        height_mm=1.4,
        depth_mm=0.3,
        removed_mm3=0.1 * characters,
        thinnest_stroke_mm=0.2,
    )
    return Measures(
        piece="ring",
        style=style,
        metal_volume_mm3=volume_mm3,
        surface_mm2=2 * worn_mm2,
        worn_surface_mm2=worn_mm2,
        band=BandMeasure(inner_diameter_mm=17.3, width_mm=width_mm, thickness_mm=thickness_mm, profile=profile),
        stones=held,
        inscriptions=(line,) if characters else (),
    )


def design(style: str, metal: str, *gems: tuple[str, str, float], text: str = "", sourcing: str = "recycled") -> Design:
    """A design whose stones are (role, gem, millimetres), all round."""
    return Design(
        piece="ring",
        style=style,
        metal=metal,
        stones=tuple(Stone(role=role, gem=gem, length_mm=mm, width_mm=mm) for role, gem, mm in gems),
        inscriptions=(Inscription(text=text),) if text else (),
        metal_sourcing=sourcing,
    )


def solitaire(
    metal: str = "14k_yellow", gem: str = "diamond", *, prongs: int = 6, text: str = ""
) -> tuple[Design, Measures]:
    """One round stone of 6.5 mm in prongs."""
    held = stones("center", 6.5, prongs_per_stone=prongs)
    return (
        design("solitaire", metal, ("center", gem, 6.5), text=text),
        measured("solitaire", held, characters=len(text)),
    )


def plain_band(metal: str = "18k_yellow", width_mm: float = 4.0) -> tuple[Design, Measures]:
    """A court band 1.8 mm thick; geometry counts 381 mm² of a real one as worn: face and sides."""
    shape = measured("plain_band", volume_mm3=380, worn_mm2=381, width_mm=width_mm)
    return design("plain_band", metal), shape


def opal_bezel() -> tuple[Design, Measures]:
    """An opal behind a silver rim."""
    held = stones("center", 7.0, setting="bezel", prongs_per_stone=0, prong_diameter_mm=0.0, girdle_height_mm=2.0)
    return design("bezel", "sterling", ("center", "opal", 7.0)), measured("bezel", held, volume_mm3=260, worn_mm2=220)


def three_stone() -> tuple[Design, Measures]:
    """Three natural diamonds in platinum."""
    held = (stones("center", 6.0), stones("side", 4.0, count=2, prong_diameter_mm=0.8, girdle_height_mm=2.5))
    gems = (("center", "diamond", 6.0), ("side", "diamond", 4.0))
    return design("three_stone", "pt950_ru", *gems), measured("three_stone", *held, volume_mm3=280, worn_mm2=230)


def halo(metal: str = "14k_white_ni") -> tuple[Design, Measures]:
    """A sapphire in a ring of small diamonds, in white gold."""
    around = stones("halo", 1.3, count=18, setting="bead", prong_diameter_mm=0.45, girdle_height_mm=2.0)
    gems = (("center", "sapphire_blue", 6.0), ("halo", "diamond", 1.3))
    return design("halo", metal, *gems), measured("halo", stones("center", 6.0), around, volume_mm3=300, worn_mm2=250)


def fitting(
    kind: str, *, count: int = 1, gauge_mm: float = 0.8, volume_mm3: float = 0, **names: object
) -> FittingMeasure:
    """One kind of chain, clasp or ear fitting."""
    usual = FittingMeasure(
        kind=kind, variety="", grade="", count=count, gauge_mm=gauge_mm, length_mm=0, volume_mm3=volume_mm3
    )
    return replace(usual, **names)


def other(
    piece: str,
    style: str,
    *held: StoneMeasure,
    cast_mm3: float,
    worn_mm2: float,
    castings: int = 1,
    fittings: tuple[FittingMeasure, ...] = (),
) -> Measures:
    """A pendant, a pair of earrings or a bracelet."""
    return Measures(
        piece=piece,
        style=style,
        metal_volume_mm3=cast_mm3 + sum(part.volume_mm3 for part in fittings),
        surface_mm2=2 * worn_mm2,
        worn_surface_mm2=worn_mm2,
        band=None,
        stones=held,
        inscriptions=(),
        castings=castings,
        fittings=fittings,
    )


CHAIN = fitting("chain", gauge_mm=0.35, volume_mm3=115, variety="cable", length_mm=450)
LOBSTER = fitting("clasp", gauge_mm=0.9, volume_mm3=25, variety="lobster", grade="standard")
BAIL = fitting("bail", gauge_mm=1.1)
POSTS = fitting("post", count=2, gauge_mm=0.9)
BUTTERFLIES = fitting("back", count=2, volume_mm3=24, variety="butterfly")
BOX = fitting("clasp", gauge_mm=1.0, volume_mm3=90, variety="box", grade="standard")


def disc(metal: str = "14k_yellow", *, chain: FittingMeasure = CHAIN, clasp: FittingMeasure = LOBSTER) -> tuple:
    """A disc of 16 mm, 1.2 mm thick, on a cable chain of 450 mm and about 1.2 mm wide, with a lobster clasp."""
    options = {"diameter_mm": 16.0, "thickness_mm": 1.2, "chain_length_mm": 450.0, "clasp_grade": clasp.grade}
    chosen = Design(piece="pendant", style="disc", metal=metal, options=options)
    parts = (BAIL, fitting("jump_ring", count=2, gauge_mm=0.7, volume_mm3=6), chain, clasp)
    return chosen, other("pendant", "disc", cast_mm3=250, worn_mm2=230, fittings=parts)


def studs(metal: str = "14k_yellow", gem: str = "diamond", *, back: FittingMeasure = BUTTERFLIES) -> tuple:
    """A pair of round stones of 5 mm on cast posts."""
    held = stones("center", 5.0, count=2, prong_diameter_mm=0.8)
    chosen = design("studs", metal, ("center", gem, 5.0)).model_copy(update={"piece": "earrings"})
    return chosen, other("earrings", "studs", held, cast_mm3=60, worn_mm2=80, castings=2, fittings=(POSTS, back))


def tennis(metal: str = "18k_yellow", *, clasp: FittingMeasure = BOX) -> tuple:
    """Sixty diamonds of 2 mm, each in a link of its own."""
    held = stones("band", 2.0, count=60, prong_diameter_mm=0.7, girdle_height_mm=1.2)
    chosen = design("tennis", metal, ("band", "diamond", 2.0)).model_copy(update={"piece": "bracelet"})
    joints = fitting("hinge", count=60, gauge_mm=0.7)
    shape = other("bracelet", "tennis", held, cast_mm3=620, worn_mm2=700, castings=60, fittings=(joints, clasp))
    return chosen, shape


def bangle(metal: str = "14k_yellow", thickness_mm: float = 2.0) -> tuple:
    """A closed oval hoop 4 mm wide."""
    options = {"width_mm": 4.0, "thickness_mm": thickness_mm, "profile": "court"}
    chosen = Design(piece="bracelet", style="bangle", metal=metal, options=options)
    return chosen, other("bracelet", "bangle", cast_mm3=630 * thickness_mm, worn_mm2=800)


NOT_RINGS = {"disc": disc(), "studs": studs(), "tennis bracelet": tennis(), "bangle": bangle()}
EVERY_PIECE = {
    "solitaire": solitaire(),
    "lab solitaire": solitaire(gem="diamond_lab"),
    "plain band": plain_band(),
    "opal bezel": opal_bezel(),
    "three-stone": three_stone(),
    "halo": halo(),
} | NOT_RINGS
