"""The readers of a data stream, and the shards that its peak needs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from archcode.model import ZERO, Capacity, Finding, Limit, LimitLoad, Severity, Verdict
from archcode.rationals import largest, told
from archcode.services import _kinesis_limits as limits
from archcode.services._service import against, headroom
from archcode.units import MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archcode.traffic import Hop, Traffic


def readers_of(traffic: Traffic[Any], *, fan_out: bool) -> list[Hop]:
    """Consumers with a throughput of their own, or those that share it."""
    flows = (hop for hop in traffic.outflows if hop.kind == "flow")
    return [hop for hop in flows if bool(hop.options.enhanced_fan_out) is fan_out]


def peak_bytes(traffic: Traffic[Any]) -> Fraction:
    """Bytes/s written at the peak, every producer at its own mean size."""
    return sum((hop.delivered.peak_bytes_per_second for hop in traffic.inflows), ZERO)


def mean_bytes(traffic: Traffic[Any]) -> Fraction:
    """Bytes/s written in the mean."""
    return sum((hop.handed.bytes_per_second for hop in traffic.inflows), ZERO)


class Need(Struct, frozen=True):
    """A load on the shards, and the limit of one of them, in so many bytes where it is in MB."""

    of: Limit
    unit: int
    load: Fraction
    words: Callable[[Fraction], str]
    limit_words: str
    by: str = ""

    @property
    def limit(self) -> Fraction:
        """What one shard takes, in the unit of the load."""
        return Fraction(self.of.value) * self.unit

    @property
    def shards(self) -> int:
        """Shards that carry the load."""
        return ceil(self.load / self.limit)

    @property
    def text(self) -> str:
        """The load and what a shard takes of it."""
        return f"{self.words(self.load)}{self.by} over {self.limit_words}"


def _records_text(rate: Fraction) -> str:
    return f"{grouped(rate)} records/s"


def _bytes_text(rate: Fraction) -> str:
    return f"{bytes_text(rate)}/s"


def needs_of(traffic: Traffic[Any]) -> tuple[Need, ...]:
    """The three loads that shards are counted by, at the peak; the one that binds comes first."""
    peak, readers = peak_bytes(traffic), len(readers_of(traffic, fan_out=False))
    records = traffic.received.peak_messages_per_second
    by = f" read by {readers} shared reader{'s' if readers > 1 else ''}"
    needs = [
        Need(limits.SHARD_RECORDS, 1, records, _records_text, "1,000"),
        Need(limits.SHARD_BYTES, MIB, peak, _bytes_text, "1 MB/s"),
    ]
    if readers:
        needs.append(Need(limits.SHARD_READS, MIB, peak * readers, _bytes_text, "2 MB/s", by))
    return tuple(sorted(needs, key=lambda need: -told(need.shards)))


def shards_text(number: int) -> str:
    """A number of shards, for a reader."""
    return "1 shard" if told(number) == 1 else f"{grouped(number)} shards"


def shard_loads(traffic: Traffic[Any], shards: Capacity) -> Iterator[LimitLoad]:
    """What each shard bears of the loads that shards are counted by; the first one binds."""
    number = shards.provided
    told = _too_few(traffic, shards) if shards.required > number else None
    for need in needs_of(traffic):
        each = need.load / number
        words = f"each of {shards_text(number)} takes {need.words(each)} at peak"
        found = against(traffic, need.of, each / need.unit, words, about="shards")
        yield replace(found, rule="too_few_shards", told=told)


def _too_few(traffic: Traffic[Any], shards: Capacity) -> Finding:
    """The load that binds, what the configured shards take of it, and the headroom left."""
    binding = needs_of(traffic)[0]
    taken = binding.limit * shards.provided
    message = (
        f"{shards.formula}; {shards_text(shards.provided)} take {binding.words(taken)},"
        f" {headroom(binding.load, taken)}"
    )
    hint = f"set shard_count: {shards.required}, or leave it out"
    where = f"{traffic.name}.shard_count"
    return Finding("too_few_shards", Severity.ERROR, where, message, hint)


def crowded_shards(traffic: Traffic[Any], shards: int) -> Iterator[Verdict]:
    """AWS's quota page alone says that a shard's shared readers get 2,000 records/s."""
    readers = len(readers_of(traffic, fan_out=False))
    if readers:
        rate = readers * traffic.received.peak_messages_per_second / shards
        load = f"{readers} shared readers take {grouped(rate)} records/s of every shard at peak"
        hint = "set enhanced_fan_out: true on some, or watch ReadProvisionedThroughputExceeded"
        yield against(traffic, limits.SHARD_READ_RECORDS, rate, load, hint)


def on_demand_shards(traffic: Traffic[Any]) -> int:
    """Shards that AWS keeps for a stream on demand: those of a new one, or of twice the peak.

    https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html
    """
    records = traffic.received.peak_messages_per_second / limits.SHARD_RECORDS.value
    volume = peak_bytes(traffic) / MIB / limits.SHARD_BYTES.value
    new = Fraction(limits.NEW_STREAM_WRITES.value) / limits.SHARD_BYTES.value
    return largest(ceil(new), ceil(2 * largest(records, volume)))


def mapping_load(hop: Hop, shards: int, *, on_demand: bool = False) -> Iterator[Verdict]:
    """Records/s of a mapping: shards x parallelization factor x batch / duration."""
    seconds = hop.target_settings.processing_seconds()
    if seconds is None or hop.target_type != "lambda.function":
        return
    takes = shards * (hop.options.parallelization_factor or 1) * hop.batch / seconds
    peak = hop.delivered.peak_messages_per_second
    told = None
    if peak > takes:
        told = _too_slow(hop, takes, shards, seconds, on_demand=on_demand)
    yield LimitLoad(
        "mapping_too_slow",
        told.severity if told else Severity.WARNING,
        hop.target,
        hop.where,
        "mapping_throughput",
        peak,
        takes,
        "records/s",
        f"{hop.target} gets {grouped(peak)} records/s at peak",
        scope=f"per mapping of {shards_text(shards)}",
        told=told,
    )


def _too_slow(
    hop: Hop, takes: Fraction, shards: int, seconds: Fraction, *, on_demand: bool
) -> Finding:
    """The shards of a stream on demand are AWS's to count, so that a finding is a warning."""
    counted = f"about {shards_text(shards)}" if on_demand else shards_text(shards)
    message = (
        f"{hop.target} takes {grouped(takes)} records/s ({counted} × parallelization"
        f" factor {hop.options.parallelization_factor or 1} × batch {grouped(hop.batch)}"
        f" ÷ {grouped(seconds, 6)} s), below"
        f" {grouped(hop.delivered.peak_messages_per_second)}/s at peak"
    )
    lasting = hop.delivered.messages_per_second > takes and not on_demand
    severity = Severity.ERROR if lasting else Severity.WARNING
    hint = _faster(hop, shards, seconds, on_demand=on_demand)
    return Finding("mapping_too_slow", severity, hop.where, message, hint)


def _faster(hop: Hop, shards: int, seconds: Fraction, *, on_demand: bool) -> str:
    """The parallelization factor that keeps up, or the shards where even the largest does not."""
    work = hop.delivered.peak_messages_per_second * seconds / hop.batch
    needed, most = ceil(work / shards), limits.PARALLELIZATION.value
    if needed <= most:
        return f"set parallelization_factor: {needed}"
    more = "" if on_demand else f"{ceil(work / most)} shards, "
    return (
        f"needs a parallelization factor of {needed}, above {most}: use {more}larger batches or a"
        " shorter duration"
    )


def on_demand_throughput(traffic: Traffic[Any]) -> Iterator[Verdict]:
    """MB/s at the peak against the quotas of the region, and against those of a new stream."""
    peak, readers = peak_bytes(traffic) / MIB, len(readers_of(traffic, fan_out=False))
    words, hint = (
        f"{grouped(peak)} MB/s written at peak",
        "request a higher quota, or split the stream",
    )
    yield against(traffic, limits.ON_DEMAND_WRITES, peak, words, hint, "writes")
    grow = "let traffic grow step by step, or warm the stream with on-demand advantage"
    yield against(traffic, limits.NEW_STREAM_WRITES, peak, words, grow, "writes")
    if readers:
        words = f"{grouped(peak * readers)} MB/s read by {readers} shared readers at peak"
        yield against(traffic, limits.ON_DEMAND_READS, peak * readers, words, hint)
