"""The Compare page: the client's piece beside an off-the-shelf piece, then one question at a time with its charts."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from configurator import charts, explore, sensitivity
from configurator.charts import neighbours, theme
from configurator.charts.currency import in_currency, table_in_currency
from configurator.evaluate import Evaluation, evaluate
from configurator.ui import address, facts, shown_in, state
from configurator.ui.fields import Field, fields, in_sight
from configurator.ui.into_view import bring_into_view
from configurator.ui.live import live_view
from configurator.ui.plot import plot
from configurator.ui.rules_form import rules_form
from configurator.ui.scenario_form import scenario_form, weights_form
from configurator.ui.why_rows import why_rows

PAGE = "compare"
PIECE_PX = 260
# What arrives before the charts in sight are on the screen is built before they are painted: so long the rest waits. A
# slower device only paints them later.
_CHARTS_FIRST_S = 0.08
PRICE_CHART = "cost_by_line"
OVERALL, NEAR, MOVES, WHY = "overall", "near", "moves", "why"
QUESTIONS = charts.groups(PAGE) | {NEAR: "One step away", MOVES: "What moves it", WHY: "Why these figures"}
QUESTION, _TIMES_ASKED = "compare.group", "compare.asked"
_ASKED, _ASKED_MOVES = "neighbours_asked", "moves_asked"


def show_compare() -> None:
    """The whole page."""
    found = evaluate(state.current(), state.scenario())
    st.title("Yours, beside the shop counter's")
    st.html(
        '<p class="ks-lead">The other piece is a real design too: made from yours by the rules at the foot, then '
        "weighed, priced and worn by the same models. Where it does better, it says so.</p>"
    )
    under = {}
    with st.container(key="pair"):
        for column, (side, look) in zip(st.columns(2, gap="large"), theme.SIDES.items(), strict=True):
            with column:
                st.subheader(look.name)
                design = getattr(found, side).design
                # Not the Design page's view: both pieces are first seen from one side and as large.
                live_view(design, f"compare.{side}", height_px=PIECE_PX, label=f"{look.name}, live view")
                under[side] = st.container()
    _answers(under)
    rules_form()


@st.fragment
def _answers(under: dict[str, DeltaGenerator]) -> None:
    """What an assumption or another question changes; only this reruns, and it draws the charts of one question."""
    group = st.session_state.get(QUESTION, OVERALL)
    found = evaluate(state.current(), state.scenario())
    shown = charts.on_page(PAGE, group)
    # What is in sight goes first. All that takes time comes before all that is shown: the page is put together once for
    # what arrives at once.
    first = [chart for chart in shown if in_sight(_key(chart))] or list(shown)
    drawn = _all_drawn(first, found)
    bar = Field(id=QUESTION, kind="pills", title="Question", value=group, choices=QUESTIONS)
    fields([bar], lambda _, question: ask(question), key="questions", label="Questions")
    with st.container(key="answer"):
        assumed = st.container(key="assumed")
        with st.container(key="answered"):
            if group in _WITHOUT_CHARTS_OF_BOTH:
                _WITHOUT_CHARTS_OF_BOTH[group](found)
            if group == OVERALL:
                weights_form(found.scorecard)
            places = {chart.id: st.container(key=f"place.{chart.id}") for chart in shown}
        _show_all(drawn, places, found)
        with assumed:
            with st.empty():  # keeps its place: a form that moves down by one closes
                facts.refusal()
            scenario_form(group)  # hears the answer: a slider that moves on need not wait for what is out of sight
        if shown:
            time.sleep(_CHARTS_FIRST_S)
        _show_all(_all_drawn([chart for chart in shown if chart not in first], found), places, found)
        for side, place in under.items():
            with place:
                facts.one_side(getattr(found, side))
    bring_into_view(".st-key-questions", ".st-key-answer", st.session_state.get(_TIMES_ASKED, 0))
    address.write()


def ask(question: str) -> None:
    """Chooses one of `QUESTIONS`."""
    st.session_state[QUESTION] = question
    st.session_state[_TIMES_ASKED] = st.session_state.get(_TIMES_ASKED, 0) + 1


def _neighbours(_: Evaluation) -> None:
    """The designs one choice away, worked out when asked for: some of them need a shape of their own."""
    design, scenario = state.current(), state.scenario()
    if state.can_undo() and st.button("Undo the last change", icon=":material/undo:", key="neighbours.undo"):
        state.undo()
        st.rerun()
    st.html(
        '<p class="ks-lead">Every other metal and stone, a size up or down, another setting: one change at a time, '
        "each weighed and worn like yours. Is one of them better in everything but looks?</p>"
    )
    if not _asked(_ASKED, design.to_json(), "Try them", ":material/explore:", "neighbours.try"):
        return
    with st.spinner("Trying them one by one …"):
        found = explore.neighbourhood(design, scenario)
    st.subheader("Worth a look")
    for number, other in enumerate(found.worth_a_look):
        with st.container(horizontal=True, vertical_alignment="center", key=f"neighbour.{number}"):
            kind = neighbours.KINDS[other.kind][0]
            st.html(f"<b>{facts.escape(kind)}</b><br>{facts.escape(neighbours.in_words(other))}")
            if st.button("Take it", key=f"neighbour.take.{number}") and state.take(other.design):
                st.rerun()  # the whole page: the piece on screen is another
    for chart in charts.on_page("neighbours"):
        show_chart(chart, found)


def _moves(_: Evaluation) -> None:
    """What each uncertain input does to a figure of the client's piece, worked out when asked for: it takes seconds."""
    design, scenario = state.current(), state.scenario()
    st.html(
        '<p class="ks-lead">Every price, rate and habit we had to assume, one at a time: held at its low end, then at '
        "its high end, with all the rest left open. The longest bar is what is worth finding out first.</p>"
    )
    wanted = design.to_json() + scenario.model_dump_json()
    if not _asked(_ASKED_MOVES, wanted, "Work it out", ":material/calculate:", "moves.try"):
        return
    with st.spinner("Trying one input after the other …"):
        found = {one.figure: one for one in sensitivity.sensitivity(design, scenario)}
    figure = st.selectbox(
        "Which figure",
        list(found),
        key="moves.figure",
        format_func=lambda id: found[id].label,
        persist_state="session",
    )
    for chart in charts.on_page("tornado"):
        show_chart(chart, found[figure])


def _asked(kept: str, wanted: str, label: str, icon: str, key: str) -> bool:
    """Whether `wanted` has been asked for; a button until it is, as what follows takes its time."""
    if st.session_state.get(kept) == wanted:
        return True
    st.button(label, icon=icon, on_click=st.session_state.update, args=({kept: wanted},), key=key)
    return False


_WITHOUT_CHARTS_OF_BOTH = {NEAR: _neighbours, MOVES: _moves, WHY: why_rows}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A chart of `of`, ready to be shown: its sentence, its words for who cannot see it, and its figure."""

    chart: charts.Chart
    of: Any
    said: str
    alt: str
    figure: charts.Figure | None


def _drawn(chart: charts.Chart, of: Any) -> _Drawn:
    said = chart.verdict(of) if chart.verdict else ""
    worth_it = chart.worth_drawing is None or chart.worth_drawing(of)
    return _Drawn(
        chart=chart,
        of=of,
        said=said,
        alt=chart.alt(of) if chart.alt else said,
        figure=in_currency(chart.draw(of), shown_in.display().rate) if worth_it else None,
    )


def _key(chart: charts.Chart) -> str:
    return f"chart.{chart.id}"


def _all_drawn(wanted: Sequence[charts.Chart], found: Evaluation) -> list[_Drawn]:
    with shown_in.settled():
        return [_drawn(chart, found) for chart in wanted]


def _show_all(drawn: Sequence[_Drawn], places: Mapping[str, DeltaGenerator], found: Evaluation) -> None:
    for one in drawn:
        with places[one.chart.id]:
            _show(one)
            if one.chart.id == PRICE_CHART:
                facts.price_changes(found.custom.quote)


def show_chart(chart: charts.Chart, of: Any) -> None:
    """One chart of what its module draws: heading, sentence, figure with its words, and the numbers to take home."""
    _show(_drawn(chart, of))


def _show(drawn: _Drawn) -> None:
    chart, reader = drawn.chart, shown_in.display()
    is_open = plot(
        drawn.figure,
        key=_key(chart),
        alt=f"{chart.title}. {drawn.alt}",
        title=chart.title,
        said=drawn.said,
        offers_numbers=chart.table is not None,
    )
    if chart.table is None or not is_open:
        return  # closed tables would cost every repaint as much as the charts do
    table = table_in_currency(chart.table(drawn.of), reader.rate)
    columns = {name: _column(name, reader.rate.currency) for name in table.columns}
    st.dataframe(table, hide_index=True, column_config=columns)
    st.download_button(
        "Download as CSV", table.to_csv(index=False), f"keepsake-{chart.id}.csv", "text/csv", key=f"csv.{chart.id}"
    )


def _column(name: str, currency: str) -> Any:
    """How a column of a chart's table is headed and written; its file keeps the name."""
    money = f"_{currency.lower()}"
    label = name.removesuffix(money).removeprefix("p_").replace("_", " ").capitalize()
    if name.endswith(money):
        return st.column_config.NumberColumn(f"{label}, {currency}", format="localized")
    if name.startswith("p_"):
        return st.column_config.NumberColumn(f"Share {label.lower()}", format="percent")
    return st.column_config.Column(label)
