"""Field types of the spec language: quantities with units, in AWS's own units where AWS has one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn

from msgspec import Struct

from archcode import units
from archcode.model import ServiceSettings
from archcode.shape import Field, Shape

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema, PydanticCustomError


class Kind(Struct, frozen=True):
    """A kind of quantity: its parser, examples of it, and its pattern for editors."""

    parse: Callable[[object], Fraction]
    forms: str
    pattern: str
    bare: bool = False


class Quantity:
    """Annotation that reads a quantity with its unit; `whole` counts it in AWS's own unit.

    `whole` is the number of base units in one of AWS's (60 for a setting in minutes): a bare
    number is then taken as AWS has it, and the value becomes a whole `int` of that unit.
    """

    def __init__(
        self,
        kind: Kind,
        *,
        whole: Fraction | int | None = None,
        unit: str = "",
        positive: bool = False,
    ) -> None:
        self.kind, self.whole, self.unit, self.positive = kind, whole, unit, positive

    def read(self, value: Any) -> Fraction | int:  # noqa: ANN401 - whatever the author wrote
        """The value in base units, or in AWS's unit; raises PydanticCustomError."""
        if self.whole is not None and isinstance(value, int) and not isinstance(value, bool):
            return value
        if self.whole is not None and isinstance(value, Decimal):
            raise self._not_whole(value)
        try:
            number = self.kind.parse(value)
        except units.QuantityError as error:
            raise _problem(error.rule, str(error), error.hint) from None
        if self.positive and number == 0:
            message = f"is {units.quoted(value)}, and must be above 0"
            raise _problem("zero_quantity", message)
        return number if self.whole is None else self._in_whole_units(value, number)

    def _in_whole_units(self, value: object, number: Fraction) -> int:
        scaled = number / (self.whole or 1)
        if scaled.denominator != 1:
            raise self._not_whole(value)
        return int(scaled)

    def _not_whole(self, value: object) -> PydanticCustomError:
        noun = _WHOLE.get(self.unit, self.unit)
        return _problem("not_whole", f"is {units.quoted(value)}, not a whole number of {noun}")

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read first, so that bounds of the field apply to the value in its own unit."""
        from pydantic_core import core_schema

        inner = core_schema.is_instance_schema(Fraction) if self.whole is None else handler(int)
        return core_schema.no_info_before_validator_function(self.read, inner)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A text with a unit, or a bare whole number where AWS has its own unit."""
        pattern = self.kind.pattern
        if self.positive:
            pattern = pattern.replace("^", f"^{units.ABOVE_ZERO}", 1)
        text: dict[str, Any] = {
            "type": "string",
            "pattern": pattern,
            "description": f"A quantity such as {self.kind.forms}.",
        }
        if self.whole is not None:
            return {"anyOf": [{"type": "integer"}, text]}
        return {"anyOf": [{"type": "number", "minimum": 0}, text]} if self.kind.bare else text


def refuse(rule: str, text: str) -> NoReturn:
    """End a validator with the name of the defect and the fact."""
    raise _problem(rule, text)


def refuse_without(settings: Shape, flag: str, names: tuple[str, ...], rule: str) -> None:
    """End a validator where one of these settings is made without the flag that it needs."""
    for name in names:
        if not getattr(settings, flag) and getattr(settings, name):
            refuse(rule, f"sets {name}, which needs {flag}: true")


def refuse_odd_key(settings: Shape, kind: str, own: str, key: str, *, named: bool = True) -> None:
    """End a validator where a key is named that AWS owns, or one of one's own is not `named`."""
    has, is_own = getattr(settings, key) is not None, getattr(settings, kind) == own
    if is_own and named and not has:
        refuse("key_not_named", f"has {kind}: {own}, which needs {key}")
    if has and not is_own:
        refuse("key_beside_owned_key", f"sets {key}, which needs {kind}: {own}")


def _problem(rule: str, message: str, hint: str = "") -> PydanticCustomError:
    from pydantic_core import PydanticCustomError

    # pydantic reads braces in a template as fields, so the text is passed as one.
    return PydanticCustomError(rule, "{text}", {"text": message, "hint": hint})


_WHOLE = {
    "ms": "milliseconds",
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "d": "days",
    "B": "bytes",
}


_RATE = Kind(units.rate, units.RATE_FORMS, units.RATE_PATTERN)
_TIME = Kind(units.seconds, units.TIME_FORMS, units.TIME_PATTERN)
_SIZE = Kind(units.size, units.SIZE_FORMS, units.SIZE_PATTERN)
_SHARE = Kind(units.share, units.SHARE_FORMS, units.SHARE_PATTERN)
_COUNT = Kind(units.count, units.COUNT_FORMS, units.COUNT_PATTERN, bare=True)

Rate = Annotated[Fraction, Quantity(_RATE)]
Duration = Annotated[Fraction, Quantity(_TIME, positive=True)]
Bytes = Annotated[Fraction, Quantity(_SIZE, positive=True)]
Share = Annotated[Fraction, Quantity(_SHARE)]
PositiveShare = Annotated[Fraction, Quantity(_SHARE, positive=True)]
Count = Annotated[Fraction, Quantity(_COUNT)]

Milliseconds = Annotated[int, Quantity(_TIME, whole=Fraction(1, 1000), unit="ms")]
Seconds = Annotated[int, Quantity(_TIME, whole=1, unit="s")]
Minutes = Annotated[int, Quantity(_TIME, whole=60, unit="min")]
Hours = Annotated[int, Quantity(_TIME, whole=3600, unit="h")]
Days = Annotated[int, Quantity(_TIME, whole=86_400, unit="d")]
SizeInBytes = Annotated[int, Quantity(_SIZE, whole=1, unit="B")]
SizeInKib = Annotated[int, Quantity(_SIZE, whole=units.KIB, unit="KiB")]
SizeInMib = Annotated[int, Quantity(_SIZE, whole=units.MIB, unit="MB")]
SizeInGib = Annotated[int, Quantity(_SIZE, whole=units.GIB, unit="GiB")]


class Settings(Shape, ServiceSettings):
    """CloudFormation properties of one service, in snake_case.

    `key_setting` is the dotted name of the setting that may name a key.
    """

    key_setting: ClassVar[str] = ""

    def kms_key(self) -> str | None:
        """The key that the settings name, the customer's own or one that AWS manages."""
        key: Any = self
        for name in self.key_setting.split("."):
            key = getattr(key, name, None) if name else None
        return None if key is None else str(key)


class ConsumerSettings(Settings):
    """What everything has in common that works on messages."""

    idempotent: bool = Field(
        default=False, description="Whether the same message twice has the effect of one."
    )

    def handles_duplicates(self) -> bool:
        """Whether the author says so."""
        return self.idempotent


class Properties(Shape):
    """A nested property of a service, such as a redrive policy."""
