"""Rendering specs: what `archcode render` does."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.cli._choosing import NOTHING_ASKED, Asked
from archcode.errors import DrawingError, SpecError, UsageError
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.cli._artist import Artist
    from archcode.draw.picture import Direction, Picture
    from archcode.estimate import Estimate
    from archcode.model import Finding
    from archcode.render._heat import Heat
    from archcode.render.deck import Chapter
    from archcode.render.pages import Page
    from archcode.review import Review
    from archcode.topology import Topology

DRAWN = ("svg", "png", "pdf", "pptx", "drawio", "dot", "mmd", "d2")
PAGE = "html"
WRITTEN = ("md", "json")
FORMATS = (*DRAWN, PAGE, *WRITTEN)
THEMES = ("light", "dark")
BOUND = ("pptx", "drawio")
"""Formats that hold several pages in one file."""
HEATS = ("cost", "headroom")


def draw(specs: Iterable[Path], job: Job | None = None) -> bool:
    """Write the outputs of each spec; whether none has an error."""
    work = job or Job()
    work.check()
    files = _io.spec_files(specs)
    # subprocess and pickle cost 5 ms to import, and other commands draw nothing.
    from archcode.cli._artist import Artist

    done, claimed = [], dict[str, Path]()
    with Artist(scale=float(work.scale)) if work.drawn or work.paged else nullcontext() as artist:
        for number, path in enumerate(files, 1):
            _io.progress(f"[{number}/{len(files)}] {path}")
            done.append(_render(path, work, artist, claimed))
    if len(files) > 1:
        _io.say(_summary(done, work))
    return all(done)


def _summary(done: list[bool], job: Job) -> str:
    """What has become of several specs."""
    number, failed = len(done), done.count(False)
    if job.checking:
        fine = f"outputs of {number} specs in {job.output} are as they would be drawn"
        return f"{fine}\n" if not failed else f"outputs of {failed} of {number} specs are stale\n"
    kept = f", {failed} of them with errors" if failed else ""
    return f"{number} specs rendered to {job.output}{kept}\n"


@dataclass(frozen=True, slots=True)
class Job:
    """What to make of every spec."""

    formats: tuple[str, ...] = ("svg", "png", "md", "json")
    output: Path = Path("out")
    basis: _io.Basis = _io.USUAL
    asked: Asked = NOTHING_ASKED
    anyway: bool = False
    themes: tuple[str, ...] = ("light",)
    checking: bool = False
    focus: str = ""
    hops: int = 1
    heat: str = ""
    views: tuple[str, ...] = ()
    direction: Direction | None = None
    scale: Decimal = Decimal(2)
    options: str = ""
    """How the command was called, to tell how outputs are made anew."""

    @property
    def drawn(self) -> tuple[str, ...]:
        """The formats that need a picture, each in its themes: `svg`, `dark/svg`."""
        formats = [name for name in self.formats if name in DRAWN]
        return tuple(
            name if theme == "light" else f"{theme}/{name}"
            for name in formats
            for theme in self.themes
        )

    @property
    def unbound(self) -> tuple[str, ...]:
        """The formats that need a file of each page."""
        return tuple(name for name in self.drawn if not name.endswith(BOUND))

    @property
    def paged(self) -> bool:
        """Whether a page is made, around a drawing of its own."""
        return PAGE in self.formats

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
        if self.heat and self.heat not in HEATS:
            raise UsageError(f"--heat: {quoted(self.heat)} is no heat; known: {', '.join(HEATS)}")
        if self.focus and self.views:
            raise UsageError("--focus draws one component and --view others; ask for one of them")


def names_of(text: str) -> tuple[str, ...]:
    """The names of a list such as `svg,png`."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def scale_of(text: str) -> Decimal:
    """Pixels of a PNG in a point; raises UsageError outside 0.5 to 8."""
    scale = Decimal(text) if re.fullmatch(r"[0-9](\.[0-9]{1,3})?", text) else Decimal(0)
    if not Decimal("0.5") <= scale <= 8:
        raise UsageError(f"--scale is {quoted(text)}; it must be a number from 0.5 to 8")
    return scale


def _render(path: Path, job: Job, artist: Artist | None, claimed: dict[str, Path]) -> bool:
    """Render one spec; False when it has errors, whose earlier outputs then stay as they are.

    `claimed` are the files of the specs before, by their names in small letters.
    """
    chosen = job.asked.of(path)
    try:
        estimate, found = _io.review_text(_io.read_spec(path), path, job.basis, chosen.choice)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    _check_focus(tuple(estimate.topology.traffic), job.focus)
    pages = _pages(estimate, job)
    if job.checking:
        _io.tell_findings(found.findings, path)
    else:
        _show(estimate, found, path)
    wanted = job.anyway or not _io.has_errors(found.findings)
    try:
        files = {}
        if wanted:
            files = _files(estimate, found.findings, pages, _named(path, job), job, artist)
    except DrawingError as error:
        _io.tell(f"{path}: nothing written: {error}\n")
        return False
    _claim(files, path, job, claimed)
    if job.checking:
        current = {job.output / name: data for name, data in files.items()}
        return _current(current, f"archcode render {shlex.quote(str(path))}{job.options}")
    _io.write_all({job.output / name: data for name, data in files.items()})
    if files:
        _io.say(f"wrote {', '.join(str(job.output / name) for name in files)}\n")
    else:
        _io.tell(f"{path}: nothing written because of the errors (--anyway writes)\n")
    return bool(files) and not chosen.fails(found.findings)


def _named(path: Path, job: Job) -> str:
    """What the files of a spec begin with; no name of a view has the sign of a scenario."""
    return f"{path.stem}@{job.basis.scenario}" if job.basis.scenario else path.stem


def _claim(files: Iterable[str], spec: Path, job: Job, claimed: dict[str, Path]) -> None:
    """Raise UsageError for a file that another spec has, be it in a folder that ignores case."""
    for name in files:
        other = claimed.setdefault(name.casefold(), spec)
        if other != spec:
            raise UsageError(f"{job.output / name}: is an output of {other} and of {spec}")


def _current(files: dict[Path, bytes], remedy: str) -> bool:
    """Whether the outputs of a spec are there, and what they would be now; tells which are not."""
    stale = [_io.same(path, data) for path, data in files.items()]
    for path, why in zip(files, stale, strict=True):
        if why:
            _io.tell(f"{path}: {why}: {remedy}\n")
    return bool(files) and not any(stale)


def _files(
    estimate: Estimate,
    findings: Sequence[Finding],
    pages: Sequence[Page],
    stem: str,
    job: Job,
    artist: Artist | None,
) -> dict[str, bytes]:
    """The outputs of one spec by file name, in the order of the formats."""
    from archcode.render import estimate_json, markdown

    made: dict[str, bytes] = {}
    shown: list[tuple[str, str]] = []
    whole = _stem(estimate.topology, stem, job)
    for number, page in enumerate(pages, 1):
        name = f"{stem}-{page.name}" if page.name else whole
        if len(pages) > 1:
            _io.progress(f"    [{number}/{len(pages)}] {name}")
        single = job.drawn if len(pages) == 1 else job.unbound
        drawn = _drawn(estimate, findings, page, single, job, artist) if artist is not None else {}
        made |= {_file(name, kind): data for kind, data in drawn.items()}
        for kind, scale in artist.reduced.items() if artist is not None else ():
            few = f"{scale:.2f} pixels a point in place of {job.scale}, which would be too many"
            _io.tell(f"{job.output / _file(name, kind)}: {few}\n")
        shown += [(page.title, _file(name, kind)) for kind in _image(job)]
    bound = [name for name in job.drawn if name not in job.unbound]
    if artist is not None and bound and len(pages) > 1:
        pictures = [page.picture for page in pages]
        files = artist.bind(pictures, bound, _chapters(estimate, findings, job))
        made |= {_file(whole, kind): data for kind, data in files.items()}
    if "md" in job.formats:
        made[f"{whole}.md"] = markdown.render(estimate, findings, pictures=shown).encode()
    if "json" in job.formats:
        made[f"{whole}.json"] = estimate_json.render(estimate, findings).encode()
    return made


def _drawn(
    estimate: Estimate,
    findings: Sequence[Finding],
    page: Page,
    formats: Sequence[str],
    job: Job,
    artist: Artist,
) -> dict[str, bytes]:
    """One page in formats of pictures, and as a page for a browser."""
    from archcode.cli._easel import WEB_DRAWING

    drawing = (WEB_DRAWING,) if job.paged else ()
    made = artist.draw(page.picture, (*formats, *drawing), _chapters(estimate, findings, job))
    if job.paged:
        made[PAGE] = _page(estimate, findings, page, made.pop(WEB_DRAWING))
    return made


def _pages(estimate: Estimate, job: Job) -> tuple[Page, ...]:
    """What is drawn: one picture, or one of each view."""
    from archcode.cli._viewing import views_of
    from archcode.render.pages import pages

    views = views_of(estimate.topology, job.views) if job.views else ()
    heat = _heat(estimate, job.heat)
    found = pages(estimate, _picture(estimate, job, heat), views, heat)
    if job.direction is None:
        return found
    turned = (replace(page.picture, direction=job.direction) for page in found)
    return tuple(replace(page, picture=one) for page, one in zip(found, turned, strict=True))


def _picture(estimate: Estimate, job: Job, heat: Heat | None) -> Picture:
    """The whole picture, or what is near one component."""
    from archcode.render import picture

    whole = picture.render(estimate, heat)
    if not job.focus:
        return whole
    from archcode.draw.focus import focused

    return focused(whole, job.focus, job.hops)


def _heat(estimate: Estimate, name: str) -> Heat | None:
    """What colours the plates behind the icons, if anything does."""
    if not name:
        return None
    from archcode.headroom import headroom_of
    from archcode.render import _heat as heat

    return heat.of_cost(estimate) if name == "cost" else heat.of_headroom(headroom_of(estimate))


def _stem(topology: Topology, stem: str, job: Job) -> str:
    """The name of the files of a whole spec, or of what is near one component."""
    if not job.focus:
        return stem
    from archcode.cli._viewing import stem_of

    return stem_of(topology, stem, job.focus)


def _image(job: Job) -> list[str]:
    """The picture that a report shows, if there is one: light before dark, SVG before PNG."""
    shown = [name for name in job.drawn if name.endswith(("svg", "png"))]
    return [min(shown, key=_first)] if shown else []


def _check_focus(names: tuple[str, ...], focus: str) -> None:
    """Raise UsageError for a component that there is not."""
    from archcode.spec.problems import suggestion

    if focus and focus not in names:
        hint = suggestion(focus, names, "known")
        raise UsageError(f"--focus: {quoted(focus)} is no component; {hint}")


def _chapters(estimate: Estimate, findings: Sequence[Finding], job: Job) -> tuple[Chapter, ...]:
    """The slides after the drawing, where there are slides."""
    if "pptx" not in job.formats:
        return ()
    from archcode.headroom import headroom_of
    from archcode.render import slides

    return slides.render(estimate, findings, headroom_of(estimate))


def _page(estimate: Estimate, findings: Sequence[Finding], page: Page, drawing: bytes) -> bytes:
    from archcode.cli import _assets
    from archcode.headroom import headroom_of
    from archcode.render import web_page

    known = estimate.topology.spec.components
    groups = [box for box in page.picture.boxes if box.name not in known]
    text, headroom = drawing.decode(), headroom_of(estimate)
    return web_page.render(estimate, findings, text, _assets.page(), headroom, groups).encode()


def _first(name: str) -> tuple[bool, bool]:
    """The order in which pictures are shown in a report: light before dark, SVG before PNG."""
    return name.startswith("dark/"), not name.endswith("svg")


def _file(stem: str, name: str) -> str:
    """The file of a format: `orders.svg`, `orders-dark.svg`."""
    theme, _, ending = name.rpartition("/")
    return f"{stem}{'-' if theme else ''}{theme}.{ending}"


def _show(estimate: Estimate, found: Review, path: Path) -> None:
    """Cost table and findings on the terminal."""
    from archcode.render import table
    from archcode.render.findings import summary

    _io.say(table.render(estimate, colour=_io.colour(sys.stdout)))
    _io.tell_findings(found.findings, path)
    components, ignored = len(estimate.topology.traffic), len(found.ignored)
    _io.say(f"\n{summary(found.findings, components, ignored)}\n")
