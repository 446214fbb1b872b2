"""The headline numbers of every finished design, as they stood when somebody last looked at them and agreed.

A change of a table or a model moves them: read what moved, then `make golden-update` and commit the new file with it.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from configurator import presets, public_json
from configurator.evaluate import evaluate

AGREED = Path(__file__).with_name("presets.json")
TOLERANCE = 0.002  # other processors and Python versions round differently; a changed rule moves far more


def headline(side: dict[str, Any]) -> dict[str, float]:
    """The numbers a client sees first, of a design or of its shelf twin."""
    found = {"mass_g": side["mass_g"], "metal_volume_mm3": side["metal_volume_mm3"]}
    for stones in side["stones"]:
        found[f"{stones['role']}_ct"] = stones["weight_ct"] * stones["count"]
    ranges = {
        "price_usd": side["price"]["total_usd"],
        "first_repair_years": side["durability"]["first_repair_years"],
        "first_service_years": side["durability"]["first_service_years"],
        "thirty_years_usd": side["resale"]["ownership_cost_usd"],
        "kgco2e": side["footprint"]["kgco2e"],
        "working_days": side["schedule"]["working_days"],
    }
    for name, figure in ranges.items():
        found |= {f"{name}_{end}": figure[end] for end in ("low", "mid", "high")}
    return {name: round(value, 4) for name, value in found.items()}


def both_sides(preset: presets.Preset) -> dict[str, dict[str, float]]:
    told = public_json.evaluation(evaluate(preset.design))
    return {"custom": headline(told), "twin": headline(told["twin"])}


def agreed() -> dict[str, dict[str, dict[str, float]]]:
    if os.environ.get("KEEPSAKE_GOLDEN_UPDATE"):
        AGREED.write_text(json.dumps({p.id: both_sides(p) for p in presets.presets()}, indent=1) + "\n", "utf-8")
    return dict(json.loads(AGREED.read_text("utf-8")))


def test_every_finished_design_has_agreed_numbers() -> None:
    assert set(agreed()) == {preset.id for preset in presets.presets()}


@pytest.mark.parametrize("preset", presets.presets(), ids=lambda preset: preset.id)
def test_a_finished_design_keeps_its_agreed_numbers(preset: presets.Preset) -> None:
    now, then = both_sides(preset), agreed()[preset.id]
    assert now["custom"] == pytest.approx(then["custom"], rel=TOLERANCE)
    assert now["twin"] == pytest.approx(then["twin"], rel=TOLERANCE)
