"""Where everything goes: absolute coordinates in points, y down, read by every renderer."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from archcode.draw.look import MarkRole, TextRole
from archcode.draw.picture import ArrowKind, FrameKind

Point = tuple[float, float]


class Rect(Struct, frozen=True):
    """An upright rectangle, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    def overlaps(self, other: "Rect", margin: float = 0) -> bool:
        """Whether the two come closer than the margin."""
        return (
            self.x < other.right + margin
            and other.x < self.right + margin
            and self.y < other.bottom + margin
            and other.y < self.bottom + margin
        )

    def encloses(self, other: "Rect") -> bool:
        """Whether the other lies inside, borders included."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class Line(Struct, frozen=True):
    """One line of text on its baseline."""

    text: str
    x: float
    y: float
    role: TextRole
    anchor: Literal["start", "middle"] = "middle"


class Mark(Struct, frozen=True):
    """A small filled shape: the number of a step, a badge, or a plate of heat.

    A mark of role `encrypted` has no text: renderers draw the lock of `archcode.draw.glyphs`.
    """

    rect: Rect
    role: MarkRole
    lines: tuple[Line, ...] = ()


class Cell(Struct, frozen=True):
    """A box in its place."""

    name: str
    icon: str
    picture: Rect
    """Where the icon goes."""
    caption: Rect
    lines: tuple[Line, ...]
    tooltip: str
    margin: float = 0.0
    """Points of the icon that are empty on its left, and as many on its right."""
    badges: tuple[Mark, ...] = ()
    """Drawn over the icon."""
    heat: Mark | None = None
    """Drawn under the icon and under all arrows."""
    link: str = ""
    """An https address, or nothing."""

    @property
    def left(self) -> float:
        """The x where what the icon shows begins, and an arrow ends."""
        return self.picture.x + self.margin

    @property
    def right(self) -> float:
        """The x where what the icon shows ends, and an arrow begins."""
        return self.picture.right - self.margin

    @property
    def shown(self) -> Rect:
        """What the icon shows, without what is empty on its sides."""
        at = self.picture
        return Rect(self.left, at.y, self.right - self.left, at.height)

    @property
    def solid(self) -> tuple[Rect, ...]:
        """Where nothing else may stand."""
        heat = (self.heat.rect,) if self.heat else ()
        return (self.picture, self.caption, *(badge.rect for badge in self.badges), *heat)


class Border(Struct, frozen=True):
    """A frame in its place."""

    name: str
    kind: FrameKind
    rect: Rect
    plate: Rect
    """The room of the title, which no arrow may strike through."""
    lines: tuple[Line, ...]
    tooltip: str


class Route(Struct, frozen=True):
    """The corners of an arrow, from the edge of one icon to the edge of another."""

    source: str
    target: str
    kind: ArrowKind
    points: tuple[Point, ...]
    tooltip: str


class Label(Struct, frozen=True):
    """The text of an arrow, above its line; its rectangle holds the mark of its step as well."""

    rect: Rect
    lines: tuple[Line, ...]
    kind: ArrowKind
    step: Mark | None = None


class Key(Struct, frozen=True):
    """One stroke of the legend with its words."""

    kind: ArrowKind
    points: tuple[Point, ...]
    line: Line


class Note(Struct, frozen=True):
    """An entry of the legend: the number of a step or a colour of heat, with its words."""

    mark: Mark
    lines: tuple[Line, ...]


class Scene(Struct, frozen=True):
    """A drawing, ready for any renderer."""

    width: float
    height: float
    title: str
    description: str
    heading: tuple[Line, ...]
    frames: tuple[Border, ...]
    cells: tuple[Cell, ...]
    routes: tuple[Route, ...]
    labels: tuple[Label, ...]
    legend: tuple[Key, ...]
    signs: tuple[Note, ...] = ()
    """What the badges on the icons mean."""
    scale: tuple[Note, ...] = ()
    """The colours of heat; the first entry's lines begin with the heading."""
    steps: tuple[Note, ...] = ()
    """The numbered legend."""

    @property
    def lines(self) -> Iterator[Line]:
        """Every line of text."""
        yield from self.heading
        for lines in (*(f.lines for f in self.frames), *(c.lines for c in self.cells)):
            yield from lines
        for label in self.labels:
            yield from label.lines
        yield from (key.line for key in self.legend)
        for note in (*self.signs, *self.scale, *self.steps):
            yield from note.lines
        for mark in self.marks:
            yield from mark.lines

    @property
    def marks(self) -> Iterator[Mark]:
        """Every mark, those of the legend included."""
        for cell in self.cells:
            yield from cell.badges
            if cell.heat:
                yield cell.heat
        yield from (label.step for label in self.labels if label.step)
        yield from (note.mark for note in (*self.signs, *self.scale, *self.steps))
