"""What SQS queues promise: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-types.html."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.services._promises import Promise
from archcode.services._service import Semantics

if TYPE_CHECKING:
    from archcode.services._sqs_settings import SqsSettings
    from archcode.traffic import Hop, Traffic

_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::SQS::Queue"
SEMANTICS = (
    Semantics(
        variant="standard",
        ordering="none (best effort)",
        delivery="at least once",
        replay="no",
        retention="60 s to 14 days, 4 days by default",
        consumers="competing; each message to one",
        dead_letter="standard queue by redrive policy",
        source=_SCHEMA,
        as_of="2026-10-20",
        promise=Promise("none", consumers=1),
    ),
    Semantics(
        variant="FIFO",
        ordering="within a message group",
        delivery="exactly-once processing within 5 minutes' deduplication",
        replay="no",
        retention="60 s to 14 days, 4 days by default",
        consumers="competing; one batch in flight per group",
        dead_letter="FIFO queue by redrive policy",
        source=_SCHEMA,
        as_of="2026-10-20",
        promise=Promise(
            "total",
            "exactly_once",
            consumers=1,
            once="within 5 minutes, where a message is deleted before its visibility timeout",
            remedies={"ordering": "set message_groups: 1 on {name}"},
        ),
    ),
)


def variant(settings: SqsSettings) -> str:
    """Whether it is a FIFO queue."""
    return "FIFO" if settings.fifo_queue else "standard"


def keeps(traffic: Traffic[SqsSettings], _hop: Hop | None, best: Promise) -> Promise:
    """All messages are in order where they are one group; a delay holds every message back."""
    settings = traffic.settings
    grouped = settings.fifo_queue and settings.ordered_groups() != 1
    return replace(
        best,
        ordering="group" if grouped else best.ordering,
        latency=Fraction(settings.delay_seconds),
    )
