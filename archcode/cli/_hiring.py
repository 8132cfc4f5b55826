"""Starts the drawing process, and imports little: the sooner it begins, the sooner it draws."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

TYPE_CHECKING = False  # typing takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = __file__.rsplit(os.sep, 3)[0]
# Ours goes last on the path, and -P leaves the current folder out: no file of the user's may
# stand in for a module.
_PROGRAM = "import sys; sys.path.append({!r}); from archcode.cli._easel import main; main({!r})"

_WARM = {"svg": "svg", "png": "pdf", "pdf": "pdf"}
"""What the process makes for a format, with libraries better loaded before it is asked for."""

_waiting: list[subprocess.Popen[bytes]] = []


def hire(arguments: Sequence[str]) -> None:
    """Start the process of the next artist now; it ends with this one if there is none.

    The arguments of `archcode render` tell what it gets ready for; it draws everything else, too.
    """
    formats = [text for name, text in pairwise(arguments) if name in {"-f", "--format"}]
    formats += [text for text in arguments if text.startswith("--format=")]
    asked = ",".join(formats) or "svg,png"
    warm = dict.fromkeys(made for name, made in _WARM.items() if name in asked)
    _waiting.append(_started(tuple(warm) or ("svg",)))


def process() -> subprocess.Popen[bytes]:
    """The process that waits for an artist, else a new one."""
    return _waiting.pop() if _waiting else _started(("svg", "pdf"))


def _started(formats: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our interpreter, our code
        [sys.executable, "-P", "-c", _PROGRAM.format(_ROOT, formats)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Graphviz and fontconfig print here what no reader of ours can use.
        stderr=subprocess.DEVNULL,
    )
