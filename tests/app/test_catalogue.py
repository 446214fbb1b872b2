"""What the pickers fetch: every choice has words and a picture, and every file it names is there."""

import json

import pytest

from configurator import geometry, presets, reference
from configurator.ui import catalogue, server

Choices = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def choices() -> Choices:
    return json.loads(catalogue.catalogue_json())


def test_everything_that_can_be_made_can_be_picked(choices: Choices) -> None:
    ids = {kind: {item.get("id") for item in items} for kind, items in choices.items()}
    assert ids["gems"] == set(reference.load().gems)
    assert ids["styles"] == set(geometry.STYLES["ring"])
    assert ids["cuts"] == set(geometry.CUTS)
    assert ids["finishes"] == set(catalogue.FINISHES)
    assert ids["presets"] == {preset.id for preset in presets.presets()}
    assert len(choices["months"]) == 12


def test_every_choice_says_what_it_does_and_its_files_are_there(choices: Choices) -> None:
    for kind in ("metals", "gems", "cuts", "styles", "presets", "finishes", "fonts"):
        for item in choices[kind]:
            assert item["label"], item["id"]
            assert item["hint"], item["id"]
            for address in filter(None, (item.get("image"), item.get("url"))):
                assert (server.ASSETS / address.removeprefix("keepsake/assets/")).is_file(), address


def test_plated_and_nickel_metals_say_so(choices: Choices) -> None:
    hints = {metal["id"]: metal["hint"] for metal in choices["metals"]}
    assert "plated again" in hints["vermeil"]
    assert "nickel" in hints["14k_white_ni"]
    assert "rhodium" in hints["14k_white_ni"]
