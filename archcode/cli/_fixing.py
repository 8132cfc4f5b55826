"""What `archcode validate --fix` does: the remedies of findings, put into the text of a spec."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.cli import _io
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path as File

    from archcode.model import Finding
    from archcode.model import Value as Remedy
    from archcode.spec.load import Path, Value
    from archcode.spec.model import Spec

    Look = Callable[[str], tuple[Spec, tuple[Finding, ...]]]
    Settings = Mapping[Path, Remedy]

_BOM = "\ufeff"
_ROUNDS = 10
"""A remedy may bring another finding to light; more than a few in a row are a circle."""


class Fixed(Struct, frozen=True):
    """The text with its remedies, and how many settings they changed."""

    text: str
    settings: int


def fixed(text: str, look: Look) -> Fixed:
    """A text without findings that have a remedy, as far as remedies do not contradict each other.

    A setting that one finding would have so and another otherwise stays as the author wrote it.
    `look` reads, prices and checks a text, and raises SpecError.
    """
    contested: set[Path] = set()
    while True:
        found = text
        given: dict[Path, list[Remedy]] = {}
        again: set[Path] = set()
        for _ in range(_ROUNDS):
            spec, findings = look(found)
            wanted = _without(remedies(spec, findings), contested)
            again = {path for path, value in wanted.items() if value in given.get(path, ())}
            changed = found if again else with_settings(found, wanted)
            if changed == found:
                break
            for path, value in wanted.items():
                given.setdefault(path, []).append(value)
            found = changed
        if not again:
            return Fixed(found, len(given))
        contested |= again


def remedies(spec: Spec, findings: Iterable[Finding]) -> Settings:
    """What settings should be, by their place in the text; of two the first finding's."""
    found: dict[Path, Remedy] = {}
    for finding in findings:
        path = spec.setting(finding.where) if finding.remedy is not None else ()
        if finding.remedy is not None and path:
            found.setdefault(path, finding.remedy)
    return found


def _without(settings: Settings, contested: set[Path]) -> Settings:
    return {path: value for path, value in settings.items() if path not in contested}


def with_settings(text: str, settings: Settings) -> str:
    """A text with these settings: all at once, else one by one those that leave it a spec."""
    if not settings:
        return text
    changed = _tried(text, settings)
    if changed is None and len(settings) > 1:
        for path, value in settings.items():
            text = _tried(text, {path: value}) or text
        return text
    return changed or text


def safe(text: str, settings: Settings) -> Settings:
    """Those settings that each leave a text a spec that says the same otherwise."""
    if not settings or _tried(text, settings) is not None:
        return settings
    each = {path: {path: value} for path, value in settings.items()}
    return {path: settings[path] for path, one in each.items() if _tried(text, one) is not None}


def _tried(text: str, settings: Settings) -> str | None:
    """A text with these settings; None where it would be no spec, or say something else, too."""
    from archcode.spec.edit import edited, edits
    from archcode.spec.load import load
    from archcode.spec.parse import parse

    changed = edited(text, edits(text, settings))
    try:
        parse(changed)
        meant = load(text).value
        for path, value in settings.items():
            meant = _set(meant, path, value)
        return changed if load(changed).value == meant else None
    except SpecError:
        return None


def _set(value: Value, path: Path, to: Remedy) -> Value:
    """A value with one of its settings changed; an arrow without options gets some."""
    if not path:
        return to
    key, *rest = path
    if isinstance(value, list) and isinstance(key, int):
        return [_set(v, tuple(rest), to) if n == key else v for n, v in enumerate(value)]
    items = value if isinstance(value, dict) else {}
    if isinstance(value, str):
        return {value: _set(None, path, to)}
    return items | {str(key): _set(items.get(str(key)), tuple(rest), to)}


def write(path: File, before: bytes, text: str) -> None:
    """Put a text where a spec was; raises UsageError where that cannot or must not be.

    The file keeps its mode and a byte order mark; a link stays one.
    """
    target = path.resolve()
    after = data_of(before, text)
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        if target.read_bytes() != before:
            raise UsageError(f"{path}: has changed while it was checked; nothing written")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise UsageError(f"{path}: cannot be written: is read-only")
    _io.write_all({target: after}, mode=mode)


def data_of(before: bytes, text: str) -> bytes:
    """The bytes of a text that takes the place of these."""
    mark = _BOM if before.startswith(_BOM.encode()) else ""
    return f"{mark}{text}".encode()


def difference(name: str, before: str, after: str) -> str:
    """A unified diff of two texts; empty where they are alike."""
    from difflib import unified_diff

    lines = unified_diff(_lines(before), _lines(after), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}" for line in lines)


def _lines(text: str) -> list[str]:
    # Only what a diff takes for the end of a line, unlike str.splitlines.
    return [line for line in re.split(r"(?<=\n)", text) if line]


_NO_END = "\\ No newline at end of file\n"
