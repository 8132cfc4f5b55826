"""Reads what plainly fits a shape, without pydantic; anything else is for pydantic to judge.

Strict as pydantic is: neither `yes` is true nor `"3"` a number, nor true the number 1.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import cache
from types import NoneType, SimpleNamespace, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from archcode.shape.field import MISSING, After, Bounds
from archcode.shape.shape import Shape, ShapeType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Read = Callable[[Any], Any]

S = TypeVar("S", bound=Shape)
_PLAIN = (bool, int, str)


class UnsureError(ValueError):
    """A value may fit, or not."""


def read(shape: type[S], value: object) -> S:
    """A mapping as a value of its shape; raises ValueError where it may not fit."""
    if type(value) is not dict:
        raise UnsureError
    names, values = _names(shape), {}
    for key, item in value.items():
        name = names.get(key)
        if name is None or name in values:
            raise UnsureError
        values[name] = _key(shape, name)(item)
    if not _needed(shape) <= values.keys():
        raise UnsureError
    made = shape.of(values)
    for check in shape.checks.values():
        check(made)
    return made


@cache
def _names(shape: ShapeType) -> dict[object, str]:
    """The keys of a shape by all the names that they are written with."""
    return {
        written: key for key, one in shape.keys.items() for written in one.bounds.aliases or (key,)
    }


@cache
def _needed(shape: ShapeType) -> frozenset[str]:
    """The keys that must be there."""
    return frozenset(key for key, one in shape.keys.items() if one.bounds.default is MISSING)


@cache
def _key(shape: ShapeType, name: str) -> Read:
    """What reads the values of a key; most keys are in no spec, so each has its turn."""
    key = shape.keys[name]
    return _bounded(_reader(annotation_of(key.annotation, key.module)), (key.bounds,))


def annotation_of(text: str, module: str) -> Any:  # noqa: ANN401 - any type expression
    """The type that an annotation in a module stands for."""
    place = SimpleNamespace(__annotations__={"value": text})
    return get_type_hints(place, vars(sys.modules[module]), include_extras=True)["value"]


def _reader(kind: Any) -> Read:  # noqa: ANN401 - any type expression
    """What reads values of a type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _annotated(kind.__origin__, kind.__metadata__)
    if origin is Literal:
        return _literal(parts)
    if origin in (Union, UnionType):
        others = [part for part in parts if part is not NoneType]
        return _optional(_reader(others[0])) if len(parts) == len(others) + 1 == 2 else _unsure
    if origin is tuple and parts[1:] == (...,):
        return _several(_reader(parts[0]))
    if origin is dict and parts[0] is str:
        return _mapped(_reader(parts[1]))
    if isinstance(kind, ShapeType):
        shape = cast("type[Shape]", kind)
        return lambda value: value if type(value) is shape else read(shape, value)
    if kind in _PLAIN:
        return _exactly(kind)
    if kind is Fraction:
        return _rational
    return _same if kind is Any else _unsure


def _annotated(kind: Any, extras: tuple[Any, ...]) -> Read:  # noqa: ANN401 - any type expression
    """Hooks before, then the type, then bounds, then checks."""
    before = [extra.read for extra in reversed(extras) if hasattr(extra, "read")]
    bounds = [extra for extra in extras if isinstance(extra, Bounds)]
    after = [extra.check for extra in extras if isinstance(extra, After)]
    if len(before) + len(bounds) + len(after) < len(extras):
        return _unsure
    inner = _bounded(_reader(kind), bounds)
    if not before and not after:
        return inner

    def found(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
        for hook in before:
            value = hook(value)
        value = inner(value)
        for check in after:
            value = check(value)
        return value

    return found


def _bounded(inner: Read, bounds: Iterable[Bounds]) -> Read:
    limits = [one for one in bounds if one != Bounds(one.default, description=one.description)]
    if not limits:
        return inner

    def found(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
        value = inner(value)
        if value is not None and not all(one.holds(value) for one in limits):
            raise UnsureError
        return value

    return found


def _exactly(kind: type) -> Read:
    def found(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
        if type(value) is not kind:
            raise UnsureError
        return value

    return found


def _rational(value: Any) -> Any:  # noqa: ANN401 - what a quantity was read as
    if not isinstance(value, Fraction):
        raise UnsureError
    return value


def _literal(allowed: tuple[Any, ...]) -> Read:
    def found(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
        # True equals 1, and is none of those values.
        if type(value) not in (str, int) or value not in allowed:
            raise UnsureError
        return value

    return found


def _optional(inner: Read) -> Read:
    return lambda value: None if value is None else inner(value)


def _several(inner: Read) -> Read:
    def found(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
        if type(value) is not tuple:
            raise UnsureError
        return tuple(map(inner, value))

    return found


def _mapped(inner: Read) -> Read:
    def found(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
        if type(value) is not dict or not all(type(key) is str for key in value):
            raise UnsureError
        return {key: inner(item) for key, item in value.items()}

    return found


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever the author wrote
    return value


def _unsure(_value: object) -> Any:  # noqa: ANN401 - never returns
    raise UnsureError
