"""Settings: what holds a stone fits it, grips it, and has the shape its outline asks for."""

import manifold3d
import numpy as np
import pytest

from configurator.design import Stone
from configurator.geometry import gems
from configurator.geometry.bezels import bezel_head
from configurator.geometry.casting import fold_mm2
from configurator.geometry.halos import halo_head, melee_places
from configurator.geometry.prongs import ProngHead, prong_head, prong_head_mesh
from configurator.geometry.rims import stone_outline
from configurator.geometry.solids import build_mesh, build_solid, convex_solid, follow, tubes

SIZES = {
    "round_brilliant": (6.5, 6.5),
    "oval": (8.4, 6.0),
    "cushion": (6.3, 6.0),
    "princess": (5.5, 5.5),
    "emerald": (7.7, 5.5),
    "pear": (9.3, 6.0),
    "marquise": (10.0, 5.0),
    "asscher": (5.6, 5.6),
    "radiant": (7.2, 6.0),
    "baguette": (9.0, 4.5),
    "trillion": (6.4, 6.2),
    "heart": (6.6, 6.5),
    "rose_cut": (7.0, 6.0),
    "round_cabochon": (6.0, 6.0),
    "oval_cabochon": (8.0, 6.0),
}


def stone_of(cut: str) -> Stone:
    length, width = SIZES[cut]
    return Stone(role="center", cut=cut, length_mm=length, width_mm=width)


def head_of(cut: str, prongs: int = 4) -> ProngHead:
    return prong_head(stone_of(cut), prongs, 0.85)


PAIRED = [cut for cut in gems.SEATED if cut not in ("princess", "baguette")]
HEADS = [
    *(head_of(cut, prongs) for cut in gems.SEATED for prongs in (4, 6, 8)),
    *(prong_head(stone_of(cut), 4, 0.7, paired=True) for cut in PAIRED),
    *(prong_head(stone_of(cut), prongs, 0.85, railed=False) for cut in gems.SEATED for prongs in (4, 8)),
]


def described(head: object) -> str:
    if not isinstance(head, ProngHead):
        return str(head)
    return f"{head.sizes.cut}-{head.prongs}{'-paired' * head.paired}{'' if head.railed else '-open'}"


@pytest.mark.parametrize("head", HEADS, ids=described)
def test_closed_prongs_reach_over_the_crown_and_not_over_the_table(head: ProngHead) -> None:
    stone = head.stone
    vertices = prong_head_mesh(head).vertices_mm.astype(float)
    above = vertices[vertices[:, 2] > stone.girdle_half_mm + 0.2]
    n, d = stone.bounds[:, :3], stone.bounds[:, 3]
    assert len(above) > 0
    inside_outline = (above @ (n * [1, 1, 0]).T <= d + 1e-9).all(axis=1)
    assert inside_outline.any(), "some metal lies over the stone"
    assert above[:, 2].max() < stone.table_z_mm + 0.6, "prongs do not tower over the stone"
    table = 0.3 * stone.width_mm / 2
    assert np.hypot(above[:, 0], above[:, 1]).min() > table, "the table is free"


@pytest.mark.parametrize("head", HEADS, ids=described)
def test_every_pointed_corner_is_covered(head: ProngHead) -> None:
    assert head.held()[0].bare_tips == 0


@pytest.mark.parametrize("head", HEADS, ids=described)
def test_a_head_has_as_many_prongs_as_it_says_and_both_sides_are_alike(head: ProngHead) -> None:
    places = np.array([(site.x_mm, site.y_mm) for site in head.sites])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(len(places))
    assert apart.min() > head.prong_diameter_mm, "no two prongs run into each other at the girdle"
    mirrored = places * [-1, 1]
    assert np.linalg.norm(mirrored[:, None] - places[None], axis=2).min(axis=1).max() < 1e-3
    tips = len(gems.tips(head.sizes.cut, *SIZES[head.sizes.cut]))
    assert len(places) == (2 * 4 - tips if head.paired else head.prongs)
    girdle = manifold3d.CrossSection([gems.outline(head.sizes.cut, *SIZES[head.sizes.cut], 512)])
    beads = [manifold3d.CrossSection.circle(0.02, 16).translate(tuple(place)) for place in places]
    assert all(0 < (bead ^ girdle).area() < bead.area() for bead in beads), "each stands on the girdle"


@pytest.mark.parametrize("head", HEADS, ids=described)
def test_open_prongs_let_the_stone_in_from_above(head: ProngHead) -> None:
    metal = head.solid(True) - head.cutter()
    stone = gems.stone_solid(head.stone)
    for lift_mm in (0.0, 0.4, 3.0):
        assert (metal ^ stone.translate((0, 0, lift_mm))).volume() == pytest.approx(0, abs=1e-6)
    shells = [piece.volume() for piece in metal.decompose()]  # a bubble shut in between wires has a negative volume
    assert len([volume for volume in shells if volume > 0]) == 1
    assert min(shells) > -1e-3


@pytest.mark.parametrize("cut", gems.SEATED)
def test_a_bezel_stands_all_round_the_stone_with_its_wall(cut: str) -> None:
    head = bezel_head(stone_of(cut), 0.5)
    metal = head.solid(True) - head.cutter()
    level = metal.slice(head.stone.girdle_half_mm + 0.05)
    assert len(level.decompose()) == 1
    assert level.num_contour() == 2, "an unbroken ring"
    girdle = manifold3d.CrossSection([gems.outline(cut, *SIZES[cut], 256)])
    assert (level ^ girdle).area() == pytest.approx(0, abs=1e-6), "the stone has room"
    hole = girdle.offset(0.5 - 0.02, manifold3d.JoinType.Round, circular_segments=64) - level
    assert len(hole.decompose()) == 1, "the wall is at least as thick as asked, everywhere"


@pytest.mark.parametrize("cut", [cut for cut in gems.SEATED if not len(gems.tips(cut, *SIZES[cut])) % 4])
def test_a_half_bezel_is_a_rim_at_each_side_and_both_ends_are_open(cut: str) -> None:
    full, half = bezel_head(stone_of(cut), 0.5), bezel_head(stone_of(cut), 0.5, half=True)
    level = half.stone.girdle_half_mm + 0.05
    rims = (half.solid(True) - half.cutter()).slice(level).decompose()
    assert len(rims) == 2
    for rim in rims:
        left, low, right, high = rim.bounds()
        assert left * right > 0, "each stands at its own side"
        assert high - low > 0.7 * half.sizes.length_mm, "and holds most of its length"
    open_mm2 = full.solid(True).slice(level).area() - half.solid(True).slice(level).area()
    assert open_mm2 > 2 * half.open_mm * 0.5, "both ends are open as wide as said"
    assert fold_mm2(half.solid(True)) < 1e-5
    assert half.solid(True).volume() == pytest.approx(half.solid(False).volume(), rel=0.01)
    beyond = np.abs(half.mesh().vertices_mm)
    middle = beyond[(beyond[:, 0] < 0.8 * half.open_mm) & (beyond[:, 1] > 0.4 * half.sizes.length_mm)]
    assert middle[:, 2].min() > 0.2, "the preview is open too"


@pytest.mark.parametrize("size", [(3.0, 3.3), (6.0, 6.6), (9.0, 9.0), (12.0, 12.0)])
@pytest.mark.parametrize("wall_mm", [0.4, 0.6, 1.2])
def test_a_rim_bends_into_the_cleft_of_a_heart_without_folding(size: tuple[float, float], wall_mm: float) -> None:
    width_mm, length_mm = size
    heart = Stone(role="center", cut="heart", length_mm=length_mm, width_mm=width_mm)
    assert fold_mm2(bezel_head(heart, wall_mm).solid(True)) < 1e-6


@pytest.mark.parametrize("cut", gems.SEATED)
def test_a_halo_has_as_many_stones_as_fit_and_they_keep_their_distance(cut: str) -> None:
    melee = Stone(role="halo", length_mm=1.3, width_mm=1.3)
    head = halo_head(stone_of(cut), melee, 4, 0.7, spacing_mm=0.15, bead_diameter_mm=0.4)
    places = melee_places(head)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(len(places))
    assert apart.min() >= 1.45 - 1e-6
    assert apart.min(axis=1).max() < 1.45 * 1.12, "no gap that another stone would nearly fill"
    girdle = manifold3d.CrossSection([gems.outline(cut, *SIZES[cut], 256)])
    small = [manifold3d.CrossSection.circle(0.65, 32).translate(tuple(p)) for p in places]
    assert sum((girdle ^ circle).area() for circle in small) == 0
    mirrored = places * [-1, 1]
    assert np.linalg.norm(mirrored[:, None] - places[None], axis=2).min(axis=1).max() < 0.05, "symmetrical"


@pytest.mark.parametrize("cut", gems.SEATED)
def test_metal_round_an_outline_never_folds(cut: str) -> None:
    section = np.array([[1.0, 0.5, 0.5], [1.0, 0.5, -2.0], [0.6, 0.0, -2.0], [0.9, 0.0, 0.5]])
    solid = build_solid(follow(stone_outline(cut, *SIZES[cut], False), section))
    assert solid.status() == manifold3d.Error.NoError
    assert solid.volume() > 0
    assert fold_mm2(solid) < 1e-6


def test_a_straight_wire_has_the_volume_of_a_cylinder_with_round_ends() -> None:
    path = np.linspace([0, 0, 0], [0, 0, 10], 6)[None]
    sideways = np.array([[1.0, 0, 0]])
    exact = np.pi * 0.25 * 10 + 4 / 3 * np.pi * 0.125
    fine = build_solid(tubes(path, np.full(6, 0.5), sideways, 24, 8)[0])
    assert fine.volume() == pytest.approx(exact, rel=0.01)
    rough = build_solid(tubes(path, np.full(6, 0.5), sideways, 6, 1)[0])
    assert rough.volume() == pytest.approx(exact, rel=0.01), "even the roughest wire weighs right"


def test_preview_and_solid_of_a_wire_are_the_same_surface() -> None:
    path = np.linspace([0, 0, 0], [1, 0, 5], 8)[None]
    wire = tubes(path, np.full(8, 0.4), np.array([[0, 1.0, 0]]), 12, 4)[0]
    mesh, solid = build_mesh(wire), build_solid(wire)
    corners = mesh.vertices_mm[mesh.faces].astype(float)
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    assert volume == pytest.approx(solid.volume(), rel=1e-5)


def test_a_hull_of_points_in_a_plane_does_not_fold() -> None:
    grid = np.array([(x, y, z) for x in range(9) for y in range(9) for z in (0, 1)], float)
    hull = convex_solid(grid)
    assert hull.volume() == pytest.approx(64, rel=1e-5)
    assert fold_mm2(hull) < 1e-6


@pytest.mark.parametrize("cut", gems.SEATED)
def test_a_second_row_of_a_halo_keeps_clear_of_the_first(cut: str) -> None:
    melee = Stone(role="halo", length_mm=1.3, width_mm=1.3)
    one, two = (
        melee_places(halo_head(stone_of(cut), melee, 4, 0.7, spacing_mm=0.15, bead_diameter_mm=0.4, rings=rings))
        for rings in (1, 2)
    )
    if cut != "heart":  # a wider frame dips less deep into the cleft, and both rows with it
        assert two[: len(one)] == pytest.approx(one), "the first row stays where it was"
    assert len(two) > 2 * len(one), "the outer row is longer"
    apart = np.linalg.norm(two[:, None] - two[None], axis=2) + 9 * np.eye(len(two))
    assert apart.min() >= 1.45 - 5e-3, "lines of middles are sampled"
