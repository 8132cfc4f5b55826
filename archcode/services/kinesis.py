"""Amazon Kinesis data streams: https://aws.amazon.com/kinesis/data-streams/pricing/.

A provisioned stream pays for its shards by the hour and for every 25 KB of a record; an on-demand
stream for GB written, each record rounded up to 1 KB, and for GB read. Shards are sized for the
peak, with records spread evenly over them; every flow out is a reader of the whole stream, also
where its filter lets little through.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import ONE, ZERO, Capacity, Finding, LimitLoad, Severity, Usage, Verdict
from archcode.rationals import largest, rational
from archcode.services import _kinesis_limits as limits
from archcode.services import _kinesis_promises as promises
from archcode.services._kinesis_meters import METERS
from archcode.services._kinesis_settings import INCLUDED_HOURS, KinesisSettings
from archcode.services._kinesis_shards import (
    crowded_shards,
    mapping_load,
    mean_bytes,
    needs_of,
    on_demand_shards,
    on_demand_throughput,
    readers_of,
    shard_loads,
    shards_text,
)
from archcode.services._mapping import STREAM_KEYS, deliveries
from archcode.services._service import Service, against, one_flow
from archcode.services._shared_meters import CUSTOM_METRICS, KMS_FREE_TIER, KMS_REQUESTS
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, KIB, MIB, SECONDS_PER_HOUR, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

PAYLOAD_UNIT = 25 * KIB
EXTENDED_HOURS = int(limits.EXTENDED_RETENTION.value)
POLLS_PER_SECOND = 1
"""Of one shared reader on each shard, as Lambda's pollers and the client library read:
https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html."""


def capacity(traffic: Traffic[KinesisSettings]) -> Iterator[Capacity]:
    """Shards of a provisioned stream; an on-demand stream counts its own."""
    if traffic.settings.on_demand:
        return
    needs = needs_of(traffic)
    binding, *others = needs
    required = largest(1, *(need.shards for need in needs))
    formula = f"needs {shards_text(required)}: {binding.text} per shard"
    if others:
        formula += "; " + ", ".join(f"{need.text} needs {need.shards}" for need in others)
    yield Capacity("shards", required, traffic.settings.shard_count, formula)


def usage(traffic: Traffic[KinesisSettings], capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """What one stream is charged for, in its mode."""
    if traffic.settings.on_demand:
        yield from _on_demand(traffic)
    else:
        yield from _provisioned(traffic, capacity[0].provided)
    yield from _metrics(traffic.settings, capacity)
    if traffic.settings.stream_encryption:
        # A request every five minutes or so and one for each new credential of a client:
        # https://docs.aws.amazon.com/streams/latest/dev/costs-performance.html
        reason = "usage.kms_requests, which grow with the credentials of clients"
        yield Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def _metrics(settings: KinesisSettings, capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """CloudWatch metrics of every shard; AWS counts the shards of an on-demand stream.

    https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
    """
    each = settings.metrics_per_shard
    if not each:
        return
    key, meter = "custom_metrics", CUSTOM_METRICS.name
    if settings.on_demand:
        reason = f"usage.{key}, {each} for each shard that AWS makes"
        yield Usage(key, meter, None, "", reason)
        return
    shards = capacity[0].provided
    words = f"{each} metric{'' if each == 1 else 's'} × {shards_text(shards)}"
    yield Usage(key, meter, rational(each * shards), words)


def _provisioned(traffic: Traffic[KinesisSettings], shards: int) -> Iterator[Usage]:
    """Shard-hours, PUT payload units, retention, and enhanced fan-out."""
    hours, kept = traffic.hours_per_month, traffic.settings.retention_period_hours
    shard_hours, words = shards * hours, f"{shards_text(shards)} × {grouped(hours)} h"
    yield Usage("shard_hours", "provisioned_shard_hour", shard_hours, words)
    yield _payload_units(traffic)
    if kept > INCLUDED_HOURS:
        meter = "provisioned_extended_retention_shard_hour_24h_to_7d"
        text = f"{words}, kept longer than {INCLUDED_HOURS} h"
        yield Usage("extended_retention_shard_hours", meter, shard_hours, text)
    if kept > EXTENDED_HOURS:
        meter = "provisioned_long_term_retention_storage_7d_plus"
        yield _stored(traffic, "long_term_gb_months", meter, kept - EXTENDED_HOURS)
    readers = len(readers_of(traffic, fan_out=True))
    if readers:
        meter = "provisioned_efo_consumer_shard_hour"
        text = f"{_consumers_text(readers)} × {words}"
        yield Usage("efo_consumer_shard_hours", meter, readers * shard_hours, text)
        yield _read(traffic, "efo_gb", "provisioned_efo_data_retrieval", readers)


def _consumers_text(number: int) -> str:
    return "1 consumer" if number == 1 else f"{number} consumers"


def _payload_units(traffic: Traffic[KinesisSettings]) -> Usage:
    """Every record counts in units of 25 KB, at its mean size."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        size, messages = hop.handed.message_size_bytes, hop.handed.monthly_messages
        units = largest(1, ceil(size / PAYLOAD_UNIT))
        total += messages * units
        words.append(f"{hop.source}: {grouped(messages)} records of {bytes_text(size)} × {units}")
    meter = "provisioned_put_payload_unit_25kb"
    return Usage("put_payload_units", meter, total, "; ".join(words))


def _on_demand(traffic: Traffic[KinesisSettings]) -> Iterator[Usage]:
    """Stream-hours, GB written and read, and retention."""
    settings, kept = traffic.settings, traffic.settings.retention_period_hours
    mode = "ondemand_advantage" if settings.advantage else "ondemand_standard"
    if not settings.advantage:
        hours = traffic.hours_per_month
        yield Usage("stream_hours", f"{mode}_stream_hour", hours, f"1 stream × {grouped(hours)} h")
    written, words = _written(traffic)
    yield Usage("ingested_gb", f"{mode}_data_ingested", written, words)
    shared, own = readers_of(traffic, fan_out=False), readers_of(traffic, fan_out=True)
    if shared:
        yield _read(traffic, "retrieved_gb", f"{mode}_data_retrieval", len(shared))
    if own:
        yield _read(traffic, "efo_gb", f"{mode}_efo_data_retrieval", len(own))
    if kept > INCLUDED_HOURS:
        meter, beyond = f"{mode}_extended_retention_24h_to_7d", min(kept, EXTENDED_HOURS)
        yield _stored(traffic, "extended_gb_months", meter, beyond - INCLUDED_HOURS)
    if kept > EXTENDED_HOURS:
        meter = f"{mode}_long_term_retention_7d_plus"
        yield _stored(traffic, "long_term_gb_months", meter, kept - EXTENDED_HOURS)


def _written(traffic: Traffic[KinesisSettings]) -> tuple[Fraction, str]:
    """GB of a month, each record rounded up to 1 KB, and its arithmetic."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        size, messages = hop.handed.message_size_bytes, hop.handed.monthly_messages
        kib = largest(1, ceil(size / KIB))
        total += messages * kib * KIB / GIB
        words.append(f"{hop.source}: {grouped(messages)} records × {kib} KB")
    return total, "; ".join(words)


def _read_gb(traffic: Traffic[KinesisSettings], readers: int) -> Fraction:
    return readers * mean_bytes(traffic) * traffic.seconds / GIB


def _read(traffic: Traffic[KinesisSettings], key: str, meter: str, readers: int) -> Usage:
    """GB that a number of readers take in a month."""
    rate, seconds = bytes_text(mean_bytes(traffic)), grouped(traffic.seconds)
    words = f"{_consumers_text(readers)} × {rate}/s × {seconds} s"
    return Usage(key, meter, _read_gb(traffic, readers), words)


def _stored(traffic: Traffic[KinesisSettings], key: str, meter: str, hours: int) -> Usage:
    """GB kept all month beyond a boundary, once the stream has run that long."""
    rate = mean_bytes(traffic)
    words = f"{bytes_text(rate)}/s × {grouped(hours)} h kept"
    return Usage(key, meter, rate * hours * SECONDS_PER_HOUR / GIB, words)


def shared_usage(streams: tuple[Traffic[KinesisSettings], ...]) -> Iterator[Usage]:
    """What on-demand advantage bills above the use of all streams together, in the month's mean.

    Both shared and enhanced fan-out reads count as retrieval.
    """
    committed = [stream for stream in streams if stream.settings.advantage]
    if not committed:
        return
    seconds = committed[0].seconds
    least = limits.COMMITMENT.value * MIB * seconds / GIB
    written = sum((_written(stream)[0] for stream in committed), ZERO)
    read = sum((_read_gb(s, sum(h.kind == "flow" for h in s.outflows)) for s in committed), ZERO)
    for what, used in (("ingestion", written), ("retrieval", read)):
        words = (
            f"25 MB/s × {grouped(seconds)} s = {grouped(least)} GB"
            f" − {grouped(used)} GB used, at least 0"
        )
        meter = f"ondemand_advantage_data_{what}_shortfall"
        yield Usage(f"{what}_shortfall_gb", meter, largest(least - used, ZERO), words)


def check(traffic: Traffic[KinesisSettings], capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Record sizes, shards, readers, and the speed of Lambda's mappings."""
    for hop in traffic.inflows:
        yield from _records(traffic, hop)
    yield from _consumers(traffic)
    if traffic.settings.on_demand:
        yield from on_demand_throughput(traffic)
        for hop in traffic.outflows:
            yield from mapping_load(hop, on_demand_shards(traffic), on_demand=True)
        return
    shards = capacity[0]
    yield from shard_loads(traffic, shards)
    yield from crowded_shards(traffic, shards.provided)
    for hop in traffic.outflows:
        yield from mapping_load(hop, shards.provided)


def _records(traffic: Traffic[KinesisSettings], hop: Hop) -> Iterator[Verdict]:
    """One record, and those of one call together."""
    yield _record(traffic, hop)
    words = f"{hop.source} puts batches of {grouped(hop.batch)} records"
    yield against(traffic, limits.PUT_ENTRIES, hop.batch, words, "say batch: 500", one_flow(hop))
    volume, most = hop.batch_bytes, int(limits.PUT_PAYLOAD.value) * MIB
    words = f"{hop.source} puts {grouped(hop.batch)} records, {bytes_text(volume)}, at a time"
    hint = f"say batch: {most // max(hop.handed.message_size_bytes, ONE)}"
    yield against(traffic, limits.PUT_PAYLOAD, volume / MIB, words, hint, one_flow(hop))


def _record(traffic: Traffic[KinesisSettings], hop: Hop) -> LimitLoad:
    size, most = hop.handed.message_size_bytes, traffic.settings.max_record_size_in_kib * KIB
    hint = "keep the payload in Amazon S3 and send its key, or compress it"
    if ceil(size / KIB) <= limits.RECORD_SIZE.value:
        hint = f"set max_record_size_in_kib: {ceil(size / KIB)} or more"
    return LimitLoad(
        "record_too_large",
        Severity.ERROR,
        traffic.name,
        hop.where,
        "record_size",
        size,
        Fraction(most),
        "bytes",
        f"records of {bytes_text(size)}",
        scope="per record",
        bound=f" are larger than {traffic.name} takes ({bytes_text(most)})",
        hint=hint,
        about=one_flow(hop),
    )


def _consumers(traffic: Traffic[KinesisSettings]) -> Iterator[Verdict]:
    """Readers that poll each shard, and readers that it pushes to."""
    shared, own = readers_of(traffic, fan_out=False), readers_of(traffic, fan_out=True)
    if shared:
        calls = len(shared) * POLLS_PER_SECOND
        words = f"{len(shared)} shared readers poll every shard {calls} times/s, once a second each"
        over = int(calls - limits.GET_RECORDS.value)
        hint = f"set enhanced_fan_out: true on {over} or more of them"
        yield against(traffic, limits.GET_RECORDS, calls, words, hint)
    if own:
        advantage = traffic.settings.advantage
        most = limits.ADVANTAGE_FAN_OUT_CONSUMERS if advantage else limits.FAN_OUT_CONSUMERS
        words = f"{len(own)} consumers with enhanced fan-out"
        yield against(
            traffic, most, len(own), words, "fan out behind one consumer, or share readers"
        )


def shared_check(streams: tuple[Traffic[KinesisSettings], ...]) -> Iterator[Verdict]:
    """All streams together against the account's quotas, and one commitment for all."""
    shards = {s.name: need.provided for s in streams for need in capacity(s)}
    if shards:
        total = sum(shards.values())
        largest = next(s for s in streams if shards.get(s.name) == max(shards.values()))
        load = f"all streams together have {grouped(total)} shards"
        yield against(largest, limits.SHARDS, total, load, "request a higher quota")
    on_demand = [stream for stream in streams if stream.settings.on_demand]
    if on_demand:
        load = f"{len(on_demand)} on-demand streams"
        yield against(
            on_demand[0], limits.ON_DEMAND_STREAMS, len(on_demand), load, "request a higher quota"
        )
    if any(stream.settings.advantage for stream in on_demand):
        for stream in on_demand:
            if not stream.settings.advantage:
                where = f"{stream.name}.minimum_throughput_billing_commitment"
                message = "is DISABLED, but another stream enables it, and it holds for the account"
                hint = "set it to ENABLED on all on-demand streams, or on none"
                yield Finding("commitment_of_some_streams", Severity.ERROR, where, message, hint)


def _summary(settings: KinesisSettings) -> str:
    if settings.on_demand:
        return "Kinesis on-demand advantage" if settings.advantage else "Kinesis on-demand"
    count = settings.shard_count
    return f"Kinesis {shards_text(count)}" if count else "Kinesis stream"


KINESIS = Service(
    type="kinesis.stream",
    resource_type="AWS::Kinesis::Stream",
    name="Amazon Kinesis Data Streams",
    settings=KinesisSettings,
    icon=lambda _: "aws/analytics/kinesis-data-streams.png",
    summary=_summary,
    emission="copy",
    price_file="kinesis",
    deliveries=deliveries,
    batches={"lambda.function": 100, "pipes.pipe": 10},
    flow_keys=STREAM_KEYS | {"enhanced_fan_out", "longest_outage"},
    capacity=capacity,
    usage=usage,
    shared_usage=shared_usage,
    check=check,
    shared_check=shared_check,
    meters=(*METERS, CUSTOM_METRICS, KMS_REQUESTS),
    free_tiers=(KMS_FREE_TIER,),
    usage_keys=(
        "shard_hours",
        "put_payload_units",
        "extended_retention_shard_hours",
        "long_term_gb_months",
        "long_term_retrieval_gb",
        "efo_consumer_shard_hours",
        "efo_gb",
        "stream_hours",
        "ingested_gb",
        "retrieved_gb",
        "extended_gb_months",
        "custom_metrics",
        "kms_requests",
    ),
    extra_usage={"long_term_retrieval_gb": "provisioned_long_term_retention_retrieval"},
    limits=limits.LIMITS,
    semantics=promises.SEMANTICS,
    variant=promises.variant,
    keeps=promises.keeps,
    stream=True,
)

SERVICES = {KINESIS.type: KINESIS}
