"""The Design page: the piece always in sight, one topic of choices at a time, honest numbers underneath."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from configurator import evaluate, geometry, presets, reference, wording
from configurator.design import Design
from configurator.ui import address, compare_room, facts, form, shown_in, state, stone_form, words_form
from configurator.ui.choices import choose
from configurator.ui.live import live_view, picture_first

VIEW = "design"
_EARLIER_STONES = "earlier_stones"
_EARLIER_PIECES = "earlier_pieces"


def show_design() -> None:
    """The whole page."""
    left, right = st.columns([57, 43], gap="large")
    with left:
        stage = st.container(key="stage")
        with st.container(horizontal=True, key="ways"):
            st.page_link("pages/compare.py", label="Compare with off the shelf", icon=":material/balance:")
            if st.button("Why these figures", icon=":material/help:", type="tertiary", key="why"):
                compare_room.ask(compare_room.WHY)
                st.switch_page("pages/compare.py")
            st.button("Start over", icon=":material/restart_alt:", on_click=_start_over, type="tertiary", key="restart")
    with right:
        choices = st.container(key="choices")
    _room(stage, choices)


@st.fragment
def _room(stage: DeltaGenerator, choices: DeltaGenerator) -> None:
    """What a pick changes; only this reruns, and it shows one topic, so a pick sends little and answers at once."""
    address.follow()
    address.write()
    design = state.current()
    with stage:
        shape = live_view(design, VIEW)  # first: the picture never waits for the numbers
    with choices:
        facts.refusal()
        topic = st.segmented_control(
            "Topic",
            list(TOPICS),
            key="topic",
            default="Piece",
            label_visibility="collapsed",
            width="stretch",
            required=True,
            persist_state="session",
        )
        TOPICS[topic](design)
        st.button("Undo", icon=":material/undo:", on_click=state.undo, disabled=not state.can_undo(), key="undo")
    picture_first(shape)
    with stage:
        facts.headline(design)


def _piece(design: Design) -> None:
    _kinds(design)
    styles = [f"{design.piece}/{style}" for style in geometry.STYLES[design.piece]]
    choose("styles", f"{design.piece}/{design.style}", _change_style, label="Style", only=styles, flat=True)
    if design.piece == "ring":
        _ring_size(design)
    with st.expander("Start from a finished design", icon=":material/auto_awesome:"):
        finished = [preset.id for preset in presets.presets() if preset.design.piece == design.piece]
        choose("presets", None, _open_preset, label="Finished designs", only=finished, flat=True)


def _metal(design: Design) -> None:
    choose("metals", design.metal, lambda metal: state.update(metal=metal), label="Metal", view=VIEW, role="metal")
    choose("finishes", design.finish, lambda finish: state.update(finish=finish), label="Finish", view=VIEW, flat=True)


def _details(design: Design) -> None:
    form.options_form(design)
    facts.findings(design)


TOPICS: dict[str, Callable[[Design], None]] = {
    "Piece": _piece,
    "Metal": _metal,
    "Stones": stone_form.stones_form,
    "Inscription": words_form.words_form,
    "Details": _details,
}


def _kinds(design: Design) -> None:
    st.session_state["piece"] = design.piece
    st.segmented_control(
        "Piece",
        [piece for piece, styles in geometry.STYLES.items() if styles],
        key="piece",
        format_func=str.capitalize,
        on_change=_change_piece,
        label_visibility="collapsed",
        width="stretch",
        required=True,
    )


def _ring_size(design: Design) -> None:
    names = {
        row.inner_diameter_mm: f"US {row.us_size:g} · UK {row.uk_size} · EU {row.eu_size} · "
        f"{wording.millimetres(row.inner_diameter_mm, 2)} inside"
        for row in reference.load().ring_sizes
    }
    diameter_mm = design.inner_diameter_mm or geometry.USUAL_INNER_DIAMETER_MM
    st.session_state["ring_size"] = min(names, key=lambda mm: abs(mm - diameter_mm))

    def changed() -> None:
        state.update(inner_diameter_mm=st.session_state["ring_size"])

    st.selectbox("Ring size", list(names), key="ring_size", format_func=names.__getitem__, on_change=changed)


def _change_piece() -> None:
    """Another kind of piece: as it was left, or its first style, in the metal that is on screen."""
    piece, left = st.session_state["piece"], st.session_state.setdefault(_EARLIER_PIECES, {})
    left[state.current().piece] = state.current()

    def step(design: Design) -> Design:
        if piece not in left:
            return evaluate.restyled(design, geometry.FIRST_STYLES[piece], piece=piece)
        same = ("metal", "accent_metal", "finish", "metal_sourcing")
        return state.edited(left[piece], **{name: getattr(design, name) for name in same})

    state.change(step)


def _change_style(picked: str) -> None:
    style = picked.rpartition("/")[2]
    earlier = st.session_state.setdefault(_EARLIER_STONES, {})
    earlier |= {stone.role: stone for stone in state.current().stones}
    state.change(lambda design: evaluate.restyled(design, style, list(earlier.values())))


def _start_over() -> None:
    """As the next client should find it: the opening design, the usual life of it, read as usual."""
    state.take(presets.opening())
    state.assume_the_usual()
    shown_in.show({})


def _open_preset(preset_id: str) -> None:
    found = next((preset for preset in presets.presets() if preset.id == preset_id), None)
    if found:
        state.take(found.design)
