"""The band against closed forms."""

import math

import numpy as np
import pytest

from configurator.geometry.band import (
    PROFILE_LABELS,
    Band,
    band_mesh,
    band_sector,
    band_size,
    band_solid,
    profile_outline,
    recess_of,
)

SIZES = [(1.5, 1.0), (2.0, 1.8), (4.0, 1.8), (12.0, 4.0)]


def band(**fields: object) -> Band:
    usual = {"inner_diameter_mm": 17.32, "width_mm": 4.0, "thickness_mm": 1.8, "profile": "flat"}
    return Band(**(usual | fields))  # type: ignore[arg-type]


def tube_mm3(made: Band) -> float:
    return math.pi * (made.top_radius_mm**2 - made.inner_radius_mm**2) * made.width_mm


@pytest.mark.parametrize(("width_mm", "thickness_mm"), SIZES)
def test_a_flat_band_is_a_tube(width_mm: float, thickness_mm: float) -> None:
    made = band(width_mm=width_mm, thickness_mm=thickness_mm)
    assert band_size(made).volume_mm3 == pytest.approx(tube_mm3(made), rel=1e-3)
    assert band_solid(made).volume() == pytest.approx(tube_mm3(made), rel=1e-3)


def test_half_a_millimetre_more_width_adds_what_geometry_says() -> None:
    wider, usual = band(width_mm=4.5), band(width_mm=4.0)
    added = band_size(wider).volume_mm3 - band_size(usual).volume_mm3
    assert added == pytest.approx(tube_mm3(wider) - tube_mm3(usual), rel=5e-3)


@pytest.mark.parametrize("profile", PROFILE_LABELS)
@pytest.mark.parametrize("comfort", [False, True])
def test_a_wider_or_thicker_band_has_more_metal(profile: str, comfort: bool) -> None:
    usual = band_size(band(profile=profile, comfort=comfort)).volume_mm3
    assert band_size(band(profile=profile, comfort=comfort, width_mm=4.1)).volume_mm3 > usual
    assert band_size(band(profile=profile, comfort=comfort, thickness_mm=1.9)).volume_mm3 > usual


@pytest.mark.parametrize("profile", PROFILE_LABELS)
@pytest.mark.parametrize("comfort", [False, True])
@pytest.mark.parametrize(("width_mm", "thickness_mm"), SIZES)
def test_measures_and_solid_agree(profile: str, comfort: bool, width_mm: float, thickness_mm: float) -> None:
    made = band(profile=profile, comfort=comfort, width_mm=width_mm, thickness_mm=thickness_mm, taper=0.2)
    solid, size = band_solid(made), band_size(made)
    assert solid.genus() == 1
    assert solid.volume() == pytest.approx(size.volume_mm3, rel=3e-3)
    assert solid.surface_area() == pytest.approx(size.surface_mm2, rel=3e-3)
    assert 0 < size.inside_mm2 < size.surface_mm2 / 2


@pytest.mark.parametrize("profile", PROFILE_LABELS)
def test_a_profile_is_as_wide_and_thick_as_asked_and_touches_the_finger(profile: str) -> None:
    section = profile_outline(profile, 5.0, 2.0)  # type: ignore[arg-type]
    v, u = section.T
    ridge = 0.1 if profile == "knife_edge" else 1e-9  # a knife edge is blunted
    assert np.ptp(v) == pytest.approx(5.0, abs=1e-9)
    assert u.max() == pytest.approx(2.0, abs=ridge)
    assert u.min() == pytest.approx(0.0, abs=1e-9)
    after = np.roll(section, -1, axis=0)
    assert (section[:, 0] * after[:, 1] - after[:, 0] * section[:, 1]).sum() > 0


def test_a_tapered_band_narrows_to_the_top_and_loses_what_the_integral_says() -> None:
    made = band(taper=0.4)
    assert made.top_width_mm == pytest.approx(2.4)
    assert float(made.width_share(np.array([math.pi]))[0]) == pytest.approx(1.0)
    # The mean of ((1 + cos)/2)² over a turn is 3/8.
    assert band_size(made).volume_mm3 == pytest.approx(band_size(band()).volume_mm3 * (1 - 0.4 * 3 / 8), rel=1e-9)


def test_a_court_band_recedes_from_the_finger_towards_its_edges() -> None:
    recess = recess_of(band(profile="court"), outside=False)
    across = recess(np.array([0.0, 1.0, 1.9]), np.full(3, 180.0))
    assert across[0] == pytest.approx(0, abs=1e-9)
    assert 0 < across[1] < across[2]


def test_the_sector_is_the_same_metal_as_the_band() -> None:
    made = band(profile="court")
    sector = band_sector(made, 30.0)
    assert (sector - band_solid(made)).volume() < 0.01 * sector.volume()
    assert sector.volume() == pytest.approx(band_solid(made).volume() / 6, rel=0.02)


def test_the_preview_has_unit_normals_that_point_out_of_the_metal() -> None:
    mesh = band_mesh(band(profile="d_shape"))
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1, abs=1e-5)
    corners = mesh.vertices_mm[mesh.faces].astype(float)
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    mean = mesh.normals[mesh.faces].mean(axis=1)
    assert (np.einsum("ij,ij->i", face, mean) > 0).all()
    assert np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) > 0
