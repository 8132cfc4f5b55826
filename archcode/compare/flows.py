"""What flows say of producers and readers, when another service stands between them.

A function keeps the batches of today, since its duration was measured with them; where a service
takes no such batches, the most that it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archcode import units
from archcode.model import ONE
from archcode.spec.dump import rate_text

if TYPE_CHECKING:
    from fractions import Fraction

    from archcode.compare.channel import Channel, Group, Reader

MOST_IN_CALL = 10
"""Messages in a request to SQS, SNS or EventBridge, and in a batch of a FIFO queue."""
VISIBILITY_TIMEOUTS = 6
"""https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the timeout
of the function."""
LONGEST_VISIBILITY = 43_200
WINDOW = "maximum_batching_window_in_seconds"


def undelivered(channel: Channel, group: Group) -> dict[str, Any]:
    """What cannot be delivered goes where the queue gives messages up."""
    policy = channel.of(group.queue).get("redrive_policy")
    return {"dead_letter_config": {"arn": policy["dead_letter_target"]}} if policy else {}


def called(values: dict[str, Any], kind: str) -> dict[str, Any]:
    """What a producer's flow says, with no more messages in a call than the service takes."""
    found = dict(values)
    if kind in ("sqs.queue", "sns.topic", "events.event_bus") and "batch" in found:
        found["batch"] = min(found["batch"], MOST_IN_CALL)
    return found


def by_itself(reader: Reader) -> dict[str, Any]:
    """What a reader's flow says where AWS or the reader itself polls; the batch is that of today.

    A protocol is a topic's word for pushing.
    """
    values = {k: v for k, v in reader.values.items() if k not in ("protocol", "share")}
    batch = reader.hop.batch
    if reader.hop.target_settings.managed_poller and batch.denominator == 1:
        values["batch"] = int(batch)
    return values


def polled(reader: Reader, *, fifo: bool) -> dict[str, Any]:
    """The same for a reader of a queue: AWS's pollers gather large batches in a window.

    A call to receive takes ten messages at most, and so does a batch of FIFO.
    """
    values = shared(reader)
    if values.get("batch", 1) <= MOST_IN_CALL:
        return values
    if fifo or not reader.hop.target_settings.managed_poller:
        values.pop(WINDOW, None)
        return values | {"batch": MOST_IN_CALL}
    return {WINDOW: 1} | values


def shared(reader: Reader) -> dict[str, Any]:
    """The same where each message goes to one reader."""
    return by_itself(reader) | ({"share": s} if (s := reader.values.get("share")) else {})


def part_of(reader: Reader, group: Group) -> Fraction:
    """The part of a group's messages that is one reader's: as stated, or in equal parts."""
    if len(group.readers) == 1:
        return ONE
    factor = next((f.value for f in reader.hop.factors if f.name == "share"), None)
    return ONE if factor is None else factor


def stated(values: dict[str, Any], reader: Reader) -> dict[str, Any]:
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


def visibility(group: Group) -> int:
    """Six times the longest timeout of the functions that read, and what a batch waits for."""
    longest = max(
        _timeout(reader) * VISIBILITY_TIMEOUTS + int(polled(reader, fifo=False).get(WINDOW, 0))
        for reader in group.readers
    )
    return min(max(30, longest), LONGEST_VISIBILITY)


def _timeout(reader: Reader) -> int:
    timeout = getattr(reader.hop.target_settings, "timeout", 0)
    return timeout if isinstance(timeout, int) else 0


def keys_of(channel: Channel) -> int | None:
    """Message groups or partition keys in use, where the author says how many."""
    parts = [channel.of(name) for name in channel.parts]
    found = (part.get("message_groups") or part.get("partition_keys") for part in parts)
    return next((number for number in found if number), None)


def keyed(channel: Channel) -> dict[str, Any]:
    """What is known of partition keys."""
    keys = keys_of(channel)
    return ({"partition_keys": keys} if keys else {}) | channel.about("hottest_key_share")


def dead_letters_of(channel: Channel) -> list[str]:
    """Dead-letter queues that parts of today's channel, and flows out of it, name."""
    found: list[str] = []
    for name in channel.parts:
        target = channel.topology.spec.components[name].settings.dead_letter_target()
        found += [target] if target else []
    return found + [r.values["on_failure"] for r in channel.readers if "on_failure" in r.values]
