"""A picture as Graphviz DOT text, for people who want to lay it out themselves."""

from collections.abc import Iterator

import graphviz
from graphviz.quoting import quote as _quoted

from archcode.draw.look import DASHES, LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.picture import Arrow, Box, Frame, Picture

_INDENT = "  "


def render(picture: Picture, theme: Theme = LIGHT) -> str:
    """The DOT text: a cluster per frame, a node per box, an edge per arrow, in that order."""
    parent = {name: frame.name for frame in picture.frames for name in frame.contains}
    tops = [frame.name for frame in picture.frames] + [box.name for box in picture.boxes]
    line = f'color="{theme.blank.colour}"'
    title = f"label={quote(picture.title, picture.subtitle)}"
    lines = [
        f"digraph {quote(picture.title)} {{",
        f"{_INDENT}graph [rankdir=LR, newrank=true, labelloc=t, fontname=Arial, {title}]",
        *_dark(theme),
        f"{_INDENT}node [shape=box, style=rounded, fontname=Arial, fontsize=11, {line}]",
        f"{_INDENT}edge [fontname=Arial, fontsize=10]",
        *_inside(picture, [name for name in tops if name not in parent], 1, theme),
        *(_edge(arrow, theme) for arrow in picture.arrows),
        "}",
    ]
    return "\n".join(lines) + "\n"


def quote(*rows: str) -> str:
    """A DOT string of some rows of text, whatever is in them."""
    # graphviz.escape doubles every backslash, so the line break goes in behind it.
    rows_escaped = [graphviz.escape(clean(row)) for row in rows if row]
    text: str = _quoted(graphviz.nohtml(r"\n".join(rows_escaped)))
    return text


def _inside(picture: Picture, names: list[str], level: int, theme: Theme) -> Iterator[str]:
    frames = {frame.name: frame for frame in picture.frames}
    boxes = {box.name: box for box in picture.boxes}
    for name in names:
        if name in boxes:
            yield _INDENT * level + _node(boxes[name])
        if name in frames:
            yield from _cluster(picture, frames[name], level, theme)


def _cluster(picture: Picture, frame: Frame, level: int, theme: Theme) -> Iterator[str]:
    look, indent = theme.frames[frame.kind].box, _INDENT * level
    style = "dashed" if look.dash else "solid"
    yield f"{indent}subgraph {_key('cluster_' + frame.name)} {{"
    yield (
        f"{indent}{_INDENT}graph [label={quote(frame.label)}, labeljust=l, "
        f'style={style}, color="{look.colour}"]'
    )
    yield from _inside(picture, list(frame.contains), level + 1, theme)
    yield f"{indent}}}"


def _node(box: Box) -> str:
    label = quote(box.title or box.name, *box.lines, box.cost)
    tooltip = f", tooltip={quote(box.tooltip)}" if box.tooltip else ""
    return f"{_key(box.name)} [label={label}{tooltip}]"


def _dark(theme: Theme) -> Iterator[str]:
    """Colours that Graphviz would otherwise take to be black on white."""
    if theme.page != LIGHT.page:
        ink = theme.ink["name"]
        yield f'{_INDENT}graph [bgcolor="{theme.page}", fontcolor="{ink}"]'
        yield f'{_INDENT}node [fontcolor="{ink}"]'
        yield f'{_INDENT}edge [fontcolor="{theme.ink["label"]}"]'


def _edge(arrow: Arrow, theme: Theme) -> str:
    style = ", style=dashed" if DASHES.get(arrow.kind) else ""
    label = f"label={quote(arrow.label)}, " if arrow.label else ""
    ends = f"{_key(arrow.source)} -> {_key(arrow.target)}"
    return f'{_INDENT}{ends} [{label}color="{theme.arrows[arrow.kind]}"{style}]'


def _key(name: str) -> str:
    """The identity of a node: two names stay two, however little they differ."""
    carried = name.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
    text: str = _quoted(graphviz.escape(carried))
    return text
