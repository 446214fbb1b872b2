"""Do our stones weigh what real stones weigh? 53,940 diamonds, size charts, and the trade's own formulas."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator import reference, units
from configurator.geometry import gems
from configurator.reference import StoneSize
from configurator.validation.report import Bar, Case, Check, Histogram, within

MEDIAN_PCT, P90_PCT = 1.5, 4.0
SEED = 1  # of the halves
HISTOGRAM_PCT = np.arange(-5.0, 5.01, 0.5)
# Size charts give no depth and round to 0.1 mm; fancy shapes are given by the mean of length and width of stones on
# sale, which are cut deeper than ours for weight. The trade's factors have two digits and mean "a medium girdle".
CHART_ROUND_PCT, CHART_FANCY_PCT, FACTOR_PCT = 8.0, 18.0, 6.5
MOST_OUTSIDE_PCT = 5.0
UNLIKELY_CHART = "gottrocks"


def all_diamonds() -> Any:
    """The public `diamonds` data as a table. Raises `ModuleNotFoundError` without the development packages."""
    from plotnine.data import diamonds

    return diamonds


def round_weights() -> Check:
    """The round brilliant against real stones, those that its girdle was not tuned on."""
    diamonds = all_diamonds()
    # A row whose own numbers disagree tells nothing: no zero sizes, the stated depth within 0.5 points of 2z / (x + y).
    sound = (diamonds[["x", "y", "z"]] > 0).all(axis=1) & diamonds.table.between(50, 70)
    sound &= (200 * diamonds.z / (diamonds.x + diamonds.y) - diamonds.depth).abs() < 0.5
    sound &= (diamonds.x / diamonds.y - 1).abs() < 0.03
    rows = diamonds[sound][["carat", "table", "x", "y", "z"]].to_numpy(float)
    held_out = np.random.default_rng(SEED).permutation(len(rows))[len(rows) // 2 :]
    errors = 100 * weight_errors(rows[held_out])
    off = np.abs(errors)
    counts, edges = np.histogram(np.clip(errors, HISTOGRAM_PCT[0], HISTOGRAM_PCT[-1]), HISTOGRAM_PCT)
    return Check(
        id="round_weights",
        title="Weight of round stones",
        question="From its millimetres alone, do we know what a diamond weighs?",
        compared=f"{len(diamonds):,} real round diamonds, of which {len(diamonds) - int(sound.sum())} contradict "
        f"themselves (a size of zero, a depth that is not their depth). Half of the rest tuned the thickness of the "
        f"girdle; these are the other {len(held_out):,}: our solid of each one's length, width, depth and table, at "
        "the density of diamond, against its weight.",
        bars=(
            Bar(label="median error", measured=_pct(np.median(off)), sense="at most", limit=MEDIAN_PCT, unit="%"),
            Bar(
                label="nine of ten within",
                measured=_pct(np.quantile(off, 0.9)),
                sense="at most",
                limit=P90_PCT,
                unit="%",
            ),
        ),
        histogram=Histogram(
            title="our weight over the real one, %", edges=tuple(edges.tolist()), counts=tuple(counts.tolist())
        ),
        left_out=(f"{len(diamonds) - int(sound.sum())} of {len(diamonds):,} rows whose own numbers disagree.",),
        about=("pricing",),
    )


def weight_errors(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share by which our stone is too heavy, for rows (weight, table in %, length, width, depth) of real rounds."""
    gravity = reference.load().gems["diamond"].specific_gravity
    errors = []
    for weight_ct, table_pct, length_mm, width_mm, depth_mm in rows:
        long_mm, short_mm = max(length_mm, width_mm), min(length_mm, width_mm)
        stone = gems.cut_stone("round_brilliant", long_mm, short_mm, depth_mm, table_pct)
        errors.append(units.weight_ct(stone.volume_mm3, gravity) / weight_ct - 1)
    return np.array(errors)


def other_cuts() -> Check:
    """Every cut against the size charts and against the trade's weight formulas."""
    cases = (*map(_charted, _charts()), *_factors())
    outside = sum(not case.inside for case in cases)
    left_out = [row for row in reference.load().stone_sizes if row.cut not in gems.CUTS or _unlikely(row)]
    return Check(
        id="other_cuts",
        title="Weight of every other cut",
        question="And an oval, a princess, a cabochon?",
        compared="Our stone of a charted size against the charted weight of a diamond; and length × width × depth × "
        "the trade's factor against our volume, for every cut that has a factor.",
        bars=(
            Bar(
                label="outside what charts and factors can say",
                measured=_pct(100 * outside / len(cases)),
                sense="at most",
                limit=MOST_OUTSIDE_PCT,
                unit="% of cases",
            ),
            Bar(
                label="median error",
                measured=_pct(100 * float(np.median([abs(case.mid / case.documented - 1) for case in cases]))),
                sense="at most",
                limit=CHART_ROUND_PCT,
                unit="%",
            ),
        ),
        cases=cases,
        left_out=(
            f"{len(left_out)} rows of the charts: ovals, pears and marquises of one old chart, which weigh a third "
            "more than the trade's own formula gives at any depth that is cut.",
        )
        if left_out
        else (),
        about=("pricing",),
    )


def _pct(value: float) -> float:
    return round(float(value), 2)


def _unlikely(row: StoneSize) -> bool:
    return row.cut != "round_brilliant" and UNLIKELY_CHART in row.id


def _charts() -> list[StoneSize]:
    return [row for row in reference.load().stone_sizes if row.cut in gems.CUTS and not _unlikely(row)]


def _charted(row: StoneSize) -> Case:
    tables = reference.load()
    cut = tables.cuts[row.cut]
    if row.length_mm and row.width_mm:
        length_mm, width_mm = row.length_mm, row.width_mm
    else:
        width_mm = 2 * (row.mean_mm or 0) / (1 + cut.length_to_width_default)
        length_mm = cut.length_to_width_default * width_mm
    stone = gems.cut_stone(row.cut, length_mm, width_mm)
    ours = units.weight_ct(stone.volume_mm3, tables.gems["diamond"].specific_gravity)
    allowed = CHART_ROUND_PCT if row.cut == "round_brilliant" else CHART_FANCY_PCT
    label = f"{cut.label}, {length_mm:.3g} × {width_mm:.3g} mm"
    return within(
        label, "ct", row.carat, ours, allowed / 100, "charts give no depth, and stones are cut deep for weight"
    )


def _factors() -> list[Case]:
    tables, found = reference.load(), []
    for cut_id in gems.CUTS:
        cut = tables.cuts[cut_id]
        factors = cut.factor_by_ratio or ((cut.length_to_width_default, cut.weight_factor_ct_per_mm3),)
        for ratio, factor in factors:
            if factor is None:
                continue
            stone = gems.cut_stone(cut_id, 6 * ratio, 6)
            box = stone.length_mm * stone.width_mm * stone.depth_mm
            ours = units.weight_ct(stone.volume_mm3, tables.gems["diamond"].specific_gravity) / box
            label = f"{cut.label}, {ratio:g} times as long as wide: the trade's factor"
            found.append(within(label, "ct/mm³", factor, ours, FACTOR_PCT / 100, "the factor is for a medium girdle"))
    return found
