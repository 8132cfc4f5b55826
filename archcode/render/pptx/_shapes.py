"""Shapes on a slide: boxes, icons, connectors, and the words that stand for them."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from archcode.draw.look import BoxLook
from archcode.draw.metrics import clean
from archcode.draw.pen import Step
from archcode.draw.scene import Point, Rect
from archcode.render._link import https
from archcode.render.pptx._connector import Connector, connector
from archcode.render.pptx._xml import A, P, R, element, emu, solid

if TYPE_CHECKING:
    from pptx.oxml.shapes.groupshape import CT_GroupShape
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.base import BaseShape
    from pptx.shapes.picture import Picture
    from pptx.shapes.shapetree import SlideShapes

_QUARTER = 5_400_000
_MOVES = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
_SHORT = 2.0
"""Dashes shorter than so many widths of the line are dots."""


class Pen(Struct, frozen=True):
    """How a line looks; `head` says which of its ends has an arrowhead."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    head: Literal["", "start", "end"] = ""

    def element(self, tag: str = "ln") -> "BaseOxmlElement":
        """The line as XML; no line without a colour."""
        parts = [solid(self.colour)]
        if self.dash:
            dots = self.dash[0] < _SHORT * self.width
            parts.append(element("prstDash", val="dot" if dots else "dash"))
        parts.append(element("round"))
        if self.head:
            # What DrawingML calls the head is where a line begins.
            end = "tailEnd" if self.head == "end" else "headEnd"
            parts.append(element(end, type="triangle", w="med", len="med"))
        return element(tag, *parts, w=emu(self.width))


class Site(Struct, frozen=True):
    """Where a connector is glued: at the top 0, left 1, bottom 2 or right 3 of a shape."""

    shape: int
    side: int


def box(shapes: "SlideShapes", rect: Rect, look: BoxLook, scale: float = 1) -> "Shape":
    """A rectangle, rounded where its look is."""
    from pptx.enum.shapes import MSO_SHAPE

    radius = look.radius * scale
    kind = MSO_SHAPE.ROUNDED_RECTANGLE if radius else MSO_SHAPE.RECTANGLE
    shape = shapes.add_shape(kind, *map(emu, (rect.x, rect.y, rect.width, rect.height)))
    if radius:
        shape.adjustments[0] = radius / max(min(rect.width, rect.height), 1)
    _finish(shape, Pen(look.colour, look.stroke, look.dash), look.fill)
    return shape


def icon(shapes: "SlideShapes", rect: Rect, data: bytes, margin: float) -> "Picture":
    """A picture without so much of each of its sides."""
    wide = rect.width - 2 * margin
    place = map(emu, (rect.x + margin, rect.y, wide, rect.height))
    picture = shapes.add_picture(BytesIO(data), *place)
    picture.crop_left = picture.crop_right = margin / rect.width
    return picture


def line(
    shapes: "SlideShapes",
    points: Sequence[Point],
    pen: Pen,
    ends: tuple[Site, Site] | None = None,
) -> "BaseShape":
    """A connector through these corners, or a freeform where no connector has as many."""
    from pptx.enum.shapes import MSO_CONNECTOR

    found = connector(points)
    if found is None:
        return _freeform(shapes, points, pen)
    start = emu(found.rect.x), emu(found.rect.y)
    end = emu(found.rect.right), emu(found.rect.bottom)
    shape = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *start, *end)
    _bend(shape, found)
    _finish(shape, pen)
    (glue,) = shape.element.iter(f"{P}cNvCxnSpPr")
    for name, site in zip(("stCxn", "endCxn"), ends or (), strict=False):
        glue.append(element(name, id=site.shape, idx=site.side))
    return shape


class Stroke(Struct, frozen=True):
    """A path of an outline: a line, or filled without a line."""

    steps: tuple[Step, ...]
    filled: bool = False


def outline(
    shapes: "SlideShapes", rect: Rect, strokes: Sequence[Stroke], pen: Pen, fill: str
) -> "Shape":
    """A freeform in a rectangle whose coordinates are those of the slide."""
    from pptx.enum.shapes import MSO_SHAPE

    place = map(emu, (rect.x, rect.y, rect.width, rect.height))
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
    (preset,) = shape.element.iter(f"{A}prstGeom")
    paths = [_path(stroke, rect) for stroke in strokes]
    around = element("rect", l="0", t="0", r="r", b="b")
    lists = [element(name) for name in ("avLst", "gdLst", "ahLst", "cxnLst")]
    custom = element("custGeom", *lists, around, element("pathLst", *paths))
    preset.getparent().replace(preset, custom)
    _finish(shape, pen, fill)
    return shape


def _path(stroke: Stroke, rect: Rect) -> "BaseOxmlElement":
    parts = [
        element(_MOVES[letter], *(_point(point, rect) for point in points))
        for letter, points in stroke.steps
    ]
    size = {"w": emu(rect.width), "h": emu(rect.height)}
    if stroke.filled:
        return element("path", *parts, element("close"), **size, stroke="0")
    return element("path", *parts, **size, fill="none")


def _point(point: Point, rect: Rect) -> "BaseOxmlElement":
    return element("pt", x=int(emu(point[0] - rect.x)), y=int(emu(point[1] - rect.y)))


def linked(shape: "BaseShape", link: str, tooltip: str) -> None:
    """Open an address by a click on a shape."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    address = https(link)
    if address:
        about = next(shape.element.iter(f"{P}cNvPr"))
        number = shape.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        click = element("hlinkClick", tooltip=clean(tooltip))
        click.set(f"{R}id", number)
        about.append(click)


def _bend(shape: "BaseShape", found: Connector) -> None:
    """Turn and bend a straight connector."""
    (place,) = shape.element.iter(f"{A}xfrm")
    turns = {"rot": _QUARTER * found.turned, "flipH": found.flip_x, "flipV": found.flip_y}
    for name, turn in turns.items():
        if turn:
            place.set(name, str(int(turn)))
    (preset,) = shape.element.iter(f"{A}prstGeom")
    preset.set("prst", found.preset)
    for number, share in enumerate(found.adjustments, 1):
        preset[0].append(element("gd", name=f"adj{number}", fmla=f"val {share}"))


def _freeform(shapes: "SlideShapes", points: Sequence[Point], pen: Pen) -> "Shape":
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    around = Rect(left, top, right - left, bottom - top)
    steps: list[Step] = [("M", (points[0],)), *(("L", (point,)) for point in points[1:])]
    return outline(shapes, around, (Stroke(tuple(steps)),), pen, "none")


def _finish(shape: "BaseShape", pen: Pen, fill: str = "") -> None:
    """Stroke and fill of its own, in place of the shadows of a style."""
    for style in shape.element.findall(f"{P}style"):
        shape.element.remove(style)
    (properties,) = shape.element.findall(f"{P}spPr")
    if fill:
        properties.append(solid(fill))
    properties.append(pen.element())


def describe(shape: "BaseShape", name: str, words: str = "") -> None:
    """The name of a shape in lists, and the words that a screen reader says for it."""
    _say(shape.element, name, words)


def _say(shape: "BaseOxmlElement", name: str, words: str) -> None:
    about = next(shape.iter(f"{P}cNvPr"))
    about.set("name", clean(name))
    about.set("descr", clean(words))


class Groups:
    """Makes groups of finished shapes; no shape may be added after them."""

    def __init__(self, shapes: "SlideShapes") -> None:
        self._last = max(shape.shape_id for shape in shapes)

    def add(self, parts: "Sequence[BaseShape]", name: str, words: str) -> "CT_GroupShape":
        """Some shapes as one, in the place of the first of them."""
        from pptx.oxml.shapes.groupshape import CT_GroupShape

        self._last += 1
        # The name goes in later, since the library would take it for XML.
        group = CT_GroupShape.new_grpSp(self._last, "")
        _say(group, name, words)
        parts[0].element.addprevious(group)
        group.extend(part.element for part in parts)
        group.recalculate_extents()
        return group
