"""Delivery that is required: what may be lost on the way, and what may arrive twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import ZERO, Finding, Severity
from archcode.requires import DELIVERIES
from archcode.rules._channels import Channel, channel, flows_out_of, readers_of, repeating
from archcode.rules._losses import Loss, loss_on, share_text
from archcode.rules._places import Place, hint, places, way_to
from archcode.rules._rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.requires import Delivery
    from archcode.topology import Topology


def _at_least_once(delivery: Delivery | None) -> bool:
    return delivery is not None and DELIVERIES.index(delivery) > 0


@rule(
    Severity.ERROR,
    offending="- readings -> store: {requires: {delivery: at_least_once}}",
    clean="quality_of_service: 1",
)
def delivery_not_guaranteed(estimate: Estimate) -> Iterator[Finding]:
    """A message that is sent once and not acknowledged is lost with the next broken connection.

    https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html
    """
    topology = estimate.topology
    for place in places(topology):
        if not _at_least_once(place.wanted.delivery):
            continue
        for at in _whole_way(topology, place):
            message = f"is {place.wanted.delivery}, but {at} delivers at most once"
            where = f"{place.where}.requires.delivery"
            advice = hint(place, "delivery", at)
            yield Finding("delivery_not_guaranteed", Severity.ERROR, where, message, advice)


def _whole_way(topology: Topology, place: Place) -> Iterator[Channel]:
    """The channels of a place and on the way there that deliver at most once."""
    way = way_to(topology, place, lambda other: _at_least_once(other.delivery))
    met = [*place.channels, *(channel(topology, hop.source, hop) for hop in way)]
    found = {at.name: at for at in met if at and at.promise.delivery == "at_most_once"}
    yield from found.values()


@rule(
    Severity.ERROR,
    offending="- orders -> charge: {requires: {delivery: exactly_once}}",
    clean="charge: {type: lambda.function, idempotent: true}",
)
def exactly_once_assumed(estimate: Estimate) -> Iterator[Finding]:
    """A message that is delivered a second time is processed a second time: a card charged twice.

    Where a service delivers exactly once, it does so within bounds that are named, which is a
    warning. A consumer that is idempotent: true needs no such promise.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html
    """
    for place in places(estimate.topology):
        if place.wanted.delivery != "exactly_once":
            continue
        for at in place.channels:
            readers = readers_of(estimate.topology, at)
            twice = repeating(estimate.topology, readers)
            once = at.promise.delivery == "exactly_once"
            if (readers and not twice) or (once and not readers):
                continue
            severity = Severity.WARNING if once else Severity.ERROR
            fact = f"exactly once only {at.promise.once}" if once else "at least once"
            message = f"is exactly_once, but {at} delivers {fact}"
            message += f", and {_listed(twice)} not idempotent" if twice else ""
            where = f"{place.where}.requires.delivery"
            advice = _once(place, at, twice, once=once)
            yield Finding("exactly_once_assumed", severity, where, message, advice)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f"{names[0]} is"


def _once(place: Place, at: Channel, twice: list[str], *, once: bool) -> str:
    """Make the consumer idempotent, or take a service that deduplicates."""
    if not twice:
        return hint(place, "delivery", at)
    words = (
        "record what is processed together with its effect, and set idempotent: true on"
        f" {' and '.join(twice)}"
    )
    return words if once else f"{words}; else {hint(place, 'delivery', at)}"


@rule(
    Severity.ERROR,
    offending="bill: {type: lambda.function, requires: {maximum_loss: 0%}}",
    clean="orders: {type: sqs.queue, redrive_policy: {dead_letter_target: failed}}",
)
def loss_possible(estimate: Estimate) -> Iterator[Finding]:
    """A message that is given up where nothing takes it is gone, and nobody hears of it.

    An error where more is given up than the requirement allows, a warning where none is allowed
    and the settings leave a way to lose one.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    topology = estimate.topology
    for place in places(topology):
        for loss in _losses(topology, place):
            message = f"is {share_text(place.wanted.maximum_loss or ZERO)}, but {loss.words}"
            where = f"{place.where}.requires.maximum_loss"
            yield Finding("loss_possible", loss.severity, where, message, loss.hint)


def _losses(topology: Topology, place: Place) -> Iterator[Loss]:
    """What is given up on the way to a place or behind a channel, then what channels may lose."""
    most = place.wanted.maximum_loss
    if most is None:
        return
    way = way_to(
        topology,
        place,
        lambda other: other.maximum_loss is not None and other.maximum_loss <= most,
    )
    if place.component in {at.name for at in place.channels}:
        way += flows_out_of(topology, place.component)
    for hop in way:
        loss = loss_on(topology, hop, most)
        if loss:
            yield loss
    if most == ZERO:
        held = [*place.channels, *(channel(topology, hop.source, hop) for hop in way)]
        for at in {at.name: at for at in held if at and at.promise.loses}.values():
            words = f"{at} may lose messages: {at.promise.loses}"
            remedy = at.promise.remedy("maximum_loss", at.name, place.wanted)
            yield Loss(Severity.WARNING, words, remedy or hint(place, "maximum_loss", at))


RULES = (delivery_not_guaranteed, exactly_once_assumed, loss_possible)
