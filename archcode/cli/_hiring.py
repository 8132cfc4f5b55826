"""Starts the drawing process, and imports little: the sooner it begins, the sooner it draws."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

TYPE_CHECKING = False  # typing takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import Popen

_ROOT = __file__.rsplit(os.sep, 3)[0]
# Ours goes last on the path, and -P leaves the current folder out: no file of the user's may
# stand in for a module.
_PROGRAM = (
    "import sys; sys.path.append({!r}); from archcode.cli._lean import load_structs;"
    " load_structs(); from archcode.cli._easel import main; main({!r})"
)

_WARM = {"svg": "svg", "png": "pdf", "pdf": "pdf"}
"""What the process makes for a format, with libraries better loaded before it is asked for."""

_waiting: list[Popen[bytes] | Spawned] = []


def hire(arguments: Sequence[str]) -> None:
    """Start the process of the next artist now; it ends with this one if there is none.

    The arguments of `archcode render` tell what it gets ready for; it draws everything else, too.
    """
    formats = [text for name, text in pairwise(arguments) if name in {"-f", "--format"}]
    formats += [text for text in arguments if text.startswith("--format=")]
    asked = ",".join(formats) or "svg,png"
    warm = dict.fromkeys(made for name, made in _WARM.items() if name in asked)
    _waiting.append(_started(tuple(warm) or ("svg",)))


def process() -> Popen[bytes] | Spawned:
    """The process that waits for an artist, else a new one."""
    return _waiting.pop() if _waiting else _started(("svg", "pdf"))


def _started(formats: tuple[str, ...]) -> Popen[bytes] | Spawned:
    command = [sys.executable, "-P", "-c", _PROGRAM.format(_ROOT, formats)]
    if hasattr(os, "posix_spawn"):
        return Spawned(command)
    from subprocess import DEVNULL, PIPE, Popen

    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603 - our code


class Spawned:
    """A process and pipes to it, as `subprocess` has it, which takes 15 ms to load."""

    def __init__(self, command: list[str]) -> None:
        (end, to), (of, start) = os.pipe(), os.pipe()
        actions = (
            (os.POSIX_SPAWN_DUP2, end, 0),
            (os.POSIX_SPAWN_DUP2, start, 1),
            # Graphviz and fontconfig print here what no reader of ours can use.
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        )
        try:
            self.pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        finally:
            os.close(end)
            os.close(start)
        self.stdin, self.stdout = os.fdopen(to, "wb"), os.fdopen(of, "rb")
        self._status: int | None = None

    def poll(self) -> int | None:
        """How it ended, None as long as it runs."""
        return self._waited(os.WNOHANG)

    def kill(self) -> None:
        """End it, if it has not ended yet."""
        if self.poll() is None:
            os.kill(self.pid, 9)

    def wait(self) -> int | None:
        """How it ends, once it does."""
        return self._waited(0)

    def _waited(self, options: int) -> int | None:
        if self._status is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                # Somebody else has waited for it.
                pid, status = self.pid, 0
            self._status = status if pid else None
        return self._status
