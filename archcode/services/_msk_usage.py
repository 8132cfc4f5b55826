"""What an MSK cluster is charged for: https://aws.amazon.com/msk/pricing/.

Standard brokers pay for their volumes as they are provisioned; Express brokers for the data that
is written and for one copy of what is kept. Clients in other accounts connect privately where the
cluster has private connectivity, and then pay no transfer between zones; a replicator in another
region connects so as well, at the replicator's own price per GB.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ONE, ZERO, Load, Meter, Usage
from archcode.rationals import rational
from archcode.services._kafka import REPLICATOR, groups, kept, read, written_gb
from archcode.services._msk_brokers import BROKERS
from archcode.services._msk_express import EXPRESS
from archcode.services._msk_settings import DEFAULT_THROUGHPUT, days_text
from archcode.services._msk_sizing import volume
from archcode.services._shared_meters import CUSTOM_METRICS, VENDED_LOGS_INGESTION
from archcode.services._transfer import BETWEEN_ZONES
from archcode.services._zones import KEY, Crossing, between_zones, in_region
from archcode.units import GIB, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity
    from archcode.services._msk_settings import MskSettings
    from archcode.traffic import Hop, Traffic

METERS = (
    *(
        Meter(f"broker_{kind.replace('.', '_')}", "Broker-Hours", f"Brokers, {kind}", "Recurring")
        for kind in (*BROKERS, *EXPRESS)
    ),
    Meter("provisioned_storage_gp2", "GB-Months", "Broker storage", "Recurring"),
    Meter(
        "provisioned_storage_throughput",
        "MiBps-Months",
        "Provisioned storage throughput above 250 MiB/s",
        "Recurring",
    ),
    Meter("tiered_storage", "GB-Months", "Tiered storage"),
    Meter("tiered_storage_retrieval", "GB", "Retrieval from tiered storage"),
    Meter("express_storage", "GB-Months", "Express storage"),
    Meter("express_data_in", "GB", "Data in, Express"),
    Meter(
        "private_connectivity_hour_per_auth_scheme",
        "Hours",
        "Private connectivity",
        "Recurring",
    ),
    Meter("private_connectivity_data", "GB", "Data over private connectivity"),
    BETWEEN_ZONES,
    CUSTOM_METRICS,
    VENDED_LOGS_INGESTION,
)
USAGE_KEYS = (
    "broker_hours",
    "storage_gb_months",
    "throughput_mibps_months",
    "tiered_gb_months",
    "tiered_retrieval_gb",
    "data_in_gb",
    KEY,
    "private_connectivity_hours",
    "private_connectivity_gb",
    "custom_metrics",
    "logs_gb",
)
EXTRA_USAGE = {"tiered_retrieval_gb": "tiered_storage_retrieval"}


def usage(traffic: Traffic[MskSettings], capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Broker-hours, storage, and what clients, metrics and logs cause."""
    settings, brokers, hours = traffic.settings, capacity[0].provided, traffic.hours_per_month
    meter = f"broker_{settings.instance_type.replace('.', '_')}"
    words = f"{brokers} brokers × {grouped(hours)} h"
    yield Usage("broker_hours", meter, brokers * hours, words)
    if settings.express:
        yield from _express(traffic)
    else:
        yield from _volumes(traffic, brokers)
    yield from between_zones(_crossings(traffic))
    if settings.private_schemes:
        yield from _private(traffic)
    yield from _observed(settings)


def _express(traffic: Traffic[MskSettings]) -> Iterator[Usage]:
    written, settings = written_gb(traffic), traffic.settings
    words = f"{grouped(written)} GB written"
    yield Usage("data_in_gb", "express_data_in", written, words)
    yield _one_copy(traffic, settings.retention, "storage_gb_months", "express_storage")


def _one_copy(traffic: Traffic[MskSettings], seconds: Fraction, key: str, meter: str) -> Usage:
    words = f"1 copy of {days_text(seconds)} at the mean rate"
    return Usage(key, meter, kept(traffic, seconds), words)


def _volumes(traffic: Traffic[MskSettings], brokers: int) -> Iterator[Usage]:
    """Volumes of standard brokers, their throughput, and the tier behind them.

    The tier holds one copy of the whole retention: segments go there as soon as they are closed.
    https://docs.aws.amazon.com/msk/latest/developerguide/msk-tiered-storage-retention-rules.html
    """
    settings, size = traffic.settings, volume(traffic, brokers)
    source = "" if settings.volume_size else ", twice what they hold"
    words = f"{brokers} brokers × {grouped(size)} GiB{source}"
    yield Usage("storage_gb_months", "provisioned_storage_gp2", rational(brokers * size), words)
    above = settings.volume_throughput - DEFAULT_THROUGHPUT
    if above:
        words = f"{brokers} brokers × ({settings.volume_throughput} − {DEFAULT_THROUGHPUT}) MiB/s"
        meter = "provisioned_storage_throughput"
        yield Usage("throughput_mibps_months", meter, rational(brokers * above), words)
    if settings.storage_mode == "TIERED":
        yield _one_copy(traffic, settings.retention, "tiered_gb_months", "tiered_storage")


def _clients(traffic: Traffic[MskSettings]) -> Iterator[tuple[str, Hop, Load]]:
    """Producers with what they write, consumer groups with what they read; no replicators."""
    for hop in traffic.inflows:
        if hop.source_type != REPLICATOR:
            yield hop.source, hop, hop.delivered
    for hop in groups(traffic):
        if hop.target_type != REPLICATOR:
            yield hop.target, hop, read(traffic, hop)


def _is_private(settings: MskSettings, hop: Hop) -> bool:
    return bool(settings.private_schemes) and hop.way.other_account


def _crossings(traffic: Traffic[MskSettings]) -> Iterator[Crossing]:
    """Clients in the region, with the share of their traffic that changes the zone."""
    settings = traffic.settings
    for client, hop, load in _clients(traffic):
        if in_region(hop) and not _is_private(settings, hop):
            yield Crossing(client, load, _crossing_share(settings, hop))


def _crossing_share(settings: MskSettings, hop: Hop) -> Fraction:
    """All zones but one hold a partition's leader for a client.

    A consumer that knows its rack crosses only where its zone has no replica (KIP-392).
    """
    zones = settings.availability_zones
    if hop.options.client_rack:
        return ONE - Fraction(min(zones, settings.replication_factor), zones)
    if settings.cross_zone_share is not None:
        return settings.cross_zone_share
    return Fraction(zones - 1, zones)


def _private(traffic: Traffic[MskSettings]) -> Iterator[Usage]:
    """Hours of every scheme, and what clients of other accounts exchange.

    Other VPCs of the account cannot be told from the spec.
    """
    settings, hours = traffic.settings, traffic.hours_per_month
    schemes = settings.private_schemes
    words = f"{schemes} authentication scheme{'s' if schemes > 1 else ''} × {grouped(hours)} h"
    meter = "private_connectivity_hour_per_auth_scheme"
    yield Usage("private_connectivity_hours", meter, schemes * hours, words)
    key, meter = "private_connectivity_gb", "private_connectivity_data"
    loads = [(c, load) for c, hop, load in _clients(traffic) if _is_private(settings, hop)]
    if loads or any(h.target_type == REPLICATOR and h.way.other_region for h in traffic.outflows):
        total = sum((load.monthly_bytes for _, load in loads), ZERO) / GIB
        names = ", ".join(client for client, _ in loads) or "none but the replicator"
        yield Usage(key, meter, total, f"{grouped(total)} GB of {names}")
    else:
        yield Usage(key, meter, None, "", f"usage.{key}, the GB of clients in other VPCs")


def _observed(settings: MskSettings) -> Iterator[Usage]:
    """Metrics and logs: how many there are, the spec does not tell."""
    if settings.enhanced_monitoring != "DEFAULT":
        reason = f"usage.custom_metrics, the number of {settings.enhanced_monitoring} metrics"
        yield Usage("custom_metrics", CUSTOM_METRICS.name, None, "", reason)
    if settings.logged:
        reason = "usage.logs_gb, the GB of broker logs"
        yield Usage("logs_gb", VENDED_LOGS_INGESTION.name, None, "", reason)
