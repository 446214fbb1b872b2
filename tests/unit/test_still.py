"""Photographs: the optics obey their laws, and the pictures show what was asked for."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from configurator import geometry, reference
from configurator.design import Design, InvalidDesign
from configurator.export import brilliance, stage, still
from configurator.export.looks import GemLook, MetalLook, gem_look, metal_look
from configurator.export.studio import Room, Studio, studio
from configurator.geometry import gems
from configurator.geometry.piece import Piece, StoneSet

TABLES = reference.load()
GOLD = metal_look(TABLES.metals["18k_yellow"])
PLATINUM = metal_look(TABLES.metals["pt950_ru"])
SMALL = {"width_px": 160, "height_px": 120, "samples": 4}


def look(gem: str) -> GemLook:
    return gem_look(TABLES.gems[gem])


@pytest.fixture(scope="module")
def solitaire() -> Piece:
    return geometry.build(geometry.complete(Design.from_dict({"piece": "ring", "style": "solitaire"})))


def pixels(data: bytes) -> NDArray[np.float64]:
    return np.asarray(Image.open(io.BytesIO(data)), float) / 255


def alone(cut: str, length_mm: float, width_mm: float) -> StoneSet:
    cut_stone = gems.cut_stone(cut, length_mm, width_mm)
    place = np.eye(4, dtype=np.float32)[None]
    return StoneSet("center", cut, cut_stone.mesh, cut_stone.bounds.astype(np.float32), place, cut_stone.dome)


def face_up(gem: str, cut: str = "oval") -> NDArray[np.float64]:
    """Mean colour of a stone seen from above, where it covers the picture."""
    return np.asarray(surface(look(gem), cut).mean(axis=0))


def surface(of: GemLook, cut: str = "oval", side_px: int = 64) -> NDArray[np.float64]:
    """Colours (n, 3) of the pixels that a stone seen from above covers."""
    picture = pixels(
        still.photograph((), (alone(cut, 7.2, 6.0),), GOLD, {"center": of}, side_px, side_px, 4, "above", None)
    )
    return np.asarray(picture[picture[..., 3] > 0.99][:, :3])


def test_fresnel_at_normal_incidence_and_beyond_the_critical_angle() -> None:
    facing = np.array([1.0], np.float32)
    assert brilliance._fresnel(facing, np.float32(1 / 2.417))[0] == pytest.approx((1.417 / 3.417) ** 2, rel=1e-5)
    critical = np.cos(np.arcsin(1 / 2.417))
    beyond, before = (np.array([critical + d], np.float32) for d in (-0.01, 0.01))
    assert brilliance._fresnel(beyond, np.float32(2.417))[0] == 1
    assert brilliance._fresnel(before, np.float32(2.417))[0] < 1


def test_refraction_obeys_snell() -> None:
    angles = np.linspace(0.05, 1.4, 20)
    way = np.column_stack([np.sin(angles), np.zeros(20), -np.cos(angles)]).astype(np.float32)
    up = np.tile(np.array([0, 0, 1], np.float32), (20, 1))
    bent = brilliance._refract(way, up, np.cos(angles).astype(np.float32), np.full(20, 1 / 1.77, np.float32))
    assert np.linalg.norm(bent, axis=1) == pytest.approx(np.ones(20), abs=1e-5)
    assert bent[:, 0] * 1.77 == pytest.approx(np.sin(angles), abs=1e-5)


@pytest.mark.parametrize("cut", gems.CUTS)
def test_in_a_room_that_is_white_all_over_a_clear_stone_vanishes(cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is absorbed, so however the light bounced it must all come out: a check of Fresnel, paths and planes.
    white = Room(np.ones((4, 4, 3), np.float32))
    monkeypatch.setattr(stage, "studio", lambda: Studio(white, white, white, white))
    monkeypatch.setattr(brilliance, "_HEAD", 0.0)
    clear = replace(look("diamond"), absorption_per_mm=(0.0, 0.0, 0.0))
    length_mm = {"pear": 8.0, "marquise": 10.0, "baguette": 10.0}.get(cut, 5.0)
    set_up = stage.Stage((), (alone(cut, length_mm, 5.0),), GOLD, GOLD, {"center": clear})
    camera = stage.frame(set_up.outline_mm, "three_quarter", 40, 40)
    y, x = np.mgrid[0:40, 0:40].astype(np.float32)
    ways = camera.ways(x.ravel(), y.ravel())
    hit = set_up.hit(camera.eye_mm, ways)
    on = np.flatnonzero(hit.triangle >= 0)
    at = camera.eye_mm + ways[on] * hit.way_mm[on, None]
    light = brilliance.stone_light(set_up, set_up.stones[0], hit.triangle[on], at, ways[on], camera.eye_mm, 60)
    assert len(on) > 200
    assert np.median(light) == pytest.approx(1, abs=0.01)
    assert np.mean(light) == pytest.approx(1, abs=0.03)  # what is still inside after all bounces is estimated
    assert light.max() < 1.01


def test_colours_come_out_as_their_names() -> None:
    red, green, blue = face_up("ruby")
    assert red > 2 * green
    assert red > 2 * blue
    red, green, blue = face_up("emerald", "emerald")
    assert green > 1.5 * red
    assert green > 1.2 * blue
    red, green, blue = face_up("sapphire_blue")
    assert blue > 1.6 * red
    assert blue > 1.3 * green
    red, green, blue = face_up("diamond")
    assert max(red, green, blue) - min(red, green, blue) < 0.05
    assert face_up("onyx").max() < 0.35
    assert face_up("pearl").min() > 0.6


def test_coloured_stones_are_bright_and_not_black() -> None:
    for gem in ("ruby", "emerald", "sapphire_blue", "tanzanite", "amethyst"):
        assert face_up(gem).max() > 0.4, gem


@pytest.mark.parametrize(
    ("gem", "least", "most"),
    [("agate", 0.3, 0.9), ("sardonyx", 0.3, 0.9), ("bloodstone", 0.01, 0.2), ("jasper", 0.01, 0.2), ("lapis", 0, 0.1)],
)
def test_bands_spots_and_flecks_are_there_and_leave_the_body_colour(gem: str, least: float, most: float) -> None:
    with_pattern = look(gem)
    patterned = surface(with_pattern, side_px=128)
    uniform = surface(replace(with_pattern, second=with_pattern.body), side_px=128)
    change = np.abs(patterned - uniform).max(axis=1)
    share = (change > 0.5 * change.max()).mean()
    assert change.max() > 0.05
    assert least < share < most


def test_bloodstone_is_green_with_red_spots_and_lapis_blue_with_gold_flecks() -> None:
    red, green, _ = surface(look("bloodstone"), side_px=128).T
    assert ((red > 2 * green) & (red > 0.3)).any()
    assert (green > red).mean() > 0.8
    red, _, blue = surface(look("lapis"), side_px=128).T
    assert (red > blue).any()
    assert (blue > red).mean() > 0.9


@pytest.mark.parametrize("gem", ["chalcedony", "carnelian", "sard", "chrysoprase"])
def test_a_translucent_stone_is_palest_at_its_edge(gem: str) -> None:
    picture = pixels(
        still.photograph((), (alone("round_brilliant", 6, 6),), GOLD, {"center": look(gem)}, 128, 128, 4, "above", None)
    )
    across = np.indices((128, 128)) - 63.5
    radius = np.hypot(*across) / np.hypot(*across)[picture[..., 3] > 0.99].max()
    darkest = picture[..., :3].min(axis=2)  # of the three colours: it rises as a colour pales
    assert darkest[(radius > 0.8) & (radius < 0.95)].mean() > np.median(darkest[radius < 0.4])


def test_gold_is_yellow_and_platinum_is_grey(solitaire: Piece) -> None:
    means = []
    for metal in (GOLD, PLATINUM):
        picture = pixels(still.render_still(solitaire, metal, {"center": look("diamond")}, **SMALL, background=None))
        means.append(picture[picture[..., 3] > 0.99][:, :3].mean(axis=0))
    gold, platinum = means
    assert gold[0] > gold[1] > 1.2 * gold[2]
    assert np.ptp(platinum) < 0.06


@pytest.mark.parametrize("view", ["three_quarter", "top", "above", "front", "side"])
def test_the_whole_piece_is_in_the_picture(solitaire: Piece, view: still.View) -> None:
    camera = stage.frame(np.concatenate([part.mesh.vertices_mm for part in solitaire.parts]), view, 160, 120)
    picture = pixels(still.render_still(solitaire, GOLD, {"center": look("ruby")}, **SMALL, view=view, background=None))
    assert picture.shape == (120, 160, 4)
    solid = picture[..., 3] > 0.9
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    assert rows[0] > 1
    assert rows[-1] < 118
    assert columns[0] > 1
    assert columns[-1] < 158
    assert max(np.ptp(rows) / 120, np.ptp(columns) / 160) > 0.8
    assert camera.width_px == 160


@pytest.mark.parametrize("finish", ["polished", "satin", "brushed", "hammered"])
def test_every_finish_can_be_drawn(solitaire: Piece, finish: str) -> None:
    metal = MetalLook(reflectance=GOLD.reflectance, roughness=0.2, finish=finish)  # type: ignore[arg-type]
    picture = pixels(still.render_still(solitaire, metal, {"center": look("diamond")}, **SMALL, background=None))
    assert np.isfinite(picture).all()
    assert 0.2 < picture[picture[..., 3] > 0.99][:, 0].mean() < 0.98


def test_no_pixel_on_the_band_is_a_lonely_spark(solitaire: Piece) -> None:
    # Smoothed normals at silhouettes once mirrored what lies behind the surface: a dotted bright fringe.
    band = tuple(part for part in solitaire.parts if part.name == "band")
    picture = pixels(still.photograph(band, (), PLATINUM, {}, 320, 240, 9, "three_quarter", None))
    grey = picture[..., :3].mean(axis=2)
    solid = picture[..., 3] > 0.999
    for shift in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        solid &= np.roll(picture[..., 3], shift, (0, 1)) > 0.999
    around = np.max([np.roll(grey, shift, (0, 1)) for shift in ((0, 1), (0, -1), (1, 0), (-1, 0))], axis=0)
    sparks = solid & (grey > around + 0.30)
    assert sparks.sum() <= 0.001 * solid.sum()


def test_a_background_shows_where_the_piece_is_not(solitaire: Piece) -> None:
    picture = pixels(still.render_still(solitaire, GOLD, {"center": look("diamond")}, **SMALL, background="#204060"))
    assert picture.shape == (120, 160, 3)
    assert picture[0, 0] == pytest.approx(np.array([0x20, 0x40, 0x60]) / 255, abs=0.06)


def test_a_transparent_picture_keeps_the_shadow_under_the_ring(solitaire: Piece) -> None:
    picture = pixels(still.render_still(solitaire, GOLD, {"center": look("diamond")}, **SMALL, background=None))
    assert picture[2, 2, 3] < 0.02
    assert picture[-6:, :, 3].max() > 0.05


def test_the_same_picture_twice_and_from_many_threads_at_once(solitaire: Piece) -> None:
    def shoot(_: int) -> bytes:
        return still.render_still(solitaire, GOLD, {"center": look("ruby")}, 80, 60, 4)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(shoot, range(6)))) == 1


def test_the_room_is_baked_once_and_cannot_be_changed() -> None:
    assert studio() is studio()
    with pytest.raises(ValueError, match="read-only"):
        studio().metal.texels[0] = 0


def test_a_role_without_a_look_is_named(solitaire: Piece) -> None:
    with pytest.raises(KeyError, match="center"):
        still.render_still(solitaire, GOLD, {}, **SMALL)


@pytest.mark.parametrize("style", geometry.STYLES["ring"])
def test_every_style_can_be_photographed(style: str) -> None:
    try:
        piece = geometry.build(geometry.complete(Design.from_dict({"piece": "ring", "style": style})))
    except InvalidDesign as refused:
        pytest.fail(f"{style} as it comes cannot be made: {refused}")
    looks = {stones.role: look("diamond") for stones in piece.stones}
    picture = pixels(still.render_still(piece, GOLD, looks, **SMALL))
    assert picture.std() > 0.03
