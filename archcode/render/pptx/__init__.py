"""A scene as slides for PowerPoint: the drawing in native shapes, then tables."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archcode.draw.look import LIGHT, Theme
from archcode.draw.scene import Scene
from archcode.draw.slide import fitted
from archcode.render.deck import Chapter
from archcode.render.pptx._drawing import Drawing, legend, legend_width
from archcode.render.pptx._package import BODY, SUBTITLE, empty, saved
from archcode.render.pptx._slide import titled, under_title
from archcode.render.pptx._tables import draw
from archcode.render.pptx._text import unchecked

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck


def render(
    scene: Scene,
    subtitle: str,
    icons: Mapping[str, bytes],
    chapters: Sequence[Chapter] = (),
    theme: Theme = LIGHT,
) -> bytes:
    """The file; icons are PNGs by path, chapters are the slides after the drawing."""
    deck = empty(scene.title, theme)
    _draw(deck, scene, subtitle, icons, theme)
    for chapter in chapters:
        draw(deck, chapter, theme)
    return saved(deck, theme)


def _draw(
    deck: "Deck", scene: Scene, subtitle: str, icons: Mapping[str, bytes], theme: Theme
) -> None:
    """The first slide, with the description for the speaker."""
    slide = titled(deck, scene.title)
    under_title(slide, subtitle, theme, SUBTITLE.right - legend_width(scene.legend))
    legend(slide.shapes, scene.legend, SUBTITLE, theme)
    Drawing(slide.shapes, fitted(scene, BODY), icons, theme).draw()
    unchecked(slide)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = f"{scene.title}\n{scene.description}"
