"""Start-up: what a command costs beside an interpreter that does nothing."""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING

import topologies
from clock import Command, Sample, alternate, cpus, ratio, walls
from msgspec import Struct
from tables import megabytes, seconds, table, times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HEAD = ("", "wall s", "CPU s", "memory", "wall", "CPU")


class Started(Struct, frozen=True):
    """One command and its runs."""

    name: str
    samples: Sequence[Sample]


def measure(
    folder: Path, archcode: str, rounds: int, say: Callable[[str], None]
) -> tuple[Started, ...]:
    """The empty interpreter first, then commands from the lightest on."""
    spec = folder / "fan-out-15.yaml"
    spec.write_text(topologies.spec(topologies.topology(15)), "utf-8")
    commands = (
        Command("python -c pass", (sys.executable, "-c", "pass"), folder),
        Command("archcode --version", (archcode, "--version"), folder),
        Command("archcode --help", (archcode, "--help"), folder),
        Command("archcode validate, 15 nodes", (archcode, "validate", str(spec)), folder),
        Command("archcode estimate, 15 nodes", (archcode, "estimate", str(spec)), folder),
    )
    samples = alternate("startup", commands, rounds, say)
    return tuple(Started(name, found) for name, found in samples.items())


def report(found: Sequence[Started]) -> str:
    """A table with ratios to the empty interpreter."""
    first = found[0].samples
    rows = [
        (
            started.name,
            seconds(walls(started.samples)),
            f"{median(cpus(started.samples)):.3f}",
            megabytes(max(sample.rss for sample in started.samples)),
            times(ratio(walls(started.samples), walls(first))),
            times(ratio(cpus(started.samples), cpus(first))),
        )
        for started in found
    ]
    return table("startup", HEAD, rows)
