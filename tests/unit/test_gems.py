"""Stones as solids: the right facets, closed, convex, and the same solid as planes and as triangles."""

import itertools

import manifold3d
import numpy as np
import pytest
from scipy.spatial import ConvexHull, HalfspaceIntersection

from configurator import reference
from configurator.design import InvalidDesign
from configurator.geometry import gems
from configurator.geometry.cuts.kinds import KINDS

SIZES = {
    "round_brilliant": (6.5, 6.5),
    "oval": (8.0, 6.0),
    "cushion": (7.0, 6.2),
    "princess": (5.5, 5.5),
    "emerald": (7.0, 5.0),
    "pear": (8.0, 5.2),
    "marquise": (10.0, 5.0),
    "asscher": (5.6, 5.6),
    "radiant": (7.2, 6.0),
    "baguette": (6.0, 3.0),
    "trillion": (6.4, 6.2),
    "heart": (6.6, 6.5),
    "rose_cut": (7.0, 6.0),
    "round_cabochon": (6.0, 6.0),
    "oval_cabochon": (8.0, 6.0),
    "sphere": (7.0, 7.0),
}
FACETS = {
    "round_brilliant": 57,  # 1 table, 8 kites, 8 stars, 16 halves; 8 mains, 16 halves
    "oval": 57,
    "pear": 57,
    "marquise": 57,
    "cushion": 65,  # 8 mains more: the broken pavilion of a modified cushion
    "princess": 57,  # 21 above, 36 below in four chevrons
    "emerald": 49,  # a table and three rows of eight above, three rows below
    "asscher": 49,
    "radiant": 73,  # a table and four to each of eight sides above; seven to a side and three to a corner below
    "baguette": 17,  # a table and two rows of four above, two rows below
    "trillion": 43,  # a brilliant of six mains
    "heart": 57,  # a brilliant whose main at the cleft is in two; those at the tops of the lobes share a plane
    "rose_cut": 25,  # its base, 6 triangles round the point, 18 at the girdle
}
FACETED = list(FACETS)
CABOCHONS = ["round_cabochon", "oval_cabochon"]
CONVEX = [cut for cut in gems.CUTS if cut != "heart"]
FLAT = ("rose_cut",)
TABLED = [cut for cut in FACETED if cut != "rose_cut"]
every_cut = pytest.mark.parametrize("cut", gems.CUTS)
every_faceted_cut = pytest.mark.parametrize("cut", FACETED)


def stone_of(cut: str) -> gems.CutStone:
    return gems.cut_stone(cut, *SIZES[cut])


def mesh_volume_mm3(stone: gems.CutStone) -> float:
    a, b, c = (stone.vertices[stone.faces[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def test_every_cut_is_tried_here() -> None:
    assert set(SIZES) == set(gems.CUTS)
    assert set(FACETS) | {*CABOCHONS, "sphere"} == set(gems.CUTS)


@every_faceted_cut
def test_a_cut_has_its_facets_and_each_is_a_plane_of_its_own(cut: str) -> None:
    stone = stone_of(cut)
    assert stone.facet_count == FACETS[cut]
    apart = np.linalg.norm(stone.planes[:, None] - stone.planes[None], axis=2)
    assert np.min(apart[~np.eye(len(apart), dtype=bool)]) > 1e-3
    first = [0, 0, -1, -stone.culet_z_mm] if cut in FLAT else [0, 0, 1, stone.table_z_mm]
    assert stone.planes[0] == pytest.approx(first)


@every_cut
def test_a_stone_is_one_closed_solid(cut: str) -> None:
    stone = stone_of(cut)
    solid = gems.stone_solid(stone)
    assert solid.status() == manifold3d.Error.NoError
    assert solid.genus() == 0
    assert len(solid.decompose()) == 1
    assert solid.volume() == pytest.approx(mesh_volume_mm3(stone), rel=1e-9)


@pytest.mark.parametrize("cut", CONVEX)
def test_planes_and_triangles_are_the_same_convex_solid(cut: str) -> None:
    stone = stone_of(cut)
    assert np.array_equal(stone.bounds, stone.planes)
    assert np.max(stone.vertices @ stone.planes[:, :3].T - stone.planes[:, 3]) < 1e-9
    assert ConvexHull(stone.vertices).volume == pytest.approx(mesh_volume_mm3(stone), rel=1e-9)
    halfspaces = np.column_stack([stone.planes[:, :3], -stone.planes[:, 3]])
    of_planes = ConvexHull(HalfspaceIntersection(halfspaces, np.zeros(3)).intersections, qhull_options="QJ").volume
    assert of_planes == pytest.approx(mesh_volume_mm3(stone), rel=1e-6)


@pytest.mark.parametrize("ratio", [1.0, 1.1, 1.2])
def test_a_heart_is_two_convex_lobes(ratio: float) -> None:
    stone = gems.cut_stone("heart", 6 * ratio, 6)
    right, left = gems.lobes(stone, stone.vertices)
    assert 2 * ConvexHull(right).volume == pytest.approx(mesh_volume_mm3(stone), rel=1e-9)
    mirrored = {tuple(point) for point in np.round(right * [-1, 1, 1], 9) + 0.0}
    assert mirrored == {tuple(point) for point in np.round(left, 9) + 0.0}
    cleft = gems.outline("heart", stone.length_mm, stone.width_mm, 64)[16]
    assert cleft[0] == pytest.approx(0)
    assert 0.08 * 6 < stone.length_mm / 2 - cleft[1] < 0.2 * 6, "a cleft that can be seen"


@every_cut
def test_bounds_hold_the_stone_and_touch_it(cut: str) -> None:
    stone = stone_of(cut)
    over = stone.vertices @ stone.bounds[:, :3].T - stone.bounds[:, 3]
    assert np.abs(over.max(axis=0)).max() < 1e-9
    top, bottom = (stone.bounds[:, 2].max(), stone.bounds[:, 2].min())
    assert top > 0.5
    assert bottom < -0.5, "closed above and below"


@every_cut
def test_a_stone_is_its_own_mirror_image(cut: str) -> None:
    stone = stone_of(cut)
    mirrored = stone.vertices * [-1, 1, 1]
    apart = np.linalg.norm(mirrored[:, None] - stone.vertices[None], axis=2).min(axis=1)
    assert apart.max() < 1e-9 * stone.length_mm


@every_faceted_cut
def test_the_viewer_can_hold_every_plane(cut: str) -> None:
    assert len(stone_of(cut).planes) <= 128


@every_faceted_cut
def test_a_drawn_stone_is_flat_shaded_and_faces_outwards(cut: str) -> None:
    mesh = stone_of(cut).mesh
    corners = mesh.vertices_mm[mesh.faces].astype(float)
    true = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    true /= np.linalg.norm(true, axis=1, keepdims=True)
    for corner in range(3):
        assert np.min((mesh.normals[mesh.faces[:, corner]] * true).sum(axis=1)) > 0.999


@every_cut
def test_a_stone_has_the_size_that_was_asked_for(cut: str) -> None:
    length_mm, width_mm = SIZES[cut]
    depth_mm = (1 if cut == "sphere" else 0.6) * width_mm
    stone = gems.cut_stone(cut, length_mm, width_mm, depth_mm)
    assert np.ptp(stone.vertices, axis=0) == pytest.approx([width_mm, length_mm, depth_mm], rel=1e-9)
    assert stone.depth_mm == pytest.approx(stone.table_z_mm - stone.culet_z_mm)
    assert stone.culet_z_mm < 0 < stone.crown_height_mm <= stone.table_z_mm


@pytest.mark.parametrize("cut", gems.SEATED)
def test_the_girdle_is_nowhere_a_knife_edge(cut: str) -> None:
    for length_mm, width_mm in (SIZES[cut], _longest(cut)):
        stone = gems.cut_stone(cut, length_mm, width_mm)
        upright = stone.planes[stone.facet_count :, :3]
        assert np.abs(upright[:, 2]).max() < 1e-9
        rim = np.abs(stone.vertices[:, 2]) <= stone.girdle_half_mm + 1e-9
        on_rim = stone.vertices[rim]
        thickness = [np.ptp(on_rim[np.linalg.norm(on_rim[:, :2] - p[:2], axis=1) < 1e-9, 2]) for p in on_rim]
        there_and_back = [t for t in thickness if t > 0]
        assert min(there_and_back) >= gems.THINNEST_GIRDLE * width_mm * (1 - 1e-9)


@every_cut
def test_volume_lies_between_solids_that_fit_inside_and_around(cut: str) -> None:
    stone = stone_of(cut)
    ring = gems.outline(cut, stone.length_mm, stone.width_mm, 512)
    area_mm2 = manifold3d.CrossSection([ring]).area()
    pavilion_mm = -stone.culet_z_mm - stone.girdle_half_mm
    cone_and_girdle = area_mm2 * (pavilion_mm / 3)
    prism = area_mm2 * stone.depth_mm
    assert cone_and_girdle < stone.volume_mm3 < 0.75 * prism


def test_a_round_stands_between_its_cone_and_its_frustum_in_closed_form() -> None:
    # Kites and halves cut corners off the frustum that a lathe would turn, never more than the octagon inscribed in it.
    stone = stone_of("round_brilliant")
    radius, table = 3.25, 3.25 * 0.555
    girdle, crown = 2 * stone.girdle_half_mm, stone.crown_height_mm
    pavilion = stone.depth_mm - girdle - crown
    turned = np.pi * (
        crown / 3 * (radius**2 + radius * table + table**2) + girdle * radius**2 + pavilion / 3 * radius**2
    )
    assert 0.93 * turned < stone.volume_mm3 < 1.06 * turned


@every_cut
def test_equal_sizes_give_the_same_stone_and_nobody_can_change_it(cut: str) -> None:
    length_mm, width_mm = SIZES[cut]
    stone = gems.cut_stone(cut, length_mm, width_mm)
    assert gems.cut_stone(cut, length_mm + 1e-5, width_mm) is stone
    for array in (stone.planes, stone.vertices, stone.faces, stone.mesh.vertices_mm, stone.mesh.normals):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_wider_table_on_a_round_makes_a_lower_crown_and_leaves_the_pavilion() -> None:
    narrow, wide = (gems.cut_stone("round_brilliant", 6.5, 6.5, table_pct=pct) for pct in (54, 62))
    assert wide.crown_height_mm < narrow.crown_height_mm
    assert wide.culet_z_mm == pytest.approx(narrow.culet_z_mm)


@pytest.mark.parametrize("cut", TABLED)
def test_the_facets_have_the_table_and_the_crown_that_were_chosen(cut: str) -> None:
    length_mm, width_mm = SIZES[cut]
    row, depth_mm = reference.load().cuts[cut], stone_of(cut).depth_mm
    tables, crowns = (row.table_pct_low, row.table_pct_high), (row.crown_height_pct_low, row.crown_height_pct_high)
    for table_pct, crown_pct in itertools.product(tables, crowns):
        stone = gems.cut_stone(cut, length_mm, width_mm, depth_mm, table_pct, crown_pct)
        flat = stone.vertices[stone.vertices[:, 2] > stone.table_z_mm - 1e-9]
        assert 100 * np.ptp(flat[:, 0]) / width_mm == pytest.approx(table_pct, rel=1e-9)
        # Where sides bulge the girdle is thicker than asked for, at the cost of crown and pavilion.
        assert 100 * stone.crown_height_mm / width_mm == pytest.approx(crown_pct, abs=0.25)
        assert np.ptp(stone.vertices[:, 2]) == pytest.approx(depth_mm, abs=1e-3), "the pavilion fills the rest"
        assert stone.facet_count == FACETS[cut]
        assert gems.stone_solid(stone).status() == manifold3d.Error.NoError
        hulls = [ConvexHull(lobe).volume for lobe in gems.lobes(stone, stone.vertices)]
        assert sum(hulls) == pytest.approx(mesh_volume_mm3(stone), rel=1e-9), "convex"


def test_a_rounds_pavilion_stays_under_any_crown_whose_depth_is_left_open() -> None:
    low, high = (gems.cut_stone("round_brilliant", 6.5, 6.5, None, 57, crown) for crown in (12, 16))
    assert low.culet_z_mm == pytest.approx(high.culet_z_mm)
    assert high.depth_mm - low.depth_mm == pytest.approx(0.04 * 6.5)
    assert high.volume_mm3 > low.volume_mm3


@every_cut
def test_tips_are_on_the_outline_and_covered_by_claws(cut: str) -> None:
    length_mm, width_mm = SIZES[cut]
    pointed = gems.tips(cut, length_mm, width_mm)
    assert len(pointed) == {"princess": 4, "baguette": 4, "trillion": 3, "marquise": 2, "pear": 1, "heart": 1}.get(
        cut, 0
    )
    for count in (4, 6):
        sites = gems.claw_sites(cut, length_mm, width_mm, count)
        assert len(sites) == count
        assert sum(site.at_tip for site in sites) == len(pointed)
        for site in sites:
            angle_deg = np.degrees(np.arctan2(site.y_mm, site.x_mm))
            reach_mm = gems.radius_at(cut, length_mm, width_mm, angle_deg)
            assert np.hypot(site.x_mm, site.y_mm) == pytest.approx(reach_mm, rel=2e-3)
            assert site.outward_x * site.x_mm + site.outward_y * site.y_mm > 0
            assert np.hypot(site.outward_x, site.outward_y) == pytest.approx(1)


@every_cut
def test_claws_hold_a_stone_from_all_sides(cut: str) -> None:
    for count in (4, 6):
        angles = sorted(
            np.degrees(np.arctan2(site.y_mm, site.x_mm)) % 360 for site in gems.claw_sites(cut, *SIZES[cut], count)
        )
        gaps = np.diff([*angles, angles[0] + 360])
        assert max(gaps) < 180  # the stone cannot slide out sideways


@every_cut
def test_the_outline_closes_counter_clockwise_with_its_corners(cut: str) -> None:
    length_mm, width_mm = SIZES[cut]
    for n in (32, 64, 100):
        ring = gems.outline(cut, length_mm, width_mm, n)
        assert ring.shape == (n, 2)
        x, y = ring.T
        assert np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)) > 0
        assert np.ptp(ring, axis=0) == pytest.approx([width_mm, length_mm], rel=5e-3)
        for tip in gems.tips(cut, length_mm, width_mm):
            assert np.linalg.norm(ring - tip, axis=1).min() < 1e-9


def test_the_radius_of_known_outlines() -> None:
    assert gems.radius_at("round_brilliant", 6.5, 6.5, 33) == pytest.approx(3.25, rel=1e-4)
    assert gems.radius_at("princess", 6, 5, 0) == pytest.approx(2.5)
    assert gems.radius_at("princess", 5, 5, 45) == pytest.approx(2.5 * np.sqrt(2))
    assert gems.radius_at("marquise", 10, 5, 90) == pytest.approx(5)
    assert gems.radius_at("pear", 8, 5, 270) == pytest.approx(4)
    a, b, angle = 3.0, 4.0, np.radians(30)
    ellipse = a * b / np.hypot(b * np.cos(angle), a * np.sin(angle))
    assert gems.radius_at("oval", 8, 6, 30) == pytest.approx(ellipse, rel=1e-4)


@pytest.mark.parametrize("clearance_mm", [0.03, 0.15])
def test_a_heart_seat_clears_the_stone_and_leaves_metal_in_the_cleft(clearance_mm: float) -> None:
    stone = stone_of("heart")
    seat = gems.seat_cutter(stone, clearance_mm, open_to_mm=stone.table_z_mm + 1)
    assert seat.status() == manifold3d.Error.NoError
    ball = manifold3d.Manifold.sphere(clearance_mm, 16)
    grown = manifold3d.Manifold.batch_hull(
        [ball.translate(tuple(point)) for point in gems.lobes(stone, stone.vertices)[0]]
    )
    below = manifold3d.Manifold.cube((20, 20, 10), center=True).translate((0, 0, -5))
    assert ((grown ^ below) - seat).volume() == pytest.approx(0, abs=1e-6)
    lifted = gems.stone_solid(stone).translate((0, 0, 0.9))
    assert (lifted - seat).volume() == pytest.approx(0, abs=1e-9)
    cleft = gems.outline("heart", stone.length_mm, stone.width_mm, 64)[16]
    prong = manifold3d.Manifold.cylinder(0.2, 0.2).translate((0, float(cleft[1]) + 0.6, 0))
    assert (prong ^ seat).volume() < 0.2 * prong.volume()


@pytest.mark.parametrize("cut", CONVEX)
@pytest.mark.parametrize("clearance_mm", [0.03, 0.15])
def test_a_seat_clears_the_whole_stone_and_lets_it_in_from_above(cut: str, clearance_mm: float) -> None:
    stone = stone_of(cut)
    top_mm = stone.table_z_mm + 1
    seat = gems.seat_cutter(stone, clearance_mm, open_to_mm=top_mm)
    assert seat.status() == manifold3d.Error.NoError
    mesh = seat.to_mesh64()
    hull = ConvexHull(np.asarray(mesh.vert_properties)[:, :3])
    assert hull.volume == pytest.approx(seat.volume(), rel=1e-6)
    slack = -(hull.equations[:, :3] @ stone.vertices.T + hull.equations[:, 3:])
    assert slack.min() >= clearance_mm * (1 - 1e-6)  # convex, so this is the true distance
    assert slack.min() <= clearance_mm * 1.5
    lifted = gems.stone_solid(stone).translate((0, 0, 0.9))
    assert (lifted - seat).volume() == pytest.approx(0, abs=1e-9)


def test_a_sphere_has_the_volume_of_a_sphere() -> None:
    for diameter_mm in (2.5, 7.0, 12.0):
        stone = gems.cut_stone("sphere", diameter_mm, diameter_mm)
        assert stone.volume_mm3 == pytest.approx(np.pi / 6 * diameter_mm**3, rel=1e-12)
        assert stone.depth_mm == pytest.approx(diameter_mm, rel=1e-12)


@pytest.mark.parametrize("cut", CABOCHONS)
def test_a_cabochon_is_half_an_ellipsoid_a_girdle_and_a_bevelled_base(cut: str) -> None:
    stone = stone_of(cut)
    dome_mm3 = 2 / 3 * np.pi * stone.length_mm / 2 * stone.width_mm / 2 * stone.crown_height_mm
    area_mm2 = np.pi / 4 * stone.length_mm * stone.width_mm
    girdle_mm3 = area_mm2 * 2 * stone.girdle_half_mm
    bevel_mm = -stone.culet_z_mm - stone.girdle_half_mm
    base = (1 - 2 * bevel_mm / stone.width_mm) ** 2  # of the girdle's area: the bevel is at 45 degrees
    bevel_mm3 = area_mm2 * bevel_mm / 3 * (1 + base + np.sqrt(base))  # a frustum
    assert stone.volume_mm3 == pytest.approx(dome_mm3 + girdle_mm3 + bevel_mm3, rel=1e-9)
    assert stone.crown_height_mm == pytest.approx(0.5 * stone.width_mm - 2 * stone.girdle_half_mm - bevel_mm)


@pytest.mark.parametrize("cut", [*CABOCHONS, "sphere"])
def test_a_drawn_smooth_stone_lies_on_its_true_surface_and_is_shaded_as_it(cut: str) -> None:
    stone = stone_of(cut)
    dome = stone.dome
    assert dome is not None
    assert 0.99 < mesh_volume_mm3(stone) / stone.volume_mm3 < 1
    away = (stone.vertices - [0, 0, dome.centre_z_mm]) / dome.half_axes_mm
    curved = np.linalg.norm(away, axis=1)[(away[:, 2] > -1e-9) | dome.whole]
    assert curved == pytest.approx(np.ones(len(curved)), abs=1e-9)
    mesh = stone.mesh
    corners = mesh.vertices_mm[mesh.faces].astype(float)
    drawn_mm3 = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    assert drawn_mm3 == pytest.approx(stone.volume_mm3, rel=1e-5), "what is drawn and shown holds as much"
    assert np.ptp(mesh.vertices_mm, axis=0) == pytest.approx(np.ptp(stone.vertices, axis=0), rel=3e-3)
    true = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(true, axis=1, keepdims=True)
    drawn = mesh.normals[mesh.faces].astype(float)
    assert np.linalg.norm(drawn, axis=2) == pytest.approx(np.ones(drawn.shape[:2]), abs=1e-5)
    turned = np.degrees(np.arccos(np.clip(np.einsum("tki,ti->tk", drawn, true / size), -1, 1)))
    bevel = (np.abs((true / size)[:, 2] + np.sqrt(0.5)) < 0.2) & (corners[..., 2].max(axis=1) < 0)
    assert turned[~bevel].max() < 12, "no normal is far from its face"
    # Smooth: where triangles of the curved part meet they share one normal.
    upper = corners[..., 2].min(axis=1) >= -1e-6
    places, at = np.unique(np.round(corners[upper].reshape(-1, 3), 5), axis=0, return_inverse=True)
    shared = drawn[upper].reshape(-1, 3)
    first = np.zeros((len(places), 3))
    first[at.ravel()] = shared
    assert np.abs(shared - first[at.ravel()]).max() < 1e-4


@pytest.mark.parametrize("cut", CABOCHONS)
def test_a_cabochon_stands_on_a_flat_base(cut: str) -> None:
    stone = stone_of(cut)
    assert stone.planes[0] == pytest.approx([0, 0, -1, -stone.culet_z_mm])
    lowest = stone.mesh.vertices_mm[:, 2] == stone.mesh.vertices_mm[:, 2].min()
    assert (stone.mesh.normals[lowest, 2] == -1).sum() >= 3 * (48 - 2), "the base's own triangles, all flat"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("briolette", 6, 6), "not one we make"),
        (("round_brilliant", 8, 6), "1.33 times as long as wide; a round brilliant can be 1 to 1.06"),
        (("marquise", 5, 5), "marquise can be 1.4 to 3"),
        (("oval", 8, 0), "above 0"),
        (("oval", 8, 6, 9), "it can be 2.10 to 6.00 mm"),
        (("sphere", 7, 7, 6), "A sphere stone 7 mm wide cannot be 6 mm deep; it can be 7.00 mm"),
        (("sphere", 8, 7), "a sphere can be 1 to 1 times as long as wide"),
        (("rose_cut", 6, 6, None, 57), "A rose cut has no table"),
        (("oval_cabochon", 8, 6, None, None, 14), "An oval cabochon has no table"),
        (("sphere", 7, 7, None, 57), "A sphere has no table"),
        (("oval", 8, 6, 3, None, 15), r"6 mm wide and 3.00 mm deep .* too flat. With that crown it can be 3.\d\d to"),
        (("round_brilliant", 6.5, 6.5, 5.5, 57, 15), "too steep. With that crown it can be"),
    ],
)
def test_a_stone_that_cannot_be_is_refused_in_words(arguments: tuple[str, float, float], words: str) -> None:
    with pytest.raises(InvalidDesign, match=words):
        gems.cut_stone(*arguments)


def _longest(cut: str) -> tuple[float, float]:
    return KINDS[cut].ratio[1] * 4.0, 4.0
