"""What stands under a drawing: the meaning of its lines, badges and colours, and its steps."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from archcode.draw import marks
from archcode.draw.look import BADGES, KINDS, TEXT
from archcode.draw.metrics import clean, width, wrap
from archcode.draw.picture import ArrowKind, BadgeKind, Picture, Scale, Step
from archcode.draw.scene import Key, Line, Mark, Note, Point, Rect, Route
from archcode.draw.sheet import tidy

_STROKE = 26.0
_GAP = 6.0
_BETWEEN = 18.0
_FIRST, _ROW, _LAST = 20.0, 18.0, 8.0
"""Middle of the first row, distance to the next one, and the room under the last one."""
_COLUMN = 280.0
_BETWEEN_COLUMNS = 24.0
_BETWEEN_STEPS = 4.0
_ABOVE_STEPS = 6.0
_MOST_ROWS = 60
_SWATCH = (20.0, 14.0)


class Legend(Struct, frozen=True):
    """The entries of a legend and the height that they need together."""

    height: float
    keys: tuple[Key, ...]
    signs: tuple[Note, ...]
    scale: tuple[Note, ...]
    steps: tuple[Note, ...]


def legend(picture: Picture, routes: Sequence[Route], at: Rect) -> Legend:
    """The legend of a picture, from the top of a rectangle down and as wide as that."""
    keys, signs, under = _rows(_kinds(routes), _signs(picture), at)
    scale, under = _scale(picture.scale, under) if picture.scale else ((), under)
    high = under.y - at.y
    high = high + _LAST if high else 0
    deep, steps = _steps(picture.steps, replace(at, y=at.y + high + _ABOVE_STEPS))
    return Legend(high + deep, keys, signs, scale, steps)


def _kinds(routes: Sequence[Route]) -> list[ArrowKind]:
    """The kinds of arrow that occur; a single plain kind needs no words."""
    kinds = [kind for kind in KINDS if any(route.kind == kind for route in routes)]
    return [] if kinds == ["flow"] else kinds


def _signs(picture: Picture) -> list[BadgeKind]:
    """The badges that occur."""
    return [kind for kind in BADGES if any(kind in box.badges for box in picture.boxes)]


def _rows(
    kinds: list[ArrowKind], signs: list[BadgeKind], at: Rect
) -> tuple[tuple[Key, ...], tuple[Note, ...], Rect]:
    """Lines and badges in rows, and what is left of the rectangle under those."""
    found = [marks.badge(kind, 0, 0) for kind in signs]
    widths = [_STROKE + _words(KINDS[kind]) for kind in kinds]
    widths += [m.rect.width + _words(BADGES[kind]) for m, kind in zip(found, signs, strict=True)]
    places = list(_wrapped(widths, at))
    keys = tuple(_key(kind, place) for kind, place in zip(kinds, places, strict=False))
    notes = tuple(
        _entry(marks.badge(kind, x, y - mark.rect.height / 2), BADGES[kind])
        for kind, mark, (x, y) in zip(signs, found, places[len(kinds) :], strict=True)
    )
    return keys, notes, _below(places, at)


def _scale(scale: Scale, at: Rect) -> tuple[tuple[Note, ...], Rect]:
    """The colours of heat in a row of their own, after their heading."""
    wide, high = _SWATCH
    heading = clean(scale.title)
    lead = width(heading, TEXT["note"].size) + 2 * _GAP
    widths = [wide + _words(words) for words in scale.levels]
    places = list(_wrapped([lead + widths[0], *widths[1:]], at))
    notes = []
    for level, (words, (x, y)) in enumerate(zip(scale.levels, places, strict=True)):
        left = x if level else x + lead
        swatch = Mark(Rect(tidy(left), tidy(y - high / 2), wide, high), marks.LEVELS[level])
        notes.append(_entry(swatch, words))
    title = Line(heading, at.x, tidy(places[0][1] + 3.5), "note", "start")
    first = replace(notes[0], lines=(title, *notes[0].lines))
    return (first, *notes[1:]), _below(places, at)


def _words(text: str) -> float:
    """Width of the words of an entry with the gap before them."""
    return _GAP + width(text, TEXT["label"].size)


def _wrapped(widths: Iterable[float], at: Rect) -> Iterator[Point]:
    """The left ends of entries, at the middle of their row."""
    x, y = at.x, at.y + _FIRST
    for wide in widths:
        if x > at.x and x + wide > at.right:
            x, y = at.x, y + _ROW
        yield tidy(x), tidy(y)
        x += wide + _BETWEEN


def _below(places: Sequence[Point], at: Rect) -> Rect:
    return replace(at, y=places[-1][1] - _FIRST + _ROW) if places else at


def _key(kind: ArrowKind, place: Point) -> Key:
    x, y = place
    line = Line(KINDS[kind], tidy(x + _STROKE + _GAP), tidy(y + 3.5), "label", "start")
    return Key(kind, ((x, y), (tidy(x + _STROKE), y)), line)


def _entry(mark: Mark, words: str) -> Note:
    """A mark with words at its right."""
    x, y = mark.rect.right + _GAP, mark.rect.y + mark.rect.height / 2 + 3.5
    return Note(_tidied(mark), (Line(words, tidy(x), tidy(y), "label", "start"),))


def _tidied(mark: Mark) -> Mark:
    box = mark.rect
    rect = Rect(tidy(box.x), tidy(box.y), tidy(box.width), tidy(box.height))
    lines = tuple(replace(line, x=tidy(line.x), y=tidy(line.y)) for line in mark.lines)
    return replace(mark, rect=rect, lines=lines)


def _steps(steps: Sequence[Step], at: Rect) -> tuple[float, tuple[Note, ...]]:
    """The numbered texts in columns of even height, one under the other, and that height."""
    if not steps:
        return 0, ()
    look = TEXT["note"]
    most = int((at.width + _BETWEEN_COLUMNS) // (_COLUMN + _BETWEEN_COLUMNS))
    number = min(len(steps), max(1, most))
    pitch = (at.width + _BETWEEN_COLUMNS) / number
    indent = max(marks.number_width(str(step.number)) for step in steps) + _GAP
    room = pitch - _BETWEEN_COLUMNS - indent
    texts = [wrap(clean(step.text), look.size, room, rows=_MOST_ROWS) for step in steps]
    heights = [max(len(rows), 1) * look.leading + _BETWEEN_STEPS for rows in texts]
    places = _even(heights, number)
    notes = tuple(
        _step(step, rows, indent, (at.x + column * pitch, at.y + above))
        for step, rows, (column, above) in zip(steps, texts, places, strict=True)
    )
    deep = max(above + high for (_, above), high in zip(places, heights, strict=True))
    return _ABOVE_STEPS + deep, notes


def _step(step: Step, rows: Sequence[str], indent: float, corner: Point) -> Note:
    x, y = corner
    leading = TEXT["note"].leading
    mark = _tidied(marks.number(str(step.number), x, y + leading / 2))
    return Note(
        mark,
        tuple(
            Line(row, tidy(x + indent), tidy(y + leading * place + 10.5), "note", "start")
            for place, row in enumerate(rows)
        ),
    )


def _even(heights: Sequence[float], number: int) -> list[tuple[int, float]]:
    """The column of each text and its distance from the top, in columns as low as can be."""
    most = max(heights)
    places = list(_filled(heights, most))
    while places[-1][0] >= number:
        most += _BETWEEN_STEPS
        places = list(_filled(heights, most))
    return places


def _filled(heights: Sequence[float], most: float) -> Iterator[tuple[int, float]]:
    column, y = 0, 0.0
    for high in heights:
        if y and y + high > most:
            column, y = column + 1, 0.0
        yield column, y
        y += high
