"""Settings changed in the text of a spec; every other byte of it stays as it was.

A value is replaced where it stands. A setting that is not written yet goes behind the last one of
its mapping, in the mapping's own style; an arrow without options gets them in braces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from msgspec import Struct, field

from archcode.spec.dump import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.model import Value
    from archcode.spec.load import Mark, Path

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_ANCHOR = re.compile(r"&\S+\s*")
_BLANK = " \n\r\x85\u2028\u2029"
_BLOCK_STYLES = ("|", ">")
_NULLS = ("", "~", "null", "Null", "NULL")


class Edit(NamedTuple):
    """What takes the place of a part of a text."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with parts replaced; they do not overlap."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def edits(text: str, settings: Mapping[Path, Value]) -> Iterator[Edit]:
    """What gives settings their values; nothing for one that has no place in the text.

    The text can be read. Several new settings of one mapping share one edit.
    """
    yield from _edits(_tree(text), text, settings)


def edits_alone(text: str, settings: Mapping[Path, Value]) -> Iterator[tuple[Path, Edit]]:
    """The same for each setting as if it were the only one."""
    root = _tree(text)
    for path, value in settings.items():
        yield from ((path, edit) for edit in _edits(root, text, {path: value}))


def _edits(root: _Node, text: str, settings: Mapping[Path, Value]) -> Iterator[Edit]:
    new: dict[int, tuple[_Node, list[str]]] = {}
    for path, value in settings.items():
        node, rest = _walk(root, path)
        if rest:
            new.setdefault(id(node), (node, []))[1].append(_pair(rest, value))
        elif node.scalar:
            yield _replaced(text, node, value)
    for node, pairs in new.values():
        found = _inserted(text, node, pairs)
        if found is not None:
            yield found


def place(text: str, index: int) -> Mark:
    """Line and column of a place in a text."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text, 0, index))]
    return len(starts), index - starts[-1] + 1


class _Node(Struct):
    """A value in the text: where it stands, and what it holds by its keys."""

    start: int
    end: int
    scalar: bool = False
    style: str = ""
    value: str = ""
    flow: bool = False
    column: int = 0
    entries: dict[str | int, _Node] = field(default_factory=dict)

    @property
    def last(self) -> _Node:
        """What ends where this value ends."""
        return self if self.scalar or self.flow else [*self.entries.values()][-1].last

    @property
    def is_null(self) -> bool:
        """Whether nothing is said."""
        return self.scalar and not self.style and self.value in _NULLS


class _Place(Protocol):
    index: int
    column: int


class _Event(Protocol):
    start_mark: _Place
    end_mark: _Place
    value: str
    style: str | None
    flow_style: bool


def _tree(text: str) -> _Node:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = cast("Iterator[_Event]", yaml.parse(text, Loader=loader))
    skipped = ("StreamStartEvent", "DocumentStartEvent")
    first = next(event for event in events if type(event).__name__ not in skipped)
    return _node(first, events, text)


def _node(event: _Event, events: Iterator[_Event], text: str) -> _Node:
    kind, start, end = type(event).__name__, event.start_mark.index, event.end_mark.index
    anchor = _ANCHOR.match(text, start, end)
    start = anchor.end() if anchor else start
    if kind == "ScalarEvent":
        return _Node(start, end, scalar=True, style=event.style or "", value=event.value)
    node = _Node(start, end, flow=event.flow_style, column=-1)
    for item in events:
        if type(item).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
            node.end = item.end_mark.index
            return node
        if kind == "SequenceStartEvent":
            node.entries[len(node.entries)] = _node(item, events, text)
            continue
        node.column = item.start_mark.column if node.column < 0 else node.column
        node.entries[item.value] = _node(next(events), events, text)
    return node


def _walk(node: _Node, path: Path) -> tuple[_Node, tuple[str, ...]]:
    """The value at a path, or the nearest one above it and the keys that are missing."""
    for number, key in enumerate(path):
        if key not in node.entries:
            return node, tuple(map(str, path[number:]))
        node = node.entries[key]
    return node, ()


def _replaced(text: str, node: _Node, value: Value) -> Edit:
    quote = node.style if node.style in ("'", '"') and isinstance(value, str) else ""
    written = _written(value, quote)
    needs_blank = node.start == node.end and not text[: node.start].endswith((" ", "\n", "\t"))
    # A block of text ends behind its line ends, which stay.
    kept = text[node.start : node.end].rstrip(_BLANK) if node.style in _BLOCK_STYLES else ""
    end = node.start + len(kept) if kept else node.end
    return Edit(node.start, end, f" {written}" if needs_blank else written)


def _written(value: Value, quote: str = "") -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return text_of(value, quoted=bool(quote))


def _pair(keys: tuple[str, ...], value: Value) -> str:
    first, *rest = keys
    inner = "{" + _pair(tuple(rest), value) + "}" if rest else _written(value)
    return f"{text_of(first)}: {inner}"


def _inserted(text: str, node: _Node, pairs: list[str]) -> Edit | None:
    """New settings of a mapping, or options of an arrow that has none; None of anything else."""
    together = ", ".join(pairs)
    if node.is_null:
        return _replaced_by_mapping(text, node, together)
    if node.scalar:
        arrow = "->" in node.value and node.style not in _BLOCK_STYLES
        return Edit(node.end, node.end, f": {{{together}}}") if arrow else None
    if not node.entries:
        return Edit(node.end - 1, node.end - 1, together)
    end = node.last.end
    if node.flow:
        end = [*node.entries.values()][-1].end
        return Edit(end, end, f", {together}")
    return _lines(text, node, end, pairs)


def _replaced_by_mapping(text: str, node: _Node, pairs: str) -> Edit:
    blank = "" if text[: node.start].endswith((" ", "\n", "\t")) else " "
    return Edit(node.start, node.end, f"{blank}{{{pairs}}}")


def _lines(text: str, node: _Node, end: int, pairs: list[str]) -> Edit:
    """New lines of a mapping in block style, behind its last one and the comment on it."""
    lines = [" " * node.column + pair for pair in pairs]
    newline = _BREAK.search(text, end) or _BREAK.search(text)
    ending = newline.group() if newline else "\n"
    if node.last.style in _BLOCK_STYLES and _BREAK.match(text, end - 1):
        return Edit(end, end, "".join(line + ending for line in lines))
    found = _BREAK.search(text, end)
    at = found.start() if found else len(text)
    return Edit(at, at, "".join(ending + line for line in lines))
