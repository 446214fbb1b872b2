"""The viewer alone, on a bare page: picks, camera, lifecycle, failures and looks, without Streamlit in between."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser

from tests.browser.viewer_page import DARK, LIGHT, Addresses, Viewer, serve_viewer

NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return String(kind).includes('webgl') ? null : real.call(this, kind, ...rest);
};
"""
LONG_MS = 60_000  # a shader may take seconds to compile on a busy machine without a graphics chip


@pytest.fixture(scope="module")
def addresses() -> Iterator[Addresses]:
    yield from serve_viewer()


@pytest.fixture
def open_viewer(chromium: Browser, addresses: Addresses) -> Iterator[Callable[..., Viewer]]:
    opened = []
    addresses.broken.clear()

    def open_page(script: str | None = None, **options: object) -> Viewer:
        context = chromium.new_context(**{"viewport": {"width": 920, "height": 440}, **options})
        opened.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(LONG_MS)
        viewer = Viewer(page, addresses)
        page.on("console", lambda m: viewer.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: viewer.errors.append(str(error)))
        page.goto(addresses.url)
        page.wait_for_function("window.ready")
        return viewer

    yield open_page
    for context in opened:
        context.close()


def changed(before: NDArray[np.int16], after: NDArray[np.int16]) -> float:
    """The share of pixels that look different to the eye."""
    return float((np.abs(before - after).max(axis=2) > 24).mean())


def test_a_ring_appears_and_nothing_complains(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    picture = viewer.picture()
    assert picture.max() - picture.min() > 150
    assert viewer.page.locator("canvas").get_attribute("aria-label") == "Solitaire, live view"
    assert viewer.page.locator("canvas").get_attribute("role") == "img"
    assert viewer.errors == []


def test_a_metal_and_a_gem_change_without_new_geometry(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show(metal="18k_yellow")
    viewer.wait()
    asked, gold, before = len(viewer.addresses.asked), viewer.picture(), viewer.stats()
    viewer.show(metal="pt950_ru")
    viewer.wait(metal="pt950_ru")
    platinum = viewer.picture()
    viewer.show(gems={"center": "ruby"})
    viewer.wait()
    assert changed(gold, platinum) > 0.02
    assert changed(platinum, viewer.picture()) > 0.01
    assert len(viewer.addresses.asked) == asked
    assert viewer.stats()["geometries"] == before["geometries"]


def test_a_colour_shows_before_the_server_answers_and_is_confirmed(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show(metal="18k_yellow")
    viewer.wait()
    gold = viewer.picture()
    viewer.page.evaluate("__keepsake.preview('design', {metal: 'pt950_ru', gems: {center: 'emerald'}})")
    viewer.show(label="an older rerun that does not know of the tap")
    assert viewer.stats()["metal"] == "pt950_ru"
    viewer.page.wait_for_function("document.querySelector('.slot').shadowRoot.querySelector('[data-metal=pt950_ru]')")
    viewer.show(metal="pt950_ru", gems={"center": "emerald"})
    viewer.wait()
    assert changed(gold, viewer.picture()) > 0.02
    viewer.show(metal="sterling")  # confirmed, so the server's word counts again
    assert viewer.stats()["metal"] == "sterling"
    assert viewer.stats()["gems"] == {"center": "emerald"}


def test_a_colour_that_the_server_never_confirms_is_taken_back(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show(metal="18k_yellow")
    viewer.wait()
    viewer.page.evaluate("__keepsake.preview('design', {metal: 'pt950_ru'})")
    assert viewer.stats()["metal"] == "pt950_ru"
    viewer.wait(metal="18k_yellow")


def test_the_camera_stays_through_metals_gems_and_shapes(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    start = viewer.stats()["camera"]
    viewer.page.mouse.move(200, 200)
    viewer.page.mouse.down()
    viewer.page.mouse.move(290, 230, steps=4)
    viewer.page.mouse.up()
    viewer.page.wait_for_timeout(1200)
    viewer.wait()
    turned = viewer.stats()["camera"]
    assert np.linalg.norm(np.subtract(turned, start)) > 5
    viewer.show(metal="pt950_ru", gems={"center": "ruby"})
    viewer.show(scene="scene/oval")
    viewer.wait(scene="scene/oval")
    assert viewer.stats()["camera"] == pytest.approx(turned, abs=0.05)


def test_keys_turn_and_zoom(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    viewer.page.locator("canvas").focus()
    start = np.array(viewer.stats()["camera"])
    viewer.page.keyboard.press("ArrowLeft")
    viewer.page.wait_for_timeout(300)
    turned = np.array(viewer.stats()["camera"])
    assert np.linalg.norm(turned - start) > 1
    viewer.page.keyboard.press("+")
    viewer.page.wait_for_timeout(300)
    target = np.array(viewer.stats()["target"])
    near = np.linalg.norm(np.array(viewer.stats()["camera"]) - target)
    assert near < 0.95 * np.linalg.norm(turned - target)


def test_view_buttons_are_made_for_fingers_and_turn_the_ring(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer(reduced_motion="reduce")
    viewer.show()
    viewer.wait()
    buttons = viewer.page.locator(".looks button")
    assert buttons.count() == 4
    for i in range(4):
        box = buttons.nth(i).bounding_box()
        assert min(box["width"], box["height"]) >= 44
        assert buttons.nth(i).get_attribute("aria-label")
    viewer.page.get_by_role("button", name="From above").click()
    x, y, z = np.subtract(viewer.stats()["camera"], viewer.stats()["target"])
    assert z > 5 * abs(x)  # without motion: already there
    assert z > 5 * abs(y)


def test_a_look_asked_by_the_server_is_taken_once(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer(reduced_motion="reduce")
    viewer.show(look="front", look_n=1)
    viewer.wait()
    front = viewer.stats()["camera"]
    assert front[1] < -20
    viewer.page.get_by_role("button", name="From above").click()
    above = viewer.stats()["camera"]
    viewer.show(metal="sterling")
    assert viewer.stats()["camera"] == pytest.approx(above, abs=0.05)
    viewer.show(look_n=2)
    assert viewer.stats()["camera"] == pytest.approx(front, abs=0.05)


def test_a_slow_answer_does_not_overwrite_a_newer_one(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    viewer.show(scene="slow/oval")
    viewer.show(scene="scene/band")
    viewer.wait(scene="scene/band")
    viewer.page.wait_for_timeout(1500)
    assert viewer.stats()["scene"] == "scene/band"
    viewer.show(scene="slow/wide")
    viewer.show(scene="scene/band")  # back to what is on screen
    viewer.page.wait_for_timeout(1500)
    assert viewer.stats()["scene"] == "scene/band"


def test_old_shapes_are_freed(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    counts = []
    for _ in range(2):
        for i in range(6):
            viewer.show(scene=f"scene/size_{i}")
            viewer.wait(scene=f"scene/size_{i}")
        counts.append({key: viewer.stats()[key] for key in ("geometries", "textures", "programs")})
    assert counts[0] == counts[1]
    assert counts[0]["geometries"] < 12


def test_twenty_page_changes_leave_one_context(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    viewer.page.get_by_role("button", name="From the front").click()
    viewer.page.wait_for_timeout(1500)
    viewer.wait()
    camera = viewer.stats()["camera"]
    for _ in range(20):
        viewer.page.evaluate("leave('design')")
        viewer.show()
    viewer.wait()
    assert viewer.views().keys() == {"design"}
    assert viewer.stats()["contexts"] == 1
    assert viewer.stats()["camera"] == pytest.approx(camera, abs=0.05)
    assert viewer.picture().std() > 10
    assert viewer.errors == []


def test_two_views_side_by_side_give_their_contexts_back(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    viewer.page.evaluate("leave('design')")
    viewer.show("mine")
    viewer.show("twin", scene="scene/band", metal="pt950_ru")
    viewer.wait("mine")
    viewer.wait("twin")
    assert viewer.stats("twin")["contexts"] == 2
    assert viewer.stats("twin")["metal"] == "pt950_ru"
    viewer.page.evaluate("leave('mine'); leave('twin')")
    viewer.show()
    viewer.wait()
    viewer.page.wait_for_function("Object.keys(__keepsake.views()).length === 1")
    assert viewer.stats()["contexts"] == 1
    assert viewer.errors == []


def test_a_lost_context_comes_back_without_a_reload(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    before = viewer.picture()
    viewer.page.evaluate("""() => {
      const root = document.querySelector('.slot').shadowRoot;
      window.loser = root.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
      loser.loseContext();
    }""")
    viewer.page.wait_for_timeout(300)
    frames = viewer.stats()["frames"]
    viewer.page.evaluate("loser.restoreContext()")
    viewer.page.wait_for_function(f"__keepsake.views().design.frames > {frames}")
    viewer.wait()
    assert changed(before, viewer.picture()) < 0.02


def test_without_webgl_there_is_a_sentence_and_a_fresh_still(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer(NO_WEBGL)
    viewer.show()
    picture = viewer.page.locator("img.still")
    viewer.page.wait_for_function("document.querySelector('.slot').shadowRoot.querySelector('img').src")
    assert viewer.page.get_by_text("This browser cannot draw live 3D, so here is a still picture.").is_visible()
    assert picture.get_attribute("alt") == "Solitaire, live view"
    viewer.page.evaluate("__keepsake.preview('design', {metal: 'pt950_ru'})")  # cannot help, must not hurt
    viewer.show(metal="pt950_ru", still="still/pt950_ru")
    viewer.page.wait_for_function(
        "document.querySelector('.slot').shadowRoot.querySelector('img').src.endsWith('pt950_ru')"
    )
    assert viewer.stats()["contexts"] == 0
    viewer.page.evaluate("leave('design')")
    assert [e for e in viewer.errors if "WebGL" not in e] == []


def test_the_border_of_the_picture_is_the_page_itself(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    for page_colour in (LIGHT, DARK):
        picture = viewer.picture()
        for border in (picture[6, 20:-20], picture[20:-20, 6], picture[20:-20, -6]):
            assert np.abs(border - np.array(page_colour)).max() <= 2
        paints = viewer.stats()["paints"]
        viewer.page.evaluate("document.documentElement.classList.add('dark')")
        viewer.page.wait_for_function(f"__keepsake.views().design.paints > {paints}") if page_colour == LIGHT else None
        viewer.wait()


def test_a_broken_connection_is_said_and_mended(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    viewer.addresses.broken.add("scene/oval")
    viewer.show(scene="scene/oval")
    note = viewer.page.get_by_text("The picture could not be fetched.")
    note.wait_for()
    assert viewer.stats()["scene"] == "scene/solitaire"  # the last picture stays
    viewer.addresses.broken.clear()
    viewer.page.get_by_role("button", name="Try again").click()
    viewer.wait(scene="scene/oval")
    assert not note.is_visible()


def test_gold_is_warm_platinum_is_neutral_and_a_diamond_is_lively(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer(reduced_motion="reduce")
    viewer.show(scene="scene/band", metal="18k_yellow")
    viewer.wait()

    def on_metal() -> NDArray[np.float64]:
        picture = viewer.picture()
        covered = np.abs(picture - np.array(LIGHT)).max(axis=2) > 60
        return picture[covered].mean(axis=0)

    red, green, blue = on_metal()
    assert red > 1.1 * green > 1.2 * blue
    viewer.show(metal="pt950_ru")
    viewer.wait(metal="pt950_ru")
    red, green, blue = on_metal()
    assert red == pytest.approx(blue, rel=0.12)
    viewer.show(scene="scene/solitaire", look="top", look_n=1)
    viewer.wait(scene="scene/solitaire")
    middle = viewer.picture()[150:250, 170:270].mean(axis=2)
    assert np.percentile(middle, 90) > 200
    assert np.percentile(middle, 10) < 110


def test_shapes_arrive_small_and_decode_fast(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()
    stats = viewer.stats()
    assert stats["sceneBytes"] < 400_000
    assert stats["decodeMs"] < 200
    assert stats["triangles"] > 5000


def test_a_piece_fills_a_narrower_picture_as_far_and_a_wider_one_again(open_viewer: Callable[..., Viewer]) -> None:
    viewer = open_viewer()
    viewer.show()
    viewer.wait()

    def away(width_px: int) -> float:
        viewer.page.evaluate(f"document.querySelector('.slot').style.width = '{width_px}px'")
        across = "(([width, height]) => width / height)(__keepsake.views().design.pixels)"
        viewer.page.wait_for_function(f"Math.abs({across} - {width_px} / 400) < 0.02")
        viewer.wait()
        return float(np.linalg.norm(np.subtract(viewer.stats()["camera"], viewer.stats()["target"])))

    half = np.radians(13)  # the lens takes in 26 degrees, along the narrower side less
    narrow = np.arctan(np.tan(half) * 200 / 400)
    wide = away(440)
    assert away(200) == pytest.approx(wide * np.sin(half) / np.sin(narrow), rel=0.01)
    assert away(440) == pytest.approx(wide, rel=0.01)
