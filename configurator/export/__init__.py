"""A design as a file for somebody else's program: one module a format, found by listing this folder.

A format's module is named after the suffix of its files and has `LABEL` (what it is for), `NEEDS_CASTING` (whether the
solid that a foundry gets is needed, which takes about a second) and `write(order) -> bytes`.
"""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from configurator import evaluate, geometry, reference
from configurator.design import Design, InvalidDesign
from configurator.export.order import Order

__all__ = ["FORMATS", "Order", "order_of", "write", "write_files"]


def _formats() -> dict[str, ModuleType]:
    # Looked for in the text, so that the picture makers in this folder load their ray tracer only when they are used.
    files = sorted(Path(__file__).parent.glob("*.py"))
    names = [file.stem for file in files if "\nNEEDS_CASTING = " in file.read_text(encoding="utf-8")]
    return {name: import_module(f"{__name__}.{name}") for name in names}


def order_of(design: Design, *, casting: bool) -> Order:
    """Builds what the formats write from, for a complete design. Raises `InvalidDesign`."""
    return Order(
        design=design,
        piece=evaluate.shape(design),
        tables=reference.load(),
        casting=geometry.cast(design) if casting else None,
    )


def write(fmt: str, order: Order) -> bytes:
    """One file's bytes; the same order always gives the same bytes.

    Raises `InvalidDesign` when the format is unknown, or when a solid for casting is wanted of what cannot be cast.
    """
    _check_known([fmt])
    data: bytes = FORMATS[fmt].write(order)
    return data


def write_files(design: Design, formats: Iterable[str], folder: Path) -> list[Path]:
    """Writes a complete design in each format into `folder`, made if need be; returns the paths.

    Nothing is written unless everything can be. Raises `InvalidDesign` as `write` does, and `OSError`.
    """
    wanted = list(dict.fromkeys(formats))
    _check_known(wanted)
    order = order_of(design, casting=any(FORMATS[fmt].NEEDS_CASTING for fmt in wanted))
    files = {folder / f"{design.piece}-{design.style}.{fmt}": write(fmt, order) for fmt in wanted}
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        path.write_bytes(data)
    return list(files)


def _check_known(formats: list[str]) -> None:
    unknown = [fmt for fmt in formats if fmt not in FORMATS]
    if unknown:
        raise InvalidDesign(f"“{', '.join(unknown)}” is not a format we write; choose from {', '.join(FORMATS)}.")
    if not formats:
        raise InvalidDesign(f"No format was given; choose from {', '.join(FORMATS)}.")


FORMATS = _formats()
