"""What the app's own form fields (ui/fields.py) ask, and answering them as the browser does."""

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest


def asked(app: AppTest) -> dict[str, dict[str, Any]]:
    """Every field on the page by its id, as the browser is given it."""
    return {one["id"]: one for _, one in _fields(app)}


def answer(app: AppTest, id: str, value: Any) -> AppTest:
    """Answers one field, and runs the app."""
    return send(app, form_of(app, id), {"id": id, "value": value, "number": "1-2.5"})


def send(app: AppTest, form: Any, given: Any, event: str = "answer") -> AppTest:
    """Sends anything at all as a form's answer, or as another event of a component, and runs the app."""
    states = app._tree.get_widget_states()
    state = states.widgets.add()
    state.id = _make_trigger_id(form.id, "events")
    state.json_trigger_value = json.dumps([{"event": event, "value": given}])
    return app._run(states)


def form_of(app: AppTest, id: str) -> Any:
    """The form in which a field stands."""
    return next(proto for proto, one in _fields(app) if one["id"] == id)


def _fields(app: AppTest) -> list[tuple[Any, dict[str, Any]]]:
    forms = (one.proto for one in app.get("bidi_component") if one.proto.component_name == "keepsake_fields")
    return [(form, field) for form in forms for field in json.loads(form.json)["fields"]]
