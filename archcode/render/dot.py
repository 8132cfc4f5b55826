"""A picture as Graphviz DOT text, for people who want to lay it out themselves."""

from collections.abc import Iterator

import graphviz
from graphviz.quoting import quote as _quoted

from archcode.draw.look import DASHES, LIGHT, Theme
from archcode.draw.metrics import clean
from archcode.draw.picture import Arrow, Box, Frame, Picture, Scale
from archcode.render import _decorated as decorated
from archcode.render._link import https

_INDENT = "  "


def render(picture: Picture, theme: Theme = LIGHT) -> str:
    """The DOT text: a cluster per frame, a node per box, an edge per arrow, in that order."""
    parent = {name: frame.name for frame in picture.frames for name in frame.contains}
    tops = [frame.name for frame in picture.frames] + [box.name for box in picture.boxes]
    line = f'color="{theme.blank.colour}"'
    rank = "TB" if picture.direction == "TB" else "LR"
    title = f"label={quote(picture.title, picture.subtitle)}"
    lines = [
        f"digraph {quote(picture.title)} {{",
        f"{_INDENT}graph [rankdir={rank}, newrank=true, labelloc=t, fontname=Arial, {title}]",
        *_dark(theme),
        f"{_INDENT}node [shape=box, style=rounded, fontname=Arial, fontsize=11, {line}]",
        f"{_INDENT}edge [fontname=Arial, fontsize=10]",
        *_inside(picture, [name for name in tops if name not in parent], 1, theme),
        *(_edge(arrow, theme) for arrow in picture.arrows),
        *_legend(picture, theme),
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
            yield _INDENT * level + _node(boxes[name], theme)
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


def _node(box: Box, theme: Theme) -> str:
    parts = [f"label={quote(*decorated.rows(box))}"]
    address = https(box.link)
    if box.tooltip:
        parts.append(f"tooltip={quote(box.tooltip)}")
    if address:
        parts.append(f'URL={quote(address)}, target="_blank"')
    if box.heat:
        parts.append(_heat(box.heat, theme))
    return f"{_key(box.name)} [{', '.join(parts)}]"


def _heat(level: int, theme: Theme) -> str:
    fill, ink = decorated.heat(level, theme)
    return f'style="rounded,filled", fillcolor="{fill}", fontcolor="{ink}"'


def _legend(picture: Picture, theme: Theme) -> Iterator[str]:
    """Steps in one node, colours of heat in one each, under names that no box has."""
    taken = {box.name for box in picture.boxes} | {frame.name for frame in picture.frames}
    free = "legend"
    while any(name.startswith(free) for name in taken):
        free += "_"
    lines = decorated.steps(picture)
    if lines:
        yield f"{_INDENT}{_key(free)} [shape=plain, label={_left(lines)}]"
    if picture.scale:
        yield from _scale(picture.scale, free, theme)


def _scale(scale: Scale, free: str, theme: Theme) -> Iterator[str]:
    """A cluster of colours; lines that are not seen keep them in their order."""
    names = [_key(f"{free}_{level}") for level in range(1, len(scale.levels) + 1)]
    yield f"{_INDENT}subgraph {_key('cluster_' + free)} {{"
    yield f'{_INDENT * 2}graph [label={quote(scale.title)}, style=solid, color="none"]'
    for level, (name, words) in enumerate(zip(names, scale.levels, strict=True), 1):
        yield f"{_INDENT * 2}{name} [label={quote(words)}, {_heat(level, theme)}]"
    if len(names) > 1:
        yield f"{_INDENT * 2}{' -> '.join(names)} [style=invis]"
    yield f"{_INDENT}}}"


def _left(rows: tuple[str, ...]) -> str:
    """A DOT string whose rows begin at the left."""
    escaped = "".join(graphviz.escape(clean(row)) + r"\l" for row in rows)
    text: str = _quoted(graphviz.nohtml(escaped))
    return text


def _dark(theme: Theme) -> Iterator[str]:
    """Colours that Graphviz would otherwise take to be black on white."""
    if theme.page != LIGHT.page:
        ink = theme.ink["name"]
        yield f'{_INDENT}graph [bgcolor="{theme.page}", fontcolor="{ink}"]'
        yield f'{_INDENT}node [fontcolor="{ink}"]'
        yield f'{_INDENT}edge [fontcolor="{theme.ink["label"]}"]'


def _edge(arrow: Arrow, theme: Theme) -> str:
    style = ", style=dashed" if DASHES.get(arrow.kind) else ""
    text = decorated.label(arrow)
    label = f"label={quote(text)}, " if text else ""
    ends = f"{_key(arrow.source)} -> {_key(arrow.target)}"
    return f'{_INDENT}{ends} [{label}color="{theme.arrows[arrow.kind]}"{style}]'


def _key(name: str) -> str:
    """The identity of a node: two names stay two, however little they differ."""
    carried = name.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
    text: str = _quoted(graphviz.escape(carried))
    return text
