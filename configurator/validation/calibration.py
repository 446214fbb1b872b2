"""Are our ranges as wide as the world is? Of all documented cases, 70 to 95 % should lie within P10 to P90."""

from collections.abc import Sequence

from configurator.validation.report import Bar, Case, Check, Sense

LEAST_INSIDE_PCT = 70.0
LIMITS: tuple[tuple[Sense, float], ...] = (("at least", LEAST_INSIDE_PCT), ("at most", 95.0))


def calibration(checks: Sequence[Check]) -> Check:
    """All cases of all checks together, and by model; nothing is compared here that is not compared there."""
    ranged = [case for check in checks for case in check.cases if case.model]
    cases = [case for case in ranged if not case.floor]
    fresh = [case for case in cases if not case.built_on]
    models = dict.fromkeys(case.model for case in cases)
    by_model = ", ".join(f"{model} {_held(_of(cases, model))}" for model in models)
    bars = [
        Bar(label=f"inside, {name}", measured=_share(found), sense=sense, limit=limit_pct, unit="%")
        for name, found in (("all cases", cases), ("cases that no model was built on", fresh))
        for sense, limit_pct in LIMITS
    ]
    return Check(
        id="calibration",
        title="Are the ranges wide enough?",
        question="When we say “eight times in ten between these two”, is it so?",
        compared=f"Every documented case of this page that stands against a range of ours: {_held(cases)}; of those "
        f"whose figure went into no model, {_held(fresh)}. By model: {by_model}. Starting prices are "
        f"floors and are not among them; counted as if they were prices, {_held_as_prices(ranged)}. Diamonds are "
        "counted apart, above.",
        bars=tuple(bars),
    )


def _of(cases: Sequence[Case], model: str) -> list[Case]:
    return [case for case in cases if case.model == model]


def _held_as_prices(cases: Sequence[Case]) -> str:
    return f"{sum(case.low <= case.documented <= case.high for case in cases)} of {len(cases)} would lie inside"


def _share(cases: Sequence[Case]) -> float:
    return round(100 * sum(case.inside for case in cases) / len(cases), 1)


def _held(cases: Sequence[Case]) -> str:
    return f"{sum(case.inside for case in cases)} of {len(cases)}"
