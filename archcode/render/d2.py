"""A picture as D2, whose containers nest as the frames do.

https://d2lang.com/tour/containers
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archcode.draw.look import DASHES, LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.picture import Box
from archcode.render import _decorated as decorated
from archcode.render._link import https
from archcode.render._nested import Nested, nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import Arrow, Frame, Picture

_INDENT = "  "
_URL = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*://")


def render(picture: Picture, theme: Theme = LIGHT) -> str:
    """The D2 text: a container per frame, a shape per box, a connection per arrow."""
    tree = nested(picture)
    heading = [clean(picture.title), clean(picture.subtitle)]
    lines = [
        f"direction: {'down' if picture.direction == 'TB' else 'right'}",
        f"title: {quote(*heading)} {{shape: text; near: top-left; style.font-size: 28}}",
        *_inside(tree, "", 0, theme),
        *(_connection(tree, arrow, theme) for arrow in picture.arrows),
        *_legend(picture, theme),
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
            rows, more = quote(*decorated.rows(item)), "; ".join(_more(item, theme))
            yield f"{indent}{key}: {rows}{f' {{{more}}}' if more else ''}"
            continue
        yield f"{indent}{key}: {quote(item.label)} {{"
        yield f"{indent}{_INDENT}style: {{{_style(item, theme)}}}"
        yield from _inside(tree, item.name, level + 1, theme)
        yield f"{indent}}}"


def _more(box: Box, theme: Theme) -> Iterator[str]:
    """What a box has besides its text."""
    address = https(box.link)
    if box.tooltip:
        yield f"tooltip: {quote(box.tooltip)}"
    # D2 refuses a link beside text that looks like another one.
    if address and not any(map(_URL.match, (decorated.rows(box)[0], box.tooltip))):
        yield f"link: {quote(address)}"
    if box.heat:
        yield f"style: {{{_heat(box.heat, theme)}}}"


def _heat(level: int, theme: Theme) -> str:
    fill, ink = decorated.heat(level, theme)
    return f'fill: "{fill}"; font-color: "{ink}"'


def _legend(picture: Picture, theme: Theme) -> Iterator[str]:
    """Steps as text, colours of heat as boxes; no box can have these names."""
    lines = decorated.steps(picture)
    if lines:
        yield f"step_list: {quote(*lines)} {{shape: text; near: bottom-left}}"
    if picture.scale:
        yield f"heat_scale: {quote(picture.scale.title)} {{"
        yield f"{_INDENT}near: bottom-right"
        for level, words in decorated.levels(picture):
            yield f"{_INDENT}level_{level}: {quote(words)} {{style: {{{_heat(level, theme)}}}}}"
        yield "}"


def _style(frame: Frame, theme: Theme) -> str:
    look = theme.frames[frame.kind]
    dash = "; stroke-dash: 4" if look.box.dash else ""
    fill, stroke = theme.behind(frame.kind), look.box.colour
    return f'fill: "{fill}"; stroke: "{stroke}"; font-color: "{look.text}"{dash}'


def _connection(tree: Nested, arrow: Arrow, theme: Theme) -> str:
    ends = " -> ".join(".".join(tree.path(name)) for name in (arrow.source, arrow.target))
    text = decorated.label(arrow)
    label = f" {quote(text)}" if clean(text) else ""
    dash = "; stroke-dash: 4" if DASHES.get(arrow.kind) else ""
    return f'{ends}:{label} {{style: {{stroke: "{theme.arrows[arrow.kind]}"{dash}}}}}'
