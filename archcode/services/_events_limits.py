"""The limits of Amazon EventBridge's buses and what hangs on them, each with source and date."""

from __future__ import annotations

from archcode.model import Former, Limit
from archcode.units import KIB, MIB

_QUOTAS = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"
_QUOTAS_AS_OF = "2026-09-24"
_LARGEST = ("us-east-1", "us-west-2", "eu-west-1")
_LARGE = ("us-east-2", "eu-central-1", "eu-south-2")
_MIDDLE = ("us-west-1", "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-2")
_SMALL = (
    "ap-east-1",
    "ap-northeast-2",
    "ap-south-1",
    "ca-central-1",
    "eu-north-1",
    "eu-west-3",
    "sa-east-1",
)


def _by_region(largest: int, large: int, middle: int, small: int) -> dict[str, int]:
    """A quota in the groups of regions that AWS lists; all others have the limit's own value."""
    return {
        **dict.fromkeys(_LARGEST, largest),
        **dict.fromkeys(_LARGE, large),
        **dict.fromkeys(_MIDDLE, middle),
        **dict.fromkeys(_SMALL, small),
    }


EVENT_SIZE = Limit(
    "put_events_size",
    MIB,
    "bytes",
    "hard",
    "per PutEvents request, the sum of its entries; one entry may take all of it",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html",
    "2026-08-31",
    formerly=(
        Former(
            "256 KB",
            "https://aws.amazon.com/blogs/compute/"
            "more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb",
            "2026-01-28",
        ),
        Former("256 KB in total", "an article of 2026-03-28", "2026-03-28"),
    ),
)
ENTRIES = Limit(
    "put_events_entries",
    10,
    "entries",
    "hard",
    "per PutEvents request",
    "botocore==1.44.5:data/events/service-2.json#PutEventsRequestEntryList",
    "2026-11-17",
)
PUT_EVENTS = Limit(
    "put_events_requests",
    400,
    "requests/s",
    "adjustable",
    "per account and region, over all buses",
    _QUOTAS,
    _QUOTAS_AS_OF,
    regions=_by_region(10_000, 2_400, 1_200, 600),
)
INVOCATIONS = Limit(
    "event_invocations",
    750,
    "invocations/s",
    "adjustable",
    "of targets per account and region; what is above waits",
    _QUOTAS,
    _QUOTAS_AS_OF,
    regions=_by_region(18_750, 4_500, 2_250, 1_100),
)
BUSES = Limit(
    "event_buses", 100, "buses", "adjustable", "per account and region", _QUOTAS, _QUOTAS_AS_OF
)
RULES = Limit(
    "rules_per_bus",
    300,
    "rules",
    "adjustable",
    "per bus",
    _QUOTAS,
    _QUOTAS_AS_OF,
    regions=dict.fromkeys(("af-south-1", "eu-south-1"), 100),
)
WILDCARD_RULES = Limit(
    "wildcard_rules_per_bus",
    30,
    "rules",
    "hard",
    "per bus, with a wildcard in their pattern",
    _QUOTAS,
    _QUOTAS_AS_OF,
)
TARGETS = Limit(
    "targets_per_rule",
    5,
    "targets",
    "hard",
    "per rule",
    "cfn-lint==1.58.0:schemas/AWS::Events::Rule/Targets",
    "2026-10-20",
)
PATTERN = Limit(
    "event_pattern_size",
    2048,
    "characters",
    "adjustable",
    "per rule",
    _QUOTAS,
    _QUOTAS_AS_OF,
)
RETRY_ATTEMPTS = Limit(
    "maximum_retry_attempts",
    185,
    "retries",
    "range",
    "per target, from 0",
    "cfn-lint==1.58.0:schemas/AWS::Events::Rule/RetryPolicy.MaximumRetryAttempts",
    "2026-10-20",
)
EVENT_AGE = Limit(
    "maximum_event_age_in_seconds",
    86_400,
    "s",
    "range",
    "per target, from 60",
    "cfn-lint==1.58.0:schemas/AWS::Events::Rule/RetryPolicy.MaximumEventAgeInSeconds",
    "2026-10-20",
    formerly=(Former("24 hours in which a bus keeps its events", "an article", "without a date"),),
)
REPLAYS = Limit(
    "concurrent_replays",
    10,
    "replays",
    "hard",
    "per account and region",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html",
    "2026-06-29",
)
API_DESTINATIONS = Limit(
    "api_destinations",
    3000,
    "API destinations",
    "adjustable",
    "per account and region",
    _QUOTAS,
    _QUOTAS_AS_OF,
)
API_DESTINATION_RATE = Limit(
    "api_destination_rate",
    300,
    "invocations/s",
    "adjustable",
    "per API destination",
    _QUOTAS,
    _QUOTAS_AS_OF,
)
API_DESTINATION_PAYLOAD = Limit(
    "api_destination_payload",
    64 * KIB,
    "bytes",
    "hard",
    "per invocation, with the parameters of its connection",
    "botocore==1.44.5:data/events/service-2.json#ConnectionBodyParameter",
    "2026-11-17",
)
SCHEMA_LEVELS = Limit(
    "schema_discovery_levels",
    255,
    "levels of nesting",
    "hard",
    "per event",
    _QUOTAS,
    _QUOTAS_AS_OF,
)
