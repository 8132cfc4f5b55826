"""Amazon SNS, us-east-1: https://aws.amazon.com/sns/pricing/."""

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, loads, loads_of, priced, quantity, rules

KIB = 1024
MIB = 1_048_576
GIB = 2**30
CLIENT = "c: {type: client}\n"


def topic(settings: str, target: str, publish: str, delivery: str = "") -> tuple[str, str]:
    return (
        CLIENT + f"t: {{type: sns.topic{settings}}}\ns: {{type: {target}}}",
        f"- c -> t: {{{publish}}}\n- t -> s: {{{delivery}}}",
    )


def test_publishes_cost_50_cents_a_million():
    result = priced(*topic("", "sqs.queue", "rate: 10/s, size: 1 KB"))

    # 26,280,000 x $0.0000005 = $13.14
    assert cost(result, "t", "Publish") == Decimal("13.14")


def test_the_first_million_publishes_is_free_on_a_line_of_its_own():
    result = priced(*topic("", "sqs.queue", "rate: 10/s, size: 1 KB"), free_tier=True)

    # 1,000,000 x $0.0000005
    assert cost(result, "(account)", "Free tier: Publish") == Decimal("-0.5")
    assert cost(result, "t", "Publish") == Decimal("13.14")


@pytest.mark.parametrize(("size", "chunks"), [("64 KB", 1), ("65537 B", 2), ("256 KB", 4)])
def test_each_64_kib_of_a_publish_is_a_request(size, chunks):
    result = priced(*topic("", "sqs.queue", f"rate: 1/s, size: {size}"))

    assert quantity(result, "t", "Publish") == chunks * SECONDS


def test_a_published_batch_is_chunked_as_a_whole():
    result = priced(*topic("", "sqs.queue", "rate: 10/s, size: 7 KB, batch: 10"))

    # 70 KB in a call: two chunks
    assert quantity(result, "t", "Publish") == 2 * SECONDS


@pytest.mark.parametrize("target", ["sqs.queue", "lambda.function, duration: 1 ms"])
def test_deliveries_to_sqs_and_lambda_are_free_for_a_stated_reason(target):
    result = priced(*topic("", target, "rate: 10/s, size: 1 KB"))

    (delivery,) = [c for c in result.of("t") if c.charge_description.startswith("Deliveries")]
    assert delivery.list_cost == 0
    assert delivery.pricing_quantity == 10 * SECONDS
    assert delivery.charge_description.endswith("(free on standard topics)")


@pytest.mark.parametrize(
    ("protocol", "dollars"),
    [
        # 2,628,000 deliveries at $0.60, $0.60, $20, $0.19 and $0.50 per million
        ("http", "1.5768"),
        ("https", "1.5768"),
        ("email", "52.56"),
        ("email-json", "52.56"),
        ("firehose", "0.49932"),
        ("application", "1.314"),
    ],
)
def test_other_deliveries_cost_by_protocol(protocol, dollars):
    result = priced(
        *topic("", "server", "rate: 1/s, size: 1 KB", f"protocol: {protocol}"),
    )

    assert cost(result, "t", ("Deliveries", "Mobile")) == Decimal(dollars)


def test_sms_is_unknown_not_zero():
    result = priced(*topic("", "server", "rate: 1/s, size: 1 KB", "protocol: sms"))

    assert not result.complete


def test_free_deliveries_over_http_and_email_are_credited():
    for protocol, credit in (("http", "-0.06"), ("email", "-0.02")):
        spec = topic("", "server", "rate: 1/s, size: 1 KB", f"protocol: {protocol}")
        # 100,000 x $0.0000006 and 1,000 x $0.00002
        assert cost(priced(*spec, free_tier=True), "(account)", "Free tier: Del") == Decimal(credit)


def test_a_payload_filter_scans_all_that_is_published():
    result = priced(
        *topic(
            "",
            "sqs.queue",
            "rate: 1024/s, size: 1 KB",
            "filter: 25%, filter_policy_scope: MessageBody",
        )
    )

    # 1 MiB/s x 2,628,000 s = 2,566.40625 GB x $0.09, matched or not
    assert quantity(result, "t", "Payload") == Decimal("2566.40625")
    assert cost(result, "t", "Payload") == Decimal("230.9765625")


def test_fifo_topics_charge_messages_and_payload_on_both_sides():
    result = priced(
        CLIENT
        + "t: {type: sns.topic, fifo_topic: true}\n"
        + "a: {type: sqs.queue, fifo_queue: true}\nb: {type: sqs.queue, fifo_queue: true}",
        "- c -> t: {rate: 128/s, size: 8 KB}\n- t -> a\n- t -> b: {filter: 50%}",
    )

    messages = 128 * SECONDS  # 336,384,000
    gigabytes = Decimal(messages) * 8192 / GIB  # 2,566.40625
    assert gigabytes == Decimal("2566.40625")
    # published: 336,384,000 x $0.0000003 and 2,566.40625 GB x $0.017
    assert cost(result, "t", "Publish requests") == Decimal("100.9152")
    assert cost(result, "t", "Publish payload") == Decimal("43.62890625")
    # delivered to a, and half of it to b: x 1.5 at $0.00000001 and $0.001
    assert cost(result, "t", "Subscription messages") == Decimal("5.04576")
    assert cost(result, "t", "Subscription payload") == Decimal("3.849609375")


def test_an_archive_is_read_once_and_kept():
    result = priced(
        CLIENT
        + "t: {type: sns.topic, fifo_topic: true, archive_policy: {message_retention_period: 30}}\n"
        + "q: {type: sqs.queue, fifo_queue: true}",
        "- c -> t: {rate: 128/s, size: 8 KB}\n- t -> q",
    )

    # 2,566.40625 GB x $0.10 read; 1 MiB/s x 30 d = 2,531.25 GB kept x $0.023
    assert cost(result, "t", "Archive processing") == Decimal("256.640625")
    assert cost(result, "t", "Archive storage") == Decimal("58.21875")


class TestLimits:
    @pytest.mark.parametrize(("size", "wrong"), [("256 KB", False), ("262145 B", True)])
    def test_message_size(self, size, wrong):
        names = rules(*topic("", "sqs.queue", f"rate: 1/s, size: {size}"))

        assert ("message_too_large" in names) is wrong

    def test_a_larger_message_needs_a_larger_maximum(self):
        spec = topic(", maximum_message_size: 1 MB", "sqs.queue", "rate: 1/s, size: 1 MB")

        assert rules(*spec) == []

    def test_large_messages_reach_sqs_lambda_and_firehose_only(self):
        spec = topic(
            ", maximum_message_size: 1 MB", "server", "rate: 1/s, size: 1 KB", "protocol: https"
        )

        assert rules(*spec) == ["large_message_protocol"]

    @pytest.mark.parametrize(
        ("region", "most"), [("us-east-1", 30_000), ("eu-west-1", 9_000), ("eu-west-3", 300)]
    )
    def test_publish_quota_of_each_region_is_a_warning(self, region, most):
        for rate, wrong in ((most, False), (most + 1, True)):
            spec = topic("", "sqs.queue", f"rate: {rate}/s, size: 1 KB")
            over = [f for f in found(*spec, region=region) if f.rule.startswith("standard_pub")]

            assert bool(over) is wrong
            assert all(f.severity == "warning" for f in over)

    def test_the_quota_counts_all_topics_of_a_region_together(self):
        names = rules(
            CLIENT + "a: {type: sns.topic}\nb: {type: sns.topic}\nq: {type: sqs.queue}",
            """
            - c -> a: {rate: 20000/s, size: 1 KB}
            - c -> b: {rate: 20000/s, size: 1 KB}
            - a -> q
            - b -> q
            """,
        )

        assert names.count("standard_publish_rate_exceeded") == 1

    @pytest.mark.parametrize(("rate", "wrong"), [(3000, False), (3001, True)])
    def test_a_fifo_topic_takes_3000_messages_a_second(self, rate, wrong):
        spec = topic(
            ", fifo_topic: true", "sqs.queue, fifo_queue: true", f"rate: {rate}/s, size: 1 KB"
        )

        assert ("fifo_topic_publish_rate_exceeded" in rules(*spec)) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("100 KB", False), ("103 KB", True)])
    def test_a_fifo_topic_takes_20_mb_a_second(self, size, wrong):
        # 200/s x 102.4 KB = 20 MB/s
        spec = topic(
            ", fifo_topic: true", "sqs.queue, fifo_queue: true", f"rate: 200/s, size: {size}"
        )

        assert ("fifo_topic_throughput_exceeded" in rules(*spec)) is wrong

    def test_throughput_per_message_group_lifts_the_limits_of_the_topic(self):
        spec = topic(
            ", fifo_topic: true, fifo_throughput_scope: MessageGroup",
            "sqs.queue, fifo_queue: true, deduplication_scope: messageGroup,"
            " fifo_throughput_limit: perMessageGroupId",
            "rate: 3001/s, size: 1 KB",
        )

        assert "fifo_topic_publish_rate_exceeded" not in rules(*spec)


class TestRetries:
    BOXES = "c: {type: client}\nt: {type: sns.topic}\np: {type: partner}"

    @pytest.mark.parametrize(
        ("protocol", "charge", "deliveries"),
        [
            # half of the tries fail: 1 + 1/2 + 1/4 + 1/8 of 2,628,000
            ("https", "Deliveries over HTTP", 4_927_500),
            # fifty tries, each of which fails one time in two: very nearly 2
            ("email", "Deliveries by email", 5_256_000),
        ],
    )
    def test_failed_pushes_are_tried_again(self, protocol, charge, deliveries):
        flows = "- c -> t: {rate: 1/s, size: 1 KB}\n"
        flows += f"- t -> p: {{protocol: {protocol}, failure_rate: 50%}}"
        metered = quantity(priced(self.BOXES, flows), "t", charge)

        assert abs(metered - deliveries) < 1


class TestLoads:
    """https://docs.aws.amazon.com/general/latest/gr/sns.html."""

    def test_a_fifo_topic(self):
        spec = (
            (
                CLIENT + "t: {type: sns.topic, fifo_topic: true}\n"
                "q: {type: sqs.queue, fifo_queue: true}\nw: {type: server}"
            ),
            "- c -> t: {rate: 1000/s, size: 2 KB, batch: 10}\n- t -> q\n- q -> w: {batch: 10}",
        )

        assert loads_of("t", *spec) == [
            ("fifo_publish_rate", 1000, 30_000),
            ("fifo_subscriptions", 1, 100),
            ("fifo_topic_publish_rate", 1000, 3000),
            ("fifo_topic_throughput", 2_048_000, 20 * MIB),  # 1,000/s × 2,048
            ("message_size", 2048, 256 * KIB),
            ("publish_batch_entries", 10, 10),
            ("publish_batch_payload", 20_480, 256 * KIB),
        ]

    def test_a_topic_with_large_messages_and_firehose(self):
        spec = (
            (
                CLIENT + "t: {type: sns.topic, maximum_message_size: 1 MB}\nq: {type: sqs.queue}\n"
                "f: {type: kinesisfirehose.delivery_stream}\nb: {type: s3.bucket, stored: 1 GB}"
            ),
            "- c -> t: {rate: 30/s, size: 512 KB}\n- t -> q\n- t -> f\n- f -> b",
        )

        assert loads_of("t", *spec) == [
            ("firehose_subscriptions", 1, 5),
            ("large_message_subscriptions", 2, 100),
            ("message_size", 524_288, MIB),
            ("publish_batch_entries", 1, 10),
            ("publish_batch_payload", 524_288, MIB),
            ("standard_publish_rate", 30, 30_000),
        ]

    def test_all_topics_of_a_region_load_its_quota_at_the_largest(self):
        spec = (
            CLIENT + "s: {type: sns.topic}\nt: {type: sns.topic}\nq: {type: sqs.queue}",
            (
                "- c -> s: {rate: 10/s, size: 1 KB}\n- c -> t: {rate: 20/s, size: 1 KB}\n"
                "- s -> q\n- t -> q"
            ),
        )

        assert ("standard_publish_rate", 30, 30_000) in loads_of("t", *spec)
        assert "standard_publish_rate" not in {name for name, _, _ in loads_of("s", *spec)}

    @pytest.mark.parametrize(
        ("protocol", "rate", "wrong"),
        [
            ("email", 10, False),
            ("email", 11, True),
            ("email-json", 11, True),
            ("https", 11, False),
        ],
    )
    def test_an_email_subscription_takes_10_messages_a_second(self, protocol, rate, wrong):
        names = rules(
            CLIENT + "t: {type: sns.topic}\np: {type: partner}",
            f"- c -> t: {{rate: 1/s, peak: {rate}/s, size: 1 KB}}\n- t -> p: {{protocol:"
            f" {protocol}}}",
        )

        assert names == (["email_delivery_rate_exceeded"] if wrong else [])

    def test_a_batch_too_large_is_told_once(self):
        spec = (
            CLIENT + "t: {type: sns.topic}\nq: {type: sqs.queue}",
            "- c -> t: {rate: 11/s, size: 100 KB, batch: 11}\n- t -> q",
        )

        assert rules(*spec) == ["batch_too_large"]
        over = [load.name for load in loads(*spec) if load.exceeded]
        assert over == ["publish_batch_entries", "publish_batch_payload"]
