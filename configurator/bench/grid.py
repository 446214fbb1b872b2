"""Designs spread evenly over every piece, style, cut and option, each of them built, measured, cast and checked.

What a person can pick either makes a piece that can be cast or is answered with one sentence; this counts both, and
names whatever is in between. A thousand designs take about ten minutes on one core.
"""

import itertools
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from time import process_time
from typing import Any, get_args

import numpy as np
from pydantic.fields import FieldInfo
from scipy.stats import qmc

from configurator import geometry, reference
from configurator.design import Design, InvalidDesign
from configurator.geometry.styles.fields import Role

DESIGNS = 2_000
MOST_TRIES = 6  # for each design wanted: some of what can be picked is refused
WEIGHT_BAR = 0.005
STEP_MM = 0.1  # wider or thicker by this much must weigh more
_FINGERS_MM = (13.0, 23.0)
_LONGEST_SENTENCE = 250
_CHUNK = 8
_COLUMNS = (
    "style",
    "made",
    "castable",
    "told beforehand",
    "refused",
    "drawn p95, ms",
    "weighed p95, ms",
    "weight off, worst",
    "faults",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of one set of choices; `faults` is what may not happen, in words."""

    style: str  # piece/style
    refused: str = ""
    drawn_ms: float = 0.0  # processor time: what the picture waits for, and then what the numbers wait for
    weighed_ms: float = 0.0
    foreseen: bool = False  # its measures already said that it cannot be cast
    weight_off: float = 0.0  # measured over cast, less one
    faults: tuple[str, ...] = ()
    choices: dict[str, Any] | None = None  # of a faulty one


def picked(piece: str, style: str, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Endless raw designs of one style: a Halton sequence over its options and stones, cuts in turn."""
    module = geometry.STYLES[piece][style]
    fields = module.Options.model_fields
    spread = qmc.Halton(len(fields) + 2 * len(module.ROLES) + 1, seed=seed)
    for number in itertools.count():
        shares = iter(spread.random(1)[0].tolist())
        options = {name: _value(field, next(shares)) for name, field in fields.items()}
        stones = [_stone(role, number, next(shares), next(shares)) for role in module.ROLES]
        low, high = _FINGERS_MM
        finger = round(low + (high - low) * next(shares), 2) if piece == "ring" else None
        yield {
            "piece": piece,
            "style": style,
            "options": options,
            "stones": stones,
            "inner_diameter_mm": finger,
        }


def run(designs: int = DESIGNS) -> int:
    """Tries `designs` designs, prints a line for each style and the faults; returns 1 when there are any."""
    styles = [(piece, style) for piece, found in geometry.STYLES.items() for style in found]
    each = math.ceil(designs / len(styles))
    with ProcessPoolExecutor() as pool:
        parts = [(piece, style, each, part) for piece, style in styles for part in range(0, each, _CHUNK)]
        tried = [one for found in pool.map(_try_some, parts) for one in found]
    by_style: dict[str, list[Tried]] = defaultdict(list)
    for one in tried:
        by_style[one.style].append(one)
    print("| " + " | ".join(_COLUMNS) + " |")
    print("|---" * len(_COLUMNS) + "|")
    for style, ones in by_style.items():
        print(_row(style, ones))
    print(_row("**all**", tried))
    for one in tried:
        for fault in one.faults:
            print(f"FAULT {one.style}: {fault} {one.choices}", file=sys.stderr)
    return 1 if any(one.faults for one in tried) else 0


def try_one(raw: dict[str, Any]) -> Tried:
    """Completes, builds, measures and casts one set of choices, and looks for what may not happen."""
    name = f"{raw['piece']}/{raw['style']}"
    try:
        design = geometry.complete(Design.from_dict(raw))
        began = process_time()
        piece = geometry.build(design)
        piece.drawn()
        drawn = process_time()
        piece.measured()
        drawn_ms, weighed_ms = 1000 * (drawn - began), 1000 * (process_time() - drawn)
        casting = geometry.cast(design)
    except InvalidDesign as refusal:
        sentence = str(refusal)
        whole = sentence.endswith(".") and len(sentence) < _LONGEST_SENTENCE
        return Tried(style=name, refused=sentence, faults=() if whole else (f"no sentence: {sentence}",))
    early = {f.message for f in (*piece.findings, *geometry.metal_findings(design, piece.measures))}
    stops = [f.message for f in casting.findings if f.severity == "stop"]
    bought_mm3 = sum(fitting.volume_mm3 for fitting in piece.measures.fittings)
    weight_off = (piece.measures.metal_volume_mm3 - bought_mm3) / casting.volume_mm3 - 1
    faults = tuple(
        itertools.chain(
            (stop for stop in stops if stop not in early),
            [f"it is weighed {weight_off:.2%} off."] if abs(weight_off) > WEIGHT_BAR and not stops else [],
            _drawn_apart(piece),
            _lighter(design, piece),
        )
    )
    return Tried(
        style=name,
        drawn_ms=drawn_ms,
        weighed_ms=weighed_ms,
        foreseen=bool(stops),
        weight_off=weight_off,
        faults=faults,
        choices=raw if faults else None,
    )


def _try_some(part: tuple[str, str, int, int]) -> list[Tried]:
    piece, style, each, start = part
    wanted = min(_CHUNK, each - start)
    found: list[Tried] = []
    for raw in itertools.islice(picked(piece, style, seed=start), MOST_TRIES * wanted):
        found.append(try_one(raw))
        if sum(not one.refused for one in found) == wanted:
            break
    return found


def _value(field: FieldInfo, share: float) -> Any:
    if field.annotation is bool:
        return share < 1 / 2
    choices = get_args(field.annotation)
    if choices:
        return choices[int(share * len(choices))]
    limits = {name: getattr(rule, name) for rule in field.metadata for name in ("ge", "le") if hasattr(rule, name)}
    value = limits["ge"] + share * (limits["le"] - limits["ge"])
    return round(value) if field.annotation is int else round(value, 2)


def _stone(role: Role, number: int, size: float, ratio: float) -> dict[str, Any]:
    cut = role.cuts[number % len(role.cuts)]
    row = reference.load().cuts[cut]
    low, high = role.width_mm
    width_mm = round(low + size * (high - low), 2)
    longer = row.length_to_width_low + ratio * (row.length_to_width_high - row.length_to_width_low)
    length_mm = width_mm if cut in geometry.AS_LONG_AS_WIDE else max(width_mm, round(width_mm * longer, 2))
    return {"role": role.name, "cut": cut, "length_mm": length_mm, "width_mm": width_mm}


def _drawn_apart(piece: Any) -> Iterator[str]:
    for part in piece.parts:
        if not np.isfinite(part.mesh.vertices_mm).all() or not np.isfinite(part.mesh.normals).all():
            yield f"the drawing of the {part.name} has places that are no numbers."


def _lighter(design: Design, piece: Any) -> Iterator[str]:
    """Wider or thicker metal must not weigh less, where the stones stay the same."""
    usual = piece.measures
    for option in ("width_mm", "thickness_mm"):
        given = design.options.get(option)
        if not isinstance(given, float):
            continue
        wider = design.model_copy(update={"options": design.options | {option: given + STEP_MM}})
        try:
            more = geometry.build(geometry.complete(wider)).measures
        except InvalidDesign:
            continue  # beyond the option's bounds
        same_stones = [stone.count for stone in more.stones] == [stone.count for stone in usual.stones]
        if same_stones and more.metal_volume_mm3 < usual.metal_volume_mm3 * (1 - 1e-9):
            yield f"{option} {STEP_MM:g} mm more makes it lighter."


def _row(style: str, ones: list[Tried]) -> str:
    made = [one for one in ones if not one.refused]
    drawn, weighed = ([getattr(one, name) for one in made] or [math.nan] for name in ("drawn_ms", "weighed_ms"))
    worst = max((abs(one.weight_off) for one in made if not one.foreseen), default=math.nan)
    foreseen, faulty = sum(one.foreseen for one in made), sum(bool(one.faults) for one in ones)
    times = (f"{np.percentile(drawn, 95):.0f}", f"{np.percentile(weighed, 95):.0f}")
    cells = [style, len(made), len(made) - foreseen, foreseen, len(ones) - len(made), *times, f"{worst:.2%}", faulty]
    return f"| {' | '.join(map(str, cells))} |"
