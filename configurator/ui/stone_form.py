"""The Stones topic: whose stones, which gem (by birth month if wanted), which cut, how large, which grade."""

from collections.abc import Callable
from typing import get_args

import streamlit as st

from configurator import evaluate, geometry, reference, units, wording
from configurator.design import USUAL_PROPORTIONS, Design, Stone
from configurator.reference import GROWN
from configurator.ui import state, text
from configurator.ui.choices import choose

_VIEW = "design"
_ROUND = ("round_brilliant", "round_cabochon", "sphere")
_FEW = 4  # proportions are chosen for large stones; melee comes as it is cut


def stones_form(design: Design) -> None:
    """Pickers for the stones of one role at a time."""
    if not design.stones:
        st.html('<p class="ks-lead">This piece carries no stones. Choose another style under Piece to add some.</p>')
        return
    roles = [stone.role for stone in design.stones]
    role = roles[0]
    if len(roles) > 1:
        role = st.segmented_control(
            "Which stones",
            roles,
            key=f"role.{design.style}",
            default=roles[0],
            required=True,
            format_func=lambda r: geometry.STYLES[design.piece][design.style].ROLES_BY_NAME[r].label,
            label_visibility="collapsed",
        )
    stone = design.stone(role) or design.stones[0]
    part = st.segmented_control(
        "Gem, cut or size", list(_PARTS), key="stone.part", default="Gem", required=True, label_visibility="collapsed"
    )
    _PARTS[part](design, stone)


def _gem(_: Design, stone: Stone) -> None:
    _origin(stone)
    choose(
        "gems",
        stone.gem,
        lambda gem: _change_gem(stone.role, gem),
        label="Stone",
        view=_VIEW,
        role=stone.role,
        months=True,
    )


def _origin(stone: Stone) -> None:
    """Natural or laboratory-grown; for gems that come one way only it says which, so that the tiles below stay put."""
    gems = reference.load().gems
    natural = gems[stone.gem].natural_id or stone.gem
    key = f"origin.{stone.role}"
    st.session_state[key] = stone.gem
    st.segmented_control(
        "Natural or laboratory-grown",
        [gem for gem in (natural, natural + GROWN) if gem in gems],
        key=key,
        required=True,
        format_func=lambda gem: text.gem_origin(gems[gem]),
        on_change=lambda: _change_stone(stone.role, gem=st.session_state[key]),
        label_visibility="collapsed",
    )


def _cut(design: Design, stone: Stone) -> None:
    cuts = geometry.STYLES[design.piece][design.style].ROLES_BY_NAME[stone.role].cuts
    choose(
        "cuts", stone.cut, lambda cut: _change_cut(stone.role, cut), label="Cut", role=stone.role, only=cuts, flat=True
    )


def _size(design: Design, stone: Stone) -> None:
    key = f"size.{stone.role}"
    low, high = geometry.STYLES[design.piece][design.style].ROLES_BY_NAME[stone.role].width_mm
    st.session_state[key] = min(max(stone.width_mm, low), high)
    st.slider(
        "Diameter (mm)" if stone.cut in _ROUND else "Width (mm)",
        low,
        high,
        key=key,
        step=0.1,
        on_change=lambda: _change_width(stone.role, st.session_state[key]),
    )
    measured = next(m for m in evaluate.shape(design).measures.stones if m.role == stone.role)
    gem = reference.load().gems[stone.gem]
    each = units.weight_ct(measured.volume_mm3, gem.specific_gravity)
    weight = (
        f"{measured.count} stones, {each * measured.count:.2f} ct in all" if measured.count > 1 else f"{each:.2f} ct"
    )
    size = wording.sizes((measured.length_mm, measured.width_mm, measured.depth_mm))
    st.html(f'<p class="ks-small">{size} · {weight}</p>')
    if measured.count > _FEW:
        return
    with st.expander("Proportions", icon=":material/diamond:"):
        _proportions(stone, measured.length_mm / measured.width_mm, 100 * measured.depth_mm / measured.width_mm)


def _proportions(stone: Stone, ratio: float, depth_pct: float) -> None:
    """How long and how deep a stone is for its width, inside what the trade cuts."""
    row = reference.load().cuts[stone.cut]
    low, high = max(row.length_to_width_low, 1.0), row.length_to_width_high
    if stone.cut not in geometry.AS_LONG_AS_WIDE and high > low:
        about = "Long stones make a finger look slimmer; the trade cuts this shape inside these limits."
        _share("Length to width", "ratio", stone, ratio, (low, high, 0.01, "%.2f"), about, _stretched)
    if row.depth_pct_high > row.depth_pct_low:
        about = "A deeper stone weighs more for its face; a shallow one looks larger and leaks light."
        limits = row.depth_pct_low, row.depth_pct_high, 0.5, "%.1f"
        _share("Depth (% of width)", "depth", stone, depth_pct, limits, about, _deepened)
    made = geometry.proportions(stone)
    if row.table_pct_low and row.table_pct_high:
        about = "The flat top. A wide one looks larger and whiter; a smaller one throws more coloured sparks."
        limits = row.table_pct_low, row.table_pct_high, 0.5, "%.1f"
        _share("Table (% of width)", "table", stone, 100 * made.table, limits, about, _as_pct("table_pct"))
    if row.crown_height_pct_low and row.crown_height_pct_high:
        about = "How high the stone rises above its edge. Higher gives more fire and weight; lower catches less."
        limits = row.crown_height_pct_low, row.crown_height_pct_high, 0.5, "%.1f"
        _share(
            "Crown height (% of width)", "crown", stone, 100 * made.crown, limits, about, _as_pct("crown_height_pct")
        )


def _share(
    label: str,
    name: str,
    stone: Stone,
    value: float,
    limits: tuple[float, float, float, str],
    about: str,
    changed: Callable[[Stone, float], dict[str, float | None]],
) -> None:
    low, high, step, shown = limits
    key = f"{name}.{stone.role}"
    low, high = min(low, value), max(high, value)  # a stone may be cut outside what is usual
    st.session_state[key] = value
    st.slider(
        label,
        float(low),
        float(high),
        key=key,
        step=step,
        format=shown,
        help=about,
        on_change=lambda: _change_stone(stone.role, **changed(stone, st.session_state[key])),
    )


def _stretched(stone: Stone, ratio: float) -> dict[str, float | None]:
    return {"length_mm": round(stone.width_mm * ratio, 2)}


def _as_pct(field: str) -> Callable[[Stone, float], dict[str, float | None]]:
    return lambda _, pct: {field: round(pct, 1)}


def _deepened(stone: Stone, depth_pct: float) -> dict[str, float | None]:
    return {"depth_mm": round(stone.width_mm * depth_pct / 100, 3)}


def _size_and_grade(design: Design, stone: Stone) -> None:
    _size(design, stone)
    if reference.load().gems[stone.gem].graded:
        _grade("Colour", "colour", stone, "D is colourless; from H down a faint warmth, hidden in yellow gold.")
        _grade("Clarity", "clarity", stone, "VS: clean to the eye. SI1 usually is; I1 is not.")


_PARTS = {"Gem": _gem, "Cut": _cut, "Size and grade": _size_and_grade}


def _grade(label: str, name: str, stone: Stone, about: str) -> None:
    key = f"grade.{stone.role}.{name}"
    st.session_state[key] = getattr(stone, name)
    options = get_args(get_args(Stone.model_fields[name].annotation)[0])

    def changed() -> None:
        if st.session_state[key]:
            _change_stone(stone.role, **{name: st.session_state[key]})

    st.pills(label, options, key=key, on_change=changed, help=about)


def _change_stone(role: str, **fields: object) -> None:
    def step(design: Design) -> Design:
        stones = [s.model_dump(mode="json") | (fields if s.role == role else {}) for s in design.stones]
        for stone in stones:
            if not reference.load().gems[stone["gem"]].graded:
                stone["colour"] = stone["clarity"] = None
        return state.edited(design, stones=stones)

    state.change(step)


def _change_gem(role: str, gem: str) -> None:
    """A tile is a kind of gem: whoever has chosen a laboratory-grown one stays with that where it is grown.

    A gem that is cut in another way than the last comes in a cut of its own, where the setting takes one.
    """
    design, gems = state.current(), reference.load().gems
    stone = design.stone(role)
    if stone is None:
        return
    before = gems[stone.gem]
    form = gems[gem].form
    found = gem + GROWN if before.natural_id is not None and gem + GROWN in gems else gem
    place = geometry.STYLES[design.piece][design.style].ROLES_BY_NAME[role]
    own = [cut for cut in (place.usual_cut, *place.cuts) if geometry.form_of(cut) == form]
    recut = form not in (before.form, geometry.form_of(stone.cut)) and own
    _change_stone(role, gem=found, **(_in_cut(stone, own[0]) if recut else {}))


def _change_cut(role: str, cut: str) -> None:
    stone = state.current().stone(role)
    if stone:
        _change_stone(role, **_in_cut(stone, cut))


def _in_cut(stone: Stone, cut: str) -> dict[str, object]:
    """The fields of a stone in a cut of the same width and its usual proportions."""
    ratio = reference.load().cuts[cut].length_to_width_default
    return {"cut": cut, "length_mm": round(stone.width_mm * ratio, 2), **USUAL_PROPORTIONS}


def _change_width(role: str, width_mm: float) -> None:
    stone = state.current().stone(role)
    if stone:
        ratio = stone.length_mm / stone.width_mm
        _change_stone(role, width_mm=width_mm, length_mm=round(width_mm * ratio, 2), depth_mm=None)
