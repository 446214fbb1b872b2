"""Swept surfaces: a row of cross-sections becomes a smooth mesh to draw and a watertight solid to cast.

Everything metal is made of them: the band, claws, rails, bezels and halo plates. The same `Surface` gives the preview
(analytic normals, no booleans) and, sampled more finely, the solid for the union.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import manifold3d
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from configurator.geometry.curves import Outline
from configurator.geometry.piece import Mesh, frozen_mesh

Floats = NDArray[np.float64]

CREASE_DEG = 32.0  # a corner of a cross-section sharper than this is drawn as an edge, a blunter one as a curve
_TINY = 1e-12
HULL_NUDGE_MM = 1e-6
_HULL_SEED = 5


@dataclass(frozen=True, eq=False, slots=True)
class Surface:
    """`points` (n, m, 3): n cross-sections of m points, closed round the section, each counter-clockwise when looked at
    against the run. Without `caps` the last section joins the first; with `caps` (2, 3) the ends close in these points.
    `along` (n, m, 3), any length: the direction in which the surface runs.
    """

    points: Floats
    along: Floats
    caps: Floats | None = None
    round: bool = False  # no corners in its cross-sections: nothing to look for


def circle_factor(segments: float) -> float:
    """By how much a polygon's radius must exceed a circle's for the same area: volumes then come out exact."""
    step = 2 * math.pi / segments
    return math.sqrt(step / math.sin(step))


def mean_squares(radii: Floats) -> Floats:
    """Of the radius along each cone between neighbours of `radii` (n,): what it holds, over pi and its length."""
    return (radii[1:] ** 2 + radii[1:] * radii[:-1] + radii[:-1] ** 2) / 3


def closed_run(points: Floats, round: bool = False) -> Surface:
    """A surface whose last section joins its first, running by central differences."""
    return Surface(points, np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0), None, round)


def open_run(points: Floats, caps: Floats, round: bool = False) -> Surface:
    """A surface closed by a point at each end, running by central differences."""
    return Surface(points, _run(points[None], caps[None])[0], caps, round)


def _run(points: Floats, caps: Floats) -> Floats:
    """Central differences along open surfaces (k, n, m, 3) that end in `caps` (k, 2, 3)."""
    wide = np.broadcast_to(caps[:, :, None, :], (len(points), 2, points.shape[2], 3))
    padded = np.concatenate([wide[:, :1], points, wide[:, 1:]], axis=1)
    return padded[:, 2:] - padded[:, :-2]


def tubes(
    paths: Floats, radii: Floats, sideways: Floats, segments: int, cap_rings: int, flatten: float = 1.0
) -> list[Surface]:
    """Round wires with rounded ends: `paths` (k, n, 3), `radii` (n,), `sideways` (k, 3) a direction across each path.

    The wire lies within the plane across `sideways`, so its frame never twists. `flatten` scales the wire's depth at
    right angles to `sideways`. The path must bend more gently than the wire is thick.
    """
    run = np.gradient(paths, axis=1)
    run /= np.linalg.norm(run, axis=2, keepdims=True)
    side = sideways[:, None, :] - run * np.einsum("kni,ki->kn", run, sideways)[..., None]
    side /= np.linalg.norm(side, axis=2, keepdims=True)
    depth = np.cross(run, side)
    # Hemispheres at both ends: more rings on the same ends of the path.
    rise = np.linspace(0, math.pi / 2, cap_rings + 1)[1:-1]
    first = np.concatenate([-np.sin(rise[::-1]), np.zeros(len(radii)), np.sin(rise)])
    shrink = np.concatenate([np.cos(rise[::-1]), np.ones(len(radii)), np.cos(rise)])
    at = np.concatenate([np.zeros(len(rise), int), np.arange(len(radii)), np.full(len(rise), len(radii) - 1)])
    centre = paths[:, at] + run[:, at] * (first * radii[at])[None, :, None]
    reach = (radii[at] * shrink)[None, :, None, None] * circle_factor(segments)
    turn = 2 * np.pi * np.arange(segments) / segments
    c, s = np.cos(turn)[None, None, :, None], flatten * np.sin(turn)[None, None, :, None]
    points = centre[:, :, None, :] + reach * (c * side[:, at][:, :, None, :] + s * depth[:, at][:, :, None, :])
    # A cone instead of a hemisphere holds as much when it is twice as high.
    tip = radii[[0, -1]] * (2 if cap_rings == 1 else 1)
    poles = np.stack([paths[:, 0] - run[:, 0] * tip[0], paths[:, -1] + run[:, -1] * tip[1]], axis=1)
    along = _run(points, poles)
    return [Surface(points[k], along[k], poles[k], True) for k in range(len(paths))]


def follow(outline: Outline, section: Floats) -> Surface:
    """Carries an upright cross-section round an outline: `section` (m, 3) rows (scale, offset_mm, z_mm).

    A point lies at `outline.points * scale + outline.normals * offset`. Scales shrink towards the middle and offsets
    (never negative) grow outwards, so nothing folds even at a sharp tip, which a plain inward offset would do. The
    section goes down on the outside and up on the inside.
    """
    flat = outline.points[:, None, :] * section[None, :, :1] + outline.normals[:, None, :] * section[None, :, 1:2]
    height = np.broadcast_to(section[None, :, 2:], (*flat.shape[:2], 1))
    run = np.column_stack([-outline.normals[:, 1], outline.normals[:, 0], np.zeros(len(outline.normals))])
    return Surface(np.concatenate([flat, height], axis=2), np.broadcast_to(run[:, None, :], (*flat.shape[:2], 3)))


def build_mesh(surface: Surface, crease_deg: float = CREASE_DEG) -> Mesh:
    """The surface as the preview draws it: smooth, with edges only where the cross-section has corners."""
    if surface.round:
        return build_round_meshes([surface])
    points, along = surface.points, surface.along
    n, m = points.shape[:2]
    side = np.roll(points, -1, axis=1) - points
    ahead = _unit(np.cross(side, along))  # of the side that starts at the point
    behind = _unit(np.cross(np.roll(side, 1, axis=1), along))  # of the side that ends there
    likeness = np.einsum("nmi,nmi->nm", ahead, behind)
    edge = np.median(likeness, axis=0) < math.cos(math.radians(crease_deg))
    smooth = _unit(ahead + behind)
    columns = np.repeat(np.arange(m), np.where(edge, 2, 1))
    second = np.concatenate([[False], columns[1:] == columns[:-1]])
    normals = np.where(edge[columns][None, :, None], behind[:, columns], smooth[:, columns])
    normals[:, second] = ahead[:, columns[second]]
    vertices = points[:, columns].reshape(-1, 3)
    starts = np.flatnonzero(np.append(columns[1:], -1) != columns)  # the last copy of each column begins its side
    ends = np.append(np.flatnonzero(~second)[1:], 0)
    faces = _grid_faces(n, len(columns), starts, ends, surface.caps is None)
    flat = normals.reshape(-1, 3)
    if surface.caps is not None:
        faces, vertices = _capped(faces, vertices, n, len(columns), starts, ends, surface.caps)
        flat = np.vstack([flat, _cap_normals(points[None], surface.caps[None])[0]])
    return frozen_mesh(vertices, flat, faces)


def build_round_meshes(surfaces: Sequence[Surface]) -> Mesh:
    """Surfaces without corners, all sampled alike, as one mesh."""
    points, along = np.stack([s.points for s in surfaces]), np.stack([s.along for s in surfaces])
    k, n, m = points.shape[:3]
    side = np.roll(points, -1, axis=2) - np.roll(points, 1, axis=2)
    normals = _unit(np.cross(side, along)).reshape(k, n * m, 3)
    vertices, count = points.reshape(k, n * m, 3), n * m
    starts = np.arange(m)
    ends = np.roll(starts, -1)
    faces = _grid_faces(n, m, starts, ends, surfaces[0].caps is None)
    if surfaces[0].caps is not None:
        caps = np.stack([s.caps for s in surfaces if s.caps is not None])
        faces, _ = _capped(faces, vertices[0], n, m, starts, ends, caps[0])
        vertices = np.concatenate([vertices, caps], axis=1)
        normals = np.concatenate([normals, _cap_normals(points, caps)], axis=1)
        count += 2
    every = faces[None] + (count * np.arange(k))[:, None, None]
    return frozen_mesh(vertices.reshape(-1, 3), normals.reshape(-1, 3), every.reshape(-1, 3))


def build_creased_mesh(surface: Surface, crease_deg: float = CREASE_DEG) -> Mesh:
    """A closed run as the preview draws it when its edges lie anywhere, not only along the run."""
    points = surface.points
    n, m = points.shape[:2]
    after, beside = np.roll(points, -1, axis=0), np.roll(points, -1, axis=1)
    across = np.cross(np.roll(after, -1, axis=1) - points, after - beside)  # of each quad, as long as it is large
    # The quads round each point: behind and before it, of the row before and of its own.
    last = np.roll(across, 1, axis=0)
    round_it = np.stack([np.roll(last, 1, axis=1), last, np.roll(across, 1, axis=1), across], axis=2).reshape(-1, 4, 3)
    facing = _unit(round_it)
    alike = facing @ facing.transpose(0, 2, 1) > math.cos(math.radians(crease_deg))
    normals = _unit(alike @ round_it)
    edge = np.flatnonzero(~alike.all(axis=(1, 2)))
    # A point on an edge is repeated, once for each of its quads.
    at = np.repeat(np.arange(n * m)[:, None], 4, axis=1)
    at[edge] = n * m + np.arange(4 * len(edge)).reshape(-1, 4)
    at = at.reshape(n, m, 4)
    a, b = at[..., 3], np.roll(at[..., 2], -1, axis=1)
    c, d = np.roll(at[..., 0], (-1, -1), axis=(0, 1)), np.roll(at[..., 1], -1, axis=0)
    faces = np.stack([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)]).reshape(-1, 3)
    flat = points.reshape(-1, 3)
    return frozen_mesh(
        np.vstack([flat, np.repeat(flat[edge], 4, axis=0)]),
        np.vstack([normals[:, 3], normals[edge].reshape(-1, 3)]),
        faces,
    )


def build_solid(surface: Surface) -> manifold3d.Manifold:
    """The surface as a solid. A surface that runs against its sections' sense comes out empty or inside out."""
    return manifold(*_triangles(surface))


def enclosed(surface: Surface, columns: NDArray[np.bool_]) -> tuple[float, float, float]:
    """What a surface holds and how large it is: volume, area, and the area of the sides that `columns` (m,) marks."""
    vertices, faces = _triangles(surface)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
    count, m = len(faces), surface.points.shape[1]
    grid = area[: count if surface.caps is None else count - 2 * m]  # the caps' fans come last
    volume = np.einsum("ij,ij->", a, np.cross(b, c)) / 6
    return float(volume), float(area.sum()), float(grid.reshape(-1, m)[:, columns].sum())


def _triangles(surface: Surface) -> tuple[Floats, NDArray[np.int64]]:
    n, m = surface.points.shape[:2]
    starts = np.arange(m)
    ends = np.roll(starts, -1)
    vertices = surface.points.reshape(-1, 3)
    faces = _grid_faces(n, m, starts, ends, surface.caps is None)
    if surface.caps is not None:
        faces, vertices = _capped(faces, vertices, n, m, starts, ends, surface.caps)
    return vertices, faces


def manifold(vertices: Floats, faces: NDArray[np.integer]) -> manifold3d.Manifold:
    """A solid from arrays (n, 3) and (m, 3)."""
    return manifold3d.Manifold(
        manifold3d.Mesh64(
            np.ascontiguousarray(vertices, dtype=np.float64), np.ascontiguousarray(faces, dtype=np.uint64)
        )
    )


def convex_solid(points: Floats) -> manifold3d.Manifold:
    """The convex hull of points (n, 3) as a solid.

    Manifold's own hull folds by up to 0.02 mm² where many points are nearly in one plane. Points nudged by a nanometre
    are in no plane together, and Qhull's triangles of them are sound.
    """
    nudge = np.random.default_rng(_HULL_SEED).uniform(-HULL_NUDGE_MM, HULL_NUDGE_MM, points.shape)
    hull = ConvexHull(points + nudge)
    corners = hull.points[hull.simplices]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inwards = np.einsum("ij,ij->i", normal, hull.equations[:, :3]) < 0
    faces = np.where(inwards[:, None], hull.simplices[:, ::-1], hull.simplices)
    used, renumbered = np.unique(faces, return_inverse=True)
    return manifold(hull.points[used], renumbered.reshape(-1, 3))


def arrays(solid: manifold3d.Manifold) -> tuple[Floats, NDArray[np.uint32]]:
    """Vertices (n, 3) and faces (m, 3) of a solid."""
    mesh = solid.to_mesh64()
    return np.asarray(mesh.vert_properties)[:, :3].copy(), np.asarray(mesh.tri_verts).astype(np.uint32)


def area_from(source: manifold3d.Manifold, made: manifold3d.Manifold) -> float:
    """How much of a solid's surface came from one of the solids that it was made of (which is `as_original()`)."""
    mesh = made.to_mesh64()
    ids = np.asarray(mesh.run_original_id)
    ends = np.asarray(mesh.run_index) // 3
    ours = np.repeat(ids == source.original_id(), np.diff(ends).astype(int))
    corners = np.asarray(mesh.vert_properties)[:, :3][np.asarray(mesh.tri_verts)[ours]]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return float(np.linalg.norm(cross, axis=1).sum() / 2)


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """Several meshes as one; they may overlap."""
    starts = np.cumsum([0, *(len(mesh.vertices_mm) for mesh in meshes)])
    return frozen_mesh(
        np.concatenate([mesh.vertices_mm for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.faces + np.uint32(start) for mesh, start in zip(meshes, starts, strict=False)]),
    )


def moved(mesh: Mesh, placement: Floats) -> Mesh:
    """A mesh under a rigid transform (4, 4)."""
    turn = placement[:3, :3]
    return frozen_mesh(mesh.vertices_mm @ turn.T + placement[:3, 3], mesh.normals @ turn.T, mesh.faces)


def _grid_faces(
    n: int, columns: int, starts: NDArray[np.integer], ends: NDArray[np.integer], closed: bool
) -> NDArray[np.int64]:
    rows = np.arange(n if closed else n - 1)[:, None] * columns
    after = (np.arange(n if closed else n - 1)[:, None] + 1) % n * columns
    a, b, c, d = rows + starts, rows + ends, after + ends, after + starts
    return np.concatenate([np.stack([a, b, c], axis=-1), np.stack([a, c, d], axis=-1)]).reshape(-1, 3)


def _capped(
    faces: NDArray[np.int64],
    vertices: Floats,
    n: int,
    columns: int,
    starts: NDArray[np.integer],
    ends: NDArray[np.integer],
    caps: Floats,
) -> tuple[NDArray[np.int64], Floats]:
    first = np.full(len(starts), len(vertices))
    last = (n - 1) * columns
    fans = [
        np.column_stack([first, ends, starts]),
        np.column_stack([first + 1, last + starts, last + ends]),
    ]
    return np.concatenate([faces, *fans]), np.vstack([vertices, caps])


def _cap_normals(points: Floats, caps: Floats) -> Floats:
    """The mean normals (k, 2, 3), by area, of the fans about the ends of surfaces (k, n, m, 3)."""
    rings = points[:, [0, -1]] - caps[:, :, None]
    return _unit(np.cross(rings, np.roll(rings, -1, axis=2)).sum(axis=2) * [[-1], [1]])


def _unit(vectors: Floats) -> Floats:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _TINY)
