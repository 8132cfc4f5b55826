"""The limits of Amazon SNS, each with its source and date."""

from __future__ import annotations

from archcode.model import Former, Limit
from archcode.units import KIB, MIB

DEFAULT_MESSAGE_SIZE = 256 * KIB

MESSAGE_SIZE = Limit(
    "maximum_message_size",
    MIB,
    "bytes",
    "range",
    "per message, from 1,024; 262,144 by default",
    "cfn-lint==1.58.0:schemas/AWS::SNS::Topic/MaximumMessageSize",
    "2026-10-20",
    formerly=(
        Former("256 KB", "an article of 2020-07-06", "2020-07-06"),
        Former(
            "256 KB and not more",
            "https://docs.aws.amazon.com/general/latest/gr/sns.html",
            "2026-07-14",
        ),
    ),
)
LARGE_MESSAGE_SUBSCRIPTIONS = Limit(
    "large_message_subscriptions",
    100,
    "subscriptions",
    "hard",
    "per topic with messages above 256 KB",
    "https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html",
    "2026-09-17",
)
STANDARD_PUBLISHES = Limit(
    "standard_publish_rate",
    300,
    "messages/s",
    "adjustable",
    "for all standard topics of an account and region",
    "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    "2026-07-14",
    regions={
        "us-east-1": 30_000,
        **dict.fromkeys(("us-west-2", "eu-west-1"), 9_000),
        **dict.fromkeys(
            (
                "us-east-2",
                "us-west-1",
                "ap-south-1",
                "ap-northeast-2",
                "ap-southeast-1",
                "ap-southeast-2",
                "ap-northeast-1",
                "eu-central-1",
            ),
            1_500,
        ),
    },
    formerly=(Former("infinite", "an article of 2020-07-06", "2020-07-06"),),
)
FIFO_PUBLISHES = Limit(
    "fifo_publish_rate",
    3_000,
    "messages/s",
    "adjustable",
    "for all FIFO topics of an account and region",
    "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    "2026-07-14",
    regions={"us-east-1": 30_000, **dict.fromkeys(("us-west-2", "eu-west-1"), 9_000)},
)
FIFO_TOPIC_PUBLISHES = Limit(
    "fifo_topic_publish_rate",
    3_000,
    "messages/s",
    "hard",
    "per FIFO topic with fifo_throughput_scope Topic",
    "botocore==1.44.5:data/sns/service-2.json#CreateTopicInput.Attributes.FifoThroughputScope",
    "2026-11-17",
)
FIFO_TOPIC_BYTES = Limit(
    "fifo_topic_throughput",
    20 * MIB,
    "bytes/s",
    "hard",
    "per FIFO topic with fifo_throughput_scope Topic",
    "botocore==1.44.5:data/sns/service-2.json#CreateTopicInput.Attributes.FifoThroughputScope",
    "2026-11-17",
)
FIFO_SUBSCRIPTIONS = Limit(
    "fifo_subscriptions",
    100,
    "subscriptions",
    "adjustable",
    "per FIFO topic",
    "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    "2026-07-14",
)
FIREHOSE_SUBSCRIPTIONS = Limit(
    "firehose_subscriptions",
    5,
    "subscriptions",
    "adjustable",
    "per standard topic",
    "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    "2026-07-14",
)
EMAIL_DELIVERIES = Limit(
    "email_delivery_rate",
    10,
    "messages/s",
    "hard",
    "per email subscription",
    "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    "2026-07-14",
)
PUBLISH_ENTRIES = Limit(
    "publish_batch_entries",
    10,
    "messages",
    "hard",
    "per PublishBatch request",
    "botocore==1.44.5:data/sns/service-2.json#PublishBatch",
    "2026-11-17",
)
ARCHIVE_RETENTION = Limit(
    "archive_policy.message_retention_period",
    365,
    "days",
    "range",
    "per FIFO topic, from 1",
    "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-archiving-replay.html",
    "2026-09-17",
    formerly=(Former("no retention and no replay", "an article", "without a date"),),
)
