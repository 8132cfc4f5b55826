"""The views of a spec: pages that each show a part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archcode.spec.view import View, ViewText
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.spec.load import Path, Value
    from archcode.spec.model import Group
    from archcode.spec.notes import Notes

WORDS = ("all", "group", "flow", "depth")
"""What `--view` takes beside the names of views."""
TAKEN = rf"(^|-)dark$|^({'|'.join(WORDS)})$"
"""Names that no view may have: words, and what the names of dark pictures end in."""


def read_views(notes: Notes, section: Value, groups: Sequence[Group]) -> tuple[View, ...]:
    """All views; what they show must exist, and each has a file name of its own."""
    if section is None:
        return ()
    if not isinstance(section, dict):
        notes.note(("views",), "wrong_type", "views", f"is {quoted(section)}, not a mapping")
        return ()
    frames = tuple(group.name for group in groups)
    _names(notes, section)
    read = [_view(notes, name, value, frames) for name, value in section.items()]
    return tuple(view for view in read if view)


def _names(notes: Notes, names: Iterable[str]) -> None:
    """Names that are no word of the command line, and that no two files would share."""
    before: dict[str, str] = {}
    for name in names:
        path: Path = ("views", name)
        notes.name(path, name, "view")
        folded = name.casefold()
        same = before.setdefault(folded, name)
        if re.search(TAKEN, folded):
            fact = f"{quoted(name)} is a word of --view, or ends as the names of dark pictures do"
        elif same != name:
            fact = f"{quoted(name)} and {quoted(same)} are one file name on some systems"
        else:
            continue
        notes.note(path, "bad_name", "", fact, "give the view another name", key=True)


def _view(notes: Notes, name: str, value: Value, frames: tuple[str, ...]) -> View | None:
    """One view, or None with its problems noted."""
    path: Path = ("views", name)
    where = f"views.{name}"
    if not isinstance(value, dict):
        fact = f"is {quoted(value)}, not a mapping such as {{group: payment}}"
        notes.note(path, "wrong_type", where, fact)
        return None
    text = notes.validate(ViewText, value, where, path)
    if not isinstance(text, ViewText):
        return None
    _known(notes, text, where, path, frames)
    return View.read(name, text)


def _known(notes: Notes, text: ViewText, where: str, path: Path, frames: Sequence[str]) -> None:
    """What a view names exists."""
    parts, said = [*notes.names], text.model_fields_set
    for key, members, known, noun in (
        ("group", (text.group,), frames, "no group"),
        ("flow", (text.flow,), parts, "no component"),
        ("contains", text.contains, (*parts, *frames), "no component and no group"),
        ("until", text.until, parts, "no component"),
    ):
        there = {*known}
        for index, member in enumerate(members if key in said else ()):
            if member not in there:
                place: Path = (*path, key) if key in ("group", "flow") else (*path, key, index)
                hint = notes.suggested(member, tuple(known))
                fact = f"{quoted(member)} is {noun}"
                notes.note(place, "unknown_component", f"{where}.{key}", fact, hint)
    if "depth" in said and not frames:
        fact = "closes groups, and the spec has none"
        notes.note((*path, "depth"), "depth_without_groups", f"{where}.depth", fact)
