"""The command line that shops script against: `python -m configurator …` (README, "Command line").

What was asked for goes to stdout and nothing else does. A design that cannot be made: one sentence on stderr, exit 2.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from configurator import export, public_json
from configurator.design import Design, InvalidDesign
from configurator.evaluate import Scenario, complete, evaluate
from configurator.reference import BadTable

UNUSABLE = 2  # also argparse's code for a wrong call


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns the exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except (InvalidDesign, BadTable) as error:
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
    evaluating.add_argument("--wearer", choices=("occasional", "daily", "manual"), default="daily")
    exporting = command("export", _export, "write files of a design and print their paths")
    exporting.add_argument("design", metavar="DESIGN.json", help="a design file, or - for standard input")
    exporting.add_argument("--out", type=Path, required=True, metavar="DIR")
    exporting.add_argument("--format", default=",".join(export.FORMATS), help=f"some of {','.join(export.FORMATS)}")
    measuring = command("bench", _bench, "measure on this machine what the README promises")
    measuring.add_argument("--json", action="store_true", help="print JSON instead of a table")
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
    _print(public_json.evaluation(evaluate(_read(given.design), Scenario(wearer=given.wearer))))


def _export(given: argparse.Namespace) -> None:
    wanted = [name.strip() for name in given.format.split(",") if name.strip()]
    for path in export.write_files(_read(given.design), wanted, given.out):
        print(path)


def _bench(given: argparse.Namespace) -> int:
    from configurator import bench  # development tools are not needed to serve or to script

    return bench.run(as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
