"""Checking specs: what `archcode validate` does."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from archcode.cli import _io
from archcode.cli._choosing import NOTHING_ASKED, Asked
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archcode.cli._choosing import Chosen
    from archcode.review import Checked


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class Job(NamedTuple):
    """How specs are checked, what is told of them, and whether they are mended."""

    basis: _io.Basis = _io.USUAL
    asked: Asked = NOTHING_ASKED
    format: Format = Format.TEXT
    fix: bool = False
    diff: bool = False


def check(specs: Iterable[Path], job: Job | None = None) -> bool:
    """Tell what is wrong with each spec; whether none has an error."""
    work = job or Job()
    files = _io.spec_files(specs)
    _agree(work, files)
    if work.diff:
        from archcode.cli._mending import show

        same = [show(path, work.basis, work.asked.of(path)) for path in files]
        return all(same)
    found = [_checked(path, work) for path in files]
    if work.format is not Format.TEXT:
        _io.say(_document([checked for checked, _ in found], work.format))
    return all(passed for _, passed in found)


def _agree(job: Job, files: Iterable[Path]) -> None:
    """Raise UsageError where two options are at odds, such as on what is printed."""
    if job.basis.scenario and (job.fix or job.diff):
        option = "--fix" if job.fix else "--diff"
        raise UsageError(f"{option} mends a spec as it is written; leave --scenario out")
    if job.format is Format.TEXT:
        return
    if job.diff:
        raise UsageError("--diff prints a diff, which has no --format")
    if job.fix and _io.STDIN in files:
        raise UsageError("--fix prints the spec of standard input, which has no --format")


def _checked(path: Path, job: Job) -> tuple[Checked, bool]:
    """A spec with its findings, and whether none of them fails the command."""
    from archcode.review import Checked

    chosen = job.asked.of(path)
    name = _io.shown(path) if job.format is Format.TEXT else _file(path)
    try:
        text = _text(path, job, chosen)
        estimate, found = _io.review_text(text, path, job.basis, chosen.choice)
    except SpecError as error:
        checked = Checked(name, error.findings)
    else:
        components = len(estimate.topology.traffic)
        checked = Checked(name, found.findings, found.ignored, components)
        if job.format is Format.SARIF:
            from archcode.cli._mending import with_fixes

            checked = with_fixes(checked, text, estimate.topology.spec)
    _tell(checked, path, job)
    return checked, not chosen.fails(checked.findings)


def _text(path: Path, job: Job, chosen: Chosen) -> str:
    """The text of a spec, mended where that is asked for."""
    if not job.fix:
        return _io.read_spec(path)
    from archcode.cli._mending import mend

    return mend(path, job.basis, chosen)


def _tell(checked: Checked, path: Path, job: Job) -> None:
    """Findings and their number on the terminal; beside a document the number only."""
    from archcode.render.findings import summary

    document = job.format is not Format.TEXT
    if not document:
        _io.tell_findings(checked.findings, path)
    if checked.components is None:
        number = _io.number_of_errors(checked.findings)
        _io.tell(f"{path}: {number}\n" if document else f"{number}\n")
        return
    line = f"{path}: {summary(checked.findings, checked.components, len(checked.ignored))}\n"
    (_io.tell if document or (job.fix and path == _io.STDIN) else _io.say)(line)


def _document(specs: list[Checked], format: Format) -> str:
    """All specs in one of the formats that programs read."""
    if format is Format.JSON:
        from archcode.render import findings_json

        return findings_json.render(specs)
    if format is Format.GITHUB:
        from archcode.render import findings_github

        return findings_github.render(specs)
    from archcode.render import findings_sarif

    return findings_sarif.render(specs)


def _file(path: Path) -> str:
    """A path from the current folder on, as repositories and editors name it."""
    if path == _io.STDIN:
        return _io.shown(path)
    near = os.path.relpath(path)
    outside = near == os.pardir or near.startswith(f"{os.pardir}{os.sep}")
    return path.resolve().as_posix() if outside else near.replace(os.sep, "/")
