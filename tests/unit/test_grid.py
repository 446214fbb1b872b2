"""The grid of designs that `bench --grid` tries: does it reach all that can be picked, and does it see faults?"""

import dataclasses
import itertools
from typing import Any, get_args

import pytest

from configurator import geometry
from configurator.bench import grid
from configurator.geometry.piece import Finding

ENOUGH = 60  # of one style; a bench of 2,000 tries about as many of each
STYLES = [(piece, style) for piece, styles in geometry.STYLES.items() for style in styles]


@pytest.mark.parametrize(("piece", "style"), STYLES)
def test_every_choice_and_every_cut_of_a_style_is_reached(piece: str, style: str) -> None:
    module = geometry.STYLES[piece][style]
    designs = list(itertools.islice(grid.picked(piece, style), ENOUGH))
    for name, field in module.Options.model_fields.items():
        found = {raw["options"][name] for raw in designs}
        choices = get_args(field.annotation) or ((True, False) if field.annotation is bool else ())
        if choices and len(choices) <= ENOUGH / 4:
            assert found == set(choices)
        else:
            assert len(found) > ENOUGH / 4
    for role in module.ROLES:
        cuts = {stone["cut"] for raw in designs for stone in raw["stones"] if stone["role"] == role.name}
        assert cuts == set(role.cuts)


def plain_band() -> dict[str, Any]:
    return {"piece": "ring", "style": "plain_band", "options": {"width_mm": 4.0}}


def test_a_sound_ring_has_no_faults() -> None:
    tried = grid.try_one(plain_band())
    assert (tried.faults, tried.refused, tried.foreseen) == ((), "", False)
    assert abs(tried.weight_off) < grid.WEIGHT_BAR


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    tried = grid.try_one(plain_band() | {"options": {"width_mm": 40.0}})
    assert "it can be at most 12" in tried.refused
    assert tried.faults == ()


def test_a_casting_that_no_measure_foresaw_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = geometry.cast

    def folded(design: Any) -> Any:

        found = cast(design)
        return dataclasses.replace(found, findings=(Finding("stop", "band", "It folds.", "Unfold it."),))

    monkeypatch.setattr(geometry, "cast", folded)
    assert grid.try_one(plain_band()).faults == ("It folds.",)


# Designs once weighed 0.5 to 1.2 % off: rough prongs and rails on steep ends, and drills of a halo in the shoulders.
WEIGHED_APART = [
    ("earrings", "stud", {"setting": "prong", "prongs": 6}, ("baguette", 22.15, 9.36), None),
    ("earrings", "stud", {"setting": "prong", "prong_weight": "sturdy"}, ("heart", 7.45, 7.45), None),
    ("pendant", "solitaire", {"setting": "prongs", "chain": "none"}, ("baguette", 22.67, 11.55), None),
    ("pendant", "solitaire", {"setting": "prongs", "chain": "none", "prongs": 6}, ("baguette", 15.49, 5.77), None),
    ("ring", "halo", {"width_mm": 5.0, "shoulders": "split", "rows": "double"}, ("oval_cabochon", 7.36, 4.96), 1.8),
    ("ring", "halo", {"width_mm": 1.66, "thickness_mm": 2.3, "shoulders": "split"}, ("pear", 6.44, 4.07), 1.9),
]


@pytest.mark.parametrize(("piece", "style", "options", "centre", "melee_mm"), WEIGHED_APART)
def test_pieces_once_weighed_apart_from_their_castings_are_weighed_as_they_are(
    piece: str, style: str, options: dict[str, Any], centre: tuple[str, float, float], melee_mm: float | None
) -> None:
    cut, length_mm, width_mm = centre
    stones = [{"role": "center", "cut": cut, "length_mm": length_mm, "width_mm": width_mm}]
    if melee_mm is not None:
        stones.append({"role": "halo", "cut": "round_brilliant", "length_mm": melee_mm, "width_mm": melee_mm})
    tried = grid.try_one({"piece": piece, "style": style, "options": options, "stones": stones})
    assert (tried.faults, tried.refused) == ((), "")
    assert abs(tried.weight_off) < grid.WEIGHT_BAR
