"""Colours that everyone can tell apart, in light and in dark, and words that can be read on them."""

import itertools
import json

import numpy as np
import pytest

from configurator.charts import theme

# What people see, as maps of linear RGB: Viénot, Brettel and Mollon 1999 for the red and the green kind, and
# Machado, Oliveira and Fernandes 2009 at full strength for the blue.
BLINDNESS = {
    "ordinary": np.eye(3),
    "protan": np.array(((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1))),
    "deutan": np.array(((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1))),
    "tritan": np.array(
        ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039))
    ),
}
TO_XYZ = np.array(
    ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.072175), (0.0193339, 0.119192, 0.9503041))
)
WHITE = np.array((0.95047, 1, 1.08883))
GROUND = {"light": "#f6f4f0", "dark": "#171614"}
PLAINLY_APART = 20  # CIE76 units; 2.3 can just be seen side by side
MARKS_CONTRAST = 3.0  # WCAG 1.4.11, graphical objects
WORDS_CONTRAST = 4.5  # WCAG 1.4.3


def linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array((116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])))


def apart(first: str, second: str, eyes: str) -> float:
    seen = [lab(BLINDNESS[eyes] @ linear(colour)) for colour in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def contrast(first: str, second: str) -> float:
    dark, bright = sorted(theme.luminance(colour) for colour in (first, second))
    return (bright + 0.05) / (dark + 0.05)


def test_the_measures_are_the_published_ones() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's well-known borderline grey
    assert lab(linear("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
    assert apart("#ff0000", "#00ff00", "ordinary") > 2 * apart("#c00000", "#606000", "deutan")


@pytest.mark.parametrize("eyes", BLINDNESS)
@pytest.mark.parametrize(
    "pair",
    [(theme.DESIGN, theme.TWIN), *itertools.combinations(theme.STACKED, 2)],
    ids=" ".join,
)
def test_what_stands_together_can_be_told_apart_by_everyone(pair: tuple[str, str], eyes: str) -> None:
    assert apart(*pair, eyes) >= PLAINLY_APART


@pytest.mark.parametrize("mode", GROUND)
@pytest.mark.parametrize("colour", [theme.DESIGN, theme.TWIN, theme.WHISKER])
def test_lines_and_marks_stand_out_from_the_ground(colour: str, mode: str) -> None:
    assert contrast(colour, GROUND[mode]) >= MARKS_CONTRAST


@pytest.mark.parametrize("colour", theme.STACKED)
def test_words_on_a_part_of_a_bar_can_be_read(colour: str) -> None:
    assert contrast(theme.ink_on(colour), colour) >= WORDS_CONTRAST


def test_the_two_pieces_never_differ_by_colour_alone() -> None:
    design, twin = theme.SIDES.values()
    assert design.dash != twin.dash
    assert design.symbol != twin.symbol


def test_a_faint_colour_is_the_colour_let_through() -> None:
    assert theme.faint("#102030", 0.5) == "rgba(16,32,48,0.5)"


@pytest.mark.parametrize("mode", theme.INK)
def test_the_template_has_a_clear_ground_and_words_in_the_ink_of_its_mode(mode: str) -> None:
    layout = json.loads(theme.template_json(mode))["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["font"]["color"] == theme.INK[mode]
