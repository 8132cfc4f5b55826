"""What is known of a finding's name as text: what `archcode explain` prints."""

from __future__ import annotations

import re
from textwrap import TextWrapper
from typing import TYPE_CHECKING

from archcode.render import _explained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.catalogue import Entry

# A source that is cut at a hyphen can neither be copied nor clicked.
_WRAP = TextWrapper(100, break_long_words=False, break_on_hyphens=False)
_LIST = TextWrapper(
    100,
    initial_indent="  ",
    subsequent_indent="      ",
    break_long_words=False,
    break_on_hyphens=False,
)

_GLUE = "\N{NO-BREAK SPACE}"


def render(entry: Entry) -> str:
    """A page: the harm, a line with it and one without, limits, sources, and what to do."""
    return "\n".join(_page(entry)) + "\n"


def _page(entry: Entry) -> Iterator[str]:
    yield f"{entry.name} ({entry.severity}, {entry.group})"
    yield entry.words
    for text in (entry.harm, *entry.detail.split("\n\n")):
        if text:
            yield ""
            yield from _WRAP.wrap(text)
    yield from _section("Offending", _example(entry.offending))
    yield from _section("Clean", _example(entry.clean))
    yield from _section("Limits", _wrapped(_explained.limits_of(entry)))
    yield from _section("Sources", () if entry.limits else entry.sources)
    yield from _section("Advice", _wrapped(_explained.advised(entry)))
    yield from _section("Mended", [_explained.fixing(entry)])
    yield from _section("Ignored by", [_explained.ignoring(entry)])


def _example(text: str) -> Iterator[str]:
    """Lines of a spec; a long one goes on behind a comma, as braces may."""
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        wrap = TextWrapper(
            98, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        glued = re.sub(r"(?<=[^,]) ", _GLUE, line)
        yield from (part.replace(_GLUE, " ") for part in wrap.wrap(glued))


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (part.removeprefix("  ") for part in _LIST.wrap(line))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A title and indented lines; nothing where there are none."""
    found = [*lines]
    if found:
        yield ""
        yield title
        yield from (f"  {line}" for line in found)
