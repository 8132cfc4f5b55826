"""Decks of the examples, each made once, and what can be read in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from golden.made import priced
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import THEMES
from archcode.draw.slide import Fitted
from archcode.headroom import headroom_of
from archcode.render import picture, pptx, slides
from archcode.render.deck import Page
from archcode.render.pptx._arranged import arranged
from archcode.render.pptx._package import BODY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import Picture
    from archcode.draw.scene import Scene
    from archcode.estimate import Estimate
    from archcode.render.deck import Chapter

ROOT = Path(__file__).parents[2]
SPECS = {path.stem: path for path in sorted((ROOT / "specs").glob("*.yaml"))}


@dataclass(frozen=True)
class Made:
    """A deck with what it was made of."""

    estimate: Estimate
    scene: Scene
    data: bytes

    @cached_property
    def fitted(self) -> Fitted:
        """The drawing in its place on the slide."""
        return arranged(self.scene, BODY).fitted

    @cached_property
    def slides(self):
        """The slides as python-pptx reads them."""
        return list(Presentation(BytesIO(self.data)).slides)


@cache
def made(name: str, theme: str = "light") -> Made:
    """The deck of an example."""
    estimate, drawn, scene, chapters = _content(name)
    icons = _assets.icons(drawn, 4)
    return Made(estimate, scene, pptx.render(scene, drawn.subtitle, icons, chapters, THEMES[theme]))


def together() -> bytes:
    """The decks of all examples in one: every drawing, then every other slide."""
    every = [_content(name) for name in SPECS]
    drawn = [Page(shown.title, shown.subtitle, scene) for _, shown, scene, _ in every]
    icons = {k: v for _, shown, _, _ in every for k, v in _assets.icons(shown, 4).items()}
    chapters = [chapter for *_, found in every for chapter in found]
    return pptx.pages(drawn, icons, chapters, THEMES["light"])


@cache
def _content(name: str) -> tuple[Estimate, Picture, Scene, list[Chapter]]:
    """What an example's decks show, which is the same in the light and in the dark."""
    estimate, findings = priced(SPECS[name])
    drawn = picture.render(estimate)
    chapters = slides.render(estimate, findings, headroom_of(estimate))
    return estimate, drawn, lay_out(drawn), [*chapters]


def everything(shapes) -> Iterator:
    """All shapes, those in groups as well, in the order in which they are read."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from everything(shape.shapes)


def described(shape) -> str:
    """What a screen reader says for a shape."""
    return next(e for e in shape.element.iter() if e.tag.endswith("}cNvPr")).get("descr", "")


def texts(slide) -> list[str]:
    """Every line of text on a slide."""
    return [
        "".join(run.text for run in paragraph.runs)
        for shape in everything(slide.shapes)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]


def tables(slide) -> list[list[list[str]]]:
    """The tables of a slide, row by row."""
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]
