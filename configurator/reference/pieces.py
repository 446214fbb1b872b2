"""The row types of whole pieces: ring sizes, pieces really sold, what a sourcing scheme assures, where one buys."""

from dataclasses import dataclass
from typing import Annotated, Literal

from configurator.reference.columns import Column, Part, choice, quantity, size_text, whole, yes_no
from configurator.reference.facts import Confidence, RowId, SomeWords, SourceIds, Words


def _national_size(country: str, trust: str) -> Column:
    return whole(country, "size", at_least=1, at_most=40, optional=True, trust=trust)


@dataclass(frozen=True, slots=True, kw_only=True)
class RingSize:
    """One US/Canada size and its nearest neighbours elsewhere, all through millimetres."""

    id: RowId
    us_size: Annotated[float, quantity("US and Canada", "size", at_least=0, at_most=20)]
    inner_diameter_mm: Annotated[float, quantity("Inner diameter", "mm", at_least=11, at_most=26)]
    inner_circumference_mm: Annotated[float, quantity("Inner circumference", "mm", at_least=35, at_most=82)]
    eu_size: Annotated[int, whole("ISO 8653 (EU)", "size", at_least=35, at_most=82)]
    ch_it_es_nl_size: Annotated[
        float, quantity("Switzerland, Italy, Spain, Netherlands", "size", at_least=-5, at_most=42)
    ]
    uk_size: Annotated[str, size_text("United Kingdom and Australia", trust="uk_jp_confidence")]
    jp_size: Annotated[int | None, _national_size("Japan", "uk_jp_confidence")]
    jp_diameter_mm: Annotated[
        float | None,
        quantity(
            "Japan: diameter of that size", "mm", at_least=12, at_most=26, optional=True, trust="uk_jp_confidence"
        ),
    ]
    in_size: Annotated[int | None, _national_size("India", "in_cn_confidence")]
    cn_size: Annotated[int | None, _national_size("China and Hong Kong", "in_cn_confidence")]
    uk_jp_confidence: Confidence
    in_cn_confidence: Confidence
    sources: SourceIds
    confidence: Confidence


def _size(name: str) -> Column:
    return quantity(name, "mm", at_least=0.1, at_most=1000, optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealPiece:
    """A piece that was really sold, as far as its seller described it: what our geometry is checked against."""

    id: RowId
    label: Words
    kind: Annotated[
        Literal["ring", "branded_second_hand", "unbranded_second_hand", "plain_band", "chain", "retail"], choice()
    ]
    metal_text: Words
    metal_mass_g: Annotated[float | None, quantity("Mass", "g", at_least=0.1, at_most=500, optional=True)]
    band_width_mm: Annotated[float | None, _size("Band width")]
    top_height_or_thickness_mm: Annotated[float | None, _size("Height of the top, or thickness")]
    top_width_mm: Annotated[float | None, _size("Width of the top")]
    stone_mass_g: Annotated[float | None, quantity("Stone mass", "g", at_least=0.001, at_most=10, optional=True)]
    stone_count: Annotated[float | None, quantity("Stones", "stones", at_least=1, at_most=1000, optional=True)]
    main_stone_ct: Annotated[float | None, quantity("Main stone", "ct", at_least=0.01, at_most=50, optional=True)]
    outer_height_mm: Annotated[float | None, _size("Outer height")]
    outer_width_mm: Annotated[float | None, _size("Outer width")]
    metal_volume_mm3: Annotated[float | None, quantity("Metal volume", "mm³", at_least=1, at_most=50000, optional=True)]
    length_mm: Annotated[float | None, _size("Length")]
    wire_mm: Annotated[float | None, _size("Wire")]
    ring_size_text: SomeWords
    list_price: Annotated[
        float | None, quantity("List price", "currency", at_least=1, at_most=10000000.0, optional=True)
    ]
    sale_price: Annotated[
        float | None, quantity("Sale price", "currency", at_least=1, at_most=10000000.0, optional=True)
    ]
    currency: Annotated[Literal["USD", "INR"] | None, choice(optional=True)]
    retailer_margin_pct: Annotated[
        float | None, quantity("Retailer's margin", "%", at_least=0, at_most=100, optional=True)
    ]
    lead_time_days: Annotated[float | None, quantity("Lead time", "days", at_least=0, at_most=365, optional=True)]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """What a sourcing scheme assures, and what it does not."""

    id: RowId
    label: Words
    assures: Words
    does_not_assure: Words
    premium_usd_per_g: Annotated[
        float | None, quantity("Premium over the metal", "USD/g", at_least=0, at_most=100, optional=True)
    ]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence


def _sales_tax(part: Part) -> Column:
    return quantity("Sales tax", "%", at_least=0, at_most=40, part=part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Where a piece is bought, by ISO 3166 code: currency (ISO 4217), sales tax on jewelry, and customary units.

    A tax that is one for the whole country has low, mid and high alike; `tax_in_price` says whether the price on a
    shop's label holds it, and `tax_name` what people there call it.
    """

    id: RowId
    label: Words
    currency: Words
    tax_low_pct: Annotated[float, _sales_tax("low")]
    tax_pct: Annotated[float, _sales_tax("mid")]
    tax_high_pct: Annotated[float, _sales_tax("high")]
    tax_in_price: Annotated[bool, yes_no()]
    tax_name: Words
    weight_unit: Annotated[Literal["g", "dwt", "ozt"], choice()]
    length_unit: Annotated[Literal["mm", "in"], choice()]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence
