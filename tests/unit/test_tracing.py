"""Handwriting from a picture: the same shape, bounded, and nothing that a stranger sends can hurt."""

import io
import math
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from configurator import geometry
from configurator.design import MAX_DRAWING_POINTS, MAX_LINK_CHARACTERS, Design, Inscription, InvalidDesign
from configurator.geometry import lettering, tracing

SQUARE = (0, 0, 100, 0, 100, 100, 0, 100)


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def ring(paper: Image.Image | None = None) -> Image.Image:
    """A ring of ink, 400 wide outside and 280 inside."""
    picture = paper or Image.new("L", (900, 700), 255)
    ImageDraw.Draw(picture).ellipse((250, 150, 650, 550), outline=10, width=60)
    return picture


def shaded() -> Image.Image:
    """Paper in a shadow that falls from one side to the other."""
    return Image.fromarray(np.tile(np.linspace(120, 250, 900), (700, 1)).astype(np.uint8))


def clear() -> Image.Image:
    """A signature as a tablet saves it: ink on nothing."""
    picture = Image.new("RGBA", (900, 700), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((250, 150, 650, 550), outline=(10, 10, 60, 255), width=60)
    return picture


SMALL_PNG, SMALL_JPEG = (saved(ring().resize((90, 70)), kind) for kind in ("PNG", "JPEG"))


@pytest.mark.parametrize(
    "picture",
    [saved(ring()), saved(ring(), "JPEG"), saved(ring(shaded())), saved(ring(shaded()), "JPEG"), saved(clear())],
    ids=["png", "jpeg", "shadow", "shadow-jpeg", "transparent"],
)
def test_a_ring_of_ink_is_traced_as_wide_and_as_thick_as_it_was_drawn(picture: bytes) -> None:
    line = lettering.set_drawing(tracing.trace(picture), 10.0)
    outer = 10 + 2 * lettering.SWELL_MM
    inner = 10 * 280 / 400 - 2 * lettering.SWELL_MM
    assert line.length_mm == pytest.approx(outer, rel=0.01)
    assert line.height_mm == pytest.approx(outer, rel=0.005)
    assert line.area_mm2 == pytest.approx(math.pi / 4 * (outer**2 - inner**2), rel=0.03)
    assert line.thinnest_stroke_mm == pytest.approx((outer - inner) / 2, rel=0.05)
    assert line.characters == 1


def test_it_stands_upright_as_in_the_picture() -> None:
    picture = Image.new("L", (600, 600), 255)
    ImageDraw.Draw(picture).polygon([(100, 100), (180, 100), (180, 420), (400, 420), (400, 500), (100, 500)], fill=0)
    section = lettering.set_drawing(tracing.trace(saved(picture)), 10.0).section
    corners = np.vstack(section.to_polygons())
    foot, top = corners[corners[:, 1] < -4], corners[corners[:, 1] > 4]
    assert foot[:, 0].max() > top[:, 0].max() + 3  # an L's foot points to the right


def test_a_line_of_writing_keeps_to_the_points_of_the_format_and_to_a_link() -> None:
    picture = Image.new("L", (1600, 500), 235)
    words = "Immer deine Mama"
    ImageDraw.Draw(picture).text((60, 120), words, font=ImageFont.load_default(170), fill=40)
    drawing = tracing.trace(saved(picture))
    assert sum(map(len, drawing)) <= 2 * MAX_DRAWING_POINTS
    line = Inscription(text="Mama", place="front", height_mm=1.1, drawing=drawing)
    design = geometry.complete(Design(piece="pendant", style="disc", inscriptions=[line]))
    assert len(design.to_link()) < MAX_LINK_CHARACTERS
    assert Design.from_link(design.to_link()) == design
    casting = geometry.cast(design)
    assert [finding for finding in casting.findings if finding.severity == "stop"] == []
    removed = geometry.build(design).measures.inscriptions[0].removed_mm3
    bare = geometry.cast(geometry.complete(Design(piece="pendant", style="disc")))
    assert bare.volume_mm3 - casting.volume_mm3 == pytest.approx(removed, rel=0.01)


def header_of(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (b"", "not a picture"),
        (b"\xff\xd8\xff" + bytes(2000), "not a picture"),
        (saved(ring())[:900], "not a picture"),
        (saved(ring(), "GIF"), "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (header_of(60_000, 60_000), "not a picture|million points"),
        (header_of(12_000, 9_000), "not a picture|108 million points"),
        (header_of(6_000, 6_000), "36 million points; up to 24 million"),
        (bytes(tracing.MAX_BYTES + 1), "too large a file"),
        (saved(Image.new("L", (400, 400), 255)), "No drawing is seen"),
        (saved(Image.new("L", (400, 400), 0)), "No drawing is seen"),
        (saved(Image.new("L", (1, 1), 0)), "No drawing is seen"),
    ],
)
def test_what_is_no_drawing_is_refused_in_a_sentence(picture: bytes, words: str) -> None:
    with pytest.raises(InvalidDesign, match=words):
        tracing.trace(picture)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_picture_is_traced_or_refused(data: st.DataObject) -> None:
    picture = bytearray(data.draw(st.sampled_from([SMALL_PNG, SMALL_JPEG])))
    for _ in range(data.draw(st.integers(1, 8))):
        picture[data.draw(st.integers(0, len(picture) - 1))] = data.draw(st.integers(0, 255))
    try:
        drawing = tracing.trace(bytes(picture[: data.draw(st.integers(0, len(picture)))] or picture))
    except InvalidDesign:
        return
    assert Inscription(text="x", drawing=drawing).drawing == drawing


def test_noise_is_refused_for_its_details() -> None:
    noise = np.random.default_rng(3).integers(0, 2, (60, 90)).astype(np.uint8) * 255
    picture = Image.fromarray(noise).resize((900, 600), Image.Resampling.NEAREST)
    with pytest.raises(InvalidDesign, match="too many fine details"):
        tracing.trace(saved(picture))


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        ([], "drawing"),
        ([[0, 0, 5, 5]], "drawing"),
        ([[*SQUARE, 3]], "odd count"),
        ([[0, 0, 1000, 0, 5, 5]], "drawing"),
        ([[0, 0, 2.5, 0, 5, 5]], "drawing"),
        ([[-1, 0, 2, 0, 5, 5]], "drawing"),
        ([list(SQUARE)] * 61, "drawing"),
        ([list(SQUARE) * 20] * 30, "up to 450"),
        ("M0 0L5 5", "drawing"),
    ],
)
def test_a_saved_drawing_is_checked_number_by_number(drawing: object, words: str) -> None:
    raw = {"piece": "pendant", "style": "disc", "inscriptions": [{"text": "x", "place": "front", "drawing": drawing}]}
    with pytest.raises(InvalidDesign, match=words):
        Design.from_dict(raw)


def test_a_design_carries_one_drawing() -> None:
    line = {"text": "x", "place": "front", "drawing": [list(SQUARE)]}
    with pytest.raises(InvalidDesign, match="one drawing"):
        Design.from_dict({"piece": "pendant", "style": "disc", "inscriptions": [line, line]})


def test_outlines_without_ink_are_refused() -> None:
    with pytest.raises(InvalidDesign, match="no ink"):
        lettering.set_drawing(((0, 0, 5, 0, 10, 0),), 5.0)
