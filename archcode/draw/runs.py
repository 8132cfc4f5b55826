"""Stretches of arrows, and where the text of an arrow goes along its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.labels import Labels
from archcode.draw.look import TEXT
from archcode.draw.marks import HEIGHT, beside, number_width
from archcode.draw.metrics import ellipsis, wrap
from archcode.draw.metrics import width as measure
from archcode.draw.plan import Edge
from archcode.draw.scene import Label, Point, Rect
from archcode.draw.written import height, width, written

Span = tuple[float, float]
_ABOVE = 3.0
_SIDE = 4.0
_LEAST = 20.0
"""Width below which a shortened text says nothing."""
_NARROW = 64.0
"""Width of the rows of a label that does not fit in its usual rows."""
BESIDE = 6.0
"""Distance of a label from the vertical line that it stands beside."""


class Corners:
    """Corners of arrows, by their heights and by their x."""

    def __init__(self, points: Iterable[Point]) -> None:
        self.level: dict[float, list[float]] = defaultdict(list)
        self.upright: dict[float, list[float]] = defaultdict(list)
        for x, y in points:
            self.level[y].append(x)
            self.upright[x].append(y)


class Run(Struct, frozen=True):
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

    def cut(self, corners: Corners) -> list[float]:
        """Where corners of arrows lie on the run."""
        return [x for x in corners.level.get(self.y, ()) if self.left < x < self.right]

    def between(self, start: float, end: float) -> "Run":
        """A part of the run."""
        return replace(self, left=start, right=end)

    def place(self, labels: Labels) -> Label | None:
        """The label above the run where it fits, shortened if it nowhere does.

        Where there is no room even for that only the number of its step is left, or nothing.
        """
        for soft in (False, True):
            gap = _gap(self, labels, self.edge.text_height, cross_borders=soft)
            if gap and gap[1] - gap[0] >= self.edge.text_width:
                return _above(self, self.edge.rows, gap)
        return self._shortened(labels) or self._number(labels)

    def _shortened(self, labels: Labels) -> Label | None:
        gap = _gap(self, labels, self.edge.text_height, cross_borders=True)
        room = gap[1] - gap[0] - beside(number_width(self.edge.number), _LEAST) if gap else 0
        if not gap or not self.edge.rows or room < _LEAST:
            return None
        size = TEXT["label"].size
        return _above(self, tuple(ellipsis(row, size, room) for row in self.edge.rows), gap)

    def _number(self, labels: Labels) -> Label | None:
        """The number of a step alone above its line, or else under it."""
        mark = number_width(self.edge.number)
        for y in (self.y, self.y + HEIGHT + 2 * _ABOVE) if mark else ():
            level = replace(self, y=y)
            gap = _gap(level, labels, HEIGHT, cross_borders=True)
            if gap and gap[1] - gap[0] >= mark:
                return _above(level, (), gap)
        return None


class Fall(Struct, frozen=True):
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

    def cut(self, corners: Corners) -> list[float]:
        """Where corners of arrows lie on the stretch."""
        return [y for y in corners.upright.get(self.x, ()) if self.top < y < self.bottom]

    def between(self, start: float, end: float) -> "Fall":
        """A part of the stretch."""
        return replace(self, top=start, bottom=end)

    def place(self, labels: Labels) -> Label | None:
        """The label beside the stretch, on its right if it fits there, else in narrow rows.

        Where there is no room even for that only the number of its step is left, or nothing.
        """
        shapes = (self.edge.rows, *_narrow(self.edge.rows))
        for soft, rows, right in product((False, True), shapes, (True, False)):
            label = _beside(self, labels, rows, right=right, cross_borders=soft)
            if label:
                return label
        return (
            _beside(self, labels, (), right=True, cross_borders=True) if self.edge.steps else None
        )


def _narrow(rows: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """More and shorter rows, if no word has to be broken for them."""
    text, size = " ".join(rows), TEXT["label"].size
    if all(measure(word, size) <= _NARROW for word in text.split()):
        yield wrap(text, size, _NARROW, rows=3)


def _gap(run: Run, labels: Labels, high: float, *, cross_borders: bool) -> Span | None:
    """The widest free stretch above a run, for a label of that height."""
    band = Rect(run.left, run.y - _ABOVE - high, run.right - run.left, high + 1)
    blocked = labels.near(band, cross_borders=cross_borders)
    free = _free(run.left, run.right, ((rect.x, rect.right) for rect in blocked))
    return max(free, key=lambda gap: gap[1] - gap[0], default=None)


def _above(run: Run, rows: tuple[str, ...], gap: Span) -> Label:
    return written(run.edge, rows, (gap[0] + gap[1]) / 2, run.y - _ABOVE - height(rows))


def _beside(
    fall: Fall, labels: Labels, rows: tuple[str, ...], *, right: bool, cross_borders: bool
) -> Label | None:
    """The label beside a stretch, if it fits on that side of it."""
    wide, high = width(fall.edge, rows), height(rows)
    left = fall.x + BESIDE if right else fall.x - BESIDE - wide
    band = Rect(left, fall.top, wide, fall.bottom - fall.top)
    blocked = labels.near(band, cross_borders=cross_borders)
    free = _free(fall.top, fall.bottom, ((rect.y, rect.bottom) for rect in blocked))
    gap = max(free, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
    if gap[1] - gap[0] < high:
        return None
    return written(fall.edge, rows, left + wide / 2, (gap[0] + gap[1] - high) / 2)


def _free(start: float, end: float, blocked: Iterable[Span]) -> Iterator[Span]:
    for low, high in sorted(blocked):
        if low - _SIDE > start:
            yield start, min(low - _SIDE, end)
        start = max(start, high + _SIDE)
    if start < end:
        yield start, end
