"""A bare page that does to the viewer what Streamlit does: mounts it, hands it data, unmounts it. No app, no server
but the few addresses a scene needs, some of them slow or broken on purpose."""

import http.server
import io
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page

from configurator import geometry, reference
from configurator.design import Design
from configurator.ui import scripts
from configurator.ui.viewer.materials import materials_json
from configurator.ui.viewer.scene import pack_scene

SHAPES: dict[str, dict[str, Any]] = {
    "solitaire": {"style": "solitaire"},
    "wide": {"style": "solitaire", "options": {"width_mm": 3.0}},
    "oval": {
        "style": "solitaire",
        "stones": [{"role": "center", "gem": "diamond", "cut": "oval", "length_mm": 8.0, "width_mm": 6.0}],
    },
    "band": {"style": "plain_band", "inscriptions": [{"text": "Toujours 12.06.26"}]},
    **{f"size_{i}": {"style": "plain_band", "inner_diameter_mm": 15.0 + i} for i in range(6)},
}
LIGHT, DARK = (246, 244, 240), (23, 22, 20)
SLOW_S = 0.8

_PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><style>
:root { --st-background-color: rgb(246, 244, 240); --st-text-color: #24211d; }
:root.dark { --st-background-color: rgb(23, 22, 20); --st-text-color: #efebe3; }
body { margin: 0; background: var(--st-background-color); }
.slot { width: 440px; height: 400px; display: inline-block; }
</style><script type="module">
import { mountViewer } from './keepsake.js';
const slots = {};
window.show = (data) => {
  let slot = slots[data.view];
  if (!slot) {
    const element = document.createElement('div');
    element.className = 'slot';
    document.body.append(element);
    const root = element.attachShadow({ mode: 'open' });
    root.innerHTML = '<style>.keepsake-viewer { height: 100% }</style><div class="keepsake-viewer"></div>';
    slot = slots[data.view] = { element, root };
  }
  slot.leave = mountViewer({ data, parentElement: slot.root });
};
window.leave = (view) => {
  slots[view].leave();
  slots[view].element.remove();
  delete slots[view];
};
window.ready = true;
</script>"""


class _Addresses(http.server.BaseHTTPRequestHandler):
    scenes: dict[str, bytes]
    asked: list[str]
    broken: set[str]

    def do_GET(self) -> None:
        path = self.path.split("?")[0].lstrip("/")
        self.asked.append(path)
        kind, _, name = path.rpartition("/")
        if kind == "slow":
            time.sleep(SLOW_S)
        if path in self.broken:
            return self.send_error(503)
        if path == "":
            return self._answer("text/html", _PAGE.encode())
        if path == "keepsake.js":
            return self._answer("text/javascript", scripts.FILES[scripts.VIEWER].read_bytes())
        if path == "materials.json":
            return self._answer("application/json", materials_json(reference.load()).encode())
        if kind == "still":
            return self._answer("image/png", _still(name))
        if name in self.scenes:
            return self._answer("application/octet-stream", self.scenes[name])
        return self.send_error(404)

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _still(metal: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "gold" if "yellow" in metal else "silver").save(target, "PNG")
    return target.getvalue()


@dataclass(frozen=True)
class Addresses:
    """Where the bare page and its scenes are served; `asked` lists the paths that were, `broken` answers none."""

    url: str
    asked: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def serve_viewer() -> Iterator[Addresses]:
    """Serves the bare page on a free port until the generator is closed."""
    scenes = {
        name: pack_scene(geometry.build(geometry.complete(Design.from_dict({"piece": "ring", **fields}))))
        for name, fields in SHAPES.items()
    }
    handler = type("Handler", (_Addresses,), {"scenes": scenes, "asked": [], "broken": set()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Addresses(f"http://127.0.0.1:{server.server_port}/", handler.asked, handler.broken)
    server.shutdown()
    server.server_close()


@dataclass
class Viewer:
    """One open bare page, spoken to as Streamlit would."""

    page: Page
    addresses: Addresses
    errors: list[str] = field(default_factory=list)
    data: dict[str, dict[str, Any]] = field(default_factory=dict)

    def show(self, view: str = "design", **changes: Any) -> None:
        """Hands the view its data, as a rerun of the script does; fields not named stay as they were."""
        first = {
            "view": view,
            "scene": "scene/solitaire",
            "materials": "materials.json",
            "metal": "18k_yellow",
            "finish": "polished",
            "gems": {"center": "diamond"},
            "still": "still/18k_yellow",
            "label": "Solitaire, live view",
        }
        self.data[view] = {**self.data.get(view, first), **changes}
        self.page.evaluate(f"show({json.dumps(self.data[view])})")

    def stats(self, view: str = "design") -> dict[str, Any]:
        """What the bundle itself reports about a view."""
        return self.page.evaluate(f"__keepsake.views()[{json.dumps(view)}]")

    def views(self) -> dict[str, dict[str, Any]]:
        """All views that exist, shown or waiting."""
        return self.page.evaluate("__keepsake.views()")

    def wait(self, view: str = "design", **wanted: Any) -> None:
        """Waits until a view is at rest and reports the wanted values."""
        where = f"__keepsake.views()[{json.dumps(view)}]"
        conditions = [f"{where}?.state === 'ready'", f"{where}.settled"]
        conditions += [f"{where}[{json.dumps(key)}] === {json.dumps(value)}" for key, value in wanted.items()]
        self.page.wait_for_function(" && ".join(conditions))

    def picture(self) -> NDArray[np.int16]:
        """The canvas as it is on screen, (height, width, 3)."""
        png = self.page.locator("canvas").first.screenshot()
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)
