"""Starts the drawing process, and imports little: the sooner it begins, the sooner it draws."""

import os
import subprocess
import sys

_ROOT = __file__.rsplit(os.sep, 3)[0]
# Ours goes last on the path, and -P leaves the current folder out: no file of the user's may
# stand in for a module.
_PROGRAM = "import sys; sys.path.append({!r}); from archcode.cli._easel import main; main()"

_waiting: list[subprocess.Popen[bytes]] = []


def hire() -> None:
    """Start the process of the next artist now; it ends with this one if there is none."""
    _waiting.append(_started())


def process() -> subprocess.Popen[bytes]:
    """The process that waits for an artist, else a new one."""
    return _waiting.pop() if _waiting else _started()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our interpreter, our code
        [sys.executable, "-P", "-c", _PROGRAM.format(_ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Graphviz and fontconfig print here what no reader of ours can use.
        stderr=subprocess.DEVNULL,
    )
