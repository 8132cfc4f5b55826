"""Commands and what they cost: wall time, CPU time and memory of all their processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LAUNCH = (sys.executable, "-IS", str(Path(__file__).with_name("launch.py")))


class Sample(Struct, frozen=True):
    """One run: seconds on the clock, seconds of all processors, bytes of the largest process."""

    wall: float
    cpu: float
    rss: int


class Command(Struct, frozen=True):
    """A side of a comparison: its name, what is run, and in which folder."""

    name: str
    argv: tuple[str, ...]
    folder: Path


def run(command: Command) -> Sample:
    """Run a command to its end; exits where it fails, for a failed run is no measurement."""
    log = command.folder / "stderr.log"
    argv = (*LAUNCH, str(log), *command.argv)
    done = subprocess.run(argv, cwd=command.folder, stdout=subprocess.PIPE, text=True, check=True)
    wall, cpu, rss, code = done.stdout.split()
    if code != "0":
        text = log.read_text("utf-8", "replace")
        sys.exit(f"{' '.join(command.argv)}: exit code {code}\n{text}")
    log.unlink()
    return Sample(float(wall), float(cpu), int(rss))


def alternate(
    title: str, commands: Sequence[Command], rounds: int, say: Callable[[str], None]
) -> dict[str, list[Sample]]:
    """Samples of each command, run in turn: A B A B; the first round warms up and is dropped."""
    samples: dict[str, list[Sample]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            say(f"{title}, round {number} of {rounds}: {command.name}")
            samples[command.name].append(run(command))
    return {name: found[1:] for name, found in samples.items()}


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round, which slow rounds hit on both sides."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def walls(samples: Sequence[Sample]) -> list[float]:
    """Seconds on the clock."""
    return [sample.wall for sample in samples]


def cpus(samples: Sequence[Sample]) -> list[float]:
    """Seconds of all processors."""
    return [sample.cpu for sample in samples]
