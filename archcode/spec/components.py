"""The components of a spec: a type each, its settings, and measured usage."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from archcode import units
from archcode.requires import Requires
from archcode.services import FULL_NAMES, known_types, lookup
from archcode.services._transfer import all_usage_keys
from archcode.spec.links import read_link
from archcode.spec.model import Component
from archcode.spec.problems import suggestion
from archcode.units import quoted

if TYPE_CHECKING:
    from fractions import Fraction

    from archcode.model import ServiceSettings
    from archcode.services._service import AnyService
    from archcode.spec.load import Path, Value
    from archcode.spec.notes import Notes

_COMMON_KEYS = ("type", "label", "link", "usage", "requires")


def read_components(notes: Notes, top: dict[str, Value]) -> dict[str, Component]:
    """All components that can be read."""
    section = top.get("components")
    if not section:
        fact = "needs components" if "components" not in top else "has no components"
        hint = "such as orders: {type: sqs.queue}"
        notes.note(("components",), "missing_key", "", f"the spec {fact}", hint, key=True)
        return {}
    if not isinstance(section, dict):
        fact = f"is {quoted(section)}, not a mapping such as {{orders: {{type: sqs.queue}}}}"
        notes.note(("components",), "wrong_type", "components", fact)
        return {}
    notes.names = dict.fromkeys(section)
    read = (_component(notes, name, value) for name, value in section.items())
    return {component.name: component for component in read if component}


def _component(notes: Notes, name: str, value: Value) -> Component | None:
    """One component, or None with its problems noted."""
    path: Path = ("components", name)
    notes.name(path, name, "component")
    if not isinstance(value, dict):
        message = f"is {quoted(value)}, not a mapping such as {{type: sqs.queue}}"
        notes.note(path, "wrong_type", name, message)
        return None
    service = _service(notes, path, name, value)
    label, usage = _label(notes, path, name, value), _usage(notes, path, name, value, service)
    requires, link = _requires(notes, path, name, value), _link(notes, path, name, value)
    if service is None:
        return None
    settings = {k: v for k, v in value.items() if k not in _COMMON_KEYS}
    model = notes.validate(service.settings, settings, name, path, _COMMON_KEYS)
    if model is None:
        return None
    settled = cast("ServiceSettings", model)
    return Component(name, service.type, label, settled, usage, requires, link)


def _requires(notes: Notes, path: Path, name: str, value: dict[str, Value]) -> Requires | None:
    """What the author requires of a component."""
    if "requires" not in value:
        return None
    wanted, where = value["requires"], f"{name}.requires"
    # pydantic says of a text that it is no mapping; the types here cannot.
    mapping = cast("dict[str, Value]", wanted)
    return cast("Requires | None", notes.validate(Requires, mapping, where, (*path, "requires")))


def _service(notes: Notes, path: Path, name: str, value: dict[str, Value]) -> AnyService | None:
    """The service of a component's type."""
    kind = value.get("type")
    if "type" not in value:
        hint = f"known: {', '.join(known_types())}"
        notes.note(path, "missing_key", name, "needs a type", hint, key=True)
        return None
    service = lookup(kind) if isinstance(kind, str) else None
    if service is None:
        message = f"{quoted(kind)} is no known type"
        hint = suggestion(str(kind), known_types(), "known", FULL_NAMES)
        notes.note((*path, "type"), "unknown_type", f"{name}.type", message, hint)
    return service


def _label(notes: Notes, path: Path, name: str, value: dict[str, Value]) -> str:
    """The text under the icon; the name by default."""
    if "label" not in value:
        return name
    return notes.words((*path, "label"), f"{name}.label", value["label"], name)


def _link(notes: Notes, path: Path, name: str, value: dict[str, Value]) -> str:
    """The address that a click on the icon opens, if any."""
    if "link" not in value:
        return ""
    return read_link(notes, (*path, "link"), f"{name}.link", value["link"])


def _usage(
    notes: Notes, path: Path, name: str, value: dict[str, Value], service: AnyService | None
) -> dict[str, Fraction]:
    """Measured monthly quantities by their keys."""
    usage = value.get("usage", {})
    if not isinstance(usage, dict):
        message = f"is {quoted(usage)}, not a mapping of monthly quantities"
        notes.note((*path, "usage"), "wrong_type", f"{name}.usage", message)
        return {}
    if service is None:
        return {}
    quantities = {}
    for key, quantity in usage.items():
        place = (*path, "usage", key)
        if key not in all_usage_keys(service):
            fact, hint = f"has no key {quoted(key)}", suggestion(key, all_usage_keys(service))
            notes.note(place, "unknown_key", f"{name}.usage", fact, hint, key=True)
            continue
        try:
            quantities[key] = units.count(quantity)
        except units.QuantityError as error:
            notes.note(place, error.rule, f"{name}.usage.{key}", str(error), error.hint)
    return quantities
