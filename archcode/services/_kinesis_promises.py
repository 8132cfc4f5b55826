"""What Kinesis data streams promise: https://docs.aws.amazon.com/streams/latest/dev/."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.services import _kinesis_limits as limits
from archcode.services._kinesis_shards import readers_of
from archcode.services._promises import Promise
from archcode.services._service import Semantics
from archcode.units import SECONDS_PER_HOUR

if TYPE_CHECKING:
    from archcode.services._kinesis_settings import KinesisSettings
    from archcode.traffic import Hop, Traffic

OWN_DELAY = Fraction(70, 1000)
"""Seconds to a reader with enhanced fan-out:
https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html."""
SHARED_DELAY = Fraction(200, 1000)
"""Seconds for each reader that shares the shards, from the same page: 200 ms with one, about
1,000 ms with five."""
_REPLAY = Fraction(limits.RETENTION.value * SECONDS_PER_HOUR)
_REMEDIES = {
    "replay": "set retention_period_hours: {hours} on {name}",
    "latency": "set enhanced_fan_out: true on the flow out of {name}",
}


def _semantics(variant: str, consumers: str, promise: Promise) -> Semantics:
    return Semantics(
        variant=variant,
        ordering="within a shard, by partition key; none with AUTO distribution",
        delivery="at least once",
        replay="yes, from any position kept",
        retention="24 h to 365 days, 24 h by default",
        consumers=consumers,
        dead_letter="on-failure destination of a Lambda mapping",
        source="botocore==1.44.5:data/kinesis",
        as_of="2026-11-17",
        promise=promise,
    )


SEMANTICS = (
    _semantics(
        "provisioned",
        "independent; 20 with enhanced fan-out, others share reads",
        Promise(
            "total",
            replay=_REPLAY,
            latency=OWN_DELAY,
            consumers=int(limits.FAN_OUT_CONSUMERS.value),
            remedies=_REMEDIES | {"ordering": "set shard_count: 1 on {name}"},
        ),
    ),
    _semantics(
        "on-demand",
        "independent; 20 with enhanced fan-out, 50 on advantage",
        Promise(
            "group",
            replay=_REPLAY,
            latency=OWN_DELAY,
            consumers=int(limits.ADVANTAGE_FAN_OUT_CONSUMERS.value),
            remedies=_REMEDIES
            | {
                "ordering": "set record_distribution_strategy: USER_PARTITION_KEY on {name}",
                "consumers": "set minimum_throughput_billing_commitment: ENABLED on {name}",
            },
        ),
    ),
)


def variant(settings: KinesisSettings) -> str:
    """Who counts the shards."""
    return "on-demand" if settings.on_demand else "provisioned"


def keeps(traffic: Traffic[KinesisSettings], hop: Hop | None, best: Promise) -> Promise:
    """One shard is one order; records are kept, and readers wait, as the settings have it."""
    settings = traffic.settings
    order = best.ordering if settings.on_demand or settings.shard_count == 1 else "group"
    most = limits.FAN_OUT_CONSUMERS.value
    own = hop is not None and bool(hop.options.enhanced_fan_out)
    shared = len(readers_of(traffic, fan_out=False))
    return replace(
        best,
        ordering="none" if settings.record_distribution_strategy == "AUTO" else order,
        replay=Fraction(settings.retention_period_hours * SECONDS_PER_HOUR),
        latency=OWN_DELAY if own else SHARED_DELAY * shared,
        consumers=best.consumers if settings.advantage else int(most),
    )
