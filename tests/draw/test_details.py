"""The one setting that stands beside a service in a picture, where the author stated it."""

from __future__ import annotations

import pytest
from support import priced

from archcode.render import picture
from archcode.services import find

FIREHOSE = "{type: kinesisfirehose.delivery_stream"
HINTS = "buffering_hints: {size_in_mbs: 64, interval_in_seconds: 90}"
DETAILS = [
    ("{type: sqs.queue}", ""),
    ("{type: sqs.queue, visibility_timeout: 30}", "visibility 30 s"),
    ("{type: sqs.queue, visibility_timeout: 3 min, delay_seconds: 10}", "visibility 3 min"),
    ("{type: sqs.queue, visibility_timeout: 0, message_retention_period: 1 d}", "visibility 0 s"),
    ("{type: sqs.queue, message_retention_period: 14 d}", "kept 14 d"),
    ("{type: sqs.queue, delay_seconds: 2 min}", "delay 2 min"),
    ("{type: sns.topic}", ""),
    (
        "{type: sns.topic, fifo_topic: true, archive_policy: {message_retention_period: 30 d}}",
        "archive 30 d",
    ),
    ("{type: events.rule}", ""),
    ("{type: events.rule, schedule_expression: rate(5 minutes)}", "rate(5 minutes)"),
    ("{type: events.rule, retry_policy: {maximum_retry_attempts: 3}}", "3 retries"),
    ("{type: events.rule, retry_policy: {maximum_retry_attempts: 1}}", "1 retry"),
    ("{type: events.rule, retry_policy: {maximum_event_age_in_seconds: 1 h}}", ""),
    ("{type: apigateway.rest_api}", ""),
    ("{type: apigateway.rest_api, timeout_in_millis: 5 s}", "timeout 5 s"),
    ("{type: apigatewayv2.api, protocol_type: HTTP}", ""),
    ("{type: apigatewayv2.api, protocol_type: HTTP, timeout_in_millis: 2500}", "timeout 2.5 s"),
    (f"{FIREHOSE}}}", ""),
    (f"{FIREHOSE}, {HINTS}}}", "buffer 64 MB, 90 s"),
    ("{type: dynamodb.table}", ""),
    (
        (
            "{type: dynamodb.table, provisioned_throughput:"
            " {read_capacity_units: 1000, write_capacity_units: 10}}"
        ),
        "1,000 RCU, 10 WCU",
    ),
    ("{type: pipes.pipe}", ""),
    ("{type: pipes.pipe, invocation_type: FIRE_AND_FORGET}", "fire and forget"),
    ("{type: partner}", ""),
    ("{type: partner, rate_limit: 50/s, concurrency_limit: 20}", "at most 50/s"),
    ("{type: server, concurrency_limit: 2000}", "2,000 at a time"),
    ("{type: broker}", ""),
    ("{type: broker, maximum_rate: 5000/s}", "at most 5,000/s"),
    ("{type: lambda.function, duration: 1 s, timeout: 10}", ""),
]


@pytest.mark.parametrize(("component", "detail"), DETAILS)
def test_a_picture_tells_what_was_stated(component, detail):
    result = priced(f"a: {component}")
    (box,) = picture.render(result).boxes
    stated = result.topology.spec.components["a"]

    assert find(stated.type).detail(stated.settings) == detail
    assert ", ".join(box.lines).endswith(detail)
    assert detail in box.tooltip


def test_a_short_setting_stands_beside_the_service_and_a_long_one_under_it():
    short = "a: {type: sqs.queue, visibility_timeout: 3 min}"
    long = (
        "a: {type: sns.topic, fifo_topic: true, archive_policy: {message_retention_period: 30 d}}"
    )
    longest = "a: {type: events.rule, schedule_expression: 'cron(0/15 8-17 ? * MON-FRI *)'}"

    assert picture.render(priced(short)).boxes[0].lines == ("SQS standard, visibility 3 min",)
    assert picture.render(priced(long)).boxes[0].lines == ("SNS FIFO, archive 30 d",)
    assert picture.render(priced(longest)).boxes[0].lines == (
        "EventBridge scheduled rule",
        "cron(0/15 8-17 ? * MON-FRI *)",
    )
