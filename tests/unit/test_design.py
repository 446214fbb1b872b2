"""The design format: one spelling, safe to open from anyone, never silently cut down."""

import base64
import json
import zlib

import pytest

from configurator.design import MAX_INSCRIPTION_CHARACTERS, Design, InvalidDesign, upgrade

SOLITAIRE = {
    "version": 1,
    "piece": "ring",
    "style": "solitaire",
    "options": {"width_mm": 2.0, "thickness_mm": 1.8, "profile": "court", "prongs": 6},
    "inner_diameter_mm": 17.32,
    "metal": "14k_yellow",
    "accent_metal": None,
    "finish": "polished",
    "stones": [
        {
            "role": "center",
            "gem": "diamond",
            "cut": "round_brilliant",
            "length_mm": 6.5,
            "width_mm": 6.5,
            "colour": "G",
            "clarity": "VS2",
        }
    ],
    "inscriptions": [
        {"text": "Toujours 12.06.26", "place": "inside", "font": "script", "height_mm": 1.4, "depth_mm": 0.3}
    ],
    "metal_sourcing": "recycled",
    "heirlooms": [],
}


def with_(**fields: object) -> str:
    return json.dumps(SOLITAIRE | fields)


def test_the_published_example_opens_and_comes_back_as_it_was() -> None:
    saved = json.loads(Design.from_dict(SOLITAIRE).to_json())
    assert saved.pop("stones")[0] == SOLITAIRE["stones"][0] | {
        "depth_mm": None,
        "table_pct": None,
        "crown_height_pct": None,
    }
    usual = {"raised": False, "arrangement": "line", "drawing": None}
    assert saved.pop("inscriptions") == [SOLITAIRE["inscriptions"][0] | usual]
    assert saved == {k: v for k, v in SOLITAIRE.items() if k not in ("stones", "inscriptions")}


def test_one_design_has_one_spelling() -> None:
    shuffled = dict(reversed(list(SOLITAIRE.items()))) | {"inner_diameter_mm": 17.3200001}
    shuffled["options"] = dict(reversed(list(SOLITAIRE["options"].items()))) | {"width_mm": 1.9999999999}
    assert Design.from_dict(shuffled).to_json() == Design.from_dict(SOLITAIRE).to_json()


def test_everything_but_piece_and_style_has_a_default() -> None:
    assert Design.from_json('{"piece": "ring", "style": "plain_band"}').metal == "14k_yellow"


def test_a_link_brings_the_design_back_and_is_short() -> None:
    design = Design.from_dict(SOLITAIRE)
    assert Design.from_link(design.to_link()) == design
    assert len(design.to_link()) < 60


def test_a_link_carries_a_chosen_table_and_crown_and_is_no_longer_without() -> None:
    stone = SOLITAIRE["stones"][0]
    usual = Design.from_dict(SOLITAIRE | {"stones": [stone | {"table_pct": None, "crown_height_pct": None}]})
    assert usual == Design.from_dict(SOLITAIRE)
    assert usual.to_link() == Design.from_dict(SOLITAIRE).to_link()
    chosen = Design.from_dict(SOLITAIRE | {"stones": [stone | {"table_pct": 58.5, "crown_height_pct": 14}]})
    assert Design.from_link(chosen.to_link()) == chosen == Design.from_json(chosen.to_json())
    assert (chosen.stones[0].table_pct, chosen.stones[0].crown_height_pct) == (58.5, 14)


@pytest.mark.parametrize(
    "token",
    [
        "q8YZFDqYoQ8NPbf8olSgEQqVQOcX6ygYGRiZKSqB7EKOcnAE6qBkgpzE8mKQS4AhkwOSSwcm4dQiUIAUJWbmg"
        "KIvMyUlNS8enIit0hJzilNxRkd8OTiqQcI5icXFmcmo8VSckV-akwL0Jix_gOIekqcM9AxNiYhIHXJjktoxBAA",
        "~IycC3PKLUoFGKFQCnVWso2BkYGSmiJIT4ZX3aAxRHkMA",
    ],
)
def test_a_link_shared_long_ago_still_opens(token: str) -> None:
    # Written by the first and by the second list of words; neither list may ever change.
    design = Design.from_link(token)
    assert (design.style, design.inscriptions[0].text) == ("solitaire", "Forever yours, 2026!")
    assert (design.metal, design.options["prongs"], design.stones[0].length_mm) == ("18k_rose", 6, 6.5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not readable as JSON"),
        ("[" * 50_000, "too large"),
        ("[" * 15_000, "not readable as JSON"),
        ("[]", "one JSON object"),
        ("{}", "piece is missing"),
        (with_(piece="crown"), "piece is \"crown\"; it can be 'ring'"),
        (with_(colour="red"), "colour is not a field"),
        (with_(metal="Gold!"), 'metal is "Gold!"; ids are lower-case'),
        (with_(metal={"a": 1}), "metal is"),
        (with_(inner_diameter_mm=99), "inner_diameter_mm is 99; it can be at most 26"),
        (with_(inner_diameter_mm=float("nan")), "finite"),
        (with_(stones=[{"role": "center", "length_mm": 40, "width_mm": 40}]), "length_mm is 40; it can be at most 25"),
        (with_(stones=[{"role": "center", "length_mm": 5, "width_mm": 6}]), "is less than its width"),
        (with_(stones=[{"role": "a", "length_mm": 5, "width_mm": 5, "table_pct": 0}]), "table_pct is 0"),
        (with_(stones=[{"role": "a", "length_mm": 5, "width_mm": 5, "table_pct": "wide"}]), "has to be a number"),
        (with_(stones=[{"role": "a", "length_mm": 5, "width_mm": 5}] * 2), "same role"),
        (with_(inscriptions=[{"text": "x" * 500}]), f"up to {MAX_INSCRIPTION_CHARACTERS} can be engraved"),
        (with_(inscriptions=[{"text": "a\u0007b"}]), "control character"),
        (with_(inscriptions=[{"text": "a\nb"}]), "line break"),
        (with_(inscriptions=[{"text": "abc\u202edef"}]), "control character"),
        (with_(inscriptions=[{"text": "   "}]), "inscription 1: text"),
        (with_(heirlooms=[{"kind": "gold"}]), "heirlooms"),
        (with_(version=2), "newer Keepsake"),
        (with_(version=0), "version is 0"),
        (with_(version="1"), "version is"),
        (with_(options={"width_mm": [1]}), "options.width_mm"),
    ],
)
def test_bad_input_gets_one_sentence(text: str, words: str) -> None:
    with pytest.raises(InvalidDesign) as caught:
        Design.from_json(text)
    sentence = str(caught.value)
    assert words in sentence
    assert "\n" not in sentence
    assert len(sentence) < 300


def _pack(body: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(body, wbits=-15)).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a",
        "%%%",
        "<script>alert(1)</script>",
        "A" * 5_000,
        _pack(b"[" * 1_000_000),  # a bomb: a megabyte from a kilobyte
        _pack(b"\xff\xfe"),
        _pack(b'{"piece":"ring"'),
        _pack(b'{"piece":"ring","style":"x","extra":1}'),
        Design.from_dict(SOLITAIRE).to_link()[:-4],
        Design.from_dict(SOLITAIRE).to_link() + "AAAA",
    ],
)
def test_a_hostile_or_broken_link_is_refused_in_words(token: str) -> None:
    with pytest.raises(InvalidDesign):
        Design.from_link(token)


def test_an_old_design_is_carried_up_one_version_at_a_time() -> None:
    steps = {
        1: lambda old: {**{k: v for k, v in old.items() if k != "size"}, "diameter": old["size"]},
        2: lambda old: {**old, "unit": "mm"},
    }
    assert upgrade({"size": 17}, steps, target=3) == {"diameter": 17, "unit": "mm", "version": 3}


def test_inscriptions_keep_joiners_and_are_normalised() -> None:
    composed = Design.from_json(with_(inscriptions=[{"text": "Ame\u0301lie"}])).inscriptions[0].text
    assert composed == "Amélie"
    assert "\u200d" in Design.from_json(with_(inscriptions=[{"text": "क\u200dष"}])).inscriptions[0].text
