"""Our numbers against the world's: every check of the models, re-computed, and what is shown of it.

`validate()` runs all of them; `QUICK` are those that need no development package and little time, which a test repeats
against the report that was saved (`assets/validation.json`, made by `make validate`).
"""

from collections.abc import Callable
from datetime import UTC, datetime

from configurator import reference
from configurator.validation.bands import flat_band
from configurator.validation.buying import lead_times, price_cases
from configurator.validation.calibration import calibration
from configurator.validation.diamonds import diamond_prices
from configurator.validation.emissions import footprint_cases
from configurator.validation.masses import real_masses, shelf_masses
from configurator.validation.materials import alloy_density, ring_sizes
from configurator.validation.report import Check, Report, save, saved
from configurator.validation.rows import rows_read
from configurator.validation.selling import resale_cases
from configurator.validation.stones import other_cuts, round_weights
from configurator.validation.wearing import wear_and_upkeep

__all__ = ["QUICK", "THOROUGH", "Check", "Report", "quick_checks", "save", "saved", "validate"]

QUICK: tuple[Callable[[], Check], ...] = (
    flat_band,
    ring_sizes,
    alloy_density,
    other_cuts,
    real_masses,
    shelf_masses,
    price_cases,
    lead_times,
    wear_and_upkeep,
    resale_cases,
    footprint_cases,
)
THOROUGH: tuple[Callable[[], Check], ...] = (round_weights, diamond_prices)  # with 53,940 diamonds


def quick_checks() -> tuple[Check, ...]:
    """Every check that needs no development package, and the calibration over them."""
    found = tuple(check() for check in QUICK)
    return (*found, calibration(found))


def validate() -> Report:
    """Every check, with today's tables. Raises `ModuleNotFoundError` without the development packages."""
    rows, designs = rows_read()
    return Report(
        date=datetime.now(UTC).date().isoformat(),
        reference_version=reference.load().version,
        checks=(*(check() for check in THOROUGH), *quick_checks()),
        rows=rows,
        designs=designs,
    )
