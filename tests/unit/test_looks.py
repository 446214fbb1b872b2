"""What renderers are told about materials follows from the tables."""

import math

import pytest

from configurator import reference
from configurator.export.looks import gem_look, linear_rgb, metal_look, stone_look

GEMS = reference.load().gems


def test_a_metal_looks_as_its_row_says() -> None:
    gold = reference.load().metals["18k_yellow"]
    assert metal_look(gold).reflectance == gold.reflectance
    assert metal_look(gold, "satin").roughness > metal_look(gold, "polished").roughness


def test_colours_are_decoded_to_linear_light() -> None:
    assert linear_rgb("#ffffff") == (1, 1, 1)
    assert linear_rgb("#000000") == (0, 0, 0)
    assert linear_rgb("#808080")[0] == pytest.approx(0.2158, abs=1e-4)


@pytest.mark.parametrize("gem", GEMS.values(), ids=lambda gem: gem.id)
def test_dispersion_parts_red_from_blue_by_what_the_table_says(gem: reference.Gem) -> None:
    look = gem_look(gem)
    red, green, blue = look.refractive_index_rgb
    assert blue - red == pytest.approx(gem.dispersion or 0, abs=1e-12)
    assert red <= green <= blue
    assert red <= look.refractive_index <= green  # the sodium line lies between


@pytest.mark.parametrize("gem", GEMS.values(), ids=lambda gem: gem.id)
def test_absorption_is_positive_and_orders_channels_as_the_body_colour(gem: reference.Gem) -> None:
    look = gem_look(gem)
    assert all(channel >= 0 for channel in look.absorption_per_mm)
    by_absorption = sorted(range(3), key=lambda i: (look.absorption_per_mm[i], i))
    by_body = sorted(range(3), key=lambda i: (-max(look.body[i], 0.004), i))
    assert by_absorption == by_body


def test_absorption_gives_the_body_colour_back_over_a_typical_path_but_for_grey() -> None:
    look = gem_look(GEMS["ruby"])
    through = [math.exp(-9 * a) for a in look.absorption_per_mm]
    grey = through[0] / look.body[0]
    assert through == pytest.approx([channel * grey for channel in look.body], rel=1e-6)
    assert grey > 1


def test_pearls_opals_and_moonstones_glow_in_their_own_ways() -> None:
    assert [gem_look(GEMS[gem]).effect for gem in ("pearl", "opal", "moonstone", "ruby")] == [
        "pearl",
        "opal",
        "moonstone",
        None,
    ]
    assert gem_look(GEMS["onyx"]).opaque
    assert not gem_look(GEMS["ruby"]).opaque


def test_a_black_channel_does_not_absorb_without_end() -> None:
    look = stone_look(body_hex="#00ff00", refractive_index=1.5, dispersion=0.0, opaque=False)
    assert max(look.absorption_per_mm) < 1
