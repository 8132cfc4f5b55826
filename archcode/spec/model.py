"""The spec as frozen values: components, flows, groups, and where each stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from archcode.model import Finding, ServiceSettings
from archcode.spec.load import Document, Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from archcode.flow import FlowSettings

GroupKind = Literal["account", "region", "vpc", "lane"]
Label = Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class Component:
    """One box: a service or something outside AWS, its settings and measured usage."""

    name: str
    type: str
    label: str
    settings: ServiceSettings
    usage: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Flow:
    """One arrow between two components."""

    source: str
    target: str
    settings: FlowSettings
    path: Path = field(compare=False)


class GroupText(BaseModel):
    """A frame around components or other groups."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Group")

    label: Label | None = Field(None, description="Text on the frame; the name by default.")
    kind: GroupKind = Field("lane", description="What the frame stands for.")
    contains: tuple[str, ...] = Field(min_length=1, description="Components and groups inside it.")


@dataclass(frozen=True, slots=True)
class Group:
    """A frame around components or other groups."""

    name: str
    label: str
    kind: GroupKind
    contains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole spec; `document` knows where everything stands in the text."""

    title: str
    region: str
    components: Mapping[str, Component]
    flows: tuple[Flow, ...]
    groups: tuple[Group, ...]
    document: Document = field(compare=False, repr=False)

    def locate(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings with line and column, in the order of the text."""
        placed = (f if f.line else f.at(*self._mark(f.where)) for f in findings)
        return tuple(sorted(placed, key=lambda f: (f.line, f.column, f.rule, f.where, f.message)))

    def _mark(self, where: str) -> tuple[int, int]:
        """The place of `component.setting`, `a -> b.key` or a group's name."""
        for flow in self.flows:
            arrow = f"{flow.source} -> {flow.target}"
            if where == arrow or where.startswith(f"{arrow}."):
                return self._flow_mark(flow, where.removeprefix(arrow).lstrip("."))
        name, _, rest = where.partition(".")
        keys = tuple(rest.split(".")) if rest else ()
        section = "components" if name in self.components else "groups"
        path: Path = (section, name, *keys) if name else ()
        return self.document.mark(path, key=not keys)

    def _flow_mark(self, flow: Flow, key: str) -> tuple[int, int]:
        options = (*flow.path, key)
        return self.document.mark(options if options in self.document.values else flow.path)
