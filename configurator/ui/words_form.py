"""The Inscription topic: which words stand where, in which lettering, how large, cut or raised.

Words that were refused stay in the boxes to be mended: the lines that were wanted are kept until a change goes through.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from configurator import evaluate, geometry, wording
from configurator.design import (
    MAX_INSCRIPTION_CHARACTERS,
    MAX_INSCRIPTIONS,
    Arrangement,
    Design,
    Inscription,
    InvalidDesign,
    Place,
)
from configurator.geometry.inscription_rules import TooLarge
from configurator.geometry.tracing import trace
from configurator.ui import state
from configurator.ui.choices import choose

Lines = list[dict[str, Any]]  # inscriptions as JSON, all places

_WANTED, _SIZES, _MORE, _LAST = "words_wanted", "words_sizes", "words_more", "words_last"
_PICTURES = "words_pictures"  # how many were taken up
_PLACES: dict[Place, str] = {"inside": "Inside", "outside": "Outside", "front": "Front", "back": "Back"}
_FLAT = ("front", "back")
_HEIGHTS_MM = {True: (0.6, 12.0), False: (0.6, 3.0)}  # flat, round: what is offered; the design format allows more
_ARRANGEMENTS: dict[Arrangement, str] = {
    "line": "As a line",
    "monogram": "Monogram",
    "ringed_monogram": "Monogram in a ring",
}
_EMBLEM_HEIGHT_MM = 6.0
_FIRST_HEIGHT_MM = {True: 2.5, False: 1.4}
_NEW = Inscription(text="new").model_dump(mode="json")
_DRAWING_HEIGHT_MM = {True: 5.0, False: 1.4}
SYMBOLS = tuple("♥♡∞★☆✿☀❄☾🐾🦋👣🍀🌳♪⚓👑⚜⚭✝☦✡☪ॐ☸☬☯")


def words_form(design: Design) -> None:
    """All lines of one place at a time."""
    places = geometry.places(design)
    if not places:
        st.html('<p class="ks-lead">There is no room for words on this piece.</p>')
        return
    lines = _lines(design)
    place = _place(design, places, lines)
    own = [number for number, line in enumerate(lines) if line["place"] == place]
    _boxes(lines, own, place)
    _upload(lines, place)
    if not own:
        st.html('<p class="ks-small">Shown and made at its true size. Leave it empty for a plain surface.</p>')
        return
    chosen = _which(own, place)
    first = lines[chosen[0]]
    if place in _FLAT and not first["drawing"]:
        _arrangement(chosen, first)
    if place != "inside":
        _raised(chosen, first)
    _height(chosen, first)
    _about(design, chosen, place)
    written = [lines[number] for number in chosen if not lines[number]["drawing"]]
    if written:
        choose(
            "fonts",
            written[0]["font"],
            lambda font: _change(chosen, font=font),
            label="Lettering",
            flat=True,
            quiet=True,
            text=written[0]["text"],
        )


def _place(design: Design, places: Sequence[Place], lines: Lines) -> Place:
    if len(places) == 1:
        return places[0]
    table = design.piece == "ring"  # the one flat place of a ring is its table
    taken = [line["place"] for line in lines if line["place"] in places]
    return st.segmented_control(
        "Where",
        places,
        key=f"words.place.{design.piece}.{design.style}",
        default=taken[0] if taken else places[0],
        required=True,
        format_func=lambda place: "Table" if table and place in _FLAT else _PLACES[place],
        label_visibility="collapsed",
    )


def _boxes(lines: Lines, own: list[int], place: Place) -> None:
    more = not own or st.session_state.get(_MORE) == place
    for position in range(len(own) + more):
        key, line = _box(place, position), lines[own[position]] if position < len(own) else None
        st.session_state[key] = line["text"] if line else ""
        drawn = bool(line and line["drawing"])
        words = "Words" if position == 0 else f"Line {position + 1}"
        st.text_input(
            "Name of your drawing; empty it to take the drawing out" if drawn else words,
            key=key,
            max_chars=MAX_INSCRIPTION_CHARACTERS,
            on_change=_type,
            args=(place, position),
            placeholder="A date, a name, a line of your own",
            label_visibility="visible" if position == 0 or drawn else "collapsed",
        )
    with st.container(horizontal=True, key="words"):
        with st.popover("Symbols", icon=":material/favorite:"):
            st.session_state["words.symbol"] = None
            st.pills(
                "Put a symbol after the words",
                SYMBOLS,
                key="words.symbol",
                on_change=_add_symbol,
                args=(place,),
                width=340,
            )
        if own and not more and len(lines) < MAX_INSCRIPTIONS:
            st.button("Add a line", icon=":material/add:", on_click=_more, args=(place,), key="words.more")
        if _sizes():
            st.button("Make it fit", icon=":material/fit_screen:", on_click=_make_it_fit, key="words.fit")


def _upload(lines: Lines, place: Place) -> None:
    if len(lines) >= MAX_INSCRIPTIONS or any(line["drawing"] for line in lines):
        return
    with st.expander("Your own handwriting or drawing", icon=":material/draw:"):
        key = f"words.picture.{st.session_state.get(_PICTURES, 0)}"  # a new key empties the box
        st.file_uploader(
            "A picture of dark ink on plain light paper",
            type=["png", "jpg", "jpeg"],
            key=key,
            on_change=_take_picture,
            args=(key, place),
        )


def _which(own: list[int], place: Place) -> list[int]:
    """The lines that the choices below are about."""
    if len(own) == 1:
        return own
    position = st.segmented_control(
        "Which lines",
        [-1, *range(len(own))],
        key=f"words.which.{place}.{len(own)}",
        default=-1,
        required=True,
        format_func=lambda position: "All lines" if position < 0 else f"Line {position + 1}",
        label_visibility="collapsed",
    )
    return own if position < 0 else [own[position]]


def _height(chosen: list[int], first: dict[str, Any]) -> None:
    low, high = _HEIGHTS_MM[first["place"] in _FLAT]
    key = "words.height"
    st.session_state[key] = min(max(first["height_mm"], low), high)
    st.slider(
        "Letter height (mm)",
        low,
        high,
        key=key,
        step=0.1,
        format="%.1f",
        on_change=lambda: _change(chosen, height_mm=st.session_state[key]),
    )


def _arrangement(chosen: list[int], first: dict[str, Any]) -> None:
    key = "words.arrangement"
    st.session_state[key] = first["arrangement"]
    st.segmented_control(
        "Two or three initials can be one emblem",
        list(_ARRANGEMENTS),
        key=key,
        required=True,
        format_func=lambda arrangement: _ARRANGEMENTS[arrangement],
        on_change=lambda: _arrange(chosen, first, st.session_state[key]),
    )


def _raised(chosen: list[int], first: dict[str, Any]) -> None:
    key = "words.raised"
    st.session_state[key] = first["raised"]
    st.segmented_control(
        "Cut or raised",
        [False, True],
        key=key,
        required=True,
        format_func=lambda raised: "Raised" if raised else "Cut",
        on_change=lambda: _change(chosen, raised=st.session_state[key]),
        label_visibility="collapsed",
    )


def _about(design: Design, chosen: list[int], place: Place) -> None:
    if len(design.inscriptions) <= chosen[-1]:  # wanted, but refused
        return
    measured = [evaluate.shape(design).measures.inscriptions[number] for number in chosen]
    size = f"{wording.millimetres(max(one.length_mm for one in measured))} long"
    finest = wording.millimetres(min(one.thinnest_stroke_mm for one in measured), 2)
    words = (
        f"{sum(one.characters for one in measured)} characters, {size}; the finest stroke is "
        f"{finest}. Engraved pieces can rarely be returned."
    )
    if place not in _FLAT and design.piece == "ring":
        words += " If the ring is sized later, words that run over the back of the band are cut through and made again."
    st.html(f'<p class="ks-small">{words}</p>')


def _box(place: Place, position: int) -> str:
    return f"words.{place}.{position}"


def _lines(design: Design) -> Lines:
    """The lines as the client wants them: the design's, or those that were just refused."""
    said, wanted = st.session_state.get(_WANTED, (None, []))
    if said and said == state.refusal():
        return [dict(line) for line in wanted]
    return [line.model_dump(mode="json") for line in design.inscriptions]


def _sizes() -> list[float] | None:
    """The heights at which lines that were just refused would fit."""
    said, sizes = st.session_state.get(_SIZES, (None, None))
    return sizes if said and said == state.refusal() else None


def _attempt(lines: Lines) -> None:
    if state.update(inscriptions=lines):
        return
    said = state.refusal()
    st.session_state[_WANTED] = said, lines
    try:
        evaluate.shape(evaluate.complete(state.edited(state.current(), inscriptions=lines)))
    except TooLarge as error:
        sizes = iter(error.sizes_mm)
        heights = [next(sizes) if line["place"] == error.place else line["height_mm"] for line in lines]
        st.session_state[_SIZES] = said, heights
    except InvalidDesign:
        st.session_state.pop(_SIZES, None)


def _make_it_fit() -> None:
    lines, sizes = _lines(state.current()), _sizes()
    if sizes:
        _attempt([{**line, "height_mm": size} for line, size in zip(lines, sizes, strict=True)])


def _take_picture(key: str, place: Place) -> None:
    picture = st.session_state[key]
    if picture is None:
        return
    st.session_state[_PICTURES] = st.session_state.get(_PICTURES, 0) + 1
    lines, found = _lines(state.current()), []

    def step(design: Design) -> Design:
        found.append(trace(picture.getvalue()))
        return design

    if state.change(step):
        height_mm = _DRAWING_HEIGHT_MM[place in _FLAT]
        _attempt([*lines, {**_NEW, "text": "Drawing", "place": place, "height_mm": height_mm, "drawing": found[0]}])


def _change(numbers: Sequence[int], **fields: object) -> None:
    lines = _lines(state.current())
    _attempt([{**line, **fields} if number in numbers else line for number, line in enumerate(lines)])


def _arrange(numbers: Sequence[int], first: dict[str, Any], arrangement: Arrangement) -> None:
    """Makes lines an emblem, or an emblem a line again; either begins at a size that suits it."""
    fields: dict[str, object] = {"arrangement": arrangement}
    if (arrangement == "line") != (first["arrangement"] == "line"):
        fields["height_mm"] = _FIRST_HEIGHT_MM[True] if arrangement == "line" else _EMBLEM_HEIGHT_MM
    _change(numbers, **fields)


def _type(place: Place, position: int) -> None:
    _write(place, position, st.session_state[_box(place, position)].strip())


def _write(place: Place, position: int, words: str) -> None:
    """Puts words into a line, takes an emptied one out, or begins a new one that looks like the one above."""
    lines = _lines(state.current())
    own = [number for number, line in enumerate(lines) if line["place"] == place]
    st.session_state[_LAST] = place, position
    if position < len(own):
        if words:
            lines[own[position]]["text"] = words
        else:
            del lines[own[position]]
    elif words:
        st.session_state.pop(_MORE, None)
        if own:
            lines.insert(own[-1] + 1, {**lines[own[-1]], "text": words, "arrangement": "line", "drawing": None})
        else:
            height_mm = _FIRST_HEIGHT_MM[place in _FLAT]
            lines.append({**_NEW, "text": words, "place": place, "height_mm": height_mm})
    _attempt(lines)


def _more(place: Place) -> None:
    st.session_state[_MORE] = place


def _add_symbol(place: Place) -> None:
    symbol = st.session_state["words.symbol"]
    lines = [line for line in _lines(state.current()) if line["place"] == place]
    last_place, last = st.session_state.get(_LAST, (place, 0))
    position = min(last, len(lines) - 1) if last_place == place else len(lines) - 1
    if st.session_state.get(_MORE) == place or position < 0 or lines[position]["drawing"]:
        _write(place, len(lines), symbol)
    else:
        _write(place, position, f"{lines[position]['text']} {symbol}")
