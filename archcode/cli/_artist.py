"""A drawing process: a layout that aborts or never ends costs one picture, not the command."""

import contextlib
import pickle
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archcode.cli import _hiring
from archcode.cli._easel import PIXELS, Answer, Question
from archcode.draw.picture import Picture
from archcode.errors import DrawingError
from archcode.render import png

if TYPE_CHECKING:
    from archcode.render.deck import Chapter

TIMEOUT = 60.0


class Artist:
    """Draws pictures in a process of its own, started at once and again after its death."""

    def __init__(self, timeout: float = TIMEOUT, scale: float = png.USUAL) -> None:
        self._timeout, self._scale = timeout, scale
        self.reduced: dict[str, float] = {}
        """Pixels a point of the PNGs of the last picture that are fewer than asked for."""
        self._child: _Child | None = None
        self._asked: Question | None = None
        self._prepared = False

    def __enter__(self) -> Self:
        self._child = _Child()
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

    def prepare(self, picture: Picture) -> None:
        """Have a picture laid out that `begin` or `draw` is called for when it is priced."""
        # What was prepared for, and never asked for, may not end: others must not wait for it.
        if self._prepared:
            self._dismiss()
        self._child, self._prepared = self._child or _Child(), True
        self._child.send(picture)

    def begin(self, picture: Picture, formats: Sequence[str]) -> None:
        """Have a picture drawn, for which `draw` is called next, while the caller does more."""
        self._ask(self._question(picture, formats))

    def draw(
        self,
        picture: Picture,
        formats: Sequence[str],
        chapters: "Sequence[Chapter]" = (),
        *,
        last: bool = False,
    ) -> dict[str, bytes]:
        """The picture in each of the formats, and dark as `dark/svg`; chapters follow in a deck.

        After the `last` one the process is of no more use, and ends while pixels are made.
        """
        # Pixels are made here, of the PDF: two processes then share the libraries to load.
        pixels = [name for name in formats if name.endswith("png")]
        vectors = {name: self._vector(name) for name in formats}
        question = self._question(picture, formats, chapters)
        drawn = self._drawn(question, png.load if pixels else _nothing)
        if last and self._child:
            self._child.stop()
        drawn = drawn | {name: png.render(drawn[vectors[name]], self._scale) for name in pixels}
        scales = {name: png.scale_of(drawn[vectors[name]], self._scale) for name in pixels}
        self.reduced = {name: scale for name, scale in scales.items() if scale < self._scale}
        return {name: drawn[name] for name in formats}

    def bind(
        self,
        pictures: Sequence[Picture],
        formats: Sequence[str],
        chapters: "Sequence[Chapter]" = (),
    ) -> dict[str, bytes]:
        """Several pictures in one file of each format: pptx, drawio, dark/pptx or dark/drawio."""
        self.reduced = {}
        question = tuple(pictures), tuple(formats), tuple(chapters), self._scale
        return self._drawn(question, _nothing)

    def _drawn(self, question: Question, meanwhile: Callable[[], None]) -> dict[str, bytes]:
        """What the drawing process answers; `meanwhile` runs while it draws."""
        try:
            child = self._ask(question)
            answer = child.answer(meanwhile)
        except BaseException:
            # After Ctrl-C the answer would still come, and be taken for that of the next picture.
            self._dismiss()
            raise
        self._asked = None
        if isinstance(answer, str):
            raise DrawingError(answer)
        return answer

    def _ask(self, question: Question) -> "_Child":
        """The drawing process, which now draws the answer."""
        if self._child and question == self._asked:
            return self._child
        # What was begun and nobody waits for any more would be taken for the next answer.
        if self._child is None or self._asked or not self._child.alive:
            self._dismiss()
            self._child = _Child()
        self._asked, self._prepared = question, False
        self._child.ask(question, self._timeout)
        return self._child

    def _question(
        self, picture: Picture, formats: Sequence[str], chapters: "Sequence[Chapter]" = ()
    ) -> Question:
        vectors = tuple(dict.fromkeys(map(self._vector, formats)))
        return (picture,), vectors, tuple(chapters), self._scale

    def _vector(self, name: str) -> str:
        """The format that a format is made of."""
        if not name.endswith("png"):
            return name
        return f"{name[:-3]}{PIXELS}"

    def _dismiss(self) -> None:
        child, self._child, self._asked = self._child, None, None
        self._prepared = False
        if child:
            child.end()


def _nothing() -> None:
    """Only wait."""


class _Child:
    """One drawing process and the pipes to it."""

    def __init__(self) -> None:
        self._process = _hiring.process()
        self._late = threading.Event()
        self._timer: threading.Timer | None = None
        self._sender: threading.Thread | None = None
        self._title = ""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: Question, timeout: float) -> None:
        """Have a picture drawn within so many seconds."""
        self._title = question[0][0].title
        self._timer = threading.Timer(timeout, self._expire)
        self._timer.daemon = True
        self._timer.start()
        self.send(question)

    def send(self, message: Question | Picture) -> None:
        """Hand on what is asked or prepared for, without waiting for a process that is busy."""
        data, before = pickle.dumps(message), self._sender
        self._sender = threading.Thread(target=self._hand, args=(data, before), daemon=True)
        self._sender.start()

    def _hand(self, data: bytes, before: threading.Thread | None) -> None:
        """Hand a message on after the one before it."""
        if before:
            before.join()
        # A process that is no longer there is found out by its answer.
        with contextlib.suppress(OSError, ValueError):
            if self._process.stdin:
                self._process.stdin.write(data)
                self._process.stdin.flush()

    def answer(self, meanwhile: Callable[[], None]) -> dict[str, bytes] | str:
        """The bytes of a picture, or why there are none; `meanwhile` runs before they come."""
        meanwhile()
        try:
            return self._read()
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            if self._late.is_set():
                seconds = self._timer.interval if self._timer else 0
                message = f"drawing {self._title!r} took longer than {seconds:g} s"
            else:
                message = f"the drawing process ended while it drew {self._title!r}"
            raise DrawingError(message) from error
        finally:
            self._rest()

    def stop(self) -> None:
        """Stop the process at once."""
        self._rest()
        self._process.kill()

    def end(self) -> None:
        """Stop the process and leave nothing of it behind."""
        self.stop()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()

    def _read(self) -> dict[str, bytes] | str:
        if self._process.stdout is None:
            raise EOFError
        answer: Answer = pickle.load(self._process.stdout)  # noqa: S301 - from our own process
        return answer[1]

    def _rest(self) -> None:
        """Nothing is drawn that could be late."""
        if self._timer:
            self._timer.cancel()

    def _expire(self) -> None:
        self._late.set()
        self._process.kill()
