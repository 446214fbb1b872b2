"""Several visitors of one server: each reads in a currency of their own, in pages, fragments and callbacks alike."""

from streamlit.testing.v1 import AppTest

from configurator import wording
from configurator.display import Display, Rate

EURO = Rate(currency="EUR", symbol="€", decimals=2, per_usd=0.5, date="2026-10-30", name="euro")
TIMES = ("page", "fragment", "callback")


def page() -> None:
    """What amounts are said in: by the page, by its fragment, and by a callback that reruns the fragment alone."""
    import streamlit as st

    from configurator import wording
    from configurator.ui import shown_in  # noqa: F401  (as every page does through the shell)

    def say(when: str) -> None:
        st.session_state[f"{when}.said"] = wording.money(100)
        st.session_state[f"{when}.times"] = st.session_state.get(f"{when}.times", 0) + 1

    def called() -> None:
        say("callback")
        st.rerun("part")

    @st.fragment(key="part")
    def part() -> None:
        say("fragment")
        st.button("Again", key="again", on_click=called)

    say("page")
    part()


def visitor(reader: Display | None = None) -> AppTest:
    app = AppTest.from_function(page)
    if reader:
        app.session_state["shown_in"] = reader
    return app.run()


def said(app: AppTest) -> dict[str, tuple[str, int]]:
    assert not app.exception
    return {
        when: (app.session_state[f"{when}.said"], app.session_state[f"{when}.times"])
        for when in TIMES
        if f"{when}.said" in app.session_state
    }


def test_a_fragment_that_reruns_without_its_page_still_reads_in_the_visitors_currency() -> None:
    app = visitor(Display(rate=EURO))
    assert said(app) == {"page": ("€50", 1), "fragment": ("€50", 1)}
    app.button(key="again").click().run()
    assert said(app) == {"page": ("€50", 1), "fragment": ("€50", 2), "callback": ("€50", 1)}


def test_visitors_in_turn_read_in_their_own_currency_and_leave_nothing_behind() -> None:
    visitors = {"€50": visitor(Display(rate=EURO)), "$100": visitor()}
    for _ in range(2):
        for amount, app in visitors.items():
            app.button(key="again").click().run()
            assert {words for words, _ in said(app).values()} == {amount}
    assert wording.money(100) == "$100", "outside of every visit"


def test_a_choice_made_during_a_visit_is_read_from_the_next_run_on() -> None:
    app = visitor()
    app.session_state["shown_in"] = Display(rate=EURO)
    app.run()
    assert said(app)["page"] == said(app)["fragment"] == ("€50", 2)
