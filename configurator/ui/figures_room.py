"""The part of the Prices page where staff set the shop's own figures: labour, parts, gems, sales tax, what it adds."""

from typing import Any

import pandas as pd
import streamlit as st

from configurator import prices, reference
from configurator.prices import FigureProposal, GivenFigure
from configurator.prices.figures import PARTS
from configurator.reference import OwnFigure, Settable, periods
from configurator.ui import settings, taking_up

ENDS = ("Low", "Mid", "High")
ROW_PX, MOST_PX = 35, 360


def show_figures() -> None:
    """The shop's own figures: a table to search and edit, and a file of them."""
    st.subheader("Your own figures")
    st.caption(
        "Labour, parts, gems, sales tax, and what the shop adds to its costs. Find a row, write your low, middle and "
        "high, and the day; a row emptied of its numbers goes back to the delivered ones. Numbers are plain, such as "
        "4100.50. What the shop adds is price over cost; uploaded with the unit % it is read as a margin. Nobody but "
        "staff sees it."
    )
    rows, own = reference.settable(reference.load()), {one.id: one for one in prices.own_in_use()}
    words = st.text_input(
        "Find a figure", key="figures.search", placeholder="setting, polish, sapphire, tax …", max_chars=60
    )
    found = [
        row for row in rows.values() if all(word in f"{row.id} {row.label}".lower() for word in words.lower().split())
    ]
    if not found:
        st.caption("No figure has all of these words.")
    else:
        _edit_figures(found, own, words)
    key = f"figures.file.{taking_up.number()}"
    given = st.file_uploader(
        f"Or upload a CSV file with the columns id,low,mid,high,unit,date,note, such as "
        f"set_prong_center,40,65,120,USD/stone,{settings.today()},our setter",
        type=["csv"],
        key=key,
    )
    if given is not None:
        data = given.getvalue()
        st.button(
            "See what would change",
            on_click=taking_up.propose,
            args=(lambda: prices.propose_figures(prices.read_figures(data), settings.today()), "upload", "figures"),
            key="figures.see_file",
        )
    taking_up.said("figures")


def _edit_figures(found: list[Settable], own: dict[str, OwnFigure], words: str) -> None:
    before = [_figure_row(row, own.get(row.id)) for row in found]
    number = {name: st.column_config.NumberColumn(name, format="%.6g", width=75) for name in ENDS}
    edited = st.data_editor(
        pd.DataFrame(before),
        hide_index=True,
        disabled=["Figure", "Unit", "Id"],
        column_config={
            **number,
            "Figure": st.column_config.TextColumn(width=400),
            "Unit": st.column_config.TextColumn(width=90),
            "Date": st.column_config.TextColumn(width=110, help=f"The day of your figure, such as {settings.today()}"),
            "Note": st.column_config.TextColumn(width=160, help="Whose figure it is, or where you read it"),
            "Id": st.column_config.TextColumn("Id, for a file", width=200),
        },
        height=min(MOST_PX, ROW_PX * (len(found) + 1) + 2),
        key=f"figures.edited.{taking_up.number()}.{words}",
    )
    rows = zip(before, edited.to_dict("records"), strict=True)
    changed = [_given_figure(_texts(after)) for then, after in rows if _texts(after) != _texts(then)]
    st.button(
        "See what would change",
        on_click=taking_up.propose,
        args=(lambda: prices.propose_figures(changed, settings.today()), "table", "figures"),
        disabled=not changed,
        key="figures.see",
    )


def _figure_row(row: Settable, own: OwnFigure | None) -> dict[str, Any]:
    """A row of the table; the day and the note are those of the shop's own figure, and empty where it has none."""
    ends = {name: getattr(row, part) for name, part in zip(ENDS, PARTS, strict=True)}
    ends = {name: None if value is None else float(value) for name, value in ends.items()}
    day, note = (own.date, own.note) if own else ("", "")
    return {"Figure": row.label, **ends, "Unit": row.unit, "Date": day, "Note": note, "Id": row.id}


def _texts(row: dict[Any, Any]) -> dict[str, str]:
    """The cells as they would be typed; an empty one is an empty text."""
    return {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}


def _given_figure(cells: dict[str, str]) -> GivenFigure:
    return GivenFigure(
        where=cells["Figure"],
        id=cells["Id"],
        low=cells["Low"],
        mid=cells["Mid"],
        high=cells["High"],
        unit=cells["Unit"],
        date=cells["Date"] or str(settings.today()),
        note=cells["Note"],
    )


def show_changes(proposal: FigureProposal) -> None:
    """What a proposal would change, row by row."""
    rows = [
        {
            "Figure": change.after.label,
            "Now": _span(change.before),
            "New": _span(change.after),
            "Unit": change.after.unit,
            "Dated": periods.spoken(change.after.as_of) if change.after.as_of else "",
        }
        for change in proposal.changes
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="prices.changes")


def _span(one: Settable) -> str:
    return reference.spelled(one.low, one.mid, one.high)
