"""Text on a slide: lines that stay lines in whatever font they are shown."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.draw.lettering import Align
from archcode.draw.scene import Rect
from archcode.render.pptx._xml import A, emu

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.shapetree import SlideShapes
    from pptx.slide import Slide
    from pptx.text.text import TextFrame, _Paragraph


class Words(Struct, frozen=True):
    """Some text in one size and colour."""

    text: str
    size: float
    colour: str
    bold: bool = False


class Row(Struct, frozen=True):
    """One line of text and its height in points; without a height the font decides."""

    words: tuple[Words, ...]
    pitch: float = 0


def text_box(
    shapes: "SlideShapes", rect: Rect, rows: Iterable[Row], align: Align = "left"
) -> "Shape":
    """Text in a place that it may be wider than."""
    box = shapes.add_textbox(*map(emu, (rect.x, rect.y, rect.width, rect.height)))
    write(box.text_frame, rows, align)
    return box


def write(frame: "TextFrame", rows: Iterable[Row], align: Align = "left") -> None:
    """Lines of text from the top, without margins, that never break."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    frame.word_wrap, frame.auto_size = False, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = emu(0)
    for number, row in enumerate(rows):
        fill(frame.add_paragraph() if number else frame.paragraphs[0], row, align)


def fill(paragraph: "_Paragraph", row: Row, align: Align = "left") -> None:
    """One line of text."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    sides = {"left": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
    paragraph.alignment = sides[align]
    if row.pitch:
        paragraph.line_spacing = Pt(max(row.pitch, 1))
    for words in row.words:
        run = paragraph.add_run()
        run.text = words.text
        run.font.size, run.font.bold = Pt(max(round(words.size, 1), 1)), words.bold
        run.font.color.rgb = RGBColor.from_string(words.colour.lstrip("#"))


def unchecked(slide: "Slide") -> None:
    """Names are not words: no spelling checker shall underline them."""
    for run in slide.element.iter(f"{A}rPr"):
        run.set("lang", "en-US")
        run.set("noProof", "1")
