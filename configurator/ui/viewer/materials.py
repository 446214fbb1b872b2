"""The optical properties of every metal and gem as the viewer's shaders take them; fetched once by the browser."""

import json
from typing import TYPE_CHECKING

from configurator.export.looks import gem_look, metal_look

if TYPE_CHECKING:
    from configurator.reference import Reference


def materials(reference: "Reference") -> dict[str, dict[str, dict[str, object]]]:
    """`{"metals": {id: …}, "gems": {id: …}}`, colours linear sRGB, absorption per mm, refractive indices by channel."""
    return {"metals": _metals(reference), "gems": _gems(reference)}


def materials_json(reference: "Reference") -> str:
    """`materials` as compact JSON text."""
    return json.dumps(materials(reference), separators=(",", ":"))


def _metals(reference: "Reference") -> dict[str, dict[str, object]]:
    return {key: {"reflectance": _rounded(metal_look(metal).reflectance)} for key, metal in reference.metals.items()}


def _gems(reference: "Reference") -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for key, gem in reference.gems.items():
        look = gem_look(gem)
        found[key] = {
            "index": _rounded(look.refractive_index_rgb),
            "absorption": _rounded(look.absorption_per_mm),
            "body": _rounded(look.body),
            "opaque": look.opaque,
            **({"effect": look.effect} if look.effect else {}),
            **({"second": _rounded(look.second)} if look.second else {}),
        }
    return found


def _rounded(values: tuple[float, float, float]) -> list[float]:
    return [round(value, 4) for value in values]
