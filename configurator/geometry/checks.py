"""Can it be made? Workshop rules on measures (cheap, in every build) and on the solid (in every casting)."""

from collections.abc import Iterable, Sequence

import manifold3d
from pydantic import BaseModel

from configurator import reference
from configurator.design import InvalidDesign, Stone
from configurator.geometry.piece import Casting, Finding
from configurator.geometry.rings import Ring
from configurator.geometry.solids import arrays
from configurator.measures import Measures

__all__ = ["Measures", "checked_casting", "on_measures", "on_metal", "refuse_impossible"]


def refuse_impossible(label: str, options: BaseModel, inner_diameter_mm: float, stones: Sequence[Stone]) -> None:
    """Raises `InvalidDesign` for sizes that cannot go together at all."""
    band_mm = float(getattr(options, "width_mm", 0.0))
    for stone in stones:
        if stone.role != "center":
            continue
        most = _limit("stone_over_band_width", "high")
        if band_mm and stone.width_mm > most * band_mm:
            raise InvalidDesign(
                f"A stone {stone.width_mm:g} mm wide is too large for a band of {band_mm:g} mm: take a band of at least "
                f"{stone.width_mm / most:.1f} mm, or a stone of up to {most * band_mm:.1f} mm."
            )
        most = _limit("stone_over_finger", "high")
        if stone.length_mm > most * inner_diameter_mm:
            raise InvalidDesign(
                f"A stone {stone.length_mm:g} mm long is longer than this finger is wide; "
                f"on a ring of {inner_diameter_mm:g} mm it can be up to {most * inner_diameter_mm:.1f} mm."
            )


def on_measures(ring: Ring, measures: Measures) -> tuple[Finding, ...]:
    """What the maker would object to, from measures alone."""
    return ()


def on_metal(kind: str, measures: Measures) -> tuple[Finding, ...]:
    """What the maker would object to in this kind of metal."""
    return ()


def checked_casting(ring: Ring, solid: manifold3d.Manifold, earlier: Iterable[Finding]) -> Casting:
    """Runs every check of the solid and hands it out."""
    vertices, faces = arrays(solid)
    return Casting(vertices, faces, solid.volume(), solid.surface_area(), solid.genus(), tuple(earlier))


def _limit(rule: str, column: str) -> float:
    value = getattr(reference.load().workshop[rule], column)
    assert value is not None, f"workshop.csv: {rule} has no {column}"
    return float(value)
