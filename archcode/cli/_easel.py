"""The drawing process itself: reads pictures from standard input and answers with their bytes."""

import contextlib
import gc
import os
import pickle
import signal
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

from archcode.draw.picture import Arrow, Box, Picture
from archcode.errors import DrawingError
from archcode.render.png import USUAL, fitting

if TYPE_CHECKING:
    from archcode.draw.look import Theme
    from archcode.draw.scene import Scene
    from archcode.render.deck import Chapter

Question = tuple[tuple[Picture, ...], tuple[str, ...], "tuple[Chapter, ...]", float]
"""A picture, its formats, the slides that follow it, and the pixels a point of a PNG.

Formats are svg, pdf, pptx, drawio, dot, mmd and d2, a PDF to make pixels of, and each of them as
dark/svg and so on; some take several pictures in one file.
"""
Answer = tuple[bool, dict[str, bytes] | str]
"""Whether the picture was drawn, and its bytes by format or else the reason."""
WEB_DRAWING = "web/svg"
"""The format of the drawing in an interactive page, which has all themes."""
PIXELS = "png.pdf"
"""How the format ends that pixels are made of: a PDF with icons of about as many pixels."""
PLACED = ("svg", "png", "pdf", "pptx", "drawio")
"""Formats whose coordinates are ours."""
_COMMON = "aws/compute/lambda.png"
"""An icon of nearly every picture, to begin with."""


def main(formats: Sequence[str]) -> None:
    """Answer questions on standard input until it ends, the sooner where they are of these."""
    # What a drawing leaves behind is cleared away when its answer is sent.
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions = sys.stdin.buffer
    # A library that prints must not write into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _import_without_more("pygraphviz")
    _warm_up(formats)
    gc.freeze()
    while True:
        try:
            question: Question | Picture = pickle.load(questions)  # noqa: S301 - our own parent
        except EOFError:
            return
        if isinstance(question, Picture):
            _prepare(question)
        else:
            _reply(answers, question)
            gc.collect()


def _prepare(picture: Picture) -> None:
    """Place what a question is expected of; what is wrong with it, that question tells."""
    from archcode.draw.layout import prepare

    with contextlib.suppress(Exception):
        prepare(picture)


def _reply(answers: BinaryIO, question: Question) -> None:
    answer: Answer
    try:
        answer = True, _draw(*question)
    except DrawingError as error:
        answer = False, str(error)
    except Exception as error:  # noqa: BLE001 - one bad picture must not end the process
        title = question[0][0].title
        answer = False, f"{title!r} could not be drawn: {type(error).__name__}: {error}"
    with contextlib.suppress(BrokenPipeError):
        pickle.dump(answer, answers)
        answers.flush()


def _import_without_more(package: str) -> None:
    """Leave out what a package imports for other users, a fifth of the time to get ready."""
    spec = PathFinder.find_spec(package)
    # On Windows it is this import that finds Graphviz.
    if sys.platform != "win32" and spec and spec.submodule_search_locations:
        module = ModuleType(package)
        module.__spec__, module.__path__ = spec, spec.submodule_search_locations
        sys.modules[package] = module


def _warm_up(formats: Sequence[str]) -> None:
    """Draw something small, which loads all libraries, while the parent is still reading files."""
    boxes = (Box("a", "A", icon=_COMMON), Box("b", "B"))
    _draw((Picture("Warm-up", boxes=boxes, arrows=(Arrow("a", "b"),)),), formats)


def _draw(
    pictures: Sequence[Picture],
    formats: Sequence[str],
    chapters: "Sequence[Chapter]" = (),
    scale: float = USUAL,
) -> dict[str, bytes]:
    """Each format in its theme, such as `svg` and `dark/svg`, from one layout."""
    # The parent knows this module's types, and draws nothing.
    from archcode.draw.layout import lay_out

    placed = any(name.endswith(PLACED) for name in formats)
    scenes = [lay_out(picture) for picture in pictures] if placed else []
    if len(pictures) > 1:
        return {name: _bound(pictures, scenes, name, chapters) for name in formats}
    scene = scenes[0] if scenes else None
    others = [name for name in formats if scene is None or not name.endswith("pdf")]
    made = {name: _drawn(pictures[0], scene, name, chapters) for name in others}
    if scene is not None:
        made |= _pages(pictures[0], scene, [name for name in formats if name not in made], scale)
    return made


def _pages(
    picture: Picture, scene: "Scene", names: Sequence[str], scale: float
) -> dict[str, bytes]:
    """The PDFs, each once where their icons are of one size."""
    from archcode.cli import _assets
    from archcode.draw.look import THEMES
    from archcode.render import pdf

    made: dict[tuple[bool, int], bytes] = {}
    found = {}
    for name in names:
        dark = name.startswith("dark/")
        times = times_of(scene, scale) if name.endswith(PIXELS) else 2
        if (dark, times) not in made:
            icons, theme = _assets.images(picture, times), THEMES["dark" if dark else "light"]
            made[dark, times] = pdf.render(scene, icons, _assets.fonts(), theme)
        found[name] = made[dark, times]
    return found


def times_of(scene: "Scene", scale: float) -> int:
    """How large icons are, as a multiple of their size, for a PNG of so many pixels a point.

    Scaling a thousand of them down costs more than all else on their page.
    """
    fits = fitting(scene.width, scene.height, scale)
    return next((times for times in (1, 2) if fits <= times), 4)


def _bound(
    pictures: Sequence[Picture],
    scenes: "Sequence[Scene]",
    name: str,
    chapters: "Sequence[Chapter]",
) -> bytes:
    """All pictures in one file: slides, or pages of draw.io."""
    from archcode.cli import _assets
    from archcode.draw.look import THEMES
    from archcode.render import drawio, pptx
    from archcode.render.deck import Page

    theme = THEMES["dark" if name.startswith("dark/") else "light"]
    drawn = [
        Page(one.title, one.subtitle, scene) for one, scene in zip(pictures, scenes, strict=True)
    ]
    times = 4 if name.endswith("pptx") else 2
    icons = {path: icon for one in pictures for path, icon in _assets.icons(one, times).items()}
    if name.endswith("pptx"):
        return pptx.pages(drawn, icons, chapters, theme)
    return drawio.pages(drawn, icons, theme).encode()


def _text(picture: Picture, format: str, theme: "Theme") -> str:
    """What other tools lay out themselves."""
    from archcode.render import d2, dot, mermaid

    render = {"d2": d2.render, "dot": dot.render, "mmd": mermaid.render}[format]
    return render(picture, theme)


def _drawn(
    picture: Picture, scene: "Scene | None", name: str, chapters: "Sequence[Chapter]"
) -> bytes:
    from archcode.cli import _assets
    from archcode.draw.look import THEMES
    from archcode.draw.web import WEB

    page = name == WEB_DRAWING
    theme = WEB if page else THEMES["dark" if name.startswith("dark/") else "light"]
    if scene is None or not name.endswith(PLACED):
        return _text(picture, name.rpartition("/")[2], theme).encode()
    if name.endswith("pptx"):
        return _deck(picture, scene, theme, chapters)
    icons = _assets.icons(picture)
    if name.endswith("drawio"):
        from archcode.render import drawio

        return drawio.render(scene, icons, theme).encode()
    from archcode.render import svg

    return svg.render(scene, icons, _assets.web_fonts(), theme, named=page).encode()


def _deck(picture: Picture, scene: "Scene", theme: "Theme", chapters: "Sequence[Chapter]") -> bytes:
    from archcode.cli import _assets
    from archcode.render import pptx

    # A slide fills a screen, which shows icons larger than a page does.
    return pptx.render(scene, picture.subtitle, _assets.icons(picture, 4), chapters, theme)
