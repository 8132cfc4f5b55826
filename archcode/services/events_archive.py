"""What takes a copy of a bus's events: archives, and discoverers of their schemas.

https://aws.amazon.com/eventbridge/pricing/: an archive pays per GB taken in and per GB-month kept,
what it replays is charged as custom events, and is not archived again; a discoverer pays for
every 8 KB of an event.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from msgspec.structs import replace

from archcode.fields import Bytes, Days, Settings, refuse
from archcode.model import ONE, ZERO, Finding, Load, Severity, Usage
from archcode.services._events_limits import REPLAYS, SCHEMA_LEVELS
from archcode.services._events_meters import (
    ARCHIVE_PROCESSING,
    ARCHIVE_STORAGE,
    DISCOVERED,
    PRICE_FILE,
    chunks,
    chunks_text,
    key_requests,
    several_buses,
)
from archcode.services._promises import SECONDS_PER_DAY, Promise
from archcode.services._service import Semantics, Service, against
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS
from archcode.shape import Field, model_validator
from archcode.units import GIB, KIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, Verdict
    from archcode.traffic import Hop, Traffic

DISCOVERY_CHUNK = 8 * KIB


class ArchiveSettings(Settings):
    """Properties of AWS::Events::Archive; retention in days, 0 keeps events without end."""

    key_setting: ClassVar[str] = "kms_key_identifier"
    event_pattern: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="The pattern, for the reader; how much it lets through is the filter."
    )
    retention_days: Annotated[Days, Field(ge=0)] = Field(
        0, description="How long events are kept; 0 is without end."
    )
    kms_key_identifier: str | None = None
    stored: Bytes | None = Field(
        None, description="What an archive without end holds, such as 500 GB."
    )

    @model_validator(mode="after")
    def _what_is_kept_follows_from_the_retention(self) -> Self:
        if self.stored is not None and self.retention_days:
            refuse("stored_with_retention", "sets stored, which needs retention_days: 0")
        return self

    def archived_days(self) -> int | None:
        """As it says."""
        return self.retention_days


class DiscovererSettings(Settings):
    """Nothing of AWS::EventSchemas::Discoverer but its bus, which is the flow into it."""


def nothing_by_itself(_flow: FlowSettings) -> bool:
    """What is archived stays there; a replay states its own rate."""
    return False


def _archived(traffic: Traffic[ArchiveSettings]) -> Load:
    """What comes in, without the archive's own replays, which its bus does not send it again.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
    """
    load = traffic.received
    for hop in traffic.inflows:
        let_through = ONE
        for factor in hop.factors:
            let_through *= factor.value
        for replay in _replays(traffic):
            if replay.target == hop.source and not hop.stated:
                load += replay.handed.times(-let_through)
    return load


def _replays(traffic: Traffic[ArchiveSettings]) -> tuple[Hop, ...]:
    return tuple(hop for hop in traffic.outflows if hop.kind == "flow")


def archive_usage(
    traffic: Traffic[ArchiveSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """GB taken in and GB kept, once the archive has run as long as its retention."""
    load, settings = _archived(traffic), traffic.settings
    gigabytes = load.monthly_bytes / GIB
    part = " without replays" if _replays(traffic) else ""
    words = (
        f"{grouped(load.monthly_messages)} events{part}"
        f" × {bytes_text(load.message_size_bytes)} = {grouped(gigabytes, 6)} GB"
    )
    yield Usage("archived_gb", ARCHIVE_PROCESSING.name, gigabytes, words)
    yield _kept(load, settings)
    if settings.kms_key_identifier:
        yield key_requests()


def _kept(load: Load, settings: ArchiveSettings) -> Usage:
    key, meter, days = "archive_gb_months", ARCHIVE_STORAGE.name, settings.retention_days
    if days:
        kept = load.bytes_per_second * days * SECONDS_PER_DAY / GIB
        return Usage(key, meter, kept, f"{bytes_text(load.bytes_per_second)}/s × {days} d kept")
    if settings.stored is None:
        reason = "how much the archive holds (set retention_days or stored)"
        return Usage(key, meter, None, "", reason)
    return Usage(key, meter, settings.stored / GIB, f"{bytes_text(settings.stored)} stored")


def check_archive(
    traffic: Traffic[ArchiveSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """One bus, and replays that say how much they replay."""
    yield from several_buses(traffic, "an archive")
    for hop in _replays(traffic):
        if not hop.stated:
            message = f"does not say how much {traffic.name} replays, so it counts as nothing"
            hint = "say rate and size, such as {rate: 1M/month, size: 2 KB}"
            yield Finding("replay_without_rate", Severity.ERROR, hop.where, message, hint)


def shared_check(archives: tuple[Traffic[ArchiveSettings], ...]) -> Iterator[Verdict]:
    """Replays that run at a time, if all do."""
    for region in dict.fromkeys(archive.region for archive in archives):
        local = [a for a in archives if a.region == region]
        replays = sum(len(_replays(archive)) for archive in local)
        if replays:
            load = f"{replays} replays at a time"
            yield against(local[0], REPLAYS, replays, load, "run them one after the other")


def discoverer_usage(
    traffic: Traffic[DiscovererSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Every event in chunks of 8 KB."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        events = hop.handed.monthly_messages
        total += events * chunks(hop, DISCOVERY_CHUNK)
        words.append(f"{hop.source}: {chunks_text(hop, events, DISCOVERY_CHUNK)}")
    yield Usage("discovered_events", DISCOVERED.name, total, "; ".join(words))


def check_discoverer(
    traffic: Traffic[DiscovererSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """One bus."""
    yield from several_buses(traffic, "a discoverer")


def _keeps(traffic: Traffic[ArchiveSettings], _hop: Hop | None, best: Promise) -> Promise:
    """What is archived is replayed as long as it is kept."""
    days = traffic.settings.retention_days
    return replace(best, replay=Fraction(days * SECONDS_PER_DAY) if days else None)


def _archive_summary(settings: ArchiveSettings) -> str:
    days = settings.retention_days
    return f"EventBridge archive {grouped(days)} d" if days else "EventBridge archive"


ARCHIVE = Service(
    type="events.archive",
    resource_type="AWS::Events::Archive",
    name="Amazon EventBridge archive",
    settings=ArchiveSettings,
    icon=lambda _: "aws/integration/eventbridge-event.png",
    summary=_archive_summary,
    emission="copy",
    price_file=PRICE_FILE,
    passes_on=nothing_by_itself,
    pushes_to=("events.event_bus",),
    usage=archive_usage,
    check=check_archive,
    shared_check=shared_check,
    meters=(ARCHIVE_PROCESSING, ARCHIVE_STORAGE, KMS_REQUESTS),
    usage_keys=("archived_gb", "archive_gb_months", "kms_requests"),
    free_tiers=(KMS_FREE_TIER,),
    limits=(REPLAYS,),
    keeps=_keeps,
    semantics=(
        Semantics(
            variant="archive",
            ordering="none; a replay goes minute by minute",
            delivery="at least once",
            replay="yes, of any span kept, to the bus it archives",
            retention="a number of days, or without end by default",
            consumers="the rules of its bus",
            dead_letter="none",
            source=REPLAYS.source,
            as_of="2026-06-29",
            promise=Promise("none", replay=None),
        ),
    ),
)

DISCOVERER = Service(
    type="eventschemas.discoverer",
    resource_type="AWS::EventSchemas::Discoverer",
    name="Amazon EventBridge schema discoverer",
    settings=DiscovererSettings,
    icon=lambda _: "aws/integration/eventbridge-schema.png",
    summary=lambda _: "Schema discoverer",
    emission="copy",
    price_file=PRICE_FILE,
    passes_on=nothing_by_itself,
    usage=discoverer_usage,
    check=check_discoverer,
    meters=(DISCOVERED,),
    usage_keys=("discovered_events",),
    limits=(SCHEMA_LEVELS,),
    semantics=(
        Semantics(
            variant="schema discovery",
            ordering="none",
            delivery="at least once",
            replay="no",
            retention="schemas, not events",
            consumers="the schema registry",
            dead_letter="none",
            source=SCHEMA_LEVELS.source,
            as_of="2026-09-24",
        ),
    ),
)

SERVICES = {ARCHIVE.type: ARCHIVE, DISCOVERER.type: DISCOVERER}
