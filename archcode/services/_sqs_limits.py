"""The limits of Amazon SQS, each with its source and date."""

from __future__ import annotations

from archcode.model import Former, Limit
from archcode.units import MIB

VISIBILITY_TIMEOUT = Limit(
    "visibility_timeout",
    43_200,
    "s",
    "range",
    "per queue",
    "cfn-lint==1.58.0:schemas/AWS::SQS::Queue/VisibilityTimeout",
    "2026-10-20",
    formerly=(Former("30 s at least", "an article of 2026-03-28", "2026-03-28"),),
)
RETENTION = Limit(
    "message_retention_period",
    1_209_600,
    "s",
    "range",
    "per queue, from 60",
    "cfn-lint==1.58.0:schemas/AWS::SQS::Queue/MessageRetentionPeriod",
    "2026-10-20",
)
KEY_REUSE = Limit(
    "kms_data_key_reuse_period_seconds",
    86_400,
    "s",
    "range",
    "per queue, from 60",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
    "2026-07-14",
)
DELAY = Limit(
    "delay_seconds",
    900,
    "s",
    "range",
    "per queue",
    "cfn-lint==1.58.0:schemas/AWS::SQS::Queue/DelaySeconds",
    "2026-10-20",
)
WAIT_TIME = Limit(
    "receive_message_wait_time_seconds",
    20,
    "s",
    "range",
    "per receive",
    "cfn-lint==1.58.0:schemas/AWS::SQS::Queue/ReceiveMessageWaitTimeSeconds",
    "2026-10-20",
)
MESSAGE_SIZE = Limit(
    "maximum_message_size",
    MIB,
    "bytes",
    "range",
    "per message, from 1,024",
    "cfn-lint==1.58.0:schemas/AWS::SQS::Queue/MaximumMessageSize",
    "2026-10-20",
    formerly=(
        Former("256 KB", "an article of 2020-07-06", "2020-07-06"),
        Former(
            "256 KB", "https://docs.aws.amazon.com/general/latest/gr/sqs-service.html", "2025-08-24"
        ),
        Former("256 KB", "an article of 2026-03-28", "2026-03-28"),
    ),
)
BATCH_PAYLOAD = Limit(
    "batch_payload",
    MIB,
    "bytes",
    "hard",
    "per batch request",
    "botocore==1.44.5:data/sqs/service-2.json#SendMessageBatch",
    "2026-11-17",
)
BATCH_ENTRIES = Limit(
    "batch_entries",
    10,
    "messages",
    "hard",
    "per batch request",
    "botocore==1.44.5:data/sqs/service-2.json#TooManyEntriesInBatchRequest",
    "2026-11-17",
)
IN_FLIGHT = Limit(
    "in_flight_messages",
    120_000,
    "messages",
    "adjustable",
    "per queue",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html",
    "2026-08-31",
    formerly=(Former("20,000 on a FIFO queue", "botocore<1.35.91", "2025-01-02"),),
)
FIFO_CALLS = Limit(
    "fifo_throughput",
    300,
    "calls/s",
    "hard",
    "per API action without high throughput",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
    "2026-07-14",
    formerly=(
        Former(
            "3,000 messages/s on a standard queue, which has no such limit",
            "an article of 2025-11-14",
            "2025-11-14",
        ),
    ),
)
HIGH_THROUGHPUT_CALLS = Limit(
    "fifo_high_throughput",
    2400,
    "calls/s",
    "adjustable",
    "per API action with high throughput",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
    "2026-07-14",
    regions={
        **dict.fromkeys(("us-east-1", "us-west-2", "eu-west-1"), 70_000),
        **dict.fromkeys(("us-east-2", "eu-central-1"), 19_000),
        **dict.fromkeys(
            ("ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1"), 9_000
        ),
        **dict.fromkeys(("eu-west-2", "sa-east-1"), 4_500),
    },
    formerly=(
        Former(
            "18,000",
            "https://stackpioneers.com/2023/10/25/amazon-sqs-increased-throughput-quota-for-fifo-high-throughput-mode",
            "2023-10-25",
        ),
        Former(
            "18,000 in us-east-2 and eu-central-1",
            "https://docs.aws.amazon.com/general/latest/gr/sqs-service.html",
            "2026-07-01",
        ),
    ),
)
PARTITION_CALLS = Limit(
    "fifo_partition_throughput",
    300,
    "calls/s",
    "hard",
    "per message group and API action",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html",
    "2026-06-29",
)
RECEIVE_COUNT = Limit(
    "max_receive_count",
    1000,
    "receives",
    "range",
    "per redrive policy, from 1",
    "botocore==1.44.5:data/sqs/service-2.json#CreateQueueRequest.Attributes.RedrivePolicy",
    "2026-11-17",
)
