"""What a review wants to know of one handoff, and the sentences that several kinds share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.services import find
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from fractions import Fraction

    from archcode.topology import Topology
    from archcode.traffic import Hop

STORES = (
    "opensearchservice.domain",
    "redshift.cluster",
    "redshiftserverless.workgroup",
    "s3.bucket",
)
"""What keeps whatever it gets."""
CARRIERS = (
    "amazonmq.broker",
    "broker",
    "events.api_destination",
    "events.event_bus",
    "iot.topic_rule",
    "kafkaconnect.connector",
    "kinesis.stream",
    "kinesisfirehose.delivery_stream",
    "msk.cluster",
    "msk.replicator",
    "msk.serverless_cluster",
    "pipes.pipe",
)
"""What hands on whatever it gets, once for each time that it gets it."""
FIFO_WINDOW = 300
"""Seconds in which SQS and SNS FIFO drop a message that they have taken before:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html."""


class Handoff(Struct, frozen=True):
    """Four answers about the messages on `where`, each a few sentences.

    `duplicate`: what a second delivery does. `poison`: where a message goes that always fails, and
    after how many tries. `expiry`: what happens when time runs out on the way, and `expires` is
    the name of what runs out. `loss`: what is lost, and when.
    """

    where: str
    source: str
    target: str
    load: str
    duplicate: str
    poison: str
    expires: str
    expiry: str
    loss: str

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Each question in a word or two, and its answer."""
        return (
            ("Duplicates", self.duplicate),
            ("Poison messages", self.poison),
            (self.expires, self.expiry),
            ("Loss", self.loss),
        )


def named(topology: Topology, hop: Hop) -> tuple[str, str]:
    """Both ends in the words of their services."""
    ends = (
        (hop.source_type, hop.source_settings, hop.source),
        (hop.target_type, hop.target_settings, hop.target),
    )
    sizes = [find(kind).summary(settings) for kind, settings, _ in ends]
    labels = [topology.spec.components[name].label for _, _, name in ends]
    first, second = (f"{label} ({words})" for label, words in zip(labels, sizes, strict=True))
    return first, second


def load_words(hop: Hop) -> str:
    """The mean and peak rate of what is handed over."""
    load = hop.handed
    mean, peak = load.messages_per_second, load.peak_messages_per_second
    words = f"{grouped(mean)} messages/s"
    return f"{words}, {grouped(peak)}/s at peak" if peak != mean else words


def second_time(hop: Hop) -> str:
    """What the target does with a message that it has had before."""
    target, settings = hop.target, hop.target_settings
    if settings.handles_duplicates():
        return f"{target} is idempotent, so the second has no further effect."
    if hop.target_type in ("sqs.queue", "sns.topic"):
        if getattr(settings, "fifo_queue", getattr(settings, "fifo_topic", False)):
            window = time_text(FIFO_WINDOW)
            return f"{target} drops it if it has the same deduplication id within {window}."
        return f"{target} then holds two messages, and whoever is behind it gets both."
    if hop.target_type == "dynamodb.table":
        return (
            f"In {target} a second put under the same key leaves one item; an increment or an"
            " item with a new key counts twice."
        )
    if hop.target_type in STORES:
        return f"{target} then holds it twice, unless it is stored under an id of its own."
    if hop.target_type in CARRIERS:
        return f"{target} then carries it twice, to all that is behind it."
    return f"{target} does not say that it is idempotent, so its work is done twice."


def backlog(rate: Fraction, seconds: Fraction | int) -> str:
    """How many messages a rate leaves waiting in a time."""
    return f"{grouped(rate * seconds, 0)} messages at {grouped(rate)}/s"


def dead_letters(topology: Topology, name: str) -> str:
    """How long the taker of dead letters keeps them, where it is a queue."""
    component = topology.spec.components.get(name)
    kept = getattr(component.settings, "message_retention_period", None) if component else None
    if kept is None:
        return ""
    if getattr(component.settings if component else None, "fifo_queue", False):
        return f", which keeps it for {time_text(kept)}"
    return f", which keeps it until {time_text(kept)} after it was first sent"
