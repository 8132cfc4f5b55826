"""The groups of a spec: frames around components and around each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.spec.model import Group, GroupText
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.spec.load import Path, Value
    from archcode.spec.notes import Notes


def read_groups(notes: Notes, section: Value) -> tuple[Group, ...]:
    """All groups; what they contain must exist and stand in one group only."""
    if section is None:
        return ()
    if not isinstance(section, dict):
        message = f"is {quoted(section)}, not a mapping of groups"
        notes.note(("groups",), "wrong_type", "groups", message)
        return ()
    groups = [_group(notes, name, value) for name, value in section.items()]
    found = tuple(group for group in groups if group)
    _nesting(notes, found, tuple(section))
    return found


def _group(notes: Notes, name: str, value: Value) -> Group | None:
    """One group."""
    path: Path = ("groups", name)
    notes.name(path, name, "group")
    if name in notes.names:
        notes.note(path, "bad_name", "", f"{quoted(name)} is a component already", key=True)
    if not isinstance(value, dict):
        message = f"is {quoted(value)}, not a mapping such as {{contains: [a, b]}}"
        notes.note(path, "wrong_type", name, message)
        return None
    text = notes.validate(GroupText, value, name, path)
    if not isinstance(text, GroupText):
        return None
    return Group(name, text.label or name, text.kind, text.contains, text.region or "")


def _nesting(notes: Notes, groups: tuple[Group, ...], names: tuple[str, ...]) -> None:
    """Every member exists, stands in one group, and no group holds itself."""
    parents: dict[str, str] = {}
    for group in groups:
        for index, member in enumerate(group.contains):
            path: Path = ("groups", group.name, "contains", index)
            if member not in notes.names and member not in names:
                message = f"{quoted(member)} is no component and no group"
                hint = notes.suggested(member, (*notes.names, *names))
                notes.note(path, "unknown_component", f"{group.name}.contains", message, hint)
            elif member in parents:
                message = f"{member} stands in {parents[member]} already"
                notes.note(path, "member_of_two_groups", f"{group.name}.contains", message)
            else:
                parents[member] = group.name
    _loops(notes, [group.name for group in groups if group.name not in notes.names], parents)


def _loops(notes: Notes, names: list[str], parents: dict[str, str]) -> None:
    """No group holds itself, be it through others; each loop is noted once."""
    done: set[str] = set()
    for name in names:
        chain: dict[str, None] = {}
        at: str | None = name
        while at and at not in done and at not in chain:
            chain[at] = None
            at = parents.get(at)
        if at in chain:
            loop = [*chain][[*chain].index(at) :]
            first = next(n for n in names if n in loop)
            others = [n for n in names if n in loop and n != first]
            fact = f"contains itself, through {', '.join(others)}" if others else "contains itself"
            notes.note(("groups", first), "group_in_itself", first, fact, key=True)
        done |= chain.keys()
