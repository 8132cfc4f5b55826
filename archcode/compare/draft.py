"""A spec in the making: plain values that are changed and then read as any other spec."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from archcode import units
from archcode.flow import SERVICE_KEYS
from archcode.model import ONE
from archcode.services import find
from archcode.spec.budget import TOTAL
from archcode.spec.dump import rate_text, share_text, written
from archcode.spec.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from archcode.spec.model import Spec

_LEFT_OUT = ("views", "alternatives", "scenarios")


class Draft:
    """The values of a spec, to be changed.

    Views, alternatives and scenarios may name parts, or settings that another service lacks: they
    are left out. Budgets stay where what they are for does.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values: dict[str, Any] = deepcopy(dict(values)) | {key: {} for key in _LEFT_OUT}
        self.components: dict[str, dict[str, Any]] = self._values["components"]
        self.flows: list[dict[str, Any]] = self._values["flows"]

    def spec(self) -> Spec:
        """What has been made, read by every rule of the language; raises SpecError."""
        return parse(self.text())

    def text(self) -> str:
        """What has been made, as the text of a spec."""
        known = {TOTAL, *self.components, *self._values["groups"]}
        budgets = {name: most for name, most in self._values["budgets"].items() if name in known}
        return written(self._values | {"budgets": budgets})

    def put(self, name: str, values: Mapping[str, Any], beside: str) -> None:
        """Add a component to the frame of another one; of the same name it takes its place."""
        if name not in self.components:
            for group in self._values["groups"].values():
                if beside in group["contains"] and name not in group["contains"]:
                    group["contains"].append(name)
        self.components[name] = dict(values)

    def free(self, name: str) -> str:
        """A name that no component and no frame has."""
        taken, number, found = {*self.components, *self._values["groups"]}, 1, name
        while found in taken:
            number += 1
            found = f"{name}-{number}"
        return found

    def remove(self, names: Iterable[str]) -> None:
        """Take components out, with their flows and with frames that are then empty."""
        gone = set(names)
        for name in gone:
            self.components.pop(name, None)
        self.flows[:] = [f for f in self.flows if not {f["from"], f["to"]} & gone]
        self._leave_frames(gone)

    def _leave_frames(self, gone: set[str]) -> None:
        groups: dict[str, Any] = self._values["groups"]
        while gone:
            for group in groups.values():
                group["contains"] = [name for name in group["contains"] if name not in gone]
            gone = {name for name, group in groups.items() if not group["contains"]}
            for name in gone:
                del groups[name]

    def cut(self, source: str) -> None:
        """Take out the flows that leave a component."""
        self.flows[:] = [flow for flow in self.flows if flow["from"] != source]

    def join(self, source: str, target: str, values: Mapping[str, Any]) -> None:
        """Add a flow, with those of its keys that mean something between the two."""
        kinds = self.components[source]["type"], self.components[target]["type"]
        self.flows.append({"from": source, "to": target} | understood(values, *kinds))

    def named(self, name: str) -> bool:
        """Whether any component or flow names a component."""
        others = {other: part for other, part in self.components.items() if other != name}
        return names([*others.values(), *self.flows], name)


def names(value: object, name: str) -> bool:
    """Whether a name stands anywhere in plain values, labels aside."""
    if isinstance(value, dict):
        return any(names(item, name) for key, item in value.items() if key != "label")
    if isinstance(value, list | tuple):
        return any(names(item, name) for item in value)
    return value == name


def understood(values: Mapping[str, Any], source: str, target: str) -> dict[str, Any]:
    """The keys of a flow that mean something between components of two types."""
    known = find(source).flow_keys | find(target).inflow_keys
    return {key: value for key, value in values.items() if key not in SERVICE_KEYS or key in known}


def thinned(values: Mapping[str, Any], part: Fraction) -> dict[str, Any]:
    """What a flow says when only a part of its messages takes this way: a stated rate shrinks."""
    found = dict(values)
    if part == ONE:
        return found
    if "rate" in found:
        for key in ("rate", "peak"):
            if key in found:
                found[key] = rate_text(units.rate(found[key]) * part)
        return found
    found["filter"] = share_text(units.share(found.get("filter", "100%")) * part)
    return found
