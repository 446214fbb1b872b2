"""What every reference table must keep to, however it grows."""

import re
from pathlib import Path

import pytest

from configurator import reference
from configurator.reference import ESTIMATE, NOTE, Fact, TwinRule
from configurator.reference.catalogue import HOME, ROW_TYPES

SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
# What a pasted path of somebody's machine or a package registry's address looks like.
MACHINE_PATH = re.compile(r"(?<![\w/.])/(work|tmp|home|root|Users|mnt|opt|usr)/|[A-Z]:\\\\|file://")
REGISTRY = re.compile(r"(?i)pypi|pythonhosted|npmjs|://registry\.|://proxy\.|crates\.io|rubygems")

TABLES = reference.load()
FACT_TABLES = sorted(Path(name).stem for name, row_type in ROW_TYPES.items() if row_type in (Fact, TwinRule))
NUMBERS = reference.numbers(TABLES)


def rows_of(name: str) -> list:
    content = getattr(TABLES, name)
    return list(content.values() if hasattr(content, "values") else content)


@pytest.mark.parametrize("name", FACT_TABLES)
def test_every_fact_has_a_unit_and_a_source(name: str) -> None:
    for fact in rows_of(name):
        assert fact.unit.strip(), fact.id
        assert fact.sources, fact.id
        assert (fact.unit == NOTE) == (fact.low is fact.mid is fact.high is None), fact.id


def test_every_number_of_every_table_has_a_source_and_a_confidence() -> None:
    for number in NUMBERS:
        assert number.sources, number
        assert number.confidence in ("high", "medium", "low"), number
        assert number.text, number


def test_every_number_of_a_wide_table_has_a_unit_unless_it_has_none() -> None:
    bare = {number.quantity for number in NUMBERS if number.mid is not None and not number.unit}
    assert {re.sub(r",.*", "", quantity) for quantity in bare} <= {
        "Specific gravity",
        "Refractive index",
        "Birefringence",
        "Dispersion",
    }


def test_no_source_is_unused() -> None:
    used = {source.id for number in NUMBERS for source in number.sources}
    used |= {key for gem in TABLES.gems.values() for key in gem.sources + gem.price_sources}
    used |= {key for scheme in TABLES.certifications.values() for key in scheme.sources}
    assert sorted(set(TABLES.sources) - used) == []


def test_a_source_that_was_read_somewhere_says_where_and_only_our_own_words_have_no_address() -> None:
    without = {source.kind for source in TABLES.sources.values() if not source.url}
    assert without <= {"estimate", "computed", "standard"}
    assert all(source.url.startswith(("http://", "https://")) for source in TABLES.sources.values() if source.url)


@pytest.mark.parametrize("name", sorted(ROW_TYPES))
def test_every_id_is_lower_snake_case_and_used_once(name: str) -> None:
    lines = (HOME / name).read_text(encoding="utf-8").splitlines()
    ids = [line.partition(",")[0] for line in lines[1:]]
    assert lines[0].partition(",")[0] == "id"
    assert all(SNAKE.fullmatch(one) for one in ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", sorted(ROW_TYPES))
def test_a_table_names_no_machine_path_and_no_package_registry(name: str) -> None:
    for line, text in enumerate((HOME / name).read_text(encoding="utf-8").splitlines(), start=1):
        assert not MACHINE_PATH.search(text), f"{name}, line {line}"
        assert not REGISTRY.search(text), f"{name}, line {line}"


def test_every_csv_file_is_a_table_that_is_loaded() -> None:
    assert {str(path.relative_to(HOME)) for path in HOME.rglob("*.csv")} == set(ROW_TYPES)


def test_what_we_only_estimated_is_shown_as_an_estimate_and_never_trusted_highly() -> None:
    for name in FACT_TABLES:
        for fact in rows_of(name):
            if fact.sources == (ESTIMATE,):
                assert fact.confidence == "low", fact.id
    assert all(number.is_estimate == ("estimate" in {s.kind for s in number.sources}) for number in NUMBERS)


def test_every_computed_fact_says_from_what() -> None:
    for name in FACT_TABLES:
        for fact in rows_of(name):
            if fact.sources == ("computed",):
                assert fact.note or " at " in fact.label, fact.id


def test_the_list_of_numbers_holds_every_table() -> None:
    listed = {number.table for number in NUMBERS}
    assert {Path(name).stem for name in ROW_TYPES} - {"sources", "cuts_carat_mm", "diamond_fit"} <= listed
    assert {"stone_sizes", "diamond_terms"} <= listed
