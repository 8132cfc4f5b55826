"""A spec with one setting changed, as one of its scenarios would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.errors import SpecError, UsageError
from archcode.model import ONE
from archcode.spec.parse import in_scenario
from archcode.spec.scenario import Scenario
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.spec.load import Value
    from archcode.spec.model import Spec


def with_setting(spec: Spec, path: str, value: int | str) -> Spec:
    """The spec with another value at `component.key` or `a -> b.key`, read by every rule.

    Raises SpecError where the value is not allowed there.
    """
    owner, keys = _split(spec, path)
    changed: Value = value
    for key in reversed(keys):
        changed = {key: changed}
    changes = {owner: changed} if isinstance(changed, dict) else {}
    parts, flows = ({}, changes) if "->" in owner else (changes, {})
    found = in_scenario(spec, Scenario(path, path, ONE, "", parts, flows))
    return replace(found, title=spec.title, scenario=spec.scenario)


def check_setting(spec: Spec, path: str, values: Iterable[int | str]) -> None:
    """Raise UsageError where a spec has no such setting, or it cannot have one of the values."""
    _split(spec, path)
    for value in values:
        try:
            with_setting(spec, path, value)
        except SpecError as error:
            first = error.findings[0]
            hint = f"; {first.hint}" if first.hint else ""
            raise UsageError(f"{path} cannot be {value}: {first.message}{hint}") from None


def _split(spec: Spec, path: str) -> tuple[str, tuple[str, ...]]:
    """The component or the arrow of a path, and the keys behind it; raises UsageError."""
    from archcode.spec.problems import suggestion

    arrows = [f"{flow.source} -> {flow.target}" for flow in spec.flows]
    known = (*spec.components, *dict.fromkeys(arrows))
    straight = " -> ".join(part.strip() for part in path.split("->"))
    found = [name for name in known if straight.startswith(f"{name}.")]
    if not found:
        owner = straight.rpartition(".")[0]
        hint = suggestion(owner, known, "it has")
        raise UsageError(f"{quoted(owner)} is no component and no flow; {hint}")
    owner = max(found, key=len)
    if arrows.count(owner) > 1:
        raise UsageError(f"{quoted(owner)} may be any of {arrows.count(owner)} flows")
    return owner, tuple(straight[len(owner) + 1 :].split("."))
