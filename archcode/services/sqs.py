"""Amazon SQS queues, standard and FIFO: https://aws.amazon.com/sqs/pricing/.

Every API action is a request, and every 64 KiB of its payload is another one; a batch of up to
10 messages is one action. Empty receives are billed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ZERO, Meter, Usage
from archcode.rationals import largest
from archcode.services import _sqs_promises as promises
from archcode.services._lambda_pollers import QUEUE, minimum_pollers
from archcode.services._mapping import QUEUE_KEYS
from archcode.services._service import FreeTier, Service, keyed
from archcode.services._shared_meters import (
    KMS_FREE_TIER,
    KMS_REQUESTS,
    kms_requests,
)
from archcode.services._sqs_checks import call_batch, check, send_batch
from archcode.services._sqs_limits import (
    BATCH_ENTRIES,
    BATCH_PAYLOAD,
    DELAY,
    FIFO_CALLS,
    HIGH_THROUGHPUT_CALLS,
    IN_FLIGHT,
    KEY_REUSE,
    MESSAGE_SIZE,
    PARTITION_CALLS,
    RECEIVE_COUNT,
    RETENTION,
    VISIBILITY_TIMEOUT,
    WAIT_TIME,
)
from archcode.services._sqs_settings import SqsSettings
from archcode.traffic import Hop, Traffic
from archcode.units import KIB, ceil, grouped, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.picture import BadgeKind
    from archcode.flow import FlowSettings
    from archcode.model import Capacity, ServiceSettings


CHUNK = 64 * KIB
MANAGED_POLLERS = 5
"""https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html: five to begin with.

Pipes begin with as many: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html.
Provisioned pollers are taken to hold one long poll each while they have nothing to do.
"""
MANAGED_WAIT_SECONDS = 20
"""Pollers of Lambda and Pipes use long polling with the longest wait SQS allows."""


def deliveries(settings: SqsSettings, _target: ServiceSettings, _flow: FlowSettings) -> int | None:
    """A message is received until its redrive policy gives it up."""
    return settings.redrive_policy.max_receive_count if settings.redrive_policy else None


def _chunks(hop: Hop, batch: Fraction) -> int:
    """64 KiB chunks in the payload of one call."""
    return largest(1, ceil(batch * hop.handed.message_size_bytes / CHUNK))


def _sends(hop: Hop) -> Usage:
    """SendMessage or SendMessageBatch of one producer; a redriven message counts as one send."""
    batch = send_batch(hop)
    chunks = _chunks(hop, batch)
    messages = hop.handed.monthly_messages
    words = f"send {hop.source}: {grouped(messages)} messages ÷ {grouped(batch)} × {chunks} chunk"
    return Usage("requests", "", messages / batch * chunks, words)


def _receives(traffic: Traffic[SqsSettings], hop: Hop) -> Iterator[Usage]:
    """ReceiveMessage of one consumer, empty ones included, and DeleteMessage.

    What a mapping's filter drops is received and deleted all the same:
    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html.
    """
    batch = call_batch(hop)
    chunks = _chunks(hop, batch)
    dropped = traffic.offered(hop).monthly_messages - hop.handed.monthly_messages
    received = hop.delivered.monthly_messages + dropped
    calls = received / batch
    words = (
        f"receive {hop.target}: {grouped(received)} deliveries ÷ {grouped(batch)} × {chunks} chunk"
    )
    yield Usage("requests", "", calls * chunks, words)
    yield _empty(hop, traffic.settings, calls)
    deleted = hop.processed.monthly_messages + dropped
    words = f"delete {hop.target}: {grouped(deleted)} messages ÷ {grouped(batch)}"
    yield Usage("requests", "", deleted / batch, words)


def _empty(hop: Hop, settings: SqsSettings, calls: Fraction) -> Usage:
    """Empty receives: a long poll ends after its wait, so each poller calls at least that often."""
    managed = hop.target_settings.managed_poller
    kept = minimum_pollers(hop.options, QUEUE) or MANAGED_POLLERS
    pollers = kept if managed else (hop.options.consumers or 1)
    wait = MANAGED_WAIT_SECONDS if managed else settings.receive_message_wait_time_seconds
    if wait == 0:
        reason = f"how often {hop.target} polls (short polling; set a wait time of 20 s)"
        return Usage("empty_receives", "", None, "", reason)
    polls = pollers * hop.handed.seconds / wait
    empty = largest(polls - calls, ZERO)
    words = (
        f"empty receives {hop.target}: {pollers} pollers × {grouped(hop.handed.seconds)} s"
        f" ÷ {wait} s − {grouped(calls)} receives, at least 0"
    )
    return Usage("empty_receives", "", empty, words)


def usage(traffic: Traffic[SqsSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Sends, receives and deletes, in one line; empty receives in another."""
    settings = traffic.settings
    parts = [_sends(hop) for hop in traffic.inflows]
    for hop in traffic.outflows:
        if hop.kind == "flow":
            parts += _receives(traffic, hop)
    requests = [p for p in parts if p.key == "requests"]
    total = sum((p.quantity or ZERO for p in requests), ZERO)
    words = "; ".join(p.formula for p in requests)
    yield Usage("requests", settings.meter, total, words)
    if settings.message_groups and not settings.fifo_queue:
        yield Usage("fair_queue_requests", "fair_queue_requests_surcharge", total, words)
    key = kms_requests(traffic, settings.kms_data_key_reuse_period_seconds, 2, 1)
    if key is not None:
        yield key
    for part in parts:
        if part.key == "empty_receives" and part.quantity != 0:
            yield Usage(part.key, settings.meter, part.quantity, part.formula, part.depends_on)


def _summary(settings: SqsSettings) -> str:
    if settings.fifo_queue:
        return "SQS FIFO, high throughput" if settings.high_throughput else "SQS FIFO"
    return "SQS fair queue" if settings.message_groups else "SQS standard"


def _detail(settings: SqsSettings) -> str:
    """For how long a message is hidden from others, else for how long it is kept."""
    said = settings.model_fields_set
    if "visibility_timeout" in said:
        return f"visibility {time_text(settings.visibility_timeout)}"
    if "message_retention_period" in said:
        return f"kept {time_text(settings.message_retention_period)}"
    return f"delay {time_text(settings.delay_seconds)}" if settings.delay_seconds else ""


def _badges(settings: SqsSettings) -> tuple[BadgeKind, ...]:
    return ("fifo", *keyed(settings)) if settings.fifo_queue else keyed(settings)


SQS = Service(
    type="sqs.queue",
    resource_type="AWS::SQS::Queue",
    name="Amazon SQS",
    settings=SqsSettings,
    icon=lambda _: "aws/integration/simple-queue-service-sqs.png",
    summary=_summary,
    detail=_detail,
    badges=_badges,
    emission="share",
    price_file="sqs",
    deliveries=deliveries,
    batches={"lambda.function": 10, "pipes.pipe": 10},
    flow_keys=QUEUE_KEYS | {"consumers", "longest_outage", "share"},
    usage=usage,
    check=check,
    meters=(
        Meter("standard_requests", "Requests", "Requests, standard"),
        Meter("fifo_requests", "Requests", "Requests, FIFO"),
        Meter("fair_queue_requests_surcharge", "Requests", "Fair queue surcharge"),
        KMS_REQUESTS,
    ),
    usage_keys=("requests", "empty_receives", "fair_queue_requests", "kms_requests"),
    free_tiers=(
        FreeTier("free_tier_requests_per_month", ("standard_requests", "fifo_requests")),
        KMS_FREE_TIER,
    ),
    limits=(
        VISIBILITY_TIMEOUT,
        RETENTION,
        DELAY,
        WAIT_TIME,
        KEY_REUSE,
        RECEIVE_COUNT,
        MESSAGE_SIZE,
        BATCH_PAYLOAD,
        BATCH_ENTRIES,
        IN_FLIGHT,
        FIFO_CALLS,
        HIGH_THROUGHPUT_CALLS,
        PARTITION_CALLS,
    ),
    semantics=promises.SEMANTICS,
    variant=promises.variant,
    keeps=promises.keeps,
)

SERVICES = {SQS.type: SQS}
