"""A view as frozen values: what part of a spec a page of its own shows."""

from __future__ import annotations

from typing import Literal, Self

from msgspec import Struct

from archcode.draw.picture import Direction
from archcode.fields import refuse
from archcode.shape import Field, Shape, model_validator
from archcode.spec.model import Label

ViewKind = Literal["group", "flow", "depth", "contains"]
KINDS: tuple[ViewKind, ...] = ("group", "flow", "depth", "contains")
DEEPEST = 100
FARTHEST = 1000
_SCHEMA: dict[str, object] = {
    "oneOf": [{"required": [kind]} for kind in KINDS],
    "dependentRequired": {"until": ["flow"]},
    "not": {"required": ["depth", "hops"]},
}
"""What the validators below say, for editors."""


class ViewText(Shape, title="View", json_schema_extra=_SCHEMA):
    """A page of its own: a group, what is downstream, closed groups, or just some components."""

    label: Label | None = Field(None, description="Title of the page.")
    group: str = Field("", min_length=1, description="Shows this group and what joins it.")
    flow: str = Field("", min_length=1, description="Shows what is downstream of this component.")
    depth: int = Field(
        0, ge=0, le=DEEPEST, description="Closes groups that are nested deeper than this."
    )
    contains: tuple[str, ...] = Field(
        (), min_length=1, description="Shows these components and groups."
    )
    until: tuple[str, ...] = Field(
        (), min_length=1, description="Components where a view of a flow ends."
    )
    hops: int = Field(0, ge=0, le=FARTHEST, description="How many flows away it reaches.")
    direction: Direction = Field("auto", description="Where its flows lead: LR, TB or auto.")

    @model_validator(mode="after")
    def _shows_one_thing(self) -> Self:
        said = [kind for kind in KINDS if kind in self.model_fields_set]
        if not said:
            refuse("missing_key", f"needs one of {', '.join(KINDS)}")
        if len(said) > 1:
            refuse("view_of_two_things", f"sets {said[1]}, and {said[0]} already")
        if self.until and said != ["flow"]:
            refuse("until_without_flow", "sets until, which needs flow")
        if "hops" in self.model_fields_set and said == ["depth"]:
            refuse("hops_with_depth", "sets hops, which depth does not take")
        return self


class View(Struct, frozen=True):
    """A page of its own; `label`, `hops` and `direction` are None where nothing is said.

    `of` is the group or component that it shows, or all those that it contains.
    """

    name: str
    kind: ViewKind
    of: tuple[str, ...] = ()
    depth: int = 0
    label: str | None = None
    until: tuple[str, ...] = ()
    hops: int | None = None
    direction: Direction | None = None
    most: int | None = None
    """With more boxes than this, groups are closed on a page that no author asked for."""

    @classmethod
    def read(cls, name: str, text: ViewText) -> Self:
        """A view from its text."""
        said = text.model_fields_set
        kind = next(kind for kind in KINDS if kind in said)
        of = {"group": (text.group,), "flow": (text.flow,), "contains": text.contains}
        return cls(
            name,
            kind,
            of.get(kind, ()),
            text.depth,
            text.label,
            text.until,
            text.hops if "hops" in said else None,
            text.direction if "direction" in said else None,
        )

    def values(self) -> dict[str, object]:
        """The keys that it is read from."""
        shown = {"depth": self.depth, "contains": self.of}.get(self.kind, "".join(self.of[:1]))
        wanted = {
            "label": self.label,
            self.kind: shown,
            "until": self.until or None,
            "hops": self.hops,
            "direction": self.direction,
        }
        return {key: value for key, value in wanted.items() if value is not None}
