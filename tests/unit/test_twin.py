"""The shelf twin: a real design, changed only by written rules."""

import pytest

from configurator import geometry, reference
from configurator.design import Design
from configurator.models.pricing import price
from configurator.models.twin import active, nominal_weight_ct, twin
from tests.sample_rings import inscription, measures, ring, stone, stone_measure

TABLES = reference.load()
LAVISH = ring(
    stone(carat=1.07, colour="D", clarity="IF"),
    stone("halo", 0.01),
    style="halo",
    metal="18k_white_pd",
    accent_metal="18k_yellow",
    finish="hammered",
    inscriptions=(inscription("Toujours"),),
    inner_diameter_mm=17.05,
)


def test_a_twin_is_what_a_shop_would_have() -> None:
    found = twin(LAVISH, TABLES).design
    centre = found.stone("center")
    assert centre is not None
    assert (centre.colour, centre.clarity) == ("I", "SI2")
    assert found.metal == "18k_white_ni"
    assert found.options["prongs"] == 4
    assert found.options["thickness_mm"] == 1.5
    assert (found.accent_metal, found.finish, found.inscriptions) == (None, "polished", ())
    assert (found.piece, found.style, found.options["profile"]) == (LAVISH.piece, LAVISH.style, "court")


def test_it_is_made_in_half_sizes() -> None:
    found = twin(LAVISH, TABLES).design.inner_diameter_mm
    row = next(row for row in TABLES.ring_sizes if round(row.inner_diameter_mm, 3) == found)
    assert row.us_size % 0.5 == 0
    assert found is not None
    assert abs(found - 17.05) <= 0.21  # half of half a size


@pytest.mark.parametrize(("given", "stock"), [(0.3, 0.25), (0.45, 0.5), (0.9, 1.0), (1.07, 1.0), (1.3, 1.5), (2.2, 2)])
def test_diamonds_come_in_stock_weights(given: float, stock: float) -> None:
    centre = twin(ring(stone(carat=given)), TABLES).design.stone("center")
    assert centre is not None
    assert nominal_weight_ct(centre, TABLES) == pytest.approx(stock, rel=0.002)


@pytest.mark.parametrize(
    "cut",
    [
        "oval",
        "emerald",
        "pear",
        "marquise",
        "princess",
        "cushion",
        "asscher",
        "radiant",
        "heart",
        "trillion",
        "baguette",
        "rose_cut",
    ],
)
def test_other_shapes_keep_their_outline_at_a_stock_weight(cut: str) -> None:
    centre = stone(carat=1.1).model_copy(update={"cut": cut, "length_mm": 8.1, "width_mm": 5.7})
    found = twin(ring(centre), TABLES).design.stone("center")
    assert found is not None
    assert found.length_mm / found.width_mm == pytest.approx(8.1 / 5.7, rel=0.001)
    assert (nominal_weight_ct(found, TABLES) * 4) % 1 == pytest.approx(0, abs=0.03) or (
        nominal_weight_ct(found, TABLES) * 4
    ) % 1 == pytest.approx(1, abs=0.03)


def test_coloured_stones_come_in_calibrated_sizes() -> None:
    sapphire = stone(gem="sapphire_blue").model_copy(update={"cut": "oval", "length_mm": 7.2, "width_mm": 5.3})
    found = twin(ring(sapphire), TABLES).design.stone("center")
    assert found is not None
    assert (found.length_mm, found.width_mm) == (7.0, 5.5)


def test_stock_stones_have_their_cuts_usual_proportions() -> None:
    stock = twin(ring(stone()), TABLES).design
    (centre,) = stock.stones
    for chosen in ({"table_pct": 62.0}, {"crown_height_pct": 13.0}, {"depth_mm": 3.9}):
        found = twin(stock.model_copy(update={"stones": (centre.model_copy(update=chosen),)}), TABLES)
        assert found.design == stock
        assert [(change.rule, change.what) for change in found.changes if change.part == "design"] == [
            ("stock_proportions", "Centre stone: cut to the usual proportions.")
        ]


def test_melee_stays_as_it_is() -> None:
    halo = twin(LAVISH, TABLES).design.stone("halo")
    before = LAVISH.stone("halo")
    assert halo is not None
    assert before is not None
    assert (halo.length_mm, halo.width_mm) == (before.length_mm, before.width_mm)


def test_it_is_never_better_than_what_the_client_chose() -> None:
    modest = ring(stone(colour="J", clarity="I1"), options={"thickness_mm": 1.2, "prongs": 4})
    found = twin(modest, TABLES).design
    centre = found.stone("center")
    assert centre is not None
    assert (centre.colour, centre.clarity) == ("J", "I1")
    assert found.options == modest.options


def test_a_lab_grown_stone_keeps_its_grade() -> None:
    centre = twin(ring(stone(gem="diamond_lab", colour="E", clarity="VS1")), TABLES).design.stone("center")
    assert centre is not None
    assert (centre.colour, centre.clarity) == ("E", "VS1")


@pytest.mark.parametrize("metal", sorted(TABLES.metals))
def test_the_band_keeps_to_the_workshop_minimum(metal: str) -> None:
    thickness = twin(ring(stone(), metal=metal), TABLES).design.options["thickness_mm"]
    least = TABLES.workshop[f"band_thickness_{TABLES.metals[metal].kind}"].low
    assert least is not None
    assert least <= float(thickness) <= 1.8


@pytest.mark.parametrize("design", [LAVISH, ring(stone()), ring(style="plain_band")])
def test_the_twin_of_a_twin_is_itself(design: Design) -> None:
    once = twin(design, TABLES)
    again = twin(once.design, TABLES)
    assert again.design == once.design
    assert not [change for change in again.changes if change.part == "design"]


@pytest.mark.parametrize("style", sorted(geometry.STYLES["ring"]))
def test_a_twin_is_valid_in_every_style_and_stays_itself(style: str) -> None:
    design = geometry.complete(Design(piece="ring", style=style))
    once = geometry.complete(twin(design, TABLES).design)
    assert geometry.complete(twin(once, TABLES).design) == once


def test_every_change_names_its_rule_and_source_in_words() -> None:
    for change in twin(LAVISH, TABLES).changes:
        assert change.rule in TABLES.twin_rules
        assert set(change.source) <= set(TABLES.sources)
        assert change.what[0].isupper() or change.what[0].isdigit()
        assert change.what.endswith(".")
        assert "None" not in change.what


@pytest.mark.parametrize("rule", [rule.id for rule in active(TABLES)])
def test_each_rule_can_be_switched_off(rule: str) -> None:
    assert rule not in [change.rule for change in twin(LAVISH, TABLES, rules_off={rule}).changes]


def test_with_every_rule_off_the_twin_is_the_design() -> None:
    found = twin(LAVISH, TABLES, rules_off=set(TABLES.twin_rules))
    assert found.design == LAVISH
    assert found.changes == ()


def test_a_rule_that_is_off_by_default_can_be_switched_on() -> None:
    gold = ring(stone(), metal="18k_yellow")
    assert twin(gold, TABLES).design.metal == "18k_yellow"
    assert twin(gold, TABLES, rules_on={"lower_fineness_yellow"}).design.metal == "14k_yellow"


def test_in_the_plain_case_the_shelf_is_cheaper() -> None:
    design = ring(stone(colour="G", clarity="VS2"))
    custom = price(design, measures(stone_measure()), TABLES).total_usd
    shelf = price(
        twin(design, TABLES).design, measures(stone_measure(prongs=4), volume_mm3=200), TABLES, "mass"
    ).total_usd
    assert shelf.mid < custom.mid
