"""The alternatives of a spec: named patches of its components and flows, each a spec of its own.

A component that states its type takes the place of the one of its name; without a type it changes
the settings that it states. A flow takes the place of those between the same two components.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from archcode.alike import Alike
from archcode.spec.load import Path, Value
from archcode.spec.problems import suggestion
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.spec.notes import Notes

KEYS = ("components", "flows", "remove")
MOST = 20
"""Each is read as a whole spec."""
_ARROW = re.compile(r"\s*->\s*")
_FORMS: Mapping[str, tuple[type, str]] = {
    "components": (dict, "a mapping such as {orders: {type: kinesis.stream}}"),
    "flows": (list, "a list of arrows such as - a -> b"),
    "remove": (list, "a list of components and arrows such as [orders, a -> b]"),
}


class Patch(Alike, frozen=True):
    """An alternative as its author wrote it."""

    apart: ClassVar[frozenset[str]] = frozenset({"path"})

    name: str
    values: Mapping[str, Any]
    path: Path

    @property
    def components(self) -> dict[str, Value]:
        """What it says of components."""
        return dict(self.values.get("components") or {})

    @property
    def flows(self) -> list[Value]:
        """Its flows."""
        return list(self.values.get("flows") or [])

    @property
    def ends(self) -> list[str]:
        """The components at the ends of its flows, and of those that it takes out."""
        arrows = [ends_of(flow) for flow in self.flows]
        arrows += [ends_in(name) for name in self.removed if "->" in name]
        return [end for ends in arrows for end in ends]

    @property
    def removed(self) -> list[str]:
        """The components and arrows that it takes out."""
        return list(self.values.get("remove") or [])


def read_patches(notes: Notes, section: Value) -> tuple[Patch, ...]:
    """All alternatives whose form is right."""
    if section is None:
        return ()
    if not isinstance(section, dict):
        fact = f"is {quoted(section)}, not a mapping such as {{on-kinesis: {{components: {{}}}}}}"
        notes.note(("alternatives",), "wrong_type", "alternatives", fact)
        return ()
    if len(section) > MOST:
        fact = f"has {len(section)} alternatives, above the {MOST} that can be told apart"
        notes.note(("alternatives",), "too_long", "alternatives", fact)
        return ()
    read = (_patch(notes, name, value) for name, value in section.items())
    return tuple(patch for patch in read if patch)


def _patch(notes: Notes, name: str, value: Value) -> Patch | None:
    path: Path = ("alternatives", name)
    where = f"alternatives.{name}"
    before = len(notes.problems)
    notes.name(path, name, "alternative")
    if not isinstance(value, dict):
        fact = f"is {quoted(value)}, not a mapping of {', '.join(KEYS)}"
        notes.note(path, "wrong_type", where, fact)
        return None
    if not value:
        notes.note(path, "missing_key", where, f"needs one of {', '.join(KEYS)}", key=True)
    for key, part in value.items():
        _section(notes, (*path, key), where, part)
    return None if len(notes.problems) > before else Patch(name, value, path)


def _section(notes: Notes, path: Path, where: str, part: Value) -> None:
    """A key of an alternative: known, and of the right form."""
    key = str(path[-1])
    if key not in KEYS:
        message = f"has no key {quoted(key)}"
        notes.note(path, "unknown_key", where, message, suggestion(key, KEYS), key=True)
        return
    kind, form = _FORMS[key]
    if not isinstance(part, kind):
        notes.note(path, "wrong_type", f"{where}.{key}", f"is {quoted(part)}, not {form}")
        return
    if key == "remove":
        for index, name in enumerate(_listed(part)):
            _removed(notes, (*path, index), f"{where}.remove", name)


def _listed(part: Value) -> list[Value]:
    return part if isinstance(part, list) else []


def _removed(notes: Notes, path: Path, where: str, name: Value) -> None:
    """What is taken out is there."""
    ends = _ARROW.split(name.strip()) if isinstance(name, str) else [str(name)]
    for end in ends[:2]:
        if end not in notes.names:
            hint = notes.suggested(end, tuple(notes.names))
            notes.note(path, "unknown_component", where, f"{quoted(end)} is no component", hint)


def ends_of(flow: Value) -> tuple[str, ...]:
    """The two components of a flow, in either of its forms; empty where it is none."""
    if isinstance(flow, str):
        return ends_in(flow)
    if isinstance(flow, dict) and ("from" in flow or "to" in flow):
        return str(flow.get("from")), str(flow.get("to"))
    if isinstance(flow, dict) and len(flow) == 1:
        return ends_in(next(iter(flow)))
    return ()


def ends_in(arrow: str) -> tuple[str, ...]:
    """The components that an arrow names."""
    return tuple(_ARROW.split(arrow.strip()))
