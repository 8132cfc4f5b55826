"""Keys of streams and of Kafka's topics: too few of them, or one that is too busy."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.model import Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services._kinesis_limits import SHARD_BYTES, SHARD_RECORDS
from archcode.services._kinesis_settings import KinesisSettings
from archcode.services._kinesis_shards import peak_bytes
from archcode.services._partition_keys import KeyedSettings
from archcode.units import MIB, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Traffic

KEYS_PER_SHARD = 10
"""Distinct keys of each shard or partition that we take as few."""


def _keyed(estimate: Estimate) -> Iterator[tuple[Traffic[Any], KeyedSettings, Fraction]]:
    """Streams and clusters whose author says how busy the busiest key is."""
    for traffic in estimate.topology.traffic.values():
        settings = traffic.settings
        if not isinstance(settings, KeyedSettings) or settings.busiest_key is None:
            continue
        if not isinstance(settings, KinesisSettings) or settings.keys_decide:
            yield traffic, settings, settings.busiest_key


@rule(
    Severity.ERROR,
    offending="clicks: {type: kinesis.stream, hottest_key_share: 21%}",
    clean="clicks: {type: kinesis.stream, hottest_key_share: 20%}",
)
def hot_shard(estimate: Estimate) -> Iterator[LimitLoad]:
    """All records of a key go to one shard, whose producers are throttled while others idle.

    A shard takes 1,000 records/s and 1 MB/s whatever their number, and in either mode.

    https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
    https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html
    """
    for traffic, settings, share in _keyed(estimate):
        if not isinstance(settings, KinesisSettings):
            continue
        records = share * traffic.received.peak_messages_per_second
        volume = share * peak_bytes(traffic) / MIB
        for limit, load, unit in (
            (SHARD_RECORDS, records, "records/s"),
            (SHARD_BYTES, volume, "MB/s"),
        ):
            yield LimitLoad(
                "hot_shard",
                Severity.ERROR,
                traffic.name,
                f"{traffic.name}.{settings.keys_setting}",
                limit.name,
                load,
                Fraction(limit.value),
                limit.unit,
                f"{settings.busiest_key_text}, {grouped(load)} {unit} at peak",
                scope=limit.scope,
                hint=f"more shards do not help: split the key into {ceil(load / limit.value)} or"
                " more, such as by a suffix",
                about="the busiest key",
            )


@rule(
    Severity.ERROR,
    offending="- clicks -> sessions: {batch: 100}",
    clean="- clicks -> sessions: {batch: 200}",
)
def hot_key_outruns_function(estimate: Estimate) -> Iterator[LimitLoad]:
    """A function works on one batch of a key at a time, so a busy key falls behind for ever.

    A parallelization factor spreads keys over executions, and leaves each key in its order. What
    a filter leaves of the busiest key is not known.

    https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
    https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
    """
    for traffic, settings, share in _keyed(estimate):
        for hop in traffic.outflows:
            seconds = hop.target_settings.processing_seconds()
            by_function = hop.target_type == "lambda.function" and hop.options.filter is None
            if seconds is None or not by_function:
                continue
            takes = hop.batch / seconds
            load = share * hop.delivered.peak_messages_per_second
            lasting = share * hop.delivered.messages_per_second > takes
            yield LimitLoad(
                "hot_key_outruns_function",
                Severity.ERROR if lasting else Severity.WARNING,
                hop.target,
                hop.where,
                "batches_of_one_key",
                load,
                takes,
                "records/s",
                f"{settings.busiest_key_text}, {grouped(load)}/s at peak",
                scope="of one key",
                bound=f", and {hop.target} takes {grouped(takes)}/s of one key (batch"
                f" {grouped(hop.batch)} ÷ {grouped(seconds, 6)} s)",
                hint="use larger batches or a shorter duration, or split the key",
                about=f"the busiest key of {traffic.name}",
            )


@rule(
    Severity.WARNING,
    offending="clicks: {type: kinesis.stream, shard_count: 4, partition_keys: 3}",
    clean="clicks: {type: kinesis.stream, shard_count: 4, partition_keys: 40}",
)
def too_few_partition_keys(estimate: Estimate) -> Iterator[Finding]:
    """Keys are hashed, so a few of them leave shards idle while others are throttled.

    AWS wants many more keys than shards and names no number: ten of each shard or partition is a
    rule of thumb of ours.

    https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html
    """
    for traffic, settings, _ in _keyed(estimate):
        keys, sizes = settings.partition_keys, estimate.capacity[traffic.name]
        for size in sizes:
            if keys is None or size.name not in {"partitions", "shards"} or size.provided == 1:
                continue
            if keys < KEYS_PER_SHARD * size.provided:
                where = f"{traffic.name}.partition_keys"
                message = _spread(keys, size.provided, size.name)
                hint = "take a key with more values, such as the order instead of the country"
                name = "too_few_partition_keys"
                yield Finding(name, Severity.WARNING, where, message, hint)


def _spread(keys: int, number: int, noun: str) -> str:
    """What so many keys leave idle, and what the busiest shard has at least."""
    count = "1 key reaches 1" if keys == 1 else f"{grouped(keys)} keys reach {grouped(keys)}"
    if keys < number:
        return f"{count} of {grouped(number)} {noun} at most, and the others stay idle"
    most = ceil(Fraction(keys, number))
    return (
        f"{grouped(keys)} keys over {grouped(number)} {noun} are below"
        f" {grouped(KEYS_PER_SHARD)} of each: chance decides, and the busiest has {grouped(most)}"
        f" or more of them, {grouped(Fraction(100 * most, keys))}% of the records at least"
    )


RULES = (
    hot_key_outruns_function,
    hot_shard,
    too_few_partition_keys,
)
