"""What the app serves besides Streamlit's own pages: the viewer, fonts, scenes and stills. No CDN, no state.

A scene's address holds the shape itself (a design link without metal and gems), so any process can answer it, and a
browser may keep it for ever: the address changes whenever the shape or the code that draws it does.
"""

import hashlib
import importlib
import sys
import threading
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import cast, get_args
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from configurator import evaluate, presets, reference
from configurator.design import Design, InvalidDesign
from configurator.export.looks import gem_look, metal_look
from configurator.export.still import View, render_still
from configurator.ui import catalogue, scripts
from configurator.ui.preload import Preload
from configurator.ui.viewer.materials import materials_json
from configurator.ui.viewer.scene import pack_scene

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
_HAND_OVER_S = 0.0005
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_SCENES_KEPT = 24  # about 0.3 MB each
_STILLS_KEPT = 24
_STILL_PX, _STILL_SAMPLES = (720, 540), 4
# Streamlit imports these when a page first runs, shows a choice (pandas: half a second) or has an icon.
_IMPORTED_LATE = (
    "configurator.ui.design_room",
    "pandas",
    "PIL.PngImagePlugin",
    "streamlit.material_icon_names",
)
_expected: dict[str, threading.Event] = {}  # shapes that a browser is about to fetch, oldest first
_one_still_at_a_time = threading.Semaphore(1)  # a still takes a core for about a second; live picks come first


@cache
def code_version() -> str:
    """A short hash of everything that decides what a scene or a still looks like."""
    digest = hashlib.blake2b(digest_size=5)
    for file in sorted((ROOT / "configurator").rglob("*.py")) + sorted(ASSETS.glob("viewer/*")):
        digest.update(file.read_bytes())
    digest.update(reference.load().version.encode())
    return digest.hexdigest()


def asset_url(path: str) -> str:
    """The address of a file under assets/, relative to the page."""
    return f"keepsake/assets/{quote(path)}?v={code_version()}"


def scene_link(design: Design) -> str:
    """What names the shape of a complete design in its address."""
    return evaluate.bare(design).to_link()


def scene_url(link: str) -> str:
    """Where the browser fetches the shape that `scene_link` named; packed now, so that the answer waits for nothing."""
    _scene(link)
    return f"keepsake/scene/{link}?v={code_version()}"


def expect_fetch(link: str) -> None:
    """Notes that a browser is about to fetch this shape, for `wait_for_fetch`."""
    _expected[link] = threading.Event()
    while len(_expected) > _SCENES_KEPT:
        _expected.pop(next(iter(_expected)), None)


def wait_for_fetch(link: str, at_most_s: float) -> None:
    """Returns once an expected shape has been sent to the browser, at once when none was expected."""
    event = _expected.get(link)
    if event:
        event.wait(at_most_s)
        _expected.pop(link, None)


def still_url(design: Design, view: str = "three_quarter") -> str:
    """Where the browser fetches a server-rendered picture of a complete design."""
    return f"keepsake/still/{design.to_link()}?view={view}&v={code_version()}"


def materials_url() -> str:
    """The optical properties of all metals and gems."""
    return f"keepsake/materials.json?v={code_version()}"


def catalogue_url() -> str:
    """What can be chosen, for the pickers."""
    return f"keepsake/catalogue.json?v={code_version()}"


@lru_cache(maxsize=_SCENES_KEPT)
def _scene(link: str) -> bytes:
    return pack_scene(evaluate.shape(evaluate.complete(Design.from_link(link))))


@lru_cache(maxsize=_STILLS_KEPT)
def _still(link: str, view: str) -> bytes:
    design = evaluate.complete(Design.from_link(link))
    tables = reference.load()
    gems = {stone.role: gem_look(tables.gems[stone.gem]) for stone in design.stones}
    with _one_still_at_a_time:
        return render_still(
            evaluate.shape(design),
            metal_look(tables.metals[design.metal], design.finish),
            gems,
            *_STILL_PX,
            samples=_STILL_SAMPLES,
            view=cast(View, view),
            background=None,
        )


def _serve_scene(request: Request) -> Response:
    link = request.path_params["link"]
    try:
        scene = _scene(link)
        sent = BackgroundTask(event.set) if (event := _expected.get(link)) else None
        return Response(scene, media_type="application/octet-stream", headers=_FOREVER, background=sent)
    except InvalidDesign as error:
        return PlainTextResponse(str(error), status_code=422)


def _serve_still(request: Request) -> Response:
    view = request.query_params.get("view", "three_quarter")
    if view not in get_args(View):
        return PlainTextResponse(f"view can be {', '.join(get_args(View))}.", status_code=422)
    try:
        return Response(_still(request.path_params["link"], view), media_type="image/png", headers=_FOREVER)
    except InvalidDesign as error:
        return PlainTextResponse(str(error), status_code=422)


def _serve_materials(_: Request) -> Response:
    return Response(materials_json(reference.load()), media_type="application/json", headers=_FOREVER)


def _serve_catalogue(_: Request) -> Response:
    return Response(catalogue.catalogue_json(), media_type="application/json", headers=_FOREVER)


def _script(file: Path) -> Callable[[Request], Response]:
    return lambda _: FileResponse(file, media_type="text/javascript", headers=_FOREVER)


class _Assets(StaticFiles):
    """Static files that may be kept for ever when the address carries a version."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        versioned = b"v=" in scope.get("query_string", b"")

        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and versioned:
                message["headers"] = [
                    *(h for h in message["headers"] if h[0] != b"cache-control"),
                    (b"cache-control", _FOREVER["Cache-Control"].encode()),
                ]
            await send(message)

        await super().__call__(scope, receive, send_kept)


def warm_up() -> None:
    """Loads what the first visitor will need: tables, fonts, the opening design with its numbers, and modules."""
    for late in _IMPORTED_LATE:
        importlib.import_module(late)
    scene_url(scene_link(evaluate.complete(presets.opening())))
    evaluate.evaluate(presets.opening())
    materials_json(reference.load())
    catalogue.catalogue_json()


def routes() -> list[Route | Mount]:
    """The routes that `st.App` mounts beside Streamlit's own."""
    # Streamlit takes a pages/ folder for its older kind of app until `st.navigation` first runs, so the first visit
    # after a start would run a page's file bare if it were a deep link.
    PagesManager.uses_pages_directory = False
    # A script at work hands the interpreter over this often (seconds); a scene's request needs it a dozen times.
    sys.setswitchinterval(_HAND_OVER_S)
    return [
        Route("/keepsake/scene/{link}", _serve_scene),
        Route("/keepsake/still/{link}", _serve_still),
        Route("/keepsake/materials.json", _serve_materials),
        Route("/keepsake/catalogue.json", _serve_catalogue),
        *(Route(f"/{address}", _script(file)) for address, file in scripts.FILES.items()),
        Mount("/keepsake/assets", _Assets(directory=ASSETS)),
    ]


def middleware() -> list[Middleware]:
    """What `st.App` puts before its own answers."""
    return [Middleware(Preload, ours=[scripts.url(scripts.VIEWER)])]
