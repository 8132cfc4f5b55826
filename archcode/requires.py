"""What an author may require of a flow or a component, whichever service carries it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from archcode.fields import Duration, Properties, Share
from archcode.shape import Before, Field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Ordering = Literal["none", "group", "total"]
"""No order; an order within a key, group, shard or partition; one order of all messages."""
Delivery = Literal["at_most_once", "at_least_once", "exactly_once"]
Latency = Literal["real_time", "near_real_time", "batch"]
Protocol = Literal["amqp", "http", "jms", "kafka", "mqtt", "openwire", "stomp"]

ORDERINGS: tuple[Ordering, ...] = get_args(Ordering)
DELIVERIES: tuple[Delivery, ...] = get_args(Delivery)
"""Weakest first, as is ORDERINGS."""
LONGEST: Mapping[Latency, Fraction | None] = {
    "real_time": Fraction(1),
    "near_real_time": Fraction(120),
    "batch": None,
}
"""Seconds from the producer that each class allows; None is any time."""


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class OneOrMore(Before, frozen=True):
    """Annotation of a list that may be written as its only item."""

    read: Callable[[Any], Any] = _listed

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The list, or one of its items."""
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


class Requires(Properties):
    """What must hold here, checked against the services that are there and on the way."""

    ordering: Ordering | None = Field(
        None, description="In which order messages must arrive: that of their group, or of all."
    )
    delivery: Delivery | None = Field(
        None, description="Whether a message may be lost or may arrive twice."
    )
    replay: Duration | None = Field(
        None, description="How far back consumers must be able to read again, such as 7 d."
    )
    latency: Latency | None = Field(
        None, description="How old a message may be: 1 s, 2 min, or more."
    )
    protocol: Annotated[
        tuple[Protocol, ...], Field(min_length=1, max_length=len(get_args(Protocol))), OneOrMore()
    ] = Field((), description="What clients speak, one or a list, such as amqp.")
    maximum_loss: Share | None = Field(
        None, description="Share of messages that may be given up for good; 0% is none at all."
    )
    consumers: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = Field(
        None, description="Consumers, now or later, that each read every message."
    )
