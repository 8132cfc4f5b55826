"""Rendering specs: what `archcode render` does."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.cli import _io
from archcode.cli._job import PAGE, Job
from archcode.errors import DrawingError, SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archcode.cli._artist import Artist
    from archcode.draw.picture import Picture
    from archcode.estimate import Estimate
    from archcode.model import Capacity, Finding
    from archcode.render._heat import Heat
    from archcode.render.deck import Chapter
    from archcode.render.pages import Page
    from archcode.review import Review
    from archcode.spec.view import View
    from archcode.topology import Topology


def draw(specs: Iterable[Path], job: Job | None = None) -> bool:
    """Write the outputs of each spec; whether none has an error."""
    work = job or Job()
    work.check()
    files = _io.spec_files(specs)
    # threading and pickle cost 5 ms to import, and other commands draw nothing.
    from archcode.cli._artist import Artist

    done, claimed = [], dict[str, Path]()
    with Artist(scale=float(work.scale)) if work.drawn or work.paged else nullcontext() as artist:
        for number, path in enumerate(files, 1):
            _io.progress(f"[{number}/{len(files)}] {path}")
            done.append(_render(path, work, artist, claimed, last=number == len(files)))
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


def _render(
    path: Path, job: Job, artist: Artist | None, claimed: dict[str, Path], *, last: bool
) -> bool:
    """Render one spec; False when it has errors, whose earlier outputs then stay as they are.

    `claimed` are the files of the specs before, by their names in small letters.
    """
    chosen = job.asked.of(path)
    try:
        early = _Early(job, artist)
        estimate = _io.price_text(_io.read_spec(path), path, job.basis, early.sized)
        pages = _pages(estimate, job, early.drawn)
        _begin(pages, job, artist)
        found = _io.review_estimate(estimate, path, chosen.choice)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    if job.checking:
        _io.tell_findings(found.findings, path)
    else:
        _show(estimate, found, path)
    wanted = job.anyway or not _io.has_errors(found.findings)
    try:
        files = {}
        if wanted:
            files = _files(
                estimate, found.findings, pages, _named(path, job), job, artist, last=last
            )
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


class _Early:
    """Has a picture laid out while it is priced, where all of it is drawn, and without heat."""

    def __init__(self, job: Job, artist: Artist | None) -> None:
        parts = job.focus or job.views or job.heat
        self._job, self._artist = job, None if parts else artist
        self.drawn: Picture | None = None
        """What was handed to the artist."""

    def sized(self, topology: Topology, capacity: Mapping[str, tuple[Capacity, ...]]) -> None:
        """Take what is known before there are costs."""
        from archcode.cli._easel import PLACED

        kinds = self._job.drawn
        if self._artist is None or not (self._job.paged or any(k.endswith(PLACED) for k in kinds)):
            return
        from archcode.render import picture

        self.drawn = picture.sketch(topology, capacity)
        self._artist.prepare(_turned(self.drawn, self._job))


def _begin(pages: Sequence[Page], job: Job, artist: Artist | None) -> None:
    """Have the first page drawn while findings are sought; slides are made of those, too."""
    formats = _formats(pages, job)
    if artist is not None and formats and "pptx" not in job.formats:
        artist.begin(pages[0].picture, formats)


def _formats(pages: Sequence[Page], job: Job) -> tuple[str, ...]:
    """What is drawn of each page; what binds pages together comes after several."""
    from archcode.cli._easel import WEB_DRAWING

    drawn = job.drawn if len(pages) == 1 else job.unbound
    return (*drawn, WEB_DRAWING) if job.paged else drawn


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
    *,
    last: bool,
) -> dict[str, bytes]:
    """The outputs of one spec by file name, in the order of the formats."""
    made: dict[str, bytes] = {}
    whole = f"{stem}-{pages[0].name}" if job.focus else stem
    names = [f"{stem}-{page.name}" if page.name else stem for page in pages]
    shown = [
        (page.title, _file(name, kind))
        for page, name in zip(pages, names, strict=True)
        for kind in _image(job)
    ]
    # Texts are made first, while the first page is drawn.
    written = {
        f"{whole}.{kind}": data for kind, data in _texts(estimate, findings, shown, job).items()
    }
    bound = [name for name in job.drawn if name not in job.unbound] if len(pages) > 1 else []
    for number, (page, name) in enumerate(zip(pages, names, strict=True), 1):
        if len(pages) > 1:
            _io.progress(f"    [{number}/{len(pages)}] {name}")
        formats = _formats(pages, job)
        drawn = {}
        if artist is not None and formats:
            final = last and number == len(pages) and not bound
            drawn = _drawn(estimate, findings, page, formats, job, artist, last=final)
        made |= {_file(name, kind): data for kind, data in drawn.items()}
        for kind, scale in artist.reduced.items() if artist is not None else ():
            few = f"{scale:.2f} pixels a point in place of {job.scale}, which would be too many"
            _io.tell(f"{job.output / _file(name, kind)}: {few}\n")
    if artist is not None and bound:
        pictures = [page.picture for page in pages]
        files = artist.bind(pictures, bound, _chapters(estimate, findings, job))
        made |= {_file(whole, kind): data for kind, data in files.items()}
    return made | written


def _texts(
    estimate: Estimate, findings: Sequence[Finding], pictures: Sequence[tuple[str, str]], job: Job
) -> dict[str, bytes]:
    """The estimate as a report that shows these pictures, and for programs."""
    made = {}
    if "md" in job.formats:
        from archcode.render import markdown

        made["md"] = markdown.render(estimate, findings, pictures=pictures).encode()
    if "json" in job.formats:
        from archcode.render import estimate_json

        made["json"] = estimate_json.render(estimate, findings).encode()
    return made


def _drawn(
    estimate: Estimate,
    findings: Sequence[Finding],
    page: Page,
    formats: Sequence[str],
    job: Job,
    artist: Artist,
    *,
    last: bool,
) -> dict[str, bytes]:
    """One page in formats of pictures, and as a page for a browser."""
    from archcode.cli._easel import WEB_DRAWING

    made = artist.draw(page.picture, formats, _chapters(estimate, findings, job), last=last)
    if job.paged:
        made[PAGE] = _page(estimate, findings, page, made.pop(WEB_DRAWING))
    return made


def _pages(estimate: Estimate, job: Job, drawn: Picture | None) -> tuple[Page, ...]:
    """What is drawn: one picture, or one of each view; `drawn` is its sketch if there is one."""
    from archcode.render import picture
    from archcode.render.pages import pages

    views, heat = _views(estimate.topology, job), _heat(estimate, job.heat)
    found = pages(estimate, picture.render(estimate, heat, drawn=drawn), views, heat)
    return tuple(replace(page, picture=_turned(page.picture, job)) for page in found)


def _turned(picture: Picture, job: Job) -> Picture:
    """The picture in the direction that is asked for."""
    return replace(picture, direction=job.direction or picture.direction)


def _views(topology: Topology, job: Job) -> tuple[View, ...]:
    """The views that are asked for; what is near one component is a view, too."""
    from archcode.cli._viewing import focus_on, views_of

    if job.focus:
        return (focus_on(topology, job.focus, job.hops),)
    return views_of(topology, job.views) if job.views else ()


def _heat(estimate: Estimate, name: str) -> Heat | None:
    """What colours the plates behind the icons, if anything does."""
    if not name:
        return None
    from archcode.headroom import headroom_of
    from archcode.render import _heat as heat

    return heat.of_cost(estimate) if name == "cost" else heat.of_headroom(headroom_of(estimate))


def _image(job: Job) -> list[str]:
    """The picture that a report shows, if there is one: light before dark, SVG before PNG."""
    shown = [name for name in job.drawn if name.endswith(("svg", "png"))]
    return [min(shown, key=_first)] if shown else []


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
