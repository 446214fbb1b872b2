"""The Compare page: the client's piece beside its shelf twin, one chart and one plain sentence at a time."""

from typing import Any

import streamlit as st

from configurator import charts
from configurator.charts import theme
from configurator.evaluate import Evaluation, Side, evaluate
from configurator.ui import facts, shown_in, state
from configurator.ui.live import live_view


def show_compare() -> None:
    """The whole page."""
    facts.refusal()
    found = evaluate(state.current())
    st.title("Yours, beside the shop counter's")
    st.html(
        '<p class="ks-lead">The other piece is a real design too: made from yours by the rules below, then weighed, '
        "priced and worn by the same models. Where it does better, it says so.</p>"
    )
    left, right = st.columns(2, gap="large")
    with left:
        _side("Your design", found.custom, "design")
    with right:
        _side("Off the shelf", found.twin, "twin")
    _changes(found)
    if shown_in.display().rate.date:
        st.html('<p class="ks-small">The charts and their tables are in US dollars.</p>')
    for chart in charts.on_page("compare"):
        _chart(chart, found)


def _side(title: str, side: Side, view: str) -> None:
    st.subheader(title)
    live_view(side.design, view, height_px=340, label=f"{title}, live view")
    facts.one_side(side)


def _changes(found: Evaluation) -> None:
    with st.expander("What makes the other one an off-the-shelf piece", icon=":material/rule:"):
        if not found.twin_changes:
            st.write("Nothing: your design is what a shop would have in its case.")
        for change in found.twin_changes:
            st.markdown(f"- {facts.markdown(change.what)}")


def _chart(chart: charts.Chart, found: Evaluation) -> None:
    st.divider()
    st.subheader(chart.title)
    if chart.verdict:
        st.html(f'<p class="ks-verdict">{facts.escape(chart.verdict(found))}</p>')
    st.plotly_chart(
        theme.dressed(chart.draw(found), st.context.theme.type or "light"),
        key=f"chart.{chart.id}",
        theme=None,
        config=theme.CONFIG,
    )
    if not chart.table:
        return
    table = chart.table(found)
    with st.expander("The numbers behind it", icon=":material/table:"):
        st.dataframe(table, hide_index=True, column_config={name: _column(name) for name in table.columns})
        st.download_button(
            "Download as CSV", table.to_csv(index=False), f"keepsake-{chart.id}.csv", "text/csv", key=f"csv.{chart.id}"
        )


def _column(name: str) -> Any:
    """How a column of a chart's table is headed and written; its file keeps the name."""
    label = name.removesuffix("_usd").removeprefix("p_").replace("_", " ").capitalize()
    if name.endswith("_usd"):
        return st.column_config.NumberColumn(f"{label}, USD", format="dollar")
    if name.startswith("p_"):
        return st.column_config.NumberColumn(f"Share {label.lower()}", format="percent")
    return st.column_config.Column(label)
