"""The row types of gems: species and varieties, and the birthstone lists."""

from dataclasses import dataclass
from typing import Annotated, Literal

from configurator.reference.columns import Column, choice, colour, date, ids, quantity, whole, yes_no
from configurator.reference.facts import Confidence, RowId, SomeWords, SourceIds, Words

PRICED_CARATS = (0.25, 0.5, 1.0, 2.0, 3.0)  # the weights at which gems.csv gives a price
GROWN = "_lab"  # the laboratory-grown form of a gem has the gem's id and this: ruby, ruby_lab

# What the surface of a stone shows beside its body colour; those of `TWO_COLOURED` need the second one.
Effect = Literal["pearl", "opal", "moonstone", "translucent", "banded", "spotted", "flecked"]
Form = Literal["faceted", "cabochon", "sphere"]  # how a stone is cut
TWO_COLOURED: tuple[Effect, ...] = ("banded", "spotted", "flecked")


def _price(grade: str, carat: str) -> Column:
    return quantity(
        f"Price, {grade}, at {carat} ct",
        "USD/ct",
        at_least=0.5,
        at_most=200_000,
        optional=True,
        trust="price_confidence",
        origin="price_sources",
    )


def _lab_price_ratio(part: Literal["low", "high"]) -> Column:
    return quantity(
        "Price of laboratory-grown over natural",
        "ratio",
        at_least=0,
        at_most=1,
        part=part,
        optional=True,
        trust="price_confidence",
        origin="price_sources",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gem:
    """A gem species or variety as the trade sells it.

    `ri_o_or_low` and `ri_e_or_high` are the ordinary and extraordinary index of a uniaxial gem (corundum is negative:
    the first is the larger), else the lowest and highest. Prices are retail asking prices of `price_as_of` (None: the
    source has no date); see `price_note`.
    """

    id: RowId
    label: Words
    species: Words
    optics: Annotated[Literal["transparent", "translucent", "opaque", "pearl"], choice()]
    is_lab_grown: Annotated[bool, yes_no()]
    specific_gravity: Annotated[float, quantity("Specific gravity", "", at_least=1, at_most=8)]
    ri_o_or_low: Annotated[float, quantity("Refractive index, ordinary or lowest", "", at_least=1.3, at_most=3)]
    ri_e_or_high: Annotated[float, quantity("Refractive index, extraordinary or highest", "", at_least=1.3, at_most=3)]
    birefringence: Annotated[float, quantity("Birefringence", "", at_least=0, at_most=0.3)]
    dispersion: Annotated[float | None, quantity("Dispersion, B to G", "", at_least=0, at_most=0.35, optional=True)]
    mohs: Annotated[float, quantity("Hardness", "Mohs", at_least=1, at_most=10)]
    toughness: Annotated[Literal["excellent", "good", "fair to good", "fair", "poor to fair", "poor"], choice()]
    toughness_note: SomeWords
    cleavage: Annotated[Literal["none", "indistinct", "distinct", "perfect"], choice()]
    cleavage_note: SomeWords
    ring_suitability: Annotated[Literal["daily", "protected", "occasional", "not_advised"], choice()]
    ring_note: SomeWords
    stability_heat: Words
    stability_light: Words
    stability_chemicals: Words
    ultrasonic_safe: Annotated[Literal["yes", "no", "with care"], choice()]
    steam_safe: Annotated[Literal["yes", "no", "with care"], choice()]
    treatments: Words
    body_hex: Annotated[str, colour("Colour, sRGB")]
    body_hex_second: Annotated[str | None, colour("Second body colour, sRGB", optional=True)]
    effect: Annotated[Effect | None, choice(optional=True)]
    absorption: Words
    lab_grown_available: Annotated[Literal["yes", "no", "rare"], choice()]
    lab_price_ratio_low: Annotated[float | None, _lab_price_ratio("low")]
    lab_price_ratio_high: Annotated[float | None, _lab_price_ratio("high")]
    commercial_usd_per_ct_at_0_25ct: Annotated[float | None, _price("commercial", "0.25")]
    commercial_usd_per_ct_at_0_5ct: Annotated[float | None, _price("commercial", "0.5")]
    commercial_usd_per_ct_at_1ct: Annotated[float | None, _price("commercial", "1")]
    commercial_usd_per_ct_at_2ct: Annotated[float | None, _price("commercial", "2")]
    commercial_usd_per_ct_at_3ct: Annotated[float | None, _price("commercial", "3")]
    fine_usd_per_ct_at_0_25ct: Annotated[float | None, _price("fine", "0.25")]
    fine_usd_per_ct_at_0_5ct: Annotated[float | None, _price("fine", "0.5")]
    fine_usd_per_ct_at_1ct: Annotated[float | None, _price("fine", "1")]
    fine_usd_per_ct_at_2ct: Annotated[float | None, _price("fine", "2")]
    fine_usd_per_ct_at_3ct: Annotated[float | None, _price("fine", "3")]
    price_as_of: Annotated[str | None, date(optional=True)]
    price_note: SomeWords
    price_sources: SourceIds
    price_confidence: Confidence
    note: SomeWords
    care_confidence: Confidence
    colour_confidence: Confidence
    sources: SourceIds
    confidence: Confidence

    @property
    def transparent(self) -> bool:
        """Whether light is traced through it; pearls, opals and opaque stones are shaded on their surface."""
        return self.optics == "transparent"

    @property
    def form(self) -> Form:
        """How it is usually cut: clear stones in facets, all others as domes, which show their colour or glow whole.

        A pearl grows as a sphere and is never anything else; the other two are customs.
        """
        return {"transparent": "faceted", "pearl": "sphere"}.get(self.optics, "cabochon")  # type: ignore[return-value]

    @property
    def graded(self) -> bool:
        """Whether the trade gives it a colour letter and a clarity grade: diamonds only, natural and grown."""
        return self.species == "diamond"

    @property
    def natural_id(self) -> str | None:
        """The id of the gem that this laboratory-grown one is the like of; None for natural gems and imitations."""
        return self.id.removesuffix(GROWN) if self.is_lab_grown and self.id.endswith(GROWN) else None

    @property
    def refractive_index(self) -> float:
        """The mean of the two indices."""
        return (self.ri_o_or_low + self.ri_e_or_high) / 2

    @property
    def price_usd_per_ct(self) -> tuple[tuple[float, float, float], ...]:
        """(carat, commercial, fine) at each weight that has a price; empty for pearls, which sell by the piece."""
        commercial = (
            self.commercial_usd_per_ct_at_0_25ct,
            self.commercial_usd_per_ct_at_0_5ct,
            self.commercial_usd_per_ct_at_1ct,
            self.commercial_usd_per_ct_at_2ct,
            self.commercial_usd_per_ct_at_3ct,
        )
        fine = (
            self.fine_usd_per_ct_at_0_25ct,
            self.fine_usd_per_ct_at_0_5ct,
            self.fine_usd_per_ct_at_1ct,
            self.fine_usd_per_ct_at_2ct,
            self.fine_usd_per_ct_at_3ct,
        )
        return tuple(
            (carat, low, high)
            for carat, low, high in zip(PRICED_CARATS, commercial, fine, strict=True)
            if low is not None and high is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthstone:
    """One stone of one month in one of the lists; `gem_ids` are the gems it can be made with, the usual one first."""

    id: RowId
    month: Annotated[int, whole("Month", "", at_least=1, at_most=12)]
    list: Annotated[Literal["modern_us", "original_1912", "uk_1937", "traditional", "zodiac"], choice()]
    list_label: Words
    stone: Words
    gem_ids: Annotated[tuple[str, ...], ids()]
    rank: Annotated[int, whole("Rank within the month", "", at_least=1, at_most=9)]
    adopted_year: Annotated[int | None, whole("Adopted", "year", at_least=1800, at_most=2030, optional=True)]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence
