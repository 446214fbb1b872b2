"""The why of every headline figure and mark: a row each, which opens its formula in words, its inputs and sources."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from configurator import reference, wording
from configurator.charts import theme
from configurator.display import DOLLAR
from configurator.evaluate import Evaluation, Side
from configurator.models.durability import HORIZON_YEARS
from configurator.models.scorecard import FULL
from configurator.reference import Source
from configurator.sensitivity import HEADLINES, RESALE_YEAR
from configurator.ui import facts
from configurator.whys import USD, Input, Why, whys

NAMES = {figure: name for figure, (name, _) in HEADLINES.items()}
NAMES |= {"metal_weight": "Metal weight", "lead_time": "From the first talk to the finished piece"}
COLUMNS = {"What goes in": "---", "Low": "--:", "Middle": "--:", "High": "--:", "Unit": "---"}  # and how it stands
MORE_COLUMNS = {"As of": "---", "Sources": "---"}
OURS = "measured or worked out here"  # an input without a source


def why_rows(found: Evaluation) -> None:
    """All rows of one of the two pieces."""
    side: Any = st.segmented_control(
        "Whose figures",
        list(theme.SIDES),
        key="why.side",
        default="custom",
        format_func=lambda side: theme.SIDES[side].name,
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    one, marks = getattr(found, side), {f"score_{score.id}": score for score in found.scorecard}
    said = _figures(one)
    told = whys(found, side)
    with st.container(key="whys"):
        for why in told:
            if why.figure in said:
                _row(why, f"{NAMES[why.figure]}: {said[why.figure]}")
        st.subheader("The ten marks")
        for why in told:
            if score := marks.get(why.figure):
                mark = score.design if side == "custom" else score.twin
                _row(why, f"{score.dimension}: {mark:g} of {FULL:g}")


def _figures(side: Side) -> dict[str, str]:
    """Each headline figure as it is first shown."""
    lasting, kept, kg = side.durability.first_repair_years, side.resale, side.footprint.kgco2e
    span = kept.ownership_cost_usd
    return {
        "price": wording.money(side.quote.total_usd.mid),
        "metal_weight": wording.grams(side.mass_g),
        "first_repair": wording.years(lasting.mid, HORIZON_YEARS),
        "resale": wording.money(kept.chosen.mid[RESALE_YEAR]),
        "owning": wording.money(span.mid),
        "kgco2e": f"{wording.rounded(kg.mid):,g} kg CO2e{_power(side)}",
        "lead_time": side.schedule.spoken,
    }


def _power(side: Side) -> str:
    return f", {side.footprint.electricity}" if side.footprint.electricity else ""


def _row(why: Why, label: str) -> None:
    # Made when it is opened, like the tables of the charts.
    row = st.expander(facts.markdown(label), key=f"why.{why.figure}", on_change="rerun")
    if row.open:
        row.html(f'<p class="ks-lead">{facts.escape(why.words)}</p>')
        row.markdown(table(why.inputs, reference.load().sources))


def table(inputs: Iterable[Input], sources: Any) -> str:
    """The inputs as a table of Markdown, whose links open beside the page; `sources` by id.

    Amounts stay in US dollars: their sources give them so, and the formulas in words multiply out. Who reads in another
    currency finds the middle in it as well.
    """
    rate = wording.reader().rate
    columns = COLUMNS | ({} if rate == DOLLAR else {f"Middle, {rate.currency}": "--:"}) | MORE_COLUMNS
    lines = [list(columns), list(columns.values())]
    for one in inputs:
        theirs = [] if rate == DOLLAR else [wording.money_exact(one.mid) if _of_money(one) else ""]
        cells = [one.label, *_numbers(one), one.unit.replace("_", " "), *theirs, one.as_of]
        lines.append([*map(facts.markdown, cells), _sources([sources[id] for id in one.sources])])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _numbers(one: Input) -> list[str]:
    """Low, middle and high; what is exact has a middle only."""
    ends = (one.low, one.mid, one.high) if one.low < one.high else (None, one.mid, None)
    return ["" if end is None else f"{end:,.2f}" if one.unit == USD else f"{end:,.4g}" for end in ends]


def _of_money(one: Input) -> bool:
    """Whether it is an amount, or one for each of something: `USD`, `USD/troy oz`."""
    return one.unit.partition("/")[0] == USD


def _sources(found: Sequence[Source]) -> str:
    return "; ".join(map(_source, found)) or OURS


def _source(one: Source) -> str:
    title = facts.markdown(one.title)
    return f"[{title}](<{one.url}>)" if one.url else title
