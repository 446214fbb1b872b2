"""The row types of cuts: proportions and weight formulas, and what stones of a weight measure."""

from dataclasses import dataclass
from typing import Annotated, Literal

from configurator.reference.columns import Column, Pairs, Part, pairs, quantity, whole
from configurator.reference.facts import Confidence, RowId, SomeWords, SourceIds, Words

_DIAMOND_FACTOR = "Diamond weight factor"
_COLOURED_FACTOR = "Published coloured-stone weight factor per unit of specific gravity"


def _percent(name: str, part: Literal["low", "high"], at_most: float = 100) -> Column:
    return quantity(
        name,
        "% of width",
        at_least=0,
        at_most=at_most,
        part=part,
        optional=True,
        trust="proportions_confidence",
    )


def _depth(part: Literal["low", "high"]) -> Column:
    return quantity("Depth", "% of width", at_least=10, at_most=100, part=part, trust="proportions_confidence")


def _angle(name: str, part: Literal["low", "high"]) -> Column:
    return quantity(name, "°", at_least=0, at_most=60, part=part, optional=True, trust="proportions_confidence")


def _ratio(part: Part) -> Column:
    return quantity("Length to width", "ratio", at_least=0.5, at_most=5, part=part, trust="proportions_confidence")


def _weight_factor(name: str, *, part: Part = "mid", trust: str = "confidence") -> Column:
    return quantity(name, "ct/mm³", at_least=0.001, at_most=0.02, part=part, optional=True, trust=trust)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A stone's cut: its usual proportions, and the trade's weight formulas (length x width x depth x factor).

    `factor_by_ratio` is (length over width, factor) where the trade's factor depends on the ratio.
    """

    id: RowId
    label: Words
    length_to_width_low: Annotated[float, _ratio("low")]
    length_to_width_default: Annotated[float, _ratio("mid")]
    length_to_width_high: Annotated[float, _ratio("high")]
    table_pct_low: Annotated[float | None, _percent("Table", "low")]
    table_pct_high: Annotated[float | None, _percent("Table", "high")]
    depth_pct_low: Annotated[float, _depth("low")]
    depth_pct_high: Annotated[float, _depth("high")]
    crown_height_pct_low: Annotated[float | None, _percent("Crown height", "low")]
    crown_height_pct_high: Annotated[float | None, _percent("Crown height", "high")]
    crown_angle_deg_low: Annotated[float | None, _angle("Crown angle", "low")]
    crown_angle_deg_high: Annotated[float | None, _angle("Crown angle", "high")]
    pavilion_angle_deg_low: Annotated[float | None, _angle("Pavilion angle", "low")]
    pavilion_angle_deg_high: Annotated[float | None, _angle("Pavilion angle", "high")]
    girdle_pct_low: Annotated[float | None, _percent("Girdle", "low", 15)]
    girdle_pct_high: Annotated[float | None, _percent("Girdle", "high", 15)]
    facets_low: Annotated[int, whole("Facets", "facets", at_least=0, at_most=200, part="low")]
    facets_high: Annotated[int, whole("Facets", "facets", at_least=0, at_most=200, part="high")]
    weight_factor_ct_per_mm3: Annotated[float | None, _weight_factor(_DIAMOND_FACTOR, part="low")]
    weight_factor_high_ct_per_mm3: Annotated[float | None, _weight_factor(_DIAMOND_FACTOR, part="high")]
    average_diameter_factor_ct_per_mm3: Annotated[
        float | None, _weight_factor(f"{_DIAMOND_FACTOR} on the average diameter")
    ]
    factor_by_ratio: Annotated[Pairs, pairs(f"{_DIAMOND_FACTOR} by length to width", "ct/mm³")]
    volume_factor_ct_per_mm3: Annotated[float | None, _weight_factor("Weight factor per unit of specific gravity")]
    coloured_factor_ct_per_mm3: Annotated[
        float | None, _weight_factor(_COLOURED_FACTOR, part="low", trust="coloured_factor_confidence")
    ]
    coloured_factor_high_ct_per_mm3: Annotated[
        float | None, _weight_factor(_COLOURED_FACTOR, part="high", trust="coloured_factor_confidence")
    ]
    weight_formula: Words
    note: SomeWords
    proportions_confidence: Confidence
    coloured_factor_confidence: Confidence
    sources: SourceIds
    confidence: Confidence

    @property
    def table_pct(self) -> float | None:
        """Middle of the usual range; None for a stone without a table."""
        return _middle(self.table_pct_low, self.table_pct_high)

    @property
    def depth_pct(self) -> float:
        """Middle of the usual range of total depth over width."""
        return (self.depth_pct_low + self.depth_pct_high) / 2

    @property
    def crown_height_pct(self) -> float | None:
        """Middle of the usual range."""
        return _middle(self.crown_height_pct_low, self.crown_height_pct_high)

    @property
    def crown_angle_deg(self) -> float | None:
        """Middle of the usual range."""
        return _middle(self.crown_angle_deg_low, self.crown_angle_deg_high)

    @property
    def pavilion_angle_deg(self) -> float | None:
        """Middle of the usual range."""
        return _middle(self.pavilion_angle_deg_low, self.pavilion_angle_deg_high)

    @property
    def girdle_pct(self) -> float | None:
        """Middle of the usual range."""
        return _middle(self.girdle_pct_low, self.girdle_pct_high)


def _middle(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (low + high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StoneSize:
    """What a stone of a cut and weight measures, after one table; `mean_mm` is the mean of length and width."""

    id: RowId
    cut: Words
    carat: Annotated[float, quantity("Weight", "ct", at_least=0.01, at_most=30)]
    length_mm: Annotated[float | None, quantity("Length", "mm", at_least=1, at_most=40, optional=True)]
    width_mm: Annotated[float | None, quantity("Width", "mm", at_least=1, at_most=40, optional=True)]
    mean_mm: Annotated[float | None, quantity("Mean of length and width", "mm", at_least=1, at_most=40, optional=True)]
    note: SomeWords
    sources: SourceIds
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class DiamondSize:
    """What real round diamonds of one weight measure: median, and 5 to 95 %, of so many stones."""

    id: RowId
    carat: Annotated[float, quantity("Weight", "ct", at_least=0.1, at_most=10)]
    stones: Annotated[int, whole("Stones measured", "stones", at_least=1, at_most=100000)]
    diameter_low_mm: Annotated[float, quantity("Diameter", "mm", at_least=2, at_most=20, part="low")]
    diameter_mm: Annotated[float, quantity("Diameter", "mm", at_least=2, at_most=20)]
    diameter_high_mm: Annotated[float, quantity("Diameter", "mm", at_least=2, at_most=20, part="high")]
    depth_mm: Annotated[float, quantity("Depth", "mm", at_least=1, at_most=15)]
    sources: SourceIds
    confidence: Confidence
