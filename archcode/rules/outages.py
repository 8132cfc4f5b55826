"""Consumers that may be down for a while, against how long their source keeps what waits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.model import LimitLoad, Severity
from archcode.rules._concurrency import drain_rate
from archcode.rules._rule import rule
from archcode.services._dynamodb_limits import STREAM_SECONDS
from archcode.units import grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop

SETTINGS = {
    "sqs.queue": ("message_retention_period", 1),
    "kinesis.stream": ("retention_period_hours", 3600),
    "msk.cluster": ("retention", 1),
    "msk.serverless_cluster": ("retention", 1),
}
"""The setting that says how long messages are kept, and the seconds in its unit."""


class _Kept(Struct, frozen=True):
    """How long a source keeps messages in seconds, where and how that is said, and what helps."""

    seconds: Fraction
    where: str
    words: str
    hint: str


def _kept(hop: Hop) -> _Kept | None:
    if hop.source_type in SETTINGS:
        name, unit = SETTINGS[hop.source_type]
        seconds = Fraction(getattr(hop.source_settings, name)) * unit
        words = f"is {time_text(seconds)}"
        return _Kept(seconds, f"{hop.source}.{name}", words, "keep messages longer")
    if hop.source_type == "dynamodb.table" and hop.target_type != "kinesis.stream":
        words = f"its stream keeps changes for {time_text(STREAM_SECONDS)}"
        hint = "send its changes to a data stream, which keeps them up to a year"
        return _Kept(Fraction(STREAM_SECONDS), hop.source, words, hint)
    return None


@rule(
    Severity.ERROR,
    offending="- orders -> worker: {longest_outage: 4 d}",
    clean="- orders -> worker: {longest_outage: 3 d}",
)
def retention_below_outage(estimate: Estimate) -> Iterator[LimitLoad]:
    """What waits while a consumer is down expires before the consumer has caught up, and is lost.

    The backlog is the mean rate × the outage; it shrinks by what the consumer takes above that
    rate. Where nothing tells what it takes, the outage alone counts.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html
    https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
    """
    for hop in estimate.topology.hops:
        outage, kept = hop.options.longest_outage, _kept(hop)
        if outage is None or kept is None:
            continue
        drain, words = _drain(estimate, hop, outage)
        yield LimitLoad(
            "retention_below_outage",
            Severity.ERROR,
            hop.source,
            kept.where,
            "retention",
            outage + drain,
            kept.seconds,
            "s",
            words,
            bound=f", but {kept.words}",
            hint=f"{kept.hint}, or let {hop.target} catch up faster" if drain else kept.hint,
        )


def _drain(estimate: Estimate, hop: Hop, outage: Fraction) -> tuple[Fraction, str]:
    """Seconds until the backlog of an outage is worked off, and both times in words."""
    mean, takes = hop.delivered.messages_per_second, drain_rate(estimate, hop)
    down = f"has to outlast {time_text(outage)} in which {hop.target} is down"
    if takes is None or takes <= mean:
        return Fraction(0), down
    backlog = mean * outage
    drain = backlog / (takes - mean)
    words = (
        f"{down}, and {time_text(drain)} until it has worked off {grouped(backlog)} messages at"
        f" {grouped(takes)} − {grouped(mean)} messages/s"
    )
    return drain, words


RULES = (retention_below_outage,)
