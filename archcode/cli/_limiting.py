"""Measuring headroom: what `archcode limits` does."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archcode.headroom import Headroom


class Format(StrEnum):
    """How headroom is printed."""

    TEXT = "text"
    JSON = "json"


def tell(
    specs: Iterable[Path],
    basis: _io.Basis = _io.USUAL,
    *,
    format: Format = Format.TEXT,
    every: bool = False,
    component: str = "",
) -> bool:
    """Print the headroom of each spec; whether none has an error."""
    measured: list[Headroom] = []
    valid = True
    for path in _io.spec_files(specs):
        found, sound = _measured(path, basis)
        valid = valid and sound
        if found is None:
            continue
        if component:
            _known(component, found, path)
        if format is Format.TEXT:
            _io.say("\n" * bool(measured) + _text(found, component, every=every))
        measured.append(found)
    if format is Format.JSON:
        from archcode.render import headroom_json

        _io.say(headroom_json.render(measured, component))
    return valid


def _measured(path: Path, basis: _io.Basis) -> tuple[Headroom | None, bool]:
    """The headroom of a spec, if it can be read, and whether nothing in it is an error."""
    from archcode.headroom import headroom_of

    try:
        estimate, reviewed = _io.review_text(_io.read_spec(path), path, basis)
    except SpecError as error:
        _io.spec_errors(error, path)
        return None, False
    _io.tell_findings(reviewed.findings, path)
    with _io.patience(f"measuring {path}"):
        return headroom_of(estimate), not _io.has_errors(reviewed.findings)


def _text(found: Headroom, component: str, *, every: bool) -> str:
    from archcode.render import headroom_table

    if component:
        return headroom_table.render_component(found, component)
    return headroom_table.render(found, every=every, colour=_io.colour(sys.stdout))


def _known(component: str, found: Headroom, path: Path) -> None:
    """Raises UsageError for what is no component of a spec."""
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    names = tuple(found.components)
    if component not in names:
        hint = suggestion(component, names, "known")
        raise UsageError(f"--component: {quoted(component)} is no component of {path}; {hint}")
