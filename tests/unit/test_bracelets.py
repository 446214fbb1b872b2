"""Bracelets of parts that move: links never meet, rows are as long as asked for, charms ride on their chain."""

import math
from itertools import pairwise
from typing import Any

import manifold3d
import numpy as np
import pytest

from configurator import geometry
from configurator.design import Design, InvalidDesign
from configurator.evaluate import evaluate
from configurator.export import order_of, write
from configurator.geometry.assemblies import Assembly
from configurator.geometry.casting import findings_about
from configurator.geometry.initials import LETTERS
from configurator.geometry.mountings import cast_solid, transform
from configurator.geometry.solids import arrays
from configurator.geometry.styles.bracelets import chain, tennis

BEND_DEG = 18.0  # from link to link: more than the smallest oval asks of the longest links
OVERLAP_MM3 = 1e-6


def assembly(style: Any, **chosen: Any) -> Assembly:
    stones = chosen.pop("stones", [])
    raw = {"piece": "bracelet", "style": style.__name__.rpartition(".")[2], "options": chosen, "stones": stones}
    design = geometry.complete(Design.from_dict(raw))
    made = style.build(style.Options(**design.options), None, {stone.role: stone for stone in design.stones})
    assert isinstance(made, Assembly)
    return made


def round_stones(width_mm: float) -> list[dict[str, Any]]:
    return [{"role": "band", "length_mm": width_mm, "width_mm": width_mm}]


@pytest.mark.parametrize("width_mm", [1.7, 2.5, 4.0])
@pytest.mark.parametrize("setting", ["prong", "bezel"])
@pytest.mark.parametrize("weight", ["fine", "sturdy"])
def test_links_turn_about_their_pins_and_never_meet(setting: str, weight: str, width_mm: float) -> None:
    made = assembly(tennis, setting=setting, prong_weight=weight, stones=round_stones(width_mm))
    pitch_mm = made.cast[0].mounting.body.sizes[0]  # type: ignore[attr-defined]
    others, first = (cast_solid(copies.mounting, ()) for copies in made.cast)
    back = others.translate((pitch_mm / 2, 0, 0))  # the eye about the origin
    for turn in (0.0, BEND_DEG / 2, BEND_DEG):
        turned = back.rotate((0, turn, 0))  # outwards, as round a wrist
        for before in (others, first):
            assert (turned ^ before.translate((-pitch_mm / 2, 0, 0))).volume() < OVERLAP_MM3


@pytest.mark.parametrize("setting", ["prong", "bezel"])
def test_every_pin_is_held_by_the_eye_of_the_next_link(setting: str) -> None:
    made = assembly(tennis, setting=setting)
    others, first = made.cast
    rows = [*first.rows, *others.rows]
    pitch_mm, pin_mm = others.mounting.body.sizes[:2]  # type: ignore[attr-defined]
    pins = [transform(row) @ [pitch_mm / 2, 0, 0, 1] for row in rows]
    eyes = [transform(row) @ [-pitch_mm / 2, 0, 0, 1] for row in rows]
    assert np.linalg.norm(np.array(pins[:-1]) - eyes[1:], axis=1).max() < 0.05
    # A wire through the eye is free, and one as thick as the eye's hole and wall is not.
    solid = cast_solid(others.mounting, ()).translate((pitch_mm / 2, 0, 0))
    for share, free in ((1.0, True), (2.0, False)):
        wire = manifold3d.Manifold.cylinder(0.2, share * pin_mm / 2, circular_segments=64, center=True)
        assert ((solid ^ wire.rotate((90, 0, 0))).volume() < OVERLAP_MM3) == free


@pytest.mark.parametrize("length_mm", [150.0, 178.0, 210.0])
@pytest.mark.parametrize("width_mm", [1.7, 2.5, 4.0])
def test_a_row_is_as_long_as_asked_to_within_half_a_link(width_mm: float, length_mm: float) -> None:
    made = assembly(tennis, length_mm=length_mm, stones=round_stones(width_mm))
    pitch_mm = made.cast[0].mounting.body.sizes[0]  # type: ignore[attr-defined]
    measures = made.measure("tennis", ())
    (joints,) = (fitting for fitting in measures.fittings if fitting.kind == "hinge")
    assert measures.castings == joints.count == measures.stones[0].count
    assert abs(made.bought[0].run.length_mm - length_mm) <= pitch_mm / 2 + 1e-6  # type: ignore[attr-defined]


def test_stones_of_a_row_stand_close_and_face_outwards() -> None:
    stones = assembly(tennis).stones()[0]
    middles = stones.placements[:, :3, 3]
    gaps = np.linalg.norm(np.diff(middles[:-1], axis=0), axis=1)  # the first link comes last
    assert gaps.min() > 2.5
    assert gaps.max() < 1.3 * 2.5
    outwards = np.einsum("ki,ki->k", stones.placements[:, :3, 2], middles / np.linalg.norm(middles, axis=1)[:, None])
    assert outwards.min() > 0.95


@pytest.mark.parametrize("kind", ["cable", "curb", "figaro", "box", "rope", "snake"])
@pytest.mark.parametrize("weight", ["fine", "bold"])
def test_the_rings_of_charms_go_round_their_chain_without_touching_it(kind: str, weight: str) -> None:
    made = assembly(chain, chain=kind, chain_weight=weight, charm="heart", charm_left="heart", charm_right="heart")
    (charms,) = made.cast
    links = np.vstack([part.whole.vertices_mm for part in made.bought[0].parts()])
    ring_eye_mm, wire_mm = charms.mounting.body.sizes[-2:]  # type: ignore[attr-defined]
    top_mm = cast_solid(charms.mounting, ()).bounding_box()[5]
    middle = np.array([0.0, 0.0, top_mm - wire_mm - ring_eye_mm / 2])
    for rows in charms.rows:
        place = transform(rows)
        seen = (links - place[:3, 3]) @ place[:3, :3] - middle  # in the ring's own frame, about its middle
        through = seen[(np.abs(seen[:, 0]) < wire_mm / 2) & (np.abs(seen[:, 2]) < 2 * ring_eye_mm)]
        assert len(through)
        assert np.linalg.norm(through[:, 1:], axis=1).max() < ring_eye_mm / 2


def test_charms_hang_side_by_side_in_the_middle_of_the_chain() -> None:
    made = assembly(chain, charm="disc", charm_left="disc", charm_right="disc", charm_mm=14.0, length_mm=150.0)
    places = sorted(transform(rows)[0, 3] for rows in made.cast[0].rows)
    assert places[1] == pytest.approx(0, abs=1e-3)
    assert places[2] == pytest.approx(-places[0], abs=1e-3)
    upwards = [transform(rows)[2, 2] for rows in made.cast[0].rows]
    assert min(upwards) > math.cos(math.radians(50))
    box = cast_solid(made.cast[0].mounting, ()).bounding_box()
    assert places[1] - places[0] > box[3] - box[0]


def test_a_chain_with_one_charm_is_one_casting() -> None:
    made = assembly(chain, charm="star", charm_left="none", charm_right="none")
    measures = made.measure("chain", ())
    assert measures.castings == 1
    assert measures.stones == ()
    found = list(findings_about(made, made.cast[0].mounting, cast_solid(made.cast[0].mounting, ()), ()))
    assert found == []


NO_CHARMS = {"charm": "none", "charm_left": "none", "charm_right": "none"}


def test_a_chain_without_charms_is_bought_and_nothing_is_cast_or_modelled() -> None:
    design = geometry.complete(Design.from_dict({"piece": "bracelet", "style": "chain", "options": NO_CHARMS}))
    casting, measures = geometry.cast(design), geometry.build(design).measures
    assert (casting.volume_mm3, len(casting.faces), measures.castings, casting.findings) == (0, 0, 0, ())
    assert measures.metal_volume_mm3 == pytest.approx(sum(fitting.volume_mm3 for fitting in measures.fittings))
    found = evaluate(design)
    items = {line.item for line in found.custom.quote.internal_lines}
    assert {"bought_1", "bought_2", "assembly"} <= items
    assert not {"making", "model"} & items
    assert "Casting" not in {stage.label for stage in found.custom.schedule.stages}
    with pytest.raises(InvalidDesign, match="chain and clasp are bought"):
        order_of(design, "casting")
    assert write("glb", order_of(design)).startswith(b"glTF")


@pytest.mark.parametrize("hand", ["serif", "sans"])
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_a_charm_that_casts_and_hangs_below_its_ring(letter: str, hand: str) -> None:
    made = assembly(chain, **NO_CHARMS | {"charm": "letter"}, letter=letter, lettering=hand, charm_mm=8.0)
    (charm,) = made.cast
    solid = cast_solid(charm.mounting, ())
    assert solid.genus() == charm.mounting.openings
    assert list(findings_about(made, charm.mounting, solid, ())) == []
    x_low, _, z_low, x_high, _, z_high = solid.bounding_box()
    assert z_high < 5 < -z_low
    vertices, faces = arrays(solid)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    share = np.einsum("ni,ni->n", a, np.cross(b, c))
    middle = ((a + b + c) * share[:, None]).sum(axis=0) / (4 * share.sum())
    assert abs(middle[0]) < 0.1 * (x_high - x_low)  # it hangs at rest


def test_letters_side_by_side_leave_room_for_each_other() -> None:
    letters = {f"letter{side}": "w" for side in ("_left", "", "_right")}
    kinds = {f"charm{side}": "letter" for side in ("_left", "", "_right")}
    (charms,) = assembly(chain, **kinds, **letters, charm_mm=14.0, length_mm=150.0).cast
    solid = cast_solid(charms.mounting, ())
    standing = [solid.transform(transform(rows)[:3]) for rows in charms.rows]
    assert all((a ^ b).is_empty() for a, b in pairwise(standing))


def test_a_star_is_a_regular_one() -> None:
    made = assembly(chain, charm="star", charm_left="none", charm_right="none", charm_mm=12.0)
    width_mm = made.cast[0].mounting.body.sizes[1]  # type: ignore[attr-defined]
    box = cast_solid(made.cast[0].mounting, ()).bounding_box()
    # Its points are rounded: it stays within the true star's width, 2 sin 72° of the radius.
    assert 0.9 < (box[3] - box[0]) / (width_mm * math.sin(math.radians(72))) <= 1
