"""Slides of headings, sentences and native tables."""

from typing import TYPE_CHECKING

from archcode.draw.enlarge import SLACK
from archcode.draw.lettering import Align
from archcode.draw.look import Theme
from archcode.draw.metrics import ellipsis
from archcode.draw.scene import Rect
from archcode.render.deck import Chapter
from archcode.render.pptx._grid import HEADING, PAD_X, PAD_Y, SENTENCE, Block, Grid, pages
from archcode.render.pptx._package import HEIGHT, MARGIN, WIDTH
from archcode.render.pptx._shapes import Pen, describe
from archcode.render.pptx._slide import titled
from archcode.render.pptx._text import Row, Words, fill, text_box, unchecked
from archcode.render.pptx._xml import A, element, emu

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide
    from pptx.table import _Cell

_ROOM = Rect(MARGIN, 56, WIDTH - 2 * MARGIN, HEIGHT - 56 - MARGIN)
_HEADING_SIZE, _SENTENCE_SIZE = 14.0, 12.0
_RULE, _HAIR = 1.0, 0.5
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The built-in table style without fills and lines."""


def draw(deck: "Deck", chapter: Chapter, theme: Theme) -> None:
    """A chapter, on several numbered slides where it does not fit on one."""
    found = pages(chapter.sections, _ROOM) or [[]]
    for number, page in enumerate(found, 1):
        more = f" ({number} of {len(found)})" if len(found) > 1 else ""
        slide = titled(deck, chapter.title + more)
        for block in page:
            if block.grid:
                _table(slide, block.grid, block.top, chapter.title, theme)
            else:
                _words(slide, block, theme)
        unchecked(slide)


def _words(slide: "Slide", block: Block, theme: Theme) -> None:
    """A heading or a sentence."""
    if block.heading:
        words = Words(block.heading, _HEADING_SIZE, theme.ink["title"], bold=True)
    else:
        text = ellipsis(block.sentence, _SENTENCE_SIZE, _ROOM.width / SLACK)
        words = Words(text, _SENTENCE_SIZE, theme.ink["subtitle"])
    high = HEADING if block.heading else SENTENCE
    shape = text_box(slide.shapes, Rect(_ROOM.x, block.top, _ROOM.width, high), [Row((words,))])
    describe(shape, words.text)


def _table(slide: "Slide", grid: Grid, top: float, title: str, theme: Theme) -> None:
    """A table with a rule under its head and one over its total."""
    texts = (grid.table.head, *grid.table.rows)
    place = map(emu, (_ROOM.x, top, sum(grid.widths), grid.height))
    frame = slide.shapes.add_table(len(texts), len(grid.widths), *place)
    describe(frame, title, f"{title}: {len(texts) - 1} rows of {', '.join(grid.table.head)}")
    for style in frame.element.iter(f"{A}tableStyleId"):
        style.text = _NO_STYLE
    table = frame.table
    table.horz_banding, table.last_row = False, grid.table.total
    for number, wide in enumerate(grid.widths):
        table.columns[number].width = emu(wide)
    for number, row in enumerate(table.rows):
        row.height = emu(grid.heights[number])
        head, total = number == 0, grid.table.total and number == len(texts) - 1
        for column, cell in enumerate(row.cells):
            colour = theme.ink["subtitle" if head else "title"]
            words = Words(texts[number][column], grid.size, colour, bold=head or total)
            _fill(cell, words, "right" if column in grid.table.right else "left")
    _rule(frame, total=grid.table.total, colour=theme.frames["lane"].box.colour)


def _fill(cell: "_Cell", words: Words, align: Align) -> None:
    cell.margin_left = cell.margin_right = emu(PAD_X)
    cell.margin_top = cell.margin_bottom = emu(PAD_Y)
    fill(cell.text_frame.paragraphs[0], Row((words,)), align)


def _rule(frame: "GraphicFrame", *, total: bool, colour: str) -> None:
    """Lines under the rows, stronger under the head and over the total, none under that."""
    rows = list(frame.element.iter(f"{A}tr"))
    for number, row in enumerate(rows):
        strong = number == 0 or (total and number == len(rows) - 2)
        last = total and number == len(rows) - 1
        for place in row.iter(f"{A}tcPr"):
            if not last:
                pen = Pen(colour, _RULE if strong else _HAIR)
                place.append(pen.element("lnB"))
            place.append(element("noFill"))
