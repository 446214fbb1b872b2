"""Every gem of the table can be set, seen, priced, worn and sold again; and only diamonds are graded."""

import pytest

from configurator import evaluate, reference
from configurator.design import Design, InvalidDesign
from configurator.evaluate import Evaluation
from configurator.export.looks import gem_look
from configurator.reference import Gem
from configurator.ui.viewer.materials import materials

TABLES = reference.load()
every_gem = pytest.mark.parametrize("gem", TABLES.gems.values(), ids=lambda gem: gem.id)
grown = pytest.mark.parametrize("gem", [gem for gem in TABLES.gems.values() if gem.natural_id], ids=lambda gem: gem.id)


def solitaire(gem: str, **grades: str) -> Design:
    """One stone of a kind in prongs; a pearl on its cup."""
    style, cut = ("pearl", "sphere") if gem == "pearl" else ("solitaire", "round_brilliant")
    stone = {"role": "center", "gem": gem, "cut": cut, "length_mm": 6.5, "width_mm": 6.5}
    return Design.from_dict({"piece": "ring", "style": style, "stones": [stone | grades]})


def found(gem: str | None) -> Evaluation:
    assert gem is not None
    return evaluate.evaluate(solitaire(gem))


@every_gem
def test_it_is_priced_worn_and_sold_again_in_a_solitaire(gem: Gem) -> None:
    side = found(gem.id).custom
    stones = next(line for line in side.quote.lines if line.item == "stones_center")
    assert gem.label in stones.label
    assert 0 < stones.low < stones.mid < stones.high
    assert stones.sources
    parts = {part.id: part for part in side.durability.components}
    for hazard in ("lost", "chipped", "dulled"):
        assert parts[f"stone_{hazard}_center"].first_years.low > 0
    calendar = {row.item for row in side.durability.maintenance}
    assert ("Repolish the centre stone" in calendar) == (gem.mohs < 9)  # corundum and harder outlast it
    ways = {"scrap", "local_buyer", "consignment", "private_sale", "auction"}
    assert {channel.id for channel in side.resale.channels} == ways | ({"upgrade"} if gem.id == "diamond" else set())
    for channel in side.resale.channels:
        for low, mid, high in zip(channel.low, channel.mid, channel.high, strict=True):
            assert 0 <= low <= mid <= high
    assert side.resale.share_of_price.mid < 1
    assert any(gem.label in line.item for line in side.footprint.lines)


@grown
def test_a_laboratory_grown_stone_is_cheaper_brings_less_and_has_a_footprint(gem: Gem) -> None:
    lab, natural = found(gem.id).custom, found(gem.natural_id).custom
    assert lab.quote.total_usd.mid < natural.quote.total_usd.mid
    for way in ("local_buyer", "private_sale", "auction"):
        ours, theirs = (next(c for c in side.resale.channels if c.id == way).mid[0] for side in (lab, natural))
        assert ours < theirs
    line = next(line for line in lab.footprint.lines if "laboratory-grown" in line.item)
    assert line.kgco2e is not None
    assert line.kgco2e.low > 0
    said = " ".join(lab.resale.notes).lower()
    assert "lab-grown" in said or "laboratory-grown" in said


@every_gem
def test_it_has_a_look_in_stills_and_in_the_viewer(gem: Gem) -> None:
    look, shown = gem_look(gem), materials(TABLES)["gems"][gem.id]
    assert shown["opaque"] == look.opaque == (not gem.transparent)
    assert shown.get("effect") == look.effect == gem.effect
    assert (look.effect is None) or look.opaque
    if look.effect in ("banded", "spotted", "flecked"):
        assert look.second != look.body
        assert shown["second"] == pytest.approx(look.second, abs=1e-4)


@pytest.mark.parametrize("grades", [{"colour": "G"}, {"clarity": "VS2"}, {"colour": "D", "clarity": "IF"}])
@pytest.mark.parametrize("gem", [gem.id for gem in TABLES.gems.values() if gem.species != "diamond"])
def test_letters_of_diamond_grading_are_refused_for_what_is_not_graded(gem: str, grades: dict[str, str]) -> None:
    with pytest.raises(InvalidDesign) as refused:
        evaluate.complete(solitaire(gem, **grades))
    said = str(refused.value)
    assert TABLES.gems[gem].label.lower() in said
    assert "colour and clarity" in said
    assert said.count(".") - said.count("0.") == 1, "one sentence"


@pytest.mark.parametrize("gem", ["diamond", "diamond_lab"])
def test_a_diamond_keeps_its_grade_and_gets_the_usual_one(gem: str) -> None:
    assert evaluate.complete(solitaire(gem, colour="E")).stones[0].colour == "E"
    assert evaluate.complete(solitaire(gem)).stones[0].clarity == "VS2"
