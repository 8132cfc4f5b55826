"""A drawing process: a layout that aborts or never ends costs one picture, not the command."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archcode.draw.picture import Arrow, Box, Picture
from archcode.errors import DrawingError

TIMEOUT = 60.0
_ROOT = str(Path(__file__).resolve().parents[2])
# Ours goes last on the path, and -P leaves the current folder out: no file of the user's may
# stand in for a module.
_PROGRAM = "import sys; sys.path.append({!r}); from archcode.cli._artist import main; main()"

Question = tuple[Picture, tuple[str, ...]]
Answer = tuple[bool, dict[str, bytes] | str]
"""Whether the picture was drawn, and its bytes by format or else the reason."""


class Artist:
    """Draws pictures in a process of its own, started at once and again after its death."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        self._child = _waiting.pop() if _waiting else _Child()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._dismiss()

    @property
    def pid(self) -> int | None:
        """Number of the drawing process, if there is one."""
        return self._child.pid if self._child else None

    def draw(self, picture: Picture, formats: Sequence[str]) -> dict[str, bytes]:
        """The picture in each of the formats svg, png, pdf and dot."""
        if self._child is None or not self._child.alive:
            self._dismiss()
            self._child = _Child()
        try:
            answer = self._child.ask((picture, tuple(formats)), self._timeout)
        except BaseException:
            # After Ctrl-C the answer would still come, and be taken for that of the next picture.
            self._dismiss()
            raise
        if isinstance(answer, str):
            raise DrawingError(answer)
        return answer

    def _dismiss(self) -> None:
        child, self._child = self._child, None
        if child:
            child.end()


def hire() -> None:
    """Start the process of the next artist now; it ends with this one if there is none."""
    _waiting.append(_Child())


class _Child:
    """One drawing process and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our interpreter, our code
            [sys.executable, "-P", "-c", _PROGRAM.format(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Graphviz and fontconfig print here what no reader of ours can use.
            stderr=subprocess.DEVNULL,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: Question, timeout: float) -> dict[str, bytes] | str:
        """The bytes of a picture, or why there are none."""
        late = threading.Event()
        timer = threading.Timer(timeout, self._expire, (late,))
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(question)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            title = question[0].title
            if late.is_set():
                message = f"drawing {title!r} took longer than {timeout:g} s"
            else:
                message = f"the drawing process ended while it drew {title!r}"
            raise DrawingError(message) from error
        finally:
            timer.cancel()

    def end(self) -> None:
        """Stop the process at once and leave nothing of it behind."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()

    def _exchange(self, question: Question) -> dict[str, bytes] | str:
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise EOFError
        pickle.dump(question, into)
        into.flush()
        answer: Answer = pickle.load(out)  # noqa: S301 - from our own process
        return answer[1]

    def _expire(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()


_waiting: list[_Child] = []
_COMMON = "aws/compute/lambda.png"
"""An icon of nearly every picture, to begin with."""


def main() -> None:
    """Answer questions on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions = sys.stdin.buffer
    # A library that prints must not write into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _warm_up()
    while True:
        try:
            question: Question = pickle.load(questions)  # noqa: S301 - from our own parent
        except EOFError:
            return
        _reply(answers, question)


def _reply(answers: BinaryIO, question: Question) -> None:
    answer: Answer
    try:
        answer = True, _draw(*question)
    except DrawingError as error:
        answer = False, str(error)
    except Exception as error:  # noqa: BLE001 - one bad picture must not end the process
        title = question[0].title
        answer = False, f"{title!r} could not be drawn: {type(error).__name__}: {error}"
    with contextlib.suppress(BrokenPipeError):
        pickle.dump(answer, answers)
        answers.flush()


def _warm_up() -> None:
    """Draw something small, which loads all libraries, while the parent is still reading files."""
    boxes = (Box("a", "A", icon=_COMMON), Box("b", "B"))
    _draw(Picture("Warm-up", boxes=boxes, arrows=(Arrow("a", "b"),)), ("svg", "png"))


def _draw(picture: Picture, formats: Sequence[str]) -> dict[str, bytes]:
    """Each format, from one layout."""
    # The parent loads this module too, and draws nothing.
    from archcode.cli import _assets
    from archcode.draw.layout import lay_out
    from archcode.render import pdf, png, svg

    found: dict[str, bytes] = {}
    if "dot" in formats:
        from archcode.render import dot

        found["dot"] = dot.render(picture).encode()
    if not {"svg", "png", "pdf"}.intersection(formats):
        return found
    scene, icons = lay_out(picture), _assets.icons(picture)
    if "svg" in formats:
        found["svg"] = svg.render(scene, icons, _assets.web_fonts()).encode()
    if {"png", "pdf"}.intersection(formats):
        page = pdf.render(scene, icons, _assets.fonts())
        found |= {"pdf": page, "png": png.render(page) if "png" in formats else b""}
    return {name: found[name] for name in formats}
