"""What the shop sets for the app: the environment, else `.streamlit/secrets.toml`; and the clock of its machine."""

import os
from datetime import date, datetime

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def setting(name: str) -> str:
    """A setting as text; empty when it is not given."""
    if found := os.environ.get(name):
        return found.strip()
    try:
        return str(st.secrets.get(name, "")).strip()
    except StreamlitSecretNotFoundError:
        return ""


def now() -> datetime:
    """The moment it is, in the time zone of this machine. The models never ask; pages tell them."""
    return datetime.now().astimezone()


def today() -> date:
    """The day it is here."""
    return now().date()
