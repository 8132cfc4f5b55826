"""Where the text of each arrow goes: above its own line, clear of everything else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from archcode.draw.look import TEXT
from archcode.draw.marks import beside, number, number_width
from archcode.draw.metrics import ellipsis, width, wrap
from archcode.draw.plan import Edge
from archcode.draw.scene import Label, Line, Point, Rect

Segment = tuple[float, float, float, float]
Span = tuple[float, float]
_ABOVE = 3.0
_SIDE = 4.0
_BAND = 60.0
_NARROW = 64.0
"""Width of the rows of a label that does not fit in its usual rows."""
BESIDE = 6.0
"""Distance of a label from the vertical line that it stands beside."""
_LEAST = 20.0
"""Width below which a shortened text says nothing."""


@dataclass(frozen=True, slots=True)
class Run:
    """A horizontal stretch that belongs to arrows of one label only."""

    edge: Edge
    left: float
    right: float
    y: float

    @property
    def spare(self) -> float:
        """How much longer the run is than its text; negative if it is too short."""
        return self.right - self.left - self.edge.text_width

    @property
    def reach(self) -> Span:
        """Where the run begins and ends."""
        return self.left, self.right

    def cut(self, points: Iterable[Point]) -> Iterator[float]:
        """Where corners of arrows lie on the run."""
        return (x for x, y in points if y == self.y and self.left < x < self.right)

    def between(self, start: float, end: float) -> "Run":
        """A part of the run."""
        return replace(self, left=start, right=end)

    def place(self, labels: "Labels") -> Label | None:
        """The label above the run where it fits, shortened if it nowhere does.

        Where there is no room even for that only the number of its step is left, or nothing.
        """
        for soft in (False, True):
            gap = self._gap(labels, cross_borders=soft)
            if gap and gap[1] - gap[0] >= self.edge.text_width:
                return self._written(self.edge.rows, gap)
        return self._shortened(self._gap(labels, cross_borders=True) or (0.0, 0.0))

    def _shortened(self, gap: Span) -> Label | None:
        mark = number_width(self.edge.number)
        room = gap[1] - gap[0] - beside(mark, _LEAST)
        if self.edge.rows and room >= _LEAST:
            size = TEXT["label"].size
            return self._written(tuple(ellipsis(row, size, room) for row in self.edge.rows), gap)
        return self._written((), gap) if mark and gap[1] - gap[0] >= mark else None

    def _gap(self, labels: "Labels", *, cross_borders: bool) -> Span | None:
        """The widest free stretch above the run."""
        high = self.edge.text_height
        band = Rect(self.left, self.y - _ABOVE - high, self.right - self.left, high + 1)
        blocked = labels.near(band, cross_borders=cross_borders)
        free = _free(self.left, self.right, ((rect.x, rect.right) for rect in blocked))
        return max(free, key=lambda gap: gap[1] - gap[0], default=None)

    def _written(self, rows: tuple[str, ...], gap: Span) -> Label:
        top = self.y - _ABOVE - label_height(rows)
        return written(self.edge, rows, (gap[0] + gap[1]) / 2, top)


@dataclass(frozen=True, slots=True)
class Fall:
    """A vertical stretch that belongs to arrows of one label only."""

    edge: Edge
    top: float
    bottom: float
    x: float

    @property
    def spare(self) -> float:
        """How much longer the stretch is than its text is high; negative if it is too short."""
        return self.bottom - self.top - self.edge.text_height

    @property
    def reach(self) -> Span:
        """Where the stretch begins and ends."""
        return self.top, self.bottom

    def cut(self, points: Iterable[Point]) -> Iterator[float]:
        """Where corners of arrows lie on the stretch."""
        return (y for x, y in points if x == self.x and self.top < y < self.bottom)

    def between(self, start: float, end: float) -> "Fall":
        """A part of the stretch."""
        return replace(self, top=start, bottom=end)

    def place(self, labels: "Labels") -> Label | None:
        """The label beside the stretch, on its right if it fits there, else in narrow rows.

        Where there is no room even for that only the number of its step is left, or nothing.
        """
        narrow = wrap(" ".join(self.edge.rows), TEXT["label"].size, _NARROW, rows=3)
        for soft, rows, right in product((False, True), (self.edge.rows, narrow), (True, False)):
            label = self._beside(labels, rows, right=right, cross_borders=soft)
            if label:
                return label
        return self._beside(labels, (), right=True, cross_borders=True) if self.edge.steps else None

    def _beside(
        self, labels: "Labels", rows: tuple[str, ...], *, right: bool, cross_borders: bool
    ) -> Label | None:
        wide, high = label_width(self.edge, rows), label_height(rows)
        left = self.x + BESIDE if right else self.x - BESIDE - wide
        band = Rect(left, self.top, wide, self.bottom - self.top)
        blocked = labels.near(band, cross_borders=cross_borders)
        free = _free(self.top, self.bottom, ((rect.y, rect.bottom) for rect in blocked))
        gap = max(free, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
        if gap[1] - gap[0] < high:
            return None
        return written(self.edge, rows, left + wide / 2, (gap[0] + gap[1] - high) / 2)


@dataclass
class Labels:
    """Places labels one after the other; each knows what stands already."""

    walls: Iterable[Rect]
    lines: Iterable[Segment]
    borders: Iterable[Segment]
    placed: list[Label] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._solid = _Bands([*self.walls, *map(_thin, self.lines)])
        self._borders = _Bands(list(map(_thin, self.borders)))

    def place(self, run: Run | Fall) -> None:
        """Put the label of a run where it fits, if it fits anywhere."""
        label = run.place(self)
        if label:
            self.add(label)

    def near(self, band: Rect, *, cross_borders: bool) -> list[Rect]:
        """What stands in a band already; borders only if a label may not cross them."""
        blocked = list(self._solid.near(band))
        return blocked if cross_borders else [*blocked, *self._borders.near(band)]

    def add(self, label: Label) -> None:
        """Keep a label that stands where it must."""
        self.placed.append(label)
        self._solid.add(label.rect)


@dataclass
class _Bands:
    """Rectangles by height, so that a search looks at its neighbourhood only."""

    rects: Iterable[Rect]
    bands: dict[int, list[Rect]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for rect in self.rects:
            self.add(rect)

    def add(self, rect: Rect) -> None:
        for band in range(int(rect.y // _BAND), int(rect.bottom // _BAND) + 1):
            self.bands[band].append(rect)

    def near(self, rect: Rect) -> Iterator[Rect]:
        for band in range(int(rect.y // _BAND), int(rect.bottom // _BAND) + 1):
            yield from (other for other in self.bands.get(band, ()) if other.overlaps(rect, 1))


def label_width(edge: Edge, rows: tuple[str, ...]) -> float:
    """Width of these rows with the number at their left."""
    text = max((width(row, TEXT["label"].size) for row in rows), default=0)
    return beside(number_width(edge.number), text) + text


def label_height(rows: tuple[str, ...]) -> float:
    """Height of a label of these rows; a number alone is as high as one row."""
    return TEXT["label"].leading * max(len(rows), 1)


def written(edge: Edge, rows: tuple[str, ...], middle: float, top: float) -> Label:
    """The rows of a label, centred, from their upper edge down; a number stands at their left."""
    look = TEXT["label"]
    wide, high = label_width(edge, rows), label_height(rows)
    rect = Rect(middle - wide / 2, top, wide, high)
    text = max((width(row, look.size) for row in rows), default=0)
    lines = tuple(
        Line(row, rect.right - text / 2, top + look.leading * (place + 1) - 3, "label")
        for place, row in enumerate(rows)
    )
    mark = number(edge.number, rect.x, top + high / 2) if edge.steps else None
    return Label(rect, lines, edge.kind, mark)


def _thin(line: Segment) -> Rect:
    x1, y1, x2, y2 = line
    return Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def _free(start: float, end: float, blocked: Iterable[Span]) -> Iterator[Span]:
    for low, high in sorted(blocked):
        if low - _SIDE > start:
            yield start, min(low - _SIDE, end)
        start = max(start, high + _SIDE)
    if start < end:
        yield start, end
