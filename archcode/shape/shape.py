"""Shapes as classes, and mappings of a spec as their frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Self

from archcode.shape.field import CHECK, MISSING, Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic.fields import FieldInfo


class Key(NamedTuple):
    """A key of a shape as its author wrote it: the text of its annotation, and where that is."""

    annotation: str
    module: str
    bounds: Bounds


def _taken(body: dict[str, Any]) -> dict[str, Key]:
    """The keys of the body of a class, in which their defaults stay."""
    keys = {}
    for key, annotation in body.get("__annotations__", {}).items():
        if annotation.startswith("ClassVar") or key.startswith("_"):
            continue
        value = body.pop(key, MISSING)
        bounds = value if isinstance(value, Bounds) else Bounds(value)
        keys[key] = Key(annotation, body["__module__"], bounds)
        if bounds.default is not MISSING:
            body[key] = bounds.default
    return keys


class ShapeType(type):
    """Collects the keys and the checks of a shape."""

    keys: dict[str, Key]
    checks: dict[str, Callable[[Any], Any]]
    written: dict[str, Any]
    """The body of the class."""
    config: Mapping[str, object]
    """What pydantic's `ConfigDict` says of it, such as its title."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **config: object
    ) -> ShapeType:
        """Take the keys out of the body, and leave their defaults."""
        written, keys = dict(body), _taken(body)
        if keys.keys() & ShapeType.__annotations__.keys():
            raise TypeError(f"{name}: {', '.join(ShapeType.__annotations__)} can be no keys")
        made = super().__new__(cls, name, bases, body)
        checks = {key: value for key, value in body.items() if getattr(value, CHECK, False)}
        above = [base for base in reversed(made.__mro__[1:]) if isinstance(base, ShapeType)]
        made.keys = {key: one for base in above for key, one in base.keys.items()} | keys
        made.checks = {key: one for base in above for key, one in base.checks.items()} | checks
        made.config = config
        made.written = {key: value for key, value in written.items() if key != "__classcell__"}
        return made

    def __init__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_config: object
    ) -> None:
        super().__init__(name, bases, body)

    @property
    def model_fields(cls) -> Mapping[str, FieldInfo]:
        """The keys as pydantic knows them."""
        from archcode.shape.twin import twin

        return twin(cls).model_fields


class Shape(metaclass=ShapeType):
    """A mapping of a spec that fits its shape; what its author left out has its default."""

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - whatever a key takes
        if values:
            values = type(self).model_validate(values).__dict__
        self.__dict__.update(values)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Values of the right types as they are, without a question."""
        made = cls.__new__(cls)
        made.__dict__.update(values)
        return made

    @classmethod
    def model_validate(cls, value: object, *, strict: bool = False) -> Self:
        """Read a mapping; raises pydantic's ValidationError, a ValueError, with all problems."""
        from archcode.shape.reading import read

        try:
            return read(cls, value)
        except ValueError:
            from archcode.shape.twin import validated

            return validated(cls, value, strict=strict)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values, which are not checked."""
        return self.of({**self.__dict__, **update})

    @property
    def model_fields_set(self) -> set[str]:
        """The keys that the author wrote."""
        return set(self.__dict__)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        said = ", ".join(f"{key}={value!r}" for key, value in self.__dict__.items())
        return f"{type(self).__name__}({said})"

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, key) for key in type(self).keys)
