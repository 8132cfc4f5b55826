"""`archcode render`: pictures and estimates of specs, written all or nothing."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io
from archcode.cli._options import HoursPerMonth, NoFreeTier, Region, Specs
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archcode.cli._artist import Artist
    from archcode.estimate import Estimate
    from archcode.model import Finding

DRAWN = ("svg", "png", "pdf", "dot")
WRITTEN = ("md", "json")
FORMATS = (*DRAWN, *WRITTEN)


def render(
    specs: Specs,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")
    ] = Path("out"),
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="LIST", help=f"Any of {', '.join(FORMATS)}.")
    ] = "svg,png,md,json",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Write outputs of specs with errors, too.")
    ] = False,
    region: Region = "",
    hours_per_month: HoursPerMonth = "730",
    no_free_tier: NoFreeTier = False,
) -> None:
    """Draw, size and price specs; leave pictures and estimates in a folder.

    Examples:

      archcode render specs/order-fanout.yaml

      archcode render specs/ -o out/ --format svg,pdf

      archcode render specs/order-fanout.yaml --region eu-west-1 --no-free-tier
    """
    job = _Job(_formats(format), output, region, hours_per_month, not no_free_tier, anyway)
    files = _io.spec_files(specs)
    # subprocess and pickle cost 7 ms to import, and other commands draw nothing.
    from archcode.cli._artist import Artist

    with Artist() if job.drawn else nullcontext() as artist:
        done = []
        for number, path in enumerate(files, 1):
            _io.progress(f"[{number}/{len(files)}] {path}")
            done.append(_render(path, job, artist))
    if not all(done):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Job:
    """What to make of every spec."""

    formats: tuple[str, ...]
    output: Path
    region: str
    hours_per_month: str
    free_tier: bool
    anyway: bool

    @property
    def drawn(self) -> tuple[str, ...]:
        """The formats that need a picture."""
        return tuple(name for name in self.formats if name in DRAWN)


def _formats(text: str) -> tuple[str, ...]:
    """The formats of a list such as `svg,png`; raises UsageError."""
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        wrong = f'"{unknown[0][:40]}" is no format' if unknown else "no format is named"
        raise UsageError(f"--format: {wrong}; known: {', '.join(FORMATS)}")
    return names


def _render(path: Path, job: _Job, artist: Artist | None) -> bool:
    """Render one spec; False when it has errors, whose earlier outputs then stay as they are."""
    try:
        estimate, findings = _io.estimate_file(
            path,
            region=job.region,
            hours_per_month=job.hours_per_month,
            free_tier=job.free_tier,
        )
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    errors = _io.has_errors(findings)
    files = {} if errors and not job.anyway else _files(estimate, findings, path.stem, job, artist)
    _show(estimate, findings, path)
    _io.write_all({job.output / name: data for name, data in files.items()})
    if files:
        _io.say(f"wrote {', '.join(str(job.output / name) for name in files)}\n")
    else:
        _io.tell(f"{path}: nothing written because of the errors (--anyway writes)\n")
    return not errors


def _files(
    estimate: Estimate, findings: Sequence[Finding], stem: str, job: _Job, artist: Artist | None
) -> dict[str, bytes]:
    """The outputs of one spec by file name, in the order of the formats."""
    from archcode.render import estimate_json, markdown, picture

    made: dict[str, bytes] = {}
    if artist is not None:
        made |= artist.draw(picture.render(estimate), job.drawn)
    if "md" in job.formats:
        image = next((f"{stem}.{name}" for name in ("svg", "png") if name in job.formats), "")
        made["md"] = markdown.render(estimate, findings, picture=image).encode()
    if "json" in job.formats:
        made["json"] = estimate_json.render(estimate, findings).encode()
    return {f"{stem}.{name}": made[name] for name in job.formats}


def _show(estimate: Estimate, findings: Sequence[Finding], path: Path) -> None:
    """Cost table and findings on the terminal."""
    from archcode.render import table
    from archcode.render.findings import summary

    _io.say(table.render(estimate, colour=_io.colour(sys.stdout)))
    _io.tell_findings(findings, path)
    _io.say(f"\n{summary(findings, len(estimate.topology.traffic))}\n")
