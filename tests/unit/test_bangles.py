"""Bangles and cuffs: ovals in closed form, and ends that close."""

import math

import numpy as np
import pytest

from configurator.geometry.band import PROFILE_LABELS, Band, Profile, profile_outline
from configurator.geometry.bangles import OVAL, build_cuff, build_oval, half_axes_mm
from configurator.geometry.bodies import Shape
from configurator.geometry.casting import fold_mm2
from configurator.geometry.solids import arrays


def area_and_moment(section: np.ndarray) -> tuple[float, float]:
    """Of a closed polygon (m, 2): its area, and the integral of its second coordinate over it."""
    after = np.roll(section, -1, axis=0)
    cross = section[:, 0] * after[:, 1] - after[:, 0] * section[:, 1]
    return cross.sum() / 2, float((cross * (section[:, 1] + after[:, 1])).sum() / 6)


@pytest.mark.parametrize("profile", PROFILE_LABELS)
def test_an_oval_bangle_weighs_what_pappus_says(profile: Profile) -> None:
    # Carried round a closed plane curve, a section makes its area times the curve and 2π times its moment.
    area, moment = area_and_moment(profile_outline(profile, 6.0, 2.4, arch_points=161))
    solid = build_oval(True, 64.0, OVAL, 6.0, 2.4, profile)
    assert solid.volume() == pytest.approx(area * math.pi * 64.0 + 2 * math.pi * moment, rel=2e-3)
    assert solid.genus() == 1


def test_an_oval_as_round_as_a_circle_is_the_round_bangle() -> None:
    band = Band(inner_diameter_mm=64.0, width_mm=5.0, thickness_mm=2.0, profile="court")
    assert build_oval(True, 64.0, 1.0, 5.0, 2.0, "court").volume() == pytest.approx(band.size().volume_mm3, rel=1e-3)


@pytest.mark.parametrize("oval", [1.0, 0.9, OVAL, 0.6])
def test_an_oval_is_as_long_round_as_its_size(oval: float) -> None:
    turn = np.linspace(0, 2 * math.pi, 20_001)
    x, z = half_axes_mm(60.0, oval)
    way = np.hypot(np.diff(x * np.cos(turn)), np.diff(z * np.sin(turn))).sum()
    assert (way, z / x) == (pytest.approx(math.pi * 60.0, rel=1e-6), pytest.approx(oval))


@pytest.mark.parametrize("profile", PROFILE_LABELS)
@pytest.mark.parametrize(("width_mm", "end_mm"), [(12.0, 7.0), (30.0, 30.0), (4.0, 3.0)])
def test_a_cuff_is_one_strip_with_round_ends_and_its_gap(profile: Profile, width_mm: float, end_mm: float) -> None:
    solid = build_cuff(True, 60.0, OVAL, 28.0, width_mm, end_mm, 1.8, profile)
    assert (solid.genus(), len(solid.decompose())) == (0, 1)
    assert fold_mm2(solid) < 1e-4
    box = solid.bounding_box()
    assert box[4] - box[1] == pytest.approx(width_mm, abs=1e-3)
    assert box[3] == pytest.approx(-box[0], abs=1e-3)
    # The bottom of the oval is nearly flat: across the gap it is about as far as along it.
    vertices, _ = arrays(solid)
    below = vertices[vertices[:, 2] < 0]
    gap_mm = 2 * np.abs(below[np.abs(below[:, 1]) < 0.5 * end_mm, 0]).min()
    assert gap_mm == pytest.approx(28.0, rel=0.06)


def test_a_flat_cuff_without_taper_weighs_as_much_as_its_strip() -> None:
    # Two half discs and the strip between them, a little more for the outside being longer than the inside.
    inside_mm, gap_mm, width_mm, thick_mm = 60.0, 28.0, 10.0, 1.6
    solid = build_cuff(True, inside_mm, 1.0, gap_mm, width_mm, width_mm, thick_mm, "flat")
    plan = (math.pi * inside_mm - gap_mm - width_mm) * width_mm + math.pi * width_mm**2 / 4
    assert solid.volume() == pytest.approx(plan * thick_mm * (1 + thick_mm / inside_mm), rel=2e-3)


def test_a_preview_of_a_cuff_shows_no_more_than_its_casting() -> None:
    cuff = Shape(build_cuff, (60.0, OVAL, 28.0, 12.0, 8.0, 1.8, "d_shape"))
    coarse = cuff.mesh().vertices_mm
    box = cuff.solid().bounding_box()
    assert coarse.min(axis=0) == pytest.approx(box[:3], abs=0.05)
    assert coarse.max(axis=0) == pytest.approx(box[3:], abs=0.05)
