"""A design and its shelf twin through the same code, at the edges of what a style can hold."""

from typing import Any

import pytest

from configurator import geometry, reference
from configurator.design import Design, InvalidDesign
from configurator.evaluate import bare, complete, evaluate, restyled, shape, sold_metals

EDGES = [
    (style, role.name, cut, width_mm)
    for style, module in geometry.STYLES["ring"].items()
    for role in module.ROLES
    for cut in role.cuts
    for width_mm in role.width_mm
]


@pytest.mark.parametrize(("style", "role", "cut", "width_mm"), EDGES)
def test_every_stone_at_the_end_of_its_slider_has_a_twin(style: str, role: str, cut: str, width_mm: float) -> None:
    ratio = reference.load().cuts[cut].length_to_width_default
    stone = {"role": role, "cut": cut, "width_mm": width_mm, "length_mm": round(width_mm * ratio, 2)}
    design = Design.from_dict({"piece": "ring", "style": style, "stones": [stone]})
    try:
        completed = complete(design)
        geometry.build(completed)
    except InvalidDesign:
        return  # refused in words, before anything is priced
    assert evaluate(completed).twin.quote.total_usd.mid > 0


def test_a_plating_is_not_sold_as_a_metal() -> None:
    with pytest.raises(InvalidDesign, match="not sold here"):
        complete(Design(piece="ring", style="plain_band", metal="rhodium_plate"))
    assert all(not metal.surface_only for metal in sold_metals(reference.load()))


def test_metal_finish_gem_and_grade_do_not_change_the_shape() -> None:
    one = complete(Design(piece="ring", style="solitaire"))
    stone = one.stones[0].model_copy(update={"gem": "ruby", "colour": None, "clarity": None})
    other = one.model_copy(update={"metal": "pt950_ru", "finish": "satin", "stones": (stone,)})
    assert bare(one).to_json() == bare(other).to_json()
    assert geometry.shape_key(one) == geometry.shape_key(other)


def solitaire_with(**fields: Any) -> Design:
    stone = {"role": "center", "length_mm": 6.5, "width_mm": 6.5} | fields
    return Design.from_dict({"piece": "ring", "style": "solitaire", "stones": [stone]})


def test_a_chosen_table_and_crown_are_made_weighed_and_kept() -> None:
    chosen = complete(solitaire_with(table_pct=60, crown_height_pct=13.5))
    usual = complete(solitaire_with())
    assert geometry.shape_key(chosen) != geometry.shape_key(usual)
    low, high = (shape(design).measures.stones[0] for design in (chosen, usual))
    assert low.depth_mm < high.depth_mm
    assert low.volume_mm3 < high.volume_mm3
    again = restyled(chosen, "halo").stone("center")
    assert again is not None
    assert (again.table_pct, again.crown_height_pct) == (60, 13.5)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"table_pct": 70}, "The centre stone cannot have a table of 70 % .* a round brilliant is cut with 53 to 65 %"),
        ({"crown_height_pct": 24}, "a crown height of 24 % of its width; a round brilliant is cut with 11.5 to 17 %"),
        ({"crown_height_pct": 17, "depth_mm": 3.2}, "pavilion would be too flat. With that crown it can be 3.5"),
        ({"cut": "rose_cut", "table_pct": 57}, "A rose cut has no table: leave its table and its crown height out"),
    ],
)
def test_proportions_that_nobody_cuts_are_refused_in_words(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidDesign, match=words):
        complete(solitaire_with(**fields))


def test_the_same_design_gives_the_same_numbers() -> None:
    design = Design(piece="ring", style="halo")
    assert evaluate(design).custom.quote == evaluate(design).custom.quote


@pytest.mark.parametrize(
    ("options", "lines", "words"),
    [
        ({"width_mm": 2.0}, [{"text": "Hope"}, {"text": "Joy"}], "One under the other, these 2 lines"),
        ({"profile": "knife_edge"}, [{"text": "one", "place": "outside"}], "knife edge has no flat outside"),
    ],
)
def test_lettering_that_cannot_be_cut_is_refused(
    options: dict[str, str], lines: list[dict[str, str]], words: str
) -> None:
    ring = Design.from_dict({"piece": "ring", "style": "plain_band", "options": options, "inscriptions": lines})
    with pytest.raises(InvalidDesign, match=words):
        evaluate(ring)
