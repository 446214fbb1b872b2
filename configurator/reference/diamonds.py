"""The fit of diamond prices: its coefficients as rows, and as one value that a price model reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from configurator.reference.columns import choice, quantity
from configurator.reference.facts import Confidence, Fact, RowId, SomeWords, SourceIds, Words
from configurator.reference.tables import BadTable


@dataclass(frozen=True, slots=True, kw_only=True)
class DiamondTerm:
    """One coefficient of the fits of ln(price) in `diamond_fit.csv`."""

    id: RowId
    model: Annotated[Literal["e", "d"], choice()]
    group: Annotated[
        Literal[
            "const",
            "ln_carat",
            "cut",
            "colour",
            "clarity",
            "colour_by_ln_carat",
            "clarity_by_ln_carat",
            "step_from_ct",
        ],
        choice(),
    ]
    level: SomeWords
    coefficient: Annotated[float, quantity("Coefficient", "", at_least=-10, at_most=20)]
    unit: Words
    sources: SourceIds
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class DiamondFit:
    """A fit of ln(asking price in USD of about 2008) of a round diamond.

    ln price = intercept + sum of ln_carat[k] (ln ct)^(k+1) + cut + colour + clarity
    + ln ct (colour_by_ln_carat + clarity_by_ln_carat) + every step whose carat is reached.
    The levels Ideal, G and VS2 are the reference (0). exp() of it is the median; times `smearing_factor` the mean.
    """

    intercept: float
    ln_carat: tuple[float, ...]
    cut: Mapping[str, float]
    colour: Mapping[str, float]
    clarity: Mapping[str, float]
    colour_by_ln_carat: Mapping[str, float]
    clarity_by_ln_carat: Mapping[str, float]
    steps: tuple[tuple[float, float], ...]  # (from carat, shift)
    smearing_factor: float
    residual_sd_log: float
    as_of: str


def diamond_fit(terms: Iterable[DiamondTerm], model: str, facts: Mapping[str, Fact]) -> DiamondFit:
    """One model of `diamond_fit.csv`, with its smearing factor and residual spread from the facts of `stones.csv`.

    Raises `BadTable` when a part of it is missing.
    """
    groups: dict[str, dict[str, float]] = {}
    for term in terms:
        if term.model == model:
            groups.setdefault(term.group, {})[term.level] = term.coefficient
    references = {
        "cut": "Ideal",
        "colour": "G",
        "clarity": "VS2",
        "colour_by_ln_carat": "G",
        "clarity_by_ln_carat": "VS2",
    }
    levels = {
        group: MappingProxyType({reference: 0.0} | groups.get(group, {})) for group, reference in references.items()
    }
    try:
        intercept = groups["const"][""]
        smearing, spread = (facts[f"diamond_fit_{model}_{name}"] for name in ("smearing_factor", "residual_sd_log"))
    except KeyError as error:
        raise BadTable("diamond_fit.csv", 1, f"model {model} has no {error.args[0] or 'const'}") from None
    if smearing.mid is None or spread.mid is None:
        raise BadTable("stones.csv", 1, f"the fit of model {model} needs its smearing factor and residual spread")
    powers = groups.get("ln_carat", {})
    return DiamondFit(
        intercept=intercept,
        ln_carat=tuple(powers[level] for level in sorted(powers, key=int)),
        steps=tuple(sorted((float(level), shift) for level, shift in groups.get("step_from_ct", {}).items())),
        smearing_factor=smearing.mid,
        residual_sd_log=spread.mid,
        as_of=smearing.as_of or "",
        **levels,
    )
