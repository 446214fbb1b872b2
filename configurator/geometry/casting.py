"""The piece as one solid to cast, and the checks that only a solid can answer.

Watertight is not valid: a folded solid passes every test of its edges. So it is cut by many planes, and on each the
signed area of the cut must equal the area that lies inside it.
"""

import math
from collections.abc import Iterator, Sequence

import manifold3d
import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

from configurator.geometry import gems
from configurator.geometry.checks import limit
from configurator.geometry.jewel import Jewel
from configurator.geometry.mountings import Lettering, Mounting, cast_alloys, cast_solid, lines_on, transform
from configurator.geometry.piece import Alloy, Body, Casting, Finding
from configurator.geometry.settings import Held
from configurator.geometry.solids import arrays

Floats = NDArray[np.float64]

_PLANES = 48  # along each axis
_FOLD_MM2 = 1e-4  # a hundredth of a millimetre square; a real fold was 1e-3 and more, rounding up to 1e-5
_OVERLAP_MM3 = 1e-5
_RAYS = 20_000
_SKIN_MM = 1e-3  # rays start this far below the surface
_OPPOSED = 0.5  # a far face counts as the other side of a wall when it turns at least 120° away
_THIN_SHARE = 0.005  # of the surface: below this, thin places are the feather edges where curved parts meet
_BORE_SEGMENTS = 256
_BORE_SHRINK = 2e-4  # the finger hole is a polygon too
_SEED = 7


def checked_casting(
    jewel: Jewel, lines: Sequence[Lettering], earlier: tuple[Finding, ...], two_alloys: bool = False
) -> Casting:
    """Casts everything that is cast of a piece, runs every check of each solid, and hands it out with all findings.

    Heads and bodies are cast apart if of `two_alloys`.
    """
    findings, whole = [*earlier], []
    bodies: dict[Alloy, list[manifold3d.Manifold]] = {}
    for at, copies in enumerate(jewel.cast):
        own, placed = lines_on(at, lines), [transform(rows)[:3] for rows in copies.rows]
        solid = cast_solid(copies.mounting, own)
        findings += findings_about(jewel, copies.mounting, solid, own)
        standing = [solid.transform(place) for place in placed]
        findings += _copies_apart(copies.mounting.part, standing)
        whole += standing
        alloys: dict[Alloy, manifold3d.Manifold]
        alloys = cast_alloys(copies.mounting, own) if two_alloys else {"main": solid}
        for alloy, body in alloys.items():
            bodies.setdefault(alloy, []).extend(body.transform(place) for place in placed)
    vertices, faces = _side_by_side(whole)
    vertices.flags.writeable = faces.flags.writeable = False
    return Casting(
        vertices,
        faces,
        sum(solid.volume() for solid in whole),
        sum(solid.surface_area() for solid in whole),
        sum(solid.genus() for solid in whole),
        tuple(findings),
        tuple(
            Body(alloy, *_side_by_side(solids), sum(solid.volume() for solid in solids))
            for alloy, solids in bodies.items()
        ),
    )


def _side_by_side(solids: Sequence[manifold3d.Manifold]) -> tuple[Floats, NDArray[np.uint32]]:
    """Vertices and faces of solids that do not touch: far sooner than by composing them to one."""
    if not solids:  # all of it is bought: a chain without charms
        return np.zeros((0, 3)), np.zeros((0, 3), np.uint32)
    vertices, faces = zip(*map(arrays, solids), strict=True)
    starts = np.cumsum([0, *map(len, vertices)], dtype=np.uint32)
    return np.concatenate(vertices), np.concatenate([own + start for own, start in zip(faces, starts, strict=False)])


def findings_about(
    jewel: Jewel, mounting: Mounting, solid: manifold3d.Manifold, lines: Sequence[Lettering]
) -> Iterator[Finding]:
    """What only the solid of one casting can tell."""
    yield from _one_piece(mounting, solid)
    yield from _not_folded(mounting, solid)
    yield from _no_needless_holes(mounting, solid)
    if jewel.bore_mm is not None:
        yield from _finger_fits(jewel.bore_mm[0], solid)
    yield from _stones_clear(mounting, solid)
    yield from _walls(mounting, *arrays(solid), lines)
    yield from _edges(mounting)


def _copies_apart(part: str, solids: list[manifold3d.Manifold]) -> Iterator[Finding]:
    """Copies that hang in each other, or lie in a row, must not run into their neighbours."""
    pairs = zip(solids, (*solids[1:], solids[0]), strict=True) if len(solids) > 1 else ()
    overlap = sum((one ^ other).volume() for one, other in pairs)
    if overlap > _OVERLAP_MM3:
        message = f"The links run into each other by {overlap:.3f} mm³."
        yield Finding("stop", part, message, "Choose a slightly different size.")


def fold_mm2(solid: manifold3d.Manifold, planes: int = _PLANES) -> float:
    """The largest difference, over planes along all three axes, between signed and enclosed area; 0 when valid."""
    worst = 0.0
    for turn in ((0, 0, 0), (0, -90, 0), (90, 0, 0)):
        turned = solid.rotate(turn)
        bottom, top = turned.bounding_box()[2], turned.bounding_box()[5]
        # An irrational offset keeps the planes off vertices.
        heights = bottom + (top - bottom) * (np.arange(planes) + math.sqrt(2) / 2) / planes
        vertices, faces = arrays(turned)
        signed = _signed_areas(vertices, faces, heights)
        enclosed = np.array([turned.slice(float(height)).area() for height in heights])
        worst = max(worst, float(np.abs(signed - enclosed).max()))
    return worst


def wall_mm(vertices: Floats, faces: NDArray[np.integer], rays: int = _RAYS) -> tuple[Floats, Floats]:
    """Wall thickness at random places: (places (n, 3), thickness (n,)) where the far side faces the other way."""
    rng = np.random.default_rng(_SEED)
    corners = vertices[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(normal, axis=1)
    normal /= np.maximum(size, np.finfo(float).tiny)[:, None]
    share = np.cumsum(size) / size.sum()
    at = np.minimum(np.searchsorted(share, (np.arange(rays) + rng.random(rays)) / rays), len(faces) - 1)
    a, b = np.sqrt(rng.random(rays)), rng.random(rays)
    weights = np.column_stack([1 - a, a * (1 - b), a * b])
    place = np.einsum("nk,nki->ni", weights, corners[at])
    into = -normal[at]
    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, vertices.astype(np.float32), faces.astype(np.int32))
    start = (place + _SKIN_MM * into).astype(np.float32)
    met = scene.run(start, into.astype(np.float32), output=True)
    hit = met["primID"] >= 0
    facing = np.einsum("ni,ni->n", normal[np.maximum(met["primID"], 0)], into)
    opposed = hit & (facing > _OPPOSED)
    return place[opposed], met["tfar"][opposed].astype(float) + _SKIN_MM


def edges_mm(vertices: Floats, faces: NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Every outer (convex) edge of a solid: (included angle in degrees (n,), length (n,)); 180° is flat."""
    corners = vertices[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.maximum(np.linalg.norm(normal, axis=1), np.finfo(float).tiny)[:, None]
    start, end = faces.ravel(), np.roll(faces, -1, axis=1).ravel()
    key = np.minimum(start, end).astype(np.int64) * len(vertices) + np.maximum(start, end)
    # Of a closed solid every edge belongs to two faces: side by side once they are in order.
    one, other = np.argsort(key, kind="stable").reshape(-1, 2).T
    ours, theirs = normal[one // 3], normal[other // 3]
    turn = np.degrees(np.arccos(np.clip(np.einsum("ni,ni->n", ours, theirs), -1, 1)))
    beyond = vertices[np.roll(faces, -2, axis=1).ravel()[other]] - vertices[start[one]]
    convex = np.einsum("ni,ni->n", beyond, ours) < 0
    length = np.linalg.norm(vertices[end[one]] - vertices[start[one]], axis=1)
    return 180 - turn[convex], length[convex]


def _edges(mounting: Mounting) -> list[Finding]:
    """Edges of the body alone, before seats and words are cut: a setter rounds claws and rims as he closes them."""
    angle_deg, length_mm = edges_mm(*arrays(mounting.body.solid().simplify(_SKIN_MM)))
    blade, sharp, broken = (limit("edge_angle", column) for column in ("low", "mid", "high"))
    point_mm, edge_mm = limit("edge_unbroken", "low"), limit("edge_unbroken", "mid")
    blade_mm, sharp_mm, unbroken_mm = (float(length_mm[angle_deg < below].sum()) for below in (blade, sharp, broken))
    if blade_mm > edge_mm:
        message = f"{blade_mm:.0f} mm of the {mounting.part}'s edges are as sharp as a blade (under {blade:g}°)."
        return [Finding("warning", mounting.part, message, "Choose a softer shape, or have these edges filed round.")]
    if sharp_mm > point_mm:
        message = f"{sharp_mm:.1f} mm of the {mounting.part}'s edges stay sharp when polished (under {sharp:g}°)."
        return [Finding("note", mounting.part, message, "Have these edges and points filed round.")]
    if unbroken_mm > edge_mm:
        message = f"{unbroken_mm:.0f} mm of the {mounting.part}'s edges leave the mould unrounded."
        return [Finding("note", mounting.part, message, "Have them broken with a file before polishing.")]
    return []


def _one_piece(mounting: Mounting, solid: manifold3d.Manifold) -> list[Finding]:
    if solid.status() != manifold3d.Error.NoError or solid.is_empty():
        message = "The parts do not make a closed solid."
        return [Finding("stop", mounting.part, message, "Change the last choice slightly.")]
    count = len(solid.decompose())
    if count == 1:
        return []
    message = f"The metal falls into {count} separate pieces."
    return [Finding("stop", mounting.part, message, "Choose heavier prongs or thicker metal, so that the parts meet.")]


def _not_folded(mounting: Mounting, solid: manifold3d.Manifold) -> list[Finding]:
    if fold_mm2(solid) <= _FOLD_MM2:
        return []
    message = "The metal folds into itself somewhere: the file would not cast as drawn."
    return [Finding("stop", mounting.part, message, "Choose finer prongs or a larger stone.")]


def _no_needless_holes(mounting: Mounting, solid: manifold3d.Manifold) -> list[Finding]:
    least = mounting.openings
    most = least + sum(placed.setting.most_handles for placed in mounting.placed)
    if least <= solid.genus() <= most:
        return []
    message = f"The metal has {solid.genus()} openings where at most {most} are meant: there are hidden skins or slits."
    return [Finding("stop", mounting.part, message, "Change the stone's size or the prongs slightly.")]


def _finger_fits(radius_mm: float, solid: manifold3d.Manifold) -> list[Finding]:
    box = solid.bounding_box()
    length = 4 * max(-box[1], box[4])
    radius = radius_mm * (1 - _BORE_SHRINK)
    finger = manifold3d.Manifold.cylinder(length, radius, circular_segments=_BORE_SEGMENTS, center=True)
    if (solid ^ finger.rotate((90, 0, 0))).volume() <= _OVERLAP_MM3:
        return []
    return [Finding("stop", "band", "Metal stands into the finger hole.", "Make the band thicker.")]


def _stones_clear(mounting: Mounting, solid: manifold3d.Manifold) -> list[Finding]:
    stones = stones_solid(mounting)
    if stones is None:
        return []
    found = []
    overlap = (solid ^ stones).volume()
    if overlap > _OVERLAP_MM3:
        message = f"Metal and stones overlap by {overlap:.3f} mm³: a stone would not go into its seat."
        found.append(Finding("stop", "head", message, "Change the stone's size slightly."))
    pieces = stones.decompose()
    if len(pieces) < sum(len(held.placements) for placed in mounting.placed for held in placed.setting.held()):
        message = "Two stones touch each other."
        found.append(Finding("stop", "head", message, "Choose slightly smaller stones."))
    return found


def stones_solid(mounting: Mounting) -> manifold3d.Manifold | None:
    """All stones of a mounting where they sit."""
    seated = [
        _drilled(held).transform((placed.place @ where)[:3])
        for placed in mounting.placed
        for held in placed.setting.held()
        for where in held.placements
    ]
    return manifold3d.Manifold.batch_boolean(seated, manifold3d.OpType.Add) if seated else None


def _drilled(held: Held) -> manifold3d.Manifold:
    solid = gems.stone_solid(held.stone)
    return solid if held.hole is None else solid - held.hole


def _walls(
    mounting: Mounting, vertices: Floats, faces: NDArray[np.integer], lines: Sequence[Lettering]
) -> list[Finding]:
    place, thickness = wall_mm(vertices, faces)
    # Between the strokes of lettering walls are as thin as the writing: its own findings judge them.
    written = np.zeros(len(place), bool)
    for line in lines:
        written |= line.covers(place)
    place, thickness = place[~written], thickness[~written]
    least = limit("melee_spacing", "low")
    thin = thickness < least
    if thin.mean() <= _THIN_SHARE:
        return []
    part = _nearest_part(mounting, place[thin].mean(axis=0))
    message = (
        f"{100 * thin.mean():.1f} % of the metal's walls are thinner than {least:g} mm and would not fill in casting."
    )
    return [Finding("stop", part, message, "Choose heavier prongs, a thicker rim or thicker metal.")]


def _nearest_part(mounting: Mounting, place_mm: Floats) -> str:
    """The head when a setting stands nearer than its own width, else the body."""
    for placed in mounting.placed:
        if np.linalg.norm(placed.place[:3, 3] - place_mm) < placed.setting.width_mm:
            return "head"
    return mounting.part


def _signed_areas(vertices: Floats, faces: NDArray[np.integer], heights: Floats) -> Floats:
    """Signed areas of the cuts at some heights: the sum over all cut edges, whatever they enclose."""
    z = vertices[:, 2][faces]
    low, high = z.min(axis=1), z.max(axis=1)
    found = np.zeros(len(heights))
    for k, height in enumerate(heights):
        cut = faces[(low < height) & (high > height)]
        above = vertices[:, 2][cut] > height
        two_up = above.sum(axis=1) == 2
        lone = np.where(two_up, (~above).argmax(axis=1), above.argmax(axis=1))
        row = np.arange(len(cut))
        p, q, r = cut[row, lone], cut[row, (lone + 1) % 3], cut[row, (lone + 2) % 3]
        a, b = _crossing(vertices, p, q, height), _crossing(vertices, p, r, height)
        turn = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
        found[k] = np.where(two_up, -turn, turn).sum() / 2
    return found


def _crossing(vertices: Floats, p: NDArray[np.integer], q: NDArray[np.integer], height: float) -> Floats:
    share = (height - vertices[p, 2]) / (vertices[q, 2] - vertices[p, 2])
    return vertices[p, :2] + share[:, None] * (vertices[q, :2] - vertices[p, :2])
