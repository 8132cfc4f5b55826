"""What a key takes, in pydantic's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")
MISSING: Any = ...
"""Stands for the default of a key that must be there."""
CHECK = "archcode_check"


class Bounds(Struct, frozen=True):
    """The default of a key, what its values lie between, and what it is for.

    `aliases` are all names that it may be written with.
    """

    default: Any = MISSING
    ge: int | None = None
    le: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    description: str | None = None
    aliases: tuple[str, ...] = ()

    def holds(self, value: Any) -> bool:  # noqa: ANN401 - a number, or what has a length
        """Whether a value of the right type lies between the bounds."""
        return (
            (self.ge is None or value >= self.ge)
            and (self.le is None or value <= self.le)
            and (self.min_length is None or len(value) >= self.min_length)
            and (self.max_length is None or len(value) <= self.max_length)
        )


def Field(default: Any = MISSING, **said: Any) -> Any:  # noqa: N802, ANN401 - as pydantic has it
    """What a key takes: see `Bounds`; a key without a default must be there."""
    return Bounds(default, **said)


class Before(Struct, frozen=True):
    """Annotation that changes a value before anything is asked of it."""

    read: Callable[[Any], Any]


class After(Struct, frozen=True):
    """Annotation that checks a value of the right type, and gives it back; raises ValueError."""

    check: Callable[[Any], Any]


def model_validator(*, mode: Literal["after"]) -> Callable[[F], F]:  # noqa: ARG001 - as pydantic
    """A method that is asked whether all settings fit together; it raises ValueError."""

    def marked(method: F) -> F:
        setattr(method, CHECK, True)
        return method

    return marked
