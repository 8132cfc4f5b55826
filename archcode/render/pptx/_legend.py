"""Kinds of arrows at the right of a row, badges and colours in rows, numbered steps in columns."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.draw.enlarge import SLACK
from archcode.draw.lettering import mark
from archcode.draw.look import DASHES, STROKE, TEXT, Theme
from archcode.draw.metrics import clean, ellipsis, width, wrap
from archcode.draw.scene import Key, Mark, Note, Rect, Scene
from archcode.render.pptx._marks import drawn, joined
from archcode.render.pptx._shapes import Groups, Pen, describe, line
from archcode.render.pptx._text import Row, Words, text_box

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.shapes.shapetree import SlideShapes

_CLOSE = 1.1
"""Places for text are so much wider than their text in our font."""
_KEY, _AFTER_KEY, _BETWEEN_KEYS = 26.0, 6.0, 14.0
_AFTER_MARK, _BETWEEN = 6.0, 18.0
_ROW, _GAP = 16.0, 4.0
"""Height of a row of colours, and what is between two steps."""
_SWATCH, _FLATTER = 12.0, 0.4
"""Side of a swatch, and the part of a plate's radius that its corners have."""
_MOST_ROWS = 12
"""So many rows of text has one step at most; all of it stands in the notes of the speaker."""


def legend_width(keys: Sequence[Key]) -> float:
    """The room that the legend of arrows needs in its row."""
    words = sum(width(key.line.text, TEXT["label"].size) for key in keys) * _CLOSE
    return words + len(keys) * (_KEY + _AFTER_KEY + _BETWEEN_KEYS)


def legend(shapes: "SlideShapes", keys: Sequence[Key], row: Rect, theme: Theme) -> None:
    """Kinds of arrows with their words at the right of a row."""
    look = TEXT["label"]
    x, middle = row.right - legend_width(keys) + _BETWEEN_KEYS, row.y + row.height / 2
    for key in keys:
        text, room = key.line.text, width(key.line.text, look.size) * _CLOSE
        pen = Pen(theme.arrows[key.kind], STROKE, DASHES.get(key.kind, ()), head="end")
        stroke = line(shapes, ((x, middle), (x + _KEY, middle)), pen)
        describe(stroke, f"Legend: line of {text}", f"Legend: {text}")
        place = Rect(x + _KEY + _AFTER_KEY, middle - look.leading / 2, room, look.leading)
        words = Row((Words(text, look.size, theme.ink["label"]),), look.leading)
        describe(text_box(shapes, place, [words]), f"Legend: {text}")
        x += _KEY + _AFTER_KEY + room + _BETWEEN_KEYS


class Entry(Struct, frozen=True):
    """A mark and the rows of text at its right, in their places; a heading has no mark."""

    mark: Mark | None
    place: Rect
    rows: tuple[str, ...]

    @property
    def bottom(self) -> float:
        """Where the entry ends."""
        return max(self.place.bottom, self.mark.rect.bottom if self.mark else 0)

    def moved(self, down: float) -> "Entry":
        """The same so much further down."""
        shown = self.mark and mark(self.mark, _lower(self.mark.rect, down))
        return Entry(shown, _lower(self.place, down), self.rows)


def _lower(rect: Rect, down: float) -> Rect:
    return Rect(rect.x, rect.y + down, rect.width, rect.height)


def signs(scene: Scene, room: Rect) -> tuple[Entry, ...]:
    """Badges and colours of heat with their words, in rows from the top of a room."""
    entries: list[Entry] = []
    x, y = room.x, room.y
    size = TEXT["note"].size
    for one, words in _parts(scene):
        shown = _small(one) if one else None
        before = shown.rect.width + _AFTER_MARK if shown else 0
        text = ellipsis(words, size, (room.width - before) / SLACK)
        wide = before + width(text, size) * SLACK
        if x > room.x and x + wide > room.right:
            x, y = room.x, y + _ROW
        entries.append(_entry(shown, (text,), Rect(x, y, wide, _ROW)))
        x += wide + _BETWEEN
    return tuple(entries)


def _parts(scene: Scene) -> Iterator[tuple[Mark | None, str]]:
    """Each badge, the heading of the colours, and each colour, with its words."""
    for note in scene.signs:
        yield note.mark, joined(note.lines)
    for number, note in enumerate(scene.scale):
        heading = note.lines[:1] if number == 0 and len(note.lines) > 1 else ()
        if heading:
            yield None, clean(heading[0].text)
        yield note.mark, joined(note.lines[len(heading) :])


def _small(one: Mark) -> Mark:
    """A plate of heat as a swatch; other marks are small already."""
    heat = one.role.startswith("heat")
    return mark(one, Rect(0, 0, _SWATCH, _SWATCH)) if heat else one


def steps(notes: Sequence[Note], room: Rect, columns: int) -> tuple[Entry, ...]:
    """The numbered steps in columns of about the same height, from the top of a room."""
    wide = (room.width - _BETWEEN * (columns - 1)) / columns
    indent = max((note.mark.rect.width for note in notes), default=0) + _AFTER_MARK
    texts = [_rows(note, (wide - indent) / SLACK) for note in notes]
    leading = TEXT["note"].leading
    entries: list[Entry] = []
    for column, numbers in enumerate(_shares([len(rows) for rows in texts], columns)):
        x, y = room.x + column * (wide + _BETWEEN), room.y
        for number in numbers:
            high = leading * len(texts[number])
            entries.append(
                _entry(notes[number].mark, texts[number], Rect(x, y, wide, high), indent)
            )
            y += high + _GAP
    return tuple(entries)


def _rows(note: Note, room: float) -> tuple[str, ...]:
    return wrap(joined(note.lines), TEXT["note"].size, room, rows=_MOST_ROWS) or ("",)


def _shares(heights: Sequence[int], columns: int) -> Iterator[range]:
    """Which entries stand in which column: each is filled to the least height that is enough."""
    least = max(heights, default=0)
    while len(ends := _ends(heights, least)) > columns:
        least += 1
    start = 0
    for end in ends:
        yield range(start, end)
        start = end


def _ends(heights: Sequence[int], most: int) -> list[int]:
    ends, filled = [], 0
    for number, high in enumerate(heights):
        if filled and filled + high > most:
            ends.append(number)
            filled = 0
        filled += high
    return [*ends, len(heights)]


def _entry(one: Mark | None, rows: tuple[str, ...], room: Rect, indent: float = 0) -> Entry:
    """A mark in the middle of the first row, the text at its right."""
    if one is None:
        return Entry(None, room, rows)
    first = min(room.height, _ROW) if len(rows) == 1 else TEXT["note"].leading
    wide, high = one.rect.width, one.rect.height
    shown = mark(one, Rect(room.x, room.y + (first - high) / 2, wide, high))
    before = indent or wide + _AFTER_MARK
    return Entry(shown, Rect(room.x + before, room.y, room.width - before, room.height), rows)


def write_entries(
    shapes: "SlideShapes", entries: Sequence[Entry], theme: Theme, name: str
) -> "list[tuple[list[BaseShape], str]]":
    """Draw entries; what belongs together is told with its words."""
    look, made = TEXT["note"], []
    for entry in entries:
        number = joined(entry.mark.lines) if entry.mark else ""
        said = " ".join(part for part in (name, number) if part) + f": {' '.join(entry.rows)}"
        parts = _mark(shapes, entry.mark, theme, f"Mark of {said}") if entry.mark else []
        pitch = look.leading
        over = max((entry.place.height - pitch * len(entry.rows)) / 2, 0)
        at = entry.place
        rows = [Row((Words(text, look.size, theme.ink["note"]),), pitch) for text in entry.rows]
        box = text_box(shapes, Rect(at.x, at.y + over, at.width, at.height - over), rows)
        describe(box, said)
        made.append(([*parts, box], said))
    return made


def _mark(shapes: "SlideShapes", one: Mark, theme: Theme, name: str) -> "list[BaseShape]":
    heat = one.role.startswith("heat")
    return drawn(shapes, one, theme, _FLATTER if heat else 1, name)


def grouped(groups: Groups, made: "Sequence[tuple[Sequence[BaseShape], str]]") -> None:
    """Make one shape of each mark and its words."""
    for parts, said in made:
        if len(parts) > 1:
            groups.add(parts, said, said)
