"""The hidden halo: small stones under the girdle that face outwards, in metal that leaves the centre its room."""

from typing import Any

import manifold3d
import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, InvalidDesign, Stone
from configurator.geometry import gems
from configurator.geometry.hidden_halos import CUTS, HiddenHalo, hidden_halo
from configurator.geometry.prongs import prong_head

SIZES_MM = {"round_brilliant": (6.5, 6.5), "oval": (8.4, 6.0), "cushion": (12.0, 10.0)}
SPACING_MM = 0.15


def halo_of(cut: str, prongs: int = 4) -> HiddenHalo:
    length_mm, width_mm = SIZES_MM[cut]
    head = prong_head(Stone(role="center", cut=cut, length_mm=length_mm, width_mm=width_mm), prongs, 0.85)
    return hidden_halo(head, Stone(role="halo", length_mm=1.1, width_mm=1.1), SPACING_MM, bead_diameter_mm=0.4)


def ring(cut: str = "round_brilliant", mm: float = 6.5, **options: Any) -> Design:
    stone = {"role": "center", "cut": cut, "length_mm": mm, "width_mm": mm}
    raw = {"piece": "ring", "style": "solitaire", "stones": [stone], "options": {"hidden_halo": True, **options}}
    return geometry.complete(Design.from_dict(raw))


@pytest.mark.parametrize("prongs", [4, 6])
@pytest.mark.parametrize("cut", CUTS)
def test_small_stones_face_outwards_below_the_girdle_and_keep_their_distance(cut: str, prongs: int) -> None:
    halo = halo_of(cut, prongs)
    places = halo.held()[1].placements
    assert len(places) >= prongs
    middles, facing = places[:, :3, 3], places[:, :3, 2]
    assert (np.einsum("ni,ni->n", middles, facing) > 0).all()
    assert facing[:, 2] == pytest.approx(0, abs=1e-9)
    assert (middles[:, 2] + 1.1 / 2 < -halo.head.stone.girdle_half_mm).all()
    assert (middles[:, 2] - 1.1 / 2 > -halo.height_mm).all(), "above the band"
    apart = np.linalg.norm(middles[:, None] - middles[None], axis=2) + 9 * np.eye(len(middles))
    assert apart.min() > 1.1 + 0.1
    mirrored = middles * [-1, 1, 1]
    assert np.linalg.norm(mirrored[:, None] - middles[None], axis=2).min(axis=1).max() < 0.02


@pytest.mark.parametrize("prongs", [4, 6])
@pytest.mark.parametrize("cut", CUTS)
def test_every_small_stone_lies_clear_of_the_centre_and_of_the_prongs(cut: str, prongs: int) -> None:
    halo = halo_of(cut, prongs)
    centre = gems.stone_solid(halo.head.stone)
    small = [gems.stone_solid(halo.melee).transform(place[:3]) for place in halo.held()[1].placements]
    assert all((stone ^ centre).is_empty() for stone in small)
    # Beside what the prongs alone would have there, no metal reaches into the centre's seat but the roots of beads.
    seat = halo.head.cutter()
    with_collar, alone = (solid ^ seat for solid in (halo.solid(True), halo.head.solid(True)))
    assert with_collar.volume() == pytest.approx(alone.volume(), abs=1e-3)


@pytest.mark.parametrize("cut", CUTS)
def test_from_above_the_collar_stands_out_no_farther_than_the_prongs(cut: str) -> None:
    halo = halo_of(cut)
    girdle = manifold3d.CrossSection([gems.outline(cut, *SIZES_MM[cut], 256)])
    beyond = girdle.offset((halo.head.bite + 1) * halo.head.prong_diameter_mm / 2, circular_segments=128)
    assert (halo.solid(True).project() - beyond).area() == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("cut", "options", "words"),
    [
        ("princess", {}, "goes round a round, an oval or a cushion"),
        ("round_brilliant", {"prongs": 8, "prong_weight": "sturdy"}, "Between 8 prongs"),
    ],
)
def test_what_leaves_no_room_is_refused(cut: str, options: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidDesign, match=words):
        ring(cut, 4.5, **options)


def test_without_it_the_ring_has_no_small_stones() -> None:
    assert [stone.role for stone in ring(hidden_halo=False).stones] == ["center"]


@pytest.mark.parametrize("mm", [4.5, 6.5, 9.0])
@pytest.mark.parametrize("options", [{"prongs": 4}, {"prongs": 6}, {"prongs": 4, "shoulders": "split"}])
def test_a_ring_with_a_hidden_halo_can_be_cast_and_weighs_what_is_measured(mm: float, options: dict[str, Any]) -> None:
    design = ring(mm=mm, width_mm=2.4, **options)
    piece, casting = geometry.build(design), geometry.cast(design)
    assert [finding.message for finding in casting.findings if finding.severity == "stop"] == []
    assert piece.measures.metal_volume_mm3 == pytest.approx(casting.volume_mm3, rel=0.005)
    assert piece.stones[1].role == "halo"
