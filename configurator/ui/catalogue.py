"""Everything that can be chosen, as the pickers show it: labels, one line of plain words each, and colours.

One JSON, fetched once by the browser; a pick then sends ids only.
"""

import calendar
import json
from collections.abc import Mapping
from functools import cache

from configurator import geometry, presets, reference
from configurator.evaluate import sold_metals
from configurator.export.looks import Rgb, metal_look
from configurator.geometry import lettering
from configurator.reference import Birthstone, Gem, Metal
from configurator.ui import text

# How deep the light, middle and dark of a swatch are; taste, set beside the live piece.
_METAL_DEPTHS = (0.8, 1.35, 3.2)

FINISHES = {
    "polished": ("Polished", "A mirror. Shows fine scratches first, and polishes out."),
    "satin": ("Satin", "A soft, even sheen. It slowly polishes itself with wear."),
    "brushed": ("Brushed", "Fine lines along the metal. Hides small scratches; renewed at a service."),
    "hammered": ("Hammered", "Small hand-struck facets. The kindest finish to daily knocks."),
}


def _hex(colour: Rgb) -> str:
    """`#RRGGBB` of a linear colour."""
    coded = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in (min(max(x, 0), 1) for x in colour)
    )
    return "#" + "".join(f"{round(c * 255):02x}" for c in coded)


def _shades(colour: Rgb, light: float, middle: float, dark: float) -> dict[str, str]:
    """Three depths of one colour: powers of a reflectance keep its hue and deepen it, as repeated reflection does."""
    return {
        name: _hex((colour[0] ** power, colour[1] ** power, colour[2] ** power))
        for name, power in (("light", light), ("colour", middle), ("dark", dark))
    }


def _metal(metal: Metal) -> dict[str, str]:
    return {
        "id": metal.id,
        "label": metal.label,
        "short": text.short_metal(metal),
        "group": text.metal_group(metal),
        "hint": text.metal_hint(metal),
        **_shades(metal_look(metal).reflectance, *_METAL_DEPTHS),
    }


def _gem(gem: Gem) -> dict[str, str]:
    return {
        "id": gem.id,
        "label": gem.label,
        "short": text.short_gem(gem),
        "group": text.gem_group(gem),
        "hint": text.gem_hint(gem),
        "image": f"keepsake/assets/images/gems/{gem.natural_id or gem.id}.webp",
        "mark": text.gem_mark(gem),
        "natural": gem.natural_id or "",
    }


def _months() -> list[dict[str, object]]:
    return [_month(month) for month in range(1, 13)]


def _month(month: int) -> dict[str, object]:
    """The lists of a month, modern first; a gem has one tile, later lists say in words what stands above them."""
    tables = reference.load()
    name = calendar.month_name[month]
    rows = [row for row in tables.birthstones if row.month == month]
    labels = {row.list: row.list_label for row in rows}  # in the order of the table: the modern list is its first
    shown: dict[str, Gem] = {}
    lists = []
    for kind, label in labels.items():
        stones = {row.stone: _natural(row) for row in rows if row.list == kind}
        fresh = {gem.id: gem for gems in stones.values() for gem in gems if gem.id not in shown}
        lists.append({"label": label, "gems": list(fresh), "note": _in_words(stones, shown)})
        shown |= fresh
    care = {gem.id: words for gem in shown.values() if (words := text.gem_care(gem, name, shown.values()))}
    return {"name": name, "short": calendar.month_abbr[month], "lists": lists, "care": care}


def _natural(row: Birthstone) -> list[Gem]:
    gems = reference.load().gems
    return [gems[gem] for gem in row.gem_ids if not gems[gem].natural_id]


def _in_words(stones: Mapping[str, list[Gem]], shown: Mapping[str, Gem]) -> str:
    """What the tiles of a list do not say: old names of stones, and stones that have their tile in a list above."""
    old, above = [], []
    for stone, gems in stones.items():
        names = [text.short_gem(gem).lower() for gem in gems]
        is_old = not any(stone in name for name in names)
        called = f"{stone} ({', '.join(names)})" if is_old else stone
        if all(gem.id in shown for gem in gems):
            above.append(called)
        elif is_old:
            old.append(f"{called[0].upper()}{called[1:]}.")
    return " ".join([*old, f"Shown above: {', '.join(above)}."] if above else old)


@cache
def catalogue_json() -> str:
    """The whole catalogue as JSON text."""
    tables = reference.load()
    yellow = metal_look(tables.metals["14k_yellow"]).reflectance
    return json.dumps(
        {
            "metals": [_metal(metal) for metal in sold_metals(tables)],
            "gems": [_gem(gem) for gem in tables.gems.values()],
            "cuts": [
                {
                    "id": cut,
                    "label": tables.cuts[cut].label,
                    "hint": text.CUT_HINTS.get(cut, ""),
                    "image": f"keepsake/assets/images/cuts/{cut}.webp",
                }
                for cut in geometry.CUTS
            ],
            "styles": [
                {
                    "id": f"{piece}/{name}",
                    "label": style.LABEL,
                    "hint": style.HELP,
                    "image": f"keepsake/assets/images/styles/{piece}/{name}.webp",
                }
                for piece, styles in geometry.STYLES.items()
                for name, style in styles.items()
            ],
            "presets": [
                {"id": p.id, "label": p.name, "hint": p.story, "image": f"keepsake/assets/images/presets/{p.id}.webp"}
                for p in presets.presets()
            ],
            "finishes": [
                {"id": name, "label": label, "hint": hint, **_shades(yellow, *_METAL_DEPTHS)}
                for name, (label, hint) in FINISHES.items()
            ],
            "fonts": [
                {"id": font.id, "label": font.label, "hint": font.note, "url": f"keepsake/assets/fonts/{font.web_file}"}
                for font in lettering.fonts().values()
                if font.offered
            ],
            "months": _months(),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
