"""What SNS topics promise: https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import ZERO
from archcode.services._promises import SECONDS_PER_DAY, Promise
from archcode.services._service import Semantics
from archcode.services._sns_limits import ARCHIVE_RETENTION, FIFO_SUBSCRIPTIONS

if TYPE_CHECKING:
    from archcode.services._sns_settings import SnsSettings
    from archcode.traffic import Hop, Traffic

MOST_SUBSCRIPTIONS = 12_500_000
"""Of a standard topic: https://docs.aws.amazon.com/general/latest/gr/sns.html."""
SEMANTICS = (
    Semantics(
        variant="standard",
        ordering="none (best effort)",
        delivery="at least once",
        replay="no",
        retention="none",
        consumers="every subscription gets a copy",
        dead_letter="queue per subscription",
        source="cfn-lint==1.58.0:schemas/AWS::SNS::Topic",
        as_of="2026-09-17",
        promise=Promise("none", consumers=MOST_SUBSCRIPTIONS),
    ),
    Semantics(
        variant="FIFO",
        ordering="within a message group",
        delivery="exactly-once processing within 5 minutes' deduplication",
        replay="yes, with an archive policy",
        retention="archive of 1 to 365 days",
        consumers="every subscription gets a copy; SQS only",
        dead_letter="queue per subscription",
        source="https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html",
        as_of="2026-09-17",
        promise=Promise(
            "total",
            "exactly_once",
            replay=Fraction(ARCHIVE_RETENTION.value * SECONDS_PER_DAY),
            consumers=int(FIFO_SUBSCRIPTIONS.value),
            once="within 5 minutes of deduplication",
            remedies={
                "ordering": "publish one message group, and set message_groups: 1 on a queue"
                " behind {name}",
                "replay": "set archive_policy: {{message_retention_period: {days}}} on {name}",
            },
        ),
    ),
)


def variant(settings: SnsSettings) -> str:
    """Whether it is a FIFO topic."""
    return "FIFO" if settings.fifo_topic else "standard"


def keeps(traffic: Traffic[SnsSettings], _hop: Hop | None, best: Promise) -> Promise:
    """Publishers set the groups, and queues behind the topic say how many; its archive replays."""
    settings = traffic.settings
    if not settings.fifo_topic:
        return best
    single = any(hop.target_settings.ordered_groups() == 1 for hop in traffic.outflows)
    archive = settings.archive_policy
    days = archive.message_retention_period if archive else 0
    return replace(
        best,
        ordering="total" if single else "group",
        replay=Fraction(days * SECONDS_PER_DAY) if days else ZERO,
    )
