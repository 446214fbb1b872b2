"""Hoops that are more than a band, and arches: signet, bypass, milgrain and cathedral keep what their trade expects."""

import math
from typing import Any

import manifold3d
import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, InvalidDesign
from configurator.geometry.band import Band, Profile
from configurator.geometry.bypass import BypassBand
from configurator.geometry.casting import fold_mm2
from configurator.geometry.cathedral import CathedralHead, arch_line, arches
from configurator.geometry.cuts.kinds import KINDS
from configurator.geometry.hammered import DEPTH_MM, HammeredBand
from configurator.geometry.milgrain import BEAD_MM, RELIEF_MM, MilgrainBand
from configurator.geometry.prongs import collar_mm, gallery
from configurator.geometry.rings import Hoop, Ring
from configurator.geometry.signet import TABLE_LABELS, SignetBand, table_outline
from configurator.geometry.solids import build_solid
from configurator.geometry.split import SplitBand

NEW = ("bypass", "cathedral", "signet", "stacking_band")
INNER_MM = 17.32


def made_of(kind: Any, usual: dict[str, Any], fields: dict[str, Any]) -> Any:
    """A hoop of some kind: what is a band's own goes to its plain band."""
    given = usual | fields
    band = {name: given.pop(name) for name in Band.__dataclass_fields__ if name in given}
    return kind(plain=Band(inner_diameter_mm=INNER_MM, **band), **given)


def signet(**fields: Any) -> SignetBand:
    usual = {"width_mm": 3.0, "thickness_mm": 1.6, "profile": "d_shape"}
    return made_of(SignetBand, usual | {"table": "oval", "table_mm": 12.0, "rise_mm": 0.8}, fields)


def bypass(**fields: Any) -> BypassBand:
    usual = {"width_mm": 2.2, "thickness_mm": 1.8, "profile": "d_shape", "apart_mm": 3.8, "lift_mm": 2.0}
    return made_of(BypassBand, usual, fields)


def milgrain(**fields: Any) -> MilgrainBand:
    return made_of(MilgrainBand, {"width_mm": 2.0, "thickness_mm": 1.6, "profile": "flat"}, fields)


def split(**fields: Any) -> SplitBand:
    usual = {"width_mm": 2.4, "thickness_mm": 1.8, "profile": "court", "bridge_mm": 1.2}
    return made_of(SplitBand, usual, fields)


def hammered(**fields: Any) -> HammeredBand:
    return made_of(HammeredBand, {"width_mm": 5.0, "thickness_mm": 1.8, "profile": "flat"}, fields)


def openings(hoop: Hoop) -> int:
    """Through the finger hole, and between two strands at both shoulders; a bypass is open until a stone closes it."""
    return {BypassBand: 0, SplitBand: 3}.get(type(hoop), 1)


HOOPS: list[Hoop] = [
    *(signet(table=table, table_mm=mm) for table in TABLE_LABELS for mm in (8.0, 16.0)),
    *(bypass(profile=profile) for profile in ("flat", "d_shape", "court", "knife_edge")),
    bypass(width_mm=5.0, apart_mm=4.5, lift_mm=0.5),
    milgrain(),
    milgrain(width_mm=1.4, thickness_mm=1.2),
    *(split(profile=profile) for profile in ("flat", "d_shape", "court", "knife_edge")),
    split(width_mm=6.0, thickness_mm=3.0, bridge_mm=2.4),
    split(width_mm=1.5, thickness_mm=1.2),
    *(hammered(profile=profile) for profile in ("flat", "d_shape", "court")),
    hammered(width_mm=1.5, thickness_mm=1.0),
    hammered(width_mm=12.0, thickness_mm=4.0, comfort=True),
]


def ring(style: str, **fields: Any) -> Design:
    return geometry.complete(Design.from_dict({"piece": "ring", "style": style} | fields))


def built(design: Design) -> Ring:
    style = geometry.STYLES["ring"][design.style]
    assert design.inner_diameter_mm is not None
    return style.build(
        style.Options.model_validate(design.options), design.inner_diameter_mm, {s.role: s for s in design.stones}
    )


def mass_mm3(style: str, **options: float) -> float:
    return geometry.build(ring(style, options=options)).measures.metal_volume_mm3


@pytest.mark.parametrize("hoop", HOOPS, ids=repr)
def test_a_hoop_is_one_whole_body_that_does_not_fold(hoop: Hoop) -> None:
    solid = hoop.solid()
    assert solid.status() == manifold3d.Error.NoError
    assert len(solid.decompose()) == 1
    assert solid.genus() == openings(hoop)
    assert fold_mm2(solid) < 1e-5


@pytest.mark.parametrize("hoop", HOOPS, ids=repr)
def test_a_hoop_weighs_and_shows_what_its_fine_solid_is(hoop: Hoop) -> None:
    solid, size = hoop.solid(), hoop.size()
    assert size.volume_mm3 == pytest.approx(solid.volume(), rel=0.005)
    assert size.surface_mm2 == pytest.approx(solid.surface_area(), rel=0.01)
    assert 0 < size.inside_mm2 < size.surface_mm2 / 2


@pytest.mark.parametrize("hoop", HOOPS, ids=repr)
def test_the_preview_of_a_hoop_has_unit_normals_that_point_out_of_the_metal(hoop: Hoop) -> None:
    mesh = hoop.mesh()
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1, abs=1e-5)
    corners = mesh.vertices_mm[mesh.faces].astype(float)
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    seen = np.linalg.norm(face, axis=1) > 1e-6
    mean = mesh.normals[mesh.faces].mean(axis=1)
    assert (np.einsum("ij,ij->i", face, mean)[seen] > 0).all()
    if not isinstance(hoop, MilgrainBand | SplitBand):  # whose beads, and bridge, are laid on
        volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
        assert volume == pytest.approx(hoop.solid().volume(), rel=0.01)


@pytest.mark.parametrize("hoop", HOOPS, ids=repr)
def test_the_finger_hole_of_a_hoop_stays_open(hoop: Hoop) -> None:
    finger = manifold3d.Manifold.cylinder(
        40, hoop.plain.inner_radius_mm * (1 - 2e-4), circular_segments=256, center=True
    )
    assert (hoop.solid() ^ finger.rotate((90, 0, 0))).volume() == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("table", TABLE_LABELS)
@pytest.mark.parametrize("length_mm", [8.0, 12.0, 16.0])
def test_a_signets_table_is_flat_and_has_its_outline(table: Any, length_mm: float) -> None:
    hoop = signet(table=table, table_mm=length_mm)
    outline = table_outline(table, length_mm)
    assert np.ptp(outline[:, 1]) == pytest.approx(length_mm, rel=2e-3)
    assert np.abs(outline[:, 0]).max() <= length_mm / 2 + 1e-9
    wanted = manifold3d.CrossSection([outline], manifold3d.FillRule.Positive)
    just_under = hoop.solid().slice(hoop.top_radius_mm - 1e-3)
    assert just_under.area() == pytest.approx(wanted.area(), rel=0.01)
    assert (just_under - wanted.offset(0.1)).area() < 0.002 * wanted.area()
    assert hoop.solid().bounding_box()[5] == pytest.approx(hoop.top_radius_mm, abs=1e-6), "nothing stands above it"


def test_an_oval_table_is_an_ellipse() -> None:
    outline = table_outline("oval", 12.0)
    (x, y), a, b = outline.T, outline[:, 0].max(), 6.0
    assert (x / a) ** 2 + (y / b) ** 2 == pytest.approx(1)


def test_a_shields_point_shows_to_one_end_and_both_sides_are_alike() -> None:
    outline = table_outline("shield", 12.0)
    lowest, highest = outline[np.argmin(outline[:, 1])], outline[outline[:, 1] > outline[:, 1].max() - 1e-3]
    assert lowest[0] == pytest.approx(0, abs=0.05)
    assert np.ptp(highest[:, 0]) > 4
    area = manifold3d.CrossSection([outline], manifold3d.FillRule.Positive)
    assert (area - area.mirror((1, 0))).area() < 0.005 * area.area()


def test_a_signets_shoulders_flow_without_a_step() -> None:
    """Seen from the finger, its sections grow from the palm to the head and never jump."""
    hoop = signet()
    half = manifold3d.Manifold.cube((40, 40, 40)).translate((0, -20, -20))  # the right side
    right = hoop.solid() ^ half
    heights = np.linspace(-hoop.plain.inner_radius_mm * 0.9, hoop.plain.inner_radius_mm * 0.9, 60)
    widths = [np.ptp(right.slice(z).to_polygons()[0][:, 1]) for z in heights]
    assert widths[0] == pytest.approx(hoop.plain.width_mm, abs=0.05)
    assert (np.diff(widths) > -0.02).all()
    assert np.diff(widths).max() < 0.5


@pytest.mark.parametrize("width_mm", [1.5, 2.2, 5.0])
def test_a_bypass_is_a_plain_band_at_the_back_of_the_finger(width_mm: float) -> None:
    hoop = bypass(width_mm=width_mm, apart_mm=width_mm / 2 + 2)
    plain = Band(inner_diameter_mm=INNER_MM, width_mm=width_mm, thickness_mm=1.8, profile="d_shape")
    palm = manifold3d.Manifold.cube((40, 40, 20)).translate((-20, -20, -21))
    assert (hoop.solid() ^ palm).volume() == pytest.approx((plain.solid() ^ palm).volume(), rel=2e-3)


def test_both_ends_of_a_bypass_are_the_same_end_turned_half_round() -> None:
    solid = bypass().solid()
    assert (solid - solid.rotate((0, 0, 180))).volume() < 0.003 * solid.volume()


@pytest.mark.parametrize("profile", ["flat", "d_shape", "court", "knife_edge"])
def test_a_split_band_is_plain_at_the_back_and_two_strands_at_the_shoulders(profile: Profile) -> None:
    hoop = split(profile=profile)
    plain = Band(inner_diameter_mm=INNER_MM, width_mm=2.4, thickness_mm=1.8, profile=profile)
    palm = manifold3d.Manifold.cube((40, 40, 20)).translate((-20, -20, -20))
    assert (hoop.solid() ^ palm).volume() == pytest.approx((plain.solid() ^ palm).volume(), rel=2e-3)
    # Cut across at 30° from the top: two strands, one the mirror of the other.
    cut = hoop.solid().rotate((0, -30, 0)).rotate((0, -90, 0)).slice(0.0)
    strands = [strand for strand in cut.decompose() if strand.bounds()[0] < 0]
    assert len(strands) == 2
    one, other = sorted(strand.area() for strand in strands)
    assert one == pytest.approx(other, rel=1e-3)
    assert one > 1.0, "each strong enough to carry the head"


def test_a_split_band_carries_the_foot_of_its_head() -> None:
    for width_mm in (4.0, 6.5, 12.0):
        stone = {"role": "center", "length_mm": width_mm, "width_mm": width_mm}
        options = {"shoulders": "split", "width_mm": 3.0, "prongs": 4}
        made = built(ring("solitaire", options=options, stones=[stone]))
        setting = made.standing[0].setting
        foot = setting.solid(True).translate((0, 0, made.band.top_radius_mm + setting.height_mm))
        shared = foot ^ made.band.solid()
        assert shared.volume() > 0.1
        assert np.ptp([shared.bounding_box()[0], shared.bounding_box()[3]]) > 0.8 * 2 * collar_mm(setting)


@pytest.mark.parametrize("style", ["solitaire", "halo"])
def test_split_shoulders_cast_and_weigh_what_the_preview_said(style: str) -> None:
    for width_mm, profile in ((2.0, "court"), (3.5, "knife_edge")):
        design = ring(style, options={"shoulders": "split", "width_mm": width_mm, "profile": profile})
        piece, casting = geometry.build(design), geometry.cast(design)
        assert piece.measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
        assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []


@pytest.mark.parametrize("cut", geometry.STYLES["ring"]["bypass"].ROLES_BY_NAME["center"].cuts)
@pytest.mark.parametrize("width_mm", [3.0, 5.0, 9.0])
def test_both_ends_of_a_bypass_hold_the_cup(cut: str, width_mm: float) -> None:
    longest = 1.0 if cut in ("round_brilliant", "princess") else KINDS[cut].ratio[1]
    long = min(longest, 1.5)
    stone = {"role": "center", "cut": cut, "length_mm": long * width_mm, "width_mm": width_mm}
    made = built(ring("bypass", stones=[stone]))
    setting, hoop = made.standing[0].setting, made.band
    cup = setting.solid(True).rotate((0, 0, 90)).translate((0, 0, hoop.top_radius_mm + setting.height_mm))
    for side in (hoop.solid() ^ cup).split_by_plane((0, 1, 0), 0):
        assert side.volume() > 0.1, "an end that only touches would break off"


@pytest.mark.parametrize("profile", ["flat", "d_shape", "court", "knife_edge"])
def test_cathedral_arches_leave_the_band_and_end_at_the_gallery(profile: Profile) -> None:
    made = built(ring("cathedral", options={"profile": profile}))
    setting = made.standing[0].setting
    assert isinstance(setting, CathedralHead)
    x, z, rail_mm = gallery(setting.head)
    line = arch_line(setting, 60)
    from_finger = line + np.array([0, 0, made.band.top_radius_mm + setting.height_mm])
    radius = np.linalg.norm(from_finger, axis=1)
    assert made.band.plain.inner_radius_mm < radius[0] < made.band.top_radius_mm, "it begins inside the band"
    assert radius.min() > made.band.plain.inner_radius_mm + 0.4 * made.band.plain.thickness_mm
    assert line[-1] == pytest.approx([x, 0, z]), "it ends in the rail"
    assert (np.diff(line[:, 2]) > 0).all(), "it only rises"
    assert (setting.head.solid(True) ^ build_solid(arches(setting)[0])).volume() > 0.5 * rail_mm**3


def test_cathedral_arches_mirror_each_other_and_do_not_fold() -> None:
    setting = built(ring("cathedral")).standing[0].setting
    assert isinstance(setting, CathedralHead)
    right, left = (build_solid(surface) for surface in arches(setting))
    assert right.volume() > 0
    assert (right - left.mirror((1, 0, 0))).volume() < 1e-3 * right.volume()
    assert fold_mm2(right) < 1e-6


@pytest.mark.parametrize("cut", ["round_brilliant", "rose_cut", "cushion"])
@pytest.mark.parametrize(("inner_mm", "rise"), [(13.0, "high"), (13.0, "low"), (17.32, "high")])
def test_cathedral_arches_do_not_fold_under_the_largest_stone_on_the_smallest_finger(
    cut: str, inner_mm: float, rise: str
) -> None:
    stone = {"role": "center", "cut": cut, "length_mm": 12.0, "width_mm": 12.0}
    design = ring("cathedral", options={"rise": rise, "width_mm": 3.0}, stones=[stone], inner_diameter_mm=inner_mm)
    setting = built(design).standing[0].setting
    assert isinstance(setting, CathedralHead)
    assert all(fold_mm2(build_solid(arch)) < 1e-6 for arch in arches(setting))


def test_a_higher_rise_of_cathedral_shoulders_meets_the_head_higher() -> None:
    ends = []
    for rise in ("low", "classic", "high"):
        setting = built(ring("cathedral", options={"rise": rise})).standing[0].setting
        assert isinstance(setting, CathedralHead)
        ends.append(arch_line(setting, 20)[-1, 2])
    assert ends == sorted(set(ends))


def test_milgrain_beads_stand_side_by_side_in_two_rows_on_the_face() -> None:
    hoop = milgrain()
    way = 2 * math.pi * hoop.face.top_radius_mm / hoop.beads
    assert way == pytest.approx(BEAD_MM, rel=0.01), "none overlap, and no gap is left"
    assert hoop.row_mm + BEAD_MM / 2 < hoop.plain.width_mm / 2
    low, high = hoop.face.size().volume_mm3, hoop.size().volume_mm3
    assert high - low == pytest.approx(2 * hoop.beads * math.pi * BEAD_MM**2 / 8 * RELIEF_MM)
    box = hoop.solid().bounding_box()
    assert box[5] == pytest.approx(hoop.top_radius_mm, abs=0.02), "the thickness reaches to the beads' tops"


@pytest.mark.parametrize("style", NEW)
def test_more_width_thickness_or_size_is_more_metal(style: str) -> None:
    usual = mass_mm3(style, width_mm=2.4, thickness_mm=1.8)
    assert mass_mm3(style, width_mm=2.5, thickness_mm=1.8) > usual
    assert mass_mm3(style, width_mm=2.4, thickness_mm=1.9) > usual
    larger = geometry.build(ring(style, options={"width_mm": 2.4, "thickness_mm": 1.8}, inner_diameter_mm=18.0))
    assert larger.measures.metal_volume_mm3 > usual


@pytest.mark.parametrize("style", NEW)
def test_the_casting_weighs_what_the_preview_said_and_nothing_stops_it(style: str) -> None:
    for width_mm, thickness_mm in ((2.0, 1.5), (3.2, 2.4)):
        design = ring(style, options={"width_mm": width_mm, "thickness_mm": thickness_mm})
        piece, casting = geometry.build(design), geometry.cast(design)
        assert piece.measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
        assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []


@pytest.mark.parametrize("style", ["signet", "bypass"])
def test_lettering_outside_stands_on_the_plain_part_of_the_hoop(style: str) -> None:
    line = {"text": "Always", "place": "outside", "font": "capitals", "height_mm": 1.2}
    piece = geometry.build(ring(style, options={"width_mm": 3.0}, inscriptions=[line]))
    (decal,) = (part for part in piece.parts if part.name == "inscription")
    assert decal.mesh.vertices_mm[:, 2].max() < 0
    with pytest.raises(InvalidDesign, match="long"):
        geometry.build(ring(style, options={"width_mm": 3.0}, inscriptions=[line | {"text": "Always " * 8}]))


@pytest.mark.parametrize("profile", ["flat", "d_shape", "court"])
def test_the_hammer_moves_the_outside_alone_and_no_deeper_than_it_strikes(profile: Profile) -> None:
    hoop = hammered(profile=profile)
    vertices = np.asarray(hoop.solid().to_mesh64().vert_properties)[:, :3]
    radius = np.hypot(vertices[:, 0], vertices[:, 2])
    highest = hoop.top_radius_mm - (hoop.plain.recess(True) or (lambda y, _: 0 * y))(
        vertices[:, 1], np.zeros(len(radius))
    )
    outside = radius > hoop.plain.inner_radius_mm + 0.75 * hoop.plain.thickness_mm
    sunk = (highest - radius)[outside & (np.abs(vertices[:, 1]) < 2.0)]
    assert sunk.min() > -0.01
    assert 0.6 * DEPTH_MM < sunk.max() < 1.3 * DEPTH_MM  # measured towards the finger, struck along the normal
    assert radius.min() == pytest.approx(hoop.plain.inner_radius_mm, rel=1e-3)
    gone = hoop.plain.size().volume_mm3 - hoop.size().volume_mm3
    struck = 2 * np.pi * hoop.top_radius_mm * hoop.plain.width_mm * DEPTH_MM
    assert 0.2 * struck < gone < 0.9 * struck


def test_a_knife_edge_is_not_hammered() -> None:
    with pytest.raises(InvalidDesign, match="no face to strike"):
        ring("plain_band", options={"surface": "hammered", "profile": "knife_edge"})
