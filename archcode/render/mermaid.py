"""A picture as a Mermaid flowchart, which GitHub draws in Markdown.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archcode.draw.look import LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.picture import Box
from archcode.render._nested import Nested, nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import Arrow, ArrowKind, Frame, Picture

_INDENT = "  "
_LINES: dict[ArrowKind, str] = {"flow": "-->", "stream": "==>", "redrive": "-.->"}
_ENTITIES = {
    "#": "#35;",
    "&": "#amp;",
    "<": "#lt;",
    ">": "#gt;",
    '"': "#quot;",
    "`": "#96;",
    "\\": "#92;",
}


def render(picture: Picture, theme: Theme = LIGHT) -> str:
    """The flowchart: a subgraph per frame, a node per box, a link per arrow, in that order."""
    tree = nested(picture)
    titles = {box.name: box.title or box.name for box in picture.boxes}
    parts = [f"{titles[arrow.source]} to {titles[arrow.target]}" for arrow in picture.arrows]
    lines = [
        "---",
        f"title: {json.dumps(clean(picture.title), ensure_ascii=False)}",
        "---",
        "flowchart LR",
        f"{_INDENT}accTitle: {_plain(picture.title)}",
        f"{_INDENT}accDescr: {_plain('; '.join([picture.subtitle, *parts]))}",
        *_inside(tree, "", 1),
        *(_link(tree, arrow) for arrow in picture.arrows),
        *_styles(tree, theme),
    ]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text that Mermaid shows as it is, inside its quotes."""
    return "".join(_ENTITIES.get(character, character) for character in clean(text))


def _plain(text: str) -> str:
    """Text for a screen reader, on the rest of a line."""
    return " ".join(clean(text).replace("{", "(").replace("}", ")").split())


def _inside(tree: Nested, frame: str, level: int) -> Iterator[str]:
    indent = _INDENT * level
    for item in tree.inside(frame):
        key = tree.keys[item.name]
        if isinstance(item, Box):
            yield f'{indent}{key}["{_rows(item)}"]'
            continue
        yield f'{indent}subgraph {key}["{escape(item.label) or " "}"]'
        yield from _inside(tree, item.name, level + 1)
        yield f"{indent}end"


def _rows(box: Box) -> str:
    rows = [f"<b>{escape(box.title or box.name)}</b>", *map(escape, (*box.lines, box.cost))]
    return "<br>".join(row for row in rows if row)


def _link(tree: Nested, arrow: Arrow) -> str:
    label = f'|"{escape(arrow.label)}"|' if clean(arrow.label) else ""
    source, target = tree.keys[arrow.source], tree.keys[arrow.target]
    return f"{_INDENT}{source} {_LINES[arrow.kind]}{label} {target}"


def _styles(tree: Nested, theme: Theme) -> Iterator[str]:
    """The colours of links by kind, and of frames."""
    arrows = tree.picture.arrows
    for kind in _LINES:
        numbers = [str(number) for number, arrow in enumerate(arrows) if arrow.kind == kind]
        if numbers and kind != "flow":
            yield f"{_INDENT}linkStyle {','.join(numbers)} stroke:{theme.arrows[kind]}"
    for frame in tree.frames.values():
        yield f"{_INDENT}style {tree.keys[frame.name]} {_frame(frame, theme)}"


def _frame(frame: Frame, theme: Theme) -> str:
    look = theme.frames[frame.kind]
    dash = f",stroke-dasharray:{' '.join(f'{n:g}' for n in look.box.dash)}" if look.box.dash else ""
    return f"fill:{theme.behind(frame.kind)},stroke:{look.box.colour},color:{look.text}{dash}"
