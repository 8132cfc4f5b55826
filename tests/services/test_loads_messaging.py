"""What queues, topics, streams and functions load their limits with, whether it fits or not.

The limits are those of these pages:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
https://docs.aws.amazon.com/general/latest/gr/sns.html
https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import found, loads, rules

from archcode.model import Finding, Severity

CLIENT = "c: {type: client}\n"
KIB = 1024
MIB = 1_048_576
FIFO = (
    ", fifo_queue: true, deduplication_scope: messageGroup,"
    " fifo_throughput_limit: perMessageGroupId"
)


def of(name: str, components: str, flows: str) -> list[tuple[str, Fraction, Fraction]]:
    """The loads of a component: the limit's name, the load and the limit, in both's order."""
    found_ = [load for load in loads(CLIENT + components, flows) if load.component == name]
    assert not [load for load in found_ if load.exceeded]
    return sorted((load.name, load.load, load.most) for load in found_)


class TestQueue:
    def test_a_standard_queue(self):
        spec = (
            "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 250 ms}",
            "- c -> q: {rate: 100/s, peak: 2000/s, size: 4 KB, batch: 10}\n- q -> w: {batch: 10}",
        )

        assert of("q", *spec) == [
            ("batch_entries", 10, 10),
            ("batch_payload", 40_960, MIB),  # 10 × 4,096
            ("in_flight_messages", 500, 120_000),  # 2,000/s × 0.25 s
            ("message_size", 4096, MIB),
        ]

    def test_a_queue_of_high_throughput_whose_groups_are_counted(self):
        spec = (
            (
                f"q: {{type: sqs.queue{FIFO}, message_groups: 20}}\n"
                "w: {type: ecs.service, launch_type: FARGATE, cpu: 256, memory: 512,"
                " duration: 100 ms}"
            ),
            "- c -> q: {rate: 100/s, peak: 900/s, size: 1 KB, batch: 5}\n- q -> w: {batch: 10}",
        )

        # sends 900/s ÷ 5, receives and deletes 900/s ÷ 10, over 20 groups
        assert of("q", *spec) == [
            ("batch_entries", 5, 10),
            ("batch_payload", 5120, MIB),
            ("fifo_high_throughput", 90, 70_000),
            ("fifo_high_throughput", 90, 70_000),
            ("fifo_high_throughput", 180, 70_000),
            ("fifo_partition_throughput", Fraction(9, 2), 300),
            ("fifo_partition_throughput", Fraction(9, 2), 300),
            ("fifo_partition_throughput", 9, 300),
            ("in_flight_messages", 90, 120_000),  # 900/s × 0.1 s
            ("message_groups", 9, 20),  # 90 calls/s × 0.1 s
            ("message_size", 1024, MIB),
        ]

    def test_an_ordinary_fifo_queue(self):
        spec = (
            "q: {type: sqs.queue, fifo_queue: true}\nw: {type: server}",
            "- c -> q: {rate: 90/s, size: 1 KB}\n- q -> w: {batch: 10}",
        )
        calls = [load for load in of("q", *spec) if load[0] == "fifo_throughput"]

        # 90 sends/s of one message, 9 receives and as many deletes
        assert calls == [
            ("fifo_throughput", 9, 300),
            ("fifo_throughput", 9, 300),
            ("fifo_throughput", 90, 300),
        ]

    def test_nothing_flows_and_nothing_is_divided_by(self):
        spec = (f"q: {{type: sqs.queue{FIFO}}}", "- c -> q: {rate: 0/s, size: 1 KB}")

        assert of("q", *spec)[:2] == [("batch_entries", 1, 10), ("batch_payload", 0, MIB)]

    @pytest.mark.parametrize(("second", "over"), [("2 s", False), ("2001 ms", True)])
    def test_all_consumers_hold_messages_in_flight(self, second, over):
        # each gets half: 40,000/s × 1 s + 40,000/s × 2 s = 120,000
        spec = (
            CLIENT
            + "q: {type: sqs.queue}\na: {type: lambda.function, duration: 1 s}\n"
            + f"b: {{type: lambda.function, duration: {second}}}",
            "- c -> q: {rate: 80000/s, size: 1 KB}\n- q -> a: {batch: 10}\n- q -> b: {batch: 10}",
        )
        told = [f for f in found(*spec) if f.rule == "in_flight_messages_exceeded"]

        assert bool(told) is over
        for finding in told:
            # 40,000 × 3.001 s
            assert finding.message.startswith(
                "120,040 messages in flight (40,000/s at peak × 1 s in a + 40,000/s at peak × 2 s"
                " in b)"
            )


class TestMessageGroups:
    """One batch of each group is in work at a time, so a group takes batch ÷ duration.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
    """

    def spec(self, flow: str, groups: int = 9, consumer: str = "duration: 100 ms"):
        return (
            CLIENT + f"q: {{type: sqs.queue{FIFO}, message_groups: {groups}}}\n"
            "w: {type: ecs.service, launch_type: FARGATE, cpu: 256, memory: 512, desired_count:"
            f" 99, {consumer}}}",
            f"- c -> q: {{{flow}, size: 1 KB}}\n- q -> w: {{batch: 10}}",
        )

    def told(self, flow: str) -> Finding:
        (finding,) = [f for f in found(*self.spec(flow)) if f.rule == "too_few_message_groups"]
        return finding

    @pytest.mark.parametrize(("peak", "wrong"), [(900, False), (901, True)])
    def test_bound_the_batches_at_a_time(self, peak, wrong):
        # 900/s ÷ 10 × 0.1 s = 9
        names = rules(*self.spec(f"rate: 1/s, peak: {peak}/s"))

        assert ("too_few_message_groups" in names) is wrong

    def test_a_finding_states_load_limit_and_remedy(self):
        finding = self.told("rate: 100/s, peak: 1200/s")

        assert (finding.severity, finding.where) == (Severity.WARNING, "q -> w")
        assert finding.message == (
            "w needs 12 batches at a time at peak (120/s × 0.1 s), and q has 9 message groups, one"
            " batch of each at a time: a headroom of -33.33%"
        )
        assert finding.hint == "use more message groups, larger batches or shorter work"

    def test_a_mean_that_does_not_fit_is_an_error(self):
        assert self.told("rate: 901/s").severity is Severity.ERROR

    def test_a_call_takes_10_messages_whatever_the_batch(self):
        components, flows = self.spec("rate: 1/s, peak: 901/s")

        names = rules(components, flows.replace("batch: 10", "batch: 20"))
        assert "too_few_message_groups" in names

    def test_an_unknown_duration_is_not_judged(self):
        names = rules(*self.spec("rate: 1000/s", 1, "concurrency: 1"))

        assert "too_few_message_groups" not in names


class TestTopic:
    def test_a_fifo_topic(self):
        spec = (
            (
                "t: {type: sns.topic, fifo_topic: true}\n"
                f"q: {{type: sqs.queue{FIFO}}}\nw: {{type: server}}"
            ),
            "- c -> t: {rate: 1000/s, size: 2 KB, batch: 10}\n- t -> q\n- q -> w: {batch: 10}",
        )

        assert of("t", *spec) == [
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
                "t: {type: sns.topic, maximum_message_size: 1 MB}\nq: {type: sqs.queue}\n"
                "f: {type: kinesisfirehose.delivery_stream}\nb: {type: s3.bucket, stored: 1 GB}"
            ),
            "- c -> t: {rate: 30/s, size: 512 KB}\n- t -> q\n- t -> f\n- f -> b",
        )

        assert of("t", *spec) == [
            ("firehose_subscriptions", 1, 5),
            ("large_message_subscriptions", 2, 100),
            ("message_size", 524_288, MIB),
            ("publish_batch_entries", 1, 10),
            ("publish_batch_payload", 524_288, MIB),
            ("standard_publish_rate", 30, 30_000),
        ]

    def test_all_topics_of_a_region_load_its_quota_at_the_largest(self):
        spec = (
            "s: {type: sns.topic}\nt: {type: sns.topic}\nq: {type: sqs.queue}",
            (
                "- c -> s: {rate: 10/s, size: 1 KB}\n- c -> t: {rate: 20/s, size: 1 KB}\n"
                "- s -> q\n- t -> q"
            ),
        )

        assert ("standard_publish_rate", 30, 30_000) in of("t", *spec)
        assert "standard_publish_rate" not in {name for name, _, _ in of("s", *spec)}

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


class TestStream:
    FUNCTION = "w: {type: lambda.function, duration: 500 ms}"

    def test_a_provisioned_stream_of_5_shards(self):
        spec = (
            f"s: {{type: kinesis.stream}}\n{self.FUNCTION}",
            (
                "- c -> s: {rate: 1000/s, peak: 5000/s, size: 500 B, batch: 50}\n"
                "- s -> w: {batch: 100, parallelization_factor: 10}"
            ),
        )
        volume = Fraction(500_000, MIB)  # 1,000/s × 500 B on each shard

        assert of("s", *spec) == [
            ("put_records_entries", 50, 500),
            ("put_records_payload", Fraction(25_000, MIB), 10),
            ("record_size", 500, MIB),
            ("shard_get_records", 1, 5),
            ("shard_read_records", 1000, 2000),
            ("shard_read_throughput", volume, 2),
            ("shard_write_records", 1000, 1000),
            ("shard_write_throughput", volume, 1),
            ("shards_per_account", 5, 20_000),
        ]
        # 5 shards × 10 batches of 100 ÷ 0.5 s
        assert ("mapping_throughput", 5000, 10_000) in of("w", *spec)

    def test_a_stream_on_demand_with_a_reader_of_its_own(self):
        spec = (
            (
                "s: {type: kinesis.stream, stream_mode_details: {stream_mode: ON_DEMAND}}\n"
                "w: {type: server}\nv: {type: server}"
            ),
            "- c -> s: {rate: 2048/s, size: 1 KB}\n- s -> w: {enhanced_fan_out: true}\n- s -> v",
        )

        assert of("s", *spec) == [
            ("enhanced_fan_out_consumers", 1, 20),
            ("new_on_demand_write_throughput", 2, 4),  # 2,048/s × 1 KB
            ("on_demand_read_throughput", 2, 20_480),
            ("on_demand_streams", 1, 50),
            ("on_demand_write_throughput", 2, 10_240),
            ("put_records_entries", 1, 500),
            ("put_records_payload", Fraction(1, KIB), 10),
            ("record_size", 1024, MIB),
            ("shard_get_records", 1, 5),
        ]

    def test_too_few_shards_are_told_once_and_loaded_each(self):
        spec = (
            CLIENT + "s: {type: kinesis.stream, shard_count: 1}\nw: {type: server}",
            "- c -> s: {rate: 3000/s, size: 1 KB}\n- s -> w",
        )

        assert rules(*spec) == ["shard_read_records_exceeded", "too_few_shards"]
        over = {(x.name, x.load) for x in loads(*spec) if x.exceeded and x.about == "shards"}
        # 3,000 KB/s ÷ 1,024, written and read
        volume = Fraction(3000, 1024)
        assert over == {
            ("shard_write_records", 3000),
            ("shard_write_throughput", volume),
            ("shard_read_throughput", volume),
        }

    def test_a_mapping_that_is_too_slow_is_a_load_as_well(self):
        spec = (
            CLIENT + "s: {type: kinesis.stream, shard_count: 1}\n"
            "w: {type: lambda.function, duration: 1 s}",
            "- c -> s: {rate: 150/s, size: 1 KB}\n- s -> w: {batch: 100}",
        )
        (load,) = [load for load in loads(*spec) if load.name == "mapping_throughput"]

        # 1 shard × 100 ÷ 1 s
        assert (load.component, load.load, load.most) == ("w", 150, 100)
        assert load.headroom == Fraction(-1, 2)
        assert rules(*spec) == ["mapping_too_slow"]


class TestFunction:
    def test_behind_a_queue(self):
        spec = (
            (
                "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 250 ms,"
                " reserved_concurrent_executions: 80}"
            ),
            "- c -> q: {rate: 100/s, peak: 2000/s, size: 4 KB}\n- q -> w: {batch: 10}",
        )

        # 2,000/s ÷ 10 × 0.25 s = 50 at a time
        assert of("w", *spec) == [
            ("batch_payload", 40_960, 6 * MIB),
            ("concurrent_executions", 50, 1000),
            ("queue_mapping_concurrency", 50, 1250),
            ("requests_per_execution", 200, 10_000),
            ("reserved_concurrency", 50, 80),
            ("synchronous_payload", 4096, 6 * MIB),
            ("unreserved_concurrency", 80, 900),
        ]

    def test_behind_a_topic_and_without_a_duration(self):
        spec = (
            "t: {type: sns.topic}\nw: {type: lambda.function}",
            "- c -> t: {rate: 7/s, size: 4 KB}\n- t -> w",
        )

        # what it keeps busy is not known, and is not zero
        assert of("w", *spec) == [
            ("asynchronous_payload", 4096, MIB),
            ("requests_per_execution", 7, 10_000),
        ]

    def test_provisioned_pollers(self):
        spec = (
            "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 1 s}",
            (
                "- c -> q: {rate: 20/s, size: 64 KB}\n"
                "- q -> w: {batch: 10, provisioned_poller_config: {maximum_pollers: 4}}"
            ),
        )
        mapping = {load for load in of("w", *spec) if "poller" in load[0] or "mapping" in load[0]}

        assert mapping == {
            ("minimum_pollers", 2, 200),
            ("maximum_pollers", 4, 10_000),
            ("poller_throughput", Fraction(5, 16), 1),  # 20/s × 64 KB = 1.25 MB/s by 4 pollers
            ("poller_calls", Fraction(1, 2), 10),  # 2 calls/s by 4 pollers
            ("queue_mapping_concurrency", 2, 40),  # 2/s × 1 s; 4 pollers × 10
        }

    @pytest.mark.parametrize(
        ("keys", "most"),
        [
            (", maximum_concurrency: 7", 7),
            ("", 1250),
        ],
    )
    def test_what_a_mapping_runs(self, keys, most):
        spec = (
            "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 1 s}",
            f"- c -> q: {{rate: 20/s, size: 1 KB}}\n- q -> w: {{batch: 10{keys}}}",
        )

        assert ("queue_mapping_concurrency", 2, most) in of("w", *spec)

    @pytest.mark.parametrize(("rate", "wrong"), [(500, False), (501, True)])
    def test_what_reservations_leave_to_others(self, rate, wrong):
        # https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
        # 1,000 − 500 are left, and b needs 500/s × 1 s; with a's 10 they are within 1,000
        spec = (
            CLIENT
            + "a: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 500}\n"
            + "b: {type: lambda.function, duration: 1 s}",
            f"- c -> a: {{rate: 10/s, size: 1 KB}}\n- c -> b: {{rate: {rate}/s, size: 1 KB}}",
        )
        told = found(*spec)

        assert [f.rule for f in told] == ["shared_concurrency_exceeded"] * wrong
        for finding in told:
            assert (finding.severity, finding.where) == (Severity.WARNING, "b")
            assert finding.message == (
                "functions that reserve nothing need 501 concurrent executions at peak, and the"
                " reservations of others leave 500 of the default quota: a headroom of -0.2%"
            )
            assert finding.hint == "reserve less, or request a higher quota"

    def test_a_quota_that_all_exceed_is_told_once(self):
        spec = (
            CLIENT
            + "a: {type: lambda.function, duration: 1 s, reserved_concurrent_executions: 500}\n"
            + "b: {type: lambda.function, duration: 1 s}",
            "- c -> a: {rate: 10/s, size: 1 KB}\n- c -> b: {rate: 1001/s, size: 1 KB}",
        )

        assert rules(*spec) == ["concurrent_executions_exceeded"]
