"""Monograms: one shape, as high as asked for, read in order, and refused in a sentence where they cannot be."""

import manifold3d as mf
import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, Inscription, InvalidDesign
from configurator.geometry import monograms
from configurator.geometry.lettering import set_inscription, set_line

ARRANGEMENTS = ("monogram", "ringed_monogram")


def monogram(text: str, arrangement: str = "monogram", **changes: object) -> Inscription:
    given = {"text": text, "place": "front", "font": "serif", "height_mm": 8.0, "arrangement": arrangement}
    return Inscription(**(given | changes))


def disc(line: dict[str, object], **options: object) -> Design:
    raw = {"piece": "pendant", "style": "disc", "options": options, "inscriptions": [line]}
    return geometry.complete(Design.from_dict(raw))


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize("font", ["script", "brush", "serif", "capitals", "sans", "world"])
@pytest.mark.parametrize("text", ["AM", "OW", "LT", "JB", "AIM", "OWL", "LTV", "EFG", "VAC"])
def test_letters_of_one_stroke_grow_together_to_one_shape(text: str, font: str, arrangement: str) -> None:
    line = set_inscription(monogram(text, arrangement, font=font))
    # Some letters of pen hands are drawn in two strokes that do not touch.
    strokes = [len(set_line(letter, font, 8.0).section.decompose()) for letter in text]
    assert len(line.section.decompose()) <= 1 + sum(strokes) - len(text)
    assert line.height_mm == pytest.approx(8.0, abs=0.02)
    assert line.characters == len(text)


def test_a_ring_is_round_and_holds_the_letters() -> None:
    line = set_inscription(monogram("AKM", "ringed_monogram"))
    assert line.length_mm == pytest.approx(line.height_mm, abs=0.02)
    assert np.hypot(*np.vstack(line.section.to_polygons()).T).max() == pytest.approx(4.0, abs=0.02)


def test_the_middle_one_of_three_is_the_largest() -> None:
    bars = [mf.CrossSection.square((0.2, 1.0), center=True)] * 3
    emblem = monograms.emblem(bars, 10.0, ringed=False)
    corners = np.vstack(emblem.to_polygons())
    left, right = (corners[np.isclose(corners[:, 0], x)] for x in (corners[:, 0].min(), corners[:, 0].max()))
    assert np.ptp(corners[:, 1]) == pytest.approx(10.0)
    assert np.ptp(left[:, 1]) == np.ptp(right[:, 1]) == pytest.approx(7.0)


def test_hebrew_initials_stand_from_right_to_left() -> None:
    ink = set_inscription(monogram("אל", font="world")).section
    first, second = (set_line(letter, "world", 8.0).section for letter in "אל")
    expected = monograms.emblem([second, first], 8.0, ringed=False)
    assert ink.area() == pytest.approx(expected.area(), rel=0.02)
    turned = monograms.emblem([first, second], 8.0, ringed=False)
    assert (ink ^ expected).area() > 0.95 * ink.area() > 1.1 * (ink ^ turned).area()


def test_small_letters_are_drawn_as_capitals() -> None:
    small, capital = (set_inscription(monogram(text)).section for text in ("akm", "AKM"))
    assert (small ^ capital).area() == pytest.approx(capital.area())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"text": "ABCD", "place": "front"}, "two or three letters .* “ABCD” as a line"),
        ({"text": "A", "place": "front"}, "two or three letters"),
        ({"text": "A&B", "place": "front"}, "two or three letters"),
        ({"text": "AB", "place": "inside"}, "needs a flat face"),
        ({"text": "AB", "place": "front", "drawing": [[0, 0, 9, 0, 9, 9]]}, "a drawing cannot be a monogram"),
        (
            {"text": "AB", "place": "front", "arrangement": "circle"},
            "it can be 'line', 'monogram' or",
        ),
    ],
)
def test_what_is_no_monogram_is_told_why(line: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidDesign, match=f"(?i){sentence}"):
        disc({"arrangement": "monogram"} | line)


def test_accents_belong_to_their_letters() -> None:
    assert set_inscription(monogram("E\u0301A\u0308")).characters == 2
    assert disc({"text": "e\u0323\u0301b", "place": "front", "arrangement": "monogram"}).inscriptions


def test_one_that_is_too_large_is_refused_with_the_largest_that_fits() -> None:
    line = {"text": "AKM", "place": "front", "arrangement": "ringed_monogram", "height_mm": 12.0}
    with pytest.raises(InvalidDesign, match=r"too large for the plate.* It fits at \d+\.\d mm") as error:
        geometry.build(disc(line, diameter_mm=12.0))
    size = float(str(error.value).rpartition(" at ")[2].removesuffix(" mm."))
    assert geometry.build(disc(line | {"height_mm": size}, diameter_mm=12.0)).measures.inscriptions


def test_links_and_files_of_before_say_nothing_of_it_and_open_as_lines() -> None:
    before = Design.from_dict({"piece": "pendant", "style": "disc", "inscriptions": [{"text": "AM", "place": "front"}]})
    assert before.inscriptions[0].arrangement == "line"
    after = disc({"text": "AM", "place": "front", "arrangement": "monogram"})
    assert Design.from_link(after.to_link()) == Design.from_json(after.to_json()) == after
    assert geometry.shape_key(after) != geometry.shape_key(geometry.complete(before))


@pytest.mark.parametrize("raised", [False, True])
@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_a_monogram_casts_and_weighs_what_the_sum_says(arrangement: str, raised: bool) -> None:
    line = {"text": "AKM", "place": "front", "font": "sans", "height_mm": 5.0, "raised": raised}
    lettered = disc(line | {"arrangement": arrangement})
    casting, plain = geometry.cast(lettered), geometry.cast(lettered.model_copy(update={"inscriptions": ()}))
    assert [f for f in casting.findings if f.severity == "stop"] == []
    removed_mm3 = geometry.build(lettered).measures.inscriptions[0].removed_mm3
    assert plain.volume_mm3 - casting.volume_mm3 == pytest.approx(removed_mm3, rel=0.005)


def test_letters_stand_in_the_order_they_are_read() -> None:
    solid = []
    for text in ("IIW", "WII"):  # an I is a bar, as solid as can be; a W is not
        line = set_inscription(monogram(text, font="sans"))
        left = mf.CrossSection.square((0.2, 8.0), center=True).translate((0.1 - line.length_mm / 2, 0))
        solid.append((line.section ^ left).area() / (0.2 * 0.7 * 8.0))
    assert solid[0] == pytest.approx(1.0, abs=0.03)
    assert solid[1] < 0.5
