"""The ten dimensions: the same formulas for both pieces, and the shelf wins where it is better."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from configurator import evaluate, presets, reference, units
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.durability import wear
from configurator.models.footprint import footprint
from configurator.models.pricing import price
from configurator.models.resale import resell
from configurator.models.schedule import schedule
from configurator.models.scorecard import DIMENSIONS, Overall, Score, overall, scorecard
from tests import measured_pieces as pieces

TABLES = reference.load()


def side(design: Design, shape: Measures, route: Any, findings: tuple = ()) -> Any:
    quote, life = price(design, shape, TABLES, route), wear(design, shape, TABLES)
    return SimpleNamespace(
        design=design,
        measures=shape,
        mass_g=units.mass_g(shape.metal_volume_mm3, TABLES.metals[design.metal].density_g_cm3),
        quote=quote,
        durability=life,
        resale=resell(design, shape, quote, life, TABLES),
        footprint=footprint(design, shape, TABLES),
        schedule=schedule(design, shape, TABLES, route),
        findings=findings,
    )


def shelf(design: Design, shape: Measures) -> Any:
    """A plain twin: unstated metal, no inscription, a thinner casting."""
    plain = design.model_copy(update={"metal_sourcing": "mined", "inscriptions": ()})
    band = shape.band and replace(shape.band, thickness_mm=1.5)
    thinner = replace(shape, band=band, inscriptions=(), metal_volume_mm3=0.83 * shape.metal_volume_mm3)
    return side(plain, thinner, "mass")


def scores(piece: tuple[Design, Measures], **options: Any) -> dict[str, Score]:
    return {score.id: score for score in scorecard(side(*piece, "custom", **options), shelf(*piece), TABLES)}


@pytest.mark.parametrize("name", pieces.EVERY_PIECE)
def test_ten_dimensions_with_marks_from_0_to_10_and_a_reason_each(name: str) -> None:
    found = scores(pieces.EVERY_PIECE[name])
    assert tuple(found) == DIMENSIONS
    assert len(found) == 10
    for score in found.values():
        assert 0 <= score.design <= 10
        assert 0 <= score.twin <= 10
        assert str(score.reason).endswith(".")
        assert score.dimension


def test_the_shelf_wins_where_it_is_better() -> None:
    found = scores(pieces.solitaire(gem="diamond_lab", text="Toujours"))
    for id in ("cost", "time", "resale", "buying"):
        assert found[id].twin > found[id].design, id


def test_the_custom_piece_wins_where_it_is_better() -> None:
    found = scores(pieces.solitaire(text="Toujours"))
    for id in ("uniqueness", "craftsmanship", "meaning", "sourcing", "freedom"):
        assert found[id].design > found[id].twin, id


def test_a_piece_has_no_advantage_over_itself_sold_the_same_way() -> None:
    one = side(*pieces.solitaire(), "custom")
    for score in scorecard(one, one, TABLES):
        assert score.design == score.twin, score.id


def test_an_inscription_makes_it_more_unique_and_more_personal() -> None:
    bare, told = (scores(pieces.solitaire(text=text)) for text in ("", "Toujours 12.06.26"))
    assert told["uniqueness"].design > bare["uniqueness"].design
    assert told["meaning"].design > bare["meaning"].design
    assert "the inscription" in told["uniqueness"].reason


def test_a_stone_without_figures_is_named_unknown() -> None:
    assert "unknown" in scores(pieces.opal_bezel())["sourcing"].reason


def test_what_the_maker_objects_to_costs_freedom() -> None:
    warning = SimpleNamespace(severity="warning")
    note = SimpleNamespace(severity="note")
    free, noted, warned = (scores(pieces.solitaire(), findings=f)["freedom"] for f in ((), (note,), (warning,)))
    assert free.design == noted.design == 10
    assert warned.design < 10


def test_what_cannot_be_undone_is_named() -> None:
    assert (
        "rhodium" in scores(pieces.halo("14k_white_ni"))["adaptability"].reason
        or "renewed" in scores(pieces.halo("14k_white_ni"))["adaptability"].reason
    )
    assert "tarnish" in scores(pieces.opal_bezel())["adaptability"].reason
    assert scores(pieces.solitaire())["adaptability"].design == 10


def test_the_same_pieces_give_the_same_marks() -> None:
    assert scores(pieces.halo()) == scores(pieces.halo())


def marks(*pairs: tuple[float, float]) -> tuple[Score, ...]:
    return tuple(Score(id, "", own, shelf, "") for id, (own, shelf) in zip(DIMENSIONS, pairs, strict=False))


def test_the_whole_is_the_mean_of_the_marks_as_the_client_weighs_them() -> None:
    found = overall(marks((10, 2), (4, 8), (1, 6)), {"uniqueness": 3, "meaning": 0})
    assert found.design == pytest.approx((3 * 10 + 4) / 4)
    assert found.twin == pytest.approx((3 * 2 + 8) / 4, abs=0.05)
    assert found.weights == {"uniqueness": 3, "craftsmanship": 1, "meaning": 0}


def test_what_counts_alone_decides() -> None:
    alone = overall(marks((10, 2), (4, 8)), {"uniqueness": 0})
    assert alone == Overall(4, 8, {"uniqueness": 0, "craftsmanship": 1})


@pytest.mark.parametrize(
    ("weights", "words"),
    [({"love": 2}, "the ten are uniqueness, craftsmanship"), (dict.fromkeys(DIMENSIONS, 0), "at least")],
)
def test_weights_that_say_nothing_are_refused_in_words(weights: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        overall(marks((10, 2), (4, 8)), weights)


def test_a_diamond_is_a_birthstone_only_where_stones_are_chosen_as_such() -> None:
    ring_of, row = (
        evaluate.evaluate(next(one.design for one in presets.presets() if one.design.style == style))
        for style in ("solitaire", "birthstone_row")
    )
    marks = [next(score for score in found.scorecard if score.id == "meaning") for found in (ring_of, row)]
    assert all(stone.gem.startswith("diamond") for stone in ring_of.custom.design.stones)
    assert "birthstone" not in marks[0].reason
    assert "a birthstone" in marks[1].reason.lower()
