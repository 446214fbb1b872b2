"""Chains, how they lie, and clasps: what must hold whatever their size, and what real ones weigh."""

import itertools
import math
import time

import manifold3d
import numpy as np
import pytest

from configurator import geometry, reference
from configurator.design import Design
from configurator.geometry import chains, clasps, drapes
from configurator.geometry.casting import fold_mm2
from configurator.geometry.piece import Mesh

TABLES = reference.load()
NO_FOLD_MM2 = 1e-4
NO_OVERLAP_MM3 = 1e-9
GAUGES = (0.25, 0.4, 1.0)
WIDTHS = (0.8, 1.5, 4.0, 6.0)
LINKED = [kind for kind in chains.CHAINS if kind != "snake"]  # its cones only sit in each other
# Jump rings count as bodies of their own, and so does the link that a toggle's bar swings in.
BODIES = {"spring_ring": 3, "lobster": 3, "box": 4, "toggle": 6}


def straight(length_mm: float) -> drapes.Drape:
    """A line along x, faces up."""
    points = np.array([[0.0, 0, 0], [length_mm, 0, 0]])
    return drapes.Drape(points, np.array([[0.0, 0, 1]] * 2), np.array([0.0, length_mm]), 2 * length_mm)


def laid(kind: chains.ChainKind, drape: drapes.Drape, length_mm: float, start_mm: float = 0.0) -> list:
    """The fine links in their order along a line, each with its place."""
    placed = [
        (place, solid.transform(place[:3]))
        for solid, places in zip(kind.unit_solids(), kind.placements(drape, length_mm, start_mm), strict=True)
        for place in places
    ]
    run = drape.frames(np.array([start_mm]), np.array([start_mm + length_mm]))[0, :3, 0]
    return sorted(placed, key=lambda one: float(one[0][:3, 3] @ run))


def overlap(a: manifold3d.Manifold, b: manifold3d.Manifold) -> float:
    return float((a ^ b).volume())


def is_closed(mesh: Mesh) -> bool:
    """Whether every edge of a mesh has one triangle on each side, corners at one place taken together."""
    _, corner = np.unique(mesh.vertices_mm.round(6), axis=0, return_inverse=True)
    faces = corner.reshape(-1)[mesh.faces.astype(int)]
    edges = {(a, b) for face in faces for a, b in zip(face, np.roll(face, -1), strict=True) if a != b}
    return all((b, a) in edges for a, b in edges)


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_links_touch_at_most(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 1.0)
    length = made.pitch_mm * (9 if len(made.pattern) == 1 else 2 * len(made.pattern))
    links = [solid for _, solid in laid(made, straight(length), length)]
    for step in range(1, 7):
        assert max(overlap(a, b) for a, b in zip(links, links[step:], strict=False)) <= NO_OVERLAP_MM3


@pytest.mark.parametrize("kind", LINKED)
def test_links_cannot_be_pulled_apart(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 1.0)
    length = made.pitch_mm * len(made.pattern) * 2
    links = [solid for _, solid in laid(made, straight(length), length)]
    for first, second in itertools.pairwise(links):
        far = second.bounding_box()[3] - second.bounding_box()[0]
        pulled = np.arange(0.3, 2 * far, 0.3)
        assert any(overlap(first, second.translate((shift, 0, 0))) > 1e-3 for shift in pulled)


@pytest.mark.parametrize("kind", ["cable", "curb", "figaro", "box"])
def test_a_chain_is_taut(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 1.0)
    length = made.pitch_mm * (3 if len(made.pattern) == 1 else 2 * len(made.pattern))
    links = [solid for _, solid in laid(made, straight(length), length)]
    for first, second in itertools.pairwise(links):
        assert overlap(first, second.translate((0.06, 0, 0))) > 0


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_a_fine_link_is_closed_and_unfolded_and_holds_what_the_chain_says(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 0.4)
    for solid, volume, area in zip(made.unit_solids(), made.volume_mm3, made.area_mm2, strict=True):
        assert solid.status() == manifold3d.Error.NoError
        assert solid.genus() == 1
        assert fold_mm2(solid) <= NO_FOLD_MM2
        assert solid.volume() == pytest.approx(volume, rel=1e-6)
        assert solid.surface_area() == pytest.approx(area, rel=1e-6)


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_a_laid_chain_weighs_what_its_length_says(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 0.4)
    length = 15 * made.pitch_mm * len(made.pattern)
    metal = sum(solid.volume() for _, solid in laid(made, straight(length), length))
    assert metal == pytest.approx(made.volume_mm3_per_mm * length, rel=1e-6)


@pytest.mark.parametrize("kind", ["cable", "rope"])
def test_round_wire_holds_a_quarter_of_its_surface_times_its_gauge(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 0.5)
    assert made.volume_mm3[0] == pytest.approx(made.area_mm2[0] * 0.5 / 4, rel=2e-3)


def test_a_cable_link_holds_two_half_circles_and_two_flanks_of_wire() -> None:
    box = chains.chain("cable", 1.0).unit_solids()[0].bounding_box()
    length, width = box[3] - box[0], box[4] - box[1]
    wire_mm = math.pi * (width - 1) + 2 * (length - width)
    assert chains.chain("cable", 1.0).volume_mm3[0] == pytest.approx(math.pi / 4 * wire_mm, rel=2e-3)


def test_a_rope_is_made_of_round_rings() -> None:
    made = chains.chain("rope", 1.0)
    points = np.asarray(made.unit_solids()[0].to_mesh64().vert_properties)[:, :3]
    across = max(np.linalg.norm(points - points[0], axis=1).max(), np.linalg.norm(points - points[7], axis=1).max())
    assert made.volume_mm3[0] == pytest.approx(math.pi / 4 * math.pi * (across - 1), rel=0.01)


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_a_heavier_gauge_is_the_same_chain_larger(kind: chains.ChainName) -> None:
    made = [chains.chain(kind, gauge) for gauge in GAUGES]
    for one, gauge in zip(made, GAUGES, strict=True):
        assert one.width_mm == pytest.approx(made[-1].width_mm * gauge)
        assert one.pitch_mm == pytest.approx(made[-1].pitch_mm * gauge)
        assert one.volume_mm3_per_mm == pytest.approx(made[-1].volume_mm3_per_mm * gauge**2)
        assert one.area_mm2_per_mm == pytest.approx(made[-1].area_mm2_per_mm * gauge)
        assert chains.chain_of_width(kind, one.width_mm).gauge_mm == pytest.approx(gauge)


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_a_chain_is_as_wide_and_high_as_it_says(kind: chains.ChainName) -> None:
    made = chains.chain_of_width(kind, 2.0)
    boxes = np.array([solid.bounding_box() for _, solid in laid(made, straight(30.0), 30.0)])
    assert np.ptp(boxes[:, [1, 4]]) == pytest.approx(2.0, rel=0.01)
    assert np.ptp(boxes[:, [2, 5]]) == pytest.approx(made.height_mm, rel=0.01)


@pytest.mark.parametrize(("piece", "style"), [("pendant", "disc"), ("bracelet", "chain")])
@pytest.mark.parametrize("kind", chains.CHAINS)
def test_the_weights_on_screen_say_how_wide_the_chain_is(kind: chains.ChainName, piece: str, style: str) -> None:
    module = geometry.STYLES[piece][style]
    shown = module.Options(chain=kind).labels("chain_weight")
    for weight in ("fine", "classic", "bold"):
        design = Design.from_dict({"piece": piece, "style": style, "options": {"chain": kind, "chain_weight": weight}})
        design = geometry.complete(design)
        stones = {stone.role: stone for stone in design.stones}
        bought = module.build(module.Options(**design.options), None, stones).bought[0].measure()
        said_mm = float(shown[weight].removesuffix(" mm").split()[-1])
        assert (bought.kind, bought.variety) == ("chain", kind)
        assert said_mm == pytest.approx(chains.chain(kind, bought.gauge_mm).width_mm, abs=0.051)
    assert len(set(shown.values())) == 3


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_what_is_drawn_is_light_and_closed_and_nearly_what_is_weighed(kind: chains.ChainName) -> None:
    made = chains.chain(kind, 0.4)
    for mesh, solid in zip(made.unit_meshes, made.unit_solids(), strict=True):
        assert 100 <= len(mesh.faces) <= 250
        assert is_closed(mesh)
        assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1, abs=1e-5)
        corners = mesh.vertices_mm[mesh.faces].astype(float)
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        assert np.einsum("ni,ni->n", across, mesh.normals[mesh.faces].sum(axis=1)).min() > 0
        volume = np.einsum("ni,ni->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
        assert volume == pytest.approx(solid.volume(), rel=0.08)


@pytest.mark.parametrize("kind", chains.CHAINS)
@pytest.mark.parametrize("length_mm", [153.0, 441.3])
def test_as_many_links_as_fill_the_length(kind: chains.ChainName, length_mm: float) -> None:
    made = chains.chain_of_width(kind, 1.6)
    places = made.placements(drapes.necklace(460.0), length_mm, 5.0)
    filled = sum(len(of_unit) * room for of_unit, room in zip(places, made.room_mm, strict=True))
    count = sum(len(of_unit) for of_unit in places)
    crosswise = kind in ("cable", "box")
    assert count % 2 == 1 or not crosswise
    assert 0 <= filled - length_mm < (2 if crosswise else 1) * max(made.room_mm)
    turns = np.concatenate(places)[:, :3, :3]
    assert np.abs(turns @ turns.transpose(0, 2, 1) - np.eye(3)).max() < 1e-12
    assert np.linalg.det(turns).min() > 0


@pytest.mark.parametrize("kind", chains.CHAINS)
def test_a_laid_chain_is_exactly_as_long_as_asked(kind: chains.ChainName) -> None:
    made = chains.chain_of_width(kind, 1.6)
    places = np.concatenate(made.placements(straight(200.0), 151.7, 20.0))
    room = np.concatenate(
        [
            np.full(len(one), room)
            for one, room in zip(made.placements(straight(200.0), 151.7), made.room_mm, strict=True)
        ]
    )
    slack = 151.7 / room.sum()
    ends = np.stack([places[:, 0, 3] - slack * room / 2, places[:, 0, 3] + slack * room / 2])
    assert (ends.min(), ends.max()) == pytest.approx((20.0, 171.7))


def test_a_figaro_chain_has_three_short_links_and_a_long_one() -> None:
    made = chains.chain_of_width("figaro", 3.0)
    short, long = made.placements(drapes.bracelet(180.0), 20 * 4 * made.pitch_mm / 5)
    assert (len(short), len(long)) == (12, 4)
    assert made.room_mm[1] > 2 * made.room_mm[0]


def test_laying_a_necklace_takes_no_time() -> None:
    made, line = chains.chain_of_width("cable", 1.0), drapes.necklace(450.0)

    def lay() -> float:
        start = time.perf_counter()
        made.placements(line, 450.0)
        return time.perf_counter() - start

    assert min(lay() for _ in range(10)) <= 0.005


@pytest.mark.parametrize(
    ("kind", "drape"), [(kind, drapes.bracelet(160.0)) for kind in chains.CHAINS] + [("cable", drapes.necklace(450.0))]
)
def test_links_hardly_press_each_other_where_a_chain_bends(kind: chains.ChainName, drape: drapes.Drape) -> None:
    made = chains.chain_of_width(kind, 2.0)
    links = [solid for _, solid in laid(made, drape, 15 * made.pitch_mm, drape.length_mm / 2 - 8 * made.pitch_mm)]
    pressed = max(overlap(a, b) for a, b in itertools.pairwise(links))
    assert pressed <= 0.02 * max(made.volume_mm3)


# Grams, and how far ours may be off. Widths over all but for the cable chain, whose wire was measured.
REAL = {
    "solid_miami_cuban_5_mm_22_in": ("curb", 5.0, "14k_yellow", 0.1),
    "figaro_4_mm_24_in": ("figaro", 4.0, "14k_yellow", 0.15),
    "solid_rope_3_mm_20_in": ("rope", 3.0, "14k_yellow", 0.35),
    "cable_0_9_mm_wire_40_cm": ("cable", None, "sterling", 0.15),
}


@pytest.mark.parametrize("piece", REAL)
def test_chains_weigh_what_the_trade_says(piece: str) -> None:
    kind, width, metal, off = REAL[piece]
    row = TABLES.real_pieces[piece]
    assert row.kind == "chain"
    assert row.band_width_mm == width
    made = chains.chain_of_width(kind, width) if width else chains.chain(kind, row.wire_mm)
    grams = made.volume_mm3_per_mm * row.length_mm * TABLES.metals[metal].density_g_cm3 / 1000
    assert grams == pytest.approx(row.metal_mass_g, rel=off)


# --- how a chain lies -------------------------------------------------------------------------------------------------


def walked(drape: drapes.Drape) -> float:
    round_it = np.vstack([drape.points, drape.points[:1]])
    return float(np.linalg.norm(np.diff(round_it, axis=0), axis=1).sum())


@pytest.mark.parametrize("length_mm", [360.0, 400.0, 450.0, 500.0, 550.0, 900.0])
def test_a_necklace_is_as_long_as_asked_and_hangs_to_a_point(length_mm: float) -> None:
    drape = drapes.necklace(length_mm)
    assert walked(drape) == pytest.approx(length_mm, rel=2e-5)
    middle = drape.frames(np.array([length_mm / 2 - 1e-6]), np.array([length_mm / 2 + 1e-6]))[0]
    assert middle[:3, 3] == pytest.approx([0, 0, 0], abs=1e-6)
    assert middle[:3, 2] == pytest.approx([0, -1, 0])
    assert drape.points[:, 2].min() == pytest.approx(0, abs=1e-9)
    assert drape.points[0, 2] == drape.points[:, 2].max()
    assert np.abs(drape.points[:, 1]).max() == 0
    assert drape.points[1:, 0] == pytest.approx(-drape.points[:0:-1, 0], abs=1e-9)
    assert np.ptp(drape.points[:, 0]) <= 140


@pytest.mark.parametrize("bend_mm", [2.5, 4.0, 8.0])
def test_a_necklace_bends_no_sharper_than_in_its_bail(bend_mm: float) -> None:
    drape = drapes.necklace(450.0, bend_mm)
    step = np.roll(drape.points, -1, axis=0) - drape.points
    heading = np.unwrap(np.arctan2(step[:, 2], step[:, 0]))
    assert np.abs(np.diff(heading)).max() <= 1.01 * 450.0 / len(step) / bend_mm


def test_a_necklace_that_goes_round_no_neck_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 300 mm"):
        drapes.necklace(200.0)


@pytest.mark.parametrize("length_mm", [160.0, 190.0, 210.0])
def test_a_bracelet_is_an_oval_about_the_wrist(length_mm: float) -> None:
    drape = drapes.bracelet(length_mm)
    assert walked(drape) == pytest.approx(length_mm, rel=1e-5)
    assert drape.points[0] == pytest.approx([0, 0, drape.points[:, 2].min()])
    assert drape.points.mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-3 * length_mm)
    assert np.einsum("ni,ni->n", drape.faces, drape.points).min() > 0
    step = np.roll(drape.points, -1, axis=0) - np.roll(drape.points, 1, axis=0)
    assert np.einsum("ni,ni->n", drape.faces, step) == pytest.approx(0, abs=1e-3)


# --- clasps -----------------------------------------------------------------------------------------------------------

EVERY_CLASP = list(itertools.product(clasps.CLASPS, clasps.GRADES))


@pytest.mark.parametrize(("kind", "grade"), EVERY_CLASP)
@pytest.mark.parametrize("width_mm", WIDTHS)
def test_a_clasp_is_closed_and_unfolded_and_its_parts_move(
    kind: clasps.ClaspName, grade: clasps.Grade, width_mm: float
) -> None:
    made = clasps.clasp(kind, grade, width_mm)
    solid = made.solid()
    assert solid.status() == manifold3d.Error.NoError
    assert fold_mm2(solid) <= NO_FOLD_MM2
    assert len(solid.decompose()) == BODIES[kind]
    assert made.metal_mm >= 0.2


@pytest.mark.parametrize(("kind", "grade"), EVERY_CLASP)
@pytest.mark.parametrize("width_mm", [WIDTHS[0], WIDTHS[-1]])
@pytest.mark.parametrize("of", ["cable", "curb"])
def test_a_clasp_takes_the_chain_into_its_jump_rings(
    kind: clasps.ClaspName, grade: clasps.Grade, width_mm: float, of: chains.ChainName
) -> None:
    made, chain = clasps.clasp(kind, grade, width_mm), chains.chain_of_width(of, width_mm)
    length, half = 4.5 * chain.pitch_mm, made.length_mm / 2
    links = [solid for _, solid in laid(chain, straight(length), length)]
    for end in (links[0].translate((half, 0, 0)), links[-1].translate((-half - length, 0, 0))):
        assert made.solid().min_gap(end, chain.gauge_mm) <= 0.2 * chain.gauge_mm
        assert overlap(made.solid(), end) <= 0.01 * chain.volume_mm3[0]


@pytest.mark.parametrize("kind", clasps.CLASPS)
def test_a_better_or_larger_clasp_holds_more_metal(kind: clasps.ClaspName) -> None:
    for width_mm in WIDTHS:
        light, standard, heavy = (clasps.clasp(kind, grade, width_mm) for grade in clasps.GRADES)
        assert light.volume_mm3 < standard.volume_mm3 < heavy.volume_mm3
        assert light.metal_mm < standard.metal_mm < heavy.metal_mm
    sizes = [clasps.clasp(kind, "standard", width_mm) for width_mm in WIDTHS]
    assert all(a.volume_mm3 < b.volume_mm3 and a.length_mm < b.length_mm for a, b in itertools.pairwise(sizes))


@pytest.mark.parametrize(("kind", "grade"), EVERY_CLASP)
@pytest.mark.parametrize("width_mm", [0.8, 6.0])
def test_a_clasp_weighs_what_its_solid_holds(kind: clasps.ClaspName, grade: clasps.Grade, width_mm: float) -> None:
    made = clasps.clasp(kind, grade, width_mm)
    assert made.volume_mm3 == pytest.approx(made.solid().volume(), rel=0.005)
    assert made.area_mm2 == pytest.approx(made.solid().surface_area(), rel=0.02)


@pytest.mark.parametrize(("kind", "grade"), EVERY_CLASP)
def test_a_drawn_clasp_is_where_the_solid_is(kind: clasps.ClaspName, grade: clasps.Grade) -> None:
    made = clasps.clasp(kind, grade, 2.0)
    box = np.array(made.solid().bounding_box()).reshape(2, 3)
    drawn = np.stack([made.mesh.vertices_mm.min(axis=0), made.mesh.vertices_mm.max(axis=0)])
    assert drawn == pytest.approx(box, abs=0.04 * np.ptp(box[:, 0]))
    assert np.linalg.norm(made.mesh.normals, axis=1) == pytest.approx(1, abs=1e-5)


def test_nothing_is_made_of_no_metal() -> None:
    with pytest.raises(ValueError, match="more than 0 mm"):
        chains.chain("cable", 0.0)
    with pytest.raises(ValueError, match="more than 0 mm"):
        clasps.clasp("box", "light", -1.0)


# --- the tables of both -----------------------------------------------------------------------------------------------


def test_every_chain_has_a_row_with_widths_that_can_be_made() -> None:
    assert set(TABLES.chains) == set(chains.CHAINS)
    for row in TABLES.chains.values():
        assert row.width_low_mm < row.width_mm < row.width_high_mm
        for width_mm in (row.width_low_mm, row.width_high_mm):
            made = chains.chain_of_width(row.id, width_mm)
            assert 0.1 <= made.gauge_mm <= 2.5


def test_every_clasp_has_a_row() -> None:
    assert {(row.kind, row.grade) for row in TABLES.clasps.values()} == set(EVERY_CLASP)
    assert len(TABLES.clasps) == len(EVERY_CLASP)
    for row in TABLES.clasps.values():
        assert row.chain_width_low_mm < row.chain_width_high_mm
