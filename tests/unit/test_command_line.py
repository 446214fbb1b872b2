"""The command line that shops script against: JSON on stdout and nothing else, one sentence and exit 2 otherwise."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from configurator import geometry, presets
from configurator.__main__ import main
from configurator.design import Design

ROOT = Path(__file__).parents[2]
PROMISED = {
    *("design", "mass_g", "metal_volume_mm3", "stones", "price", "durability", "resale", "footprint", "schedule"),
    *("scorecard", "twin", "findings", "scenario", "reference_version"),
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    return code, *capsys.readouterr()


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "design.json"
    path.write_text(presets.opening().to_json(), encoding="utf-8")
    return path


def test_the_schema_is_valid_and_accepts_every_preset(capsys: pytest.CaptureFixture[str]) -> None:
    schema = asked(capsys, "schema")
    jsonschema.Draft202012Validator.check_schema(schema)
    for preset in presets.presets():
        jsonschema.validate(json.loads(preset.design.to_json()), schema)


def test_the_schema_knows_each_styles_own_options(capsys: pytest.CaptureFixture[str]) -> None:
    schema = asked(capsys, "schema")
    wrong = {"piece": "ring", "style": "plain_band", "options": {"prongs": 6}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


def test_options_list_every_style_and_a_label_for_each_id(capsys: pytest.CaptureFixture[str]) -> None:
    options = asked(capsys, "options")
    made = {(piece, style) for piece, styles in geometry.STYLES.items() for style in styles}
    assert {(style["piece"], style["id"]) for style in options["styles"]} == made
    for kind, items in options.items():
        ids = [(item["id"], item.get("piece")) for item in items]
        assert items, kind
        assert len(set(ids)) == len(ids)
        assert all(item["label"] for item in items)


def test_an_evaluation_holds_what_is_promised_and_its_lines_add_up(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    found = asked(capsys, "evaluate", str(file))
    assert found.keys() >= PROMISED
    assert found["twin"].keys() >= PROMISED - {"twin", "scorecard", "scenario", "reference_version"}
    for side in (found, found["twin"]):
        cents = sum(round(line["mid"] * 100) for line in side["price"]["lines"])
        assert cents == round(side["price"]["total_usd"]["mid"] * 100)
        assert not any(key.startswith("internal") for key in side["price"])
    assert len(found["scorecard"]) == 10


def test_every_assumption_has_a_flag_and_is_told_back(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    chosen = {
        "wearer": "manual",
        "country": "us",
        "tax_pct": 8.5,
        "metal_outlook": "falling",
        "channel": "auction",
        "discount_rate_pct": 2.0,
        "labour_pct": 120.0,
        "start": "2026-12-01",
        "occasion": "2027-02-14",
    }
    flags = [word for name, value in chosen.items() for word in (f"--{name.replace('_', '-')}", str(value))]
    flags += [
        "--weight",
        "cost=2",
        "--weight",
        "time=0",
        "--rule-off",
        "standard_head",
        "--rule-on",
        "light_band_width",
    ]
    found = asked(capsys, "evaluate", str(file), *flags)
    several = {
        "weights": {"cost": 2.0, "time": 0.0},
        "rules_off": ["standard_head"],
        "rules_on": ["light_band_width"],
    }
    assert found["scenario"] == chosen | several
    assert found["twin"]["design"]["options"]["prongs"] == found["design"]["options"]["prongs"]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--tax-pct", "300"), 'tax_pct is "300"; it can be at most 40.\n'),
        (("--channel", "museum"), "no way of selling that we know"),
        (("--weight", "cost"), "weights.cost"),
        (("--rule-off", "keystone"), "is no rule that makes the off-the-shelf piece"),
        (("--occasion", "2020-01-01"), "is not after the day work may begin"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_one_sentence(
    capsys: pytest.CaptureFixture[str], file: Path, flags: tuple[str, ...], words: str
) -> None:
    code, out, err = run(capsys, "evaluate", str(file), *flags)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_an_occasion_alone_is_answered_for_work_that_begins_today(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    """It was left out silently."""
    today = datetime.now().astimezone().date()
    wanted = today + timedelta(days=200)
    found = asked(capsys, "evaluate", str(file), "--occasion", wanted.isoformat())
    assert found["scenario"]["start"] == today.isoformat()
    assert found["schedule"]["dated"]["wanted"]["chance"] > 0.9


def test_a_design_on_standard_input_gives_the_same_bytes_every_time() -> None:
    text = Design(piece="ring", style="plain_band").to_json()
    command = [sys.executable, "-m", "configurator", "evaluate", "-"]
    first, second = (
        subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=True) for _ in range(2)
    )
    assert first.stderr == ""
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["design"]["style"] == "plain_band"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not readable as JSON"),
        ('{"piece":"ring","style":"crown"}', "crown"),
        ('{"piece":"ring","style":"solitaire","metal":"unobtainium"}', "unobtainium"),
        (
            '{"piece":"ring","style":"solitaire","stones":[{"role":"center","length_mm":6,"width_mm":6,"gem":"rock"}]}',
            "rock",
        ),
        (
            '{"piece":"ring","style":"solitaire","stones":[{"role":"center","length_mm":40,"width_mm":40}]}',
            "at most 25",
        ),
        ('{"piece":"ring","style":"plain_band","options":{"prongs":6}}', "prongs"),
        ('{"piece":"ring","style":"plain_band","inscriptions":[{"text":"' + "W" * 60 + '","height_mm":2.0}]}', "fits"),
    ],
)
def test_what_cannot_be_made_gives_one_sentence_and_exit_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "evaluate", str(path))
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "evaluate", str(tmp_path / "none.json"))
    assert code == 2
    assert "none.json" in err


def test_export_writes_what_was_asked_and_prints_the_paths(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "export", str(file), "--out", str(tmp_path / "out"), "--format", "glb,stl,csv")
    assert code == 0
    paths = [Path(line) for line in out.splitlines()]
    assert sorted(path.suffix for path in paths) == [".csv", ".glb", ".stl"]
    assert all(path.stat().st_size > 100 for path in paths)


def test_an_unknown_format_is_refused_before_anything_is_written(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    code, _, err = run(capsys, "export", str(file), "--out", str(tmp_path / "out"), "--format", "glb,doc")
    assert code == 2
    assert "doc" in err
    assert not (tmp_path / "out").exists()
