"""For any ring within the shop's bounds, the models of wear and value keep their promises."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from configurator import reference
from configurator.models.durability import wear
from configurator.models.footprint import footprint
from configurator.models.pricing import price
from configurator.models.resale import resell
from tests import measured_pieces as pieces

TABLES = reference.load()
METALS = st.sampled_from(sorted(id for id, metal in TABLES.metals.items() if not metal.surface_only))
GEMS = st.sampled_from(sorted(TABLES.gems))
WEARERS = st.sampled_from(["occasional", "daily", "manual"])


def mm(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, 2))


@st.composite
def rings(draw: st.DrawFn) -> tuple:
    size = draw(mm(0.9, 12))
    bezel = draw(st.booleans())
    held = pieces.stones(
        "center",
        size,
        setting="bezel" if bezel else "prong",
        prongs_per_stone=0 if bezel else draw(st.sampled_from([4, 6])),
        prong_diameter_mm=0.0 if bezel else draw(mm(0.4, 2)),
        girdle_height_mm=draw(mm(0, 8)),
        bare_tips=draw(st.integers(0, 4)),
    )
    shape = pieces.measured(
        "solitaire",
        held,
        volume_mm3=draw(mm(20, 1500)),
        worn_mm2=draw(mm(50, 600)),
        width_mm=draw(mm(1.2, 12)),
        thickness_mm=draw(mm(0.8, 4)),
        profile=draw(st.sampled_from(["flat", "court", "d_shape", "knife_edge"])),
        characters=draw(st.integers(0, 30)),
    )
    return pieces.design("solitaire", draw(METALS), ("center", draw(GEMS), size)), shape


@settings(max_examples=40)
@given(ring=rings(), wearer=WEARERS)
def test_any_ring_has_an_orderly_life_and_value(ring: tuple, wearer: str) -> None:
    design, shape = ring
    life = wear(design, shape, TABLES, wearer=wearer)
    assert life.survival.p_intact[0] == 1
    assert all(0 <= later <= earlier <= 1 for earlier, later in pairwise(life.survival.p_intact))
    assert 0 <= life.first_service_years.low <= life.first_service_years.mid <= life.first_service_years.high <= 50
    assert all(task.every_years.low > 0 and task.cost_usd.low >= 0 for task in life.maintenance)
    assert life.metal_loss_mg_per_year.low > 0
    found = resell(design, shape, price(design, shape, TABLES), life, TABLES)
    for channel in found.channels:
        ends = zip(channel.low, channel.mid, channel.high, strict=True)
        assert all(0 <= low <= mid <= high < float("inf") for low, mid, high in ends)
    assert found.ownership_cost_usd.low <= found.ownership_cost_usd.mid <= found.ownership_cost_usd.high
    kg = footprint(design, shape, TABLES).kgco2e
    assert 0 <= kg.low <= kg.mid <= kg.high


@settings(max_examples=25)
@given(ring=rings(), more=mm(0.1, 1.0), wearer=WEARERS)
def test_more_metal_never_shortens_a_life(ring: tuple, more: float, wearer: str) -> None:
    design, shape = ring
    usual = wear(design, shape, TABLES, wearer=wearer)
    band = replace(shape.band, thickness_mm=shape.band.thickness_mm + more)
    held = tuple(
        replace(stone, prong_diameter_mm=stone.prong_diameter_mm + more) if stone.setting == "prong" else stone
        for stone in shape.stones
    )
    for stronger in (replace(shape, band=band), replace(shape, stones=held)):
        assert wear(design, stronger, TABLES, wearer=wearer).mean_years_intact >= usual.mean_years_intact
