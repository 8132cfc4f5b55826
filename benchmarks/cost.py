"""Cost: seconds of each stage from spec to findings, and how they grow with the spec."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import topologies
from clock import Command, Sample, alternate, cpus, ratio, walls
from msgspec import Struct
from tables import megabytes, seconds, table, times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = (100, 1_000, 10_000)
STAGES = ("parse", "propagate", "estimate", "findings")
_PROGRAM = Path(__file__).with_name("stages.py")


class Priced(Struct, frozen=True):
    """One size of spec: its stages in each round, and the whole command."""

    size: int
    stages: Sequence[dict[str, float]]
    command: Sequence[Sample]

    def of(self, *names: str) -> list[float]:
        """Seconds of some stages together, round by round."""
        return [sum(found[name] for name in names) for found in self.stages]


def measure(
    folder: Path, archcode: str, rounds: int, say: Callable[[str], None]
) -> tuple[Priced, ...]:
    """Each size in turn, stages in a process of their own, so that no round warms the next."""
    specs = {size: folder / f"fan-out-{size}.yaml" for size in SIZES}
    stages: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
    for size, spec in specs.items():
        spec.write_text(topologies.spec(topologies.topology(size)), "utf-8")
    for number in range(rounds):
        for size, spec in specs.items():
            say(f"cost, round {number + 1} of {rounds}: {size:,} components in process")
            stages[size].append(_stages(spec))
    commands = [
        Command(str(size), (archcode, "estimate", str(spec)), folder)
        for size, spec in specs.items()
    ]
    samples = alternate("archcode estimate", commands, rounds, say)
    return tuple(Priced(size, stages[size], samples[str(size)]) for size in SIZES)


def _stages(spec: Path) -> dict[str, float]:
    argv = (sys.executable, str(_PROGRAM), str(spec))
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(found: Sequence[Priced]) -> str:
    """Stages, growth, the whole command, and the peer in floating point."""
    return "\n".join((_in_process(found), _growth(found), _commands(found), _peer(found)))


def _in_process(found: Sequence[Priced]) -> str:
    head = ("components", *(f"{name} s" for name in STAGES), "all s", "µs a component")
    rows = []
    for priced in found:
        stages = [seconds(priced.of(name)) for name in STAGES]
        whole = priced.of(*STAGES)
        each = f"{median(whole) / priced.size * 1e6:,.0f}"
        rows.append((f"{priced.size:,}", *stages, seconds(whole), each))
    return table("cost: in process", head, rows)


def _growth(found: Sequence[Priced]) -> str:
    *_, small, large = found
    name = f"t({large.size:,}) / t({small.size:,})"
    ratios = [ratio(large.of(stage), small.of(stage)) for stage in STAGES]
    whole = ratio(large.of(*STAGES), small.of(*STAGES))
    row = (name, *(times(value) for value in (*ratios, whole)))
    title = f"cost: growth (linear is {large.size // small.size})"
    return table(title, ("", *STAGES, "all"), [row])


def _commands(found: Sequence[Priced]) -> str:
    rows = [
        (
            f"{priced.size:,}",
            seconds(walls(priced.command)),
            f"{median(cpus(priced.command)):.3f}",
            megabytes(max(sample.rss for sample in priced.command)),
        )
        for priced in found
    ]
    return table("cost: archcode estimate", ("components", "wall s", "CPU s", "memory"), rows)


def _peer(found: Sequence[Priced]) -> str:
    """Deriving the usage is the same work on both sides; pricing it is what differs."""
    head = ("components", "usages", "derive ms", "float loop ms", "estimate ms", "all", "pricing")
    rows = []
    for priced in found:
        usage, loop, ours = (priced.of(name) for name in ("usage", "float loop", "estimate"))
        exact = [whole - derived for whole, derived in zip(ours, usage, strict=True)]
        rows.append(
            (
                f"{priced.size:,}",
                f"{median(priced.of('usages')):,.0f}",
                *(f"{median(values) * 1e3:,.1f}" for values in (usage, loop, ours)),
                times(ratio(ours, priced.of("usage", "float loop"))),
                times(ratio(exact, loop)),
            )
        )
    return table("cost: exact charges with their arithmetic, against a float loop", head, rows)
