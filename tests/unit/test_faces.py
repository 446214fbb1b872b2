"""Words on flat faces: where they read from, what they take away, and what is said when they do not fit."""

import re

import manifold3d
import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, Inscription, InvalidDesign
from configurator.geometry.assemblies import Assembly
from configurator.geometry.band import Band
from configurator.geometry.bangles import OvalSide
from configurator.geometry.casting import checked_casting
from configurator.geometry.faces import Face, FlatLettering, plate_faces, round_outline
from configurator.geometry.inscription import BandSide
from configurator.geometry.lockets import build_back, locket_faces
from configurator.geometry.mountings import HERE, Copies, Mounting

SQUARE = ((-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0))
FLAT = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 3.0))


def laid(
    *texts: str, outline: tuple[tuple[float, float], ...] = SQUARE, **changes: object
) -> tuple[FlatLettering, ...]:
    lines = [Inscription(text=text, **{"place": "front", "font": "sans", **changes}) for text in texts]
    return Face(FLAT, outline, 1.2, "plate").letter(lines)


def made(style: str, piece: str, lines: list[dict[str, object]], **options: object) -> Design:
    raw = {"piece": piece, "style": style, "options": options, "inscriptions": lines}
    return geometry.complete(Design.from_dict(raw))


def test_the_sum_is_exactly_what_the_strokes_take_from_a_plate() -> None:
    [one] = laid("H & 7")
    plate = one.strokes().bounding_box()
    assert plate[2] == pytest.approx(3.0 - 0.3)
    below = one.strokes().trim_by_plane((0, 0, -1), -3.0)
    assert below.volume() == pytest.approx(one.removed_mm3, rel=1e-4)
    assert one.removed_mm3 == pytest.approx(one.line.area_mm2 * 0.3)


@pytest.mark.parametrize(("place", "right"), [("front", 1), ("back", -1)])
def test_both_sides_of_a_plate_read_from_left_to_right_for_who_looks_at_them(place: str, right: int) -> None:
    face = dict(plate_faces(round_outline(6.0), 1.2, -10.0, "plate"))[place]
    mesh = face.letter([Inscription(text="L", place=place, font="sans", height_mm=4.0)])[0].preview_mesh()
    corner = mesh.vertices_mm
    assert (corner[:, 1] * right < -0.6).all()  # above its own side of the plate: the front looks towards -y
    assert (mesh.normals[:, 1] * right < 0).all()
    foot, stem = corner[corner[:, 2] < -11.0], corner[corner[:, 2] > -9.0]
    assert (foot[:, 0] * right).max() > (stem[:, 0] * right).max() + 0.5


def test_lines_stand_from_the_top_down_in_the_middle() -> None:
    heights = [one.preview_mesh().vertices_mm[:, 1] for one in laid("Anna", "&", "Otto")]
    assert heights[0].min() > heights[1].max() > heights[1].min() > heights[2].max()
    assert heights[0].max() == pytest.approx(-heights[2].min(), abs=1e-5)


@pytest.mark.parametrize("texts", [("Wolfgang",), ("Anna", "12.06.26", "♥")])
def test_what_is_too_large_is_refused_with_the_largest_size_that_fits(texts: tuple[str, ...]) -> None:
    with pytest.raises(InvalidDesign, match="too large for the plate") as error:
        laid(*texts, height_mm=5.0)
    size = float(re.search(r"fits? at ([\d.]+) mm", str(error.value))[1])
    assert laid(*texts, height_mm=size)
    with pytest.raises(InvalidDesign):
        laid(*texts, height_mm=size + 0.1)


def test_what_is_too_long_at_any_size_says_so() -> None:
    with pytest.raises(InvalidDesign, match=r"Even at the smallest size, 0\.6 mm, there is no room: shorten it"):
        laid("M" * 60)


def test_lines_of_two_sizes_are_told_both() -> None:
    lines = [Inscription(text="Anna", height_mm=6.0), Inscription(text="2026", height_mm=3.0)]
    with pytest.raises(InvalidDesign, match=r"They fit at [\d.]+ and [\d.]+ mm, from the top down") as error:
        Face(FLAT, SQUARE, 1.2, "plate").letter(lines)
    sizes = map(float, re.search(r"at ([\d.]+) and ([\d.]+) mm", str(error.value)).groups())
    smaller = [line.model_copy(update={"height_mm": size}) for line, size in zip(lines, sizes, strict=True)]
    assert Face(FLAT, SQUARE, 1.2, "plate").letter(smaller)


def test_words_cut_from_both_sides_count_together_against_the_metal_between() -> None:
    lines = [{"text": "A", "place": place, "font": "sans", "depth_mm": 0.4} for place in ("front", "back")]
    alone, both = (made("disc", "pendant", some, thickness_mm=1.3) for some in (lines[:1], lines))
    about = [[f for f in geometry.build(one).findings if "metal behind" in f.message] for one in (alone, both)]
    assert about[0] == []
    assert len(about[1]) == 2
    assert "0.50 mm of metal behind" in about[1][0].message


@pytest.mark.parametrize("raised", [False, True])
@pytest.mark.parametrize(("piece", "style"), [("pendant", "disc"), ("ring", "signet")])
def test_a_lettered_piece_casts_and_weighs_what_the_sum_says(piece: str, style: str, raised: bool) -> None:
    line = {"text": "AB", "place": "front", "font": "sans", "height_mm": 4.0, "raised": raised}
    plain, lettered = made(style, piece, []), made(style, piece, [line])
    assert "front" in geometry.places(plain)
    casting, before = geometry.cast(lettered), geometry.cast(plain)
    assert [f for f in casting.findings if f.severity == "stop"] == []
    [measure] = geometry.build(lettered).measures.inscriptions
    assert before.volume_mm3 - casting.volume_mm3 == pytest.approx(measure.removed_mm3, rel=0.005)
    assert (measure.removed_mm3 < 0) == raised
    assert casting.genus == before.genus


LOCKETS = [("oval", 18.0, 6.0), ("round", 14.0, 9.0), ("heart", 24.0, 7.0), ("heart", 15.0, 9.0)]


@pytest.mark.parametrize("raised", [False, True])
@pytest.mark.parametrize(("outline", "width_mm", "depth_mm"), LOCKETS)
def test_words_on_both_domes_of_a_locket_weigh_what_the_sum_says(
    outline: str, width_mm: float, depth_mm: float, raised: bool
) -> None:
    words = [("AM", "front", 2.5), ("2026", "front", 1.4), ("OW", "back", 2.5)]
    lines = [
        {"text": text, "place": place, "font": "sans", "height_mm": mm, "depth_mm": 0.2, "raised": raised}
        for text, place, mm in words
    ]
    sizes = {"outline": outline, "width_mm": width_mm, "depth_mm": depth_mm}
    plain, lettered = made("locket", "pendant", [], **sizes), made("locket", "pendant", lines, **sizes)
    casting, before = geometry.cast(lettered), geometry.cast(plain)
    assert [f for f in casting.findings if f.severity == "stop"] == []
    measures = geometry.build(lettered).measures
    removed_mm3 = sum(one.removed_mm3 for one in measures.inscriptions)
    assert before.volume_mm3 - casting.volume_mm3 == pytest.approx(removed_mm3, rel=0.01)
    assert casting.genus == before.genus


@pytest.mark.parametrize(("outline", "width_mm", "depth_mm"), LOCKETS)
def test_a_dome_lies_on_its_shell_and_is_shown_just_above_it(outline: str, width_mm: float, depth_mm: float) -> None:
    wire_mm = 1.1
    back_face = dict(locket_faces(outline, width_mm, depth_mm, "ring", wire_mm))["back"]
    [line] = back_face.letter([Inscription(text="OWL", place="back", font="sans", height_mm=2.5)])
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(-3, 3, 13), np.linspace(-3, 3, 13)))
    places = line.on_surface(x, y, np.zeros(len(x)))
    shell = build_back(True, outline, width_mm, depth_mm, "ring", wire_mm)
    probe = [manifold3d.Manifold.cube((0.002, 0.02, 0.002), True).translate(tuple(place)) for place in places]
    share = [(one ^ shell).volume() / one.volume() for one in probe]
    assert np.array(share) == pytest.approx(0.5, abs=0.1)
    assert (places[:, 1] > 0).all()
    assert line.casting == 1
    decal = line.preview_mesh().vertices_mm
    assert decal[:, 1].max() <= depth_mm / 2 + 0.013


def test_a_shell_cannot_be_made_thicker_and_is_not_said_to() -> None:
    line = {"text": "Anna", "place": "front", "font": "sans", "height_mm": 2.0}
    found = [f for f in geometry.build(made("locket", "pendant", [line])).findings if "metal behind" in f.message]
    assert [f.fix for f in found] == ["Have the words raised."]
    with pytest.raises(InvalidDesign, match=r"too large for the locket\. It fits at"):
        geometry.build(made("locket", "pendant", [line | {"height_mm": 9.0}]))


BENT = [
    ("bangle", {"form": "oval", "width_mm": 6.0}),
    ("bangle", {"form": "oval", "width_mm": 6.0, "profile": "court"}),
    ("cuff", {}),
    ("cuff", {"profile": "flat", "taper": 0.6, "width_mm": 30.0}),
]


@pytest.mark.parametrize(("style", "options"), BENT)
@pytest.mark.parametrize(("place", "raised"), [("inside", False), ("outside", False), ("outside", True)])
def test_words_round_an_oval_are_true_to_scale_and_weigh_what_the_sum_says(
    style: str, options: dict[str, object], place: str, raised: bool
) -> None:
    line = {"text": "WHEREVER", "place": place, "font": "sans", "height_mm": 2.5, "raised": raised}
    plain, lettered = made(style, "bracelet", [], **options), made(style, "bracelet", [line], **options)
    casting, before = geometry.cast(lettered), geometry.cast(plain)
    assert [f for f in casting.findings if f.severity == "stop"] == []
    [measure] = geometry.build(lettered).measures.inscriptions
    assert before.volume_mm3 - casting.volume_mm3 == pytest.approx(measure.removed_mm3, rel=0.01)
    [mesh] = [part.mesh for part in geometry.build(lettered).parts if part.name in ("inscription", "relief")]
    ends = np.argmin(mesh.vertices_mm[:, 0]), np.argmax(mesh.vertices_mm[:, 0])
    apart_mm = np.linalg.norm(np.subtract(*(mesh.vertices_mm[end] for end in ends)))
    assert apart_mm == pytest.approx(measure.length_mm, rel=0.03)  # a chord of the round is a little shorter
    below = style == "bangle" and place == "inside"
    assert (mesh.vertices_mm[:, 2] < 0).all() == below


def test_a_cuff_is_narrower_under_longer_words() -> None:
    def side(outside: bool) -> OvalSide:
        return OvalSide(
            inside_mm=60.0,
            oval=0.82,
            width_mm=12.0,
            thickness_mm=1.8,
            profile="flat",
            outside=outside,
            length_mm=150.0,
            narrow=0.5,
        )

    assert side(False).width_under(0.0) == 12.0
    assert side(False).width_under(150.0) == pytest.approx(6.0)
    assert side(False).arc_mm == pytest.approx(150.0)
    assert side(True).arc_mm > 150.0 + 1.8 * 4  # it turns through more than four radians
    with pytest.raises(InvalidDesign, match="the cuff has room for"):
        geometry.build(made("cuff", "bracelet", [{"text": "M" * 60, "place": "inside", "height_mm": 6.0}]))


def test_an_oval_as_round_as_a_circle_letters_as_a_round_bangle() -> None:
    sizes = {"width_mm": 6.0, "thickness_mm": 2.0}
    one = Inscription(text="OWL", font="sans", height_mm=2.0)
    round_side = BandSide(inner_radius_mm=30.0, outside=False, **sizes)
    oval_side = OvalSide(inside_mm=60.0, oval=1.0, profile="flat", outside=False, **sizes)
    places = [side.letter([one])[0].preview_mesh().vertices_mm for side in (round_side, oval_side)]
    assert places[0] == pytest.approx(places[1], abs=1e-4)


def test_a_monogram_stands_on_the_table_and_is_read_from_above() -> None:
    ring = made("signet", "ring", [{"text": "L", "place": "front", "font": "sans", "height_mm": 5.0}])
    [mesh] = [part.mesh for part in geometry.build(ring).parts if part.name == "inscription"]
    top = geometry.build(ring).bore_mm[0] + 1.6 + 0.8
    assert mesh.vertices_mm[:, 2] == pytest.approx(top + 0.012, abs=1e-3)
    assert (np.ptp(mesh.vertices_mm[:, 1])) == pytest.approx(4.0, abs=1.2)


def test_findings_name_the_part_that_carries_the_words() -> None:
    [wide] = laid("Anna Amalia", height_mm=1.4)
    assert any("the plate's edge" in f.message for f in wide.findings)
    deep = laid("A", depth_mm=0.6)[0]
    assert any("make the plate" in f.fix for f in deep.findings)


def test_a_bangle_is_lettered_inside_as_a_ring_is() -> None:
    hoop = Band(inner_diameter_mm=60.0, width_mm=5.0, thickness_mm=2.0, profile="flat")
    inside = BandSide(inner_radius_mm=30.0, width_mm=5.0, thickness_mm=2.0, outside=False)
    cast = (Copies(Mounting(hoop, "bangle", openings=1)),)
    bangle = Assembly("bracelet", "standing", cast, faces=(("inside", inside),))
    words = [Inscription(text=text, font="sans") for text in ("Wherever you go", "12.06.26")]
    lines = bangle.letter(words)
    casting, plain = checked_casting(bangle, lines, ()), checked_casting(bangle, (), ())
    assert plain.volume_mm3 - casting.volume_mm3 == pytest.approx(sum(line.removed_mm3 for line in lines), rel=0.005)
    assert bangle.measure("bangle", lines).metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.001)
    with pytest.raises(InvalidDesign, match="can be engraved inside; this line is for its outside"):
        bangle.letter([Inscription(text="A", place="outside")])


def test_words_on_a_piece_without_a_place_are_refused() -> None:
    bare = Assembly("pendant", "hanging", ())
    with pytest.raises(InvalidDesign, match="no room for words"):
        bare.letter([Inscription(text="A")])


def test_lettering_on_copies_is_taken_from_each() -> None:
    hoop = Band(inner_diameter_mm=12.0, width_mm=5.0, thickness_mm=2.0, profile="flat")
    beside = ((1.0, 0.0, 0.0, 30.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0))
    side = BandSide(inner_radius_mm=6.0, width_mm=5.0, thickness_mm=2.0, outside=False)
    cast = (Copies(Mounting(hoop, "hoop", openings=1), (HERE, beside)),)
    pair = Assembly("earrings", "standing", cast, faces=(("inside", side),))
    [line] = pair.letter([Inscription(text="A", font="sans")])
    plain, lettered = (pair.measure("hoop", lines).metal_volume_mm3 for lines in ((), (line,)))
    assert plain - lettered == pytest.approx(2 * line.removed_mm3)
