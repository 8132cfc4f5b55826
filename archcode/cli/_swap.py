"""A folder replaced by a new one as a whole, or left as it was."""

from __future__ import annotations

import os
import shutil
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


@contextmanager
def scratch(target: Path) -> Iterator[Path]:
    """An empty folder beside the target, which goes in the end; raises PriceListError.

    What a killed run has left beside the target goes as well, or comes back.
    """
    _refuse_working_directory(target)
    try:
        _recover(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=_prefix(target)))
    except OSError as error:
        raise _unwritable(target.parent, error) from None
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
    for name, text in files.items():
        with (new / name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    _sync(new)


def _recover(target: Path) -> None:
    """Put back a book that a killed run had moved aside, and clear what killed runs left."""
    for left in sorted(target.parent.glob(f"{_prefix(target)}*")):
        if not target.exists() and (left / _OLD).is_dir():
            (left / _OLD).rename(target)
        moved = max((path.lstat().st_mtime for path in (left, *left.rglob("*"))), default=0)
        if time.time() - moved > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


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


def _refuse_working_directory(target: Path) -> None:
    if Path.cwd().is_relative_to(target):
        raise UsageError(f"{target}: is replaced as a whole; call this from outside the folder")


def _unwritable(place: Path, error: OSError) -> PriceListError:
    return PriceListError(
        f"{place}: cannot be written: {error.strerror}; the price book stays as it is"
    )
