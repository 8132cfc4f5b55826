"""Rendering specs: what `archcode render` does."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.errors import DrawingError, SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.cli._agreement import Terms
    from archcode.cli._artist import Artist
    from archcode.estimate import Estimate
    from archcode.model import Finding

DRAWN = ("svg", "png", "pdf", "pptx", "dot", "mmd", "d2")
WRITTEN = ("md", "json")
FORMATS = (*DRAWN, *WRITTEN)
THEMES = ("light", "dark")


def draw(specs: Iterable[Path], job: Job | None = None) -> bool:
    """Write the outputs of each spec; whether none has an error."""
    work = job or Job()
    work.check()
    files = _io.spec_files(specs)
    # subprocess and pickle cost 5 ms to import, and other commands draw nothing.
    from archcode.cli._artist import Artist

    done = []
    with Artist() if work.drawn else nullcontext() as artist:
        for number, path in enumerate(files, 1):
            _io.progress(f"[{number}/{len(files)}] {path}")
            done.append(_render(path, work, artist))
    return all(done)


@dataclass(frozen=True, slots=True)
class Job:
    """What to make of every spec."""

    formats: tuple[str, ...] = ("svg", "png", "md", "json")
    output: Path = Path("out")
    region: str = ""
    hours_per_month: str = "730"
    free_tier: bool = True
    anyway: bool = False
    prices: Path | None = None
    terms: Terms | None = None
    themes: tuple[str, ...] = ("light",)

    @property
    def drawn(self) -> tuple[str, ...]:
        """The formats that need a picture, each in its themes: `svg`, `dark/svg`."""
        formats = [name for name in self.formats if name in DRAWN]
        return tuple(
            name if theme == "light" else f"{theme}/{name}"
            for name in formats
            for theme in self.themes
        )

    def check(self) -> None:
        """Raise UsageError for a format that there is not."""
        unknown = [name for name in self.formats if name not in FORMATS]
        if unknown or not self.formats:
            wrong = f'"{unknown[0][:40]}" is no format' if unknown else "no format is named"
            raise UsageError(f"--format: {wrong}; known: {', '.join(FORMATS)}")
        odd = [name for name in self.themes if name not in THEMES]
        if odd or not self.themes:
            wrong = f'"{odd[0][:40]}" is no theme' if odd else "no theme is named"
            raise UsageError(f"--theme: {wrong}; known: {', '.join(THEMES)}")


def names_of(text: str) -> tuple[str, ...]:
    """The names of a list such as `svg,png`."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _render(path: Path, job: Job, artist: Artist | None) -> bool:
    """Render one spec; False when it has errors, whose earlier outputs then stay as they are."""
    try:
        estimate, findings = _io.estimate_file(
            path,
            region=job.region,
            hours_per_month=job.hours_per_month,
            free_tier=job.free_tier,
            prices=job.prices,
            terms=job.terms,
        )
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    errors = _io.has_errors(findings)
    _show(estimate, findings, path)
    try:
        wanted = job.anyway or not errors
        files = _files(estimate, findings, path.stem, job, artist) if wanted else {}
    except DrawingError as error:
        _io.tell(f"{path}: nothing written: {error}\n")
        return False
    _io.write_all({job.output / name: data for name, data in files.items()})
    if files:
        _io.say(f"wrote {', '.join(str(job.output / name) for name in files)}\n")
    else:
        _io.tell(f"{path}: nothing written because of the errors (--anyway writes)\n")
    return not errors


def _files(
    estimate: Estimate, findings: Sequence[Finding], stem: str, job: Job, artist: Artist | None
) -> dict[str, bytes]:
    """The outputs of one spec by file name, in the order of the formats."""
    from archcode.render import estimate_json, markdown, picture, slides

    made: dict[str, bytes] = {}
    if artist is not None:
        chapters = slides.render(estimate, findings) if "pptx" in job.formats else ()
        made |= artist.draw(picture.render(estimate), job.drawn, chapters)
    if "md" in job.formats:
        shown = [name for name in job.drawn if name.endswith(("svg", "png"))]
        image = _file(stem, min(shown, key=_first)) if shown else ""
        made["md"] = markdown.render(estimate, findings, picture=image).encode()
    if "json" in job.formats:
        made["json"] = estimate_json.render(estimate, findings).encode()
    return {_file(stem, name): data for name, data in made.items()}


def _first(name: str) -> tuple[bool, bool]:
    """The order in which pictures are shown in a report: light before dark, SVG before PNG."""
    return name.startswith("dark/"), not name.endswith("svg")


def _file(stem: str, name: str) -> str:
    """The file of a format: `orders.svg`, `orders-dark.svg`."""
    theme, _, ending = name.rpartition("/")
    return f"{stem}{'-' if theme else ''}{theme}.{ending}"


def _show(estimate: Estimate, findings: Sequence[Finding], path: Path) -> None:
    """Cost table and findings on the terminal."""
    from archcode.render import table
    from archcode.render.findings import summary

    _io.say(table.render(estimate, colour=_io.colour(sys.stdout)))
    _io.tell_findings(findings, path)
    _io.say(f"\n{summary(findings, len(estimate.topology.traffic))}\n")
