"""What the pickers fetch: every choice has words and a picture, and every file it names is there."""

import json
from typing import Any

import pytest

from configurator import geometry, presets, reference
from configurator.ui import catalogue, server, text

Choices = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def choices() -> Choices:
    return json.loads(catalogue.catalogue_json())


def test_everything_that_can_be_made_can_be_picked(choices: Choices) -> None:
    ids = {kind: {item.get("id") for item in items} for kind, items in choices.items()}
    assert ids["gems"] == set(reference.load().gems)
    assert ids["styles"] == {f"{piece}/{style}" for piece, styles in geometry.STYLES.items() for style in styles}
    assert ids["cuts"] == set(geometry.CUTS)
    assert ids["finishes"] == set(catalogue.FINISHES)
    assert ids["presets"] == {preset.id for preset in presets.presets()}
    assert len(choices["months"]) == 12


def test_every_birthstone_has_its_tile_in_its_month_and_none_has_two(choices: Choices) -> None:
    tables = reference.load()
    for number, month in enumerate(choices["months"], start=1):
        tiles = [gem for each in month["lists"] for gem in each["gems"]]
        rows = [row for row in tables.birthstones if row.month == number]
        assert sorted(tiles) == sorted({tables.gems[gem].natural_id or gem for row in rows for gem in row.gem_ids})
        assert [each["label"] for each in month["lists"]] == list(dict.fromkeys(row.list_label for row in rows))
        assert month["lists"][0]["label"].startswith("Modern")
        for each in month["lists"]:
            said = (each["note"] + " ".join(tables.gems[gem].label for gem in each["gems"])).lower()
            assert all(row.stone in said for row in rows if row.list_label == each["label"])


def test_a_stone_too_soft_or_brittle_for_daily_wear_says_so_and_names_others_of_its_month(choices: Choices) -> None:
    gems, names = reference.load().gems, {item["short"].lower(): item["id"] for item in choices["gems"]}
    for month in choices["months"]:
        tiles = {gem for each in month["lists"] for gem in each["gems"]}
        assert set(month["care"]) == {gem for gem in tiles if gems[gem].ring_suitability not in ("daily", "protected")}
        for gem, words in month["care"].items():
            assert ("too soft" in words) == (gems[gem].mohs < 7), words
            assert ("split" in words) == (gems[gem].cleavage == "perfect"), words
            others = words.partition(f"stones of {month['name']}: ")[2].removesuffix(".").split(", ")
            for other in map(names.__getitem__, others):
                assert other in tiles
                assert gems[other].ring_suitability in ("daily", "protected")
                assert gems[other].mohs > gems[gem].mohs or gems[gem].mohs >= 7


def test_the_origin_of_every_gem_is_said_beside_its_name() -> None:
    gems = reference.load().gems
    said = {gem.id: text.gem_origin(gem) for gem in gems.values()}
    assert said["ruby"] == "Natural ruby"
    assert said["ruby_lab"] == "Laboratory-grown ruby"
    assert said["pearl"] == "Cultured pearl"
    assert said["moissanite"] == "Moissanite, made in a laboratory"
    assert all(("laboratory" in words.lower()) == gems[gem].is_lab_grown for gem, words in said.items())


def test_a_grown_gem_shares_the_tile_of_the_natural_one_and_says_what_it_is(choices: Choices) -> None:
    gems = {item["id"]: item for item in choices["gems"]}
    for gem in gems.values():
        if gem["natural"]:
            natural = gems[gem["natural"]]
            assert gem["image"] == natural["image"]
            assert gem["short"] == f"Laboratory-grown {natural['short'][0].lower()}{natural['short'][1:]}"
            assert gem["hint"].startswith("Laboratory-grown ")
            assert "brings little when sold again" in gem["hint"]
    assert gems["sapphire_blue_lab"]["short"] == "Laboratory-grown blue sapphire"


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
