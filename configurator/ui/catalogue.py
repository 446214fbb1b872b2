"""Everything that can be chosen, as the pickers show it: labels, one line of plain words each, and colours.

One JSON, fetched once by the browser; a pick then sends ids only.
"""

import calendar
import json
from functools import cache

from configurator import geometry, presets, reference
from configurator.evaluate import sold_metals
from configurator.export.looks import Rgb, metal_look
from configurator.geometry import lettering
from configurator.reference import Gem, Metal
from configurator.ui import text

# How deep the light, middle and dark of a swatch are; taste, set beside the live piece.
_METAL_DEPTHS = (0.8, 1.35, 3.2)

FINISHES = {
    "polished": ("Polished", "A mirror. Shows fine scratches first, and polishes out."),
    "satin": ("Satin", "A soft, even sheen. It slowly polishes itself with wear."),
    "brushed": ("Brushed", "Fine lines round the ring. Hides small scratches; renewed at a service."),
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
        "image": f"keepsake/assets/images/gems/{gem.id}.webp",
    }


def _months() -> list[dict[str, object]]:
    rows = reference.load().birthstones
    found: list[dict[str, object]] = []
    for month in range(1, 13):
        lists, shown = [], set[str]()
        for name, kinds in (("Modern", ("modern_us",)), ("Older lists", ("original_1912", "uk_1937", "traditional"))):
            gems = dict.fromkeys(g for row in rows if row.month == month and row.list in kinds for g in row.gem_ids)
            fresh = [gem for gem in gems if gem not in shown]
            shown.update(fresh)
            if fresh:
                lists.append({"label": name, "gems": fresh})
        found.append({"name": calendar.month_name[month], "short": calendar.month_abbr[month], "lists": lists})
    return found


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
                    "id": name,
                    "label": style.LABEL,
                    "hint": style.HELP,
                    "image": f"keepsake/assets/images/styles/{name}.webp",
                }
                for name, style in geometry.STYLES["ring"].items()
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
