"""What a page of the app shows, as its tests read it."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def html(app: AppTest) -> str:
    """All that is written in HTML of ours, and above the charts."""
    above = (f"{chart['title']}\n{chart['said']}" for chart in drawn(app))
    return "\n".join([*(str(block.proto.body) for block in app.get("html")), *above])


def drawn(app: AppTest) -> list[dict[str, Any]]:
    """What each chart was given: `figure` as plotly's script reads it, if any, and its words."""
    given = [json.loads(proto.json) for proto in chart_elements(app)]
    return [one | {"figure": json.loads(one["figure"] or "null")} for one in given]


def chart_elements(app: AppTest) -> list[Any]:
    """The components of the charts, as `asked.send` takes them."""
    return [one.proto for one in app.get("bidi_component") if one.proto.component_name == "keepsake_plot"]
