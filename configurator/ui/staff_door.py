"""The door of the staff: one code, asked for once a session."""

import hmac
import threading
import time

import streamlit as st

from configurator.ui import settings

SETTING = "KEEPSAKE_STAFF_CODE"
LEAST_CHARACTERS = 8
_OPEN = "prices.open"
_WRONG_CODE_S = 1.0
_one_guess_at_a_time = threading.Lock()


def is_staff() -> bool:
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
