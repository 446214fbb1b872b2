"""What is known of a piece's footprint, and that what is not known is said and never counted as zero."""

import pytest

from configurator import reference, units
from configurator.models.footprint import Footprint, FootprintLine, chance_of_less, footprint
from configurator.models.ranges import Range
from tests import measured_pieces as pieces

TABLES = reference.load()


def of(piece: tuple, sourcing: str = "recycled") -> Footprint:
    design, shape = piece
    return footprint(design.model_copy(update={"metal_sourcing": sourcing}), shape, TABLES)


def line(found: Footprint, start: str) -> FootprintLine:
    return next(one for one in found.lines if one.item.startswith(start))


def test_newly_mined_gold_is_mass_times_the_industrys_range() -> None:
    found = line(of(pieces.plain_band(), "mined"), "Gold")
    metal = TABLES.metals["18k_yellow"]
    grams = units.mass_g(380, metal.density_g_cm3) * 0.75
    assert found.mass_g == pytest.approx(grams)
    assert found.kgco2e == Range.of(TABLES.footprint["gold_mined"]).times(grams)
    assert found.evidence == "unknown"


def test_recycled_gold_is_some_tens_of_times_lower_and_only_declared() -> None:
    mined, recycled = (of(pieces.plain_band(), sourcing) for sourcing in ("mined", "recycled"))
    assert mined.kgco2e.mid > 30 * recycled.kgco2e.mid
    assert line(recycled, "Gold").evidence == "declared"
    assert "not shown that less is mined" in line(recycled, "Gold").note


def test_fairmined_is_documented_but_assures_nothing_about_carbon() -> None:
    mined, fairmined = (line(of(pieces.plain_band(), sourcing), "Gold") for sourcing in ("mined", "fairmined"))
    assert fairmined.evidence == "documented"
    assert fairmined.kgco2e == mined.kgco2e
    assert "does not measure carbon" in fairmined.note


def test_fairmined_says_nothing_of_platinum() -> None:
    assert line(of(pieces.three_stone(), "fairmined"), "Platinum").evidence == "unknown"


def test_a_coloured_stone_is_unknown_and_not_zero() -> None:
    found = of(pieces.opal_bezel())
    assert line(found, "Opal").kgco2e is None
    assert found.unknown == ("Opal (centre stone)",)
    assert "unknown, not zero" in line(found, "Opal").note


def test_natural_and_lab_grown_diamonds_differ_mostly_by_how_little_is_known() -> None:
    natural, lab = (of(pieces.solitaire(gem=gem)).kgco2e for gem in ("diamond", "diamond_lab"))
    assert lab.high - lab.low > 3 * (natural.high - natural.low)
    carat = units.weight_ct(pieces.solitaire()[1].stones[0].volume_mm3, 3.52)
    rows = TABLES.footprint
    assert natural.high <= 1.05 * Range.of(rows["diamond_mined"]).high * carat
    note = line(of(pieces.solitaire(gem="diamond_lab")), "Diamond").note
    assert "electricity" in note


@pytest.mark.parametrize("metal", sorted(TABLES.metals))
def test_every_metal_has_lines_that_add_up_to_its_mass(metal: str) -> None:
    found = of(pieces.plain_band(metal))
    whole = units.mass_g(380, TABLES.metals[metal].density_g_cm3)
    assert sum(one.mass_g for one in found.lines) == pytest.approx(whole)
    assert 0 <= found.kgco2e.low <= found.kgco2e.mid <= found.kgco2e.high
    assert all(one.kgco2e is None or one.sources for one in found.lines)


@pytest.mark.parametrize("sourcing", ["mined", "recycled"])
@pytest.mark.parametrize("piece", [pieces.three_stone(), pieces.solitaire(gem="diamond_lab"), pieces.plain_band()])
def test_the_total_is_of_one_kind_with_its_lines_and_holds_each_of_them(piece: tuple, sourcing: str) -> None:
    """It was narrower than one of its own parts, when they ran low to high and it from P10 to P90."""
    found = of(piece, sourcing)
    known = [one.kgco2e for one in found.lines if one.kgco2e is not None]
    for end in ("low", "mid", "high"):
        assert getattr(found.kgco2e, end) == pytest.approx(sum(getattr(one, end) for one in known))


def test_beside_every_laboratory_grown_figure_stands_the_electricity() -> None:
    lab, natural = (of(pieces.solitaire(gem=gem)) for gem in ("diamond_lab", "diamond"))
    carat = units.weight_ct(pieces.solitaire()[1].stones[0].volume_mm3, 3.52)
    clean, coal = (Range.of(TABLES.footprint[f"diamond_lab_{mix}"]).mid * carat for mix in ("renewable", "coal"))
    assert line(lab, "Diamond").by_power_kgco2e == pytest.approx((clean, coal), rel=0.01)
    assert f"{clean:.2g} kg on renewable electricity" in lab.electricity
    assert natural.electricity == ""
    assert "unknown mix of electricity" in of(pieces.solitaire(gem="moissanite")).electricity


def test_what_both_pieces_do_not_know_is_drawn_alike_for_both() -> None:
    smaller, larger = (of(pieces.solitaire(gem="diamond_lab"), sourcing) for sourcing in ("recycled", "mined"))
    assert smaller.kgco2e.high > larger.kgco2e.low, "the ranges overlap, and yet"
    assert chance_of_less(smaller, larger) > 0.99
    assert chance_of_less(larger, smaller) < 0.01
    assert chance_of_less(smaller, smaller) == 1 / 2
    unlike = of(pieces.solitaire(gem="diamond"), "mined")
    assert 0.05 < chance_of_less(of(pieces.solitaire(gem="diamond_lab"), "mined"), unlike) < 0.95


def test_the_same_piece_gives_the_same_numbers() -> None:
    assert of(pieces.halo()) == of(pieces.halo())
