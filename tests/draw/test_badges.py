"""Which components wear which signs."""

from __future__ import annotations

import pytest
from support import priced

from archcode.render import picture

KEY = "kms_master_key_id: alias/orders"
BADGES = [
    ("{type: sqs.queue}", ()),
    ("{type: sqs.queue, fifo_queue: true}", ("fifo",)),
    (f"{{type: sqs.queue, {KEY}}}", ("encrypted",)),
    (f"{{type: sqs.queue, fifo_queue: true, {KEY}}}", ("fifo", "encrypted")),
    ("{type: sns.topic}", ()),
    ("{type: sns.topic, fifo_topic: true}", ("fifo",)),
    (f"{{type: sns.topic, fifo_topic: true, {KEY}}}", ("fifo", "encrypted")),
    ("{type: s3.bucket}", ()),
    ("{type: s3.bucket, bucket_encryption: {sse_algorithm: AES256}}", ()),
    ('{type: s3.bucket, bucket_encryption: {sse_algorithm: "aws:kms"}}', ("encrypted",)),
    ("{type: dynamodb.table}", ()),
    ("{type: dynamodb.table, sse_specification: {sse_enabled: false}}", ()),
    ("{type: dynamodb.table, sse_specification: {sse_enabled: true}}", ("encrypted",)),
    ("{type: kinesis.stream}", ()),
    (
        "{type: kinesis.stream, stream_encryption: {encryption_type: KMS, key_id: k}}",
        ("encrypted",),
    ),
    ("{type: events.event_bus, kms_key_identifier: k}", ("encrypted",)),
    ("{type: events.archive, retention_days: 1, kms_key_identifier: k}", ("encrypted",)),
    ("{type: pipes.pipe, kms_key_identifier: k}", ("encrypted",)),
    ("{type: scheduler.schedule, kms_key_arn: k}", ("encrypted",)),
    (
        (
            "{type: kinesisfirehose.delivery_stream,"
            " delivery_stream_encryption_configuration_input: {key_type: AWS_OWNED_CMK}}"
        ),
        (),
    ),
    (
        (
            "{type: kinesisfirehose.delivery_stream,"
            " delivery_stream_encryption_configuration_input:"
            " {key_type: CUSTOMER_MANAGED_CMK, key_arn: k}}"
        ),
        ("encrypted",),
    ),
    (
        "{type: stepfunctions.state_machine, encryption_configuration: {type: AWS_OWNED_KEY}}",
        (),
    ),
    (
        (
            "{type: stepfunctions.state_machine, encryption_configuration:"
            " {type: CUSTOMER_MANAGED_KMS_KEY, kms_key_id: k}}"
        ),
        ("encrypted",),
    ),
    ("{type: lambda.function, duration: 1 s}", ()),
    ("{type: client}", ()),
]


@pytest.mark.parametrize(("component", "badges"), BADGES)
def test_a_component_wears_its_badges(component, badges):
    (box,) = picture.render(priced(f"a: {component}")).boxes

    assert box.badges == badges
