"""A scenario as frozen values: the same spec with more traffic, elsewhere, or set up otherwise."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Self

from msgspec import Struct

from archcode.fields import Count
from archcode.regions import REGIONS
from archcode.shape import Field, Shape
from archcode.spec.model import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archcode.spec.load import Value

    Changes = Mapping[str, Mapping[str, Value]]


class ScenarioText(Shape, title="Scenario"):
    """What is otherwise in a scenario; first settings change, then all traffic is multiplied."""

    label: Label | None = Field(None, description="Text of tables and titles.")
    scale: Count = Field(
        Fraction(1), description="How many times all traffic, such as 8; 0 is none at all."
    )
    region: Literal[REGIONS] | None = Field(  # type: ignore[valid-type]
        None, description="Where everything runs, but for frames with a region of their own."
    )
    components: dict[str, dict[str, Any]] = Field(
        {}, description="Settings of components that change, each alone."
    )
    flows: dict[str, dict[str, Any]] = Field(
        {}, description="Keys of flows that change, by arrows such as a -> b."
    )


class Scenario(Struct, frozen=True):
    """The same spec with `scale` times its traffic; what changes is as it was written."""

    name: str
    label: str
    scale: Fraction
    region: str
    components: Changes
    flows: Changes

    @classmethod
    def read(cls, name: str, text: ScenarioText, written: Mapping[str, Value]) -> Self:
        """A scenario from its text."""
        components, flows = (_changes(written.get(key)) for key in ("components", "flows"))
        return cls(name, text.label or name, text.scale, text.region or "", components, flows)

    def values(self) -> dict[str, object]:
        """The keys that it is read from."""
        wanted = {
            "label": self.label if self.label != self.name else "",
            "scale": self.scale if self.scale != 1 else "",
            "region": self.region,
            "components": self.components,
            "flows": self.flows,
        }
        return {key: value for key, value in wanted.items() if value not in ("", {})}


def _changes(value: Value) -> Changes:
    """The changes of a section that has been checked."""
    known = value if isinstance(value, dict) else {}
    return {name: item for name, item in known.items() if isinstance(item, dict)}
