"""`archcode.toml`, or `[tool.archcode]` of `pyproject.toml`: what a project says of findings.

The nearest file above a spec holds for it; without one, and without the option, all is told.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from archcode.cli import _io
from archcode.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OWN, SHARED = "archcode.toml", "pyproject.toml"
KEYS = ("select", "ignore", "fail_on", "per_file_ignores")
LEVELS = ("error", "warning", "info", "never")
_PATTERN = r"[a-z0-9_*]+"
_TABLE = rb"""(?m)^\s*\[\s*["']?tool["']?\s*(?:\.\s*["']?archcode|\])|^\s*["']?tool["']?\s*[.=]"""
"""What stands in a pyproject.toml that may have a table of ours; reading TOML takes 5 ms."""


class Config(NamedTuple):
    """What a file says; `per_file` are the rules to ignore in specs that a pattern stands for."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    per_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    folder: str = ""

    def ignored_in(self, spec: Path) -> tuple[str, ...]:
        """The rules to ignore in a spec: its path is that from the folder of the file."""
        if not self.per_file or spec == _io.STDIN:
            return ()
        from fnmatch import fnmatchcase

        path = os.path.relpath(spec.resolve(), self.folder).replace(os.sep, "/")
        names = {True: path, False: path.rpartition("/")[2]}
        return tuple(
            rule
            for pattern, rules in self.per_file
            if fnmatchcase(names["/" in pattern], pattern)
            for rule in rules
        )


def config_of(spec: Path, named: Path | None = None) -> Config:
    """The configuration of a spec: of the named file, else of the nearest one above it.

    Raises UsageError where it cannot be read, or says what cannot be understood.
    """
    if named is not None:
        found = _read(named)
        if found is None:
            raise UsageError(f"{named}: has no table [tool.archcode]")
        return found
    return _nearest(Path.cwd() if spec == _io.STDIN else spec.resolve().parent)


def _nearest(folder: Path) -> Config:
    for place in (folder, *folder.parents):
        for name in (OWN, SHARED):
            path = place / name
            path = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
            found = _read(path) if path.is_file() else None
            if found is not None:
                return found
    return Config()


def _read(path: Path) -> Config | None:
    """What a file says; None for a pyproject.toml without a table of ours."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    shared = path.name == SHARED
    if shared and not re.search(_TABLE, data):
        return None
    values = _toml(path, data)
    if shared:
        tool = values.get("tool")
        values = tool.get("archcode") if isinstance(tool, dict) else None
        if values is None:
            return None
    return _config(path, values)


def _toml(path: Path, data: bytes) -> Any:  # noqa: ANN401 - whatever the file holds
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8 text from byte {error.start}") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: is no TOML: {error}") from None


def _config(path: Path, values: Any) -> Config:  # noqa: ANN401
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    if not isinstance(values, dict):
        raise UsageError(f"{path}: tool.archcode is {quoted(values)}, not a table")
    for key in values:
        if key not in KEYS:
            raise UsageError(f"{path}: has no key {quoted(key)}; {suggestion(key, KEYS)}")
    level = values.get("fail_on", "error")
    if level not in LEVELS:
        allowed = suggestion(str(level), LEVELS)
        raise UsageError(f"{path}: fail_on is {quoted(level)}; {allowed}")
    files = values.get("per_file_ignores", {})
    if not isinstance(files, dict):
        raise UsageError(f"{path}: per_file_ignores is {quoted(files)}, not a table")
    return Config(
        _rules(path, "select", values),
        _rules(path, "ignore", values),
        level,
        tuple((name, _rules(path, name, files)) for name in files),
        str(path.resolve().parent),
    )


def _rules(path: Path, key: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """A list of rules."""
    from archcode.units import quoted

    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise UsageError(f'{path}: {key} is {quoted(found)}, not a list such as ["unfilled_batch"]')
    return patterns(found, f"{path}: {key}")


def patterns(names: Iterable[str], where: str) -> tuple[str, ...]:
    """Names of rules, or patterns of them with *; raises UsageError for what stands for none."""
    given = tuple(names)
    if not given:
        return ()
    from archcode.names import NAMES
    from archcode.review import fits
    from archcode.units import quoted

    for name in given:
        if name in NAMES:
            continue
        if (
            "*" in name
            and re.fullmatch(_PATTERN, name)
            and any(fits(rule, (name,)) for rule in NAMES)
        ):
            continue
        from archcode.spec.problems import nearest

        near = "" if "*" in name else nearest(name, sorted(NAMES))
        hint = f"did you mean {near}?" if near else "archcode explain lists them"
        raise UsageError(f"{where}: {quoted(name)} is no rule; {hint}")
    return given
