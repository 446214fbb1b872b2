"""The checks themselves: each must see what is wrong and keep quiet about what is right."""

from dataclasses import replace

import manifold3d
import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, InvalidDesign
from configurator.geometry import checks, mountings
from configurator.geometry.bodies import Shape
from configurator.geometry.casting import _edges, edges_mm, findings_about, fold_mm2, wall_mm
from configurator.geometry.checks import limit
from configurator.geometry.solids import arrays, build_solid, manifold, tubes


def ring(style: str = "solitaire", **fields: object) -> Design:
    return geometry.complete(Design.from_dict({"piece": "ring", "style": style} | fields))


def center(cut: str, length_mm: float, width_mm: float) -> list[dict[str, object]]:
    return [{"role": "center", "cut": cut, "length_mm": length_mm, "width_mm": width_mm}]


# --- the check of folds, on solids known to be clean and known not to be ----------------------------------------------


def wire(bend_mm: float, radius_mm: float) -> manifold3d.Manifold:
    turn = np.linspace(0, np.pi, 16)
    path = np.column_stack([bend_mm * np.cos(turn), np.zeros(16), bend_mm * np.sin(turn)])[None]
    return build_solid(tubes(path, np.full(16, radius_mm), np.array([[0, 1.0, 0]]), 12, 4)[0])


CLEAN = {
    "a cube": manifold3d.Manifold.cube((3, 4, 5)),
    "a ball": manifold3d.Manifold.sphere(3, 48),
    "a ball with a bubble": manifold3d.Manifold.sphere(3, 48) - manifold3d.Manifold.sphere(1, 24),
    "two apart": manifold3d.Manifold.sphere(1, 24) + manifold3d.Manifold.sphere(1, 24).translate((5, 0, 0)),
    "a wire bent gently": wire(1.0, 0.4),
}


def overlapping() -> manifold3d.Manifold:
    """Two balls in one mesh that run through each other: every edge is in order."""
    vertices, faces = arrays(manifold3d.Manifold.sphere(1, 24))
    shifted = vertices + np.array([0.7, 0, 0])
    return manifold(np.vstack([vertices, shifted]), np.vstack([faces, faces + len(vertices)]))


def pushed_through() -> manifold3d.Manifold:
    """A block whose top was pushed out through its bottom."""
    vertices, faces = arrays(manifold3d.Manifold.cube((2, 2, 1)).refine(4))
    top = (vertices[:, 2] > 0.99) & (np.abs(vertices[:, :2] - 1) < 0.6).all(axis=1)
    return manifold(vertices - np.outer(top, [0, 0, 1.5]), faces)


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_solid_passes_the_check_of_folds(name: str) -> None:
    assert fold_mm2(CLEAN[name]) < 1e-6


@pytest.mark.parametrize("solid", [overlapping(), pushed_through(), wire(0.25, 0.4)])
def test_a_folded_solid_is_caught_although_the_kernel_calls_it_sound(solid: manifold3d.Manifold) -> None:
    assert solid.status() == manifold3d.Error.NoError
    assert fold_mm2(solid) > 1e-3


# --- walls ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("solid", "thinnest_mm"),
    [
        (manifold3d.Manifold.cube((10, 10, 0.5)), 0.5),
        (manifold3d.Manifold.cylinder(10, 0.45, circular_segments=48), 0.9),
        (manifold3d.Manifold.sphere(3, 96) - manifold3d.Manifold.sphere(2.7, 96), 0.3),
    ],
)
def test_walls_are_as_thick_as_they_are(solid: manifold3d.Manifold, thinnest_mm: float) -> None:
    _, thickness = wall_mm(*arrays(solid))
    assert np.percentile(thickness, 1) == pytest.approx(thinnest_mm, rel=0.03)


# --- what a casting may be stopped for --------------------------------------------------------------------------------


def stops(design: Design, spoil: object = None) -> str:
    made = geometry._jewel(design)
    mounting = made.cast[0].mounting
    solid = mountings.cast_solid(mounting, ())
    if spoil is not None:
        solid = spoil(solid)  # type: ignore[operator]
    return " ".join(f.message for f in findings_about(made, mounting, solid, ()) if f.severity == "stop")


def test_a_good_ring_has_no_stops() -> None:
    assert stops(ring()) == ""


def test_fine_lettering_is_not_taken_for_thin_walls() -> None:
    for place in ("inside", "outside"):
        lettered = ring("plain_band", inscriptions=[{"text": "Forever yours, 2026!", "place": place}])
        assert [f.message for f in geometry.cast(lettered).findings if f.severity == "stop"] == []


def test_a_loose_piece_is_found() -> None:
    crumb = manifold3d.Manifold.sphere(0.5, 16).translate((0, 9, 0))
    assert "2 separate pieces" in stops(ring(), lambda solid: solid + crumb)


def test_metal_in_the_finger_hole_is_found() -> None:
    bar = manifold3d.Manifold.cube((1, 1, 3), True).translate((0, 0, 9))
    assert "finger hole" in stops(ring(), lambda solid: solid + bar)


def test_metal_in_the_stone_is_found() -> None:
    bar = manifold3d.Manifold.cube((8, 0.8, 0.8), True).translate((0, 0, 13.5))
    assert "overlap" in stops(ring(), lambda solid: solid + bar)


def test_a_skin_instead_of_a_wall_is_found() -> None:
    inner = manifold3d.Manifold.cylinder(20, 8.69, circular_segments=200, center=True)
    outer = manifold3d.Manifold.cylinder(20, 9.9, circular_segments=200, center=True)
    hollow = (outer - inner).rotate((90, 0, 0)) ^ manifold3d.Manifold.cube((40, 3.8, 40), True)
    assert "thinner than" in stops(ring("plain_band", options={"profile": "flat"}), lambda solid: solid - hollow)


def test_needless_holes_are_found() -> None:
    drills = [
        manifold3d.Manifold.cylinder(9, 0.1, circular_segments=8, center=True).rotate((90, 0, 0)).translate((x, 0, z))
        for x, z in ((9.5, 0), (-9.5, 0))
    ]
    spoilt = stops(ring("plain_band"), lambda solid: solid - drills[0] - drills[1])
    assert "3 openings where at most 1" in spoilt


def spindle(fine: bool, edge_deg: float, radius_mm: float) -> manifold3d.Manifold:
    """Two cones base to base, with an edge all round: its length is their girth."""
    rise = radius_mm * np.tan(np.radians(edge_deg / 2))
    profile = manifold3d.CrossSection([[(0, -rise), (radius_mm, 0), (0, rise)]])
    return manifold3d.Manifold.revolve(profile, 256)


@pytest.mark.parametrize(
    ("edge_deg", "girth_mm", "said"),
    [
        (58, 5.2, "warning"),
        (58, 4.8, "note"),  # no longer than a point's
        (58, 0.4, None),
        (62, 5.2, "note"),
        (74, 5.2, "note"),
        (76, 5.2, "note"),  # a file breaks it
        (76, 4.8, None),
        (119, 5.2, "note"),
        (121, 5.2, None),  # as blunt as the steps of a fillet
    ],
)
def test_an_edge_too_sharp_to_wear_is_named(edge_deg: float, girth_mm: float, said: str | None) -> None:
    charm = mountings.Mounting(Shape(spindle, (edge_deg, girth_mm / (2 * np.pi))), "charm")
    found = _edges(charm)
    assert [(finding.severity, finding.part) for finding in found] == ([(said, "charm")] if said else [])
    assert all(finding.fix for finding in found)


def test_an_edge_is_as_sharp_as_its_angle_and_as_long_as_it_is() -> None:
    angle_deg, length_mm = edges_mm(*arrays(manifold3d.Manifold.cube((2, 3, 4))))
    square = angle_deg < 135
    assert angle_deg[square] == pytest.approx(90)
    assert length_mm[square].sum() == pytest.approx(4 * (2 + 3 + 4))
    ball_deg, _ = edges_mm(*arrays(manifold3d.Manifold.sphere(2, 64)))
    assert ball_deg.min() > 165


def test_only_outer_edges_count() -> None:
    inside = manifold3d.Manifold.cube((9, 9, 9), True) - manifold3d.Manifold.cube((2, 3, 4), True)
    angle_deg, length_mm = edges_mm(*arrays(inside))
    assert length_mm[angle_deg < 135].sum() == pytest.approx(12 * 9)


@pytest.mark.parametrize("profile", ["flat", "court", "d_shape", "knife_edge"])
def test_the_rounded_edges_of_bands_pass(profile: str) -> None:
    mounting = geometry._jewel(ring("plain_band", options={"profile": profile})).cast[0].mounting
    assert _edges(mounting) == []


@pytest.mark.parametrize("style", ["disc", "heart", "bar", "engraved_plate"])
def test_the_rounded_edges_of_plates_pass(style: str) -> None:
    made = geometry._jewel(geometry.complete(Design(piece="pendant", style=style)))
    assert _edges(made.cast[0].mounting) == []


# --- workshop rules on measures ---------------------------------------------------------------------------------------


def findings(design: Design) -> list[tuple[str, str]]:
    return [(f.severity, f.message) for f in geometry.build(design).findings]


def test_the_usual_solitaire_has_nothing_to_object_to() -> None:
    assert findings(ring()) == []


def test_a_rim_that_polishing_would_wear_through_is_a_matter_for_the_maker() -> None:
    assert [s for s, m in findings(ring("bezel", options={"bezel_wall_mm": 0.4})) if "rim" in m] == ["warning"]
    assert findings(ring("bezel", options={"bezel_wall_mm": 0.6})) == []


def test_a_band_that_tapers_to_a_thread_is_stopped() -> None:
    thin = ring(options={"width_mm": 1.5, "taper": 0.4})
    assert ("stop", "The band is 0.90 mm at the head; 1 mm is the least that casts well.") in findings(thin)


def test_a_stone_much_wider_than_its_band_is_top_heavy() -> None:
    heavy = ring(options={"width_mm": 1.5}, stones=center("round_brilliant", 9, 9))
    assert any(s == "warning" and "tip to the side" in m for s, m in findings(heavy))


@pytest.mark.parametrize(("kind", "daily"), [("gold", 1.5), ("silver", 1.6), ("platinum", 1.6)])
def test_a_thin_band_is_judged_by_its_metal(kind: str, daily: float) -> None:
    made = geometry.build(ring("plain_band", options={"thickness_mm": 1.4})).measures
    (finding,) = checks.on_metal(kind, made)
    assert finding.severity == "warning"
    assert f"{daily:g} mm" in finding.fix
    assert checks.on_metal(kind, geometry.build(ring("plain_band")).measures) == ()


def test_every_rule_that_is_asked_for_is_in_the_table() -> None:
    for rule in ("band_width", "bezel_wall", "culet_clearance", "melee_spacing", "bead_diameter"):
        assert limit(rule, "low") > 0


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"style": "crown"}, "There is no ring called “crown”; there are solitaire, bezel, bypass, cathedral"),
        ({"options": {"sparkle": 2}}, "A solitaire has no option “sparkle”; its options are width_mm"),
        ({"options": {"prongs": 5}}, "prongs is 5; it can be 4, 6 or 8."),
        ({"options": {"width_mm": 0.5}}, "width_mm is 0.5; it can be at least 1.5."),
        ({"options": {"profile": "round"}}, "profile is "),
        ({"stones": [{"role": "side", "length_mm": 1, "width_mm": 1}]}, "A solitaire has no “side” stones; its stones"),
        ({"style": "plain_band", "stones": center("oval", 8, 6)}, "A plain band has no “center” stones; it carries no"),
        (
            {"stones": center("oval", 24, 18)},
            "The centre stone: 18 mm wide does not fit; a solitaire takes 3 to",
        ),
        ({"stones": center("briolette", 6, 6)}, "cannot be of cut “briolette”; it can be round_brilliant"),
        (
            {"stones": center("round_brilliant", 7, 6.5)},
            "a round brilliant is as long as wide; give 6.5 mm for both",
        ),
        ({"stones": center("princess", 7, 6.5)}, "but a princess is as long as wide"),
        (
            {"options": {"width_mm": 1.5}, "stones": center("round_brilliant", 12, 12), "inner_diameter_mm": 11},
            "",  # exactly at the limit of eight times: allowed
        ),
        ({"stones": center("marquise", 23, 10)}, "too long for a ring of 17.32 mm inside; it can be up to 20.7 mm."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_that_says_what_would(
    fields: dict[str, object], sentence: str
) -> None:
    raw = {"piece": "ring", "style": "solitaire"} | fields
    if not sentence:
        geometry.complete(Design.from_dict(raw))
        return
    with pytest.raises(InvalidDesign) as caught:
        geometry.complete(Design.from_dict(raw))
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


def test_only_a_ring_has_the_size_of_a_finger() -> None:
    with pytest.raises(InvalidDesign, match="the size of a finger; leave it out for a disc"):
        geometry.complete(Design(piece="pendant", style="disc", inner_diameter_mm=17.0))


@pytest.mark.parametrize("style", ["solitaire", "cathedral", "halo", "three_stone"])
def test_claws_in_pairs_want_four_corners_that_are_not_sharp(style: str) -> None:
    options: dict[str, object] = {"claws": "double", "prongs": 4}
    for prongs in (6, 8):
        with pytest.raises(InvalidDesign, match=f"choose 4 prongs, not {prongs}"):
            ring(style, options=options | {"prongs": prongs})
    sharp = {"role": "center", "cut": "princess", "length_mm": 5.5, "width_mm": 5.5}
    with pytest.raises(InvalidDesign, match="choose single claws"):
        ring(style, options=options, stones=[sharp])
    with pytest.raises(InvalidDesign, match=r"under 4\.5 mm: choose single claws"):
        ring(style, options=options, stones=center("round_brilliant", 4.4, 4.4))
    ring(style, options=options)


@pytest.mark.parametrize("cut", ["pear", "marquise", "trillion", "heart", "rose_cut"])
def test_a_half_bezel_is_refused_where_it_would_leave_a_point_bare_or_be_too_shallow(cut: str) -> None:
    stones = center(cut, 9.0 if cut in ("pear", "marquise") else 6.0, 6.0)
    with pytest.raises(InvalidDesign, match="choose a full rim"):
        ring("bezel", options={"rim": "half"}, stones=stones)
    ring("bezel", stones=stones)


def test_a_halo_that_would_lie_on_a_split_band_is_refused() -> None:
    stones = center("rose_cut", 6.0, 5.0)
    with pytest.raises(InvalidDesign, match="choose plain shoulders"):
        ring("halo", options={"shoulders": "split"}, stones=stones)
    ring("halo", stones=stones)
    ring("solitaire", options={"shoulders": "split"}, stones=stones)


@pytest.mark.parametrize(("diameter_mm", "metal", "said"), [(20, "14k_yellow", None), (50, "pt950_ru", "warning")])
def test_earrings_that_pull_at_the_ear_are_remarked_on(diameter_mm: float, metal: str, said: str | None) -> None:
    options = {"diameter_mm": float(diameter_mm)}
    hoops = geometry.complete(Design(piece="earrings", style="hoop", metal=metal, options=options))
    found = geometry.metal_findings(hoops, geometry.build(hoops).measures)
    assert [finding.severity for finding in found] == ([said] if said else [])


@pytest.mark.parametrize(
    ("width_mm", "thickness_mm", "said"),
    [(1.6, 2.8, ["warning"]), (1.8, 2.8, ["note"]), (2.2, 2.8, ["note"]), (2.4, 2.8, [])],
)
def test_a_knife_edge_too_steep_to_wear_is_remarked_on(width_mm: float, thickness_mm: float, said: list[str]) -> None:
    options = {"profile": "knife_edge", "width_mm": width_mm, "thickness_mm": thickness_mm}
    found = geometry.build(ring("plain_band", options=options)).findings
    sharp = [finding for finding in found if "knife edge" in finding.message]
    assert [finding.severity for finding in sharp] == said
    for finding in sharp:  # and its own advice is good
        wider = float(finding.fix.split()[3])
        better = geometry.build(ring("plain_band", options=options | {"width_mm": wider})).findings
        assert not any("knife edge" in finding.message for finding in better)


@pytest.mark.parametrize(
    ("piece", "limits", "said"),
    [
        ("ring", "low", ("warning", None)),
        ("pendant", "low", ("warning", None)),
        ("bracelet", "low", ("warning", None)),
        ("ring", "mid", (None, "note")),
        ("pendant", "mid", (None, "note")),
        ("bracelet", "mid", (None, "note")),
        ("ring", "high", ("note", "warning")),
        ("pendant", "high", ("note", "warning")),
        ("bracelet", "high", ("note", "warning")),
        ("earrings", "low", (None, "note")),
        ("earrings", "mid", ("note", "warning")),
    ],
)
def test_a_mass_out_of_range_is_remarked_on(piece: str, limits: str, said: tuple[str | None, str | None]) -> None:
    """Just under a limit, and just over it."""
    some = geometry.build(ring("plain_band")).measures
    of_both = 2 if piece == "earrings" else 1
    at_mm3 = of_both * limit("earring_mass" if piece == "earrings" else f"{piece}_mass", limits) / 10 * 1000
    for share, severity in zip((0.98, 1.02), said, strict=True):
        found = checks.on_mass(piece, "silver", replace(some, metal_volume_mm3=share * at_mm3), 10.0)
        assert [(finding.severity, finding.part) for finding in found] == ([(severity, piece)] if severity else [])
        assert all(finding.fix for finding in found)


def test_what_is_light_by_nature_is_not_called_too_light() -> None:
    some = replace(geometry.build(ring("plain_band")).measures, metal_volume_mm3=150.0)
    assert checks.on_mass("ring", "other", some, 4.4) == ()
    assert [finding.severity for finding in checks.on_mass("ring", "gold", some, 4.4)] == ["warning"]
