"""The Sources page: every number the models use, where it comes from and how sure we are."""

import pandas as pd
import streamlit as st

from configurator import reference

_COLUMNS = {
    "table": st.column_config.TextColumn("Table", width="small"),
    "quantity": st.column_config.TextColumn("Quantity", width="large"),
    "value": st.column_config.TextColumn("Value", width="medium"),
    "unit": st.column_config.TextColumn("Unit", width="small"),
    "confidence": st.column_config.TextColumn("Confidence", width=110),
    "basis": st.column_config.TextColumn("Basis", width="small"),
    "source": st.column_config.TextColumn("Source", width="large"),
    "as_of": st.column_config.TextColumn("As of", width="small"),
    "note": st.column_config.TextColumn("Note", width="large"),
}


@st.cache_data(show_spinner=False)
def _numbers(version: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "table": number.table,
                "quantity": f"{number.label}: {number.quantity}" if number.quantity else number.label,
                "value": number.text,
                "unit": number.unit,
                "confidence": number.confidence,
                "basis": "estimate" if number.is_estimate else "sourced",
                "source": "; ".join(source.title for source in number.sources),
                "as_of": number.as_of or "",
                "note": number.note or "",
            }
            for number in reference.numbers(reference.load())
        ]
    )


@st.cache_data(show_spinner=False)
def _sources(version: str) -> pd.DataFrame:
    rows = reference.load().sources.values()
    return pd.DataFrame(
        [{"kind": s.kind, "title": s.title, "address": s.url or "", "read": s.accessed or ""} for s in rows]
    )


def show_sources() -> None:
    """The whole page."""
    version = reference.load().version
    numbers = _numbers(version)
    st.title("Where the numbers come from")
    st.html(
        f'<p class="ks-lead">{len(numbers):,} numbers stand behind the prices and the wear curves. Each has a source '
        "and a confidence; what we had to estimate says so.</p>"
    )
    st.page_link("pages/prices.py", label="Metal prices in use, and for staff: change them")
    wanted, table, sure = st.columns([3, 2, 2])
    words = wanted.text_input("Search", key="sources.search", placeholder="gold, prong, Mohs, 14k …")
    tables = table.selectbox("Table", ["all", *sorted(numbers["table"].unique())], key="sources.table")
    confidence = sure.selectbox(
        "Confidence", ["all", *sorted(numbers["confidence"].unique())], key="sources.confidence"
    )
    shown = search(numbers, words, tables, confidence)
    st.caption(f"{len(shown):,} of {len(numbers):,} numbers. Tables of {version}.")
    st.dataframe(shown, hide_index=True, column_config=_COLUMNS, height=520, key="sources.numbers")
    st.subheader("The sources themselves")
    st.dataframe(_sources(version), hide_index=True, column_config={"address": st.column_config.LinkColumn("address")})


def search(numbers: pd.DataFrame, words: str, table: str, confidence: str) -> pd.DataFrame:
    """The rows that match every word, in the chosen table and confidence ("all" for any)."""
    keep = pd.Series([number.matches(words) for number in reference.numbers(reference.load())], index=numbers.index)
    if table != "all":
        keep &= numbers["table"] == table
    if confidence != "all":
        keep &= numbers["confidence"] == confidence
    return numbers[keep]
