"""The Methods page: how each number is made, by the code's own words, and how it holds up against the world."""

from html import escape

import pandas as pd
import streamlit as st

from configurator import reference, validation
from configurator.charts.validation import alt_text, figure
from configurator.reference import Number, periods
from configurator.ui.plot import plot
from configurator.validation.calibration import LEAST_INSIDE_PCT
from configurator.validation.methods import Method, Part, methods
from configurator.validation.report import Bar, Case, Check, Report

_HELD, _MISSED = "held", "missed"
PERCENT = 100
_WIDE_TABLES = ("metals", "gems", "cuts", "chains", "clasps", "elements", "ring_sizes", "stone_sizes", "diamond_sizes")
_CASES = {
    "inside": st.column_config.TextColumn("Inside", width="small"),
    "case": st.column_config.TextColumn("Case", width="large"),
    "documented": st.column_config.TextColumn("Documented", width="small"),
    "ours": st.column_config.TextColumn("Ours", width="medium"),
    "unit": st.column_config.TextColumn("Unit", width="small"),
    "why": st.column_config.TextColumn("What to know", width="large"),
}
_INPUTS = {
    "label": st.column_config.TextColumn("What", width="large"),
    "value": st.column_config.TextColumn("Value", width="medium"),
    "unit": st.column_config.TextColumn("Unit", width="small"),
    "confidence": st.column_config.TextColumn("Confidence", width="small"),
    "source": st.column_config.TextColumn("Source", width="large"),
}


def show_methods() -> None:
    """The whole page."""
    report = validation.saved()
    st.title("How the numbers are made")
    st.html(f'<p class="ks-lead">{escape(_lead(report))}</p>')
    if report.reference_version != reference.load().version:
        st.html(f'<div class="ks-note">{_since(report)}</div>')
    st.subheader("Held against the world")
    st.html(_overview(report))
    titles = {check.title: check for check in report.checks}
    _check(titles[st.selectbox("Look closer at", list(titles), key="methods.check")])
    st.divider()
    st.subheader("How each model works")
    models = {method.title: method for method in methods()}
    _method(models[st.selectbox("Model", list(models), index=1, key="methods.model")], report)


def _since(report: Report) -> str:
    """What has changed since the checks were made, as far as it matters to a reader."""
    day = escape(periods.spoken(report.date))
    if report.reference_version == reference.delivered().version:
        return (
            f"These checks were made on {day} with the prices that came with Keepsake. The shop has set prices of its "
            "own since then; how the numbers are made is the same."
        )
    return f"These checks were made on {day}; some figures behind them have been renewed since then."


def _lead(report: Report) -> str:
    """The hardest test first: our ranges against what was paid and measured; what agrees by arithmetic comes after."""
    cases = [case for check in report.checks for case in check.cases]
    ranged = [case for case in cases if case.model and not case.floor]  # a floor proves little by lying below
    fresh = [case for case in ranged if not case.built_on]
    others = [case for case in cases if not case.model]
    held = sum(_holds(check) for check in report.checks)
    return (
        f"On {periods.spoken(report.date)} every model was set against measurements, price lists and sales that we did "
        f"not make. Where we give a range, which promises eight in ten, {_share(ranged)} documented figures lie "
        f"inside it, and {_share(fresh)} of those that went into no model. Where we give one number, such as a volume "
        f"or a density, {_share(others)} agree. {held} of {len(report.checks)} checks held; each figure outside is "
        "named here with the reason. What follows below is what the code says of itself."
    )


def _share(cases: list[Case]) -> str:
    inside = sum(case.inside for case in cases)
    return f"{inside} of {len(cases)} ({inside / len(cases):.0%})"


def _holds(check: Check) -> bool:
    """Whether its bars are held, and enough of its cases lie inside our ranges."""
    return check.held and not _too_few(check)


def _too_few(check: Check) -> bool:
    """Whether fewer of its cases lie inside our ranges than those promise, however well each miss is explained."""
    ranged = [case for case in check.cases if case.model]
    return bool(ranged) and PERCENT * sum(case.inside for case in ranged) / len(ranged) < LEAST_INSIDE_PCT


def _overview(report: Report) -> str:
    rows = "".join(
        f"<tr><td>{escape(check.title)}</td><td>{escape(_headline(check))}</td>"
        f'<td class="{_HELD if _holds(check) else _MISSED}">{verdict(check)}</td></tr>'
        for check in report.checks
    )
    head = "<tr><th>Check</th><th>What was found</th><th>Bar</th></tr>"
    return f'<table class="ks-checks"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def verdict(check: Check) -> str:
    """Held with nothing outside, or with so many cases outside that are explained, or missed."""
    if not check.held:
        return _MISSED
    if _too_few(check):
        return f"{_MISSED}: under {LEAST_INSIDE_PCT:g} % inside, {len(check.misses)} explained"
    return f"{_HELD}, {len(check.misses)} explained" if check.misses else _HELD


def _headline(check: Check) -> str:
    """The figure that says most: how many cases lie inside, else the first bar."""
    ranged = [case for case in check.cases if case.model]
    if ranged:
        return f"{sum(case.inside for case in ranged)} of {len(ranged)} documented figures inside our range"
    return _bar(check.bars[0])


def _bar(bar: Bar) -> str:
    unit = f"\N{NO-BREAK SPACE}{bar.unit}" if bar.unit else ""
    return f"{bar.label}: {bar.measured:g}{unit} ({bar.sense} {bar.limit:g}{unit})"


def _check(check: Check) -> None:
    st.html(f'<p class="ks-verdict">{escape(check.question)}</p>')
    st.html(f'<p class="ks-lead">{escape(check.compared)}</p>')
    st.html(_listed([_bar(bar) for bar in check.bars], "What it must be, and is"))
    drawn = figure(check)
    if drawn is not None:
        st.html(f'<p class="ks-small">{escape(alt_text(check))}</p>')
        plot(drawn, key=f"methods.{check.id}", alt=alt_text(check))
    misses = [f"{case.label}. {case.why}" for case in check.misses]
    st.html(_listed(misses, "Outside, one by one") + _listed(list(check.left_out), "Left out, and why"))
    if check.cases:
        with st.expander(f"All {len(check.cases)} cases", icon=":material/table:"):
            table = pd.DataFrame([_row(case) for case in check.cases])
            st.dataframe(table, hide_index=True, column_config=_CASES)
            name = f"keepsake-check-{check.id}.csv"
            st.download_button("Download as CSV", table.to_csv(index=False), name, "text/csv", key=f"csv.{check.id}")


def _row(case: Case) -> dict[str, str]:
    ours = f"{case.mid:g}" if case.low == case.high else f"{case.mid:g} ({case.low:g} to {case.high:g})"
    known = ["its figure went into the model"] if case.built_on else []
    known += ["a floor: it should not lie above our range"] if case.floor else []
    return {
        "inside": "yes" if case.inside else "no",
        "case": case.label,
        "documented": f"{case.documented:g}",
        "ours": ours,
        "unit": case.unit,
        "why": "; ".join([*([case.why] if case.why else []), *known]),
    }


def _listed(lines: list[str], heading: str) -> str:
    if not lines:
        return ""
    rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<h4 class="ks-heading">{escape(heading)}</h4><ul class="ks-findings">{rows}</ul>'


def _method(method: Method, report: Report) -> None:
    first, *rest = method.parts
    st.html(f'<div class="ks-method">{_paragraphs(first.text)}{"".join(map(_also, rest))}</div>')
    steps = [step for part in method.parts for step in part.steps]
    with st.expander(f"Step by step: {len(steps)} formulas", icon=":material/function:"):
        st.html("".join(f"<h4>{escape(step.name.capitalize())}</h4>{_paragraphs(step.text)}" for step in steps))
    tried = [check for check in report.checks if method.id in check.about]
    st.html(_listed([f"{check.title}: {_headline(check)}" for check in tried], "Held against the world by"))
    numbers = inputs(report.rows.get(method.id, ()))
    if numbers:
        facts = [number for number in numbers if number.table not in _WIDE_TABLES]
        guessed = sum(number.is_estimate for number in facts)
        st.html(
            f'<p class="ks-small">It read {len(facts)} figures while it worked on {report.designs} designs, besides '
            f"the properties of the metals, stones and parts chosen; {guessed} rest on our own estimate and say so.</p>"
        )
        with st.expander(f"The {len(facts)} figures it reads", icon=":material/table:"):
            st.dataframe(pd.DataFrame(map(_input, facts)), hide_index=True, column_config=_INPUTS)


def _also(part: Part) -> str:
    return f"<hr>{_paragraphs(part.text)}"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))


def inputs(rows: tuple[str, ...]) -> list[Number]:
    """The numbers of the rows that a model read, in the order of the tables."""
    wanted = set(rows)
    return [number for number in reference.numbers(reference.load()) if f"{number.table}/{number.id}" in wanted]


def _input(number: Number) -> dict[str, str]:
    label = f"{number.label}: {number.quantity}" if number.quantity else number.label
    return {
        "label": label,
        "value": number.text,
        "unit": number.unit,
        "confidence": f"{number.confidence}, our estimate" if number.is_estimate else number.confidence,
        "source": "; ".join(source.title for source in number.sources),
    }
