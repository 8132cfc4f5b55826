"""Quantities of which only a range is known: {low: 200/s, typical: 350/s, high: 900/s}.

A spec is read with its typical values; `at_ends` reads it with others in their place.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from msgspec.structs import replace

from archcode import units
from archcode.alike import Alike
from archcode.spec.load import Document, Path, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archcode.spec.notes import Notes

End = Literal["low", "typical", "high"]
ENDS: tuple[End, ...] = ("low", "typical", "high")
FORM = "{low: 200/s, typical: 350/s, high: 900/s}"
SECTIONS = ("components", "flows")
"""Where quantities stand that may be ranges."""
_PARSERS = (units.rate, units.seconds, units.size, units.share, units.count)


class Range(Alike, frozen=True):
    """A quantity of a component or flow, as its author wrote its ends and what is likeliest.

    `path` is where it stands in the document, `where` the same for a reader.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"path"})

    path: Path
    where: str
    low: Value
    typical: Value
    high: Value

    def at(self, end: End) -> Value:
        """The value at one end, or the typical one."""
        value: Value = getattr(self, end)
        return value

    @property
    def values(self) -> dict[str, Value]:
        """The mapping that it is read from."""
        return {end: self.at(end) for end in ENDS}


def measure(value: Value) -> tuple[str, Fraction] | None:
    """The kind of a quantity and its value in base units; None where it is none."""
    for parse in _PARSERS:
        try:
            return parse.__name__, parse(value)
        except units.QuantityError:
            continue
    return None


def read_ranges(notes: Notes) -> tuple[Range, ...]:
    """All ranges of the document of some notes by `where`; it then holds the typical values.

    What is wrong with a range is noted, and one of its quantities stands in for it.
    """
    document = notes.document
    if not any(path and path[-1] in ENDS for path in document.keys):
        return ()
    written = [*_written(document)]
    found = [one for path, value in written if (one := _range(notes, path, value))]
    known = {one.path for one in found}
    broken = {path: _any_of(value) for path, value in written if path not in known}
    notes.document = with_ends(with_values(document, broken), found, "typical")
    return tuple(sorted(found, key=lambda one: one.where))


def _any_of(value: dict[str, Value]) -> Value:
    """The first quantity in what is no range, so that it is not complained about twice."""
    return next((v for v in value.values() if measure(v)), value)


def with_values(document: Document, values: Mapping[Path, Value]) -> Document:
    """A document with other values at some paths; it stands where it stood."""
    changed = document.value
    for path, value in values.items():
        changed = _put(changed, path, value)
    return replace(document, value=changed)


def with_ends(document: Document, ranges: Sequence[Range], end: End) -> Document:
    """A document with one end of each range in its place, which stands where that end does."""
    made = with_values(document, {one.path: one.at(end) for one in ranges})
    marks = dict(document.values)
    for one in ranges:
        marks[one.path] = marks.get((*one.path, end), marks.get(one.path, (1, 1)))
    return replace(made, values=marks)


def _written(document: Document) -> Iterator[tuple[Path, dict[str, Value]]]:
    """Every mapping that has an end of a range among its keys, in the order of the text."""
    top = document.value if isinstance(document.value, dict) else {}
    components, flows = (top.get(section) for section in SECTIONS)
    if isinstance(components, dict):
        for name, settings in components.items():
            yield from _inside(("components", name), settings)
    for index, flow in enumerate(flows if isinstance(flows, list) else ()):
        if not isinstance(flow, dict):
            continue
        arrow = len(flow) == 1 and not {"from", "to"} & {*flow}
        for key, settings in [*flow.items()] if arrow else []:
            yield from _inside(("flows", index, key), settings)
        if not arrow:
            yield from _inside(("flows", index), flow)


def _inside(path: Path, settings: Value) -> Iterator[tuple[Path, dict[str, Value]]]:
    """The ranges among settings; the settings themselves are none."""
    if not isinstance(settings, dict):
        return
    for key, value in settings.items():
        if isinstance(value, dict) and {*value} & {*ENDS}:
            yield (*path, key), value
        else:
            yield from _inside((*path, key), value)


def _range(notes: Notes, path: Path, value: dict[str, Value]) -> Range | None:
    """A range, or None with its problems noted."""
    where = _where(notes.document, path)
    lacking = [end for end in ENDS if end not in value]
    for key in [key for key in value if key not in ENDS]:
        from archcode.spec.problems import suggestion

        hint = suggestion(key, [*lacking] or ENDS)
        fact = f"has no key {units.quoted(key)}"
        notes.note((*path, key), "unknown_key", where, fact, hint, key=True)
    if lacking:
        fact = f"is a range without {' and '.join(lacking)}; write it like {FORM}"
        notes.note(path, "range_without_end", where, fact, key=True)
        return None
    if len(value) > len(ENDS):
        return None
    found = Range(path, where, *(value[end] for end in ENDS))
    return found if _ordered(notes, found) else None


def _ordered(notes: Notes, found: Range) -> bool:
    """Whether a range holds quantities of one kind, from the lowest to the highest."""
    measured = [measure(found.at(end)) for end in ENDS]
    odd = [end for end, known in zip(ENDS, measured, strict=True) if known is None]
    for end in odd:
        fact = f"is {units.quoted(found.at(end))}, not a quantity such as 350/s, 2 KB or 250 ms"
        notes.note((*found.path, end), "range_of_no_quantity", f"{found.where}.{end}", fact)
    known = [pair for pair in measured if pair]
    if odd or len({kind for kind, _ in known}) > 1:
        if not odd:
            fact = "is a range of quantities of different kinds"
            hint = "write all three alike, such as 1 min, 2 min and 5 min"
            notes.note(found.path, "range_of_no_quantity", found.where, fact, hint)
        return False
    low, typical, high = (amount for _, amount in known)
    if low <= typical <= high:
        return True
    words = ", ".join(f"{end} {units.quoted(found.at(end))}" for end in ENDS)
    fact = f"is a range out of order: {words}"
    notes.note(found.path, "range_out_of_order", found.where, fact, "low <= typical <= high")
    return False


def _where(document: Document, path: Path) -> str:
    """`orders -> billing.rate` or `billing.duration`."""
    section, name, *keys = path
    if section == "components":
        return ".".join(map(str, (name, *keys)))
    flow = document.value["flows"][name] if isinstance(document.value, dict) else None  # type: ignore[index]
    if isinstance(flow, dict) and "from" in flow:
        return ".".join([f"{flow['from']} -> {flow.get('to')}", *map(str, keys)])
    arrow, *keys = keys
    ends = [end.strip() for end in str(arrow).split("->")]
    return ".".join([" -> ".join(ends), *map(str, keys)])


def _put(value: Value, path: Path, new: Value) -> Value:
    """A value with another one at a path inside it; what is around it is copied."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(key, str):
        return value | {key: _put(value.get(key), rest, new)}
    if isinstance(value, list) and isinstance(key, int):
        return [*value[:key], _put(value[key], rest, new), *value[key + 1 :]]
    return value


def raised(document: Document, paths: Iterable[Path]) -> Document:
    """A document in which no peak is below its rate, where one of both is at one of the paths."""
    changes: dict[Path, Value] = {}
    for owner in dict.fromkeys(path[:-1] for path in paths if path[-1] in ("rate", "peak")):
        settings = _at(document.value, owner)
        rate, peak = (measure(settings.get(key)) for key in ("rate", "peak"))
        if rate and peak and peak[1] < rate[1]:
            changes[*owner, "peak"] = settings["rate"]
    return with_values(document, changes)


def _at(value: Value, path: Path) -> dict[str, Value]:
    """The mapping at a path that stands in a document."""
    found: Any = value
    for key in path:
        found = found[key]
    return dict(found)
