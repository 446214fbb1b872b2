"""Whatever a client combines: either one clear sentence, or a piece that can be cast."""

from typing import Any, get_args

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from configurator import geometry, reference
from configurator.design import Design, InvalidDesign
from configurator.geometry.styles.fields import Role

LONGEST_SENTENCE = 250
EXAMPLES = 9  # of each style: a casting with its checks takes half a second
AS_LONG_AS_WIDE = ("round_brilliant", "princess", "round_cabochon", "sphere")


def values(field: Any) -> st.SearchStrategy[Any]:
    """Every value that an option declares."""
    if field.annotation is bool:
        return st.booleans()
    if get_args(field.annotation):
        return st.sampled_from(get_args(field.annotation))
    limits = {name: getattr(rule, name) for rule in field.metadata for name in ("ge", "le") if hasattr(rule, name)}
    return st.floats(limits["ge"], limits["le"]).map(lambda value: round(value, 2))


@st.composite
def stones(draw: st.DrawFn, role: Role) -> dict[str, Any]:
    cut = draw(st.sampled_from(role.cuts))
    row = reference.load().cuts[cut]
    width_mm = round(draw(st.floats(*role.width_mm)), 2)
    ratio = draw(st.floats(row.length_to_width_low, row.length_to_width_high))
    length_mm = width_mm if cut in AS_LONG_AS_WIDE else round(width_mm * ratio, 2)
    return {"role": role.name, "cut": cut, "length_mm": max(length_mm, width_mm), "width_mm": width_mm}


@st.composite
def pieces(draw: st.DrawFn, piece: str, style: str) -> dict[str, Any]:
    module = geometry.STYLES[piece][style]
    options = {name: draw(values(field)) for name, field in module.Options.model_fields.items()}
    return {
        "piece": piece,
        "style": style,
        "options": options,
        "stones": [draw(stones(role)) for role in module.ROLES],
        "inner_diameter_mm": round(draw(st.floats(13, 23)), 2) if piece == "ring" else None,
    }


def cast_is_sound(raw: dict[str, Any]) -> None:
    refusal = ""
    try:
        design = geometry.complete(Design.from_dict(raw))
    except InvalidDesign as refused:
        refusal = str(refused)
    if refusal:
        note(refusal)
        assert refusal.endswith(".")
        assert len(refusal) < LONGEST_SENTENCE
        return
    piece, casting = geometry.build(design), geometry.cast(design)
    # Of one piece, not folded, holes as meant, finger hole open, stones clear of metal and of each other, walls whole:
    # every check of the solid is a stop in the casting that the measures alone did not see.
    early = {finding.message for finding in piece.findings}
    early |= {finding.message for finding in geometry.metal_findings(design, piece.measures)}
    assert [f.message for f in casting.findings if f.severity == "stop" and f.message not in early] == []
    bought_mm3 = sum(fitting.volume_mm3 for fitting in piece.measures.fittings)
    assert piece.measures.metal_volume_mm3 - bought_mm3 == pytest.approx(casting.volume_mm3, rel=0.01)
    if not bought_mm3:
        # Clusters of large side stones hide the most of each other.
        assert piece.measures.surface_mm2 == pytest.approx(casting.surface_mm2, rel=0.06)
    if raw["piece"] == "ring":
        assert casting.genus >= 1


@pytest.mark.parametrize(("piece", "style"), [(p, s) for p, styles in geometry.STYLES.items() for s in styles])
def test_every_piece_can_be_cast_or_says_why_not(piece: str, style: str) -> None:
    settings(max_examples=EXAMPLES)(given(pieces(piece, style))(cast_is_sound))()


def test_rounding_in_a_wide_cut_is_not_taken_for_a_fold() -> None:
    stones = [{"role": f"stone_{n}", "length_mm": 2.0, "width_mm": 2.0} for n in range(1, 8)]
    options = {"stones": 5, "width_mm": 5.5, "thickness_mm": 2.0, "profile": "flat", "prong_weight": "sturdy"}
    cast_is_sound({"piece": "ring", "style": "family", "options": options, "stones": stones, "inner_diameter_mm": 13.0})


def test_sides_far_wider_than_their_centre_are_refused() -> None:
    center = {"role": "center", "length_mm": 3.0, "width_mm": 3.0}
    side = {"role": "side", "cut": "pear", "length_mm": 7.74, "width_mm": 5.11}  # its casting once shed a sliver
    with pytest.raises(InvalidDesign, match=r"take sides of up to 4\.2 mm"):
        geometry.complete(Design.from_dict({"piece": "ring", "style": "three_stone", "stones": [center, side]}))


CENTRES = {name: style.ROLES_BY_NAME.get("center") for name, style in geometry.STYLES["ring"].items()}


@pytest.mark.parametrize(("style", "cut"), [(name, cut) for name, role in CENTRES.items() if role for cut in role.cuts])
def test_every_style_takes_every_cut(style: str, cut: str) -> None:
    ratio = reference.load().cuts[cut].length_to_width_default
    stone = {"role": "center", "cut": cut, "length_mm": round(6 * ratio, 2), "width_mm": 6}
    design = geometry.complete(Design.from_dict({"piece": "ring", "style": style, "stones": [stone]}))
    piece = geometry.build(design)
    assert piece.stones[0].cut == cut
    assert [f for f in piece.findings if f.severity == "stop"] == []


@pytest.mark.parametrize("style", geometry.STYLES["ring"])
@given(data=st.data())
@settings(max_examples=6)
def test_a_wider_thicker_or_larger_band_weighs_more(style: str, data: st.DataObject) -> None:
    raw = data.draw(pieces("ring", style))
    raw["options"] |= {"width_mm": 2.5, "thickness_mm": 1.8}
    raw["inner_diameter_mm"] = 19.0
    try:
        usual = geometry.build(geometry.complete(Design.from_dict(raw))).measures
    except InvalidDesign:
        return
    for change in (
        {"options": raw["options"] | {"width_mm": 2.6}},
        {"options": raw["options"] | {"thickness_mm": 1.9}},
        {"inner_diameter_mm": 19.4},
    ):
        more = geometry.build(geometry.complete(Design.from_dict(raw | change))).measures
        # A band may already be as wide or thick as its stones need, and a wider one may take more stones.
        if more.band != usual.band and [s.count for s in more.stones] == [s.count for s in usual.stones]:
            assert more.metal_volume_mm3 > usual.metal_volume_mm3
