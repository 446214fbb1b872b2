"""Lettering: is it the text that was typed, does it fit where it says, does the solid take away what the sum says?"""

import csv
import math
import re

import manifold3d as mf
import numpy as np
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from configurator import geometry, reference
from configurator.design import Design, Inscription, InvalidDesign
from configurator.geometry import glyphs, inscription_rules, lettering, reading_order
from configurator.geometry.inscription import BandLettering, BandSide

RADIUS_MM, WIDTH_MM, THICKNESS_MM = 8.66, 2.4, 1.8
OFFERED = [font.id for font in lettering.offered_fonts()]
EVERY_FONT = list(lettering.fonts())


def stacked(*texts: str, **changes: object) -> tuple[BandLettering, ...]:
    band = {
        "inner_radius_mm": RADIUS_MM,
        "width_mm": WIDTH_MM,
        "thickness_mm": THICKNESS_MM,
        "keepout_deg": 40.0,
        "outside": changes.get("place") == "outside",
    }
    band |= {key: changes.pop(key) for key in list(changes) if key in (*band, "recess_mm")}
    return BandSide(**band).letter([Inscription(text=text, **changes) for text in texts])


def laid(text: str = "Toujours 12.06.26", **changes: object) -> BandLettering:
    return stacked(text, **changes)[0]


def plain_band(inner_mm: float, width_mm: float, thickness_mm: float) -> mf.Manifold:
    half = width_mm / 2
    corners = [(inner_mm, -half), (inner_mm + thickness_mm, -half), (inner_mm + thickness_mm, half), (inner_mm, half)]
    return mf.CrossSection([np.array(corners)]).revolve(512).rotate((90, 0, 0))


def comfort(y_mm: np.ndarray, angle_deg: np.ndarray) -> np.ndarray:
    return 0.12 * y_mm**2


# Fonts


@pytest.mark.parametrize("font_id", EVERY_FONT)
def test_every_font_has_its_files_and_its_licence(font_id):
    font = lettering.fonts()[font_id]
    assert (glyphs.FONTS_DIR / font.file).stat().st_size > 1000
    assert "SIL OPEN FONT LICENSE" in (glyphs.FONTS_DIR / font.licence_file).read_text(encoding="utf-8").upper()
    if font.offered:
        assert (glyphs.FONTS_DIR / font.web_file).read_bytes()[:4] == b"wOF2"
        assert font.note


def test_no_licence_reserves_a_name_that_our_subset_still_carries():
    for font in lettering.fonts().values():
        licence = (glyphs.FONTS_DIR / font.licence_file).read_text(encoding="utf-8")
        for reserved in re.findall(r"with Reserved Font Names? ['“\"]([^'”\"]+)", licence):
            assert reserved.lower() not in font.family.lower()
            names = TTFont(glyphs.FONTS_DIR / font.file)["name"].names
            carried = [name.toUnicode() for name in names if name.nameID in (1, 3, 4, 6, 16)]
            assert not any(reserved.lower() in name.lower() for name in carried), carried
        assert licence.count("with Reserved Font Name") == len(re.findall(r"with Reserved Font Names? ['“\"]", licence))


def test_the_font_table_has_one_row_a_font_and_known_stand_ins():
    with (glyphs.FONTS_DIR / "fonts.csv").open(encoding="utf-8", newline="") as table:
        ids = [row["id"] for row in csv.DictReader(table)]
    assert len(set(ids)) == len(ids)
    for font in lettering.fonts().values():
        assert set(font.stand_ins) <= set(ids) - {font.id}


def test_the_fonts_together_stay_small():
    assert sum(file.stat().st_size for file in glyphs.FONTS_DIR.rglob("*.*")) < 4_300_000


@pytest.mark.parametrize("font_id", OFFERED)
def test_every_style_sets_western_and_central_european_names_and_signs(font_id):
    letters = [chr(c) for c in [*range(0x21, 0x7F), *range(0xA1, 0x180)] if c != 0xAD]
    for start in range(0, len(letters), 40):
        line = lettering.set_line("".join(letters[start : start + 40]), font_id, 1.4)
        assert line.characters == len(letters[start : start + 40])
    assert lettering.set_line("& · – … ’ « » ♥ ∞ ★ ♪", font_id, 1.4).characters == 11


# Setting a line


def test_a_line_scales_with_its_height():
    small, large = (lettering.set_line("Forever yours", "serif", height) for height in (1.0, 2.0))
    swell = 2 * lettering.SWELL_MM
    assert (large.length_mm - swell) / (small.length_mm - swell) == pytest.approx(2, rel=2e-3)
    assert (large.height_mm - swell) / (small.height_mm - swell) == pytest.approx(2, rel=5e-3)


@pytest.mark.parametrize("font_id", OFFERED)
def test_height_is_from_the_tall_letters_to_the_deep_ones(font_id):
    line = lettering.set_line("Hdlgpy", font_id, 2.0)
    assert line.height_mm == pytest.approx(2.0 + 2 * lettering.SWELL_MM, abs=0.015)


def test_the_ink_is_centred_on_the_origin():
    low_x, low_y, high_x, high_y = lettering.set_line("Quickly", "serif", 1.4).section.bounds()
    assert low_x + high_x == pytest.approx(0, abs=1e-9)
    assert low_y + high_y == pytest.approx(0, abs=1e-9)


def test_pairs_are_kerned():
    joined = glyphs.shape("AVAVAV", lettering.fonts()["capitals"].file, False).advance_em
    single = 3 * sum(glyphs.shape(c, lettering.fonts()["capitals"].file, False).advance_em for c in "AV")
    assert joined < single


def test_arabic_letters_join():
    file = lettering.fonts()["arabic"].file
    joined = glyphs.shape("ليلى", file, True).advance_em
    apart = sum(glyphs.shape(c, file, True).advance_em for c in "ليلى")
    assert joined < apart


def test_hindi_conjuncts_become_one_glyph():
    shaped = glyphs.shape("क्ष", lettering.fonts()["devanagari"].file, False)
    assert len(shaped.glyphs) == 1


def test_an_accent_typed_apart_looks_like_one_typed_whole():
    whole, apart = (lettering.set_line(text, "serif", 1.4) for text in ("É", "E\u0301"))
    assert apart.area_mm2 == pytest.approx(whole.area_mm2, rel=1e-6)
    assert apart.characters == 1


def test_a_heart_comes_from_the_symbols_whatever_the_style():
    line = lettering.set_line("A ♥ B", "script", 1.4)
    assert [(text, font.id) for text, font in line.stand_ins] == [("♥", "symbols")]


@pytest.mark.parametrize(
    ("name", "font", "letters"),
    [
        ("李明 王芳", "chinese", 4),
        ("臺灣 鳳凰", "chinese", 4),
        ("さくら 佐藤", "chinese", 5),
        ("김민수 한별", "korean", 5),
    ],
)
def test_names_of_east_asia_are_set_whatever_the_style(name, font, letters):
    for style in OFFERED:
        line = lettering.set_line(f"{name} 12", style, 1.4)
        assert line.characters == letters + 2
        assert {borrowed.id for _, borrowed in line.stand_ins} == {font}
        # Square letters, each about as wide as the line is high.
        assert lettering.set_line(name.replace(" ", ""), style, 1.4).length_mm == pytest.approx(letters * 1.4, rel=0.12)


@pytest.mark.parametrize("sign", "♥♡∞★☆✿☀❄☾♪⚓✝☦✡☪ॐ☸☬☯⚜⚭🐾🦋👣🍀🌳👑")
def test_every_sign_is_drawn_with_ink_and_is_one_character(sign):
    line = lettering.set_line(sign, "script", 2.0)
    assert line.characters == 1
    assert line.area_mm2 > 0.15
    assert 0.4 < line.height_mm < 3.2


def test_spaces_and_accents_are_not_charged_as_characters():
    assert lettering.set_line("Amor vincit omnia", "serif", 1.4).characters == 15
    assert lettering.set_line("नमस्ते", "world", 1.4).characters == 4


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc 12", "abc 12"),
        ("אבג 12", "12 אבג"),
        ("abc אבג def", "abc אבג def"),
        ("אבג abc דהו", "דהו abc אבג"),
        ("שרה 12.06 דוד", "דוד 12.06 שרה"),
        ("Love שרה 2026", "Love 2026 שרה"),
        ("ليلى & Layla", "Layla & ليلى"),
    ],
)
def test_mixed_directions_stand_in_the_order_of_the_unicode_rules(text, seen):
    levels = reading_order.levels(text)
    words = [(text[m.start() : m.end()], levels[m.start()]) for m in re.finditer(r"\S+|\s", text)]
    shown = [words[i][0] for i in reading_order.visual_order([level for _, level in words])]
    assert "".join(shown) == seen


def test_letters_that_no_font_has_are_named_once_each():
    with pytest.raises(InvalidDesign, match="“ก”, “😀”") as error:
        lettering.set_line("ก and 😀 and ก", "script", 1.4)
    assert "Greek" in str(error.value)


def test_a_line_without_ink_is_refused():
    with pytest.raises(InvalidDesign, match="no letters that could be cut"):
        lettering.set_line("\u200d", "script", 1.4)


@pytest.mark.parametrize("font_id", ["comic_sans", "hebrew"])
def test_an_unknown_or_unoffered_style_is_refused_with_the_choice(font_id):
    with pytest.raises(InvalidDesign, match="choose one of Script"):
        lettering.set_line("A", font_id, 1.4)


def test_the_thinnest_stroke_of_a_bar_is_its_width():
    line = lettering.set_line("I", "sans", 4.0)
    assert line.thinnest_stroke_mm == pytest.approx(line.length_mm, rel=0.02)


def test_script_has_finer_strokes_than_modern():
    script, modern = (lettering.set_line("Toujours", font, 1.4).thinnest_stroke_mm for font in ("script", "sans"))
    assert script < 0.05 < modern


# On the band


@pytest.mark.parametrize("place", ["inside", "outside"])
@pytest.mark.parametrize("font_id", OFFERED)
def test_the_sum_agrees_with_the_metal_that_the_cutter_takes(font_id, place):
    lettering_ = laid("Élodie & 26", font=font_id, place=place, height_mm=1.2, keepout_deg=0.0)
    band = plain_band(RADIUS_MM, WIDTH_MM, THICKNESS_MM)
    cut = band - lettering_.strokes()
    assert cut.status() == mf.Error.NoError
    assert len(cut.decompose()) == 1
    assert cut.genus() == 1
    assert band.volume() - cut.volume() == pytest.approx(lettering_.removed_mm3, rel=0.005)
    assert lettering_.measure().removed_mm3 == lettering_.removed_mm3


def test_a_cut_in_a_rounded_bore_is_as_deep_as_in_a_plain_one():
    plain, rounded = laid(), laid(recess_mm=comfort)
    assert rounded.strokes().volume() == pytest.approx(plain.strokes().volume(), rel=0.01)
    points = np.asarray(rounded.strokes().to_mesh().vert_properties)[:, :3]
    deepest = np.hypot(points[:, 0], points[:, 2]).max()
    assert RADIUS_MM + 0.3 < deepest < RADIUS_MM + 0.3 + comfort(np.array(WIDTH_MM / 2), np.array(0.0))


def test_a_line_inside_reads_from_the_front_and_faces_the_finger():
    mesh = laid("L", font="sans").preview_mesh()
    corner = mesh.vertices_mm
    assert (corner[:, 2] < 0).all()  # on the palm side
    foot = corner[corner[:, 1] < corner[:, 1].min() + 0.1]
    stem = corner[corner[:, 1] > corner[:, 1].max() - 0.1]
    assert foot[:, 0].max() > stem[:, 0].max() + 0.1  # an L's foot points to the reader's right
    assert mesh.normals[:, 2].min() > 0


def test_a_line_outside_stands_on_top_when_no_head_is_there():
    assert laid("A", place="outside", keepout_deg=0.0).preview_mesh().vertices_mm[:, 2].min() > RADIUS_MM
    assert laid("A", place="outside", keepout_deg=60.0).preview_mesh().vertices_mm[:, 2].max() < -RADIUS_MM


@pytest.mark.parametrize("place", ["inside", "outside"])
def test_the_decal_covers_the_ink_just_above_the_metal(place):
    lettering_ = laid("Toujours 12.06.26", place=place)
    mesh = lettering_.preview_mesh()
    corners = mesh.vertices_mm.astype(float)[mesh.faces]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum() / 2
    assert area == pytest.approx(lettering_.line.area_mm2, rel=0.01)
    middles = corners.mean(axis=1)
    above = (np.hypot(middles[:, 0], middles[:, 2]) - lettering_.side.radius_mm) * (1 if place == "outside" else -1)
    assert above.min() > 0.004
    assert above.max() < 0.02
    facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert ((facing * mesh.normals[mesh.faces[:, 0]]).sum(axis=1) >= 0).all()
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1, abs=1e-5)
    assert not mesh.vertices_mm.flags.writeable


def test_neighbouring_triangles_of_the_decal_share_their_edges():
    faces = laid("Omnia ♥").preview_mesh().faces.astype(np.int64)
    edges = faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
    directed = edges[:, 0] * 10**6 + edges[:, 1]
    assert len(np.unique(directed)) == len(directed)


# Refusals say what would work


def test_a_line_too_long_names_its_length_the_room_and_the_size_that_fits():
    text = "Wherever you go, I will go with you"
    with pytest.raises(InvalidDesign) as error:
        laid(text, font="capitals", height_mm=1.8)
    sentence = str(error.value)
    found = re.search(
        r"is ([\d.]+) mm long at 1\.8 mm; the band has room for ([\d.]+) mm\. It fits at ([\d.]+) mm", sentence
    )
    assert found, sentence
    length, room, fits = map(float, found.groups())
    margin = reference.load().workshop["inscription_edge_margin"].low
    assert room == pytest.approx(math.radians(320) * RADIUS_MM - 2 * margin, abs=0.05)
    assert length > room
    assert laid(text, font="capitals", height_mm=fits).line.length_mm <= room + 0.05
    with pytest.raises(InvalidDesign):
        laid(text, font="capitals", height_mm=fits + 0.1)


def test_a_line_too_high_names_the_width_it_needs():
    with pytest.raises(InvalidDesign, match=r"mm high at 2 mm; a band 2 mm wide has room for 1\.6 mm") as error:
        laid("Élodie", font="capitals", height_mm=2.0, width_mm=2.0)
    width = float(re.search(r"on a band ([\d.]+) mm wide", str(error.value))[1])
    assert laid("Élodie", font="capitals", height_mm=2.0, width_mm=width)


def test_a_line_too_long_at_any_size_says_how_many_letters_would_fit():
    with pytest.raises(
        InvalidDesign, match=r"Even at the smallest, 0\.6 mm, there is room for about (\d+) letters"
    ) as error:
        laid("M" * 60, font="capitals", keepout_deg=200.0, width_mm=6.0)
    letters = int(re.search(r"about (\d+) letters", str(error.value))[1])
    assert laid("M" * letters, font="capitals", height_mm=0.6, keepout_deg=200.0, width_mm=6.0)


def test_a_band_too_narrow_for_any_lettering_says_what_width_it_takes():
    with pytest.raises(InvalidDesign, match=r"Even the smallest letters, 0\.6 mm, need a band") as error:
        laid("Ågnes", font="capitals", width_mm=0.9)
    width = float(re.search(r"need a band ([\d.]+) mm wide", str(error.value))[1])
    assert laid("Ågnes", font="capitals", width_mm=width, height_mm=inscription_rules.smallest_height_mm())


def test_no_room_at_all_is_refused_without_a_broken_sum():
    with pytest.raises(InvalidDesign, match="room for"):
        laid("Amor", keepout_deg=359.0)


@pytest.mark.parametrize("place", ["back", "front"])
def test_a_plain_ring_has_no_front_and_no_back(place):
    ring = geometry.complete(
        Design(piece="ring", style="plain_band", inscriptions=[Inscription(text="A", place=place)])
    )
    with pytest.raises(InvalidDesign, match=f"inside or outside; this line is for its {place}"):
        geometry.build(ring)


# Several lines


@pytest.mark.parametrize("place", ["inside", "outside"])
def test_two_lines_stand_one_above_the_other_and_take_away_the_metal_of_both(place):
    first, second = stacked("Amor", "vincit", place=place, keepout_deg=0.0, width_mm=4.0, height_mm=1.2)
    band = plain_band(RADIUS_MM, 4.0, THICKNESS_MM)
    cut = band - first.strokes() - second.strokes()
    assert band.volume() - cut.volume() == pytest.approx(first.removed_mm3 + second.removed_mm3, rel=0.005)
    assert (first.strokes() ^ second.strokes()).is_empty()
    upper, lower = (one.preview_mesh().vertices_mm[:, 1] for one in (first, second))
    assert upper.min() > lower.max()
    assert upper.max() == pytest.approx(-lower.min(), abs=1e-5)  # centred across the band


def test_two_lines_that_are_too_high_together_say_the_size_that_fits():
    with pytest.raises(InvalidDesign, match=r"these 2 lines are .* the band has room for .* They fit at") as error:
        stacked("Amor", "vincit", height_mm=1.4)
    size = float(re.search(r"They fit at ([\d.]+) mm", str(error.value))[1])
    assert stacked("Amor", "vincit", height_mm=size)
    with pytest.raises(InvalidDesign):
        stacked("Amor", "vincit", height_mm=size + 0.1)


# Raised


def test_raised_letters_add_the_metal_that_the_sum_says():
    raised = laid("Élodie & 26", place="outside", font="sans", keepout_deg=0.0, raised=True)
    band = plain_band(RADIUS_MM, WIDTH_MM, THICKNESS_MM)
    whole = band + raised.strokes()
    assert len(whole.decompose()) == 1
    assert whole.volume() - band.volume() == pytest.approx(-raised.removed_mm3, rel=0.005)
    assert raised.measure().raised


def test_raised_letters_are_drawn_with_their_side_walls():
    mesh = laid("I", place="outside", font="sans", keepout_deg=0.0, raised=True, depth_mm=0.4).preview_mesh()
    height = np.hypot(mesh.vertices_mm[:, 0], mesh.vertices_mm[:, 2]) - RADIUS_MM - THICKNESS_MM
    assert height.max() == pytest.approx(0.4, abs=0.01)
    assert height.min() < 0
    assert (np.abs(mesh.normals[:, 1]) > 0.99).any()


def test_raised_letters_inside_a_band_are_refused():
    with pytest.raises(InvalidDesign, match="rub the skin"):
        laid("Amor", raised=True)


def test_raised_strokes_are_judged_by_what_can_be_cast():
    words = {"text": "Amor", "place": "outside", "raised": True, "width_mm": 6.0, "keepout_deg": 0.0}
    fine, sound = laid(**words, font="script"), laid(**words, font="sans", height_mm=4.0)
    assert [f.severity for f in fine.findings if "Raised" in f.message] == ["stop"]
    assert sound.line.thinnest_stroke_mm >= reference.load().workshop["inscription_stroke_cast"].mid
    assert not any("Raised" in f.message for f in sound.findings)
    assert not any("metal behind" in m for m in severities(laid(**words, thickness_mm=0.5)))


# Findings


def severities(lettering_: BandLettering) -> dict[str, str]:
    return {finding.message: finding.severity for finding in lettering_.findings}


def test_hairlines_are_remarked_never_refused():
    assert any("hairlines" in message for message in severities(laid("Toujours", font="script")))


def test_deep_letters_in_a_thin_band_are_a_warning_and_then_a_stop():
    warned = severities(laid("A", font="sans", depth_mm=0.5, thickness_mm=1.2))
    stopped = severities(laid("A", font="sans", depth_mm=0.6, thickness_mm=1.0))
    assert "warning" in warned.values()
    assert "stop" not in warned.values()
    assert any("0.40 mm of metal behind" in m and s == "stop" for m, s in stopped.items())


def test_borrowed_letters_are_said():
    messages = severities(laid("Αθήνα", font="script"))
    assert any("“Αθήνα” will stand in EB Garamond" in message for message in messages)
    assert any("World or Classic" in finding.fix for finding in laid("Αθήνα", font="script").findings)
    assert not any("World or Classic" in finding.fix for finding in laid("李明", font="script").findings)
    assert not any("stand in" in message for message in severities(laid("A ♥ B", font="script")))


@pytest.mark.parametrize("font", lettering.offered_fonts(), ids=lambda font: font.id)
def test_outlines_are_those_that_fonttools_draws(font: lettering.Font) -> None:
    opened = TTFont(glyphs.FONTS_DIR / font.file)
    drawn, names = opened.getGlyphSet(), opened.getBestCmap()
    for letter in "AQg&8":
        pen = AreaPen(drawn)
        drawn[names[ord(letter)]].draw(pen)
        number = glyphs.face(font.file).font.get_nominal_glyph(ord(letter))
        ours = sum(
            np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) / 2
            for x, y in (contour.T for contour in glyphs.outline(font.file, number, 2.0**-12))
        )
        assert ours == pytest.approx(pen.value / opened["head"].unitsPerEm ** 2, rel=2e-3)
