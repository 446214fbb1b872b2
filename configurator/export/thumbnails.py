"""The small pictures beside choices: every style as it comes, every cut and gem from above, every finished design.

They are drawn once, when a style or a cut is new, and kept in assets/images:
`python -m configurator.export.thumbnails`, or for some of them `… thumbnails pendant/disc cuts/oval`.
"""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from configurator import geometry, presets, reference
from configurator.design import Design
from configurator.export.looks import GemLook, gem_look, metal_look
from configurator.export.still import photograph, render_still
from configurator.geometry import gems
from configurator.geometry.piece import StoneSet

ASSETS = Path(__file__).parents[2] / "assets" / "images"
STYLE_PX = (480, 360)
CUT_PX = (240, 240)
GEM_PX = (120, 120)
_SAMPLES = 16
_METAL, _GEM = "18k_yellow", "diamond"
_CUT_WIDTH_MM = 6.0
_CUT_OF: Mapping[reference.Form, str] = {"faceted": "round_brilliant", "cabochon": "round_cabochon", "sphere": "sphere"}
_GEM_OF: Mapping[reference.Form, str] = {"faceted": _GEM, "cabochon": "moonstone", "sphere": "pearl"}


def write_thumbnails(folder: Path = ASSETS, only: Collection[str] = ()) -> list[Path]:
    """Draws all pictures, transparent, into `folder` (`styles/<piece>/`, `cuts/`, …), or those whose names hold one of
    `only`; returns their paths."""
    written = []
    for path, draw in _pictures(reference.load()):
        if only and not any(name in path.as_posix() for name in only):
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(draw())
        written.append(folder / path)
    return written


def _pictures(tables: reference.Reference) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    for piece, styles in geometry.STYLES.items():
        for style in styles:
            yield Path("styles", piece, f"{style}.webp"), partial(_as_it_comes, piece, style, tables)
    for cut in gems.CUTS:
        gem = gem_look(tables.gems[_GEM_OF[geometry.form_of(cut)]])
        yield Path("cuts", f"{cut}.webp"), partial(_from_above, cut, gem, CUT_PX, tables)
    for row in (gem for gem in tables.gems.values() if not gem.natural_id):  # a grown stone looks as the natural one
        yield Path("gems", f"{row.id}.webp"), partial(_from_above, _CUT_OF[row.form], gem_look(row), GEM_PX, tables)
    for preset in presets.presets():
        yield Path("presets", f"{preset.id}.webp"), partial(_as_designed, preset.design, tables)


def _as_it_comes(piece: str, style: str, tables: reference.Reference) -> bytes:
    design = geometry.complete(Design.from_dict({"piece": piece, "style": style}))
    looks = {stone.role: gem_look(tables.gems[stone.gem]) for stone in design.stones}
    metal = metal_look(tables.metals[_METAL])
    built = geometry.build(design)
    return render_still(built, metal, looks, *STYLE_PX, samples=_SAMPLES, background=None, format="WEBP")


def _from_above(cut: str, look: GemLook, size_px: tuple[int, int], tables: reference.Reference) -> bytes:
    stone = gems.cut_stone(cut, tables.cuts[cut].length_to_width_default * _CUT_WIDTH_MM, _CUT_WIDTH_MM)
    place = np.eye(4, dtype=np.float32)[None]
    alone = StoneSet("center", cut, stone.mesh, stone.bounds.astype(np.float32), place, stone.dome)
    metal = metal_look(tables.metals[_METAL])  # none is in the picture
    return photograph((), (alone,), metal, {"center": look}, *size_px, _SAMPLES, "above", None, format="WEBP")


def _as_designed(design: Design, tables: reference.Reference) -> bytes:
    accent = None if design.accent_metal is None else metal_look(tables.metals[design.accent_metal], design.finish)
    return render_still(
        geometry.build(design),
        metal_look(tables.metals[design.metal], design.finish),
        {stone.role: gem_look(tables.gems[stone.gem]) for stone in design.stones},
        *STYLE_PX,
        samples=_SAMPLES,
        background=None,
        accent=accent,
        format="WEBP",
    )


if __name__ == "__main__":
    for written in write_thumbnails(only=sys.argv[1:]):
        sys.stdout.write(f"{written}\n")
