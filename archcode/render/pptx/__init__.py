"""Scenes as slides for PowerPoint: the drawings in native shapes, then tables."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archcode.draw.look import LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.scene import Scene
from archcode.render.deck import Chapter, Page, Section, Table
from archcode.render.pptx._arranged import arranged, told
from archcode.render.pptx._drawing import Drawing
from archcode.render.pptx._legend import grouped, legend, legend_width, write_entries
from archcode.render.pptx._marks import joined, words
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
    return pages([Page(scene.title, subtitle, scene)], icons, chapters, theme)


def pages(
    drawn: Sequence[Page],
    icons: Mapping[str, bytes],
    chapters: Sequence[Chapter] = (),
    theme: Theme = LIGHT,
) -> bytes:
    """A file of several drawings, one on each slide, before the chapters."""
    deck = empty(drawn[0].title if drawn else "", theme)
    for page in drawn:
        _draw(deck, page, icons, theme)
    for chapter in chapters:
        draw(deck, chapter, theme)
    return saved(deck, theme)


def _draw(deck: "Deck", page: Page, icons: Mapping[str, bytes], theme: Theme) -> None:
    """A drawing with the description for the speaker, and its steps where it has no room."""
    scene = page.scene
    slide, place = titled(deck, page.title), arranged(scene, BODY)
    under_title(slide, page.subtitle, theme, SUBTITLE.right - legend_width(scene.legend))
    legend(slide.shapes, scene.legend, SUBTITLE, theme)
    made = write_entries(slide.shapes, place.signs, theme, "Legend")
    made += write_entries(slide.shapes, place.steps, theme, "Step")
    drawing = Drawing(slide.shapes, place.fitted, icons, theme, words(scene.scale))
    grouped(drawing.draw(), made)
    unchecked(slide)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join(_notes(page))
    if scene.steps and not place.steps:
        draw(deck, _steps(page), theme)


def _notes(page: Page) -> list[str]:
    """What the speaker can say of a drawing."""
    scene = page.scene
    signs = [joined(note.lines) for note in scene.signs]
    heats = words(scene.scale).values()
    return [
        clean(page.title),
        scene.description,
        *signs,
        *heats,
        *(f"{number}. {text}" for number, text in told(scene.steps)),
    ]


def _steps(page: Page) -> Chapter:
    """The numbered steps as a table."""
    table = Table(("Step", "What happens"), tuple(told(page.scene.steps)), right=(0,))
    return Chapter(f"{page.title}: steps", (Section(table=table),))
