"""Prices of any ring: lines that add up, ranges in order, and more never costing less."""

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator import reference
from configurator.design import Design
from configurator.measures import Measures
from configurator.models.pricing import price
from configurator.models.twin import twin
from tests.sample_rings import lettering, measures, ring, stone, stone_measure

TABLES = reference.load()
GRADES = st.tuples(
    st.sampled_from("DEFGHIJ"), st.sampled_from(["IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "I1"])
)
CARATS = st.floats(0.15, 8)


@st.composite
def priced(draw: st.DrawFn) -> tuple[Design, Measures]:
    """Any ring with a centre stone, maybe a halo and lettering, and its measures."""
    carat, (colour, clarity) = draw(CARATS), draw(GRADES)
    gem, cut = draw(st.sampled_from(sorted(TABLES.gems))), draw(st.sampled_from(["round_brilliant", "oval", "pear"]))
    setting: Any = draw(st.sampled_from(["prong", "bezel"]))
    stones = [stone(carat=carat, gem=gem, cut=cut, colour=colour, clarity=clarity)]
    measured = [stone_measure(carat=carat, setting=setting, cut=cut, prongs=draw(st.sampled_from([4, 6])))]
    if draw(st.booleans()):
        stones.append(stone("halo", 0.01, gem=draw(st.sampled_from(["diamond", "diamond_lab", "ruby"]))))
        measured.append(stone_measure("halo", 0.01, count=draw(st.integers(8, 40)), setting="bead", prongs=2))
    letters = draw(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["inside", "outside"])), max_size=2))
    design = ring(
        *stones,
        metal=draw(st.sampled_from(sorted(TABLES.metals))),
        finish=draw(st.sampled_from(["polished", "satin", "brushed", "hammered"])),
        inner_diameter_mm=draw(st.floats(13, 23)),
    )
    volume = draw(st.floats(40, 3_000))
    marks = tuple(lettering(characters, place) for characters, place in letters)
    return design, measures(*measured, volume_mm3=volume, inscriptions=marks)


def cents(usd: float) -> int:
    return round(usd * 100)


@settings(max_examples=80, deadline=None)
@given(priced(), st.sampled_from(["custom", "mass"]), st.booleans())
def test_lines_add_up_to_the_cent_whatever_is_ordered(ordered: tuple[Design, Measures], route: Any, mark: bool) -> None:
    quote = price(*ordered, TABLES, route, hallmark=mark)
    assert sum(cents(line.mid) for line in quote.lines) == cents(quote.total_usd.mid)
    assert sum(cents(line.mid) for line in quote.internal_lines) == cents(quote.total_usd.mid)
    assert quote.total_usd.low <= quote.total_usd.mid <= quote.total_usd.high
    for line in quote.lines + quote.internal_lines:
        assert 0 <= line.low <= line.mid <= line.high < math.inf
        assert line.label
        assert line.formula
        assert line.sources
        assert cents(line.mid) / 100 == line.mid


@settings(max_examples=60, deadline=None)
@given(GRADES, st.lists(st.floats(0.004, 6), min_size=2, max_size=2, unique=True), st.sampled_from(sorted(TABLES.gems)))
def test_a_heavier_stone_never_costs_less(grade: tuple[str, str], carats: list[float], gem: str) -> None:
    mids = [
        price(
            ring(stone(carat=max(carat, 0.01), gem=gem, colour=grade[0], clarity=grade[1])),
            measures(stone_measure(carat=carat, prongs=4)),
            TABLES,
            "mass",
        ).total_usd.mid
        for carat in sorted(carats)
    ]
    assert mids[0] <= mids[1]


@settings(max_examples=60, deadline=None)
@given(priced())
def test_the_twin_of_a_twin_is_itself_for_any_ring(ordered: tuple[Design, Measures]) -> None:
    once = twin(ordered[0], TABLES).design
    assert twin(once, TABLES).design == once
    assert Design.from_json(once.to_json()) == once
