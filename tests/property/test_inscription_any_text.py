"""Whatever is typed, in whatever style: a clean solid or one clear sentence."""

from itertools import pairwise

import manifold3d as mf
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from configurator.design import Inscription, InvalidDesign
from configurator.geometry import lettering
from configurator.geometry.faces import plate_faces, round_outline
from configurator.geometry.inscription import BandSide

STYLES = st.sampled_from([font.id for font in lettering.offered_fonts()])
HEIGHTS = st.floats(0.6, 3.0)
LETTERS = "".join(chr(c) for c in [*range(0x20, 0x7F), *range(0xA1, 0x180)] if c != 0xAD)
LETTERS += "–—…’‘“”♥∞★☽♪αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώАБВГДЕЖЗабвгдежзийклмноюяשלוםأحبكليلى१२नमस्ते"
LINES = st.text(LETTERS, min_size=1, max_size=24).map(str.strip).filter(bool)


def lay(text, font, height_mm, place="inside", recess_mm=None):
    side = BandSide(
        inner_radius_mm=12.0, width_mm=12.0, thickness_mm=1.8, outside=place == "outside", recess_mm=recess_mm
    )
    return side.letter([Inscription(text=text, font=font, height_mm=height_mm, place=place)])[0]


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=LINES, font=STYLES, height_mm=HEIGHTS, place=st.sampled_from(["inside", "outside"]), round_bore=st.booleans()
)
@example(text="fifi ffl ŒÆ ‘’“”", font="script", height_mm=0.6, place="inside", round_bore=True)
def test_any_line_cuts_a_clean_pocket(text, font, height_mm, place, round_bore):
    recess = (lambda y, angle: 0.02 * y**2) if round_bore else None
    try:
        laid = lay(text, font, height_mm, place, recess)
    except InvalidDesign:
        return
    cutter = laid.strokes()
    assert cutter.status() == mf.Error.NoError
    assert not cutter.is_empty()
    mesh = cutter.to_mesh()
    assert _every_edge_has_two_faces(np.asarray(mesh.vert_properties)[:, :3], np.asarray(mesh.tri_verts))
    depth = laid.inscription.depth_mm
    assert cutter.volume() > laid.line.area_mm2 * depth
    decal = laid.preview_mesh()
    assert np.isfinite(decal.vertices_mm).all()
    assert np.isfinite(decal.normals).all()
    assert decal.faces.max() < len(decal.vertices_mm)


def _every_edge_has_two_faces(vertices_mm, faces):
    """As an STL reader sees it: corners that agree in single precision are one corner."""
    _, welded = np.unique(vertices_mm.astype(np.float32), axis=0, return_inverse=True)
    corners = welded[faces]
    corners = corners[(np.diff(np.sort(corners, axis=1), axis=1) > 0).all(axis=1)]
    edges = np.sort(corners[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    return (np.unique(edges, axis=0, return_counts=True)[1] == 2).all()


@settings(max_examples=200, deadline=None)
@given(text=st.text(min_size=1, max_size=60), font=STYLES)
def test_any_unicode_is_set_or_refused_in_a_sentence(text, font):
    try:
        line = lettering.set_line(Inscription(text=text).text, font, 1.4)
    except (InvalidDesign, ValidationError):
        return
    assert line.area_mm2 > 0
    assert line.characters > 0
    assert 0 < line.thinnest_stroke_mm <= 1.5


@example(text="7Ć", font="serif", height_mm=2.0, width_mm=1.2, keepout_deg=0.0)
@settings(max_examples=60, deadline=None)
@given(
    text=LINES,
    font=STYLES,
    height_mm=HEIGHTS,
    width_mm=st.floats(1.2, 6.0),
    keepout_deg=st.floats(0.0, 200.0),
)
def test_the_size_that_a_refusal_proposes_fits(text, font, height_mm, width_mm, keepout_deg):
    def attempt(height):
        side = BandSide(
            inner_radius_mm=7.0, width_mm=width_mm, thickness_mm=1.8, outside=False, keepout_deg=keepout_deg
        )
        return side.letter([Inscription(text=text, font=font, height_mm=height)])

    try:
        attempt(height_mm)
    except InvalidDesign as refusal:
        sentence = str(refusal)
        if "It fits at " in sentence:
            assert attempt(float(sentence.split("It fits at ")[-1].split(" mm")[0]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts=st.lists(LINES, min_size=1, max_size=3),
    font=STYLES,
    height_mm=HEIGHTS,
    radius_mm=st.floats(2.0, 15.0),
    place=st.sampled_from(["front", "back"]),
    raised=st.booleans(),
)
def test_any_lines_on_a_face_are_laid_or_refused_with_a_size_that_fits(
    texts, font, height_mm, radius_mm, place, raised
):
    face = dict(plate_faces(round_outline(radius_mm), 1.2, -10.0, "plate"))[place]

    def attempt(height):
        lines = [Inscription(text=t, font=font, height_mm=height, place=place, raised=raised) for t in texts]
        return face.letter(lines)

    try:
        laid = attempt(height_mm)
    except InvalidDesign as refusal:
        sentence = str(refusal)
        assert len(sentence) < 250
        if " at the smallest" not in sentence and " fit" in sentence:
            assert attempt(float(sentence.rsplit(" at ", 1)[1].split(" mm")[0]))
        return
    for one in laid:
        strokes = one.strokes()
        assert strokes.status() == mf.Error.NoError
        corners = np.asarray(strokes.to_mesh().vert_properties)[:, :3]
        assert np.hypot(corners[:, 0], corners[:, 2] + 10.0).max() < radius_mm
        depth = one.inscription.depth_mm
        assert strokes.volume() == pytest.approx(one.line.area_mm2 * (depth + 0.12), rel=1e-3)
        assert one.removed_mm3 == pytest.approx((-1 if raised else 1) * one.line.area_mm2 * depth)
        drawn = one.preview_mesh()
        assert np.isfinite(drawn.normals).all()
    for a, b in pairwise(laid):
        assert (a.strokes() ^ b.strokes()).is_empty()
