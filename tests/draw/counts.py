"""What a reader has to bear in a picture without any fault: crossings, bends, lost words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from draw.measure_arrows import astray
from draw.scenery import Thing, beside, meeting, owns, pieces, segments, text_of

from archcode.draw.scene import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.scene import Point, Scene


@dataclass(frozen=True)
class Counts:
    """Numbers that are better the lower they are."""

    crossings: int
    bends: int
    length: float
    lost: int
    """Arrows with words of which the picture shows none."""
    cut: int
    """Labels that end in an ellipsis."""
    astray: int
    """Labels that another arrow is nearer to."""
    covering: int
    """Stretches on which unrelated arrows lie on each other."""
    along_borders: int
    """Stretches of arrows so near to a border that they can be taken for it."""
    over_borders: int
    over_forks: int
    width: float
    height: float
    empty: float
    """Share of the page that shows no box."""

    @property
    def aspect(self) -> float:
        return self.width / self.height


def counts(scene: Scene) -> Counts:
    boxes = sum(
        max(cell.picture.width, cell.caption.width) * (cell.caption.bottom - cell.picture.y)
        for cell in scene.cells
    )
    return Counts(
        crossings=len(set(_crossings(scene))),
        bends=len({point for route in scene.routes for point in route.points[1:-1]}),
        length=sum(piece.width + piece.height for r in scene.routes for piece in segments(r)),
        lost=sum(_lost(scene)),
        cut=sum(any(line.text.endswith("…") for line in label.lines) for label in scene.labels),
        astray=len({fault.names[0] for fault in astray(scene)}),
        covering=len(set(_covering(scene))),
        along_borders=len(set(_along_borders(scene))),
        over_borders=sum(_over_borders(scene)),
        over_forks=sum(_over_forks(scene)),
        width=scene.width,
        height=scene.height,
        empty=1 - boxes / (scene.width * scene.height),
    )


def _pieces(scene: Scene, *, level: bool) -> list[Thing]:
    return [piece for piece in pieces(scene) if (piece.rect.height == 0) == level]


def _crossings(scene: Scene) -> Iterator[Point]:
    """Where one line passes over another; lines that fork or join do not."""
    for one, two in meeting(_pieces(scene, level=True), _pieces(scene, level=False)):
        if one.owner != two.owner:
            yield two.rect.x, one.rect.y


def _covering(scene: Scene) -> Iterator[tuple[float, ...]]:
    """The ends of each stretch on which unrelated arrows lie."""
    for level in (True, False):
        found = _pieces(scene, level=level)
        for one, two in meeting(found, found, 0.01):
            left, top = max(one.rect.x, two.rect.x), max(one.rect.y, two.rect.y)
            right = min(one.rect.right, two.rect.right)
            bottom = min(one.rect.bottom, two.rect.bottom)
            long = right - left + bottom - top > 1
            if int(one.owner) < int(two.owner) and long and _strangers(scene, one, two):
                yield left, top, right, bottom


def _strangers(scene: Scene, one: Thing, two: Thing) -> bool:
    """Arrows of one kind from one box share a trunk, and so do those into one box."""
    this, that = scene.routes[int(one.owner)], scene.routes[int(two.owner)]
    related = this.source == that.source or this.target == that.target
    return this.kind != that.kind or not related


def _lost(scene: Scene) -> Iterator[bool]:
    """Whether no label beside it shows the words of an arrow, for each that has some."""
    shown = {
        number
        for label, near in zip(scene.labels, beside(scene), strict=True)
        for number in near
        if owns(scene.routes[number], label)
    }
    yield from (number not in shown for number, r in enumerate(scene.routes) if text_of(r))


def _along_borders(scene: Scene) -> Iterator[Point]:
    """The first corner of each stretch of 20 points or more that is nearer than 4 points."""
    for level in (True, False):
        sides = [side for side in _sides(scene) if (side.rect.height == 0) == level]
        for side, piece in meeting(sides, _pieces(scene, level=level), 4):
            one, two = side.rect, piece.rect
            shared = (
                min(one.right, two.right) - max(one.x, two.x)
                if level
                else min(one.bottom, two.bottom) - max(one.y, two.y)
            )
            if shared >= 20:
                yield two.x, two.y


def _sides(scene: Scene) -> Iterator[Thing]:
    for frame in scene.frames:
        box = frame.rect
        yield Thing("side", frame.name, Rect(box.x, box.y, box.width, 0))
        yield Thing("side", frame.name, Rect(box.x, box.bottom, box.width, 0))
        yield Thing("side", frame.name, Rect(box.x, box.y, 0, box.height))
        yield Thing("side", frame.name, Rect(box.right, box.y, 0, box.height))


def _over_borders(scene: Scene) -> Iterator[bool]:
    for label in scene.labels:
        rects = [frame.rect for frame in scene.frames]
        yield any(r.overlaps(label.rect) and not r.encloses(label.rect) for r in rects)


def _over_forks(scene: Scene) -> Iterator[bool]:
    """Whether a line forks under a label, or left of one beside an upright line."""
    corners = [Rect(*point, 0, 0) for route in scene.routes for point in route.points[1:-1]]
    for label in scene.labels:
        at = label.rect
        places = (Rect(at.x, at.bottom, at.width, 8), Rect(at.x - 8, at.y, 8, at.height))
        yield any(place.overlaps(corner) for place in places for corner in corners)
