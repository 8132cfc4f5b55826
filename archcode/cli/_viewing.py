"""What `--view` asks for, and names of files that no other picture has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.errors import UsageError
from archcode.spec.problems import suggestion
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
            hint = suggestion(word, tuple(known), "known")
            raise UsageError(f"--view: {quoted(word)} is no view; {hint}")
        views |= {view.name: view for view in found}
    _check_names(known)
    return tuple(views.values())


def focus_on(topology: Topology, component: str, hops: int) -> View:
    """The view of one component and what is near it; no other picture has its name.

    Raises UsageError for a component that there is not.
    """
    from archcode.spec.view import View

    components = topology.spec.components
    if component not in components:
        hint = suggestion(component, tuple(components), "known")
        raise UsageError(f"--focus: {quoted(component)} is no component; {hint}")
    views = {view.name.casefold() for found in _known(topology).values() for view in found}
    folded = component.casefold()
    taken = folded in views or f"-{folded}".endswith("-dark")
    name = f"focus-{component}" if taken else component
    return View(name, "contains", (component,), label=components[component].label, hops=hops)


def _known(topology: Topology) -> dict[str, tuple[View, ...]]:
    """The author's views by name, what the words of `--view` stand for, and each page of those."""
    from archcode.render.views import by_depth, by_flow, by_group

    spec = topology.spec
    words = {"group": by_group(spec), "flow": by_flow(topology), "depth": by_depth(spec)}
    made = [view for views in words.values() for view in views]
    own = {view.name: (view,) for view in spec.views}
    return {**own, "all": spec.views, **words, **{view.name: (view,) for view in made}}


def _check_names(known: dict[str, tuple[View, ...]]) -> None:
    """Raise UsageError where two views would be one file, be it in a folder that ignores case."""
    files: dict[str, View] = {}
    for view in (view for found in known.values() for view in found):
        other = files.setdefault(view.name.casefold(), view)
        if other != view:
            raise UsageError(
                f"--view: the view {quoted(other.name)} of the spec and the page "
                f"{quoted(view.name)} would be one file; give the view another name"
            )
