"""Amazon SNS topics, standard and FIFO: https://aws.amazon.com/sns/pricing/.

Standard topics are charged per 64 KiB of publish and per delivery, deliveries to SQS and Lambda
being free; FIFO topics per message and per GB of payload, on publish and for each subscription.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import ZERO, Meter, Usage
from archcode.rationals import largest
from archcode.services import _sns_promises as promises
from archcode.services._service import Service, keyed
from archcode.services._shared_meters import (
    KMS_FREE_TIER,
    KMS_REQUESTS,
    kms_requests,
)
from archcode.services._sns_checks import check, protocol, shared_check, subscriptions
from archcode.services._sns_limits import (
    ARCHIVE_RETENTION,
    EMAIL_DELIVERIES,
    FIFO_PUBLISHES,
    FIFO_SUBSCRIPTIONS,
    FIFO_TOPIC_BYTES,
    FIFO_TOPIC_PUBLISHES,
    FIREHOSE_SUBSCRIPTIONS,
    LARGE_MESSAGE_SUBSCRIPTIONS,
    MESSAGE_SIZE,
    PUBLISH_ENTRIES,
    STANDARD_PUBLISHES,
)
from archcode.services._sns_settings import SnsSettings
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, KIB, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.draw.picture import BadgeKind
    from archcode.flow import FlowSettings
    from archcode.model import Capacity, ServiceSettings


CHUNK = 64 * KIB
DELIVERY_METERS = {
    "sqs": "standard_delivery_sqs",
    "lambda": "standard_delivery_lambda",
    "http": "standard_delivery_http",
    "https": "standard_delivery_http",
    "email": "standard_delivery_email",
    "email-json": "standard_delivery_email",
    "firehose": "standard_delivery_firehose",
    "application": "mobile_push_fcm_gcm",
}
PER_NOTIFICATION = ("email", "email-json", "application")


TRIES = {
    **dict.fromkeys(("http", "https"), 4),
    **dict.fromkeys(("application", "email", "email-json", "sms"), 50),
}
"""Deliveries by protocol under AWS's own policies: the first one and its retries."""
KEY_REUSE_SECONDS = 300
"""https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: up to five minutes."""


def deliveries(_settings: SnsSettings, target: ServiceSettings, flow: FlowSettings) -> int | None:
    """A push is tried as often as its protocol's delivery policy says, or the function's retries.

    https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
    """
    if flow.protocol in TRIES:
        return TRIES[flow.protocol]
    return target.asynchronous_deliveries()


def usage(traffic: Traffic[SnsSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Publishes and deliveries, by the kind of topic, and calls to its key."""
    key = kms_requests(traffic, KEY_REUSE_SECONDS, 2, 0)
    if key is not None:
        yield key
    if traffic.settings.fifo_topic:
        yield from _fifo_usage(traffic)
        return
    yield _publishes(traffic)
    for hop in subscriptions(traffic):
        yield from _delivery(hop)


def _publishes(traffic: Traffic[SnsSettings]) -> Usage:
    """Publish requests of a standard topic: each 64 KiB of a request is one."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        chunks = largest(1, ceil(hop.batch_bytes / CHUNK))
        messages = hop.handed.monthly_messages
        total += messages / hop.batch * chunks
        words.append(
            f"{hop.source}: {grouped(messages)} messages ÷ {grouped(hop.batch)} × {chunks} chunk"
        )
    return Usage("publishes", "standard_publish_requests", total, "; ".join(words))


def _delivery(hop: Hop) -> Iterator[Usage]:
    """Deliveries of one subscription, and what its payload filter scans."""
    way = protocol(hop)
    messages = hop.delivered.monthly_messages
    chunks = (
        1 if way in PER_NOTIFICATION else largest(1, ceil(hop.handed.message_size_bytes / CHUNK))
    )
    words = f"{hop.target}: {grouped(messages)} deliveries × {chunks} chunk"
    key = f"deliveries_{way.replace('-', '_')}"
    if way in DELIVERY_METERS:
        yield Usage(key, DELIVERY_METERS[way], messages * chunks, words)
    elif way == "sms":
        yield Usage("deliveries_sms", "sms", None, words, "the country and carrier of each SMS")
    if hop.options.filter_policy_scope == "MessageBody":
        scanned = _scanned(hop)
        words = f"{hop.target}: {grouped(scanned, 6)} GB through a payload filter, matched or not"
        yield Usage("payload_filtering_gb", "payload_based_filtering", scanned, words)


def _scanned(hop: Hop) -> Fraction:
    """GB that a payload filter reads: everything published, not only what it lets through."""
    passed = hop.options.filter or 1
    return hop.handed.monthly_bytes / passed / GIB


def _fifo_usage(traffic: Traffic[SnsSettings]) -> Iterator[Usage]:
    """Messages and payload of a FIFO topic, published and per subscription, and its archive."""
    received = traffic.received
    messages, gigabytes = received.monthly_messages, received.monthly_bytes / GIB
    yield Usage(
        "publishes", "fifo_publish_requests", messages, f"{grouped(messages)} messages published"
    )
    payload = f"{grouped(gigabytes, 6)} GB published"
    yield Usage("published_gb", "fifo_publish_payload", gigabytes, payload)
    for hop in subscriptions(traffic):
        count, volume = hop.delivered.monthly_messages, hop.delivered.monthly_bytes / GIB
        words = f"{hop.target}: {grouped(count)} messages"
        yield Usage("deliveries_fifo", "fifo_subscription_messages", count, words)
        words = f"{hop.target}: {grouped(volume, 6)} GB"
        yield Usage("delivered_gb", "fifo_subscription_payload", volume, words)
    yield from _archive(traffic, gigabytes)


def _archive(traffic: Traffic[SnsSettings], gigabytes: Fraction) -> Iterator[Usage]:
    """What an archive reads once and keeps."""
    if traffic.settings.archive_policy is None:
        return
    days = traffic.settings.archive_policy.message_retention_period
    words = f"{grouped(gigabytes, 6)} GB archived"
    yield Usage("archived_gb", "fifo_archive_processing", gigabytes, words)
    kept = traffic.received.bytes_per_second * days * 86_400 / GIB
    words = f"{grouped(traffic.received.bytes_per_second)} B/s × {days} d ÷ 1 GB"
    yield Usage("archive_gb_month", "fifo_archive_storage", kept, words)


def _summary(settings: SnsSettings) -> str:
    return "SNS FIFO" if settings.fifo_topic else "SNS standard"


def _detail(settings: SnsSettings) -> str:
    """For how long messages can be replayed."""
    archive = settings.archive_policy
    return f"archive {archive.message_retention_period} d" if archive else ""


def _badges(settings: SnsSettings) -> tuple[BadgeKind, ...]:
    return ("fifo", *keyed(settings)) if settings.fifo_topic else keyed(settings)


_FREE_DELIVERY = "free on standard topics"

SNS = Service(
    type="sns.topic",
    resource_type="AWS::SNS::Topic",
    name="Amazon SNS",
    settings=SnsSettings,
    icon=lambda _: "aws/integration/simple-notification-service-sns.png",
    summary=_summary,
    detail=_detail,
    badges=_badges,
    emission="copy",
    price_file="sns",
    pushes_to=(
        "elasticloadbalancingv2.load_balancer",
        "kinesisfirehose.delivery_stream",
        "sqs.queue",
    ),
    deliveries=deliveries,
    flow_keys=frozenset({"protocol", "filter_policy_scope"}),
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("standard_publish_requests", "Requests", "Publish requests, standard"),
        Meter(
            "standard_delivery_sqs",
            "Notifications",
            "Deliveries to Amazon SQS",
            free_because=_FREE_DELIVERY,
        ),
        Meter(
            "standard_delivery_lambda",
            "Notifications",
            "Deliveries to AWS Lambda",
            free_because=_FREE_DELIVERY,
        ),
        Meter("standard_delivery_http", "Notifications", "Deliveries over HTTP"),
        Meter("standard_delivery_email", "Notifications", "Deliveries by email"),
        Meter("standard_delivery_firehose", "Notifications", "Deliveries to Firehose"),
        Meter("mobile_push_fcm_gcm", "Notifications", "Mobile push notifications"),
        Meter("sms", "Messages", "SMS messages"),
        Meter("payload_based_filtering", "GB", "Payload-based filtering"),
        Meter("fifo_publish_requests", "Messages", "Publish requests, FIFO"),
        Meter("fifo_publish_payload", "GB", "Publish payload, FIFO"),
        Meter("fifo_subscription_messages", "Messages", "Subscription messages, FIFO"),
        Meter("fifo_subscription_payload", "GB", "Subscription payload, FIFO"),
        Meter("fifo_archive_processing", "GB", "Archive processing, FIFO"),
        Meter("fifo_archive_storage", "GB-Months", "Archive storage, FIFO", "Recurring"),
        KMS_REQUESTS,
    ),
    usage_keys=(
        "publishes",
        "published_gb",
        "deliveries_sqs",
        "deliveries_lambda",
        "deliveries_http",
        "deliveries_https",
        "deliveries_email",
        "deliveries_email_json",
        "deliveries_firehose",
        "deliveries_application",
        "deliveries_sms",
        "deliveries_fifo",
        "delivered_gb",
        "payload_filtering_gb",
        "archived_gb",
        "archive_gb_month",
        "kms_requests",
    ),
    free_tiers=(KMS_FREE_TIER,),
    limits=(
        MESSAGE_SIZE,
        LARGE_MESSAGE_SUBSCRIPTIONS,
        STANDARD_PUBLISHES,
        FIFO_PUBLISHES,
        FIFO_TOPIC_PUBLISHES,
        FIFO_TOPIC_BYTES,
        FIFO_SUBSCRIPTIONS,
        FIREHOSE_SUBSCRIPTIONS,
        EMAIL_DELIVERIES,
        PUBLISH_ENTRIES,
        ARCHIVE_RETENTION,
    ),
    semantics=promises.SEMANTICS,
    variant=promises.variant,
    keeps=promises.keeps,
)

SERVICES = {SNS.type: SNS}
