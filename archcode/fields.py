"""Field types of the spec language: quantities with units, in AWS's own units where AWS has one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from archcode import units
from archcode.model import ServiceSettings

Parser = Callable[[object], Fraction]


class Quantity:
    """Annotation that reads a quantity with its unit; `whole` counts it in AWS's own unit.

    `whole` is the number of base units in one of AWS's (60 for a setting in minutes): a bare
    number is then taken as AWS has it, and the value becomes a whole `int` of that unit.
    """

    def __init__(  # noqa: PLR0913 - all but the parser are words for messages
        self,
        parse: Parser,
        forms: str,
        *,
        whole: int | None = None,
        unit: str = "",
        positive: bool = False,
    ) -> None:
        self.parse, self.forms = parse, forms
        self.whole, self.unit, self.positive = whole, unit, positive

    def read(self, value: Any) -> Fraction | int:  # noqa: ANN401 - whatever the author wrote
        """The value in base units, or in AWS's unit; raises PydanticCustomError."""
        if self.whole is not None and isinstance(value, int) and not isinstance(value, bool):
            return value
        try:
            number = self.parse(value)
        except units.QuantityError as error:
            raise _problem(error.rule, str(error)) from None
        if self.positive and number == 0:
            message = f"is {units.quoted(value)}, and must be above 0"
            raise _problem("zero_quantity", message)
        return number if self.whole is None else self._in_whole_units(value, number)

    def _in_whole_units(self, value: object, number: Fraction) -> int:
        scaled = number / (self.whole or 1)
        if scaled.denominator != 1:
            message = f"is {units.quoted(value)}, which is no whole number of AWS's unit here"
            raise _problem("not_whole", message)
        return int(scaled)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read first, so that bounds of the field apply to the value in its own unit."""
        inner = core_schema.is_instance_schema(Fraction) if self.whole is None else handler(int)
        return core_schema.no_info_before_validator_function(self.read, inner)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A text with a unit, or a bare whole number where AWS has its own unit."""
        text: dict[str, Any] = {
            "type": "string",
            "pattern": r"^\s*\+?\d[\d_]*(\.\d+)?\s*[A-Za-z%/ ]*$",
            "description": f"A quantity such as {self.forms}.",
        }
        if self.whole is not None:
            return {"anyOf": [{"type": "integer"}, text]}
        return {"anyOf": [{"type": "number", "minimum": 0}, text]} if self._bare else text

    @property
    def _bare(self) -> bool:
        return self.parse is units.count


def _problem(rule: str, message: str) -> PydanticCustomError:
    # pydantic reads braces in a template as fields, so the text is passed as one.
    return PydanticCustomError(rule, "{text}", {"text": message})  # type: ignore[arg-type]


Rate = Annotated[Fraction, Quantity(units.rate, units.RATE_FORMS)]
Duration = Annotated[Fraction, Quantity(units.seconds, units.TIME_FORMS, positive=True)]
Bytes = Annotated[Fraction, Quantity(units.size, units.SIZE_FORMS, positive=True)]
Share = Annotated[Fraction, Quantity(units.share, units.SHARE_FORMS)]
Count = Annotated[Fraction, Quantity(units.count, units.COUNT_FORMS)]

Seconds = Annotated[int, Quantity(units.seconds, units.TIME_FORMS, whole=1, unit="s")]
Hours = Annotated[int, Quantity(units.seconds, units.TIME_FORMS, whole=3600, unit="h")]
Days = Annotated[int, Quantity(units.seconds, units.TIME_FORMS, whole=86_400, unit="d")]
SizeInBytes = Annotated[int, Quantity(units.size, units.SIZE_FORMS, whole=1, unit="B")]
SizeInKib = Annotated[int, Quantity(units.size, units.SIZE_FORMS, whole=units.KIB, unit="KiB")]
SizeInMib = Annotated[int, Quantity(units.size, units.SIZE_FORMS, whole=units.MIB, unit="MB")]
SizeInGib = Annotated[int, Quantity(units.size, units.SIZE_FORMS, whole=units.GIB, unit="GiB")]


class Settings(BaseModel, ServiceSettings):
    """CloudFormation properties of one service, in snake_case."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Properties(BaseModel):
    """A nested property of a service, such as a redrive policy."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

