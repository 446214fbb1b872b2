"""A mounting: metal that is cast in one, its body and the settings on it; drawn, measured and united here.

A ring is one mounting; a pair of earrings is one mounting twice. A style only says what stands where, in plain
millimetres; the preview and the solid to cast are both made from the same words.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription
from configurator.geometry.piece import LETTERING, RELIEF, Alloy, Finding, Mesh, Part, StoneSet
from configurator.geometry.settings import Held
from configurator.geometry.solids import area_from, joined, moved
from configurator.measures import InscriptionMeasure, StoneMeasure

Floats = NDArray[np.float64]
Rows = tuple[tuple[float, float, float, float], ...]  # of a rigid transform (3, 4), so that it can be compared

HERE: Rows = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0))

_CRUMB_MM3 = 1e-3
_SINGLE_PRECISION_MM = 2e-6  # of lengths between 16 and 32 mm, more than the farthest corner of a ring
_SECTOR_MARGIN_MM = 1.5


@dataclass(frozen=True, slots=True)
class BodySize:
    """Measures of a body before anything is cut into it."""

    volume_mm3: float
    surface_mm2: float
    inside_mm2: float  # the part of the surface that lies on the skin


class Body(Hashable, Protocol):
    """What settings stand on: hashable millimetres in, a mesh to draw and solids out."""

    def mesh(self) -> Mesh: ...
    def solid(self) -> manifold3d.Manifold: ...  # finely enough to cast
    def sector(self, half_angle_deg: float) -> manifold3d.Manifold: ...  # its top at least, an original of its own
    def size(self) -> BodySize: ...


class Setting(Hashable, Protocol):
    """What holds stones: hashable millimetres in, meshes and solids in the setting's own frame out."""

    @property
    def part(self) -> str: ...
    @property
    def height_mm(self) -> float: ...
    @property
    def width_mm(self) -> float: ...
    @property
    def wall_mm(self) -> float | None: ...  # of a rim round a stone, if there is one
    @property
    def culet_mm(self) -> float: ...  # of its lowest stone, above the surface it stands on; negative: below it
    @property
    def most_handles(self) -> int: ...  # openings that may run through the metal
    def mesh(self) -> Mesh: ...
    def solid(self, fine: bool) -> manifold3d.Manifold: ...
    def cutter(self) -> manifold3d.Manifold: ...
    def space(self) -> manifold3d.Manifold: ...
    def unmeasured(self) -> tuple[float, float]: ...  # what the coarse solid lacks, mm³ and mm²
    def held(self) -> tuple[Held, ...]: ...


class Lettering(Hashable, Protocol):
    """One line of lettering, laid on a surface, cut into it or raised on it."""

    @property
    def inscription(self) -> Inscription: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def casting(self) -> int: ...  # which of a piece's castings it stands on
    @property
    def removed_mm3(self) -> float: ...  # negative when raised
    def measure(self) -> InscriptionMeasure: ...
    def preview_mesh(self) -> Mesh: ...
    def strokes(self) -> manifold3d.Manifold: ...  # to subtract, or to add when raised
    def covers(self, places_mm: Floats) -> NDArray[np.bool_]: ...  # whether walls at places (n, 3) may be its strokes'


@dataclass(frozen=True, slots=True)
class Placed:
    """A setting, and where it stands on its body."""

    setting: Setting
    rows: Rows

    @property
    def place(self) -> Floats:
        """The rigid transform (4, 4) from the setting's frame to the body's."""
        return transform(self.rows)


@dataclass(frozen=True, slots=True)
class Mounting:
    """One casting. `part` is what findings call its body; `openings` run through that body on purpose."""

    body: Body
    part: str
    placed: tuple[Placed, ...] = ()
    openings: int = 0


@dataclass(frozen=True, slots=True)
class Copies:
    """A mounting that is cast once or several times, and where each stands in the piece."""

    mounting: Mounting
    rows: tuple[Rows, ...] = (HERE,)


@dataclass(frozen=True, slots=True)
class MetalSize:
    """Measures of a mounting's metal with its seats cut, before lettering."""

    volume_mm3: float
    surface_mm2: float
    worn_mm2: float  # the outside that daily life rubs


def transform(rows: Rows) -> Floats:
    """Rows of a rigid transform as an array (4, 4)."""
    return np.array([*rows, (0.0, 0.0, 0.0, 1.0)])


def rows_of(place: Floats) -> Rows:
    """An array (4, 4) as rows that can be compared."""
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in place[:3])


def lines_on(casting: int, lines: Sequence[Lettering]) -> tuple[Lettering, ...]:
    """Those of a piece's lines that stand on one of its castings."""
    return tuple(line for line in lines if line.casting == casting)


def parts_of(mounting: Mounting, lines: Sequence[Lettering]) -> tuple[Part, ...]:
    """What the preview draws: cached parts that overlap, and lettering as a decal."""
    parts = [Part(mounting.part, "main", mounting.body.mesh())]
    if mounting.placed:
        parts.append(Part("head", "accent", _heads_mesh(mounting.placed), finished=False))
    for line in lines:
        parts.append(Part(RELIEF if line.inscription.raised else LETTERING, "main", _drawn(line), finished=False))
    return tuple(parts)


def stones_of(pieces: Sequence[Copies]) -> tuple[StoneSet, ...]:
    """The stones where they sit, all of one role together."""
    by_role: dict[str, list[tuple[Held, Floats]]] = {}
    for copies in pieces:
        for rows in copies.rows:
            for placed in copies.mounting.placed:
                where = transform(rows) @ placed.place
                for held in placed.setting.held():
                    by_role.setdefault(held.role, []).append((held, where @ held.placements))
    found = []
    for role, group in by_role.items():
        stone = group[0][0].stone
        placements = np.concatenate([where for _, where in group]).astype(np.float32)
        planes = stone.bounds.astype(np.float32)
        placements.flags.writeable = planes.flags.writeable = False
        found.append(StoneSet(role, stone.cut, stone.mesh, planes, placements, stone.dome))
    return tuple(found)


def girdle_places(mounting: Mounting) -> tuple[Floats, Floats]:
    """Middles (n, 3) and inscribed radii (n,) of small round stones that sit side by side."""
    places, radii = [np.zeros((0, 3))], [np.zeros(0)]
    for placed in mounting.placed:
        for held in placed.setting.held():
            if len(held.placements) > 1:
                places.append((placed.place @ held.placements)[:, :3, 3])
                radii.append(np.full(len(held.placements), held.stone.width_mm / 2))
    return np.vstack(places), np.concatenate(radii)


def metal_size(mounting: Mounting) -> MetalSize:
    """The body's own measures, and what its settings add outside it: overlaps are counted once."""
    size, heads = mounting.body.size(), _heads_outside(mounting)
    return MetalSize(
        volume_mm3=size.volume_mm3 + heads.volume_mm3,
        surface_mm2=size.surface_mm2 - heads.contact_mm2 + heads.exposed_mm2,
        # The half of a head that faces the stone is out of reach of daily wear.
        worn_mm2=size.surface_mm2 - size.inside_mm2 - heads.contact_mm2 + heads.exposed_mm2 / 2,
    )


def stone_measures(pieces: Sequence[Copies]) -> tuple[StoneMeasure, ...]:
    """What models need to know of the stones, a role each."""
    count: dict[str, int] = {}
    stones: dict[str, StoneMeasure] = {}
    for copies in pieces:
        for placed in copies.mounting.placed:
            for held in placed.setting.held():
                count[held.role] = count.get(held.role, 0) + len(copies.rows) * len(held.placements)
                stones[held.role] = StoneMeasure(
                    role=held.role,
                    cut=held.stone.cut,
                    count=count[held.role],
                    length_mm=held.stone.length_mm,
                    width_mm=held.stone.width_mm,
                    depth_mm=held.stone.depth_mm,
                    volume_mm3=held.stone.volume_mm3,
                    setting=held.setting,
                    prongs_per_stone=held.prongs,
                    prong_diameter_mm=held.prong_diameter_mm,
                    girdle_height_mm=placed.setting.height_mm,
                    bare_tips=held.bare_tips,
                )
    return tuple(stones.values())


def cast_solid(mounting: Mounting, lines: Sequence[Lettering]) -> manifold3d.Manifold:
    """The whole casting as one solid at fine detail: prongs open, seats and lettering cut."""
    body = _engraved(mounting, lines)
    if not mounting.placed:
        return _whole(body)
    heads, seats = _heads_and_seats(mounting)
    return _whole(manifold3d.Manifold.batch_boolean([_united([body, *heads]), *seats], manifold3d.OpType.Subtract))


def cast_alloys(mounting: Mounting, lines: Sequence[Lettering]) -> dict[Alloy, manifold3d.Manifold]:
    """The same metal as two alloys that are cast apart: the heads, whose feet are let into the body, and the body."""
    body = _engraved(mounting, lines)
    if not mounting.placed:
        return {"main": _whole(body)}
    heads, seats = _heads_and_seats(mounting)
    # Not cut out of the united solid: where two solids share a surface, booleans leave skins.
    return {
        "main": _whole(manifold3d.Manifold.batch_boolean([body, *heads, *seats], manifold3d.OpType.Subtract)),
        "accent": _whole(manifold3d.Manifold.batch_boolean([_united(heads), *seats], manifold3d.OpType.Subtract)),
    }


def reach_deg(placed: Sequence[Placed], margin_mm: float) -> float:
    """How far from the top settings reach round the y axis, a whole number of degrees."""
    reach = []
    for one in placed:
        x, z = one.rows[0][3], one.rows[2][3]
        radius = math.hypot(x, z) - one.setting.height_mm
        half = (one.setting.width_mm / 2 + margin_mm) / max(radius, margin_mm)
        reach.append(min(math.degrees(abs(math.atan2(x, z)) + half), 180.0))
    return float(math.ceil(round(max(reach), 9)))


def _engraved(mounting: Mounting, lines: Sequence[Lettering]) -> manifold3d.Manifold:
    raised = [line.strokes() for line in lines if line.inscription.raised]
    cut = [line.strokes() for line in lines if not line.inscription.raised]
    body = _united([mounting.body.solid(), *raised])
    return manifold3d.Manifold.batch_boolean([body, *cut], manifold3d.OpType.Subtract)


def _heads_and_seats(mounting: Mounting) -> tuple[list[manifold3d.Manifold], list[manifold3d.Manifold]]:
    placed = mounting.placed
    heads = [one.setting.solid(True).transform(one.place[:3]) for one in placed]
    seats = [one.setting.cutter().transform(one.place[:3]) for one in placed]
    return heads, seats


def _united(solids: list[manifold3d.Manifold]) -> manifold3d.Manifold:
    return manifold3d.Manifold.batch_boolean(solids, manifold3d.OpType.Add)


def _whole(solid: manifold3d.Manifold) -> manifold3d.Manifold:
    """Fills bubbles shut in between feet and band, and drops crumbs; both are specks that no caster could make.

    So are edges shorter than a file's single precision can tell apart. They go first: a sliver may come off with them.
    """
    solid = solid.simplify(_SINGLE_PRECISION_MM)
    pieces = solid.decompose()
    if len(pieces) == 1:
        return solid
    return manifold3d.Manifold.compose([piece for piece in pieces if piece.volume() > _CRUMB_MM3])  # a bubble's is < 0


@dataclass(frozen=True, slots=True)
class _Heads:
    volume_mm3: float  # outside the body, seats cut
    exposed_mm2: float
    contact_mm2: float  # of the body's surface that heads cover


@lru_cache(maxsize=64)
def _heads_outside(mounting: Mounting) -> _Heads:
    placed = mounting.placed
    if not placed:
        return _Heads(0.0, 0.0, 0.0)
    if len(placed) == 1:
        heads = _without_seat(placed[0].setting).transform(placed[0].place[:3])
    else:
        # A stone's way in may lead through a neighbour's prongs.
        metal = [one.setting.solid(False).transform(one.place[:3]) for one in placed]
        spaces = [one.setting.space().transform(one.place[:3]) for one in placed]
        together = manifold3d.Manifold.batch_boolean(metal, manifold3d.OpType.Add)
        heads = manifold3d.Manifold.batch_boolean([together, *spaces], manifold3d.OpType.Subtract)
    more_mm3, more_mm2 = np.sum([one.setting.unmeasured() for one in placed], axis=0)
    if heads.is_empty():
        return _Heads(float(more_mm3), float(more_mm2), 0.0)
    sector = mounting.body.sector(reach_deg(placed, _SECTOR_MARGIN_MM))
    within = heads ^ sector
    contact = area_from(sector, within)
    covered = within.surface_area() - contact  # of the heads' own surface
    return _Heads(
        float(heads.volume() - within.volume() + more_mm3),
        float(heads.surface_area() - covered + more_mm2),
        contact,
    )


@lru_cache(maxsize=64)
def _without_seat(setting: Setting) -> manifold3d.Manifold:
    return setting.solid(False) - setting.space()


@lru_cache(maxsize=64)
def _heads_mesh(placed: tuple[Placed, ...]) -> Mesh:
    return joined([moved(one.setting.mesh(), one.place) for one in placed])


@lru_cache(maxsize=64)
def _drawn(line: Lettering) -> Mesh:
    return line.preview_mesh()
