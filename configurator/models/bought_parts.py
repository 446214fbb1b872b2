"""Chains, clasps and ear fittings that come finished from a supplier: by the weight of their metal, and by the piece.

A supplier asks the metal's value times a making factor, and something for each piece however light it is. The first
moves with the metal price and is a line of its own; the second is paid with the work of fitting the part.
"""

from collections.abc import Iterator, Mapping

from configurator import units
from configurator.design import Design
from configurator.measures import Fitting, FittingMeasure, Measures
from configurator.models import metal_prices
from configurator.models.ledger import Cost, Figure, Ledger, Row, sources_of

LABELS: Mapping[Fitting, tuple[str, str]] = {  # one, several
    "chain": ("Chain", "Chains"),
    "clasp": ("Clasp", "Clasps"),
    "jump_ring": ("Jump ring", "Jump rings"),
    "bail": ("Bail", "Bails"),
    "post": ("Earring post", "Earring posts"),
    "back": ("Earring back", "Earring backs"),
    "hook": ("Ear hook", "Ear hooks"),
    "hinge": ("Hinge", "Hinges"),
}


def named(fitting: FittingMeasure) -> str:
    """What a bought part is called: `Chain, cable`; `Earring backs, butterfly`."""
    label = LABELS[fitting.kind][fitting.count > 1]
    return f"{label}, {fitting.variety.replace('_', ' ')}" if fitting.variety else label


def bought(measures: Measures) -> tuple[FittingMeasure, ...]:
    """The fittings that come from a supplier; the rest is part of a casting."""
    return tuple(fitting for fitting in measures.fittings if fitting.volume_mm3)


def costs(design: Design, measures: Measures, ledger: Ledger, making: Figure | float = 1) -> Iterator[Cost]:
    """The metal of every bought part with its making; `making` is what a run costs of what one piece does."""
    metal = ledger.reference.metals[design.metal]
    for number, fitting in enumerate(bought(measures), start=1):
        row = _row(ledger, "making_factor", fitting)
        mass_g = units.mass_g(fitting.volume_mm3, metal.density_g_cm3)
        factor = 1 + (ledger.of(row) - 1) * making
        yield Cost(
            item=f"bought_{number}",
            label=named(fitting),
            kind="metal",
            usd=mass_g * metal_prices.content_usd_per_g(ledger, metal) * factor,
            formula=f"{mass_g:.2f} g × {metal_prices.content_in_words(ledger, metal)} × {factor[0]:.2f} for making",
            as_of=metal_prices.as_of(ledger, metal),
            sources=sources_of(*metal_prices.spot_rows(ledger, metal), row),
        )


def each(fitting: FittingMeasure, ledger: Ledger) -> Row:
    """The row of what one such part costs over the value of its metal, in US dollars."""
    return _row(ledger, "making_usd", fitting)


def _row(ledger: Ledger, what: str, fitting: FittingMeasure) -> Row:
    """The row of its variety where there is one, else of its kind, else of all small fittings."""
    rows = ledger.reference.assumptions
    names = (f"{fitting.kind}_{fitting.variety}", fitting.kind, "fitting")
    return next(rows[f"{what}_{name}"] for name in names if f"{what}_{name}" in rows)
