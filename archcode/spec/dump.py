"""A Spec as YAML text that parses to the same Spec."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode import units
from archcode.fields import Quantity
from archcode.shape import Shape
from archcode.spec.schema import type_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from archcode.spec.model import Component, Group, Spec
    from archcode.spec.profile import Profile
    from archcode.spec.ranges import Range

_RATE_UNITS = (("s", 1), ("min", 60), ("h", 3600), ("day", 86_400), ("month", 2_628_000))
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


def dump(spec: Spec) -> str:
    """The spec in its shortest form: no defaults, quantities in exact units."""
    values = values_of(spec)
    for one in spec.ranges:
        _put_range(values, spec, one)
    return written(values)


def values_of(spec: Spec) -> dict[str, Any]:
    """The plain values of a spec as its text would have them: a new mapping, to change at will.

    Ranges are left out: it has the typical values.
    """
    values: dict[str, Any] = {"title": spec.title, "region": spec.region}
    if spec.direction != "auto":
        values["direction"] = spec.direction
    values["components"] = {name: _component(part) for name, part in spec.components.items()}
    values["flows"] = [
        {"from": flow.source, "to": flow.target} | _model(flow.settings) for flow in spec.flows
    ]
    values["groups"] = {group.name: _group(group) for group in spec.groups}
    values["views"] = {view.name: view.values() for view in spec.views}
    values["profiles"] = {n: _profile(p) for n, p in spec.profiles.items() if p.own}
    values["budgets"] = {budget.name: budget.amount for budget in spec.budgets}
    values["scenarios"] = {one.name: one.values() for one in spec.scenarios}
    values["alternatives"] = {made.name: made.patch.values for made in spec.alternatives}
    return values


def _put_range(values: dict[str, Any], spec: Spec, one: Range) -> None:
    """Put a range in the place of its typical value."""
    section, name, *keys = one.path
    if section == "flows":
        keys = [*one.path[len(spec.flows[int(name)].path) :]]
    owner: dict[str | int, Any] = values[str(section)][name]
    for key in keys[:-1]:
        owner = owner.setdefault(key, {})
    owner[keys[-1]] = dict(one.values)


def written(values: Mapping[str, Any]) -> str:
    """The text of a spec from its plain values, one line for each part."""
    return "\n".join(_lines(values)) + "\n"


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    yield f"title: {text_of(values['title'])}"
    yield f"region: {values['region']}"
    if "direction" in values:
        yield f"direction: {values['direction']}"
    yield from _section("components", values["components"])
    yield f"flows:{'' if values['flows'] else ' []'}"
    yield from (f"  - {_flow(flow)}" for flow in values["flows"])
    yield from _section("groups", values["groups"])
    yield from _section("views", values["views"])
    yield from _section("profiles", values["profiles"])
    if values["budgets"]:
        yield f"budgets: {_flow(values['budgets'])}"
    yield from _section("scenarios", values["scenarios"])
    yield from _section("alternatives", values["alternatives"])


def _component(component: Component) -> dict[str, Any]:
    """A component with what its author said of it."""
    values: dict[str, Any] = {"type": component.type}
    if component.label != component.name:
        values["label"] = component.label
    if component.link:
        values["link"] = component.link
    values |= _model(component.settings)  # type: ignore[arg-type]
    if component.requires is not None:
        values["requires"] = _model(component.requires)
    if component.usage:
        values["usage"] = {k: units.plain(v) for k, v in component.usage.items()}
    return values


def _section(title: str, values: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """A line for each of what a section names; nothing where it is empty."""
    if values:
        yield f"{title}:"
    for name, value in values.items():
        yield f"  {text_of(name)}: {_flow(value)}"


def _profile(profile: Profile) -> dict[str, object]:
    """A profile with its shares as they are written."""
    return {key: _shares(value) for key, value in profile.values().items()}


def _shares(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shares(share) for key, share in value.items()}
    return share_text(value) if isinstance(value, Fraction) else value


def _group(group: Group) -> dict[str, object]:
    values: dict[str, object] = {"label": group.label, "kind": group.kind}
    values |= {"region": group.region} if group.region else {}
    return values | {"contains": list(group.contains)}


def _model(model: Shape) -> dict[str, Any]:
    """The values that differ from their defaults."""
    fields, keys = type(model).model_fields, type(model).keys
    values = {name: getattr(model, name) for name in keys}
    return {k: _quantity(fields[k], v) for k, v in values.items() if v != keys[k].bounds.default}


def _quantity(field: FieldInfo, value: object) -> object:
    """A quantity with the unit that writes it in finitely many digits."""
    if isinstance(value, Shape):
        return _model(value)
    if isinstance(value, tuple):
        return tuple(_quantity(field, item) for item in value)
    if not isinstance(value, Fraction):
        return value
    kind = next(part.kind for part in type_parts(field) if isinstance(part, Quantity))
    return _WRITTEN[kind.parse](value)


def rate_text(value: Fraction) -> str:
    """A rate in the first unit that writes it in finitely many digits."""
    unit, seconds = next(
        ((unit, seconds) for unit, seconds in _RATE_UNITS if _finite(value * seconds)),
        _RATE_UNITS[0],
    )
    return f"{_digits(value * seconds)}/{unit}"


def share_text(value: Fraction) -> str:
    """A part of one as a percentage."""
    return f"{_digits(value * 100)}%"


def _finite(value: Fraction) -> bool:
    """Whether a rational has finitely many decimals: its denominator holds only 2 and 5."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _digits(value: Fraction) -> str:
    """All digits of a rational with finitely many decimals."""
    places = 0
    while (value * 10**places).denominator != 1 and places < 60:
        places += 1
    whole = f"{int(value * 10**places):0{places + 1}d}"
    return f"{whole[:-places]}.{whole[-places:]}" if places else whole


_WRITTEN: dict[object, Callable[[Fraction], str]] = {
    units.rate: rate_text,
    units.share: share_text,
    units.size: lambda value: f"{_digits(value)} B",
    units.count: _digits,
    units.seconds: lambda value: f"{_digits(value * 1_000_000)} us",
}
"""How each kind of quantity is written so that it reads back the same."""


def _flow(value: object) -> str:
    """YAML flow style, with all text in double quotes unless it is a plain word."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text_of(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_flow(v) for v in value)}]"
    if isinstance(value, bool) or value is None:
        return "null" if value is None else str(value).lower()
    if isinstance(value, Fraction):
        return _digits(value)
    return units.plain(value) if isinstance(value, int | Decimal) else text_of(str(value))


def text_of(text: str, *, quoted: bool = False) -> str:
    """A word as it is; anything else as a JSON string, which is YAML too."""
    bare = text and set(text) <= _BARE and text[0].isalpha() and not quoted
    if bare and text.lower() not in ("true", "false", "null"):
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    """A character of a double-quoted YAML scalar; JSON's surrogate pairs are no YAML."""
    if character in '"\\':
        return f"\\{character}"
    return character if " " <= character <= "~" else f"\\U{ord(character):08x}"
