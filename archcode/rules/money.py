"""What the estimate does not know: prices, quantities, and usage that meters nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.metering import ACCOUNT
from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Charge


def _where(name: str) -> str:
    return "" if name == ACCOUNT else name


def _reason(charge: Charge) -> str:
    """Why a cost is unknown."""
    return charge.charge_description.partition("(unknown: ")[2].removesuffix(")")


@rule(
    Severity.WARNING,
    offending=(
        "region: cn-north-1\norders: {type: sqs.queue, receive_message_wait_time_seconds: 20}"
    ),
    clean="region: us-east-1\norders: {type: sqs.queue, receive_message_wait_time_seconds: 20}",
)
def price_unknown(estimate: Estimate) -> Iterator[Finding]:
    """A cost without a price is left out of the total, which is then a lower bound."""
    for charge in estimate.charges:
        if charge.contracted_unit_price is None:
            what = charge.charge_description.partition(" (")[0]
            message = f"no price is known for {what} in {charge.region_id}"
            reason = _reason(charge)
            if reason.startswith("depends on "):
                message += f"; it {reason}"
            hint = "the total leaves it out and says at least"
            where = _where(charge.resource_name)
            yield Finding("price_unknown", Severity.WARNING, where, message, hint)


@rule(
    Severity.WARNING,
    offending="api: {type: lambda.function}\n- shop -> api: {rate: 1/s, size: 2 KB}",
    clean="api: {type: lambda.function, duration: 80 ms}\n- shop -> api: {rate: 1/s, size: 2 KB}",
)
def quantity_unknown(estimate: Estimate) -> Iterator[Finding]:
    """A quantity that the spec does not tell is left out of the total, which is then a lower bound.

    Where its price is unknown as well, `price_unknown` says enough.
    """
    for charge in estimate.charges:
        if charge.pricing_quantity is None and charge.contracted_unit_price is not None:
            what = charge.charge_description.partition(" (")[0]
            message = f"the cost of {what} {_reason(charge)}"
            where = _where(charge.resource_name)
            yield Finding(
                "quantity_unknown", Severity.WARNING, where, message, _measured(estimate, where)
            )


def _measured(estimate: Estimate, name: str) -> str:
    """How a quantity is stated that the rest of the spec does not tell."""
    if not name:
        return ""
    kind = estimate.topology.spec.components[name].type
    return f"say so, or what was measured under usage: archcode services {kind} lists its keys"


@rule(
    Severity.WARNING,
    offending="events: {type: sns.topic, usage: {published_gb: 5}}",
    clean="events: {type: sns.topic, fifo_topic: true, usage: {published_gb: 5}}",
)
def usage_without_effect(estimate: Estimate) -> Iterator[Finding]:
    """A stated quantity that nothing is metered by would be silently ignored."""
    for name, key in estimate.unused:
        kind = estimate.topology.spec.components[name].type
        message = f"meters nothing on this {find(kind).name} component as it is set up"
        yield Finding("usage_without_effect", Severity.WARNING, f"{name}.usage.{key}", message)


RULES = (
    price_unknown,
    quantity_unknown,
    usage_without_effect,
)
