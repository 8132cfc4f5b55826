"""Records that fail every time, and what they keep a stream from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._dynamodb_limits import STREAM_SECONDS
from archcode.services._dynamodb_settings import DynamoDbSettings
from archcode.services._kinesis_settings import KinesisSettings
from archcode.services.lambda_ import LambdaSettings
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.flow import FlowSettings
    from archcode.traffic import Hop

RETRIES = 3
"""Tries after the first that we propose where something takes what is given up."""


def _read(estimate: Estimate) -> Iterator[Hop]:
    """Flows from streams that AWS polls, for functions and pipes."""
    for hop in estimate.topology.hops:
        polled = hop.target_settings.managed_poller and hop.kind == "flow"
        if _stream_hours(hop) and polled and hop.handed.messages_per_second:
            yield hop


def _stream_hours(hop: Hop) -> int:
    """How long the stream that a flow comes from keeps a record; 0 where it is none."""
    source = hop.source_settings
    if isinstance(source, KinesisSettings):
        return source.retention_period_hours
    table = isinstance(source, DynamoDbSettings) and source.stream_specification is not None
    return STREAM_SECONDS // 3600 if table else 0


def _gives_up(options: FlowSettings) -> bool:
    """Whether a record is given up before it expires; both settings are -1 by default."""
    tries, age = options.maximum_retry_attempts, options.maximum_record_age_in_seconds
    return (tries is not None and tries >= 0) or (age is not None and age >= 0)


@rule(
    Severity.WARNING,
    offending="- clicks -> sessions: {batch: 100}",
    clean="- clicks -> sessions: {batch: 100, maximum_retry_attempts: 3,"
    " bisect_batch_on_function_error: true}",
    fixable=True,
)
def poison_record_blocks_shard(estimate: Estimate) -> Iterator[Finding]:
    """One record that always fails holds up everything behind it in its shard until it expires.

    Both maximum_retry_attempts and maximum_record_age_in_seconds are -1 by default: a mapping or a
    pipe tries for ever, and its on_failure never gets anything.

    https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
    https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
    """
    for hop in _read(estimate):
        if _gives_up(hop.options):
            continue
        message = (
            "is -1: a record that fails is tried until it expires after"
            f" {grouped(_stream_hours(hop))} h, and its shard waits for it"
        )
        yield Finding(
            "poison_record_blocks_shard",
            Severity.WARNING,
            f"{hop.where}.maximum_retry_attempts",
            message,
            _bounded(hop),
            remedy=RETRIES if hop.options.on_failure else None,
        )


def _bounded(hop: Hop) -> str:
    """What a flow does not say yet to give a record up, and to keep it."""
    settings, options = [f"maximum_retry_attempts: {RETRIES}"], hop.options
    alone = options.bisect_batch_on_function_error or options.function_response_types
    if isinstance(hop.target_settings, LambdaSettings) and hop.batch > 1 and not alone:
        settings.append("bisect_batch_on_function_error: true")
    if not options.on_failure:
        settings.append("on_failure: NAME, a queue or a topic")
    return f"say {' and '.join(settings)}"


@rule(
    Severity.WARNING,
    offending="- clicks -> sessions: {batch: 2, maximum_retry_attempts: 3}",
    clean="- clicks -> sessions: {batch: 1, maximum_retry_attempts: 3}",
    fixable=True,
)
def whole_batch_given_up(estimate: Estimate) -> Iterator[Finding]:
    """One bad record takes the good ones of its batch with it, first into retries, then away.

    A batch that is halved ends with the bad record alone, and halving does not count as a try.

    https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
    https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
    """
    for hop in _read(estimate):
        options = hop.options
        alone = options.bisect_batch_on_function_error or options.function_response_types
        function = isinstance(hop.target_settings, LambdaSettings)
        if not function or alone or hop.batch <= 1 or not _gives_up(options):
            continue
        tries, age = options.maximum_retry_attempts, options.maximum_record_age_in_seconds
        bound = f"{age} s"
        if tries is not None and tries >= 0:
            bound = "1 try" if tries == 0 else f"{grouped(tries + 1)} tries"
        message = (
            f"is false: one bad record fails its batch, and after {bound} all"
            f" {grouped(hop.batch)} are given up"
        )
        yield Finding(
            "whole_batch_given_up",
            Severity.WARNING,
            f"{hop.where}.bisect_batch_on_function_error",
            message,
            "set bisect_batch_on_function_error: true, or return the failed items with"
            " function_response_types: [ReportBatchItemFailures]",
            remedy=True,
        )


RULES = (
    poison_record_blocks_shard,
    whole_batch_given_up,
)
