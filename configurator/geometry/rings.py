"""A ring put together: a band and what stands on it, as a preview with exact measures and as one solid to cast.

A style only says what a ring consists of (`Ring`, plain millimetres); both details are made here from the same words.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import manifold3d
import numpy as np
from numpy.typing import NDArray

from configurator.design import Inscription, InvalidDesign
from configurator.geometry import inscription, lettering
from configurator.geometry.band import BandSize, Profile
from configurator.geometry.piece import Alloy, Mesh, Part, StoneSet
from configurator.geometry.settings import Held
from configurator.geometry.solids import area_from, joined, moved
from configurator.measures import BandMeasure, Measures, StoneMeasure

Floats = NDArray[np.float64]

_CRUMB_MM3 = 1e-3
_SINGLE_PRECISION_MM = 2e-6  # of lengths between 16 and 32 mm, more than the farthest corner of a ring
_SECTOR_MARGIN_MM = 1.5
_OUTSIDE_KEEPOUT_MM = 1.0  # between a head and lettering on the outside


class Hoop(Hashable, Protocol):
    """What goes round the finger: a plain band, or a body of its own. The palm side is its slimmest."""

    @property
    def inner_diameter_mm(self) -> float: ...
    @property
    def inner_radius_mm(self) -> float: ...
    @property
    def top_radius_mm(self) -> float: ...  # where settings stand
    @property
    def width_mm(self) -> float: ...
    @property
    def top_width_mm(self) -> float: ...
    @property
    def thickness_mm(self) -> float: ...
    @property
    def profile(self) -> Profile: ...
    def letter_width_mm(self, angle: Floats, outside: bool) -> Floats: ...  # across, at radians from the top
    def keepout_deg(self, outside: bool) -> float: ...  # arc round the top without room for lettering
    def mesh(self) -> Mesh: ...
    def solid(self) -> manifold3d.Manifold: ...
    def sector(self, half_angle_deg: float) -> manifold3d.Manifold: ...  # its top at least, an original of its own
    def size(self) -> BandSize: ...
    def recess(self, outside: bool) -> inscription.Recess | None: ...


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
    def culet_mm(self) -> float: ...  # of its lowest stone, above the band's outside; negative: below it
    @property
    def most_handles(self) -> int: ...  # openings that may run through the metal
    def mesh(self) -> Mesh: ...
    def solid(self, fine: bool) -> manifold3d.Manifold: ...
    def cutter(self) -> manifold3d.Manifold: ...
    def space(self) -> manifold3d.Manifold: ...
    def unmeasured(self) -> tuple[float, float]: ...  # what the coarse solid lacks, mm³ and mm²
    def held(self) -> tuple[Held, ...]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A setting on the band, `angle_deg` from the top; `turn_deg` turns it about its own upright."""

    setting: Setting
    angle_deg: float = 0.0
    turn_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Ring:
    """All a style decides."""

    band: Hoop
    standing: tuple[Standing, ...] = ()


def placement(ring: Ring, standing: Standing) -> Floats:
    """The rigid transform (4, 4) from a setting's frame to the ring's."""
    a, t = math.radians(standing.angle_deg), math.radians(standing.turn_deg)
    radius = ring.band.top_radius_mm + standing.setting.height_mm
    lean = np.array([[math.cos(a), 0, math.sin(a)], [0, 1, 0], [-math.sin(a), 0, math.cos(a)]])
    turn = np.array([[math.cos(t), -math.sin(t), 0], [math.sin(t), math.cos(t), 0], [0, 0, 1]])
    found = np.eye(4)
    found[:3, :3] = lean @ turn
    found[:3, 3] = radius * math.sin(a), 0, radius * math.cos(a)
    return found


def parts_of(ring: Ring, lines: Sequence[inscription.Lettering]) -> tuple[Part, ...]:
    """What the preview draws: cached parts that overlap, and lettering as a decal."""
    parts = [Part("band", "main", ring.band.mesh())]
    if ring.standing:
        parts.append(Part("head", "accent", _heads_mesh(ring)))
    parts += [Part(inscription.PART, "main", _decal(line)) for line in lines]
    return tuple(parts)


def stones_of(ring: Ring) -> tuple[StoneSet, ...]:
    """The stones where they sit, all of one role together."""
    by_role: dict[str, list[tuple[Held, Floats]]] = {}
    for standing in ring.standing:
        for held in standing.setting.held():
            by_role.setdefault(held.role, []).append((held, placement(ring, standing) @ held.placements))
    found = []
    for role, group in by_role.items():
        stone = group[0][0].stone
        placements = np.concatenate([where for _, where in group]).astype(np.float32)
        planes = stone.bounds.astype(np.float32)
        placements.flags.writeable = planes.flags.writeable = False
        found.append(StoneSet(role, stone.cut, stone.mesh, planes, placements, stone.dome))
    return tuple(found)


def girdle_places(ring: Ring) -> tuple[Floats, Floats]:
    """Middles (n, 3) and inscribed radii (n,) of small round stones that sit side by side."""
    places, radii = [np.zeros((0, 3))], [np.zeros(0)]
    for standing in ring.standing:
        for held in standing.setting.held():
            if len(held.placements) > 1:
                places.append((placement(ring, standing) @ held.placements)[:, :3, 3])
                radii.append(np.full(len(held.placements), held.stone.width_mm / 2))
    return np.vstack(places), np.concatenate(radii)


def letter(ring: Ring, inscriptions: Sequence[Inscription]) -> tuple[inscription.Lettering, ...]:
    """Lays the lettering on the band. Raises `InvalidDesign` when a line does not fit or meets another."""
    lines = tuple(_lettering(line, ring.band, _keepout_deg(ring, line)) for line in inscriptions)
    inscription.refuse_overlaps(lines)
    return lines


def measure(ring: Ring, style: str, lines: Sequence[inscription.Lettering]) -> Measures:
    """Everything the models need: the band in closed form, heads from their solids, overlaps counted once."""
    size = ring.band.size()
    heads = _heads_outside(ring)
    count: dict[str, int] = {}
    stones: dict[str, StoneMeasure] = {}
    for standing in ring.standing:
        for held in standing.setting.held():
            count[held.role] = count.get(held.role, 0) + len(held.placements)
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
                girdle_height_mm=standing.setting.height_mm,
                bare_tips=held.bare_tips,
            )
    engraved = tuple(line.measure() for line in lines)
    exposed = size.surface_mm2 - heads.contact_mm2 + heads.exposed_mm2
    return Measures(
        piece="ring",
        style=style,
        metal_volume_mm3=size.volume_mm3 + heads.volume_mm3 - sum(line.removed_mm3 for line in engraved),
        surface_mm2=exposed,
        # The half of a head that faces the stone is out of reach of daily wear.
        worn_surface_mm2=size.surface_mm2 - size.inside_mm2 - heads.contact_mm2 + heads.exposed_mm2 / 2,
        band=BandMeasure(
            inner_diameter_mm=ring.band.inner_diameter_mm,
            width_mm=ring.band.top_width_mm,
            thickness_mm=ring.band.thickness_mm,
            profile=ring.band.profile,
        ),
        stones=tuple(stones.values()),
        inscriptions=engraved,
    )


def cast_solid(ring: Ring, lines: Sequence[inscription.Lettering]) -> manifold3d.Manifold:
    """The whole ring as one solid at fine detail: prongs open, seats and lettering cut."""
    band = _engraved(ring, lines)
    if not ring.standing:
        return band
    heads, seats = _heads_and_seats(ring)
    return _whole(manifold3d.Manifold.batch_boolean([_united([band, *heads]), *seats], manifold3d.OpType.Subtract))


def cast_alloys(ring: Ring, lines: Sequence[inscription.Lettering]) -> dict[Alloy, manifold3d.Manifold]:
    """The same metal as two alloys that are cast apart: the heads, whose feet are let into the band, and the band."""
    band = _engraved(ring, lines)
    if not ring.standing:
        return {"main": band}
    heads, seats = _heads_and_seats(ring)
    # Not cut out of the united solid: where two solids share a surface, booleans leave skins.
    return {
        "main": _whole(manifold3d.Manifold.batch_boolean([band, *heads, *seats], manifold3d.OpType.Subtract)),
        "accent": _whole(manifold3d.Manifold.batch_boolean([_united(heads), *seats], manifold3d.OpType.Subtract)),
    }


def _engraved(ring: Ring, lines: Sequence[inscription.Lettering]) -> manifold3d.Manifold:
    return manifold3d.Manifold.batch_boolean(
        [ring.band.solid(), *(line.cutter() for line in lines)], manifold3d.OpType.Subtract
    )


def _heads_and_seats(ring: Ring) -> tuple[list[manifold3d.Manifold], list[manifold3d.Manifold]]:
    where = [placement(ring, standing)[:3] for standing in ring.standing]
    heads = [s.setting.solid(True).transform(at) for s, at in zip(ring.standing, where, strict=True)]
    seats = [s.setting.cutter().transform(at) for s, at in zip(ring.standing, where, strict=True)]
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
    volume_mm3: float  # outside the band, seats cut
    exposed_mm2: float
    contact_mm2: float  # of the band's surface that heads cover


@lru_cache(maxsize=64)
def _heads_outside(ring: Ring) -> _Heads:
    if not ring.standing:
        return _Heads(0.0, 0.0, 0.0)
    where = [placement(ring, standing)[:3] for standing in ring.standing]
    if len(ring.standing) == 1:
        heads = _without_seat(ring.standing[0].setting).transform(where[0])
    else:
        # A stone's way in may lead through a neighbour's prongs.
        metal = [s.setting.solid(False).transform(at) for s, at in zip(ring.standing, where, strict=True)]
        spaces = [s.setting.space().transform(at) for s, at in zip(ring.standing, where, strict=True)]
        together = manifold3d.Manifold.batch_boolean(metal, manifold3d.OpType.Add)
        heads = manifold3d.Manifold.batch_boolean([together, *spaces], manifold3d.OpType.Subtract)
    more_mm3, more_mm2 = np.sum([standing.setting.unmeasured() for standing in ring.standing], axis=0)
    if heads.is_empty():
        return _Heads(float(more_mm3), float(more_mm2), 0.0)
    sector = ring.band.sector(_reach_deg(ring, _SECTOR_MARGIN_MM))
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
def _heads_mesh(ring: Ring) -> Mesh:
    return joined([moved(standing.setting.mesh(), placement(ring, standing)) for standing in ring.standing])


@lru_cache(maxsize=64)
def _lettering(line: Inscription, band: Hoop, keepout_deg: float) -> inscription.Lettering:
    outside = line.place == "outside"
    if outside and band.profile == "knife_edge":
        raise InvalidDesign(
            "A knife edge has no flat outside to engrave; engrave the inside, or choose another profile."
        )
    radius = band.inner_radius_mm + (band.thickness_mm if outside else 0.0)
    long_mm = lettering.set_line(line.text, line.font, line.height_mm).length_mm
    # Slimmest in the middle of the line, or, when tapered, at the end that comes nearest to the top.
    end = math.pi - min(long_mm / 2 / radius, math.pi)
    width = float(band.letter_width_mm(np.array([math.pi, end]), outside).min())
    return inscription.lay_out(
        line,
        inner_radius_mm=band.inner_radius_mm,
        band_width_mm=width,
        band_thickness_mm=band.thickness_mm,
        recess_mm=band.recess(outside),
        keepout_deg=keepout_deg,
    )


@lru_cache(maxsize=64)
def _decal(line: inscription.Lettering) -> Mesh:
    return line.preview_mesh()


def _keepout_deg(ring: Ring, line: Inscription) -> float:
    outside = line.place == "outside"
    own = ring.band.keepout_deg(outside)
    if not outside or not ring.standing:
        return own
    return max(own, 2 * _reach_deg(ring, _OUTSIDE_KEEPOUT_MM))


def _reach_deg(ring: Ring, margin_mm: float) -> float:
    """How far from the top the heads reach along the band, a whole number of degrees."""
    radius = ring.band.top_radius_mm
    reach = [abs(s.angle_deg) + math.degrees((s.setting.width_mm / 2 + margin_mm) / radius) for s in ring.standing]
    return float(math.ceil(max(reach)))
