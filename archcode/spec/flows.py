"""The flows of a spec, in arrow form or in mapping form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from archcode.flow import FlowSettings
from archcode.spec.model import Flow
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.spec.load import Path, Value
    from archcode.spec.notes import Notes

_ARROW = re.compile(r"\s*->\s*")
_ENDS = ("from", "to")


def read_flows(notes: Notes, section: Value) -> tuple[Flow, ...]:
    """All flows that can be read."""
    if section is None:
        return ()
    if not isinstance(section, list):
        message = f"is {quoted(section)}, not a list of arrows such as - a -> b"
        notes.note(("flows",), "wrong_type", "flows", message)
        return ()
    read = (_flow(notes, value, ("flows", index)) for index, value in enumerate(section))
    return tuple(flow for flow in read if flow)


def _flow(notes: Notes, value: Value, path: Path) -> Flow | None:
    """One flow in arrow form (`a -> b: {...}`) or mapping form (`{from: a, to: b}`)."""
    if isinstance(value, str):
        return _arrow(notes, value, {}, path, path)
    if isinstance(value, dict) and ("from" in value or "to" in value):
        places: list[Path] = [(*path, "from"), (*path, "to")]
        ends = [value.get(key) for key in _ENDS]
        options = {k: v for k, v in value.items() if k not in _ENDS}
        return _ends(notes, ends, options, places, path)
    if isinstance(value, dict) and len(value) == 1:
        (arrow, settings), *_ = value.items()
        if settings is None or isinstance(settings, dict):
            return _arrow(notes, arrow, settings or {}, path, (*path, arrow))
        message = f"is {quoted(settings)}, not a mapping such as {{rate: 350/s}}"
        notes.note((*path, arrow), "wrong_type", arrow, message)
        return None
    message = f"{quoted(value)} is no flow"
    hint = "write - a -> b, or - a -> b: {rate: 350/s}, or - {from: a, to: b}"
    notes.note(path, "wrong_type", "", message, hint)
    return None


def _arrow(
    notes: Notes, arrow: str, options: dict[str, Value], at: Path, path: Path
) -> Flow | None:
    """A flow from its arrow."""
    ends: list[Value] = [*_ARROW.split(arrow.strip())]
    if len(ends) == 2 and all(ends):
        return _ends(notes, ends, options, [at, at], path)
    hint = "write one arrow with a component at each end, such as a -> b"
    notes.note(at, "dangling_flow", "", f"{quoted(arrow)} is no flow", hint)
    return None


def _ends(
    notes: Notes, ends: list[Value], options: dict[str, Value], places: list[Path], path: Path
) -> Flow | None:
    """A flow between two known components."""
    known = [_end(notes, end, at) for end, at in zip(ends, places, strict=True)]
    where = " -> ".join(end if isinstance(end, str) else "?" for end in ends)
    settings = notes.validate(FlowSettings, options, where, path, _ENDS)
    if settings is None or not all(known):
        return None
    source, target = known
    return Flow(cast("str", source), cast("str", target), settings, path)


def _end(notes: Notes, end: Value, at: Path) -> str | None:
    """One end of a flow."""
    if isinstance(end, str) and end in notes.names:
        return end
    if end is None or end == "":
        hint = "write {from: a, to: b} with a component at each end"
        notes.note(at, "dangling_flow", "", f'the flow has no "{at[-1]}"', hint)
        return None
    hint = notes.suggested(str(end), tuple(notes.names))
    notes.note(at, "unknown_component", "", f"{quoted(end)} is no component", hint)
    return None
