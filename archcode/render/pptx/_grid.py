"""How wide the columns of a table are, how high its rows, and which rows go on which slide."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw.enlarge import SLACK
from archcode.draw.metrics import ELLIPSIS, clean, width
from archcode.draw.scene import Rect
from archcode.render.deck import Section, Table

SIZES = (12.0, 11.0, 10.0, 9.0)
"""Sizes of text, of which the largest is taken that leaves words their room."""
PAD_X, PAD_Y = 5.0, 3.0
HEADING, SENTENCE, GAP = 24.0, 20.0, 18.0
"""Heights of a heading, of a sentence, and of the space before the next section."""
_PITCH = 1.3
_MOST_LINES = 10
_READABLE = 10.0
_LEAST = 120.0
"""Points that a column of sentences needs."""


class Grid(Struct, frozen=True):
    """A table, or some rows of one under its head, with its measures in points."""

    table: Table
    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    """Of the head first, then of each row."""

    @property
    def height(self) -> float:
        """The height of all of it."""
        return sum(self.heights)

    def rows(self, start: int, end: int) -> "Grid":
        """Some of the rows; only with the last one the total."""
        last = end == len(self.table.rows)
        part = replace(self.table, rows=self.table.rows[start:end], total=self.table.total and last)
        return replace(
            self, table=part, heights=(self.heights[0], *self.heights[start + 1 : end + 1])
        )


class Block(Struct, frozen=True):
    """A heading, a sentence or a grid, and where it begins on its slide."""

    top: float
    heading: str = ""
    sentence: str = ""
    grid: Grid | None = None


def pages(sections: Sequence[Section], room: Rect) -> list[list[Block]]:
    """The blocks of each slide, from the top down."""
    flow = _Flow(room)
    for section in sections:
        flow.put(section)
    return [page for page in flow.pages if page]


class _Flow:
    """Fills slide after slide."""

    def __init__(self, room: Rect) -> None:
        self.pages: list[list[Block]] = [[]]
        self._room = room
        self._y = room.y

    def put(self, section: Section) -> None:
        """A section, whole where a slide holds it; else its first row stays with its head."""
        before = HEADING * bool(section.title) + SENTENCE * bool(section.words)
        room = replace(self._room, height=self._room.height - before)
        grid = measured(section.table, room) if section.table else None
        if self.pages[-1] and self._y + before + _together(grid, room) > self._room.bottom:
            self._turn()
        if section.title:
            self._add(Block(self._y, heading=clean(section.title)), HEADING)
        if section.words:
            self._add(Block(self._y, sentence=clean(section.words)), SENTENCE)
        for part in self._parts(grid, section.title) if grid else ():
            self._add(Block(self._y, grid=part), part.height)
        self._y += GAP

    def _parts(self, grid: Grid, title: str) -> Iterator[Grid]:
        """As many rows at a time as fit; the last is never alone, for it may be the total."""
        start, count = 0, len(grid.table.rows)
        while start < count:
            end = self._fitting(grid, start)
            if end == count - 1 and end - start > 1:
                end -= 1
            yield grid.rows(start, end)
            start = end
            if start < count:
                self._turn()
                if title:
                    self._add(Block(self._y, heading=f"{clean(title)} (continued)"), HEADING)

    def _fitting(self, grid: Grid, start: int) -> int:
        end, y = start, self._y + grid.heights[0]
        while end < len(grid.table.rows) and y + grid.heights[end + 1] <= self._room.bottom:
            y += grid.heights[end + 1]
            end += 1
        return max(end, start + 1)

    def _add(self, block: Block, height: float) -> None:
        self.pages[-1].append(block)
        self._y += height

    def _turn(self) -> None:
        self.pages.append([])
        self._y = self._room.y


def _together(grid: Grid | None, room: Rect) -> float:
    """The height of what must not be parted: a table that fits on a slide, or its first row."""
    if grid is None:
        return 0
    return grid.height if grid.height <= room.height else sum(grid.heights[:2])


def measured(table: Table, room: Rect) -> Grid:
    """The table as wide as the room, in the largest text in which it fits.

    One that fits in none goes on several slides, in the largest whose columns have room.
    """
    rows = [tuple(map(clean, row)) for row in (table.head, *table.rows)]
    found = [grid for size in SIZES if (grid := _grid(table, rows, size, room.width))]
    fitting = (grid for grid in found if grid.height <= room.height and grid.size >= _READABLE)
    narrow = _grid(table, rows, SIZES[-1], room.width, least=0) if not found else None
    return next(fitting, narrow or found[0])


def _grid(
    table: Table, rows: Sequence[tuple[str, ...]], size: float, room: float, least: float = _LEAST
) -> Grid | None:
    """The table in one size; None if a column of text would have less than the least."""
    widths = _widths(rows, table.right, size, room, least)
    if widths is None:
        return None
    cut = [
        tuple(_cut(text, size, wide) for text, wide in zip(row, widths, strict=True))
        for row in rows
    ]
    heights = tuple(_height(row, size, widths) for row in cut)
    return Grid(replace(table, head=cut[0], rows=tuple(cut[1:])), size, widths, heights)


def _widths(
    rows: Sequence[tuple[str, ...]],
    numbers: Sequence[int],
    size: float,
    room: float,
    least: float,
) -> tuple[float, ...] | None:
    """Columns that fill the room; those of numbers are as wide as they need to be."""
    wanted = [_wanted(column, size) for column in zip(*rows, strict=True)]
    if sum(wanted) <= room:
        return tuple(wide * room / sum(wanted) for wide in wanted)
    if not least:
        level = _level(wanted, room)
        return tuple(min(wide, level) for wide in wanted)
    texts = [wide for number, wide in enumerate(wanted) if number not in numbers]
    left = room - sum(wanted) + sum(texts)
    if left < sum(min(wide, least) for wide in texts):
        return None
    level = _level(texts, left)
    return tuple(w if n in numbers else min(w, level) for n, w in enumerate(wanted))


def _wanted(texts: Sequence[str], size: float) -> float:
    return max(_wide(text, size) for text in texts) + 2 * PAD_X


def _wide(text: str, size: float) -> float:
    """The width of a text, bold as in a head, in a wider font than ours."""
    return width(text, size, bold=True) * SLACK


def _level(wanted: Sequence[float], room: float) -> float:
    """The width at which columns are cut so that all together fill the room."""
    left, open_ = room, sorted(wanted)
    while open_ and open_[0] <= left / len(open_):
        left -= open_.pop(0)
    return left / len(open_) if open_ else room


def _cut(text: str, size: float, wide: float) -> str:
    """A text, as far as it has no more lines than a row may have."""
    room = wide - 2 * PAD_X
    if _lines(text, size, room) <= _MOST_LINES:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        fits = _lines(text[:middle] + ELLIPSIS, size, room) <= _MOST_LINES
        low, high = (middle, high) if fits else (low, middle)
    return text[:low].rstrip() + ELLIPSIS


def _height(row: Sequence[str], size: float, widths: Sequence[float]) -> float:
    lines = max(
        _lines(text, size, wide - 2 * PAD_X) for text, wide in zip(row, widths, strict=True)
    )
    return lines * size * _PITCH + 2 * PAD_Y


def _lines(text: str, size: float, room: float) -> int:
    """Lines of a text that breaks at spaces, and in words that are wider than the room."""
    count, filled = 1, 0.0
    space = _wide(" ", size)
    for word in text.split(" "):
        wide = _wide(word, size)
        if filled and filled + space + wide > room:
            count, filled = count + 1, 0.0
        filled += wide + (space if filled else 0)
        while filled > room:
            count, filled = count + 1, filled - room
    return count
