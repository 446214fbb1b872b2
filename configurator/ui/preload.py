"""Tells a browser, with the page itself, what that page is about to need: a Link header of modules to fetch ahead.

Streamlit loads the code of each kind of element when one first appears, and then what that code imports. Asked for with
the page, all of it is there when the first element is.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CHUNKS = Path(st.__file__).parent / "static" / "static" / "js"
# What the Design page shows first, by the names Streamlit's build gives the modules. A name that a later Streamlit no
# longer has is left out: its code then loads when it is needed, as ever.
ELEMENTS = ("BidiComponent", "Button", "ButtonGroup", "Html", "PageLink", "Selectbox")
_IMPORT = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def modules(elements: Iterable[str] = ELEMENTS) -> list[str]:
    """File names of Streamlit's modules for some elements, with all that they import and the page does not yet have."""
    index = (_CHUNKS.parents[1] / "index.html").read_text(encoding="utf-8")
    found: dict[str, None] = {}
    waiting = [file.name for element in elements for file in sorted(_CHUNKS.glob(f"{element}.*.js"))]
    while waiting:
        name = waiting.pop()
        if name in found or name in index or not (_CHUNKS / name).is_file():
            continue
        found[name] = None
        waiting += _imports(name)
    return list(found)


def _imports(name: str) -> Iterator[str]:
    for match in _IMPORT.finditer((_CHUNKS / name).read_text(encoding="utf-8")):
        yield match[1]


class Preload:
    """ASGI middleware: adds the header to every HTML page. `ours` are addresses below the app's root."""

    def __init__(self, app: ASGIApp, ours: Iterable[str] = ()) -> None:
        self.app = app
        base = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
        addresses = [*ours, *(f"static/js/{name}" for name in modules())]
        links = (f"<{base.rstrip('/')}/{address}>; rel=modulepreload" for address in addresses)
        self._header = (b"link", ", ".join(links).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_linked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                if any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in headers):
                    message["headers"] = [*headers, self._header]
            await send(message)

        await self.app(scope, receive, send_linked if scope["type"] == "http" else send)
