"""Amazon SQS, us-east-1: $0.40 standard, $0.50 FIFO, +$0.10 fair, per million requests.

https://aws.amazon.com/sqs/pricing/
"""

from decimal import Decimal
from fractions import Fraction

import pytest
from support import SECONDS, cost, found, loads_of, priced, quantity, rules

from archcode.model import Finding, Severity

CLIENT = "c: {type: client}\n"
MIB = 1_048_576
FIFO = (
    ", fifo_queue: true, deduplication_scope: messageGroup,"
    " fifo_throughput_limit: perMessageGroupId"
)


def queue(settings: str = "", flow: str = "rate: 10/s, size: 1 KB") -> tuple[str, str]:
    return CLIENT + f"q: {{type: sqs.queue{settings}}}", f"- c -> q: {{{flow}}}"


def test_send_receive_and_delete_are_three_requests_a_message():
    result = priced(
        CLIENT
        + """
q: {type: sqs.queue, receive_message_wait_time_seconds: 20}
s: {type: server}
""",
        "- c -> q: {rate: 10/s, size: 1 KB}\n- q -> s",
    )

    # 10/s x 2,628,000 s = 26,280,000 messages; send + receive + delete = 78,840,000 requests
    assert quantity(result, "q", "Requests") == 3 * 10 * SECONDS
    # 78,840,000 x $0.0000004 = $31.536
    assert cost(result, "q") == Decimal("31.536")


def test_a_batch_of_ten_is_one_request():
    result = priced(
        CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 10 ms}",
        "- c -> q: {rate: 100/s, size: 1 KB, batch: 10}\n- q -> w: {batch: 10}",
    )

    # 262,800,000 messages / 10 = 26,280,000 calls of each of three kinds; five pollers that wait
    # 20 s make 657,000 calls at least, far fewer than 26,280,000
    assert quantity(result, "q", "Requests") == 3 * 26_280_000
    assert cost(result, "q") == Decimal("31.536")


@pytest.mark.parametrize(
    ("size", "chunks"), [("64 KB", 1), ("65537 B", 2), ("256 KB", 4), ("1 MB", 16)]
)
def test_each_64_kib_of_a_payload_is_a_request(size, chunks):
    result = priced(*queue(flow=f"rate: 1/s, size: {size}"))

    assert quantity(result, "q", "Requests") == chunks * SECONDS


@pytest.mark.parametrize(("size", "chunks"), [("6 KB", 1), ("7 KB", 2)])
def test_a_batch_is_chunked_by_its_whole_payload(size, chunks):
    # 10 x 6 KB = 60 KB fits one chunk of 64 KB, 10 x 7 KB = 70 KB needs two
    result = priced(*queue(flow=f"rate: 10/s, size: {size}, batch: 10"))

    assert quantity(result, "q", "Requests") == chunks * SECONDS


def test_an_idle_queue_behind_lambda_pays_for_its_five_pollers():
    result = priced(
        CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 10 ms}",
        "- c -> q: {rate: 1/day, size: 1 KB}\n- q -> w: {batch: 1}",
    )

    # 5 pollers x 2,628,000 s / 20 s = 657,000 receives; 730/24 messages sent, received, deleted:
    # the receives of messages are among the 657,000
    messages = Decimal(730) / 24
    expected = 657_000 + 2 * messages
    assert abs(quantity(result, "q", "Requests") - expected) < Decimal("1e-9")


def test_consumers_that_poll_long_are_counted():
    result = priced(
        CLIENT + "q: {type: sqs.queue, receive_message_wait_time_seconds: 10}\ns: {type: server}",
        "- c -> q: {rate: 1/h, size: 1 KB}\n- q -> s: {consumers: 3}",
    )

    # 3 consumers x 2,628,000 s / 10 s = 788,400 receives, messages included; 730 sends, 730 deletes
    assert quantity(result, "q", "Requests") == 788_400 + 730 + 730


def test_short_polling_is_unknown_not_zero():
    result = priced(
        CLIENT + "q: {type: sqs.queue}\ns: {type: server}",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> s",
    )

    assert not result.complete
    assert [c.list_cost for c in result.of("q")].count(None) == 1


def test_redeliveries_are_receives_but_not_deletes():
    result = priced(
        CLIENT
        + """
q: {type: sqs.queue, redrive_policy: {dead_letter_target: d, max_receive_count: 2}}
d: {type: sqs.queue}
w: {type: lambda.function, duration: 10 ms}
""",
        "- c -> q: {rate: 1000/s, size: 1 KB}\n- q -> w: {batch: 1, failure_rate: 10%}",
    )

    # per message: 1 send + 1.1 receives + 0.99 deletes; 0.01 goes to d, one send there
    per_second = 1000 * (Decimal(1) + Decimal("1.1") + Decimal("0.99"))
    assert quantity(result, "q", "Requests") == per_second * SECONDS
    assert quantity(result, "d", "Requests") == 10 * SECONDS


@pytest.mark.parametrize(("passed", "invoked"), [("40%", 4), ("0%", 0)])
def test_what_a_mapping_filters_out_is_received_and_deleted_all_the_same(passed, invoked):
    result = priced(
        CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 10 ms}",
        f"- c -> q: {{rate: 1000/s, size: 1 KB}}\n- q -> w: {{batch: 10, filter: {passed}}}",
    )

    # 1,000 sends, 100 receives and 100 deletes a second, whatever the filter lets through
    assert quantity(result, "q", "Requests") == 1200 * SECONDS
    calls = result.topology.traffic["w"].received.messages_per_second / 100
    assert calls == invoked


def test_the_share_of_a_filtered_consumer_is_received_once():
    result = priced(
        CLIENT
        + "q: {type: sqs.queue, receive_message_wait_time_seconds: 20}\n"
        + "w: {type: lambda.function, duration: 10 ms}\ns: {type: server}",
        """
        - c -> q: {rate: 1000/s, size: 1 KB}
        - q -> w: {batch: 10, filter: 50%, share: 30%}
        - q -> s: {batch: 10}
        """,
    )

    # 1,000 sends; 30 + 70 receives and as many deletes a second
    assert quantity(result, "q", "Requests") == 1200 * SECONDS


def test_fifo_requests_cost_more():
    result = priced(*queue(", fifo_queue: true"))

    # 26,280,000 sends x $0.0000005 = $13.14
    assert cost(result, "q") == Decimal("13.14")


def test_a_fair_queue_pays_a_surcharge_on_top():
    result = priced(*queue(", message_groups: 100"))

    # 26,280,000 x ($0.0000004 + $0.0000001) = $13.14
    assert cost(result, "q", "Requests, standard") == Decimal("10.512")
    assert cost(result, "q", "Fair queue surcharge") == Decimal("2.628")


def test_sns_sends_one_message_a_request():
    result = priced(
        CLIENT + "t: {type: sns.topic}\nq: {type: sqs.queue}",
        "- c -> t: {rate: 10/s, size: 1 KB, batch: 10}\n- t -> q",
    )

    assert quantity(result, "q", "Requests") == 10 * SECONDS


def test_stated_usage_takes_the_place_of_derived_usage():
    result = priced(
        "q: {type: sqs.queue, usage: {requests: 2_000_000}}",
    )

    assert cost(result, "q") == Decimal("0.8")


class TestLimits:
    @pytest.mark.parametrize(("size", "wrong"), [("1 MB", False), ("1048577 B", True)])
    def test_message_size(self, size, wrong):
        assert ("message_too_large" in rules(*queue(flow=f"rate: 1/s, size: {size}"))) is wrong

    @pytest.mark.parametrize(("batch", "wrong"), [(10, False), (11, True)])
    def test_batch_entries(self, batch, wrong):
        names = rules(*queue(flow=f"rate: 1/s, size: 1 KB, batch: {batch}"))

        assert ("batch_entries_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("102.4 KB", False), ("103 KB", True)])
    def test_batch_payload(self, size, wrong):
        names = rules(*queue(flow=f"rate: 1/s, size: {size}, batch: 10"))

        assert ("batch_payload_exceeded" in names) is wrong

    @pytest.mark.parametrize(("rate", "wrong"), [(300, False), (301, True)])
    def test_fifo_calls(self, rate, wrong):
        names = rules(*queue(", fifo_queue: true", f"rate: {rate}/s, size: 1 KB"))

        assert ("fifo_throughput_exceeded" in names) is wrong

    def test_fifo_calls_are_counted_in_batches_and_at_the_peak(self):
        fits = queue(", fifo_queue: true", "rate: 100/s, peak: 3000/s, size: 1 KB, batch: 10")
        over = queue(", fifo_queue: true", "rate: 100/s, peak: 3001/s, size: 1 KB, batch: 10")

        assert "fifo_throughput_exceeded" not in rules(*fits)
        assert "fifo_throughput_exceeded" in rules(*over)

    @pytest.mark.parametrize(
        ("region", "most"),
        [
            ("us-east-1", 70_000),
            ("eu-central-1", 19_000),
            ("eu-west-2", 4_500),
            ("eu-west-3", 2_400),
        ],
    )
    def test_high_throughput_quota_of_each_region(self, region, most):
        high = (
            ", fifo_queue: true, deduplication_scope: messageGroup"
            ", fifo_throughput_limit: perMessageGroupId"
        )
        for rate, wrong in ((most, False), (most + 1, True)):
            spec = queue(high, f"rate: {rate}/s, size: 1 KB")
            findings = [f for f in found(*spec, region=region) if f.rule.startswith("fifo_high")]

            assert bool(findings) is wrong
            assert all(f.severity == "warning" for f in findings)

    def test_a_message_group_takes_300_calls_a_second(self):
        high = (
            ", fifo_queue: true, deduplication_scope: messageGroup"
            ", fifo_throughput_limit: perMessageGroupId, message_groups: 2"
        )

        assert "fifo_partition_throughput_exceeded" not in rules(
            *queue(high, "rate: 600/s, size: 1 KB")
        )
        assert "fifo_partition_throughput_exceeded" in rules(
            *queue(high, "rate: 601/s, size: 1 KB")
        )

    @pytest.mark.parametrize(("rate", "wrong"), [(12_000, False), (12_001, True)])
    def test_messages_in_flight(self, rate, wrong):
        # Little's law: 12,000/s x 10 s = 120,000 messages between receive and delete
        names = rules(
            CLIENT
            + "q: {type: sqs.queue, visibility_timeout: 60}\n"
            + "w: {type: lambda.function, timeout: 10, duration: 10 s}",
            f"- c -> q: {{rate: {rate}/s, size: 1 KB}}\n- q -> w: {{batch: 10}}",
        )

        assert ("in_flight_messages_exceeded" in names) is wrong

    def test_a_finding_states_load_limit_and_remedy(self):
        (finding,) = found(*queue(", fifo_queue: true", "rate: 350/s, size: 1 KB"))

        assert finding.message == (
            "SendMessage makes 350 calls/s at peak, over the limit of 300 calls/s"
            " per API action without high throughput: a headroom of -16.67%"
        )
        assert finding.hint.startswith("send and receive in batches of 10, or set")
        assert finding.severity == "error"


class TestLoads:
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html."""

    def test_a_standard_queue(self):
        spec = (
            CLIENT + "q: {type: sqs.queue}\nw: {type: lambda.function, duration: 250 ms}",
            "- c -> q: {rate: 100/s, peak: 2000/s, size: 4 KB, batch: 10}\n- q -> w: {batch: 10}",
        )

        assert loads_of("q", *spec) == [
            ("batch_entries", 10, 10),
            ("batch_payload", 40_960, MIB),  # 10 × 4,096
            ("in_flight_messages", 500, 120_000),  # 2,000/s × 0.25 s
            ("message_size", 4096, MIB),
        ]

    def test_a_queue_of_high_throughput_whose_groups_are_counted(self):
        spec = (
            (
                CLIENT + f"q: {{type: sqs.queue{FIFO}, message_groups: 20}}\n"
                "w: {type: ecs.service, launch_type: FARGATE, cpu: 256, memory: 512,"
                " duration: 100 ms}"
            ),
            "- c -> q: {rate: 100/s, peak: 900/s, size: 1 KB, batch: 5}\n- q -> w: {batch: 10}",
        )

        # sends 900/s ÷ 5, receives and deletes 900/s ÷ 10, over 20 groups
        assert loads_of("q", *spec) == [
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
            CLIENT + "q: {type: sqs.queue, fifo_queue: true}\nw: {type: server}",
            "- c -> q: {rate: 90/s, size: 1 KB}\n- q -> w: {batch: 10}",
        )
        calls = [load for load in loads_of("q", *spec) if load[0] == "fifo_throughput"]

        # 90 sends/s of one message, 9 receives and as many deletes
        assert calls == [
            ("fifo_throughput", 9, 300),
            ("fifo_throughput", 9, 300),
            ("fifo_throughput", 90, 300),
        ]

    def test_nothing_flows_and_nothing_is_divided_by(self):
        spec = (CLIENT + f"q: {{type: sqs.queue{FIFO}}}", "- c -> q: {rate: 0/s, size: 1 KB}")

        assert loads_of("q", *spec)[:2] == [("batch_entries", 1, 10), ("batch_payload", 0, MIB)]

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

    def test_a_mean_that_does_not_fit_is_an_error(self):
        assert self.told("rate: 901/s").severity is Severity.ERROR

    def test_a_call_takes_10_messages_whatever_the_batch(self):
        components, flows = self.spec("rate: 1/s, peak: 901/s")

        names = rules(components, flows.replace("batch: 10", "batch: 20"))
        assert "too_few_message_groups" in names

    def test_an_unknown_duration_is_not_judged(self):
        names = rules(*self.spec("rate: 1000/s", 1, "concurrency: 1"))

        assert "too_few_message_groups" not in names
