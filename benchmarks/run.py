"""Measure archcode beside what it replaces; prints ratios, and asserts none.

python benchmarks/run.py
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import cost
import msgspec
import pictures
import startup
from tables import table

SECTIONS = ("pictures", "startup", "cost")
PACKAGES = (
    "archcode",
    "diagrams",
    "graphviz",
    "msgspec",
    "pydantic",
    "pygraphviz",
    "pypdfium2",
    "typer",
)
EXAMPLES = """\
examples:
  python benchmarks/run.py
  python benchmarks/run.py --only startup --rounds 21
  python benchmarks/run.py --only pictures,cost --json numbers.json
  python benchmarks/run.py --only pictures --rounds 1 --keep both/    look at both pictures
"""


def main() -> None:
    """Run the sections that were asked for."""
    options = _options()
    archcode = Path(sys.executable).with_name("archcode")
    if not archcode.exists():
        sys.exit(f"{archcode}: not there; install it with pip install -e '.[dev]'")
    numbers: dict[str, object] = {"environment": _environment(options.rounds)}
    print(table("environment", *_shown(numbers["environment"])))
    with tempfile.TemporaryDirectory() as place:
        folder = (options.keep or Path(place)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        _compile_into(folder / "bytecode")
        for section in options.only:
            text, numbers[section] = _measure(section, folder, str(archcode), options.rounds)
            print(text, flush=True)
    if options.json:
        options.json.write_bytes(
            msgspec.json.format(msgspec.json.encode(numbers), indent=1) + b"\n"
        )


def _measure(section: str, folder: Path, archcode: str, rounds: int) -> tuple[str, object]:
    """The tables of a section, and its raw numbers."""
    if section == "pictures":
        drawn = pictures.measure(folder, archcode, rounds, _say)
        return pictures.report(drawn), drawn
    if section == "startup":
        started = startup.measure(folder, archcode, rounds, _say)
        return startup.report(started), started
    priced = cost.measure(folder, archcode, rounds, _say)
    return cost.report(priced), priced


def _compile_into(folder: Path) -> None:
    """Both sides run compiled, as installed packages do: the first round of each compiles it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else "",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=_rounds, default=9, help="runs of each side (9)")
    parser.add_argument(
        "--only", type=_sections, default=SECTIONS, metavar="LIST", help=f"of {','.join(SECTIONS)}"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw numbers")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep inputs and outputs here")
    return parser.parse_args()


def _rounds(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of rounds')
    return int(text)


def _sections(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    for name in names:
        if name not in SECTIONS:
            known = ", ".join(SECTIONS)
            raise argparse.ArgumentTypeError(f'"{name}" is no section; known: {known}')
    return names


def _environment(rounds: int) -> dict[str, str]:
    """What the numbers depend on; a load near the number of cores spoils them."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return {
        "rounds": str(rounds),
        "cores": str(os.cpu_count()),
        "load": load,
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "dot": _dot(),
    }


def _dot() -> str:
    if not shutil.which("dot"):
        return "none"
    done = subprocess.run(("dot", "-V"), capture_output=True, text=True, check=True)
    return done.stderr.strip().removeprefix("dot - graphviz version ")


def _shown(environment: object) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    rows = [*environment.items()] if isinstance(environment, dict) else []
    return rows[0], rows[1:]


def _say(text: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
