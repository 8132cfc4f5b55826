"""Services between the same producers and readers: the spec of each option.

What an author says of a flow stays as far as the service understands it. A function keeps the
batches of today, since its duration was measured with them; where a service takes no such batches,
the most that it takes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode import units
from archcode.compare.draft import Draft, thinned
from archcode.model import ONE
from archcode.services._mapping import RETRY_KEYS
from archcode.spec.dump import rate_text

if TYPE_CHECKING:
    from archcode.compare.channel import Channel, Group, Reader

SHARED_READERS = 2
"""Readers of a shard that share its 2 MB/s before the next gets fan-out of its own:
https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html."""
MOST_IN_CALL = 10
"""Messages in a request to SQS, SNS or EventBridge, and in a batch of a FIFO queue."""
VISIBILITY_TIMEOUTS = 6
"""https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the timeout
of the function."""
LONGEST_VISIBILITY = 43_200
LONG_POLL_SECONDS = 20
_KEPT_QUEUE = (
    "delay_seconds",
    "kms_data_key_reuse_period_seconds",
    "kms_master_key_id",
    "label",
    "message_retention_period",
    "receive_message_wait_time_seconds",
    "redrive_policy",
    "requires",
    "visibility_timeout",
)
FIFO_QUEUE = {
    "fifo_queue": True,
    "content_based_deduplication": True,
    "deduplication_scope": "messageGroup",
    "fifo_throughput_limit": "perMessageGroupId",
}
FIFO_TOPIC = {
    "fifo_topic": True,
    "content_based_deduplication": True,
    "fifo_throughput_scope": "MessageGroup",
}
"""High throughput, which costs no more than without."""
WINDOW = "maximum_batching_window_in_seconds"


class Wiring:
    """An option in the making; `parts` are the components that its channel is made of."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.draft = channel, Draft(channel.values)
        self.parts: list[str] = []
        self.draft.cut(channel.name)
        for name in channel.parts[1:]:
            self.draft.cut(name)
        self.draft.flows[:] = [f for f in self.draft.flows if f["to"] not in channel.parts]
        self._gone = set(channel.parts)

    def finished(self) -> Draft:
        """The draft, without parts of today's channel and dead-letter queues that nobody names."""
        self.draft.remove(self._gone - {*self.parts})
        for dead in _dead_letters(self.channel):
            if dead in self.draft.components and not self.draft.named(dead):
                self.draft.remove([dead])
        return self.draft

    def put(self, name: str, values: dict[str, Any]) -> None:
        """Add a part of the channel."""
        self.draft.put(name, values, self.channel.name)
        self.parts.append(name)

    def centre(self, kind: str, settings: dict[str, Any]) -> None:
        """A service in the place of the channel, with all its producers."""
        kept = self.channel.about("label", "requires")
        self.put(self.channel.name, {"type": kind} | kept | settings)
        for source, values in self.channel.producers:
            self.draft.join(source, self.channel.name, _called(values, kind))

    def queue(
        self, group: Group, *, fifo: bool, name: str = "", thinned_before: bool = True
    ) -> str:
        """A queue for the readers of one copy, with all that they take of it."""
        found = name or group.queue or self.draft.free(f"{self.channel.name}-{group.name}")
        self.put(found, self._queue_settings(group, fifo=fifo))
        for reader in group.readers:
            values = _polled(reader, fifo=fifo)
            if thinned_before and not group.queue:
                values.pop("filter", None)
            self.draft.join(found, reader.target, values)
        return found

    def _queue_settings(self, group: Group, *, fifo: bool) -> dict[str, Any]:
        today = self.channel.of(group.queue)
        kept = {key: today[key] for key in _KEPT_QUEUE if key in today}
        kept.setdefault("receive_message_wait_time_seconds", LONG_POLL_SECONDS)
        kept.setdefault("visibility_timeout", _visibility(group))
        kept |= self._redrive(group)
        if "redrive_policy" in kept:
            self._dead_letters(kept["redrive_policy"]["dead_letter_target"], fifo=fifo)
        if not fifo:
            return {"type": "sqs.queue"} | kept
        keys = _keys(self.channel)
        return (
            {"type": "sqs.queue"} | FIFO_QUEUE | kept | ({"message_groups": keys} if keys else {})
        )

    def _redrive(self, group: Group) -> dict[str, Any]:
        """What a mapping gave up goes to the same queue by a redrive policy."""
        values = group.readers[0].values
        dead = values.get("on_failure", "")
        if self.channel.of(group.queue) or self._type(dead) != "sqs.queue":
            return {}
        tries = max(1, values.get("maximum_retry_attempts", 9) + 1)
        return {"redrive_policy": {"dead_letter_target": dead, "max_receive_count": tries}}

    def _type(self, name: str) -> str:
        return str(self.draft.components.get(name, {}).get("type", ""))

    def _dead_letters(self, name: str, *, fifo: bool) -> None:
        """A dead-letter queue is of the kind of its queue, where it is of the channel's own."""
        queue = self.draft.components[name]
        if fifo:
            queue["fifo_queue"] = True
            return
        for key in (*FIFO_QUEUE, "message_groups"):
            queue.pop(key, None)

    def read_all(self) -> None:
        """Every reader reads the channel by itself, and gets what it gets today."""
        for group in self.channel.groups:
            for reader in group.readers:
                values = thinned(_alone(reader), group.routed * _part(reader, group))
                values |= self._given_up(group, reader)
                self.draft.join(self.channel.name, reader.target, values)

    def _given_up(self, group: Group, reader: Reader) -> dict[str, Any]:
        """What a mapping does with what it cannot process, as the queue did before."""
        policy = self.channel.of(group.queue).get("redrive_policy")
        if policy is None or reader.hop.target_type != "lambda.function":
            return {}
        tries = policy.get("max_receive_count", 10)
        dead = policy["dead_letter_target"]
        self._dead_letters(dead, fifo=False)
        return {"maximum_retry_attempts": tries - 1, "on_failure": dead}

    def fan_out(self) -> None:
        """Readers of a data stream beyond the first two get a throughput of their own."""
        flows = [f for f in self.draft.flows if f["from"] == self.channel.name]
        shared = [f for f in flows if not f.get("enhanced_fan_out")]
        for flow in shared[SHARED_READERS:]:
            flow["enhanced_fan_out"] = True


def queues(wiring: Wiring, *, fifo: bool) -> None:
    """A queue for each group of readers; a producer sends to each what it is meant to get."""
    channel = wiring.channel
    alone = len(channel.groups) == 1
    for group in channel.groups:
        name = channel.name if alone else ""
        found = wiring.queue(group, fifo=fifo, name=name, thinned_before=not alone)
        settings = wiring.draft.components[found]
        settings |= channel.about("label") if alone else {}
        needs = settings.get("requires", {}) | channel.about("requires").get("requires", {})
        settings |= {"requires": needs} if needs else {}
        part = group.routed if alone else _wanted(group)
        for source, values in channel.producers:
            wiring.draft.join(source, found, thinned(_called(values, "sqs.queue"), part))


def topic(wiring: Wiring, *, fifo: bool) -> None:
    """A topic, and a queue for each group of readers that cannot be pushed to."""
    channel = wiring.channel
    wiring.centre("sns.topic", FIFO_TOPIC if fifo else {})
    for group in channel.groups:
        if group.readers[0].values.get("protocol"):
            _direct(wiring, channel.name, group)
            continue
        name = wiring.queue(group, fifo=fifo, name=_own_name(wiring, group))
        wiring.draft.join(channel.name, name, thinned({}, _wanted(group)))


def bus(wiring: Wiring, archive_days: int = 0) -> None:
    """A bus and a rule for each group, which pushes to a queue or straight to a reader."""
    channel, draft = wiring.channel, wiring.draft
    wiring.centre("events.event_bus", {})
    for group in channel.groups:
        known = group.rule if group.rule not in wiring.parts else ""
        rule = known or draft.free(f"{channel.name}-to-{group.name}")
        wiring.put(rule, {"type": "events.rule"} | _undelivered(channel, group) | channel.of(known))
        draft.join(channel.name, rule, thinned({}, _wanted(group)))
        if group.pushed and not group.readers[0].values.get("protocol"):
            _direct(wiring, rule, group, filtered=False)
            continue
        draft.join(rule, wiring.queue(group, fifo=False, name=_own_name(wiring, group)), {})
    if archive_days:
        name = draft.free(f"{channel.name}-archive")
        wiring.put(name, {"type": "events.archive", "retention_days": archive_days})
        draft.join(channel.name, name, {})


def _undelivered(channel: Channel, group: Group) -> dict[str, Any]:
    """What cannot be delivered goes where the queue gives messages up."""
    policy = channel.of(group.queue).get("redrive_policy")
    return {"dead_letter_config": {"arn": policy["dead_letter_target"]}} if policy else {}


def _own_name(wiring: Wiring, group: Group) -> str:
    """A queue that was the channel itself gives its name away."""
    name = wiring.channel.name
    return wiring.draft.free(f"{name}-queue") if group.queue == name else ""


def stream(wiring: Wiring, settings: dict[str, Any]) -> None:
    """A data stream that every reader polls."""
    wiring.centre("kinesis.stream", settings | _keyed(wiring.channel))
    wiring.read_all()
    wiring.fan_out()


def kafka(wiring: Wiring, kind: str, settings: dict[str, Any]) -> None:
    """A cluster that every reader polls as a consumer group.

    Mappings that count retries need pollers that are kept, one at least.
    """
    wiring.centre(kind, settings | _keyed(wiring.channel))
    wiring.read_all()
    for flow in wiring.draft.flows:
        if flow["from"] == wiring.channel.name and RETRY_KEYS & {*flow}:
            flow.setdefault("provisioned_poller_config", {"minimum_pollers": 1})


def broker(wiring: Wiring, settings: dict[str, Any]) -> None:
    """A broker with a queue for each group; an exchange in it copies to them.

    The language has a broker hand each message to one reader, so that copies state their rates.
    """
    channel = wiring.channel
    wiring.centre("amazonmq.broker", settings)
    several = len(channel.groups) > 1
    for group in channel.groups:
        for reader in group.readers:
            values = _polled(reader, fifo=False)
            values.pop(WINDOW, None)
            if several:
                values = _stated(values, reader)
            wiring.draft.join(channel.name, reader.target, values)


def _direct(wiring: Wiring, source: str, group: Group, *, filtered: bool = True) -> None:
    """Messages that are pushed to a reader one by one."""
    for reader in group.readers:
        values = dict(reader.values)
        if not filtered:
            values.pop("filter", None)
        wiring.draft.join(source, reader.target, values)


def _wanted(group: Group) -> Fraction:
    """The part of all messages that somebody routes to a group before it is in its queue."""
    if group.queue or not group.pushed:
        return group.routed
    return units.share(group.readers[0].values.get("filter", "100%"))


def _called(values: dict[str, Any], kind: str) -> dict[str, Any]:
    """What a producer's flow says, with no more messages in a call than the service takes."""
    found = dict(values)
    if kind in ("sqs.queue", "sns.topic", "events.event_bus") and "batch" in found:
        found["batch"] = min(found["batch"], MOST_IN_CALL)
    return found


def _alone(reader: Reader) -> dict[str, Any]:
    """What a reader's flow says where AWS or the reader itself polls; the batch is that of today.

    A protocol is a topic's word for pushing.
    """
    values = {k: v for k, v in reader.values.items() if k not in ("protocol", "share")}
    batch = reader.hop.batch
    if reader.hop.target_settings.managed_poller and batch.denominator == 1:
        values["batch"] = int(batch)
    return values


def _polled(reader: Reader, *, fifo: bool) -> dict[str, Any]:
    """The same for a reader of a queue: AWS's pollers gather large batches in a window.

    A call to receive takes ten messages at most, and so does a batch of FIFO.
    """
    values = _alone(reader)
    if "share" in reader.values:
        values["share"] = reader.values["share"]
    if values.get("batch", 1) <= MOST_IN_CALL:
        return values
    if fifo or not reader.hop.target_settings.managed_poller:
        values.pop(WINDOW, None)
        return values | {"batch": MOST_IN_CALL}
    return {WINDOW: 1} | values


def _part(reader: Reader, group: Group) -> Fraction:
    """The part of a group's messages that is one reader's: as stated, or in equal parts."""
    if len(group.readers) == 1:
        return ONE
    factor = next((f.value for f in reader.hop.factors if f.name == "share"), None)
    return ONE if factor is None else factor


def _stated(values: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """A flow that says how much it carries, as much as today."""
    load = reader.hop.handed
    found = {k: v for k, v in values.items() if k not in ("filter", "per_message", "share")}
    if not load.messages_per_second:
        return found
    return found | {
        "rate": rate_text(load.messages_per_second),
        "peak": rate_text(load.peak_messages_per_second),
        "size": f"{units.plain(load.message_size_bytes)} B",
    }


def _visibility(group: Group) -> int:
    """Six times the longest timeout of the functions that read, and what a batch waits for."""
    longest = max(
        _timeout(reader) * VISIBILITY_TIMEOUTS + int(_polled(reader, fifo=False).get(WINDOW, 0))
        for reader in group.readers
    )
    return min(max(30, longest), LONGEST_VISIBILITY)


def _timeout(reader: Reader) -> int:
    timeout = getattr(reader.hop.target_settings, "timeout", 0)
    return timeout if isinstance(timeout, int) else 0


def _keys(channel: Channel) -> int | None:
    """Message groups or partition keys in use, where the author says how many."""
    parts = [channel.of(name) for name in channel.parts]
    found = (part.get("message_groups") or part.get("partition_keys") for part in parts)
    return next((number for number in found if number), None)


def _keyed(channel: Channel) -> dict[str, Any]:
    """What is known of partition keys."""
    keys = _keys(channel)
    return ({"partition_keys": keys} if keys else {}) | channel.about("hottest_key_share")


def _dead_letters(channel: Channel) -> list[str]:
    """Dead-letter queues that parts of today's channel, and flows out of it, name."""
    found: list[str] = []
    for name in channel.parts:
        target = channel.topology.spec.components[name].settings.dead_letter_target()
        found += [target] if target else []
    return found + [r.values["on_failure"] for r in channel.readers if "on_failure" in r.values]
