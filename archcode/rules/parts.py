"""What belongs to another component, and what does nothing without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate

WHOLE = {
    "events.archive": "events.event_bus",
    "events.rule": "events.event_bus",
    "eventschemas.discoverer": "events.event_bus",
    "iot.topic_rule": "iot.thing_fleet",
}
"""What each part belongs to, and stands beside."""
WITH_TARGET = {
    "kinesisfirehose.delivery_stream": "a bucket, a warehouse, a domain, splunk or an endpoint",
    "msk.replicator": "a cluster",
    "pipes.pipe": "a target",
    "scheduler.schedule": "a target",
}
"""What AWS does not create without somewhere to send to."""
KAFKA = ("msk.cluster", "msk.serverless_cluster", "server", "broker")
"""A connector works for one Kafka cluster, which may be one's own."""


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: events.event_bus, name: orders}\n"
        "paid: {type: events.rule}\n"
        "- orders -> paid\n"
        "europe: {kind: region, region: eu-west-1, contains: [paid]}"
    ),
    clean=(
        "orders: {type: events.event_bus, name: orders}\n"
        "paid: {type: events.rule}\n"
        "- orders -> paid\n"
        "europe: {kind: region, region: eu-west-1, contains: [orders, paid]}"
    ),
)
def part_in_other_region(estimate: Estimate) -> Iterator[Finding]:
    """Nothing arrives: rules and archives see their own bus only, topic rules their own broker.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
    https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html
    """
    for hop in estimate.topology.hops:
        if WHOLE.get(hop.target_type) != hop.source_type:
            continue
        service, way = find(hop.target_type).name, hop.way
        apart = f"in {way.target_region}, {hop.source} in {way.source_region}"
        if way.other_account and not way.other_region:
            apart = f"in another account than {hop.source}"
        if way.other_region or way.other_account:
            message = f"{hop.target} is {apart}; an {service} is part of what it takes events of"
            hint = f"put both into one frame, or send from {hop.source} to another bus"
            if hop.source_type != "events.event_bus":
                hint = "put both into one frame"
            yield Finding("part_in_other_region", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.WARNING,
    offending="carry: {type: pipes.pipe}\n- orders -> carry",
    clean="carry: {type: pipes.pipe}\n- orders -> carry\n- carry -> work",
)
def target_missing(estimate: Estimate) -> Iterator[Finding]:
    """What it sends is neither checked nor counted, and AWS makes it only together with its target.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html
    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html
    https://docs.aws.amazon.com/firehose/latest/dev/create-destination.html
    https://docs.aws.amazon.com/msk/latest/developerguide/msk-replicator-how-it-works.html
    """
    for name, traffic in estimate.topology.traffic.items():
        kind = estimate.topology.spec.components[name].type
        sends = any(hop.kind == "flow" for hop in traffic.outflows)
        if kind in WITH_TARGET and traffic.inflows and not sends:
            message = f"sends to nothing; {find(kind).name} needs {WITH_TARGET[kind]}"
            hint = f"draw a flow, such as - {name} -> TARGET"
            yield Finding("target_missing", Severity.WARNING, name, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "orders: {type: kinesis.stream}\nsink:\n  type: kafkaconnect.connector\n- orders -> sink"
    ),
    clean=(
        "orders: {type: msk.serverless_cluster}\nsink:\n  type: kafkaconnect.connector\n"
        "- orders -> sink"
    ),
)
def connector_without_kafka(estimate: Estimate) -> Iterator[Finding]:
    """Nothing is copied: a connector moves data into or out of one Kafka cluster.

    https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-connectors.html
    """
    for name, traffic in estimate.topology.traffic.items():
        ends = {hop.source_type for hop in traffic.inflows}
        ends |= {hop.target_type for hop in traffic.outflows}
        connects = estimate.topology.spec.components[name].type == "kafkaconnect.connector"
        if connects and ends and ends.isdisjoint(KAFKA):
            message = "connects nothing with Apache Kafka"
            hint = "draw a flow from or to an msk.cluster or an msk.serverless_cluster"
            yield Finding("connector_without_kafka", Severity.ERROR, name, message, hint)


RULES = (
    connector_without_kafka,
    part_in_other_region,
    target_missing,
)
