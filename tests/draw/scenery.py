"""What stands in a scene: pieces of lines, places of texts, and things that keep apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from archcode.draw.look import TEXT
from archcode.draw.metrics import clean, width
from archcode.draw.scene import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.draw.picture import Picture
    from archcode.draw.scene import Label, Line, Route, Scene

# Of the size of a text: how far our font rises above its baseline and falls below it.
RISE, FALL = 0.72, 0.2
# Farther from its arrow nobody reads a label as that arrow's.
BESIDE = 12.0
_STEPS = re.compile(r"; step (\d[\d, ]*)")


@dataclass(frozen=True)
class Fault:
    """What is wrong, with which things, and where."""

    kind: str
    names: tuple[str, ...]
    at: Rect


@dataclass(frozen=True)
class Thing:
    """A place that belongs to one thing: to a box, a label, a frame or the page."""

    kind: str
    owner: str
    rect: Rect

    @property
    def words(self) -> str:
        return f"{self.kind} of {self.owner}"


def inner(rect: Rect, margin: float = 0.1) -> Rect:
    return Rect(rect.x + margin, rect.y + margin, rect.width - 2 * margin, rect.height - 2 * margin)


def around(rects: Iterable[Rect]) -> Rect:
    found = list(rects)
    left, top = min(rect.x for rect in found), min(rect.y for rect in found)
    right, bottom = max(rect.right for rect in found), max(rect.bottom for rect in found)
    return Rect(left, top, right - left, bottom - top)


def segments(route: Route) -> list[Rect]:
    return [
        Rect(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
        for (x1, y1), (x2, y2) in pairwise(route.points)
    ]


def ink(line: Line) -> Rect:
    look = TEXT[line.role]
    wide = width(line.text, look.size, bold=look.bold)
    left = line.x - wide / 2 if line.anchor == "middle" else line.x
    return Rect(left, line.y - RISE * look.size, wide, (RISE + FALL) * look.size)


def meeting(
    ones: Iterable[Thing], twos: Iterable[Thing], margin: float = 0.0
) -> Iterator[tuple[Thing, Thing]]:
    """Pairs from both lists that come closer than the margin; one sweep from left to right."""
    waiting = sorted(twos, key=lambda thing: thing.rect.x)
    active: list[Thing] = []
    start = 0
    for one in sorted(ones, key=lambda thing: thing.rect.x):
        while start < len(waiting) and waiting[start].rect.x < one.rect.right + margin:
            active.append(waiting[start])
            start += 1
        active = [two for two in active if two.rect.right + margin > one.rect.x]
        for two in active:
            if one.rect.overlaps(two.rect, margin):
                yield one, two


def name_of(label: Label) -> str:
    return f"label {' '.join(line.text for line in label.lines)!r}"


def things(scene: Scene) -> Iterator[Thing]:
    """Everything that must not cover anything of another owner."""
    for cell in scene.cells:
        yield Thing("icon", cell.name, cell.shown)
        yield Thing("caption", cell.name, cell.caption)
        yield from (Thing("badge", cell.name, mark.rect) for mark in cell.badges)
        if cell.heat:
            yield Thing("heat", cell.name, cell.heat.rect)
    for number, label in enumerate(scene.labels):
        yield Thing("label", f"{name_of(label)} ({number})", label.rect)
    for number, frame in enumerate(scene.frames):
        if frame.lines:
            yield Thing("title", f"{frame.name} ({number})", frame.plate)
    yield from page_things(scene)


def page_things(scene: Scene) -> Iterator[Thing]:
    for line in scene.heading:
        yield Thing("heading", line.text, ink(line))
    for key in scene.legend:
        (x1, y1), (x2, y2) = key.points
        stroke = Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        yield Thing("legend", key.line.text, around([stroke, ink(key.line)]))
    for number, note in enumerate((*scene.scale, *scene.steps)):
        rects = [note.mark.rect, *map(ink, note.lines)]
        yield Thing("legend", f"note {number}", around(rects))


def text_of(route: Route) -> str:
    """The whole text of an arrow, which its tooltip has after both ends and before its steps."""
    ends = clean(f"{route.source} to {route.target}")
    return _STEPS.split(route.tooltip.removeprefix(ends))[0].removeprefix(": ")


def steps_of(route: Route) -> set[str]:
    """The numbers of an arrow, as its tooltip says them."""
    said = _STEPS.search(route.tooltip)
    return set(said[1].split(", ")) if said else set()


def beside(scene: Scene) -> list[dict[int, float]]:
    """For each label the arrows near it, by number, and how far it is from them."""
    labels = [Thing("label", str(n), label.rect) for n, label in enumerate(scene.labels)]
    found: list[dict[int, float]] = [{} for _ in labels]
    for label, piece in meeting(labels, pieces(scene), BESIDE + 0.1):
        near, number = found[int(label.owner)], int(piece.owner)
        near[number] = min(_apart(label.rect, piece.rect), near.get(number, BESIDE))
    return found


def pieces(scene: Scene) -> list[Thing]:
    """The straight pieces of all arrows, each with the number of its arrow."""
    return [
        Thing("piece", str(number), piece)
        for number, route in enumerate(scene.routes)
        for piece in segments(route)
    ]


def owns(route: Route, label: Label) -> bool:
    """Whether a label may be an arrow's: it is the arrow's text or number, or that is in it."""
    if not label.lines:
        shown = {
            number
            for line in (label.step.lines if label.step else ())
            for number in line.text.split(", ")
        }
        return route.kind == label.kind and not shown.isdisjoint(steps_of(route))
    rows = [_close(line.text) for line in label.lines]
    text = _close(text_of(route))
    same = text.startswith(rows[0]) or text in "".join(rows)
    return route.kind == label.kind and bool(text) and same


def _close(text: str) -> str:
    """The text without the spaces and the ellipsis at which it may have been broken."""
    return "".join(text.split()).replace("…", "")


def _apart(one: Rect, two: Rect) -> float:
    dx = max(one.x - two.right, two.x - one.right, 0.0)
    dy = max(one.y - two.bottom, two.y - one.bottom, 0.0)
    return (dx * dx + dy * dy) ** 0.5


def members(picture: Picture, name: str) -> set[str]:
    """A frame and all that is in it."""
    frames = {frame.name: frame for frame in picture.frames}
    if name not in frames:
        return {name}
    return {name}.union(*(members(picture, inside) for inside in frames[name].contains))
