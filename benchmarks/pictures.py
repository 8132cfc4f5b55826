"""Pictures: the same topology drawn by a plain `diagrams` script and by `archcode render`."""

from __future__ import annotations

import shutil
import struct
import sys
from statistics import median
from typing import TYPE_CHECKING

import topologies
from clock import Command, Sample, alternate, cpus, ratio, walls
from msgspec import Struct
from tables import megabytes, seconds, table, times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from topologies import Topology

SIZES = (15, 100, 1_000)
MESH = 1_000
PNG, ALL = "archcode: png", "archcode: svg, png, pdf"
DEFAULT = "archcode: svg, png, md, json"
HEAD = ("", "wall s", "CPU s", "memory", "output", "pixels", "wall", "CPU")


class _Contest(Struct, frozen=True):
    """A topology, the format of a plain script, and ours by the names of their commands."""

    title: str
    stem: str
    topology: Topology
    outformat: str
    ours: Mapping[str, str]


class Drawn(Struct, frozen=True):
    """One side of a comparison: its runs, and what the last of them left behind."""

    contest: str
    name: str
    samples: Sequence[Sample]
    output_bytes: int
    pixels: tuple[int, int] | None


def measure(
    folder: Path, archcode: str, rounds: int, say: Callable[[str], None]
) -> tuple[Drawn, ...]:
    """Both sides of each comparison; only ours where Graphviz is not installed."""
    found: list[Drawn] = []
    for contest in _contests():
        place = folder / contest.stem
        place.mkdir(exist_ok=True)
        spec = place / f"{contest.stem}.yaml"
        spec.write_text(topologies.spec(contest.topology), "utf-8")
        render = (archcode, "render", str(spec))
        commands = [
            _archcode(place / (formats or "default"), name, render, formats)
            for name, formats in contest.ours.items()
        ]
        if shutil.which("dot"):
            commands.insert(0, _diagrams(place, contest))
        samples = alternate(contest.title, commands, rounds, say)
        found += (_drawn(contest.title, command, samples[command.name]) for command in commands)
    return tuple(found)


def _contests() -> Iterator[_Contest]:
    every = {PNG: "png", ALL: "svg,png,pdf", DEFAULT: ""}
    for size in SIZES:
        lanes = topologies.topology(size)
        yield _Contest(f"{size:,} nodes", f"fan-out-{size}", lanes, "png", every)
        svg = {"archcode: svg": "svg"}
        yield _Contest(f"{size:,} nodes, SVG only", f"fan-out-{size}-svg", lanes, "svg", svg)
    mesh = topologies.topology(MESH, mesh=True)
    yield _Contest(f"{MESH:,} nodes in a mesh", f"mesh-{MESH}", mesh, "png", every)


def _archcode(folder: Path, name: str, argv: tuple[str, ...], formats: str) -> Command:
    """A render of the formats, or of the default ones, into a folder of its own."""
    folder.mkdir(exist_ok=True)
    return Command(name, (*argv, *(("--format", formats) if formats else ())), folder)


def _diagrams(folder: Path, contest: _Contest) -> Command:
    script = folder / f"{contest.stem}.py"
    script.write_text(topologies.script(contest.topology, contest.outformat), "utf-8")
    place = folder / "plain"
    place.mkdir(exist_ok=True)
    return Command(f"diagrams: {contest.outformat}", (sys.executable, str(script)), place)


def _drawn(contest: str, command: Command, samples: Sequence[Sample]) -> Drawn:
    files = sorted(path for path in command.folder.rglob("*") if path.is_file())
    sizes = [_pixels(file.read_bytes()) for file in files if file.suffix == ".png"]
    size = sum(file.stat().st_size for file in files)
    return Drawn(contest, command.name, samples, size, sizes[0] if sizes else None)


def _pixels(png: bytes) -> tuple[int, int]:
    """Width and height, which stand in the first chunk: https://www.w3.org/TR/png-3/#11IHDR."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def report(found: Sequence[Drawn]) -> str:
    """A table of each comparison, with the ratios of ours to the plain script."""
    parts = []
    if not shutil.which("dot"):
        parts.append("pictures: no `dot` on the PATH, so nothing to compare with (Graphviz)\n")
    for contest in dict.fromkeys(drawn.contest for drawn in found):
        sides = [drawn for drawn in found if drawn.contest == contest]
        rows = [_row(drawn, sides[0]) for drawn in sides]
        parts.append(table(f"pictures: {contest}", HEAD, rows))
    parts.append(_one_layout(found))
    return "\n".join(parts)


def _one_layout(found: Sequence[Drawn]) -> str:
    """What two more formats cost beside the PNG alone, for each size."""
    sides = {(drawn.contest, drawn.name): drawn.samples for drawn in found}
    rows = [
        (
            contest,
            times(ratio(walls(samples), walls(sides[contest, PNG]))),
            times(ratio(cpus(samples), cpus(sides[contest, PNG]))),
        )
        for (contest, name), samples in sides.items()
        if name == ALL
    ]
    return table("pictures: svg, png and pdf against png alone", ("", "wall", "CPU"), rows)


def _row(drawn: Drawn, first: Drawn) -> tuple[str, ...]:
    return (
        drawn.name,
        seconds(walls(drawn.samples)),
        f"{median(cpus(drawn.samples)):.3f}",
        megabytes(max(sample.rss for sample in drawn.samples)),
        megabytes(drawn.output_bytes),
        "{} x {}".format(*drawn.pixels) if drawn.pixels else "-",
        times(ratio(walls(drawn.samples), walls(first.samples))),
        times(ratio(cpus(drawn.samples), cpus(first.samples))),
    )
