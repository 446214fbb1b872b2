"""The command line that shops script against: `python -m configurator …` (README, "Command line").

What was asked for goes to stdout and nothing else does. A design that cannot be made: one sentence on stderr, exit 2.
"""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from configurator import export, public_json, scenario
from configurator.design import Design, InvalidDesign
from configurator.evaluate import complete, evaluate
from configurator.geometry.checks import limit
from configurator.reference import BadTable
from configurator.scenario import InvalidScenario, Scenario

UNUSABLE = 2  # also argparse's code for a wrong call
SEVERAL = {"weights", "rules_off", "rules_on"}  # fields of the scenario that are given one by one


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns the exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except (InvalidDesign, InvalidScenario, BadTable) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"{error.filename or 'The file'}: {error.strerror}.", file=sys.stderr)
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m configurator", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    command("schema", _schema, "print the JSON Schema of a design, with each style's options")
    command("options", _options, "print every piece, style, metal, gem, cut, font and finish with its id and label")
    evaluating = command("evaluate", _evaluate, "print the evaluation of a design and its shelf twin as JSON")
    evaluating.add_argument("design", metavar="DESIGN.json", help="a design file, or - for standard input")
    for name, field in Scenario.model_fields.items():
        if name not in SEVERAL:
            evaluating.add_argument(f"--{name.replace('_', '-')}", help=field.description)
    for name, does in (("off", "leave out"), ("on", "apply, though it is usually left out,")):
        evaluating.add_argument(
            f"--rule-{name}",
            action="append",
            dest=f"rules_{name}",
            metavar="ID",
            help=f"{does} a rule that makes the off-the-shelf piece (twin_rules.csv); can be given several times",
        )
    evaluating.add_argument(
        "--weight",
        action="append",
        default=[],
        metavar="DIMENSION=NUMBER",
        help="what a dimension of the scorecard counts; can be given several times",
    )
    exporting = command("export", _export, "write files of a design and print their paths")
    exporting.add_argument("design", metavar="DESIGN.json", help="a design file, or - for standard input")
    exporting.add_argument("--out", type=Path, required=True, metavar="DIR")
    exporting.add_argument("--format", help=f"some of {','.join(export.FORMATS)}; without, all that fit")
    exporting.add_argument(
        "--for",
        dest="purpose",
        choices=export.PURPOSES,
        help="casting: the metal alone, prongs upright, seats cut; presentation: as worn, with its stones; "
        "without, each format is written for what it is usually for",
    )
    exporting.add_argument(
        "--shrinkage",
        type=float,
        nargs="?",
        default=0.0,
        metavar="PERCENT",
        help="make a casting this much larger every way, because metal shrinks; without a number, by the workshop's "
        "figure; left out, the caster allows for it",
    )
    exporting.add_argument(
        "--override",
        action="store_true",
        help="write a casting although a check says that it cannot be cast; the file and its name say so",
    )
    measuring = command("bench", _bench, "measure on this machine what the README promises")
    measuring.add_argument(
        "--grid",
        type=int,
        nargs="?",
        const=2_000,
        metavar="DESIGNS",
        help="instead, build, cast and check so many designs over every style, cut and option (2,000)",
    )
    measuring.add_argument("--json", action="store_true", help="print JSON instead of a table")
    command("validate", _validate, "compare every model with the world, and save what the Methods page shows")
    return parser


def _read(path: str) -> Design:
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InvalidDesign(f"{path} is not a text file; a design is JSON in UTF-8.") from None
    return complete(Design.from_json(text))


def _print(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()


def _schema(_: argparse.Namespace) -> None:
    _print(public_json.schema())


def _options(_: argparse.Namespace) -> None:
    _print(public_json.options())


def _evaluate(given: argparse.Namespace) -> None:
    wanted = {name: getattr(given, name, None) for name in Scenario.model_fields}
    wanted["weights"] = dict(weight.split("=", 1) if "=" in weight else (weight, "") for weight in given.weight)
    if wanted["occasion"] is not None and wanted["start"] is None:
        wanted["start"] = datetime.now().astimezone().date()  # as the page does
    chosen = scenario.read({name: value for name, value in wanted.items() if value is not None})
    _print(public_json.evaluation(evaluate(_read(given.design), chosen)))


def _export(given: argparse.Namespace) -> None:
    if given.format is None:
        wanted = export.usual_formats(given.purpose)
    else:
        wanted = [name.strip() for name in given.format.split(",") if name.strip()]
    design = _read(given.design)
    written = export.write_files(
        design,
        wanted,
        given.out,
        purpose=given.purpose,
        enlarged_percent=limit("casting_shrinkage", "mid") if given.shrinkage is None else given.shrinkage,
        override=given.override,
    )
    for path in written.paths:
        print(path)
    for stop in written.overridden:
        print(f"Overridden, this cannot be cast as it is: {stop.message} {stop.fix}", file=sys.stderr)


def _bench(given: argparse.Namespace) -> int:
    from configurator import bench  # development tools are not needed to serve or to script

    return bench.run_grid(given.grid) if given.grid else bench.run(as_json=given.json)


def _validate(_: argparse.Namespace) -> int:
    from configurator import validation  # needs the development tools' data

    try:
        report = validation.validate()
    except ModuleNotFoundError as missing:
        print(f"The diamonds that prices are held against come with {missing.name}: `make dev`.", file=sys.stderr)
        return UNUSABLE
    validation.save(report)
    for check in report.checks:
        print(f"{'held  ' if check.held else 'MISSED'}  {check.title}")
        for bar in check.bars:
            print(f"          {bar.label}: {bar.measured:g} {bar.unit}".rstrip() + f", {bar.sense} {bar.limit:g}")
    return 0 if all(check.held for check in report.checks) else 1


if __name__ == "__main__":
    sys.exit(main())
