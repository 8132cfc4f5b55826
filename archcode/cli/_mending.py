"""Specs with the remedies of their findings: written, or shown as a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.cli import _fixing, _io
from archcode.errors import SpecError
from archcode.review import Replacement
from archcode.spec.edit import edits_alone, place
from archcode.spec.load import decode

if TYPE_CHECKING:
    from pathlib import Path

    from archcode.cli._choosing import Chosen
    from archcode.cli._io import Basis
    from archcode.model import Finding
    from archcode.review import Checked
    from archcode.spec.model import Spec


def mend(path: Path, basis: Basis, chosen: Chosen) -> str:
    """The text of a spec with its remedies, which is written where it was read.

    What comes from standard input goes to standard output, be it as it came. Raises SpecError.
    """
    data = _io.read_bytes(path)
    done = _fixing.Fixed("", 0)
    try:
        done = _fixed(data, path, basis, chosen)
    finally:
        if path == _io.STDIN:
            _io.say_bytes(_fixing.data_of(data, done.text) if done.settings else data)
    if done.settings:
        if path != _io.STDIN:
            _fixing.write(path, data, done.text)
        noun = "setting" if done.settings == 1 else "settings"
        _io.tell(f"{path}: mended {done.settings} {noun}\n")
    return done.text


def show(path: Path, basis: Basis, chosen: Chosen) -> bool:
    """Print what mending a spec would change; whether it is nothing."""
    try:
        data = _io.read_bytes(path)
        done = _fixed(data, path, basis, chosen)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    _io.say(_fixing.difference(_io.shown(path), decode(data), done.text))
    return not done.settings


def _fixed(data: bytes, path: Path, basis: Basis, chosen: Chosen) -> _fixing.Fixed:
    def look(text: str) -> tuple[Spec, tuple[Finding, ...]]:
        estimate, found = _io.review_text(text, path, basis, chosen.choice)
        return estimate.topology.spec, found.findings

    return _fixing.fixed(decode(data), look)


def with_fixes(checked: Checked, text: str, spec: Spec) -> Checked:
    """The same with the replacement that mends each finding, where there is one."""
    settings = _fixing.safe(text, _fixing.remedies(spec, checked.findings))
    if not settings:
        return checked
    replacements = {
        path: Replacement(place(text, edit.start), place(text, edit.end), edit.text)
        for path, edit in edits_alone(text, settings)
    }
    fixes = {
        finding: replacements[path]
        for finding in checked.findings
        if finding.remedy is not None
        and (path := spec.setting(finding.where)) in replacements
        and settings[path] == finding.remedy
    }
    return checked._replace(fixes=fixes)
