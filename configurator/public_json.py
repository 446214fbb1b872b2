"""The public JSON of the command line: the schema of a design, what can be chosen, and an evaluation."""

import dataclasses
from enum import Enum
from typing import Any, get_args

import numpy as np
from pydantic import BaseModel

from configurator import geometry, reference, wording
from configurator.design import Arrangement, Design, Finish, Piece, Place, Sourcing
from configurator.evaluate import Evaluation, Side, sold_metals
from configurator.geometry import lettering

DECIMALS = 4  # of every number in an evaluation; finer is noise


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a design; a style's own options apply where `style` names it."""
    found = Design.model_json_schema()
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    definitions = found.setdefault("$defs", {})
    rules = []
    for piece, styles in geometry.STYLES.items():
        for name, style in styles.items():
            key = f"{piece}_{name}_options"
            definitions[key] = style.Options.model_json_schema() | {"title": f"Options of {piece} {name}"}
            chosen = {"piece": {"const": piece}, "style": {"const": name}}
            rules.append(
                {
                    "if": {"properties": chosen, "required": ["piece", "style"]},
                    "then": {"properties": {"options": {"$ref": f"#/$defs/{key}"}}},
                }
            )
    found["allOf"] = rules
    found["properties"]["metal"]["examples"] = [metal.id for metal in sold_metals(reference.load())]
    return found


def options() -> dict[str, Any]:
    """Every id that a design can hold, with its label."""
    tables = reference.load()
    return {
        "pieces": [{"id": piece, "label": piece.title()} for piece in get_args(Piece) if piece in geometry.STYLES],
        "styles": [
            {
                "id": name,
                "piece": piece,
                "label": style.LABEL,
                "options": list(style.Options.model_fields),
                "roles": [role.name for role in style.ROLES],
            }
            for piece, styles in geometry.STYLES.items()
            for name, style in styles.items()
        ],
        "metals": [{"id": metal.id, "label": metal.label} for metal in sold_metals(tables)],
        "gems": [{"id": gem.id, "label": gem.label} for gem in tables.gems.values()],
        "cuts": [{"id": cut, "label": tables.cuts[cut].label} for cut in geometry.CUTS],
        "fonts": [{"id": font.id, "label": font.label} for font in lettering.fonts().values()],
        "finishes": [{"id": finish, "label": finish.title()} for finish in get_args(Finish)],
        "places": [{"id": place, "label": place.title()} for place in get_args(Place)],
        "arrangements": [{"id": one, "label": one.replace("_", " ").capitalize()} for one in get_args(Arrangement)],
        "rules": [{"id": rule.id, "label": rule.label, "on": rule.on} for rule in tables.twin_rules.values()],
        "metal_sourcing": [{"id": sourcing, "label": sourcing.title()} for sourcing in get_args(Sourcing)],
    }


def evaluation(found: Evaluation) -> dict[str, Any]:
    """An evaluation as plain JSON values; the keys are promised in README, "The design format"."""
    return {
        **_side(found.custom),
        "twin": _side(found.twin) | {"changes": plain(found.twin_changes)},
        "scorecard": plain(found.scorecard),
        "overall": plain(found.overall),
        "scenario": plain(found.scenario),
        "reference_version": found.reference_version,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "design": plain(side.design),
        "mass_g": plain(side.mass_g),
        "metal_volume_mm3": plain(side.measures.metal_volume_mm3),
        "stones": plain(side.stones),
        "price": plain(side.quote),
        "durability": plain(side.durability),
        "resale": plain(side.resale),
        "footprint": plain(side.footprint),
        "schedule": plain(side.schedule),
        "findings": plain(side.findings),
    }


def plain(value: Any) -> Any:
    """Dataclasses, models, arrays and tuples as what JSON knows; fields that start with `internal` stay inside."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, wording.Sentence):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = (field.name for field in dataclasses.fields(value) if not field.name.startswith("internal"))
        return {name: plain(getattr(value, name)) for name in shown}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
