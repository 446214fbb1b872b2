"""Do we know what a diamond was asked at? The fit of prices on stones that it has not seen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from configurator import reference
from configurator.models.ranges import RANGE_HIGH
from configurator.models.stone_prices import fitted_usd
from configurator.reference import DiamondFit
from configurator.validation.report import Bar, Check, Histogram
from configurator.validation.stones import all_diamonds

MEDIAN_PCT, HELD_LOW_PCT, HELD_HIGH_PCT = 8.0, 70.0, 95.0
SEED = 5  # of the halves
HISTOGRAM_PCT = np.arange(-40.0, 40.01, 4.0)
USUAL_COLOUR, USUAL_CLARITY, USUAL_CUT = "G", "VS2", "Ideal"


def diamond_prices() -> Check:
    """The form of the fit, refitted on one half of the stones, and the fit we ship, both on the other half."""
    fit, data = reference.load().diamond_fit, all_diamonds().sample(frac=1, random_state=SEED)
    terms, log_price = design_matrix(data, fit), np.log(data["price"].to_numpy())
    half = len(data) // 2
    coefficients, *_ = np.linalg.lstsq(terms[:half], log_price[:half], rcond=None)
    errors = 100 * np.expm1(terms[half:] @ coefficients - log_price[half:])
    shipped = _shipped(data.iloc[half:], fit) - log_price[half:]
    band = ndtri(RANGE_HIGH) * fit.residual_sd_log
    counts, edges = np.histogram(np.clip(errors, HISTOGRAM_PCT[0], HISTOGRAM_PCT[-1]), HISTOGRAM_PCT)
    off = np.abs(errors)
    return Check(
        id="diamond_prices",
        title="Prices of diamonds",
        question="Does the price model know stones that it has not seen?",
        compared=f"The terms of our fit, worked out again from {half:,} diamonds, price the other "
        f"{len(data) - half:,}. Beside it the fit as we ship it, and how many of these stones lie within its P10 to "
        "P90. All in the dollars of the data, of about 2008: what brings them to today is one factor by weight, the "
        "same for both sides, and is tried on its own among the documented prices.",
        bars=(
            Bar(
                label="median error, unseen stones",
                measured=_r(np.median(off)),
                sense="at most",
                limit=MEDIAN_PCT,
                unit="%",
            ),
            Bar(
                label="median error, the fit we ship",
                measured=_r(100 * np.median(np.abs(np.expm1(shipped)))),
                sense="at most",
                limit=MEDIAN_PCT,
                unit="%",
            ),
            Bar(
                label="stones within P10 to P90",
                measured=_r(100 * np.mean(np.abs(shipped) <= band)),
                sense="at least",
                limit=HELD_LOW_PCT,
                unit="%",
            ),
            Bar(
                label="stones within P10 to P90, not too many",
                measured=_r(100 * np.mean(np.abs(shipped) <= band)),
                sense="at most",
                limit=HELD_HIGH_PCT,
                unit="%",
            ),
        ),
        histogram=Histogram(
            title="our price over the one asked, %", edges=tuple(edges.tolist()), counts=tuple(counts.tolist())
        ),
        about=("pricing",),
    )


def _r(value: Any) -> float:
    return round(float(value), 2)


def design_matrix(data: Any, fit: DiamondFit) -> NDArray[np.float64]:
    """(stones, terms) of the shipped fit, as `DiamondFit` states them."""
    ln_ct = np.log(data["carat"].to_numpy())
    columns = [np.ones_like(ln_ct), *(ln_ct**power for power in range(1, len(fit.ln_carat) + 1))]
    columns += [(data["cut"] == level).to_numpy(float) for level in fit.cut if level != USUAL_CUT]
    for field, levels, usual in (("color", fit.colour, USUAL_COLOUR), ("clarity", fit.clarity, USUAL_CLARITY)):
        shifts = [(data[field] == level).to_numpy(float) for level in levels if level != usual]
        columns += shifts + [shift * ln_ct for shift in shifts]
    columns += [(data["carat"] >= from_ct).to_numpy(float) for from_ct, _ in fit.steps]
    return np.column_stack(columns)


def _shipped(data: Any, fit: DiamondFit) -> NDArray[np.float64]:
    """(stones,) log prices by the fit we ship."""
    rows = data[["carat", "cut", "color", "clarity"]].itertuples(index=False)
    return np.log([fitted_usd(fit, *row) for row in rows])
