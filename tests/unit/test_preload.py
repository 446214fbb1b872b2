"""The Link header that names ahead what the first page loads."""

import asyncio
import re
from pathlib import Path

import pytest
import streamlit as st
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Message

from configurator.ui import preload

STATIC = Path(st.__file__).parent / "static"
CHUNKS = STATIC / "static" / "js"
INDEX = (STATIC / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("element", preload.ELEMENTS)
def test_streamlit_still_has_a_module_for_each_element(element: str) -> None:
    assert list(CHUNKS.glob(f"{element}.*.js"))


def test_nothing_is_left_to_be_asked_for_in_a_second_round() -> None:
    named = preload.modules()
    for name in named:
        source = (CHUNKS / name).read_text(encoding="utf-8")
        for needed in re.findall(r'from"\./([^"]+\.js)"', source):
            assert needed in named or needed in INDEX


def test_what_the_page_names_itself_is_not_named_twice() -> None:
    named = preload.modules()
    assert len(named) == len(set(named))
    assert not any(name in INDEX for name in named)


def headers(answer: Response) -> dict[bytes, bytes]:
    """The headers of an answer that has gone through the middleware."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    app = preload.Preload(answer, ours=["keepsake/viewer.js?v=1"])
    asyncio.run(app({"type": "http", "method": "GET", "path": "/", "headers": []}, receive, send))
    return dict(sent[0]["headers"])


def test_only_pages_carry_the_header() -> None:
    link = headers(HTMLResponse("<p>page</p>"))[b"link"]
    assert link.startswith(b"</keepsake/viewer.js?v=1>; rel=modulepreload, </static/js/")
    assert b"link" not in headers(PlainTextResponse("data"))
