"""Every style as it comes, against the numbers it had when it was last looked at.

After a wanted change look at the pictures again, then `make golden-update` and commit the new file with it.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from configurator import geometry, presets
from configurator.design import Design, Inscription

FILE = Path(__file__).with_name("shapes.json")
INSCRIPTION = {"text": "Forever yours, 2026!"}
TOLERANCE = {"volume_mm3": 0.002, "surface_mm2": 0.004, "metal_volume_mm3": 0.002, "box_mm": 0.001}


STYLES = [f"{piece}/{style}" for piece, styles in geometry.STYLES.items() for style in styles]
PRESETS = {f"preset/{preset.id}": preset.design for preset in presets.presets()}


def usual(name: str) -> Design:
    """A style as it comes, with words where it has a place for them."""
    piece_kind, _, style = name.partition("/")
    design = geometry.complete(Design.from_dict({"piece": piece_kind, "style": style}))
    for place in geometry.places(design)[:1]:
        line = Inscription(**INSCRIPTION, place=place)
        design = geometry.complete(design.model_copy(update={"inscriptions": (line,)}))
    return design


def measured(design: Design) -> dict[str, object]:
    casting, piece = geometry.cast(design), geometry.build(design)
    return {
        "volume_mm3": round(casting.volume_mm3, 3),
        "surface_mm2": round(casting.surface_mm2, 2),
        "metal_volume_mm3": round(piece.measures.metal_volume_mm3, 3),
        "genus": casting.genus,
        "stones": [stone.count for stone in piece.measures.stones],
        "box_mm": np.round(np.ptp(casting.vertices_mm, axis=0), 3).tolist(),
        "stops": [finding.message for finding in casting.findings if finding.severity == "stop"],
    }


@pytest.mark.parametrize("name", [*STYLES, *PRESETS])
def test_a_shape_is_what_it_was(name: str) -> None:
    found = measured(PRESETS[name] if name in PRESETS else usual(name))
    golden = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    if os.environ.get("KEEPSAKE_GOLDEN_UPDATE"):
        kept = {row: values for row, values in golden.items() if row in STYLES or row in PRESETS}
        FILE.write_text(json.dumps(kept | {name: found}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    assert found["stops"] == []
    expected = golden[name]
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, rel=TOLERANCE[name]) if name in TOLERANCE else found[name] == value


def test_no_golden_row_is_left_over() -> None:
    assert set(json.loads(FILE.read_text(encoding="utf-8"))) == {*STYLES, *PRESETS}
