"""A Spec as YAML text that parses to the same Spec."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from archcode import units
from archcode.fields import Quantity
from archcode.spec.schema import type_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from archcode.spec.model import Group, Spec

_RATE_UNITS = (("s", 1), ("min", 60), ("h", 3600), ("day", 86_400), ("month", 2_628_000))
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


def dump(spec: Spec) -> str:
    """The spec in its shortest form: no defaults, quantities in exact units."""
    return "\n".join(_lines(spec)) + "\n"


def _lines(spec: Spec) -> Iterator[str]:
    yield f"title: {text_of(spec.title)}"
    yield f"region: {spec.region}"
    if spec.direction != "auto":
        yield f"direction: {spec.direction}"
    yield "components:"
    for name, component in spec.components.items():
        values: dict[str, Any] = {"type": component.type}
        if component.label != name:
            values["label"] = component.label
        if component.link:
            values["link"] = component.link
        values |= _model(component.settings)  # type: ignore[arg-type]
        if component.requires is not None:
            values["requires"] = _model(component.requires)
        if component.usage:
            values["usage"] = {k: units.plain(v) for k, v in component.usage.items()}
        yield f"  {text_of(name)}: {_flow(values)}"
    yield f"flows:{'' if spec.flows else ' []'}"
    for flow in spec.flows:
        ends = {"from": flow.source, "to": flow.target}
        yield f"  - {_flow(ends | _model(flow.settings))}"
    yield from _section("groups", {group.name: _group(group) for group in spec.groups})
    yield from _section("views", {view.name: view.values() for view in spec.views})
    if spec.budgets:
        yield f"budgets: {_flow({budget.name: budget.amount for budget in spec.budgets})}"
    yield from _section("scenarios", {one.name: one.values() for one in spec.scenarios})


def _section(title: str, values: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """A line for each of what a section names; nothing where it is empty."""
    if values:
        yield f"{title}:"
    for name, value in values.items():
        yield f"  {text_of(name)}: {_flow(value)}"


def _group(group: Group) -> dict[str, object]:
    values: dict[str, object] = {"label": group.label, "kind": group.kind}
    values |= {"region": group.region} if group.region else {}
    return values | {"contains": list(group.contains)}


def _model(model: BaseModel) -> dict[str, Any]:
    """The values that differ from their defaults."""
    fields = type(model).model_fields
    values = {name: getattr(model, name) for name in fields}
    return {k: _quantity(fields[k], v) for k, v in values.items() if v != fields[k].default}


def _quantity(field: FieldInfo, value: object) -> object:
    """A quantity with the unit that writes it in finitely many digits."""
    if isinstance(value, BaseModel):
        return _model(value)
    if isinstance(value, tuple):
        return tuple(_quantity(field, item) for item in value)
    if not isinstance(value, Fraction):
        return value
    kind = next(part.kind for part in type_parts(field) if isinstance(part, Quantity))
    return _WRITTEN[kind.parse](value)


def _rate(value: Fraction) -> str:
    unit, seconds = next(
        ((unit, seconds) for unit, seconds in _RATE_UNITS if _finite(value * seconds)),
        _RATE_UNITS[0],
    )
    return f"{_digits(value * seconds)}/{unit}"


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
    units.rate: _rate,
    units.share: lambda value: f"{_digits(value * 100)}%",
    units.size: lambda value: f"{_digits(value)} B",
    units.count: _digits,
    units.seconds: lambda value: f"{_digits(value * 1_000_000)} us",
}
"""How each kind of quantity is written so that it reads back the same."""


def _flow(value: object) -> str:
    """YAML flow style, with all text in double quotes unless it is a plain word."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text_of(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_flow(v) for v in value)}]"
    if isinstance(value, bool) or value is None:
        return "null" if value is None else str(value).lower()
    if isinstance(value, Fraction):
        return _digits(value)
    return str(value) if isinstance(value, int | Decimal) else text_of(str(value))


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
