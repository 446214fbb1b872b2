"""The Prices page: the metal prices in use; for staff, to change them and the shop's own figures, and to go back."""

from typing import Any

import pandas as pd
import streamlit as st

from configurator import prices, reference
from configurator.prices import BY_HAND, FigureProposal, Given, Proposal
from configurator.reference import OwnFigure, SpotPrice, periods
from configurator.ui import figures_room, price_feed, settings, staff_door, taking_up
from configurator.wording import rounded

_STATES_SHOWN = 50


def show_prices() -> None:
    """The whole page."""
    st.title("Metal prices")
    st.html(
        '<p class="ks-lead">Every quote rests on these. Prices are for a troy ounce of the pure metal, in US '
        "dollars.</p>"
    )
    _in_use()
    if sentence := price_feed.last_said():
        st.caption(sentence)
    if not staff_door.is_staff():
        return
    if sentence := st.session_state.pop(taking_up.DONE, ""):
        st.success(sentence)
    if taking_up.PROPOSAL in st.session_state:
        _review(*st.session_state[taking_up.PROPOSAL])
        return
    _edit()
    _upload()
    figures_room.show_figures()
    _history()


def _in_use() -> None:
    tables, today = reference.load(), settings.today()
    flagged_days = tables.workshop["price_age"].mid or 0
    rows = []
    for price in (tables.latest_spot(element) for element in tables.spot):
        old = (today - periods.last_day(price.date)).days
        rows.append(
            {
                "Metal": price.element.capitalize(),
                "Price": price.usd_per_troy_ounce,
                "Date": periods.spoken(price.date),
                "Days old": max(old, 0),
                "": "old: renew it" if old > flagged_days else "",
                "Source": "; ".join(tables.sources[source].title for source in price.sources),
                "Note": price.note,
            }
        )
    shown = {
        "Price": _money(),
        "Date": st.column_config.TextColumn(width=150),
        "Source": st.column_config.TextColumn(width=330),
        "Note": st.column_config.TextColumn(width=250),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=shown, key="prices.in_use")
    st.caption(f"Quotes made with these prices name version {tables.version}.")


def _money() -> Any:
    return st.column_config.NumberColumn("Price, USD an ounce", format="%,.2f")


def _review(proposal: Proposal | FigureProposal, how: str) -> None:
    """What would change, to accept or leave."""
    st.subheader("What would change")
    if isinstance(proposal, Proposal):
        _review_metals(proposal)
    else:
        figures_room.show_changes(proposal)
    with st.container(horizontal=True):
        st.button(
            "Use these prices", type="primary", on_click=taking_up.accept, args=(proposal, how), key="prices.accept"
        )
        st.button("Leave as it is", on_click=taking_up.leave, key="prices.leave")


def _review_metals(proposal: Proposal) -> None:
    rows = [
        {
            "Metal": change.after.element.capitalize(),
            "Now": change.before.usd_per_troy_ounce,
            "of": periods.spoken(change.before.date),
            "New": change.after.usd_per_troy_ounce,
            "Dated": periods.spoken(change.after.date),
            "Change": change.share * 100,
        }
        for change in proposal.changes
    ]
    shown = {
        "Now": st.column_config.NumberColumn("Now, USD an ounce", format="%,.2f"),
        "New": st.column_config.NumberColumn("New, USD an ounce", format="%,.2f"),
        "Change": st.column_config.NumberColumn(format="%+.1f %%"),
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=shown, key="prices.changes")


def _edit() -> None:
    st.subheader("Edit metal prices")
    st.caption("Change a price and its date, then see what would change. Metals you leave alone stay as they are.")
    tables = reference.load()
    in_use = [tables.latest_spot(element) for element in tables.spot]
    edited = st.data_editor(
        pd.DataFrame(
            {
                "Metal": [price.element.capitalize() for price in in_use],
                "Price": [price.usd_per_troy_ounce for price in in_use],
                "Date": [price.date for price in in_use],
                "Note": [price.note for price in in_use],
            }
        ),
        hide_index=True,
        disabled=["Metal"],
        column_config={
            "Price": _money(),
            "Date": st.column_config.TextColumn("Date", help=f"A day such as {settings.today()}"),
            "Note": st.column_config.TextColumn("Note", help="Whose price it is, or where you read it"),
        },
        key=f"prices.edited.{taking_up.number()}",
    )
    changed = [
        _given(row) for row, price in zip(edited.to_dict("records"), in_use, strict=True) if _differs(row, price)
    ]
    st.button(
        "See what would change",
        on_click=taking_up.propose,
        args=(lambda: prices.propose(changed, settings.today(), BY_HAND), "table"),
        disabled=not changed,
        key="prices.see",
    )
    taking_up.said("table")


def _differs(row: dict[str, Any], price: SpotPrice) -> bool:
    return (row["Price"], row["Date"], row["Note"] or "") != (price.usd_per_troy_ounce, price.date, price.note)


def _given(row: dict[str, Any]) -> Given:
    number = row["Price"]
    return Given(
        where=row["Metal"],
        element=row["Metal"].lower(),
        date=row["Date"] or "",
        usd_per_troy_ounce="" if number is None or pd.isna(number) else repr(float(number)),
        note=row["Note"] or "",
    )


def _upload() -> None:
    st.subheader("Upload metal prices")
    st.caption(
        "A CSV file whose first line is element,date,usd_per_troy_ounce (note and kind may follow), such as "
        f"gold,{settings.today()},4100.50. Write numbers without a currency sign and without commas between thousands; "
        "in a file with semicolons a comma is the decimal sign. It stands for all of your own prices of its metals."
    )
    key = f"prices.file.{taking_up.number()}"
    found = st.file_uploader("Price table", type=["csv"], key=key, label_visibility="collapsed")
    if found is not None:
        data = found.getvalue()
        st.button(
            "See what would change",
            on_click=taking_up.propose,
            args=(lambda: prices.propose(prices.read_upload(data), settings.today(), BY_HAND), "upload"),
            key="prices.see_file",
        )
    taking_up.said("upload")


def _history() -> None:
    st.subheader("History")
    states = prices.history()
    if not states:
        st.caption("Nothing of your own yet: the prices and figures in use came with Keepsake.")
        return
    rows = [
        {
            "Since": f"{state.taken_up.astimezone():%d %B %Y, %H:%M:%S}",
            "How": state.how,
            "Prices": state.problem or _listed(state.rows),
            "Version": state.version,
        }
        for state in states[:_STATES_SHOWN]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="prices.history")
    since = {
        state.name: f"{row['Since']}, {row['How']}: {row['Prices']}"
        for state, row in zip(states, rows, strict=False)
        if not state.problem
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Go back to", list(since), format_func=lambda name: since[name], key="prices.earlier", width=560
        )
        st.button(
            "See what would change",
            on_click=taking_up.propose,
            args=(lambda: prices.earlier(str(chosen)), "back"),
            disabled=not since,
            key="prices.see_earlier",
        )
        st.button(
            "Go back to the delivered metal prices",
            on_click=taking_up.propose,
            args=(prices.as_delivered, "back"),
            key="prices.see_delivered",
        )
        st.button(
            "Go back to the delivered figures",
            on_click=taking_up.propose,
            args=(lambda: prices.back_to(()), "back"),
            key="figures.see_delivered",
        )
    taking_up.said("back")


def _listed(rows: tuple[SpotPrice, ...] | tuple[OwnFigure, ...]) -> str:
    return ", ".join(map(_spoken, rows)) or "figures as delivered"


def _spoken(row: SpotPrice | OwnFigure) -> str:
    if isinstance(row, SpotPrice):
        return f"{row.element} {rounded(row.usd_per_troy_ounce, 6):,g} ({row.date})"
    return f"{row.id} {reference.spelled(row.low, row.mid, row.high)} ({row.date})"
