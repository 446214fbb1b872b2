"""Loading: broken tables say where and why, whole ones are read-only, and the list of numbers can be searched."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from configurator import reference
from configurator.reference import BadTable
from configurator.reference.catalogue import HOME, ROW_TYPES


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of all tables that a test may break."""
    for folder in ("tables", "series"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    return tmp_path


def change(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[line - 1], lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("".join(lines), encoding="utf-8")


def line_of(path: Path, key: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(f"{key},"))


def refusal(folder: Path) -> BadTable:
    with pytest.raises(BadTable) as caught:
        reference.load(folder)
    return caught.value


def test_a_missing_column_is_named(tables: Path) -> None:
    change(tables / "tables/metals.csv", 1, "density_g_cm3", "density")
    error = refusal(tables)
    assert (error.file, error.line) == ("metals.csv", 1)
    assert str(error) == "metals.csv, line 1: the column density_g_cm3 is missing."


def test_an_unknown_column_is_named(tables: Path) -> None:
    change(tables / "tables/wear.csv", 1, "as_of", "as_of,weather")
    assert str(refusal(tables)) == "wear.csv, line 1: the column weather is not one of this table's."


@pytest.mark.parametrize("word", ["thirteen", "nan", "inf", "13,1 g"])
def test_a_cell_that_is_not_a_number_is_shown(tables: Path, word: str) -> None:
    path = tables / "tables/elements.csv"
    line = line_of(path, "au")
    change(path, line, ",19.3,", f',"{word}",')
    error = refusal(tables)
    assert (error.file, error.line) == ("elements.csv", line)
    assert error.reason.startswith(f"density_g_cm3 is '{word}', which is not a")


def test_a_number_out_of_its_plausible_range_is_refused(tables: Path) -> None:
    path = tables / "tables/elements.csv"
    change(path, line_of(path, "au"), ",19.3,", ",193,")
    assert (
        refusal(tables).reason == "density_g_cm3 is '193', which is not plausible: density lies between 1 and 23 g/cm³"
    )


def test_an_unknown_source_is_named(tables: Path) -> None:
    path = tables / "tables/labour.csv"
    line = line_of(path, "casting_platinum")
    change(path, line, ",estimate,", ",hearsay,")
    error = refusal(tables)
    assert (error.file, error.line) == ("labour.csv", line)
    assert error.reason == "sources names hearsay, which is no source of sources.csv"


def test_a_birthstone_of_an_unknown_gem_is_refused(tables: Path) -> None:
    path = tables / "tables/birthstones.csv"
    change(path, line_of(path, "modern_us_02_1"), "amethyst,amethyst", "amethyst,amethist")
    assert refusal(tables).reason == "gem_ids names amethist, which is no gem of gems.csv"


def test_an_id_used_twice_is_refused(tables: Path) -> None:
    path = tables / "tables/workshop.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    error = refusal(tables)
    assert error.line == len(text.splitlines()) + 1
    assert error.reason.endswith("is already used on line 2")


def test_an_empty_required_cell_is_refused(tables: Path) -> None:
    path = tables / "tables/footprint.csv"
    line = line_of(path, "gold_mined")
    change(path, line, "kgCO2e/g", "")
    error = refusal(tables)
    assert (error.line, error.reason) == (line, "unit is empty")


def test_a_range_that_falls_is_refused(tables: Path) -> None:
    path = tables / "tables/labour.csv"
    line = line_of(path, "casting_platinum")
    change(path, line, ",20,40,90,", ",50,40,90,")
    error = refusal(tables)
    assert (error.line, error.reason) == (line, "low, mid, high should not fall: 50, 40, 90")


def test_a_fact_without_a_number_must_be_a_note(tables: Path) -> None:
    path = tables / "tables/labour.csv"
    change(path, line_of(path, "casting_platinum"), ",20,40,90,", ",,,,")
    assert refusal(tables).reason == "low, mid and high are all empty; words alone have the unit note"


def test_a_row_of_the_wrong_length_is_refused(tables: Path) -> None:
    path = tables / "tables/labour.csv"
    line = line_of(path, "casting_platinum")
    change(path, line, ",estimate,", ",one, two,estimate,")
    assert refusal(tables).reason == "the row has 12 cells where the header has 10"


def test_a_composition_of_more_than_everything_is_refused(tables: Path) -> None:
    path = tables / "tables/metals.csv"
    line = line_of(path, "18k_yellow")
    change(path, line, ",750,125,125,", ",750,225,125,")
    error = refusal(tables)
    assert (error.line, error.reason) == (line, "the composition adds up to 1100 permille")


@pytest.mark.parametrize("name", sorted(ROW_TYPES))
def test_a_missing_table_is_said_in_one_sentence(tables: Path, name: str) -> None:
    (tables / name).unlink()
    assert str(refusal(tables)) == f"{Path(name).name}, line 1: the table is missing."


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe\x00", b'id,"label\n', b"id\n", b"\x00\x00"])
def test_junk_in_place_of_a_table_is_a_bad_table_and_nothing_else(tables: Path, junk: bytes) -> None:
    (tables / "tables/cuts.csv").write_bytes(junk)
    assert refusal(tables).file == "cuts.csv"


def test_the_version_follows_the_content(tables: Path) -> None:
    assert reference.load(tables).version == reference.load().version
    reference.delivered.cache_clear()
    path = tables / "tables/labour.csv"
    change(path, line_of(path, "casting_platinum"), ",20,40,90,", ",20,41,90,")
    assert reference.load(tables).version != reference.load().version


def test_loading_twice_gives_the_same_object() -> None:
    assert reference.load() is reference.load()


def test_nothing_loaded_can_be_changed() -> None:
    tables = reference.load()
    with pytest.raises(dataclasses.FrozenInstanceError):
        tables.version = "mine"  # type: ignore[misc]
    with pytest.raises(TypeError):
        tables.metals["mithril"] = tables.metals["sterling"]  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        tables.metals["sterling"].density_g_cm3 = 1.0  # type: ignore[misc]


def test_every_number_can_be_found_by_the_words_that_a_reader_would_type() -> None:
    found = [n for n in reference.numbers(reference.load()) if n.matches("14k yellow density")]
    assert {n.id for n in found} == {"14k_yellow", "14k_yellow_silver_rich"}
    density = next(n for n in found if n.quantity == "Density" and n.id == "14k_yellow")
    assert (density.low, density.mid, density.high, density.unit) == (12.9, 13.1, 13.8, "g/cm³")
    assert density.text == "13.1 (12.9 to 13.8)"
    assert any(n.matches("steinhauser 6.15") for n in reference.numbers(reference.load()))


@pytest.mark.parametrize(
    ("low", "mid", "high", "words"),
    [
        (12.5, 16.3, 27.0, "16.3 (12.5 to 27)"),
        (0.13, None, 0.14, "0.13 to 0.14"),
        (None, 1.4, None, "1.4"),
        (2.0, 2.0, 2.0, "2"),
        (1.5, 1.8, None, "1.8 (at least 1.5)"),
        (None, None, 4.0, "at most 4"),
        (2.0, None, None, "at least 2"),
        (1000.0, 1500.0, 139632.0, "1,500 (1,000 to 139,632)"),
    ],
)
def test_a_range_is_spelled_in_words(low: float | None, mid: float | None, high: float | None, words: str) -> None:
    assert reference.spelled(low, mid, high) == words
