"""A design as files for somebody else's program: one module a format, found by listing this folder.

A format's module has `SUFFIX` (of its files, and the name to ask for it by), `LABEL` (what it is for), `PURPOSES` (what
it can be written for, its usual one first) and `write(order) -> bytes`. It may have `BESIDE` (a format that is written
with it) and `NEEDS` (a package that is not everywhere, imported only in `write`, and what to do without).
"""

import importlib.metadata
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, get_args

from configurator import evaluate, geometry, reference
from configurator.design import Design, InvalidDesign
from configurator.export.order import Order, Purpose
from configurator.geometry.piece import Finding

__all__ = ["FORMATS", "PURPOSES", "Order", "Purpose", "Written", "order_of", "usual_formats", "write", "write_files"]

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
MOST_ENLARGED_PERCENT = 15.0  # a shrinkage beyond this is a slip of the keyboard


def _formats() -> dict[str, ModuleType]:
    # Looked for in the text, so that the picture makers in this folder load their ray tracer only when they are used.
    files = sorted(Path(__file__).parent.glob("*.py"))
    names = [file.stem for file in files if "\nSUFFIX = " in file.read_text(encoding="utf-8")]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return {module.SUFFIX: module for module in modules}


def usual_formats(purpose: Purpose | None = None) -> list[str]:
    """Every format for a purpose (or for any) that this installation can write."""
    return [
        fmt
        for fmt, module in FORMATS.items()
        if purpose in (None, *module.PURPOSES) and _missing_package(module) is None
    ]


def order_of(
    design: Design, purpose: Purpose = "presentation", *, enlarged_percent: float = 0.0, override: bool = False
) -> Order:
    """Builds what the formats write from, for a complete design. Raises `InvalidDesign`."""
    casting = geometry.cast(design) if purpose == "casting" else None
    if casting is not None and not len(casting.faces):
        raise InvalidDesign("Nothing of this piece is cast: its chain and clasp are bought finished.")
    return Order(
        design=design,
        piece=evaluate.shape(design),
        tables=reference.load(),
        casting=casting,
        enlarged_percent=enlarged_percent,
        override=override,
    )


def write(fmt: str, order: Order) -> bytes:
    """One file's bytes; the same order always gives the same bytes.

    Raises `InvalidDesign` when the format is unknown, is not for this purpose or needs a package that is not installed,
    or when what cannot be cast is to be cast.
    """
    _check([fmt], order.purpose)
    data: bytes = FORMATS[fmt].write(order)
    return data


class Written(NamedTuple):
    """The files, and what stood against casting them and was overridden."""

    paths: list[Path]
    overridden: tuple[Finding, ...]


def write_files(
    design: Design,
    formats: Iterable[str],
    folder: Path,
    *,
    purpose: Purpose | None = None,
    enlarged_percent: float = 0.0,
    override: bool = False,
) -> Written:
    """Writes a complete design in each format into `folder`, made if need be.

    With a purpose the names of the files say it; without, each format is written for its usual one. Nothing is written
    unless everything can be. Raises `InvalidDesign` as `write` does, and `OSError`.
    """
    wanted = list(dict.fromkeys(formats))
    _check(wanted, purpose)
    wanted = list(dict.fromkeys(name for fmt in wanted for name in (fmt, getattr(FORMATS[fmt], "BESIDE", fmt))))
    purposes = {fmt: purpose or FORMATS[fmt].PURPOSES[0] for fmt in wanted}
    if not 0 <= enlarged_percent <= MOST_ENLARGED_PERCENT:
        raise InvalidDesign(
            f"A casting can be made 0 to {MOST_ENLARGED_PERCENT:g} % larger for shrinkage, not {enlarged_percent:g} %."
        )
    if enlarged_percent and "casting" not in purposes.values():
        raise InvalidDesign("Only a casting is made larger for shrinkage, and none of these files is for casting.")
    orders = {
        one: replace(
            order_of(design, one, enlarged_percent=enlarged_percent, override=override),
            purpose_in_name=purpose is not None,
        )
        for one in dict.fromkeys(purposes.values())
    }
    files = {folder / orders[one].file_name(fmt): write(fmt, orders[one]) for fmt, one in purposes.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        path.write_bytes(data)
    return Written(list(files), tuple(stop for order in orders.values() for stop in order.stops))


def _check(formats: list[str], purpose: Purpose | None) -> None:
    unknown = [fmt for fmt in formats if fmt not in FORMATS]
    if unknown:
        raise InvalidDesign(f"“{', '.join(unknown)}” is not a format we write; choose from {', '.join(FORMATS)}.")
    if not formats:
        raise InvalidDesign(f"No format was given; choose from {', '.join(FORMATS)}.")
    for fmt in formats:
        module = FORMATS[fmt]
        if purpose not in (None, *module.PURPOSES):
            others = ", ".join(name for name, other in FORMATS.items() if purpose in other.PURPOSES)
            raise InvalidDesign(f"A file for {purpose} cannot be {fmt}; it can be {others}.")
        if (package := _missing_package(module)) is not None:
            raise InvalidDesign(f"{fmt.upper()} files need the package {package[0]}, not installed here: {package[1]}.")


def _missing_package(module: ModuleType) -> tuple[str, str] | None:
    package: tuple[str, str] | None = getattr(module, "NEEDS", None)
    if package is None:
        return None
    try:
        importlib.metadata.distribution(package[0])
    except importlib.metadata.PackageNotFoundError:
        return package
    return None


FORMATS = _formats()
