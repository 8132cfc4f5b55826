"""YAML text to plain values with a position for every key and value.

Reads libyaml's events directly: only YAML 1.2 core scalars, no tags, no aliases, no duplicate
keys, bounded size and depth, and every problem named with its line and column.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct, field

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.spec.ignores import Ignore

Path = tuple[str | int, ...]
Mark = tuple[int, int]
Value = str | int | bool | Decimal | None | list["Value"] | dict[str, "Value"]

MAX_BYTES = 8 * 1024 * 1024
"""A spec of 10,000 components is about 2 MB; anything near this is not a spec."""
MAX_DEPTH = 32

_INT = re.compile(r"[-+]?[0-9]{1,100}")
_BASED = re.compile(r"0o[0-7]{1,60}|0x[0-9a-fA-F]{1,60}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,60}|[0-9]{1,60}(?:\.[0-9]{0,60})?)(?:[eE][-+]?[0-9]{1,4})?")
_LARGEST_EXPONENT = 100
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What YAML or XML cannot carry, and a terminal would obey."""
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Document(Struct):
    """The values of one YAML document, where each key and value begins, and what is wrong.

    `ignores` are its comments that ignore findings.
    """

    value: Value = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    ignores: tuple[Ignore, ...] = ()

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Line and column of a path, or of its nearest parent that stands in the text."""
        while path:
            found = (self.keys if key else self.values).get(path) or self.values.get(path)
            if found:
                return found
            path, key = path[:-1], False
        return self.values.get((), (1, 1))


def decode(data: bytes) -> str:
    """The text of a spec file; raises SpecError when it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise _problem("not_utf8", message, _end(before)) from None
    return text


def too_large(size: int) -> SpecError:
    """The problem of a file that nobody wrote by hand."""
    message = f"the file has {size:,} bytes, above the maximum of {MAX_BYTES:,}"
    return _problem("file_too_large", message, (1, 1))


def load(text: str) -> Document:
    """Parse one YAML document; duplicate keys and tags are problems of the document.

    Raises SpecError where the values cannot be told: no text, bad syntax, aliases, odd keys.
    """
    text = text.removeprefix("\ufeff")
    control = _CONTROL.search(text)
    if control:
        message = f"the file holds {_named(control.group())}; it is no text"
        raise _problem("not_text", message, _end(text[: control.start()]))
    reader = _Reader()
    reader.read(text)
    document = reader.document
    if any(problem.rule in _FATAL for problem in document.problems):
        raise SpecError(sorted(document.problems, key=lambda f: (f.line, f.column)))
    if _IGNORING in text:
        from archcode.spec.ignores import ignores

        document.ignores = ignores(text)
    return document


_IGNORING = "archcode:"
"""Stands in every comment that ignores a finding; most specs have none."""
_DEEPER = f"this is nested deeper than {MAX_DEPTH} levels"
_TOO_DEEP = "exceeded maximum nesting depth"
"""What PyYAML 6.0.4 says of a thousand levels, before it hands out the first of them."""
_FATAL = ("alias", "key_not_text", "nesting_too_deep", "yaml_syntax", "empty_file")


class _Place(Protocol):
    """A position of libyaml, counted from zero."""

    line: int
    column: int


class _Event(Protocol):
    """What libyaml reports: the fields of its events, as far as each kind has them."""

    start_mark: _Place
    value: str
    anchor: str
    implicit: tuple[bool, bool]


class _Reader:
    """Builds a Document from a stream of events, noting problems on the way."""

    def __init__(self) -> None:
        self.document = Document()

    def read(self, text: str) -> None:
        # PyYAML costs 15 ms to import, which `archcode --help` need not pay.
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            # The stubs of PyYAML know the common base of events only.
            self._document(cast("Iterator[_Event]", yaml.parse(text, Loader=loader)))
        except yaml.YAMLError as error:
            self.document.problems += _syntax(error, text).findings
        except SpecError as error:
            self.document.problems += error.findings

    def _document(self, events: Iterator[_Event]) -> None:
        skipped = ("StreamStartEvent", "DocumentStartEvent")
        event = next(e for e in events if type(e).__name__ not in skipped)
        if type(event).__name__ == "StreamEndEvent":
            message, hint = "the file is empty; a spec needs components", "archcode init writes one"
            raise _problem("empty_file", message, (1, 1), hint)
        self.document.value = self._value(event, events, ())
        for event in events:
            if type(event).__name__ == "DocumentStartEvent":
                hint = "one file holds one spec; write the other to a file of its own"
                self._note("second_document", "a second document begins here", event, hint)
                return

    def _value(self, event: _Event, events: Iterator[_Event], path: Path) -> Value:
        mark = event.start_mark
        self.document.values[path] = (mark.line + 1, mark.column + 1)
        if len(path) > MAX_DEPTH:
            raise _problem("nesting_too_deep", _DEEPER, (mark.line + 1, mark.column + 1))
        kind = type(event).__name__
        if kind == "AliasEvent":
            message = f"*{event.anchor} is an alias; write the value out"
            self._note("alias", message, event)
            return None
        self._tag(event)
        if kind == "ScalarEvent":
            self._controls(event)
            return _scalar(event.value, plain=event.implicit[0])
        if kind == "SequenceStartEvent":
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[_Event], path: Path) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[_Event], path: Path) -> dict[str, Value]:
        items: dict[str, Value] = {}
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._key(event, events, path)
            place = (*path, key)
            mark = event.start_mark
            if place in self.document.keys:
                first = self.document.keys[place][0]
                message = f"{quoted(key)} stands here a second time; the first is on line {first}"
                self._note("duplicate_key", message, event)
                place = (*place, f"? {mark.line + 1}:{mark.column + 1}")
            else:
                self.document.keys[place] = (mark.line + 1, mark.column + 1)
            value = self._value(next(events), events, place)
            items.setdefault(key, value)
        return items

    def _key(self, event: _Event, events: Iterator[_Event], path: Path) -> str:
        if type(event).__name__ == "ScalarEvent":
            self._tag(event)
            self._controls(event)
            return str(event.value)
        if type(event).__name__ != "AliasEvent":
            self._note("key_not_text", "a key must be text", event)
        mark = event.start_mark
        stand_in = f"? {mark.line + 1}:{mark.column + 1}"
        self._value(event, events, (*path, stand_in))
        return stand_in

    def _tag(self, event: _Event) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = str(tag).replace("tag:yaml.org,2002:", "!!")
            self._note("tag", f"{quoted(written)} is a tag; specs have none", event)

    def _controls(self, event: _Event) -> None:
        """What an escape brings into a text in quotes."""
        control = _CONTROL.search(event.value)
        if control:
            message = f"this text holds {_named(control.group())}, which cannot be shown"
            self._note("control_character", message, event)

    def _note(self, rule: str, message: str, event: _Event, hint: str = "") -> None:
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        self.document.problems += _problem(rule, message, place, hint).findings


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
    return _decimal(text) if _FLOAT.fullmatch(text) else text


def _decimal(text: str) -> Decimal | int:
    """A number by its value: 1e3 and 1000.0 are the whole number 1000, as in JSON Schema."""
    number = Decimal(text)
    small = number.adjusted() <= _LARGEST_EXPONENT
    return int(number) if small and number == number.to_integral_value() else number


_SYNTAX = {
    "could not find expected ':'": ("a key is not followed by a colon", ""),
    "did not find expected ',' or '}'": ("a comma or } is expected here", ""),
    "did not find expected ',' or ']'": ("a comma or ] is expected here", ""),
    "did not find expected <document start>": ("the spec has ended before this", ""),
    "did not find expected node content": ("a value is expected here", ""),
    "did not find expected key": (
        "no key can begin here",
        "check the indentation, and that every bracket and quote is closed once",
    ),
    "did not find expected '-' indicator": (
        "an entry of a list is expected here",
        "check the indentation",
    ),
    "found unknown escape character": (
        "a backslash begins no escape here",
        "write two backslashes for one, or use single quotes",
    ),
    "mapping values are not allowed in this context": (
        "a key cannot be followed by a value here",
        "put text with a colon in quotes, and check the indentation",
    ),
}
"""libyaml's complaints in our words, with a remedy."""
_OPENED = {
    "while parsing a flow mapping": "{",
    "while parsing a flow sequence": "[",
    "while scanning a quoted scalar": "quote",
}


def _syntax(error: Exception, text: str) -> SpecError:
    """The complaint of libyaml, in our form."""
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable text"
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if what == _TOO_DEEP:
        return _problem("nesting_too_deep", _DEEPER, place)
    words, hint = _SYNTAX.get(what, (what, ""))
    if "cannot start any token" in what:
        words, hint = _stray(text[mark.index : mark.index + 1] if mark else "")
    opened = _OPENED.get(getattr(error, "context", None) or "")
    start = getattr(error, "context_mark", None)
    at_end = mark is None or mark.index >= len(text)
    place = _end(text) if at_end else place
    begin = (start.line + 1, start.column + 1) if start else place
    if what == "could not find expected ':'":
        place = begin
    if opened and at_end:
        place, words, hint = begin, f"this {opened} is not closed", ""
    elif opened:
        hint = f"the {opened} on line {begin[0]}, column {begin[1]} is not closed"
    return _problem("yaml_syntax", f"this is not YAML: {words}", place, hint)


def _stray(character: str) -> tuple[str, str]:
    """A character that nothing can begin with."""
    if character == "\t":
        return "a tab stands here", "indent with blanks"
    return f"nothing can begin with {quoted(character)}", "put the text in quotes"


def _problem(rule: str, message: str, place: Mark, hint: str = "") -> SpecError:
    return SpecError([Finding(rule, Severity.ERROR, "", message, hint, *place)])


def _named(character: str) -> str:
    return f"the control character U+{ord(character):04X}"


def _end(text: str) -> Mark:
    """Line and column just behind a text."""
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1
