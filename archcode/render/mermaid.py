"""A picture as a Mermaid flowchart, which GitHub draws in Markdown.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from archcode.draw.look import LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.picture import Box
from archcode.render import _decorated as decorated
from archcode.render._link import https
from archcode.render._nested import Nested, nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import Arrow, ArrowKind, Frame, Picture

_INDENT = "  "
_LINES: dict[ArrowKind, str] = {"flow": "-->", "stream": "==>", "redrive": "-.->"}
_LIST = re.compile(r"^(\d+)\.")
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
        f"flowchart {'TB' if picture.direction == 'TB' else 'LR'}",
        f"{_INDENT}accTitle: {_plain(picture.title)}",
        f"{_INDENT}accDescr: {_plain('; '.join([picture.subtitle, *parts]))}",
        *_inside(tree, "", 1),
        *(_link(tree, arrow) for arrow in picture.arrows),
        *_styles(tree, theme),
        *_links(tree),
        *_legend(picture, theme),
        *_heats(tree, theme),
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
    name, *others = map(escape, decorated.rows(box))
    return "<br>".join([f"<b>{name}</b>", *others])


def _link(tree: Nested, arrow: Arrow) -> str:
    text = decorated.label(arrow)
    label = f'|"{_numbered(text)}"|' if clean(text) else ""
    source, target = tree.keys[arrow.source], tree.keys[arrow.target]
    return f"{_INDENT}{source} {_LINES[arrow.kind]}{label} {target}"


def _numbered(text: str) -> str:
    """Text that may begin with a number and a dot, which Markdown would make a list of."""
    return _LIST.sub(r"\g<1>#46;", escape(text))


def _links(tree: Nested) -> Iterator[str]:
    """Addresses that a click on a box opens."""
    for name, box in tree.boxes.items():
        address, mark, part = https(box.link).partition("#")
        # Mermaid takes "#word;" to be a character.
        address += mark + part.replace(";", "%3B")
        if address:
            yield f'{_INDENT}click {tree.keys[name]} href "{address}" _blank'


def _legend(picture: Picture, theme: Theme) -> Iterator[str]:
    """Steps in one node, colours of heat in one each; no box can have these names."""
    lane = theme.frames["lane"]
    look = f"fill:{theme.behind('lane')},stroke:{lane.box.colour},color:{lane.text}"
    lines = decorated.steps(picture)
    if lines:
        heading, *others = map(_numbered, lines)
        yield f'{_INDENT}steps["{"<br>".join([f"<b>{heading}</b>", *others])}"]'
        yield f"{_INDENT}style steps {look},text-align:left"
    if picture.scale:
        yield f'{_INDENT}subgraph scale["{escape(picture.scale.title) or " "}"]'
        for level, words in decorated.levels(picture):
            yield f'{_INDENT * 2}scale_{level}["{escape(words) or " "}"]'
        yield f"{_INDENT}end"
        yield f"{_INDENT}style scale {look}"


def _heats(tree: Nested, theme: Theme) -> Iterator[str]:
    """A class for each level of heat, with the boxes of it and its entry in the legend."""
    shown = {level: [f"scale_{level}"] for level, _ in decorated.levels(tree.picture)}
    for box in tree.picture.boxes:
        if box.heat:
            shown.setdefault(box.heat, []).append(tree.keys[box.name])
    for level, keys in sorted(shown.items()):
        fill, ink = decorated.heat(level, theme)
        yield f"{_INDENT}classDef heat{level} fill:{fill},color:{ink}"
        yield f"{_INDENT}class {','.join(keys)} heat{level}"


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
