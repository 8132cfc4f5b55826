"""A slide with its title and the line under it."""

from typing import TYPE_CHECKING

from archcode.draw.enlarge import SLACK
from archcode.draw.look import TEXT, Theme
from archcode.draw.metrics import clean, ellipsis, width
from archcode.draw.scene import Rect
from archcode.render.pptx._package import SUBTITLE, TITLE, TITLE_SIZE
from archcode.render.pptx._shapes import describe
from archcode.render.pptx._text import Row, Words, text_box

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

_SMALLEST_TITLE = 14.0
_LAYOUT = "Title Only"
_UNTITLED = "Untitled"


def titled(deck: "Deck", title: str) -> "Slide":
    """One more slide; a long title is smaller, one that has no room even then is cut."""
    from pptx.util import Pt

    layout = next(one for one in deck.slide_layouts if one.name == _LAYOUT)
    slide: Slide = deck.slides.add_slide(layout)
    text, room = clean(title) or _UNTITLED, TITLE.width / SLACK
    size = min(TITLE_SIZE, TITLE_SIZE * room / max(width(text, TITLE_SIZE, bold=True), 1))
    size = max(round(size, 1), _SMALLEST_TITLE)
    place = slide.shapes.title
    if place is not None:
        place.text_frame.text = ellipsis(text, size, room, bold=True)
        if size < TITLE_SIZE:
            place.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return slide


def under_title(slide: "Slide", text: str, theme: Theme, right: float = SUBTITLE.right) -> None:
    """The line under the title, cut where it would reach what stands at its right."""
    look, row = TEXT["subtitle"], SUBTITLE
    shown = ellipsis(clean(text), look.size, (right - row.x) / SLACK)
    if shown:
        place = Rect(row.x, row.y, right - row.x, row.height)
        words = Row((Words(shown, look.size, theme.ink["subtitle"]),), look.leading)
        describe(text_box(slide.shapes, place, [words]), "Subtitle")
