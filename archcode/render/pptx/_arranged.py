"""What stands where on the slide of a drawing: the drawing, its signs and its steps."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from archcode.draw.scene import Note, Rect, Scene
from archcode.draw.slide import Fitted, fitted
from archcode.render.pptx._legend import Entry, signs, steps
from archcode.render.pptx._marks import joined

_COLUMNS = range(1, 5)
_SIDE = 200.0
_AIR = 10.0
_LOWEST = 0.4
"""The part of the height that steps may take under a drawing."""
_CROWDED = 0.35
"""A drawing at less than this factor needs the whole slide."""
_KEPT = 0.85
"""The part of its size that a drawing keeps beside its steps; else they go to another slide."""


class Arranged(Struct, frozen=True):
    """A drawing on its slide; without steps where they need a slide of their own."""

    fitted: Fitted
    signs: tuple[Entry, ...]
    steps: tuple[Entry, ...]


def arranged(scene: Scene, room: Rect) -> Arranged:
    """The arrangement in which the drawing is largest, as long as it does not suffer."""
    shown, room = _lowest(signs(scene, room), room, 2)
    alone = fitted(scene, room)
    if alone.factor < _CROWDED:
        return Arranged(alone, shown, ())
    options = [
        Arranged(fitted(scene, rest), shown, entries) for entries, rest in _places(scene, room)
    ]
    best = max(options, key=lambda one: min(_sizes(one.fitted)), default=None)
    if best and _enough(best.fitted, alone):
        return best
    return Arranged(alone, shown, ())


def _places(scene: Scene, room: Rect) -> Iterator[tuple[tuple[Entry, ...], Rect]]:
    """Steps with the room that they leave to the drawing: under it and at its right."""
    if not scene.steps:
        return
    under = min((steps(scene.steps, room, columns) for columns in _COLUMNS), key=_bottom)
    if _bottom(under) - room.y < room.height * _LOWEST:
        yield _lowest(under, room, _AIR)
    side = Rect(room.right - _SIDE, room.y + _AIR, _SIDE, room.height - _AIR)
    beside = steps(scene.steps, side, 1)
    if _bottom(beside) <= room.bottom:
        yield beside, Rect(room.x, room.y, room.width - _SIDE - 2 * _AIR, room.height)


def _lowest(entries: tuple[Entry, ...], room: Rect, air: float) -> tuple[tuple[Entry, ...], Rect]:
    """Entries at the bottom of a room instead of its top, and the room above them."""
    if not entries:
        return entries, room
    high = _bottom(entries) - room.y
    moved = tuple(entry.moved(room.bottom - high - room.y) for entry in entries)
    return moved, Rect(room.x, room.y, room.width, room.height - high - air)


def _bottom(entries: Sequence[Entry]) -> float:
    return max(entry.bottom for entry in entries)


def _sizes(shown: Fitted) -> tuple[float, ...]:
    return shown.sizes.caption, shown.sizes.label, shown.factor


def _enough(shown: Fitted, alone: Fitted) -> bool:
    pairs = zip(_sizes(shown), _sizes(alone), strict=True)
    return all(size >= whole * _KEPT for size, whole in pairs)


def told(notes: Sequence[Note]) -> Iterator[tuple[str, str]]:
    """Number and words of every step."""
    for note in notes:
        yield joined(note.mark.lines), joined(note.lines)
