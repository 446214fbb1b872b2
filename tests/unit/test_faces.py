"""Words on flat faces: where they read from, what they take away, and what is said when they do not fit."""

import re

import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, Inscription, InvalidDesign
from configurator.geometry.assemblies import Assembly
from configurator.geometry.band import Band
from configurator.geometry.casting import checked_casting
from configurator.geometry.faces import Face, FlatLettering, plate_faces, round_outline
from configurator.geometry.inscription import BandSide
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
