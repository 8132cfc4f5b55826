"""A scene as slides for PowerPoint: the drawing in native shapes, then tables."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archcode.draw.look import LIGHT, Theme
from archcode.draw.scene import Scene
from archcode.render.deck import Chapter, Section, Table
from archcode.render.pptx._arranged import arranged, told
from archcode.render.pptx._drawing import Drawing
from archcode.render.pptx._legend import grouped, legend, legend_width, write_entries
from archcode.render.pptx._marks import words
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
    """A drawing with the description for the speaker, and its steps where it has no room."""
    slide, place = titled(deck, scene.title), arranged(scene, BODY)
    under_title(slide, subtitle, theme, SUBTITLE.right - legend_width(scene.legend))
    legend(slide.shapes, scene.legend, SUBTITLE, theme)
    made = write_entries(slide.shapes, place.colours, theme, "Legend")
    made += write_entries(slide.shapes, place.steps, theme, "Step")
    drawing = Drawing(slide.shapes, place.fitted, icons, theme, words(scene.scale))
    grouped(drawing.draw(), made)
    unchecked(slide)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join(_notes(scene))
    if scene.steps and not place.steps:
        draw(deck, _steps(scene), theme)


def _notes(scene: Scene) -> list[str]:
    """What the speaker can say of a drawing."""
    heats = [*words(scene.scale).values()]
    return [
        scene.title,
        scene.description,
        *heats,
        *(f"{number}. {text}" for number, text in told(scene.steps)),
    ]


def _steps(scene: Scene) -> Chapter:
    """The numbered steps as a table."""
    table = Table(("Step", "What happens"), tuple(told(scene.steps)), right=(0,))
    return Chapter(f"{scene.title}: steps", (Section(table=table),))
