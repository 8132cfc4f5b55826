"""What `--view` asks for, and names of files that no other picture has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.errors import UsageError
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.spec.view import View
    from archcode.topology import Topology

_MISSING = {
    "group": "the spec has no groups",
    "flow": "no traffic enters anywhere",
    "depth": "the spec has no groups",
}


def views_of(topology: Topology, words: tuple[str, ...]) -> tuple[View, ...]:
    """The views that words stand for; none for all those of a spec that has none.

    Raises UsageError for a view that there is not, and where two would be one file.
    """
    known = _known(topology)
    views: dict[str, View] = {}
    for word in words:
        found = known.get(word, ())
        if word in _MISSING and not found:
            raise UsageError(f"--view {word}: {_MISSING[word]}")
        if word not in known:
            from archcode.spec.problems import suggestion

            hint = suggestion(word, tuple(known), "known")
            raise UsageError(f"--view: {quoted(word)} is no view; {hint}")
        views |= {view.name: view for view in found}
    _check_names(known)
    return tuple(views.values())


def stem_of(topology: Topology, spec: str, focus: str) -> str:
    """The name of the files around one component; it is not that of a view or a dark picture."""
    views = {view.name.casefold() for found in _known(topology).values() for view in found}
    folded = focus.casefold()
    taken = folded in views or f"-{folded}".endswith("-dark")
    return f"{spec}-focus-{focus}" if taken else f"{spec}-{focus}"


def _known(topology: Topology) -> dict[str, tuple[View, ...]]:
    """The author's views by name, then what the words of `--view` stand for."""
    from archcode.render.views import by_depth, by_flow, by_group

    spec = topology.spec
    return {
        **{view.name: (view,) for view in spec.views},
        "all": spec.views,
        "group": by_group(spec),
        "flow": by_flow(topology),
        "depth": by_depth(spec),
    }


def _check_names(known: dict[str, tuple[View, ...]]) -> None:
    """Raise UsageError where two views would be one file, be it in a folder that ignores case."""
    files: dict[str, View] = {}
    for view in (view for found in known.values() for view in found):
        other = files.setdefault(view.name.casefold(), view)
        if other != view:
            one = f"{quoted(other.name)} and {quoted(view.name)}"
            raise UsageError(f"--view: {one} would be one file; give the view another name")
