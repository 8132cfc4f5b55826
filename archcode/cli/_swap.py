"""A folder replaced by a new one as a whole, or left as it was."""

from __future__ import annotations

import glob
import os
import shutil
import stat
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archcode.errors import PriceListError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OLD, _NEW = "old", "new"
_STALE_SECONDS = 3600
"""How long nothing moves in the scratch of a run that was killed."""


def recover(target: Path) -> None:
    """Put back a folder that a killed run had moved aside, and clear what killed runs left.

    Raises UsageError for a folder that somebody works in: it would be replaced under them.
    """
    if Path.cwd().is_relative_to(target):
        raise UsageError(f"{target}: is replaced as a whole; call this from outside the folder")
    try:
        for left in sorted(target.parent.glob(f"{glob.escape(_prefix(target))}*")):
            if not target.exists() and (left / _OLD).is_dir():
                (left / _OLD).rename(target)
            moved = max(path.lstat().st_mtime for path in (left, *left.rglob("*")))
            if time.time() - moved > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise _unwritable(target.parent, error) from None


@contextmanager
def scratch(target: Path) -> Iterator[Path]:
    """An empty folder beside the target, which goes in the end; raises PriceListError."""
    # Of a target in folders that are still to be made: the nearest one that is there.
    beside = next(parent for parent in target.parents if parent.exists())
    try:
        made = Path(tempfile.mkdtemp(dir=beside, prefix=_prefix(target)))
    except OSError as error:
        raise _unwritable(beside, error) from None
    try:
        yield made
    finally:
        if target.exists() or not (made / _OLD).exists():
            shutil.rmtree(made, ignore_errors=True)


def swap(target: Path, scratch: Path, base: Path, files: Mapping[str, str]) -> None:
    """Make the target a copy of `base` with these files in it; raises PriceListError.

    The copy is made in the scratch; only when all of it is on the disk does it take the place.
    """
    new, old = scratch / _NEW, scratch / _OLD
    try:
        _write(new, base, files)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
        new.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        # After Ctrl-C between the two renames, too.
        if old.exists() and not target.exists():
            old.rename(target)


def _write(new: Path, base: Path, files: Mapping[str, str]) -> None:
    shutil.copytree(base, new, symlinks=True)
    new.chmod(new.stat().st_mode | stat.S_IRWXU)
    for name, text in files.items():
        _put(new / name, text)
    _sync(new)


def _put(path: Path, text: str) -> None:
    """Write a file anew under its old mode: not through a link, and read-only or not."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    path.unlink(missing_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _prefix(target: Path) -> str:
    return f".{target.name}.update-"


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can open folders."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(place: Path, error: OSError) -> PriceListError:
    reason = error.strerror
    if isinstance(error, shutil.Error):
        # Copying a folder goes on to its end, then lists (from, to, what failed).
        fact = str(error.args[0][0][2])
        reason = (fact.partition("] ")[2] or fact).partition(":")[0]
    return PriceListError(f"{place}: cannot be written: {reason}; the price book stays as it is")
