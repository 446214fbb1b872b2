"""Nothing that a client gets to read claims what a seller may not say (the trade's advertising rules, claims.md)."""

import ast
import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from configurator import evaluate, export, public_json, reference
from configurator.design import Design
from configurator.ui import text
from configurator.validation.methods import methods
from tests.rules.test_house import ROOT, tracked, where

# What needs a proof that we do not have, or may never be said.
CLAIMS = re.compile(
    r"\binvestments?\b(?! cast)|\bhand[- ]?(made|crafted)\b|\beco[- ]?friendly\b|\benvironmentally friendly\b"
    r"|\b(holds?|keeps?|retains?) (its|their) value\b|\bappreciates? in value\b|\bgreen (gold|diamond|jewel)"
    r"|\bsustainabl[ey]\b|\bhypoallergenic\b|\bconflict[- ]free\b|\bnickel[- ](safe|free)\b|\bethically sourced\b"
    r"|\bethical\b|\bguilt[- ]free\b|\bcarbon[- ]neutral\b|\b100 ?% recycled\b|\bmarked up from\b"
    r"|\b(real|genuine|natural) (lab|moissanite|cubic zirconia|cz\b)|\b(real|genuine) (diamond|gold|gem)"
    r"|\bcultured diamonds?\b|\bsynthetic diamonds?\b|\b(?<!natural and )lab diamonds?\b",
    re.IGNORECASE,
)

# Titles of others' works, which are not ours to change.
TITLES = {"sources.csv"}
READ_BY_CLIENTS = {"configurator", "pages", "app.py", "assets", "README.md"}
GROWN_WORDS = re.compile(r"laborator(y|ies)|lab-grown|moissanite|cubic zirconia", re.IGNORECASE)
NOT_FOR_GROWN = re.compile(r"\b(natural|genuine|real)\b", re.IGNORECASE)
GROWN = [gem for gem in reference.load().gems.values() if gem.is_lab_grown]


def spoken(path: Path) -> Iterator[str]:
    """The texts in a file that a client may get to read."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(source)
        # Docstrings are for us, but those of modules and of the models, which the Methods page shows (tried below).
        silent = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.body and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                yield node.value
    elif path.suffix == ".json":
        yield json.dumps(json.loads(source), ensure_ascii=False)
    else:
        yield source


def forbidden(texts: Iterator[str]) -> list[str]:
    """The claims in some texts. Not even a sentence that denies one is let through: none of ours needs the word."""
    return [match.group(0) for said in texts for match in CLAIMS.finditer(said)]


def test_no_text_of_ours_makes_a_claim_that_a_seller_may_not_make() -> None:
    read = [
        path
        for path in tracked()
        if path.suffix in {".py", ".js", ".csv", ".json", ".md"}
        and path.relative_to(ROOT).parts[0] in READ_BY_CLIENTS
        and path.name not in TITLES
        and path.relative_to(ROOT).parts[:2] != ("assets", "viewer")  # built from configurator/ui/viewer/js
        and path.name not in {"package.json", "package-lock.json"}
    ]
    assert len(read) > 200
    assert {where(path): claims for path in read if (claims := forbidden(spoken(path)))} == {}


def test_no_method_makes_a_claim() -> None:
    texts = [part.text for method in methods() for part in method.parts]
    texts += [step.text for method in methods() for part in method.parts for step in part.steps]
    assert forbidden(iter(texts)) == []


@pytest.mark.parametrize(
    ("sentence", "bad"),
    [
        ("A ring is an investment.", True),
        ("Investment casting loses four percent.", False),
        ("Handmade in our workshop", True),
        ("hand-finished and made to order", False),
        ("Platinum holds its value", True),
        ("eco friendly gold", True),
        ("a genuine diamond", True),
        ("recycled gold, declared by the refiner", False),
        ("Laboratory-grown diamond", False),
        ("a synthetic diamond", True),
    ],
)
def test_the_claims_rule_knows_its_words(sentence: str, bad: bool) -> None:
    assert bool(forbidden(iter([sentence]))) is bad


# --- stones that were grown -------------------------------------------------------------------------------------------


def words_in(value: Any, name: str = "") -> Iterator[str]:
    """Every text in an evaluation, sources' titles and ids apart."""
    if name in ("source", "sources", "gem", "id", "design"):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from words_in(value.model_dump())
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from words_in(getattr(value, field.name), field.name)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from words_in(each, str(key))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words_in(each, name)


def bare(texts: Iterator[str], species: str) -> list[str]:
    """Sentences that name a grown stone's mineral without saying that it was grown."""
    return [said for said in texts if re.search(rf"\b{species}", said, re.IGNORECASE) and not GROWN_WORDS.search(said)]


@pytest.mark.parametrize("gem", GROWN, ids=lambda gem: gem.id)
def test_what_is_said_of_a_grown_stone_says_that_it_was_grown(gem: reference.Gem) -> None:
    for said in (text.short_gem(gem), text.gem_origin(gem), gem.label, text.gem_hint(gem)):
        assert GROWN_WORDS.search(said), said
        assert not NOT_FOR_GROWN.search(said), said
    assert not NOT_FOR_GROWN.search(text.gem_care(gem, "May", GROWN))


@pytest.mark.parametrize("gem_id", ["diamond_lab", "sapphire_blue_lab", "emerald_lab", "moissanite", "cz"])
def test_an_evaluation_never_calls_a_grown_stone_by_its_mineral_alone(gem_id: str) -> None:
    stone = {"role": "center", "gem": gem_id, "cut": "round_brilliant", "length_mm": 6.5, "width_mm": 6.5}
    design = evaluate.complete(Design.from_dict({"piece": "ring", "style": "solitaire", "stones": [stone]}))
    species = {"diamond_lab": "diamond", "sapphire_blue_lab": "sapphire", "emerald_lab": "emerald"}.get(
        gem_id, "diamond"
    )
    found = evaluate.evaluate(design)
    told = [*words_in(found.custom), *words_in(found.twin), *words_in(found.twin_changes), *words_in(found.scorecard)]
    assert bare(iter(told), species) == []
    assert bare(words_in(public_json.evaluation(found)), species) == []


@pytest.mark.parametrize("name", ["csv", "glb", "obj"])
def test_a_file_names_a_grown_stone_as_grown(name: str, tmp_path: Path) -> None:
    stone = {"role": "center", "gem": "diamond_lab", "cut": "round_brilliant", "length_mm": 6.5, "width_mm": 6.5}
    design = evaluate.complete(Design.from_dict({"piece": "ring", "style": "solitaire", "stones": [stone]}))
    for path in export.write_files(design, [name], tmp_path, purpose="presentation").paths:
        runs = re.findall(rb"[\x20-\x7e]{4,}", path.read_bytes())
        said = (run.decode() for run in runs if b"diamond" in run.lower())
        assert [line for line in said if not re.search(r"laborator|lab.grown|diamond_lab", line, re.IGNORECASE)] == []


def test_every_metal_that_is_plated_or_below_24_karat_says_so() -> None:
    for metal in reference.load().metals.values():
        if metal.kind == "gold" and metal.id != "24k":
            assert re.search(r"\d+k", metal.label), metal.label
        if metal.rhodium_plated == "yes":
            assert "rhodium" in text.metal_hint(metal).lower()
        if metal.plating == "gold":
            assert "layer" in text.metal_hint(metal).lower()
