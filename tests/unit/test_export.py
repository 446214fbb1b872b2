"""What others read in our files: sizes in their units, materials by the standard, the casting's volume to the digit."""

import csv
import io
import json
import math
from dataclasses import replace

import manifold3d as mf
import numpy as np
import pytest
import trimesh

from configurator import evaluate, export, geometry, reference, units
from configurator.design import Design, Inscription, InvalidDesign, Stone
from configurator.export.order import Order
from configurator.geometry.piece import Body, Casting, Finding, Mesh, Part, Piece, StoneSet
from configurator.measures import BandMeasure, InscriptionMeasure, Measures, StoneMeasure

INNER_MM, WIDTH_MM, THICKNESS_MM = 17.3, 4.0, 1.8
STONE_MM, PLACES = 3.0, 3


def solid_mesh(solid: mf.Manifold) -> Mesh:
    shaded = solid.calculate_normals(0, 40).to_mesh()
    properties = np.asarray(shaded.vert_properties)
    return Mesh(properties[:, :3], properties[:, 3:6], np.asarray(shaded.tri_verts))


def band_solid() -> mf.Manifold:
    inner, outer, half = INNER_MM / 2, INNER_MM / 2 + THICKNESS_MM, WIDTH_MM / 2
    section = mf.CrossSection([np.array([(inner, -half), (outer, -half), (outer, half), (inner, half)])])
    return section.revolve(96).rotate((90, 0, 0))


def bipyramid() -> mf.Manifold:
    r = STONE_MM / 2
    return mf.Manifold.hull_points(np.array([(r, 0, 0), (-r, 0, 0), (0, r, 0), (0, -r, 0), (0, 0, 0.5), (0, 0, -1.3)]))


def placements() -> np.ndarray:
    found = np.tile(np.eye(4, dtype=np.float32), (PLACES, 1, 1))
    for i in range(PLACES):
        turn = math.radians(20 * (i - 1))
        c, s = math.cos(turn), math.sin(turn)
        found[i, :3, :3] = [[c, 0, s], [0, 1, 0], [-s, 0, c]]
        found[i, :3, 3] = np.array([s, 0, c]) * (INNER_MM / 2 + THICKNESS_MM + 1.2)
    return found


@pytest.fixture(scope="module")
def shown(order) -> Order:
    return replace(order, casting=None)


@pytest.fixture(scope="module")
def order() -> Order:
    design = Design(
        piece="ring",
        style="three_stone",
        metal="18k_yellow",
        finish="satin",
        inner_diameter_mm=INNER_MM,
        stones=(Stone(role="center", gem="sapphire_blue", length_mm=STONE_MM, width_mm=STONE_MM, clarity="VS2"),),
        inscriptions=(Inscription(text='=HYPERLINK("x";"y")', font="serif"),),
    )
    solid = band_solid()
    stone = bipyramid()
    measures = Measures(
        piece="ring",
        style="three_stone",
        metal_volume_mm3=solid.volume(),
        surface_mm2=solid.surface_area(),
        worn_surface_mm2=solid.surface_area() / 2,
        band=BandMeasure(inner_diameter_mm=INNER_MM, width_mm=WIDTH_MM, thickness_mm=THICKNESS_MM, profile="flat"),
        stones=(
            StoneMeasure(
                role="center",
                cut="round_brilliant",
                count=PLACES,
                length_mm=STONE_MM,
                width_mm=STONE_MM,
                depth_mm=1.8,
                volume_mm3=stone.volume(),
                setting="prong",
                prongs_per_stone=4,
                prong_diameter_mm=0.9,
                girdle_height_mm=2.0,
                bare_tips=0,
            ),
        ),
        inscriptions=(
            InscriptionMeasure(
                place="inside",
                characters=17,
                length_mm=12.0,
                height_mm=1.4,
                depth_mm=0.3,
                removed_mm3=0.8,
                thinnest_stroke_mm=0.05,
            ),
        ),
    )
    decal = Mesh(
        np.array([[0, 0, -8.6], [1, 0, -8.6], [0, 1, -8.6]], np.float32),
        np.array([[0, 0, 1]] * 3, np.float32),
        np.array([[0, 1, 2]], np.uint32),
    )
    parts = (Part("band", "main", solid_mesh(solid)), Part("inscription", "main", decal))
    stones = (StoneSet("center", "round_brilliant", solid_mesh(stone), np.zeros((0, 4), np.float32), placements()),)
    piece = Piece(None, "standing", drawn=lambda: (parts, stones), measured=lambda: (measures, ()))
    mesh = solid.to_mesh64()
    vertices, faces = np.asarray(mesh.vert_properties)[:, :3], np.asarray(mesh.tri_verts).astype(np.uint32)
    casting = Casting(
        vertices_mm=vertices,
        faces=faces,
        volume_mm3=solid.volume(),
        surface_mm2=solid.surface_area(),
        genus=solid.genus(),
        findings=(),
        bodies=(Body("main", vertices, faces, solid.volume()),),
    )
    return Order(design=design, piece=piece, tables=reference.load(), casting=casting)


# The registry


def test_the_formats_are_the_files_of_the_folder():
    assert {"glb", "stl", "csv"} <= set(export.FORMATS)
    assert "looks" not in export.FORMATS
    assert all(module.LABEL and set(module.PURPOSES) <= set(export.PURPOSES) for module in export.FORMATS.values())


@pytest.mark.parametrize(
    ("fmt", "purpose"), [(fmt, purpose) for purpose in export.PURPOSES for fmt in export.usual_formats(purpose)]
)
def test_the_same_order_gives_the_same_bytes(order, fmt, purpose):
    asked = order if purpose == "casting" else replace(order, casting=None)
    assert export.write(fmt, asked) == export.write(fmt, asked)


def test_an_unknown_format_is_refused_with_the_choice(order):
    with pytest.raises(InvalidDesign, match=r"“exe” is not a format we write; choose from .*glb"):
        export.write("exe", order)


# STL


def test_the_stl_holds_the_casting_s_volume_and_is_closed(order):
    loaded = trimesh.load(io.BytesIO(export.write("stl", order)), file_type="stl")
    assert loaded.is_watertight
    assert loaded.is_winding_consistent
    assert loaded.volume == pytest.approx(order.casting.volume_mm3, rel=1e-4)
    assert np.ptp(loaded.vertices[:, 1]) == pytest.approx(WIDTH_MM, abs=1e-5)


def test_the_stl_does_not_announce_itself_as_text(order):
    data = export.write("stl", order)
    assert not data.startswith(b"solid")
    assert len(data) == 84 + 50 * int.from_bytes(data[80:84], "little")


def test_what_cannot_be_cast_is_not_sent_to_the_foundry(order):
    stop = Finding("stop", "band", "The wall is 0.2 mm.", "Make the band thicker.")
    with pytest.raises(InvalidDesign, match=r"cannot be cast as it is\. The wall is 0\.2 mm\. Make the band thicker\."):
        export.write("stl", replace(order, casting=replace(order.casting, findings=(stop,))))


# GLB


def tree(data: bytes) -> dict:
    return json.loads(data[20 : 20 + int.from_bytes(data[12:16], "little")])


def test_the_glb_stands_upright_in_metres(shown):
    scene = trimesh.load_scene(io.BytesIO(export.write("glb", shown)), file_type="glb")
    low, high = scene.bounds
    outer_m = (INNER_MM + 2 * THICKNESS_MM) / 1000
    assert low[1] == pytest.approx(-outer_m / 2, rel=1e-3)  # the ring's lowest point: y is up
    stones_top_m = (INNER_MM / 2 + THICKNESS_MM + 1.2 + 0.5) / 1000
    assert high[1] == pytest.approx(stones_top_m, rel=1e-3)
    assert high[2] - low[2] == pytest.approx(WIDTH_MM / 1000, rel=1e-3)  # the finger runs along z


def test_stones_are_one_mesh_placed_many_times(shown):
    found = tree(export.write("glb", shown))
    stones = [node for node in found["nodes"] if node["name"].startswith("center")]
    assert len(stones) == PLACES
    assert len({node["mesh"] for node in stones}) == 1
    scene = trimesh.load_scene(io.BytesIO(export.write("glb", shown)), file_type="glb")
    matrix, _ = scene.graph.get("center 1")
    expected = placements()[0, :3, 3]
    assert matrix[:3, 3] * 1000 == pytest.approx([expected[0], expected[2], -expected[1]], abs=1e-4)
    assert np.linalg.det(matrix[:3, :3]) == pytest.approx(1, abs=1e-6)


def test_the_metal_is_the_alloy_s_own_colour_and_lettering_is_darker(shown):
    materials = {m["name"]: m["pbrMetallicRoughness"] for m in tree(export.write("glb", shown))["materials"]}
    band, letters = materials["18k_yellow band"], materials["18k_yellow inscription"]
    assert band["baseColorFactor"][:3] == pytest.approx(shown.metal().reflectance, abs=1e-5)
    assert band["metallicFactor"] == 1
    assert 0.3 < band["roughnessFactor"] < 0.6  # satin
    assert max(letters["baseColorFactor"][:3]) < min(band["baseColorFactor"][:3])


def test_a_sapphire_refracts_splits_and_colours_light(shown):
    found = tree(export.write("glb", shown))
    [gem] = [m for m in found["materials"] if m["name"] == "sapphire_blue"]
    extensions = gem["extensions"]
    assert set(extensions) <= set(found["extensionsUsed"])
    assert extensions["KHR_materials_transmission"]["transmissionFactor"] == 1
    assert extensions["KHR_materials_ior"]["ior"] == shown.gem("center").refractive_index
    red, _, blue = extensions["KHR_materials_volume"]["attenuationColor"]
    assert blue > red
    assert 1e-5 < extensions["KHR_materials_volume"]["attenuationDistance"] < 1
    assert extensions["KHR_materials_volume"]["thicknessFactor"] == pytest.approx(1.8e-3, rel=1e-4)


def test_diamond_s_fire_becomes_its_published_abbe_number(shown):
    stone = shown.design.stones[0].model_copy(update={"gem": "diamond"})
    design = shown.design.model_copy(update={"stones": (stone,)})
    [gem] = [m for m in tree(export.write("glb", replace(shown, design=design)))["materials"] if m["name"] == "diamond"]
    abbe = 20 / gem["extensions"]["KHR_materials_dispersion"]["dispersion"]
    assert abbe == pytest.approx(55.3, rel=0.05)


def test_an_opaque_stone_lets_no_light_through(shown):
    opaque = next(gem.id for gem in shown.tables.gems.values() if not gem.transparent)
    stone = shown.design.stones[0].model_copy(update={"gem": opaque})
    design = shown.design.model_copy(update={"stones": (stone,)})
    [gem] = [m for m in tree(export.write("glb", replace(shown, design=design)))["materials"] if m["name"] == opaque]
    assert "KHR_materials_transmission" not in gem["extensions"]


def test_every_gem_and_alloy_makes_numbers_within_the_standard(shown):
    gems, metals = sorted(shown.tables.gems), sorted(shown.tables.metals)
    for i in range(max(len(gems), len(metals))):
        stone = shown.design.stones[0].model_copy(update={"gem": gems[i % len(gems)]})
        design = shown.design.model_copy(update={"stones": (stone,), "metal": metals[i % len(metals)]})
        for material in tree(export.write("glb", replace(shown, design=design)))["materials"]:
            surface = material["pbrMetallicRoughness"]
            assert all(0 <= x <= 1 for x in surface["baseColorFactor"])
            assert 0 <= surface["roughnessFactor"] <= 1
            volume = material.get("extensions", {}).get("KHR_materials_volume", {})
            assert all(0 < x <= 1 for x in volume.get("attenuationColor", []))


# CSV


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_bench_sheet_lists_stones_metal_and_lettering(order):
    found = rows(export.write("csv", order))
    assert [row["row"] for row in found] == ["stone", "metal", "lettering"]
    stone, metal, _ = found
    gem = order.gem("center")
    each = units.weight_ct(order.piece.measures.stones[0].volume_mm3, gem.specific_gravity)
    assert stone["material"] == gem.label
    assert float(stone["weight_each_ct"]) == pytest.approx(each, abs=5e-5)
    assert float(stone["weight_total_ct"]) == pytest.approx(PLACES * each, abs=5e-5)
    assert stone["setting"] == "prong, 4 of 0.90 mm each stone"
    assert stone["seat"] == "cut in the casting, 3.06 x 3.06 mm, 1.33 mm below the girdle"
    mass = units.mass_g(order.piece.measures.metal_volume_mm3, order.metal().density_g_cm3)
    assert float(metal["mass_g"]) == pytest.approx(mass, abs=5e-4)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", '=HYPERLINK("x";"y")'])
def test_no_cell_opens_as_a_formula(order, text):
    line = order.design.inscriptions[0].model_copy(update={"text": text})
    design = order.design.model_copy(update={"inscriptions": (line,)})
    lettering = rows(export.write("csv", replace(order, design=design)))[-1]
    assert lettering["material"] == f"'{text}"


def test_a_spreadsheet_recognises_the_encoding(order):
    assert export.write("csv", order).startswith(b"\xef\xbb\xbf")


# From a design to files


@pytest.fixture(scope="module")
def design() -> Design:
    return evaluate.complete(
        Design(piece="ring", style="solitaire", inscriptions=(Inscription(text="Toujours 12.06.26", font="serif"),))
    )


def test_a_design_is_written_in_every_format(design, tmp_path):
    paths = export.write_files(design, ["stl", "glb", "csv", "glb"], tmp_path / "out").paths
    assert [path.name for path in paths] == ["ring-solitaire.stl", "ring-solitaire.glb", "ring-solitaire.csv"]
    casting = geometry.cast(design)
    loaded = trimesh.load(paths[0])
    assert loaded.is_watertight
    assert loaded.volume == pytest.approx(casting.volume_mm3, rel=1e-4)
    names = {node["name"] for node in tree(paths[1].read_bytes())["nodes"]}
    assert {"band", "head", "inscription", "center 1"} <= names
    [stone] = [row for row in rows(paths[2].read_bytes()) if row["row"] == "stone"]
    assert float(stone["weight_total_ct"]) == pytest.approx(1.0, abs=0.05)  # a 6.5 mm round is about a carat


def test_nothing_is_written_when_one_format_is_unknown(design, tmp_path):
    with pytest.raises(InvalidDesign, match="“pcx” is not a format"):
        export.write_files(design, ["glb", "pcx"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_asking_for_no_format_at_all_lists_them(design, tmp_path):
    with pytest.raises(InvalidDesign, match="choose from csv, glb"):
        export.write_files(design, [], tmp_path)
