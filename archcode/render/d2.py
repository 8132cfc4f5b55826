"""A picture as D2, whose containers nest as the frames do.

https://d2lang.com/tour/containers
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.look import DASHES, LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.picture import Box
from archcode.render._nested import Nested, nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import Arrow, Frame, Picture

_INDENT = "  "


def render(picture: Picture, theme: Theme = LIGHT) -> str:
    """The D2 text: a container per frame, a shape per box, a connection per arrow."""
    tree = nested(picture)
    heading = [clean(picture.title), clean(picture.subtitle)]
    lines = [
        "direction: right",
        f"title: {quote(*heading)} {{shape: text; near: top-left; style.font-size: 28}}",
        *_inside(tree, "", 0, theme),
        *(_connection(tree, arrow, theme) for arrow in picture.arrows),
    ]
    return "\n".join(lines) + "\n"


def quote(*rows: str) -> str:
    """A D2 string of some rows of text, whatever is in them."""
    shown = [clean(row) for row in rows if row]
    safe = [row.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") for row in shown]
    return '"' + "\\n".join(safe) + '"'


def _inside(tree: Nested, frame: str, level: int, theme: Theme) -> Iterator[str]:
    indent = _INDENT * level
    for item in tree.inside(frame):
        key = tree.keys[item.name]
        if isinstance(item, Box):
            rows = quote(item.title or item.name, *item.lines, item.cost)
            tooltip = f" {{tooltip: {quote(item.tooltip)}}}" if item.tooltip else ""
            yield f"{indent}{key}: {rows}{tooltip}"
            continue
        yield f"{indent}{key}: {quote(item.label)} {{"
        yield f"{indent}{_INDENT}style: {{{_style(item, theme)}}}"
        yield from _inside(tree, item.name, level + 1, theme)
        yield f"{indent}}}"


def _style(frame: Frame, theme: Theme) -> str:
    look = theme.frames[frame.kind]
    dash = "; stroke-dash: 4" if look.box.dash else ""
    fill, stroke = theme.behind(frame.kind), look.box.colour
    return f'fill: "{fill}"; stroke: "{stroke}"; font-color: "{look.text}"{dash}'


def _connection(tree: Nested, arrow: Arrow, theme: Theme) -> str:
    ends = " -> ".join(".".join(tree.path(name)) for name in (arrow.source, arrow.target))
    label = f" {quote(arrow.label)}" if clean(arrow.label) else ""
    dash = "; stroke-dash: 4" if DASHES.get(arrow.kind) else ""
    return f'{ends}:{label} {{style: {{stroke: "{theme.arrows[arrow.kind]}"{dash}}}}}'
