"""The Prices page: the metal prices in use; for staff, to change them and the shop's own figures, and to go back."""

import hmac
import threading
import time
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from configurator import prices, reference
from configurator.prices import BY_HAND, FigureProposal, Given, GivenFigure, Proposal, RefusedPrices
from configurator.prices.figures import PARTS
from configurator.reference import OwnFigure, Settable, SpotPrice, periods
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
    _figures()
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


def _review(proposal: Proposal | FigureProposal, how: str) -> None:
    """What would change, to accept or leave."""
    st.subheader("What would change")
    if isinstance(proposal, Proposal):
        _review_metals(proposal)
    else:
        _review_figures(proposal)
    with st.container(horizontal=True):
        st.button("Use these prices", type="primary", on_click=_accept, args=(proposal, how), key="prices.accept")
        st.button("Leave as it is", on_click=_leave, key="prices.leave")


def _review_figures(proposal: FigureProposal) -> None:
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
    st.subheader("Upload metal prices")
    st.caption(
        "A CSV file whose first line is element,date,usd_per_troy_ounce (note and kind may follow), such as "
        f"gold,{settings.today()},4100.50. Write numbers without a currency sign and without commas between thousands; "
        "in a file with semicolons a comma is the decimal sign. It stands for all of your own prices of its metals."
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


def _figures() -> None:
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
    key = f"figures.file.{_number()}"
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
            on_click=_propose,
            args=(lambda: prices.propose_figures(prices.read_figures(data), settings.today()), "upload", "figures"),
            key="figures.see_file",
        )
    _said("figures")


def _edit_figures(found: list[Settable], own: dict[str, OwnFigure], words: str) -> None:
    table = pd.DataFrame([_figure_row(row, own.get(row.id)) for row in found]).set_index("Id")
    number = {name: st.column_config.NumberColumn(name, format="%.6g", width=90) for name in ("Low", "Mid", "High")}
    edited = st.data_editor(
        table,
        disabled=["Id", "Figure", "Unit"],
        column_config={
            **number,
            "Figure": st.column_config.TextColumn(width=330),
            "Unit": st.column_config.TextColumn(width=90),
            "Date": st.column_config.TextColumn(
                width=110, help=f"The day of your own figure, such as {settings.today()}"
            ),
            "Note": st.column_config.TextColumn(width=200, help="Whose figure it is, or where you read it"),
        },
        height=360,
        key=f"figures.edited.{_number()}.{words}",
    )
    before = table.to_dict("index")
    after = edited.to_dict("index")
    changed = [_given_figure(str(id), row) for id, row in after.items() if _texts(row) != _texts(before[id])]
    st.button(
        "See what would change",
        on_click=_propose,
        args=(lambda: prices.propose_figures(changed, settings.today()), "table", "figures"),
        disabled=not changed,
        key="figures.see",
    )


def _figure_row(row: Settable, own: OwnFigure | None) -> dict[str, Any]:
    """A row of the table; the day and the note are those of the shop's own figure, and empty where it has none."""
    ends = {name: getattr(row, part) for name, part in zip(("Low", "Mid", "High"), PARTS, strict=True)}
    ends = {name: None if value is None else float(value) for name, value in ends.items()}
    day, note = (own.date, own.note) if own else ("", "")
    return {"Id": row.id, "Figure": row.label, **ends, "Unit": row.unit, "Date": day, "Note": note}


def _texts(row: dict[Any, Any]) -> dict[str, str]:
    """The cells as they would be typed; an empty one is an empty text."""
    return {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}


def _given_figure(id: str, row: dict[Any, Any]) -> GivenFigure:
    cells = _texts(row)
    return GivenFigure(
        where=cells["Figure"],
        id=id,
        low=cells["Low"],
        mid=cells["Mid"],
        high=cells["High"],
        unit=cells["Unit"],
        date=cells["Date"] or str(settings.today()),
        note=cells["Note"],
    )


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
            on_click=_propose,
            args=(lambda: prices.earlier(str(chosen)), "back"),
            disabled=not since,
            key="prices.see_earlier",
        )
        st.button(
            "Go back to the delivered metal prices",
            on_click=_propose,
            args=(prices.as_delivered, "back"),
            key="prices.see_delivered",
        )
        st.button(
            "Go back to the delivered figures",
            on_click=_propose,
            args=(lambda: prices.back_to(()), "back"),
            key="figures.see_delivered",
        )
    _said("back")


def _listed(rows: tuple[SpotPrice, ...] | tuple[OwnFigure, ...]) -> str:
    return ", ".join(map(_spoken, rows)) or "figures as delivered"


def _spoken(row: SpotPrice | OwnFigure) -> str:
    if isinstance(row, SpotPrice):
        return f"{row.element} {rounded(row.usd_per_troy_ounce, 6):,g} ({row.date})"
    return f"{row.id} {reference.spelled(row.low, row.mid, row.high)} ({row.date})"


def _propose(step: Callable[[], Proposal | FigureProposal], how: str, place: str = "") -> None:
    """Keeps what a step proposes; a refusal is said at `place`, by default where steps of this kind are asked for."""
    try:
        st.session_state[_PROPOSAL] = (step(), how)
    except RefusedPrices as error:
        st.session_state[_REFUSED] = (place or how, error.reasons)


def _accept(proposal: Proposal | FigureProposal, how: str) -> None:
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
