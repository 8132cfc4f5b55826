"""The spec as frozen values: components, flows, groups, and where each stands in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from msgspec import Struct, field

from archcode.alike import Alike
from archcode.fields import refuse
from archcode.flow import FlowSettings
from archcode.model import Finding, Production, ServiceSettings
from archcode.regions import REGIONS
from archcode.requires import Requires
from archcode.shape import Field, Shape, model_validator
from archcode.spec.load import Document, Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from archcode.draw.picture import Direction
    from archcode.spec.alternatives import Patch
    from archcode.spec.budget import Budget
    from archcode.spec.profile import Profile
    from archcode.spec.ranges import Range
    from archcode.spec.scenario import Scenario
    from archcode.spec.view import View

GroupKind = Literal["account", "region", "vpc", "lane"]
Label = Annotated[str, Field(min_length=1, max_length=200)]


class Component(Struct, frozen=True):
    """One box: a service or something outside AWS, its settings, usage and requirements."""

    name: str
    type: str
    label: str
    settings: ServiceSettings
    usage: Mapping[str, Fraction]
    requires: Requires | None = None
    link: str = ""


class Flow(Alike, frozen=True):
    """One arrow between two components."""

    apart: ClassVar[frozenset[str]] = frozenset({"path"})

    source: str
    target: str
    settings: FlowSettings
    path: Path


class GroupText(Shape, title="Group"):
    """A frame around components or other groups."""

    label: Label | None = Field(None, description="Text on the frame; the name by default.")
    kind: GroupKind = Field("lane", description="What the frame stands for.")
    region: Literal[REGIONS] | None = Field(  # type: ignore[valid-type]
        None, description="Where everything in a frame of kind region runs."
    )
    contains: tuple[str, ...] = Field(min_length=1, description="Components and groups inside it.")

    @model_validator(mode="after")
    def _a_region_is_that_of_a_region_frame(self) -> Self:
        if self.region and self.kind != "region":
            refuse("region_on_other_frame", "sets region, which needs kind: region")
        return self


class Group(Struct, frozen=True):
    """A frame around components or other groups."""

    name: str
    label: str
    kind: GroupKind
    contains: tuple[str, ...]
    region: str = ""


class Alternative(Struct, frozen=True):
    """The spec with a named patch of its author's applied, and the patch itself."""

    patch: Patch
    spec: Spec

    @property
    def name(self) -> str:
        """What its author calls it."""
        return self.patch.name

    @property
    def changed(self) -> tuple[str, ...]:
        """The components that it adds, changes or takes out, and the ends of flows that it states.

        Ends only where it touches no component itself.
        """
        touched = [*self.patch.components, *(n for n in self.patch.removed if "->" not in n)]
        return tuple(dict.fromkeys(touched or self.patch.ends))


class Spec(Alike, frozen=True):
    """A whole spec; `document` knows where everything stands in the text.

    `scenario` is the name of the one that it is in, "" where it is as it was written. Where the
    author gives `ranges`, it holds the typical values. `profiles` are those that flows may name.
    """

    apart: ClassVar[frozenset[str]] = frozenset({"document"})

    title: str
    region: str
    components: Mapping[str, Component]
    flows: tuple[Flow, ...]
    groups: tuple[Group, ...]
    document: Document
    direction: Direction = "auto"
    views: tuple[View, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    budgets: tuple[Budget, ...] = ()
    scenario: str = ""
    ranges: tuple[Range, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)

    def peak_of(self, flow: Flow) -> Fraction | None:
        """The highest rate of a flow: as stated, else the busiest hour of its profile."""
        options = flow.settings
        if options.peak is not None or options.rate is None or options.profile is None:
            return options.peak
        return options.rate * self.profiles[options.profile].peak_to_mean

    def frames(self) -> dict[str, tuple[Group, ...]]:
        """The groups that each component stands in, innermost first."""
        parents = {member: group for group in self.groups for member in group.contains}
        found: dict[str, tuple[Group, ...]] = {}
        for name in self.components:
            chain: list[Group] = []
            at = name
            while at in parents:
                chain.append(parents[at])
                at = chain[-1].name
            found[name] = tuple(chain)
        return found

    def unwritten_calls(self) -> Iterable[Flow]:
        """Calls that a setting asks for and no flow draws."""
        drawn = {(flow.source, flow.target) for flow in self.flows}
        for name, component in self.components.items():
            for call in component.settings.calls():
                if (name, call.target) not in drawn:
                    path = ("components", name, *call.path)
                    yield Flow(name, call.target, FlowSettings(), path)

    @property
    def requires(self) -> bool:
        """Whether any component or flow requires something."""
        stated = (part.requires for part in self.components.values())
        return any(stated) or any(flow.settings.requires for flow in self.flows)

    def productions(self) -> dict[str, Production]:
        """What components send by themselves."""
        found = {name: c.settings.produced() for name, c in self.components.items()}
        return {name: made for name, made in found.items() if made}

    def locate(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings with line and column, in the order of the text."""
        arrows = {f"{flow.source} -> {flow.target}": flow for flow in self.flows}
        placed = (f if f.line else f.at(*self._mark(f.where, arrows)) for f in findings)
        return tuple(sorted(placed, key=lambda f: (f.line, f.column, f.rule, f.where, f.message)))

    def setting(self, where: str) -> Path:
        """Where the text has, or would have, `component.setting` or `a -> b.key`.

        An empty path where the text has no such component, or several such arrows.
        """
        if " -> " in where:
            arrow, keys = _split(where, {f"{f.source} -> {f.target}": f for f in self.flows})
            same = [f for f in self.flows if f"{f.source} -> {f.target}" == arrow]
            return (*same[0].path, *keys) if len(same) == 1 and keys else ()
        name, keys = _split(where, self.components)
        return ("components", name, *keys) if name in self.components and keys else ()

    def _mark(self, where: str, arrows: Mapping[str, Flow]) -> tuple[int, int]:
        """The place of `component.setting`, `a -> b.key`, a group, a view or a key at the top."""
        if " -> " in where:
            arrow, keys = _split(where, arrows)
            if arrow in arrows:
                return self._flow_mark(arrows[arrow], keys)
            # A setting makes this flow, not an arrow of the author's.
            where = where.partition(" -> ")[0]
        name, keys = _split(where, self.components)
        if name in self.components:
            return self.document.mark(("components", name, *keys), key=not keys)
        name, keys = _split(where, {group.name: group for group in self.groups})
        path: Path = ("groups", name, *keys)
        if where.startswith("views."):
            view, keys = _split(where, {f"views.{view.name}": view for view in self.views})
            path = ("views", view.removeprefix("views."), *keys)
        if path not in self.document.values:
            path = (where,) if (where,) in self.document.values else ()
        return self.document.mark(path, key=not keys)

    def _flow_mark(self, flow: Flow, keys: tuple[str, ...]) -> tuple[int, int]:
        options = (*flow.path, *keys)
        known = bool(keys) and options in self.document.values
        return self.document.mark(options if known else flow.path, key=not known)


def _split(where: str, names: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """The longest known name that a path begins with, and the keys behind it."""
    name = where
    keys: tuple[str, ...] = ()
    while name not in names and "." in name:
        name, _, key = name.rpartition(".")
        keys = (key, *keys)
    return name, keys
