"""The Prices page: the metal prices in use for everybody; for staff, to change them and to go back."""

import hmac
import threading
import time
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from configurator import prices, reference
from configurator.prices import BY_HAND, Given, Proposal, RefusedPrices
from configurator.reference import SpotPrice, periods
from configurator.ui import facts, price_feed, settings
from configurator.wording import rounded

SETTING = "KEEPSAKE_STAFF_CODE"
LEAST_CHARACTERS = 8
_STATES_SHOWN = 50
_OPEN, _PROPOSAL, _REFUSED, _DONE = "prices.open", "prices.proposal", "prices.refused", "prices.done"
_TABLES = "prices.tables"  # counts up, so that a table or a file box starts anew
_WRONG_CODE_S = 1.0
_one_guess_at_a_time = threading.Lock()


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
    if not _staff():
        return
    if sentence := st.session_state.pop(_DONE, ""):
        st.success(sentence)
    if _PROPOSAL in st.session_state:
        _review(*st.session_state[_PROPOSAL])
        return
    _edit()
    _upload()
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


def _staff() -> bool:
    """Whether this visitor may change prices; asks for the code, or says how to set one."""
    code = settings.setting(SETTING)
    if len(code) < LEAST_CHARACTERS:
        st.html(
            '<div class="ks-note"><b>Changing prices is off.</b> To switch it on, start Keepsake with the setting '
            f"<code>{SETTING}</code>: a code for your staff, of at least {LEAST_CHARACTERS} characters.</div>"
        )
        return False
    if st.session_state.get(_OPEN) == code:
        return True
    with st.form("prices.door", border=False):
        given = st.text_input("Staff code", type="password", key="prices.code", max_chars=100)
        st.form_submit_button("Change prices")
    if given and _same(given, code):
        st.session_state[_OPEN] = code
        st.rerun()
    if given:
        st.html('<div class="ks-note" role="alert">That is not the staff code.</div>')
    return False


def _same(given: str, code: str) -> bool:
    """Whether the code is right; a wrong one takes a second, one after the other, whoever asks."""
    if hmac.compare_digest(given.encode(), code.encode()):
        return True
    with _one_guess_at_a_time:
        time.sleep(_WRONG_CODE_S)
    return False


def _said(how: str) -> None:
    """Why the last step of this kind was refused, below where it was asked for."""
    asked, reasons = st.session_state.get(_REFUSED, ("", ()))
    if asked == how:
        st.session_state.pop(_REFUSED)
        lines = "".join(f"<li>{facts.escape(reason)}</li>" for reason in reasons)
        st.html(
            f'<div class="ks-note" role="alert"><b>Nothing was changed.</b><ul class="ks-findings">{lines}</ul></div>'
        )


def _review(proposal: Proposal, how: str) -> None:
    """What would change, to accept or leave."""
    st.subheader("What would change")
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
    with st.container(horizontal=True):
        st.button("Use these prices", type="primary", on_click=_accept, args=(proposal, how), key="prices.accept")
        st.button("Leave as it is", on_click=_leave, key="prices.leave")


def _edit() -> None:
    st.subheader("Edit")
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
        key=f"prices.edited.{_number()}",
    )
    changed = [
        _given(row) for row, price in zip(edited.to_dict("records"), in_use, strict=True) if _differs(row, price)
    ]
    st.button(
        "See what would change",
        on_click=_propose,
        args=(lambda: prices.propose(changed, settings.today(), BY_HAND), "table"),
        disabled=not changed,
        key="prices.see",
    )
    _said("table")


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
    st.subheader("Upload")
    st.caption(
        "A CSV file whose first line is element,date,usd_per_troy_ounce (note and kind may follow), such as "
        f"gold,{settings.today()},4100. It stands for all of your own prices of its metals."
    )
    key = f"prices.file.{_number()}"
    found = st.file_uploader("Price table", type=["csv"], key=key, label_visibility="collapsed")
    if found is not None:
        data = found.getvalue()
        st.button(
            "See what would change",
            on_click=_propose,
            args=(lambda: prices.propose(prices.read_upload(data), settings.today(), BY_HAND), "upload"),
            key="prices.see_file",
        )
    _said("upload")


def _history() -> None:
    st.subheader("History")
    states = prices.history()
    if not states:
        st.caption("No prices of your own yet: the ones in use came with Keepsake.")
        return
    rows = [
        {
            "Since": f"{state.taken_up.astimezone():%d %B %Y, %H:%M}",
            "How": state.how,
            "Prices": state.problem or _spoken(state.rows),
            "Version": state.version,
        }
        for state in states[:_STATES_SHOWN]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="prices.history")
    since = {state.name: row["Since"] for state, row in zip(states, rows, strict=False) if not state.problem}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Go back to", list(since), format_func=lambda name: since[name], key="prices.earlier", width=320
        )
        st.button(
            "See what would change",
            on_click=_propose,
            args=(lambda: prices.earlier(str(chosen)), "back"),
            disabled=not since,
            key="prices.see_earlier",
        )
        st.button(
            "Go back to the delivered prices",
            on_click=_propose,
            args=(prices.as_delivered, "back"),
            key="prices.see_delivered",
        )
    _said("back")


def _spoken(rows: tuple[SpotPrice, ...]) -> str:
    return ", ".join(
        f"{row.element} {rounded(row.usd_per_troy_ounce, 6):,g} ({periods.spoken(row.date)})" for row in rows
    )


def _propose(step: Callable[[], Proposal], how: str) -> None:
    try:
        st.session_state[_PROPOSAL] = (step(), how)
    except RefusedPrices as error:
        st.session_state[_REFUSED] = (how, error.reasons)


def _accept(proposal: Proposal, how: str) -> None:
    try:
        prices.accept(proposal, how, settings.now())
    except RefusedPrices as error:
        st.session_state[_REFUSED] = (how, error.reasons)
    else:
        st.session_state[_DONE] = "The new prices are in use, in every session."
    _leave()


def _leave() -> None:
    st.session_state.pop(_PROPOSAL, None)
    st.session_state[_TABLES] = _number() + 1


def _number() -> int:
    return st.session_state.get(_TABLES, 0)
