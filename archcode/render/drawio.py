"""A scene for draw.io: AWS's own shapes, frames that hold what is in them, arrows that stay tied.

https://www.drawio.com/doc/faq/drawio-style-reference; text is HTML there, so it is escaped for HTML
before it is escaped for XML.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING

from archcode.draw.look import CORNER, DASHES, HEAD_LENGTH, LIGHT, STROKE, TEXT, Theme
from archcode.draw.metrics import width
from archcode.draw.scene import Rect
from archcode.render._aws4 import GROUPS, SHAPES
from archcode.render._xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archcode.draw.picture import ArrowKind
    from archcode.draw.scene import Border, Cell, Key, Label, Line, Point, Route, Scene

_LAYER = "1"
_SIGN = 18
"""The side of the sign in the corner of a frame."""
_SWITCHES = 'grid="0" guides="1" tooltips="1" connect="1" arrows="1" fold="1" page="1"'
_FONT = {"fontFamily": "Arial", "html": "1"}


def render(scene: Scene, icons: Mapping[str, bytes], theme: Theme = LIGHT) -> str:
    """The file, uncompressed; icons are PNGs by path, for those that draw.io has no shape for."""
    size = f'pageWidth="{_n(scene.width)}" pageHeight="{_n(scene.height)}"'
    # draw.io turns colours around on a dark screen, unless they are dark already.
    fixed = ' adaptiveColors="none"' if theme.name == "dark" else ""
    page = f'background="{theme.page}"{fixed}'
    lines = [
        '<mxfile host="archcode">',
        f'<diagram id="archcode" name="{escape(scene.title)}">',
        f"<mxGraphModel {_SWITCHES} {size} {page}>",
        "<root>",
        '<mxCell id="0"/>',
        f'<mxCell id="{_LAYER}" parent="0"/>',
        *_Drawing(scene, icons, theme).cells(),
        "</root>",
        "</mxGraphModel>",
        "</diagram>",
        "</mxfile>",
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Place:
    """A frame or a box with the rectangle that draw.io gives it."""

    id: str
    rect: Rect


class _Drawing:
    """The cells of a scene, each after the one that it stands in."""

    def __init__(self, scene: Scene, icons: Mapping[str, bytes], theme: Theme) -> None:
        self._scene, self._icons, self._theme = scene, icons, theme
        frames = sorted(scene.frames, key=lambda frame: -frame.rect.width * frame.rect.height)
        self._frames = [(_Place(f"frame-{n}", f.rect), f) for n, f in enumerate(frames, 1)]
        self._boxes = {
            cell.name: _Place(f"component-{n}", _filled(cell))
            for n, cell in enumerate(scene.cells, 1)
        }
        self._routes = {f"flow-{n}": route for n, route in enumerate(scene.routes, 1)}

    def cells(self) -> Iterator[str]:
        """Everything, in the order in which it covers each other."""
        for number, line in enumerate(self._scene.heading, 1):
            yield self._text(f"heading-{number}", line)
        for place, frame in self._frames:
            yield self._frame(place, frame)
        for cell in self._scene.cells:
            yield self._box(self._boxes[cell.name], cell)
        for name, route in self._routes.items():
            yield self._flow(name, route)
        for number, label in enumerate(self._scene.labels, 1):
            yield self._label(f"label-{number}", label)
        for number, key in enumerate(self._scene.legend, 1):
            yield self._stroke(f"key-{number}", key)
            yield self._text(f"key-{number}-text", key.line)

    def _frame(self, place: _Place, frame: Border) -> str:
        look = self._theme.frames[frame.kind]
        sign = GROUPS.get(frame.kind)
        lane = {"rounded": "1", "absoluteArcSize": "1", "arcSize": _n(2 * look.box.radius)}
        group = {
            "shape": "mxgraph.aws4.group",
            "grIcon": f"mxgraph.aws4.{sign}",
            "grIconSize": str(_SIGN),
        }
        style = {
            **(group if sign else lane),
            "container": "1",
            "collapsible": "0",
            "recursiveResize": "0",
            "pointerEvents": "0",
            "fillColor": look.box.fill,
            "strokeColor": look.box.colour or "none",
            "strokeWidth": _n(look.box.stroke),
            **_dashed(look.box.dash),
            "verticalAlign": "top",
            "align": "left",
            "spacingLeft": str(_SIGN + 6) if sign else "4",
            "spacingTop": "3",
            "fontSize": _n(TEXT["frame"].size),
            "fontStyle": "1",
            "fontColor": look.text,
            **_FONT,
        }
        label = "".join(escape(line.text) for line in frame.lines)
        return self._vertex(place, frame.rect, style, label, frame.tooltip)

    def _box(self, place: _Place, cell: Cell) -> str:
        style = {
            **self._icon(cell),
            "aspect": "fixed",
            "verticalLabelPosition": "bottom",
            "verticalAlign": "top",
            "align": "center",
            "spacingTop": _n(cell.picture.bottom - place.rect.bottom),
            **_FONT,
        }
        rows = "<br>".join(map(self._styled, cell.lines))
        return self._vertex(place, cell.picture, style, rows, cell.tooltip)

    def _icon(self, cell: Cell) -> dict[str, str]:
        """A shape of draw.io's, else our picture, else a plain box."""
        shape, data = SHAPES.get(cell.icon), self._icons.get(cell.icon)
        if shape:
            return shape.style(self._theme.ink["name"])
        if data:
            # A style ends at a semicolon; draw.io adds ";base64" by itself.
            image = f"data:image/png,{b64encode(data).decode()}"
            plate = self._theme.under(cell.icon)
            behind = {"imageBackground": plate.fill} if plate else {}
            return {"shape": "image", "imageAspect": "1", "image": image, **behind}
        box = self._theme.blank
        return {
            "rounded": "1",
            "absoluteArcSize": "1",
            "arcSize": _n(2 * box.radius),
            "fillColor": box.fill,
            "strokeColor": box.colour,
            "strokeWidth": _n(box.stroke),
        }

    def _vertex(
        self, place: _Place, drawn: Rect, style: Mapping[str, str], label: str, tooltip: str
    ) -> str:
        """A cell in the innermost frame around it, which its coordinates begin at."""
        around = self._around(place, drawn)
        parent, home = (around.id, around.rect) if around else (_LAYER, Rect(0, 0, 0, 0))
        at = place.rect
        return (
            f"{_object(place.id, label, tooltip)}"
            f'<mxCell style="{_style(style)}" vertex="1" parent="{parent}">'
            f'<mxGeometry x="{_n(at.x - home.x)}" y="{_n(at.y - home.y)}" '
            f'width="{_n(at.width)}" height="{_n(at.height)}" as="geometry"/></mxCell></UserObject>'
        )

    def _around(self, place: _Place, drawn: Rect) -> _Place | None:
        """The smallest frame that encloses something; frames come with the largest first."""
        found = None
        for frame, _ in self._frames:
            if frame.id == place.id:
                break
            if frame.rect.encloses(drawn):
                found = frame
        return found

    def _flow(self, name: str, route: Route) -> str:
        """An arrow that is tied to its boxes where it meets them, and keeps its corners."""
        source, target = self._boxes[route.source], self._boxes[route.target]
        style = {
            "edgeStyle": "orthogonalEdgeStyle",
            **self._line(route.kind),
            **_tied("exit", source.rect, route.points[0]),
            **_tied("entry", target.rect, route.points[-1]),
        }
        corners = [f'<mxPoint x="{_n(x)}" y="{_n(y)}"/>' for x, y in _corners(route.points)]
        array = f'<Array as="points">{"".join(corners)}</Array>'
        return (
            f"{_object(name, '', route.tooltip)}"
            f'<mxCell style="{_style(style)}" edge="1" parent="{_LAYER}" '
            f'source="{source.id}" target="{target.id}">'
            f'<mxGeometry relative="1" as="geometry">{array}</mxGeometry></mxCell></UserObject>'
        )

    def _stroke(self, name: str, key: Key) -> str:
        (x1, y1), (x2, y2) = key.points[0], key.points[-1]
        return (
            f'<mxCell id="{name}" style="{_style(self._line(key.kind))}" edge="1" '
            f'parent="{_LAYER}"><mxGeometry relative="1" as="geometry">'
            f'<mxPoint x="{_n(x1)}" y="{_n(y1)}" as="sourcePoint"/>'
            f'<mxPoint x="{_n(x2)}" y="{_n(y2)}" as="targetPoint"/></mxGeometry></mxCell>'
        )

    def _line(self, kind: ArrowKind) -> dict[str, str]:
        return {
            "rounded": "1",
            "arcSize": _n(2 * CORNER),
            "endArrow": "block",
            "endFill": "1",
            "endSize": _n(HEAD_LENGTH - 3),
            "strokeColor": self._theme.arrows[kind],
            "strokeWidth": _n(STROKE),
            **_dashed(DASHES.get(kind, ())),
        }

    def _label(self, name: str, label: Label) -> str:
        """The words of an arrow, tied to the place on its line that they are nearest to."""
        at = label.rect
        middle = (at.x + at.width / 2, at.y + at.height / 2)
        flow, part, near = min(
            (
                (flow, *_nearest(route.points, middle))
                for flow, route in self._routes.items()
                if route.kind == label.kind
            ),
            key=lambda found: dist(found[2], middle),
        )
        style = {
            "align": "center",
            "verticalAlign": "middle",
            "resizable": "0",
            "labelBackgroundColor": "none",
            **_FONT,
        }
        rows = escape("<br>".join(map(self._styled, label.lines)))
        return (
            f'<mxCell id="{name}" value="{rows}" style="edgeLabel;{_style(style)}" vertex="1" '
            f'connectable="0" parent="{flow}">'
            f'<mxGeometry x="{part * 2 - 1:.6f}" relative="1" as="geometry">'
            f'<mxPoint x="{_n(middle[0] - near[0])}" y="{_n(middle[1] - near[1])}" as="offset"/>'
            "</mxGeometry></mxCell>"
        )

    def _text(self, name: str, line: Line) -> str:
        look = TEXT[line.role]
        wide = width(line.text, look.size, bold=look.bold)
        style = {
            "align": "left",
            "verticalAlign": "middle",
            "strokeColor": "none",
            "fillColor": "none",
            "spacing": "0",
            **_FONT,
        }
        words = escape(self._styled(line))
        return (
            f'<mxCell id="{name}" value="{words}" style="text;{_style(style)}" '
            f'vertex="1" parent="{_LAYER}"><mxGeometry x="{_n(line.x)}" '
            f'y="{_n(line.y - look.leading * 0.75)}" width="{_n(wide)}" '
            f'height="{_n(look.leading)}" as="geometry"/></mxCell>'
        )

    def _styled(self, line: Line) -> str:
        """One line of text as HTML."""
        look, colour = TEXT[line.role], self._theme.ink[line.role]
        text = escape(line.text)
        bold = f"<b>{text}</b>" if look.bold else text
        return f'<font color="{colour}" style="font-size: {_n(look.size)}px">{bold}</font>'


def _filled(cell: Cell) -> Rect:
    """The part of the icon's square that draw.io's shape fills; its shapes are stretched else."""
    at, shape = cell.picture, SHAPES.get(cell.icon)
    wide = at.width * shape.wide if shape else at.width
    high = at.height * shape.high if shape else at.height
    return Rect(at.x + (at.width - wide) / 2, at.y + (at.height - high) / 2, wide, high)


def _tied(end: str, rect: Rect, point: Point) -> dict[str, str]:
    """Where an arrow meets a box, as parts of the box."""
    return {
        f"{end}X": f"{(point[0] - rect.x) / rect.width:.6f}",
        f"{end}Y": f"{(point[1] - rect.y) / rect.height:.6f}",
        f"{end}Dx": "0",
        f"{end}Dy": "0",
        f"{end}Perimeter": "0",
    }


def _corners(points: Sequence[Point]) -> Sequence[Point]:
    """The points between; the middle of a straight line, which is else led around its ends."""
    if len(points) > 2:
        return points[1:-1]
    (x1, y1), (x2, y2) = points
    return [((x1 + x2) / 2, (y1 + y2) / 2)]


def _nearest(points: Sequence[Point], goal: Point) -> tuple[float, Point]:
    """The point of a line that is nearest to another, and the part of the line before it."""
    found, gone = (0.0, points[0]), 0.0
    whole = sum(map(dist, points, points[1:])) or 1
    for one, two in pairwise(points):
        near = _between(one[0], two[0], goal[0]), _between(one[1], two[1], goal[1])
        if dist(near, goal) < dist(found[1], goal):
            found = ((gone + dist(one, near)) / whole, near)
        gone += dist(one, two)
    return found


def _between(one: float, two: float, goal: float) -> float:
    return min(max(goal, min(one, two)), max(one, two))


def _dashed(lengths: Iterable[float]) -> dict[str, str]:
    pattern = " ".join(map(_n, lengths))
    return {"dashed": "1", "dashPattern": pattern, "fixDash": "1"} if pattern else {}


def _object(name: str, label: str, tooltip: str) -> str:
    """The start of an object whose label and tooltip are HTML."""
    shown = f' tooltip="{escape(escape(tooltip))}"' if tooltip else ""
    return f'<UserObject id="{name}" label="{escape(label)}"{shown}>'


def _style(values: Mapping[str, str]) -> str:
    return "".join(f"{key}={value};" for key, value in values.items())


def _n(number: float) -> str:
    return f"{round(number, 3):.10g}"
