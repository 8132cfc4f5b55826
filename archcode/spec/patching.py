"""A document with an alternative in it, so that its problems stand where its author wrote them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.spec.alternatives import ends_in, ends_of
from archcode.spec.load import Document, Path, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.spec.alternatives import Patch


class Patching:
    """A document with one alternative in it, in which everything keeps its place in the text."""

    def __init__(self, base: Document, patch: Patch) -> None:
        self._base, self._patch = base, patch
        top = base.value if isinstance(base.value, dict) else {}
        self._top: dict[str, Value] = {
            key: value for key, value in top.items() if key not in ("alternatives", "views")
        }
        self._made = Document(None, dict(base.keys), dict(base.values))
        self._keys, self._values = _index(base.keys), _index(base.values)

    def document(self) -> Document:
        """The patched values with their places."""
        gone = {name for name in self._patch.removed if "->" not in name}
        self._top["components"] = self._components(gone)
        self._top["flows"] = [*self._flows(gone)]
        groups = self._top.get("groups")
        if isinstance(groups, dict):
            self._top["groups"] = _without(groups, gone)
        self._made.value = self._top
        return self._made

    def _components(self, gone: Iterable[str]) -> dict[str, Value]:
        found = dict(_mapping(self._top.get("components")))
        for name in gone:
            found.pop(name, None)
        for name, value in self._patch.components.items():
            new = (*self._patch.path, "components", name)
            before = found.get(name)
            merged = isinstance(value, dict) and isinstance(before, dict) and "type" not in value
            if merged:
                found[name] = _mapping(before) | _mapping(value)
            else:
                self._forget(("components", name))
                found[name] = value
            self._move(new, ("components", name))
        return found

    def _flows(self, gone: set[str]) -> Iterator[Value]:
        """Flows that stay, then those of the alternative; each keeps its place."""
        base = self._top.get("flows")
        kept = [*enumerate(base)] if isinstance(base, list) else []
        taken = {ends_of(flow) for flow in self._patch.flows}
        taken |= {ends_in(name) for name in self._patch.removed if "->" in name}
        self._forget(*((("flows", index)) for index, _ in kept))
        origins: list[tuple[Path, Value]] = [
            (("flows", index), flow)
            for index, flow in kept
            if ends_of(flow) not in taken and not {*ends_of(flow)} & gone
        ]
        own: Path = (*self._patch.path, "flows")
        origins += [((*own, index), flow) for index, flow in enumerate(self._patch.flows)]
        for index, (origin, flow) in enumerate(origins):
            self._move(origin, ("flows", index))
            yield flow

    def _forget(self, *parts: Path) -> None:
        """Take out the places of what is inside of parts."""
        for part in parts:
            for marks, index in ((self._made.keys, self._keys), (self._made.values, self._values)):
                for known in index[part]:
                    if known != part:
                        marks.pop(known, None)

    def _move(self, origin: Path, path: Path) -> None:
        """The places of a part of the text, at another path."""
        for source, target, index in (
            (self._base.keys, self._made.keys, self._keys),
            (self._base.values, self._made.values, self._values),
        ):
            for known in index[origin]:
                target[*path, *known[len(origin) :]] = source[known]


def _index(marks: Iterable[Path]) -> Mapping[Path, list[Path]]:
    """Paths by the component or flow that they are in, of the spec or of an alternative.

    A large spec has a hundred thousand of them.
    """
    found: dict[Path, list[Path]] = defaultdict(list)
    for path in marks:
        found[path[: 4 if path[:1] == ("alternatives",) else 2]].append(path)
    return found


def _mapping(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _without(groups: dict[str, Value], gone: set[str]) -> dict[str, Value]:
    """Frames without what is taken out, and without those that are then empty."""
    left = set(gone)
    while left:
        found: dict[str, Value] = {}
        for name, group in groups.items():
            members = _mapping(group).get("contains")
            if isinstance(group, dict) and isinstance(members, list):
                stay: list[Value] = [member for member in members if member not in left]
                found[name] = group | {"contains": stay}
            else:
                found[name] = group
        left = {name for name, group in found.items() if _mapping(group).get("contains") == []}
        groups = {name: group for name, group in found.items() if name not in left}
    return groups
