"""YAML text to plain values with a position for every key and value.

Reads libyaml's events directly: only YAML 1.2 core scalars, no tags, no aliases, no duplicate
keys, bounded size and depth, and every problem named with its line and column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
Mark = tuple[int, int]
Value = str | int | bool | Decimal | None | list["Value"] | dict[str, "Value"]

MAX_BYTES = 8 * 1024 * 1024
"""A spec of 10,000 components is about 2 MB; anything near this is not a spec."""
MAX_DEPTH = 32

_INT = re.compile(r"[-+]?[0-9]{1,100}")
_BASED = re.compile(r"0o[0-7]{1,60}|0x[0-9a-fA-F]{1,60}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(slots=True)
class Document:
    """The values of one YAML document and where each key and value begins."""

    value: Value = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Line and column of a path, or of its nearest parent that stands in the text."""
        while path:
            found = (self.keys if key else self.values).get(path) or self.values.get(path)
            if found:
                return found
            path, key = path[:-1], False
        return self.values.get((), (1, 1))


def decode(data: bytes) -> str:
    """The text of a spec file; raises SpecError when it is too large or not UTF-8 text."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:,.1f} MiB"
        raise _problem("file_too_large", f"the file is {size}, above the maximum of 8 MiB", (1, 1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise _problem("not_utf8", message, _end(before)) from None
    for index, character in enumerate(text):
        if character < " " and character not in "\t\n\r":
            message = f"the file holds the control character 0x{ord(character):02x}; it is no text"
            raise _problem("not_text", message, _end(text[:index]))
    return text


def load(text: str) -> Document:
    """Parse one YAML document; raises SpecError with every duplicate key, tag and alias."""
    reader = _Reader()
    try:
        reader.read(text)
    except RecursionError:  # pragma: no cover - MAX_DEPTH stops long before
        raise _problem("nesting_too_deep", "the text is nested too deep", (1, 1)) from None
    if reader.problems:
        raise SpecError(reader.problems)
    return reader.document


class _Reader:
    """Builds a Document from a stream of events, noting problems on the way."""

    def __init__(self) -> None:
        self.document = Document()
        self.problems: list[Finding] = []

    def read(self, text: str) -> None:
        # PyYAML costs 15 ms to import, which `archcode --help` need not pay.
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            events = yaml.parse(text, Loader=loader)
            self._document(events)
        except yaml.YAMLError as error:
            raise _syntax(error, text) from None

    def _document(self, events: Iterator[object]) -> None:
        skipped = ("StreamStartEvent", "DocumentStartEvent")
        event = next(e for e in events if type(e).__name__ not in skipped)
        if type(event).__name__ == "StreamEndEvent":
            raise _problem("empty_file", "the file is empty; a spec needs components", (1, 1))
        self.document.value = self._value(event, events, ())
        for event in events:
            if type(event).__name__ == "DocumentStartEvent":
                self._note("second_document", "a second document begins here", event)
                return

    def _value(self, event: object, events: Iterator[object], path: Path) -> Value:
        mark = event.start_mark  # type: ignore[attr-defined]
        self.document.values[path] = (mark.line + 1, mark.column + 1)
        if len(path) > MAX_DEPTH:
            raise _problem(
                "nesting_too_deep",
                f"is nested deeper than {MAX_DEPTH} levels",
                (mark.line + 1, mark.column + 1),
            )
        kind = type(event).__name__
        if kind == "AliasEvent":
            message = f"*{event.anchor} is an alias; write the value out"  # type: ignore[attr-defined]
            self._note("alias", message, event)
            return None
        if getattr(event, "tag", None) is not None:
            message = f"{quoted(event.tag)} is a tag; specs have none"  # type: ignore[attr-defined]
            self._note("tag", message, event)
        if kind == "ScalarEvent":
            return _scalar(event.value, plain=event.implicit[0])  # type: ignore[attr-defined]
        if kind == "SequenceStartEvent":
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[object], path: Path) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[object], path: Path) -> dict[str, Value]:
        items: dict[str, Value] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._key(event, events, path)
            place = (*path, key)
            mark = event.start_mark  # type: ignore[attr-defined]
            if place in self.document.keys:
                first = self.document.keys[place][0]
                message = f"{quoted(key)} stands here a second time; the first is on line {first}"
                self._note("duplicate_key", message, event)
                place = (*path, key, "again")
            else:
                self.document.keys[place] = (mark.line + 1, mark.column + 1)
            value = self._value(next(events), events, place)
            items.setdefault(key, value)
        return items

    def _key(self, event: object, events: Iterator[object], path: Path) -> str:
        if type(event).__name__ == "ScalarEvent":
            return str(event.value)  # type: ignore[attr-defined]
        self._note("key_not_text", "a key must be text", event)
        self._value(event, events, (*path, "?"))
        return "?"

    def _note(self, rule: str, message: str, event: object) -> None:
        mark = event.start_mark  # type: ignore[attr-defined]
        place = (mark.line + 1, mark.column + 1)
        self.problems.append(_problem(rule, message, place).findings[0])


def _scalar(text: str, *, plain: bool) -> Value:
    """A scalar by the YAML 1.2 core schema; quoted scalars are text."""
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return Decimal(text)
    return text


def _syntax(error: Exception, text: str) -> SpecError:
    """The complaint of libyaml, in our form."""
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable text"
    place = (mark.line + 1, mark.column + 1) if mark else _end(text)
    return _problem("yaml_syntax", f"this is not YAML: {what}", place)


def _problem(rule: str, message: str, place: Mark) -> SpecError:
    return SpecError([Finding(rule, Severity.ERROR, "", message, "", *place)])


def _end(text: str) -> Mark:
    """Line and column just behind a text."""
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1
