"""Topic rules of AWS IoT Core: https://aws.amazon.com/iot-core/pricing/.

A rule is charged for every message that triggers it and for every action that it takes, each by
5 KB. What its `filter` lets through is what triggers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from archcode.fields import Properties, Settings
from archcode.model import ZERO, Invocation, Meter, Reference, Usage
from archcode.rationals import largest
from archcode.services import _iot_limits as limits
from archcode.services._promises import Promise
from archcode.services._service import Semantics, Service, against
from archcode.shape import Field
from archcode.units import KIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, ServiceSettings, Verdict
    from archcode.traffic import Hop, Traffic

UNIT = 5 * KIB


class TopicRulePayload(Properties):
    """The statement of a rule, and the component that takes what an action failed on."""

    sql: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="The statement, for readers; what it lets through is the flow's filter."
    )
    error_action: str | None = Field(
        None, description="The component that takes what an action failed on."
    )


class TopicRuleSettings(Settings):
    """Properties of AWS::IoT::TopicRule; its actions are the flows out of it."""

    invokes: ClassVar[Invocation] = "asynchronous"
    topic_rule_payload: TopicRulePayload = TopicRulePayload()

    def references(self) -> tuple[Reference, ...]:
        """The component of the error action."""
        target = self.topic_rule_payload.error_action
        return (
            () if target is None else (Reference(("topic_rule_payload", "error_action"), target),)
        )

    def dead_letter_target(self) -> str | None:
        """Where messages go whose action failed on every try."""
        return self.topic_rule_payload.error_action


def deliveries(
    _settings: TopicRuleSettings, target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """An action is tried as often as the target's own asynchronous retries say."""
    return target.asynchronous_deliveries()


def _units(hop: Hop) -> int:
    return largest(1, ceil(hop.handed.message_size_bytes / UNIT))


def _sum(key: str, meter: str, hops: list[tuple[str, Hop]]) -> Usage:
    """Messages of several flows in 5 KB units; redriven ones count as one action each."""
    total, words = ZERO, []
    for name, hop in hops:
        messages, units = hop.handed.monthly_messages, _units(hop)
        total += messages * units
        words.append(f"{name}: {grouped(messages)} messages × {units} of 5 KB")
    return Usage(key, meter, total, "; ".join(words))


def usage(traffic: Traffic[TopicRuleSettings], _sizes: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Triggers and actions."""
    triggers = [(hop.source, hop) for hop in traffic.inflows]
    yield _sum("rules_triggered", "rules_triggered", triggers)
    actions = [(hop.target, hop) for hop in traffic.outflows]
    yield _sum("actions_executed", "actions_executed", actions)


def check(traffic: Traffic[TopicRuleSettings], _sizes: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Payloads, and how many actions a rule has."""
    for hop in traffic.inflows:
        size = hop.handed.message_size_bytes
        load = f"messages of {bytes_text(size)} flow on {hop.where}"
        hint = "compress or split the payload"
        yield against(traffic, limits.RULE_PAYLOAD, size, load, hint)
    actions = [hop for hop in traffic.outflows if hop.kind == "flow"]
    load = f"{traffic.name} has {len(actions)} actions"
    hint = "write a second rule for the same topic"
    yield against(traffic, limits.ACTIONS, len(actions), load, hint)


def shared_check(rules: tuple[Traffic[TopicRuleSettings], ...]) -> Iterator[Verdict]:
    """All rules together against the quotas of the account."""
    total = sum(
        (hop.handed.peak_messages_per_second for rule in rules for hop in rule.inflows), ZERO
    )
    load = f"all rules together evaluate {grouped(total)} messages/s at peak"
    hint = "match fewer topics, or request a higher quota"
    yield against(rules[0], limits.EVALUATIONS, total, load, hint)
    load = f"{grouped(len(rules))} rules are defined"
    yield against(rules[0], limits.RULES, len(rules), load, "request a higher quota")


TOPIC_RULE = Service(
    type="iot.topic_rule",
    resource_type="AWS::IoT::TopicRule",
    name="AWS IoT Core rule",
    settings=TopicRuleSettings,
    icon=lambda _: "aws/iot/iot-rule.png",
    icon_margin=0.22,
    summary=lambda _: "IoT topic rule",
    emission="copy",
    price_file="iot_core",
    deliveries=deliveries,
    pushes_to=(
        "dynamodb.table",
        "iot.thing_fleet",
        "kinesis.stream",
        "kinesisfirehose.delivery_stream",
        "msk.cluster",
        "opensearchservice.domain",
        "s3.bucket",
        "sns.topic",
        "sqs.queue",
    ),
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("rules_triggered", "Triggers", "Rules triggered"),
        Meter("actions_executed", "Actions", "Actions executed"),
    ),
    usage_keys=("rules_triggered", "actions_executed"),
    limits=(limits.EVALUATIONS, limits.RULES, limits.ACTIONS, limits.RULE_PAYLOAD),
    semantics=(
        Semantics(
            variant="topic rule",
            ordering="none",
            delivery="at least once, with the service's own retries",
            replay="no",
            retention="none",
            consumers="up to 10 actions, each with a copy",
            dead_letter="error action",
            source="https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html",
            as_of="2026-07-01",
            promise=Promise("none", protocols=(), consumers=int(limits.ACTIONS.value)),
        ),
    ),
)

SERVICES = {TOPIC_RULE.type: TOPIC_RULE}
