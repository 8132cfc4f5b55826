"""Apache Kafka, on Amazon MSK or elsewhere: groups that commit their offsets.

https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.failures._handoff import Handoff, backlog, load_words, named, second_time
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from archcode.topology import Topology
    from archcode.traffic import Hop


def handoff(topology: Topology, hop: Hop) -> Handoff | None:
    """A consumer group that reads partitions and commits offsets."""
    source, target = named(topology, hop)
    return Handoff(
        hop.where,
        source,
        target,
        load_words(hop),
        "What was read after the last committed offset is read again when a consumer fails or"
        f" the group rebalances. {second_time(hop)}",
        _poison(hop),
        "Offset",
        "Nothing is handed out a second time for being slow, but a consumer that does not poll in"
        " time is put out of its group, and its partitions are read by another from the last"
        " committed offset.",
        _loss(hop),
    )


def _poison(hop: Hop) -> str:
    options = hop.options
    if hop.target_type == "msk.replicator":
        return f"There is none: {hop.target} copies records as they are."
    if hop.target_type == "kafkaconnect.connector":
        return (
            f"A record that cannot be converted stops a task of {hop.target}, unless its errors are"
            " tolerated; a sink can write them to a dead-letter topic."
        )
    if not hop.target_settings.managed_poller:
        return (
            f"Kafka has no dead letters of its own: {hop.target} has to skip a record that always"
            " fails and write it elsewhere, or its partition waits."
        )
    retries = options.maximum_retry_attempts
    if retries is None or retries < 0:
        return (
            "A record that always fails is tried until it expires, and blocks its partition for as"
            " long."
        )
    times = "once" if retries == 0 else f"{grouped(1 + retries)} times"
    text = f"A record that always fails is tried {times} and then given up"
    if options.on_failure:
        return f"{text}; what is given up goes to {options.on_failure}."
    return f"{text}; what is given up goes nowhere."


def _loss(hop: Hop) -> str:
    kept = getattr(hop.source_settings, "retention", None)
    if not isinstance(kept, Fraction | int):
        return (
            f"If {hop.target} is down for longer than the topic keeps its records, which is not"
            " stated, the oldest expire unread."
        )
    rate = hop.handed.messages_per_second
    text = f"If {hop.target} is down for more than {time_text(kept)}, the oldest records expire"
    return f"{text} unread; {backlog(rate, kept)} are behind it by then."
