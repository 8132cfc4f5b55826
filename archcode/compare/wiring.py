"""Services between the same producers and readers: the spec of each option.

What an author says of a flow stays as far as the service understands it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archcode.compare.draft import Draft, names, thinned
from archcode.compare.flows import (
    by_itself,
    called,
    dead_letters_of,
    keyed,
    keys_of,
    part_of,
    polled,
    shared,
    stated,
    undelivered,
    visibility,
)
from archcode.services._mapping import RETRY_KEYS

if TYPE_CHECKING:
    from archcode.compare.channel import Channel, Group, Reader

SHARED_READERS = 2
"""Readers of a shard that share its 2 MB/s before the next gets fan-out of its own:
https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html."""
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
_FIFO_KEYS = (*FIFO_QUEUE, "message_groups")
FIFO_TOPIC = {
    "fifo_topic": True,
    "content_based_deduplication": True,
    "fifo_throughput_scope": "MessageGroup",
}
"""High throughput, which costs no more than without."""


class Wiring:
    """An option in the making; `parts` are the components that its channel is made of.

    `notes` are what is worth knowing of the way it was made.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel, self.draft = channel, Draft(channel.values)
        self.parts: list[str] = []
        self.notes: list[str] = []
        self.draft.cut(channel.name)
        for name in channel.parts[1:]:
            self.draft.cut(name)
        self.draft.flows[:] = [f for f in self.draft.flows if f["to"] not in channel.parts]
        self._gone = set(channel.parts)

    def finished(self) -> Draft:
        """The draft, without parts of today's channel and dead-letter queues that nobody names."""
        self.draft.remove(self._gone - {*self.parts})
        for dead in dead_letters_of(self.channel):
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
            self.draft.join(source, self.channel.name, called(values, kind))

    def queue(
        self, group: Group, *, fifo: bool, name: str = "", thinned_before: bool = True
    ) -> str:
        """A queue for the readers of one copy, with all that they take of it."""
        found = name or group.queue or self.draft.free(f"{self.channel.name}-{group.name}")
        self.put(found, self._queue_settings(group, fifo=fifo))
        for reader in group.readers:
            values = polled(reader, fifo=fifo)
            self._tell_smaller(reader, values)
            if thinned_before and group.selective:
                values.pop("filter", None)
            self.draft.join(found, reader.target, values)
        return found

    def _queue_settings(self, group: Group, *, fifo: bool) -> dict[str, Any]:
        today = self.channel.of(group.queue)
        # What is required of the channel is required of what takes its place.
        own = ("label", "requires") if group.queue == self.channel.name else ()
        kept = {key: today[key] for key in _KEPT_QUEUE if key in today and key not in own}
        kept.setdefault("receive_message_wait_time_seconds", LONG_POLL_SECONDS)
        kept.setdefault("visibility_timeout", visibility(group))
        kept |= self._redrive(group)
        if "redrive_policy" in kept:
            policy = kept["redrive_policy"]
            dead = self._dead_letters(policy["dead_letter_target"], fifo=fifo)
            kept["redrive_policy"] = policy | {"dead_letter_target": dead}
        if not fifo:
            return {"type": "sqs.queue"} | kept
        keys = keys_of(self.channel)
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

    def _tell_smaller(self, reader: Reader, values: dict[str, Any]) -> None:
        """A batch that had to be cut is worth knowing: the work for it is not."""
        today, now = by_itself(reader).get("batch", 1), values.get("batch", 1)
        if now < today:
            self.notes.append(
                f"{reader.target} takes batches of {now}, not of {today}; its duration is still"
                f" that of {today}"
            )

    def _dead_letters(self, name: str, *, fifo: bool) -> str:
        """A dead-letter queue is of the kind of its queue; one that others use has a copy."""
        queue = self.draft.components[name]
        if bool(queue.get("fifo_queue")) is fifo:
            return name
        changed = {key: value for key, value in queue.items() if key not in _FIFO_KEYS}
        changed |= {"fifo_queue": True} if fifo else {}
        if not self._used_by_others(name):
            self.draft.components[name] = changed
            return name
        copy = f"{name}-{'fifo' if fifo else 'standard'}"
        self.draft.put(copy, changed, name)
        return copy

    def _used_by_others(self, name: str) -> bool:
        own = {*self.channel.parts, *self.parts}
        others = [part for other, part in self.draft.components.items() if other not in own]
        flows = [flow for flow in self.draft.flows if flow["from"] not in own]
        return names([*others, *flows], name)

    def read_all(self) -> None:
        """Every reader reads the channel by itself, and gets what it gets today."""
        for group in self.channel.groups:
            for reader in group.readers:
                values = thinned(by_itself(reader), group.routed * part_of(reader, group))
                values |= self._given_up(group, reader)
                self.draft.join(self.channel.name, reader.target, values)

    def _given_up(self, group: Group, reader: Reader) -> dict[str, Any]:
        """What a mapping does with what it cannot process, as the queue did before."""
        policy = self.channel.of(group.queue).get("redrive_policy")
        if policy is None or reader.hop.target_type != "lambda.function":
            return {}
        tries = policy.get("max_receive_count", 10)
        dead = self._dead_letters(policy["dead_letter_target"], fifo=False)
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
        part = group.routed if alone else group.wanted
        for source, values in channel.producers:
            wiring.draft.join(source, found, thinned(called(values, "sqs.queue"), part))


def topic(wiring: Wiring, *, fifo: bool) -> None:
    """A topic, and a queue for each group of readers that cannot be pushed to."""
    channel = wiring.channel
    wiring.centre("sns.topic", FIFO_TOPIC if fifo else {})
    for group in channel.groups:
        if group.readers[0].values.get("protocol"):
            _direct(wiring, channel.name, group)
            continue
        name = wiring.queue(group, fifo=fifo, name=_own_name(wiring, group))
        wiring.draft.join(channel.name, name, thinned({}, group.wanted))


def bus(wiring: Wiring, archive_days: int = 0) -> None:
    """A bus and a rule for each group, which pushes to a queue or straight to a reader."""
    channel, draft = wiring.channel, wiring.draft
    wiring.centre("events.event_bus", {})
    for group in channel.groups:
        known = group.rule if group.rule not in wiring.parts else ""
        rule = known or draft.free(f"{channel.name}-to-{group.name}")
        wiring.put(rule, {"type": "events.rule"} | undelivered(channel, group) | channel.of(known))
        draft.join(channel.name, rule, thinned({}, group.wanted))
        if group.pushed and not group.readers[0].values.get("protocol"):
            _direct(wiring, rule, group, filtered=False)
            continue
        draft.join(rule, wiring.queue(group, fifo=False, name=_own_name(wiring, group)), {})
    if archive_days:
        name = draft.free(f"{channel.name}-archive")
        wiring.put(name, {"type": "events.archive", "retention_days": archive_days})
        draft.join(channel.name, name, {})


def _own_name(wiring: Wiring, group: Group) -> str:
    """A queue that was the channel itself gives its name away."""
    name = wiring.channel.name
    return wiring.draft.free(f"{name}-queue") if group.queue == name else ""


def stream(wiring: Wiring, settings: dict[str, Any]) -> None:
    """A data stream that every reader polls."""
    wiring.centre("kinesis.stream", settings | keyed(wiring.channel))
    wiring.read_all()
    wiring.fan_out()


def kafka(wiring: Wiring, kind: str, settings: dict[str, Any]) -> None:
    """A cluster that every reader polls as a consumer group.

    Mappings that count retries need pollers that are kept, one at least.
    """
    wiring.centre(kind, settings | keyed(wiring.channel))
    wiring.read_all()
    for flow in wiring.draft.flows:
        if flow["from"] == wiring.channel.name and RETRY_KEYS & {*flow}:
            flow.setdefault("provisioned_poller_config", {"minimum_pollers": 1})


def outside(wiring: Wiring, settings: dict[str, Any]) -> None:
    """A broker that AWS does not run, that every reader polls."""
    wiring.centre("broker", settings)
    wiring.read_all()


def broker(wiring: Wiring, settings: dict[str, Any]) -> None:
    """A broker with a queue for each group; an exchange in it copies to them.

    The language has a broker hand each message to one reader, so that copies state their rates.
    """
    channel = wiring.channel
    wiring.centre("amazonmq.broker", settings)
    several = len(channel.groups) > 1
    for group in channel.groups:
        for reader in group.readers:
            values = shared(reader)
            if several:
                values = stated(values, reader)
            wiring.draft.join(channel.name, reader.target, values)


def _direct(wiring: Wiring, source: str, group: Group, *, filtered: bool = True) -> None:
    """Messages that are pushed to a reader one by one."""
    for reader in group.readers:
        values = dict(reader.values)
        if not filtered:
            values.pop("filter", None)
        wiring.draft.join(source, reader.target, values)
