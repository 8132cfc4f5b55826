"""A scene for draw.io: AWS's own shapes, frames that hold what is in them, tied arrows."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.draw.look import CORNER, DASHES, HEAD_LENGTH, LIGHT, STROKE, TEXT, Theme
from archcode.draw.metrics import clean
from archcode.draw.scene import Rect
from archcode.render import _mxmarks as marks
from archcode.render._aws4 import GROUPS, SHAPES
from archcode.render._mxarrow import centre, corners, nearest, tied
from archcode.render._mxgraph import (
    FONT,
    LAYER,
    box,
    dashed,
    geometry,
    html,
    joined,
    opened,
    shown,
    words,
)
from archcode.render._xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archcode.draw.picture import ArrowKind
    from archcode.draw.scene import Border, Cell, Key, Label, Route, Scene
    from archcode.render.deck import Page

_SIGN = 18
"""The side of the sign in the corner of a frame."""
_SWITCHES = 'grid="0" guides="1" tooltips="1" connect="1" arrows="1" fold="1" page="1"'


def render(scene: Scene, icons: Mapping[str, bytes], theme: Theme = LIGHT) -> str:
    """The file, uncompressed; icons are PNGs by path, for those that draw.io has no shape for."""
    return _file([_page("archcode", scene.title, scene, icons, theme)])


def pages(drawn: Sequence[Page], icons: Mapping[str, bytes], theme: Theme = LIGHT) -> str:
    """One file of several pages, each under its title."""
    return _file(
        _page(f"archcode-{number}", clean(page.title), page.scene, icons, theme)
        for number, page in enumerate(drawn, 1)
    )


def _file(diagrams: Iterable[str]) -> str:
    return "\n".join(['<mxfile host="archcode">', *diagrams, "</mxfile>"]) + "\n"


def _page(name: str, title: str, scene: Scene, icons: Mapping[str, bytes], theme: Theme) -> str:
    size = f'pageWidth="{shown(scene.width)}" pageHeight="{shown(scene.height)}"'
    # draw.io turns colours around on a dark screen, unless they are dark already.
    fixed = ' adaptiveColors="none"' if theme.name == "dark" else ""
    page = f'background="{theme.page}"{fixed}'
    lines = [
        f'<diagram id="{name}" name="{escape(title)}">',
        f"<mxGraphModel {_SWITCHES} {size} {page}>",
        "<root>",
        '<mxCell id="0"/>',
        f'<mxCell id="{LAYER}" parent="0"/>',
        *_Drawing(scene, icons, theme).cells(),
        "</root>",
        "</mxGraphModel>",
        "</diagram>",
    ]
    return "\n".join(lines)


class _Place(Struct, frozen=True):
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
        scene, theme = self._scene, self._theme
        for number, line in enumerate(scene.heading, 1):
            yield words(f"heading-{number}", line, theme)
        for place, frame in self._frames:
            yield self._frame(place, frame)
        for number, cell in enumerate(scene.cells, 1):
            yield from self._cell(number, cell)
        for name, route in self._routes.items():
            yield self._flow(name, route)
        for number, label in enumerate(scene.labels, 1):
            yield from self._label(f"label-{number}", label)
        for number, key in enumerate(scene.legend, 1):
            yield self._stroke(f"key-{number}", key)
            yield words(f"key-{number}-text", key.line, theme)
        yield from marks.legend("sign", scene.signs, theme)
        yield from marks.legend("scale", scene.scale, theme)
        yield from marks.legend("step", scene.steps, theme)

    def _frame(self, place: _Place, frame: Border) -> str:
        look = self._theme.frames[frame.kind]
        sign = GROUPS.get(frame.kind)
        lane = {"rounded": "1", "absoluteArcSize": "1", "arcSize": shown(2 * look.box.radius)}
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
            "strokeWidth": shown(look.box.stroke),
            **dashed(look.box.dash),
            "verticalAlign": "top",
            "align": "left",
            "spacingLeft": str(_SIGN + 6) if sign else "4",
            "spacingTop": "3",
            "fontSize": shown(TEXT["frame"].size),
            "fontStyle": "1",
            "fontColor": look.text,
            **FONT,
        }
        label = "".join(escape(line.text) for line in frame.lines)
        around = self._around(place, frame.rect)
        return _object(opened(place.id, label, frame.tooltip), style, place.rect, around)

    def _cell(self, number: int, cell: Cell) -> Iterator[str]:
        """A box on its heat, which takes it along, with badges, which go with it."""
        place = self._boxes[cell.name]
        around = self._around(place, cell.picture)
        if cell.heat:
            heat = _Place(f"heat-{number}", cell.heat.rect)
            yield from marks.mark(heat.id, cell.heat, self._theme, around.id, around.rect)
            around = heat
        yield self._box(place, cell, around)
        for badge, one in enumerate(cell.badges, 1):
            name = f"badge-{number}-{badge}"
            yield from marks.mark(name, one, self._theme, place.id, place.rect)

    def _box(self, place: _Place, cell: Cell, around: _Place) -> str:
        style = {
            **self._icon(cell),
            "aspect": "fixed",
            "verticalLabelPosition": "bottom",
            "verticalAlign": "top",
            "align": "center",
            "spacingTop": shown(cell.picture.bottom - place.rect.bottom),
            **FONT,
        }
        rows = "<br>".join(html(line, self._theme) for line in cell.lines)
        return _object(opened(place.id, rows, cell.tooltip, cell.link), style, place.rect, around)

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
        return box(self._theme.blank)

    def _around(self, place: _Place, drawn: Rect) -> _Place:
        """The smallest frame around something, else the page; the largest frames come first."""
        found = _Place(LAYER, Rect(0, 0, 0, 0))
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
            **tied("exit", source.rect, route.points[0]),
            **tied("entry", target.rect, route.points[-1]),
        }
        bends = "".join(
            f'<mxPoint x="{shown(x)}" y="{shown(y)}"/>' for x, y in corners(route.points)
        )
        array = f'<Array as="points">{bends}</Array>'
        return (
            f"{opened(name, '', route.tooltip)}"
            f'<mxCell style="{joined(style)}" edge="1" parent="{LAYER}" '
            f'source="{source.id}" target="{target.id}">'
            f'<mxGeometry relative="1" as="geometry">{array}</mxGeometry></mxCell></UserObject>'
        )

    def _stroke(self, name: str, key: Key) -> str:
        (x1, y1), (x2, y2) = key.points[0], key.points[-1]
        return (
            f'<mxCell id="{name}" style="{joined(self._line(key.kind))}" edge="1" '
            f'parent="{LAYER}"><mxGeometry relative="1" as="geometry">'
            f'<mxPoint x="{shown(x1)}" y="{shown(y1)}" as="sourcePoint"/>'
            f'<mxPoint x="{shown(x2)}" y="{shown(y2)}" as="targetPoint"/></mxGeometry></mxCell>'
        )

    def _line(self, kind: ArrowKind) -> dict[str, str]:
        return {
            "rounded": "1",
            "arcSize": shown(2 * CORNER),
            "endArrow": "block",
            "endFill": "1",
            "endSize": shown(HEAD_LENGTH - 3),
            "strokeColor": self._theme.arrows[kind],
            "strokeWidth": shown(STROKE),
            **dashed(DASHES.get(kind, ())),
        }

    def _label(self, name: str, label: Label) -> Iterator[str]:
        """Number and words of an arrow, tied to the place on its line that they are nearest to."""
        tie = nearest(label, self._routes)
        if label.step:
            style = marks.style(label.step, self._theme)
            value = marks.value(label.step, self._theme)
            yield tie.cell(f"{name}-step", value, {"edgeLabel": "", **style}, label.step.rect)
        if label.lines:
            style = {
                "edgeLabel": "",
                "align": "center",
                "verticalAlign": "middle",
                "resizable": "0",
                "labelBackgroundColor": "none",
                **FONT,
            }
            rows = "<br>".join(html(line, self._theme) for line in label.lines)
            yield tie.cell(name, rows, style, centre(label))


def _object(start: str, style: Mapping[str, str], rect: Rect, around: _Place) -> str:
    """A shape with its tooltip in what it stands in, which its coordinates begin at."""
    return (
        f'{start}<mxCell style="{joined(style)}" vertex="1" parent="{around.id}">'
        f"{geometry(rect, around.rect)}</mxCell></UserObject>"
    )


def _filled(cell: Cell) -> Rect:
    """The part of the icon's square that draw.io's shape fills; its shapes are stretched else."""
    at, shape = cell.picture, SHAPES.get(cell.icon)
    wide = at.width * shape.wide if shape else at.width
    high = at.height * shape.high if shape else at.height
    return Rect(at.x + (at.width - wide) / 2, at.y + (at.height - high) / 2, wide, high)
