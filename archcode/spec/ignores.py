"""Comments of a spec that ignore findings: `# archcode: ignore[rule_a, rule_b] reason`.

Comments are what stands between the scalars of the text, as the YAML scanner sees them: a `#` in
a quoted text or in a block of text begins none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.spec.load import Mark

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_IGNORE = re.compile(r"#\s*archcode:\s*ignore\b\s*(?:\[(?P<rules>[^\]]*)\])?\s*(?P<reason>.*)")
_RULE = re.compile(r"[^\s,]+")
_BLOCK_STYLES = ("|", ">")


class Named(NamedTuple):
    """A rule as a comment names it, and where."""

    rule: str
    mark: Mark


class Ignore(Struct, frozen=True):
    """A comment that ignores findings of these rules on a line; 0 where no line follows it."""

    rules: tuple[Named, ...]
    reason: str
    line: int
    mark: Mark


def ignores(text: str) -> tuple[Ignore, ...]:
    """The comments of a text that can be read which ignore something, in its order."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    found = [(match.start(), match.group()) for match in _comments(text)]
    places = [(_mark(index, starts), words) for index, words in found]
    alone = {
        mark[0] for mark, _ in places if not text[starts[mark[0] - 1] :][: mark[1] - 1].strip()
    }
    last = len(starts)
    return tuple(
        _ignore(match, mark, _line(mark[0], alone, last))
        for mark, words in places
        if (match := _IGNORE.fullmatch(words))
    )


def _ignore(match: re.Match[str], mark: Mark, line: int) -> Ignore:
    offset = mark[1] + match.start("rules")
    rules = tuple(
        Named(name.group(), (mark[0], offset + name.start()))
        for name in _RULE.finditer(match["rules"] or "")
    )
    return Ignore(rules, match["reason"].strip(), line, mark)


def _line(line: int, alone: set[int], last: int) -> int:
    """The line that a comment is about: its own, or where it stands alone the next that is none."""
    if line not in alone:
        return line
    while line in alone:
        line += 1
    return line if line <= last else 0


def _comments(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for start, stop in _scalars(text):
        yield from _COMMENT.finditer(text, end, start)
        end = stop
    yield from _COMMENT.finditer(text, end)


def _scalars(text: str) -> Iterator[tuple[int, int]]:
    """Where each scalar begins and ends; a block of text begins behind its first line."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.ScalarEvent):
            start, end = event.start_mark.index, event.end_mark.index  # type: ignore[union-attr]
            head = _BREAK.search(text, start) if event.style in _BLOCK_STYLES else None
            yield (head.end() if head else start), end


def _mark(index: int, starts: list[int]) -> Mark:
    line = bisect_right(starts, index)
    return line, index - starts[line - 1] + 1
