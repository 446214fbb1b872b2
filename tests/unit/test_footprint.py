"""What is known of a piece's footprint, and that what is not known is said and never counted as zero."""

import pytest

from configurator import reference, units
from configurator.models.footprint import Footprint, FootprintLine, footprint
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


def test_the_total_is_the_lines_together() -> None:
    found = of(pieces.three_stone(), "mined")
    known = [one.kgco2e for one in found.lines if one.kgco2e is not None]
    assert sum(one.low for one in known) <= found.kgco2e.low <= found.kgco2e.high <= sum(one.high for one in known)


def test_the_same_piece_gives_the_same_numbers() -> None:
    assert of(pieces.halo()) == of(pieces.halo())
