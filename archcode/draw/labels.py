"""Where the text of each arrow goes: above its own line, clear of everything else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archcode.draw.look import TEXT
from archcode.draw.marks import HEIGHT, beside, number, number_width
from archcode.draw.metrics import ellipsis, width
from archcode.draw.plan import Edge
from archcode.draw.scene import Label, Line, Rect

Segment = tuple[float, float, float, float]
_ABOVE = 3.0
_SIDE = 4.0
_BAND = 60.0
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

    def place(self, run: Run) -> None:
        """Put the label of a run where it fits, shortened if it nowhere does.

        Where there is no room even for that only the number of its step is left, or nothing.
        """
        for soft in (False, True):
            gap = self._gap(run, run.edge.text_height, cross_borders=soft)
            if gap and gap[1] - gap[0] >= run.edge.text_width:
                self._add(run, run.edge.rows, gap)
                return
        mark = number_width(run.edge.number)
        gap = self._gap(run, run.edge.text_height, cross_borders=True)
        room = gap[1] - gap[0] - beside(mark, _LEAST) if gap else 0
        if gap and run.edge.rows and room >= _LEAST:
            size = TEXT["label"].size
            self._add(run, tuple(ellipsis(row, size, room) for row in run.edge.rows), gap)
            return
        if mark:
            self._number(run, mark)

    def _number(self, run: Run, mark: float) -> None:
        """Put the number of a step alone above its line, or else under it."""
        for level in (run, replace(run, y=run.y + HEIGHT + 2 * _ABOVE)):
            gap = self._gap(level, HEIGHT, cross_borders=True)
            if gap and gap[1] - gap[0] >= mark:
                self._add(level, (), gap)
                return

    def _gap(self, run: Run, high: float, *, cross_borders: bool) -> tuple[float, float] | None:
        """The widest free stretch above a run, for a label of that height."""
        band = Rect(run.left, run.y - _ABOVE - high, run.right - run.left, high + 1)
        blocked = list(self._solid.near(band))
        if not cross_borders:
            blocked += self._borders.near(band)
        free = list(_free(run.left, run.right, blocked))
        return max(free, key=lambda gap: gap[1] - gap[0], default=None)

    def _add(self, run: Run, rows: tuple[str, ...], gap: tuple[float, float]) -> None:
        top = run.y - _ABOVE - TEXT["label"].leading * max(len(rows), 1)
        self.add(written(run.edge, rows, (gap[0] + gap[1]) / 2, top))

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


def written(edge: Edge, rows: tuple[str, ...], middle: float, top: float) -> Label:
    """The rows of a label, centred, from their upper edge down; a number stands at their left."""
    look = TEXT["label"]
    text = max((width(row, look.size) for row in rows), default=0)
    left = beside(number_width(edge.number), text)
    high = look.leading * max(len(rows), 1)
    rect = Rect(middle - (left + text) / 2, top, left + text, high)
    lines = tuple(
        Line(row, middle + left / 2, top + look.leading * (place + 1) - 3, "label")
        for place, row in enumerate(rows)
    )
    mark = number(edge.number, rect.x, top + high / 2) if edge.steps else None
    return Label(rect, lines, edge.kind, mark)


def _thin(line: Segment) -> Rect:
    x1, y1, x2, y2 = line
    return Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def _free(left: float, right: float, blocked: Iterable[Rect]) -> Iterator[tuple[float, float]]:
    start = left
    for rect in sorted(blocked, key=lambda rect: rect.x):
        if rect.x - _SIDE > start:
            yield start, min(rect.x - _SIDE, right)
        start = max(start, rect.right + _SIDE)
    if start < right:
        yield start, right
