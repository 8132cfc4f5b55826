"""A drawing in shapes that can be moved, with its arrows glued to them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.draw.lettering import Align, Side, aligned
from archcode.draw.look import DASHES, STROKE, TEXT, BoxLook, MarkRole, Theme
from archcode.draw.parts import BADGE
from archcode.draw.picture import ArrowKind
from archcode.draw.scene import Border, Cell, Label, Line, Point, Rect, Route
from archcode.draw.slide import Fitted
from archcode.render.pptx._marks import BADGES, drawn, joined, spoken
from archcode.render.pptx._shapes import Groups, Pen, Site, box, describe, icon, line, linked
from archcode.render.pptx._text import Row, Words, text_box, write
from archcode.render.pptx._xml import emu

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.shapes.shapetree import SlideShapes

_ROOM = 1.2
"""Places for text are so much wider than their text in our font."""
_THINNEST, _THICKEST = 0.7, 1.3
"""Factors between which strokes keep to the scale of the drawing."""
_BASELINE = 0.8
_NEAR = 0.1


class Drawing:
    """Draws on one slide; remembers what arrows can be glued to."""

    def __init__(
        self,
        shapes: "SlideShapes",
        fitted: Fitted,
        icons: Mapping[str, bytes],
        theme: Theme,
        heats: Mapping[MarkRole, str],
    ) -> None:
        self._shapes = shapes
        self._fitted = fitted
        self._icons = icons
        self._theme = theme
        self._heats = heats
        self._stroke = min(max(fitted.factor, _THINNEST), _THICKEST)
        self._icon: dict[str, tuple[int, Rect]] = {}
        self._caption: dict[str, int] = {}

    def draw(self) -> Groups:
        """Everything, in the order in which it covers each other and is read aloud.

        What comes back makes more groups; no shape may be added any more.
        """
        scene, shapes = self._fitted.scene, self._shapes
        # Else the whole slide is searched for a free number with each shape.
        shapes.turbo_add_enabled = True
        clouds = [(frame, self._frame(frame)) for frame in scene.frames]
        boxes = [(cell, self._cell(cell)) for cell in scene.cells]
        cells = {cell.name: cell for cell in scene.cells}
        for route in scene.routes:
            self._route(route, cells[route.source], cells[route.target])
        sides = self._fitted.sides
        labels = [
            (one, self._label(one, side)) for one, side in zip(scene.labels, sides, strict=True)
        ]
        groups = Groups(shapes)
        for frame, parts in clouds:
            if len(parts) > 1:
                groups.add(parts, f"Cloud: {frame.tooltip}", frame.tooltip)
        for cell, parts in boxes:
            groups.add(parts, cell.name, spoken(cell, self._heats))
        for label, parts in labels:
            if len(parts) > 1:
                groups.add(parts, _said(label), _said(label))
        return groups

    def _frame(self, frame: Border) -> "list[BaseShape]":
        """A rectangle with its title in it; the cloud's has a badge before the title."""
        look = self._theme.frames[frame.kind]
        shape = box(self._shapes, frame.rect, self._look(look.box), self._fitted.factor)
        describe(shape, f"Frame: {frame.tooltip}")
        write(shape.text_frame, self._rows(frame.lines, look.text))
        for title in frame.lines[:1]:
            above = _BASELINE * self._pitch(title)
            shape.text_frame.margin_left = emu(title.x - frame.rect.x)
            shape.text_frame.margin_top = emu(title.y - frame.rect.y - above)
        return [shape, self._badge(frame.rect)] if frame.kind == "cloud" else [shape]

    def _badge(self, rect: Rect) -> "BaseShape":
        """The square that marks the AWS cloud."""
        by = self._fitted.sizes.frame
        place = Rect(rect.x + 3 * by, rect.y + 3 * by, BADGE * by, BADGE * by)
        square = box(self._shapes, place, self._theme.badge)
        describe(square, "AWS")
        middle = Line("aws", place.x, place.y, "badge")
        write(square.text_frame, self._rows([middle]), "middle")
        square.text_frame.margin_top = emu((place.height - self._pitch(middle)) / 2)
        return square

    def _cell(self, cell: Cell) -> "list[BaseShape]":
        """Heat, icon, badges and caption of a box."""
        parts = self._heat(cell)
        *behind, shape = self._shown(cell)
        describe(shape, f"Icon of {cell.name}", spoken(cell, self._heats))
        linked(shape, cell.link, cell.tooltip)
        parts += [*behind, shape, *self._badges(cell)]
        caption = text_box(self._shapes, _wider(cell.caption), self._rows(cell.lines), "middle")
        describe(caption, f"Caption of {cell.name}")
        self._caption[cell.name] = caption.shape_id
        return [*parts, caption]

    def _heat(self, cell: Cell) -> "list[BaseShape]":
        """The plate under an icon, if it has one."""
        if cell.heat is None:
            return []
        return drawn(
            self._shapes, cell.heat, self._theme, self._fitted.factor, f"Heat of {cell.name}"
        )

    def _badges(self, cell: Cell) -> "Iterator[BaseShape]":
        by = self._fitted.sizes.badge
        for badge in cell.badges:
            name = f"{BADGES[badge.role]} of {cell.name}"
            yield from drawn(self._shapes, badge, self._theme, by, name)

    def _shown(self, cell: Cell) -> "list[BaseShape]":
        """The icon, on a plate or without its empty sides, else a neutral box."""
        at, data, by = cell.picture, self._icons.get(cell.icon), self._fitted.factor
        plate = self._theme.under(cell.icon) if data else None
        parts: list[BaseShape] = []
        shown = at
        if data is None:
            parts.append(box(self._shapes, at, self._look(self._theme.blank), by))
        elif plate:
            parts += (box(self._shapes, at, plate, by), icon(self._shapes, at, data, 0))
            describe(parts[0], f"Plate of {cell.name}")
        else:
            shown = Rect(at.x + cell.margin, at.y, at.width - 2 * cell.margin, at.height)
            parts.append(icon(self._shapes, at, data, cell.margin))
        self._icon[cell.name] = parts[-1].shape_id, shown
        return parts

    def _label(self, label: Label, side: Side) -> "list[BaseShape]":
        """The number of a step and the words beside it, either of which may be missing."""
        parts: list[BaseShape] = []
        if label.step:
            by = self._fitted.sizes.label
            parts += drawn(self._shapes, label.step, self._theme, by, _said(label))
        if label.lines:
            align = aligned(label, side)
            place = _wider(self._place(label), align)
            parts.append(text_box(self._shapes, place, self._rows(label.lines), align))
            describe(parts[-1], f"Label: {joined(label.lines)}")
        return parts

    def _place(self, label: Label) -> Rect:
        """The place of the words of a label, which end where it ends."""
        rect, first = label.rect, label.lines[0]
        left, top = 2 * first.x - rect.right, first.y - _BASELINE * self._pitch(first)
        return Rect(left, top, rect.right - left, rect.bottom - top)

    def _route(self, route: Route, source: Cell, target: Cell) -> None:
        first, start = self._site(route.points[0], source)
        last, end = self._site(route.points[-1], target)
        points, sites = (start, *route.points[1:-1], end), (first, last)
        pen = self._pen(route.kind)
        if pen.dash and len(points) > 2:
            # From the shared end on, the dashes of several arrows lie on each other.
            points, sites, pen = points[::-1], sites[::-1], replace(pen, head="start")
        shape = line(self._shapes, points, pen, sites)
        describe(shape, f"{source.name} to {target.name}", route.tooltip)

    def _site(self, point: Point, cell: Cell) -> tuple[Site, Point]:
        """The shape and side at which an arrow ends, and the place on what is shown of it."""
        number, shown = self._icon[cell.name]
        x, y = point
        if y > cell.picture.bottom + _NEAR:
            return Site(self._caption[cell.name], 2), point
        if abs(y - cell.picture.y) < _NEAR:
            return Site(number, 0), (x, shown.y)
        if abs(y - cell.picture.bottom) < _NEAR:
            return Site(number, 2), (x, shown.bottom)
        if abs(x - cell.left) < _NEAR:
            return Site(number, 1), (shown.x, y)
        return Site(number, 3), (shown.right, y)

    def _pen(self, kind: ArrowKind) -> Pen:
        """The stroke of a kind of arrow."""
        by = self._stroke
        return Pen(self._theme.arrows[kind], STROKE * by, DASHES.get(kind, ()), head="end")

    def _look(self, look: BoxLook) -> BoxLook:
        """A stroke that is no thinner on a small drawing than can be seen."""
        return replace(look, stroke=look.stroke * self._stroke)

    def _rows(self, lines: Iterable[Line], colour: str = "") -> Iterator[Row]:
        """Lines of text from the top down; what has one height is one line."""
        for _, level in groupby(lines, key=lambda text: text.y):
            texts = list(level)
            words = [self._words(text, colour) for text in texts]
            spaces = [replace(one, text="  ") for one in words[1:]]
            mixed = [one for pair in zip(words, spaces, strict=False) for one in pair]
            yield Row((*mixed, words[-1]), max(map(self._pitch, texts)))

    def _words(self, text: Line, colour: str) -> Words:
        look, size = TEXT[text.role], self._fitted.sizes.factor(text.role)
        return Words(text.text, look.size * size, colour or self._theme.ink[text.role], look.bold)

    def _pitch(self, text: Line) -> float:
        return TEXT[text.role].leading * self._fitted.sizes.factor(text.role)


def _said(label: Label) -> str:
    """`Step 3: publish`, or without one of both."""
    step = f"Step {joined(label.step.lines)}" if label.step else ""
    return ": ".join(part for part in (step, joined(label.lines)) if part)


def _wider(rect: Rect, align: Align = "middle") -> Rect:
    """A place with some room where its text is not aligned."""
    more = rect.width * (_ROOM - 1)
    before = {"left": 0.0, "middle": more / 2, "right": more}[align]
    return Rect(rect.x - before, rect.y, rect.width + more, rect.height)
