"""Devices on AWS IoT Core: https://aws.amazon.com/iot-core/pricing/.

A fleet stands for many things and for the message broker that they talk to. Connections are
charged by the minute; messages in both directions by 5 KB of topic and payload; shadows by 1 KB.
PINGREQ, CONNACK, SUBACK and the broker's own PUBACK are free, as are messages of Basic Ingest.
Fleet indexing, jobs and registry are left out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from msgspec.structs import replace

from archcode.fields import Bytes, Rate, Settings, Share, refuse
from archcode.model import ONE, ZERO, Finding, Meter, Production, Severity, Usage
from archcode.rationals import rational
from archcode.services import _iot_limits as limits
from archcode.services import _iot_sessions
from archcode.services._promises import Promise
from archcode.services._service import Semantics, Service, against
from archcode.shape import Field, model_validator
from archcode.units import KIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, Load, Verdict
    from archcode.traffic import Hop, Traffic

MESSAGE_UNIT = 5 * KIB
SHADOW_UNIT = KIB
RULE = "iot.topic_rule"
NO_MQTT_CLIENTS = ("lambda.function", "stepfunctions.state_machine")


class ThingFleetSettings(Settings):
    """How many things there are, how long they are connected, and what each of them sends."""

    own_rate: ClassVar[str] = "message_rate"
    things: Annotated[int, Field(ge=1, le=10**9)] = Field(
        description="How many there are, such as 250000."
    )
    connected: Share = Field(
        Fraction(1), description="Mean share of the things that is connected, such as 90%."
    )
    message_rate: Rate | None = Field(
        None, description="Mean messages that each connected thing publishes, such as 1/min."
    )
    peak_message_rate: Rate | None = Field(
        None, description="Highest rate of a thing; all of them may reach it together."
    )
    message_size: Bytes | None = Field(
        None, description="Mean payload of these messages, such as 600 B."
    )
    topic_size: Annotated[Bytes, Field(ge=1, le=int(limits.TOPIC_SIZE.value))] | None = Field(
        None, description="Length of a topic's name, such as 40 B; metered with the payload."
    )
    quality_of_service: Annotated[int, Field(ge=0, le=1)] = Field(
        0, description="1 has devices acknowledge what they receive; each answer is a message."
    )
    reconnects: Rate | None = Field(
        None, description="How often a thing connects anew, such as 4/day."
    )
    subscriptions: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="Topics that a thing subscribes to when it connects."
    )
    receivers: Annotated[int, Field(ge=1, le=10**9)] = Field(
        1, description="Things that get a message which flows in."
    )
    shadow_rate: Rate | None = Field(
        None, description="Reads and updates of a thing's shadow, such as 2/h."
    )
    shadow_size: Bytes | None = Field(
        None, description="Mean size of such a document, such as 2 KB."
    )

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if self.message_rate is not None and self.message_size is None:
            refuse("message_rate_without_size", "has a message_rate, but no message_size")
        if self.shadow_rate is not None and self.shadow_size is None:
            refuse("shadow_rate_without_size", "has a shadow_rate, but no shadow_size")
        if self.shadow_size is not None and self.shadow_rate is None:
            refuse("shadow_size_without_rate", "has a shadow_size, but no shadow_rate")
        if self.receivers > self.things:
            text = f"has {self.receivers} receivers of a message, but {self.things} things"
            refuse("receivers_above_things", text)
        if self.peak_message_rate is not None:
            self._check_peak(self.peak_message_rate)
        return self

    def _check_peak(self, peak: Fraction) -> None:
        if self.message_rate is None:
            refuse("peak_message_rate_without_rate", "has a peak_message_rate, but no message_rate")
        if peak < self.message_rate:
            refuse("peak_message_rate_below_mean", "has a peak_message_rate below its message_rate")

    def produced(self) -> Production | None:
        """What all connected things publish."""
        if self.message_rate is None or self.message_size is None:
            return None
        peak = self.peak_message_rate or self.message_rate
        return Production(
            self.online * self.message_rate, self.online * peak, rational(self.message_size)
        )

    @property
    def online(self) -> Fraction:
        """Things connected at a time, on average."""
        return self.things * self.connected


def never(_flow: FlowSettings) -> bool:
    """What flows in goes down to devices, and not on to rules."""
    return False


def _units(settings: ThingFleetSettings, load: Load) -> int:
    """5 KB units of one message with its topic, whose name has 1 byte at least."""
    return ceil((load.message_size_bytes + (settings.topic_size or 1)) / MESSAGE_UNIT)


def _topic_counts(settings: ThingFleetSettings, load: Load) -> bool:
    """Whether a topic that is not stated may add a unit to a message."""
    longest = ceil((load.message_size_bytes + limits.TOPIC_SIZE.value) / MESSAGE_UNIT)
    return settings.topic_size is None and _units(settings, load) < longest


def _published(traffic: Traffic[ThingFleetSettings]) -> Iterator[tuple[str, Load]]:
    """What things publish and is charged: their own rate, and flows with a rate of their own.

    A flow with a stated rate is a topic of its own; Basic Ingest is taken off.
    """
    made = traffic.passed_on
    free = sum(
        (h.handed.messages_per_second for h in traffic.outflows if _basic(h) and not h.stated),
        ZERO,
    )
    if made.messages_per_second > free:
        yield "published", made.times(1 - free / made.messages_per_second)
    for hop in traffic.outflows:
        if hop.stated and not _basic(hop):
            yield f"published for {hop.target}", hop.handed


def _basic(hop: Hop) -> bool:
    return bool(hop.options.basic_ingest)


def _subscribed(traffic: Traffic[ThingFleetSettings]) -> list[Hop]:
    """Applications that subscribe over MQTT: what goes to them is sent out by the broker."""
    return [hop for hop in traffic.outflows if hop.target_type != RULE]


def usage(traffic: Traffic[ThingFleetSettings], _sizes: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Minutes of connection, messages and shadow operations."""
    settings = traffic.settings
    minutes = settings.online * traffic.seconds / 60
    words = f"{grouped(settings.online)} things online × {grouped(traffic.seconds)} s ÷ 60"
    yield Usage("connection_minutes", "connectivity_minutes", minutes, words)
    yield _messages(traffic)
    if settings.shadow_rate is not None and settings.shadow_size is not None:
        operations = settings.things * settings.shadow_rate * traffic.seconds
        units = ceil(settings.shadow_size / SHADOW_UNIT)
        words = f"{grouped(operations)} operations × {units} KB units"
        meter = "registry_and_shadow_operations"
        yield Usage("shadow_operations", meter, operations * units, words)


def _messages(traffic: Traffic[ThingFleetSettings]) -> Usage:
    """Metered messages, unknown where a topic's name decides between two numbers."""
    loads = [load for _, load in _published(traffic)]
    loads += [hop.handed for hop in (*_subscribed(traffic), *traffic.inflows)]
    if any(_topic_counts(traffic.settings, load) for load in loads):
        reason = "topic_size, which may take a message above a multiple of 5 KB"
        return Usage("messages", "messages_mqtt_http", None, "", reason)
    parts = [*_message_parts(traffic)]
    total = sum((amount for amount, _ in parts), ZERO)
    return Usage("messages", "messages_mqtt_http", total, "; ".join(words for _, words in parts))


def _message_parts(traffic: Traffic[ThingFleetSettings]) -> Iterator[tuple[Fraction, str]]:
    """Metered messages and their words, one part for each reason."""
    settings = traffic.settings
    for name, load in _published(traffic):
        yield _part(name, load.monthly_messages, _units(settings, load))
    for hop in traffic.outflows:
        if hop.options.retain:
            units = _units(settings, hop.handed)
            yield _part(f"retained for {hop.target}", hop.handed.monthly_messages, units)
    for hop in _subscribed(traffic):
        units = _units(settings, hop.handed)
        yield _part(f"sent to {hop.target}", hop.delivered.monthly_messages, units)
    for hop in traffic.inflows:
        yield from _downlink(settings, hop)
    if settings.reconnects is not None:
        times = settings.things * settings.reconnects * traffic.seconds
        yield _part("connects", times, 1)
        if settings.subscriptions:
            yield _part("subscribes", times * settings.subscriptions, 1)


def _downlink(settings: ThingFleetSettings, hop: Hop) -> Iterator[tuple[Fraction, str]]:
    """A message to devices is published once, delivered to each, and perhaps acknowledged."""
    messages, units = hop.delivered.monthly_messages, _units(settings, hop.handed)
    yield _part(f"from {hop.source}", messages, units)
    yield _part(f"delivered from {hop.source}", messages * settings.receivers, units)
    if settings.quality_of_service:
        yield _part(f"acknowledged from {hop.source}", messages * settings.receivers, 1)


def _part(name: str, messages: Fraction, units: int) -> tuple[Fraction, str]:
    return messages * units, f"{name}: {grouped(messages)} × {units} of 5 KB"


def check(traffic: Traffic[ThingFleetSettings], _sizes: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Message sizes, what one connection carries, and who can take messages."""
    for hop in (*traffic.inflows, *traffic.outflows):
        size = hop.handed.message_size_bytes
        load = f"messages of {bytes_text(size)} flow on {hop.where}"
        yield against(traffic, limits.PAYLOAD, size, load, "compress or split the payload")
    for hop in traffic.outflows:
        if hop.target_type in NO_MQTT_CLIENTS:
            message = f"{hop.target} is no MQTT client: a topic rule must call it"
            hint = f"put an iot.topic_rule between {hop.source} and {hop.target}"
            yield Finding("fleet_without_topic_rule", Severity.ERROR, hop.where, message, hint)
    yield from _connection(traffic)
    yield from _iot_sessions.sessions(traffic)


def _connection(traffic: Traffic[ThingFleetSettings]) -> Iterator[Verdict]:
    settings = traffic.settings
    peak, size = _one_connection(traffic)
    hint = "send larger messages less often, or through several connections"
    load = f"a thing sends and gets {grouped(peak)} messages/s at peak"
    yield against(traffic, limits.CONNECTION_PUBLISHES, peak, load, hint)
    load = f"a thing sends and gets {bytes_text(size)}/s at peak"
    yield against(traffic, limits.CONNECTION_BYTES, size, load, hint)
    topics = settings.subscriptions
    if topics:
        load = f"a thing subscribes to {grouped(topics)} topics"
        more = "subscribe with wildcards, or request a higher quota"
        yield against(traffic, limits.CONNECTION_SUBSCRIPTIONS, topics, load, more)
    document, rate = settings.shadow_size, settings.shadow_rate
    if document is not None and rate is not None:
        load = f"shadow documents have {bytes_text(document)}"
        yield against(traffic, limits.SHADOW_SIZE, document, load, "keep less in the shadow")
        load = f"a shadow gets {grouped(rate)} operations/s"
        yield against(traffic, limits.SHADOW_RATE, rate, load, "update it less often")


def _one_connection(traffic: Traffic[ThingFleetSettings]) -> tuple[Fraction, Fraction]:
    """Messages/s and bytes/s of a thing at peak: its own, and its part of all others."""
    settings, made = traffic.settings, traffic.passed_on
    online = settings.online or ONE
    sent = [(hop.handed, ONE) for hop in traffic.outflows if hop.stated]
    got = [(hop.delivered, rational(settings.receivers)) for hop in traffic.inflows]
    shares = [(load, times / settings.things) for load, times in (*sent, *got)]
    return (
        made.peak_messages_per_second / online
        + sum((load.peak_messages_per_second * share for load, share in shares), ZERO),
        made.peak_bytes_per_second / online
        + sum((load.peak_bytes_per_second * share for load, share in shares), ZERO),
    )


def _account_loads(fleet: Traffic[ThingFleetSettings]) -> Iterator[tuple[str, Fraction]]:
    """What a fleet adds to each quota of its account, at peak, by the quota's name."""
    settings = fleet.settings
    yield limits.CONNECTIONS.name, rational(settings.things)
    yield limits.SUBSCRIPTIONS.name, rational(settings.things * settings.subscriptions)
    connects = settings.things * (settings.reconnects or ZERO)
    yield limits.CONNECTS.name, connects
    yield limits.SUBSCRIBES.name, connects * settings.subscriptions
    yield limits.SHADOW_OPERATIONS.name, settings.things * (settings.shadow_rate or ZERO)
    published = fleet.passed_on.peak_messages_per_second
    published += sum((h.handed.peak_messages_per_second for h in fleet.outflows if h.stated), ZERO)
    down = sum((h.delivered.peak_messages_per_second for h in fleet.inflows), ZERO)
    yield limits.INBOUND_PUBLISHES.name, published + down
    sent = sum((h.delivered.peak_messages_per_second for h in _subscribed(fleet)), ZERO)
    yield limits.OUTBOUND_PUBLISHES.name, down * settings.receivers + sent
    kept = [h.handed.peak_messages_per_second for h in fleet.outflows if h.options.retain]
    yield limits.RETAINED_PUBLISHES.name, sum(kept, ZERO)


ACCOUNT_QUOTAS = (
    (limits.CONNECTIONS, "things connect"),
    (limits.SUBSCRIPTIONS, "subscriptions are held"),
    (limits.CONNECTS, "connects/s are made"),
    (limits.SUBSCRIBES, "subscriptions/s are made"),
    (limits.SHADOW_OPERATIONS, "shadow operations/s are made"),
    (limits.INBOUND_PUBLISHES, "messages/s are published at peak"),
    (limits.OUTBOUND_PUBLISHES, "messages/s are sent out at peak"),
    (limits.RETAINED_PUBLISHES, "retained messages/s are published at peak"),
)


def shared_check(fleets: tuple[Traffic[ThingFleetSettings], ...]) -> Iterator[Verdict]:
    """All fleets together against the quotas of the account."""
    loads = [dict(_account_loads(fleet)) for fleet in fleets]
    for limit, words in ACCOUNT_QUOTAS:
        total = sum((load[limit.name] for load in loads), ZERO)
        if total:
            text = f"{grouped(total)} {words} over all fleets"
            hint = "request a higher quota, or spread the things over accounts or regions"
            yield against(fleets[0], limit, total, text, hint)


_QUALITY = dict.fromkeys(("delivery", "maximum_loss"), "set quality_of_service: 1 on {name}")


def keeps(traffic: Traffic[ThingFleetSettings], _hop: Hop | None, best: Promise) -> Promise:
    """Without acknowledgements a message is sent once, and not again."""
    if traffic.settings.quality_of_service:
        return best
    loses = "with quality_of_service: 0 it sends a message once, and not again"
    return replace(best, delivery="at_most_once", loses=loses)


THING_FLEET = Service(
    type="iot.thing_fleet",
    resource_type="AWS::IoT::Thing",
    name="AWS IoT Core",
    settings=ThingFleetSettings,
    icon=lambda _: "aws/iot/iot-core.png",
    summary=lambda settings: f"IoT Core, {grouped(settings.things)} things",
    emission="copy",
    price_file="iot_core",
    passes_on=never,
    flow_keys=frozenset({"basic_ingest", "retain"}),
    pushes_to=(RULE,),
    keeps=keeps,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("connectivity_minutes", "Minutes", "Connection minutes"),
        Meter("messages_mqtt_http", "Messages", "Messages of 5 KB"),
        Meter("registry_and_shadow_operations", "Operations", "Shadow operations of 1 KB"),
    ),
    usage_keys=("connection_minutes", "messages", "shadow_operations"),
    limits=(
        *(limit for limit, _ in ACCOUNT_QUOTAS),
        limits.PAYLOAD,
        limits.CONNECTION_PUBLISHES,
        limits.CONNECTION_BYTES,
        limits.CONNECTION_SUBSCRIPTIONS,
        limits.TOPIC_SIZE,
        limits.SHADOW_SIZE,
        limits.SHADOW_RATE,
        *_iot_sessions.LIMITS,
    ),
    semantics=(
        Semantics(
            variant="MQTT",
            ordering="none",
            delivery="at most once (QoS 0) or at least once (QoS 1)",
            replay="no; a retained message only",
            retention="1 hour for a persistent session, by default",
            consumers="subscriptions, shared subscriptions and topic rules",
            dead_letter="none; a topic rule has an error action",
            source="https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html",
            as_of="2026-06-29",
            promise=Promise("none", protocols=("mqtt", "http"), remedies=_QUALITY),
        ),
    ),
)

SERVICES = {THING_FLEET.type: THING_FLEET}
