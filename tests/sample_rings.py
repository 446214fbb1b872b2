"""Complete designs with measures written by hand, for tests of the models: no geometry is built."""

from configurator.design import Design, Inscription, Stone
from configurator.measures import BandMeasure, InscriptionMeasure, Measures, Setting, StoneMeasure

MM_PER_CUBE_ROOT_CARAT = 6.42  # a round diamond's diameter
MM3_PER_DIAMOND_CARAT = 0.2 / 3.52 * 1000


def stone_measure(
    role: str = "center",
    carat: float = 0.75,
    *,
    count: int = 1,
    setting: Setting = "prong",
    prongs: int = 6,
    cut: str = "round_brilliant",
) -> StoneMeasure:
    """Stones of the size of a round diamond of `carat` each."""
    diameter = MM_PER_CUBE_ROOT_CARAT * carat ** (1 / 3)
    return StoneMeasure(
        role=role,
        cut=cut,
        count=count,
        length_mm=diameter,
        width_mm=diameter,
        depth_mm=0.61 * diameter,
        volume_mm3=carat * MM3_PER_DIAMOND_CARAT,
        setting=setting,
        prongs_per_stone=0 if setting == "bezel" else prongs,
        prong_diameter_mm=0 if setting == "bezel" else 0.9,
        girdle_height_mm=3,
        bare_tips=0,
    )


def lettering(characters: int, place: str = "inside") -> InscriptionMeasure:
    """A line of lettering of usual height."""
    return InscriptionMeasure(
        place=place,
        characters=characters,
        length_mm=characters * 0.9,
        height_mm=1.4,
        depth_mm=0.3,
        removed_mm3=characters * 0.1,
        thinnest_stroke_mm=0.12,
    )


def measures(
    *stones: StoneMeasure,
    style: str = "solitaire",
    volume_mm3: float = 230,
    inscriptions: tuple[InscriptionMeasure, ...] = (),
) -> Measures:
    """A ring of usual proportions around the given stones."""
    return Measures(
        piece="ring",
        style=style,
        metal_volume_mm3=volume_mm3,
        surface_mm2=420,
        worn_surface_mm2=190,
        band=BandMeasure(inner_diameter_mm=17.323, width_mm=2, thickness_mm=1.8, profile="court"),
        stones=stones,
        inscriptions=inscriptions,
    )


def stone(
    role: str = "center",
    carat: float = 0.75,
    gem: str = "diamond",
    cut: str = "round_brilliant",
    colour: str | None = None,
    clarity: str | None = None,
) -> Stone:
    """A round outline of the size of a diamond of `carat`."""
    diameter = MM_PER_CUBE_ROOT_CARAT * carat ** (1 / 3)
    return Stone.model_validate(
        {
            "role": role,
            "gem": gem,
            "cut": cut,
            "length_mm": diameter,
            "width_mm": diameter,
            "colour": colour,
            "clarity": clarity,
        }
    )


def ring(*stones: Stone, style: str = "solitaire", metal: str = "14k_yellow", **fields: object) -> Design:
    """A complete ring with the usual options."""
    return Design.model_validate(
        {
            "piece": "ring",
            "style": style,
            "metal": metal,
            "options": {"width_mm": 2.0, "thickness_mm": 1.8, "profile": "court", "prongs": 6},
            "inner_diameter_mm": 17.323,
            "stones": stones,
            **fields,
        }
    )


def inscription(text: str, place: str = "inside") -> Inscription:
    """A line of script of usual height."""
    return Inscription.model_validate({"text": text, "place": place})
