"""Meters of keys and logs, which many services are charged for where a setting asks for it.

https://aws.amazon.com/kms/pricing/ and https://aws.amazon.com/cloudwatch/pricing/.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.fields import Settings
from archcode.model import Meter, Usage
from archcode.services._service import FreeTier, Service
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archcode.traffic import Traffic

KMS_REQUESTS = Meter(
    "kms_requests", "Requests", "KMS requests", price_file="kms", dimension="requests"
)
KMS_FREE_TIER = FreeTier("free_tier_requests_per_month", ("kms_requests",), "kms")
VENDED_LOGS_INGESTION = Meter(
    "vended_logs_ingestion",
    "GB",
    "CloudWatch Logs, vended",
    price_file="cloudwatch",
)
"""Logs that AWS services write at volume prices: access logs of API Gateway, and those of event
buses, pipes, state machines and MSK.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html."""
CUSTOM_METRICS = Meter(
    "custom_metrics", "Metrics", "CloudWatch metrics", "Recurring", price_file="cloudwatch"
)
AWS_MANAGED = "alias/aws/"
"""In the name of every key that AWS manages in the customer's account, as `alias/aws/sqs` is."""
KMS = Service(
    type="kms.key",
    resource_type="AWS::KMS::Key",
    name="AWS KMS",
    settings=Settings,
    icon=lambda _: "aws/security/key-management-service.png",
    summary=lambda _: "KMS key",
    price_file="kms",
    meters=(Meter("key_month", "Keys", "KMS keys", "Recurring"),),
)
"""Keys that components name; they are no components of their own."""


def kms_requests(
    traffic: Traffic[Any], reuse: int, per_producer: int, per_consumer: int
) -> Usage | None:
    """Calls of a queue or topic to its key, or None where it names none.

    Seconds of the month ÷ data key reuse period × (2 × producers + consumers), at least:
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html.
    Every component on the other side of a flow counts as one principal.
    """
    if traffic.settings.kms_key() is None:
        return None
    producers = len({hop.source for hop in traffic.inflows})
    consumers = len({hop.target for hop in traffic.outflows if hop.kind == "flow"})
    calls = per_producer * producers + per_consumer * consumers
    words = (
        f"{grouped(traffic.seconds)} s ÷ {reuse} s of key reuse × ({per_producer} ×"
        f" {producers} producers + {per_consumer} × {consumers} consumers)"
    )
    return Usage("kms_requests", KMS_REQUESTS.name, traffic.seconds / reuse * calls, words)


def keys(components: Iterable[Traffic[Any]]) -> Usage | None:
    """One month of every key of the customer's own that components of a region name.

    A key that AWS manages has no monthly price; requests to it are charged all the same:
    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
    """
    named = {traffic.settings.kms_key() or AWS_MANAGED for traffic in components}
    names = sorted(key for key in named if AWS_MANAGED not in key)
    if not names:
        return None
    return Usage("kms_keys", "key_month", Fraction(len(names)), f"keys {', '.join(names)}")
