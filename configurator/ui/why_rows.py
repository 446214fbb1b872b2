"""The why of every headline figure and mark: a row each, which opens its formula in words, its inputs and sources."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from configurator import reference, wording
from configurator.charts import theme
from configurator.display import DOLLAR
from configurator.evaluate import Evaluation, Side
from configurator.models.durability import HORIZON_YEARS
from configurator.models.resale import break_even
from configurator.models.scorecard import FULL, RESALE_YEAR, Score
from configurator.reference import Source
from configurator.sensitivity import HEADLINES
from configurator.ui import facts
from configurator.whys import SOLD, USD, Input, Why, whys

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
    one, other = (found.custom, found.twin) if side == "custom" else (found.twin, found.custom)
    told = {why.figure: why for why in whys(found, side)}
    with st.container(key="whys"):
        _rows(told, _figures(one, other))
        st.subheader(f"Sold in another way, in year {RESALE_YEAR}")
        _rows(told, _sales(one))
        st.subheader("The ten marks")
        _rows(told, {f"score_{score.id}": f"{score.dimension}: {_mark(score, side)}" for score in found.scorecard})


def _figures(side: Side, other: Side) -> dict[str, str]:
    """Each headline figure by its name, as it is first shown."""
    lasting, kept, kg = side.durability.first_repair_years, side.resale, side.footprint.kgco2e
    even = break_even(kept, other.resale).probability
    names = {figure: name for figure, (name, _) in HEADLINES.items()}
    names |= {
        "metal_weight": wording.weight_label(side.measures),
        "cost_per_wear": "Cost of each day it is worn, over thirty years",
        "break_even": "Chance that it is no dearer to own than the other, over thirty years",
    }
    shown = {
        "price": wording.money(side.quote.total_usd.mid),
        "metal_weight": wording.grams(side.mass_g),
        "first_repair": wording.years(lasting.mid, HORIZON_YEARS),
        "resale": wording.money(kept.chosen.mid[RESALE_YEAR]),
        "owning": wording.money(kept.ownership_cost_usd.mid),
        "cost_per_wear": wording.money_small(kept.cost_per_wear_by_year.mid[-1]),
        "break_even": wording.chance(even),
        "kgco2e": f"{wording.rounded(kg.mid):,g} kg CO2e{_power(side)}",
        "lead_time": side.schedule.spoken,
    }
    return {figure: f"{names[figure]}: {said}" for figure, said in shown.items()}


def _sales(side: Side) -> dict[str, str]:
    """What every way of selling would bring that is not counted with."""
    kept = side.resale
    others = (channel for channel in kept.channels if channel is not kept.chosen)
    return {f"{SOLD}{one.id}": f"{one.channel}: {wording.money(one.mid[RESALE_YEAR])}" for one in others}


def _mark(score: Score, side: str) -> str:
    return f"{score.design if side == 'custom' else score.twin:g} of {FULL:g}"


def _power(side: Side) -> str:
    return f", {side.footprint.electricity}" if side.footprint.electricity else ""


def _rows(told: Mapping[str, Why], labels: Mapping[str, str]) -> None:
    for figure, label in labels.items():
        _row(told[figure], label)


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
    said = ("" if end is None else f"{end:,.2f}" if one.unit == USD else f"{end:,.4g}" for end in ends)
    return [end.replace("-", "−") for end in said]


def _of_money(one: Input) -> bool:
    """Whether it is an amount, or one for each of something: `USD`, `USD/troy oz`."""
    return one.unit.partition("/")[0] == USD


def _sources(found: Sequence[Source]) -> str:
    return "; ".join(map(_source, found)) or OURS


def _source(one: Source) -> str:
    title = facts.markdown(one.title)
    return f"[{title}](<{one.url}>)" if one.url else title
