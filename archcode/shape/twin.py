"""A shape as a model of pydantic, which judges what does not plainly fit, and tells editors."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, model_validator
from pydantic import Field as ModelField

from archcode.shape.field import MISSING, After, Before, Bounds
from archcode.shape.reading import annotation_of
from archcode.shape.shape import Key, Shape, ShapeType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

S = TypeVar("S", bound=Shape)
_CONFIG = {"frozen": True, "extra": "forbid", "defer_build": True}
_shapes: dict[type[BaseModel], ShapeType] = {}


@cache
def twin(shape: ShapeType) -> type[BaseModel]:
    """The model with the same keys, bounds, defaults and checks."""
    above = [twin(base) for base in shape.__bases__ if isinstance(base, ShapeType)]
    body = {name: shape.written.get(name) for name in ("__module__", "__qualname__", "__doc__")}
    own = [name for name in shape.written.get("__annotations__", ()) if name in shape.keys]
    body["__annotations__"] = {name: _twinned(_type(shape.keys[name])) for name in own}
    body |= {
        name: field for name in own if (field := _field(shape.keys[name].bounds)) is not MISSING
    }
    body |= {name: _check(one) for name, one in shape.checks.items() if name in shape.written}
    metaclass: Any = type(BaseModel)
    made: type[BaseModel] = metaclass(
        shape.__name__, tuple(above) or (BaseModel,), body, **_CONFIG, **shape.config
    )
    _shapes[made] = shape
    return made


def _type(key: Key) -> Any:  # noqa: ANN401 - any type expression
    return annotation_of(key.annotation, key.module)


def _check(check: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - what marks a method for pydantic
    """A check of a shape, which is asked of a shape."""

    def asked(model: BaseModel) -> BaseModel:
        check(_shaped(model))
        return model

    return model_validator(mode="after")(asked)


def validated(shape: type[S], value: object, *, strict: bool) -> S:
    """A mapping as pydantic reads it; raises its ValidationError."""
    return cast("S", _shaped(twin(shape).model_validate(value, strict=strict)))


def _shaped(value: object) -> object:
    """A value of a model as one of its shape, at any depth."""
    if isinstance(value, BaseModel):
        values = {name: _shaped(getattr(value, name)) for name in value.model_fields_set}
        return cast("type[Shape]", _shapes[type(value)]).of(values)
    if isinstance(value, dict):
        return {key: _shaped(one) for key, one in value.items()}
    return tuple(map(_shaped, value)) if isinstance(value, tuple) else value


def _modelled(value: object) -> object:
    """A default that is a shape as one that is a model."""
    if isinstance(value, Shape):
        values = {name: _modelled(one) for name, one in value.__dict__.items()}
        return twin(type(value)).model_construct(**cast("Mapping[str, Any]", values))
    return value


def _field(bounds: Bounds) -> Any:  # noqa: ANN401 - what pydantic has a field be
    """The field of pydantic, or the default alone where nothing else is said."""
    default = _modelled(bounds.default)
    if bounds == Bounds(bounds.default):
        return default
    said = {
        key: getattr(bounds, key)
        for key in ("ge", "le", "min_length", "max_length", "description")
        if getattr(bounds, key) is not None
    }
    if bounds.aliases:
        said["validation_alias"] = AliasChoices(*bounds.aliases)
    return ModelField(**said) if default is MISSING else ModelField(default, **said)


def _extras(one: Any) -> tuple[Any, ...]:  # noqa: ANN401 - what an annotation may carry
    """What pydantic has in place of ours; ours stays where it knows what editors are told."""
    if isinstance(one, Bounds):
        return (_field(one),)
    if isinstance(one, Before):
        return BeforeValidator(one.read), one
    return (AfterValidator(one.check),) if isinstance(one, After) else (one,)


def _twinned(kind: Any) -> Any:  # noqa: ANN401 - any type expression
    """A type with models in place of shapes, and pydantic's fields in place of ours."""
    if isinstance(kind, ShapeType):
        return twin(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        extras = (extra for one in kind.__metadata__ for extra in _extras(one))
        return Annotated[(_twinned(kind.__origin__), *extras)]
    if origin in (Union, UnionType):
        return reduce(or_, map(_twinned, parts))
    if origin in (tuple, dict):
        return origin[tuple(map(_twinned, parts))]
    return kind
