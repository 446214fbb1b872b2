"""The Design page: the piece always in sight, one topic of choices at a time, honest numbers underneath."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from configurator import evaluate, geometry, presets, reference
from configurator.design import MAX_INSCRIPTION_CHARACTERS, Design
from configurator.ui import facts, form, state, stone_form
from configurator.ui.choices import choose
from configurator.ui.live import live_view, picture_first

VIEW = "design"
_DRAFT = "inscription_draft"
_EARLIER_STONES = "earlier_stones"
_EARLIER_PIECES = "earlier_pieces"
LETTER_HEIGHTS_MM = (0.6, 3.0)  # what is offered; the design format allows more


def show_design() -> None:
    """The whole page."""
    left, right = st.columns([57, 43], gap="large")
    with left:
        stage = st.container(key="stage")
        with st.container(horizontal=True, key="ways"):
            st.page_link("pages/compare.py", label="Compare with off the shelf", icon=":material/balance:")
            st.button("Start over", icon=":material/restart_alt:", on_click=_start_over, type="tertiary", key="restart")
    with right:
        choices = st.container(key="choices")
    _room(stage, choices)


@st.fragment
def _room(stage: DeltaGenerator, choices: DeltaGenerator) -> None:
    """What a pick changes; only this reruns, and it shows one topic, so a pick sends little and answers at once."""
    state.follow_address()
    state.write_address()
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


def _inscription(design: Design) -> None:
    line = design.inscriptions[0] if design.inscriptions else None
    draft = st.session_state.get(_DRAFT) if state.refusal() else None  # refused words stay to be mended
    st.session_state["inscription.text"] = draft or (line.text if line else "")
    st.text_input(
        "Words inside the band",
        key="inscription.text",
        max_chars=MAX_INSCRIPTION_CHARACTERS,
        on_change=_change_text,
        placeholder="A date, a name, a line of your own",
    )
    if line is None:
        st.html('<p class="ks-small">Cut into the metal at its true size. Leave it empty for a plain inside.</p>')
        return
    choose(
        "fonts",
        line.font,
        lambda font: _change_line(font=font),
        label="Lettering",
        flat=True,
        quiet=True,
        text=line.text,
    )
    low, high = LETTER_HEIGHTS_MM
    _line_slider("Letter height (mm)", "height_mm", line.height_mm, low, high, 0.1)
    measured = next(iter(evaluate.shape(design).measures.inscriptions), None)
    if measured:
        st.html(
            f'<p class="ks-small">{measured.characters} characters, {measured.length_mm:.1f} mm long; the finest '
            f"stroke is {measured.thinnest_stroke_mm:.2f} mm. Engraved pieces can rarely be returned, and a later "
            "resize may need the words cut again.</p>"
        )


def _details(design: Design) -> None:
    form.options_form(design)
    facts.findings(design)


TOPICS: dict[str, Callable[[Design], None]] = {
    "Piece": _piece,
    "Metal": _metal,
    "Stones": stone_form.stones_form,
    "Inscription": _inscription,
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
    sizes = {row.inner_diameter_mm: row for row in reference.load().ring_sizes}
    diameter_mm = design.inner_diameter_mm or geometry.USUAL_INNER_DIAMETER_MM
    st.session_state["ring_size"] = min(sizes, key=lambda mm: abs(mm - diameter_mm))

    def named(mm: float) -> str:
        row = sizes[mm]
        return f"US {row.us_size:g} · UK {row.uk_size} · EU {row.eu_size} · {mm:.2f} mm inside"

    def changed() -> None:
        state.update(inner_diameter_mm=st.session_state["ring_size"])

    st.selectbox("Ring size", list(sizes), key="ring_size", format_func=named, on_change=changed)


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
    state.change(lambda _: presets.opening())


def _open_preset(preset_id: str) -> None:
    found = next((preset for preset in presets.presets() if preset.id == preset_id), None)
    if found:
        state.change(lambda _: found.design)


def _change_text() -> None:
    words = st.session_state["inscription.text"].strip()
    if not words:
        state.update(inscriptions=[])
    elif not _change_line(text=words):
        st.session_state[_DRAFT] = words


def _change_line(**fields: object) -> bool:
    """Changes the line; words that were refused before are tried again with the change."""
    if state.refusal() and st.session_state.get(_DRAFT):
        fields = {"text": st.session_state[_DRAFT], **fields}

    def step(design: Design) -> Design:
        line = design.inscriptions[0].model_dump(mode="json") if design.inscriptions else {}
        return state.edited(design, inscriptions=[{**line, **fields}])

    return state.change(step)


def _line_slider(label: str, name: str, value: float, low: float, high: float, step: float) -> None:
    key = f"inscription.{name}"
    st.session_state[key] = min(max(value, low), high)

    def changed() -> None:
        _change_line(**{name: st.session_state[key]})

    st.slider(label, low, high, key=key, step=step, on_change=changed)
