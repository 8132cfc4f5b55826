"""The limits of AWS IoT Core, each with its source and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Former, Limit
from archcode.units import KIB

if TYPE_CHECKING:
    from typing import Literal

SOURCE = "https://docs.aws.amazon.com/general/latest/gr/iot-core.html"
AS_OF = "2026-07-01"
SMALL_REGIONS = (
    "eu-north-1",
    "me-south-1",
    "me-central-1",
    "eu-west-3",
    "ap-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "ca-central-1",
    "cn-northwest-1",
    "ap-southeast-5",
    "eu-south-2",
)
"""Regions in which AWS sets smaller quotas for an account."""
_ACCOUNT = "for an account and region"


def _quota(
    name: str, value: int, small: int, unit: str, *, formerly: tuple[Former, ...] = ()
) -> Limit:
    """A quota of an account that is smaller in some regions."""
    regions = dict.fromkeys(SMALL_REGIONS, small)
    return Limit(
        name, value, unit, "adjustable", _ACCOUNT, SOURCE, AS_OF, regions, formerly=formerly
    )


def _bound(
    name: str,
    value: int,
    unit: str,
    scope: str,
    kind: Literal["hard", "adjustable", "range"] = "hard",
) -> Limit:
    return Limit(name, value, unit, kind, scope, SOURCE, AS_OF)


INBOUND_PUBLISHES = _quota(
    "inbound_publish_rate",
    20_000,
    2_000,
    "messages/s",
    formerly=(Former("not disclosed", "an article of 2020-07-06", "2020-07-06"),),
)
OUTBOUND_PUBLISHES = _quota("outbound_publish_rate", 20_000, 2_000, "messages/s")
CONNECTIONS = _quota("concurrent_connections", 500_000, 100_000, "connections")
CONNECTS = _quota("connect_rate", 3_000, 100, "connects/s")
SUBSCRIBES = _quota("subscribe_rate", 3_000, 200, "subscriptions/s")
SUBSCRIPTIONS = _quota("subscriptions_per_account", 500_000, 100_000, "subscriptions")
RETAINED_PUBLISHES = _quota("retained_publish_rate", 500, 50, "messages/s")
SHADOW_OPERATIONS = _quota("shadow_operation_rate", 4_000, 400, "operations/s")
EVALUATIONS = _quota("rule_evaluation_rate", 20_000, 2_000, "evaluations/s")

PAYLOAD = _bound("mqtt_payload", 128 * KIB, "bytes", "per message")
CONNECTION_PUBLISHES = _bound(
    "publish_rate_per_connection", 100, "messages/s", "per connection, in and out"
)
CONNECTION_BYTES = _bound("throughput_per_connection", 512 * KIB, "bytes/s", "per connection")
CONNECTION_SUBSCRIPTIONS = _bound(
    "subscriptions_per_connection", 50, "subscriptions", "per connection", "adjustable"
)
TOPIC_SIZE = _bound("topic_size", 256, "bytes", "per topic", "range")
SHADOW_SIZE = _bound("shadow_document_size", 8 * KIB, "bytes", "per shadow", "adjustable")
SHADOW_RATE = _bound("shadow_rate_per_thing", 20, "operations/s", "per shadow", "adjustable")
RULE_PAYLOAD = _bound("topic_rule_payload_size", 128 * KIB, "bytes", "per rule and message")
RULES = _bound("topic_rules", 1_000, "rules", _ACCOUNT, "adjustable")
ACTIONS = _bound("actions_per_rule", 10, "actions", "per rule")
