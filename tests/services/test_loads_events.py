"""What buses, schedules, pipes, APIs and things load their limits with, whether it fits or not.

The limits are those of these pages:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html
https://docs.aws.amazon.com/general/latest/gr/iot-core.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
https://docs.aws.amazon.com/firehose/latest/dev/limits.html
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import loads, loads_of, rules

CLIENT = "c: {type: client}\n"
BUS = CLIENT + "b: {type: events.event_bus}\n"
KIB = 1024
MIB = 1_048_576


class TestEventBus:
    COMPONENTS = (
        BUS
        + 'r: {type: events.rule, event_pattern: \'{"detail": [{"wildcard": "a*"}]}\'}\n'
        + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 10 ms}"
    )
    FLOWS = """
        - c -> b: {rate: 40/s, peak: 400/s, size: 2 KB, batch: 10}
        - b -> r: {filter: 50%}
        - r -> q
        - r -> w
    """

    def test_takes_requests_and_has_rules(self):
        assert loads_of("b", self.COMPONENTS, self.FLOWS) == [
            ("event_buses", 1, 100),
            ("message_size", 2048, MIB),
            ("put_events_entries", 10, 10),
            ("put_events_requests", 40, 10_000),  # 400/s ÷ 10
            ("put_events_size", 20_480, MIB),  # 10 × 2,048
            ("rules_per_bus", 1, 300),
            ("wildcard_rules_per_bus", 1, 30),
        ]

    def test_rules_invoke_targets(self):
        assert loads_of("r", self.COMPONENTS, self.FLOWS) == [
            ("event_invocations", 400, 18_750),  # 400/s × 50% × 2 targets
            ("event_pattern_size", 32, 2048),
            ("targets_per_rule", 2, 5),
        ]

    def test_an_empty_bus_divides_by_nothing(self):
        assert loads_of("b", BUS, "- c -> b: {rate: 0/s, size: 1 KB, batch: 2}") == [
            ("event_buses", 1, 100),
            ("event_invocations", 0, 18_750),
            ("message_size", 0, MIB),
            ("put_events_entries", 2, 10),
            ("put_events_requests", 0, 10_000),
            ("put_events_size", 0, MIB),
        ]

    def test_only_the_first_problem_of_a_flow_is_told(self):
        # 2 MB × 11: the event, the entries and the request are all too large
        spec = (
            BUS + "q: {type: sqs.queue}",
            "- c -> b: {rate: 1/s, size: 2 MB, batch: 11}\n- b -> q: {filter: 0%}",
        )

        assert rules(*spec) == ["message_too_large"]
        assert {x.name for x in loads(*spec) if x.exceeded and x.component == "b"} == {
            "message_size",
            "put_events_entries",
            "put_events_size",
        }


class TestPartsOfEventBridge:
    def test_an_api_destination(self):
        spec = (
            BUS + "x: {type: events.api_destination, invocation_rate_limit_per_second: 100}\n"
            "p: {type: partner}",
            "- c -> b: {rate: 40/s, size: 2 KB}\n- b -> x\n- x -> p: {failure_rate: 50%}",
        )
        found = {name: (load, most) for name, load, most in loads_of("x", *spec)}
        rate, most = found.pop("invocation_rate")

        # 40/s ÷ (1 − 50%), but for what 186 tries leave
        assert abs(rate - 80) < Fraction(1, 10**9)
        assert most == 100
        assert found == {"api_destinations": (1, 3000), "message_size": (2048, 64 * KIB)}

    def test_an_archive_replays(self):
        spec = (
            BUS + "a: {type: events.archive, retention_days: 3}",
            "- c -> b: {rate: 1/s, size: 1 KB}\n- b -> a\n- a -> b: {rate: 9/day, size: 1 KB}",
        )

        assert loads_of("a", *spec) == [("concurrent_replays", 1, 10)]


class TestSchedules:
    def test_recurring_ones(self):
        spec = (
            (
                "s: {type: scheduler.schedule, schedule_expression: rate(1 hour), schedules: 1200,"
                " size: 500 B}\nw: {type: lambda.function, duration: 10 ms}"
            ),
            "- s -> w",
        )

        # all fire in the same minute: 1,200 ÷ 60 s
        assert loads_of("s", *spec) == [
            ("schedule_input", 500, 262_144),
            ("schedule_invocations", 20, 1000),
            ("schedules", 1200, 10_000_000),
        ]

    def test_created_ones(self):
        spec = (
            CLIENT + "s: {type: scheduler.schedule, ahead: 1 d, action_after_completion: DELETE}\n"
            "w: {type: lambda.function, duration: 10 ms}",
            "- c -> s: {rate: 2/s, peak: 50/s, size: 1 KB}\n- s -> w",
        )

        assert loads_of("s", *spec) == [
            ("schedule_creations", 50, 5000),
            ("schedule_input", 1024, 262_144),
            ("schedule_invocations", 50, 1000),
            ("schedules", 172_800, 10_000_000),  # 2/s × 86,400 s
        ]


class TestPipe:
    def test_from_a_queue_to_a_topic_with_an_enrichment(self):
        spec = (
            CLIENT + "q: {type: sqs.queue}\np: {type: pipes.pipe, enrichment: e}\n"
            "t: {type: sns.topic}\ne: {type: lambda.function, duration: 100 ms}",
            "- c -> q: {rate: 100/s, size: 1 KB}\n- q -> p: {batch: 5}\n- p -> t",
        )

        assert loads_of("p", *spec) == [
            ("execution_duration", Fraction(1, 10), 300),
            ("pipe_batch_payload", 5120, 6 * MIB),  # 5 × 1,024
            ("pipe_concurrency", 2, 1250),  # 100/s ÷ 5 × 0.1 s
            ("pipe_executions", 2, 3000),
            ("pipe_payload", 1024, 6 * MIB),
            ("pipes", 1, 1000),
            ("target_batch", 5, 10),
        ]

    @pytest.mark.parametrize(
        ("target", "row"),
        [
            # 80/s ÷ 10 × 0.5 s; 2 shards × 3
            ("lambda.function, duration: 500 ms", ("pipe_concurrency", 4, 6)),
            (
                (
                    "stepfunctions.state_machine, state_machine_type: EXPRESS, duration: 500 ms,"
                    " transitions: 3"
                ),
                ("state_machine_batch", 10_240, 262_144),
            ),
        ],
    )
    def test_from_a_stream(self, target, row):
        spec = (
            CLIENT + "k: {type: kinesis.stream, shard_count: 2}\np: {type: pipes.pipe}\n"
            f"t: {{type: {target}}}",
            (
                "- c -> k: {rate: 80/s, size: 1 KB}\n"
                "- k -> p: {batch: 10, parallelization_factor: 3}\n- p -> t: {batch: 10}"
            ),
        )

        assert row in loads_of("p", *spec)

    def test_a_pipe_whose_work_has_no_duration(self):
        spec = (
            CLIENT + "q: {type: sqs.queue}\np: {type: pipes.pipe}\nw: {type: lambda.function}",
            "- c -> q: {rate: 100/s, size: 1 KB}\n- q -> p: {batch: 5}\n- p -> w",
        )

        # what runs at a time is not known, and is not zero
        assert {name for name, _, _ in loads_of("p", *spec)} == {
            "pipe_batch_payload",
            "pipe_payload",
            "pipes",
        }


class TestThings:
    FLEET = "f: {type: iot.thing_fleet, things: 6000, message_rate: 1/min, message_size: 1 KB"

    def test_that_only_publish(self):
        spec = (
            self.FLEET + "}\nr: {type: iot.topic_rule}\nq: {type: sqs.queue}",
            "- f -> r: {filter: 25%}\n- r -> q",
        )

        assert loads_of("f", *spec) == [
            ("concurrent_connections", 6000, 500_000),
            ("inbound_publish_rate", 100, 20_000),  # 6,000 ÷ 60 s
            ("mqtt_payload", 1024, 128 * KIB),
            ("publish_rate_per_connection", Fraction(1, 60), 100),
            ("throughput_per_connection", Fraction(1024, 60), 512 * KIB),
        ]
        assert loads_of("r", *spec) == [
            ("actions_per_rule", 1, 10),
            ("rule_evaluation_rate", 25, 20_000),  # what its filter lets through
            ("topic_rule_payload_size", 1024, 128 * KIB),
            ("topic_rules", 1, 1000),
        ]

    def test_that_do_all_they_can(self):
        spec = (
            CLIENT + self.FLEET + ", reconnects: 1/h, subscriptions: 3, receivers: 60,"
            " shadow_rate: 2/h, shadow_size: 2 KB}\ns: {type: server}",
            ("- c -> f: {rate: 2/s, size: 512 B}\n- f -> s: {rate: 5/s, size: 1 KB, retain: true}"),
        )

        assert loads_of("f", *spec) == [
            ("concurrent_connections", 6000, 500_000),
            ("connect_rate", Fraction(5, 3), 3000),  # 6,000 ÷ 3,600 s
            ("inbound_publish_rate", 107, 20_000),  # 100 + 5 up + 2 down
            ("mqtt_payload", 512, 128 * KIB),
            ("mqtt_payload", 1024, 128 * KIB),
            ("outbound_publish_rate", 125, 20_000),  # 2/s × 60 things + 5/s
            # 1/60 of its own, 5 ÷ 6,000 of the retained, 2 × 60 ÷ 6,000 of those sent down
            (
                "publish_rate_per_connection",
                Fraction(1, 60) + Fraction(5, 6000) + Fraction(1, 50),
                100,
            ),
            ("retained_publish_rate", 5, 500),
            ("shadow_document_size", 2048, 8 * KIB),
            ("shadow_operation_rate", Fraction(10, 3), 4000),  # 6,000 × 2 ÷ 3,600 s
            ("shadow_rate_per_thing", Fraction(1, 1800), 20),
            ("subscribe_rate", 5, 3000),  # 5/3 × 3
            ("subscriptions_per_account", 18_000, 500_000),
            ("subscriptions_per_connection", 3, 50),
            (
                "throughput_per_connection",
                Fraction(1024, 60) + Fraction(5 * 1024, 6000) + Fraction(512, 50),
                512 * KIB,
            ),
        ]


class TestCalls:
    @pytest.mark.parametrize("kind", ["rest_api", "http"])
    def test_apis_load_one_rate_together(self, kind):
        api = (
            "apigateway.rest_api" if kind == "rest_api" else "apigatewayv2.api, protocol_type: HTTP"
        )
        spec = (
            CLIENT + f"a: {{type: {api}}}\nb: {{type: {api}}}\n"
            "w: {type: lambda.function, duration: 10 ms}",
            (
                "- c -> a: {rate: 10/s, peak: 20/s, size: 1 KB, response_size: 1 KB}\n"
                "- c -> b: {rate: 70/s, size: 1 KB, response_size: 1 KB}\n- a -> w\n- b -> w"
            ),
        )

        assert ("throttle_rate", 90, 10_000) in loads_of("b", *spec)

    def test_firehose_calls_a_transform(self):
        spec = (
            CLIENT + "k: {type: kinesis.stream, shard_count: 2}\nw: {type: lambda.function,"
            " duration: 1 s}\nf: {type: kinesisfirehose.delivery_stream,"
            " processing_configuration: {lambda_arn: w}}\nb: {type: s3.bucket, stored: 1 GB}",
            "- c -> k: {rate: 1000/s, size: 1 KB}\n- k -> f\n- f -> w: {batch: 250}\n- f -> b",
        )

        # 1,000/s ÷ 250 × 1 s of 2 shards × 5
        assert ("outstanding_transforms", 4, 10) in loads_of("f", *spec)
