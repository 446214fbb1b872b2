"""The row types of metals: elements, jewelry alloys and platings, market prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from configurator.reference.columns import Column, Part, Shares, choice, colour, date, quantity, shares, yes_no
from configurator.reference.facts import Confidence, RowId, SomeWords, SourceIds, Words
from configurator.units import usd_per_g

MetalKind = Literal["gold", "silver", "platinum", "palladium", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A chemical element, for the density of an ideal mixture."""

    id: RowId
    label: Words
    density_g_cm3: Annotated[float, quantity("Density", "g/cm³", at_least=1, at_most=23)]
    sources: SourceIds
    confidence: Confidence


def _permille(symbol: str) -> Column:
    return quantity(f"{symbol} by mass", "‰", at_least=0, at_most=1000)


def _density(part: Part) -> Column:
    return quantity("Density", "g/cm³", at_least=1, at_most=23, part=part, trust="density_confidence")


def _reflectance(channel: str) -> Column:
    name = f"Reflectance, {channel}"
    return quantity(name, "linear", at_least=0, at_most=1, trust="colour_confidence")


def _vickers(state: str) -> Column:
    return quantity(f"Hardness, {state}", "HV", at_least=15, at_most=3000, optional=True, trust="hardness_confidence")


def _strength(what: str) -> Column:
    return quantity(what, "MPa", at_least=50, at_most=2500, optional=True, trust="strength_confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metal:
    """A jewelry alloy, solid or plated. Composition in parts per thousand by mass; all zero for a compound.

    `surface_only` marks a plating that cannot be the body of a piece; `plating` is what covers the body, and its
    thickness range is given where the trade or the law gives one.
    """

    id: RowId
    label: Words
    kind: Annotated[MetalKind, choice()]
    karat_text: Words
    au_permille: Annotated[float, _permille("Gold")]
    ag_permille: Annotated[float, _permille("Silver")]
    cu_permille: Annotated[float, _permille("Copper")]
    pd_permille: Annotated[float, _permille("Palladium")]
    pt_permille: Annotated[float, _permille("Platinum")]
    ni_permille: Annotated[float, _permille("Nickel")]
    zn_permille: Annotated[float, _permille("Zinc")]
    other_permille: Annotated[Shares, shares("Other elements by mass", "‰")]
    density_low_g_cm3: Annotated[float, _density("low")]
    density_g_cm3: Annotated[float, _density("mid")]
    density_high_g_cm3: Annotated[float, _density("high")]
    hv_as_cast: Annotated[float | None, _vickers("as cast")]
    hv_annealed: Annotated[float | None, _vickers("annealed")]
    hv_work_hardened: Annotated[float | None, _vickers("work-hardened")]
    hv_aged: Annotated[float | None, _vickers("age-hardened")]
    yield_mpa: Annotated[float | None, _strength("Yield strength, annealed")]
    uts_annealed_mpa: Annotated[float | None, _strength("Tensile strength, annealed")]
    uts_hard_mpa: Annotated[float | None, _strength("Tensile strength, hard")]
    melt_solidus_c: Annotated[
        float | None, quantity("Melting range", "°C", at_least=400, at_most=3500, part="low", optional=True)
    ]
    melt_liquidus_c: Annotated[
        float | None, quantity("Melting range", "°C", at_least=400, at_most=3500, part="high", optional=True)
    ]
    tarnish: Words
    nickel: Annotated[bool, yes_no()]
    nickel_note: SomeWords
    rhodium_plated: Annotated[Literal["yes", "no", "optional"], choice()]
    rhodium_note: SomeWords
    castable: Annotated[bool, yes_no()]
    castable_note: SomeWords
    resizable: Words
    torch_solderable: Words
    stamp: Words
    reflectance_r: Annotated[float, _reflectance("red")]
    reflectance_g: Annotated[float, _reflectance("green")]
    reflectance_b: Annotated[float, _reflectance("blue")]
    hex: Annotated[str, colour("Colour, sRGB")]
    plating: Annotated[Literal["gold", "rhodium"] | None, choice(optional=True)]
    plating_um_low: Annotated[
        float | None, quantity("Plating thickness", "µm", at_least=0.01, at_most=50, part="low", optional=True)
    ]
    plating_um_high: Annotated[
        float | None, quantity("Plating thickness", "µm", at_least=0.01, at_most=50, part="high", optional=True)
    ]
    surface_only: Annotated[bool, yes_no()]
    note: SomeWords
    density_confidence: Confidence
    hardness_confidence: Confidence
    strength_confidence: Confidence
    colour_confidence: Confidence
    sources: SourceIds
    confidence: Confidence

    @property
    def reflectance(self) -> tuple[float, float, float]:
        """Linear red, green and blue reflectance at normal incidence, as a viewer wants it."""
        return (self.reflectance_r, self.reflectance_g, self.reflectance_b)

    @property
    def hardness_hv(self) -> float:
        """Vickers hardness as the piece leaves the caster: as cast, else annealed."""
        hardness = self.hv_annealed if self.hv_as_cast is None else self.hv_as_cast
        assert hardness is not None  # load() refuses a metal with neither
        return hardness

    @property
    def permille(self) -> Mapping[str, float]:
        """Element id -> parts per thousand by mass, every element of the alloy that is known."""
        named = {
            "au": self.au_permille,
            "ag": self.ag_permille,
            "cu": self.cu_permille,
            "pd": self.pd_permille,
            "pt": self.pt_permille,
            "ni": self.ni_permille,
            "zn": self.zn_permille,
        }
        return {element: share for element, share in (named | dict(self.other_permille)).items() if share}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotPrice:
    """A market price of a pure metal on a date (a day, month, quarter or year, see `kind`)."""

    id: RowId
    element: Annotated[Literal["gold", "silver", "platinum", "palladium", "rhodium"], choice()]
    date: Annotated[str, date()]
    kind: Annotated[
        Literal["monthly_average", "quarterly_average", "annual_average", "part_year_average", "spot", "london_fix"],
        choice(),
    ]
    usd_per_troy_ounce: Annotated[float, quantity("Market price", "USD/ozt", at_least=1, at_most=50000)]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence

    @property
    def usd_per_g(self) -> float:
        """The price per gram of pure metal."""
        return usd_per_g(self.usd_per_troy_ounce)
