"""Our files in other people's hands: each is read by the tool that its trade trusts, and must come through clean.

What the tools are and where they come from: `.ci/validators`, and the packages of requirements-dev.txt.
"""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import trimesh

from configurator import evaluate, export, geometry
from configurator.__main__ import main
from configurator.design import Design, Inscription, InvalidDesign, Stone
from configurator.export import Order
from configurator.geometry.checks import limit
from configurator.geometry.piece import Finding

WITHIN = 1e-3  # of a volume
STOP = Finding("stop", "band", "The wall is 0.2 mm.", "Make the band thicker.")

DESIGNS = {
    "solitaire": Design(piece="ring", style="solitaire", inscriptions=(Inscription(text="Toujours 12.06.26"),)),
    "halo": Design(piece="ring", style="halo", metal="18k_rose"),
    "bezel": Design(piece="ring", style="bezel"),
    "pearl": Design(piece="ring", style="pearl"),
    "moonstone": Design(
        piece="ring",
        style="bezel",
        stones=(Stone(role="center", gem="moonstone", cut="oval_cabochon", length_mm=9.1, width_mm=7.0),),
    ),
    "plain band": Design(piece="ring", style="plain_band"),
    "pendant with words": Design(
        piece="pendant",
        style="heart",
        inscriptions=(
            Inscription(text="Anna", place="front", height_mm=3.0, raised=True, font="sans"),
            Inscription(text="♥", place="back", height_mm=2.5),
        ),
    ),
    "drops": Design(piece="earrings", style="drop"),
    "bracelet of charms": Design(piece="bracelet", style="chain"),
    "three-stone of two alloys": Design(piece="ring", style="three_stone", metal="18k_yellow", accent_metal="pt950_ru"),
}


@pytest.fixture(scope="module", params=DESIGNS)
def to_cast(request: pytest.FixtureRequest) -> Order:
    return export.order_of(evaluate.complete(DESIGNS[request.param]), "casting")


@pytest.fixture(scope="module", params=DESIGNS)
def to_show(request: pytest.FixtureRequest) -> Order:
    return export.order_of(evaluate.complete(DESIGNS[request.param]))


@pytest.fixture(scope="module")
def solitaire() -> Order:
    return export.order_of(evaluate.complete(DESIGNS["solitaire"]), "casting")


def meshes(order: Order) -> dict[str, trimesh.Trimesh]:
    """The objects of an OBJ by name, as trimesh reads them, corners that lie in one place joined."""
    text = io.BytesIO(export.write("obj", order))
    scene = trimesh.load_scene(text, file_type="obj", split_objects=True, group_material=False)
    return {name: trimesh.Trimesh(mesh.vertices, mesh.faces) for name, mesh in scene.geometry.items()}


def volume_mm3(vertices: np.ndarray, faces: np.ndarray) -> float:
    a, b, c = (vertices[faces[:, corner]].astype(float) for corner in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


# --- STL: admesh, which foundries run first ---------------------------------------------------------------------------

ADMESH_COUNTS = (
    *("Total disconnected facets", "Degenerate facets", "Edges fixed", "Facets removed", "Facets added"),
    *("Facets reversed", "Backwards edges", "Normals fixed"),
)


def admesh(path: Path) -> dict[str, str]:
    """What admesh found: the name of each figure with its last value."""
    if shutil.which("admesh") is None:
        pytest.skip("admesh is not installed; `sh .ci/validators` as root on Debian installs it")
    answer = subprocess.run(["admesh", str(path)], capture_output=True, text=True, check=True).stdout
    pairs = (part.partition(":") for line in answer.splitlines() for part in line.split("        Volume"))
    found = {name.strip(): value.split()[-1] for name, colon, value in pairs if colon and value.split()}
    found["Volume"] = next(line.rpartition(":")[2].strip() for line in answer.splitlines() if "Volume" in line)
    found["Number of parts"] = next(line for line in answer.splitlines() if "Number of parts" in line).split()[4]
    return found


def test_admesh_finds_nothing_to_mend(to_cast: Order, tmp_path: Path) -> None:
    path = tmp_path / "ring.stl"
    path.write_bytes(export.write("stl", to_cast))
    found = admesh(path)
    assert {name: found[name] for name in ADMESH_COUNTS} == dict.fromkeys(ADMESH_COUNTS, "0")
    assert found["Number of parts"] == str(to_cast.piece.measures.castings)
    assert float(found["Volume"]) == pytest.approx(to_cast.casting.volume_mm3, rel=WITHIN)


def test_admesh_sees_a_hole(solitaire: Order, tmp_path: Path) -> None:
    data = export.write("stl", solitaire)
    count = int.from_bytes(data[80:84], "little")
    path = tmp_path / "torn.stl"
    path.write_bytes(data[:80] + (count - 1).to_bytes(4, "little") + data[84:-50])
    assert admesh(path)["Facets added"] != "0"


# --- 3MF: the consortium's own library, reading strictly --------------------------------------------------------------


def write_3mf(order: Order) -> bytes:
    pytest.importorskip("lib3mf", reason="lib3mf has no build for this machine")
    return export.write("3mf", order)


def read_3mf(data: bytes):  # type: ignore[no-untyped-def]
    import lib3mf

    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromBuffer(data)
    assert [reader.GetWarning(i) for i in range(reader.GetWarningCount())] == []
    assert model.GetUnit() == lib3mf.ModelUnit.MilliMeter
    return model


def bodies_3mf(model) -> Iterator[tuple[str, float]]:  # type: ignore[no-untyped-def]
    found = model.GetMeshObjects()
    while found.MoveNext():
        body = found.GetCurrentMeshObject()
        assert body.IsManifoldAndOriented()
        vertices = np.array([tuple(v.Coordinates) for v in body.GetVertices()])
        faces = np.array([tuple(t.Indices) for t in body.GetTriangleIndices()])
        yield body.GetName(), volume_mm3(vertices, faces)


def words_3mf(data: bytes) -> dict[str, str]:
    model = read_3mf(data)  # its parts live no longer than it does
    words = model.GetMetaDataGroup()
    return {words.GetMetaData(i).GetName(): words.GetMetaData(i).GetValue() for i in range(words.GetMetaDataCount())}


def test_a_3mf_has_one_closed_body_for_each_alloy_in_millimetres(to_cast: Order) -> None:
    found = list(bodies_3mf(read_3mf(write_3mf(to_cast))))
    assert [name for name, _ in found] == [to_cast.metal(body.alloy).label for body in to_cast.casting.bodies]
    for (_, volume), body in zip(found, to_cast.casting.bodies, strict=True):
        assert volume == pytest.approx(body.volume_mm3, rel=WITHIN)
    assert sum(volume for _, volume in found) == pytest.approx(to_cast.casting.volume_mm3, rel=WITHIN)


def test_a_3mf_says_what_it_is(solitaire: Order) -> None:
    said = words_3mf(write_3mf(replace(solitaire, enlarged_percent=1.5)))
    assert said["Application"] == "Keepsake"
    assert "solitaire" in said["Title"]
    assert "1.5 % larger" in said["Description"]


def test_two_alloys_fill_the_whole_and_never_the_same_place() -> None:
    casting = geometry.cast(evaluate.complete(DESIGNS["three-stone of two alloys"]))
    assert [body.alloy for body in casting.bodies] == ["main", "accent"]
    assert all(body.volume_mm3 > 0 for body in casting.bodies)
    # Volumes add up only if nothing is counted twice and nothing is lost.
    assert sum(body.volume_mm3 for body in casting.bodies) == pytest.approx(casting.volume_mm3, rel=1e-4)


def test_an_accent_of_the_same_alloy_is_the_same_body() -> None:
    design = evaluate.complete(Design(piece="ring", style="bezel", metal="18k_yellow", accent_metal="18k_yellow"))
    assert [body.alloy for body in geometry.cast(design).bodies] == ["main"]


# --- OBJ and MTL: trimesh ---------------------------------------------------------------------------------------------


def test_the_obj_to_cast_is_closed_metal_without_stones(to_cast: Order) -> None:
    found = meshes(to_cast)
    assert set(found) == {body.alloy for body in to_cast.casting.bodies}
    for body in to_cast.casting.bodies:
        mesh = found[body.alloy]
        assert mesh.is_watertight
        assert mesh.volume == pytest.approx(body.volume_mm3, rel=WITHIN)


def test_the_obj_to_show_holds_every_part_and_every_stone_at_its_size(to_show: Order) -> None:
    found = meshes(to_show)
    stones = {measure.role: measure for measure in to_show.piece.measures.stones}
    parts = {name.replace(" ", "_") for name, _ in to_show.parts()}
    names = {f"{role}_{number}" for role, stone in stones.items() for number in range(1, stone.count + 1)}
    assert set(found) == parts | names
    for role, stone in stones.items():
        mesh = found[f"{role}_1"]
        assert mesh.is_watertight
        assert mesh.volume == pytest.approx(stone.volume_mm3, rel=WITHIN)


@pytest.mark.parametrize("purpose", ["presentation", "casting"])
def test_the_mtl_defines_every_material_that_the_obj_names(solitaire: Order, purpose: str) -> None:
    order = solitaire if purpose == "casting" else replace(solitaire, casting=None)
    obj, mtl = (export.write(fmt, order).decode().splitlines() for fmt in ("obj", "mtl"))
    assert f"mtllib {order.file_name('mtl')}" in obj
    used = {line.split()[1] for line in obj if line.startswith("usemtl ")}
    assert used == {line.split()[1] for line in mtl if line.startswith("newmtl ")}
    colours = [line.split()[1:] for line in mtl if line.startswith("Kd ")]
    assert len(colours) == len(used)
    assert all(0 <= float(channel) <= 1 for colour in colours for channel in colour)


# --- USDZ: USD's own checker ------------------------------------------------------------------------------------------


def usd_faults(path: Path) -> list[str]:
    """Everything that any of USD's validators holds against a file."""
    pytest.importorskip("pxr", reason="usd-core is not installed (requirements-usdz.txt)")
    from pxr import Usd, UsdValidation

    context = UsdValidation.ValidationContext(UsdValidation.ValidationRegistry().GetOrLoadAllValidators())
    return [error.GetMessage() for error in context.Validate(Usd.Stage.Open(str(path)))]


@pytest.fixture
def usdz(to_show: Order, tmp_path: Path) -> Path:
    pytest.importorskip("pxr", reason="usd-core is not installed (requirements-usdz.txt)")
    path = tmp_path / "ring.usdz"
    path.write_bytes(export.write("usdz", to_show))
    return path


def test_usd_s_own_checker_finds_nothing(usdz: Path) -> None:
    assert usd_faults(usdz) == []


def test_usd_s_checker_sees_a_stage_without_units_and_a_stray_binding(tmp_path: Path) -> None:
    path = tmp_path / "bare.usda"
    path.write_text('#usda 1.0\ndef Mesh "m"\n{\n    rel material:binding = </nowhere>\n}\n')
    assert len(usd_faults(path)) >= 2


def test_the_usdz_stands_upright_and_is_as_large_as_the_piece(usdz: Path, to_show: Order) -> None:
    from pxr import Usd, UsdGeom

    stage = Usd.Stage.Open(str(usdz))
    assert UsdGeom.GetStageUpAxis(stage) == "Y"
    model = stage.GetDefaultPrim()
    box = UsdGeom.BBoxCache(0, [UsdGeom.Tokens.default_]).ComputeWorldBound(model).ComputeAlignedRange()
    to_mm = 1000 * UsdGeom.GetStageMetersPerUnit(stage)
    corners = [part.whole.vertices_mm for _, part in to_show.parts()]
    corners += [
        stones.mesh.vertices_mm @ place[:3, :3].T + place[:3, 3]
        for stones in to_show.piece.stones
        for place in stones.placements
    ]
    low, high = np.min([c.min(axis=0) for c in corners], axis=0), np.max([c.max(axis=0) for c in corners], axis=0)
    # x stays, our z is its height, our finger runs towards the back.
    assert np.array(box.GetMin()) * to_mm == pytest.approx([low[0], low[2], -high[1]], abs=1e-3)
    assert np.array(box.GetMax()) * to_mm == pytest.approx([high[0], high[2], -low[1]], abs=1e-3)


def test_the_usdz_s_metal_and_stones_are_preview_surfaces_without_textures(usdz: Path, to_show: Order) -> None:
    from pxr import Usd, UsdGeom, UsdShade

    stage = Usd.Stage.Open(str(usdz))
    drawn = {prim.GetName(): prim for prim in stage.Traverse() if prim.IsA(UsdGeom.Mesh)}
    shaders = [UsdShade.Shader(prim) for prim in stage.Traverse() if prim.IsA(UsdShade.Shader)]
    assert {shader.GetIdAttr().Get() for shader in shaders} == {"UsdPreviewSurface"}
    assert len(drawn) == sum(len(part.mesh.faces) > 0 for part in to_show.piece.parts) + sum(
        len(stones.placements) for stones in to_show.piece.stones
    )

    def surface(name: str) -> dict[str, object]:
        material, _ = UsdShade.MaterialBindingAPI(drawn[name]).ComputeBoundMaterial()
        source, _, _ = material.ComputeSurfaceSource()
        return {one.GetBaseName(): one.Get() for one in source.GetInputs()}

    body = surface(to_show.parts()[0][0])
    assert tuple(body["diffuseColor"]) == pytest.approx(to_show.metal().reflectance, abs=1e-6)
    assert body["metallic"] == 1
    for stones in to_show.piece.stones:
        stone = surface(f"{stones.role}_1")
        assert stone["metallic"] == 0
        assert stone["ior"] == pytest.approx(to_show.gem(stones.role).refractive_index, abs=1e-6)


def test_without_usd_the_sentence_says_how_to_get_it(solitaire: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise export.importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(export.importlib.metadata, "distribution", absent)
    with pytest.raises(InvalidDesign, match=r"USDZ files need the package usd-core.*-r requirements-usdz\.txt"):
        export.write("usdz", replace(solitaire, casting=None))
    assert "usdz" not in export.usual_formats()
    assert {"glb", "stl", "obj", "csv"} <= set(export.usual_formats())


# --- GLB: Khronos's validator -----------------------------------------------------------------------------------------

VALIDATORS = Path(__file__).parents[1] / "validators"
ASK = """
const [path] = process.argv.slice(1);
require('gltf-validator').validateBytes(new Uint8Array(require('fs').readFileSync(path)))
  .then((report) => console.log(JSON.stringify(report)));
"""


def gltf_report(path: Path) -> dict:
    if shutil.which("node") is None or not (VALIDATORS / "node_modules" / "gltf-validator").is_dir():
        pytest.skip("Khronos's validator is not installed; with Node.js there, `sh .ci/validators` installs it")
    command = ["node", "-e", ASK, str(path)]
    return json.loads(subprocess.run(command, cwd=VALIDATORS, capture_output=True, check=True).stdout)


def test_khronos_s_validator_finds_nothing(to_show: Order, tmp_path: Path) -> None:
    path = tmp_path / "ring.glb"
    path.write_bytes(export.write("glb", to_show))
    report = gltf_report(path)
    assert report["issues"]["messages"] == []
    triangles = sum(len(part.mesh.faces) for part in to_show.piece.parts)
    triangles += sum(len(stones.mesh.faces) for stones in to_show.piece.stones)  # one mesh, placed many times
    assert report["info"]["totalTriangleCount"] == triangles


def test_khronos_s_validator_sees_an_index_too_far(to_show: Order, tmp_path: Path) -> None:
    data = bytearray(export.write("glb", to_show))
    data[-2:] = b"\xff\xff"
    data[-4:-2] = b"\xff\xff"
    path = tmp_path / "broken.glb"
    path.write_bytes(bytes(data))
    assert gltf_report(path)["issues"]["numErrors"] > 0


# --- To cast and to show are two things -------------------------------------------------------------------------------


def test_prongs_stand_up_to_cast_and_lie_over_the_stone_to_show(solitaire: Order) -> None:
    top_to_cast = meshes(solitaire)["main"].bounds[1][2]
    top_to_show = meshes(replace(solitaire, casting=None))["head"].bounds[1][2]
    assert top_to_cast > top_to_show + 0.2


def test_the_casting_leaves_room_for_every_stone(solitaire: Order) -> None:
    metal = meshes(solitaire)["main"]
    stone = meshes(replace(solitaire, casting=None))["center_1"]
    assert not metal.contains(stone.vertices).any()


@pytest.mark.parametrize("fmt", ["stl", "3mf", "obj"])
def test_shrinkage_makes_every_length_larger_by_as_much(solitaire: Order, fmt: str) -> None:
    def corners(order: Order) -> np.ndarray:
        data = write_3mf(order) if fmt == "3mf" else export.write(fmt, order)
        if fmt != "3mf":
            return np.array(trimesh.load_mesh(io.BytesIO(data), file_type=fmt).bounds)
        model = read_3mf(data)
        bodies = model.GetMeshObjects()
        assert bodies.MoveNext()
        points = np.array([tuple(v.Coordinates) for v in bodies.GetCurrentMeshObject().GetVertices()])
        return np.array([points.min(axis=0), points.max(axis=0)])

    assert corners(replace(solitaire, enlarged_percent=2.0)) == pytest.approx(1.02 * corners(solitaire), rel=1e-5)


# --- The command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "design.json"
    path.write_text(DESIGNS["solitaire"].to_json(), encoding="utf-8")
    return path


def exported(capsys: pytest.CaptureFixture[str], file: Path, *arguments: str) -> tuple[int, dict[str, Path], str]:
    code = main(["export", str(file), "--out", str(file.parent / "out"), *arguments])
    out, err = capsys.readouterr()
    return code, {Path(line).suffix: Path(line) for line in out.splitlines()}, err


@pytest.fixture
def uncastable(monkeypatch: pytest.MonkeyPatch) -> None:
    # Every ring that the forms let through can be cast, so one that cannot has to be said to be.
    cast = geometry.cast

    def spoiled(design: Design):  # type: ignore[no-untyped-def]
        found = cast(design)
        return replace(found, findings=(*found.findings, STOP, replace(STOP, message="A second reason.")))

    monkeypatch.setattr(geometry, "cast", spoiled)


def test_for_casting_writes_what_a_caster_needs_and_the_names_say_so(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    code, paths, err = exported(capsys, file, "--for", "casting")
    assert (code, err) == (0, "")
    assert {".stl", ".obj", ".mtl", ".csv"} <= set(paths)
    assert not {".glb", ".usdz"} & set(paths)
    assert {path.stem for path in paths.values()} == {"ring-solitaire-casting"}


def test_a_bare_shrinkage_is_the_workshop_s_figure(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    usual = limit("casting_shrinkage", "mid")
    _, plain, _ = exported(capsys, file, "--format", "stl")
    code, larger, _ = exported(capsys, file, "--format", "stl", "--shrinkage")
    assert code == 0
    assert larger[".stl"].stem == f"ring-solitaire-plus-{usual:g}-percent"
    assert f"{usual:g} % larger".encode() in larger[".stl"].read_bytes()[:80]
    before, after = (trimesh.load_mesh(path[".stl"]).volume for path in (plain, larger))
    assert after / before == pytest.approx((1 + usual / 100) ** 3, rel=1e-5)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--for", "casting", "--format", "glb"), "A file for casting cannot be glb"),
        (("--for", "presentation", "--format", "stl"), "A file for presentation cannot be stl"),
        (("--format", "glb", "--shrinkage", "2"), "none of these files is for casting"),
        (("--format", "stl", "--shrinkage", "40"), "not 40 %"),
        (("--format", "stl", "--shrinkage", "-1"), "not -1 %"),
        (("--format", "stl", "--shrinkage", "nan"), "not nan %"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], file: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, paths, err = exported(capsys, file, *arguments)
    assert (code, paths) == (2, {})
    assert words in err
    assert not (file.parent / "out").exists()


@pytest.mark.usefixtures("uncastable")
def test_what_cannot_be_cast_is_refused_with_every_reason(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, paths, err = exported(capsys, file, "--format", "glb,stl")
    assert (code, paths) == (2, {})
    assert all(words in err for words in (STOP.message, STOP.fix, "A second reason."))
    assert not (file.parent / "out").exists()
    assert exported(capsys, file, "--format", "glb")[0] == 0  # it may be shown


@pytest.mark.usefixtures("uncastable")
def test_a_maker_may_override_and_file_name_and_output_say_so(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    code, paths, err = exported(capsys, file, "--for", "casting", "--override")
    assert code == 0
    assert all("cannot-be-cast" in path.stem for path in paths.values())
    assert STOP.message in err
    assert "A second reason." in err
    assert paths[".stl"].read_bytes().startswith(b"CANNOT BE CAST")
    assert b"CANNOT BE CAST" in paths[".obj"].read_bytes()[:200]
    if ".3mf" in paths:
        assert "CANNOT BE CAST" in words_3mf(paths[".3mf"].read_bytes())["Description"]


def test_an_override_that_is_not_needed_changes_nothing(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    _, plain, _ = exported(capsys, file, "--format", "stl")
    data = plain[".stl"].read_bytes()
    code, paths, err = exported(capsys, file, "--format", "stl", "--override")
    assert (code, err) == (0, "")
    assert paths[".stl"].read_bytes() == data


def test_the_bench_sheet_tells_the_setter_the_seat_and_the_weight_of_each_stone() -> None:
    order = export.order_of(evaluate.complete(DESIGNS["halo"]))
    lines = export.write("csv", order).decode("utf-8-sig").splitlines()
    halo = next(line for line in lines if line.startswith("stone,halo"))
    measure = next(stone for stone in order.piece.measures.stones if stone.role == "halo")
    assert f",{measure.count},{measure.length_mm:.2f},{measure.width_mm:.2f}," in halo
    # The stone and 0.03 mm of air all round.
    assert f"cut in the casting, {measure.length_mm + 0.06:.2f} x {measure.width_mm + 0.06:.2f} mm" in halo


def test_the_bench_sheet_tells_the_proportions_that_were_chosen() -> None:
    design = evaluate.complete(DESIGNS["halo"])
    chosen = [stone.model_copy(update={"table_pct": 58.5} if stone.role == "center" else {}) for stone in design.stones]
    order = export.order_of(design.model_copy(update={"stones": tuple(chosen)}))
    details = {row["role"]: row["details"] for row in csv.DictReader(export.write("csv", order).decode().splitlines())}
    assert details["center"].endswith(", table 58.5 % of its width")
    assert "%" not in details["halo"]


def test_the_bench_sheet_tells_how_a_pearl_is_drilled() -> None:
    order = export.order_of(evaluate.complete(DESIGNS["pearl"]))
    lines = export.write("csv", order).decode("utf-8-sig").splitlines()
    pearl = next(line for line in lines if line.startswith("stone,center"))
    wide, deep = limit("pearl_post_diameter", "mid"), limit("pearl_post_depth", "mid") / 100 * 7.0
    # The post, and 0.05 mm of glue all round.
    assert f"drill {wide + 0.1:.2f} mm wide, {deep + 0.05:.2f} mm deep" in pearl
    assert "post" in pearl
