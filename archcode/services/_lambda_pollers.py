"""Provisioned pollers of a function's mappings: https://aws.amazon.com/lambda/pricing/.

They are charged in event poller units: those of the minimum all month, and those that the mean
load needs above it. One poller of a queue is a unit; a unit of Kafka runs ten pollers and takes
20 MB/s. Mappings without provisioned pollers are polled for nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archcode.model import Finding, Meter, Severity, Usage
from archcode.rationals import largest, rational, smallest
from archcode.services import _mapping_limits as limits
from archcode.services._service import against
from archcode.units import MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Limit, Load, Verdict
    from archcode.traffic import Hop, Traffic

DEFAULT_MAXIMUM = 200
MESSAGES_PER_CALL = 10


class Kind(Struct, frozen=True):
    """Pollers of one kind of source: how many a mapping may have, and what one takes.

    `least` is both the fewest pollers and the default minimum; `unit_bytes` are the MB/s of an
    event poller unit, which runs `per_unit` pollers.
    """

    meter: str
    source: str
    least: int
    most: Limit
    throughput: Limit
    concurrency: Limit
    calls: Limit | None
    per_unit: int
    unit_bytes: int


QUEUE = Kind(
    "esm_provisioned_event_poller_unit_hour_sqs",
    "a queue",
    2,
    limits.QUEUE_POLLERS,
    limits.QUEUE_POLLER_BYTES,
    limits.QUEUE_POLLER_CONCURRENCY,
    limits.QUEUE_POLLER_CALLS,
    1,
    1,
)
KAFKA = Kind(
    "esm_provisioned_event_poller_unit_hour_kafka",
    "Kafka",
    1,
    limits.KAFKA_POLLERS,
    limits.KAFKA_POLLER_BYTES,
    limits.KAFKA_POLLER_CONCURRENCY,
    None,
    10,
    20,
)
KINDS = {"sqs.queue": QUEUE, "msk.cluster": KAFKA, "msk.serverless_cluster": KAFKA}

METERS = (
    Meter(QUEUE.meter, "EPU-Hours", "Provisioned pollers of queues", "Recurring"),
    Meter(KAFKA.meter, "EPU-Hours", "Provisioned pollers of Kafka", "Recurring"),
)
KEY = "poller_unit_hours"


def maximum_pollers(flow: FlowSettings) -> int | None:
    """The most pollers of a mapping, or None where none are provisioned."""
    config = flow.provisioned_poller_config
    return (config.maximum_pollers or DEFAULT_MAXIMUM) if config else None


def minimum_pollers(flow: FlowSettings, kind: Kind) -> int | None:
    """The pollers of a mapping that are kept at all times, or None where none are provisioned."""
    config = flow.provisioned_poller_config
    return (config.minimum_pollers or kind.least) if config else None


def _provisioned(traffic: Traffic[Any]) -> Iterator[tuple[Hop, Kind]]:
    """The mappings with pollers of their own."""
    for hop in traffic.inflows:
        if hop.options.provisioned_poller_config and hop.source_type in KINDS:
            yield hop, KINDS[hop.source_type]


class _Need(Struct, frozen=True):
    """A load on the pollers, and what one of them takes of it."""

    load: Fraction
    limit: Limit
    words: str

    @property
    def pollers(self) -> int:
        """Pollers that carry the load."""
        return ceil(self.load / self.limit.value)


def _polled(hop: Hop) -> Load:
    """What the pollers read: also what their filter then drops."""
    passed = None if hop.stated else hop.options.filter
    return hop.delivered.times(1 / (passed or Fraction(1)))


def _needs(hop: Hop, kind: Kind, *, peak: bool) -> Iterator[_Need]:
    """The loads that pollers are counted by; concurrency only where the duration is stated."""
    polled, invoked = _polled(hop), hop.delivered
    rate = polled.peak_messages_per_second if peak else polled.messages_per_second
    volume = polled.peak_bytes_per_second if peak else polled.bytes_per_second
    yield _Need(volume / MIB, kind.throughput, f"{bytes_text(volume)}/s")
    if kind.calls:
        calls = rate / smallest(hop.batch, Fraction(MESSAGES_PER_CALL))
        yield _Need(calls, kind.calls, f"{grouped(calls)} calls/s")
    seconds = hop.target_settings.processing_seconds()
    if seconds is not None:
        rate = invoked.peak_messages_per_second if peak else invoked.messages_per_second
        busy = rate / hop.batch * seconds
        yield _Need(busy, kind.concurrency, f"{grouped(busy)} batches at a time")


def usage(traffic: Traffic[Any]) -> Iterator[Usage]:
    """Event poller units of every mapping that provisions pollers."""
    for hop, kind in _provisioned(traffic):
        if hop.target_settings.processing_seconds() is None:
            yield Usage(KEY, kind.meter, None, "", "duration")
        else:
            yield _units(traffic, hop, kind)


def _units(traffic: Traffic[Any], hop: Hop, kind: Kind) -> Usage:
    needs = tuple(_needs(hop, kind, peak=False))
    kept = minimum_pollers(hop.options, kind) or kind.least
    most = max(maximum_pollers(hop.options) or kept, kept)
    pollers = smallest(most, largest(kept, *(need.pollers for need in needs)))
    taken = smallest(needs[0].load, pollers * rational(kind.throughput.value))
    units = largest(ceil(rational(pollers) / kind.per_unit), ceil(taken / kind.unit_bytes))
    words = "; ".join(f"{need.words} need {need.pollers}" for need in needs)
    formula = f"{hop.source}: {_pollers_text(pollers)} ({kept} kept; {words})"
    if kind.per_unit > 1:
        size = f"{kind.per_unit} pollers and {kind.unit_bytes} MB/s"
        formula += f", {_units_text(units)} of {size} at most,"
    formula += f" × {grouped(traffic.hours_per_month)} h"
    return Usage(KEY, kind.meter, units * traffic.hours_per_month, formula)


def _pollers_text(number: int) -> str:
    return "1 poller" if number == 1 else f"{grouped(number)} pollers"


def _units_text(number: int) -> str:
    return "1 unit" if number == 1 else f"{grouped(number)} units"


def check(traffic: Traffic[Any]) -> Iterator[Verdict]:
    """The number of pollers, and what they take at the peak."""
    for hop, kind in _provisioned(traffic):
        yield from _counts(traffic, hop, kind)
        most = maximum_pollers(hop.options) or 1
        for need in _needs(hop, kind, peak=True):
            # A queue's concurrency depends on its message groups, too: a rule looks at both.
            if need.limit is not QUEUE.concurrency:
                words = f"{hop.source} has {need.words} at peak for {_pollers_text(most)}"
                hint = f"set maximum_pollers: {need.pollers} on the flow {hop.where}"
                yield against(traffic, need.limit, need.load / most, words, hint)


def _counts(traffic: Traffic[Any], hop: Hop, kind: Kind) -> Iterator[Verdict]:
    kept = minimum_pollers(hop.options, kind) or kind.least
    most = maximum_pollers(hop.options) or kept
    where = f"{hop.where}.provisioned_poller_config"
    for count, limit in ((kept, limits.MINIMUM_POLLERS), (most, kind.most)):
        words = f"the mapping of {hop.source} has {_pollers_text(count)}"
        yield against(traffic, limit, count, words)
    if min(kept, most) < kind.least:
        message = f"has {_pollers_text(min(kept, most))}; a mapping of {kind.source} needs"
        message += f" {kind.least}"
        hint = f"set minimum_pollers: {kind.least} or more"
        yield Finding("too_few_pollers", Severity.ERROR, where, message, hint)
    if most < kept:
        message = f"has maximum_pollers of {grouped(most)}, below its minimum of {grouped(kept)}"
        hint = f"set maximum_pollers: {kept} or more"
        yield Finding("maximum_pollers_below_minimum", Severity.ERROR, where, message, hint)
