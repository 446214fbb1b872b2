"""The bench sheet as CSV: what the setter sets, what the caster weighs, what the engraver cuts.

UTF-8 with a byte-order mark, as spreadsheets want it. Text that a spreadsheet would take for a formula is quoted.
"""

import csv
import io

from configurator import units
from configurator.design import Inscription, Stone
from configurator.export.order import Order
from configurator.geometry.pearls import hole_mm
from configurator.geometry.settings import SEAT_CLEARANCE_MM
from configurator.measures import StoneMeasure

SUFFIX = "csv"
LABEL = "Bench sheet: stones with their seats, metal and lettering"
PURPOSES = ("presentation", "casting")

COLUMNS = (
    *("row", "role", "material", "cut", "count", "length_mm", "width_mm", "depth_mm", "weight_each_ct"),
    *("weight_total_ct", "mass_g", "setting", "seat", "details"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(order: Order) -> bytes:
    """The sheet: one row for each role of stones, one for the metal, one for each line of lettering."""
    text = io.StringIO()
    sheet = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    sheet.writeheader()
    for row in [*_stones(order), _metal(order), *_lettering(order)]:
        sheet.writerow({column: _safe(value) for column, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _stones(order: Order) -> list[dict[str, str]]:
    rows = []
    deepest = {stones.role: -float(stones.mesh.vertices_mm[:, 2].min()) for stones in order.piece.stones}
    for measure in order.piece.measures.stones:
        gem, stone = order.gem(measure.role), order.design.stone(measure.role)
        each_ct = units.weight_ct(measure.volume_mm3, gem.specific_gravity)
        rows.append(
            {
                "row": "stone",
                "role": measure.role,
                "material": gem.label,
                "cut": order.tables.cuts[measure.cut].label,
                "count": str(measure.count),
                "length_mm": f"{measure.length_mm:.2f}",
                "width_mm": f"{measure.width_mm:.2f}",
                "depth_mm": f"{measure.depth_mm:.2f}",
                "weight_each_ct": f"{each_ct:.4f}",
                "weight_total_ct": f"{each_ct * measure.count:.4f}",
                "setting": _setting(measure),
                "seat": _seat(measure, deepest[measure.role]),
                "details": _details(stone) if stone else "",
            }
        )
    return rows


def _details(stone: Stone) -> str:
    """Its grades, and proportions that are not its cut's usual ones."""
    grades = " ".join(grade for grade in (stone.colour, stone.clarity) if grade)
    chosen = (("table", stone.table_pct), ("crown height", stone.crown_height_pct))
    return ", ".join(filter(None, [grades, *(f"{name} {pct:g} % of its width" for name, pct in chosen if pct)]))


def _setting(measure: StoneMeasure) -> str:
    if not measure.prongs_per_stone:
        return measure.setting
    return f"{measure.setting}, {measure.prongs_per_stone} of {measure.prong_diameter_mm:.2f} mm each stone"


def _seat(measure: StoneMeasure, below_girdle_mm: float) -> str:
    """What the casting has cut out for each stone: the setter's bur has to do no more than true it."""
    if measure.setting == "post":
        wide_mm, deep_mm = hole_mm(measure.width_mm)
        return f"glued to the post of a cup: drill {wide_mm:.2f} mm wide, {deep_mm:.2f} mm deep"
    across = [f"{size + 2 * SEAT_CLEARANCE_MM:.2f}" for size in (measure.length_mm, measure.width_mm)]
    return f"cut in the casting, {' x '.join(across)} mm, {below_girdle_mm + SEAT_CLEARANCE_MM:.2f} mm below the girdle"


def _metal(order: Order) -> dict[str, str]:
    metal, design, measures = order.metal(), order.design, order.piece.measures
    details = [f"{measures.metal_volume_mm3:.1f} mm3 as worn", f"stamp {metal.stamp}", design.finish]
    if design.inner_diameter_mm is not None:
        details.append(f"inner diameter {design.inner_diameter_mm:.2f} mm")
    if design.accent_metal:
        details.append(f"with parts in {order.metal('accent').label}; the mass counts all of it as {metal.label}")
    return {
        "row": "metal",
        "material": metal.label,
        "count": "1",
        "mass_g": f"{units.mass_g(measures.metal_volume_mm3, metal.density_g_cm3):.3f}",
        "details": "; ".join(details),
    }


def _lettering(order: Order) -> list[dict[str, str]]:
    measured = order.piece.measures.inscriptions
    return [
        {
            "row": "lettering",
            "role": line.place,
            "material": line.text,
            "count": str(measure.characters),
            "length_mm": f"{measure.length_mm:.2f}",
            "width_mm": f"{measure.height_mm:.2f}",
            "depth_mm": f"{measure.depth_mm:.2f}",
            "details": f"{_lettering_style(line)}, set at {line.height_mm:g} mm",
        }
        for line, measure in zip(order.design.inscriptions, measured, strict=True)
    ]


def _lettering_style(line: Inscription) -> str:
    style = "drawing" if line.drawing else f"style {line.font}"
    if line.arrangement != "line":
        style += f", {line.arrangement.replace('_', ' ')}"
    return f"{style}, raised" if line.raised else style


def _safe(cell: str) -> str:
    """A cell that opens as the text it is: what starts like a formula gets the spreadsheets' mark for text."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA_STARTS) or cell.startswith(_FORMULA_STARTS) else cell
