"""What EventBridge meters, shared by its types: https://aws.amazon.com/eventbridge/pricing/.

Events are counted in chunks of 64 KB, each event on its own, also in a batch. Those of AWS
services are free to ingest; data events that are opted in (as those of S3 buckets) and replays
are charged as custom ones, and so is what one bus sends to another:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Meter, Severity, Usage
from archcode.rationals import largest
from archcode.services._shared_meters import KMS_REQUESTS
from archcode.units import KIB, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from typing import Any

    from archcode.traffic import Hop, Traffic

PRICE_FILE = "eventbridge"
CHUNK = 64 * KIB
_UNIT = "64 KB Chunks"

CUSTOM_EVENTS = Meter("custom_events", _UNIT, "Events, custom")
PARTNER_EVENTS = Meter("partner_events", _UNIT, "Events, partner")
TO_OTHER_ACCOUNTS = {
    kind: Meter(
        f"cross_account_delivery_{dimension}_event",
        _UNIT,
        f"Deliveries to other accounts, {words} events",
    )
    for kind, dimension, words in (
        ("custom", "custom", "custom"),
        ("partner", "partner", "partner"),
        ("aws", "aws_management", "AWS"),
    )
}
"""What a rule delivers to a service of another account, by the kind of its events."""
ARCHIVE_PROCESSING = Meter("archive_processing", "GB", "Archive processing")
ARCHIVE_STORAGE = Meter("archive_storage", "GB-Months", "Archive storage", "Recurring")
INVOCATIONS = Meter("api_destination_invocations", _UNIT, "API destination invocations")
DISCOVERED = Meter("schema_discovery_events", "8 KB Chunks", "Schema discovery")


def chunks(hop: Hop, size: int = CHUNK) -> int:
    """Chunks that one event of a flow counts as, at its mean size."""
    return largest(1, ceil(hop.handed.message_size_bytes / size))


def chunks_text(hop: Hop, events: Fraction, size: int = CHUNK) -> str:
    """The events of a flow times the chunks of each."""
    return f"{grouped(events)} events × {chunks(hop, size)} chunk"


def key_requests() -> Usage:
    """Calls of a customer's key, which AWS does not count in its documents."""
    reason = "how long EventBridge reuses a data key of the customer's key"
    return Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def several_buses(traffic: Traffic[Any], word: str) -> Iterator[Finding]:
    """The finding for what belongs to one bus and gets events of more.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
    """
    buses = [hop.source for hop in traffic.inflows]
    if len(buses) > 1:
        message = f"gets events from {', '.join(buses)}, and {word} belongs to one event bus"
        hint = f"draw {word} for each bus"
        yield Finding("several_event_buses", Severity.ERROR, traffic.name, message, hint)
