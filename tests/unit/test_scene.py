"""What the browser is sent: it must be the piece, small, aligned, and the same bytes every time."""

import json
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from configurator import reference
from configurator.geometry.piece import Mesh, Part, Piece, StoneSet
from configurator.measures import BandMeasure, Measures
from configurator.ui.viewer.materials import materials, materials_json
from configurator.ui.viewer.scene import MAGIC, MAX_PLANES, octahedral, pack_scene

OCTAHEDRON = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float32)
OCTAHEDRON_FACES = np.array(
    [[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]], dtype=np.uint32
)


def a_part(name: str = "band", size_mm: float = 10.0) -> Part:
    mesh = Mesh(OCTAHEDRON * np.float32(size_mm), OCTAHEDRON, OCTAHEDRON_FACES)
    return Part(name, "main", mesh, finished=name == "band")


def some_stones(count: int = 3) -> StoneSet:
    """Octahedra of 1 mm in a row above the band; their facets are the planes |x| + |y| + |z| = 1."""
    signs = np.array([[x, y, z] for x in (1, -1) for y in (1, -1) for z in (1, -1)])
    planes = np.column_stack([signs / np.sqrt(3), np.full(8, 1 / np.sqrt(3))]).astype(np.float32)
    placements = np.tile(np.eye(4, dtype=np.float32), (count, 1, 1))
    placements[:, 0, 3] = np.arange(count)
    placements[:, 2, 3] = 12.0
    return StoneSet("halo", "octahedron", Mesh(OCTAHEDRON, OCTAHEDRON, OCTAHEDRON_FACES), planes, placements)


def a_piece(*parts: Part, stones: tuple[StoneSet, ...] = ()) -> Piece:
    band = BandMeasure(inner_diameter_mm=17.3, width_mm=2.0, thickness_mm=1.8, profile="court")
    measures = Measures(
        piece="ring",
        style="solitaire",
        metal_volume_mm3=1.0,
        surface_mm2=1.0,
        worn_surface_mm2=1.0,
        band=band,
        stones=(),
        inscriptions=(),
    )
    bore_mm = (band.inner_diameter_mm / 2, band.width_mm / 2) if band else None
    return Piece(bore_mm, "standing", drawn=lambda: (parts or (a_part(),), stones), measured=lambda: (measures, ()))


def header_of(packed: bytes) -> dict[str, Any]:
    return json.loads(packed[8 : 8 + int.from_bytes(packed[4:8], "little")])


def array_of(packed: bytes, dtype: str, offset: int, count: int) -> NDArray[Any]:
    start = 8 + int.from_bytes(packed[4:8], "little") + offset
    return np.frombuffer(packed, dtype=dtype, offset=start, count=count)


def positions_of(packed: bytes, part: dict[str, Any]) -> NDArray[np.float64]:
    steps = array_of(packed, "<u2", part["positions"], 3 * part["vertices"]).reshape(-1, 3)
    return np.array(part["low"]) + steps * np.array(part["step"])


def unfolded(square: NDArray[np.int16]) -> NDArray[np.float64]:
    """The inverse of `octahedral`, as js/scene.js does it."""
    x, y = square.T / (2**15 - 1)
    z = 1 - np.abs(x) - np.abs(y)
    u = np.where(z < 0, (1 - np.abs(y)) * np.where(x < 0, -1, 1), x)
    v = np.where(z < 0, (1 - np.abs(x)) * np.where(y < 0, -1, 1), y)
    n = np.column_stack([u, v, z])
    return n / np.linalg.norm(n, axis=1, keepdims=True)


def test_a_scene_begins_with_its_name_and_is_aligned_to_four_bytes() -> None:
    packed = pack_scene(a_piece(a_part("band"), a_part("head", 2.0), stones=(some_stones(),)))
    header = header_of(packed)
    assert packed[:4] == MAGIC
    assert int.from_bytes(packed[4:8], "little") % 4 == 0
    offsets = [part[key] for part in header["parts"] for key in ("positions", "normals", "indices")]
    offsets += [s[key] for s in header["stones"] for key in ("plane_data", "corners", "facets", "placements")]
    assert all(offset % 4 == 0 for offset in offsets)


def test_the_same_piece_gives_the_same_bytes() -> None:
    assert pack_scene(a_piece(stones=(some_stones(),))) == pack_scene(a_piece(stones=(some_stones(),)))


def test_positions_come_back_within_a_third_of_a_micrometre() -> None:
    part = a_part(size_mm=10.0)
    packed = pack_scene(a_piece(part))
    there = positions_of(packed, header_of(packed)["parts"][0])
    assert np.abs(there - part.mesh.vertices_mm).max() < 20.0 / 65535


def test_a_part_that_is_flat_in_one_direction_survives() -> None:
    flat = Mesh(
        np.array([[0, 0, 5], [1, 0, 5], [0, 1, 5]], np.float32),
        np.tile(np.array([[0, 0, 1]], np.float32), (3, 1)),
        np.array([[0, 1, 2]], np.uint32),
    )
    packed = pack_scene(a_piece(Part("inscription", "main", flat)))
    assert positions_of(packed, header_of(packed)["parts"][0]) == pytest.approx(flat.vertices_mm, abs=1e-4)


def test_normals_come_back_within_a_hundredth_of_a_degree() -> None:
    rng = np.random.default_rng(1)
    normals = rng.normal(size=(20_000, 3))
    normals = np.vstack([normals / np.linalg.norm(normals, axis=1, keepdims=True), OCTAHEDRON]).astype(np.float32)
    off = np.linalg.norm(unfolded(octahedral(normals)) - normals, axis=1)
    assert np.degrees(off.max()) < 0.01


def test_a_missing_normal_does_not_become_not_a_number() -> None:
    assert octahedral(np.zeros((1, 3), np.float32)).tolist() == [[0, 0]]


def test_large_parts_get_long_indices() -> None:
    many = 70_000
    ring = np.linspace(0, 2 * np.pi, many)
    vertices = np.column_stack([np.cos(ring), np.sin(ring), np.zeros(many)]).astype(np.float32)
    faces = np.array([[0, 1, many - 1]], dtype=np.uint32)
    packed = pack_scene(a_piece(Part("band", "main", Mesh(vertices, vertices, faces))))
    part = header_of(packed)["parts"][0]
    assert array_of(packed, "<u4", part["indices"], 3).tolist() == [0, 1, many - 1]


def test_every_corner_of_a_stone_lies_on_the_facet_it_is_sent_with() -> None:
    packed = pack_scene(a_piece(stones=(some_stones(),)))
    stones = header_of(packed)["stones"][0]
    planes = array_of(packed, "<f4", stones["plane_data"], 4 * stones["planes"]).reshape(-1, 4)
    corners = array_of(packed, "<f4", stones["corners"], 9 * stones["triangles"]).reshape(-1, 3, 3)
    facets = array_of(packed, "u1", stones["facets"], stones["triangles"])
    assert stones["planes"] == stones["triangles"] == 8
    distance = np.einsum("tck,tk->tc", corners, planes[facets, :3]) - planes[facets, 3:]
    assert np.abs(distance).max() < 1e-6


def test_each_stone_of_a_halo_keeps_its_own_place() -> None:
    packed = pack_scene(a_piece(stones=(some_stones(5),)))
    stones = header_of(packed)["stones"][0]
    matrices = array_of(packed, "<f4", stones["placements"], 16 * stones["count"]).reshape(-1, 4, 4)
    # Column-major: the translation is the last row of what numpy reads.
    assert matrices[:, 3, :3].tolist() == [[float(i), 0.0, 12.0] for i in range(5)]


def test_a_stone_of_too_many_facets_loses_the_smallest() -> None:
    count = 200
    around = np.linspace(0, 2 * np.pi, count, endpoint=False)
    rim = np.column_stack([np.cos(around), np.sin(around), np.zeros(count)])
    vertices = np.vstack([rim, [[0, 0, 1]], [[0, 0, -1]]]).astype(np.float32)
    i, j = np.arange(count), (np.arange(count) + 1) % count
    faces = np.vstack(
        [np.column_stack([i, j, np.full(count, count)]), np.column_stack([j, i, np.full(count, count + 1)])]
    )
    corners = vertices[faces].astype(np.float64)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    planes = np.column_stack([normals, np.einsum("tk,tk->t", normals, corners[:, 0])]).astype(np.float32)
    spiky = StoneSet(
        "center",
        "spinning_top",
        Mesh(vertices, vertices, faces.astype(np.uint32)),
        planes,
        np.eye(4, dtype=np.float32)[None],
    )
    stones = header_of(pack_scene(a_piece(stones=(spiky,))))["stones"][0]
    assert stones["planes"] == MAX_PLANES == stones["triangles"]


def test_the_sphere_holds_metal_and_stones() -> None:
    header = header_of(pack_scene(a_piece(a_part(size_mm=10.0), stones=(some_stones(),))))
    center, radius = np.array(header["center"]), header["radius"]
    for corner in ([10, 0, 0], [0, 0, -10], [0, 0, 13], [3, 0, 12]):
        assert np.linalg.norm(np.array(corner) - center) <= radius + 1e-3
    assert header["floor"] == -10.0
    assert header["bore"] == [8.65, 1.0]


def test_only_the_band_takes_the_finish() -> None:
    header = header_of(pack_scene(a_piece(a_part("band"), a_part("head"), a_part("inscription"))))
    assert [part["finish"] for part in header["parts"]] == [True, False, False]


def test_a_part_without_faces_is_not_sent() -> None:
    nothing = Mesh(np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32), np.zeros((0, 3), np.uint32))
    header = header_of(pack_scene(a_piece(a_part(), Part("inscription", "main", nothing))))
    assert [part["name"] for part in header["parts"]] == ["band"]


def test_every_metal_and_gem_has_a_look_and_the_table_is_small() -> None:
    tables = reference.load()
    table = materials(tables)
    assert table["metals"].keys() == tables.metals.keys()
    assert table["gems"].keys() == tables.gems.keys()
    assert len(materials_json(tables)) < 20_000
    assert json.loads(materials_json(tables)) == table


def test_stones_with_a_glow_are_not_traced() -> None:
    gems = materials(reference.load())["gems"]
    assert gems["pearl"]["effect"] == "pearl"
    assert gems["pearl"]["opaque"]
    assert not gems["diamond"]["opaque"]
    assert gems["turquoise"]["opaque"]
