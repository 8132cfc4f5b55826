"""An empty deck in our fonts and colours, and a finished one as bytes, the same every time."""

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from archcode.draw.look import FONT, Theme
from archcode.draw.metrics import clean
from archcode.draw.scene import Rect
from archcode.render.pptx._xml import A, P, emu

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 24.0
TITLE = Rect(MARGIN, 10, WIDTH - 2 * MARGIN, 34)
SUBTITLE = Rect(MARGIN, 43, WIDTH - 2 * MARGIN, 18)
BODY = Rect(MARGIN, 68, WIDTH - 2 * MARGIN, HEIGHT - 68 - 8)
TITLE_SIZE = 24.0
_OLD_WIDTH = 720.0
"""Width of the slides of python-pptx's template, which are as high as ours."""
_LONGEST = 250
"""Characters of a title that the properties of a file hold."""
_OF_PACKAGE = ("/metadata/thumbnail", "/extended-properties")
_OF_DECK = "/printerSettings"
_THEME = "ppt/theme/theme1.xml"
_CORE = "docProps/core.xml"
_UNIX = 3
_DATE = (1980, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")
# Sans serif of variable width: what a program looks for where it lacks our font.
_FACE = {"typeface": FONT, "panose": "020B0503030403020204", "pitchFamily": "34", "charset": "0"}


def empty(title: str, theme: Theme) -> "Deck":
    """A deck of 16:9 without slides."""
    from pptx import Presentation

    deck = Presentation()
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)
    (size,) = deck.element.iter(f"{P}sldSz")
    del size.attrib["type"]
    _drop_unused(deck)
    _widen(deck)
    _style_titles(deck)
    if theme.name == "dark":
        _swap(deck, bg1="dk1", tx1="lt1", bg2="dk2", tx2="lt2")
    about = deck.core_properties
    about.title = clean(title)[:_LONGEST]
    about.author = about.last_modified_by = "archcode"
    about.comments = ""
    return deck


def saved(deck: "Deck", theme: Theme) -> bytes:
    """The file: parts in the order in which they were made, all of one old date."""
    made, settled = BytesIO(), BytesIO()
    deck.save(made)
    with ZipFile(made) as parts, ZipFile(settled, "w") as file:
        for name in parts.namelist():
            part = ZipInfo(name, _DATE)
            part.compress_type = ZIP_DEFLATED
            part.create_system, part.external_attr = _UNIX, 0o644 << 16
            file.writestr(part, _settled(name, parts.read(name), theme))
    return settled.getvalue()


def _drop_unused(deck: "Deck") -> None:
    """Let go of what the template says of another deck and of its printer."""
    package = deck.part.package
    for rel in [*package.iter_rels()]:
        if rel.reltype.endswith(_OF_PACKAGE):
            package.drop_rel(rel.rId)
        if rel.reltype.endswith(_OF_DECK):
            deck.part.rels.pop(rel.rId)


def _widen(deck: "Deck") -> None:
    """Make the master and its layouts, which are of 4:3, as wide as the slides."""
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for place in sheet.element.iter(f"{A}off", f"{A}ext"):
            for name in ("x", "cx"):
                if name in place.attrib:
                    place.set(name, str(round(int(place.get(name)) * WIDTH / _OLD_WIDTH)))


def _style_titles(deck: "Deck") -> None:
    """Titles at the top left, so large that most have one line."""
    title = next(iter(deck.slide_master.placeholders))
    title.left, title.top = emu(TITLE.x), emu(TITLE.y)
    title.width, title.height = emu(TITLE.width), emu(TITLE.height)
    for body in title.element.iter(f"{A}bodyPr"):
        body.attrib.update(dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0"))
    (level,) = deck.slide_master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")
    level.set("algn", "l")
    (font,) = level.iter(f"{A}defRPr")
    font.attrib.update({"sz": f"{TITLE_SIZE * 100:.0f}", "b": "1"})


def _swap(deck: "Deck", **colours: str) -> None:
    """Light text on a dark page."""
    (names,) = deck.slide_master.element.xpath("p:clrMap")
    names.attrib.update(colours)


def _settled(name: str, data: bytes, theme: Theme) -> bytes:
    """A part with nothing in it of the clock, and with our fonts and colours."""
    if name == _CORE:
        return _DATES.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
    return _themed(data, theme) if name == _THEME else data


def _themed(data: bytes, theme: Theme) -> bytes:
    from lxml import etree

    root = etree.fromstring(data)
    for face in root.iter(f"{A}latin"):
        face.attrib.update(_FACE)
    for colour, value in _colours(theme).items():
        (place,) = root.iter(f"{A}{colour}")
        place[:] = [etree.Element(f"{A}srgbClr", val=value.lstrip("#"))]
    # Shapes that are added later look like ours: without the shadows of 2007.
    for defaults in root.iter(f"{A}objectDefaults"):
        defaults.clear()
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _colours(theme: Theme) -> dict[str, str]:
    """What the palette of the deck offers, and text and page where nothing else is said."""
    ink, page = theme.ink, theme.page
    dark, light = (page, ink["title"]) if theme.name == "dark" else (ink["title"], page)
    grey, fill = ink["subtitle"], theme.behind("lane")
    return {
        "dk1": dark,
        "lt1": light,
        "dk2": fill if theme.name == "dark" else grey,
        "lt2": grey if theme.name == "dark" else fill,
        "accent1": theme.arrows["flow"],
        "accent2": theme.arrows["stream"],
        "accent3": theme.arrows["redrive"],
        "accent4": theme.frames["region"].box.colour,
        "accent5": theme.frames["account"].box.colour,
        "accent6": ink["cost"],
    }
