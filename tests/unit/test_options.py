"""Options that matter only beside others: what is not asked for changes nothing."""

from typing import get_args

import pytest

from configurator import evaluate, geometry
from configurator.design import Design


def asked_for_only_with() -> list[tuple[str, str, str]]:
    return [
        (piece, style, name)
        for piece, styles in geometry.STYLES.items()
        for style, module in styles.items()
        for name, field in module.Options.model_fields.items()
        if "only_with" in (field.json_schema_extra or {})
    ]


@pytest.mark.parametrize(("piece", "style", "name"), asked_for_only_with())
def test_an_option_that_is_not_asked_for_changes_nothing(piece: str, style: str, name: str) -> None:
    fields = geometry.STYLES[piece][style].Options.model_fields
    usual = geometry.complete(Design(piece=piece, style=style))
    wanted = fields[name].json_schema_extra["only_with"]
    other = {key: next(v for v in get_args(fields[key].annotation) if v != value) for key, value in wanted.items()}
    choices = get_args(fields[name].annotation)
    value = next(v for v in choices if v != usual.options[name]) if choices else usual.options[name] + 0.1
    without, with_it = (
        evaluate.shape(geometry.complete(usual.model_copy(update={"options": {**usual.options, **other, **more}})))
        for more in ({}, {name: value})
    )
    assert with_it.measures == without.measures
    assert set(wanted.values()) <= {v for key in wanted for v in get_args(fields[key].annotation)}
